"""The trace: from exact words to verdict and what changed, with every step that was recorded, in words people understand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, DateField, F, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safety_partners.core import history
from safety_partners.core.models import Event
from safety_partners.core.policy import Sentence
from safety_partners.core.prepared import Prepared, joined
from safety_partners.core.viewer import SYSTEM_ROLE, Viewer
from safety_partners.insights import policies
from safety_partners.insights.models import Change, Insight, Movement, PublishedChange, Response, Verdict, Wording, WordingAnswer
from safety_partners.insights.models.change import ChangeStatus
from safety_partners.insights.queries.whole import Whole, answers, grouped_parts
from safety_partners.people.models import Membership, Role

# What each command is called in the timeline. A verb that is not here is not shown.
EVENT_WORDS: dict[str, Sentence] = {
    "insights.begin_draft": gettext_lazy("Began to write"),
    "insights.record_words": gettext_lazy("Wrote down what the person said"),
    "insights.begin_group_draft": gettext_lazy("Began to write what the group says"),
    "insights.hand_on_voice": gettext_lazy("The group has a new chair, who speaks for it from now on"),
    "insights.edit_draft": gettext_lazy("Changed the draft"),
    "insights.delete_draft": gettext_lazy("Deleted the draft"),
    "insights.share_insight": gettext_lazy("Shared the words, which sealed them"),
    "insights.ask_to_pass_on": gettext_lazy("Asked us to pass the words on"),
    "insights.change_visibility": gettext_lazy("Changed who may see the words"),
    "insights.tell_lead_of_silence": gettext_lazy("Told the partner lead that nobody has answered"),
    "insights.withdraw": gettext_lazy("Withdrew the words"),
    "insights.acknowledge": gettext_lazy("Said that we have the words"),
    "insights.hand_to": gettext_lazy("Asked someone by name to answer"),
    "insights.respond": gettext_lazy("Answered"),
    "insights.done_passing_on": gettext_lazy("Passed the words on"),
    "insights.tell_of_lateness": gettext_lazy("Wrote to say sorry that this is late"),
    "insights.give_verdict": gettext_lazy("Said if the answer answers them"),
    "insights.record_verdict": gettext_lazy("Wrote down if the answer answers the person"),
    "insights.agree_action": gettext_lazy("Agreed an action"),
    "insights.complete_action": gettext_lazy("Said that an action is done, and what shows it"),
    "insights.give_up_action": gettext_lazy("Said that an action will not be done, and why"),
    "insights.put_off_action": gettext_lazy("Moved the day of an action, and said why"),
    "insights.record_change": gettext_lazy("Wrote down a change that came from this"),
    "insights.join_change": gettext_lazy("Joined this to a change"),
    "insights.move_change": gettext_lazy("Said where the change stands now"),
    "insights.propose_wording": gettext_lazy("Suggested words for everyone to read"),
    "insights.agree_wording": gettext_lazy("Agreed the words for everyone to read"),
    "insights.ask_for_other_words": gettext_lazy("Asked for other words"),
    "insights.record_wording_answer": gettext_lazy("Wrote down what someone said about the words"),
    "insights.publish": gettext_lazy("Published the words that were agreed"),
    "insights.done_by_hand": gettext_lazy("Posted a letter or made a call"),
    "insights.note_bounce": gettext_lazy("Noted that a message came back"),
    "insights.resend_message": gettext_lazy("Sent a message again"),
    "insights.settle_message": gettext_lazy("Found out that a message had gone"),
}
# Which of an event's details is shown, and in what words.
_CAPTURES = {value: label for value, label in Insight.Capture.choices if value != Insight.Capture.TYPED}
_DETAILS: dict[str, tuple[tuple[str, dict[Any, Any]], ...]] = {
    "insights.record_words": (("capture", _CAPTURES),),
    "insights.change_visibility": (("visibility", dict(Insight.Visibility.choices)),),
    "insights.respond": (("outcome", dict(Response.Outcome.choices)), ("reason", dict(Response.Reason.choices))),
    "insights.give_verdict": (("answer", dict(Verdict.Answer.choices)),),
    "insights.record_verdict": (("answer", dict(Verdict.Answer.choices)), ("capture", _CAPTURES)),
    "insights.record_change": (("status", dict(ChangeStatus.choices)),),
    "insights.move_change": (("status", dict(ChangeStatus.choices)),),
    "insights.record_wording_answer": (("answer", dict(WordingAnswer.Answer.choices)),),
}
# Until words are shared, when somebody wrote and rewrote them is nobody else's business.
_OF_THE_DRAFT = ("insights.begin_draft", "insights.edit_draft", "insights.delete_draft")
_PASSING_ON = ("insights.ask_to_pass_on", "insights.done_passing_on")
_ROLES = dict(Role.choices)


@dataclass(slots=True)
class Told:
    """One recorded step, as the timeline shows it."""

    at: dt.datetime
    title: str
    by: str
    text: str


class Piece(NamedTuple):
    """Something of a change: the change itself, a movement, a wording, an answer to it, or what was published."""

    kind: str
    change_code: str
    pk: int
    wording_id: int | None
    at: dt.datetime
    on: dt.date | None
    status: str
    title: str
    text: str
    told_us: str
    person: str
    job_title: str

    @property
    def status_says(self) -> str:
        return str(dict(Wording.Status.choices if self.kind == "wording" else ChangeStatus.choices)[self.status])


@dataclass(slots=True)
class ChangeStory:
    """A change with its movements, the words suggested for it, who agreed them, and their publication."""

    change: Piece
    movements: list[Piece] = field(default_factory=list)
    wordings: list[Piece] = field(default_factory=list)
    agreed: dict[int, list[Piece]] = field(default_factory=dict)
    published: Piece | None = None


@dataclass(slots=True)
class Trace:
    """An insight, everything that came of it, and every step that was recorded on the way."""

    whole: Whole
    changes: list[ChangeStory]
    events: list[Told]


def trace(viewer: Viewer, insight: Insight) -> Trace:
    """The whole trace in four queries, whatever there is of it."""
    stories = _stories(viewer, insight)
    whole = Whole(insight, answers(insight), *grouped_parts(viewer, insight), changes=[])
    return Trace(whole, stories, _events(viewer, insight, [story.change.pk for story in stories]))


def _stories(viewer: Viewer, insight: Insight) -> list[ChangeStory]:
    found: dict[str, ChangeStory] = {}
    pieces = [Piece(*row) for row in _PIECES(viewer, insight.pk)]
    for piece in sorted(pieces, key=lambda piece: (piece.kind != "change", piece.at, piece.pk)):
        if piece.kind == "change":
            found[piece.change_code] = ChangeStory(piece)
            continue
        story = found[piece.change_code]
        match piece.kind:
            case "movement":
                story.movements.append(piece)
            case "wording":
                story.wordings.append(piece)
            case "agreed":
                story.agreed.setdefault(piece.wording_id or 0, []).append(piece)
            case _:
                story.published = piece
    return list(found.values())


def _pieces(viewer: Viewer, insight: int) -> QuerySet[Any]:
    mine = Change.objects.visible_to(viewer).filter(causes__insight_id=insight)
    agreed = WordingAnswer.objects.filter(wording__change__in=mine.values("pk"), answer=WordingAnswer.Answer.YES)
    arms = [
        _as("change", mine, "code", at="made_at", status="status", title="title", text="text", by="recorded_by"),
        _as(
            "movement",
            Movement.objects.filter(change__in=mine.values("pk")),
            "change__code",
            at="made_at",
            on="on",
            status="status",
            text="reason",
        ),
        _as(
            "wording",
            Wording.objects.filter(change__in=mine.values("pk")),
            "change__code",
            at="made_at",
            status="status",
            title="title",
            text="changed",
            told="told_us",
            wording="pk",
            by="proposed_by",
        ),
        _as("agreed", agreed, "wording__change__code", at="answered_at", status="answer", wording="wording_id"),
        _as(
            "published",
            PublishedChange.objects.filter(address__in=mine.values("code"), is_newest=True),
            "address",
            at="first_published_at",
            status="status",
            title="title",
            text="credit",
            by=None,
        ),
    ]
    return joined(arms)


_PIECES = Prepared(_pieces)


def _as(kind: str, rows: QuerySet[Any], code: str, *, at: str, by: str | None = "by", **given: str) -> QuerySet[Any]:
    """The rows as :class:`Piece`: the same columns in the same order, whatever the table."""
    nothing = Value("", TextField())
    person = {"person": f"{by}__user__name", "job": f"{by}__job_title"} if by else {}
    texts = {name: Cast(F(path), TextField()) for name, path in {**given, **person}.items() if name not in {"on", "wording"}}
    columns = {
        "part": Value(kind, TextField()),
        "change_code": Cast(F(code), TextField()),
        "wording": F(given["wording"]) if "wording" in given else Cast(Value(None), BigIntegerField()),
        "at": F(at),
        "on": F(given["on"]) if "on" in given else Cast(Value(None), DateField()),
        **{name: texts.get(name, nothing) for name in ("status", "title", "text", "told", "person", "job")},
    }
    annotated = rows.annotate(**{f"piece_{name}": value for name, value in columns.items()})
    names = [f"piece_{name}" for name in columns]
    return annotated.order_by().values_list(*names[:2], "pk", *names[2:])


def _events(viewer: Viewer, insight: Insight, change_ids: list[int]) -> list[Told]:
    found = history.timeline(insight)
    if change_ids:
        found |= Event.objects.filter(root_kind=history.kind_of(Change), root_id__in=change_ids)
    hidden = [
        *(() if policies.may_edit_draft(viewer, insight) else _OF_THE_DRAFT),
        *(() if policies.may_see_passings_on(viewer, insight) else _PASSING_ON),
    ]
    person = Membership.objects.filter(pk=OuterRef("by_membership_id"))
    rows = found.filter(verb__in=[verb for verb in EVENT_WORDS if verb not in hidden]).order_by("number")
    named = rows.annotate(by=Subquery(person.values("user__name")[:1]))
    return [_told(*row) for row in named.values_list("made_at", "verb", "details", "by", "by_roles")]


def _told(at: dt.datetime, verb: str, details: dict[str, Any], by: str | None, by_roles: str) -> Told:
    said = [str(words[details[name]]) for name, words in _DETAILS.get(verb, ()) if details.get(name) in words]
    return Told(at, str(EVENT_WORDS[verb]), _who(by, by_roles), ". ".join(said))


def _who(by: str | None, by_roles: str) -> str:
    if by_roles == SYSTEM_ROLE:
        return _("the product, by the clock")
    roles = [str(label) for role, label in _ROLES.items() if role in by_roles]
    return ", ".join([*([by] if by else []), *roles])
