"""Questions to groups and their answers, what a group says as one, what was agreed, and what is passed on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from safety_partners.design import fields, forms
from safety_partners.design.dates import day
from safety_partners.insights.forms.sharing import CAPTURES, KINDS, KINDS_RECORDED, MOST_SIGNS, VISIBILITY_HINTS
from safety_partners.insights.models import Insight
from safety_partners.partners.forms.said import SaidForm, choose_person
from safety_partners.people.choosing import People
from safety_partners.ppg.models import CollectiveView, Group, GroupMeeting

# A reflection is what one person lived through; a group has none.
GROUP_KINDS = [(value, words) for value, words in KINDS_RECORDED if value != Insight.Kind.REFLECTION]
NAMINGS = [(Insight.Naming.NAME.value, _("By the name of the group")), (Insight.Naming.UNNAMED.value, _("Not at all"))]
VISIBILITIES = [
    (value.value, value.label) for value in (Insight.Visibility.ANSWERERS, Insight.Visibility.LEAD, Insight.Visibility.PROGRAMME)
]


class TurnForm(forms.Renewed):
    """Nothing to answer but a button."""

    turn = fields.VersionField()


class TurnSaidForm(SaidForm):
    """A button; staff who press it for somebody say how they were told."""

    turn = fields.VersionField()

    def answers(self) -> dict[str, Any]:
        """What the command takes."""
        return {"how" if name == "capture" else name: value for name, value in self.cleaned_data.items()}


class QuestionForm(forms.Renewed):
    """One question to one group or to many."""

    groups = fields.MultipleChoiceField(_("Which groups do you want to ask?"), noun=_("the groups"))
    text = fields.WordsField(_("What do you want to know?"), noun=_("what you want to know"), rows=4, max_length=2000)
    purpose = fields.WordsField(_("What is it for? (optional)"), rows=3, max_length=2000, required=False)
    can_change = fields.WordsField(
        _("What can still change because of the answer? (optional)"),
        hint=_("Say so honestly. If nothing can change, do not ask."),
        rows=3,
        max_length=2000,
        required=False,
    )
    answer_by = fields.DateField(
        _("By when do you need the answer?"),
        hint=_("Many groups meet only every few weeks."),
        noun=_("the day"),
        earliest=fields.today,
    )
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, groups: Sequence[Group], **more: Any) -> None:
        super().__init__(*args, **more)
        self.groups = {group.code: group for group in groups}
        self.fields["groups"].choices = [(code, group.name) for code, group in self.groups.items()]

    def answers(self) -> dict[str, Any]:
        """What the command takes."""
        return self.cleaned_data | {"groups": [self.groups[code] for code in self.cleaned_data["groups"]]}


class AnswerForm(SaidForm):
    """What the group answers."""

    answer = fields.WordsField(
        _("What does the group answer?"), hint=_("Use the group’s own words."), noun=_("what the group answers"), rows=8, max_length=10_000
    )
    turn = fields.VersionField()


class ToldForm(forms.Renewed):
    """What was done with the answer."""

    told = fields.WordsField(
        _("What did you do with it?"),
        hint=_("The group reads this. If nothing could be done, say why."),
        noun=_("what you did with it"),
        rows=5,
        max_length=4000,
    )
    turn = fields.VersionField()


class ViewForm(forms.Renewed):
    """What the group says as one, and what a minority thinks."""

    capture = fields.ChoiceField(
        _("How did the words reach you?"), noun=_("how the words reached you"), choices=CAPTURES, initial=Insight.Capture.MEETING
    )
    words = fields.WordsField(
        _("What does the group say together?"),
        hint=_("Use the group’s own words. If you can, leave out other people’s names."),
        required_message=_("Write something first"),
        rows=8,
        max_length=MOST_SIGNS,
        threshold=95,
    )
    minority = fields.WordsField(
        _("Does somebody see it differently? (optional)"),
        hint=_("Write it down here. It stands beside what the group says, and is sealed too."),
        rows=4,
        max_length=10_000,
        threshold=95,
        required=False,
    )
    kind = fields.ChoiceField(
        _("Which of these is it most like?"), noun=_("what it is most like"), choices=GROUP_KINDS,
        required_message=_("Choose what it is most like"),
    )  # fmt: skip
    gathered = fields.ChoiceField(
        _("How did the group come to it?"), noun=_("how the group came to it"), choices=CollectiveView.Gathered.choices
    )
    people_count = fields.IntegerField(
        _("How many people had a part in it?"), noun=_("how many people"), minimum=1, maximum=1_000_000, width=5
    )
    meeting = fields.ChoiceField(_("At which meeting? (optional)"), select=True, empty_text=_("None of these"), required=False)
    naming = fields.ChoiceField(
        _("If we publish what changed, how should we name the group?"),
        hint=_("Nothing is published until the chair agrees the words."),
        choices=NAMINGS,
        initial=Insight.Naming.NAME,
    )
    turn = fields.VersionField()
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, meetings: Sequence[GroupMeeting], is_own: bool, view: CollectiveView | None = None, **more: Any) -> None:
        more["initial"] = self.initial_of(view) if view else {"turn": 0}
        super().__init__(*args, **more)
        self.meetings = {one.code: one for one in meetings}
        self.fields["meeting"].choices = [(code, day(one.starts_at)) for code, one in self.meetings.items()]
        if not meetings:
            del self.fields["meeting"]
        if is_own:
            del self.fields["capture"]
        if view is not None:
            del self.fields["submission_key"]

    @staticmethod
    def initial_of(view: CollectiveView) -> dict[str, Any]:
        """What a draft says already."""
        said = {name: getattr(view.insight, name) for name in ("words", "kind", "naming", "capture", "turn")}
        place = {"minority": view.words, "gathered": view.gathered, "people_count": view.people_count}
        return said | place | {"meeting": view.meeting.code if view.meeting else ""}

    def answers(self) -> dict[str, Any]:
        """What the command takes."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "turn"}
        return given | {"meeting": self.meetings.get(given.get("meeting") or "")}


