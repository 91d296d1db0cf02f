"""Pages: who may open them, by which method, and kind words for everybody else."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.core.exceptions import ImproperlyConfigured
from django.shortcuts import resolve_url
from django.test import Client

from safety_partners.core.lifecycle import Overtaken
from safety_partners.core.page import attempt, is_signed_in, page
from safety_partners.core.policy import Policy
from safety_partners.people.models import Role, Service
from tests.core import urls
from tests.factories.people import make_member, make_organisation, make_service, viewer_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.urls")]

REFERER = "http://testserver/insights/INS-22222222/?page=2"


@pytest.fixture(autouse=True)
def _no_calls_yet():
    urls.CALLS.clear()


@pytest.fixture
def member():
    return make_member(make_organisation("Riverside"), Role.STAFF)


@pytest.fixture
def signed_in(client, member):
    client.force_login(member.user)
    return client


def words_of(response):
    return response.content.decode()


class TestMethods:
    def test_get_and_post_only(self, signed_in):
        for method in ("put", "patch", "delete", "options", "trace"):
            response = getattr(signed_in, method)("/test/members/")
            assert response.status_code == 405
            assert response["Allow"] == "GET, POST"
        assert urls.CALLS == []

    @pytest.mark.parametrize("method", ["get", "head", "options"])
    def test_a_change_cannot_be_made_by_a_method_that_needs_no_token(self, member, method):
        client = Client(enforce_csrf_checks=True)
        client.force_login(member.user)
        assert getattr(client, method)("/test/change/").status_code == 405
        assert client.post("/test/change/").status_code == 403
        assert urls.CALLS == []

    def test_whoever_comes_by_the_address_alone_reads_what_to_do_and_goes_back(self, signed_in):
        answer = signed_in.get("/test/change/", headers={"Referer": REFERER})
        assert "This is done with a button" in words_of(answer)
        assert "Nothing has been changed." in words_of(answer)
        assert 'href="/insights/INS-22222222/?page=2"' in words_of(answer)
        alone = words_of(signed_in.get("/test/change/"))
        assert ("Go back to the page before" in alone, "Go to the first page" in alone) == (False, True)
        sent = words_of(signed_in.post("/test/anyone/", {"words": "What I wrote was long enough"}))
        assert "What I wrote was long enough" in sent
        assert urls.CALLS == []

    def test_a_head_is_a_get_without_its_words(self, signed_in):
        response = signed_in.head("/test/members/")
        assert (response.status_code, response.content) == (200, b"")


class TestWhoMay:
    def test_anyone_may_open_what_is_for_anyone(self, client):
        assert words_of(client.get("/test/anyone/")) == "open"

    def test_a_page_cannot_ask_about_a_record_it_has_not_loaded_also_not_in_a_combination(self):
        about_a_record = Policy("The owner of this", lambda viewer, record: record == viewer.membership_id, takes_record=True)
        for allow in (about_a_record, is_signed_in & about_a_record, ~about_a_record | is_signed_in):
            with pytest.raises(TypeError, match="demand that in the view"):
                page(allow=allow)

    def test_visitors_are_asked_to_sign_in_and_come_back(self, client):
        response = client.get("/test/members/?page=2")
        assert response.status_code == 302
        assert response["Location"] == f"{resolve_url(settings.LOGIN_URL)}?next=/test/members/%3Fpage%3D2"

    def test_others_are_told_who_may(self, signed_in):
        response = signed_in.get("/test/leads/")
        assert response.status_code == 403
        assert "The partner lead" in words_of(response)
        assert "You have not done anything wrong" in words_of(response)

    def test_those_who_may_get_in(self, client):
        client.force_login(make_member(None, Role.LEAD).user)
        assert words_of(client.get("/test/leads/")) == "leads only"

    def test_a_refusal_deep_inside_is_told_the_same_way(self, signed_in):
        response = signed_in.post("/test/inner-rule/", {"words": "My long text"})
        assert response.status_code == 403
        assert "Only the owner" in words_of(response)
        assert "My long text" in words_of(response)

    def test_a_person_without_an_organisation_is_told_so_and_not_sent_round_in_circles(self, client, member):
        member.grants.all().delete()
        client.force_login(member.user)
        response = client.get("/test/members/")
        assert response.status_code == 403
        assert "you do not belong to an organisation here" in words_of(response)

    def test_words_typed_before_the_session_ended_are_given_back(self, client):
        response = client.post("/test/members/", {"words": "I waited <three> hours.\nThen I left."})
        assert response.status_code == 403
        assert "You need to sign in again" in words_of(response)
        assert "I waited &lt;three&gt; hours.\nThen I left." in words_of(response)
        assert f"{resolve_url(settings.LOGIN_URL)}?next=/test/members/" in words_of(response)
        assert urls.CALLS == []


class TestRacesAndRules:
    def test_a_lost_race_says_so_and_gives_back_what_was_typed(self, signed_in):
        response = signed_in.post("/test/race/", {"words": "My <b>answer</b>\nin two lines"}, headers={"referer": REFERER})
        assert response.status_code == 409
        assert "Someone else was quicker" in words_of(response)
        assert "My &lt;b&gt;answer&lt;/b&gt;\nin two lines" in words_of(response)
        assert 'href="/insights/INS-22222222/?page=2"' in words_of(response)

    def test_a_rule_says_what_to_do(self, signed_in):
        response = signed_in.post("/test/rule/")
        assert response.status_code == 409
        assert "First &lt;b&gt;acknowledge&lt;/b&gt; it." in words_of(response)
        assert "What you typed" not in words_of(response)

    @pytest.mark.parametrize(
        "referer", ["https://evil.example/x", "javascript:alert(1)", "//evil.example/", "http://testserver//evil.example/"]
    )
    def test_the_way_back_never_leads_to_another_site(self, signed_in, referer):
        response = signed_in.post("/test/rule/", headers={"referer": referer})
        assert 'href="/test/rule/"' in words_of(response)
        assert "evil" not in words_of(response)

    def test_secrets_are_not_given_back(self, signed_in):
        secrets = {"password": "hunter2", "new_password2": "hunter2", "csrfmiddlewaretoken": "t0ken", "turn": "31337"}
        text = words_of(signed_in.post("/test/race/", {"words": ["One", "Two"]} | secrets))
        assert "One" in text
        assert "Two" in text
        assert not [secret for secret in secrets.values() if secret in text]

    def test_a_form_that_ran_out_gives_back_what_was_typed(self, member):
        client = Client(enforce_csrf_checks=True)
        client.force_login(member.user)
        response = client.post("/test/members/", {"words": "My long text", "password": "hunter2"})
        assert response.status_code == 403
        assert "This form was open for too long" in words_of(response)
        assert "My long text" in words_of(response)
        assert "hunter2" not in words_of(response)


class TestAnswers:
    def test_done_says_so_and_goes_on(self, signed_in):
        response = signed_in.post("/test/members/", {"words": "x"})
        assert response.status_code == 302
        assert response["Location"] == "/test/anyone/"
        assert [str(message) for message in get_messages(response.wsgi_request)] == ["Sent"]

    def test_a_form_with_errors_answers_422(self, signed_in):
        assert signed_in.post("/test/form/", {"words": ""}).status_code == 422
        assert signed_in.get("/test/form/").status_code == 200

    @pytest.mark.parametrize("words", ["no", "never"])
    def test_a_rule_against_it_becomes_an_error_in_the_form(self, signed_in, words):
        assert signed_in.post("/test/form/", {"words": words}).status_code == 422

    def test_a_page_that_is_not_there_is_said_in_plain_words(self, client, signed_in):
        response = client.get("/no/such/page/")
        assert response.status_code == 404
        assert "Page not found" in words_of(response)

    def test_pages_of_people_who_are_signed_in_are_kept_by_nobody(self, client, signed_in):
        assert signed_in.get("/test/anyone/")["Cache-Control"] == "private, no-store"
        assert Client().get("/test/anyone/")["Cache-Control"] == "no-cache"

    def test_scripts_of_other_sites_are_forbidden(self, client):
        policy = client.get("/test/anyone/")["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


class TestAttempt:
    def test_what_the_command_returned_is_handed_on(self, member):
        form = urls.WordsForm({"words": "x"})
        assert attempt(form, urls.a_command, viewer_of(member), words="x") == "x"
        assert not form.errors

    def test_the_sentence_stands_at_the_question_it_is_about_or_above_them_all(self, member):
        for words, field in (("no", "words"), ("never", "__all__")):
            form = urls.WordsForm({"words": words})
            assert attempt(form, urls.a_command, viewer_of(member), words=words) is None
            assert list(form.errors) == [field]
            assert form["words"].value() == words

    def test_the_page_then_shows_what_somebody_else_did_in_the_meantime(self, member):
        service = make_service(member.organisation, "Urgent care")

        def command(viewer, record, /):
            Service.objects.filter(pk=record.pk).update(name="Night care")
            raise Overtaken

        assert attempt(urls.WordsForm({}), command, viewer_of(member), service) is None
        assert service.name == "Night care"


@pytest.mark.parametrize("address", ["/test/unsaid/", "/test/generic/"])
def test_a_page_that_does_not_say_who_may_open_it_is_refused_at_run_time(client, address):
    with pytest.raises(ImproperlyConfigured, match="does not say who may open it"):
        client.get(address)


def test_something_that_goes_wrong_is_said_in_plain_words_without_a_database(client):
    client.raise_request_exception = False
    response = client.get("/test/unsaid/")
    assert response.status_code == 500
    assert "This is our fault, not yours" in words_of(response)
