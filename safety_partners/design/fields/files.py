"""A question answered with a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext

from safety_partners.design.fields.base import Question, Text


class FileField(Question):
    """One file. Checks its name and size only; what the file really is, the file store finds out.

    ``types`` maps an ending to words: ``{".pdf": _("PDF"), ".docx": _("Word document")}``.
    """

    component = "file"
    verb = "select"
    widget = forms.FileInput

    def __init__(self, label: Text, *, types: dict[str, Text] | None = None, max_megabytes: int = 10, **more: Any) -> None:
        super().__init__(label, **more)
        self.types = types or {}
        self.max_megabytes = max_megabytes

    @property
    def accept(self) -> str:
        """For the ``accept`` attribute."""
        return ",".join(self.types)

    @property
    def full_hint(self) -> str:
        """The hint with the allowed types and the limit in words."""
        limit = gettext("It must be smaller than %(limit)sMB.") % {"limit": self.max_megabytes}
        if self.types:
            said = {"types": _either([str(words) for words in self.types.values()]), "limit": self.max_megabytes}
            limit = gettext("It must be a %(types)s, smaller than %(limit)sMB.") % said
        return f"{self.hint} {limit}" if self.hint else limit

    def required_text(self) -> str:
        return str(self.required_message) if self.required_message else gettext("Select a file")

    def to_python(self, value: Any) -> UploadedFile | None:
        return value if isinstance(value, UploadedFile) else None

    def validate(self, value: UploadedFile | None) -> None:
        super().validate(value)
        if value is None:
            return
        if self.types and PurePath(value.name or "").suffix.lower() not in self.types:
            said = {"types": _either([str(words) for words in self.types.values()])}
            raise ValidationError(gettext("The selected file must be a %(types)s") % said, code="type")
        if not value.size:
            raise ValidationError(gettext("The selected file is empty"), code="empty")
        if value.size > self.max_megabytes * 1024 * 1024:
            said = {"limit": str(self.max_megabytes)}
            raise ValidationError(gettext("The selected file must be smaller than %(limit)sMB") % said, code="size")

    def show(self, value: Any) -> None:
        return None


def _either(words: Sequence[str]) -> str:
    words = list(dict.fromkeys(words))
    if len(words) < 2:
        return "".join(words)
    return gettext("%(first)s or %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
