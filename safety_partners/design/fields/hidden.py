"""Values a form carries without asking."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from safety_partners.design.fields.base import Question


class SubmissionKeyField(Question):
    """A key made when the page is opened, so that sending it twice makes one record.

    The command stores the key under a unique constraint. A missing or spoilt key is replaced by a new one.
    """

    component = "hidden"
    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__("", initial=uuid.uuid4, required=False)

    def to_python(self, value: Any) -> uuid.UUID:
        try:
            return value if isinstance(value, uuid.UUID) else uuid.UUID(str(value))
        except ValueError:
            return uuid.uuid4()

    def show(self, value: Any) -> str:
        return str(self.to_python(value))


class VersionField(Question):
    """The number of the version a person was looking at: two people editing do not overwrite each other."""

    component = "hidden"
    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__("", required=True)

    def to_python(self, value: Any) -> int:
        if not str(value or "").isascii() or not str(value or "").isdigit() or len(str(value)) > 18:
            message = gettext("This page is out of date. Open it again and check what changed")
            raise ValidationError(message, code="version")
        return int(value)
