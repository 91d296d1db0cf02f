"""Questions answered by typing."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, ProhibitNullCharactersValidator
from django.utils.translation import gettext, gettext_lazy, ngettext

from safety_partners.design.fields.base import Question, Text

HOURS = gettext_lazy("hours")


def count_words(text: str) -> int:
    """How many runs of characters between spaces: as the counter under the box counts them."""
    return len(text.split())


class CharField(Question):
    """One line of text, trimmed. ``max_length`` is checked here and never cuts what is typed."""

    def __init__(self, label: Text, *, max_length: int | None = 200, **more: Any) -> None:
        super().__init__(label, **more)
        self.max_length = max_length
        self.validators.append(ProhibitNullCharactersValidator())

    def to_python(self, value: Any) -> str:
        return "" if value is None else str(value).strip()

    def nothing(self) -> str:
        return ""

    def validate(self, value: str) -> None:
        super().validate(value)
        if self.max_length is not None and len(value) > self.max_length:
            said = {"noun": self.noun_first, "count": self.max_length}
            raise ValidationError(gettext("%(noun)s must be %(count)s characters or fewer") % said, code="max_length")


class WordsField(Question):
    """Many lines, kept exactly as written: only line ends are made alike; nothing is trimmed.

    ``max_words`` (shown as a counter) and ``max_length`` in characters are checked on the server.
    """

    component = "textarea"
    widget = forms.Textarea

    def __init__(
        self,
        label: Text,
        *,
        rows: int = 5,
        max_words: int | None = None,
        max_length: int | None = None,
        threshold: int | None = None,
        **more: Any,
    ) -> None:
        super().__init__(label, **more)
        self.rows = rows
        self.max_words = max_words
        self.max_length = max_length
        self.threshold = threshold
        self.validators.append(ProhibitNullCharactersValidator())

    def to_python(self, value: Any) -> str:
        text = "" if value is None else str(value)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return text if text.strip() else ""

    def nothing(self) -> str:
        return ""

    def validate(self, value: str) -> None:
        super().validate(value)
        said = {"noun": self.noun_first, "count": self.max_words, "used": count_words(value)}
        if self.max_words is not None and said["used"] > self.max_words:  # type: ignore[operator]
            message = gettext("%(noun)s must be %(count)s words or fewer. You have used %(used)s") % said
            raise ValidationError(message, code="max_words")
        if self.max_length is not None and len(value) > self.max_length:
            said = {"noun": self.noun_first, "count": self.max_length, "used": len(value)}
            message = gettext("%(noun)s must be %(count)s characters or fewer. You have used %(used)s") % said
            raise ValidationError(message, code="max_length")


class EmailField(CharField):
    """An email address."""

    input_type = "email"
    widget = forms.EmailInput

    def __init__(self, label: Text, **more: Any) -> None:
        more = {"max_length": 254, "autocomplete": "email", "spellcheck": False, "autocapitalize": "none", **more}
        super().__init__(label, **more)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value:
            message = gettext("Enter an email address in the correct format, like name@example.com")
            EmailValidator(message=message)(value)


class TelephoneField(CharField):
    """A phone number as people write it: digits, spaces, brackets, hyphens, a plus sign, an extension."""

    input_type = "tel"

    def __init__(self, label: Text, **more: Any) -> None:
        super().__init__(label, **{"max_length": 40, "autocomplete": "tel", "width": 20, **more})

    def to_python(self, value: Any) -> str:
        return re.sub(r"\s+", " ", super().to_python(value))

    def validate(self, value: str) -> None:
        super().validate(value)
        if not value:
            return
        number = re.sub(r"(?i)\s*(?:ext\.?|extension|x)\s*\d{1,6}$", "", value)
        if not re.fullmatch(r"\+?[\d\s().\-–]+", number) or not 7 <= sum(map(str.isdigit, number)) <= 15:
            message = gettext("Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192")
            raise ValidationError(message, code="telephone")


class IntegerField(Question):
    """A whole number; thousands may be written with commas."""

    def __init__(self, label: Text, *, minimum: int | None = None, maximum: int | None = None, **more: Any) -> None:
        super().__init__(label, **{"inputmode": "numeric", "width": 5, **more})
        self.minimum = minimum
        self.maximum = maximum

    def to_python(self, value: Any) -> int | None:
        text = re.sub(r"[\s,]", "", "" if value is None else str(value))
        if not text:
            return None
        if not re.fullmatch(r"[-−]?[0-9]{1,15}", text):
            message = gettext("%(noun)s must be a whole number, like 12") % {"noun": self.noun_first}
            raise ValidationError(message, code="invalid")
        return int(text.replace("−", "-"))

    def validate(self, value: int | None) -> None:
        super().validate(value)
        if value is not None:
            check_range(self, value, self.minimum, self.maximum)


class MoneyField(Question):
    """Pounds and pence as a Decimal with two places."""

    def __init__(self, label: Text, *, minimum: Decimal | int | None = 0, maximum: Decimal | int | None = 100_000, **more: Any) -> None:
        super().__init__(label, **{"inputmode": "decimal", "width": 5, "prefix": "£", **more})
        self.minimum = minimum
        self.maximum = maximum

    def to_python(self, value: Any) -> Decimal | None:
        text = re.sub(r"[\s,£]", "", "" if value is None else str(value))
        if not text:
            return None
        try:
            if not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,2})?", text):
                raise InvalidOperation
            return Decimal(text).quantize(Decimal("0.01"))
        except InvalidOperation:
            message = gettext("%(noun)s must be an amount of money, like 12.50") % {"noun": self.noun_first}
            raise ValidationError(message, code="invalid") from None

    def revive(self, value: Any) -> Decimal | None:
        return Decimal(value) if isinstance(value, str) else value

    def say(self, value: Any) -> list[str]:
        return [] if value is None else [f"£{value:,.2f}"]

    def validate(self, value: Decimal | None) -> None:
        super().validate(value)
        if value is not None:
            check_range(self, value, self.minimum, self.maximum, "£")


class HoursField(Question):
    """How many hours, to a tenth: 2, 1.5 or 1,5."""

    def __init__(self, label: Text, *, minimum: Decimal | int | None = 0, maximum: Decimal | int | None = 1000, **more: Any) -> None:
        super().__init__(label, **{"inputmode": "decimal", "width": 5, "suffix": HOURS, **more})
        self.minimum = minimum
        self.maximum = maximum

    def to_python(self, value: Any) -> Decimal | None:
        text = re.sub(r"\s", "", "" if value is None else str(value)).replace(",", ".")
        if not text:
            return None
        if not re.fullmatch(r"-?[0-9]{1,6}(\.[0-9])?0?", text):
            message = gettext("%(noun)s must be a number of hours, like 2 or 1.5") % {"noun": self.noun_first}
            raise ValidationError(message, code="invalid")
        return Decimal(text).quantize(Decimal("0.1"))

    def revive(self, value: Any) -> Decimal | None:
        return Decimal(value) if isinstance(value, str) else value

    def show(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else super().show(value)

    def say(self, value: Any) -> list[str]:
        return [] if value is None else [ngettext("%(n)s hour", "%(n)s hours", 1 if value == 1 else 2) % {"n": self.show(value)}]

    def validate(self, value: Decimal | None) -> None:
        super().validate(value)
        if value is not None:
            check_range(self, value, self.minimum, self.maximum)


def check_range(field: Question, value: Decimal | int, least: Decimal | int | None, most: Decimal | int | None, unit: str = "") -> None:
    """Raise when the number is outside the range, saying the limit."""
    if least is not None and value < least:
        said = {"noun": field.noun_first, "limit": f"{unit}{least:,}"}
        raise ValidationError(gettext("%(noun)s must be %(limit)s or more") % said, code="minimum")
    if most is not None and value > most:
        said = {"noun": field.noun_first, "limit": f"{unit}{most:,}"}
        raise ValidationError(gettext("%(noun)s must be %(limit)s or less") % said, code="maximum")


class PasswordField(Question):
    """A password: never trimmed, never shown again."""

    component = "password"
    widget = forms.PasswordInput

    def __init__(self, label: Text, **more: Any) -> None:
        super().__init__(label, **{"autocomplete": "current-password", **more})

    def to_python(self, value: Any) -> str:
        return "" if value is None else str(value)

    def nothing(self) -> str:
        return ""

    def show(self, value: Any) -> None:
        return None

    def say(self, value: Any) -> list[str]:
        return [gettext("Set")] if value else []
