"""What we ask about an organisation."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safety_partners.design import fields, forms
from safety_partners.design.pages import COLOUR_WORDS


class DescriptionForm(forms.Form):
    """Name, look and whom to contact."""

    name = fields.CharField(_("Name of the organisation"), noun=_("the name of the organisation"), autocomplete="organization")
    colour = fields.ChoiceField(
        _("Colour"),
        noun=_("a colour"),
        hint=_("The colour of the bar at the top of each page. White words can be read on each of them."),
        choices=list(COLOUR_WORDS.items()),
        select=True,
    )
    about = fields.WordsField(
        _("About the organisation (optional)"),
        noun=_("the text about the organisation"),
        hint=_("A few sentences for people who might become partners. Anybody can read it."),
        required=False,
        max_words=300,
    )
    contact_name = fields.CharField(
        _("Whom to ask about the role of partner (optional)"), noun=_("the name"), required=False, autocomplete="off"
    )
    contact_email = fields.EmailField(
        _("Their email address (optional)"), noun=_("their email address"), required=False, autocomplete="off"
    )
    contact_phone = fields.TelephoneField(
        _("Their phone number (optional)"), noun=_("their phone number"), required=False, autocomplete="off"
    )
    submission_key = fields.SubmissionKeyField()


class LogoForm(forms.Form):
    """A picture."""

    logo = fields.FileField(
        _("Choose a picture"),
        hint=_("Smaller than 50 kB, so that pages stay quick for people with slow connections."),
        types={".png": _("PNG"), ".jpg": _("JPEG"), ".jpeg": _("JPEG"), ".webp": _("WebP")},
        max_megabytes=1,
    )
    submission_key = fields.SubmissionKeyField()


def _days(label: Any, noun: Any, hint: Any) -> fields.IntegerField:
    return fields.IntegerField(label, noun=noun, hint=hint, minimum=1, maximum=250, suffix=_("working days"))


class ClocksForm(forms.Form):
    """The three clocks. Monday to Friday are counted, without bank holidays."""

    acknowledge_days = _days(_("To say we have it"), _("the days to say we have it"), _("The partner hears that their words arrived."))
    own_days = _days(_("To find an owner"), _("the days to find an owner"), _("Somebody by name is responsible for the answer."))
    answer_days = _days(_("To answer"), _("the days to answer"), _("The partner hears what we will do, or why we could not."))
    submission_key = fields.SubmissionKeyField()

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        first, second, third = (given.get(name) for name in ("acknowledge_days", "own_days", "answer_days"))
        if first and second and second < first:
            self.add_error("own_days", gettext("The days to find an owner cannot be fewer than the days to say we have it"))
        if second and third and third < second:
            self.add_error("answer_days", gettext("The days to answer cannot be fewer than the days to find an owner"))
        return given


class UrgentContactForm(forms.Form):
    """Where to go when something cannot wait."""

    name = fields.CharField(_("Who or what this is"), noun=_("who or what this is"), hint=_("Such as: 999, the safeguarding team, PALS."))
    phone = fields.CharField(_("Phone number (optional)"), noun=_("the phone number"), max_length=40, width=20, required=False)
    email = fields.EmailField(_("Email address (optional)"), noun=_("the email address"), required=False, autocomplete="off")
    address = fields.CharField(
        _("Web address (optional)"),
        noun=_("the web address"),
        hint=_("It begins with https://"),
        required=False,
        inputmode="url",
        spellcheck=False,
    )
    note = fields.CharField(
        _("When it is there (optional)"), noun=_("the note"), hint=_("Such as: day and night."), max_length=300, required=False
    )
    submission_key = fields.SubmissionKeyField()

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"])
        if address:
            message = gettext("Enter a web address that begins with https://")
            URLValidator(schemes=["http", "https"], message=message)(address)
        return address

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        asked = ("phone", "email", "address")
        if not any(given.get(name) or name in self.errors for name in asked):
            raise_at = ValidationError(gettext("Enter a phone number, an email address or a web address"))
            self.add_error("phone", raise_at)
        return given


class ServiceForm(forms.Form):
    """The name of a service."""

    name = fields.CharField(_("Name of the service"), noun=_("the name of the service"), autocomplete="off")
    submission_key = fields.SubmissionKeyField()


class ParentForm(forms.Form):
    """Which organisation this one belongs to."""

    parent = fields.CharField(
        _("The organisation it belongs to"),
        noun=_("the organisation it belongs to"),
        hint=_("Its full name, or its code such as ORG-7KQ3M2XB from its own settings page."),
        autocomplete="off",
    )
    from_on = fields.DateField(_("Since when"), noun=_("since when"), latest=fields.today)
    submission_key = fields.SubmissionKeyField()
