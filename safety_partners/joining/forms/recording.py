"""Staff write down an expression of interest that came by phone, by letter or in person: the same questions, on one page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.design import fields
from safety_partners.joining.forms.following import ReachForm
from safety_partners.joining.forms.interest import keep_choices
from safety_partners.joining.models import Expression
from safety_partners.partners.models import Connection

MOST_SIGNS = 5000
CAPTURES = [choice for choice in Expression.Capture.choices if choice[0] != Expression.Capture.TYPED]


def _words(label: Any, noun: Any) -> fields.WordsField:
    return fields.WordsField(label, noun=noun, rows=3, max_length=MOST_SIGNS, required=False)


class RecordForm(ReachForm):
    """Their answers, in their own words."""

    capture = fields.ChoiceField(_("How did their words reach you?"), noun=_("how their words reached you"), choices=CAPTURES)
    name = fields.CharField(_("Full name"), noun=_("their full name"))
    known_as = fields.CharField(_("What should we call them? (optional)"), noun=_("what we should call them"), required=False)
    connection = fields.ChoiceField(_("How do they know health care?"), noun=_("how they know health care"), choices=Connection.choices)
    why = fields.WordsField(
        _("Why are they interested?"),
        noun=_("why they are interested"),
        hint=_("Write what they said, as they said it. Do not ask about harm. If they speak of it, leave it out unless they ask you to."),
        rows=6,
        required_message=_("Write why they are interested"),
    )
    would_help = _words(_("What would help them take part? (optional)"), _("what would help them"))
    access_words = _words(_("What should we do so that they can use what we send, and talk with us? (optional)"), _("what we should do"))
    availability = _words(_("When could they take part? (optional)"), _("when they could take part"))
    works_here = fields.YesNoField(_("Do they work for us?"), noun=_("if they work for us"), required_message=_("Say yes or no"))
    conflict_words = _words(_("Could a job of theirs get in the way? (optional)"), _("what could get in the way"))
    heard_from = fields.CharField(_("How did they hear of this role? (optional)"), noun=_("how they heard of it"), required=False)
    keep_months = fields.ChoiceField(_("For how long may we keep this?"), noun=_("for how long we may keep it"), choices=keep_choices())
    agrees_to_keep = fields.BooleanField(
        _("They said yes, we may keep it for this time"),
        legend=_("Do they agree?"),
        required_message=_("Ask the person if we may keep this, and tick the box when they say yes"),
    )
    is_read_back = fields.BooleanField(
        _("I have read it back, and they agree with it"),
        legend=_("Have you read it back to them?"),
        hint=_("For a letter you need not."),
        required=False,
    )
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, max_words: int, **more: Any) -> None:
        super().__init__(*args, **more)
        asked = self.fields
        asked["why"].max_words = max_words
        asked["told_by"].label = _("How should we reach them?")
        asked["told_by"].hints = {}
        first = ["capture", "name", "known_as", "told_by", "email", "phone", "postal_address", "connection", "why"]
        self.order_fields(first)

    def clean_keep_months(self) -> int:
        return int(self.cleaned_data["keep_months"])
