"""What the organisation owes once words were shared: acknowledge, find an owner, answer."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from safety_partners.core import outbox
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.insights import policies
from safety_partners.insights.models import Action, HandOver, Insight, PassingOn, Response
from safety_partners.people.models import Membership, Role, Service
from safety_partners.people.policies import STAFF_ROLES, is_system
from safety_partners.people.queries import members_with_role


@command(allow=policies.may_acknowledge)
def acknowledge(viewer: Viewer, insight: Insight, /) -> Insight:
    """Say that the words have arrived; the person is told who will look after them and by when."""
    Insight.lifecycle.move(
        insight,
        "acknowledge",
        acknowledged_at=timezone.now(),
        acknowledged_by_id=viewer.membership_id,
        next_due_on=insight.own_by,
    )
    outbox.put("insights/acknowledged", to=insight.speaker, about=insight)
    return insight


@command(allow=policies.may_hand_over)
def hand_to(
    viewer: Viewer,
    insight: Insight,
    /,
    *,
    owner: Membership,
    service: Service | None = None,
    reason: str = "",
    turn: int | None = None,
) -> Insight:
    """Ask somebody by name for the answer; from one owner to another only with a reason the person is told.

    Raises ``NotPossible`` where the reason is missing, the owner cannot answer, or the person asked that only the
    lead should see their words.
    """
    if insight.owner_id and not reason.strip():
        raise NotPossible(_("Say why someone else should answer this. The person who spoke will see your reason."), field="reason")
    if owner.organisation_id != insight.organisation_id or not owner.grants.filter(role__in=STAFF_ROLES).exists():
        raise NotPossible(_("Choose a member of staff of this organisation."), field="owner")
    is_lead = owner.grants.filter(role=Role.LEAD).exists()
    if insight.visibility == Insight.Visibility.LEAD and not is_lead:
        raise NotPossible(
            _("The person asked that only the partner lead sees this. Talk to them first; they can let more people see it."), field="owner"
        )
    was_owned, now = bool(insight.owner_id), timezone.now()
    also = {} if insight.acknowledged_at else {"acknowledged_at": now, "acknowledged_by_id": viewer.membership_id}
    Insight.lifecycle.move(
        insight,
        "hand_to",
        turn=turn,
        owner=owner,
        owned_at=now,
        service=service or insight.service,
        next_due_on=insight.answer_by,
        **also,
    )
    HandOver.objects.create(insight=insight, to=owner, to_service=service, by_id=viewer.membership_id, reason=reason)
    if owner.pk != viewer.membership_id:
        outbox.put("insights/handed", to=owner, about=insight)
    outbox.put("insights/owner_changed" if was_owned else "insights/owned", to=insight.speaker, about=insight, owner=owner)
    return insight


@command(allow=policies.may_respond, details=("outcome", "reason"))
def respond(
    viewer: Viewer,
    insight: Insight,
    /,
    *,
    outcome: str,
    text: str,
    reason: str = "",
    turn: int | None = None,
    action: str = "",
    action_owner: Membership | None = None,
    action_due_on: dt.date | None = None,
) -> Response:
    """Answer an insight; the person is told and says whether it answers them. A first action may be agreed with it.

    ``turn`` is the insight's turn that the person answering had seen. Raises ``Overtaken`` if somebody answered first,
    ``NotPossible`` if a refusal gives no reason.
    """
    refuses = outcome in {Response.Outcome.COULD_NOT, Response.Outcome.PART}
    if refuses and not reason:
        raise NotPossible(_("Choose the reason. An honest “we could not, because” is an answer."), field="reason")
    Insight.lifecycle.move(insight, "respond", turn=turn, answered_at=timezone.now(), next_due_on=None)
    response = Response.objects.create(
        organisation_id=insight.organisation_id,
        insight=insight,
        outcome=outcome,
        reason=reason if refuses else "",
        text=text,
        by_id=viewer.membership_id,
    )
    if action:
        Action.objects.create(
            organisation_id=insight.organisation_id,
            insight=insight,
            text=action,
            owner_id=action_owner.pk if action_owner else viewer.membership_id,
            due_on=action_due_on or today(),
        )
    outbox.put("insights/answered", to=insight.speaker, about=insight)
    return response


@command(allow=policies.may_pass_on, details=("channel",))
def done_passing_on(viewer: Viewer, passing_on: PassingOn, /, *, note: str) -> PassingOn:
    """Write down that the words were taken to the other channel, and how; the person is told."""
    done = PassingOn.objects.filter(pk=passing_on.pk, done_at__isnull=True).update(
        done_at=timezone.now(), done_by_id=viewer.membership_id, note=note
    )
    if done:
        passing_on.refresh_from_db()
        outbox.put("insights/passed_on", to=passing_on.insight.speaker, about=passing_on.insight, passing_on=passing_on)
    return passing_on


@command(allow=is_system)
def tell_of_lateness(viewer: Viewer, insight: Insight, /) -> Insight:
    """On the first day something is late: say sorry to the person, and tell the owner and the lead. Once a duty."""
    due = insight.next_due_on
    if Insight.objects.filter(pk=insight.pk, next_due_on=due).exclude(late_told_for=due).update(late_told_for=due):
        outbox.put("insights/late_sorry", to=insight.speaker, about=insight)
        people = {person.pk: person for person in members_with_role(insight.organisation_id, Role.LEAD)}
        if insight.owner:
            people[insight.owner_id] = insight.owner
        for person in people.values():
            outbox.put("insights/late", to=person, about=insight)
    return insight
