"""The register as rows for a file: what an import reads, so that a file can go out, be worked on and come in again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from safety_partners.partners.models import Partner, Term
from safety_partners.partners.queries.register import CLEAR, MISSING, RUNNING_OUT
from safety_partners.partners.tables.register import BY_KEY, COLUMNS

HEADINGS = [str(column.heading) for column in COLUMNS]
_KEYS = [column.key for column in COLUMNS]
# What is private is not among the columns: checks, notes, experience, payment, emergency contacts.
_CELLS: dict[str, Callable[[Partner, Term | None], Any]] = {
    "code": lambda partner, _term: partner.code,
    "name": lambda partner, _term: partner.membership.user.name,
    "known_as": lambda partner, _term: partner.known_as,
    "pronouns": lambda partner, _term: partner.pronouns,
    "email": lambda partner, _term: partner.membership.user.email,
    "phone": lambda partner, _term: partner.membership.phone,
    "postal_address": lambda partner, _term: partner.membership.postal_address,
    "told_by": lambda partner, _term: partner.membership.told_by,
    "connection": lambda partner, _term: partner.connection,
    "status": lambda partner, _term: partner.status,
    "appointed_on": lambda partner, _term: partner.appointed_on,
    "started_on": lambda partner, _term: partner.started_on,
    "term_starts_on": lambda _partner, term: term.starts_on if term else None,
    "term_ends_on": lambda _partner, term: term.ends_on if term else None,
    "ended_on": lambda partner, _term: partner.ended_on,
    "contact": lambda partner, _term: partner.contact.user.email if partner.contact else "",
    "deputy": lambda partner, _term: partner.deputy.user.email if partner.deputy else "",
    # These stand in a list only; an import leaves them out.
    "stands": lambda partner, _term: _standings().get(partner.stands, ""),  # type: ignore[attr-defined]
    "role": lambda partner, _term: partner.role.role.title if partner.role else "",
}


def _standings() -> dict[str, str]:
    return {MISSING: _("Something is missing"), RUNNING_OUT: _("Something runs out"), CLEAR: _("All there")}


def headings_of(keys: Sequence[str]) -> list[str]:
    """The headings of these columns: those that an import knows, where it does."""
    own = {"stands": _("Standing"), "role": _("Role")}
    return [own[key] if key in own else str(BY_KEY[key].heading) for key in keys]


def register_rows(rows: QuerySet[Partner], keys: Sequence[str] = ()) -> Iterator[list[Any]]:
    """A cell for each of these columns, or of all that an import reads, for each partner who is not forgotten; two queries."""
    cells = [_CELLS[key] for key in keys or _KEYS]
    rows = rows.exclude(status=Partner.Status.FORGOTTEN).with_people().select_related("role__role")
    partners = list(rows)
    ids = [partner.pk for partner in partners]
    terms = {term.partner_id: term for term in Term.objects.filter(partner__in=ids).order_by("number")}
    for partner in partners:
        yield [cell(partner, terms.get(partner.pk)) for cell in cells]
