"""What waits for everybody in a whole world, from SQL that was made once: the same as Django would fetch, at any moment."""

from __future__ import annotations

import datetime as dt
import inspect

import pytest

from safety_partners.core import clock
from tests.core.test_prepared import every_prepared, fetched
from tests.factories.people import viewer_of
from tests.guards.conftest import surroundings
from tests.world import build

MOMENTS = [dt.timedelta(), dt.timedelta(minutes=5), dt.timedelta(days=20), dt.timedelta(days=20, minutes=5), dt.timedelta(days=300)]


@pytest.mark.django_db
def test_what_waits_is_what_django_would_fetch_for_everybody_at_any_moment():
    of_viewer = {name: one for name, one in every_prepared().items() if len(inspect.signature(one.build).parameters) == 1}
    found = dict.fromkeys(of_viewer, 0)
    with surroundings():
        world = build()
    members = [one for place in (world.home, world.away) for one in place.people.values() if one is not None and one.ended_on is None]
    noon = clock.now().astimezone(clock.LONDON).replace(hour=12)
    for later in MOMENTS:
        with clock.telling(noon + later):
            for viewer in map(viewer_of, members):
                for name, prepared in of_viewer.items():
                    expected = fetched(prepared, viewer)
                    assert sorted(map(str, prepared(viewer))) == sorted(map(str, expected)), (name, viewer.name, later)
                    found[name] += len(expected)
    assert len(found) >= 4
    assert all(count > 10 for count in found.values()), found
