"""The base of every form: words and shape. A form saves nothing and knows no request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from safety_partners.design.fields import BoundQuestion, Question


class Form(forms.Form):
    """A form whose questions show themselves, and whose revealed questions are asked only when their choice is chosen."""

    use_required_attribute = False
    bound_field_class = BoundQuestion

    def revealed_by(self) -> Mapping[str, tuple[str, Any]]:
        """Each revealed question with the question and the choice that reveal it."""
        return {
            name: (parent, choice)
            for parent, field in self.fields.items()
            for choice, names in getattr(field, "reveals", {}).items()
            for name in names
        }

    def is_asked(self, name: str) -> bool:
        """Whether the question is asked, given the choices that were submitted."""
        rule = self.revealed_by().get(name)
        if rule is None:
            return True
        parent, choice = rule
        field = self.fields[parent]
        chosen = isinstance(field, Question) and field.is_chosen(choice, self[parent].data)
        return chosen and self.is_asked(parent)

    def questions(self) -> Iterator[BoundQuestion]:
        """The questions at the top of the page: neither hidden nor revealed by another."""
        revealed = self.revealed_by()
        for bound in self:
            if not bound.is_hidden and bound.name not in revealed:
                yield bound  # type: ignore[misc]

    def error_summary_items(self) -> list[tuple[str, str | None]]:
        """Each message with the address of the first wrong input, in the order of the page; one for each question."""
        if not self.is_bound or not self.errors:
            return []
        items: list[tuple[str, str | None]] = [(str(message), None) for message in self.non_field_errors()]
        for bound in self:
            if bound.name in self.errors:
                href = None if bound.is_hidden or not isinstance(bound, BoundQuestion) else bound.error_href
                items.append((str(self.errors[bound.name][0]), href))
        return items

    def _clean_fields(self) -> None:
        """Leave out what was not asked: its answer is the empty one, and what was typed there is not judged."""
        left_out = [name for name in self.revealed_by() if name in self.fields and not self.is_asked(name)]
        for name in left_out:
            field = self.fields[name]
            self.cleaned_data[name] = field.nothing() if isinstance(field, Question) else None
        every = self.fields
        self.fields = {name: field for name, field in every.items() if name not in left_out}
        try:
            super()._clean_fields()  # type: ignore[misc]
        finally:
            self.fields = every


class Renewed(Form):
    """A form that can be sent again after somebody else was quicker: what was typed stays, the hidden state is new."""

    def renew(self, **hidden: Any) -> None:
        """Let hidden inputs say something new, and leave everything that was typed."""
        sent: Any = self.data
        self.data = again = sent.copy()
        for name, value in hidden.items():
            again[self.add_prefix(name)] = str(value)
