"""The questions about a partner's record: welcoming, how they are called, whom they turn to, a break, what is needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.design import fields, forms
from safety_partners.partners.forms.said import SaidForm, choose_person
from safety_partners.partners.models import Connection, NeedKind
from safety_partners.people.choosing import People

Choices = Sequence[tuple[str, Any]]
NOBODY_YET = _("Nobody yet")


class SupportForm(forms.Renewed):
    """Whom the partner turns to."""

    contact = fields.ChoiceField(
        _("Named contact"),
        hint=_("The person the partner can talk to about anything. They see the partner’s record."),
        select=True,
        empty_text=NOBODY_YET,
        required=False,
    )
    deputy = fields.ChoiceField(_("Deputy"), hint=_("When the named contact is away."), select=True, empty_text=NOBODY_YET, required=False)
    buddy = fields.ChoiceField(
        _("Buddy (optional)"),
        hint=_("Another partner who goes along at the start. Ask them both first."),
        select=True,
        empty_text=_("Nobody"),
        required=False,
    )
    seen = fields.VersionField()

    def __init__(self, *args: Any, people: People, buddies: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("contact", "deputy"):
            choose_person(self.fields[name], people)
        self.fields["buddy"].choices = list(buddies)
        if not buddies:
            del self.fields["buddy"]


class WelcomeForm(forms.Form):
    """A record for somebody who has the role of a partner and no record yet."""

    membership = fields.ChoiceField(_("Who is joining?"), noun=_("who is joining"), select=True, empty_text=_("Choose a person"))
    known_as = fields.CharField(
        _("What they like to be called (optional)"), hint=_("If it is not the name they gave."), required=False, max_length=200
    )
    role = fields.ChoiceField(_("Role"), select=True, empty_text=_("Not chosen yet"), required=False)
    appointed_on = fields.DateField(_("When were they appointed?"), noun=_("the day of the appointment"), latest=fields.today)
    starts_on = fields.DateField(
        _("When does their term begin? (optional)"), hint=_("Leave it empty if it begins with the appointment."), required=False
    )
    ends_on = fields.DateField(
        _("When does it end? (optional)"), hint=_("Leave it empty if it is as long as terms usually are here."), required=False
    )
    contact = fields.ChoiceField(_("Named contact (optional)"), select=True, empty_text=NOBODY_YET, required=False)
    deputy = fields.ChoiceField(_("Deputy (optional)"), select=True, empty_text=NOBODY_YET, required=False)
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, members: Choices, roles: Choices, people: People, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["membership"].choices = list(members)
        self.fields["role"].choices = list(roles)
        for name in ("contact", "deputy"):
            choose_person(self.fields[name], people)


class DetailsForm(forms.Renewed):
    """How a partner is called, and what they say of themselves."""

    known_as = fields.CharField(
        _("Called (optional)"), hint=_("If it is not the name on the letters."), required=False, max_length=200, autocomplete="nickname"
    )
    pronouns = fields.CharField(_("Pronouns (optional)"), hint=_("Such as: she and her, or they and them."), required=False, max_length=60)
    connection = fields.ChoiceField(
        _("Connection to care (optional)"),
        hint=_("Only as much as is freely said. Nobody needs to say what happened to them."),
        choices=Connection.choices,
        required=False,
    )
    seen = fields.VersionField()


class PauseForm(SaidForm):
    """A break: no reason is asked."""

    back_on = fields.DateField(
        _("Back on (optional)"), hint=_("Leave it empty if it is open. It can be changed at any time."), required=False
    )
    turn = fields.VersionField()
    field_order = ["back_on"]


class PlainSaidForm(SaidForm):
    """Nothing but how it reached us."""

    turn = fields.VersionField()


class TurnForm(forms.Renewed):
    """Nothing to answer: a button."""

    turn = fields.VersionField()


class NeedForm(forms.Form):
    """Something that this partner needs and the plan does not ask of everybody."""

    kind = fields.ChoiceField(_("What sort of thing is it?"), noun=_("what sort of thing it is"), choices=NeedKind.choices)
    title = fields.CharField(_("What is needed?"), noun=_("what is needed"), max_length=200)
    why = fields.WordsField(
        _("Why is it needed?"), noun=_("why it is needed"), hint=_("The partner reads this."), rows=3, max_length=1000, threshold=75
    )
    is_required = fields.YesNoField(_("Must it be done before they start, or go on?"), noun=_("whether it must be done"))
    owner = fields.ChoiceField(_("Who sees to it?"), select=True, empty_text=_("The partner leads"), required=False)
    due_on = fields.DateField(_("By when? (optional)"), required=False)
    valid_months = fields.IntegerField(
        _("For how many months does it hold? (optional)"),
        hint=_("Leave it empty if it does not run out."),
        minimum=1,
        maximum=120,
        required=False,
    )
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, people: People, partner_choice: tuple[str, Any], kinds: Sequence[str], **more: Any) -> None:
        super().__init__(*args, **more)
        choose_person(self.fields["owner"], people, first=[partner_choice])
        self.fields["kind"].choices = [(kind, words) for kind, words in NeedKind.choices if kind in kinds]


class GiveNeedForm(forms.Form):
    """Who sees to it, and by when."""

    owner = fields.ChoiceField(_("Who sees to it?"), select=True, empty_text=_("The partner leads"), required=False)
    due_on = fields.DateField(_("By when? (optional)"), required=False)

    def __init__(self, *args: Any, people: People, partner_choice: tuple[str, Any], **more: Any) -> None:
        super().__init__(*args, **more)
        choose_person(self.fields["owner"], people, first=[partner_choice])


class FinishForm(forms.Renewed):
    """That it is done, since when, what shows it, and until when it holds."""

    done_on = fields.DateField(_("When was it done?"), noun=_("the day on which it was done"), latest=fields.today)
    expires_on = fields.DateField(
        _("Until when does it hold? (optional)"),
        hint=_("Leave it empty if it does not run out, or holds as long as the plan says."),
        required=False,
    )
    evidence = fields.CharField(
        _("What shows it? (optional)"),
        hint=_("Such as: the record of the training. Nothing about anybody’s health."),
        required=False,
        max_length=300,
    )
    turn = fields.VersionField()


class SetAsideForm(forms.Renewed):
    """Why somebody does not need it."""

    because = fields.CharField(
        _("Why is it not needed?"),
        hint=_("Such as: they did the same training with another organisation in May."),
        noun=_("why it is not needed"),
        max_length=300,
    )
    turn = fields.VersionField()


class AgainForm(forms.Renewed):
    """By when it is needed again."""

    due_on = fields.DateField(_("By when is it needed?"), noun=_("the day by which it is needed"), earliest=fields.today)
    turn = fields.VersionField()


class ForgetForm(forms.Renewed):
    """Sure?"""

    is_sure = fields.BooleanField(
        _("It has been kept as long as it has to be, and nobody needs it any more"),
        required_message=_("Say that it has been kept as long as it has to be."),
    )
    turn = fields.VersionField()
