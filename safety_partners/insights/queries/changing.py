"""Changes: what came of what we were told, the words agreed for it, and what is public."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce, Left
from django.utils.translation import gettext as _

from safety_partners.core import codes, text_search
from safety_partners.core.viewer import Viewer
from safety_partners.insights import policies
from safety_partners.insights.models import Change, ChangedBy, Insight, Movement, PublishedChange, Wording, WordingAnswer
from safety_partners.insights.models.insight import shown_beside, who_said
from safety_partners.insights.queries.lists import search_insights
from safety_partners.insights.queries.words import FETCHED, Beginning, first_words

OFFERED = 10
FOUND = 20
Status = Insight.Status


def changes(viewer: Viewer) -> QuerySet[Change]:
    """The changes a viewer may see: whether each is public, and how many insights led to it."""
    published = PublishedChange.objects.filter(address=OuterRef("code"), is_newest=True)
    causes = ChangedBy.objects.filter(change=OuterRef("pk")).values("change").annotate(n=Count("pk")).values("n")
    return Change.objects.visible_to(viewer).annotate(
        is_published=Exists(published), cause_count=Coalesce(Subquery(causes, output_field=IntegerField()), 0)
    )


def search_changes(rows: QuerySet[Change], typed: str, viewer: Viewer) -> QuerySet[Change]:
    """Find changes by their words or a code that somebody reads out."""
    code = codes.tidy(typed)
    if codes.PATTERN.match(code):
        return rows.filter(code=code)
    return text_search.matching(rows, typed, organisation_id=viewer.organisation_id)


def causes_with_words(change: Change) -> list[ChangedBy]:
    """What led to the change and still has its words, the oldest first."""
    rows = ChangedBy.objects.filter(change=change).exclude(insight__status=Status.WITHDRAWN)
    return list(rows.select_related("insight__speaker__user").order_by("insight__shared_at", "insight_id"))


def credit_for(causes: list[ChangedBy]) -> str:
    """How those who spoke are named in public: as each of them chose."""
    names: dict[str, None] = {}
    for row in causes:
        if row.insight.naming == Insight.Naming.NAME:
            names[row.insight.said_by] = None
        elif row.insight.naming == Insight.Naming.ROLE:
            names[_("a Patient Safety Partner")] = None
    return ", ".join(names)[:300]


@dataclass(frozen=True, slots=True)
class Cause:
    """An insight that led to a change, as far as the viewer may see it."""

    code: str
    kind: str
    shared_at: dt.datetime
    start: Beginning
    is_withdrawn: bool
    is_shown: bool


@dataclass(frozen=True, slots=True)
class ChangePage:
    """All that the page of a change shows this viewer."""

    change: Change
    causes: list[Cause]
    movements: list[Movement]
    wordings: list[Wording]

    @property
    def in_hand(self) -> Wording | None:
        """The words being agreed now."""
        hand = {Wording.Status.PROPOSED, Wording.Status.AGREED, Wording.Status.SENT_BACK}
        return next((wording for wording in self.wordings if wording.status in hand), None)

    @property
    def has_words(self) -> bool:
        """Somebody's words still stand behind it."""
        return any(not cause.is_withdrawn for cause in self.causes)


def change_page(viewer: Viewer, change: Change) -> ChangePage:
    """A change with its causes, its steps and the words proposed for it: at most four queries."""
    return ChangePage(change, causes(viewer, change), movements(change), wordings(viewer, change))


def causes(viewer: Viewer, change: Change) -> list[Cause]:
    """What led to a change, the oldest first; words that are not for this viewer stay away."""
    rows = ChangedBy.objects.filter(change=change).annotate(shown=shown_beside(viewer), beginning=Left("insight__words", FETCHED))
    found = rows.order_by("insight__shared_at", "insight_id").values_list(
        "insight__code", "insight__kind", "insight__shared_at", "beginning", "insight__status", "shown"
    )
    return [
        Cause(code, kind, shared_at, first_words(beginning if shown else ""), status == Status.WITHDRAWN, bool(shown))
        for code, kind, shared_at, beginning, status, shown in found
    ]


