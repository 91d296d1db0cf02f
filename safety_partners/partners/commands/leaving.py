"""Leaving: without a reason, with a talk if wished, with thanks and what the work changed, and nothing left lying open."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from safety_partners.core import clock, outbox
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.partners import open_matters, policies
from safety_partners.partners.commands.rules import demand_staff, demand_words, said
from safety_partners.partners.commands.telling import tell_partner, tell_support
from safety_partners.partners.models import EmergencyContact, HandedOn, Leaving, Partner, Recorded, Term
from safety_partners.people.commands.persons import end_role
from safety_partners.people.models import Membership, Role

Why = Leaving.Why
LONGEST_NOTICE = dt.timedelta(days=366)


@command(allow=policies.may_speak_for, details=("last_day", "capture", "is_read_back"))
def step_down(
    viewer: Viewer,
    partner: Partner,
    /,
    *,
    last_day: dt.date,
    capture: str = Recorded.Capture.TYPED,
    is_read_back: bool = False,
    turn: int | None = None,
) -> Leaving:
    """Say that one will leave, from a day on. No reason is asked."""
    how = said(viewer, partner, capture=capture, is_read_back=is_read_back)
    leaving = _leave(partner, Why.STEPPING_DOWN, last_day, turn, **how)
    tell_support(viewer, partner, "partners/leaving_told", leaving)
    tell_partner(viewer, partner, "partners/leaving", leaving)
    return leaving


@command(allow=policies.may_lead, details=("last_day",))
def let_term_end(viewer: Viewer, partner: Partner, /, *, turn: int | None = None) -> Leaving:
    """Let the term end on its day, as was agreed; the partner is told, and asked for a talk."""
    term: Term = partner.terms.latest("number")
    if term.ends_on > today() + LONGEST_NOTICE:
        raise NotPossible(_("It is too early for that: this term ends in more than a year."))
    leaving = _leave(partner, Why.END_OF_TERM, max(term.ends_on, today()), turn)
    term.decision, term.decided_at, term.decided_by_id = Term.Decision.END, clock.now(), viewer.membership_id
    term.save(update_fields=["decision", "decided_at", "decided_by"])
    tell_partner(viewer, partner, "partners/leaving", leaving)
    return leaving


@command(allow=policies.may_lead, details=("last_day",))
def end_role_of(
    viewer: Viewer, partner: Partner, /, *, last_day: dt.date, reason: str, reviewed_by: Membership, turn: int | None = None
) -> Leaving:
    """End the role for the organisation: with a reason that the partner reads, and a second person who looks at it first."""
    demand_words(reason, _("Say why. The partner reads it, and so does the second person."), field="reason")
    demand_staff(reviewed_by, partner.organisation_id, field="reviewed_by")
    if reviewed_by.pk in {viewer.membership_id, partner.membership_id}:
        raise NotPossible(_("Choose somebody else: nobody looks at their own decision."), field="reviewed_by")
    _check_last_day(last_day)
    before = _lock(partner, turn)
    if not Partner.lifecycle.may(partner, "leave") or Leaving.objects.filter(partner=partner).open().exists():
        raise Overtaken
    leaving = Leaving.objects.create(
        partner=partner, why=Why.ENDED_BY_US, last_day=last_day, status_before=before, reason=reason, reviewed_by=reviewed_by
    )
    outbox.put("partners/ending_to_look_at", to=reviewed_by, about=leaving, partner=partner)
    return leaving


def _leave(partner: Partner, why: str, last_day: dt.date, turn: int | None, **also: Any) -> Leaving:
    _check_last_day(last_day)
    before = _lock(partner, turn)
    # Who leaves by themselves need not be told to go.
    Leaving.objects.filter(partner=partner, reviewed_at__isnull=True).open().filter(why=Why.ENDED_BY_US).update(taken_back_at=clock.now())
    Partner.lifecycle.move(partner, "leave", turn=turn)
    return Leaving.objects.create(partner=partner, why=why, last_day=last_day, status_before=before, **also)


def _check_last_day(last_day: dt.date) -> None:
    if last_day < today():
        raise NotPossible(_("The last day cannot be in the past."), field="last_day")
    if last_day > today() + LONGEST_NOTICE:
        raise NotPossible(_("Enter a day within a year."), field="last_day")


def _lock(partner: Partner, turn: int | None) -> str:
    """Keep the partner's row as it is until the command is done; returns where they stand."""
    partner.refresh_from_db(from_queryset=Partner.objects.select_for_update())
    if turn is not None and partner.turn != turn:
        raise Overtaken
    return str(partner.status)


