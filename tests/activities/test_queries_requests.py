"""What waits because of requests, what is worth a second look, and which activities want more partners."""

from __future__ import annotations

import datetime as dt

import pytest

from safety_partners.activities.models import Activity, Offer
from safety_partners.activities.queries import activities as queries
from safety_partners.activities.queries.duties import ARMS
from safety_partners.core.duty import Waiting
from safety_partners.core.working_days import add_working_days, today
from tests.factories.activities import make_activity, make_offer
from tests.factories.people import make_service, viewer_of
from tests.factories.records import make_active

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def duties(member):
    return [(one.sentence, one.title, one.is_late) for one in Waiting(ARMS)(viewer_of(member))]


def of(member, part):
    return [(title, is_late) for sentence, title, is_late in duties(member) if part in sentence]


def test_a_request_waits_for_the_lead_until_it_is_decided_on(requester, lead, governance):
    make_activity(requester, status="asked", needed_by=today() - DAY, title="Late")
    make_activity(requester, status="declined", title="Over")
    assert of(lead, "Decide on this request") == [("Late", True)]
    assert of(requester, "Decide on this request") == of(governance, "Decide on this request") == []


def test_what_came_back_waits_for_whoever_asked(requester, staff, lead):
    make_activity(requester, status="returned", title="Poster")
    assert of(requester, "Your request came back") == [("Poster", False)]
    assert of(staff, "Your request came back") == of(lead, "Your request came back") == []


def test_the_promise_waits_for_whoever_made_it_and_is_late_for_the_lead_too(requester, staff, lead):
    make_activity(requester, feedback_by=staff, feedback_on=today() + 15 * DAY, title="Later")
    make_activity(requester, feedback_by=staff, feedback_on=today() + 14 * DAY, title="Soon")
    make_activity(requester, feedback_by=staff, feedback_on=today() - DAY, title="Late")
    make_activity(requester, feedback_by=staff, feedback_on=today() - DAY, title="Told", status="reported")
    assert sorted(of(staff, "Tell partners what changed")) == [("Late", True), ("Soon", False)]
    assert of(lead, "nobody has written it") == [("Late", True)]
    assert of(requester, "Tell partners what changed") == []


def test_places_wait_to_be_offered_until_enough_are_taken_or_asked(requester, lead, partner, second):
    activity = make_activity(requester, title="Rounds")
    make_activity(requester, title="Not yet", status="asked")
    assert of(lead, "Offer places") == [("Rounds", False)]
    offer = make_offer(activity, partner, status=Offer.Status.ACCEPTED)
    make_offer(activity, make_active(lead), status=Offer.Status.DECLINED)
    make_offer(activity, make_active(lead), is_shadowing=True)
    assert of(lead, "Offer places") == [("Rounds", False)]
    make_offer(activity, second)
    assert of(lead, "Offer places") == []
    Offer.objects.filter(pk=offer.pk).update(status=Offer.Status.STEPPED_OUT)
    assert of(lead, "Offer places") == [("Rounds", False)]


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ({"stage": "final"}, "Little can change"),
        ({"stage": "evaluation"}, "Little can change"),
        ({"partners_wanted": 1}, "would be alone"),
        ({"data_seen": "restricted"}, "confidentiality agreement"),
        ({"distress": "A death.", "support": ""}, "nobody is named who is there for them"),
        ({"access": ""}, "how everybody can take part"),
        ({"payment": ""}, "payment and travel"),
        ({"needed_by": today() - DAY}, "has gone by"),
        ({"needed_by": add_working_days(today(), 1)}, "There is 1 working day to find partners"),
        ({"needed_by": add_working_days(today(), 14)}, "There are 14 working days to find partners"),
    ],
)
def test_what_is_worth_a_second_look(requester, said, part):
    plain = {"needed_by": add_working_days(today(), 15)}
    assert queries.second_looks(make_activity(requester, **plain)) == []
    (sentence,) = queries.second_looks(make_activity(requester, **(plain | said)))
    assert part in sentence


def test_services_that_are_closed_stay_on_what_names_them(requester, organisation):
    service, closed = make_service(organisation), make_service(organisation, "Old ward")
    closed.is_open = False
    closed.save()
    assert queries.open_services(viewer_of(requester)) == [service]
    assert queries.open_services(viewer_of(requester), make_activity(requester, service=closed)) == [closed, service]


def test_a_search_needs_every_word_or_the_code(requester):
    rounds = make_activity(requester, title="Safer ward rounds", team="Falls team")
    make_activity(requester, title="Letters", team="Clinic")
    found = {words: list(queries.search_activities(Activity.objects.all(), words)) for words in ("ward falls", "ward clinic", rounds.code)}
    assert found == {"ward falls": [rounds], "ward clinic": [], rounds.code: [rounds]}
