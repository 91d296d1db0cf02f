"""Commands: the policy asked, one transaction, one event; a form sent twice makes one record."""

from __future__ import annotations

import datetime as dt
import threading
import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from safety_partners.core import codes
from safety_partners.core.command import COMMANDS, command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Chain, Event, Message, Submission
from safety_partners.core.policy import Policy, Refused
from safety_partners.core.viewer import NOBODY, system_viewer
from safety_partners.people.models import Role, Service
from tests.core.conftest import at_once
from tests.factories.people import make_member, make_organisation, make_service, viewer_of

anyone = Policy("Anyone", lambda viewer: True, takes_record=False)
leads = Policy("The partner lead", lambda viewer: Role.LEAD in viewer.roles, takes_record=False)
while_open = Policy("Anyone while it is open", lambda viewer, record: record.is_open, takes_record=True)


@command(allow=leads)
def only_leads(viewer, service, /):
    return service


@command(allow=anyone, details=("name", "is_open"))
def open_service(viewer, /, *, name, note=""):
    """Make a service; the note is nobody's business."""
    return Service.objects.create(organisation_id=viewer.organisation_id, name=name)


@command(allow=while_open)
def close_service(viewer, service, /):
    if not Service.objects.filter(pk=service.pk, is_open=True).update(is_open=False):
        raise Overtaken
    service.is_open = False
    return service


@command(allow=anyone, details=("service", "on", "at", "how"))
def note_everything(viewer, service, /, **given):
    return service


@command(allow=anyone)
def send(viewer, message, /):
    Message.lifecycle.move(message, "done_by_hand")
    return message


@command(allow=anyone)
def open_two_or_none(viewer, /, *, names):
    for name in names:
        service = open_service(viewer, name=name)
    return service


def make_message(organisation_id):
    return Message.objects.create(
        organisation_id=organisation_id, template="core/test", to_name="Ann", channel="letter", subject="s", text="t"
    )


@pytest.mark.django_db
def test_those_who_may_not_are_refused_and_nothing_is_written(viewer, organisation):
    with pytest.raises(Refused, match="The partner lead"):
        only_leads(viewer, make_service(organisation))
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_a_policy_about_a_record_is_asked_with_the_record(viewer, organisation):
    service = make_service(organisation)
    close_service(viewer, service)
    with pytest.raises(Refused, match="while it is open"):
        close_service(viewer, service)


@pytest.mark.django_db
def test_one_command_leaves_one_event_that_says_who_what_and_about_which_record(organisation):
    member = make_member(organisation, Role.STAFF, Role.LEAD)
    service = open_service(viewer_of(member), name="Urgent care", note="a private note")
    event = Event.objects.get()
    assert (event.verb, event.by_membership_id, event.by_roles) == ("core.open_service", member.pk, "lead staff")
    assert (event.about_kind, event.about_id, event.about_code) == ("people.service", service.pk, service.code)
    assert (event.root_kind, event.root_id) == ("people.service", service.pk)
    assert event.organisation_id == organisation.pk


@pytest.mark.django_db
def test_details_keep_what_the_command_names_and_nothing_else(viewer):
    open_service(viewer, name="Urgent care", note="a private note")
    assert Event.objects.get().details == {"name": "Urgent care", "is_open": True}


@pytest.mark.django_db
def test_details_become_plain_values(viewer, organisation):
    service = make_service(organisation)
    note_everything(viewer, service, service=service, on=dt.date(2026, 3, 4), at=uuid.UUID(int=1), how=Message.Channel.LETTER)
    assert Event.objects.get().details == {"service": service.code, "on": "2026-03-04", "at": str(uuid.UUID(int=1)), "how": "letter"}


@pytest.mark.django_db
def test_an_event_stands_in_the_history_of_the_organisation_of_the_record(viewer):
    elsewhere = make_organisation()
    note_everything(viewer, make_service(elsewhere))
    assert Event.objects.get().organisation_id == elsewhere.pk


