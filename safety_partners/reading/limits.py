"""How much one reading may take, and the clock that every loop looks at."""

from dataclasses import dataclass
from time import monotonic

from safety_partners.reading.refusals import DocumentRefused, Reason

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. Whatever goes past a limit is refused with that limit's own sentence.

    `size` is in bytes as sent; `unpacked` in bytes once a Word file's parts are opened; `seconds` is time on the
    clock; `memory` in bytes binds only where the reading has a process of its own (see `apart`).
    """

    size: int = 25 * MEGABYTE
    pages: int = 500
    words: int = 500_000
    unpacked: int = 150 * MEGABYTE
    seconds: float = 60.0
    memory: int = 1536 * MEGABYTE


class Watch:
    """Stops a reading that takes too long. Loops call `look`, which costs next to nothing."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.until = monotonic() + limits.seconds

    def look(self) -> None:
        """Raise DocumentRefused when the time is up."""
        if monotonic() > self.until:
            raise DocumentRefused(Reason.TOO_SLOW)

    def count_words(self, words: int) -> None:
        """Raise DocumentRefused when a document holds more words than it may."""
        if words > self.limits.words:
            raise DocumentRefused(Reason.TOO_MANY_WORDS, words=self.limits.words)
