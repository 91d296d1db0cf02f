"""A partner's answer to an offer: yes, no, “if a place becomes free”, and changing their mind; or as they said it to somebody."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from safety_partners.activities import policies
from safety_partners.activities.commands import inviting
from safety_partners.activities.commands.rules import lock
from safety_partners.activities.commands.takers import tell_lead, tell_partner, tell_runners, tell_waiting
from safety_partners.activities.models import Activity, Offer
from safety_partners.activities.queries.offers import free_places
from safety_partners.activities.queries.terms import is_as_offered
from safety_partners.core import clock
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.partners.commands.rules import demand_serving, said
from safety_partners.partners.models import Recorded

Status = Offer.Status
DETAILS = ("status", "capture", "is_read_back")
TYPED = Recorded.Capture.TYPED


@command(allow=policies.may_answer, details=DETAILS)
def accept_place(viewer: Viewer, offer: Offer, /, *, capture: str = TYPED, is_read_back: bool = False, turn: int | None = None) -> Offer:
    """Take the place. Of two who take the last one at the same time, the second is told that it is gone."""
    how = _begin(viewer, offer, capture, is_read_back=is_read_back)
    if offer.status in {Status.DECLINED, Status.STEPPED_OUT} and not is_as_offered(offer):
        raise NotPossible(_("What is offered has changed since then. Ask the partner lead to offer it again."))
    if not (offer.is_shadowing or offer.keeps_place) and not free_places(offer.activity):
        raise NotPossible(_("The last place has just been taken. You can wait in case one becomes free."), field="answer")
    Offer.lifecycle.move(offer, "accept", turn=turn, answered_at=clock.now(), keeps_place=False, **how)
    inviting.invite(viewer, offer)
    tell_runners(viewer, offer, "activities/place_taken")
    _confirm(viewer, offer, how)
    return offer


@command(allow=policies.may_answer, details=DETAILS)
def wait_for_place(viewer: Viewer, offer: Offer, /, *, capture: str = TYPED, is_read_back: bool = False, turn: int | None = None) -> Offer:
    """Every place is taken: say that they would like one if it becomes free."""
    how = _begin(viewer, offer, capture, is_read_back=is_read_back)
    if offer.keeps_place or offer.is_shadowing or free_places(offer.activity):
        raise NotPossible(_("There is a place. Say yes to take it."), field="answer")
    Offer.lifecycle.move(offer, "wait_for_place", turn=turn, answered_at=clock.now(), **how)
    tell_lead(viewer, offer, "activities/place_wanted")
    _confirm(viewer, offer, how)
    return offer


@command(allow=policies.may_answer, details=DETAILS)
def decline_place(viewer: Viewer, offer: Offer, /, *, capture: str = TYPED, is_read_back: bool = False, turn: int | None = None) -> Offer:
    """Do not take the place. No reason is asked, and only the lead is told."""
    how = _begin(viewer, offer, capture, is_read_back=is_read_back)
    kept = offer.keeps_place
    Offer.lifecycle.move(offer, "decline", turn=turn, answered_at=clock.now(), keeps_place=False, **how)
    _confirm(viewer, offer, how)
    if kept:
        _leave(viewer, offer)
    else:
        tell_lead(viewer, offer, "activities/place_declined")
    return offer


@command(allow=policies.may_answer, details=DETAILS)
def step_out(viewer: Viewer, offer: Offer, /, *, capture: str = TYPED, is_read_back: bool = False, turn: int | None = None) -> Offer:
    """Change a yes into a no, at any time and without a reason."""
    how = _begin(viewer, offer, capture, is_read_back=is_read_back)
    Offer.lifecycle.move(offer, "step_out", turn=turn, answered_at=clock.now(), **how)
    _confirm(viewer, offer, how)
    _leave(viewer, offer)
    return offer


def _begin(viewer: Viewer, offer: Offer, capture: str, *, is_read_back: bool) -> dict[str, Any]:
    """How the answer reached us. From here on nobody else takes a place of this activity until the command ends."""
    how = said(viewer, offer.partner, capture=capture, is_read_back=is_read_back)
    offer.activity = lock(offer.activity)
    if offer.activity.status != Activity.Status.TAKEN_ON:
        raise Overtaken(_("This is not going on any more, so there is nothing to answer."))
    demand_serving(offer.partner)
    offer.refresh_from_db(fields=["status", "keeps_place", "is_shadowing", "snapshot"])
    return how


def _confirm(viewer: Viewer, offer: Offer, how: dict[str, Any]) -> None:
    """What somebody else wrote down for them, the partner is told in writing."""
    if how["recorded_by_id"]:
        tell_partner(viewer, offer, "activities/place_noted")


def _leave(viewer: Viewer, offer: Offer) -> None:
    inviting.uninvite(viewer, offer)
    tell_runners(viewer, offer, "activities/place_left")
    tell_waiting(viewer, offer.activity)
