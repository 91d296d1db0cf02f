"""The questions about places: to whom they are offered, and what the partner says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from safety_partners.activities.models import Offer
from safety_partners.activities.queries.offers import Asked
from safety_partners.design import dates, fields, forms
from safety_partners.design.environment import sentence
from safety_partners.insights.forms.sharing import Once
from safety_partners.partners.forms.said import SaidForm

YES, NO, WAIT = "yes", "no", "wait"


class _PlaceForm(forms.Form):
    """Until when, with which words of one's own, and whether they only watch."""

    reply_by = fields.DateField(_("Until when would you like an answer?"), noun=_("the day by which they answer"), earliest=fields.today)
    note = fields.WordsField(
        _("A few words of your own (optional)"),
        hint=_("They stand in the letter or email, above what is offered. Such as why you thought of them."),
        max_length=2000,
        rows=4,
        required=False,
    )
    is_shadowing = fields.BooleanField(
        _("They come to watch and learn, beside a partner who takes part"),
        legend=_("Shadowing"),
        hint=_("Then they fill none of the places."),
        required=False,
    )


class OfferForm(_PlaceForm, Once):
    """Places for partners, chosen by name."""

    partners = fields.MultipleChoiceField(
        _("Whom do you ask?"),
        noun=_("the partners you ask"),
        hint=_("What stands beside a name helps you to ask fairly, and not always the same. It is no score."),
    )
    field_order = ["partners"]

    def __init__(self, *args: Any, asked: Sequence[Asked], **more: Any) -> None:
        super().__init__(*args, **more)
        question = self.fields["partners"]
        question.choices = [(one.partner.code, one.partner.name) for one in asked]
        question.hints = {one.partner.code: facts_of(one) for one in asked}


class AgainForm(_PlaceForm, forms.Renewed):
    """The same for one partner who was asked before."""

    turn = fields.VersionField()


def facts_of(asked: Asked) -> str:
    """How often somebody was asked, and what they have on: in sentences, beside their name."""
    partner: Any = asked.partner
    return " ".join([*_share(partner), *_load(asked)])


def _share(partner: Any) -> Iterable[str]:
    if partner.last_asked_at is None:
        yield now("Never asked.")
        return
    said = {"n": partner.asked_this_year, "yes": partner.yes_this_year}
    yield (
        ngettext(
            "Asked %(n)s time in the last year, takes part in %(yes)s.",
            "Asked %(n)s times in the last year, takes part in %(yes)s.",
            said["n"],
        )
        % said
    )
    yield now("Last asked on %(day)s.") % {"day": dates.day(partner.last_asked_at)}


def _load(asked: Asked) -> Iterable[str]:
    if asked.partner.status == asked.partner.Status.JOINING:
        yield now("Still joining.")
    if hours := hours_of(asked.partner.minutes_this_month):  # type: ignore[attr-defined]
        yield now("Gave %(hours)s this month.") % {"hours": hours}
    if asked.has_a_lot:
        yield now("That is a lot: ask if they would like this too.")
    for one in asked.busy:
        yield now("Has something on %(day)s: %(title)s.") % {"day": dates.weekday(one.on), "title": one.title}


def hours_of(minutes: int) -> str:
    """``2 hours and 30 minutes``; nothing for no time."""
    hours, rest = divmod(minutes, 60)
    said = [
        ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours} if hours else "",
        ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest} if rest else "",
    ]
    return sentence([part for part in said if part])


class AnswerForm(SaidForm):
    """Yes or no; a no needs no reason. Where every place is taken, waiting for one stands instead of a yes."""

    answer = fields.ChoiceField(_("Do they take part?"), hint=_("A no needs no reason."), noun=_("an answer"))
    turn = fields.VersionField()
    field_order = ["answer"]

    def __init__(self, *args: Any, offer: Offer, is_own: bool, is_full: bool, **more: Any) -> None:
        super().__init__(*args, is_own=is_own, **more)
        question = self.fields["answer"]
        if is_own:
            question.label = _("Would you like to take part?")
        # What was sent was possible a moment ago: then the command says what has happened since.
        sent = self.data.get(self.add_prefix("answer"))
        goes_in = offer.keeps_place or offer.is_shadowing or not is_full or sent == YES
        is_full = is_full or sent == WAIT
        yes = (YES, _("Yes, I take part") if is_own else _("Yes, they take part"))
        wait = (WAIT, _("I would like to, if a place becomes free") if is_own else _("They would like to, if a place becomes free"))
        no = (NO, _("No, not this time"))
        question.choices = [
            *([yes] if goes_in else []),
            *([wait] if is_full and not (offer.keeps_place or offer.is_shadowing) and offer.status != Offer.Status.RESERVE else []),
            *([no] if offer.status in {Offer.Status.OFFERED, Offer.Status.RESERVE} else []),
        ]


class StepOutForm(SaidForm):
    """Nothing to answer but how it reached us."""

    turn = fields.VersionField()


class TurnForm(forms.Renewed):
    """Nothing to answer: a button."""

    turn = fields.VersionField()