class ImprovementForm(forms.Form):
    """Something agreed with the group."""

    text = fields.WordsField(_("What was agreed?"), noun=_("what was agreed"), rows=4, max_length=2000)
    owner = fields.ChoiceField(_("Who sees to it?"), noun=_("who sees to it"), select=True, empty_text=_("Choose a person"))
    due_on = fields.DateField(_("By when?"), noun=_("the day"), earliest=fields.today)
    view = fields.ChoiceField(_("What did the group say about it? (optional)"), select=True, empty_text=_("None of these"), required=False)
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, people: People, views: Sequence[CollectiveView], **more: Any) -> None:
        super().__init__(*args, **more)
        choose_person(self.fields["owner"], people)
        self.views = {one.code: one for one in views}
        self.fields["view"].choices = [(code, _view_says(one)) for code, one in self.views.items()]
        if not views:
            del self.fields["view"]


class EffortsForm(forms.Renewed):
    """What was done."""

    efforts = fields.WordsField(_("What was done?"), hint=_("The group reads this."), noun=_("what was done"), rows=5, max_length=4000)
    turn = fields.VersionField()


class GiveUpForm(EffortsForm):
    """What was tried, and why it did not work."""

    efforts = fields.WordsField(
        _("What did you try, and why could it not be done?"),
        hint=_("The group reads this."),
        noun=_("what you tried"),
        rows=5,
        max_length=4000,
    )


class PutOffForm(EffortsForm):
    """What was done until now, and another day."""

    efforts = fields.WordsField(
        _("What was done until now, and why does it have to wait?"),
        hint=_("The group reads this."),
        noun=_("what was done until now"),
        rows=5,
        max_length=4000,
    )
    due_on = fields.DateField(_("By when now?"), noun=_("the day"), earliest=fields.today)


def _view_says(view: CollectiveView) -> str:
    """What a group said, short enough to choose it from a list."""
    return f"{Truncator(view.insight.words).chars(60)} ({day(view.insight.shared_at)})"


def needs_consent() -> fields.BooleanField:
    """A tick that says yes for the words above it."""
    return fields.BooleanField(_("Yes, the other side may read these words"), required_message=_("Tick the box if they may read the words"))


