"""What changed because partners took part, or why nothing did; that they have seen it, and whether it answers them; the end."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max
from django.utils.translation import gettext as _

from safety_partners.activities import policies
from safety_partners.activities.commands.rules import demand_to_come, demand_under_way, lock
from safety_partners.activities.commands.takers import tell_takers
from safety_partners.activities.commands.telling import leads_of, promiser_of, tell
from safety_partners.activities.models import Activity, Offer, Outcome, Seen
from safety_partners.activities.queries.outcomes import not_seen_by
from safety_partners.core import clock
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import add_working_days, today
from safety_partners.design.environment import sentence
from safety_partners.insights.models import Change
from safety_partners.partners.commands.rules import demand_words, said
from safety_partners.partners.models import Recorded

Status = Activity.Status


@command(allow=policies.may_say_what_changed, details=("kind", "feedback_on"))
def say_what_changed(
    viewer: Viewer,
    activity: Activity,
    /,
    *,
    kind: str,
    words: str,
    change: Change | None = None,
    feedback_on: dt.date | None = None,
    turn: int | None = None,
) -> Outcome:
    """Tell the partners who took part what changed, or why nothing did. “Nothing yet” goes on, with another promised day."""
    lock(activity)
    demand_under_way(activity)
    demand_words(words, _("Say what changed, or why nothing did."), field="words")
    if kind not in Outcome.Kind.values:
        raise NotPossible(_("Choose how it stands."), field="kind")
    if change is not None and change.organisation_id != activity.organisation_id:
        raise NotPossible(_("Choose a change of this organisation."), field="change")
    if kind == Outcome.Kind.NOT_YET:
        if feedback_on is None:
            raise NotPossible(_("Promise a day by which you tell them more."), field="feedback_on")
        demand_to_come(feedback_on, field="feedback_on")
        move = "adjust" if activity.status == Status.TAKEN_ON else "reopen"
        Activity.lifecycle.move(activity, move, turn=turn, feedback_on=feedback_on)
    else:
        Activity.lifecycle.move(activity, "report", turn=turn)
    number = (activity.outcomes.aggregate(last=Max("number"))["last"] or 0) + 1
    outcome = Outcome.objects.create(activity=activity, number=number, kind=kind, words=words, change=change, by_id=viewer.membership_id)
    tell_takers(viewer, activity, "activities/what_changed", outcome=outcome)
    return outcome


@command(allow=policies.may_answer, details=("says", "capture", "is_read_back"))
def answer_outcome(
    viewer: Viewer,
    offer: Offer,
    /,
    *,
    outcome: Outcome,
    says: str,
    words: str = "",
    capture: str = Recorded.Capture.TYPED,
    is_read_back: bool = False,
) -> Seen:
    """Note that a partner who took part has seen what changed, and whether it answers them. A no opens it again.

    Raises ``Overtaken`` where something newer was written since.
    """
    how = said(viewer, offer.partner, capture=capture, is_read_back=is_read_back)
    activity = lock(offer.activity)
    demand_under_way(activity)
    if not Offer.objects.taking_part().filter(pk=offer.pk).exists():
        raise Overtaken(_("Only partners who take part can say this."))
    if outcome.activity_id != activity.pk or activity.outcomes.filter(number__gt=outcome.number).exists():
        raise Overtaken(_("Something newer was written since. Read that first."))
    if says not in Seen.Says.values:
        raise NotPossible(_("Choose if this answers you."), field="says")
    seen, _is_new = Seen.objects.update_or_create(
        outcome=outcome, offer=offer, defaults={"says": says, "words": words, "made_at": clock.now(), **how}
    )
    if says == Seen.Says.NOT:
        _open_again(activity)
    if says in {Seen.Says.NOT, Seen.Says.IN_PART}:
        people = [*promiser_of(activity), *leads_of(activity)]
        tell(viewer, people, "activities/not_answered", outcome, activity=activity, offer=offer, seen=seen)
    elif activity.status == Status.REPORTED and not not_seen_by(activity):
        tell(viewer, promiser_of(activity), "activities/all_have_seen", outcome, activity=activity)
    return seen


def _open_again(activity: Activity) -> None:
    """It goes on, and a new day is promised, as for every other answer."""
    if activity.status == Status.REPORTED:
        feedback_on = add_working_days(today(), activity.organisation.answer_days)
        Activity.lifecycle.move(activity, "reopen", feedback_on=feedback_on)


@command(allow=policies.may_say_what_changed)
def close_activity(viewer: Viewer, activity: Activity, /, *, turn: int | None = None) -> Activity:
    """Close it. Not before each partner who took part, and is here, has seen what changed."""
    lock(activity)
    if missing := not_seen_by(activity):
        names = sentence([one.partner.name for one in missing])
        raise NotPossible(_("It can be closed when these partners have seen what changed: %(names)s.") % {"names": names})
    Activity.lifecycle.move(activity, "close", turn=turn, closed_at=clock.now())
    return activity
