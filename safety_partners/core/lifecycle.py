"""A status has a table of moves; a move is one conditional UPDATE.

If no row changed, someone was first: :class:`Overtaken` says so, and the page keeps what was typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from safety_partners.core.policy import Sentence


class NotPossible(Exception):  # noqa: N818 - named as people say it
    """A rule of the product stands against this; ``sentence`` says what to do, ``field`` where it was asked."""

    def __init__(self, sentence: Sentence, field: str | None = None) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.field = field


class Overtaken(NotPossible):
    """Somebody else moved the record first."""

    def __init__(self, sentence: Sentence | None = None) -> None:
        super().__init__(
            sentence
            or _("Someone else changed this while you were on the page. Look at what changed, then decide if you still want to send yours.")
        )


@dataclass(frozen=True, slots=True)
class Move:
    """From any of ``sources`` to ``target``."""

    sources: tuple[str, ...]
    target: str


class Lifecycle:
    """The moves of one model's status field. The model also has ``turn``, counting the moves made so far."""

    def __init__(self, moves: Mapping[str, tuple[str | Iterable[str], str]], *, field: str = "status") -> None:
        self.field = field
        self.moves = {
            name: Move((str(sources),) if isinstance(sources, str) else tuple(map(str, sources)), str(target))
            for name, (sources, target) in moves.items()
        }

    def may(self, record: models.Model, name: str) -> bool:
        """Say whether the record, as loaded, stands where this move can start."""
        return getattr(record, self.field) in self.moves[name].sources

    def move(self, record: models.Model, name: str, /, *, turn: int | None = None, **also: Any) -> None:
        """Make the move in one UPDATE, setting the fields of ``also`` with it.

        ``turn`` is the number of moves the person had seen when they began to type; any later move overtakes them.
        Raises :class:`Overtaken` when the row no longer stands where the move starts.
        """
        move = self.moves[name]
        rows = type(record)._base_manager.filter(**{"pk": record.pk, f"{self.field}__in": move.sources})
        if turn is not None:
            rows = rows.filter(turn=turn)
        # Together, so that the turn read is the one this move made and not that of somebody quicker still.
        with transaction.atomic(savepoint=False):
            was_first = rows.update(**{self.field: move.target, "turn": F("turn") + 1}, **also)
            if was_first:
                record.refresh_from_db(fields=["turn"])
        if not was_first:
            raise Overtaken
        setattr(record, self.field, move.target)
        for field, value in also.items():
            setattr(record, field, value)
