"""Questions about a group: the register, its status, its meetings, the yearly review, priorities and public notes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safety_partners.core import clock
from safety_partners.core.working_days import today
from safety_partners.design import fields, forms
from safety_partners.insights.commands.evidence import MAX_MEGABYTES, TYPES
from safety_partners.partners.forms.said import choose_person
from safety_partners.people.choosing import People
from safety_partners.ppg.commands.noting import MOST_PRIORITIES
from safety_partners.ppg.models import Group, GroupMeeting, YearlyReview
from safety_partners.ppg.queries.years import words_of, year_of

KINDS = {kind: words for kind, words in TYPES.items() if kind in {".pdf", ".docx"}}


class GroupForm(forms.Renewed):
    """A practice's group; asked the same when it is added and when something changes."""

    practice = fields.CharField(_("Name of the practice"), noun=_("the name of the practice"), max_length=200)
    ods_code = fields.CharField(
        _("Practice code (optional)"), hint=_("A letter and five digits, such as B82001."), width=10, max_length=10, required=False
    )
    name = fields.CharField(_("Name of the group"), noun=_("the name of the group"), max_length=200)
    status = fields.ChoiceField(_("Is there an active group?"), choices=Group.Status.choices, initial=Group.Status.ACTIVE)
    kind = fields.ChoiceField(_("How does it work?"), choices=Group.Kind.choices, initial=Group.Kind.MEETS)
    chair = fields.ChoiceField(
        _("Who chairs it? (optional)"),
        hint=_("Somebody whom an administrator has added as the chair of a group. They need not sign in: letters can tell them."),
        select=True,
        empty_text=_("Nobody who has a place here"),
        required=False,
    )
    contact = fields.ChoiceField(_("Who looks after it on our side? (optional)"), select=True, empty_text=_("Nobody yet"), required=False)
    members_count = fields.IntegerField(
        _("How many people come to meetings? (optional)"), noun=_("how many people come"), minimum=0, maximum=100_000, required=False
    )
    online_count = fields.IntegerField(
        _("How many more take part online? (optional)"), noun=_("how many take part online"), minimum=0, maximum=1_000_000, required=False
    )
    interval_months = fields.IntegerField(
        _("How often do we come together? (optional)"),
        hint=_("In months, as agreed with the group: 3 is every three months."),
        noun=_("how often"),
        minimum=1,
        maximum=24,
        suffix=_("months"),
        required=False,
    )
    interval_agreed_on = fields.DateField(
        _("When did the group agree to that? (optional)"), noun=_("the day"), latest=fields.today, required=False
    )
    about = fields.WordsField(
        _("What it does (optional)"), hint=_("A few plain sentences. Everybody can read them on the website."), rows=4, max_length=4000,
        required=False,
    )  # fmt: skip
    how_to_join = fields.WordsField(
        _("How to join (optional)"), hint=_("Everybody can read this on the website too."), rows=3, max_length=2000, required=False
    )
    turn = fields.VersionField()
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, chairs: People, contacts: People, group: Group | None = None, is_lead: bool = True, **more: Any) -> None:
        more["initial"] = self.initial_of(group) if group else {"chair": "", "contact": ""}
        super().__init__(*args, **more)
        choose_person(self.fields["chair"], chairs, first=[("", _("Nobody who has a place here"))] if chairs.is_many else None)
        choose_person(self.fields["contact"], contacts, first=[("", _("Nobody yet"))] if contacts.is_many else None)
        del self.fields["turn" if group is None else "submission_key"]
        if group is not None:
            del self.fields["status"]
        if not is_lead:
            del self.fields["chair"], self.fields["contact"]

    @staticmethod
    def initial_of(group: Group) -> dict[str, Any]:
        """What is written now."""
        same = ("practice", "ods_code", "name", "kind", "members_count", "online_count", "about", "how_to_join", "turn")
        agreed = {name: getattr(group, name) for name in ("interval_months", "interval_agreed_on")}
        people = {name: person.code if person else "" for name, person in (("chair", group.chair), ("contact", group.contact))}
        return {name: getattr(group, name) for name in same} | agreed | people


