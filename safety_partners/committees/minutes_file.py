"""Minutes to take away: an accessible PDF or plain text, of one meeting or of a year, as their reader may see them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from safety_partners.committees.models import Invitee, Minutes
from safety_partners.committees.queries.minutes import ItemRead, MinutesRead
from safety_partners.committees.queries.said import CAME_BACK, Part
from safety_partners.design import dates

TEMPLATE = Path(__file__).parent / "typst" / "minutes.typ"
FONTS = Path(__file__).parent.parent / "design" / "fonts"
POINTS = 12


def document(found: Sequence[MinutesRead], *, year: int | None = None) -> dict[str, Any]:
    """Every word of the file, in the language of whoever asks for it: of one meeting, or of a year of one committee."""
    language, _dash, region = (get_language() or settings.LANGUAGE_CODE).partition("-")
    committee = found[0].minutes.meeting.committee
    said = {"committee": committee.name, "year": year, "day": dates.day(found[0].minutes.meeting.starts_at)}
    return {
        "points": POINTS,
        "lang": language,
        "region": region or "gb",
        "organisation": committee.organisation.name,
        "title": (_("%(committee)s: minutes of %(year)s") if year else _("%(committee)s: minutes of %(day)s")) % said,
        "page_words": _("Page "),
        "meetings": [_meeting(one) for one in found],
    }


def _meeting(one: MinutesRead) -> dict[str, Any]:
    meeting = one.minutes.meeting
    return {
        "heading": dates.weekday(meeting.starts_at),
        "lines": [dates.clock(meeting.starts_at), *([meeting.place] if meeting.place else []), standing(one.minutes)],
        "people_heading": _("Who was there"),
        "people": [{"heading": heading, "names": names} for heading, names in people(one)],
        "items": [_item(item) for item in one.items],
        "corrections_heading": _("What was put right when they were approved"),
        "corrections": one.minutes.corrections,
        "seal": _("The number of these minutes (their checksum): %(checksum)s") % {"checksum": one.minutes.checksum}
        if one.minutes.checksum
        else "",
    }


def standing(minutes: Minutes) -> str:
    """Where the minutes stand, in a sentence that nobody takes for another."""
    if minutes.status == Minutes.Status.APPROVED:
        said = {"day": dates.day(minutes.approved_at_meeting.starts_at)}
        return _("Approved at the meeting on %(day)s.") % said
    if minutes.status == Minutes.Status.AGREED:
        said = {"name": minutes.agreed_by.name, "day": dates.day(minutes.agreed_at)}
        return _("Agreed by %(name)s on %(day)s, and not approved yet.") % said
    return _("A draft: the chair has not agreed it.")


def people(one: MinutesRead) -> Iterator[tuple[str, list[str]]]:
    """Who was there, who sent apologies and who was missing, each by name with what they are."""
    groups = [(_("Present"), one.present), (_("Apologies"), one.apologies), (_("Not there"), one.absent)]
    for heading, invitees in groups:
        if invitees:
            yield heading, [named(invitee) for invitee in invitees]


def named(invitee: Invitee) -> str:
    """A name as the list of those present says it."""
    said = [invitee.membership.name]
    if invitee.kind == Invitee.Kind.PARTNER:
        said.append(str(invitee.get_kind_display()))
    elif invitee.membership.job_title:
        said.append(invitee.membership.job_title)
    if invitee.attendance == Invitee.Attendance.PART and not invitee.attended_note:
        said.append(_("for part of the meeting"))
    return ", ".join([*said, *([invitee.attended_note] if invitee.attended_note else [])])


def _item(read: ItemRead) -> dict[str, Any]:
    parts = [
        {"heading": _("Decided"), "points": [part.text for part in read.said.decisions]},
        {"heading": _("To do"), "points": [action_line(part) for part in read.said.actions]},
    ]
    return {
        "heading": f"{read.number}. {read.item.title}",
        "words": read.words if read.is_open else _("You have stepped back from this item, so its minutes are not here."),
        "left": [left_line(part) for part in read.said.left],
        "quotes": [{"words": part.text or _("These words were taken back."), "by": quote_line(part)} for part in read.said.words],
        "parts": [part for part in parts if part["points"]],
    }


def action_line(part: Part) -> str:
    """An action as the minutes say it: what, who, and the day that the meeting asked for."""
    return _("%(what)s – %(who)s, by %(day)s") % {"what": part.text, "who": part.who, "day": dates.day(part.due_on)}


def left_line(part: Part) -> str:
    """Who left the room; why is nobody's business."""
    came_back = _("%(name)s left the room for this item, and came back after it.")
    return (came_back if part.status == CAME_BACK else _("%(name)s left the room for this item.")) % {"name": part.who}


def quote_line(part: Part) -> str:
    """Whose words are quoted, as they wish it."""
    return _("%(name)s, Patient Safety Partner") % {"name": part.whose} if part.whose else _("A Patient Safety Partner")


def as_pdf(said: dict[str, Any]) -> bytes:
    """A tagged PDF (PDF/UA-1) with its title and language set. Every word goes in as data, so that nothing is read as markup."""
    import typst

    data = json.dumps(said, ensure_ascii=False, sort_keys=True)
    options: dict[str, Any] = {"font_paths": [str(FONTS)], "ignore_system_fonts": True, "sys_inputs": {"data": data}}
    return bytes(typst.compile(str(TEMPLATE), format="pdf", pdf_standards="ua-1", **options))


def as_text(said: dict[str, Any]) -> str:
    """The same as plain text, for those who paste it elsewhere or have it read aloud."""
    return "\n".join([said["organisation"], said["title"], *(line for one in said["meetings"] for line in _text_of(one))]) + "\n"


def _text_of(meeting: dict[str, Any]) -> Iterator[str]:
    yield from ("", meeting["heading"], *meeting["lines"])
    if meeting["people"]:
        yield from ("", meeting["people_heading"])
    for group in meeting["people"]:
        yield from (f"{group['heading']}:", *(f"- {name}" for name in group["names"]))
    for item in meeting["items"]:
        yield from ("", item["heading"], *item["left"])
        if item["words"]:
            yield item["words"]
        for quote in item["quotes"]:
            yield from (f"“{quote['words']}”", quote["by"])
        for part in item["parts"]:
            yield from (f"{part['heading']}:", *(f"- {point}" for point in part["points"]))
    if meeting["corrections"]:
        yield from ("", meeting["corrections_heading"], meeting["corrections"])
    if meeting["seal"]:
        yield from ("", meeting["seal"])
