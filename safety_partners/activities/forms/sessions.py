"""Questions about one day of an activity: when and where, what became of it, why it does not take place."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.activities.models import Session
from safety_partners.committees.forms.meetings import TimesForm, web_address
from safety_partners.committees.recurrence import moment
from safety_partners.core import clock
from safety_partners.core.working_days import today
from safety_partners.design import fields, forms

HOW = ("title", "place", "join_link")


class SessionForm(TimesForm):
    """One day."""

    title = fields.CharField(
        _("What is this day called? (optional)"),
        noun=_("what it is called"),
        hint=_("For example: the first interviews"),
        max_length=200,
        required=False,
    )
    on = fields.DateField(_("What day?"), noun=_("the day"), earliest=today)
    place = fields.CharField(
        _("Where is it? (optional)"), noun=_("where it is"), hint=_("Room, house, street, town"), max_length=200, required=False
    )
    join_link = fields.CharField(
        _("Link to join by video (optional)"), noun=_("the link"), max_length=500, required=False, inputmode="url", spellcheck=False
    )
    submission_key = fields.SubmissionKeyField()
    field_order = ("title", "on", "starts_at_time", "ends_at_time", "place", "join_link")

    def clean_join_link(self) -> str:
        return web_address(self.cleaned_data["join_link"])

    def answers(self) -> dict[str, Any]:
        """What the commands take: moments as the clock on the wall in London says."""
        given = self.cleaned_data
        times = {"starts_at": moment(given["on"], given["starts_at_time"]), "ends_at": moment(given["on"], given["ends_at_time"])}
        return {**times, **{name: given[name] for name in HOW}}


class ChangeSessionForm(SessionForm, forms.Renewed):
    """The same, for a day that is planned."""

    turn = fields.VersionField()


def initial_of(session: Session) -> dict[str, Any]:
    """What the form shows of a day that is planned."""
    start, end = (at.astimezone(clock.LONDON) for at in (session.starts_at, session.ends_at))
    shared = {name: getattr(session, name) for name in (*HOW, "turn")}
    return {"on": start.date(), "starts_at_time": start.time(), "ends_at_time": end.time(), **shared}


class HoldForm(forms.Renewed):
    """What became of it."""

    learners = fields.IntegerField(
        _("How many people learned there? (optional)"),
        noun=_("how many people learned"),
        minimum=0,
        maximum=10_000,
        required=False,
        width=4,
    )
    feedback = fields.WordsField(
        _("What did they say about it? (optional)"),
        noun=_("what they said"),
        hint=_("In sum, and without names. It goes to the partners who gave the training."),
        rows=5,
        max_length=4000,
        threshold=75,
        required=False,
    )
    notes = fields.WordsField(
        _("What was done? (optional)"),
        noun=_("what was done"),
        hint=_("A few words. Everybody who takes part can read them. Write nothing about single patients or candidates."),
        rows=5,
        max_length=4000,
        threshold=75,
        required=False,
    )
    turn = fields.VersionField()

    def __init__(self, *args: Any, is_training: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not is_training:
            del self.fields["learners"], self.fields["feedback"]


class CancelSessionForm(forms.Renewed):
    """Why a day does not take place."""

    why = fields.WordsField(
        _("Why?"), noun=_("why"), hint=_("A few words. Everybody who takes part reads them."), rows=3, max_length=300, threshold=75
    )
    turn = fields.VersionField()
