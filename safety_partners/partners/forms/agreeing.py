"""The questions about agreements, changes of the role, and terms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.design import fields, forms
from safety_partners.partners.forms.said import SaidForm
from safety_partners.partners.models import Signature

MOST_SIGNS = 20_000


class OurWordsForm(forms.Renewed):
    """The organisation's part."""

    words = fields.WordsField(
        _("What the organisation says"), noun=_("what the organisation says"), rows=16, max_length=MOST_SIGNS, threshold=90
    )
    turn = fields.VersionField()


class PartnerWordsForm(SaidForm):
    """The partner's part: having nothing to add is an answer too."""

    words = fields.WordsField(
        _("In their own words (optional)"),
        hint=_("What they expect, what helps them, what they would rather not do. Exactly as they say it. Empty means nothing to add."),
        rows=10,
        max_length=MOST_SIGNS,
        threshold=90,
        required=False,
    )
    turn = fields.VersionField()
    field_order = ["words"]

    def __init__(self, *args: Any, is_own: bool, **more: Any) -> None:
        super().__init__(*args, is_own=is_own, **more)
        if is_own:
            self.fields["words"].label = _("In your own words (optional)")
            self.fields["words"].hint = _(
                "What you expect of us, what helps you, what you would rather not do. If you have nothing to add, leave it empty and save."
            )


class SignForm(forms.Renewed):
    """A name, typed."""

    name = fields.CharField(_("Type your full name to sign"), noun=_("your full name"), max_length=200, autocomplete="name")
    turn = fields.VersionField()


class RecordSignatureForm(forms.Renewed):
    """How the partner signed somewhere else than here."""

    how = fields.ChoiceField(
        _("How did they sign?"),
        noun=_("how they signed"),
        choices=[choice for choice in Signature.How.choices if choice[0] != Signature.How.TYPED],
        reveals={Signature.How.VERBAL.value: ["is_read_back"]},
    )
    is_read_back = fields.BooleanField(
        _("I read the whole agreement to them first"), required_message=_("Read the agreement to them first, then say that you did.")
    )
    name = fields.CharField(_("The name of whoever signed"), noun=_("the name"), max_length=200)
    signed_on = fields.DateField(_("When did they sign?"), noun=_("the day of the signature"), latest=fields.today)
    turn = fields.VersionField()


class SignForUsForm(forms.Renewed):
    """The organisation's signature."""

    how = fields.ChoiceField(
        _("How do you sign?"),
        noun=_("how you sign"),
        choices=[(Signature.How.TYPED.value, _("I type my name here")), (Signature.How.PAPER.value, _("I signed on paper"))],
        reveals={Signature.How.PAPER.value: ["signed_on"]},
    )
    signed_on = fields.DateField(_("When did you sign?"), noun=_("the day of the signature"), latest=fields.today)
    name = fields.CharField(_("Your full name"), noun=_("your full name"), max_length=200, autocomplete="name")
    turn = fields.VersionField()


class ProposeForm(forms.Form):
    """A change that counts only if the partner agrees."""

    what = fields.WordsField(
        _("What would change?"),
        hint=_("The partner reads this. Say what would be different, and what would stay as it is."),
        noun=_("what would change"),
        rows=5,
        max_length=4000,
        threshold=75,
    )
    role = fields.ChoiceField(
        _("Does the role itself change? (optional)"), select=True, empty_text=_("The role stays the same"), required=False
    )
    from_on = fields.DateField(_("From when?"), noun=_("the day from which it would count"), earliest=fields.today)
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, roles: Sequence[tuple[str, Any]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["role"].choices = list(roles)
        if not roles:
            del self.fields["role"]


class AnswerForm(SaidForm):
    """Yes or no; a no needs no reason."""

    is_agreed = fields.YesNoField(_("Do they agree to this change?"), noun=_("whether they agree"))
    words = fields.WordsField(
        _("Anything to say about it (optional)"), hint=_("A no needs no reason."), rows=3, max_length=4000, threshold=75, required=False
    )
    turn = fields.VersionField()
    field_order = ["is_agreed", "words"]

    def __init__(self, *args: Any, is_own: bool, **more: Any) -> None:
        super().__init__(*args, is_own=is_own, **more)
        if is_own:
            self.fields["is_agreed"].label = _("Do you agree to this change?")


class ExtendForm(forms.Form):
    """A further term, which the partner wants too."""

    agreed_on = fields.DateField(
        _("When did the partner say yes?"),
        hint=_("Talk with them first: how it was, what they would like, and whether they want to go on."),
        noun=_("the day on which the partner said yes"),
        latest=fields.today,
    )
    ends_on = fields.DateField(_("Until when is the further term?"), noun=_("the last day of the further term"), earliest=fields.today)
    submission_key = fields.SubmissionKeyField()
