"""Questions answered by choosing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from safety_partners.design.fields.base import BoundQuestion, Question, Reveals, Text

CHOOSE, YES, NO = gettext_lazy("Choose"), gettext_lazy("Yes"), gettext_lazy("No")


class ChoiceField(Question, forms.ChoiceField):
    """One answer of several, as radios or (``select=True``, for long lists) a select.

    ``hints`` adds a line under a choice, ``dividers`` a word ("or") before one, ``reveals`` questions under one.
    """

    component = "radios"
    verb = "select"
    widget: Any = forms.Select

    def __init__(
        self,
        label: Text,
        *,
        choices: Any = (),
        select: bool = False,
        inline: bool = False,
        small: bool = False,
        empty_text: Text = CHOOSE,
        hints: Mapping[Any, Text] | None = None,
        dividers: Mapping[Any, Text] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(label, choices=choices, **more)
        self.component = "select" if select else "radios"
        self.inline = inline
        self.small = small
        self.empty_text = empty_text
        self.hints = {str(value): text for value, text in (hints or {}).items()}
        self.dividers = {str(value): text for value, text in (dividers or {}).items()}

    def validate(self, value: str) -> None:
        Question.validate(self, value)
        if value and not self.valid_value(value):
            raise ValidationError(gettext("Select %(noun)s from the list") % {"noun": self.noun}, code="invalid_choice")

    def nothing(self) -> str:
        return ""

    def flat_choices(self) -> list[tuple[str, Text]]:
        """Value and words of each choice, without the empty one."""
        pairs: list[tuple[str, Text]] = []
        choices: Any = self.choices
        for value, words in choices:
            if isinstance(words, list | tuple):
                pairs.extend((str(inner), text) for inner, text in words)
            elif value not in (None, ""):
                pairs.append((str(value), words))
        return pairs

    def chosen(self, bound: BoundQuestion) -> list[str]:
        """The values to show as chosen."""
        value = bound.value()
        return [] if value is None else [str(getattr(value, "value", value))]

    def options(self, bound: BoundQuestion) -> list[dict[str, Any]]:
        chosen = self.chosen(bound)
        revealed = {str(choice): names for choice, names in self.reveals.items()}
        rows: list[dict[str, Any]] = []
        for value, words in self.flat_choices():
            if value in self.dividers:
                rows.append({"divider": self.dividers[value]})
            rows.append(
                {
                    "value": value,
                    "text": words,
                    "hint": self.hints.get(value),
                    "checked": value in chosen,
                    "exclusive": self.is_exclusive(value),
                    "questions": [bound.form[name] for name in revealed.get(value, ())],
                }
            )
        return rows

    def say(self, value: Any) -> list[str]:
        words = dict(self.flat_choices())
        return [str(words.get(str(value), value))] if value not in (None, "") else []

    def is_exclusive(self, value: str) -> bool:
        """Whether choosing it unticks the others; never for one answer of several."""
        return False

    def show(self, value: Any) -> Any:
        return getattr(value, "value", value)


class YesNoField(ChoiceField):
    """Yes or no; the answer is True, False, or None when it may be left out. ``reveals={"yes": […]}``."""

    def __init__(self, label: Text, *, yes: Text = YES, no: Text = NO, **more: Any) -> None:
        super().__init__(label, choices=[("yes", yes), ("no", no)], **{"inline": not more.get("reveals"), **more})

    def required_text(self) -> str:
        if self.required_message or self._noun:
            return super().required_text()
        return gettext("Select yes or no")

    def clean(self, value: Any) -> bool | None:
        return {"yes": True, "no": False}.get(super().clean(value))

    def nothing(self) -> None:  # type: ignore[override]
        return None

    def submitted(self, name: str, value: Any) -> dict[str, Any]:
        return {} if value is None else {name: "yes" if value else "no"}

    def say(self, value: Any) -> list[str]:
        return [] if value is None else super().say("yes" if value else "no")

    def chosen(self, bound: BoundQuestion) -> list[str]:
        value = bound.value()
        return [{True: "yes", False: "no"}.get(value, str(value))]


class MultipleChoiceField(ChoiceField, forms.MultipleChoiceField):
    """Any number of answers, as checkboxes. ``exclusive`` names a choice such as "none of these"."""

    component = "checkboxes"
    widget = forms.CheckboxSelectMultiple

    def __init__(self, label: Text, *, exclusive: Collection[Any] = (), **more: Any) -> None:
        super().__init__(label, **more)
        self.component = "checkboxes"
        self.exclusive = {str(value) for value in exclusive}

    def is_exclusive(self, value: str) -> bool:
        return value in self.exclusive

    def to_python(self, value: Any) -> list[str]:
        values = value if isinstance(value, list | tuple) else [value] if value else []
        return list(dict.fromkeys(str(one) for one in values))

    def validate(self, value: Sequence[str]) -> None:
        Question.validate(self, value)
        for one in value:
            if not self.valid_value(one):
                message = gettext("Select %(noun)s from the list") % {"noun": self.noun}
                raise ValidationError(message, code="invalid_choice")
        alone = self.exclusive.intersection(value)
        if alone and len(value) > 1:
            words = dict(self.flat_choices())
            said = {"noun": self.noun, "alone": words.get(min(alone), "")}
            raise ValidationError(gettext("Select %(noun)s, or select “%(alone)s”") % said, code="exclusive")

    def nothing(self) -> list[str]:  # type: ignore[override]
        return []

    def chosen(self, bound: BoundQuestion) -> list[str]:
        return [str(getattr(one, "value", one)) for one in bound.value() or ()]

    def submitted(self, name: str, value: Any) -> dict[str, Any]:
        return {name: list(value or ())}

    def say(self, value: Any) -> list[str]:
        words = dict(self.flat_choices())
        return [str(words.get(str(one), one)) for one in value or ()]

    def is_chosen(self, choice: Any, data: Any) -> bool:
        return str(choice) in [str(one) for one in data or ()]


class BooleanField(Question, forms.BooleanField):
    """One box to tick. The label is beside the box; ``legend`` is a question above it, if one is needed.

    ``required=True`` (Django's default) means it must be ticked: say so in ``required_message``.
    """

    component = "checkbox"
    verb = "select"
    widget = forms.CheckboxInput

    def __init__(self, label: Text, *, legend: Text = "", reveals: Reveals | None = None, **more: Any) -> None:
        super().__init__(label, reveals=reveals, **more)
        self.legend = legend

    def validate(self, value: bool) -> None:
        if self.required and not value:
            message = self.required_message or gettext("Tick the box to go on")
            raise ValidationError(str(message), code="required")

    def nothing(self) -> bool:
        return False

    def options(self, bound: BoundQuestion) -> list[dict[str, Any]]:
        names = next(iter(self.reveals.values()), ())
        return [
            {
                "value": "on",
                "text": self.label,
                "hint": self.hint or None,
                "checked": bool(bound.value()) and bound.value() not in ("False", "false"),
                "exclusive": False,
                "questions": [bound.form[name] for name in names],
            }
        ]

    def is_chosen(self, choice: Any, data: Any) -> bool:
        return bool(data)

    def show(self, value: Any) -> bool:
        return bool(value)

    def submitted(self, name: str, value: Any) -> dict[str, Any]:
        return {name: "on"} if value else {}

    def say(self, value: Any) -> list[str]:
        return [gettext("Yes") if value else gettext("No")]