class StatusForm(forms.Renewed):
    """What is different now, and how it came to that."""

    status = fields.ChoiceField(_("How is it now?"), noun=_("how it is now"), choices=Group.Status.choices)
    words = fields.WordsField(
        _("How did it come to this?"),
        hint=_("Whoever looks at the register reads it."),
        noun=_("how it came to this"),
        rows=3,
        max_length=1000,
    )
    turn = fields.VersionField()

    def __init__(self, *args: Any, group: Group, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["status"].choices = [choice for choice in Group.Status.choices if choice[0] != group.status]


class MeetingForm(forms.Renewed):
    """When and where the group meets."""

    on = fields.DateField(_("What day?"), noun=_("the day"), hint=_("It may be over already."))
    starts = fields.TimeField(_("When does it begin?"), noun=_("when it begins"), hint=_("Like 10am or 6:30pm"))
    ends = fields.TimeField(_("When does it end? (optional)"), noun=_("when it ends"), required=False)
    place = fields.CharField(_("Where is it? (optional)"), noun=_("where it is"), max_length=200, required=False)
    join_link = fields.CharField(
        _("Link to join online (optional)"), noun=_("the link"), max_length=500, required=False, inputmode="url", spellcheck=False
    )
    topics = fields.WordsField(_("What will you talk about? (optional)"), rows=4, max_length=4000, required=False)
    turn = fields.VersionField()
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, meeting: GroupMeeting | None = None, **more: Any) -> None:
        more["initial"] = self.initial_of(meeting) if meeting else {}
        super().__init__(*args, **more)
        del self.fields["turn" if meeting is None else "submission_key"]

    @staticmethod
    def initial_of(meeting: GroupMeeting) -> dict[str, Any]:
        """What is written now, as the clock on the wall says."""
        starts, ends = (one.astimezone(clock.LONDON) if one else None for one in (meeting.starts_at, meeting.ends_at))
        times = {
            "on": starts.date() if starts else None,
            "starts": starts.time() if starts else None,
            "ends": ends.time() if ends else None,
        }
        return {name: getattr(meeting, name) for name in ("place", "join_link", "topics", "turn")} | times

    def clean_join_link(self) -> str:
        """The address as it was typed."""
        typed: str = self.cleaned_data["join_link"]
        if typed:
            URLValidator(schemes=["http", "https"], message=gettext("Enter a web address that begins with https://"))(typed)
        return typed

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        super().clean()
        start, end = self.cleaned_data.get("starts"), self.cleaned_data.get("ends")
        if start is not None and end is not None and end <= start:
            self.add_error("ends", ValidationError(gettext("It must end after it begins")))
        return self.cleaned_data

    def answers(self) -> dict[str, Any]:
        """What the command takes."""
        given = dict(self.cleaned_data)
        day, start, end = given.pop("on"), given.pop("starts"), given.pop("ends")
        return given | {"starts_at": _moment(day, start), "ends_at": _moment(day, end) if end else None}


def _moment(day: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, time, tzinfo=clock.LONDON)


class HeldForm(forms.Renewed):
    """How many came, and the minutes."""

    people_count = fields.IntegerField(
        _("How many people came? (optional)"), noun=_("how many people came"), minimum=0, maximum=10_000, required=False
    )
    minutes = fields.WordsField(
        _("The minutes (optional)"), hint=_("Type or paste them, or choose a file below. Write no names of patients."), rows=10,
        max_length=40_000, threshold=90, required=False,
    )  # fmt: skip
    minutes_file = fields.FileField(_("A file (optional)"), types=KINDS, max_megabytes=MAX_MEGABYTES, required=False)
    turn = fields.VersionField()


class WhyForm(forms.Renewed):
    """Why something will not take place."""

    why = fields.WordsField(_("Why?"), hint=_("The chair reads this."), noun=_("why"), rows=3, max_length=1000)
    turn = fields.VersionField()


# What is counted: each question with its answers.
BANDS: list[tuple[Any, list[Any]]] = [
    (_("Age"), [_("Under 25"), _("25 to 44"), _("45 to 64"), _("65 to 84"), _("85 and over")]),
    (_("Sex"), [_("Women"), _("Men"), _("Another answer, or none")]),
    (_("Ethnic background"), [_("White British"), _("Any other background"), _("No answer")]),
    (_("Carers"), [_("Carers"), _("Not carers")]),
    (_("Disability or long-term illness"), [_("With"), _("Without"), _("No answer to this")]),
]


