"""The lead's questions about somebody who is interested: talks, readers, outcomes, and for how long we keep what they told us."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.core.clock import LONDON
from safety_partners.design import fields, forms
from safety_partners.joining.forms.following import ReachForm
from safety_partners.joining.forms.recording import CAPTURES
from safety_partners.joining.models import Talk
from safety_partners.partners.forms.said import choose_person
from safety_partners.people.choosing import People

NOBODY_YET = _("Nobody yet")


def words_for_them(label: Any, *, hint: Any = "", required_message: Any = "") -> fields.WordsField:
    """Words that go to the person as they stand; optional unless it is said what is missing without them."""
    more = {"required_message": required_message} if required_message else {"required": False}
    return fields.WordsField(label, noun=_("your words"), hint=hint, rows=6, max_length=4000, **more)


class PlainForm(forms.Form):
    """Nothing to ask: the button says it."""

    submission_key = fields.SubmissionKeyField()


class AcknowledgeForm(PlainForm):
    words = words_for_them(_("Words of your own for them (optional)"), hint=_("The message thanks them and says what happens next."))
    field_order = ["words"]


class ChatForm(PlainForm):
    """An informal chat; the day may still be open."""

    how = fields.ChoiceField(_("How do you talk?"), noun=_("how you talk"), choices=Talk.How.choices)
    planned_on = fields.DateField(
        _("Which day? (optional)"),
        noun=_("the day"),
        hint=_("Leave it empty to ask them when it suits them."),
        earliest=fields.today,
        required=False,
    )
    planned_time = fields.TimeField(_("What time? (optional)"), noun=_("the time"), hint=_("For example, 2:30pm"), required=False)
    place = fields.CharField(
        _("Where, or on which number? (optional)"), noun=_("the place"), hint=_("It stands in the message to them."), required=False
    )
    people = fields.CharField(_("Whom do they talk to? (optional)"), noun=_("whom they talk to"), required=False)

    def clean(self) -> dict[str, Any]:
        """A day and a time belong together."""
        given = self.cleaned_data
        if bool(given.get("planned_on")) != bool(given.get("planned_time")) and not self.errors:
            missing = "planned_time" if given.get("planned_on") else "planned_on"
            self.add_error(missing, _("Enter both the day and the time, or neither"))
        return given

    def planned_at(self) -> dt.datetime | None:
        """The moment, as London's clocks show it."""
        day, at = self.cleaned_data["planned_on"], self.cleaned_data["planned_time"]
        return dt.datetime.combine(day, at, LONDON) if day and at else None

    def given(self) -> dict[str, Any]:
        """What the command takes."""
        rest = {name: value for name, value in self.cleaned_data.items() if not name.startswith("planned_")}
        return rest | {"planned_at": self.planned_at()}


class AgreedTimeForm(ChatForm):
    """A talk whose day and time are known."""

    planned_on = fields.DateField(_("Which day?"), noun=_("the day"), earliest=fields.today)
    planned_time = fields.TimeField(_("What time?"), noun=_("the time"), hint=_("For example, 2:30pm"))


class MoveTalkForm(AgreedTimeForm, forms.Renewed):
    """Another day, place or way."""

    turn = fields.VersionField()


class MeetForm(AgreedTimeForm):
    """A meeting, with every question beforehand."""

    place = fields.CharField(
        _("Where, or on which number?"), noun=_("the place"), hint=_("Say how to get there, and that it is step-free if it is.")
    )
    people = fields.CharField(_("Whom do they meet?"), noun=_("whom they meet"), hint=_("Names, and what each of them does here."))
    # Django takes fields out of the class, so the method of this name stays.
    questions = fields.WordsField(  # type: ignore[assignment]
        _("Which questions will you ask?"),
        noun=_("the questions"),
        hint=_("They get them with the invitation. Do not ask about harm, health or why somebody cannot do something."),
        rows=8,
        max_length=4000,
        required_message=_("Write the questions you will ask, so that the person can think about them beforehand"),
    )
    field_order = ["how", "planned_on", "planned_time", "place", "people", "questions"]


class HeldForm(PlainForm):
    held_on = fields.DateField(_("On which day did you talk?"), noun=_("the day"), latest=fields.today)
    note = fields.WordsField(
        _("What is to be remembered? (optional)"),
        noun=_("what is to be remembered"),
        hint=_("About the role, and how you could support them. No marks or points, nothing about health or harm. They may ask to see it."),
        rows=4,
        max_length=2000,
        required=False,
    )
    field_order = ["held_on", "note"]