@command(allow=policies.is_second_person, details=("is_right",))
def look_at_ending(viewer: Viewer, leaving: Leaving, /, *, is_right: bool, note: str) -> Leaving:
    """As the second person, say whether the role may be ended. The partner is told only then, and of a no not at all."""
    _read(leaving)
    if leaving.reviewed_at is not None:
        raise Overtaken(_("You have said so already."))
    demand_words(note, _("Say why you think so."), field="note")
    leaving.reviewed_at, leaving.review_note = clock.now(), note
    leaving.save(update_fields=["reviewed_at", "review_note"])
    partner = leaving.partner
    if is_right:
        Partner.lifecycle.move(partner, "leave")
        tell_partner(viewer, partner, "partners/ending", leaving)
    else:
        leaving.taken_back_at = clock.now()
        leaving.save(update_fields=["taken_back_at"])
    tell_support(viewer, partner, "partners/ending_looked_at", leaving, is_right=is_right)
    return leaving


@command(allow=policies.may_end, details=("capture", "is_read_back"))
def stay(viewer: Viewer, leaving: Leaving, /, *, capture: str = Recorded.Capture.TYPED, is_read_back: bool = False) -> Leaving:
    """Take a leaving back: the partner changed their mind, or the organisation did."""
    _read(leaving)
    partner = leaving.partner
    if leaving.why == Why.STEPPING_DOWN:
        said(viewer, partner, capture=capture, is_read_back=is_read_back)
    elif not policies.may_lead(viewer, leaving):
        raise NotPossible(_("Talk to your named contact: only the organisation can take this back."))
    leaving.taken_back_at = clock.now()
    leaving.save(update_fields=["taken_back_at"])
    if leaving.why == Why.ENDED_BY_US and leaving.reviewed_at is None:
        return leaving
    moves = {Partner.Status.JOINING: "stay_joining", Partner.Status.PAUSED: "stay_paused"}
    Partner.lifecycle.move(partner, moves.get(Partner.Status(leaving.status_before), "stay"))
    if leaving.why == Why.END_OF_TERM:
        open_again = {"decision": Term.Decision.OPEN, "decided_at": None, "decided_by": None}
        partner.terms.filter(decision=Term.Decision.END).update(**open_again)
    tell_partner(viewer, partner, "partners/stays", leaving)
    tell_support(viewer, partner, "partners/stays", leaving)
    return leaving


def _read(leaving: Leaving) -> None:
    """Read it as it is now. Raises ``Overtaken`` when the partner has left, or stays after all."""
    leaving.refresh_from_db(from_queryset=Leaving.objects.select_for_update())
    if leaving.ended_at is not None or leaving.taken_back_at is not None:
        raise Overtaken


