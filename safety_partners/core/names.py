"""People's names in any script: kept as typed, compared and sorted without accents and capitals."""

from __future__ import annotations

import unicodedata


def fold(name: str) -> str:
    """Return a name as it is searched and sorted by: ``Ágnes``, composed or not, and ``AGNES`` all give ``agnes``.

    Marks that are part of a letter in its own script, such as vowel signs, stay: only those that join a Latin, Greek or
    Cyrillic letter are left out.
    """
    signs, follows_letter_with_accents = [], False
    for sign in unicodedata.normalize("NFKD", name.casefold()):
        if unicodedata.combining(sign):
            if not follows_letter_with_accents:
                signs.append(sign)
        else:
            follows_letter_with_accents = unicodedata.name(sign, "").startswith(("LATIN", "GREEK", "CYRILLIC"))
            signs.append(sign)
    return " ".join(unicodedata.normalize("NFC", "".join(signs)).split())
