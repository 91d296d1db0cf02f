"""What one person can do next with one insight: only what their policy and the lifecycle allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from safety_partners.core.policy import Sentence
from safety_partners.core.viewer import Viewer
from safety_partners.insights import policies
from safety_partners.insights.models import Action, Insight, Verdict
from safety_partners.insights.queries.whole import Part

Status = Insight.Status


@dataclass(frozen=True, slots=True)
class Step:
    """A button: its words, where it leads, and whether it is what waits for this person."""

    label: Sentence
    path: str
    is_main: bool = False


def answers_open(insight: Insight) -> list[str]:
    """What may be said about the latest answer as things stand; empty if there is nothing to judge."""
    may = Insight.lifecycle.may
    if insight.answered_at is None:
        return []
    possible = {
        Verdict.Answer.YES: may(insight, "settle"),
        Verdict.Answer.PART: may(insight, "settle_in_part"),
        Verdict.Answer.NO: may(insight, "send_back") or may(insight, "take_to_lead"),
    }
    return [answer.value for answer, is_open in possible.items() if is_open]


def is_only_for_lead(insight: Insight) -> bool:
    """It was sent back already: all that is left is to take it to the lead."""
    return Insight.lifecycle.may(insight, "take_to_lead") and not Insight.lifecycle.may(insight, "send_back")


def next_steps(viewer: Viewer, insight: Insight) -> list[Step]:
    """The buttons of an insight's page for this person, what waits for them first."""
    if insight.status == Status.DRAFT:
        return list(_with_a_draft(viewer, insight))
    if insight.status == Status.WITHDRAWN:
        return []
    steps = [
        *_for_those_who_answer(viewer, insight),
        *_verdict(viewer, insight),
        *_silence(viewer, insight),
        *_for_the_speaker(viewer, insight),
    ]
    return sorted(steps, key=lambda step: not step.is_main)


def _step(label: Sentence, page: str, insight: Insight, *, is_main: bool = False) -> Step:
    return Step(label, reverse(f"insights:{page}", args=[insight.code]), is_main)


def _with_a_draft(viewer: Viewer, insight: Insight) -> Iterator[Step]:
    if policies.may_edit_draft(viewer, insight) and insight.about_path:
        yield Step(_("Go on where you began it"), insight.about_path, is_main=True)
    elif policies.may_edit_draft(viewer, insight):
        yield _step(_("Check and share"), "check", insight, is_main=True)
        yield _step(_("Change it"), "edit", insight)
        yield _step(_("Delete it"), "delete", insight)


def _for_those_who_answer(viewer: Viewer, insight: Insight) -> Iterator[Step]:
    may = Insight.lifecycle.may
    if may(insight, "acknowledge") and policies.may_acknowledge(viewer, insight):
        yield _step(_("Say that we have it"), "acknowledge", insight, is_main=True)
    if may(insight, "respond") and policies.may_respond(viewer, insight):
        yield _step(_("Answer it"), "respond", insight, is_main=insight.status != Status.IN_PART)
    if may(insight, "hand_to") and policies.may_hand_over(viewer, insight):
        label = _("Ask someone else to answer it") if insight.owner_id else _("Ask someone to answer it")
        yield _step(label, "hand-over", insight, is_main=insight.status == Status.ACKNOWLEDGED)
    if policies.may_agree_action(viewer, insight):
        yield _step(_("Agree an action"), "action-new", insight)
    if policies.may_record_change(viewer, insight):
        yield _step(_("Write down what changed"), "change-new", insight)
        yield _step(_("Join it to a change"), "change-join", insight)


def _verdict(viewer: Viewer, insight: Insight) -> Iterator[Step]:
    if not answers_open(insight):
        return
    waits = insight.status == Status.ANSWERED
    if policies.is_speaker(viewer, insight):
        label = _("Take it to the partner lead") if is_only_for_lead(insight) else _("Say if this answers you")
        yield _step(label, "verdict", insight, is_main=waits)
    elif policies.may_record_for_speaker(viewer, insight):
        yield _step(_("Record what the person says about our answer"), "verdict", insight)


def _silence(viewer: Viewer, insight: Insight) -> Iterator[Step]:
    if not insight.may_tell_of_silence:
        return
    if policies.is_speaker(viewer, insight):
        yield _step(_("Tell the partner lead that nobody has answered"), "still-waiting", insight, is_main=True)
    elif policies.may_tell_of_silence(viewer, insight):
        yield _step(_("Write down that the person is still waiting"), "still-waiting", insight)


def _for_the_speaker(viewer: Viewer, insight: Insight) -> Iterator[Step]:
    if policies.is_speaker(viewer, insight):
        yield _step(_("Ask us to pass it on"), "pass-on", insight)
        yield _step(_("Change who may see it"), "visibility", insight)
        yield _step(_("Withdraw your words"), "withdraw", insight)
    elif policies.may_withdraw(viewer, insight):
        yield _step(_("Withdraw the words for the person"), "withdraw", insight)


def action_steps(viewer: Viewer, action: Part) -> list[tuple[Sentence, str]]:
    """What this person can do with one action: its words and address."""
    if action.status != Action.Status.TO_DO or not policies.may_work_on_action(viewer, action):
        return []
    pages = [
        (_("Say that it is done"), "action-done"),
        (_("Move its day"), "action-put-off"),
        (_("Say that it will not be done"), "action-give-up"),
    ]
    return [(label, reverse(f"insights:{name}", args=[action.code])) for label, name in pages]
