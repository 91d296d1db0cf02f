"""What is asked about a paper, its versions, and copies of it in other formats."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safety_partners.committees.commands.papers import MOST_QUESTIONS
from safety_partners.committees.forms.agenda import classification
from safety_partners.committees.models import FormatCopy, Paper
from safety_partners.committees.models.papers import lines_of
from safety_partners.design import fields, forms
from safety_partners.insights.commands.evidence import MAX_MEGABYTES
from safety_partners.partners.forms.said import choose_person
from safety_partners.people.choosing import People
from safety_partners.reading import Limits
from safety_partners.reading.limits import MEGABYTE

# Old and macro files are let in here so that reading can say, of each, what to do about it.
TYPES = {".pdf": _("PDF"), ".docx": _("Word document"), ".doc": _("Word document"), ".docm": _("Word document")}
COPY_TYPES = {".pdf": _("PDF"), ".docx": _("Word document")}
MEGABYTES = Limits().size // MEGABYTE
MOST_SIGNS = 60_000
FILE, TYPED = "file", "typed"


class PaperForm(forms.Renewed):
    """What stands beside a paper, so that somebody can decide in two minutes whether and how to read it."""

    title = fields.CharField(_("Title"), noun=_("the title"), max_length=200)
    author = fields.ChoiceField(
        _("Who writes it? (optional)"),
        hint=_("They are told by when we need it, and can send it in themselves."),
        noun=_("who writes it"),
        select=True,
        empty_text=_("Nobody yet"),
        required=False,
    )
    summary = fields.WordsField(
        _("In short, in plain English (optional)"),
        hint=_("Three or four sentences: what it is about, what it says, what is asked of the meeting."),
        noun=_("the summary"),
        rows=5,
        max_words=250,
        required=False,
    )
    jargon = fields.WordsField(
        _("Words to explain (optional)"),
        hint=_("One a line, such as “LFPSE: where the NHS records what went wrong”."),
        noun=_("the words to explain"),
        rows=4,
        max_length=3000,
        threshold=75,
        required=False,
    )
    questions = fields.WordsField(
        _("What would we like to know from partners? (optional)"),
        hint=_("One question a line, three at most."),
        noun=_("the questions"),
        rows=3,
        max_length=1500,
        threshold=75,
        required=False,
    )
    minutes_to_read = fields.IntegerField(
        _("How many minutes does it take to read? (optional)"), noun=_("the number of minutes"), minimum=1, maximum=600, required=False
    )
    is_distressing = fields.YesNoField(
        _("Could it be hard to read for somebody who was harmed, or lost someone?"),
        noun=_("whether it could be hard to read"),
        initial=False,
        reveals={"yes": ["distress_note"]},
    )
    distress_note = fields.WordsField(
        _("What in it may be hard to read?"),
        hint=_("This is shown before the paper is opened, with an offer to talk."),
        noun=_("what may be hard to read"),
        rows=3,
        max_length=1000,
        threshold=75,
    )
    classification = classification(_("Who is the paper for?"))
    submission_key = fields.SubmissionKeyField()
    turn = fields.VersionField()

    def __init__(self, *args: Any, people: People, paper: Paper | None = None, may_run: bool = True, **more: Any) -> None:
        super().__init__(*args, **more)
        choose_person(self.fields["author"], people)
        del self.fields["turn" if paper is None else "submission_key"]
        if not may_run:
            del self.fields["author"], self.fields["classification"]

    def clean_questions(self) -> str:
        questions: str = self.cleaned_data["questions"]
        if len(lines_of(questions)) > MOST_QUESTIONS:
            raise ValidationError(gettext("Ask three questions at most"))
        return questions

    @staticmethod
    def initial_of(paper: Paper) -> dict[str, Any]:
        """What is written now."""
        same = (
            "title",
            "summary",
            "jargon",
            "questions",
            "minutes_to_read",
            "is_distressing",
            "distress_note",
            "classification",
            "turn",
        )
        return {"author": paper.author.code if paper.author else "", **{name: getattr(paper, name) for name in same}}


class VersionForm(forms.Form):
    """The paper itself, as a file or typed; for a newer version, what is different."""

    note = fields.WordsField(
        _("What is different from the version before?"),
        hint=_("Those who have read it are told, so that they need not read it all again."),
        noun=_("what is different"),
        rows=3,
        max_length=1000,
        threshold=75,
    )
    how = fields.ChoiceField(
        _("How do you send it?"),
        noun=_("how you send it"),
        choices=[(FILE, _("As a file")), (TYPED, _("I type or paste it here"))],
        reveals={FILE: ["file"], TYPED: ["words"]},
        initial=FILE,
    )
    file = fields.FileField(_("The paper"), types=TYPES, max_megabytes=MEGABYTES)
    words = fields.WordsField(_("The words of the paper"), noun=_("the words of the paper"), rows=15, max_length=MOST_SIGNS, threshold=90)
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, is_first: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if is_first:
            del self.fields["note"]


class CopyForm(forms.Renewed):
    """Whether a copy in somebody's format is there."""

    status = fields.ChoiceField(
        _("Is the copy there?"),
        noun=_("whether the copy is there"),
        choices=[
            (FormatCopy.Status.READY, _("Yes")),
            (FormatCopy.Status.NOT_READY, _("No, it cannot be made")),
        ],
        reveals={FormatCopy.Status.READY: ["file"], FormatCopy.Status.NOT_READY: ["reason"]},
    )
    file = fields.FileField(
        _("The copy as a file (optional)"),
        hint=_("Leave this empty if you post it or hand it over, such as braille or a recording."),
        types=COPY_TYPES,
        max_megabytes=MAX_MEGABYTES,
        required=False,
    )
    reason = fields.WordsField(_("Why not, and what can they have in its place?"), noun=_("why not"), rows=3, max_length=1000, threshold=75)
    turn = fields.VersionField()
