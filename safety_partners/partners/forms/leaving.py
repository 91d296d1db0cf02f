"""The questions about leaving."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.design import fields, forms
from safety_partners.partners.forms.said import SaidForm, choose_person
from safety_partners.people.choosing import People


class StepDownForm(SaidForm):
    """The last day; no reason is asked."""

    last_day = fields.DateField(_("What is the last day?"), noun=_("the last day"), earliest=fields.today)
    turn = fields.VersionField()
    submission_key = fields.SubmissionKeyField()
    field_order = ["last_day"]


class EndRoleForm(forms.Renewed):
    """The organisation ends the role: why, when, and who looks at it first."""

    reason = fields.WordsField(
        _("Why should the role end?"),
        hint=_("The partner reads this, and so does the second person. Say what happened and what was tried."),
        noun=_("why the role should end"),
        rows=6,
        max_length=4000,
        threshold=75,
    )
    last_day = fields.DateField(_("What would be the last day?"), noun=_("the last day"), earliest=fields.today)
    reviewed_by = fields.ChoiceField(
        _("Who looks at it as the second person?"),
        hint=_("Somebody who had no part in it. The partner is told only when they agree."),
        noun=_("who looks at it"),
        select=True,
        empty_text=_("Choose a person"),
    )
    turn = fields.VersionField()

    def __init__(self, *args: Any, people: People, **more: Any) -> None:
        super().__init__(*args, **more)
        choose_person(self.fields["reviewed_by"], people)


class SecondLookForm(forms.Form):
    """What the second person thinks."""

    is_right = fields.YesNoField(_("Is it right that the role ends?"), noun=_("whether it is right"))
    note = fields.WordsField(
        _("Why do you think so?"), hint=_("The partner lead reads this."), noun=_("why you think so"), rows=5, max_length=4000, threshold=75
    )


class TalkForm(forms.Form):
    """The talk at the end, as the partner wants it kept."""

    is_declined = fields.ChoiceField(
        _("Was there a talk?"),
        noun=_("whether there was a talk"),
        choices=[("no", _("Yes, there was")), ("yes", _("No, they would rather not have one"))],
        reveals={"no": ["talked_on", "talked_with", "words"]},
    )
    talked_on = fields.DateField(_("When was it?"), noun=_("the day of the talk"), latest=fields.today)
    talked_with = fields.ChoiceField(_("Who was it with?"), noun=_("who it was with"), select=True, empty_text=_("Choose a person"))
    words = fields.WordsField(
        _("What should be kept of it? (optional)"),
        hint=_("Only what the partner wants kept, in their own words. The partner, their named contact and the lead can read it."),
        rows=6,
        max_length=8000,
        threshold=75,
        required=False,
    )

    def __init__(self, *args: Any, people: People, **more: Any) -> None:
        super().__init__(*args, **more)
        choose_person(self.fields["talked_with"], people)

    def clean_is_declined(self) -> bool:
        return bool(self.cleaned_data["is_declined"] == "yes")


class ThanksForm(forms.Form):
    """Thanks, and what changed because of somebody."""

    thanks = fields.WordsField(
        _("A word of thanks"),
        hint=_("In your own words, to this person."),
        noun=_("a word of thanks"),
        rows=5,
        max_length=4000,
        threshold=75,
    )
    what_changed = fields.WordsField(
        _("What changed because of them? (optional)"),
        hint=_("What is different now, and where one can see it."),
        rows=6,
        max_length=8000,
        threshold=75,
        required=False,
    )


class TouchForm(forms.Form):
    """Whether somebody would like to hear from us afterwards."""

    is_keeping_in_touch = fields.YesNoField(_("May we keep in touch after the last day?"), noun=_("whether we may keep in touch"))


class HandOnForm(forms.Form):
    """Who takes it on, or why nobody needs to."""

    to = fields.ChoiceField(_("Who takes it on?"), select=True, empty_text=_("Nobody needs to"), required=False)
    note = fields.CharField(
        _("A note"), hint=_("What they should know; or why nobody needs to take it on."), required=False, max_length=300
    )

    def __init__(self, *args: Any, people: People, **more: Any) -> None:
        super().__init__(*args, **more)
        choose_person(self.fields["to"], people)
