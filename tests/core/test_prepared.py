"""SQL that is made once: the same rows as Django would fetch, for each viewer their own, on any day."""

from __future__ import annotations

import datetime as dt
import inspect
import sys

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from safety_partners.core import clock
from safety_partners.core.duty import Waiting
from safety_partners.core.prepared import Prepared
from safety_partners.core.viewer import NOBODY
from safety_partners.insights.models import Insight
from safety_partners.people.models import Role
from tests.factories import insights as make
from tests.factories.people import make_member, viewer_of
from tests.insights.cast import make_cast

pytestmark = pytest.mark.django_db


def every_prepared() -> dict[str, Prepared]:
    assert get_resolver().url_patterns  # every view, and so every query, is imported
    modules = [module for name, module in sys.modules.items() if name.startswith("safety_partners.")]
    kept = {f"{module.__name__}.{name}": one for module in modules for name, one in vars(module).items()}
    of_arms = {name: one.rows for name, one in kept.items() if isinstance(one, Waiting)}
    return of_arms | {name: one for name, one in kept.items() if isinstance(one, Prepared)}


def numbers_for(prepared: Prepared, insight: Insight) -> list[int]:
    return [insight.pk] * (len(inspect.signature(prepared.build).parameters) - 1)


def fetched(prepared: Prepared, *given) -> list[tuple]:
    """The rows as Django itself fetches them."""
    built = prepared.build(*given)
    return [] if built is None else [tuple(row) for row in built]


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def insight(cast):
    answered = make.make_answered(cast.partner, cast.lead, cast.owner).insight
    make.make_wording(make.make_change(cast.partner, cast.lead, cast.owner), cast.lead)
    make.make_draft(cast.partner)
    return answered


def test_prepared_rows_are_those_that_django_fetches_for_every_role_on_any_day(cast, insight):
    found = every_prepared()
    assert len(found) >= 11, "nothing to guard"
    people = [cast.partner, cast.lead, cast.owner, *(make_member(cast.organisation, role) for role in Role)]
    rows = 0
    for name, prepared in found.items():
        numbers = numbers_for(prepared, insight)
        for person in people:
            viewer = viewer_of(person)
            for later in (0, 400):
                with clock.telling(clock.now() + dt.timedelta(days=later)):
                    expected = fetched(prepared, viewer, *numbers)
                    assert sorted(map(str, prepared(viewer, *numbers))) == sorted(map(str, expected)), (name, person)
                    rows += len(expected)
    assert rows > 20


def test_nothing_that_was_prepared_for_one_person_is_shown_to_another(cast, insight):
    other = make_cast()
    for name, prepared in every_prepared().items():
        numbers = numbers_for(prepared, insight)
        prepared(viewer_of(cast.lead), *numbers)
        of_other = viewer_of(other.lead)
        assert prepared(of_other, *numbers) == fetched(prepared, of_other, *numbers), name


def test_a_visitor_sees_nothing():
    prepared = Prepared(lambda viewer: Insight.objects.filter(organisation_id=viewer.organisation_id).values_list("code"))
    make.make_insight(make_cast().partner)
    assert prepared(NOBODY) == []


def test_what_a_role_never_sees_is_not_asked_for(cast):
    prepared = Prepared(lambda viewer: Insight.objects.none().values_list("code"))
    viewer = viewer_of(cast.lead)
    with CaptureQueriesContext(connection) as made:
        assert prepared(viewer) == []
    assert len(made) == 0


def test_the_sql_is_made_once_and_the_values_are_read_as_django_reads_them(cast, insight):
    built = []

    def build(viewer, pk):
        built.append(viewer.roles)
        return Insight.objects.of(viewer).filter(pk=pk).values_list("shared_at", "answer_by", "is_read_back")

    prepared = Prepared(build)
    for person in (cast.lead, cast.lead, cast.partner):
        ((shared_at, answer_by, is_read_back),) = prepared(viewer_of(person), insight.pk)
        assert (shared_at, answer_by, is_read_back) == (insight.shared_at, insight.answer_by, False)
    assert built == [{"lead"}, {"partner"}]


def test_the_sql_is_made_for_the_day_and_asked_for_the_moment(cast, insight):
    built = []

    def build(viewer):
        built.append(clock.now())
        an_hour_ago = clock.now() - dt.timedelta(hours=1)
        return Insight.objects.of(viewer).filter(pk=insight.pk, shared_at__lt=an_hour_ago, next_due_on__gte=clock.today()).values_list("pk")

    prepared = Prepared(build)
    noon = insight.shared_at.astimezone(clock.LONDON).replace(hour=12)
    Insight.objects.filter(pk=insight.pk).update(shared_at=noon, next_due_on=noon.date())
    seen = []
    for later in (dt.timedelta(), dt.timedelta(minutes=59), dt.timedelta(minutes=61), dt.timedelta(hours=2), dt.timedelta(days=1)):
        with clock.telling(noon + later):
            seen.append(len(prepared(viewer_of(cast.lead))))
    assert seen == [0, 0, 1, 1, 0]
    assert len(built) == 2
