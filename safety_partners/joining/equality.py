"""The equality questions: all optional, each with a fixed list of answers, because only counts of answers are kept."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PREFER_NOT = ("prefer not", _("I would rather not say"))


@dataclass(frozen=True, slots=True)
class EqualityQuestion:
    """One question: its name in the table, its words, and its answers."""

    name: str
    words: str | Promise
    given: tuple[tuple[str, str | Promise], ...]

    @property
    def answers(self) -> tuple[tuple[str, str | Promise], ...]:
        return (*self.given, PREFER_NOT)

    def words_of(self, answer: str) -> str:
        return str(dict(self.answers)[answer])


QUESTIONS = (
    EqualityQuestion(
        "age",
        _("How old are you?"),
        (
            ("under 25", _("Under 25")),
            ("25 to 44", _("25 to 44")),
            ("45 to 64", _("45 to 64")),
            ("65 to 74", _("65 to 74")),
            ("75 or over", _("75 or over")),
        ),
    ),
    EqualityQuestion(
        "ethnicity",
        _("What is your ethnic group?"),
        (
            ("asian", _("Asian or Asian British")),
            ("black", _("Black, Black British, Caribbean or African")),
            ("mixed", _("Mixed or multiple ethnic groups")),
            ("white", _("White")),
            ("other", _("Another ethnic group")),
        ),
    ),
    EqualityQuestion("sex", _("What is your sex?"), (("female", _("Female")), ("male", _("Male")))),
    EqualityQuestion(
        "gender",
        _("Is your gender the same as the sex you were registered with at birth?"),
        (("same", _("Yes")), ("different", _("No"))),
    ),
    EqualityQuestion(
        "disability",
        _("Do you have a disability, or an illness that lasts a long time?"),
        (("yes", _("Yes")), ("no", _("No"))),
    ),
    EqualityQuestion(
        "religion",
        _("What is your religion or belief?"),
        (
            ("none", _("No religion")),
            ("buddhist", _("Buddhist")),
            ("christian", _("Christian")),
            ("hindu", _("Hindu")),
            ("jewish", _("Jewish")),
            ("muslim", _("Muslim")),
            ("sikh", _("Sikh")),
            ("other", _("Another religion or belief")),
        ),
    ),
    EqualityQuestion(
        "orientation",
        _("Which of these describes you best?"),
        (
            ("straight", _("Straight (heterosexual)")),
            ("gay", _("Gay or lesbian")),
            ("bisexual", _("Bisexual")),
            ("other", _("Another way to describe myself")),
        ),
    ),
    EqualityQuestion(
        "caring",
        _("Do you look after somebody who could not manage without you?"),
        (("yes", _("Yes")), ("no", _("No"))),
    ),
)
BY_NAME = {question.name: question for question in QUESTIONS}
