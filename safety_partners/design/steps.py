"""One question a page: named steps, answers in a plain dict, and the page where they are checked before they are sent."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from markupsafe import Markup

from safety_partners.design import rendering
from safety_partners.design.fields import BoundQuestion, Question
from safety_partners.design.forms import Form

Answers = Mapping[str, Mapping[str, Any]]


class Incomplete(Exception):  # noqa: N818 - a state, not a mistake
    """A step has no right answer yet; ``step`` is its name."""

    def __init__(self, step: str) -> None:
        super().__init__(f"The step {step!r} is not answered")
        self.step = step


@dataclass(frozen=True, slots=True)
class Step:
    """A page of the sequence: its name in the address, its form, its title, and when it is asked at all.

    ``form`` is a form class, or a function that makes the form (``partial(RoleForm, roles=…)``).
    """

    name: str
    form: Callable[..., Form]
    title: str | Promise
    when: Callable[[Answers], bool] | None = None

    def is_asked(self, answers: Answers) -> bool:
        """Whether the answers so far lead to this step."""
        return self.when is None or self.when(answers)


class Steps:
    """Steps in their order. What it is given it never changes; what it returns may be kept as JSON."""

    def __init__(self, *steps: Step) -> None:
        self._steps = steps
        if len({step.name for step in steps}) != len(steps):
            raise ValueError("Two steps have the same name")

    def asked(self, answers: Answers) -> Iterator[Step]:
        """The steps these answers lead to."""
        return (step for step in self._steps if step.is_asked(answers))

    def get(self, name: str, answers: Answers) -> Step:
        """The step of that name. Raises KeyError when there is none or the answers do not lead to it."""
        for step in self.asked(answers):
            if step.name == name:
                return step
        raise KeyError(name)

    def first(self, answers: Answers) -> Step:
        """The first step."""
        return next(self.asked(answers))

    def next_open(self, answers: Answers) -> Step | None:
        """The first step without a right answer, or None when all are answered."""
        return next((step for step in self.asked(answers) if not self.is_answered(step, answers)), None)

    def after(self, name: str, answers: Answers) -> Step | None:
        """The step after this one, or None at the end. Raises KeyError for a step that is not asked."""
        return self._neighbour(name, answers, 1)

    def before(self, name: str, answers: Answers) -> Step | None:
        """The step before this one, or None at the start. Raises KeyError for a step that is not asked."""
        return self._neighbour(name, answers, -1)

    def form(self, name: str, answers: Answers, data: Any = None, files: Any = None, **more: Any) -> Form:
        """The step's form, showing what was answered before. Raises KeyError for a step that is not asked."""
        step = self.get(name, answers)
        return step.form(data, files, initial=_initial(step, answers), **more)

    def save(self, form: Form, name: str, answers: Answers) -> dict[str, dict[str, Any]]:
        """The answers with this step's, from its valid form. Raises KeyError for a step that is not asked."""
        self.get(name, answers)
        kept = {key: plain(value) for key, value in form.cleaned_data.items()}
        return {**{step: dict(held) for step, held in answers.items()}, name: kept}

    def is_complete(self, answers: Answers) -> bool:
        """Whether every step asked has a right answer."""
        return self.next_open(answers) is None

    def cleaned(self, answers: Answers) -> dict[str, Any]:
        """Every answer as its form cleans it, for the command. Raises Incomplete, naming the first open step."""
        result: dict[str, Any] = {}
        for step in self.asked(answers):
            form = _answered_form(step, answers)
            if form is None or not form.is_valid():
                raise Incomplete(step.name)
            result.update(form.cleaned_data)
        return result

    def check_rows(self, answers: Answers, address: Callable[[Step], str]) -> list[dict[str, Any]]:
        """Rows for ``summary_list``: each question asked, its answer in words, and a link to change it."""
        link = rendering.macro("design/components.jinja", "link")
        rows: list[dict[str, Any]] = []
        for step in self.asked(answers):
            form = _answered_form(step, answers)
            if form is None:
                continue
            href = address(step)
            for bound in form:
                if isinstance(bound, BoundQuestion) and not bound.is_hidden and form.is_asked(bound.name):
                    label = str(bound.field.label)
                    change = link(gettext("Change"), href, hidden=label)
                    rows.append({"key": label, "value": answer_in_words(bound), "actions": [change]})
        return rows

    def _neighbour(self, name: str, answers: Answers, distance: int) -> Step | None:
        names = list(self.asked(answers))
        place = names.index(self.get(name, answers)) + distance
        return names[place] if 0 <= place < len(names) else None

    @staticmethod
    def is_answered(step: Step, answers: Answers) -> bool:
        """Whether a step has a right answer."""
        form = _answered_form(step, answers)
        return form is not None and form.is_valid()


def plain(value: Any) -> Any:
    """A clean value as JSON can keep it. Raises TypeError for what it cannot, such as a file."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal | uuid.UUID):
        return str(value)
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    raise TypeError(f"A step cannot keep {type(value).__name__}; keep it where files are kept, and its code here")


def _initial(step: Step, answers: Answers) -> dict[str, Any]:
    """The clean values that were kept for a step."""
    held = answers.get(step.name)
    if not held:
        return {}
    return {name: field.revive(held[name]) for name, field in step.form().fields.items() if isinstance(field, Question) and name in held}


def _answered_form(step: Step, answers: Answers) -> Form | None:
    """The step's form filled in with what was kept, or None when the step was never answered."""
    if step.name not in answers:
        return None
    data: dict[str, Any] = {}
    fields = step.form().fields
    for name, value in _initial(step, answers).items():
        field = fields[name]
        if isinstance(field, Question):
            data.update(field.submitted(name, value))
    return step.form(_Data(data))


class _Data(dict[str, Any]):
    """Submitted data made from kept answers; a widget may ask for a list."""

    def getlist(self, name: str) -> list[Any]:
        value = self.get(name, [])
        return list(value) if isinstance(value, list | tuple) else [value]


def answer_in_words(bound: BoundQuestion) -> str | Markup:
    """The answer as a check page shows it: the words of the choice, the date in full, every line as written."""
    show = rendering.macro("design/fields.jinja", "answer")
    return show(bound)