@command(allow=policies.may_speak_for, details=("talked_on", "is_declined"))
def record_exit_talk(
    viewer: Viewer,
    leaving: Leaving,
    /,
    *,
    is_declined: bool = False,
    talked_on: dt.date | None = None,
    talked_with: Membership | None = None,
    words: str = "",
) -> Leaving:
    """Write down the talk at the end as the partner wants it kept, or that they would rather not have one."""
    _read(leaving)
    if is_declined:
        leaving.is_talk_declined, leaving.talked_on, leaving.talked_with, leaving.talk_words = True, None, None, ""
    else:
        if talked_on is None or talked_on > today():
            raise NotPossible(_("Enter the day of the talk."), field="talked_on")
        demand_staff(talked_with, leaving.partner.organisation_id, field="talked_with")
        if talked_with is None:
            raise NotPossible(_("Say who the talk was with."), field="talked_with")
        leaving.is_talk_declined, leaving.talked_on, leaving.talked_with, leaving.talk_words = False, talked_on, talked_with, words
    leaving.save(update_fields=["is_talk_declined", "talked_on", "talked_with", "talk_words"])
    return leaving


@command(allow=policies.may_keep)
def write_thanks(viewer: Viewer, leaving: Leaving, /, *, thanks: str, what_changed: str) -> Leaving:
    """Thank the partner, and say what changed because of them; it goes out when they leave."""
    _read(leaving)
    demand_words(thanks, _("Write a word of thanks."), field="thanks")
    leaving.thanks, leaving.what_changed = thanks, what_changed
    leaving.save(update_fields=["thanks", "what_changed"])
    return leaving


@command(allow=policies.may_speak_for, details=("is_keeping_in_touch",))
def keep_in_touch(viewer: Viewer, leaving: Leaving, /, *, is_keeping_in_touch: bool) -> Leaving:
    """Say whether the partner would like to hear from us afterwards."""
    _read(leaving)
    leaving.is_keeping_in_touch = is_keeping_in_touch
    leaving.save(update_fields=["is_keeping_in_touch"])
    return leaving


@command(allow=policies.may_keep)
def hand_on(viewer: Viewer, leaving: Leaving, /, *, about_code: str, to: Membership | None = None, note: str = "") -> HandedOn:
    """Say who takes on something that is still open, or why nobody needs to."""
    _read(leaving)
    matter = next((one for one in open_matters.of(leaving.partner) if one.code == about_code), None)
    if matter is None:
        raise Overtaken(_("This is not open any more."))
    demand_staff(to, leaving.partner.organisation_id, field="to")
    if to is None and not note.strip():
        raise NotPossible(_("Choose who takes it on, or say why nobody needs to."), field="note")
    found = HandedOn.objects.filter(leaving=leaving, about_code=about_code).first() or HandedOn(leaving=leaving, about_code=about_code)
    found.label, found.path, found.to, found.note = matter.label[:200], matter.path, to, note
    found.save()
    if to is not None and to.pk != viewer.membership_id:
        outbox.put("partners/handed_on", to=to, about=leaving, partner=leaving.partner, matter=matter, note=note)
    return found


@command(allow=policies.may_lead, details=("last_day",))
def end_partnership(viewer: Viewer, leaving: Leaving, /) -> Leaving:
    """On the last day: everything open is handed on, thanks are said, and the partner's way in is closed."""
    _read(leaving)
    partner = leaving.partner
    if leaving.last_day > today():
        raise NotPossible(_("The last day is still to come."))
    if leaving.why == Why.ENDED_BY_US and leaving.reviewed_at is None:
        raise NotPossible(_("The second person has not looked at this yet."))
    handed = set(leaving.handed_on.values_list("about_code", flat=True))
    if still_open := [one for one in open_matters.of(partner) if one.code not in handed]:
        names = "; ".join(one.label for one in still_open[:5])
        raise NotPossible(_("Some things are still open. Hand them on first: %(names)s.") % {"names": names})
    if not leaving.thanks.strip():
        raise NotPossible(_("Write a word of thanks first. It goes out today."))
    Partner.lifecycle.move(partner, "end", ended_on=today(), back_on=None)
    leaving.ended_at = clock.now()
    leaving.save(update_fields=["ended_at"])
    tell_partner(viewer, partner, "partners/thanks", leaving)
    end_role(partner.membership, Role.PARTNER)
    EmergencyContact.objects.filter(partner=partner).delete()
    return leaving
