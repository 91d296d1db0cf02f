"""The pack: one accessible PDF of a meeting's papers in the order of its agenda, with exactly what one reader may open."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from safety_partners.committees.models import Item, Meeting, Paper, PaperVersion
from safety_partners.committees.models.papers import lines_of
from safety_partners.committees.queries.agenda import Line
from safety_partners.committees.typesetting import ACCESSIBLE, DATA, MAIN, WITH_PAGES_OF_OTHERS, CannotSet, typeset
from safety_partners.core import clock
from safety_partners.core.models import StoredFile
from safety_partners.design import dates

TEMPLATE = Path(__file__).parent / "typst" / "pack.typ"
# NHS England asks for 12 points in print; large print begins at 16.
NORMAL, LARGE = 12, 18
MOST_PAGES = 1_500


@dataclass(frozen=True, slots=True)
class Enclosed:
    """One paper with its newest version, as it goes into a pack."""

    paper: Paper
    version: PaperVersion


def pack(meeting: Meeting, lines: Sequence[Line], enclosed: Iterable[Enclosed], *, reader: str, points: int = NORMAL) -> bytes:
    """Typeset the agenda lines that a reader sees with the papers they may open. Raises ``CannotSet``.

    Pages of PDF papers stand in it as they are, each described by its own words for whoever cannot see it; what was typed, and
    what was read in Word files, is typeset and tagged.
    """
    by_item: dict[int, list[Enclosed]] = {}
    for one in enclosed:
        by_item.setdefault(one.paper.item_id, []).append(one)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        said = _said(folder, meeting, lines, by_item, reader=reader, points=points)
        (folder / DATA).write_text(json.dumps(said, ensure_ascii=False))
        (folder / MAIN).write_text(TEMPLATE.read_text())
        has_pages = any(folder.glob("*.pdf"))
        return typeset(folder, standard=WITH_PAGES_OF_OTHERS if has_pages else ACCESSIBLE)


def pages_that_can_be_shown(content: bytes) -> int | None:
    """How many pages of a PDF can stand in a pack as they are; None where its words must do instead."""
    from pypdf import PdfReader

    try:
        count = len(PdfReader(io.BytesIO(content)).pages)
    except Exception:  # noqa: BLE001 - whatever a broken file does to the reader, it cannot be shown
        return None
    if not 0 < count <= MOST_PAGES:
        return None
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "paper.pdf").write_bytes(content)
        pages = f'#for place in range({count}) {{ image("paper.pdf", page: place + 1, width: 5cm) }}'
        (folder / MAIN).write_text(pages)
        try:
            typeset(folder, standard=WITH_PAGES_OF_OTHERS)
        except CannotSet:
            return None
    return count


def name_of(meeting: Meeting) -> str:
    """What the file is called when it is saved."""
    return f"{meeting.committee.name} {meeting.day.isoformat()}.pdf"


def _said(
    folder: Path, meeting: Meeting, lines: Sequence[Line], by_item: dict[int, list[Enclosed]], *, reader: str, points: int
) -> dict[str, Any]:
    """Every word of the pack, in the reader's language; the PDF files are put beside it."""
    committee, organisation = meeting.committee, meeting.organisation
    language, _dash, region = (get_language() or settings.LANGUAGE_CODE).partition("-")
    when = _("%(day)s, %(start)s to %(end)s") % {
        "day": dates.weekday(meeting.day),
        "start": dates.clock(meeting.starts_at),
        "end": dates.clock(meeting.ends_at),
    }
    count = sum(map(len, by_item.values()))
    return {
        "points": points,
        "lang": language,
        "region": region or "gb",
        "title": _("Papers for %(committee)s") % {"committee": committee.name},
        "organisation": organisation.name,
        "when": when,
        "running": f"{committee.name}, {dates.day(meeting.day)}",
        "page_words": _("Page "),
        "contents_heading": _("Contents"),
        "paper_heading": _("The paper"),
        "facts": _rows(
            (_("Where"), meeting.place),
            (_("Video link"), meeting.video_link),
            (_("By phone"), meeting.phone_in),
            (_("Made for"), reader),
            (_("Made on"), dates.moment(clock.now())),
        ),
        "note": ngettext("There is %(count)s paper in this pack.", "There are %(count)s papers in this pack.", count) % {"count": count},
        "items": [_item(folder, line, by_item.get(line.item.pk, [])) for line in lines],
    }


