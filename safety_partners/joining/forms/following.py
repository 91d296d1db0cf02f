"""The questions for somebody who looks how far things are, with the code and the private word of their receipt."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from safety_partners.core.models import Message
from safety_partners.design import fields, forms

TOLD_BY = Message.Channel


class DoorForm(forms.Form):
    """The code and the private word."""

    code = fields.CharField(
        _("Your code"),
        noun=_("your code"),
        hint=_("It begins with EOI. You find it in our first message to you."),
        width=20,
        max_length=40,
        spellcheck=False,
        autocomplete="off",
    )
    word = fields.CharField(
        _("Your private word"),
        noun=_("your private word"),
        hint=_("Three short words, such as maple-otter-linen."),
        width=30,
        max_length=100,
        spellcheck=False,
        autocapitalize="none",
        autocomplete="off",
    )


class ReachForm(forms.Form):
    """How to reach somebody: one way of three, none of them better than the others."""

    told_by = fields.ChoiceField(
        _("How should we reach you?"),
        noun=_("how we should reach you"),
        choices=[
            (TOLD_BY.EMAIL.value, _("By email")),
            (TOLD_BY.PHONE.value, _("By phone")),
            (TOLD_BY.LETTER.value, _("By letter")),
        ],
        hints={TOLD_BY.LETTER.value: _("You do not need an email address for this role.")},
        reveals={
            TOLD_BY.EMAIL.value: ["email"],
            TOLD_BY.PHONE.value: ["phone"],
            TOLD_BY.LETTER.value: ["postal_address"],
        },
    )
    email = fields.EmailField(_("Email address"), noun=_("your email address"), required_message=_("Enter your email address"))
    phone = fields.TelephoneField(_("Phone number"), noun=_("your phone number"), required_message=_("Enter your phone number"))
    postal_address = fields.WordsField(
        _("Address"),
        noun=_("your address"),
        rows=4,
        max_length=500,
        autocomplete="street-address",
        required_message=_("Enter the address that letters go to"),
    )


class SureForm(forms.Form):
    """Nothing to ask: the button says it."""

    submission_key = fields.SubmissionKeyField()
