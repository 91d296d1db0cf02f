"""The minutes: saved item by item, with the chair, agreed, opened again, and approved by a later meeting."""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext as _

from safety_partners.committees import policies
from safety_partners.committees.models import Decision, Invitee, Item, ItemMinute, Meeting, Minutes
from safety_partners.committees.queries.minutes import sealed_text
from safety_partners.core import clock, history, outbox
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.seals import seal
from safety_partners.core.viewer import Viewer
from safety_partners.people.models import Membership

Status = Minutes.Status
APPROVED = "committees.approve_minutes"


def demand_open(meeting: Meeting) -> None:
    """Raise ``NotPossible`` once the chair has agreed the minutes. Keeps them from being agreed until the command is done."""
    minutes = Minutes.objects.select_for_update().filter(meeting=meeting).first()
    if minutes is not None and minutes.status not in Minutes.OPEN:
        raise NotPossible(_("The minutes of this meeting are agreed, so nothing in them can change. The chair can open them again."))


@command(allow=policies.may_work_on_item)
def save_minute(viewer: Viewer, item: Item, /, *, words: str, turn: int) -> ItemMinute:
    """Keep what the minutes say about one item, exactly as it was typed.

    ``turn`` counts what was saved before the person began to type; raises ``Overtaken`` if somebody else saved since.
    """
    if item.meeting.status == Meeting.Status.CANCELLED:
        raise NotPossible(_("This meeting was cancelled, so it has no minutes."))
    Minutes.objects.get_or_create(meeting=item.meeting)
    demand_open(item.meeting)
    saved = {"words": words, "saved_at": clock.now(), "saved_by_id": viewer.membership_id}
    minute, is_new = ItemMinute.objects.get_or_create(item=item, defaults={**saved, "turn": 1})
    is_first = is_new and turn == 0
    if not is_first and not ItemMinute.objects.filter(item=item, turn=turn).update(**saved, turn=F("turn") + 1):
        raise Overtaken(_("Someone else saved this while you were writing. Their words are shown below; yours are still in the box."))
    minute.refresh_from_db()
    return minute


@command(allow=policies.may_run)
def offer_minutes(viewer: Viewer, minutes: Minutes, /) -> Minutes:
    """Give the draft to the chair to agree."""
    _demand_something(minutes)
    Minutes.lifecycle.move(minutes, "offer")
    chair = minutes.meeting.committee.chair
    if chair.pk != viewer.membership_id and chair.ended_on is None:
        outbox.put("committees/minutes_to_agree", to=chair, about=minutes)
    return minutes


@command(allow=policies.may_chair)
def agree_minutes(viewer: Viewer, minutes: Minutes, /) -> Minutes:
    """Say that the minutes tell what happened; everybody who was invited can read them from now on, and is told."""
    _demand_something(minutes)
    Minutes.lifecycle.move(minutes, "agree", agreed_at=clock.now(), agreed_by_id=viewer.membership_id)
    people = Membership.objects.filter(invited_to__meeting=minutes.meeting_id, ended_on__isnull=True).exclude(pk=viewer.membership_id)
    for person in people.select_related("user", "organisation"):
        outbox.put("committees/minutes_agreed", to=person, about=minutes)
    return minutes


def _demand_something(minutes: Minutes) -> None:
    """Raise ``NotPossible`` for minutes that say nothing, or not who was there."""
    meeting = minutes.meeting
    if not ItemMinute.objects.filter(item__meeting=meeting).exclude(words="").exists():
        raise NotPossible(_("Write the minutes of at least one item first."))
    if not Invitee.objects.filter(meeting=meeting).exclude(attendance=Invitee.Attendance.UNKNOWN).exists():
        raise NotPossible(_("Say first who was there."))


@command(allow=policies.may_chair)
def reopen_minutes(viewer: Viewer, minutes: Minutes, /) -> Minutes:
    """Let the minutes be written again, until they are approved."""
    Minutes.lifecycle.move(minutes, "reopen", agreed_at=None, agreed_by=None)
    secretary = minutes.meeting.committee.secretary
    if secretary.pk != viewer.membership_id and secretary.ended_on is None:
        outbox.put("committees/minutes_reopened", to=secretary, about=minutes)
    return minutes


@command(allow=policies.may_run, details=("checksum",))
def approve_minutes(viewer: Viewer, minutes: Minutes, /, *, meeting: Meeting, corrections: str = "", turn: int | None = None) -> Minutes:
    """Write down that a later meeting approved the minutes, with what it put right. From now on nothing in them changes."""
    is_later = meeting.committee_id == minutes.meeting.committee_id and meeting.starts_at > minutes.meeting.starts_at
    if not is_later or meeting.status == Meeting.Status.CANCELLED or meeting.starts_at > clock.now():
        raise NotPossible(_("Choose a later meeting of this committee that has begun."), field="meeting")
    now = clock.now()
    minutes.corrections = corrections
    Minutes.lifecycle.move(
        minutes,
        "approve",
        turn=turn,
        approved_at=now,
        approved_by_id=viewer.membership_id,
        approved_at_meeting=meeting,
        corrections=corrections,
        checksum=seal(sealed_text(minutes)),
    )
    _seal_parts(viewer, minutes)
    return minutes


def _seal_parts(viewer: Viewer, minutes: Minutes) -> None:
    """Seal what is said of each item, and note each seal in the history, which is what ``verify_history`` compares them with."""
    for model in (ItemMinute, Decision):
        for part in model.objects.filter(item__meeting=minutes.meeting_id).exclude(words="").select_related("item__meeting__committee"):
            part.checksum = seal(part.words)
            part.save(update_fields=["checksum"])
            history.write(viewer, APPROVED, part, {"checksum": part.checksum}, viewer.organisation_id)