def _rows(*rows: tuple[str, Any]) -> list[tuple[str, str]]:
    return [(heading, str(words)) for heading, words in rows if words]


def _item(folder: Path, line: Line, enclosed: Sequence[Enclosed]) -> dict[str, Any]:
    item = line.item
    about = [(_("What it is for"), Item.Kind(item.kind).label), (_("Begins at"), dates.clock(line.starts_at) if line.starts_at else "")]
    about.append((_("Led by"), line.lead))
    note = ""
    if line.is_withheld:
        note = _("You have stepped back from this item, so its papers are not here.")
    else:
        about += [(_("Purpose"), item.purpose), (_("What can still change"), item.can_change)]
        note = "" if enclosed else _("There is no paper for this item.")
    return {
        "title": f"{line.number}. {item.title}",
        "facts": _rows(*about),
        "note": note,
        "papers": [] if line.is_withheld else [_paper(folder, one) for one in enclosed],
    }


def _paper(folder: Path, one: Enclosed) -> dict[str, Any]:
    paper, version = one.paper, one.version
    takes = (
        ngettext("%(count)s minute", "%(count)s minutes", paper.minutes_to_read) % {"count": paper.minutes_to_read}
        if paper.minutes_to_read
        else ""
    )
    pdf = _pdf(folder, paper, version)
    parts = [] if pdf else parts_of(version)
    return {
        "title": paper.title,
        "warning": (_("This paper may be hard to read"), distress_words(paper)) if paper.is_distressing else None,
        "facts": _rows((_("From"), paper.author.name if paper.author else ""), (_("Time to read"), takes)),
        "about": [
            *_about(_("In short"), paper.summary),
            *_about(_("What the words mean"), points=lines_of(paper.jargon)),
            *_about(_("What we would like to know from you"), points=lines_of(paper.questions)),
        ],
        "parts": parts,
        "pdf": pdf,
    }


def distress_words(paper: Paper) -> str:
    """What it is about, and whom to talk to; the same before a paper is opened and in a pack."""
    offer = _("You do not have to read it. You can talk with your named contact before or after, or leave it out.")
    return f"{paper.distress_note}\n{offer}"


def _about(heading: str, text: str = "", points: Sequence[str] = ()) -> list[dict[str, Any]]:
    return [{"heading": heading, "text": text, "points": list(points)}] if text or points else []


def _pdf(folder: Path, paper: Paper, version: PaperVersion) -> dict[str, Any] | None:
    """The pages of a PDF as they are, each with its own words for whoever cannot see them."""
    if version.file is None or not version.page_count:
        return None
    name = f"{version.code}.pdf"
    (folder / name).write_bytes(content_of(version.file))
    words: dict[int, list[str]] = {}
    for block in version.blocks:
        words.setdefault(block["page"] or 1, []).append(f"{block['number']} {block['text']}".strip())
    alts = []
    for page in range(1, version.page_count + 1):
        said = _("Page %(page)s of %(pages)s of “%(title)s”.") % {"page": page, "pages": version.page_count, "title": paper.title}
        alts.append("\n".join([said, *words.get(page, [])]))
    return {"file": name, "alts": alts}


def content_of(stored: StoredFile) -> bytes:
    """The whole of a private file."""
    with storages["private"].open(stored.path) as file:
        content: bytes = file.read()
    return content


def parts_of(version: PaperVersion) -> list[dict[str, Any]]:
    """Typed words as paragraphs; a file that was read as its headings, points and tables."""
    if version.words:
        return [{"kind": "paragraph", "text": version.words}]
    return [part for block in version.blocks if (part := _part(block))]


def _part(block: dict[str, Any]) -> dict[str, Any] | None:
    text, number = block["text"], block["number"]
    match block["kind"]:
        case "heading":
            return {"kind": "heading", "level": max(block["level"], 1), "text": f"{number} {text}".strip()}
        case "list_item" if not any(sign.isalnum() for sign in number):
            return {"kind": "point", "text": text}
        case "table":
            return {"kind": "table", "rows": block["rows"], "columns": max(map(len, block["rows"])), "head": block["head_rows"]}
        case "contents":
            return None
        case _ if number:
            return {"kind": "numbered", "number": number, "text": text}
        case _:
            return {"kind": "paragraph", "text": text}
