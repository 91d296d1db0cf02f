"""Moves: one conditional UPDATE each, and nobody overtakes unseen."""

from __future__ import annotations

import threading

import pytest
from django.db import transaction

from safety_partners.core.lifecycle import Lifecycle, NotPossible, Overtaken
from safety_partners.core.models import Message
from tests.core.conftest import at_once

Status = Message.Status


def make_message(**fields) -> Message:
    return Message.objects.create(organisation_id=1, template="core/test", to_name="Ann", channel="letter", subject="s", text="t", **fields)


@pytest.mark.django_db
def test_a_move_changes_the_row_and_the_record_together():
    message = make_message()
    Message.lifecycle.move(message, "done_by_hand", trouble="none")
    assert (message.status, message.turn, message.trouble) == (Status.SENT, 1, "none")
    again = Message.objects.get()
    assert (again.status, again.turn, again.trouble) == (Status.SENT, 1, "none")


@pytest.mark.django_db
def test_a_move_costs_two_queries_inside_a_transaction(django_assert_num_queries):
    message = make_message()
    with transaction.atomic(), django_assert_num_queries(2):
        Message.lifecycle.move(message, "done_by_hand")


@pytest.mark.django_db
def test_a_move_from_elsewhere_is_overtaken_and_changes_nothing():
    message = make_message()
    Message.lifecycle.move(Message.objects.get(), "done_by_hand")
    with pytest.raises(Overtaken) as trouble:
        Message.lifecycle.move(message, "done_by_hand", trouble="second")
    assert "Someone else changed this" in str(trouble.value.sentence)
    assert (message.status, message.turn, message.trouble) == (Status.QUEUED, 0, "")
    assert Message.objects.get().turn == 1


@pytest.mark.django_db
def test_a_move_may_start_from_several_places():
    failed, in_doubt = make_message(status=Status.FAILED), make_message(status=Status.IN_DOUBT)
    for message in (failed, in_doubt):
        assert Message.lifecycle.may(message, "resend")
        Message.lifecycle.move(message, "resend")
    assert set(Message.objects.values_list("status", flat=True)) == {Status.QUEUED}


@pytest.mark.django_db
def test_who_saw_fewer_moves_is_overtaken_even_where_the_status_came_back():
    message = make_message(status=Status.FAILED)
    seen = message.turn
    Message.lifecycle.move(message, "resend")
    Message.objects.update(status=Status.FAILED)
    with pytest.raises(Overtaken):
        Message.lifecycle.move(Message.objects.get(), "resend", turn=seen)
    Message.lifecycle.move(Message.objects.get(), "resend", turn=1)
    assert Message.objects.get().turn == 2


@pytest.mark.django_db
def test_the_same_record_can_move_on_with_the_turn_it_was_given():
    message = make_message(status=Status.FAILED)
    Message.lifecycle.move(message, "resend", turn=message.turn)
    Message.lifecycle.move(message, "done_by_hand", turn=message.turn)
    assert Message.objects.get().turn == message.turn == 2


@pytest.mark.django_db
def test_an_overtaken_move_leaves_the_transaction_around_it_usable():
    message = make_message(status=Status.SENT)
    with transaction.atomic():
        with pytest.raises(Overtaken):
            Message.lifecycle.move(message, "done_by_hand")
        make_message()
    assert Message.objects.count() == 2


def test_a_move_that_does_not_exist_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        Message.lifecycle.may(Message(), "fly")


def test_overtaken_is_one_of_the_things_that_are_not_possible():
    assert isinstance(Overtaken(), NotPossible)
    assert str(Overtaken("Two words")) == "Two words"
    assert NotPossible("No", field="text").field == "text"


def test_choices_and_words_are_kept_as_plain_text():
    moves = Lifecycle({"go": (Status.QUEUED, Status.SENT)}).moves
    assert type(moves["go"].target) is str
    assert moves["go"].sources == ("waiting",)


def test_of_many_at_once_one_moves_and_the_others_are_overtaken(racing_db):
    for _ in range(5):
        pk = make_message().pk

        def go(pk=pk):
            Message.lifecycle.move(Message.objects.get(pk=pk), "done_by_hand", turn=0)

        results = at_once(go, go, go, go)
        assert results.count(None) == 1
        assert sum(isinstance(result, Overtaken) for result in results) == 3
        assert Message.objects.get(pk=pk).turn == 1


def test_a_move_waits_for_a_transaction_that_has_moved_already(racing_db):
    """Also where the second began before the first was finished: it must not go by what it read before."""
    message = make_message()
    has_moved, may_finish = threading.Event(), threading.Event()

    def first():
        with transaction.atomic():
            Message.lifecycle.move(Message.objects.get(), "done_by_hand")
            has_moved.set()
            may_finish.wait(10)

    def second():
        has_moved.wait(10)
        threading.Timer(0.2, may_finish.set).start()
        Message.lifecycle.move(message, "done_by_hand")

    results = at_once(first, second)
    assert results[0] is None
    assert isinstance(results[1], Overtaken)
    assert Message.objects.get().turn == 1


def test_a_move_that_is_taken_back_leaves_the_way_free(racing_db):
    make_message()

    def first():
        with transaction.atomic():
            Message.lifecycle.move(Message.objects.get(), "done_by_hand")
            raise RuntimeError

    def second():
        Message.lifecycle.move(Message.objects.get(), "done_by_hand")

    assert isinstance(at_once(first)[0], RuntimeError)
    assert at_once(second) == [None]
