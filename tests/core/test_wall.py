"""The second wall: on PostgreSQL a request sees the rows of one organisation, even where a page forgot to ask for them."""

from __future__ import annotations

import re

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path

from safety_partners.core import wall
from safety_partners.core.models import Message
from safety_partners.core.page import is_anyone, is_signed_in, page
from safety_partners.insights.models import Insight, PublishedChange
from safety_partners.people import commands
from safety_partners.people.models import Membership, Role
from safety_partners.people.sign_in import look_at
from tests.core.urls import urlpatterns as other_addresses
from tests.factories import insights as make
from tests.factories.people import make_member, make_organisation, make_user, viewer_of

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no row-level security")


def told() -> str:
    """What a page shows that forgot ``visible_to``."""
    return " ".join(Insight.objects.order_by("pk").values_list("code", flat=True))


@page(allow=is_signed_in)
def forgetful(request):
    return HttpResponse(told())


@page(allow=is_anyone)
def public(request):
    """Does not ask who is looking."""
    return HttpResponse(told())


@page(allow=is_signed_in)
def broken(request):
    """Something is taken back, and the page goes on."""
    try:
        with transaction.atomic():
            Insight.objects.update(turn=1)
            raise ValueError
    except ValueError:
        return HttpResponse(told())


@page(allow=is_signed_in)
def choose(request, pk):
    look_at(request, pk)
    return HttpResponse(told())


urlpatterns = [
    path("test/forgetful/", forgetful),
    path("test/public/", public),
    path("test/broken/", broken),
    path("test/choose/<int:pk>/", choose),
    *other_addresses,
]


@pytest.fixture
def shared(db):
    """An insight in each of two organisations."""
    return [make.make_insight(make_member(make_organisation(), Role.PARTNER)) for _ in range(2)]


@pytest.fixture
def moves(monkeypatch):
    """Where the connection was told to stand, each time it was told."""
    said, move = [], wall._move
    monkeypatch.setattr(wall, "_move", lambda connection, place: (said.append(place), move(connection, place)))
    return said


def see(client, member, address="/test/forgetful/"):
    client.force_login(member.user)
    return client.get(address).content.decode()


def at(organisation_id: int):
    """As a request of somebody of this organisation."""
    return wall.inside(organisation_id)


@pytest.fixture(autouse=True)
def _pages_of_this_test():
    with override_settings(ROOT_URLCONF=__name__):
        yield


def standing() -> str:
    with connection.connection.cursor() as cursor:
        return cursor.execute("SELECT current_setting('safety_partners.organisation', true)").fetchone()[0] or ""


def test_two_requests_on_one_connection_see_only_their_own(client, shared):
    assert len({insight.organisation_id for insight in shared}) == 2
    for insight in (*shared, *shared):
        assert see(client, insight.speaker) == insight.code
    assert told() == " ".join(insight.code for insight in shared), "what the product does by itself sees all"


def test_a_visitor_sees_nobody_s_rows_and_neither_does_a_page_that_never_asks_who_looks(client, shared):
    assert client.get("/test/public/").content == b""
    assert see(client, shared[0].speaker, "/test/public/") == ""
    assert see(client, shared[0].speaker) == shared[0].code


def test_what_a_rollback_took_back_is_said_again(client, shared):
    for insight in (*shared, *shared):
        assert see(client, insight.speaker, "/test/broken/") == insight.code


def test_outside_a_transaction_it_is_said_once_however_many_requests_follow(transactional_db, client, shared, moves):
    """As in production: nothing is sent before a statement that finds its connection where it should be."""
    mine, theirs = shared
    client.force_login(mine.speaker.user)
    moves.clear()
    for address in ("/test/forgetful/", "/test/broken/", "/test/broken/", "/test/forgetful/"):
        assert client.get(address).content.decode() == mine.code
    assert moves == [str(mine.organisation_id)]
    assert standing() == str(mine.organisation_id), "the next request begins where this one ended"
    assert see(client, theirs.speaker) == theirs.code
    assert moves[1:] == [wall.EVERYWHERE, str(theirs.organisation_id)], "signing in is done by the test itself"


def test_it_is_said_again_after_a_savepoint_or_a_transaction_that_was_taken_back(shared, moves):
    number = shared[0].organisation_id
    with at(number):
        with transaction.atomic():
            assert told() == shared[0].code
            transaction.set_rollback(True)
        assert told() == shared[0].code
        with transaction.atomic():
            assert told() == shared[0].code
        assert told() == shared[0].code
    assert moves == [str(number)] * 2


def test_a_connection_that_failed_is_left_to_say_so(shared):
    with transaction.atomic(), at(shared[0].organisation_id):
        transaction.set_rollback(True)
        with pytest.raises(transaction.TransactionManagementError):
            told()


def test_a_new_connection_is_looked_after_too(transactional_db, shared):
    with at(shared[0].organisation_id):
        assert told() == shared[0].code
        connection.close()
        assert told() == shared[0].code
        assert connection.execute_wrappers.count(wall._keep_to_it) == 1


def test_rows_of_another_organisation_can_be_neither_changed_nor_added(shared):
    mine, theirs = shared
    with at(mine.organisation_id):
        assert Insight.objects.filter(pk=theirs.pk).update(turn=7) == 0
        for change in (
            lambda: make.make_insight(theirs.speaker),
            lambda: Insight.objects.filter(pk=mine.pk).update(organisation=theirs.organisation),
        ):
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                change()
    theirs.refresh_from_db()
    assert theirs.turn != 7


def test_what_is_published_is_for_everybody_and_written_by_its_own(shared):
    insight = shared[0]
    lead, owner = (make_member(insight.organisation, role) for role in (Role.LEAD, Role.STAFF))
    make.make_published(make.make_change(insight.speaker, lead, owner), lead, insight.speaker)
    with at(shared[1].organisation_id):
        assert PublishedChange.objects.count() == 1
        assert PublishedChange.objects.update(title="Other") == 0
    with at(insight.organisation_id):
        assert PublishedChange.objects.update(title="Other") == 1


@pytest.fixture
def in_both(shared):
    """A person who is a member of both organisations."""
    person = make_user()
    for insight in shared:
        make_member(insight.organisation, Role.STAFF, user=person)
    return person


def test_who_belongs_to_two_organisations_sees_one_at_a_time(client, in_both, shared):
    mine, theirs = shared
    client.force_login(in_both)
    assert client.get("/test/forgetful/").content.decode() == mine.code
    assert client.get(f"/test/choose/{theirs.organisation_id}/").content.decode() == mine.code, "from the next page on"
    assert client.get("/test/forgetful/").content.decode() == theirs.code


def test_somebody_joins_a_second_organisation(client, shared):
    """The one place where a request writes the history of an organisation that it does not stand in."""
    mine, theirs = shared
    administrator = make_member(theirs.organisation, Role.ADMINISTRATOR)
    commands.invite(viewer_of(administrator), name="Ada Bell", email="ada@example.org", roles=[Role.STAFF])
    [link] = re.findall(r"/join/[\w-]+/", Message.objects.get(template="people/invitation").text)
    client.force_login(mine.speaker.user)
    response = client.post(link)
    assert response.status_code == 302
    assert Membership.objects.filter(user=mine.speaker.user, organisation=theirs.organisation).exists()
