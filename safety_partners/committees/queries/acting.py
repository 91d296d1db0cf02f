"""Actions and decisions of all meetings, as lists."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from safety_partners.committees.models import Committee, Decision, Item, MeetingAction
from safety_partners.core import codes, text_search
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today


def meeting_actions(viewer: Viewer) -> QuerySet[MeetingAction]:
    """The actions a viewer may see; each says whether they may also open the item it came from."""
    sees_item = Exists(Item.objects.opened_to(viewer).filter(pk=OuterRef("item_id")))
    rows = MeetingAction.objects.visible_to(viewer).annotate(sees_item=sees_item)
    return rows.select_related("owner__user", "item__meeting__committee")


def late(rows: QuerySet[MeetingAction]) -> QuerySet[MeetingAction]:
    """Those whose day has gone by."""
    return rows.to_do().filter(due_on__lt=today())


def given_to(rows: QuerySet[MeetingAction], viewer: Viewer) -> QuerySet[MeetingAction]:
    """Those that are this person's own to do."""
    return rows.filter(owner_id=viewer.membership_id)


def search_meeting_actions(rows: QuerySet[MeetingAction], typed: str, viewer: Viewer) -> QuerySet[MeetingAction]:
    """Find actions by their words, the name of who does them, or a code that somebody reads out."""
    return _search(rows, typed, viewer)


def decisions(viewer: Viewer) -> QuerySet[Decision]:
    """What meetings decided, of the items that this viewer may open."""
    rows = Decision.objects.visible_to(viewer).filter(organisation_id=viewer.organisation_id)
    return rows.annotate(on=F("item__meeting__starts_at")).select_related("item__meeting__committee")


def search_decisions(rows: QuerySet[Decision], typed: str, viewer: Viewer) -> QuerySet[Decision]:
    """Find decisions by their words or a code."""
    return _search(rows, typed, viewer)


def _search(rows: QuerySet, typed: str, viewer: Viewer) -> QuerySet:
    code = codes.tidy(typed)
    if codes.PATTERN.match(code):
        return rows.filter(Q(code=code) | Q(item__code=code) | Q(item__meeting__code=code))
    return text_search.matching(rows, typed, organisation_id=viewer.organisation_id)


def committees_to_choose(viewer: Viewer) -> list[tuple[int, str]]:
    """The committees of a filter."""
    return list(Committee.objects.visible_to(viewer).order_by("name", "pk").values_list("pk", "name"))
