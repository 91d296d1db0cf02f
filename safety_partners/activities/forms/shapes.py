"""Questions about what only some activities have: milestones, training, the terms of a panel, where the work is done."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.activities.models import Milestone, Panel, PanelArea, Training
from safety_partners.core.working_days import today
from safety_partners.design import fields, forms
from safety_partners.partners.forms.said import SaidForm, choose_person
from safety_partners.people.choosing import People


class MilestoneForm(forms.Form):
    """One step."""

    title = fields.CharField(_("What is to be reached?"), noun=_("what is to be reached"), max_length=200)
    due_on = fields.DateField(_("By when?"), noun=_("the day"))
    submission_key = fields.SubmissionKeyField()


class ChangeMilestoneForm(forms.Renewed):
    """The same step, in other words or for another day."""

    title = fields.CharField(_("What is to be reached?"), noun=_("what is to be reached"), max_length=200)
    due_on = fields.DateField(_("By when?"), noun=_("the day"))
    turn = fields.VersionField()


class ReachForm(forms.Renewed):
    """It is reached."""

    reached_on = fields.DateField(_("When was it reached?"), noun=_("the day"), latest=today)
    partners_changed = fields.WordsField(
        _("What is different because partners took part?"),
        noun=_("what is different because partners took part"),
        hint=_("The partners read this. If nothing is different, say so, and why."),
        rows=6,
        max_length=4000,
        threshold=75,
    )
    turn = fields.VersionField()


class DropForm(forms.Renewed):
    """It is given up."""

    why = fields.WordsField(
        _("Why is it given up?"), noun=_("why"), hint=_("A few words. The partners read them."), rows=3, max_length=300, threshold=75
    )
    turn = fields.VersionField()


def initial_of(milestone: Milestone) -> dict[str, Any]:
    """What the form shows of a step that is there."""
    return {name: getattr(milestone, name) for name in ("title", "due_on", "turn")}


class TrainingForm(forms.Renewed):
    """Who learns, and what partners do."""

    audience = fields.CharField(
        _("Who learns?"), noun=_("who learns"), hint=_("For example: new nurses in their first month"), max_length=200
    )
    part = fields.ChoiceField(_("What do partners do?"), noun=_("what partners do"), choices=Training.Part.choices)
    uses_story = fields.YesNoField(
        _("Is a partner’s own story told there?"),
        noun=_("whether a story is told"),
        hint=_("Only if the partner wants to. Nobody has to tell a story to have a place here."),
        reveals={"yes": ["story_consent"]},
    )
    story_consent = fields.CharField(
        _("Where is the partner’s consent for this kept?"),
        noun=_("where the consent is kept"),
        hint=_("A reference, such as the number of the consent form. Never write the story itself here."),
        max_length=200,
    )
    debrief = fields.CharField(
        _("Who talks with the partners afterwards, and when? (optional)"), noun=_("who talks with them"), max_length=300, required=False
    )
    turn = fields.VersionField()


def initial_of_training(training: Training | None) -> dict[str, Any]:
    """What the form shows of what was said."""
    if training is None:
        return {"turn": 0}
    return {name: getattr(training, name) for name in ("audience", "part", "uses_story", "story_consent", "debrief", "turn")}


class PanelForm(forms.Renewed):
    """The post, who chairs, and the partner's right to score."""

    post = fields.CharField(_("Which post is it for?"), noun=_("which post it is for"), max_length=200)
    band = fields.CharField(_("Band (optional)"), noun=_("the band"), max_length=30, required=False, width=5)
    vacancy_reference = fields.CharField(
        _("Reference of the vacancy (optional)"), noun=_("the reference"), max_length=60, required=False, width=20
    )
    chair = fields.ChoiceField(_("Who chairs the panel?"), noun=_("who chairs"), select=True, empty_text=_("Choose a person"))
    scoring = fields.ChoiceField(
        _("Does the partner score?"),
        noun=_("whether the partner scores"),
        hint=_("Partners read this before they say yes."),
        choices=Panel.Scoring.choices,
    )
    scores_kept = fields.CharField(
        _("Where are scores kept? (optional)"),
        noun=_("where scores are kept"),
        hint=_("Never here. For example: in the recruitment system of the people team"),
        max_length=200,
        required=False,
    )
    trained_on = fields.DateField(_("Day of training for the partner (optional)"), noun=_("the day of training"), required=False)
    shadowing_on = fields.DateField(
        _("Day on which the partner can watch another panel (optional)"), noun=_("the day of watching"), required=False
    )
    turn = fields.VersionField()

    def __init__(self, *args: Any, people: People, **more: Any) -> None:
        super().__init__(*args, **more)
        choose_person(self.fields["chair"], people)  # type: ignore[arg-type]


