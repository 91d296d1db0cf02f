"""How the pages of who is interested grow by so many rows."""

from __future__ import annotations

from django.urls import reverse

from safety_partners.people.models import Role
from tests.factories import joining as make
from tests.factories.people import make_member
from tests.joining.stages import being_read, give
from tests.world.growing import Small


def interested(small: Small, rows: int) -> str:
    advert = make.make_advert(small.lead)
    for row in range(rows):
        being_read(advert, small.lead, small.staff, small.partner, name=f"Somebody {row}")
    return reverse("joining:expressions")


def board(small: Small, rows: int) -> str:
    interested(small, rows)
    return reverse("joining:board")


def expression(small: Small, rows: int) -> str:
    """So many people more who have read it."""
    readers = [make_member(small.organisation, Role.STAFF) for _row in range(rows)]
    found = being_read(make.make_advert(small.lead), small.lead, small.staff, small.partner, *readers)
    for sift in found.sifts.exclude(by=small.staff):
        give(sift, words="Warm and clear")
    return found.get_absolute_url()


def reading(small: Small, rows: int) -> str:
    """So many others who have read it too."""
    readers = [make_member(small.organisation, Role.STAFF) for _row in range(rows)]
    found = being_read(make.make_advert(small.lead), small.lead, small.partner, *readers)
    for sift in found.sifts.all():
        give(sift, words="Warm and clear")
    return found.sifts.get(by=small.partner).get_absolute_url()
