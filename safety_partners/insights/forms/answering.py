"""The questions of those who owe an answer: acknowledge, hand over, answer, pass on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.design import fields
from safety_partners.insights.forms.sharing import Once
from safety_partners.insights.models import Response
from safety_partners.people.choosing import People
from safety_partners.people.models import Service

Outcome = Response.Outcome


def choose_person(field: fields.ChoiceField, people: People) -> None:
    """Let a question offer these people: a list of names, or what a search found as radios."""
    field.component = "radios" if people.is_many else "select"
    field.choices = people.choices


class HandOverForm(Once):
    """Who answers, for which service, and why somebody else."""

    owner = fields.ChoiceField(_("Who should answer?"), noun=_("who should answer"), select=True, empty_text=_("Choose a person"))
    service = fields.ChoiceField(
        _("Which service does it belong to? (optional)"),
        noun=_("the service"),
        select=True,
        empty_text=_("Leave it as it is"),
        required=False,
    )
    reason = fields.WordsField(
        _("Why should someone else answer this?"),
        hint=_("The person who spoke will read your reason. Say it kindly, and leave out their own words."),
        noun=_("why someone else should answer"),
        rows=3,
        max_length=2000,
        threshold=75,
    )
    turn = fields.VersionField()

    def __init__(self, *args: Any, people: People, services: Iterable[Service], has_owner: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        choose_person(self.fields["owner"], people)
        self.services = {service.code: service for service in services}
        self.fields["service"].choices = [(code, service.name) for code, service in self.services.items()]
        if not self.services:
            del self.fields["service"]
        if not has_owner:
            del self.fields["reason"]

    def answers(self) -> dict[str, Any]:
        """What the command needs besides the owner."""
        given = {name: value for name, value in self.cleaned_data.items() if name in {"reason", "turn", "submission_key"}}
        return {**given, "service": self.services.get(self.cleaned_data.get("service", ""))}


class RespondForm(Once):
    """The answer: what it is, in which words, why not, and a first action."""

    outcome = fields.ChoiceField(
        _("What is your answer?"),
        noun=_("what your answer is"),
        choices=Outcome.choices,
        hints={
            Outcome.WILL: _("Something will be different."),
            Outcome.ALREADY: _("It is so already, and they could not know."),
            Outcome.PART: _("Some of it; you say which part, and why not the rest."),
            Outcome.COULD_NOT: _(
                "An honest “we could not, because” is an answer. It is counted, so that those who can change the reasons see them."
            ),
        },
        reveals={Outcome.PART: ["reason_in_part"], Outcome.COULD_NOT: ["reason_could_not"]},
    )
    reason_in_part = fields.ChoiceField(_("Why not all of it?"), noun=_("why not all of it"), choices=Response.Reason.choices)
    reason_could_not = fields.ChoiceField(_("Why not?"), noun=_("why not"), choices=Response.Reason.choices)
    text = fields.WordsField(
        _("Your answer, in plain words"),
        hint=_("Speak to the person. Say what will happen and by when, or why it cannot. They will say whether it answers them."),
        noun=_("your answer"),
        rows=10,
        max_length=20_000,
        threshold=75,
    )
    with_action = fields.BooleanField(
        _("Agree a first action now"),
        hint=_("Something somebody will do by a day. You can agree more afterwards."),
        required=False,
        reveals={"on": ["action", "action_owner", "action_due_on"]},
    )
    action = fields.WordsField(_("What will be done?"), noun=_("what will be done"), rows=2, max_length=1000, threshold=75)
    action_owner = fields.ChoiceField(
        _("Who will do it?"), noun=_("who will do it"), select=True, empty_text=_("I will do it"), required=False
    )
    action_due_on = fields.DateField(_("By when?"), noun=_("the day"), earliest=fields.today)
    turn = fields.VersionField()
    seen = fields.VersionField()

    def __init__(self, *args: Any, people: People, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["action_owner"].choices = people.choices
        if people.is_many:
            # Where more people work than a list can hold, others are found on the page that agrees an action.
            del self.fields["action_owner"]
            self.fields["with_action"].reveals = {"on": ["action", "action_due_on"]}

    def answers(self) -> dict[str, Any]:
        """What the command needs besides the action's owner."""
        given = self.cleaned_data
        return {
            "outcome": given["outcome"],
            "reason": given["reason_in_part"] or given["reason_could_not"],
            "text": given["text"],
            "action": given["action"],
            "action_due_on": given["action_due_on"],
            "turn": given["turn"],
            "submission_key": given["submission_key"],
        }


class PassedOnForm(Once):
    """How and to whom words were passed on."""

    note = fields.WordsField(
        _("How did you pass it on, and to whom?"),
        hint=_("For example: rang the complaints team and spoke to Jo. The person who spoke will read this."),
        noun=_("how you passed it on, and to whom"),
        rows=4,
        max_length=2000,
        threshold=75,
    )