def movements(change: Change) -> list[Movement]:
    """Every step of a change, the first one first."""
    return list(change.movements.select_related("by__user").order_by("id"))


def wordings(viewer: Viewer, change: Change) -> list[Wording]:
    """Public words proposed for a change, the newest first: all for the lead, for those who spoke the ones they were asked about."""
    rows = change.wordings.prefetch_related(with_answers()).order_by("-id")
    if not policies.may_look_after_change(viewer, change):
        rows = rows.filter(answers__by_id=viewer.membership_id)
    return list(rows)


def with_answers() -> Prefetch:
    """The answers to a wording, with the people who gave them, in one query."""
    return Prefetch("answers", WordingAnswer.objects.select_related("by__user").order_by("id"))


def wording_rows(viewer: Viewer) -> QuerySet[Wording]:
    """Wordings complete for their page; ``edition`` is the newest one published, if any."""
    newest = PublishedChange.objects.filter(address=OuterRef("change__code"), is_newest=True)
    rows = Wording.objects.visible_to(viewer).select_related("change", "proposed_by__user").prefetch_related(with_answers())
    return rows.annotate(edition=Subquery(newest.values("edition")[:1]))


def latest_wording(change: Change) -> Wording | None:
    """The newest words proposed for a change, with what each person said to them."""
    return change.wordings.prefetch_related(with_answers()).order_by("-id").first()


# What can be chosen when a change is written down or joined.


@dataclass(frozen=True, slots=True)
class Offer:
    """An insight that may have led to a change: enough to recognise it."""

    code: str
    kind: str
    shared_at: dt.datetime
    name: str
    start: Beginning


def insights_to_choose(viewer: Viewer, insight: Insight, typed: str = "", chosen: Collection[str] = ()) -> list[Offer]:
    """Other insights the viewer may see: those chosen already, then what the search finds, or else the newest ones."""
    rows = _with_words(viewer).exclude(pk=insight.pk)
    found = search_insights(rows, typed, viewer) if typed.split() else rows
    picked = _offers(rows.filter(code__in=list(chosen)[:FOUND])) if chosen else []
    taken = {offer.code for offer in picked}
    fresh = _offers(found.order_by("-shared_at", "-id")[: (FOUND if typed.split() else OFFERED) + len(taken)])
    return picked + [offer for offer in fresh if offer.code not in taken]


def insights_called(viewer: Viewer, chosen: Collection[str]) -> list[Insight]:
    """The insights with these codes, as far as the viewer may see them."""
    return list(_with_words(viewer).filter(code__in=chosen)) if chosen else []


def _with_words(viewer: Viewer) -> QuerySet[Insight]:
    return Insight.objects.visible_to(viewer).shared().exclude(status=Status.WITHDRAWN)


def _offers(rows: QuerySet[Insight]) -> list[Offer]:
    found = rows.values_list("code", "kind", "shared_at", who_said(), Left("words", FETCHED))
    return [Offer(code, kind, shared_at, name, first_words(beginning)) for code, kind, shared_at, name, beginning in found]


def changes_to_join(viewer: Viewer, insight: Insight, typed: str = "", chosen: str = "") -> list[Change]:
    """Changes that do not name this insight yet: the one chosen, what the search finds, or else the newest ones."""
    here = Change.objects.visible_to(viewer)
    if chosen:
        # Whether it can still be joined is told by the command, which knows if it was this very form that joined it.
        return list(here.filter(code=chosen))
    rows = here.exclude(pk__in=ChangedBy.objects.filter(insight=insight).values("change_id"))
    if typed.split():
        return list(search_changes(rows, typed, viewer).order_by("-made_at", "-id")[:FOUND])
    return list(rows.order_by("-made_at", "-id")[:OFFERED])
