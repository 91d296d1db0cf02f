"""Questions to the partner who reads, and to staff who write down what a partner said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safety_partners.design import fields, forms
from safety_partners.design.forms import Renewed
from safety_partners.insights.models import Insight
from safety_partners.reviews.models import Reviewer, ReviewQuestion

# Far more than anybody types; it only keeps a whole book from being pasted.
MOST_SIGNS = 100_000
CAPTURES = [choice for choice in Insight.Capture.choices if choice[0] != Insight.Capture.TYPED]
WHOLE, PART, QUESTION = "whole", "part", "question"


class CommentForm(forms.Form):
    """What a partner wants to say about one part, one question, or the whole."""

    words = fields.WordsField(
        _("What do you want to say?"),
        hint=_("Use your own words. Spelling does not matter. Nobody sees this until you say that you have finished."),
        required_message=_("Write something first"),
        rows=8,
        max_length=MOST_SIGNS,
        threshold=95,
    )
    submission_key = fields.SubmissionKeyField()


class EditForm(Renewed):
    """The same words again."""

    words = fields.WordsField(
        _("What do you want to say?"),
        required_message=_("Write something, or delete the comment"),
        rows=8,
        max_length=MOST_SIGNS,
        threshold=95,
    )
    turn = fields.VersionField()


class FinishForm(Renewed):
    """A button; the hidden number says which state of the drafts was on the page."""

    seen = fields.VersionField()


class RecordForm(forms.Form):
    """A partner's words that came by phone, by letter or at a meeting."""

    reviewer = fields.ChoiceField(_("Whose words are they?"), noun=_("whose words they are"))
    capture = fields.ChoiceField(_("How did they reach you?"), noun=_("how they reached you"), choices=CAPTURES)
    place = fields.ChoiceField(
        _("What is it about?"),
        noun=_("what it is about"),
        choices=[(WHOLE, _("The whole document")), (PART, _("One part of it")), (QUESTION, _("One of your questions"))],
        reveals={PART: ["part"], QUESTION: ["question"]},
    )
    part = fields.IntegerField(
        _("Which part?"), hint=_("The number beside the paragraph, such as 12."), noun=_("the number of the part"), minimum=1
    )
    question = fields.ChoiceField(_("Which question?"), noun=_("which question"))
    words = fields.WordsField(
        _("What did they say?"),
        hint=_("Their words, not yours. Do not make them shorter or smoother."),
        noun=_("what they said"),
        rows=8,
        max_length=MOST_SIGNS,
        threshold=95,
    )
    is_read_back = fields.BooleanField(
        _("I have read this back to them, and they agree with it"), legend=_("If you heard it"), required=False
    )
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, reviewers: Sequence[Reviewer], questions: Sequence[ReviewQuestion], parts: int, **more: Any) -> None:
        super().__init__(*args, **more)
        self.reviewers = {str(one.pk): one for one in reviewers}
        self.questions_asked = {str(one.pk): one for one in questions}
        self.parts = parts
        self.fields["reviewer"].choices = [(pk, one.membership.name) for pk, one in self.reviewers.items()]
        self.fields["question"].choices = [(pk, f"{one.number}. {one.text}") for pk, one in self.questions_asked.items()]
        if not questions:
            self.fields["place"].choices = self.fields["place"].choices[:2]
            self.fields["place"].reveals = {PART: ["part"]}
            del self.fields["question"]

    def clean_part(self) -> int | None:
        """A number that this version has."""
        number: int | None = self.cleaned_data.get("part")
        if number is not None and number > self.parts:
            raise ValidationError(gettext("The number of the part must be %(last)s or less") % {"last": self.parts})
        return number
