"""The questions about giving back: time, how it felt, what changed, and whether that answers a partner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.activities.models import Felt, Outcome, Seen, TimeGiven
from safety_partners.design import fields, forms
from safety_partners.insights.forms.sharing import Once
from safety_partners.insights.models import Change
from safety_partners.partners.forms.said import SaidForm

ELSE = "else"
UNSAID = "unsaid"
MOST_SIGNS = 20_000


class TimeForm(SaidForm, Once):
    """Time given on one day."""

    on = fields.DateField(_("On which day?"), noun=_("the day"), latest=fields.today, initial=fields.today)
    hours = fields.IntegerField(_("Hours"), noun=_("the hours"), minimum=0, maximum=24, width=2, required=False)
    minutes = fields.IntegerField(_("Minutes"), noun=_("the minutes"), minimum=0, maximum=59, width=2, required=False)
    kind = fields.ChoiceField(_("What kind of time was it?"), noun=_("what kind of time it was"), choices=TimeGiven.Kind.choices)
    what_for = fields.ChoiceField(_("What was it for?"), noun=_("what it was for"), select=True, reveals={ELSE: ["about"]})
    about = fields.CharField(_("In a few words"), noun=_("what it was for"), max_length=200)
    turn = fields.VersionField()
    field_order = ["what_for", "about", "kind", "on", "hours", "minutes"]

    def __init__(self, *args: Any, what_for: Sequence[tuple[str, Any]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["what_for"].choices = [*what_for, (ELSE, _("Something else"))]

    def clean(self) -> dict[str, Any]:
        """Some time must have been given."""
        data = super().clean()
        if not {"hours", "minutes"} & set(self.errors) and not self.total():
            self.add_error("hours", _("Enter how long it took"))
        return data

    def total(self) -> int:
        """The time in minutes."""
        return (self.cleaned_data.get("hours") or 0) * 60 + (self.cleaned_data.get("minutes") or 0)

    @staticmethod
    def initial_of(given: TimeGiven) -> dict[str, Any]:
        """What is written down now."""
        about = given.activity or given.meeting
        hours, minutes = divmod(given.minutes, 60)
        named = {name: getattr(given, name) for name in ("on", "kind", "about", "turn")}
        return {**named, "hours": hours, "minutes": minutes, "what_for": about.code if about else ELSE}


class FeltForm(SaidForm):
    """How it felt; nobody has to say, and nobody else reads it unless they choose so."""

    words = fields.WordsField(
        _("How did it feel?"),
        hint=_("You need not write anything. Use your own words."),
        required_message=_("Write something first"),
        rows=6,
        max_length=MOST_SIGNS,
    )
    shared_with = fields.ChoiceField(
        _("Who may read it?"),
        hint=_("You can change this, or take it away, at any time."),
        choices=Felt.SharedWith.choices,
        initial=Felt.SharedWith.NOBODY,
    )
    turn = fields.VersionField()
    field_order = ["words", "shared_with"]

    def __init__(self, *args: Any, is_own: bool, **more: Any) -> None:
        super().__init__(*args, is_own=is_own, **more)
        if not is_own:
            self.fields["words"].label = _("How did it feel for them?")
            self.fields["words"].hint = _("Write their own words, as they said them, with nothing tidied.")
            question = self.fields["shared_with"]
            question.label, question.hint = _("Who else may read it?"), _("Ask them.")
            question.choices = [
                (Felt.SharedWith.CONTACT.value, _("Their named contact")),
                (Felt.SharedWith.REQUESTER.value, _("Their named contact, and who asked for this")),
            ]
            question.initial = None


class OutcomeForm(Once):
    """What changed because partners took part, or why nothing did."""

    kind = fields.ChoiceField(
        _("How does it stand?"),
        noun=_("how it stands"),
        choices=Outcome.Kind.choices,
        reveals={Outcome.Kind.NOT_YET: ["feedback_on"]},
    )
    feedback_on = fields.DateField(
        _("By when do you tell them more?"), noun=_("the day by which you tell them more"), earliest=fields.today
    )
    words = fields.WordsField(
        _("What do you tell them?"),
        hint=_("Say what is different now, and where one can see it. If something could not change, say why. Use plain words."),
        required_message=_("Say what changed, or why nothing did"),
        rows=8,
        max_length=MOST_SIGNS,
    )
    change = fields.ChoiceField(
        _("Is it one of these changes? (optional)"),
        hint=_("Then partners can follow it, also if it goes backwards."),
        select=True,
        empty_text=_("None of these"),
        required=False,
    )
    turn = fields.VersionField()

    def __init__(self, *args: Any, changes: Sequence[Change], **more: Any) -> None:
        super().__init__(*args, **more)
        self.changes = {one.code: one for one in changes}
        self.fields["change"].choices = [(code, one.title) for code, one in self.changes.items()]

    def answers(self) -> dict[str, Any]:
        """What the command takes."""
        return {**self.cleaned_data, "change": self.changes.get(self.cleaned_data["change"])}


class SeenForm(SaidForm):
    """They have read it, and say if it answers them."""

    says = fields.ChoiceField(
        _("Does this answer you?"),
        hint=_("Only you can say this. If you say no, it is opened again."),
        noun=_("if this answers you"),
        choices=[*[choice for choice in Seen.Says.choices if choice[0]], (UNSAID, Seen.Says.NO_WORD.label)],
        dividers={UNSAID: _("or")},
    )
    words = fields.WordsField(_("Is anything still open for you? (optional)"), rows=4, max_length=MOST_SIGNS, required=False)
    outcome = fields.VersionField()
    field_order = ["says", "words"]

    def __init__(self, *args: Any, is_own: bool, **more: Any) -> None:
        super().__init__(*args, is_own=is_own, **more)
        if not is_own:
            self.fields["says"].label = _("Does this answer them?")
            self.fields["says"].error_messages["required"] = _("Select if this answers them")
            self.fields["says"].hint = _("Only they can say this. If they say no, it is opened again.")
            self.fields["words"].label = _("Is anything still open for them? (optional)")

    def answers(self) -> dict[str, Any]:
        """What the command takes."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "outcome"}
        return {**given, "says": "" if given["says"] == UNSAID else given["says"]}


class CloseForm(forms.Renewed):
    """Nothing to answer: a button."""

    turn = fields.VersionField()
