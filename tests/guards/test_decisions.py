"""Every decision has a number of its own and the same four headings, so that a newcomer can read why."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.guards.source import ROOT

FOLDER = ROOT / "docs" / "decisions"
HEADINGS = ["What we faced", "What we decided", "What follows", "What we did not choose"]
NAME = re.compile(r"(\d{4})-[a-z0-9-]+\.md")


def faults(name: str, text: str) -> Iterator[str]:
    """What is wrong with one decision."""
    number = NAME.fullmatch(name)
    if number is None:
        yield f"{name} is not called 0001-like-this.md"
        return
    if not text.startswith(f"# {number[1]}. "):
        yield f"{name} does not begin with its number"
    if (headings := re.findall(r"^## (.+)$", text, re.MULTILINE)) != HEADINGS:
        yield f"{name} has the headings {headings}"
    if any(not part.strip() for part in re.split(r"^## .+$", text, flags=re.MULTILINE)[1:]):
        yield f"{name} says nothing under a heading"


def test_decisions_have_numbers_of_their_own_without_a_gap():
    names = sorted(path.name for path in FOLDER.iterdir())
    assert len(names) >= 3
    assert [name[:4] for name in names] == [f"{number:04}" for number in range(1, len(names) + 1)]


def test_every_decision_has_its_four_headings():
    found = sorted(FOLDER.iterdir())
    assert found
    assert [fault for path in found for fault in faults(path.name, path.read_text())] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("notes.md", "# 0001. Notes"),
        ("0001-a.md", "# 0002. A\n" + "".join(f"## {heading}\nWords\n" for heading in HEADINGS)),
        ("0001-a.md", "# 0001. A\n## What we faced\nWords\n"),
        ("0001-a.md", "# 0001. A\n" + "".join(f"## {heading}\n" for heading in HEADINGS)),
    ],
)
def test_the_guard_sees_what_is_missing(name, text):
    assert list(faults(name, text))
