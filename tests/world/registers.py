"""Registers that were brought in: one to look at, one taken in, one thrown away, one undone."""

from __future__ import annotations

from safety_partners.partners.commands.importing import drop_import, read_register, take_import, undo_import
from safety_partners.partners.models import Import
from safety_partners.partners.tables import read_table
from tests.world.place import Place
from tests.world.words import typed

HEAD = "Name,Phone,Status,Health\n"


def tell(place: Place) -> None:
    """A file in each state; one row of the first is wrong."""
    read, taken, dropped, undone = (_read(place, name) for name in ("Rita", "Ravi", "Rosa", "Rolf"))
    place.do("lead", take_import, taken)
    place.do("lead", drop_import, dropped)
    place.do("lead", take_import, undone)
    place.do("lead", undo_import, undone)
    place.keep(import_to_look_at=read, taken_import=taken, dropped_import=dropped, undone_import=undone)


def _read(place: Place, name: str) -> Import:
    name = typed(f"{name} of {place.organisation.name}").replace('"', '""')
    rows = f'"{name}",01904 555 0123,active,x\n"{name} too",ring me,active,x\n'
    batch: Import = place.do("lead", read_register, table=read_table((HEAD + rows).encode(), "register.csv"))
    return batch
