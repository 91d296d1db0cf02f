"""Checks and interests: first whether a check may be asked at all, then what came of it; and what a partner declares each year."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.partners import policies
from safety_partners.partners.commands.needing import finish_need_of, reopen_need_of
from safety_partners.partners.commands.rules import demand_serving, demand_words, said
from safety_partners.partners.models import Check, Declaration, Interest, NeedKind, Partner, Recorded
from safety_partners.partners.queries.caring import old_outcomes
from safety_partners.people.models import Organisation
from safety_partners.people.policies import is_system


@command(allow=policies.may_decide_checks, details=("kind",))
def decide_check(viewer: Viewer, partner: Partner, /, *, kind: str, decision: str, reason: str, level: str = "") -> Check:
    """Write down whether a check is required, not required, or one that the law does not let us ask for; and why.

    A criminal record check is asked only where the role is eligible in law (DBS eligibility guidance), and says at which
    level. Raises ``Overtaken`` while the outcome of the check is known: then the decision has been used. When the outcome
    has been forgotten, a new decision begins anew.
    """
    demand_serving(partner)
    demand_words(reason, _("Say why. The partner reads it."), field="reason")
    is_dbs = kind == Check.Kind.DBS
    if is_dbs and decision == Check.Decision.REQUIRED and not level:
        raise NotPossible(_("Say which level the role is eligible for."), "level")
    if not is_dbs and decision == Check.Decision.NOT_ELIGIBLE:
        raise NotPossible(_("Say whether it is required or not."), "decision")
    check = Check.objects.filter(partner=partner, kind=kind).first() or Check(partner=partner, kind=kind)
    if check.outcome:
        raise Overtaken(_("The outcome is known already, so this decision cannot be changed."))
    check.outcome_on = check.expires_on = check.outcome_forgotten_on = None
    check.decision, check.reason = decision, reason.strip()
    check.level = level if is_dbs and decision == Check.Decision.REQUIRED else ""
    check.decided_by_id, check.decided_on = viewer.membership_id, today()
    check.save()
    _note_whether_all_are_there(partner)
    return check


@command(allow=policies.may_decide_checks, details=("outcome_on",))
def record_outcome(viewer: Viewer, check: Check, /, *, outcome: str, outcome_on: dt.date, expires_on: dt.date | None = None) -> Check:
    """Write down what came of a check, or of a later one, and on which day; never the certificate, its number or what it says."""
    demand_serving(check.partner)
    if check.decision != Check.Decision.REQUIRED:
        raise NotPossible(_("This check was not asked for, so it has no outcome."))
    if not outcome:
        raise NotPossible(_("Say what came of it."), "outcome")
    if outcome_on > today():
        raise NotPossible(_("Enter a day that is not after today."), "outcome_on")
    if expires_on is not None and expires_on <= outcome_on:
        raise NotPossible(_("This day must be after the day of the outcome."), "expires_on")
    check.outcome, check.outcome_on, check.expires_on, check.outcome_forgotten_on = outcome, outcome_on, expires_on, None
    check.save(update_fields=["outcome", "outcome_on", "expires_on", "outcome_forgotten_on"])
    _note_whether_all_are_there(check.partner)
    return check


def _note_whether_all_are_there(partner: Partner) -> None:
    """The need for checks is done when a criminal record check was decided on and nothing that is required is open."""
    checks = list(Check.objects.filter(partner=partner))
    is_decided = any(check.kind == Check.Kind.DBS for check in checks)
    if not (is_decided and all(check.is_settled for check in checks)):
        reopen_need_of(partner, NeedKind.CHECK)
        return
    ends = [check.expires_on for check in checks if check.expires_on is not None]
    done_on = max(check.outcome_on or check.decided_on for check in checks)
    finish_need_of(partner, NeedKind.CHECK, done_on=done_on, expires_on=min(ends, default=None))


@command(allow=is_system)
def forget_outcomes(viewer: Viewer, organisation: Organisation, /) -> Organisation:
    """Forget what came of checks six months after it came; that there was a check, and when, stays.

    Of an outcome that stood in the way nothing stays: the check is open again, and nobody goes by what we forgot.
    """
    old = Check.objects.filter(partner__organisation=organisation, **old_outcomes())
    settled = {"outcome": "", "outcome_forgotten_on": today()}
    old.filter(outcome=Check.Outcome.SATISFACTORY).update(**settled)
    old.update(outcome="", outcome_on=None, expires_on=None)
    return organisation


@command(allow=policies.may_speak_for, details=("kind", "capture", "is_read_back"))
def add_interest(
    viewer: Viewer,
    partner: Partner,
    /,
    *,
    kind: str,
    what: str,
    from_on: dt.date | None = None,
    until_on: dt.date | None = None,
    capture: str = Recorded.Capture.TYPED,
    is_read_back: bool = False,
) -> Interest:
    """Add something that could bear on a partner's view, or another table at which they sit."""
    demand_serving(partner)
    said(viewer, partner, capture=capture, is_read_back=is_read_back)
    demand_words(what, _("Say what it is."), field="what")
    if from_on and until_on and until_on < from_on:
        raise NotPossible(_("The last day must not be before the first."), "until_on")
    return Interest.objects.create(partner=partner, kind=kind, what=what, from_on=from_on, until_on=until_on)


@command(allow=policies.may_speak_for)
def end_interest(viewer: Viewer, interest: Interest, /, *, until_on: dt.date) -> Interest:
    """Say since when something is over; it stays in the register, because it may have borne on what was said before."""
    demand_serving(interest.partner)
    if interest.is_over:
        raise Overtaken(_("This was ended already."))
    if interest.from_on and until_on < interest.from_on:
        raise NotPossible(_("The last day must not be before the first."), "until_on")
    if until_on > today():
        raise NotPossible(_("Enter a day that is not after today."), "until_on")
    interest.until_on = until_on
    interest.save(update_fields=["until_on"])
    return interest


@command(allow=policies.may_lead)
def handle_interest(viewer: Viewer, interest: Interest, /, *, handling: str) -> Interest:
    """Write down what was agreed about an interest; the partner reads it."""
    demand_serving(interest.partner)
    interest.handling = handling.strip()
    interest.save(update_fields=["handling"])
    return interest


@command(allow=policies.may_speak_for, details=("capture", "is_read_back"))
def declare_interests(
    viewer: Viewer, partner: Partner, /, *, is_nothing: bool, capture: str = Recorded.Capture.TYPED, is_read_back: bool = False
) -> Declaration:
    """Say that the register is right today: everything stands in it, or there is nothing to declare. Asked again each year."""
    demand_serving(partner)
    how = said(viewer, partner, capture=capture, is_read_back=is_read_back)
    has_some = Interest.objects.filter(partner=partner).current(today()).exists()
    if is_nothing and has_some:
        raise NotPossible(
            _("There are interests in your register. Say that they are over first, or that the register is right."), "is_nothing"
        )
    if not is_nothing and not has_some:
        raise NotPossible(_("There is nothing in your register. Add what there is first, or say that there is nothing."), "is_nothing")
    declaration = Declaration.objects.create(partner=partner, declared_on=today(), is_nothing=is_nothing, **how)
    finish_need_of(partner, NeedKind.INTERESTS, done_on=today())
    return declaration
