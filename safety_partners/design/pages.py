"""What the frame of a page needs to know: one object, ``page``, that any view layer can fill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Text = str | Promise


class Colour(StrEnum):
    """The colours an organisation may choose for its header: white words are readable on each (4.5 to 1 or more)."""

    BLUE = "blue"
    TEAL = "teal"
    GREEN = "green"
    PURPLE = "purple"
    PLUM = "plum"
    RED = "red"
    BROWN = "brown"
    SLATE = "slate"


COLOUR_WORDS: dict[str, Text] = {
    "blue": pgettext_lazy("colour", "Blue"),
    "teal": pgettext_lazy("colour", "Teal"),
    "green": pgettext_lazy("colour", "Green"),
    "purple": pgettext_lazy("colour", "Purple"),
    "plum": pgettext_lazy("colour", "Plum"),
    "red": pgettext_lazy("colour", "Red"),
    "brown": pgettext_lazy("colour", "Brown"),
    "slate": pgettext_lazy("colour", "Slate"),
}


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the menu or of the account links; ``is_post`` makes a button that posts, for signing out."""

    label: Text
    href: str
    is_current: bool = False
    is_post: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """The context ``page`` of ``design/layout.jinja``. An account link is a NavItem or ``(words, address)``."""

    service_name: Text
    organisation_name: Text = ""
    organisation_logo_url: str | None = None
    colour: str = Colour.BLUE
    home_url: str = "/"
    navigation: Sequence[NavItem] = ()
    account_links: Sequence[NavItem | tuple[Text, str]] = ()
    footer_links: Sequence[tuple[Text, str]] = ()
    footer_text: Text = ""
    person_name: str | None = None
    demonstration: bool | Text = False

    @property
    def account_items(self) -> list[NavItem]:
        """The account links, each as a NavItem."""
        return [item if isinstance(item, NavItem) else NavItem(*item) for item in self.account_links]
