"""A meeting in short, for a partner: how long, what to read first, what we would like to know, who sits beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from safety_partners.committees.models import Invitee, Item, Meeting, Paper
from safety_partners.committees.models.papers import lines_of
from safety_partners.committees.queries.agenda import Line
from safety_partners.committees.queries.meetings import MeetingPage

# So much is read on the way; nobody should have to look for what matters in a hundred pages.
FIRST_MINUTES = 10
USUAL_MINUTES = 5  # of a paper of which nobody has said how long it takes


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to partners, and the paper it is about."""

    question: str
    paper: Paper


@dataclass(frozen=True, slots=True)
class Brief:
    """What one screen says."""

    hours: float
    first: Sequence[Paper]
    more: int
    asked: Sequence[Asked]
    beside: Sequence[Invitee]

    @property
    def first_minutes(self) -> int:
        return sum(map(_minutes, self.first))


def brief(meeting: Meeting, whole: MeetingPage, agenda: Iterable[Line]) -> Brief:
    """Made of what the page has asked for already; no query."""
    papers = [(line.item, paper) for line in agenda for paper in line.papers if paper.arrived_at]
    first = _first(papers)
    return Brief(
        hours=(meeting.ends_at - meeting.starts_at).total_seconds() / 3600,
        first=first,
        more=len(papers) - len(first),
        asked=[Asked(question, paper) for _item, paper in papers for question in lines_of(paper.questions)],
        beside=[one for one in whole.invitees if one.kind == Invitee.Kind.PARTNER and one != whole.mine],
    )


def _first(papers: Sequence[tuple[Item, Paper]]) -> list[Paper]:
    """What asks partners something, then what is to be decided, as the agenda goes, until the minutes are used; always one."""
    by_weight = sorted(papers, key=lambda pair: (not pair[1].questions, pair[0].kind != Item.Kind.DECIDE))
    chosen: list[Paper] = []
    for _item, paper in by_weight:
        if not chosen or sum(map(_minutes, chosen)) + _minutes(paper) <= FIRST_MINUTES:
            chosen.append(paper)
    return chosen


def _minutes(paper: Paper) -> int:
    return paper.minutes_to_read or USUAL_MINUTES
