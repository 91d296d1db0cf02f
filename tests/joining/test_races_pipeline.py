"""Two at once: two leads decide, and a reader answers while the lead moves on. One comes first, and nothing is half done."""

from __future__ import annotations

import datetime as dt

import pytest

from safety_partners.core.lifecycle import Overtaken
from safety_partners.core.models import Message
from safety_partners.core.working_days import today
from safety_partners.joining import commands
from safety_partners.joining.models import Expression, Sift, SiftPoint
from safety_partners.partners.models import Partner
from safety_partners.people.models import Role
from tests.core.conftest import at_once, racing_db  # noqa: F401 - a fixture
from tests.factories.joining import make_advert
from tests.factories.people import make_member, make_organisation, viewer_of
from tests.joining.stages import KIND, SAID, being_read, checking, findings_for, fresh, give, met


@pytest.fixture
def people(racing_db):  # noqa: F811
    """Two leads and three readers."""
    organisation = make_organisation()
    return [make_member(organisation, role) for role in (Role.LEAD, Role.LEAD, Role.STAFF, Role.PARTNER, Role.STAFF)]


def one_overtaken(results) -> bool:
    return sorted(isinstance(one, Overtaken) for one in results) == [False, True]


def test_two_leads_decide_at_once_and_each_decision_is_told_once(people):
    lead, second, *readers = people
    expression = met(make_advert(lead), lead, *readers)
    until = today() + dt.timedelta(days=30)
    before = Message.objects.count()
    results = at_once(
        lambda: commands.offer_place(viewer_of(lead), fresh(expression)),
        lambda: commands.keep_in_reserve(viewer_of(second), fresh(expression), turn=expression.turn, reserve_until=until, has_agreed=True),
    )
    # From the reserve list one may be offered a place, but not the other way round.
    done = [one for one in results if isinstance(one, Expression)]
    assert len(done) == 2 or one_overtaken(results), results
    assert Message.objects.count() == before + len(done)
    assert fresh(expression).status == ("offered" if isinstance(results[0], Expression) else "reserve")


def test_appointed_once_by_two_leads(people):
    lead, second, *readers = people
    expression = checking(make_advert(lead), lead, *readers)
    results = at_once(*(lambda who=who: commands.appoint(viewer_of(who), fresh(expression)) for who in (lead, second)))
    assert one_overtaken(results), results
    assert Partner.objects.count() == 1
    assert fresh(expression).partner_id


def test_a_reader_answers_while_the_lead_moves_on(people):
    lead, _second, *readers = people
    expression = being_read(make_advert(lead), lead, *readers)
    for reader in readers[:2]:
        give(expression.sifts.get(by=reader))
    late = expression.sifts.get(by=readers[2])
    findings = findings_for(late)
    results = at_once(
        lambda: commands.give_view(viewer_of(readers[2]), fresh(late), view="meet", findings=findings),
        lambda: commands.say_not_now(viewer_of(lead), fresh(expression), words=KIND),
    )
    assert isinstance(results[1], Expression), results
    assert fresh(expression).status == "not now"
    is_given = fresh(late).done_at is not None
    assert isinstance(results[0], Sift if is_given else Overtaken), results
    assert SiftPoint.objects.filter(sift=late).exists() == is_given


def test_a_view_is_given_once(people):
    lead, _second, *readers = people
    sift = being_read(make_advert(lead), lead, *readers).sifts.get(by=readers[0])
    findings = findings_for(sift)

    def give_it(view):
        return lambda: commands.give_view(viewer_of(readers[0]), fresh(sift), view=view, findings=findings)

    results = at_once(give_it("meet"), give_it("reserve"))
    assert one_overtaken(results), results
    assert sift.points.count() == len(findings)


def test_the_person_stops_while_the_lead_offers(people):
    lead, _second, *readers = people
    expression = met(make_advert(lead), lead, *readers)
    results = at_once(
        lambda: commands.offer_place(viewer_of(lead), fresh(expression)),
        lambda: commands.note_withdrawal(viewer_of(lead), fresh(expression), **SAID),
    )
    assert isinstance(results[1], Expression)
    assert fresh(expression).status == "withdrawn"
    assert isinstance(results[0], Expression | Overtaken), results
