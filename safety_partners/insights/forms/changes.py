"""The questions about what changed, the public words for it, and what each person says to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safety_partners.design import fields
from safety_partners.insights.forms.sharing import Once
from safety_partners.insights.models import Change, WordingAnswer

Status = Change.Status
Answer = WordingAnswer.Answer
Choices = Sequence[tuple[str, str | Promise]]

MAY_BECOME_PUBLIC = _("Everyone who spoke will read this. If the change is published, everyone can.")


class RecordForm(Once):
    """What is planned or was changed, since when, and which other insights led to it."""

    title = fields.CharField(
        _("What is the change, in a few words?"),
        hint=_("For example: a night number on every going-home sheet."),
        noun=_("the change in a few words"),
    )
    text = fields.WordsField(
        _("What is different, or will be?"),
        hint=MAY_BECOME_PUBLIC,
        noun=_("what is different, or will be"),
        rows=5,
        max_length=4000,
        threshold=75,
    )
    status = fields.ChoiceField(
        _("Where does it stand?"),
        noun=_("where it stands"),
        choices=[(Status.PLANNED.value, Status.PLANNED.label), (Status.MADE.value, Status.MADE.label)],
        hints={Status.PLANNED: _("It will happen."), Status.MADE: _("It has happened.")},
    )
    on = fields.DateField(_("Since when, or from when?"), hint=_("For a plan this can be a day to come."), noun=_("the day"))
    others = fields.MultipleChoiceField(
        _("Did other insights lead to it too? (optional)"),
        hint=_("Tick each one. Everyone who spoke is told, and is asked before anything is published."),
        noun=_("the other insights"),
        required=False,
    )

    def __init__(self, *args: Any, others: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["others"].choices = others
        if not others:
            del self.fields["others"]


class JoinForm(Once):
    """Which change came from this insight too."""

    change = fields.ChoiceField(_("Which change came from this too?"), noun=_("the change"))

    def __init__(self, *args: Any, changes: Iterable[Change], **more: Any) -> None:
        super().__init__(*args, **more)
        self.changes = {change.code: change for change in changes}
        self.fields["change"].choices = [(code, change.title) for code, change in self.changes.items()]
        self.fields["change"].hints = {code: change.get_status_display() for code, change in self.changes.items()}


MOVES = {
    Status.PLANNED: _("It is planned again"),
    Status.MADE: _("It is made"),
    Status.NOT_KEPT: _("It was not kept"),
    Status.WILL_NOT_DO: _("We will not do it"),
}


class MoveForm(Once):
    """Where a change stands now, since when, and why."""

    status = fields.ChoiceField(_("Where does it stand now?"), noun=_("where it stands now"))
    on = fields.DateField(_("Since when, or from when?"), hint=_("For a plan this can be a day to come."), noun=_("the day"))
    reason = fields.WordsField(_("Why?"), hint=MAY_BECOME_PUBLIC, noun=_("the reason"), rows=4, max_length=2000, threshold=75)
    turn = fields.VersionField()

    def __init__(self, *args: Any, possible: Iterable[Status], is_published: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        # A step that somebody else has made impossible is told by the command, which knows why.
        self.offer(Status if self.is_bound else possible)
        if is_published:
            self.fields["reason"].hint = _("This will be public at once, with its day. Everyone who spoke is told.")

    def offer(self, possible: Iterable[Status]) -> None:
        """Let only the steps be chosen that the change can take from where it stands."""
        self.fields["status"].choices = [(status.value, MOVES[status]) for status in possible]


class WordingForm(Once):
    """The words that would be public."""

    title = fields.CharField(_("Title of the public page"), noun=_("a title"))
    told_us = fields.WordsField(
        _("What we were told"),
        hint=_("Say it so that everyone who spoke can agree. Leave out names, and anything that shows who else was there."),
        noun=_("what we were told"),
        rows=5,
        max_length=4000,
        threshold=75,
    )
    changed = fields.WordsField(
        _("What is different"), hint=_("Only what is true today."), noun=_("what is different"), rows=5, max_length=4000, threshold=75
    )


class AnswerForm(Once):
    """What one person says to the words."""

    answer = fields.ChoiceField(
        _("Can we publish these words?"),
        noun=_("whether we can publish these words"),
        choices=[(Answer.YES.value, _("Yes, publish them")), (Answer.NO.value, _("No, I would like other words"))],
        reveals={Answer.NO: ["comment"]},
    )
    comment = fields.WordsField(
        _("What should the words be instead?"),
        hint=_("Or say what is wrong with them. The partner lead reads this, and suggests new words to you."),
        noun=_("what the words should be instead"),
        rows=5,
        max_length=4000,
        threshold=75,
    )


class RecordedAnswerForm(AnswerForm):
    """What somebody said by phone, letter or in person."""

    person = fields.ChoiceField(_("Who answered?"), noun=_("who answered"))
    is_read_out = fields.BooleanField(
        _("The person heard or read exactly these words, and how they are named"),
        required_message=_("Read the words out first, or send them"),
    )

    def __init__(self, *args: Any, people: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["person"].choices = people
        self.fields["answer"].label = _("What did they say?")
        self.fields["answer"].choices = [(Answer.YES.value, _("Yes, publish them")), (Answer.NO.value, _("No, other words"))]
        self.fields["comment"].label = _("What would they rather have?")
        self.fields["comment"].hint = _("In their own words.")
        self.order_fields(["person", "answer", "comment", "is_read_out"])
