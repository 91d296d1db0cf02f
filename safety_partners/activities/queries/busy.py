"""What partners have on in the days of an activity, so that nobody is asked for two things at once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import CharField, DateField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, TruncDate
from django.utils.translation import gettext as _

from safety_partners.activities.models import Activity, Offer, Session
from safety_partners.committees.models import Invitee, Meeting
from safety_partners.core import clock
from safety_partners.core.viewer import Viewer
from safety_partners.partners.models import CheckIn
from safety_partners.reviews.models import Review, Reviewer

MEETING, SESSION, TALK, REVIEW = "meeting", "session", "talk", "review"
# What goes on for longer than this is on no single day: then nothing is said of other days until its own are planned.
LONGEST = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Busy:
    """Something else that a partner has on one of the days."""

    on: dt.date
    title: str


def days_of(activity: Activity, sessions: Iterable[Session]) -> set[dt.date]:
    """The days on which partners are needed: those planned, or the days of the request if they are few."""
    planned = {clock.day_of(one.starts_at) for one in sessions}
    if planned or activity.starts_on is None:
        return planned
    last = activity.ends_on or activity.starts_on
    count = (last - activity.starts_on).days
    return {activity.starts_on + dt.timedelta(days=n) for n in range(count + 1)} if count <= LONGEST.days else set()


def busy(viewer: Viewer, activity: Activity, sessions: Iterable[Session]) -> dict[int, list[Busy]]:
    """For each partner, by the number of their membership, what else they have on the days of ``sessions``; one query."""
    days = days_of(activity, sessions)
    found: dict[int, list[Busy]] = defaultdict(list)
    if not days:
        return found
    arms = [_meetings(viewer, days), _sessions(viewer, activity, days), _talks(viewer, days), _reviews(viewer, days)]
    for kind, member, on, title in arms[0].union(*arms[1:], all=True):
        found[member].append(Busy(on, _said(kind, title)))
    return {member: sorted(ones, key=lambda one: (one.on, one.title)) for member, ones in found.items()}


def _said(kind: str, title: str) -> str:
    if kind == TALK:
        return _("a talk with their named contact")
    return _("last day of the review “%(title)s”") % {"title": title} if kind == REVIEW else title


def _columns(rows: QuerySet, kind: str, member: str, on: object, title: object) -> QuerySet:  # type: ignore[type-arg]
    return rows.values_list(Value(kind, CharField()), F(member), Cast(on, DateField()), Cast(title, CharField()))


def _within(path: str, days: set[dt.date]) -> Q:
    """On one of the days; and between the first and the last, which says nothing new and lets the databases use an index."""

    def between(first: dt.date, last: dt.date) -> Q:
        start, end = (dt.datetime.combine(day, dt.time(), clock.LONDON) for day in (first, last + dt.timedelta(days=1)))
        return Q(**{f"{path}__gte": start, f"{path}__lt": end})

    found = between(min(days), max(days))
    return found & reduce(or_, (between(day, day) for day in sorted(days))) if len(days) > 1 else found


def _meetings(viewer: Viewer, days: set[dt.date]) -> QuerySet:  # type: ignore[type-arg]
    rows = Invitee.objects.filter(_within("meeting__starts_at", days), meeting__organisation_id=viewer.organisation_id)
    rows = rows.partners().filter(meeting__status=Meeting.Status.PLANNED).exclude(reply=Invitee.Reply.APOLOGIES)
    return _columns(rows, MEETING, "membership_id", TruncDate("meeting__starts_at", tzinfo=clock.LONDON), F("meeting__committee__name"))


def _sessions(viewer: Viewer, activity: Activity, days: set[dt.date]) -> QuerySet:  # type: ignore[type-arg]
    rows = Session.objects.planned().filter(_within("starts_at", days), activity__organisation_id=viewer.organisation_id)
    taken = Q(activity__offers__status__in=[Offer.Status.ACCEPTED, Offer.Status.OFFERED])
    rows = rows.filter(taken).exclude(activity=activity)
    member = "activity__offers__partner__membership_id"
    return _columns(rows, SESSION, member, TruncDate("starts_at", tzinfo=clock.LONDON), F("activity__title"))


def _talks(viewer: Viewer, days: set[dt.date]) -> QuerySet:  # type: ignore[type-arg]
    rows = CheckIn.objects.filter(partner__organisation_id=viewer.organisation_id, planned_on__in=days)
    rows = rows.filter(held_on__isnull=True, cancelled_on__isnull=True)
    return _columns(rows, TALK, "partner__membership_id", F("planned_on"), Value(""))


def _reviews(viewer: Viewer, days: set[dt.date]) -> QuerySet:  # type: ignore[type-arg]
    rows = Reviewer.objects.not_finished().filter(review__version__document__organisation_id=viewer.organisation_id)
    rows = rows.filter(review__status=Review.Status.OPEN, review__closes_on__in=days)
    return _columns(rows, REVIEW, "membership_id", F("review__closes_on"), F("review__version__document__title"))
