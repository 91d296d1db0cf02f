"""The chain of events: in one line whoever writes, and every tampering is found."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safety_partners.core import history
from safety_partners.core.append_only import EVENTS
from safety_partners.core.models import Chain, Event
from safety_partners.core.viewer import system_viewer
from safety_partners.people.models import Service
from tests.core.conftest import at_once
from tests.factories.people import make_organisation, make_service

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3),
    max_leaves=5,
)


def write(service, count=1, **details):
    viewer = system_viewer(service.organisation_id)
    for _ in range(count):
        with transaction.atomic():
            event = history.write(viewer, "core.tested", service, details, service.organisation_id)
    return event


def faults():
    return [(fault.where, fault.what) for fault in history.verify()]


@pytest.fixture
def service(db):
    return make_service(make_organisation())


@pytest.fixture
def tamper(db):
    """Run SQL as somebody would who got past the triggers."""

    def run(sql, *values):
        EVENTS.lift(connection)
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
        EVENTS.put(connection)

    return run


def test_events_are_numbered_and_each_holds_the_hash_before_it(service):
    write(service, 3)
    events = list(Event.objects.order_by("number"))
    assert [event.number for event in events] == [1, 2, 3]
    assert [event.previous_hash for event in events] == [history.NO_HASH, events[0].hash, events[1].hash]
    assert faults() == []


def test_each_organisation_has_a_chain_of_its_own(service):
    write(service, 2)
    write(make_service(make_organisation()), 2)
    assert sorted(Event.objects.values_list("number", flat=True)) == [1, 1, 2, 2]
    assert faults() == []


def test_a_timeline_tells_the_events_of_a_record_in_order(service):
    other = make_service(service.organisation, "Other")
    for about in (service, other, service):
        write(about)
    assert [event.number for event in history.timeline(service)] == [1, 3]
    assert [event.number for event in history.timeline(service, other)] == [1, 2, 3]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(details=st.dictionaries(st.text("abc", min_size=1, max_size=3), JSON, max_size=3))
def test_what_the_database_gives_back_still_has_its_hash(service, details):
    event = write(service, **details)
    assert history.hash_of(Event.objects.get(pk=event.pk)) == event.hash


@pytest.mark.parametrize(
    "change",
    [
        "verb = 'core.other'",
        "by_membership_id = 99",
        "by_roles = 'lead'",
        "about_id = about_id + 1",
        "about_code = 'SVC-22222222'",
        "root_id = root_id + 1",
        "details = '{\"a\": 2}'",
        "made_at = '2020-01-01 00:00:00+00:00'",
        "number = 99",
        "organisation_id = organisation_id + 1000",
    ],
)
def test_a_changed_event_is_found(service, tamper, change):
    write(service, 3, a=1)
    tamper(f"UPDATE core_event SET {change} WHERE number = 2")
    assert faults()


def test_an_event_changed_together_with_its_hash_is_found_at_the_next_one(service, tamper):
    write(service, 3)
    event = Event.objects.get(number=2)
    event.verb = "core.other"
    tamper("UPDATE core_event SET verb = 'core.other', hash = %s WHERE number = 2", history.hash_of(event))
    assert [what for _where, what in faults()] == ["does not follow from the event before it"]


def test_the_last_event_changed_together_with_its_hash_is_found(service, tamper):
    write(service, 3)
    event = Event.objects.get(number=3)
    event.verb = "core.other"
    tamper("UPDATE core_event SET verb = 'core.other', hash = %s WHERE number = 3", history.hash_of(event))
    assert [what for _where, what in faults()] == ["is not the one that ended the chain"]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_deleted_event_is_found_wherever_it_stood(service, tamper, number):
    write(service, 3)
    tamper("DELETE FROM core_event WHERE number = %s", number)
    assert faults()


def test_two_events_that_changed_places_are_found(service, tamper):
    write(service, 3)
    for old, new in ((2, 99), (3, 2), (99, 3)):
        tamper("UPDATE core_event SET number = %s WHERE number = %s", new, old)
    assert faults()


def test_all_events_of_an_organisation_deleted_is_found(service, tamper):
    write(service, 3)
    tamper("DELETE FROM core_event")
    assert faults() == [(f"chain of organisation {service.organisation_id}", "its last event is missing")]


def test_a_chain_without_its_end_is_found(service):
    write(service, 3)
    Chain.objects.all().delete()
    assert faults() == [(f"chain of organisation {service.organisation_id}", "its end is missing")]


def test_an_event_added_past_the_end_is_found(service):
    last = write(service, 2)
    forged = Event(**{field.attname: getattr(last, field.attname) for field in Event._meta.fields if field.attname != "id"})
    forged.number, forged.previous_hash = 3, last.hash
    forged.hash = history.hash_of(forged)
    forged.save(force_insert=True)
    assert faults() == [(f"chain of organisation {service.organisation_id}", "an event was added past its end")]


def test_what_is_written_while_somebody_verifies_is_no_fault(service, monkeypatch):
    write(service, 2)
    ends, read = history._ends, []

    def ends_and_then_somebody_writes():
        read.append(ends())
        write(service)
        return read[-1]

    monkeypatch.setattr(history, "_ends", ends_and_then_somebody_writes)
    assert faults() == []
    assert len(read) == 2


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE core_event SET verb = 'x'",
        "DELETE FROM core_event",
        "TRUNCATE core_event",
        "INSERT OR REPLACE INTO core_event SELECT * FROM core_event",
    ],
)
def test_the_database_itself_refuses(service, sql):
    if sql.startswith("TRUNCATE") and connection.vendor == "sqlite":
        sql = "DELETE FROM core_event WHERE 1 = 1"
    if "OR REPLACE" in sql and connection.vendor == "postgresql":
        sql = "INSERT INTO core_event SELECT * FROM core_event ON CONFLICT (id) DO UPDATE SET verb = 'x'"
    write(service, 2)
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Event.objects.filter(verb="core.tested").count() == 2


def test_the_orm_is_refused_too(service):
    event = write(service)
    with pytest.raises(DatabaseError), transaction.atomic():
        event.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        event.delete()


def test_the_command_says_that_all_is_well_or_what_is_not(service, tamper):
    write(service, 2)
    out, err = io.StringIO(), io.StringIO()
    call_command("verify_history", stdout=out)
    assert "2 events" in out.getvalue()
    tamper("UPDATE core_event SET verb = 'core.other' WHERE number = 1")
    with pytest.raises(CommandError, match="1 faults found"):
        call_command("verify_history", stderr=err)
    assert "event 1 of organisation" in err.getvalue()


def test_many_writers_at_once_stand_in_one_line(racing_db):
    """The first events of an organisation too, when its chain does not exist yet."""
    service, other = make_service(make_organisation()), make_service(make_organisation())
    at_once(*[lambda: write(service, 6)] * 4, *[lambda: write(other, 6)] * 2)
    numbers = Event.objects.filter(organisation_id=service.organisation_id).order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 25))
    assert Event.objects.filter(organisation_id=other.organisation_id).count() == 12
    assert faults() == []


def test_an_event_that_is_taken_back_leaves_no_gap(racing_db):
    service = make_service(make_organisation())

    def fail():
        with transaction.atomic():
            history.write(system_viewer(service.organisation_id), "core.tested", service, {}, service.organisation_id)
            Service.objects.get(pk=-1)

    results = at_once(fail, lambda: write(service), fail, lambda: write(service))
    assert sum(isinstance(result, Event) for result in results) == 2
    assert Chain.objects.get().length == 2
    assert faults() == []
