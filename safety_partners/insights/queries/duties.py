"""What waits for one person, in one query for any role: a UNION of arms, each kept short before they are joined.

Each arm finds the numbers of its oldest rows by an index of its own, so that a million insights cost no more than ten.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Left, TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _

from safety_partners.core.duty import NO_DAY, Duties, Duty, first_rows
from safety_partners.core.prepared import Prepared
from safety_partners.core.viewer import Viewer
from safety_partners.insights.models import Action, Insight, PassingOn, Wording, WordingAnswer
from safety_partners.insights.models.change import not_kept_from
from safety_partners.insights.models.insight import not_withheld, who_said
from safety_partners.insights.queries.words import FETCHED, first_words
from safety_partners.people.models import UrgentContact
from safety_partners.people.policies import is_lead

SHOWN = 50
Status = Insight.Status
_COLUMNS = ("duty_arm", "duty_rank", "duty_day", "duty_due", "duty_code", "duty_who", "duty_text")


@dataclass(frozen=True, slots=True)
class _Arm:
    """One kind of duty: its sentence, the page it leads to, and the rows that wait."""

    sentence: Callable[[], str]
    page: str
    rows: Callable[[Viewer], QuerySet[Any]]
    since: str
    due: str | None = None
    code: str = "code"
    who: Combinable | None = None
    text: str = "words"
    rank: int = 0

    def select(self, name: str, viewer: Viewer) -> QuerySet[Any]:
        """The oldest rows of this arm as the columns that all arms share."""
        day = F(self.due) if self.due else TruncDate(self.since)
        columns = {
            "duty_arm": Value(name, CharField()),
            "duty_rank": Value(self.rank, IntegerField()),
            "duty_day": day,
            "duty_due": F(self.due) if self.due else NO_DAY,
            "duty_code": F(self.code),
            "duty_who": self.who if self.who is not None else Value("", CharField()),
            "duty_text": Left(self.text, FETCHED) if self.text != "channel" else Cast(F("channel"), CharField()),
        }
        return first_rows(self.rows(viewer), self.due or self.since, count=SHOWN).annotate(**columns).values_list(*_COLUMNS)


def _of_speaker(viewer: Viewer) -> QuerySet[Insight]:
    return Insight.objects.filter(organisation_id=viewer.organisation_id, speaker_id=viewer.membership_id)


def _drafts(viewer: Viewer) -> QuerySet[Insight]:
    # What was begun beside something else, such as a document, is finished there.
    return _of_speaker(viewer).filter(status=Status.DRAFT, recorded_by__isnull=True, about_path="")


def _recorded(viewer: Viewer) -> QuerySet[Insight]:
    return Insight.objects.of(viewer).filter(recorded_by_id=viewer.membership_id, status=Status.DRAFT, about_path="")


def _answered(viewer: Viewer) -> QuerySet[Insight]:
    return _of_speaker(viewer).filter(status=Status.ANSWERED)


def _wordings_to_answer(viewer: Viewer) -> QuerySet[WordingAnswer]:
    waiting = WordingAnswer.objects.filter(by_id=viewer.membership_id, answer=WordingAnswer.Answer.WAITING)
    return waiting.filter(wording__status=Wording.Status.PROPOSED)


def _to_answer(viewer: Viewer) -> QuerySet[Insight]:
    owned = Insight.objects.of(viewer).filter(not_withheld(viewer), owner_id=viewer.membership_id, next_due_on__isnull=False)
    # Comments on a document are answered together, beside the document.
    return owned.filter(status__in=[Status.OWNED, Status.SENT_BACK]).exclude(kind=Insight.Kind.COMMENT)


def _actions(viewer: Viewer) -> QuerySet[Action]:
    return Action.objects.of(viewer).to_do().filter(not_withheld(viewer, "insight_id"), owner_id=viewer.membership_id)


def _with_status(*statuses: str) -> Callable[[Viewer], QuerySet[Insight]]:
    return lambda viewer: Insight.objects.of(viewer).filter(not_withheld(viewer), status__in=statuses)


def _passings_on(viewer: Viewer) -> QuerySet[PassingOn]:
    return PassingOn.objects.of(viewer).filter(not_withheld(viewer, "insight_id")).waiting()


def _wordings_in_hand(status: str) -> Callable[[Viewer], QuerySet[Wording]]:
    return lambda viewer: Wording.objects.of(viewer).filter(not_kept_from(viewer, "change_id"), status=status)


# Arms of an insight have the same shape: the person who spoke, their first words, and the day that was promised.
_OWED = {"page": "insights:insight", "since": "shared_at", "due": "next_due_on", "who": who_said()}

ARMS: dict[str, _Arm] = {
    "verdict": _Arm(lambda: _("Tell us if our answer answers you"), "insights:verdict", _answered, "answered_at"),
    "wording": _Arm(
        lambda: _("Read the words we would like to publish, and say yes or no"),
        "insights:wording",
        _wordings_to_answer,
        "made_at",
        code="wording__code",
        text="wording__title",
    ),
    "answer": _Arm(lambda: _("Answer this insight"), rows=_to_answer, **{**_OWED, "page": "insights:respond"}),
    "action": _Arm(
        lambda: _("Do what was agreed"), "insights:insight", _actions, "made_at", due="due_on", code="insight__code", text="text"
    ),
    "draft": _Arm(lambda: _("Finish your draft, or delete it"), "insights:check", _drafts, "made_at", rank=1),
    "recorded": _Arm(
        lambda: _("Finish what you are writing down for someone"),
        "insights:check",
        _recorded,
        "made_at",
        who=who_said(),
        rank=1,
    ),
}

LEADS_ARMS: dict[str, _Arm] = {
    "acknowledge": _Arm(
        lambda: _("Say that you have this insight"), rows=_with_status(Status.SHARED), **{**_OWED, "page": "insights:acknowledge"}
    ),
    "owner": _Arm(
        lambda: _("Find someone to answer this insight"), rows=_with_status(Status.ACKNOWLEDGED), **{**_OWED, "page": "insights:hand-over"}
    ),
    "with lead": _Arm(lambda: _("Look at this: it was taken to you"), rows=_with_status(Status.WITH_LEAD), **_OWED),
    "passing on": _Arm(
        lambda: _("Pass this on, as the person asked"),
        "insights:passing-on",
        _passings_on,
        "made_at",
        who=who_said("insight__"),
        text="channel",
    ),
    "agreed": _Arm(
        lambda: _("Publish these words: everyone has agreed"),
        "insights:wording",
        _wordings_in_hand(Wording.Status.AGREED),
        "made_at",
        text="title",
    ),
    "sent back": _Arm(
        lambda: _("Suggest other words: someone asked for them"),
        "insights:wording",
        _wordings_in_hand(Wording.Status.SENT_BACK),
        "made_at",
        text="title",
    ),
}


def duties(viewer: Viewer) -> Duties:
    """What waits for this person, the oldest first; drafts, which nobody waits for, come last. One query."""
    found = Duties()
    if viewer.membership_id is None:
        return found
    arms, rows = _arms(viewer), _ROWS(viewer)
    found.has_more = len(rows) > SHOWN
    found.extend(_duty(arms[row[0]], *row[3:]) for row in rows[:SHOWN])
    return found


def _arms(viewer: Viewer) -> dict[str, _Arm]:
    return ARMS | (LEADS_ARMS if is_lead(viewer) else {})


def _rows(viewer: Viewer) -> QuerySet[Any]:
    first, *others = [arm.select(name, viewer) for name, arm in _arms(viewer).items()]
    return first.union(*others, all=True).order_by("duty_rank", "duty_day", "duty_code")[: SHOWN + 1]


_ROWS = Prepared(_rows)


def _duty(arm: _Arm, due: dt.date | None, code: str, who: str, text: str) -> Duty:
    is_words = arm.text == "words"
    if arm.text == "channel":
        said = str(UrgentContact.Channel(text).label)
    else:
        said = _("“%(words)s”") % {"words": first_words(text)} if is_words else str(first_words(text))
    title = _("%(name)s: %(said)s") % {"name": who, "said": said} if who else said
    return Duty(arm.sentence(), title, reverse(arm.page, args=[code]), due)
