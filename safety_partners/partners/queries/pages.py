"""The pages of one record, and of a partner's own place: which of them a viewer finds, in a few groups and in reading order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.core.policy import Policy, Sentence
from safety_partners.core.viewer import Viewer
from safety_partners.partners import policies
from safety_partners.partners.models import Partner


class RecordPage(NamedTuple):
    """One page of a record: its words, the name of its address, who finds it (None: whoever sees the record), and when."""

    words: Sentence
    name: str
    allow: Policy | None = None
    when: Callable[[Partner], bool] = lambda _partner: True


def _is_leaving(partner: Partner) -> bool:
    return partner.status == Partner.Status.LEAVING


RECORD_PAGES: list[tuple[Sentence, list[RecordPage]]] = [
    (_("Overview"), [RecordPage(_("Overview"), "partners:partner"), RecordPage(_("History"), "partners:history")]),
    (
        _("What is needed"),
        [
            RecordPage(_("Everything that is needed"), "partners:needs"),
            RecordPage(_("Checks"), "partners:checks", policies.may_see_checks),
            RecordPage(_("Interests"), "partners:interests"),
        ],
    ),
    (
        _("What was agreed"),
        [RecordPage(_("Agreements"), "partners:agreements"), RecordPage(_("Role and term"), "partners:role-and-term")],
    ),
    (
        _("Support"),
        [
            RecordPage(_("What helps them take part"), "partners:access", policies.may_keep),
            RecordPage(_("Talks"), "partners:talks", policies.may_keep),
            RecordPage(_("Notes they shared with you"), "partners:notes", policies.supports),
            RecordPage(_("Payment and emergency contact"), "partners:payment-and-emergency", policies.may_lead),
            RecordPage(_("Emergency contact"), "partners:payment-and-emergency", policies.supports & ~policies.may_lead),
            RecordPage(_("What they know from their own life"), "partners:experience", policies.may_keep),
        ],
    ),
    (_("Leaving"), [RecordPage(_("Leaving"), "partners:leaving", when=_is_leaving)]),
]
OWN_PAGES: list[tuple[Sentence, list[RecordPage]]] = [
    (_("My place"), [RecordPage(_("My place"), "partners:my-place")]),
    (
        _("What is needed"),
        [
            RecordPage(_("Everything that is needed"), "partners:needs"),
            RecordPage(_("Checks"), "partners:checks"),
            RecordPage(_("My interests"), "partners:interests"),
        ],
    ),
    (
        _("What I agreed to"),
        [RecordPage(_("Agreements"), "partners:agreements"), RecordPage(_("My role and my term"), "partners:role-and-term")],
    ),
    (
        _("Support"),
        [
            RecordPage(_("What helps me take part"), "partners:access"),
            RecordPage(_("Talks"), "partners:talks"),
            RecordPage(_("Payment and emergency contact"), "partners:payment-and-emergency"),
        ],
    ),
    (
        _("My own words"),
        [
            RecordPage(_("My own notes"), "partners:notes"),
            RecordPage(_("What I know from my own life"), "partners:experience"),
        ],
    ),
    (_("Leaving"), [RecordPage(_("Leaving"), "partners:leaving", when=_is_leaving)]),
]


@dataclass(frozen=True, slots=True)
class PageGroup:
    """Pages of a record that belong together: where the first is, whether we are on one of them, and each (None: this page)."""

    words: str
    href: str
    is_here: bool
    pages: list[tuple[str, str | None]]


def record_pages(viewer: Viewer, partner: Partner) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Each group with the words, the name and the address of every page of this record that the viewer finds."""
    groups = OWN_PAGES if policies.is_own(viewer, partner) else RECORD_PAGES
    found = []
    for words, pages in groups:
        here = [page for page in pages if page.when(partner) and (page.allow is None or page.allow(viewer, partner))]
        if here:
            found.append((str(words), [(str(page.words), page.name, _address(page.name, partner)) for page in here]))
    return found


def page_groups(viewer: Viewer, partner: Partner, here: str) -> list[PageGroup]:
    """The same for somebody who is on the page with this name."""
    return [
        PageGroup(
            words,
            pages[0][2],
            any(name == here for _words, name, _path in pages),
            [(said, None if name == here else path) for said, name, path in pages],
        )
        for words, pages in record_pages(viewer, partner)
    ]


def _address(name: str, partner: Partner) -> str:
    return reverse(name) if name == "partners:my-place" else reverse(name, args=[partner.code])
