"""The questions a form can ask. Each field knows its words, its hint and how it is shown; none of them saves anything."""

from safety_partners.design.fields.base import BoundQuestion, Question
from safety_partners.design.fields.choices import (
    BooleanField,
    ChoiceField,
    MultipleChoiceField,
    YesNoField,
)
from safety_partners.design.fields.files import FileField
from safety_partners.design.fields.hidden import SubmissionKeyField, VersionField
from safety_partners.design.fields.moments import DateField, TimeField, today
from safety_partners.design.fields.text import (
    CharField,
    EmailField,
    HoursField,
    IntegerField,
    MoneyField,
    PasswordField,
    TelephoneField,
    WordsField,
)

__all__ = [
    "BooleanField",
    "BoundQuestion",
    "CharField",
    "ChoiceField",
    "DateField",
    "EmailField",
    "FileField",
    "HoursField",
    "IntegerField",
    "MoneyField",
    "MultipleChoiceField",
    "PasswordField",
    "Question",
    "SubmissionKeyField",
    "TelephoneField",
    "TimeField",
    "VersionField",
    "WordsField",
    "YesNoField",
    "today",
]
