"""The questions about a partner's seat: offering it, the answer, another time, the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.committees.models import Sitting
from safety_partners.design import fields, forms
from safety_partners.partners.forms.said import SaidForm

HOLDS, LATER, SHADOWS = "holds", "later", "shadows"


def _how(label: Any) -> fields.ChoiceField:
    return fields.ChoiceField(
        label,
        noun=_("how they begin"),
        choices=[
            (HOLDS, _("They hold the seat from the first day")),
            (LATER, _("They shadow first, and hold the seat later")),
            (SHADOWS, _("They only shadow for now")),
        ],
        reveals={LATER: ["holds_from_on"]},
        hint=_("Who shadows is there, reads the papers and learns. They may speak, and nobody expects them to."),
    )


def _until() -> fields.DateField:
    return fields.DateField(
        _("Until when? (optional)"),
        hint=_("Partners whose time does not end together can help each other in."),
        noun=_("the last day"),
        required=False,
    )


class _TimesForm(forms.Form):
    """The days of a time at the table."""

    def holds_from(self, first: dt.date) -> dt.date | None:
        """The day from which they hold the seat, or nothing while they only shadow."""
        how = self.cleaned_data["how"]
        return first if how == HOLDS else self.cleaned_data["holds_from_on"] if how == LATER else None


class OfferForm(_TimesForm):
    """A seat for a partner."""

    partner = fields.ChoiceField(_("Which partner?"), noun=_("which partner"), select=True, empty_text=_("Choose a partner"))
    from_on = fields.DateField(_("From when?"), noun=_("the first day"))
    how = _how(_("How do they begin?"))
    holds_from_on = fields.DateField(_("From when do they hold the seat?"), noun=_("the day from which they hold the seat"))
    until_on = _until()
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, partners: Sequence[tuple[str, Any]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["partner"].choices = list(partners)

    def times(self) -> dict[str, Any]:
        """The days, as the command takes them."""
        given = self.cleaned_data
        return {"from_on": given["from_on"], "holds_from_on": self.holds_from(given["from_on"]), "until_on": given["until_on"]}


class AnswerForm(SaidForm):
    """Yes or no; a no needs no reason."""

    is_taken = fields.YesNoField(_("Do they take the seat?"), hint=_("A no needs no reason."), noun=_("whether they take the seat"))
    turn = fields.VersionField()
    field_order = ["is_taken"]

    def __init__(self, *args: Any, is_own: bool, **more: Any) -> None:
        super().__init__(*args, is_own=is_own, **more)
        if is_own:
            self.fields["is_taken"].label = _("Do you want to take this seat?")


class AdjustForm(_TimesForm, SaidForm):
    """Another beginning or end, to which the partner has said yes."""

    how = _how(_("How do they begin?"))
    holds_from_on = fields.DateField(_("From when do they hold the seat?"), noun=_("the day from which they hold the seat"))
    until_on = _until()
    turn = fields.VersionField()
    field_order = ["how", "holds_from_on", "until_on"]

    @staticmethod
    def initial_of(sitting: Sitting) -> dict[str, Any]:
        """What is agreed now."""
        how = SHADOWS if sitting.holds_from_on is None else HOLDS if sitting.holds_from_on == sitting.from_on else LATER
        return {"how": how, "holds_from_on": sitting.holds_from_on, "until_on": sitting.until_on, "turn": sitting.turn}


class LeaveForm(forms.Renewed):
    """The last day; no reason is asked."""

    last_on = fields.DateField(_("Which is the last day?"), noun=_("the last day"), earliest=fields.today, initial=fields.today)
    turn = fields.VersionField()


class TurnForm(forms.Renewed):
    """Nothing to answer: a button."""

    turn = fields.VersionField()
