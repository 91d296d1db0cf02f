"""Early signs that partners are there for show: each by a rule, with what raised it and what helps. Never a score of anybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from safety_partners.activities.models import Activity, Offer
from safety_partners.committees.models import Committee, Invitee, Item, ItemInsight, Meeting, Sitting
from safety_partners.committees.queries.coverage import LOOK_BACK, WAS_THERE, committees, counted
from safety_partners.committees.queries.our_side import our_side
from safety_partners.core import clock
from safety_partners.core.viewer import Viewer

# Of fewer than so many, a share says nothing.
FEWEST = 3
LATE_STAGE_SHARE = 1 / 3
LATE_PAPER_SHARE = 1 / 4
UNSAID_SHARE = 1 / 2
# At so many meetings somebody was there without a word of theirs standing anywhere.
SILENT_MEETINGS = 3
# So many are read of requests of a year, and shown of facts.
MOST, SHOWN = 1000, 10


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that raised a sign, and where it stands."""

    words: str
    path: str


@dataclass(slots=True)
class Sign:
    """One rule: what it looks for, what it found, and what to do about it."""

    title: str
    rule: str
    advice: list[str]
    facts: list[Fact] = field(default_factory=list)

    @property
    def shown(self) -> list[Fact]:
        return self.facts[:SHOWN]

    @property
    def more(self) -> int:
        return max(len(self.facts) - SHOWN, 0)


def early_signs(viewer: Viewer) -> list[Sign]:
    """Every rule with what it found; five queries."""
    requests = _requests(viewer)
    meeting = list(committees(viewer).meeting_still().order_by("name", "pk"))  # type: ignore[attr-defined]
    return [
        _late_stage(requests),
        _late_papers(viewer, meeting),
        _alone(requests, meeting),
        _nothing_left(viewer, requests),
        _silent(viewer),
    ]


def _requests(viewer: Viewer) -> list[Any]:
    """Requests of a year, and what goes on still; with how many partners take part in what was taken on."""
    rows = Activity.objects.visible_to(viewer).filter(Q(asked_at__gte=clock.now() - LOOK_BACK) | Q(status__in=Activity.UNDER_WAY))
    rows = rows.exclude(status__in=[Activity.Status.DRAFT, Activity.Status.WITHDRAWN])
    places = Offer.objects.visible_to(viewer).taking_part().filter(activity=OuterRef("pk"), is_shadowing=False)
    # Counted only where it matters: a year's requests are many.
    taking = Case(When(status=Activity.Status.TAKEN_ON, then=counted(places, "activity")), default=Value(0))
    names = ("code", "title", "stage", "status", "reason", "asked_at", "taking")
    return list(rows.annotate(taking=taking).order_by("-asked_at", "-id").values_list(*names, named=True)[:MOST])


def _link(row: Any) -> Fact:
    return Fact(row.title, reverse("activities:activity", args=[row.code]))


def _late_stage(requests: list[Any]) -> Sign:
    late = [row for row in requests if row.stage in Activity.LATE_STAGES]
    is_raised = len(requests) >= FEWEST and len(late) > len(requests) * LATE_STAGE_SHARE
    return Sign(
        _("Partners come in late"),
        _("A sign if more than a third of a year’s requests came when only details could change. It was %(late)s of %(all)s.")
        % {"late": len(late), "all": len(requests)},
        [
            _("Ask teams what they plan for the next half year, so that they come to you with an idea and not with a draft."),
            _("Send back what is too late, with a kind word on when to come next time."),
        ],
        [_link(row) for row in late] if is_raised else [],
    )


def _late_papers(viewer: Viewer, meeting: list[Committee]) -> Sign:
    sides = our_side(viewer, meeting)
    late = [one for one in meeting if sides[one.pk].papers >= FEWEST and sides[one.pk].late > sides[one.pk].papers * LATE_PAPER_SHARE]
    facts = []
    for one in late:
        words = _("%(name)s: %(late)s of %(all)s papers") % {"name": one.name, "late": sides[one.pk].late, "all": sides[one.pk].papers}
        facts.append(Fact(words, one.get_absolute_url()))
    return Sign(
        _("Papers come late"),
        _("In a committee, more than a quarter of the papers of the last 12 months came late or are late now."),
        [
            _("Talk with the secretary: is the day by which papers are due known to those who write them?"),
            _("Ask the chair to put off an item whose paper is late. Who reads slowly, or needs another format, is left out of it."),
        ],
        facts,
    )


