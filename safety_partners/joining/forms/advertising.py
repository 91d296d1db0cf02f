"""An advert: the words and days that the lead writes, and what is looked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from safety_partners.design import fields, forms


class AdvertForm(forms.Renewed):
    """What stands on the page besides the words of the role."""

    title = fields.CharField(_("Title"), noun=_("a title"), hint=_("Short, as it stands on a poster."))
    summary = fields.WordsField(
        _("In a few sentences: why would somebody want to do this?"),
        noun=_("a few sentences"),
        rows=4,
        max_words=120,
        required_message=_("Write a few sentences about the role"),
    )
    places = fields.IntegerField(_("How many places are there?"), noun=_("the number of places"), minimum=1, maximum=99)
    hours = fields.CharField(
        _("How much time does it take?"), noun=_("how much time it takes"), hint=_("For example: about 4 hours a month.")
    )
    place = fields.CharField(_("Where?"), noun=_("where it is"), hint=_("The places where partners meet."))
    may_be_remote = fields.YesNoField(_("Can people take part from home?"), required_message=_("Say if people can take part from home"))
    contact_name = fields.CharField(_("Who can people talk to?"), noun=_("a name"), hint=_("Their name stands on the page."))
    contact_phone = fields.TelephoneField(_("Phone number (optional)"), noun=_("the phone number"), required=False, autocomplete="off")
    contact_email = fields.EmailField(_("Email address (optional)"), noun=_("the email address"), required=False, autocomplete="off")
    opens_on = fields.DateField(_("Opening day"), noun=_("the opening day"))
    closes_on = fields.DateField(
        _("Closing day (optional)"), noun=_("the closing day"), hint=_("It closes by itself at the end of this day."), required=False
    )
    sift_on = fields.DateField(_("When do people read what came in? (optional)"), noun=_("the day of reading"), required=False)
    meet_on = fields.DateField(_("When do you meet people? (optional)"), noun=_("the day of meeting"), required=False)
    start_on = fields.DateField(_("When does it start? (optional)"), noun=_("the starting day"), required=False)
    max_words = fields.IntegerField(
        _("How many words may somebody write about why they are interested?"), noun=_("the number of words"), minimum=100, maximum=2000
    )
    version = fields.VersionField()


class NewAdvertForm(AdvertForm):
    """The same, and the role it is for."""

    role = fields.ChoiceField(_("Which role is it for?"), noun=_("a role"), hint=_("Only roles that are in use can be chosen."))

    def __init__(self, *args: Any, roles: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        del self.fields["version"]
        self.fields["role"].choices = list(roles)
        self.order_fields(["role"])
        self.fields["submission_key"] = fields.SubmissionKeyField()


class CriteriaForm(forms.Renewed):
    """What is looked for, and how we could support each: so many rows, the empty ones left out."""

    version = fields.VersionField()

    def __init__(self, *args: Any, rows: int, **more: Any) -> None:
        super().__init__(*args, **more)
        self.rows = range(1, rows + 1)
        for number in self.rows:
            said = {"n": number}
            self.fields[f"words_{number}"] = fields.CharField(
                _now("What do you look for? (%(n)s)") % said, noun=_now("what you look for"), max_length=300, required=False
            )
            self.fields[f"support_{number}"] = fields.WordsField(
                _now("How could we support this? (%(n)s)") % said,
                noun=_now("how you could support this"),
                rows=2,
                max_length=500,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """What is said about support needs something that it supports."""
        for number in self.rows:
            if self.cleaned_data.get(f"support_{number}") and not self.cleaned_data.get(f"words_{number}"):
                self.add_error(f"words_{number}", _now("Say what you look for, or take the support out"))
        return self.cleaned_data

    def criteria(self) -> list[tuple[str, str]]:
        """The pairs that were filled in."""
        given = self.cleaned_data
        return [(given[f"words_{number}"], given[f"support_{number}"]) for number in self.rows if given[f"words_{number}"]]


class MoveForm(forms.Form):
    """Nothing to ask: the button says it."""

    submission_key = fields.SubmissionKeyField()
