"""Pages of the programme: its set-up, the plan, its words, roles and task profiles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.world.example import Example, one_of
from tests.world.place import Place

NO_DRAFT = "nothing is being written"


def _purpose(purpose: str) -> Callable[[Place], dict[str, Any]]:
    return lambda _place: {"purpose": purpose}


def _version(record: str, number: int) -> Callable[[Place], dict[str, Any]]:
    return lambda place: {"code": place[record].code, "number": number}


SET_UP = [
    Example(page="partners:set-up"),
    Example(page="partners:people-responsible"),
    Example(page="partners:policy"),
    Example(page="partners:lengths"),
    Example(page="partners:wordings"),
    Example(page="partners:wording", where=_purpose("welcome"), is_public=True),
    Example(page="partners:wording", where=_purpose("not-now"), is_public=True),
    Example(page="partners:wording", where=_purpose("nothing"), is_public=True, says=404, because="there is no such letter"),
    Example(page="partners:wording-change", where=_purpose("welcome"), is_public=True),
    Example(page="partners:plan"),
    Example(page="partners:plan-item-new"),
    *one_of("partners:plan-item", "plan item", "closed plan item"),
    Example(page="partners:plan-item-move", record="plan item"),
]
ROLES = [
    Example(page="partners:roles"),
    Example(page="partners:role-new"),
    *one_of("partners:role", "role", "unused role", "stopped role"),
    *one_of("partners:role-write", "role", "stopped role"),
    Example(page="partners:role-name", record="role"),
    Example(page="partners:role-use", record="role"),
    Example(page="partners:role-use", record="stopped role", says=409, because=NO_DRAFT),
    Example(page="partners:role-stop", record="role"),
    Example(page="partners:role-stop", record="unused role", says=409, because="it is not in use"),
    Example(page="partners:role-version", record="role", where=_version("role", 1)),
    Example(page="partners:role-version", record="role", where=_version("role", 2)),
    Example(page="partners:role-version", record="role draft", where=_version("role", 3)),
    Example(page="partners:role-version", record="role", where=_version("role", 9), says=404, because="there is no such version"),
]
TASKS = [
    Example(page="partners:tasks"),
    Example(page="partners:task-new"),
    *one_of("partners:task", "task", "panel task", "unused task"),
    *one_of("partners:task-write", "task", "panel task"),
    Example(page="partners:task-name", record="task"),
    Example(page="partners:task-use", record="task"),
    Example(page="partners:task-use", record="panel task", says=409, because=NO_DRAFT),
    Example(page="partners:task-stop", record="task"),
    Example(page="partners:task-stop", record="unused task", says=409, because="it is not in use"),
    Example(page="partners:task-version", record="task", where=_version("task", 1)),
]
EXAMPLES = [*SET_UP, *ROLES, *TASKS]
