"""One organisation of the world: who is in it, and its records by the names that the pages' examples use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from safety_partners.core.viewer import NOBODY, Viewer
from safety_partners.people.models import Membership, Organisation, Role
from safety_partners.people.queries import viewer_for

ROLES = {
    "partner": Role.PARTNER,
    "second partner": Role.PARTNER,
    "lead": Role.LEAD,
    "staff": Role.STAFF,
    "second staff": Role.STAFF,
    "secretary": Role.SECRETARY,
    "finance": Role.FINANCE,
    "group chair": Role.GROUP_CHAIR,
    "board": Role.BOARD,
    "governance": Role.GOVERNANCE,
    "administrator": Role.ADMINISTRATOR,
}
# Signed in, though the membership has ended; and not signed in at all.
FORMER, VISITOR = "former partner", "visitor"
PEOPLE = (*ROLES, FORMER, VISITOR)
# Where no record has a part in it, what holds for one of two people with the same role holds for the other.
TWINS = ("second partner", "second staff")


@dataclass
class Place:
    """An organisation with its people, its records, and what only a message knew."""

    organisation: Organisation
    people: dict[str, Membership] = field(default_factory=dict)
    records: dict[str, Any] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.records[name]

    def viewer(self, person: str) -> Viewer:
        """Who is looking, as a request of this person would have it."""
        if person == VISITOR:
            return NOBODY
        member = self.people[person]
        return viewer_for(member.user_id, member.organisation_id)

    def do(self, person: str, command: Callable[..., Any], *records: Any, **given: Any) -> Any:
        """Let somebody of this organisation do something, with the records as they are now."""
        for record in records:
            record.refresh_from_db()
        return command(self.viewer(person), *records, **given)

    def all_of(self, model: type) -> list[Any]:
        """Every record of a kind that has a name here, each once."""
        return list({record.pk: record for record in self.records.values() if isinstance(record, model)}.values())

    def keep(self, **records: Any) -> None:
        """Remember records; ``late_action`` is the record called “late action”. One name, one kind of record."""
        named = {name.replace("_", " "): record for name, record in records.items()}
        clash = [name for name, record in named.items() if name in self.records and type(self.records[name]) is not type(record)]
        assert not clash, f"other records have these names already: {clash}"
        self.records.update(named)
