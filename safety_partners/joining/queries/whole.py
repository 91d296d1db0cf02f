"""One expression of interest, complete for the lead; and one reader's view of it, with no more than a reader needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safety_partners.core import history
from safety_partners.core.viewer import Viewer
from safety_partners.joining.models import Criterion, Expression, Sift, SiftPoint, Talk
from safety_partners.joining.policies import READERS
from safety_partners.people.models import Membership

NEWEST = 50
EVENT_WORDS = {
    "joining.submit_expression": gettext_lazy("Sent by the person"),
    "joining.record_expression": gettext_lazy("Written down for the person"),
    "joining.acknowledge_expression": gettext_lazy("Told that somebody has read it"),
    "joining.offer_chat": gettext_lazy("Chat offered"),
    "joining.begin_sift": gettext_lazy("Given to readers"),
    "joining.ask_another_reader": gettext_lazy("Another reader asked"),
    "joining.give_view": gettext_lazy("Read by one reader"),
    "joining.stand_aside": gettext_lazy("A reader left it to somebody else"),
    "joining.invite_to_meet": gettext_lazy("Invited to meet, with the questions"),
    "joining.move_talk": gettext_lazy("Talk moved"),
    "joining.hold_talk": gettext_lazy("Talk held"),
    "joining.offer_place": gettext_lazy("Place offered"),
    "joining.say_yes": gettext_lazy("The person said yes"),
    "joining.take_yes": gettext_lazy("The person’s yes written down"),
    "joining.say_not_now": gettext_lazy("Told that it is not now"),
    "joining.keep_in_reserve": gettext_lazy("Put on the reserve list"),
    "joining.end_reserve": gettext_lazy("Time on the reserve list over"),
    "joining.pass_on": gettext_lazy("Passed on, as agreed"),
    "joining.withdraw_interest": gettext_lazy("The person stopped"),
    "joining.note_withdrawal": gettext_lazy("The person’s wish to stop written down"),
    "joining.change_reach": gettext_lazy("The person changed how to reach them"),
    "joining.correct_reach": gettext_lazy("How to reach them corrected"),
    "joining.send_new_word": gettext_lazy("New private word sent"),
    "joining.keep_longer": gettext_lazy("Agreed to keep it longer"),
    "joining.hold_words": gettext_lazy("Held: nothing is deleted"),
    "joining.let_words_go": gettext_lazy("No longer held"),
    "joining.delete_my_words": gettext_lazy("Deleted by the person"),
    "joining.delete_as_asked": gettext_lazy("Deleted as the person asked"),
    "joining.forget_when_due": gettext_lazy("Deleted, because the time was over"),
    "joining.appoint": gettext_lazy("Appointed"),
}


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One thing that was done: ``title``, ``at`` and ``by``, as a timeline shows it."""

    title: str
    at: Any
    by: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who was asked to read; ``points`` and the words of ``sift`` only where the viewer may see them yet."""

    sift: Sift
    may_see: bool
    points: list[SiftPoint]


@dataclass(frozen=True, slots=True)
class Whole:
    """What the lead needs to go on: who has read it and what they found, talks, and what was done."""

    expression: Expression
    readers: list[Reader]
    talks: list[Talk]
    story: list[StoryLine]

    @property
    def is_read(self) -> bool:
        """Whether at least two people have read it."""
        return sum(reader.sift.done_at is not None for reader in self.readers) >= READERS


def expression(viewer: Viewer) -> QuerySet[Expression]:
    """Expressions of interest with what their page says of them."""
    return Expression.objects.visible_to(viewer).select_related("advert__role__role", "organisation", "recorded_by__user", "partner")


def whole(viewer: Viewer, found: Expression) -> Whole:
    """One expression of interest. Four queries, however many read it."""
    points: dict[int, list[SiftPoint]] = {}
    for point in (
        SiftPoint.objects.visible_to(viewer).filter(sift__expression=found).select_related("criterion").order_by("criterion__position")
    ):
        points.setdefault(point.sift_id, []).append(point)
    sifts = list(found.sifts.select_related("by__user").order_by("pk"))
    # Who reads it too and has not answered yet sees that others have, and not what.
    is_blind = (
        any(sift.by_id == viewer.membership_id and sift.done_at is None for sift in sifts) and found.status == Expression.Status.SIFTING
    )
    return Whole(
        found,
        [Reader(sift, sift.done_at is not None and not is_blind, points.get(sift.pk, [])) for sift in sifts],
        list(Talk.objects.visible_to(viewer).filter(expression=found).order_by("-pk")),
        _story(viewer, found),
    )


def _story(viewer: Viewer, found: Expression) -> list[StoryLine]:
    """The newest things that were done, newest first, in one query."""
    name = Membership.objects.filter(pk=OuterRef("by_membership_id")).values("user__name")[:1]
    events = history.timeline(found).visible_to(viewer).filter(verb__in=EVENT_WORDS).annotate(by=Subquery(name))
    return [
        StoryLine(str(EVENT_WORDS[event.verb]), event.made_at, event.by or "", how_said(event.details))
        for event in events.order_by("-number")[:NEWEST]
    ]


def how_said(details: dict[str, Any]) -> str:
    """How somebody's words reached us, where staff wrote them down."""
    capture = details.get("capture", Expression.Capture.TYPED)
    if capture not in Expression.Capture.values or capture == Expression.Capture.TYPED:
        return ""
    how = Expression.Capture(capture).label
    return _("%(how)s; it was read back.") % {"how": how} if details.get("is_read_back") else _("%(how)s.") % {"how": how}


def readers_asked(viewer: Viewer, found: Expression) -> QuerySet[Sift]:
    """Everybody who was asked to read it."""
    return Sift.objects.filter(expression__in=Expression.objects.visible_to(viewer).filter(pk=found.pk)).select_related("by__user")


def is_read(viewer: Viewer, found: Expression) -> bool:
    """Say whether at least two people have read it."""
    return readers_asked(viewer, found).filter(done_at__isnull=False).count() >= READERS


# Readers


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader has before them: what is looked for, what they found; and what others found, when theirs is given."""

    sift: Sift
    criteria: list[Criterion]
    points: dict[int, list[SiftPoint]]
    others: list[Sift]


def sifts(viewer: Viewer) -> QuerySet[Sift]:
    """The views that the viewer may see."""
    return Sift.objects.visible_to(viewer).select_related("expression__advert", "by__user")


def reading(viewer: Viewer, sift: Sift) -> Reading:
    """One reader's page. Three queries."""
    points: dict[int, list[SiftPoint]] = {}
    rows = SiftPoint.objects.visible_to(viewer).filter(sift__expression_id=sift.expression_id).select_related("criterion")
    for point in rows.order_by("criterion__position"):
        points.setdefault(point.sift_id, []).append(point)
    others = [other for other in sifts(viewer).filter(expression_id=sift.expression_id) if other.pk != sift.pk and other.done_at]
    return Reading(sift, list(sift.expression.advert.criteria.order_by("position")), points, others if sift.done_at else [])
