"""A record's events: written by commands, chained by hash, shown as a timeline, verified by one command."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import QuerySet

from safety_partners.core import clock
from safety_partners.core.models import Chain, Event, Record
from safety_partners.core.seals import Sealed, is_intact

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer


NO_HASH = "0" * 64


def kind_of(record: Record | type[Record]) -> str:
    """``insights.insight``: the name of a record's table, as events and search entries keep it."""
    return record._meta.label_lower


def write(viewer: Viewer, verb: str, about: Record, details: Mapping[str, Any], organisation_id: int) -> Event:
    """Add one event to the organisation's chain, inside the transaction that is open.

    The chain's row is locked until that transaction ends, so events stand in one line whoever writes them.
    """
    return write_all(viewer, verb, [about], details, organisation_id)[0]


def write_all(viewer: Viewer, verb: str, abouts: Sequence[Record], details: Mapping[str, Any], organisation_id: int) -> list[Event]:
    """Add the same event about many records, one after the other, in as many statements as for one."""
    Chain.objects.get_or_create(organisation_id=organisation_id)
    chain = Chain.objects.select_for_update().get(organisation_id=organisation_id)
    events: list[Event] = []
    for number, about in enumerate(abouts, chain.length + 1):
        root = about.history_root
        event = Event(
            organisation_id=organisation_id,
            number=number,
            made_at=clock.now(),
            verb=verb,
            by_membership_id=viewer.membership_id,
            by_roles=" ".join(sorted(viewer.roles)),
            about_kind=kind_of(about),
            about_id=about.pk,
            about_code=about.code,
            root_kind=kind_of(root),
            root_id=root.pk,
            details=_plain(details),
            previous_hash=events[-1].hash if events else chain.last_hash,
        )
        event.hash = hash_of(event)
        events.append(event)
    if len(events) == 1:
        events[0].save(force_insert=True)
    else:
        Event.objects.bulk_create(events, batch_size=500)
    if events:
        Chain.objects.filter(organisation_id=organisation_id).update(length=events[-1].number, last_hash=events[-1].hash)
    return events


class _Encoder(DjangoJSONEncoder):
    """Records become their codes, other rows their numbers; dates, times and choices become text."""

    def default(self, o: Any) -> Any:
        if isinstance(o, Record):
            return o.code
        return o.pk if isinstance(o, models.Model) else super().default(o)


def _plain(details: Mapping[str, Any]) -> dict[str, Any]:
    """The details as the database will give them back, so that their hash stays the same."""
    plain: dict[str, Any] = json.loads(json.dumps(dict(details), cls=_Encoder))
    return plain


def hash_of(event: Event) -> str:
    """SHA-256 over the event's fields and the hash before it, in one fixed order."""
    content = [
        event.organisation_id,
        event.number,
        event.made_at.astimezone(dt.UTC).isoformat(),
        event.verb,
        event.by_membership_id,
        event.by_roles,
        event.about_kind,
        event.about_id,
        event.about_code,
        event.root_kind,
        event.root_id,
        event.details,
        event.previous_hash,
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def timeline(*records: Record) -> QuerySet[Event]:
    """The events of one kind of record and its parts, oldest first."""
    return Event.objects.filter(root_kind=kind_of(records[0]), root_id__in=[record.pk for record in records]).order_by("number")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not verify: where, and what is wrong, in words."""

    where: str
    what: str


def verify() -> Iterator[Fault]:
    """Yield a fault for every event that does not follow from the one before, and every seal that is broken.

    Safe while people are at work: what is written during the reading is not taken for a fault.
    """
    before = _ends()
    seen: dict[int, tuple[int, str]] = {}
    seals: dict[tuple[str, int], str] = {}
    for event in Event.objects.order_by("organisation_id", "number").iterator(chunk_size=2000):
        end = before.get(event.organisation_id)
        yield from _faults_of(event, *seen.get(event.organisation_id, (0, NO_HASH)))
        if end and event.number == end[0] and event.hash != end[1]:
            yield Fault(f"event {event.number} of organisation {event.organisation_id}", "is not the one that ended the chain")
        seen[event.organisation_id] = (event.number, event.hash)
        if checksum := event.details.get("checksum"):
            seals.setdefault((event.about_kind, event.about_id), checksum)
    yield from _faults_of_ends(before, seen, _ends())
    yield from _broken_seals(seals)


def _ends() -> dict[int, tuple[int, str]]:
    """Where each organisation's chain ends: its length and its last hash."""
    return {chain.organisation_id: (chain.length, chain.last_hash) for chain in Chain.objects.all()}


def _faults_of(event: Event, number_before: int, hash_before: str) -> Iterator[Fault]:
    where = f"event {event.number} of organisation {event.organisation_id}"
    if event.number != number_before + 1:
        yield Fault(where, f"expected number {number_before + 1}: an event is missing or was added")
    if event.previous_hash != hash_before:
        yield Fault(where, "does not follow from the event before it")
    if event.hash != hash_of(event):
        yield Fault(where, "was changed after it was written")


def _faults_of_ends(
    before: Mapping[int, tuple[int, str]], seen: Mapping[int, tuple[int, str]], after: Mapping[int, tuple[int, str]]
) -> Iterator[Fault]:
    """Compare the last event seen with the ends of the chains, as they stood before and after the reading."""
    for organisation_id in sorted({*before, *seen, *after}):
        length = seen.get(organisation_id, (0, NO_HASH))[0]
        where = f"chain of organisation {organisation_id}"
        if length < before.get(organisation_id, (0, NO_HASH))[0]:
            yield Fault(where, "its last event is missing")
        if organisation_id not in after:
            yield Fault(where, "its end is missing")
        elif length > after[organisation_id][0]:
            yield Fault(where, "an event was added past its end")


def _broken_seals(seals: Mapping[tuple[str, int], str]) -> Iterator[Fault]:
    for model in sealed_models():
        kind = model._meta.label_lower
        missing = {pk for about_kind, pk in seals if about_kind == kind}
        for pk, words, checksum in model._base_manager.values_list("pk", "words", "checksum").iterator(chunk_size=2000):
            missing.discard(pk)
            if not is_intact(words, checksum):
                yield Fault(f"{kind} {pk}", "its words do not match their seal")
            if checksum != seals.get((kind, pk), "") and checksum != _recorded_since(kind, pk):
                yield Fault(f"{kind} {pk}", "its seal is not the one that was recorded when the words were shared")
        for pk in sorted(missing):
            yield Fault(f"{kind} {pk}", "is missing, though its words were sealed")


def _recorded_since(kind: str, pk: int) -> str | None:
    """The seal of words that were shared while the reading went on."""
    events = Event.objects.filter(about_kind=kind, about_id=pk, details__has_key="checksum").order_by("number")
    return next((event.details["checksum"] for event in events[:1]), None)


def sealed_models() -> list[type[Sealed]]:
    """Every table with sealed words."""
    return [model for model in apps.get_models() if issubclass(model, Sealed)]
