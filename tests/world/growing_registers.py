"""How the lists of imports grow by so many rows."""

from __future__ import annotations

from django.urls import reverse

from safety_partners.partners.commands.importing import read_register
from safety_partners.partners.models import Import
from safety_partners.partners.tables import read_table
from tests.factories.people import viewer_of
from tests.world.growing import Small


def _read(small: Small, rows: int) -> Import:
    lines = "".join(f"Partner {row},0190455501{row:02}\n" for row in range(rows))
    return read_register(viewer_of(small.lead), table=read_table(f"Name,Phone\n{lines}".encode(), "register.csv"))


def imports(small: Small, rows: int) -> str:
    for _row in range(rows):
        _read(small, 1)
    return reverse("partners:imports")


def one_import(small: Small, rows: int) -> str:
    return reverse("partners:import", args=[_read(small, rows).code])
