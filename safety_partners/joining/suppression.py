"""Which counts of people may be shown, so that nothing can be worked out about one of them.

Four rules, on numbers that no longer change (an advert's answers are counted until it closes for the first time):

* a count below five is hidden, nought too;
* what is hidden in one question must be five people or more together, or the next smallest count is hidden with it: who
  knows how many people there were cannot work out the rest;
* a total is shown only where every part is;
* a count over all adverts is shown only while what is hidden in it could lie anywhere: at least three hidden counts,
  five people or more in all, and each of them could still be anything from 0 to 4. Adverts are taken in the order in which
  they closed, so that looking again after the next one closed tells no more than its own counts do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

LEAST = 5
FEWEST_TOGETHER = 3

Counts = Mapping[str, int]
Shown = dict[str, int | None]


def safe(counts: Counts) -> Shown:
    """The counts of one question for one advert; None for what is hidden."""
    shown: Shown = {answer: count if count >= LEAST else None for answer, count in counts.items()}
    while _needs_company(counts, shown):
        smallest = min((answer for answer, count in shown.items() if count is not None), key=lambda answer: (counts[answer], answer))
        shown[smallest] = None
    return shown


def _needs_company(counts: Counts, shown: Shown) -> bool:
    hidden = [counts[answer] for answer, count in shown.items() if count is None]
    return bool(hidden) and len(hidden) < len(shown) and sum(hidden) < LEAST


def safe_sums(columns: Sequence[Counts]) -> Shown:
    """The counts of one question over adverts in the order in which they closed; None for what is hidden."""
    sums = dict.fromkeys(columns[0] if columns else (), 0)
    waiting: dict[str, list[int]] = {answer: [] for answer in sums}
    for counts in columns:
        for answer, count in safe(counts).items():
            if count is None:
                waiting[answer].append(counts[answer])
            else:
                sums[answer] += count
        for answer in _may_join(waiting):
            sums[answer] += sum(waiting[answer])
            waiting[answer] = []
    return {answer: None if waiting[answer] or not columns else total for answer, total in sums.items()}


def _may_join(waiting: Mapping[str, Sequence[int]]) -> list[str]:
    """The answers whose hidden counts may be added to the sum now; what stays behind must be nothing, or five people or more."""
    joining = sorted((answer for answer, hidden in waiting.items() if _is_vague(hidden)), key=lambda answer: (sum(waiting[answer]), answer))
    while joining:
        left = [count for answer, hidden in waiting.items() if answer not in joining for count in hidden]
        if not left or sum(left) >= LEAST:
            break
        joining.pop(0)
    return joining


def _is_vague(hidden: Sequence[int]) -> bool:
    """Say whether each of these counts could still be anything from 0 to 4 for somebody who knows their sum."""
    return len(hidden) >= FEWEST_TOGETHER and LEAST <= sum(hidden) <= (LEAST - 1) * (len(hidden) - 1)


def total(shown: Shown) -> int | None:
    """The total of a question, only where every part of it is shown."""
    parts = list(shown.values())
    return None if not parts or None in parts else sum(part for part in parts if part is not None)
