"""What is asked about an item of an agenda, and of whoever has an interest in one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.committees.models import Classification, Invitee, Item
from safety_partners.design import fields, forms
from safety_partners.partners.forms.said import CAPTURES, choose_person
from safety_partners.people.choosing import People

CLASS_HINTS = {
    Classification.INVITED: _("It comes after the items for everyone and is numbered P1, P2."),
    Classification.RESTRICTED: _(
        "It comes last and is numbered R1, R2. Leave out papers that name patients: this is not the place for them."
    ),
}


def classification(label: Any) -> fields.ChoiceField:
    """Who may open something."""
    return fields.ChoiceField(
        label, noun=_("who it is for"), choices=Classification.choices, hints=CLASS_HINTS, initial=Classification.OPEN
    )


class ItemForm(forms.Renewed):
    """One item, asked the same when it is added and when something changes."""

    title = fields.CharField(_("Title"), noun=_("the title"), max_length=200)
    kind = fields.ChoiceField(_("What will we do with it?"), noun=_("what we will do with it"), choices=Item.Kind.choices)
    minutes_long = fields.IntegerField(
        _("How many minutes do we give it? (optional)"),
        hint=_("The time at which each item begins is worked out from this."),
        noun=_("the number of minutes"),
        minimum=1,
        maximum=480,
        required=False,
    )
    lead = fields.ChoiceField(
        _("Who leads it? (optional)"), noun=_("who leads it"), select=True, empty_text=_("Nobody yet"), required=False
    )
    lead_name = fields.CharField(
        _("If somebody from outside leads it: their name (optional)"), noun=_("their name"), max_length=200, required=False
    )
    purpose = fields.WordsField(
        _("What is it for? (optional)"), noun=_("what it is for"), rows=3, max_length=2000, threshold=75, required=False
    )
    can_change = fields.WordsField(
        _("What can still change? (optional)"),
        hint=_("Partners want to know what their voice can still move."),
        noun=_("what can still change"),
        rows=3,
        max_length=2000,
        threshold=75,
        required=False,
    )
    classification = classification(_("Who is it for?"))
    is_for_partners = fields.BooleanField(_("This is the item in which partners are asked what they wish to raise"), required=False)
    submission_key = fields.SubmissionKeyField()
    turn = fields.VersionField()

    def __init__(self, *args: Any, people: People, item: Item | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        choose_person(self.fields["lead"], people)
        del self.fields["turn" if item is None else "submission_key"]

    @staticmethod
    def initial_of(item: Item) -> dict[str, Any]:
        """What is written now."""
        same = (
            "title",
            "kind",
            "minutes_long",
            "lead_name",
            "purpose",
            "can_change",
            "classification",
            "is_for_partners",
            "turn",
        )
        return {"lead": item.lead.code if item.lead else "", **{name: getattr(item, name) for name in same}}


class InterestForm(forms.Form):
    """Stepping back oneself."""

    reason = fields.WordsField(
        _("Why? (optional)"),
        hint=_("You do not have to say. If you do, only the secretary, the chair and the partner lead can read it."),
        noun=_("why"),
        rows=3,
        max_length=2000,
        threshold=75,
        required=False,
    )
    submission_key = fields.SubmissionKeyField()


class RecordInterestForm(forms.Form):
    """Writing down that somebody steps back."""

    who = fields.ChoiceField(_("Who steps back?"), noun=_("who steps back"), select=True, empty_text=_("Choose a person"))
    reason = fields.WordsField(
        _("Why, in their words? (optional)"),
        hint=_("They do not have to say."),
        noun=_("why"),
        rows=3,
        max_length=2000,
        threshold=75,
        required=False,
    )
    capture = fields.ChoiceField(_("How did this reach you?"), noun=_("how this reached you"), choices=CAPTURES)
    is_read_back = fields.BooleanField(_("I have read it back to them"), required=False)
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, invited: Sequence[Invitee], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["who"].choices = [(one.membership.code, one.membership.name) for one in invited]
