"""What somebody will do by a day because a meeting asked for it."""

from __future__ import annotations

import datetime as dt

from django.db.models import F, Q
from django.utils.translation import gettext as _

from safety_partners.committees import policies
from safety_partners.committees.commands.minuting import demand_open
from safety_partners.committees.models import Item, MeetingAction, Recusal
from safety_partners.core import clock, outbox, text_search
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.partners.commands.rules import demand_staff, demand_words
from safety_partners.people.models import Membership

Status = MeetingAction.Status


@command(allow=policies.may_work_on_item, details=("due_on",))
def agree_meeting_action(viewer: Viewer, item: Item, /, *, text: str, owner: Membership, due_on: dt.date) -> MeetingAction:
    """Give somebody something to do by a day. Raises ``NotPossible`` for a day gone by, or somebody who stepped back from the item."""
    demand_words(text, _("Say what will be done."), field="text")
    demand_staff(owner, item.organisation_id, field="owner")
    _demand_to_come(due_on)
    if _has_stepped_back(item, owner):
        raise NotPossible(_("They have stepped back from this item. Choose somebody else."), field="owner")
    demand_open(item.meeting)
    action = MeetingAction.objects.create(
        organisation_id=item.organisation_id, item=item, text=text, owner=owner, due_on=due_on, first_due_on=due_on
    )
    text_search.index(action, f"{text} {owner.name}", organisation_id=action.organisation_id)
    if owner.pk != viewer.membership_id:
        outbox.put("committees/action_given", to=owner, about=action)
    return action


def _has_stepped_back(item: Item, person: Membership) -> bool:
    return Recusal.objects.in_force().filter(item=item, membership=person).exists()


def _demand_to_come(day: dt.date) -> None:
    if day < today():
        raise NotPossible(_("The day must be today or later."), field="due_on")


@command(allow=policies.may_work_on_meeting_action)
def complete_meeting_action(viewer: Viewer, action: MeetingAction, /, *, evidence: str, turn: int | None = None) -> MeetingAction:
    """Say that it is done, and what shows it."""
    demand_words(evidence, _("Say what shows that it is done."), field="evidence")
    MeetingAction.lifecycle.move(action, "complete", turn=turn, ended_at=clock.now(), evidence=evidence)
    return action


@command(allow=policies.may_work_on_meeting_action)
def give_up_meeting_action(viewer: Viewer, action: MeetingAction, /, *, reason: str, turn: int | None = None) -> MeetingAction:
    """Say that it will not be done, and why."""
    demand_words(reason, _("Say why it will not be done."), field="reason")
    MeetingAction.lifecycle.move(action, "give_up", turn=turn, ended_at=clock.now(), reason=reason)
    return action


@command(allow=policies.may_work_on_meeting_action, details=("due_on",))
def put_off_meeting_action(
    viewer: Viewer, action: MeetingAction, /, *, due_on: dt.date, reason: str, turn: int | None = None
) -> MeetingAction:
    """Move its day, with a reason; the minutes keep the day that the meeting asked for."""
    demand_words(reason, _("Say why the day moves."), field="reason")
    _demand_to_come(due_on)
    if due_on == action.due_on:
        raise NotPossible(_("This is the day it already has. Choose another."), field="due_on")
    MeetingAction.lifecycle.move(action, "put_off", turn=turn, due_on=due_on, reason=reason)
    return action


@command(allow=policies.may_move_by_clock)
def remind_of_action(viewer: Viewer, action: MeetingAction, /) -> MeetingAction:
    """Remind whoever has it to do, once for each day it is given. Raises ``Overtaken`` where they have been, or have finished."""
    waiting = MeetingAction.objects.to_do().filter(pk=action.pk, due_on=action.due_on)
    not_yet = Q(reminded_for__isnull=True) | ~Q(reminded_for=F("due_on"))
    if not waiting.filter(not_yet).update(reminded_for=F("due_on")):
        raise Overtaken
    action.reminded_for = action.due_on
    # Nobody is written to about an item from which they stepped back, nor at an empty desk: the secretary finds somebody else.
    is_away = action.owner.ended_on is not None or _has_stepped_back(action.item, action.owner)
    person = action.item.meeting.committee.secretary if is_away else action.owner
    if person.ended_on is None:
        outbox.put("committees/action_reminder", to=person, about=action)
    return action
