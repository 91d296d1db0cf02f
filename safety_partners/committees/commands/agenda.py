"""The agenda of a meeting: its items, their order, and what stands in it by default."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Max
from django.utils.translation import gettext as _

from safety_partners.committees import policies
from safety_partners.committees.commands.minuting import demand_open
from safety_partners.committees.models import Classification, Item, Meeting
from safety_partners.committees.queries.numbers import in_order
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.people.models import Membership

STANDING_MINUTES = 10


@command(allow=policies.may_run)
def begin_agenda(viewer: Viewer, meeting: Meeting, /) -> Meeting:
    """Put in what stands on every agenda: the minutes and actions of last time, and what partners wish to raise."""
    lock_agenda(meeting)
    if meeting.items.exists():
        raise Overtaken(_("This meeting has an agenda already."))
    _standing_items(meeting)
    return meeting


@command(allow=policies.may_run, details=("kind", "classification"))
def add_item(
    viewer: Viewer,
    meeting: Meeting,
    /,
    *,
    title: str,
    kind: str,
    minutes_long: int | None = None,
    lead: Membership | None = None,
    lead_name: str = "",
    purpose: str = "",
    can_change: str = "",
    classification: str = Classification.OPEN,
    is_for_partners: bool = False,
) -> Item:
    """Add an item before the partners' own, which comes last. The first item of a meeting brings the standing ones with it."""
    lock_agenda(meeting)
    about = _about(
        meeting,
        title=title,
        kind=kind,
        minutes_long=minutes_long,
        lead=lead,
        lead_name=lead_name,
        purpose=purpose,
        can_change=can_change,
        classification=classification,
        is_for_partners=is_for_partners,
    )
    if not meeting.items.exists() and not is_for_partners:
        _standing_items(meeting)
    own = meeting.items.filter(is_for_partners=True).order_by("position").first()
    if own is None or is_for_partners:
        return Item.objects.create(meeting=meeting, position=_last(meeting) + 1, **about)
    meeting.items.filter(position__gte=own.position).update(position=F("position") + 1)
    return Item.objects.create(meeting=meeting, position=own.position, **about)


@command(allow=policies.may_work_on_item, details=("kind", "classification"))
def change_item(
    viewer: Viewer,
    item: Item,
    /,
    *,
    turn: int,
    title: str,
    kind: str,
    minutes_long: int | None = None,
    lead: Membership | None = None,
    lead_name: str = "",
    purpose: str = "",
    can_change: str = "",
    classification: str = Classification.OPEN,
    is_for_partners: bool = False,
) -> Item:
    """Write an item anew. Raises ``Overtaken`` if somebody else has since the page was opened; nobody is told of it."""
    lock_agenda(item.meeting)
    about = _about(
        item.meeting,
        title=title,
        kind=kind,
        minutes_long=minutes_long,
        lead=lead,
        lead_name=lead_name,
        purpose=purpose,
        can_change=can_change,
        classification=classification,
        is_for_partners=is_for_partners,
    )
    if not Item.objects.filter(pk=item.pk, turn=turn).update(turn=F("turn") + 1, **about):
        raise Overtaken
    item.refresh_from_db()
    return item


@command(allow=policies.may_work_on_item)
def move_item(viewer: Viewer, item: Item, /, *, is_up: bool) -> Item:
    """Change places with the item before or after it; what is not for everybody stays after what is."""
    lock_agenda(item.meeting)
    items = _in_order(item.meeting)
    place = next(place for place, one in enumerate(items) if one.pk == item.pk)
    beside = place - 1 if is_up else place + 1
    if not 0 <= beside < len(items) or items[beside].classification != item.classification:
        raise NotPossible(_("It stands there already."))
    items[place], items[beside] = items[beside], items[place]
    _number(items)
    item.refresh_from_db(fields=["position"])
    return item


@command(allow=policies.may_work_on_item)
def remove_item(viewer: Viewer, item: Item, /) -> Meeting:
    """Take an item off the agenda, as long as nothing has come of it: no paper, no words, no decision, no action."""
    lock_agenda(item.meeting)
    parts = (item.papers.filter(arrived_at__isnull=False), item.insights, item.decisions, item.actions)
    if any(part.exists() for part in parts):
        raise NotPossible(_("Papers or words belong to this item, so it stays. You can change its title, or take its papers out."))
    meeting = item.meeting
    Item.objects.filter(pk=item.pk).delete()
    _number(_in_order(meeting))
    return meeting


def lock_agenda(meeting: Meeting) -> None:
    """One after another, so that two items never take the same place. Raises ``NotPossible`` where the agenda is closed."""
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    meeting.refresh_from_db(fields=["status"])
    if meeting.status == Meeting.Status.CANCELLED:
        raise NotPossible(_("This meeting is cancelled."))
    demand_open(meeting)


def _standing_items(meeting: Meeting) -> None:
    earlier = Meeting.objects.filter(committee=meeting.committee, starts_at__lt=meeting.starts_at).exclude(status=Meeting.Status.CANCELLED)
    titles = [(_("Minutes of the last meeting"), Item.Kind.DECIDE), (_("Actions from earlier meetings"), Item.Kind.NOTE)]
    rows = [Item(title=title, kind=kind) for title, kind in titles] if earlier.exists() else []
    rows.append(Item(title=_("What Patient Safety Partners wish to raise"), kind=Item.Kind.DISCUSS, is_for_partners=True))
    for position, row in enumerate(rows, 1):
        row.meeting, row.position, row.minutes_long = meeting, position, STANDING_MINUTES
    Item.objects.bulk_create(rows)


def _about(
    meeting: Meeting,
    *,
    title: str,
    kind: str,
    minutes_long: int | None,
    lead: Membership | None,
    lead_name: str,
    purpose: str,
    can_change: str,
    classification: str,
    is_for_partners: bool,
) -> dict[str, Any]:
    """What an item says of itself. Raises ``NotPossible`` for what cannot be."""
    if not title.strip():
        raise NotPossible(_("Enter the title."), field="title")
    if lead is not None and (lead.organisation_id != meeting.organisation_id or lead.ended_on is not None):
        raise NotPossible(_("Choose somebody of this organisation."), field="lead")
    return {
        "title": title.strip(),
        "kind": kind,
        "minutes_long": minutes_long,
        "lead": lead,
        "lead_name": lead_name.strip(),
        "purpose": purpose.strip(),
        "can_change": can_change.strip(),
        "classification": classification,
        "is_for_partners": is_for_partners,
    }


def _in_order(meeting: Meeting) -> list[Item]:
    return [item for item, _number in in_order(meeting.items.all())]


def _last(meeting: Meeting) -> int:
    return meeting.items.aggregate(last=Max("position"))["last"] or 0


def _number(items: list[Item]) -> None:
    for position, item in enumerate(items, 1):
        if item.position != position:
            Item.objects.filter(pk=item.pk).update(position=position)