class ReadersForm(PlainForm):
    """Who reads it. Where many work here, names are found a few at a time, and who was ticked stays."""

    find = fields.CharField(_("Find people"), noun=_("a name"), hint=_("Part of a name. Press Find, then tick them below."), required=False)
    readers = fields.MultipleChoiceField(
        _("Who reads it?"),
        noun=_("who reads it"),
        hint=_("At least two people, each on their own. Best one of them is a partner."),
        choices=[],
        required_message=_("Choose at least two people, so that nobody decides alone"),
    )
    due_on = fields.DateField(
        _("By which day? (optional)"),
        noun=_("the day"),
        hint=_("Five working days, if you leave it empty."),
        earliest=fields.today,
        required=False,
    )
    field_order = ["find", "readers", "due_on"]

    def __init__(self, *args: Any, people: People, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["readers"].choices = people.choices
        if not people.is_many:
            del self.fields["find"]


class AnotherReaderForm(ReadersForm):
    """One person more."""

    def __init__(self, *args: Any, people: People, **more: Any) -> None:
        super().__init__(*args, people=people, **more)
        self.fields["readers"] = fields.ChoiceField(_("Who else reads it?"), noun=_("who else reads it"), choices=people.choices)
        del self.fields["due_on"]
        self.order_fields(["find", "readers"])


class OfferForm(PlainForm):
    words = words_for_them(_("Words of your own for them (optional)"), hint=_("They stand in your letter of offer, after the greeting."))
    field_order = ["words"]


class NotNowForm(PlainForm):
    words = words_for_them(
        _("What would you like to say to them?"),
        hint=_(
            "A few sentences for this person: what you valued, why it is not now, and what else they could do. They stand in your letter."
        ),
        required_message=_("Write a few sentences for this person: what you valued, and why it is not now"),
    )
    field_order = ["words"]


class AgreedForm(PlainForm):
    """What is only done with the person's consent."""

    has_agreed = fields.BooleanField(
        _("I have asked them, and they agree"),
        legend=_("Do they agree?"),
        required_message=_("Ask the person first, and tick the box when they agree"),
    )
    words = words_for_them(_("Words of your own for them (optional)"))


class ReserveForm(AgreedForm, forms.Renewed):
    reserve_until = fields.DateField(
        _("Until which day?"),
        noun=_("the day"),
        hint=_("They hear from you by then. Until then we keep what they told us."),
        earliest=fields.today,
    )
    turn = fields.VersionField()
    field_order = ["reserve_until", "has_agreed", "words"]


class PassOnForm(AgreedForm):
    passed_to = fields.CharField(
        _("To whom?"), noun=_("to whom"), hint=_("For example: the patient participation group of their practice. You tell them yourself.")
    )
    field_order = ["passed_to", "has_agreed", "words"]


class SaidForm(PlainForm):
    """What somebody told us on the phone, in a letter or in person."""

    capture = fields.ChoiceField(_("How did their words reach you?"), noun=_("how their words reached you"), choices=CAPTURES)
    is_read_back = fields.BooleanField(
        _("I have read it back, and they agree with it"),
        legend=_("Have you read it back to them?"),
        hint=_("For a letter you need not."),
        required=False,
    )


class StaffReachForm(ReachForm, forms.Renewed):
    """The same ways as on their own page, and how we know."""

    capture = fields.ChoiceField(_("How did their words reach you?"), noun=_("how their words reached you"), choices=CAPTURES)
    is_read_back = fields.BooleanField(
        _("I have read it back, and they agree with it"),
        legend=_("Have you read it back to them?"),
        hint=_("For a letter you need not."),
        required=False,
    )
    turn = fields.VersionField()
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["told_by"].label = _("How should we reach them?")
        self.fields["told_by"].hints = {}


class KeepLongerForm(SaidForm):
    keep_until = fields.DateField(_("Until which day may we keep it?"), noun=_("the day"), earliest=fields.today)
    field_order = ["keep_until", "capture", "is_read_back"]


class HoldForm(PlainForm):
    because = fields.CharField(
        _("Why does it have to be kept?"),
        noun=_("why it has to be kept"),
        hint=_("For example: a complaint is open. Your organisation confirms when it may go. Do not write about the person’s health."),
    )
    field_order = ["because"]


class AppointForm(PlainForm):
    """Whom they turn to, and for how long."""

    contact = fields.ChoiceField(
        _("Named contact (optional)"),
        noun=_("the named contact"),
        hint=_("The person they can talk to about anything."),
        select=True,
        empty_text=NOBODY_YET,
        required=False,
    )
    deputy = fields.ChoiceField(
        _("Deputy (optional)"),
        noun=_("the deputy"),
        hint=_("When the named contact is away."),
        select=True,
        empty_text=NOBODY_YET,
        required=False,
    )
    starts_on = fields.DateField(
        _("When does their term begin? (optional)"), noun=_("the first day"), hint=_("Today, if you leave it empty."), required=False
    )
    ends_on = fields.DateField(
        _("When does it end? (optional)"),
        noun=_("the last day"),
        hint=_("As long as terms usually are here, if you leave it empty."),
        required=False,
    )

    def __init__(self, *args: Any, people: People, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("contact", "deputy"):
            choose_person(self.fields[name], people)