class ReviewForm(forms.Renewed):
    """Who is in the group, as numbers; what was not counted stays empty."""

    year = fields.ChoiceField(_("Which year?"), noun=_("the year"), select=True)
    done_on = fields.DateField(_("When was it done?"), noun=_("the day"), latest=fields.today, initial=today)
    method = fields.WordsField(
        _("How did you count?"),
        hint=_("Such as: a sheet without names at two meetings."),
        noun=_("how you counted"),
        rows=3,
        max_length=2000,
    )
    found = fields.WordsField(
        _("What did you find?"), hint=_("Who is missing, or nearly missing?"), noun=_("what you found"), rows=4, max_length=4000
    )
    plan = fields.WordsField(
        _("What will you do so that more kinds of people take part? (optional)"), rows=4, max_length=4000, required=False
    )
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        now = year_of(today())
        self.fields["year"].choices = [(str(year), words_of(year)) for year in range(now, now - 4, -1)]
        self.fields["year"].initial = str(now)
        for number, (question, answer) in enumerate(_rows()):
            for column, whose in (("group", _("%(answer)s: in the group")), ("practice", _("%(answer)s: with the practice"))):
                self.fields[f"{column}_{number}"] = fields.IntegerField(
                    whose % {"answer": answer}, noun=question, minimum=0, maximum=1_000_000, width=5, required=False
                )

    def clean(self) -> dict[str, Any]:
        """A row is counted on both sides or on none."""
        super().clean()
        for number, _row in enumerate(_rows()):
            both = [self.cleaned_data.get(f"{column}_{number}") for column in ("group", "practice")]
            if both.count(None) == 1 and f"group_{number}" not in self.errors and f"practice_{number}" not in self.errors:
                missing = "group" if both[0] is None else "practice"
                self.add_error(f"{missing}_{number}", ValidationError(gettext("Enter both numbers, or leave both empty")))
        return self.cleaned_data

    def tables(self) -> list[tuple[str, list[tuple[Any, Any]]]]:
        """The boxes for numbers, by question."""
        found: dict[str, list[tuple[Any, Any]]] = {}
        for number, (question, _answer) in enumerate(_rows()):
            found.setdefault(question, []).append((self[f"group_{number}"], self[f"practice_{number}"]))
        return list(found.items())

    def answers(self) -> dict[str, Any]:
        """What the command takes: only rows that were counted."""
        given = self.cleaned_data
        counts = [
            (question, answer, given[f"group_{number}"], given[f"practice_{number}"])
            for number, (question, answer) in enumerate(_rows())
            if given.get(f"group_{number}") is not None
        ]
        kept = {name: given[name] for name in ("done_on", "method", "found", "plan", "submission_key")}
        return kept | {"year": int(given["year"]), "counts": counts}


def _rows() -> list[tuple[str, str]]:
    return [(str(question), str(answer)) for question, answers in BANDS for answer in answers]


def table_of(review: YearlyReview) -> list[tuple[str, list[list[Any]]]]:
    """The numbers of a review that may be shown, by question."""
    found: dict[str, list[list[Any]]] = {}
    for question, *row in review.counts:
        found.setdefault(question, []).append(row)
    return list(found.items())


class PrioritiesForm(forms.Renewed):
    """What matters most, one on each line."""

    words = fields.WordsField(
        _("What matters most to the group this year?"),
        hint=_("One on each line, the most important first. Up to five."),
        noun=_("what matters most"),
        rows=MOST_PRIORITIES,
        max_length=1500,
    )

    def clean_words(self) -> list[str]:
        """The lines, each short enough to be kept."""
        lines = [line.strip() for line in self.cleaned_data["words"].splitlines() if line.strip()]
        if any(len(line) > 300 for line in lines):
            raise ValidationError(gettext("Write each in a few words"))
        return lines


class NoteForm(forms.Form):
    """Words for everybody."""

    title = fields.CharField(_("Title"), noun=_("a title"), max_length=200)
    words = fields.WordsField(
        _("What should everybody know?"),
        hint=_("Write no names, unless the person has agreed. It is on the website as soon as you press the button."),
        noun=_("what everybody should know"),
        rows=8,
        max_length=4000,
    )
    submission_key = fields.SubmissionKeyField()
