"""A partner's own page, and what they can keep: what they gave and said, what was answered and what changed, in order of time."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import CharField, DateField, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, TextField, Value
from django.db.models.functions import Cast, Coalesce, TruncDate

from safety_partners.activities.models import Activity, Offer, Outcome, Seen, Session, TimeGiven
from safety_partners.activities.queries.outcomes import newest_only
from safety_partners.committees.models import Invitee
from safety_partners.core import clock
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.insights.models import Change, Insight, Response
from safety_partners.partners.models import Partner
from safety_partners.reviews.models import Reviewer

# More than anybody gives in the time that they serve; what is older is left out, and the page says so.
MOST = 2000
THERE = [Invitee.Attendance.PRESENT, Invitee.Attendance.PART]


def own_partner(viewer: Viewer) -> Partner | None:
    """The viewer's own record as a partner."""
    return Partner.objects.visible_to(viewer).filter(membership_id=viewer.membership_id).with_people().first()


def own_offers(viewer: Viewer) -> list[Offer]:
    """What the viewer was asked for, with the next day of each, the nearest first; one query."""
    coming = Session.objects.planned().filter(activity=OuterRef("activity"), ends_at__gt=clock.now()).order_by("starts_at", "id")
    rows = Offer.objects.visible_to(viewer).filter(partner__membership_id=viewer.membership_id)
    rows = rows.annotate(next_at=Subquery(coming.values("starts_at")[:1]))
    first = Coalesce("next_at", Cast("activity__starts_on", DateTimeField()))
    # Of a year of offers, only what stands on the page: not what was offered, word for word.
    shown = ("code", "status", "reply_by", *(f"activity__{name}" for name in ("code", "title", "status", "starts_on", "kind__name")))
    return list(rows.select_related("activity__kind").only(*shown).order_by(first.asc(nulls_last=True), "-pk"))


def own_outcomes(viewer: Viewer) -> list[Outcome]:
    """What changed in what the viewer took part in, the newest first, and what they said of it (``says``, None if nothing); one query."""
    mine = Offer.objects.taking_part().filter(partner__membership_id=viewer.membership_id)
    seen = Seen.objects.filter(outcome=OuterRef("pk"), offer__in=mine)
    rows = newest_only(Outcome.objects.visible_to(viewer)).filter(activity_id__in=mine.values("activity_id"))
    rows = rows.annotate(says=Subquery(seen.values("says")[:1])).select_related("activity")
    return list(rows.only("code", "kind", "activity__title").order_by("-pk"))


class Entry(NamedTuple):
    """One line of what a partner keeps."""

    kind: str
    on: dt.date
    title: str
    words: str
    code: str
    state: str


def ledger(viewer: Viewer, partner: Partner) -> list[Entry]:
    """Everything a partner gave and said, and what came of it, the oldest first, as far as the viewer may know; one query."""
    arms = [arm(viewer, partner) for arm in (_said, _answered, _changed, _met, _reviewed, _took_part, _told)]
    found = arms[0].union(*arms[1:], all=True).order_by("-the_on", "-the_code")[:MOST]
    return [Entry(*row) for row in reversed(found)]


def time_by_kind(viewer: Viewer, partner: Partner) -> list[tuple[str, int]]:
    """The minutes a partner gave, by kind; one query."""
    rows = TimeGiven.objects.visible_to(viewer).filter(partner=partner).order_by("kind")
    return [(TimeGiven.Kind(kind).label, minutes) for kind, minutes in rows.values_list("kind").annotate(found=Sum("minutes"))]


def _row(rows: QuerySet[Any], kind: str, on: Any, *, title: Any, words: Any, code: str = "code", state: Any = "") -> QuerySet[Any]:
    def text(given: Any) -> Any:
        return Cast(F(given) if given else Value(""), TextField())

    columns = {
        "the_kind": Value(kind, CharField()),
        "the_on": Cast(on, DateField()),
        "the_title": text(title),
        "the_words": text(words),
        "the_code": Cast(F(code), CharField()),
        "the_state": text(state),
    }
    return rows.order_by().annotate(**columns).values_list(*columns)


def _day(path: str) -> TruncDate:
    return TruncDate(path, tzinfo=clock.LONDON)


def _own_insights(viewer: Viewer, partner: Partner) -> QuerySet[Insight]:
    return Insight.objects.visible_to(viewer).shared().of_partners().filter(speaker_id=partner.membership_id)


def _said(viewer: Viewer, partner: Partner) -> QuerySet[Any]:
    rows = _own_insights(viewer, partner)
    return _row(rows, "said", _day("shared_at"), title="about_label", words="words", state="kind")


def _answered(viewer: Viewer, partner: Partner) -> QuerySet[Any]:
    rows = Response.objects.filter(insight__in=_own_insights(viewer, partner))
    return _row(rows, "answered", _day("made_at"), title="insight__about_label", words="text", code="insight__code", state="outcome")


def _changed(viewer: Viewer, partner: Partner) -> QuerySet[Any]:
    mine = _own_insights(viewer, partner).values("causes__change_id")
    rows = Change.objects.visible_to(viewer).filter(pk__in=mine)
    return _row(rows, "changed", _day("made_at"), title="title", words="text", state="status")


def _met(viewer: Viewer, partner: Partner) -> QuerySet[Any]:
    rows = Invitee.objects.visible_to(viewer).filter(membership_id=partner.membership_id, attendance__in=THERE)
    return _row(rows, "met", _day("meeting__starts_at"), title="meeting__committee__name", words="", code="meeting__code")


def _reviewed(viewer: Viewer, partner: Partner) -> QuerySet[Any]:
    rows = Reviewer.objects.visible_to(viewer).filter(membership_id=partner.membership_id, finished_at__isnull=False)
    return _row(rows, "reviewed", _day("finished_at"), title="review__version__document__title", words="", code="review__code")


def _took_part(viewer: Viewer, partner: Partner) -> QuerySet[Any]:
    """Where they said yes and it has begun; what was called off before its first day is nothing they took part in."""
    held = Session.objects.filter(activity=OuterRef("activity"), status=Session.Status.HELD)
    rows = Offer.objects.visible_to(viewer).taking_part().filter(partner=partner).exclude(activity__starts_on__gt=today())
    rows = rows.filter(~Q(activity__status=Activity.Status.CANCELLED) | Exists(held))
    on = Coalesce("activity__starts_on", _day("answered_at"))
    return _row(rows, "took part", on, title="activity__title", words="", code="activity__code", state="activity__kind__name")


def _told(viewer: Viewer, partner: Partner) -> QuerySet[Any]:
    mine = Offer.objects.visible_to(viewer).taking_part().filter(partner=partner)
    rows = newest_only(Outcome.objects.filter(Q(activity_id__in=mine.values("activity_id"))))
    return _row(rows, "told", _day("made_at"), title="activity__title", words="words", code="activity__code", state="kind")
