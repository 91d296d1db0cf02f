"""The equality questions as a form: every one may be left out."""

from __future__ import annotations

from typing import Any

from safety_partners.design import fields, forms
from safety_partners.joining import equality


class EqualityForm(forms.Form):
    """All of them on one page, because nothing of it is kept together."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for question in equality.QUESTIONS:
            self.fields[question.name] = fields.ChoiceField(question.words, choices=question.answers, required=False)
