"""The plan: what is asked of every new partner. What a partner was already asked stays as it was asked."""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.partners import policies
from safety_partners.partners.commands.rules import demand_as_seen
from safety_partners.partners.models import PlanItem
from safety_partners.partners.queries.seen import PLAN_ITEM as SEEN
from safety_partners.partners.queries.starting import starting_plan
from safety_partners.people.models import Organisation

KEPT = ("kind", "owner_kind", "is_required", "due_in_days", "valid_months")


def ensure_plan(organisation_id: int) -> None:
    """Put the starting plan in where an organisation has none: nobody begins with nothing that is needed."""
    # One at a time, so that two partners welcomed at once do not each put it in.
    Organisation.objects.select_for_update().get(pk=organisation_id)
    if PlanItem.objects.filter(organisation_id=organisation_id).exists():
        return
    items = [PlanItem(organisation_id=organisation_id, position=place, **item._asdict()) for place, item in enumerate(starting_plan(), 1)]
    PlanItem.objects.bulk_create(items)


@command(allow=policies.may_look_after_programme)
def start_plan(viewer: Viewer, organisation: Organisation, /) -> Organisation:
    """Begin with our starting plan, which the organisation changes until it is its own."""
    if PlanItem.objects.filter(organisation=organisation).exists():
        raise NotPossible(_("There is a plan already."))
    ensure_plan(organisation.pk)
    return organisation


@command(allow=policies.may_run_programme, details=KEPT)
def add_plan_item(viewer: Viewer, /, *, title: str, **given: Any) -> PlanItem:
    """Ask something more of every partner who joins from now on."""
    item = PlanItem(organisation_id=viewer.organisation_id)
    newest = PlanItem.objects.filter(organisation_id=viewer.organisation_id).aggregate(last=Max("position"))["last"]
    item.position = (newest or 0) + 1
    _write(item, title, given)
    return item


@command(allow=policies.may_look_after_programme, details=KEPT)
def change_plan_item(viewer: Viewer, item: PlanItem, /, *, title: str, seen: int | None = None, **given: Any) -> PlanItem:
    """Ask it differently of those who join from now on."""
    demand_as_seen(item, SEEN, seen)
    _write(item, title, given)
    return item


@command(allow=policies.may_look_after_programme)
def close_plan_item(viewer: Viewer, item: PlanItem, /) -> PlanItem:
    """Ask it no longer of those who join."""
    return _put_open(item, is_open=False)


@command(allow=policies.may_look_after_programme)
def reopen_plan_item(viewer: Viewer, item: PlanItem, /) -> PlanItem:
    """Ask it again of those who join."""
    return _put_open(item, is_open=True)


@command(allow=policies.may_look_after_programme, details=("up",))
def move_plan_item(viewer: Viewer, item: PlanItem, /, *, up: bool) -> PlanItem:
    """Let an item change places with the one above or below; at the end of the list it stays."""
    ours = PlanItem.objects.select_for_update().filter(organisation_id=item.organisation_id, is_open=True)
    items = list(ours.order_by("position", "id"))
    place = next((place for place, one in enumerate(items) if one.pk == item.pk), None)
    if place is None:
        raise NotPossible(_("This is not asked of those who join."))
    beside = place - 1 if up else place + 1
    if 0 <= beside < len(items):
        items[place], items[beside] = items[beside], items[place]
    for position, one in enumerate(items, 1):
        one.position = position
    PlanItem.objects.bulk_update(items, ["position"])
    item.refresh_from_db()
    return item


def _write(item: PlanItem, title: str, given: dict[str, Any]) -> None:
    item.title = " ".join(title.split())
    for field, value in given.items():
        setattr(item, field, value)
    if not item.title:
        raise NotPossible(_("Say what is needed."), field="title")
    if not item.why.strip():
        raise NotPossible(_("Say why it is needed: partners read it."), field="why")
    others = PlanItem.objects.filter(organisation_id=item.organisation_id, title__iexact=item.title).exclude(pk=item.pk)
    if others.exists():
        raise NotPossible(_("This is in the plan already."), field="title")
    item.save()


def _put_open(item: PlanItem, *, is_open: bool) -> PlanItem:
    item.is_open = is_open
    item.save(update_fields=["is_open"])
    return item
