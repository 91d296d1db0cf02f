"""What waits for somebody: each app says its own, home shows them together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from safety_partners.core.policy import Sentence


@dataclass(frozen=True, slots=True)
class Duty:
    """Something a person is asked to do: what, about what, where, and by when if there is a day."""

    sentence: Sentence
    title: str
    path: str
    due_on: dt.date | None = None
    is_late: bool = False


class Duties(list[Duty]):
    """The duties that have waited longest; ``has_more`` says that there are others."""

    has_more: bool = False
