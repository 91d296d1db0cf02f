"""The pages of one record, and of a partner's own place: which of them a viewer finds, in reading order."""

from __future__ import annotations

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.core.policy import Policy, Sentence
from safety_partners.core.viewer import Viewer
from safety_partners.partners import policies
from safety_partners.partners.models import Partner


class RecordPage(NamedTuple):
    """One page of a record: its words, the name of its address, and who finds it (None: whoever sees the record)."""

    words: Sentence
    name: str
    allow: Policy | None = None


RECORD_PAGES = [
    RecordPage(_("Overview"), "partners:partner"),
    RecordPage(_("What is needed"), "partners:needs"),
    RecordPage(_("Agreements"), "partners:agreements"),
    RecordPage(_("Role and term"), "partners:role-and-term"),
    RecordPage(_("Checks"), "partners:checks", policies.may_see_checks),
    RecordPage(_("Interests"), "partners:interests"),
    RecordPage(_("What helps them take part"), "partners:access", policies.may_keep),
    RecordPage(_("Talks"), "partners:talks", policies.may_keep),
    RecordPage(_("Notes they shared with you"), "partners:notes", policies.supports),
    RecordPage(_("Payment and emergency contact"), "partners:payment-and-emergency", policies.may_lead),
    RecordPage(_("Emergency contact"), "partners:payment-and-emergency", policies.supports & ~policies.may_lead),
    RecordPage(_("What they know from their own life"), "partners:experience", policies.may_keep),
    RecordPage(_("History"), "partners:history"),
]
OWN_PAGES = [
    RecordPage(_("What is needed"), "partners:needs"),
    RecordPage(_("What I agreed to"), "partners:agreements"),
    RecordPage(_("My role and my term"), "partners:role-and-term"),
    RecordPage(_("Checks"), "partners:checks"),
    RecordPage(_("My interests"), "partners:interests"),
    RecordPage(_("What helps me take part"), "partners:access"),
    RecordPage(_("Talks"), "partners:talks"),
    RecordPage(_("My own notes"), "partners:notes"),
    RecordPage(_("Payment and emergency contact"), "partners:payment-and-emergency"),
    RecordPage(_("What I know from my own life"), "partners:experience"),
]


def record_pages(viewer: Viewer, partner: Partner) -> list[tuple[str, str, str]]:
    """The words, the name and the address of each page of this record that the viewer finds."""
    pages = OWN_PAGES if policies.is_own(viewer, partner) else RECORD_PAGES
    found = [page for page in pages if page.allow is None or page.allow(viewer, partner)]
    return [(str(page.words), page.name, reverse(page.name, args=[partner.code])) for page in found]
