"""A record's events: written by commands, chained by hash, shown as a timeline, verified by one command."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone

from safety_partners.core.models import Chain, Event, Record
from safety_partners.core.seals import Sealed, is_intact

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer


def kind_of(record: Record | type[Record]) -> str:
    """``insights.insight``: the name of a record's table, as events and search entries keep it."""
    return record._meta.label_lower


def write(viewer: Viewer, verb: str, about: Record, details: Mapping[str, Any], organisation_id: int) -> Event:
    """Add one event to the organisation's chain, inside the transaction that is open.

    The chain's row is locked until that transaction ends, so events stand in one line whoever writes them.
    """
    Chain.objects.get_or_create(organisation_id=organisation_id)
    chain = Chain.objects.select_for_update().get(organisation_id=organisation_id)
    root = about.history_root
    event = Event(
        organisation_id=organisation_id,
        number=chain.length + 1,
        made_at=timezone.now(),
        verb=verb,
        by_membership_id=viewer.membership_id,
        by_roles=" ".join(sorted(viewer.roles)),
        about_kind=kind_of(about),
        about_id=about.pk,
        about_code=about.code,
        root_kind=kind_of(root),
        root_id=root.pk,
        details=dict(details),
        previous_hash=chain.last_hash,
    )
    event.hash = hash_of(event)
    event.save(force_insert=True)
    Chain.objects.filter(organisation_id=organisation_id).update(length=event.number, last_hash=event.hash)
    return event


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
    """Yield a fault for every event that does not follow from the one before, and every seal that is broken."""
    seals: dict[tuple[str, int], str] = {}
    lengths: dict[int, tuple[int, str]] = {}
    for event in Event.objects.order_by("organisation_id", "number").iterator(chunk_size=2000):
        length, last_hash = lengths.get(event.organisation_id, (0, "0" * 64))
        where = f"event {event.number} of organisation {event.organisation_id}"
        if event.number != length + 1:
            yield Fault(where, f"expected number {length + 1}: an event is missing or was added")
        if event.previous_hash != last_hash:
            yield Fault(where, "does not follow from the event before it")
        if event.hash != hash_of(event):
            yield Fault(where, "was changed after it was written")
        lengths[event.organisation_id] = (event.number, event.hash)
        if checksum := event.details.get("checksum"):
            seals.setdefault((event.about_kind, event.about_id), checksum)
    for chain in Chain.objects.order_by("organisation_id"):
        if lengths.get(chain.organisation_id, (0, "0" * 64)) != (chain.length, chain.last_hash):
            yield Fault(f"chain of organisation {chain.organisation_id}", "its last event is missing or was changed")
    yield from _broken_seals(seals)


def _broken_seals(seals: Mapping[tuple[str, int], str]) -> Iterator[Fault]:
    for model in sealed_models():
        kind = model._meta.label_lower
        rows = model._base_manager.exclude(checksum="").values_list("pk", "code", "words", "checksum")
        for pk, code, words, checksum in rows.iterator(chunk_size=2000):
            if not is_intact(words, checksum):
                yield Fault(f"{kind} {code}", "its words do not match their seal")
            if seals.get((kind, pk)) != checksum:
                yield Fault(f"{kind} {code}", "its seal is not the one that was recorded when the words were shared")


def sealed_models() -> list[type[Sealed]]:
    """Every table with sealed words."""
    return [model for model in apps.get_models() if issubclass(model, Sealed)]
