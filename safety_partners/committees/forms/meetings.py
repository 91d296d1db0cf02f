"""Questions about one meeting: when, where, how to take part, who else comes, what somebody answered."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safety_partners.committees.models import Invitee, Meeting, NeedAtMeeting
from safety_partners.committees.recurrence import moment
from safety_partners.core import clock
from safety_partners.core.working_days import today
from safety_partners.design import fields, forms
from safety_partners.partners.forms.said import SaidForm, choose_person
from safety_partners.people.choosing import People


def web_address(typed: str) -> str:
    """The address as it was typed. Raises ValidationError for one that no browser opens."""
    if typed:
        URLValidator(schemes=["http", "https"], message=gettext("Enter a web address that begins with https://"))(typed)
    return typed


class TimesForm(forms.Form):
    """From when to when, on one day."""

    starts_at_time = fields.TimeField(_("When does it begin?"), noun=_("when it begins"), hint=_("Like 10am or 2:30pm"))
    ends_at_time = fields.TimeField(_("When does it end?"), noun=_("when it ends"), hint=_("Like midday or 4pm"))

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        super().clean()
        given = self.cleaned_data
        start, end = given.get("starts_at_time"), given.get("ends_at_time")
        if start is not None and end is not None and end <= start:
            self.add_error("ends_at_time", ValidationError(gettext("It must end after it begins")))
        return given


class HowForm(forms.Form):
    """Where it is, and every way to take part."""

    place = fields.CharField(
        _("Where is it? (optional)"), noun=_("where it is"), hint=_("Room, house, street, town"), max_length=300, required=False
    )
    getting_there = fields.WordsField(
        _("How to get there and in (optional)"),
        noun=_("how to get there"),
        hint=_("Bus, parking, step-free way, whom to ask at the door. Changing this tells nobody"),
        rows=3,
        max_length=2000,
        required=False,
    )
    video_link = fields.CharField(
        _("Link to join by video (optional)"), noun=_("the link"), max_length=500, required=False, inputmode="url", spellcheck=False
    )
    phone_in = fields.CharField(
        _("Number to join by phone (optional)"),
        noun=_("the number"),
        hint=_("With the code, if there is one"),
        max_length=200,
        required=False,
    )


class MeetingForm(HowForm, TimesForm):
    """One meeting."""

    on = fields.DateField(_("What day?"), noun=_("the day"), earliest=today)
    breaks = fields.WordsField(
        _("Breaks (optional)"),
        noun=_("the breaks"),
        hint=_("When, and how long. Some people need them. Changing this tells nobody"),
        rows=2,
        max_length=1000,
        required=False,
    )
    submission_key = fields.SubmissionKeyField()
    field_order = ("on", "starts_at_time", "ends_at_time", "place", "getting_there", "video_link", "phone_in", "breaks")

    def clean_video_link(self) -> str:
        return web_address(self.cleaned_data["video_link"])

    def answers(self) -> dict[str, Any]:
        """What the commands take: moments as the clock on the wall in London says."""
        given = self.cleaned_data
        how = {name: given[name] for name in ("place", "getting_there", "video_link", "phone_in", "breaks")}
        on = given["on"]
        return {"starts_at": moment(on, given["starts_at_time"]), "ends_at": moment(on, given["ends_at_time"]), **how}


class ChangeMeetingForm(MeetingForm, forms.Renewed):
    """The same, for a meeting that is there."""

    turn = fields.VersionField()


def initial_of(meeting: Meeting) -> dict[str, Any]:
    """What the form shows of a meeting that is there."""
    start, end = (at.astimezone(clock.LONDON) for at in (meeting.starts_at, meeting.ends_at))
    shared = {name: getattr(meeting, name) for name in ("place", "getting_there", "video_link", "phone_in", "breaks", "turn")}
    return {"on": start.date(), "starts_at_time": start.time(), "ends_at_time": end.time(), **shared}


class CancelForm(forms.Renewed):
    """Why a meeting will not take place."""

    why = fields.WordsField(_("Why?"), noun=_("why"), hint=_("A few words. Everybody who is invited reads them"), rows=3, max_length=1000)
    turn = fields.VersionField()


class GuestForm(forms.Form):
    """One more person for one meeting."""

    who = fields.ChoiceField(_("Whom do you invite?"), noun=_("whom you invite"))
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, people: People, **more: Any) -> None:
        super().__init__(*args, **more)
        choose_person(self.fields["who"], people)  # type: ignore[arg-type]


class AnswerForm(SaidForm):
    """Coming or not, and how; never why."""

    reply = fields.ChoiceField(
        _("Are you coming?"),
        noun=_("whether you are coming"),
        choices=[(Invitee.Reply.COMING.value, _("Yes")), (Invitee.Reply.APOLOGIES.value, _("No, not this time"))],
        hints={Invitee.Reply.APOLOGIES.value: _("You need not say why")},
        reveals={Invitee.Reply.COMING.value: ["how"]},
    )
    how = fields.ChoiceField(_("How do you take part?"), noun=_("how you take part"), choices=Invitee.How.choices)
    field_order = ("reply", "how", "capture", "is_read_back")

    def __init__(self, *args: Any, invitee: Invitee, is_own: bool, **more: Any) -> None:
        super().__init__(*args, is_own=is_own, **more)
        offered = ways_in(invitee.meeting)
        if invitee.how and invitee.how not in offered:
            offered.append(invitee.how)
        self.fields["how"].choices = [(value, Invitee.How(value).label) for value in offered]  # type: ignore[attr-defined]
        if not is_own:
            reply, how = self.fields["reply"], self.fields["how"]
            reply.label, how.label = _("Are they coming?"), _("How do they take part?")
            reply.hints = {Invitee.Reply.APOLOGIES.value: _("Do not ask why, and do not write it down")}  # type: ignore[attr-defined]


def ways_in(meeting: Meeting) -> list[str]:
    """How one can take part in a meeting; every way, while nothing is said."""
    offered = [(Invitee.How.IN_PERSON, meeting.place), (Invitee.How.VIDEO, meeting.video_link), (Invitee.How.PHONE, meeting.phone_in)]
    return [how.value for how, there in offered if there] or [how.value for how in Invitee.How]


class NeedForm(forms.Form):
    """Whether one need is met at one meeting."""

    status = fields.ChoiceField(
        _("Is it met at this meeting?"),
        noun=_("whether it is met"),
        choices=[(NeedAtMeeting.Status.MET.value, _("Yes, it is arranged")), (NeedAtMeeting.Status.NOT_MET.value, _("No, it cannot be"))],
        reveals={NeedAtMeeting.Status.NOT_MET.value: ["reason"]},
    )
    reason = fields.WordsField(
        _("Why not, and what do you do about it?"),
        noun=_("why not"),
        hint=_("The partner reads it, and is told at once"),
        rows=3,
        max_length=2000,
    )
