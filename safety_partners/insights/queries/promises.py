"""The clock in plain sentences: what we promised, by when, and an apology where we are late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from safety_partners.core.working_days import add_working_days, today
from safety_partners.design.dates import weekday
from safety_partners.insights.models import Insight
from safety_partners.people.models import Organisation

Status = Insight.Status


def days_promised(organisation: Organisation) -> tuple[dt.date, dt.date]:
    """By when we would say that we have it, and by when we would answer, if it were shared today."""
    day = today()
    return add_working_days(day, organisation.acknowledge_days), add_working_days(day, organisation.answer_days)


def promises(insight: Insight, *, is_speaker: bool) -> list[str]:
    """What we promised on this insight and what became of it, for the person who spoke or for others."""
    sentences = [*_what_happened(insight, is_speaker=is_speaker), *_what_is_owed(insight)]
    if insight.is_late:
        days = insight.days_late
        sentences.append(ngettext("That is %(n)s day late. We are sorry.", "That is %(n)s days late. We are sorry.", days) % {"n": days})
    return sentences


def _what_is_owed(insight: Insight) -> Iterator[str]:
    day = {"day": weekday(insight.next_due_on)}
    if insight.status == Status.WITH_LEAD and insight.next_due_on:
        yield _("It is with the partner lead.")
    match _step_owed(insight):
        case Status.SHARED:
            yield _("We said we would write to say that we have it by %(day)s.") % day
        case Status.ACKNOWLEDGED:
            yield _("We said we would find someone to answer it by %(day)s.") % day
        case Status.OWNED:
            yield _("We said we would answer by %(day)s.") % day
        case Status.SENT_BACK:
            yield _("We said we would answer again by %(day)s.") % day


def _step_owed(insight: Insight) -> Status:
    """Where the promise that is open was made: what was taken to the lead still waits for the step it waited for."""
    if insight.status != Status.WITH_LEAD:
        return Status(insight.status)
    if insight.answered_at is not None:
        return Status.SENT_BACK
    if insight.owner_id is not None:
        return Status.OWNED
    return Status.ACKNOWLEDGED if insight.acknowledged_at else Status.SHARED


def _what_happened(insight: Insight, *, is_speaker: bool) -> Iterator[str]:
    said = {"name": insight.said_by, "day": weekday(insight.answered_at), "promised": weekday(insight.answer_by)}
    if insight.status in {Status.ACKNOWLEDGED, Status.OWNED} and insight.acknowledged_at:
        yield _("We have had it in our hands since %(day)s.") % {"day": weekday(insight.acknowledged_at)}
    if insight.status in {Status.ANSWERED, Status.IN_PART, Status.SETTLED}:
        if insight.was_answered_late:
            yield _("We answered on %(day)s. We had said %(promised)s, so that was late. We are sorry.") % said
        else:
            yield _("We answered on %(day)s.") % said
    if insight.status == Status.WITHDRAWN:
        said["day"] = weekday(insight.withdrawn_at)
    if insight.status == Status.WITH_LEAD and insight.silence_told_for:
        yield str(_SILENCE[0] if is_speaker else _SILENCE[1]) % said
    elif insight.status in _VERDICTS:
        mine, others = _VERDICTS[Status(insight.status)]
        yield str(mine if is_speaker else others) % said


# For the person who spoke, and for everybody else.
_SILENCE = (
    gettext_lazy("You told the partner lead that nobody has answered you."),
    gettext_lazy("%(name)s told the partner lead that nobody has answered them."),
)
_VERDICTS = {
    Status.ANSWERED: (
        gettext_lazy("Now it is for you to say if that answers you."),
        gettext_lazy("%(name)s has not yet said if that answers them."),
    ),
    Status.SETTLED: (gettext_lazy("You said that this answers you."), gettext_lazy("%(name)s said that this answers them.")),
    Status.IN_PART: (
        gettext_lazy("You said that this answers you in part. It stays open."),
        gettext_lazy("%(name)s said that this answers them in part. It stays open."),
    ),
    Status.SENT_BACK: (
        gettext_lazy("You said that our answer does not answer you."),
        gettext_lazy("%(name)s said that our answer does not answer them."),
    ),
    Status.WITH_LEAD: (gettext_lazy("You took this to the partner lead."), gettext_lazy("%(name)s took this to the partner lead.")),
    Status.WITHDRAWN: (gettext_lazy("These words were withdrawn on %(day)s."), gettext_lazy("These words were withdrawn on %(day)s.")),
}
