"""The questions about what helps somebody take part, and about talks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.design import fields, forms
from safety_partners.partners.forms.said import SaidForm
from safety_partners.partners.models import AccessNeed


class AccessForm(SaidForm):
    """What somebody needs to take part, in their own words."""

    kind = fields.ChoiceField(_("What is it about?"), noun=_("what it is about"), choices=AccessNeed.Kind.choices)
    what = fields.WordsField(
        _("What would help?"),
        hint=_("Exactly as they say it. They need not say why."),
        noun=_("what would help"),
        rows=4,
        max_length=2000,
        threshold=75,
    )
    submission_key = fields.SubmissionKeyField()
    field_order = ["kind", "what"]

    def __init__(self, *args: Any, is_own: bool, **more: Any) -> None:
        super().__init__(*args, is_own=is_own, **more)
        if is_own:
            self.fields["what"].label = _("What would help you?")
            self.fields["what"].hint = _("Say it in your own words. You do not need to say why.")


class DecideAccessForm(forms.Renewed):
    """Met, or not met and why."""

    status = fields.ChoiceField(
        _("Is it met?"),
        noun=_("whether it is met"),
        choices=[choice for choice in AccessNeed.Status.choices if choice[0] != AccessNeed.Status.ASKED],
    )
    reason = fields.WordsField(
        _("How it is met; or why it is not, and what we do about it"),
        hint=_("Needed if it is not met. The partner reads it."),
        rows=4,
        max_length=2000,
        threshold=75,
        required=False,
    )
    review_on = fields.DateField(_("When do we look at it again? (optional)"), required=False)
    seen = fields.VersionField()


class PlanTalkForm(forms.Form):
    """A day, and who talks with the partner."""

    planned_on = fields.DateField(
        _("On which day?"), hint=_("Ask the partner which day suits them."), noun=_("the day"), earliest=fields.today
    )
    with_member = fields.ChoiceField(_("Who talks with them?"), noun=_("who talks with them"), select=True, empty_text=_("Choose a person"))
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, people: Sequence[tuple[str, Any]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["with_member"].choices = list(people)


class HoldTalkForm(forms.Form):
    """That it was held, and what both agreed."""

    held_on = fields.DateField(_("When was it?"), noun=_("the day"), latest=fields.today)
    agreed = fields.WordsField(
        _("What did you agree together? (optional)"),
        hint=_("Only what both of you want to keep. How somebody felt, or their health, does not belong here: it is theirs."),
        rows=4,
        max_length=2000,
        threshold=75,
        required=False,
    )
