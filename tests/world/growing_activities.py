"""How the pages of activities grow by so many rows."""

from __future__ import annotations

from django.urls import reverse

from safety_partners.activities import commands
from safety_partners.activities.models import Activity, Offer, Shape
from safety_partners.core.working_days import today
from tests.factories import activities as make
from tests.factories import records
from tests.factories.committees import DAY
from tests.factories.people import viewer_of
from tests.world.growing import Small


def activities(small: Small, rows: int) -> str:
    for row in range(rows):
        make.make_activity(small.staff, title=f"Activity {row}")
    return reverse("activities:activities")


def requests(small: Small, rows: int) -> str:
    for row in range(rows):
        make.make_activity(small.staff, title=f"Request {row}", status=Activity.Status.ASKED)
    return reverse("activities:requests")


def kinds(small: Small, rows: int) -> str:
    for row in range(rows):
        make.make_activity(small.staff, kind=make.make_kind(small.organisation, f"Kind {row}"))
    return reverse("activities:kinds")


def activity(small: Small, rows: int) -> str:
    """With days, and partners who take part."""
    found = make.make_activity(small.staff, lead=small.lead, shape=Shape.PROJECT)
    for row in range(rows):
        make.make_session(found, on=today() + (row + 1) * DAY)
        make.make_offer(found, records.make_active(small.lead), status=Offer.Status.ACCEPTED)
    return found.get_absolute_url()


def history(small: Small, rows: int) -> str:
    found = make.make_activity(small.staff)
    for row in range(rows):
        commands.adjust(viewer_of([small.staff, small.lead][row % 2]), found, place=f"Room {row}")
    return reverse("activities:history", args=[found.code])
