"""What is different because of what we were told, and when that moves: forwards or backwards, never silently."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from safety_partners.core import outbox, text_search
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.design.dates import day
from safety_partners.insights import policies
from safety_partners.insights.commands import rules
from safety_partners.insights.commands.publishing import ask_newcomer, publish_movement
from safety_partners.insights.models import Change, ChangedBy, Insight, Movement
from safety_partners.insights.queries.changing import causes_with_words
from safety_partners.people.models import Membership

MOVES = {
    Change.Status.MADE: "make",
    Change.Status.NOT_KEPT: "break",
    Change.Status.WILL_NOT_DO: "drop",
    Change.Status.PLANNED: "plan_again",
}


def speakers_of(change: Change) -> list[Membership]:
    """Everyone whose words led to the change, once each; people who have left are told too, those who took theirs back are not."""
    return list({row.insight.speaker_id: row.insight.speaker for row in causes_with_words(change)}.values())


def possible_moves(change: Change) -> list[Change.Status]:
    """Where the change can move from where it stands."""
    return [status for status, move in MOVES.items() if Change.lifecycle.may(change, move)]


@command(allow=policies.may_record_change, details=("status", "on"))
def record_change(
    viewer: Viewer, insight: Insight, /, *, title: str, text: str, status: str, on: dt.date, others: Iterable[Insight] = ()
) -> Change:
    """Write down what is planned or was changed because of this insight, and others with it.

    Raises ``NotPossible`` unless it begins as planned or made, for a made change with a day to come, and for words
    that were withdrawn, belong to another organisation or are not shown to the viewer.
    """
    if status not in {Change.Status.PLANNED, Change.Status.MADE}:
        raise NotPossible(_("A change begins as planned or made."), field="status")
    rules.demand_words(title, _("Give the change a title."), field="title")
    rules.demand_words(text, _("Say what is different, or will be."), field="text")
    _demand_day(status, on)
    causes = {insight.pk: insight} | {other.pk: other for other in others}
    _demand_causes(viewer, causes)
    change = Change.objects.create(
        organisation_id=insight.organisation_id, title=title, text=text, status=status, recorded_by_id=viewer.membership_id
    )
    ChangedBy.objects.bulk_create([ChangedBy(change=change, insight=cause) for cause in causes.values()])
    Movement.objects.create(change=change, status=status, on=on, reason=text, by_id=viewer.membership_id)
    text_search.index(change, f"{title} {text}", organisation_id=change.organisation_id)
    for speaker in speakers_of(change):
        outbox.put("insights/change_recorded", to=speaker, about=change)
    return change


def _demand_day(status: str, on: dt.date) -> None:
    """What was done has a day that has come; only a plan may name a day to come."""
    if status != Change.Status.PLANNED and on > today():
        raise NotPossible(_("The day must be today or earlier."), field="on")


def _demand_order(change: Change, on: dt.date) -> None:
    """A step comes on or after the day of what was done before it; what was only planned may come sooner than its day."""
    done = change.movements.exclude(status=Change.Status.PLANNED).order_by("-on").first()
    if done is not None and on < done.on:
        raise NotPossible(_("The step before this one was on %(day)s. Choose that day or a later one.") % {"day": day(done.on)}, field="on")


def _demand_causes(viewer: Viewer, causes: dict[int, Insight]) -> None:
    if any(cause.status in rules.NO_WORDS for cause in causes.values()):
        raise NotPossible(_("There are no words here for a change to come from."))
    if Insight.objects.visible_to(viewer).shared().filter(pk__in=causes).count() != len(causes):
        raise NotPossible(_("Choose insights that you may see."), field="others")


@command(allow=policies.may_record_change)
def join_change(viewer: Viewer, insight: Insight, /, *, change: Change) -> Insight:
    """Say that a change already written down came from this insight too.

    If public words for it are being agreed, the person who spoke is asked about them too.
    """
    if change.organisation_id != insight.organisation_id:
        raise NotPossible(_("Choose a change of this organisation."), field="change")
    if insight.status in rules.NO_WORDS:
        raise NotPossible(_("There are no words here for a change to come from."))
    _row, is_new = ChangedBy.objects.get_or_create(change=change, insight=insight)
    if not is_new:
        raise NotPossible(_("This change already names this insight."), field="change")
    outbox.put("insights/change_recorded", to=insight.speaker, about=change)
    ask_newcomer(change, insight)
    return insight


@command(allow=policies.may_look_after_change, details=("status", "on"))
def move_change(viewer: Viewer, change: Change, /, *, status: str, on: dt.date, reason: str, turn: int | None = None) -> Change:
    """Say that a change was made, not kept, will not be done, or is planned again: with a day and a reason.

    What is published moves with it, and everyone who spoke is told as they chose.
    """
    rules.demand_words(reason, _("Say why, in words that everyone who spoke will read."), field="reason")
    if status not in Change.Status.values:
        raise NotPossible(_("Choose where the change stands now."), field="status")
    _demand_day(status, on)
    _demand_order(change, on)
    Change.lifecycle.move(change, MOVES[Change.Status(status)], turn=turn)
    Movement.objects.create(change=change, status=status, on=on, reason=reason, by_id=viewer.membership_id)
    publish_movement(change, on=on, reason=reason)
    for speaker in speakers_of(change):
        outbox.put("insights/change_moved", to=speaker, about=change, on=on, reason=reason)
    return change