def _alone(requests: list[Any], meeting: list[Committee]) -> Sign:
    facts = [_link(row) for row in requests if row.taking == 1 and row.status == Activity.Status.TAKEN_ON]
    alone = [one for one in meeting if one.is_safety_related and one.held_seats == 1]  # type: ignore[attr-defined]
    facts += [Fact(one.name, one.get_absolute_url()) for one in alone]
    return Sign(
        _("A partner is alone"),
        _("One partner alone takes part in something, or holds the only filled seat of a committee that is about safety."),
        [
            _("Offer a place to a second partner, or let one shadow."),
            _("Until then, give the partner somebody by name to talk with before and after."),
        ],
        facts,
    )


def _nothing_left(viewer: Viewer, requests: list[Any]) -> Sign:
    facts = [_link(row) for row in requests if row.reason == Activity.Reason.NOTHING_LEFT]
    to_come = Meeting.objects.visible_to(viewer).to_come()
    items = Item.objects.visible_to(viewer).filter(meeting__in=to_come).exclude(kind=Item.Kind.NOTE).exclude(is_for_partners=True)
    rows = items.values("meeting__committee__name", "meeting__committee__code").annotate(
        n=Count("pk"), unsaid=Count("pk", filter=Q(can_change=""))
    )
    for row in rows.order_by("meeting__committee__name"):
        if row["n"] >= FEWEST and row["unsaid"] > row["n"] * UNSAID_SHARE:
            said = {"name": row["meeting__committee__name"], "unsaid": row["unsaid"], "all": row["n"]}
            words = _("%(name)s: nothing is said of what can change in %(unsaid)s of %(all)s items to come") % said
            facts.append(Fact(words, reverse("committees:committee", args=[row["meeting__committee__code"]])))
    return Sign(
        _("Nothing can change any more"),
        _(
            "A request of the last 12 months came when nothing could change; or more than half of a committee’s items to come do not "
            "say what can."
        ),
        [
            _("Ask whoever brings it what would be done differently if a partner said no. If it is nothing, do not ask partners."),
            _("Ask the secretary to write beside each item what can still change."),
        ],
        facts,
    )


def _silent(viewer: Viewer) -> Sign:
    return Sign(
        _("A seat without a voice"),
        _("A partner was at three or more meetings of a committee in the last 12 months, and no word of theirs stands beside any item."),
        [
            _("This says something about the room, not about the partner. Some people speak and nobody writes it down."),
            _("Ask the chair to invite the partner by name, early in the item; ask the secretary to write their words down."),
            _("Ask the partner what would make it easier: a talk before the meeting, papers sooner, another seat at the table."),
        ],
        list(_silent_seats(viewer)),
    )


def _silent_seats(viewer: Viewer) -> Iterator[Fact]:
    """Those who hold a seat, were there, and of whom nothing is written down."""
    since = clock.now() - LOOK_BACK
    there = Invitee.objects.filter(
        meeting__committee=OuterRef("seat__committee"),
        meeting__status=Meeting.Status.HELD,
        meeting__starts_at__gte=since,
        membership=OuterRef("partner__membership"),
        attendance__in=WAS_THERE,
    )
    words = ItemInsight.objects.filter(
        item__meeting__committee=OuterRef("seat__committee"),
        item__meeting__starts_at__gte=since,
        insight__speaker=OuterRef("partner__membership"),
        insight__shared_at__isnull=False,
    )
    rows = Sitting.objects.visible_to(viewer).holding().filter(seat__ended_on__isnull=True, seat__committee__status=Committee.Status.MEETS)
    rows = rows.annotate(came=counted(there, "membership")).filter(~Exists(words), came__gte=SILENT_MEETINGS)
    for sitting in rows.select_related("seat__committee", "partner__membership__user").order_by("seat__committee__name", "id"):
        said = {"name": sitting.partner.membership.name, "committee": sitting.committee.name, "n": sitting.came}  # type: ignore[attr-defined]
        yield Fact(_("%(name)s in the %(committee)s: there at %(n)s meetings") % said, sitting.get_absolute_url())
