"""The whole world, made once."""

from __future__ import annotations

from dataclasses import dataclass

from safety_partners.core.viewer import Viewer
from tests.world import (
    activities,
    caring,
    committees,
    documents,
    giving,
    groups,
    joining,
    loop,
    meetings,
    messages,
    papers,
    people,
    pipeline,
    programme,
    records,
    registers,
    running,
    table,
)
from tests.world.place import PEOPLE, Place


@dataclass
class World:
    """An organisation whose people look, and a foreign one that has the same and must stay unseen."""

    home: Place
    away: Place
    viewers: dict[str, Viewer]


def build() -> World:
    """Make everything. Call inside a transaction that is rolled back."""
    home, away = (_place(name) for name in ("Meadowbank", "Harbour Lane"))
    people.give_parents(home, away)
    return World(home, away, {person: home.viewer(person) for person in PEOPLE})


def _place(name: str) -> Place:
    place = people.open_place(name)
    programme.tell(place)
    records.tell(place)
    caring.tell(place)
    registers.tell(place)
    joining.tell(place)
    pipeline.tell(place)
    loop.tell(place)
    committees.tell(place)
    meetings.tell(place)
    table.tell(place)
    papers.tell(place)
    activities.tell(place)
    giving.tell(place)
    documents.tell(place)
    groups.tell(place)
    running.tell(place)
    messages.tell(place)
    return place
