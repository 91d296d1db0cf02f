"""What forms share: how a partner's word reached us, and choosing people by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.design import fields, forms
from safety_partners.partners.models import Recorded
from safety_partners.people.choosing import People

CAPTURES = [choice for choice in Recorded.Capture.choices if choice[0] != Recorded.Capture.TYPED]


class SaidForm(forms.Renewed):
    """Asked of staff who write down what a partner said; a partner who types for themselves is not asked how."""

    capture = fields.ChoiceField(_("How did this reach you?"), noun=_("how this reached you"), choices=CAPTURES)
    is_read_back = fields.BooleanField(_("I have read it back to them"), required=False)

    def __init__(self, *args: Any, is_own: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if is_own:
            del self.fields["capture"], self.fields["is_read_back"]


class PressForm(forms.Form):
    """Nothing to answer: a button."""

    submission_key = fields.SubmissionKeyField()


class PressSaidForm(SaidForm):
    """Nothing to answer but how it reached us."""

    submission_key = fields.SubmissionKeyField()


def choose_person(field: fields.ChoiceField, people: People, *, first: list[tuple[str, Any]] | None = None) -> None:
    """Let a question offer these people: a list of names, or what a search found as radios."""
    field.component = "radios" if people.is_many else "select"
    field.choices = [*(first or []), *people.choices]


def without(data: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Answers without those that the view looks up first."""
    return {name: value for name, value in data.items() if name not in names}
