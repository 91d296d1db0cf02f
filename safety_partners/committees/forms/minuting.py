"""What is asked of those who write, agree and approve minutes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.committees.models import Meeting
from safety_partners.design import dates, fields, forms
from safety_partners.design.forms import Renewed

# Far more than anybody types; it only keeps a whole book from being pasted.
MOST_SIGNS = 100_000


class MinuteForm(Renewed):
    """The minutes of one item; empty is right too, as long as nothing is written."""

    words = fields.WordsField(
        _("What do the minutes say about this item?"),
        hint=_("Write what was said and why it matters. Save as often as you like: others see it only once the chair agrees."),
        required=False,
        rows=16,
        max_length=MOST_SIGNS,
        threshold=95,
    )
    turn = fields.VersionField()


class DecisionForm(Renewed):
    """One decision."""

    words = fields.WordsField(
        _("What was decided?"),
        hint=_("One sentence that somebody can find and understand later."),
        noun=_("what was decided"),
        rows=3,
        max_length=2000,
        threshold=75,
    )
    turn = fields.VersionField()
    submission_key = fields.SubmissionKeyField()


class PressForm(forms.Form):
    """Nothing to answer: a button."""

    submission_key = fields.SubmissionKeyField()


class ApproveForm(Renewed):
    """Which meeting approved the minutes, and what it put right."""

    meeting = fields.ChoiceField(_("Which meeting approved them?"), noun=_("which meeting approved them"))
    corrections = fields.WordsField(
        _("What did it put right? (optional)"),
        hint=_("The minutes stay as they were agreed. What was put right stands below them."),
        noun=_("what it put right"),
        required=False,
        rows=6,
        max_length=MOST_SIGNS,
        threshold=95,
    )
    turn = fields.VersionField()

    def __init__(self, *args: Any, meetings: Sequence[Meeting], **more: Any) -> None:
        super().__init__(*args, **more)
        self.meetings = {one.code: one for one in meetings}
        self.fields["meeting"].choices = [(code, dates.weekday(one.starts_at)) for code, one in self.meetings.items()]
        if len(self.meetings) == 1:
            self.initial.setdefault("meeting", next(iter(self.meetings)))

    def answers(self) -> dict[str, Any]:
        """What the command takes: the meeting as itself."""
        return {**self.cleaned_data, "meeting": self.meetings[self.cleaned_data["meeting"]]}
