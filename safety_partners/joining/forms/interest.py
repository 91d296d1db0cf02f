"""Expression of interest: one question a page, and nothing that we do not need. Nobody is ever asked about harm."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.design import fields, forms
from safety_partners.design.steps import Step, Steps
from safety_partners.joining.commands.submitting import KEEP_MONTHS
from safety_partners.joining.forms.following import ReachForm
from safety_partners.joining.models import Advert, Expression
from safety_partners.partners.models import Connection

MOST_SIGNS = 5000
CompletedBy = Expression.CompletedBy
NO_HARM = _(
    "You do not have to tell us about anything painful. We do not ask if you or somebody close to you was harmed, and you need not say so."
)


class WhoForm(forms.Form):
    completed_by = fields.ChoiceField(
        _("Who is filling this in?"),
        noun=_("who is filling this in"),
        page_heading=True,
        choices=[
            (CompletedBy.SELF.value, _("I am, for myself")),
            (CompletedBy.SUPPORTER.value, _("I am helping somebody, and they know")),
        ],
        hints={CompletedBy.SUPPORTER.value: _("Please give their answers, in their own words.")},
    )


class NameForm(forms.Form):
    name = fields.CharField(_("Full name"), noun=_("your full name"), autocomplete="name")
    known_as = fields.CharField(
        _("What should we call you? (optional)"),
        noun=_("what we should call you"),
        hint=_("For example, a short name."),
        required=False,
        autocomplete="nickname",
    )


class ConnectionForm(forms.Form):
    connection = fields.ChoiceField(
        _("How do you know health care?"),
        noun=_("how you know health care"),
        page_heading=True,
        hint=_("Choose what fits best. You do not need any special experience."),
        choices=Connection.choices,
    )


class WhyForm(forms.Form):
    why = fields.WordsField(
        _("Why are you interested?"),
        noun=_("your answer"),
        page_heading=True,
        hint=_("A few words are enough. Spelling does not matter."),
        rows=8,
        max_length=None,
        required_message=_("Write a few words about why you are interested"),
    )

    def __init__(self, *args: Any, max_words: int, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["why"].max_words = max_words


def _words(label: Any, hint: Any, noun: Any) -> fields.WordsField:
    """A question in free words that may be left empty."""
    return fields.WordsField(label, noun=noun, page_heading=True, hint=hint, rows=5, max_length=MOST_SIGNS, required=False)


class HelpForm(forms.Form):
    would_help = _words(
        _("What would help you take part? (optional)"),
        _("For example: meetings at a certain time, papers read to you, somebody to come with you."),
        _("what would help you"),
    )


class AccessForm(forms.Form):
    access_words = _words(
        _("Is there anything we should do so that you can use what we send, and talk with us? (optional)"),
        _("For example: large print, easy read, an interpreter, a phone call instead of email."),
        _("what we should do"),
    )


class AvailabilityForm(forms.Form):
    availability = _words(
        _("When could you take part? (optional)"),
        _("For example: mornings, not on Fridays, after school starts."),
        _("when you could take part"),
    )


class WorkForm(forms.Form):
    works_here = fields.YesNoField(
        _("Do you work for us?"),
        noun=_("if you work for us"),
        page_heading=True,
        hint=_("Work means being paid as a member of staff."),
        required_message=_("Say yes or no"),
    )

    def __init__(self, *args: Any, organisation: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["works_here"].label = _("Do you work for %(organisation)s?") % {"organisation": organisation}


class ConflictForm(forms.Form):
    conflict_words = _words(
        _("Could a job of yours get in the way of this role? (optional)"),
        _("For example: you work for another NHS organisation, or for somebody who sells to us. It need not stop you. We talk about it."),
        _("what could get in the way"),
    )


class HeardForm(forms.Form):
    heard_from = fields.CharField(
        _("How did you hear of this role? (optional)"), noun=_("how you heard of this role"), page_heading=True, required=False
    )


def keep_choices() -> list[tuple[str, Any]]:
    words = {3: _("3 months"), 6: _("6 months"), 12: _("1 year"), 24: _("2 years")}
    return [(str(months), words[months]) for months in KEEP_MONTHS]


class KeepForm(forms.Form):
    keep_months = fields.ChoiceField(
        _("For how long may we keep what you tell us?"),
        noun=_("for how long we may keep it"),
        hint=_("After that we delete it. You can ask us to delete it earlier, at any time."),
        choices=keep_choices(),
    )
    agrees_to_keep = fields.BooleanField(
        _("Yes, you may keep what I tell you for this time"),
        legend=_("Do you agree?"),
        required_message=_("Tick the box to let us keep what you told us for this time"),
    )

    def clean_keep_months(self) -> int:
        return int(self.cleaned_data["keep_months"])


def steps_for(advert: Advert) -> Steps:
    """The questions in their order, with this advert's own limits and the organisation's name."""
    return Steps(
        Step("who", WhoForm, _("Who is filling this in?")),
        Step("name", NameForm, _("What is your name?")),
        Step("reach", ReachForm, _("How should we reach you?")),
        Step("connection", ConnectionForm, _("How do you know health care?")),
        Step("why", partial(WhyForm, max_words=advert.max_words), _("Why are you interested?")),
        Step("help", HelpForm, _("What would help you take part?")),
        Step("access", AccessForm, _("What should we do?")),
        Step("when", AvailabilityForm, _("When could you take part?")),
        Step("work", partial(WorkForm, organisation=advert.organisation.name), _("Do you work here?")),
        Step("conflict", ConflictForm, _("Could a job get in the way?")),
        Step("heard", HeardForm, _("How did you hear of this role?")),
        Step("keep", KeepForm, _("For how long may we keep this?")),
    )


class SendForm(forms.Form):
    """The last look: nothing more to ask."""


class SaveForm(forms.Form):
    """Where to send the way back, if the person wishes."""

    email = fields.EmailField(
        _("Send me the link by email"),
        noun=_("your email address"),
        hint=_("We use it for this link only."),
        required_message=_("Enter your email address"),
    )


class ComeBackForm(forms.Form):
    """The code that was written down."""

    secret = fields.CharField(
        _("Your come-back code"),
        noun=_("your come-back code"),
        hint=_("12 letters and numbers, such as 7KQ3-M2XB-9TRF."),
        width=20,
        max_length=40,
        spellcheck=False,
        autocomplete="off",
    )
