"""What we ask of somebody about their own account."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safety_partners.core.models import Message
from safety_partners.design import fields, forms
from safety_partners.people.models import User

WAYS = [
    (Message.Channel.EMAIL.value, _("By email")),
    (Message.Channel.LETTER.value, _("By letter")),
    (Message.Channel.PHONE.value, _("By phone call")),
]


POSTAL_ADDRESS, PHONE_NUMBER = _("Postal address"), _("Phone number")


def told_by_field(label: Any, **more: Any) -> fields.ChoiceField:
    """How somebody likes to be told things, with what is needed for it."""
    reveals = {Message.Channel.LETTER.value: ["postal_address"], Message.Channel.PHONE.value: ["phone"]}
    return fields.ChoiceField(label, choices=WAYS, **{"noun": _("how to be told things"), "reveals": reveals, **more})


def postal_address_field(label: Any = POSTAL_ADDRESS, **more: Any) -> fields.WordsField:
    return fields.WordsField(
        label, **{"noun": _("the postal address"), "rows": 4, "max_length": 500, "autocomplete": "street-address", **more}
    )


def phone_field(label: Any = PHONE_NUMBER, **more: Any) -> fields.TelephoneField:
    return fields.TelephoneField(label, **{"noun": _("the phone number"), **more})


def language_field() -> fields.ChoiceField:
    return fields.ChoiceField(_("Language"), noun=_("a language"), choices=settings.LANGUAGES, inline=True)


class DetailsForm(forms.Form):
    """Your details."""

    name = fields.CharField(_("Your name"), noun=_("your name"), hint=_("As you like to be called. One word is fine."), autocomplete="name")
    username = fields.CharField(
        _("Your sign-in name"),
        noun=_("your sign-in name"),
        hint=_("You can sign in with it instead of your email address. 3 to 60 characters, no spaces."),
        max_length=60,
        width=20,
        autocomplete="username",
        autocapitalize="none",
        spellcheck=False,
    )
    job_title = fields.CharField(
        _("Your job title (optional)"), noun=_("your job title"), required=False, autocomplete="organization-title"
    )
    told_by = told_by_field(_("How would you like to be told things?"), reveals={})
    postal_address = postal_address_field(_("Postal address (needed for letters)"), required=False)
    phone = phone_field(_("Phone number (needed for phone calls)"), required=False)
    language = language_field()
    submission_key = fields.SubmissionKeyField()


class EmailForm(forms.Form):
    """A new address."""

    email = fields.EmailField(_("Your new email address"), noun=_("your new email address"), hint=_("We send a code to it."))

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class PasswordForm(forms.Form):
    """A new password."""

    password = fields.PasswordField(
        _("New password"),
        noun=_("a new password"),
        hint=_("At least 10 characters. Three words that do not belong together are good."),
        autocomplete="new-password",
    )
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if len(password) > 1000:
            raise ValidationError(gettext("The password must be 1,000 characters or fewer"))
        validate_password(password, self.person)
        return str(password)


class SecondFactorForm(forms.Form):
    """The first code of an app."""

    code = fields.CharField(
        _("The code that your app shows now"),
        noun=_("the code that your app shows now"),
        hint=_("6 digits."),
        max_length=20,
        width=5,
        autocomplete="one-time-code",
        inputmode="numeric",
        spellcheck=False,
    )
    submission_key = fields.SubmissionKeyField()
