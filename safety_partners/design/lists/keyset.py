"""Pages that start after a row instead of counting rows: the same cost on the first page and the thousandth."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core import signing
from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db.models import Field, Model, Q


@dataclass(frozen=True, slots=True)
class Order:
    """An ordering such as ``("-shared_at", "id")``. The last key is unique, and no key may be empty (null)."""

    keys: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.keys or len({key.lstrip("-") for key in self.keys}) != len(self.keys):
            raise ImproperlyConfigured(f"An ordering needs keys, each once: {self.keys!r}")

    @property
    def names(self) -> tuple[str, ...]:
        """The fields, without their directions."""
        return tuple(key.lstrip("-") for key in self.keys)

    def reversed(self) -> Order:
        """The same keys, each the other way."""
        return Order(tuple(key[1:] if key.startswith("-") else f"-{key}" for key in self.keys))

    def after(self, values: Sequence[Any]) -> Q:
        """The rows that come after the row with these values: ``k1 >= v1 and (k1 > v1 or (k1 = v1 and k2 > v2 …))``.

        The first half says nothing new: it lets the database walk its index from the right place.
        """
        pairs = list(zip(self.keys, values, strict=True))
        where = Q()
        for place, (key, value) in enumerate(pairs):
            same = {name.lstrip("-"): held for name, held in pairs[:place]}
            where |= Q(**same, **{f"{key.lstrip('-')}__{'lt' if key.startswith('-') else 'gt'}": value})
        first, value = pairs[0]
        if len(pairs) == 1:
            return where
        return Q(**{f"{first.lstrip('-')}__{'lte' if first.startswith('-') else 'gte'}": value}) & where

    def check(self, model: type[Model], annotations: Sequence[str] = ()) -> None:
        """Raise ImproperlyConfigured when a key may be null or the last one is not unique."""
        for name in self.names:
            if name in annotations:
                continue
            for field in _path(model, name):
                if field.null:
                    raise ImproperlyConfigured(f"{model.__name__} may not be sorted by {name}: {field.name} may be empty")
        last = self.names[-1]
        field = _path(model, last)[-1]
        if "__" in last or not (field.unique or field.primary_key):
            raise ImproperlyConfigured(f"The last sort key of {model.__name__} must be unique: {last}")


def _path(model: type[Model], name: str) -> list[Field[Any, Any]]:
    fields: list[Field[Any, Any]] = []
    place: Any = model
    for part in name.split("__"):
        try:
            field = place._meta.pk if part == "pk" else place._meta.get_field(part)
        except FieldDoesNotExist as missing:
            raise ImproperlyConfigured(f"{model.__name__} has no field {name} to sort by") from missing
        fields.append(field)
        place = field.related_model if field.is_relation else None
    return fields


_WRITE: dict[type, tuple[str, Any]] = {
    bool: ("b", int),
    int: ("i", str),
    str: ("s", str),
    dt.datetime: ("t", dt.datetime.isoformat),
    dt.date: ("d", dt.date.isoformat),
    dt.time: ("c", dt.time.isoformat),
    Decimal: ("n", str),
    uuid.UUID: ("u", str),
}
_READ: dict[str, Any] = {
    "b": lambda text: bool(int(text)),
    "i": int,
    "s": str,
    "t": dt.datetime.fromisoformat,
    "d": dt.date.fromisoformat,
    "c": dt.time.fromisoformat,
    "n": Decimal,
    "u": uuid.UUID,
}


def write_token(values: Sequence[Any], salt: str) -> str:
    """A signed word for a place in a list. Raises TypeError for a value no list can be sorted by, such as None."""
    parts = []
    for value in values:
        for kind, (letter, write) in _WRITE.items():
            if isinstance(value, kind):
                parts.append(f"{letter}{write(value)}")
                break
        else:
            raise TypeError(f"A list may not be sorted by {value!r}")
    return signing.Signer(salt=salt).sign_object(parts)


def read_token(token: str, salt: str, keys: int) -> list[Any] | None:
    """The values of a place, or None when the token is not ours, not of this list, or not of this order."""
    try:
        parts = signing.Signer(salt=salt).unsign_object(token)
        values = [_READ[part[0]](part[1:]) for part in parts]
    except (signing.BadSignature, ValueError, KeyError, TypeError, IndexError, ArithmeticError, AttributeError):
        return None
    return values if len(values) == keys else None
