"""Words that the design system's script puts on a page, in the language of the page.

The script speaks English by itself; in another language its words go along as attributes.
"""

from __future__ import annotations

from django.utils.translation import get_language, gettext
from markupsafe import Markup

from safety_partners.design.attributes import attrs


def script_words(component: str) -> Markup:
    """The attributes for ``count``, ``password`` or ``file``; nothing where the page is English."""
    if (get_language() or "en").startswith("en"):
        return Markup("")
    return attrs({f"data-i18n.{key}": words for key, words in _words(component).items()})


def _words(component: str) -> dict[str, str]:
    if component == "count":
        return {
            "characters-under-limit.one": gettext("You have %{count} character remaining"),
            "characters-under-limit.other": gettext("You have %{count} characters remaining"),
            "characters-at-limit": gettext("You have 0 characters remaining"),
            "characters-over-limit.one": gettext("You have %{count} character too many"),
            "characters-over-limit.other": gettext("You have %{count} characters too many"),
            "words-under-limit.one": gettext("You have %{count} word remaining"),
            "words-under-limit.other": gettext("You have %{count} words remaining"),
            "words-at-limit": gettext("You have 0 words remaining"),
            "words-over-limit.one": gettext("You have %{count} word too many"),
            "words-over-limit.other": gettext("You have %{count} words too many"),
        }
    if component == "password":
        return {
            "show-password": gettext("Show"),
            "hide-password": gettext("Hide"),
            "show-password-aria-label": gettext("Show password"),
            "hide-password-aria-label": gettext("Hide password"),
            "password-shown-announcement": gettext("Your password is visible"),
            "password-hidden-announcement": gettext("Your password is hidden"),
        }
    return {
        "choose-files-button": gettext("Choose file"),
        "no-file-chosen": gettext("No file chosen"),
        "drop-instruction": gettext("or drop file"),
        "entered-drop-zone": gettext("Entered drop zone"),
        "left-drop-zone": gettext("Left drop zone"),
    }
