"""What stands in somebody's calendar: each app says its own, home shows them together and gives them to calendar programs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from safety_partners.core.policy import Sentence

MOST = 500  # of one app, in the time that is looked at: far more than anybody has


@dataclass(frozen=True, slots=True)
class Engagement:
    """One thing with a day, and a time if it has one: what, where, how to take part.

    ``uid`` and ``sequence`` are those of RFC 5545: a calendar program follows the same thing wherever it is moved.
    """

    uid: str
    title: str
    path: str
    on: dt.date
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    place: str = ""
    join_link: str = ""
    words: str = ""
    kind: Sentence = ""
    sequence: int = 0
    is_mine: bool = True
    is_cancelled: bool = False
