"""The print pack of an advert: an accessible PDF in normal or large print, and the QR code that leads to its page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from safety_partners.design import dates
from safety_partners.joining.models import Advert
from safety_partners.partners.queries.describing import lines

TEMPLATE = Path(__file__).parent / "typst" / "pack.typ"
FONTS = Path(__file__).parent.parent / "design" / "fonts"
# NHS England asks for 12 points in print; large print begins at 16.
NORMAL, LARGE = 12, 18


def address_of(advert: Advert) -> str:
    """The address that stands on a poster: short enough to type, without the part that browsers add themselves."""
    return without_scheme(link_of(advert))


def without_scheme(link: str) -> str:
    """A link as people read it aloud."""
    return link.partition("://")[2]


def link_of(advert: Advert) -> str:
    return settings.SITE_ADDRESS + reverse("website:typed", args=[advert.address])


def squares(text: str) -> tuple[int, str]:
    """A QR code as the width of its square and the path of its dark fields, for our own page to draw as SVG."""
    rows = segno.make(text, micro=False, error="m").matrix
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return len(rows), path


def _picture(text: str) -> str:
    width, path = squares(text)
    frame = f'xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 {width + 8} {width + 8}"'
    return f'<svg {frame}><rect x="-4" y="-4" width="{width + 8}" height="{width + 8}" fill="#fff"/><path d="{path}"/></svg>'


def pack(advert: Advert, *, points: int) -> bytes:
    """The whole pack as a tagged PDF (PDF/UA-1), with its title and language set."""
    return _compiled(json.dumps(_said(advert, points), ensure_ascii=False, sort_keys=True))


@lru_cache(maxsize=32)
def _compiled(data: str) -> bytes:
    """The same words give the same file; the newest few are kept, so that a crowd at a poster costs nothing."""
    import typst

    return bytes(
        typst.compile(
            str(TEMPLATE), font_paths=[str(FONTS)], ignore_system_fonts=True, format="pdf", sys_inputs={"data": data}, pdf_standards="ua-1"
        )
    )


def _said(advert: Advert, points: int) -> dict[str, object]:
    """Every word of the pack, in the language of whoever asks for it."""
    organisation = advert.organisation
    language, _dash, region = (get_language() or settings.LANGUAGE_CODE).partition("-")
    return {
        "points": points,
        "lang": language,
        "region": region or "gb",
        "title": advert.title,
        "organisation": organisation.name,
        "summary": advert.summary,
        "page_words": _("Page "),
        "parts": [*_facts(advert), *_role(advert), *_criteria(advert), _difference()],
        "join_heading": _("If you are interested"),
        "join_words": _(
            "You can do this on our website, on paper, or by phone. You do not need an email address. You can stop at any time."
        ),
        "picture": _picture(link_of(advert)),
        "picture_words": _("A square code for phones. It leads to the address beside it."),
        "address_words": _("Type this address, or point your phone at the square:"),
        "address": address_of(advert),
        "link": link_of(advert),
        "talk_heading": _("Talk to us first"),
        "talk_words": talk_words(advert),
        "paper_heading": _("On paper"),
        "paper_words": _(
            "You can write your answers here, or on any paper, and send or bring them to us. Somebody may write for you. "
            "You need not answer every question. You do not have to tell us about anything painful. "
            "We do not ask if you or somebody close to you was harmed."
        )
        + "\n"
        + _where_to(advert),
        "questions": _questions(),
    }


def talk_words(advert: Advert) -> str:
    """A person to talk to, and how."""
    said = {"name": advert.contact_name, "ways": _ways(advert)}
    return _("You can talk with %(name)s before you decide, by phone, by video or in person: %(ways)s") % said


def _ways(advert: Advert) -> str:
    return " – ".join(way for way in (advert.contact_phone, advert.contact_email) if way)


def _where_to(advert: Advert) -> str:
    """Somebody knows where to bring it."""
    return _("%(name)s tells you where to send or bring it: %(ways)s") % {"name": advert.contact_name, "ways": _ways(advert)}


def facts(advert: Advert) -> list[tuple[str, str]]:
    """The days, the place and the time, each with its words."""
    home = _("You can take part from home.") if advert.may_be_remote else ""
    rows = [
        (_("Places"), str(advert.places)),
        (_("Time"), advert.hours),
        (_("Where"), " ".join(part for part in (f"{advert.place}.", home) if part).replace("..", ".")),
        (_("Opens"), dates.day(advert.opens_on)),
        (_("Closes"), dates.day(advert.closes_on) if advert.closes_on else _("When the places are filled")),
        (_("We read what came in"), dates.day(advert.sift_on) if advert.sift_on else ""),
        (_("We meet people"), dates.day(advert.meet_on) if advert.meet_on else ""),
        (_("It starts"), dates.day(advert.start_on) if advert.start_on else ""),
    ]
    return [(heading, words) for heading, words in rows if words]


def _part(heading: str, text: str = "", points: Sequence[str] = ()) -> dict[str, object]:
    return {"heading": heading, "text": text, "points": list(points)}


def _facts(advert: Advert) -> list[dict[str, object]]:
    return [_part(_("When and where"), points=[f"{heading}: {words}" for heading, words in facts(advert)])]


def _role(advert: Advert) -> list[dict[str, object]]:
    return [_part(str(one.heading), points=one.points) if one.is_list else _part(str(one.heading), one.text) for one in lines(advert.role)]


def _criteria(advert: Advert) -> list[dict[str, object]]:
    found = list(advert.criteria.all())
    if not found:
        return []
    helped = _("How we can support this: %(support)s")
    points = [one.words + (f"\n{helped % {'support': one.support}}" if one.support else "") for one in found]
    return [_part(_("What we look for"), points=points)]


def difference() -> str:
    """How this differs from a patient participation group, in two sentences."""
    return _(
        "A patient participation group (PPG) speaks for many patients of a practice together, about any part of the service. "
        "A Patient Safety Partner brings their own view, about safety, and takes part in our work."
    )


def _difference() -> dict[str, object]:
    return _part(_("How this differs from a patient participation group"), difference())


def _questions() -> list[dict[str, object]]:
    """The same questions as on the website, with lines to write on."""
    asked = [
        (_("Your name, and what we should call you"), 1),
        (_("How should we reach you: by email, by phone or by letter? Please give the address or number."), 2),
        (_("How do you know health care: as a patient, a carer, a family member or friend, or in another way?"), 1),
        (_("Why are you interested?"), 8),
        (_("What would help you take part?"), 3),
        (_("Is there anything we should do so that you can use what we send, and talk with us?"), 3),
        (_("When could you take part?"), 2),
        (_("Do you work for us? Could a job of yours get in the way?"), 2),
        (_("How did you hear of this role?"), 1),
        (_("For how long may we keep this: 3 months, 6 months, 1 year or 2 years? After that we delete it."), 1),
    ]
    return [{"words": words, "lines": count} for words, count in asked]
