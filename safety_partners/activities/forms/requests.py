"""The questions of a request for partners, in parts; the same questions together when it is changed after it was taken on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from safety_partners.activities.commands.rules import ANSWERS, MOST_PARTNERS
from safety_partners.activities.models import Activity
from safety_partners.activities.models.activity import PARTNERS_WANTED
from safety_partners.core.viewer import Viewer
from safety_partners.design import fields, forms
from safety_partners.design.steps import Answers, Step, Steps, plain
from safety_partners.partners.forms.said import choose_person
from safety_partners.people.choosing import People, member_called
from safety_partners.people.models import Level, Service

MOST_SIGNS = 3000
NOBODY = People([])
ONE, PAIR, MORE = "one", "two", "more"


@dataclass(frozen=True, slots=True)
class Choices:
    """What one can choose from here: kinds by name with their hints, services, and people."""

    kinds: Sequence[tuple[str, str]] = ()
    services: Sequence[Service] = ()
    people: People = NOBODY


class _Part(forms.Renewed):
    """Some of the questions. Whoever wants to finish later may leave out what can be said later."""

    always: Sequence[str] = ()
    submission_key = fields.SubmissionKeyField()
    turn = fields.VersionField()

    def __init__(
        self,
        *args: Any,
        choices: Choices | None = None,
        is_for_later: bool = False,
        is_new: bool = False,
        with_turn: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.offer(choices or Choices())
        if not is_new:
            del self.fields["submission_key"]
        if not with_turn:
            del self.fields["turn"]
        if is_for_later:
            for name, field in self.fields.items():
                field.required = field.required and name in {*self.always, "turn"}

    def offer(self, choices: Choices) -> None:
        """Put in what one can choose from."""


class WhatForm(_Part):
    """What it is."""

    always = ("kind", "title")
    kind = fields.ChoiceField(_("What are you asking partners to take part in?"), noun=_("what you are asking for"))
    title = fields.CharField(_("A short name for it"), hint=_("Such as: safer ward rounds."), noun=_("a short name"), max_length=200)
    team = fields.CharField(_("Your team (optional)"), max_length=200, required=False)
    purpose = fields.WordsField(
        _("What is it for?"),
        hint=_("Say what difference partners can make. They read these words."),
        noun=_("what it is for"),
        rows=4,
        max_length=MOST_SIGNS,
        threshold=75,
    )
    level = fields.ChoiceField(
        _("Where will it make a difference?"),
        noun=_("where it will make a difference"),
        choices=Level.choices,
        reveals={Level.SERVICE: ["service"]},
    )
    service = fields.ChoiceField(
        _("Which service? (optional)"), noun=_("the service"), select=True, empty_text=_("Choose a service"), required=False
    )

    def offer(self, choices: Choices) -> None:
        kind: Any = self.fields["kind"]
        kind.choices = [(name, name) for name, _hint in choices.kinds]
        kind.hints = {name: hint for name, hint in choices.kinds if hint}
        service: Any = self.fields["service"]
        service.choices = [(str(one.pk), one.name) for one in choices.services]


class ChangeForm(_Part):
    """What can still change."""

    stage = fields.ChoiceField(
        _("How far are things?"),
        hint=_("The earlier partners come in, the more they can change."),
        noun=_("how far things are"),
        choices=Activity.Stage.choices,
    )
    why_late = fields.WordsField(
        _("If it is final, or if you look back: why do partners come in only now? (optional)"),
        noun=_("why partners come in so late"),
        rows=2,
        max_length=1000,
        threshold=75,
        required=False,
    )
    can_change = fields.WordsField(
        _("What can still change?"),
        hint=_("Name things that are not decided yet. If nothing can change any more, tell partners about it instead of asking them."),
        noun=_("what can still change"),
        rows=4,
        max_length=MOST_SIGNS,
        threshold=75,
    )
    decided_by = fields.CharField(
        _("Who decides in the end?"), hint=_("A person or a meeting, and when if you know."), noun=_("who decides"), max_length=200
    )

    def clean(self) -> dict[str, Any]:
        """A late stage has a reason."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("stage") in Activity.LATE_STAGES and not given.get("why_late") and self.fields["can_change"].required:
            self.add_error("why_late", now("Say why partners come in so late"))
        return given


