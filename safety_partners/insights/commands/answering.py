"""What the organisation owes once words were shared: acknowledge, find an owner, answer."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext as _

from safety_partners.core import clock, outbox
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.insights import policies
from safety_partners.insights.commands import acting, rules
from safety_partners.insights.models import HandOver, Insight, PassingOn, Response
from safety_partners.insights.queries.asking import answer_due
from safety_partners.people.models import Membership, Service
from safety_partners.people.policies import is_system


@command(allow=policies.may_acknowledge)
def acknowledge(viewer: Viewer, insight: Insight, /) -> Insight:
    """Say that the words have arrived; the person is told who will look after them and by when."""
    Insight.lifecycle.move(
        insight,
        "acknowledge",
        acknowledged_at=clock.now(),
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
    lead should see their words; ``Overtaken`` where somebody else moved the insight since it was read.
    """
    if insight.owner is not None:
        rules.demand_words(reason, _("Say why someone else should answer this. The person who spoke will see your reason."), field="reason")
    _demand_possible_owner(insight, owner, service)
    return _hand(viewer, insight, owner=owner, service=service, reason=reason, turn=turn)


def _hand(viewer: Viewer, insight: Insight, *, owner: Membership, service: Service | None, reason: str, turn: int | None) -> Insight:
    earlier, now = insight.owner, clock.now()
    answer_by = answer_due(insight)
    also = {} if insight.acknowledged_at else {"acknowledged_at": now, "acknowledged_by_id": viewer.membership_id}
    Insight.lifecycle.move(
        insight,
        "hand_to",
        turn=insight.turn if turn is None else turn,
        owner=owner,
        owned_at=now,
        service=service or insight.service,
        answer_by=answer_by,
        next_due_on=answer_by,
        # It leaves the lead: if it stays late with someone else, the person may tell the lead again.
        silence_told_for=None,
        **also,
    )
    HandOver.objects.create(insight=insight, to=owner, to_service=service, by_id=viewer.membership_id, reason=reason)
    if owner.pk != viewer.membership_id:
        outbox.put("insights/handed", to=owner, about=insight)
    for person in rules.not_stepped_back([earlier] if earlier is not None and earlier.ended_on is None else [], insight):
        if person.pk not in {viewer.membership_id, owner.pk}:
            outbox.put("insights/handed_away", to=person, about=insight, owner=owner, reason=reason)
    outbox.put(
        "insights/owned" if earlier is None else "insights/owner_changed", to=insight.speaker, about=insight, owner=owner, reason=reason
    )
    return insight


def hand_on(viewer: Viewer, insight: Insight, /, *, owner: Membership | None, reason: str) -> None:
    """The owner of the answer has stepped back: somebody else owes it, or the lead while there is nobody. Call inside a command.

    An answer that was given stays, and what was taken to the lead stays there, now without an owner.
    """
    if insight.status == Insight.Status.WITH_LEAD:
        Insight.objects.filter(pk=insight.pk).update(owner=None, owned_at=None)
    elif insight.status not in {Insight.Status.OWNED, Insight.Status.SENT_BACK}:
        return
    elif owner is not None:
        _hand(viewer, insight, owner=owner, service=None, reason=reason, turn=None)
    else:
        Insight.lifecycle.move(insight, "take_to_lead", owner=None, owned_at=None)
        for lead in rules.leads(insight):
            outbox.put("insights/owner_wanted", to=lead, about=insight, reason=reason)
        outbox.put("insights/owner_sought", to=insight.speaker, about=insight, reason=reason)


