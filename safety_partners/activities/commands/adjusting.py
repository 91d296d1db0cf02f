"""Changing an activity that was taken on, calling it off, and the promised day that went by."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _

from safety_partners.activities import policies
from safety_partners.activities.commands.asking import answers_of, write
from safety_partners.activities.commands.kinds import kind_called
from safety_partners.activities.commands.offering import ask_again
from safety_partners.activities.commands.rules import demand_complete, demand_to_come, lock
from safety_partners.activities.commands.sessions import cancel_planned
from safety_partners.activities.commands.telling import leads_of, promiser_of, runners_of, tell
from safety_partners.activities.models import Activity, Offer
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.partners.commands.rules import demand_words

DAYS = ("needed_by", "feedback_on")


@command(allow=policies.may_run, details=("stage", "level", "data_seen", "partners_wanted"))
def adjust(viewer: Viewer, activity: Activity, /, *, turn: int | None = None, **answers: Any) -> Activity:
    """Change what was asked for. Partners whose offer says something else now are told, and asked again."""
    lock(activity)
    had = answers_of(activity)
    if "kind" in answers:
        answers["kind"] = kind_called(activity.organisation_id, answers["kind"], kept=activity.kind)
        # Its milestones, its panel or its training belong to what it consists of.
        if answers["kind"].shape != activity.kind.shape:
            raise NotPossible(_("What it consists of stays as it was taken on. Choose a kind like it."), field="kind")
    written = write(activity, answers)
    now = answers_of(activity)
    demand_complete(now, activity.organisation_id)
    for name in DAYS:
        if now[name] != had[name]:
            demand_to_come(now[name], field=name)
    Activity.lifecycle.move(activity, "adjust", turn=turn, **written)
    ask_again(viewer, activity)
    told = [*runners_of(activity), *leads_of(activity)]
    if now["feedback_by"] != had["feedback_by"]:
        tell(viewer, promiser_of(activity), "activities/promise_is_yours", activity)
        told = [one for one in told if one.pk != activity.feedback_by_id]
    tell(viewer, told, "activities/adjusted", activity)
    return activity


@command(allow=policies.may_run)
def call_off(viewer: Viewer, activity: Activity, /, *, why: str, turn: int | None = None) -> Activity:
    """Call an activity off: its days are cancelled, offers that wait are taken back, and everybody who had a part in it is told why."""
    demand_words(why, _("Say why. Everybody who had a part in it reads this."), field="why")
    lock(activity)
    Activity.lifecycle.move(activity, "call_off", turn=turn, called_off_because=why)
    cancel_planned(viewer, activity, why)
    offers = Offer.objects.filter(activity=activity, status__in=[Offer.Status.OFFERED, Offer.Status.RESERVE, Offer.Status.ACCEPTED])
    had_part = list(offers.select_related("partner__membership__user", "partner__membership__organisation"))
    for offer in had_part:
        if offer.status != Offer.Status.ACCEPTED:
            Offer.lifecycle.move(offer, "take_back", answered_at=None, keeps_place=False)
    told = [*(offer.partner.membership for offer in had_part), *runners_of(activity), *promiser_of(activity), *leads_of(activity)]
    tell(viewer, told, "activities/called_off", activity, why=why)
    return activity


@command(allow=policies.may_move_by_clock)
def note_late_feedback(viewer: Viewer, activity: Activity, /) -> Activity:
    """Tell who promised it, and the lead, that the day came without a word; once for each day that was promised."""
    not_yet = Q(late_told_for__isnull=True) | ~Q(late_told_for=F("feedback_on"))
    waiting = Activity.objects.filter(pk=activity.pk, status=Activity.Status.TAKEN_ON, feedback_on=activity.feedback_on)
    if not waiting.filter(not_yet).update(late_told_for=F("feedback_on")):
        raise Overtaken
    activity.late_told_for = activity.feedback_on
    tell(viewer, [*promiser_of(activity), *leads_of(activity)], "activities/feedback_late", activity)
    return activity
