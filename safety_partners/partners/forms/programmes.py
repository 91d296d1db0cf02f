"""The questions of the set-up: who answers for the programme, its policy, how long things last, its words, its plan."""

from __future__ import annotations

from typing import Any

from django.core.validators import URLValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safety_partners.design import fields, forms
from safety_partners.partners.models import NeedKind, PlanItem

NAME_AND_TITLE = _("Name and job title.")


def _web_address(label: Any) -> fields.CharField:
    return fields.CharField(
        label, noun=_("the web address"), hint=_("It begins with https://"), required=False, inputmode="url", spellcheck=False
    )


def _check_address(address: str) -> str:
    if address:
        URLValidator(schemes=["http", "https"], message=gettext("Enter a web address that begins with https://"))(address)
    return address


class PeopleForm(forms.Renewed):
    """Who answers for the programme. One person can be several of them."""

    executive = fields.CharField(
        _("The executive who answers for it"),
        noun=_("the executive"),
        hint=_("Sits on the board, or is a partner of the practice. Name and job title."),
        autocomplete="off",
    )
    responsible_officer = fields.CharField(
        _("The senior responsible officer (optional)"),
        noun=_("the senior responsible officer"),
        hint=NAME_AND_TITLE,
        required=False,
        autocomplete="off",
    )
    lead = fields.CharField(
        _("The partner lead"),
        noun=_("the partner lead"),
        hint=_("Whom partners know and turn to. Name and job title."),
        autocomplete="off",
    )
    safety_specialist = fields.CharField(
        _("The patient safety specialist (optional)"),
        noun=_("the patient safety specialist"),
        hint=NAME_AND_TITLE,
        required=False,
        autocomplete="off",
    )
    seen = fields.VersionField()
    submission_key = fields.SubmissionKeyField()


class PolicyForm(forms.Renewed):
    """The organisation's own policy for partners."""

    title = fields.CharField(
        _("Name of the policy"), noun=_("the name of the policy"), hint=_("If it is still being written, say so here.")
    )
    link = _web_address(_("Where it can be read (optional)"))
    review_on = fields.DateField(_("When do you look at it again?"), noun=_("the day when you look at it again"))
    seen = fields.VersionField()
    submission_key = fields.SubmissionKeyField()

    def clean_link(self) -> str:
        return _check_address(str(self.cleaned_data["link"]))


class LengthsForm(forms.Renewed):
    """Months. No national rule sets them: these are where we start, and the organisation confirms them."""

    term_months = fields.IntegerField(
        _("How long is a term, usually?"),
        noun=_("how long a term is"),
        hint=_("Each partner’s own term is agreed with them."),
        minimum=1,
        maximum=120,
        suffix=_("months"),
    )
    keep_interest_months = fields.IntegerField(
        _("How long do you keep what people sent who did not join?"),
        noun=_("how long you keep it"),
        hint=_("Nobody’s details are kept longer than they agreed to. Ask whoever looks after information governance."),
        minimum=1,
        maximum=36,
        suffix=_("months"),
    )
    seen = fields.VersionField()
    submission_key = fields.SubmissionKeyField()


class WordsForm(forms.Renewed):
    """A letter or an agreement in the organisation's own words."""

    subject = fields.CharField(_("Subject or title"), noun=_("a subject"))
    text = fields.WordsField(
        _("The words"), noun=_("the words"), hint=_("An empty line begins a new paragraph."), rows=20, max_length=10000, threshold=75
    )
    seen = fields.VersionField()
    submission_key = fields.SubmissionKeyField()


class PlanItemForm(forms.Form):
    """Something that is asked of every new partner."""

    title = fields.CharField(_("What is needed?"), noun=_("what is needed"))
    why = fields.WordsField(_("Why is it needed?"), noun=_("why it is needed"), hint=_("Partners read this."), rows=3, max_length=1000)
    kind = fields.ChoiceField(
        _("What kind of thing is it?"),
        noun=_("what kind of thing it is"),
        hint=_("Agreements, interests, checks, the contact and access needs are ticked off where they are done."),
        choices=NeedKind.choices,
        select=True,
    )
    owner_kind = fields.ChoiceField(_("Who sees to it?"), noun=_("who sees to it"), choices=PlanItem.Owner.choices)
    is_required = fields.YesNoField(
        _("Must it be there before a partner begins?"), noun=_("yes if it must be there before a partner begins")
    )
    due_in_days = fields.IntegerField(
        _("Within how many days after they join?"), noun=_("the days"), minimum=0, maximum=730, suffix=_("days")
    )
    valid_months = fields.IntegerField(
        _("How long does it hold? (optional)"),
        noun=_("how long it holds"),
        hint=_("Leave it empty if it does not run out."),
        minimum=1,
        maximum=120,
        suffix=_("months"),
        required=False,
    )
    minutes = fields.IntegerField(
        _("How long does it take? (optional)"), noun=_("how long it takes"), minimum=1, maximum=6000, suffix=_("minutes"), required=False
    )
    link = _web_address(_("Where is it? (optional)"))
    submission_key = fields.SubmissionKeyField()

    def clean_link(self) -> str:
        return _check_address(str(self.cleaned_data["link"]))


class ChangedPlanItemForm(PlanItemForm, forms.Renewed):
    """The same, for one that is there already."""

    seen = fields.VersionField()
