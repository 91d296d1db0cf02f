"""Counts of answers to the equality questions, as far as they may be shown."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from safety_partners.core.viewer import Viewer
from safety_partners.joining import equality, suppression
from safety_partners.joining.models import Advert, EqualityCount

# So many adverts have a column of their own; all count in the sums.
MOST = 6


@dataclass(frozen=True, slots=True)
class Table:
    """One question: a row for each answer, a figure for each of the newest adverts and for all together; None is hidden."""

    question: equality.EqualityQuestion
    rows: list[tuple[str, list[int | None]]]
    totals: list[int | None]


@dataclass(frozen=True, slots=True)
class Counts:
    """The adverts that have columns, newest last, and a table for each question."""

    adverts: list[Advert]
    tables: list[Table]


def counts(viewer: Viewer) -> Counts:
    """What may be shown of adverts that have ended, in the order in which they did."""
    adverts = list(Advert.objects.visible_to(viewer).exclude(counted_until=None).order_by("counted_until", "id"))
    found: dict[tuple[int, str], dict[str, int]] = defaultdict(dict)
    kept = EqualityCount.objects.visible_to(viewer).filter(advert__counted_until__isnull=False)
    for advert_id, question, answer, count in kept.values_list("advert_id", "question", "answer", "count"):
        found[advert_id, question][answer] = count
    return Counts(adverts[-MOST:], [_table(question, adverts, found) for question in equality.QUESTIONS] if adverts else [])


def _table(question: equality.EqualityQuestion, adverts: list[Advert], found: dict[tuple[int, str], dict[str, int]]) -> Table:
    columns = [{answer: found[advert.pk, question.name].get(answer, 0) for answer, _words in question.answers} for advert in adverts]
    shown = [*(suppression.safe(column) for column in columns[-MOST:]), suppression.safe_sums(columns)]
    rows = [(str(words), [column[answer] for column in shown]) for answer, words in question.answers]
    return Table(question, rows, [suppression.total(column) for column in shown])
