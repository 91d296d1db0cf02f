"""Pages that bring a register in and take it out."""

from __future__ import annotations

from safety_partners.partners import policies
from tests.world.example import Example, one_of

IMPORTS = ("import to look at", "taken import", "dropped import", "undone import")
leads = policies.may_look_after_programme

EXAMPLES = [
    Example(page="partners:imports"),
    Example(page="partners:add-import"),
    *(Example(page="partners:register-template", where=lambda _place, kind=kind: {"kind": kind}) for kind in ("csv", "xlsx")),
    *(Example(page="partners:register-list", where=lambda _place, kind=kind: {"kind": kind}) for kind in ("csv", "xlsx")),
    *(Example(page="partners:register", where=lambda _place, kind=kind: {"kind": kind}) for kind in ("csv", "xlsx")),
    *one_of("partners:import", *IMPORTS, may=leads),
    Example(page="partners:import-take", record="import to look at", may=leads),
    Example(page="partners:import-drop", record="import to look at", may=leads),
    Example(page="partners:import-undo", record="taken import", may=leads),
    Example(
        page="partners:import-wrong",
        record="import to look at",
        may=leads,
        where=lambda place: {"code": place["import to look at"].code, "kind": "csv"},
    ),
]
