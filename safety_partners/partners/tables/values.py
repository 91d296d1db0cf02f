"""What people write into the cells of a register, understood or refused in plain words."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        1,
    )
    for name in names
}
_NUMBERS = re.compile(r"(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{2}|\d{4})\Z")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]\d{2}:\d{2}(?::\d{2})?)?\Z")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ \-]([A-Za-z]+)\.?[ \-,]+(\d{4})\Z")
_PHONE = re.compile(r"\+?[\d ().\-]{6,30}(?:\s*(?:ext|x)\.?\s*\d{1,6})?\Z", re.IGNORECASE)


class Unreadable(ValueError):  # noqa: N818 - named as people say it
    """A cell cannot be understood; the text says why, mid-sentence free of the column's name."""


def date_of(text: str) -> dt.date | None:
    """A day as it is written in Britain (23/11/2026, 23 Nov 2026) or by machines (2026-11-23). Raises Unreadable."""
    text = text.strip()
    if not text:
        return None
    if found := _ISO.match(text):
        return _day(*(int(part) for part in found.groups()))
    if found := _WORDS.match(text):
        month = MONTHS.get(found[2].lower())
        if month is None:
            raise Unreadable(_("“%(text)s” is not a date we can read. Write it like 23/11/2026.") % {"text": text})
        return _day(int(found[3]), month, int(found[1]))
    if found := _NUMBERS.match(text):
        day, month, year = found.groups()
        if len(year) == 2:
            raise Unreadable(_("“%(text)s” has a year of two numbers. Write the year in full, like 2026.") % {"text": text})
        if int(month) > 12 >= int(day):
            raise Unreadable(_("“%(text)s” looks like an American date. Write the day first, like 23/11/2026.") % {"text": text})
        return _day(int(year), int(month), int(day))
    if text.isdecimal() and 20_000 <= int(text) <= 80_000:
        raise Unreadable(
            _("“%(text)s” is how a spreadsheet counts days. Make the column a date, or write it like 23/11/2026.") % {"text": text}
        )
    raise Unreadable(_("“%(text)s” is not a date we can read. Write it like 23/11/2026.") % {"text": text})


def _day(year: int, month: int, day: int) -> dt.date:
    try:
        found = dt.date(year, month, day)
    except ValueError:
        raise Unreadable(_("There is no day %(day)s/%(month)s/%(year)s.") % {"day": day, "month": month, "year": year}) from None
    if not 1900 <= year <= 2200:
        raise Unreadable(_("The year %(year)s cannot be right.") % {"year": year})
    return found


def phone_of(text: str) -> str:
    """A phone number as written; the first 0 that a spreadsheet took away is put back. Raises Unreadable."""
    text = " ".join(text.split())
    if not text:
        return ""
    if not _PHONE.match(text):
        raise Unreadable(_("“%(text)s” is not a phone number.") % {"text": text})
    # A British number has ten digits after its first 0, and never begins with another 0 after it.
    return f"0{text}" if re.fullmatch(r"[1-37]\d{9}", text) else text


def email_of(text: str) -> str:
    """An email address in small letters. Raises Unreadable."""
    text = text.strip().lower()
    if not text:
        return ""
    try:
        validate_email(text)
    except ValidationError:
        raise Unreadable(_("“%(text)s” is not an email address. It should look like name@example.com.") % {"text": text}) from None
    if len(text) > 254:
        raise Unreadable(_("The email address is too long."))
    return text


def name_of(text: str, *, longest: int = 200) -> str:
    """A name in any script, as written, its accents in one piece. Raises Unreadable."""
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    if len(text) > longest:
        raise Unreadable(_("The name is longer than %(n)s signs.") % {"n": longest})
    if any(unicodedata.category(sign) in {"Cc", "Co", "Cn", "Cs"} for sign in text) or "\N{REPLACEMENT CHARACTER}" in text:
        raise Unreadable(_("The name has damaged letters in it. Type it again."))
    return text


def words_of(text: str, *, longest: int = 500) -> str:
    """A few lines as written. Raises Unreadable."""
    text = "\n".join(line.rstrip() for line in text.strip().split("\n"))
    if len(text) > longest:
        raise Unreadable(_("This is longer than %(n)s signs.") % {"n": longest})
    return text


def choice_of(text: str, choices: Mapping[str, str]) -> str:
    """One of the choices, by its value or its words, whatever the capitals; the keys are in small letters. Raises Unreadable."""
    text = " ".join(text.lower().split())
    if not text:
        return ""
    if text not in choices:
        known = ", ".join(dict.fromkeys(choices.values()))
        raise Unreadable(_("“%(text)s” is none of: %(known)s.") % {"text": text, "known": known})
    return choices[text]
