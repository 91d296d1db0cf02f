"""No policy that nobody asks, no command that nobody calls: each promises something that the product would not do."""

from __future__ import annotations

import importlib
from collections import Counter

from safety_partners.core.command import COMMANDS
from safety_partners.core.policy import POLICIES, Policy
from tests.guards.source import app_of, grown, import_everything, modules, name_of, part_of, references, short, tree_of

# The demonstration tells a story with every command; it is no use of one, because nobody else could do it then.
STORY = "demonstration"
# Here and not in a test: what a test lets register itself ends with it.
import_everything()


def used(part: str) -> set[str]:
    """``people.is_lead``: everything of this part of any app that some module reads."""
    found = set()
    for path in modules():
        if STORY not in path.parts:
            found |= {short(dotted, part) for dotted in references(tree_of(path), name_of(path))}
    return found


def policies() -> set[str]:
    """Every policy that has a name, also those combined from others."""
    found = set()
    for path in modules():
        if part_of(path) == "policies":
            for name, value in vars(importlib.import_module(name_of(path))).items():
                if isinstance(value, Policy) and (not value.name or value.name.startswith(name_of(path))):
                    found.add(f"{app_of(path)}.{name}")
    return found


def test_every_policy_is_used():
    found = policies()
    assert len(found) >= 20
    listed = {short(name, "policies") for name in POLICIES if name.startswith("safety_partners.")} - {""}
    assert listed <= found
    assert sorted(found - used("policies")) == []


def test_every_command_is_called():
    ours = {name for name, run in COMMANDS.items() if run.__module__.startswith("safety_partners.")}
    assert len(ours) >= 30
    assert sorted(ours - used("commands")) == []


def test_no_two_commands_of_an_app_have_the_same_name():
    """History would call both the same."""
    defined: Counter[str] = Counter()
    for path in modules():
        if part_of(path) == "commands":
            module = importlib.import_module(name_of(path))
            own = [value for value in vars(module).values() if getattr(value, "__module__", "") == module.__name__]
            defined.update(f"{app_of(path)}.{value.__name__}" for value in own if isinstance(getattr(value, "policy", None), Policy))
    assert set(defined) == {name for name, run in COMMANDS.items() if run.__module__.startswith("safety_partners.")}
    assert [name for name, count in defined.items() if count > 1] == []


def test_the_guard_sees_what_nobody_uses():
    source = (
        "from safety_partners.people import commands, policies as people\n"
        "from safety_partners.insights.commands.acting import agree_action\n"
        "__all__ = ['agree_action']\n"
        "def withdraw(request):\n    sharing.withdraw()\n"
        "page(allow=people.is_lead)\n"
        "partial(commands.members.end)"
    )
    dotted = set(references(grown(source), "safety_partners.home.views"))
    assert {short(name, "policies") for name in dotted} - {""} == {"people.is_lead"}
    assert {short(name, "commands") for name in dotted} - {""} == {"people.end"}
