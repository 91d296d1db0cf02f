"""Once a year: who is in the group beside who is registered with the practice; numbers, and never a single person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.partners.commands.rules import demand_words
from safety_partners.people.policies import is_system
from safety_partners.ppg import policies
from safety_partners.ppg.commands.rules import demand_gone_by
from safety_partners.ppg.commands.telling import keepers_of, tell
from safety_partners.ppg.models import Group, YearlyReview

# Fewer people than this could be told apart by who knows them.
FEWEST = 5
Count = tuple[str, str, int, int]


@command(allow=policies.may_work_with, details=("year", "done_on"))
def record_review(
    viewer: Viewer,
    group: Group,
    /,
    *,
    year: int,
    done_on: dt.date,
    method: str,
    counts: Iterable[Count],
    found: str,
    plan: str = "",
) -> YearlyReview:
    """Keep the review of a financial year; recorded again, it takes the place of what was there.

    ``counts`` are rows of a question, an answer, how many of the group and how many of the practice. Numbers under five
    are not kept; where that leaves one number that could be worked out from the others, the next smallest goes too.
    """
    demand_words(method, _("Say how you counted."), field="method")
    demand_words(found, _("Say what you found."), field="found")
    demand_gone_by(done_on, "done_on")
    if not 2013 <= year <= done_on.year:
        raise NotPossible(_("Choose the year that the review is about."), field="year")
    about = {"done_on": done_on, "method": method, "counts": hidden(counts), "found": found, "plan": plan, "by_id": viewer.membership_id}
    review, _is_new = YearlyReview.objects.update_or_create(group=group, year=year, defaults=about)
    return review


def hidden(counts: Iterable[Count]) -> list[list[str | int | None]]:
    """The rows with the numbers that may not be kept taken out."""
    rows: list[list[str | int | None]] = [list(row) for row in counts]
    for question in dict.fromkeys(row[0] for row in rows):
        for column in (2, 3):
            _hide([row for row in rows if row[0] == question], column)
    return rows


def _hide(rows: list[list[str | int | None]], column: int) -> None:
    small = [row for row in rows if _number(row, column) < FEWEST]
    rest = sorted((row for row in rows if row not in small), key=lambda row: _number(row, column))
    # One that is left out alone is the sum less the others.
    for row in small + (rest[:1] if len(small) == 1 else []):
        row[column] = None


def _number(row: list[str | int | None], column: int) -> int:
    value = row[column]
    return value if isinstance(value, int) else 0


@command(allow=is_system)
def remind_of_review(viewer: Viewer, group: Group, /, *, year: int) -> Group:
    """Remind whoever looks after the group that the year ends without its review, once a year."""
    rows = Group.objects.filter(Q(review_told_for__isnull=True) | ~Q(review_told_for=year), pk=group.pk)
    if YearlyReview.objects.filter(group=group, year=year).exists() or not rows.update(review_told_for=year):
        raise Overtaken
    group.review_told_for = year
    tell(viewer, keepers_of(group), "ppg/review_reminder", group)
    return group
