"""Who is invited to a meeting, what they answer, and reminding those who have not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from safety_partners.committees import policies
from safety_partners.committees.commands.announcing import Kind, News, tell_one
from safety_partners.committees.models import Committee, Invitee, Meeting, NeedAtMeeting
from safety_partners.committees.queries.sittings import people_of
from safety_partners.core import clock, outbox
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.partners.commands.rules import said_by
from safety_partners.partners.models import AccessNeed, Partner, Recorded
from safety_partners.people.models import Membership

# Nobody is reminded of one meeting twice within this time, whoever presses the button.
REST = dt.timedelta(days=1)


def invite(meeting: Meeting, membership: Membership, kind: str) -> Invitee:
    """Invite somebody to a meeting and tell them; who is invited already is neither invited nor told again."""
    invitee, is_new = _write(meeting, membership, kind)
    if is_new and not meeting.is_over:
        tell_one(membership, [News(Kind.PLANNED, meeting)])
    return invitee


def invite_everybody(meetings: Iterable[Meeting]) -> None:
    """Invite to each meeting whoever has a place at the table on its day. They are not told yet: see ``announcing.tell``."""
    for meeting in meetings:
        for one in people_of(meeting.committee, meeting.day):
            _write(meeting, one.membership, one.kind)


def invite_to_coming(
    committee: Committee, membership: Membership, kind: str, first_on: dt.date | None = None, last_on: dt.date | None = None
) -> None:
    """Invite somebody to the meetings of their time that are still to come, and tell them once about all of them."""
    news = []
    for meeting in Meeting.objects.filter(committee=committee).to_come().order_by("starts_at"):
        if (first_on is None or meeting.day >= first_on) and (last_on is None or meeting.day <= last_on):
            _invitee, is_new = _write(meeting, membership, kind)
            if is_new:
                news.append(News(Kind.PLANNED, meeting))
    tell_one(membership, news)


def uninvite_from_coming(committee: Committee, membership: Membership, after: dt.date | None = None) -> None:
    """Take somebody off the meetings still to come (after a day); the meetings leave their calendar."""
    meetings = Meeting.objects.filter(committee=committee, invitees__membership=membership).to_come().order_by("starts_at")
    gone = [meeting for meeting in meetings if after is None or meeting.day > after]
    tell_one(membership, [News(Kind.UNINVITED, meeting) for meeting in gone])
    Invitee.objects.filter(meeting__in=gone, membership=membership).delete()


def _write(meeting: Meeting, membership: Membership, kind: str) -> tuple[Invitee, bool]:
    invitee, is_new = Invitee.objects.get_or_create(meeting=meeting, membership=membership, defaults={"kind": kind})
    if is_new and kind == Invitee.Kind.PARTNER:
        needs = AccessNeed.objects.filter(partner__membership=membership, ended_on__isnull=True)
        NeedAtMeeting.objects.bulk_create([NeedAtMeeting(invitee=invitee, need=need) for need in needs])
    return invitee, is_new


@command(allow=policies.may_run)
def add_guest(viewer: Viewer, meeting: Meeting, /, *, membership: Membership) -> Invitee:
    """Invite one more person to one meeting; only they are told. A partner's needs are looked after as at every meeting."""
    demand_to_come(meeting)
    if membership.organisation_id != meeting.organisation_id or membership.ended_on is not None:
        raise NotPossible(_("Choose somebody of this organisation."), field="who")
    if Invitee.objects.filter(meeting=meeting, membership=membership).exists():
        raise NotPossible(_("%(name)s is invited already.") % {"name": membership.name}, field="who")
    is_partner = Partner.objects.filter(membership=membership).serving().exists()
    return invite(meeting, membership, Invitee.Kind.PARTNER if is_partner else Invitee.Kind.GUEST)


@command(allow=policies.may_run)
def take_off(viewer: Viewer, invitee: Invitee, /) -> Meeting:
    """Take back an invitation to one meeting, and tell the person. Whoever has a place at the table keeps it."""
    meeting = invitee.meeting
    demand_to_come(meeting)
    if invitee.membership_id in {one.membership.pk for one in people_of(meeting.committee, meeting.day)}:
        raise NotPossible(_("They have a place at this table, so they are invited to every meeting. End their place first."))
    tell_one(invitee.membership, [News(Kind.UNINVITED, meeting)])
    invitee.delete()
    return meeting


@command(allow=policies.may_answer_invitation, details=("reply", "capture", "is_read_back"))
def answer_invitation(
    viewer: Viewer,
    invitee: Invitee,
    /,
    *,
    reply: str,
    how: str = "",
    capture: str = Recorded.Capture.TYPED,
    is_read_back: bool = False,
) -> Invitee:
    """Say whether one comes, and how; no reason is asked. It may be said differently until the meeting begins."""
    demand_to_come(invitee.meeting)
    recorded = said_by(viewer, invitee.membership_id, capture=capture, is_read_back=is_read_back)
    if reply not in {Invitee.Reply.COMING, Invitee.Reply.APOLOGIES}:
        raise NotPossible(_("Say whether you are coming."), field="reply")
    if reply == Invitee.Reply.COMING and how not in Invitee.How.values:
        raise NotPossible(_("Say how you take part."), field="how")
    fields = {"reply": reply, "how": how if reply == Invitee.Reply.COMING else "", "replied_at": clock.now(), **recorded}
    Invitee.objects.filter(pk=invitee.pk).update(**fields)
    invitee.refresh_from_db(fields=list(fields))
    return invitee


@command(allow=policies.may_run)
def remind_invitees(viewer: Viewer, meeting: Meeting, /) -> Meeting:
    """Remind those who have not answered; nobody twice within a day, and nobody else."""
    demand_to_come(meeting)
    waiting = Invitee.objects.filter(meeting=meeting).not_answered().rested(clock.now() - REST)
    told = [one for one in waiting.select_related("membership__user", "membership__organisation") if _is_first_to_remind(one)]
    if not told:
        raise NotPossible(_("Everyone has answered, or was reminded within the last day."))
    for invitee in told:
        outbox.put("committees/meeting_reminder", to=invitee.membership, about=meeting)
    return meeting


def _is_first_to_remind(invitee: Invitee) -> bool:
    """Claim this person's reminder: two people who press the button together send one message."""
    now = clock.now()
    return bool(Invitee.objects.filter(pk=invitee.pk).not_answered().rested(now - REST).update(reminded_at=now))


def demand_to_come(meeting: Meeting) -> None:
    """Raise ``NotPossible`` for a meeting that was cancelled, held, or is over."""
    if meeting.status == Meeting.Status.CANCELLED:
        raise NotPossible(_("This meeting was cancelled."))
    if meeting.status != Meeting.Status.PLANNED or meeting.is_over:
        raise NotPossible(_("This meeting is over."))