@pytest.mark.django_db
def test_the_product_itself_can_act(organisation):
    service = open_service(system_viewer(organisation.pk), name="Urgent care")
    event = Event.objects.get()
    assert (event.by_membership_id, event.by_roles, event.about_id) == (None, "system", service.pk)


@pytest.mark.django_db
def test_a_visitor_can_act_where_the_policy_lets_them(organisation):
    message = make_message(organisation.pk)
    send(NOBODY, message)
    assert Event.objects.get().organisation_id == organisation.pk


@pytest.mark.django_db
def test_what_fails_leaves_no_row_and_no_event(viewer, organisation):
    make_service(organisation, "Taken")
    with pytest.raises(IntegrityError):
        open_two_or_none(viewer, names=["Free", "Taken"])
    assert list(Service.objects.values_list("name", flat=True)) == ["Taken"]
    assert not Event.objects.exists()
    assert not Chain.objects.filter(length__gt=0).exists()


@pytest.mark.django_db
def test_a_command_inside_a_command_leaves_its_own_event_in_the_same_transaction(viewer):
    open_two_or_none(viewer, names=["One", "Two"])
    assert list(Event.objects.order_by("number").values_list("verb", flat=True)) == [
        "core.open_service",
        "core.open_service",
        "core.open_two_or_none",
    ]


@pytest.mark.django_db
def test_a_form_sent_twice_gives_the_first_result(viewer):
    key = uuid.uuid4()
    first = open_service(viewer, name="Urgent care", submission_key=key)
    second = open_service(viewer, name="Urgent care", submission_key=key)
    assert first == second
    assert Event.objects.count() == Submission.objects.count() == 1


@pytest.mark.django_db
def test_a_form_sent_twice_gives_the_first_result_even_where_a_second_would_be_refused(viewer, organisation):
    key, service = uuid.uuid4(), make_service(organisation)
    close_service(viewer, service, submission_key=key)
    assert close_service(viewer, Service.objects.get(), submission_key=key) == service


@pytest.mark.django_db
def test_a_form_sent_twice_gives_the_first_result_even_where_the_record_has_moved_on(viewer, organisation):
    key, message = uuid.uuid4(), make_message(organisation.pk)
    send(viewer, message, submission_key=key)
    assert send(viewer, Message.objects.get(), submission_key=key) == message
    with pytest.raises(Overtaken):
        send(viewer, Message.objects.get(), submission_key=uuid.uuid4())


@pytest.mark.django_db
def test_the_key_of_another_person_gives_nothing_away(viewer, organisation):
    key = uuid.uuid4()
    open_service(viewer, name="Urgent care", submission_key=key)
    with pytest.raises(IntegrityError):
        open_service(viewer_of(make_member(organisation)), name="Other", submission_key=key)
    assert Service.objects.count() == 1


@pytest.mark.django_db
def test_a_form_whose_first_result_was_taken_away_says_so_kindly(viewer):
    key = uuid.uuid4()
    open_service(viewer, name="Urgent care", submission_key=key).delete()
    with pytest.raises(NotPossible):
        open_service(viewer, name="Urgent care", submission_key=key)


@pytest.mark.django_db
def test_a_clash_of_codes_is_tried_again_with_another_code(viewer, organisation, monkeypatch):
    taken = make_service(organisation).code
    given = iter([taken, "SVC-22222222"])
    monkeypatch.setattr(codes, "new_code", lambda prefix: next(given))
    assert open_service(viewer, name="Other").code == "SVC-22222222"
    assert Event.objects.count() == 1


@pytest.mark.django_db
def test_a_clash_of_codes_does_not_let_a_half_moved_record_stand_in_its_own_way(viewer, organisation, monkeypatch):
    @command(allow=anyone)
    def send_and_open(viewer, message, /):
        Message.lifecycle.move(message, "done_by_hand", turn=message.turn)
        open_row = Service(organisation_id=viewer.organisation_id, name="Other")
        open_row.save()
        return message

    message, taken = make_message(organisation.pk), make_service(organisation).code
    given = iter([taken, "SVC-22222222"])
    monkeypatch.setattr(codes, "new_code", lambda prefix: next(given))
    send_and_open(viewer, message)
    assert (message.turn, message.status) == (1, "sent")


