"""The questions about what stays in a partner's own hands. None of them has to be answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.design import fields, forms
from safety_partners.partners.forms.said import SaidForm
from safety_partners.partners.models import LivedExperience, PaymentChoice


class NoteForm(forms.Form):
    """One's own words, and whether anybody else may read them."""

    words = fields.WordsField(_("Your note"), noun=_("your note"), rows=8, max_length=10_000, threshold=90)
    check_in = fields.ChoiceField(_("Is it about a talk? (optional)"), select=True, empty_text=_("No"), required=False)
    is_shared = fields.BooleanField(
        _("Share it with my named contact and deputy"),
        hint=_(
            "Unticked, only you can read it. You can change this at any time. If your contact changes, the new one reads what you share."
        ),
        required=False,
    )
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, talks: Sequence[tuple[str, Any]] = (), is_new: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if is_new and talks:
            self.fields["check_in"].choices = list(talks)
        else:
            del self.fields["check_in"]
        if not is_new:
            del self.fields["submission_key"]


class PaymentForm(SaidForm):
    """What is to be done with involvement payments; never why."""

    choice = fields.ChoiceField(
        _("What should we do with involvement payments?"),
        noun=_("what we should do with involvement payments"),
        choices=PaymentChoice.Choice.choices,
    )
    submission_key = fields.SubmissionKeyField()
    field_order = ["choice"]


class EmergencyForm(SaidForm):
    """Whom to call."""

    name = fields.CharField(_("Name"), noun=_("the name"), max_length=200)
    phone = fields.TelephoneField(_("Phone number"), noun=_("the phone number"))
    relation = fields.CharField(_("Who they are (optional)"), hint=_("Such as: my daughter, a neighbour."), max_length=100, required=False)
    field_order = ["name", "phone", "relation"]


class ExperienceForm(forms.Form):
    """A theme, the way it came to somebody, and who may see it."""

    theme = fields.CharField(
        _("What do you know about?"),
        hint=_("A few words, such as: medicines at discharge. You do not need to tell what happened."),
        noun=_("what you know about"),
        max_length=300,
    )
    route = fields.ChoiceField(
        _("How did you come to know about it?"),
        noun=_("how you came to know about it, or that you would rather not say"),
        choices=LivedExperience.Route.choices,
        initial=LivedExperience.Route.NOT_SAID.value,
    )
    seen_by = fields.ChoiceField(
        _("Who may see this?"),
        hint=_("You can change this or delete it at any time. If your named contact changes, the new one sees what your contact may see."),
        noun=_("who may see this"),
        choices=LivedExperience.SeenBy.choices,
    )
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, is_new: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not is_new:
            del self.fields["submission_key"]
