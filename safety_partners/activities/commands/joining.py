"""An activity whose work is done elsewhere in the product: the review of a document, or a committee’s table."""

from __future__ import annotations

from django.utils.translation import gettext as _

from safety_partners.activities import policies
from safety_partners.activities.commands.announcing import takers
from safety_partners.activities.commands.rules import demand_shape
from safety_partners.activities.models import Activity, Shape
from safety_partners.committees.models import Committee
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.people.models import Membership
from safety_partners.reviews import commands as reviews
from safety_partners.reviews.models import Review, Reviewer


@command(allow=policies.may_run)
def join_review(viewer: Viewer, activity: Activity, /, *, review: Review, turn: int | None = None) -> Activity:
    """Say in which review of a document the work is done."""
    demand_shape(activity, Shape.REVIEW)
    if review.organisation_id != activity.organisation_id:
        raise NotPossible(_("Choose a review from the list."), field="review")
    Activity.lifecycle.move(activity, "adjust", turn=turn, review=review)
    return activity


@command(allow=policies.may_run)
def ask_takers_for_review(viewer: Viewer, activity: Activity, /) -> Activity:
    """Ask everybody who takes part, and was not asked yet, for the review; each is told where to read and to comment."""
    if activity.review is None:
        raise Overtaken(_("First say which review it is."))
    people = not_asked_yet(activity)
    if not people:
        raise Overtaken(_("Everybody who takes part was asked already."))
    for person in people:
        reviews.ask_another(viewer, activity.review, partner=person)
    return activity


def not_asked_yet(activity: Activity) -> list[Membership]:
    """Partners who take part and were not asked for the review that belongs to it."""
    asked = set(Reviewer.objects.filter(review_id=activity.review_id).values_list("membership_id", flat=True))
    return [person for person in takers(activity) if person.pk not in asked]


@command(allow=policies.may_run)
def join_committee(viewer: Viewer, activity: Activity, /, *, committee: Committee, turn: int | None = None) -> Activity:
    """Say on which committee the seat is; the seat itself is offered there."""
    demand_shape(activity, Shape.SEAT)
    if committee.organisation_id != activity.organisation_id:
        raise NotPossible(_("Choose a committee from the list."), field="committee")
    Activity.lifecycle.move(activity, "adjust", turn=turn, committee=committee)
    return activity
