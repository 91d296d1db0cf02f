""" "Talk to us first": how and when, and what became of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.core.clock import LONDON
from safety_partners.design import fields, forms
from safety_partners.joining.models import ChatRequest

How = ChatRequest.How


class AskForm(forms.Form):
    """The whole of it: a name, a way to reach somebody, and what suits them."""

    name = fields.CharField(_("What should we call you?"), noun=_("a name"), autocomplete="name")
    how = fields.ChoiceField(
        _("How would you like to talk?"),
        noun=_("how you would like to talk"),
        choices=How.choices,
    )
    reach = fields.CharField(
        _("How can we reach you to agree a time?"),
        noun=_("how we can reach you"),
        hint=_("A phone number, an email address, or the number of somebody who takes messages for you."),
        max_length=300,
        required_message=_("Say how we can reach you"),
    )
    times = fields.CharField(
        _("When suits you? (optional)"), noun=_("when suits you"), hint=_("For example: weekday mornings."), max_length=500, required=False
    )
    access_words = fields.WordsField(
        _("Is there anything we should know so that we can talk well? (optional)"),
        noun=_("what we should know"),
        hint=_("For example: an interpreter, a step-free room, somebody who comes with you."),
        rows=3,
        max_length=1000,
        required=False,
    )
    submission_key = fields.SubmissionKeyField()


class RecordAskForm(AskForm):
    """Staff write down that somebody rang or came by."""

    def __init__(self, *args: Any, adverts: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        asked = self.fields
        asked["name"].label = _("What should we call them?")
        asked["how"].label = _("How would they like to talk?")
        asked["reach"].label = _("How can we reach them?")
        asked["times"].label = _("When suits them? (optional)")
        asked["access_words"].label = _("What should we know so that we can talk well? (optional)")
        asked["advert"] = fields.ChoiceField(
            _("Is it about an advert? (optional)"),
            noun=_("an advert"),
            choices=adverts,
            select=True,
            required=False,
            empty_text=_("No, or not yet"),
        )


class ArrangeForm(forms.Renewed):
    """The day and the time that were agreed."""

    planned_on = fields.DateField(_("Which day?"), noun=_("the day"), earliest=fields.today)
    planned_time = fields.TimeField(_("What time?"), noun=_("the time"), hint=_("For example, 2:30pm"))
    turn = fields.VersionField()

    def planned_at(self) -> dt.datetime:
        """The moment, as London's clocks show it."""
        return dt.datetime.combine(self.cleaned_data["planned_on"], self.cleaned_data["planned_time"], LONDON)


class HeldForm(forms.Form):
    """It took place."""

    done_on = fields.DateField(_("On which day did you talk?"), noun=_("the day"), latest=fields.today)
    note = fields.WordsField(
        _("What did you promise? (optional)"),
        noun=_("what you promised"),
        hint=_("Only what somebody here must do next. Do not write down what the person told you of themselves."),
        rows=3,
        max_length=1000,
        required=False,
    )


class NotHeldForm(forms.Form):
    """It did not happen."""

    note = fields.WordsField(
        _("Is there something to know? (optional)"),
        noun=_("what there is to know"),
        hint=_("For example: we rang three times. No blame."),
        rows=3,
        max_length=1000,
        required=False,
    )
