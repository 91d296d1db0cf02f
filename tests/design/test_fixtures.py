"""Every case of the official components is compared with our macro, or listed with the reason why not."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from safety_partners.design.rendering import current_environment
from tests.design.official import content, questions
from tests.design.official.normal import normal
from tests.design.official.reading import Given, Unsupported, called
from tests.design.official.unsupported import LEFT_OUT, NOT_OURS

COMPONENTS = Path(__file__).resolve().parents[2] / "node_modules" / "nhsuk-frontend" / "dist" / "nhsuk" / "components"
ADAPTERS = {
    name.replace("_", "-"): function
    for module in (content, questions)
    for name, function in vars(module).items()
    if callable(function) and getattr(function, "__module__", "") == module.__name__ and not name.startswith("_") and name != "body"
}
ADAPTERS["tables"] = ADAPTERS.pop("table")


def official() -> dict[str, list[dict]]:
    """The cases of each component; where two have the same name, the second is called "name #2"."""
    found: dict[str, list[dict]] = {}
    for path in sorted(COMPONENTS.glob("*/fixtures.json")):
        seen: Counter[str] = Counter()
        found[path.parent.name] = []
        for case in json.loads(path.read_text(encoding="utf-8"))["fixtures"]:
            seen[case["name"]] += 1
            name = case["name"] if seen[case["name"]] == 1 else f"{case['name']} #{seen[case['name']]}"
            found[path.parent.name].append({**case, "name": name})
    return found


CASES = [(component, case) for component, cases in official().items() for case in cases]


def render(component: str, case: dict) -> str:
    """Our HTML for an official case. Raises Unsupported."""
    ours = current_environment().get_template("design/components.jinja").module
    given = Given(case["context"])
    inside = called(component, case)
    if inside:
        given.values["caller"] = inside
    html = ADAPTERS[component](ours, given)
    given.done()
    return html


def test_the_official_cases_are_there():
    assert len(CASES) > 900, "node_modules/nhsuk-frontend is missing: run ./run test, or npm ci"


def test_every_component_is_ours_or_left_out_with_a_reason():
    assert set(official()) == set(ADAPTERS) | set(NOT_OURS)
    assert not set(ADAPTERS) & set(NOT_OURS)


def test_nothing_is_left_out_that_does_not_exist():
    names = {component: {case["name"] for case in cases} for component, cases in official().items()}
    assert {(component, name) for component, cases in LEFT_OUT.items() for name in cases if name not in names[component]} == set()


COMPARED = [(component, case) for component, case in CASES if component not in NOT_OURS and case["name"] not in LEFT_OUT.get(component, {})]


@pytest.mark.parametrize(
    ("component", "case"), [pytest.param(component, case, id=f"{component}-{case['name']}") for component, case in COMPARED]
)
def test_our_macro_writes_what_the_official_component_writes(component, case):
    assert normal(render(component, case)) == normal(case["html"])


def test_most_cases_are_compared():
    assert len(COMPARED) > 710


def test_nothing_is_left_out_that_is_the_same():
    """A line of the table that is no longer true must go."""
    different = set()
    for component, case in CASES:
        if case["name"] in LEFT_OUT.get(component, {}) and not _is_same(component, case):
            different.add((component, case["name"]))
    assert {(component, name) for component, cases in LEFT_OUT.items() for name in cases} == different


def _is_same(component, case) -> bool:
    try:
        return normal(render(component, case)) == normal(case["html"])
    except Unsupported:
        return False
