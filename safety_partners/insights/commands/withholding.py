"""Keeping an insight from somebody who has an interest in what it is about, and giving it back."""

from __future__ import annotations

from collections.abc import Iterable

from safety_partners.insights.models import Insight, Withheld
from safety_partners.people.models import Membership


def withhold(insights: Iterable[Insight], people: Iterable[Membership]) -> None:
    """Show these insights to these people no more, except their own words. Call inside a command."""
    people = list(people)
    rows = [Withheld(insight=insight, membership=person) for insight in insights for person in people]
    Withheld.objects.bulk_create(rows, ignore_conflicts=True)


def show_again(insights: Iterable[Insight], person: Membership) -> None:
    """Somebody who had stepped back takes part again. Call inside a command."""
    Withheld.objects.filter(insight__in=list(insights), membership=person).delete()
