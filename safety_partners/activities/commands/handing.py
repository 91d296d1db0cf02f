"""Handing a request on: somebody else here looks after it when whoever asked is away, or leaves."""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext as _

from safety_partners.activities import policies
from safety_partners.activities.commands.rules import lock
from safety_partners.activities.commands.takers import tell_takers
from safety_partners.activities.commands.telling import leads_of, tell
from safety_partners.activities.models import Activity
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.partners.commands.rules import demand_staff
from safety_partners.people.models import Membership


@command(allow=policies.may_run)
def hand_on(viewer: Viewer, activity: Activity, /, *, to: Membership, words: str = "", turn: int | None = None) -> Activity:
    """Somebody else who works here looks after it from now on; the promise to say what changed goes with it if it was the requester's.

    Both are told, the lead, and the partners who take part, because a person was named to them. ``words`` go to the new one alone,
    and are kept nowhere.
    """
    lock(activity)
    demand_staff(to, activity.organisation_id, field="to")
    had = activity.requester
    if to.pk == had.pk:
        raise NotPossible(_("They look after it already. Choose somebody else."), field="to")
    given = {"requester": to} | ({"feedback_by": to} if activity.feedback_by_id == had.pk else {})
    rows = Activity.objects.in_hand().filter(pk=activity.pk)
    if not (rows if turn is None else rows.filter(turn=turn)).update(turn=F("turn") + 1, **given):
        raise Overtaken
    activity.refresh_from_db()
    tell(viewer, [to], "activities/handed_to_you", activity, had=had, words=words)
    if activity.status == Activity.Status.DRAFT:
        return activity
    leads = [one for one in leads_of(activity) if one.pk != to.pk]
    tell(viewer, [had, *leads], "activities/handed_on", activity, had=had, leads={one.pk for one in leads})
    tell_takers(viewer, activity, "activities/your_person", had=had)
    return activity
