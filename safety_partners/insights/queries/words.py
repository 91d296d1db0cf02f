"""The words themselves: how they begin, and whether they are still the sealed ones."""

from __future__ import annotations

import secrets
import unicodedata
from typing import NamedTuple

from safety_partners.core import codes, wall
from safety_partners.core.seals import seal
from safety_partners.insights.models import Insight, Verdict

WORDS_SHOWN = 20
SIGNS_SHOWN = 200
# What a list fetches of each text: enough for the first words, even long ones.
FETCHED = 2 * SIGNS_SHOWN


class Beginning(NamedTuple):
    """How a text begins, and whether there is more of it."""

    text: str
    goes_on: bool

    def __str__(self) -> str:
        return f"{self.text} …" if self.goes_on else self.text


def first_words(text: str) -> Beginning:
    """The first words of a text on one line. It is cut between words; a script without spaces is cut between letters."""
    words = text.split()
    shown = " ".join(words[:WORDS_SHOWN])
    if len(shown) <= SIGNS_SHOWN:
        return Beginning(shown, len(words) > WORDS_SHOWN or len(text) >= FETCHED)
    end = shown.rfind(" ", SIGNS_SHOWN // 2, SIGNS_SHOWN + 1)
    return Beginning(shown[: end if end > 0 else _between_letters(shown, SIGNS_SHOWN)].rstrip(), goes_on=True)


def _between_letters(text: str, end: int) -> int:
    """The last place up to ``end`` where a cut does not take an accent or half an emoji from its letter."""
    while end > 1 and (_belongs_to_the_one_before(text[end]) or text[end - 1] == "\u200d"):
        end -= 1
    return end


def _belongs_to_the_one_before(sign: str) -> bool:
    is_skin_colour = "\U0001f3fb" <= sign <= "\U0001f3ff"
    return sign == "\u200d" or is_skin_colour or unicodedata.category(sign) in {"Mn", "Mc", "Me"}


def seal_matches(code: str, words: str) -> bool:
    """Say whether these are the sealed words of the insight or verdict with this code.

    A wrong code and wrong words give the same answer. A copy may have lost the spaces and empty lines around the words.
    """
    tidy = codes.tidy(code)
    model = Verdict if tidy.startswith(Verdict.code_prefix) else Insight
    with wall.everywhere():
        checksum = model.objects.filter(code=tidy).values_list("checksum", flat=True).first() or "-"
    copies = {words, words.rstrip("\n"), words.strip()}
    return any(secrets.compare_digest(seal(copy), checksum) for copy in copies)