class WhenForm(_Part):
    """When it is, and how much time it takes."""

    starts_on = fields.DateField(
        _("When is it, or when does it begin? (optional)"),
        hint=_("Leave it out if partners help to choose the day."),
        noun=_("the first day"),
        required=False,
    )
    ends_on = fields.DateField(
        _("When does it end? (optional)"), hint=_("If it goes on for more than one day."), noun=_("the last day"), required=False
    )
    place = fields.CharField(_("Where? (optional)"), hint=_("A room, or: by video."), max_length=200, required=False)
    needed_by = fields.DateField(
        _("By when do you need to know who takes part?"),
        hint=_("Partners need time to think and to get ready: three weeks are a good beginning."),
        noun=_("the day by which you need to know"),
    )
    hours = fields.HoursField(
        _("How many hours does it take, all together?"), hint=_("About. Count the travel too."), noun=_("how many hours"), maximum=999
    )
    preparation_hours = fields.HoursField(
        _("How many hours to get ready? (optional)"), noun=_("how many hours to get ready"), maximum=99, required=False
    )
    preparation = fields.WordsField(
        _("What should partners read or do before? (optional)"),
        hint=_("And when they get it."),
        noun=_("what they read or do before"),
        rows=3,
        max_length=1000,
        threshold=75,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        starts_on, ends_on = given.get("starts_on"), given.get("ends_on")
        if ends_on and not starts_on and "starts_on" not in self.errors:
            self.add_error("starts_on", now("Enter the first day"))
        if ends_on and starts_on and ends_on < starts_on:
            self.add_error("ends_on", now("The last day must be on or after the first day"))
        return given


class WhoForm(_Part):
    """How many partners, and what they meet with there."""

    how_many = fields.ChoiceField(
        _("How many partners?"),
        hint=_("Two, so that nobody is alone."),
        noun=_("how many partners"),
        choices=[(PAIR, _("Two")), (MORE, _("More than two")), (ONE, _("Only one"))],
        reveals={MORE: ["more_partners"], ONE: ["why_alone"]},
        initial=PAIR,
    )
    more_partners = fields.IntegerField(_("How many?"), noun=_("how many"), minimum=3, maximum=MOST_PARTNERS)
    why_alone = fields.WordsField(
        _("Why only one? Partners read this."), noun=_("why one partner would be alone"), rows=2, max_length=1000, threshold=75
    )
    role_level = fields.ChoiceField(
        _("How much say do they have?"),
        hint=_("These are the four levels of NHS England’s policy for patient and public voice."),
        noun=_("how much say they have"),
        choices=Activity.RoleLevel.choices,
    )
    data_seen = fields.ChoiceField(
        _("What will partners see about people?"), noun=_("what partners will see about people"), choices=Activity.Data.choices
    )
    may_upset = fields.YesNoField(
        _("Could something in it upset somebody?"),
        hint=_("Such as a death, harm to a child, or violence. Partners are told before they say yes."),
        noun=_("whether something in it could upset somebody"),
        reveals={"yes": ["distress"]},
    )
    distress = fields.WordsField(_("What?"), noun=_("what could upset somebody"), rows=2, max_length=1000, threshold=75)

    def wanted(self) -> int:
        """How many partners are asked for."""
        given = self.cleaned_data
        return {ONE: 1, MORE: given.get("more_partners")}.get(given.get("how_many", ""), PARTNERS_WANTED) or PARTNERS_WANTED


class CareForm(_Part):
    """What partners get."""

    access = fields.WordsField(
        _("How can everybody take part? (optional)"),
        hint=_("Step-free rooms, a hearing loop, large print, breaks, joining by phone."),
        noun=_("how everybody can take part"),
        rows=3,
        max_length=1000,
        threshold=75,
        required=False,
    )
    support = fields.CharField(
        _("Who is there for them on the day? (optional)"),
        hint=_("Somebody who meets them before, and talks with them after."),
        max_length=300,
        required=False,
    )
    payment = fields.CharField(
        _("What is paid? (optional)"), hint=_("The involvement payment, travel, care."), max_length=300, required=False
    )
    budget_code = fields.CharField(
        _("Which budget pays? (optional)"), hint=_("A cost code. Partners do not see it."), max_length=60, required=False
    )


class PromiseForm(_Part):
    """The promise to say what changed."""

    feedback_by = fields.ChoiceField(
        _("Who will tell partners what changed?"),
        hint=_("They write it down here, also if nothing could change."),
        noun=_("who tells partners what changed"),
        select=True,
        empty_text=_("Choose a person"),
    )
    feedback_on = fields.DateField(
        _("By when?"), hint=_("Partners are told this day before they say yes."), noun=_("the day by which they tell partners")
    )

    def offer(self, choices: Choices) -> None:
        choose_person(self.fields["feedback_by"], choices.people)  # type: ignore[arg-type]


PARTS: list[tuple[str, type[_Part], Any]] = [
    ("what", WhatForm, _("What it is")),
    ("change", ChangeForm, _("What can still change")),
    ("when", WhenForm, _("When, and how much time")),
    ("who", WhoForm, _("Who, and what they meet with")),
    ("care", CareForm, _("What partners get")),
    ("promise", PromiseForm, _("The promise")),
]


class AdjustForm(WhatForm, ChangeForm, WhenForm, WhoForm, CareForm, PromiseForm):
    """Everything that was asked for, to be changed after it was taken on."""

    field_order = [name for _part, form, _title in PARTS for name in form.base_fields]

    def offer(self, choices: Choices) -> None:
        WhatForm.offer(self, choices)
        PromiseForm.offer(self, choices)


def steps_for(choices: Choices) -> Steps:
    """The parts in their order."""
    return Steps(*(Step(name, partial(form, choices=choices), title) for name, form, title in PARTS))


def every_choice(activity: Activity) -> Choices:
    """What a request has chosen already, to look at its answers: nothing else can be chosen there."""
    promised = activity.feedback_by
    return Choices(
        kinds=[(activity.kind.name, "")],
        services=[activity.service] if activity.service else [],
        people=People([(promised.code, promised.name)] if promised else []),
    )


def said(activity: Activity) -> dict[str, Any]:
    """What a request says, as the forms ask it."""
    wanted = activity.partners_wanted
    return {name: getattr(activity, name) for name in ANSWERS} | {
        "kind": activity.kind.name,
        "service": str(activity.service_id or ""),
        "feedback_by": activity.feedback_by.code if activity.feedback_by else "",
        "how_many": ONE if wanted == 1 else PAIR if wanted == PARTNERS_WANTED else MORE,
        "more_partners": wanted if wanted > PARTNERS_WANTED else None,
    }


def kept_answers(activity: Activity) -> Answers:
    """The same, part by part, as steps keep them."""
    known = said(activity)
    return {part: {name: plain(known[name]) for name in form.base_fields if name in known} for part, form, _title in PARTS}


def answers(form: Any, viewer: Viewer, choices: Choices) -> dict[str, Any]:
    """What was answered, as the commands take it; what was left for later is not among it where nothing else can be kept."""
    given: dict[str, Any] = form.cleaned_data
    found = {name: value for name, value in given.items() if name in ANSWERS}
    if "how_many" in given:
        found["partners_wanted"] = form.wanted()
    if "service" in given:
        found["service"] = {str(one.pk): one for one in choices.services}.get(given["service"])
    if "feedback_by" in given:
        found["feedback_by"] = member_called(viewer, given["feedback_by"]) if given["feedback_by"] else None
    for name in ("level", "role_level"):
        if not found.get(name):
            found.pop(name, None)
    return found | ({"role_level": int(found["role_level"])} if "role_level" in found else {})
