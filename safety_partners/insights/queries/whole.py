"""One insight with everything that came of it, in four queries, whatever there is of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, DateField, DateTimeField, Exists, F, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, NullIf

from safety_partners.core.prepared import Prepared
from safety_partners.core.viewer import NOBODY, Viewer
from safety_partners.core.working_days import today
from safety_partners.insights.models import (
    Action,
    Change,
    HandOver,
    Insight,
    Movement,
    PassingOn,
    PublishedChange,
    Response,
    Verdict,
    Wording,
    WordingAnswer,
)
from safety_partners.insights.models.change import ChangeStatus
from safety_partners.people.models import UrgentContact


@dataclass(slots=True)
class GivenVerdict:
    """What the person said about an answer."""

    code: str
    answer: str
    words: str
    checksum: str
    made_at: dt.datetime
    goes_to_lead: bool
    capture: str
    is_read_back: bool
    recorded_by: str

    @property
    def says(self) -> str:
        return str(Verdict.Answer(self.answer).label)

    @property
    def how(self) -> str:
        return str(Verdict.Capture(self.capture).label)


@dataclass(slots=True)
class Answered:
    """One answer, who gave it, and what the person said about it."""

    code: str
    outcome: str
    reason: str
    text: str
    made_at: dt.datetime
    by: str
    job_title: str
    verdicts: list[GivenVerdict] = field(default_factory=list)

    @property
    def says(self) -> str:
        return str(Response.Outcome(self.outcome).label)

    @property
    def why(self) -> str:
        return str(Response.Reason(self.reason).label) if self.reason else ""


@dataclass(slots=True)
class Part:
    """A hand-over, a passing-on or an action: who it is with, what was said with it, and how it ended."""

    kind: str
    pk: int
    code: str
    made_at: dt.datetime
    person: str
    job_title: str
    extra: str
    text: str
    more: str
    status: str
    due_on: dt.date | None
    ended_at: dt.datetime | None
    owner_id: int | None
    organisation_id: int | None

    @property
    def is_late(self) -> bool:
        return self.status == Action.Status.TO_DO and self.due_on is not None and self.due_on < today()

    @property
    def status_says(self) -> str:
        return str(Action.Status(self.status).label)

    @property
    def channel_says(self) -> str:
        return str(UrgentContact.Channel(self.extra).label)


class Came(NamedTuple):
    """A change that came of an insight: since when, whether everyone can read of it, and words that wait for my yes or no."""

    code: str
    title: str
    status: str
    moved_on: dt.date | None
    is_published: bool
    wording_for_me: str | None

    @property
    def status_says(self) -> str:
        return str(ChangeStatus(self.status).label)


@dataclass(slots=True)
class Whole:
    """An insight and everything that came of it, the oldest first."""

    insight: Insight
    answers: list[Answered]
    hand_overs: list[Part]
    passings_on: list[Part]
    actions: list[Part]
    changes: list[Came]

    @property
    def latest_answer(self) -> Answered | None:
        return self.answers[-1] if self.answers else None


def whole(viewer: Viewer, insight: Insight) -> Whole:
    """Everything that came of an insight which the viewer may see, complete for its page."""
    return Whole(insight, answers(insight), *grouped_parts(viewer, insight), [Came(*row) for row in _CHANGES(viewer, insight.pk)])


_RESPONSE = ("code", "outcome", "reason", "text", "made_at", "by__user__name", "by__job_title")
_VERDICT = ("code", "answer", "words", "checksum", "made_at", "goes_to_lead", "capture", "is_read_back", "recorded_by__user__name")


def answers(insight: Insight) -> list[Answered]:
    """Every answer with the verdicts on it, in one query."""
    found: dict[str, Answered] = {}
    for row in _ANSWERS(NOBODY, insight.pk):
        answered = found.setdefault(row[0], Answered(*row[: len(_RESPONSE)]))
        verdict = row[len(_RESPONSE) :]
        if verdict[0]:
            answered.verdicts.append(GivenVerdict(*verdict))
    return list(found.values())


def _answers(_viewer: Viewer, insight: int) -> QuerySet[Any]:
    rows = Response.objects.filter(insight_id=insight).order_by("id", "verdicts__id")
    return rows.values_list(*_RESPONSE, *(f"verdicts__{name}" for name in _VERDICT))


def latest_answer(insight: Insight) -> Answered | None:
    """The answer that waits to be judged, with what was said about it before."""
    return next(reversed(answers(insight)), None)


_NO_TEXT = Value("", TextField())
_NO_DAY = Cast(Value(None), DateField())
_NO_TIME = Cast(Value(None), DateTimeField())
_NO_NUMBER = Cast(Value(None), BigIntegerField())


def _as(kind: str, rows: QuerySet[Any], **columns: Any) -> QuerySet[Any]:
    """The rows as :class:`Part`: the same columns in the same order, whatever the table."""
    nothing = {"due": _NO_DAY, "ended": _NO_TIME, "owner": _NO_NUMBER, "here": _NO_NUMBER}
    texts = dict.fromkeys(("who", "job", "extra", "said", "more", "stands"), _NO_TEXT)
    given = {name: Cast(value, TextField()) if name in texts else value for name, value in columns.items()}
    chosen = {"part": Value(kind, TextField()), **texts, **nothing, **given}
    order = ("who", "job", "extra", "said", "more", "stands", "due", "ended", "owner", "here")
    annotated = rows.annotate(**{f"part_{name}": chosen[name] for name in ("part", *order)})
    return annotated.values_list("part_part", "pk", "code", "made_at", *(f"part_{name}" for name in order))


def grouped_parts(viewer: Viewer, insight: Insight) -> tuple[list[Part], list[Part], list[Part]]:
    """Hand-overs, the passings-on that are for this viewer, and actions of an insight, each the oldest first."""
    found: dict[str, list[Part]] = {"hand over": [], "passing on": [], "action": []}
    for part in sorted((Part(*row) for row in _PARTS(viewer, insight.pk)), key=lambda part: (part.made_at, part.pk)):
        found[part.kind].append(part)
    return found["hand over"], found["passing on"], found["action"]


def _parts(viewer: Viewer, insight: int) -> QuerySet[Any]:
    """All of them in one query."""
    hand_overs = _as(
        "hand over",
        HandOver.objects.filter(insight_id=insight),
        who=F("to__user__name"),
        job=F("to__job_title"),
        extra=F("to_service__name"),
        said=F("reason"),
        more=F("by__user__name"),
    )
    passings_on = _as(
        "passing on",
        PassingOn.objects.visible_to(viewer).filter(insight_id=insight),
        who=F("done_by__user__name"),
        extra=F("channel"),
        said=F("note"),
        ended=F("done_at"),
        here=F("organisation_id"),
    )
    actions = _as(
        "action",
        Action.objects.filter(insight_id=insight),
        who=F("owner__user__name"),
        job=F("owner__job_title"),
        extra=F("evidence_file__name"),
        said=F("text"),
        more=Coalesce(NullIf("evidence", Value("")), "reason"),
        stands=F("status"),
        due=F("due_on"),
        ended=F("ended_at"),
        owner=F("owner_id"),
        here=F("organisation_id"),
    )
    return hand_overs.union(passings_on, actions, all=True)


def _changes(viewer: Viewer, insight: int) -> QuerySet[Any]:
    """What changed because of an insight, as :class:`Came`."""
    waiting = WordingAnswer.objects.filter(
        wording__change=OuterRef("pk"),
        wording__status=Wording.Status.PROPOSED,
        by_id=viewer.membership_id,
        answer=WordingAnswer.Answer.WAITING,
    )
    published = PublishedChange.objects.filter(address=OuterRef("code"), is_newest=True)
    last = Movement.objects.filter(change=OuterRef("pk")).order_by("-id")
    return (
        Change.objects.visible_to(viewer)
        .filter(causes__insight=insight)
        .annotate(
            moved_on=Subquery(last.values("on")[:1]),
            is_published=Exists(published),
            wording_for_me=Subquery(waiting.values("wording__code")[:1]),
        )
        .order_by("id")
        .values_list("code", "title", "status", "moved_on", "is_published", "wording_for_me")
    )


_ANSWERS, _PARTS, _CHANGES = Prepared(_answers), Prepared(_parts), Prepared(_changes)
