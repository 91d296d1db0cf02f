"""The questions about checks and interests."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.design import fields, forms
from safety_partners.partners.forms.said import SaidForm
from safety_partners.partners.models import Check, Interest

LEVEL_HINTS = {
    Check.Level.STANDARD.value: _("Only where the law names the work: it gives access to patients in the course of normal duties."),
    Check.Level.ENHANCED.value: _("Only where the law names the work: caring for or being alone with patients. Rarely a partner’s role."),
}


class DecideCheckForm(forms.Form):
    """Whether a check may be asked for, at which level, and why."""

    decision = fields.ChoiceField(
        _("Is it required?"),
        noun=_("whether it is required"),
        choices=Check.Decision.choices,
        reveals={Check.Decision.REQUIRED.value: ["level"]},
    )
    level = fields.ChoiceField(
        _("For which level is the role eligible?"),
        noun=_("the level"),
        choices=[choice for choice in Check.Level.choices if choice[0]],
        hints=LEVEL_HINTS,
    )
    reason = fields.WordsField(
        _("Why?"),
        hint=_("What the role does that makes the check lawful, or why it is not needed. The partner reads it. Nothing about their past."),
        noun=_("why"),
        rows=4,
        max_length=2000,
        threshold=75,
    )

    def __init__(self, *args: Any, is_dbs: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not is_dbs:
            del self.fields["level"]
            self.fields["decision"].reveals = {}
            self.fields["decision"].choices = [one for one in Check.Decision.choices if one[0] != Check.Decision.NOT_ELIGIBLE]


class OutcomeForm(forms.Form):
    """What came of a check, and on which day: nothing else."""

    outcome = fields.ChoiceField(
        _("What came of it?"), noun=_("what came of it"), choices=[choice for choice in Check.Outcome.choices if choice[0]]
    )
    outcome_on = fields.DateField(_("On which day?"), noun=_("the day"), latest=fields.today)
    expires_on = fields.DateField(
        _("When do we look at it again? (optional)"), hint=_("Leave it empty if your organisation does not ask again."), required=False
    )


class InterestForm(SaidForm):
    """Something that could bear on a partner's view."""

    kind = fields.ChoiceField(_("What sort of interest is it?"), noun=_("what sort of interest it is"), choices=Interest.Kind.choices)
    what = fields.WordsField(
        _("What is it?"),
        hint=_("Such as the name of the group, or who you work for. As much as somebody needs to know."),
        noun=_("what it is"),
        rows=3,
        max_length=1000,
        threshold=75,
    )
    from_on = fields.DateField(_("Since when? (optional)"), required=False)
    submission_key = fields.SubmissionKeyField()
    field_order = ["kind", "what", "from_on"]


class EndInterestForm(forms.Form):
    """Since when something is over."""

    until_on = fields.DateField(_("Until when?"), noun=_("the last day"), latest=fields.today)


class HandleInterestForm(forms.Form):
    """What was agreed about an interest."""

    handling = fields.WordsField(
        _("What was agreed about it? (optional)"),
        hint=_("Such as: says so when the subject comes up, and leaves the decision to others. The partner reads it."),
        rows=3,
        max_length=1000,
        threshold=75,
        required=False,
    )


class DeclareForm(SaidForm):
    """The yearly word: the register is right, or there is nothing."""

    is_nothing = fields.YesNoField(
        _("Is there anything to declare?"),
        noun=_("whether there is anything to declare"),
        yes=_("No, I have no interests to declare"),
        no=_("Yes, and all of it stands in the register"),
    )
    submission_key = fields.SubmissionKeyField()
    field_order = ["is_nothing"]

    def __init__(self, *args: Any, is_own: bool, **more: Any) -> None:
        super().__init__(*args, is_own=is_own, **more)
        if not is_own:
            self.fields["is_nothing"].choices = [
                ("yes", _("No, they have no interests to declare")),
                ("no", _("Yes, and all of it stands in the register")),
            ]