def _demand_possible_owner(insight: Insight, owner: Membership, service: Service | None) -> None:
    rules.demand_staff(owner, insight.organisation_id)
    rules.demand_service_here(service, insight.organisation_id)
    if owner.pk == insight.speaker_id:
        raise NotPossible(_("These are their own words, so someone else must answer them."), field="owner")
    if not rules.may_be_asked(owner, insight):
        raise NotPossible(
            _("The person asked that only the partner lead sees this. Talk to them first; they can let more people see it."), field="owner"
        )
    stays = owner.pk == insight.owner_id and service in {None, insight.service}
    if stays and insight.status == Insight.Status.OWNED:
        raise NotPossible(_("%(name)s is already asked to answer this.") % {"name": owner.name}, field="owner")


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
    ``NotPossible`` if the answer is empty or a refusal gives no reason.
    """
    if viewer.membership_id == insight.speaker_id:
        raise NotPossible(_("These are your own words, so someone else must answer them."))
    rules.demand_words(text, _("Write the answer."), field="text")
    if outcome not in Response.Outcome.values:
        raise NotPossible(_("Choose what the answer is."), field="outcome")
    refuses = outcome in {Response.Outcome.COULD_NOT, Response.Outcome.PART}
    if refuses and reason not in Response.Reason.values:
        raise NotPossible(_("Choose the reason. An honest “we could not, because” is an answer."), field="reason")
    owner, due_on = action_owner, action_due_on or today()
    if action.strip():
        owner = owner or Membership.objects.select_related("user").get(pk=viewer.membership_id)
        acting.demand_possible(insight, text=action, owner=owner, due_on=due_on, asked_as=("action", "action_owner", "action_due_on"))
    now = clock.now()
    also: dict[str, object] = {} if insight.acknowledged_at else {"acknowledged_at": now, "acknowledged_by_id": viewer.membership_id}
    if insight.owner_id is None:
        # Taken to the lead before anybody was asked: whoever answers owns the answer, also if it comes back.
        also |= {"owner_id": viewer.membership_id, "owned_at": now}
    Insight.lifecycle.move(insight, "respond", turn=turn, answered_at=now, next_due_on=None, silence_told_for=None, **also)
    response = Response.objects.create(
        organisation_id=insight.organisation_id,
        insight=insight,
        outcome=outcome,
        reason=reason if refuses else "",
        text=text,
        by_id=viewer.membership_id,
    )
    if owner is not None and action.strip():
        acting.agree_action(viewer, insight, text=action, owner=owner, due_on=due_on)
    outbox.put("insights/answered", to=insight.speaker, about=insight)
    return response


@command(allow=policies.may_pass_on)
def done_passing_on(viewer: Viewer, passing_on: PassingOn, /, *, note: str) -> PassingOn:
    """Write down that the words were taken to the other channel, and how; the person is told.

    Raises ``Overtaken`` if somebody did so already.
    """
    rules.demand_words(note, _("Say how and to whom you passed it on."), field="note")
    waiting = PassingOn.objects.filter(pk=passing_on.pk, done_at__isnull=True)
    if not waiting.update(done_at=clock.now(), done_by_id=viewer.membership_id, note=note):
        raise Overtaken(_("Someone has already passed this on."))
    passing_on.refresh_from_db()
    outbox.put("insights/passed_on", to=passing_on.insight.speaker, about=passing_on.insight, passing_on=passing_on)
    return passing_on


def demand_missed(insight: Insight) -> dt.date:
    """The promised day that was missed. Raises ``NotPossible`` where nothing is late."""
    if insight.missed_on is None:
        raise NotPossible(_("Nothing is late here at the moment, so there is nothing to take to the partner lead."))
    return insight.missed_on


@command(allow=policies.may_tell_of_silence)
def tell_lead_of_silence(viewer: Viewer, insight: Insight, /) -> Insight:
    """Take what is late to the lead, who may then answer it: once for each promised day that was missed.

    The day that was missed stays, so that it is late until somebody acts. The owner, if there is one, may still answer.
    Raises ``NotPossible`` where nothing is late, or the lead was told already.
    """
    insight.refresh_from_db(from_queryset=Insight.objects.select_for_update())
    missed = demand_missed(insight)
    if not insight.may_tell_of_silence:
        raise NotPossible(_("The partner lead was told already, and it is with them. You can also ring them."))
    if insight.status == Insight.Status.WITH_LEAD:
        # Nothing moves, so that what the lead is writing just now still goes.
        Insight.objects.filter(pk=insight.pk).update(silence_told_for=missed)
        insight.silence_told_for = missed
    else:
        Insight.lifecycle.move(insight, "take_to_lead", silence_told_for=missed)
    people = {person.pk: person for person in rules.leads(insight)}
    people |= {person.pk: person for person in rules.owner_or_leads(insight)}
    for person in people.values():
        if person.pk not in {viewer.membership_id, insight.speaker_id}:
            outbox.put("insights/silence", to=person, about=insight, is_urgent=True, missed=missed)
    return insight


@command(allow=is_system)
def tell_of_lateness(viewer: Viewer, insight: Insight, /) -> Insight:
    """On the first day something is late: say sorry to the person, and tell the owner and the lead. Once a duty.

    Raises ``Overtaken`` where nothing is late any more, or it was told already.
    """
    due = insight.next_due_on
    untold = Q(late_told_for__isnull=True) | ~Q(late_told_for=due)
    if not insight.is_late or not Insight.objects.filter(untold, pk=insight.pk, next_due_on=due).update(late_told_for=due):
        raise Overtaken(_("Nothing is late here that was not told already."))
    insight.late_told_for = due
    outbox.put("insights/late_sorry", to=insight.speaker, about=insight)
    people = {person.pk: person for person in rules.leads(insight)}
    people |= {person.pk: person for person in rules.owner_or_leads(insight)}
    for person in people.values():
        outbox.put("insights/late", to=person, about=insight)
    return insight
