"""An activity's history in words, from the events of its commands. Who was offered what, and said no, only those who oversee read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.activities.models import Activity
from safety_partners.activities.models.activity import OVERSEERS
from safety_partners.core import history
from safety_partners.core.policy import Sentence
from safety_partners.core.viewer import Viewer
from safety_partners.people.models import Membership

EVENT_WORDS: dict[str, Sentence] = {
    "activities.begin_request": _("Begun to be written"),
    "activities.rewrite_request": _("Written on"),
    "activities.ask_for_partners": _("Sent to the partner lead"),
    "activities.withdraw_request": _("Taken back"),
    "activities.take_on": _("Taken on"),
    "activities.send_back": _("Sent back with a reason"),
    "activities.decline_request": _("Not taken on"),
    "activities.pass_on": _("Passed to a patient participation group"),
    "activities.adjust": _("Changed after it was taken on"),
    "activities.hand_on": _("Handed on: somebody else here looks after it"),
    "activities.call_off": _("Called off"),
    "activities.note_late_feedback": _("The promised day came without a word on what changed"),
    "activities.say_what_changed": _("Partners were told what changed, or why nothing did"),
    "activities.answer_outcome": _("A partner said whether that answers them"),
    "activities.close_activity": _("Closed"),
    "activities.plan_session": _("A day planned"),
    "activities.change_session": _("A day moved or changed"),
    "activities.hold_session": _("A day took place"),
    "activities.cancel_session": _("A day cancelled"),
    "activities.add_milestone": _("A step of the project set"),
    "activities.change_milestone": _("A step of the project changed"),
    "activities.reach_milestone": _("A step of the project reached"),
    "activities.drop_milestone": _("A step of the project given up"),
    "activities.describe_training": _("The partners’ part in the training described"),
    "activities.describe_panel": _("The terms of the panel described"),
    "activities.settle_areas": _("The ten areas of the panel worked on"),
    "activities.tell_how_panel_ended": _("Partners were told how the interviews ended"),
    "activities.set_own_question": _("A partner’s own question written or changed"),
    "activities.join_review": _("The review of a document named"),
    "activities.ask_takers_for_review": _("Those who take part asked for the review"),
    "activities.join_committee": _("The committee of the seat named"),
}
# What one partner was offered and answered is between them and those who oversee the programme.
OVERSEERS_ONLY: dict[str, Sentence] = {
    "activities.offer_places": _("Places offered"),
    "activities.offer_again": _("A place offered again"),
    "activities.take_back_place": _("An offer taken back"),
    "activities.take_back_from_who_left": _("An offer taken back, because the partner left"),
    "activities.remind_waiting": _("Partners reminded who have not answered"),
    "activities.accept_place": _("A partner takes part"),
    "activities.wait_for_place": _("A partner would like a place if one becomes free"),
    "activities.decline_place": _("A partner said no"),
    "activities.step_out": _("A partner changed their mind and does not take part any more"),
}
NEWEST = 100


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One thing that was done: ``title``, ``at`` and ``by``, as a timeline shows it."""

    title: str
    at: Any
    by: str
    text: str = ""


def story(viewer: Viewer, activity: Activity) -> list[StoryLine]:
    """The newest hundred things that were done, newest first. Two queries."""
    words = EVENT_WORDS | (OVERSEERS_ONLY if viewer.has_any_role(OVERSEERS) else {})
    events = list(history.timeline(activity).visible_to(viewer).filter(verb__in=words).order_by("-number")[:NEWEST])
    doers = {event.by_membership_id for event in events}
    names = dict(Membership.objects.visible_to(viewer).filter(pk__in=doers).values_list("pk", "user__name"))
    return [StoryLine(str(words[event.verb]), event.made_at, names.get(event.by_membership_id or 0, "")) for event in events]
