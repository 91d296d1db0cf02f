"""The doorway: what the public pages may know about organisations. Nobody's name but the public contact's."""

from __future__ import annotations

from safety_partners.people.models import Organisation


def organisations() -> list[Organisation]:
    """Every organisation of the installation, by name."""
    return list(Organisation.objects.order_by("name")[:500])


def organisation(slug: str) -> Organisation | None:
    """The organisation at this address, or None."""
    return Organisation.objects.filter(slug=slug).first()