PANEL_FIELDS = ("post", "band", "vacancy_reference", "scoring", "scores_kept", "trained_on", "shadowing_on", "turn")


def initial_of_panel(panel: Panel | None) -> dict[str, Any]:
    """What the form shows of what was said."""
    if panel is None:
        return {"turn": 0}
    return {name: getattr(panel, name) for name in PANEL_FIELDS} | {"chair": panel.chair.code}


# What each of the ten areas asks.
ASKS = {
    PanelArea.RESOURCES: _("How many hours in all, on which days, and what is paid and refunded?"),
    PanelArea.ROLE: _("What is the partner there for, and what is not their part?"),
    PanelArea.INTERVIEW: _("What do they ask, when, and who helps if it gets difficult?"),
    PanelArea.SCORING: _("How do they score or give their view, and who decides in the end?"),
    PanelArea.TRAINING: _("What do they learn beforehand, such as fair recruitment?"),
    PanelArea.ORIENTATION: _("When do they meet the panel, and talk the day through?"),
    PanelArea.INFORMATION: _("What do they get to read, how long before, and where does it stay?"),
    PanelArea.TERMS: _("Which words of the post need explaining, and who explains them?"),
    PanelArea.SUPPORT: _("Who is there for them before, on the day and afterwards?"),
    PanelArea.ACCESS: _("What is arranged so that they can take part: room, times, breaks, formats?"),
}


class AreasForm(forms.Renewed):
    """All ten areas; some may wait while nobody was asked."""

    turn = fields.VersionField()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for area in PanelArea:
            self.fields[area.value] = fields.WordsField(
                area.label, noun=area.label, hint=ASKS[area], rows=3, max_length=2000, threshold=75, required=False
            )

    def answers(self) -> dict[str, Any]:
        """What the command takes."""
        return {"words": {area.value: self.cleaned_data[area.value] for area in PanelArea}, "turn": self.cleaned_data["turn"]}


class PanelEndedForm(forms.Renewed):
    """How it ended, in one of three sentences."""

    ended = fields.ChoiceField(
        _("How did it end?"),
        noun=_("how it ended"),
        hint=_("The partners are told this sentence and no more, so that nothing is said of single people."),
        choices=Panel.Ended.choices,
    )
    turn = fields.VersionField()


class OwnQuestionForm(SaidForm):
    """The question that is the partner's to ask."""

    words = fields.WordsField(
        _("What will you ask?"),
        noun=_("the question"),
        hint=_("In your own words. Leave it empty to take the question away."),
        rows=4,
        max_length=1000,
        threshold=75,
        required=False,
    )
    turn = fields.VersionField()
    field_order = ("words", "capture", "is_read_back")

    def __init__(self, *args: Any, is_own: bool, **more: Any) -> None:
        super().__init__(*args, is_own=is_own, **more)
        if not is_own:
            words = self.fields["words"]
            words.label, words.hint = _("What will they ask?"), _("Word for word as they said or wrote it.")  # type: ignore[attr-defined]


class ReviewForm(forms.Renewed):
    """In which review the work is done."""

    review = fields.ChoiceField(_("Which review is it?"), noun=_("the review"), select=True, empty_text=_("Choose a review"))
    turn = fields.VersionField()

    def __init__(self, *args: Any, reviews: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["review"].choices = reviews  # type: ignore[attr-defined]


class CommitteeForm(forms.Renewed):
    """On which committee the seat is."""

    committee = fields.ChoiceField(_("Which committee is it?"), noun=_("the committee"), select=True, empty_text=_("Choose a committee"))
    turn = fields.VersionField()

    def __init__(self, *args: Any, committees: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["committee"].choices = committees  # type: ignore[attr-defined]
