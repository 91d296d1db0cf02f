"""What every question has, and the bound question a template shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext
from markupsafe import Markup

from safety_partners.design import rendering

if TYPE_CHECKING:
    from safety_partners.design.forms import Form

Text = str | Promise
Reveals = Mapping[Any, Sequence[str]]


def first_lower(text: str) -> str:
    """``Full name`` → ``full name``; ``NHS number`` stays."""
    return text[:1].lower() + text[1:] if (len(text) > 1 and text[1].islower()) or len(text) == 1 else text


def first_upper(text: str) -> str:
    """``full name`` → ``Full name``."""
    return text[:1].upper() + text[1:]


class BoundQuestion(forms.BoundField):
    """A question of one form with what was typed and what was wrong; shows itself with ``as_nhs()``."""

    form: Form
    field: Question

    @property
    def component(self) -> str:
        """Which macro of ``design/fields.jinja`` shows it."""
        return self.field.component

    @property
    def error(self) -> str | None:
        """The first message about this question, or None."""
        messages = self.form.errors.get(self.name) if self.form.is_bound else None
        return str(messages[0]) if messages else None

    @property
    def wrong_parts(self) -> Sequence[str]:
        """For a date: which of day, month and year are wrong; empty for all of them."""
        if not self.error:
            return ()
        params = self.form.errors.as_data()[self.name][0].params
        return tuple(params.get("wrong", ())) if isinstance(params, dict) else ()

    @property
    def element_id(self) -> str:
        """The id of its first input."""
        return self.auto_id or self.html_name

    @property
    def error_href(self) -> str:
        """Where the error summary leads: the first input that is wrong."""
        return "#" + self.field.input_id(self.element_id, self.wrong_parts)

    @cached_property
    def shown(self) -> Any:
        """What the input shows: the words as typed, or the initial value; None for nothing."""
        return self.field.show(self.value())

    def options(self) -> list[dict[str, Any]]:
        """The choices, each with the bound questions it reveals under ``questions``."""
        return self.field.options(self)

    def as_nhs(self, **how: Any) -> Markup:
        """The whole form group: label, hint, error, input. ``how`` overrides: size, page_heading, label, hint."""
        return rendering.macro("design/fields.jinja", "field_group")(self, **how)


class Question(forms.Field):
    """A Django field that knows how to ask in plain words.

    ``noun`` is what the messages call the answer ("your full name"); without it the label is used.
    ``reveals`` (choices only) maps a choice to the names of the questions asked when it is chosen.
    """

    component = "input"
    verb = "enter"
    bound_field_class = BoundQuestion
    widget: Any = forms.TextInput
    input_type = "text"

    def __init__(
        self,
        label: Text,
        *,
        hint: Text = "",
        noun: Text = "",
        required_message: Text = "",
        page_heading: bool = False,
        size: str | None = None,
        caption: Text = "",
        width: int | None = None,
        autocomplete: str | None = None,
        inputmode: str | None = None,
        autocapitalize: str | None = None,
        spellcheck: bool | None = None,
        prefix: Text = "",
        suffix: Text = "",
        classes: str | None = None,
        reveals: Reveals | None = None,
        **django: Any,
    ) -> None:
        super().__init__(label=label, help_text=hint, **django)  # type: ignore[arg-type]
        self.hint = hint
        self._noun = noun
        self.required_message = required_message
        self.page_heading = page_heading
        self.size = size or ("l" if page_heading else None)
        self.caption = caption
        self.width = width
        self.autocomplete = autocomplete
        self.inputmode = inputmode
        self.autocapitalize = autocapitalize
        self.spellcheck = spellcheck
        self.prefix = prefix
        self.suffix = suffix
        self.classes = classes
        self.reveals: Reveals = reveals or {}

    @property
    def noun(self) -> str:
        """What messages call the answer, in the middle of a sentence."""
        if self._noun:
            return str(self._noun)
        label = str(self.label).strip()
        return gettext("an answer") if label.endswith("?") else first_lower(label)

    @property
    def noun_first(self) -> str:
        """The same at the start of a sentence."""
        return first_upper(self.noun)

    def required_text(self) -> str:
        """What to do when there is no answer."""
        if self.required_message:
            return str(self.required_message)
        if self.verb == "select":
            return gettext("Select %(noun)s") % {"noun": self.noun}
        return gettext("Enter %(noun)s") % {"noun": self.noun}

    def validate(self, value: Any) -> None:
        """Raise when there is no answer and one is needed."""
        if self.required and value in self.empty_values:
            raise ValidationError(self.required_text(), code="required")

    def nothing(self) -> Any:
        """The cleaned value when the question was not asked (its choice was not chosen)."""
        return None

    def show(self, value: Any) -> Any:
        """What the input shows for this value."""
        return None if value is None or value == "" else str(value)

    def input_id(self, element_id: str, wrong_parts: Sequence[str]) -> str:
        """The id of the input an error leads to."""
        return element_id

    def revive(self, value: Any) -> Any:
        """The clean value again, from what JSON kept of it."""
        return value

    def submitted(self, name: str, value: Any) -> dict[str, Any]:
        """A clean value as a browser would send it."""
        return {} if value is None else {name: str(value)}

    def say(self, value: Any) -> list[str]:
        """A clean value in words: one or more lines; none for no answer."""
        return [] if value is None or value == "" else [str(value)]

    def options(self, bound: BoundQuestion) -> list[dict[str, Any]]:
        """The choices of this question; none here."""
        return []

    def is_chosen(self, choice: Any, data: Any) -> bool:
        """Whether the submitted data of this question holds the choice."""
        return str(data) == str(choice)
