"""What is different because of what we were told, and when that moves: forwards or backwards, never silently."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from safety_partners.core import outbox
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.insights import policies
from safety_partners.insights.commands.publishing import publish_movement
from safety_partners.insights.models import Change, ChangedBy, Insight, Movement
from safety_partners.people.models import Membership

MOVES = {
    Change.Status.MADE: "make",
    Change.Status.NOT_KEPT: "break",
    Change.Status.WILL_NOT_DO: "drop",
    Change.Status.PLANNED: "plan_again",
}


def speakers_of(change: Change) -> list[Membership]:
    """Everyone whose words led to the change, once each; people who have left are told too."""
    rows = ChangedBy.objects.filter(change=change).select_related("insight__speaker__user").order_by("insight__speaker_id")
    return list({row.insight.speaker_id: row.insight.speaker for row in rows}.values())


@command(allow=policies.may_record_change, details=("status",))
def record_change(
    viewer: Viewer, insight: Insight, /, *, title: str, text: str, status: str, on: dt.date, others: Iterable[Insight] = ()
) -> Change:
    """Write down what is planned or was changed because of this insight, and others with it.

    Raises ``NotPossible`` unless it begins as planned or made, and for withdrawn words.
    """
    if status not in {Change.Status.PLANNED, Change.Status.MADE}:
        raise NotPossible(_("A change begins as planned or made."), field="status")
    if insight.status in {Insight.Status.DRAFT, Insight.Status.WITHDRAWN}:
        raise NotPossible(_("There are no words here for a change to come from."))
    change = Change.objects.create(
        organisation_id=insight.organisation_id, title=title, text=text, status=status, recorded_by_id=viewer.membership_id
    )
    causes = {insight.pk: insight} | {other.pk: other for other in others}
    ChangedBy.objects.bulk_create([ChangedBy(change=change, insight=cause) for cause in causes.values()])
    Movement.objects.create(change=change, status=status, on=on, reason=text, by_id=viewer.membership_id)
    for speaker in speakers_of(change):
        outbox.put("insights/change_recorded", to=speaker, about=change)
    return change


@command(allow=policies.may_record_change)
def join_change(viewer: Viewer, insight: Insight, /, *, change: Change) -> Insight:
    """Say that a change already written down came from this insight too."""
    if change.organisation_id != insight.organisation_id:
        raise NotPossible(_("Choose a change of this organisation."), field="change")
    _row, is_new = ChangedBy.objects.get_or_create(change=change, insight=insight)
    if is_new:
        outbox.put("insights/change_recorded", to=insight.speaker, about=change)
    return insight


@command(allow=policies.may_look_after_change, details=("status",))
def move_change(viewer: Viewer, change: Change, /, *, status: str, on: dt.date, reason: str, turn: int | None = None) -> Change:
    """Say that a change was made, not kept, will not be done, or is planned again: with a day and a reason.

    What is published moves with it, and everyone who spoke is told as they chose.
    """
    if on > today():
        raise NotPossible(_("The day must be today or earlier."), field="on")
    Change.lifecycle.move(change, MOVES[Change.Status(status)], turn=turn)
    Movement.objects.create(change=change, status=status, on=on, reason=reason, by_id=viewer.membership_id)
    publish_movement(change, on=on, reason=reason)
    for speaker in speakers_of(change):
        outbox.put("insights/change_moved", to=speaker, about=change, on=on, reason=reason)
    return change
