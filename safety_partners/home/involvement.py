"""Where patients have a say and where they do not: by level and by kind, for partners and for groups apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safety_partners.activities.models import Activity, Offer
from safety_partners.committees.models import Committee, Sitting
from safety_partners.core import clock
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.insights.models import Insight
from safety_partners.people.models import Level
from safety_partners.ppg.models import CollectiveView, Group
from safety_partners.reviews.models import Review

YEAR = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Cell:
    """How many there are of one kind on one level, and of how many if that is known; ``None`` where the kind has no such level."""

    count: int
    of: int | None = None

    @property
    def is_gap(self) -> bool:
        return self.count == 0 if self.of is None else self.count < self.of


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of involvement over the three levels."""

    name: str
    hint: str
    is_of_groups: bool
    cells: dict[str, Cell | None]


@dataclass(frozen=True, slots=True)
class Involvement:
    """The whole map of one organisation, and its gaps in sentences."""

    rows: list[Row]
    gaps: list[str]


def involvement(viewer: Viewer) -> Involvement:
    """Partners on committees, in activities, in reviews and by what they say; groups by being there and by what they say."""
    here = viewer.organisation_id or 0
    seated, committees = _committees(here)
    since = today() - YEAR
    # A moment, so that an index finds what was said since.
    then = dt.datetime.combine(since, dt.time(), clock.LONDON)
    taking_part = Offer.objects.taking_part().filter(activity=OuterRef("pk"))
    activities = Activity.objects.filter(Exists(taking_part), organisation_id=here, decided_on__gte=since)
    reviews = Review.objects.filter(version__document__organisation_id=here, made_at__gte=then)
    said = Insight.objects.of_partners().shared().filter(organisation_id=here, shared_at__gte=then)
    views = CollectiveView.objects.filter(group__organisation_id=here, insight__shared_at__gte=then)
    active, practices = _groups(here)
    rows = [
        Row(
            _("Committees with a partner"),
            _("Now. A committee counts if a partner holds a seat."),
            False,
            {level: Cell(seated.get(level, 0), committees.get(level, 0)) for level in Level.values},
        ),
        Row(
            _("Activities with a partner"),
            _("In the last 12 months: projects, training, panels, visits and more."),
            False,
            _cells(_by(activities, "level"), Level.values),
        ),
        Row(
            _("Documents reviewed by partners"),
            _("In the last 12 months."),
            False,
            _cells(_by_service(reviews, "version__document__"), ABOUT),
        ),
        Row(_("Insights from partners"), _("In the last 12 months."), False, _cells(_by_service(said), ABOUT)),
        Row(
            _("Practices with an active group"),
            _("Now, of the practices in the register."),
            True,
            _only_services(Cell(active, practices)),
        ),
        Row(
            _("Views of groups"),
            _("In the last 12 months: what a group said together."),
            True,
            _only_services(Cell(views.aggregate(n=Count("pk"))["n"])),
        ),
    ]
    return Involvement(rows, list(_gaps(rows)))


# What is about a service, and what is about all of the organisation; nothing is written about several of them together.
ABOUT = (Level.SERVICE, Level.ORGANISATION)


def _committees(here: int) -> tuple[dict[str, int], dict[str, int]]:
    """Of each level the committees on which a partner holds a seat, and all of them; in one query."""
    holds = Sitting.objects.holding().filter(seat__committee=OuterRef("pk"))
    rows = Committee.objects.meeting_still().filter(organisation_id=here).annotate(is_held=Exists(holds))
    found = rows.order_by().values("level").annotate(held=Count("pk", filter=Q(is_held=True)), n=Count("pk"))
    counted = list(found.values_list("level", "held", "n"))
    return {level: held for level, held, _n in counted}, {level: n for level, _held, n in counted}


def _groups(here: int) -> tuple[int, int]:
    """Practices with an active group, and practices in the register."""
    rows = Group.objects.filter(organisation_id=here)
    found = rows.aggregate(
        active=Count("practice", filter=Q(status=Group.Status.ACTIVE), distinct=True), practices=Count("practice", distinct=True)
    )
    return found["active"], found["practices"]


def _by(rows: QuerySet[Any], column: str) -> dict[str, int]:
    return dict(rows.order_by().values(column).annotate(n=Count("pk")).values_list(column, "n"))


def _by_service(rows: QuerySet[Any], path: str = "") -> dict[str, int]:
    """Counted as about a service, or about the whole organisation."""
    level = Case(When(**{f"{path}service__isnull": False}, then=Value(Level.SERVICE.value)), default=Value(Level.ORGANISATION.value))
    return _by(rows.annotate(about=level), "about")


def _cells(counts: dict[str, int], levels: Iterable[str]) -> dict[str, Cell | None]:
    known = set(map(str, levels))
    return {level: Cell(counts.get(level, 0)) if level in known else None for level in Level.values}


def _only_services(cell: Cell) -> dict[str, Cell | None]:
    return {level: cell if level == Level.SERVICE else None for level in Level.values}


def _gaps(rows: list[Row]) -> Iterator[str]:
    """What is missing, each in a sentence."""
    for level in Level:
        held = rows[0].cells[level]
        if held is not None and held.of and held.count < held.of:
            yield ngettext(
                "%(n)s committee for %(level)s has no partner.", "%(n)s committees for %(level)s have no partner.", held.of - held.count
            ) % {"n": held.of - held.count, "level": _lower(level)}
    for row in rows[1:]:
        missing = [level for level in Level if (cell := row.cells[level]) is not None and cell.of is None and cell.count == 0]
        for level in missing:
            yield _("%(kind)s: there are none yet for %(level)s.") % {"kind": row.name, "level": _lower(level)}
    groups = rows[4].cells[Level.SERVICE]
    if groups is not None and groups.of is not None and groups.is_gap:
        without = groups.of - groups.count
        yield ngettext("%(n)s practice has no active group.", "%(n)s practices have no active group.", without) % {"n": without}


def _lower(level: Level) -> str:
    words = str(level.label)
    return words[:1].lower() + words[1:]
