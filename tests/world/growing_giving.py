"""How the pages of places, of giving back and of what changed grow by so many rows."""

from __future__ import annotations

from django.urls import reverse

from safety_partners.activities import commands
from safety_partners.activities.models import Activity, Offer, Panel, PanelArea, Settled, Shape, Training
from safety_partners.core.working_days import today
from safety_partners.partners.models import AccessNeed, Partner
from tests.factories import activities as make
from tests.factories import committees, records
from tests.factories.committees import DAY
from tests.factories.people import make_member, viewer_of
from tests.world.growing import Small

ACCEPTED = Offer.Status.ACCEPTED


def _activity(small: Small, row: int = 0, **fields: object) -> Activity:
    return make.make_activity(small.staff, lead=small.lead, title=f"Activity {row}", **fields)


def _partner(small: Small) -> Partner:
    return records.make_active(small.lead)


def offer_new(small: Small, rows: int) -> str:
    return _offering(small, rows, _activity(small))


def offer_panel(small: Small, rows: int) -> str:
    """A panel of which everything is settled."""
    found = _activity(small, shape=Shape.PANEL)
    panel = Panel.objects.create(activity=found, post="A post", chair=small.staff, scoring="equal")
    for area in PanelArea:
        Settled.objects.create(panel=panel, area=area, words="Yes.")
    return _offering(small, rows, found)


def offer_training(small: Small, rows: int) -> str:
    found = _activity(small, shape=Shape.TRAINING)
    Training.objects.create(activity=found, audience="New nurses", part="both")
    return _offering(small, rows, found)


def _offering(small: Small, rows: int, found: Activity) -> str:
    """Partners to ask, each with something on that day, and partners who were asked."""
    make.make_session(found)
    for row in range(rows):
        partner = _partner(small)
        other = _activity(small, row + 1)
        make.make_session(other)
        make.make_offer(other, partner, status=ACCEPTED)
        make.make_offer(found, _partner(small))
    return reverse("activities:offer-new", args=[found.code])


def remind(small: Small, rows: int) -> str:
    found = _activity(small)
    for _row in range(rows):
        make.make_offer(found, _partner(small))
    return reverse("activities:remind", args=[found.code])


def fair_share(small: Small, rows: int) -> str:
    for row in range(rows):
        make.make_offer(make.make_activity(make_member(small.organisation), title=f"Activity {row}"), _partner(small))
    return reverse("activities:fair-share")


def offer(small: Small, rows: int) -> str:
    """With others who take part, and what this partner needs."""
    own = records.make_active(small.lead, small.partner)
    found = make.make_offer(_activity(small), own)
    for row in range(rows):
        make.make_offer(found.activity, _partner(small), status=ACCEPTED)
        AccessNeed.objects.create(partner=own, kind="place", what=f"A ramp {row}")
    return found.get_absolute_url()


def taking_part(small: Small, rows: int) -> str:
    """What needs an answer, what comes and what changed."""
    partner = records.make_active(small.lead, small.partner)
    for row in range(rows):
        make.make_offer(_activity(small, row), partner)
        coming = make.make_offer(_activity(small, row + 10), partner, status=ACCEPTED)
        make.make_session(coming.activity, on=today() + (row + 1) * DAY)
        told = make.make_offer(_activity(small, row + 20), partner, status=ACCEPTED)
        commands.say_what_changed(viewer_of(small.staff), told.activity, kind="changed", words="It changed.")
    return reverse("activities:taking-part")


def ledger(small: Small, rows: int) -> str:
    """Words that were shared, meetings, time, and what changed."""
    partner = records.make_active(small.lead, small.partner)
    committee = committees.make_committee(small.lead)
    for row in range(rows):
        found = make.make_offer(_activity(small, row), partner, status=ACCEPTED)
        viewer = viewer_of(small.partner)
        placed = commands.speak(viewer, found.activity, words="Ask at night.", kind="question", visibility="answerers")
        commands.share_spoken(viewer, placed, turn=0)
        commands.say_what_changed(viewer_of(small.staff), found.activity, kind="changed", words="It changed.")
        commands.give_time(viewer, partner, kind=["travel", "training", "follow-up"][row], on=today(), minutes=row + 1, about="A visit")
        meeting = committees.make_meeting(committee, on=today() - (row + 1) * DAY, status="held")
        committees.make_invitee(meeting, small.partner, attendance="present")
    return reverse("activities:ledger")


def time(small: Small, rows: int) -> str:
    """Lines for activities and for meetings."""
    partner = records.make_active(small.lead, small.partner)
    committee = committees.make_committee(small.lead)
    for row in range(rows):
        viewer, given = viewer_of(small.partner), {"kind": "attendance", "on": today() - row * 31 * DAY, "minutes": 60}
        found = make.make_offer(_activity(small, row), partner, status=ACCEPTED)
        commands.give_time(viewer, partner, **given, activity=found.activity)
        meeting = committees.make_meeting(committee, on=today() - (row + 1) * DAY, status="held")
        committees.make_invitee(meeting, small.partner)
        commands.give_time(viewer, partner, **given, meeting=meeting)
    return reverse("activities:time", args=[partner.code])


def time_new(small: Small, rows: int) -> str:
    """What it may be for."""
    time(small, rows)
    return reverse("activities:time-new", args=[Partner.objects.get(membership=small.partner).code])


def outcome(small: Small, rows: int) -> str:
    """What was written before and since, who has read it and who has not."""
    found = _activity(small)
    for _row in range(rows):
        commands.say_what_changed(viewer_of(small.staff), found, kind="in part", words="It changed a little.")
    newest = commands.say_what_changed(viewer_of(small.staff), found, kind="changed", words="It changed.")
    for _row in range(rows):
        make.make_offer(found, _partner(small), status=ACCEPTED)
        offer = make.make_offer(found, _partner(small), status=ACCEPTED)
        said = {"says": "in part", "capture": "letter"}
        commands.answer_outcome(viewer_of(small.lead), offer, outcome=newest, **said)
    return newest.get_absolute_url()


def outcome_new(small: Small, rows: int) -> str:
    """Whom it tells."""
    found = _activity(small)
    for _row in range(rows):
        make.make_offer(found, _partner(small), status=ACCEPTED)
    return reverse("activities:outcome-new", args=[found.code])
