"""Questions to the owner who asks partners for a review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safety_partners.core.working_days import add_working_days
from safety_partners.design import fields, forms
from safety_partners.design.fields import today
from safety_partners.people.models import Membership
from safety_partners.reviews.models import Review, Reviewer

MOST_QUESTIONS = 10


def tomorrow() -> dt.date:
    """The first day a review may close."""
    return today() + dt.timedelta(days=1)


def in_three_weeks() -> dt.date:
    """A fair day to begin with."""
    return add_working_days(today(), 15)


def _closing_day(**more: Any) -> fields.DateField:
    return fields.DateField(
        _("By what day do you need to hear from them?"),
        hint=_("Give them at least ten working days. It takes time to read well, and some days are bad days."),
        noun=_("the closing day"),
        earliest=tomorrow,
        **more,
    )


class AskForm(forms.Form):
    """Whom to ask, what can still change, and by when."""

    partners = fields.MultipleChoiceField(
        _("Whom do you want to ask?"),
        hint=_("Two or more, so that no one is alone with it."),
        noun=_("whom you want to ask"),
    )
    what_can_change = fields.WordsField(
        _("What can still change?"),
        hint=_("Be honest: partners give their time for this. If nothing can change any more, do not ask for a review."),
        noun=_("what can still change"),
        rows=3,
        max_length=2000,
    )
    stage = fields.ChoiceField(_("How far is it?"), noun=_("how far it is"), choices=Review.Stage.choices)
    questions = fields.WordsField(
        _("What would you like to know? (optional)"),
        hint=_("One question on each line, in plain words. Two or three are enough."),
        noun=_("your questions"),
        rows=4,
        max_length=4000,
        required=False,
    )
    closes_on = _closing_day(initial=in_three_weeks)
    note = fields.WordsField(
        _("Anything else they should know? (optional)"),
        hint=_("Such as who else looks at it, or what some of the words mean."),
        noun=_("the note"),
        rows=3,
        max_length=2000,
        required=False,
    )
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, partners: Sequence[Membership], **more: Any) -> None:
        super().__init__(*args, **more)
        self.partners = {str(one.pk): one for one in partners}
        self.fields["partners"].choices = [(pk, one.name) for pk, one in self.partners.items()]

    def clean_questions(self) -> list[str]:
        """One for each line with words on it."""
        lines = [line.strip() for line in self.cleaned_data["questions"].split("\n") if line.strip()]
        if len(lines) > MOST_QUESTIONS:
            said = {"count": MOST_QUESTIONS}
            self.add_error("questions", gettext("Ask %(count)s questions or fewer, each on its own line") % said)
        return lines

    def answers(self) -> dict[str, Any]:
        """What the command takes."""
        return {**self.cleaned_data, "partners": [self.partners[pk] for pk in self.cleaned_data["partners"]]}


class AskAnotherForm(forms.Form):
    """One more partner."""

    partner = fields.ChoiceField(_("Whom do you want to ask as well?"), noun=_("whom you want to ask"))
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, partners: Sequence[Membership], **more: Any) -> None:
        super().__init__(*args, **more)
        self.partners = {str(one.pk): one for one in partners}
        self.fields["partner"].choices = [(pk, one.name) for pk, one in self.partners.items()]


class ClosingDayForm(forms.Form):
    """Another closing day."""

    closes_on = _closing_day()
    turn = fields.VersionField()


class RecordAnswerForm(forms.Form):
    """What a partner said by phone, by letter or in person about the review as a whole."""

    answer = fields.ChoiceField(
        _("What did they say?"),
        noun=_("what they said"),
        choices=[
            (Reviewer.Status.FINISHED.value, _("They have read it and have finished")),
            (Reviewer.Status.DECLINED.value, _("They cannot do it this time")),
        ],
        hints={Reviewer.Status.DECLINED.value: _("Do not write down why, and do not ask.")},
    )
