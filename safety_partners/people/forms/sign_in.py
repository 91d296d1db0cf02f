"""What we ask of somebody who signs in."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.design import fields, forms
from safety_partners.people.models import User


class CodeRequestForm(forms.Form):
    """Where to send a code."""

    typed = fields.CharField(
        _("Your email address or sign-in name"),
        noun=_("your email address or sign-in name"),
        max_length=254,
        autocomplete="username",
        autocapitalize="none",
        spellcheck=False,
    )


class CodeForm(forms.Form):
    """A code that came by email, or from an app."""

    code = fields.CharField(
        _("The code"),
        noun=_("the code"),
        hint=_("Spaces and dashes do not matter."),
        max_length=40,
        width=10,
        autocomplete="one-time-code",
        autocapitalize="none",
        inputmode="numeric",
        spellcheck=False,
    )


class PasswordSignInForm(forms.Form):
    """The other road."""

    typed = fields.CharField(
        _("Your email address or sign-in name"),
        noun=_("your email address or sign-in name"),
        max_length=254,
        autocomplete="username",
        autocapitalize="none",
        spellcheck=False,
    )
    password = fields.PasswordField(_("Your password"), noun=_("your password"))


class WhoForm(forms.Form):
    """Which of the people who share an address is signing in."""

    person = fields.ChoiceField(_("Who is signing in?"), noun=_("who is signing in"), page_heading=True)

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(str(person.pk), person.name) for person in people]
