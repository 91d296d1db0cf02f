"""The questions to the partner lead about a request, and why something is called off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.activities.models import Activity, Shape
from safety_partners.design import fields, forms
from safety_partners.partners.forms.said import choose_person
from safety_partners.people.choosing import People


class PressForm(forms.Renewed):
    """Nothing to answer: a button."""

    turn = fields.VersionField()


class TakeOnForm(forms.Renewed):
    """A request is taken on."""

    task = fields.ChoiceField(
        _("Is there a task profile for it? (optional)"),
        hint=_("Partners then read what they would do, as it is described there."),
        noun=_("the task profile"),
        select=True,
        empty_text=_("No task profile"),
        required=False,
    )
    words = fields.WordsField(
        _("A word to whoever asked (optional)"), noun=_("your words"), rows=2, max_length=1000, threshold=75, required=False
    )
    turn = fields.VersionField()

    def __init__(self, *args: Any, tasks: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["task"]
        field.choices = list(tasks)


class ReasonForm(forms.Renewed):
    """Why a request goes back, or is not taken on."""

    reason = fields.ChoiceField(_("Why?"), noun=_("why"), choices=Activity.Reason.choices)
    words = fields.WordsField(
        _("Say it in your own words"),
        hint=_("Whoever asked reads this. Say what would have to be different."),
        noun=_("the reason in your own words"),
        rows=4,
        max_length=2000,
        threshold=75,
    )
    turn = fields.VersionField()


class PassOnForm(forms.Renewed):
    """To whom a request is passed."""

    words = fields.WordsField(
        _("Which group do you ask, and what happens next?"),
        hint=_("Whoever asked reads this."),
        noun=_("which group you ask"),
        rows=3,
        max_length=2000,
        threshold=75,
    )
    turn = fields.VersionField()


class CallOffForm(forms.Renewed):
    """Why something does not take place."""

    why = fields.WordsField(
        _("Why does it not take place?"),
        hint=_("Everybody who had a part in it reads this."),
        noun=_("why it does not take place"),
        rows=3,
        max_length=300,
        threshold=75,
    )
    turn = fields.VersionField()


class HandOnForm(forms.Renewed):
    """Who looks after it from now on."""

    to = fields.ChoiceField(_("Who looks after it from now on?"), noun=_("a person"), select=True, empty_text=_("Choose a person"))
    words = fields.WordsField(
        _("What do they need to know? (optional)"),
        hint=_("Only they read this, in the message that tells them."),
        noun=_("your words"),
        rows=4,
        max_length=1000,
        threshold=75,
        required=False,
    )
    turn = fields.VersionField()

    def __init__(self, *args: Any, people: People, **more: Any) -> None:
        super().__init__(*args, **more)
        choose_person(self.fields["to"], people)  # type: ignore[arg-type]


class KindForm(forms.Renewed):
    """A kind of activity."""

    name = fields.CharField(_("What is it called?"), hint=_("Such as: a safety walk."), noun=_("a name"), max_length=100)
    hint = fields.CharField(_("A few words about it (optional)"), hint=_("Staff see them when they ask."), max_length=200, required=False)
    shape = fields.ChoiceField(_("What does it consist of?"), noun=_("what it consists of"), choices=Shape.choices)
    seen = fields.VersionField()

    def __init__(self, *args: Any, is_new: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if is_new:
            del self.fields["seen"]