@pytest.mark.django_db
def test_any_other_clash_is_not_tried_again(viewer, organisation):
    calls = []

    @command(allow=anyone)
    def clash(viewer, /, *, name):
        calls.append(name)
        return Service.objects.create(organisation_id=viewer.organisation_id, name=name)

    make_service(organisation, "The code (code)=1")
    with pytest.raises(IntegrityError):
        clash(viewer, name="The code (code)=1")
    assert len(calls) <= 2
    assert Service.objects.count() == 1


def test_a_command_carries_its_policy_its_details_and_its_docstring():
    assert open_service.policy is anyone
    assert open_service.details == ("name", "is_open")
    assert open_service.__doc__.startswith("Make a service")
    assert COMMANDS["core.open_service"] is open_service


def test_a_form_sent_by_two_clicks_at_once_makes_one_record(racing_db):
    organisation = make_organisation()
    viewer = viewer_of(make_member(organisation))
    for _ in range(5):
        key = uuid.uuid4()
        results = at_once(*[lambda key=key: open_service(viewer, name=str(key), submission_key=key).pk] * 4)
        assert len(set(results)) == 1, results
    assert Service.objects.count() == Event.objects.count() == Submission.objects.count() == 5


def test_a_move_made_by_two_clicks_at_once_gives_both_the_same_answer(racing_db):
    """The second click waits for the first, finds the record moved, and still gets what the first one did."""
    organisation = make_organisation()
    viewer = viewer_of(make_member(organisation))
    for _ in range(5):
        key, message = uuid.uuid4(), make_message(organisation.pk)

        def click(key=key, pk=message.pk):
            return send(viewer, Message.objects.get(pk=pk), submission_key=key).pk

        assert at_once(click, click, click) == [message.pk] * 3
    assert Event.objects.count() == 5


def test_a_second_person_at_the_same_moment_is_told_kindly(racing_db):
    organisation = make_organisation()
    viewers = [viewer_of(make_member(organisation)) for _ in range(3)]
    message = make_message(organisation.pk)
    jobs = [lambda viewer=viewer: send(viewer, Message.objects.get(pk=message.pk), submission_key=uuid.uuid4()).pk for viewer in viewers]
    results = at_once(*jobs)
    assert results.count(message.pk) == 1
    assert sum(isinstance(result, Overtaken) for result in results) == 2
    assert Event.objects.count() == 1


def test_two_commands_that_wait_for_each_other_are_both_done(racing_db):
    """PostgreSQL takes one of them back; it is tried again. SQLite lets one wait from the beginning."""
    organisation = make_organisation()
    viewer = viewer_of(make_member(organisation))
    one, two = make_service(organisation, "One"), make_service(organisation, "Two")
    both_locked, tried = threading.Barrier(2), []

    @command(allow=anyone)
    def touch(viewer, first, /, *, then):
        Service.objects.filter(pk=first.pk).update(is_open=False)
        tried.append(first.pk)
        if connection.vendor == "postgresql" and tried.count(first.pk) == 1:
            both_locked.wait(5)
        Service.objects.filter(pk=then.pk).update(is_open=False)
        return first

    results = at_once(lambda: touch(viewer, one, then=two).pk, lambda: touch(viewer, two, then=one).pk)
    assert sorted(map(str, results)) == sorted([str(one.pk), str(two.pk)])
    assert Event.objects.count() == 2
    assert len(tried) == (3 if connection.vendor == "postgresql" else 2)


@pytest.mark.django_db
def test_a_command_inside_an_open_transaction_is_taken_back_with_it(viewer):
    with transaction.atomic():
        open_service(viewer, name="Urgent care")
        transaction.set_rollback(True)
    assert not Event.objects.exists()
    assert not Service.objects.exists()
