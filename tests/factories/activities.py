"""Kinds of activities, requests at each stage, their days and the places offered; as rows, so that each test can begin where it likes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from safety_partners.activities.models import Activity, ActivityKind, Offer, Session, Shape
from safety_partners.core import clock
from safety_partners.core.working_days import today
from safety_partners.partners.models import Partner
from safety_partners.people.models import Membership, Organisation
from tests.factories.committees import DAY, at

# What a request says when everything asked for is answered.
WORDS: dict[str, Any] = {
    "team": "Falls team",
    "purpose": "To make the ward round safer for people who may fall.",
    "can_change": "When the round is, who is asked, and what patients are told.",
    "stage": Activity.Stage.DESIGN,
    "decided_by": "The falls group, in its meeting of the month",
    "data_seen": Activity.Data.NONE,
    "may_upset": False,
    "place": "Room 2, Elm House, York",
    "hours": 3,
    "preparation_hours": 1,
    "preparation": "Four pages to read, sent a week before.",
    "access": "A step-free room with a hearing loop.",
    "payment": "The involvement payment for half a day, and travel.",
    "support": "The lead talks with you before and after.",
}
# Written by the requester alone; nobody has asked yet.
UNASKED = (Activity.Status.DRAFT, Activity.Status.WITHDRAWN)
DECIDED = (
    Activity.Status.RETURNED,
    Activity.Status.DECLINED,
    Activity.Status.PASSED,
    Activity.Status.TAKEN_ON,
    Activity.Status.CANCELLED,
    Activity.Status.REPORTED,
    Activity.Status.CLOSED,
)
WITH_REASON = (Activity.Status.RETURNED, Activity.Status.DECLINED)


def make_kind(organisation: Organisation, name: str = "", *, shape: str = Shape.PLAIN, **fields: Any) -> ActivityKind:
    """The kind of this name, or of this shape where no name is given; made if the organisation has none."""
    name = name or f"{Shape(shape).label}"
    given = {"shape": shape, "position": ActivityKind.objects.filter(organisation=organisation).count() + 1} | fields
    kind, _ = ActivityKind.objects.get_or_create(organisation=organisation, name=name, defaults=given)
    return kind


def make_activity(
    requester: Membership,
    *,
    status: str = Activity.Status.TAKEN_ON,
    shape: str = Shape.PLAIN,
    lead: Membership | None = None,
    **fields: Any,
) -> Activity:
    """A request with everything said, at the stage given; taken on by ``lead``, or by the requester where there is none."""
    given: dict[str, Any] = {"title": "Safer ward rounds", "starts_on": today() + 20 * DAY, "needed_by": today() + 10 * DAY} | WORDS
    if status not in UNASKED:
        given |= {"asked_at": clock.now() - 2 * DAY, "feedback_by": requester, "feedback_on": today() + 60 * DAY}
    if status in DECIDED:
        given |= {"decided_on": today() - DAY, "decided_on_by": lead or requester}
    if status in WITH_REASON:
        given |= {"reason": Activity.Reason.TOO_LATE, "decision_words": "Please ask us three weeks before."}
    if status == Activity.Status.CANCELLED:
        given |= {"called_off_because": "The ward closed."}
    if status == Activity.Status.CLOSED:
        given |= {"closed_at": clock.now()}
    if fields.get("partners_wanted") == 1:
        given["why_alone"] = "There is one chair in the room."
    if fields.get("stage") in Activity.LATE_STAGES:
        given["why_late"] = "We were asked late ourselves."
    if fields.get("distress"):
        given["may_upset"] = True
    kind = fields.pop("kind", None) or make_kind(requester.organisation, shape=shape)
    return Activity.objects.create(organisation=requester.organisation, requester=requester, kind=kind, status=status, **(given | fields))


def make_session(activity: Activity, *, on: dt.date | None = None, hours: int = 2, **fields: Any) -> Session:
    """Planned at ten o'clock, twenty days from now where no day is given."""
    given: dict[str, Any] = {"starts_at": at(on or today() + 20 * DAY), "place": activity.place} | fields
    given.setdefault("ends_at", given["starts_at"] + dt.timedelta(hours=hours))
    return Session.objects.create(activity=activity, **given)


def make_offer(
    activity: Activity, partner: Partner, *, status: str = Offer.Status.OFFERED, by: Membership | None = None, **fields: Any
) -> Offer:
    """A place offered to a partner, answered as the status says; by the requester where nobody else is given."""
    given: dict[str, Any] = {
        "offered_by": by or activity.requester,
        "offered_at": clock.now() - DAY,
        "reply_by": today() + 7 * DAY,
        "snapshot": [["What for", activity.purpose], ["What can still change", activity.can_change]],
    }
    if status not in (Offer.Status.OFFERED, Offer.Status.TAKEN_BACK):
        given["answered_at"] = clock.now()
    return Offer.objects.create(activity=activity, partner=partner, status=status, **(given | fields))