class ToPartnersForm(SaidForm):
    """A group passes something on."""

    words = fields.WordsField(
        _("What should the Patient Safety Partner read?"),
        hint=_("They read these words and the name of your group. They do not read anything else that the group said."),
        noun=_("what they should read"),
        rows=8,
        max_length=10_000,
    )
    view = fields.ChoiceField(_("Which of your views is it about? (optional)"), select=True, empty_text=_("None of these"), required=False)
    is_agreed = needs_consent()
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, views: Sequence[CollectiveView], **more: Any) -> None:
        super().__init__(*args, **more)
        self.views = {one.code: one for one in views}
        self.fields["view"].choices = [(code, _view_says(one)) for code, one in self.views.items()]
        if not views:
            del self.fields["view"]

    def answers(self) -> dict[str, Any]:
        """What the command takes."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in {"is_agreed", "view"}}
        return given | {"view": self.views.get(self.cleaned_data.get("view") or "")}


class ToGroupForm(SaidForm):
    """A partner passes something on."""

    partner = fields.ChoiceField(_("Whose matter is it?"), noun=_("whose matter it is"), select=True, empty_text=_("Choose a partner"))
    group = fields.ChoiceField(_("To which group?"), noun=_("the group"), select=True, empty_text=_("Choose a group"))
    words = fields.WordsField(
        _("What should the group read?"),
        hint=_("They read these words and nothing else. Your name does not go with them."),
        noun=_("what they should read"),
        rows=8,
        max_length=10_000,
    )
    is_agreed = needs_consent()
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, partners: Iterable[Any], groups: Sequence[Group], **more: Any) -> None:
        super().__init__(*args, **more)
        self.partners = {one.code: one for one in partners}
        self.groups = {one.code: one for one in groups}
        self.fields["group"].choices = [(code, one.name) for code, one in self.groups.items()]
        self.fields["partner"].choices = [(code, one.name) for code, one in self.partners.items()]
        if more["is_own"]:
            del self.fields["partner"]

    def answers(self) -> dict[str, Any]:
        """What the command takes."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "is_agreed"}
        return given | {"group": self.groups[given["group"]]}


class SendForm(forms.Renewed):
    """Whom the lead asks."""

    partner = fields.ChoiceField(_("Which partner do you ask?"), noun=_("the partner"), select=True, empty_text=_("Choose a partner"))
    turn = fields.VersionField()

    def __init__(self, *args: Any, partners: Iterable[Any], is_to_group: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.partners = {one.code: one for one in partners}
        self.fields["partner"].choices = [(code, one.name) for code, one in self.partners.items()]
        if is_to_group:
            del self.fields["partner"]


class ReasonForm(forms.Renewed):
    """Why something is not taken up."""

    reason = fields.WordsField(_("Why?"), hint=_("Whoever passed it on reads this."), noun=_("why"), rows=4, max_length=2000)
    turn = fields.VersionField()


class OutcomeForm(forms.Renewed):
    """What came of it."""

    outcome = fields.WordsField(
        _("What came of it?"),
        hint=_("Whoever passed it on reads this. If nothing changed, say why. Do not name a partner."),
        noun=_("what came of it"),
        rows=5,
        max_length=4000,
    )
    change = fields.ChoiceField(_("Which change came of it? (optional)"), select=True, empty_text=_("None"), required=False)
    turn = fields.VersionField()

    def __init__(self, *args: Any, changes: Sequence[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.changes = {one.code: one for one in changes}
        self.fields["change"].choices = [(code, one.title) for code, one in self.changes.items()]
        if not changes:
            del self.fields["change"]


class WordsForm(SaidForm):
    """What a partner thinks of what a group passed on."""

    words = fields.WordsField(
        _("What do you think about it?"),
        hint=_("Use your own words. Spelling does not matter."),
        required_message=_("Write something first"),
        rows=8,
        max_length=MOST_SIGNS,
        threshold=95,
    )
    kind = fields.ChoiceField(
        _("Which of these is it most like?"), noun=_("what it is most like"), choices=KINDS,
        required_message=_("Choose what it is most like"),
    )  # fmt: skip
    visibility = fields.ChoiceField(
        _("Who may see your words?"), choices=VISIBILITIES, hints=VISIBILITY_HINTS, initial=Insight.Visibility.ANSWERERS
    )
    turn = fields.VersionField()

    def __init__(self, *args: Any, insight: Insight | None = None, **more: Any) -> None:
        names = ("words", "kind", "visibility", "turn", "capture")
        more["initial"] = {name: getattr(insight, name) for name in names} if insight else {"turn": 0}
        super().__init__(*args, **more)

    def answers(self) -> dict[str, Any]:
        """What the command takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "turn"}


class InBothForm(forms.Form):
    """Which group somebody is in."""

    group = fields.ChoiceField(_("Which group?"), noun=_("the group"), select=True, empty_text=_("Choose a group"))

    def __init__(self, *args: Any, groups: Sequence[Group], **more: Any) -> None:
        super().__init__(*args, **more)
        self.groups = {one.code: one for one in groups}
        self.fields["group"].choices = [(code, one.name) for code, one in self.groups.items()]
