"""The minutes as somebody may read them: what was said and decided, who was there, who left and came back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from safety_partners.committees.models import Committee, Invitee, Item, ItemMinute, Meeting, Minutes
from safety_partners.committees.queries.attending import in_order_of_kind
from safety_partners.committees.queries.numbers import in_order
from safety_partners.committees.queries.said import Said, minuted
from safety_partners.core import clock
from safety_partners.core.seals import seal
from safety_partners.core.viewer import Viewer

Attendance = Invitee.Attendance


@dataclass(frozen=True, slots=True)
class ItemRead:
    """One item as the minutes tell it; ``is_open`` is false for whoever has stepped back from it, and then nothing is told."""

    item: Item
    number: str
    is_open: bool
    words: str
    said: Said


@dataclass(frozen=True, slots=True)
class MinutesRead:
    """The minutes of one meeting, complete for their page and their file."""

    minutes: Minutes
    invitees: Sequence[Invitee]
    items: Sequence[ItemRead]

    def who(self, *attendances: str) -> list[Invitee]:
        return [one for one in self.invitees if one.attendance in attendances]

    @property
    def present(self) -> list[Invitee]:
        return self.who(Attendance.PRESENT, Attendance.PART)

    @property
    def apologies(self) -> list[Invitee]:
        return [one for one in self.who(Attendance.ABSENT) if one.reply == Invitee.Reply.APOLOGIES]

    @property
    def absent(self) -> list[Invitee]:
        return [one for one in self.who(Attendance.ABSENT) if one.reply != Invitee.Reply.APOLOGIES]


def minutes_to_read(viewer: Viewer) -> QuerySet[Minutes]:
    """The minutes that this viewer may read, with all that their heading names."""
    rows = Minutes.objects.visible_to(viewer)
    return rows.select_related(
        "meeting__committee__chair__user",
        "meeting__committee__secretary__user",
        "meeting__committee__organisation",
        "meeting__organisation",
        "agreed_by__user",
        "approved_by__user",
        "approved_at_meeting",
    )


def read_minutes(viewer: Viewer, minutes: Sequence[Minutes]) -> list[MinutesRead]:
    """Three queries, however many meetings there are."""
    meetings = [one.meeting_id for one in minutes]
    items = Item.objects.visible_to(viewer).filter(meeting__in=meetings)
    opened = Item.objects.opened_to(viewer).filter(meeting__in=meetings)
    is_open = Exists(Item.objects.opened_to(viewer).filter(pk=OuterRef("pk")))
    shown = list(items.annotate(is_open_to_me=is_open).select_related("minute", "lead__user"))
    said = minuted(opened)
    invitees = in_order_of_kind(Invitee.objects.visible_to(viewer).filter(meeting__in=meetings).select_related("membership__user"))
    people, lines = _by(invitees, "meeting_id"), _by(shown, "meeting_id")
    return [
        MinutesRead(
            one,
            people.get(one.meeting_id, []),
            [_item(item, number, said) for item, number in in_order(lines.get(one.meeting_id, []))],
        )
        for one in minutes
    ]


def _item(item: Item, number: str, said: dict[int, Said]) -> ItemRead:
    minute = getattr(item, "minute", None) if item.is_open_to_me else None
    return ItemRead(item, number, item.is_open_to_me, minute.words if minute else "", said.get(item.pk, Said()))


def _by(rows: Iterable[object], name: str) -> dict[int, list]:
    found: dict[int, list] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found


def compiled(viewer: Viewer, committee: Committee, year: int) -> list[MinutesRead]:
    """The agreed minutes of one committee and one year, the first meeting first."""
    start, end = (dt.datetime(one, 1, 1, tzinfo=clock.LONDON) for one in (year, year + 1))
    rows = minutes_to_read(viewer).filter(meeting__committee=committee, status__in=Minutes.READABLE)
    rows = rows.filter(meeting__starts_at__gte=start, meeting__starts_at__lt=end)
    return read_minutes(viewer, list(rows.order_by("meeting__starts_at", "pk")))


def meetings_that_approve(minutes: Minutes) -> list[Meeting]:
    """The later meetings of the committee that have begun, the newest first: one of them approved the minutes."""
    rows = Meeting.objects.filter(committee=minutes.meeting.committee_id, starts_at__gt=minutes.meeting.starts_at)
    return list(rows.filter(starts_at__lte=clock.now()).exclude(status=Meeting.Status.CANCELLED).order_by("-starts_at")[:12])


def sealed_text(minutes: Minutes) -> str:
    """Every word of the minutes in one fixed order, as it is sealed when they are approved.

    Of a partner's words the seal they have themselves stands here: they may take them back at any time, and it stays.
    """
    items = Item.objects.filter(meeting=minutes.meeting_id)
    said = minuted(items)
    lines = [minutes.meeting.code]
    for item, number in in_order(items.select_related("minute")):
        part = said.get(item.pk, Said())
        minute = getattr(item, "minute", None)
        lines += [f"{number} {item.title}", minute.words if minute else ""]
        lines += [f"{one.code} {one.text}" for one in part.decisions]
        lines += [f"{one.code} {one.text} {one.due_on}" for one in part.actions]
        lines += [f"{one.code} {one.checksum}" for one in part.words]
        lines += [f"{one.code} {one.status}" for one in part.left]
    return "\n".join([*lines, minutes.corrections])


def is_as_approved(minutes: Minutes) -> bool:
    """Say whether the minutes are still, word for word, those that were approved."""
    return seal(sealed_text(minutes)) == minutes.checksum


def minute_of(viewer: Viewer, item: Item) -> ItemMinute | None:
    """What is kept for one item, with who saved it."""
    found: ItemMinute | None = ItemMinute.objects.visible_to(viewer).filter(item=item).select_related("saved_by__user").first()
    return found


def minutes_by_year(viewer: Viewer, committee: Committee) -> list[tuple[int, list[Minutes]]]:
    """The minutes of one committee that this viewer may see, the newest year and meeting first."""
    rows = (
        Minutes.objects.visible_to(viewer)
        .filter(meeting__committee=committee)
        .select_related("meeting")
        .order_by("-meeting__starts_at", "-pk")
    )
    found: dict[int, list[Minutes]] = {}
    for one in rows:
        found.setdefault(one.meeting.day.year, []).append(one)
    return list(found.items())
