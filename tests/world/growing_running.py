"""How the pages of activities that go on grow by so many rows: early signs, panels, asking those who take part."""

from __future__ import annotations

from django.urls import reverse

from safety_partners.activities import commands
from safety_partners.activities.models import Activity, Offer, Panel, PanelArea, PanelQuestion, Settled, Shape
from safety_partners.committees.models import Invitee
from safety_partners.core.working_days import today
from tests.factories import activities as make
from tests.factories import committees, records
from tests.factories import reviews as papers
from tests.factories.people import viewer_of
from tests.world.growing import Small


def _taken(small: Small, activity: Activity) -> Offer:
    return make.make_offer(activity, records.make_active(small.lead), status=Offer.Status.ACCEPTED)


def early_warnings(small: Small, rows: int) -> str:
    """Of every rule so many facts: late requests with one partner, late papers, items that say nothing, silent seats."""
    for row in range(rows):
        late = {"stage": Activity.Stage.FINAL, "why_late": "We forgot.", "title": f"Late {row}"}
        _taken(small, make.make_activity(small.staff, lead=small.lead, **late))
        group = committees.make_committee(small.lead, name=f"Group {row}")
        sitting = committees.make_sitting(small.lead, group, records.make_active(small.lead), from_on=today() - 200 * committees.DAY)
        for number in range(3):
            held = committees.make_meeting(group, on=today() - (number + 2) * committees.DAY, status="held")
            committees.make_invitee(held, sitting.partner.membership, attendance=Invitee.Attendance.PRESENT)
            committees.make_paper(committees.make_item(held), words="")
            committees.make_item(committees.make_meeting(group, on=today() + (number + 2) * committees.DAY))
    return reverse("activities:early-warnings")


def panel(small: Small, rows: int) -> str:
    """So many partners with a question of their own."""
    activity = make.make_activity(small.staff, shape=Shape.PANEL)
    found = Panel.objects.create(activity=activity, post="A post", chair=small.staff, scoring="equal")
    for area in list(PanelArea)[:rows]:
        Settled.objects.create(panel=found, area=area, words="Yes.")
    for _row in range(rows):
        PanelQuestion.objects.create(offer=_taken(small, activity), words="Why here?")
    return reverse("activities:panel", args=[activity.code])


def days(small: Small, rows: int) -> str:
    """A project with so many days and steps, and partners who take part."""
    activity = make.make_activity(small.staff, lead=small.lead, shape=Shape.PROJECT)
    for row in range(rows):
        _taken(small, activity)
        make.make_session(activity, on=today() + (row + 1) * committees.DAY)
        step = {"title": f"Step {row}", "due_on": today() + row * committees.DAY}
        commands.add_milestone(viewer_of(small.staff), activity, **step)
    return activity.get_absolute_url()


def plan(small: Small, rows: int) -> str:
    """So many partners who will be told of a day."""
    activity = make.make_activity(small.staff, lead=small.lead)
    for _row in range(rows):
        _taken(small, activity)
    return reverse("activities:session-new", args=[activity.code])


def ask_for_review(small: Small, rows: int) -> str:
    review = papers.make_review(papers.make_document(small.staff), small.partner)
    activity = make.make_activity(small.staff, lead=small.lead, shape=Shape.REVIEW, review=review)
    for _row in range(rows):
        _taken(small, activity)
    return reverse("activities:review-ask", args=[activity.code])


def calendar(small: Small, rows: int) -> str:
    """So many days of activities of one month, listed."""
    for row in range(rows):
        make.make_session(make.make_activity(small.lead), on=today() + (row + 1) * committees.DAY)
    return reverse("home:calendar") + "?show=list"
