"""What waits for the lead and for readers: so many of each kind, and whether there are others."""

from __future__ import annotations

import datetime as dt

import pytest

from safety_partners.core import clock
from safety_partners.joining import queries
from safety_partners.joining.models import ChatRequest, Sift
from safety_partners.joining.queries.duties import SHOWN
from tests.factories.joining import make_expression
from tests.factories.people import viewer_of


def _asked(advert, count: int) -> None:
    for number in range(count):
        with clock.telling(clock.now() - dt.timedelta(days=count - number)):
            ChatRequest.objects.create(organisation=advert.organisation, advert=advert, name=f"Caller {number}", how="phone", reach="01904")


@pytest.mark.parametrize(("count", "has_more"), [(SHOWN, False), (SHOWN + 1, True)])
def test_one_more_than_is_shown_is_said_and_the_oldest_are_shown(advert, lead, count, has_more):
    _asked(advert, count)
    found = queries.duties(viewer_of(lead))
    assert (len(found), found.has_more) == (SHOWN, has_more)
    assert {duty.title for duty in found} == {f"Caller {number}" for number in range(SHOWN)}


def test_many_of_one_kind_push_out_none_of_another(advert, lead):
    _asked(advert, SHOWN + 1)
    make_expression(advert, known_as="Mo")
    found = queries.duties(viewer_of(lead))
    assert (len(found), found.has_more) == (SHOWN + 1, True)
    assert "Mo" in [duty.title for duty in found]


def test_a_reader_with_more_than_a_page_to_read_is_told_so(advert, staff):
    for _number in range(SHOWN + 1):
        expression = make_expression(advert)
        type(expression).objects.filter(pk=expression.pk).update(status="being read")
        Sift.objects.create(expression=expression, by=staff, due_on=clock.today())
    found = queries.duties(viewer_of(staff))
    assert (len(found), found.has_more) == (SHOWN, True)
