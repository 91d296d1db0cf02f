"""Signing in: the code by email, shared addresses, the second factor, the password. Nothing changes on GET."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from safety_partners.people import commands
from safety_partners.people.models import Role
from tests.factories.people import make_member, make_organisation, make_user, viewer_of
from tests.people.conftest import app_code, ask_for_code, code_in_last_mail, give_second_factor, is_signed_in, sign_in, type_code

pytestmark = pytest.mark.django_db

CODE, WHO, FACTOR, PASSWORD = "account_confirm_login_code", "people:sign-in-who", "mfa_authenticate", "people:sign-in-with-password"


def whole_database(tmp_path, name: str) -> str:
    path = tmp_path / name
    call_command("dumpdata", output=str(path), verbosity=0)
    return path.read_text()


def test_a_code_by_email_signs_in(client):
    member = make_member(None, Role.PARTNER)
    assert ask_for_code(client, member.user.email.upper()).url == reverse(CODE)
    assert mail.outbox[-1].to == [member.user.email]
    assert not is_signed_in(client)
    answer = type_code(client, code_in_last_mail())
    assert answer.url == reverse("home:home")
    assert is_signed_in(client, member.user)


def test_a_sign_in_name_does_as_well_and_the_page_does_not_show_the_address(client):
    member = make_member(None, Role.PARTNER)
    ask_for_code(client, f" {member.user.username.upper()} ")
    assert mail.outbox[-1].to == [member.user.email]
    assert member.user.email not in client.get(reverse(CODE)).content.decode()
    type_code(client, code_in_last_mail())
    assert is_signed_in(client, member.user)


@pytest.mark.parametrize("typed", ["{}", "{} ", " {}"])
def test_spaces_and_dashes_in_the_code_do_not_matter(client, typed):
    member = make_member(None, Role.PARTNER)
    ask_for_code(client, member.user.email)
    type_code(client, typed.format(code_in_last_mail().replace("-", " ")))
    assert is_signed_in(client, member.user)


def test_looking_at_the_pages_changes_nothing_and_a_scanner_uses_nothing_up(client, new_browser, tmp_path):
    member = make_member(None, Role.PARTNER)
    ask_for_code(client, member.user.email)
    code = code_in_last_mail()
    before = whole_database(tmp_path, "before.json")
    for name in ("account_login", CODE, WHO, FACTOR, PASSWORD, "account_logout", "account_signup"):
        for visitor in (client, new_browser()):
            assert visitor.get(reverse(name)).status_code in {200, 302}
            assert visitor.head(reverse(name)).status_code in {200, 302}
    assert whole_database(tmp_path, "after.json") == before
    type_code(client, code)
    assert is_signed_in(client, member.user)


def test_a_code_works_only_in_the_browser_that_asked_for_it(client, new_browser):
    member = make_member(None, Role.PARTNER)
    ask_for_code(client, member.user.email)
    other = new_browser()
    type_code(other, code_in_last_mail())
    assert not is_signed_in(other)
    ask_for_code(other, make_member().user.email)
    type_code(other, code_in_last_mail()[::-1])
    assert not is_signed_in(other)


def test_a_wrong_code_is_told_beside_the_field_until_there_were_too_many(client):
    member = make_member(None, Role.PARTNER)
    ask_for_code(client, member.user.email)
    for _number in range(4):
        answer = type_code(client, "0000-0000")
        assert answer.status_code == 422
        assert "This code is not right" in answer.content.decode()
    answer = type_code(client, "0000-0000")
    assert answer.url == reverse("account_login")
    assert "a wrong code too many" in client.get(answer.url).content.decode()
    assert type_code(client, code_in_last_mail()).url == reverse("account_login")
    assert not is_signed_in(client)


def test_a_code_works_once_and_not_after_its_time(client):
    member = make_member(None, Role.PARTNER)
    with time_machine.travel(dt.datetime(2026, 3, 3, 10, tzinfo=dt.UTC), tick=False) as moment:
        ask_for_code(client, member.user.email)
        moment.shift(dt.timedelta(minutes=15, seconds=1))
        type_code(client, code_in_last_mail())
        assert not is_signed_in(client)
        ask_for_code(client, member.user.email)
        code = code_in_last_mail()
        type_code(client, code)
        assert is_signed_in(client)
        client.post(reverse("account_logout"))
        type_code(client, code)
        assert not is_signed_in(client)


def test_another_code_can_be_sent_and_the_one_before_stops_working(client):
    member = make_member(None, Role.PARTNER)
    ask_for_code(client, member.user.email)
    first = code_in_last_mail()
    client.post(reverse(CODE), {"another": "yes"})
    assert code_in_last_mail() != first
    assert type_code(client, first).status_code == 422
    type_code(client, code_in_last_mail())
    assert is_signed_in(client, member.user)


@pytest.mark.parametrize("typed", ["stranger@example.org", "no.such.name"])
def test_nobody_can_find_out_who_has_an_account(client, new_browser, typed):
    member = make_member(None, Role.PARTNER)
    answers = []
    for visitor, given in ((client, member.user.email), (new_browser(), typed)):
        first = ask_for_code(visitor, given)
        page = visitor.get(reverse(CODE)).content.decode()
        second = type_code(visitor, "0000-0000")
        words = [page, second.content.decode()]
        answers.append((first.status_code, first.url, second.status_code, *("".join(one.split(given)) for one in words)))
    known, unknown = (tuple(_without_token(one) for one in answer) for answer in answers)
    assert known == unknown


def _without_token(one):
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", one) if isinstance(one, str) else one


def test_a_stranger_gets_a_kind_email_and_nobody_signs_up(client):
    ask_for_code(client, "stranger@example.org")
    assert mail.outbox[-1].to == ["stranger@example.org"]
    assert "We do not know this address" in mail.outbox[-1].body
    assert "Nobody signs up by themselves" in client.get(reverse("account_signup")).content.decode()
    assert client.post(reverse("account_signup"), {"username": "me"}).status_code == 405


def test_somebody_without_a_membership_is_a_stranger(client):
    person = make_user()
    ended = make_member(None, Role.PARTNER, ended_on=dt.date(2026, 1, 1))
    for user in (person, ended.user):
        ask_for_code(client, user.email)
        assert "We do not know this address" in mail.outbox[-1].body


def test_asking_too_often_is_answered_in_plain_words(client):
    member = make_member(None, Role.PARTNER)
    for _number in range(3):
        assert ask_for_code(client, member.user.email).status_code == 302
    answer = ask_for_code(client, member.user.username)
    assert answer.status_code == 422
    assert "wait a minute and ask again" in answer.content.decode()
    assert len(mail.outbox) == 3


def test_mail_that_cannot_be_sent_is_told_and_can_be_tried_again(client, monkeypatch):
    member = make_member(None, Role.PARTNER)

    def broken(self, *args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", broken)
    assert ask_for_code(client, member.user.email).status_code == 302, "nobody knows yet: the mail server is asked afterwards"
    answer = ask_for_code(client, member.user.email)
    assert answer.status_code == 422
    assert "We could not send the email just now" in answer.content.decode()
    assert member.user.email in answer.content.decode()


def test_after_signing_in_the_page_that_was_asked_for_comes(client):
    member = make_member(None, Role.LEAD)
    answer = client.get(reverse("people:members"))
    assert answer.url == f"{reverse('account_login')}?next={reverse('people:members')}"
    client.post(answer.url, {"typed": member.user.email})
    assert type_code(client, code_in_last_mail()).url == reverse("people:members")


@pytest.mark.parametrize("bad", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(client, bad):
    member = make_member(None, Role.PARTNER)
    client.post(reverse("account_login") + f"?next={bad}", {"typed": member.user.email})
    assert type_code(client, code_in_last_mail()).url == reverse("home:home")


# Couples share an address


@pytest.fixture
def couple():
    organisation = make_organisation()
    email = "the.pells@example.org"
    mary = make_member(organisation, Role.PARTNER, user=make_user("Mary Pell", email=email))
    return mary, make_member(organisation, Role.PARTNER, user=make_user("George", email=email))


def test_after_the_code_for_a_shared_address_a_page_asks_who_before_anybody_is_signed_in(client, couple):
    mary, george = couple
    ask_for_code(client, mary.user.email)
    assert type_code(client, code_in_last_mail()).url == reverse(WHO)
    assert not is_signed_in(client)
    page = client.get(reverse(WHO)).content.decode()
    assert "Who is signing in?" in page
    assert "Mary Pell" in page
    assert "George" in page
    assert not is_signed_in(client)
    client.post(reverse(WHO), {"person": george.user_id})
    assert is_signed_in(client, george.user)


def test_nobody_can_choose_without_the_code(client, couple):
    mary, george = couple
    assert client.post(reverse(WHO), {"person": george.user_id}).url == reverse("account_login")
    ask_for_code(client, mary.user.email)
    assert client.post(reverse(WHO), {"person": george.user_id}).url == reverse("account_login")
    type_code(client, "0000-0000")
    client.post(reverse(WHO), {"person": george.user_id})
    assert not is_signed_in(client)
    assert "George" not in client.get(reverse(WHO), follow=True).content.decode()


def test_nobody_else_can_be_chosen(client, couple):
    mary, _george = couple
    stranger = make_member(mary.organisation, Role.ADMINISTRATOR)
    ask_for_code(client, mary.user.email)
    type_code(client, code_in_last_mail())
    for forged in (stranger.user_id, "", "x", 0):
        assert client.post(reverse(WHO), {"person": forged}).status_code in {200, 422}
        assert not is_signed_in(client)


def test_the_choice_is_valid_in_that_session_once_and_within_the_time(client, new_browser, couple):
    mary, george = couple
    with time_machine.travel(dt.datetime(2026, 3, 3, 10, tzinfo=dt.UTC), tick=False) as moment:
        ask_for_code(client, mary.user.email)
        type_code(client, code_in_last_mail())
        other = new_browser()
        assert other.post(reverse(WHO), {"person": mary.user_id}).url == reverse("account_login")
        client.post(reverse(WHO), {"person": mary.user_id})
        assert is_signed_in(client, mary.user)
        client.post(reverse(WHO), {"person": george.user_id})
        assert is_signed_in(client, mary.user)
        client.post(reverse("account_logout"))
        client.post(reverse(WHO), {"person": george.user_id})
        assert not is_signed_in(client)
        ask_for_code(client, mary.user.email)
        type_code(client, code_in_last_mail())
        moment.shift(dt.timedelta(minutes=16))
        client.post(reverse(WHO), {"person": mary.user_id})
        assert not is_signed_in(client)


def test_a_sign_in_name_says_who_at_a_shared_address(client, couple):
    _mary, george = couple
    ask_for_code(client, george.user.username)
    type_code(client, code_in_last_mail())
    assert is_signed_in(client, george.user)


def test_who_chose_a_name_with_a_second_factor_is_still_asked_for_it(client, couple):
    mary, george = couple
    give_second_factor(mary.user)
    ask_for_code(client, mary.user.email)
    type_code(client, code_in_last_mail())
    assert client.post(reverse(WHO), {"person": mary.user_id}).url == reverse(FACTOR)
    assert not is_signed_in(client)
    assert client.post(reverse(WHO), {"person": george.user_id}).url == reverse("account_login")
    assert not is_signed_in(client)
    client.post(reverse(FACTOR), {"code": app_code()})
    assert is_signed_in(client, mary.user)


def test_a_membership_that_ends_before_the_choice_ends_the_choice(client, couple):
    mary, george = couple
    ask_for_code(client, mary.user.email)
    type_code(client, code_in_last_mail())
    for member in (mary, george):
        member.ended_on = dt.date(2026, 1, 1)
        member.save()
    client.post(reverse(WHO), {"person": mary.user_id})
    assert not is_signed_in(client)


# The second factor


def test_a_second_factor_is_asked_after_the_code(client):
    member = make_member(None, Role.LEAD)
    give_second_factor(member.user)
    ask_for_code(client, member.user.email)
    assert type_code(client, code_in_last_mail()).url == reverse(FACTOR)
    assert not is_signed_in(client)
    answer = client.post(reverse(FACTOR), {"code": "000000"})
    assert answer.status_code == 422
    assert "This code is not right" in answer.content.decode()
    assert client.post(reverse(FACTOR), {"code": app_code()}).url == reverse("home:home")
    assert is_signed_in(client, member.user)


def test_guessing_the_second_factor_is_stopped(client):
    member = make_member(None, Role.LEAD)
    give_second_factor(member.user)
    ask_for_code(client, member.user.email)
    type_code(client, code_in_last_mail())
    for _number in range(5):
        client.post(reverse(FACTOR), {"code": "000000"})
    answer = client.post(reverse(FACTOR), {"code": app_code()})
    assert "Wait 5 minutes" in answer.content.decode()
    assert not is_signed_in(client)


def test_a_recovery_code_works_once(client, new_browser):
    member = make_member(None, Role.LEAD)
    give_second_factor(member.user)
    code = RecoveryCodes.activate(member.user).generate_codes()[0]
    for visitor, works in ((client, True), (new_browser(), False)):
        ask_for_code(visitor, member.user.email)
        type_code(visitor, code_in_last_mail())
        visitor.post(reverse(FACTOR), {"code": f"{code[:4]} {code[4:]}"})
        assert is_signed_in(visitor) is works


# The password


def with_password(client, typed, password="three odd words"):
    return client.post(reverse(PASSWORD), {"typed": typed, "password": password})


@pytest.mark.parametrize("by", ["email", "username"])
def test_a_password_signs_in_a_partner(client, by):
    member = make_member(None, Role.PARTNER, user=make_user(password="three odd words"))
    with_password(client, getattr(member.user, by))
    assert is_signed_in(client, member.user)


@pytest.mark.parametrize("role", [Role.LEAD, Role.ADMINISTRATOR, Role.GOVERNANCE, Role.FINANCE])
def test_a_password_alone_never_lets_in_who_looks_after_others_data(client, role):
    member = make_member(None, role, user=make_user(password="three odd words"))
    answer = with_password(client, member.user.email)
    assert not is_signed_in(client)
    assert answer.url == reverse(CODE)
    assert "a password alone is not enough" in client.get(answer.url).content.decode()
    type_code(client, "0000-0000")
    assert not is_signed_in(client)
    type_code(client, code_in_last_mail())
    assert is_signed_in(client, member.user)


def test_a_role_in_another_organisation_counts_too(client):
    member = make_member(None, Role.PARTNER, user=make_user(password="three odd words"))
    make_member(None, Role.LEAD, user=member.user)
    with_password(client, member.user.email)
    assert not is_signed_in(client)


def test_a_password_with_a_second_factor_lets_in_the_lead(client):
    member = make_member(None, Role.LEAD, user=make_user(password="three odd words"))
    give_second_factor(member.user)
    assert with_password(client, member.user.email).url == reverse(FACTOR)
    assert not is_signed_in(client)
    client.post(reverse(FACTOR), {"code": app_code()})
    assert is_signed_in(client, member.user)


def test_a_wrong_password_and_an_unknown_address_look_the_same_and_are_slowed_down(client):
    member = make_member(None, Role.PARTNER, user=make_user(password="three odd words"))
    no_password = make_member(None, Role.PARTNER)
    for typed in (member.user.email, "stranger@example.org", no_password.user.username):
        answer = with_password(client, typed, "wrong")
        assert answer.status_code == 422
        assert "do not belong together" in answer.content.decode()
    for _number in range(4):
        with_password(client, member.user.email, "wrong")
    answer = with_password(client, member.user.email)
    assert "Wait 5 minutes" in answer.content.decode()
    assert not is_signed_in(client)


def test_a_couple_with_passwords_gets_in_as_whose_password_it_is(client, new_browser):
    organisation, email = make_organisation(), "us@example.org"
    mary = make_member(organisation, Role.PARTNER, user=make_user("Mary", email=email, password="three odd words"))
    george = make_member(organisation, Role.PARTNER, user=make_user("George", email=email, password="words three odd"))
    with_password(client, email, "words three odd")
    assert is_signed_in(client, george.user)
    george.user.set_password("three odd words")
    george.user.save()
    other = new_browser()
    assert "Enter your sign-in name instead" in with_password(other, email).content.decode()
    with_password(other, mary.user.username)
    assert is_signed_in(other, mary.user)


# In and out


def test_signing_out_needs_a_post(client):
    member = make_member(None, Role.PARTNER)
    sign_in(client, member)
    assert client.get(reverse("account_logout")).status_code == 200
    assert is_signed_in(client)
    client.post(reverse("account_logout"))
    assert not is_signed_in(client)


def test_who_is_signed_in_is_sent_on_from_the_sign_in_pages(client):
    sign_in(client, make_member(None, Role.PARTNER))
    assert client.get(reverse("account_login")).url == reverse("home:home")
    assert client.get(reverse(PASSWORD) + "?next=/account/").url == "/account/"
    assert client.get(reverse(CODE), follow=True).redirect_chain[-1][0] == reverse("home:home")


def test_somebody_whose_membership_ended_is_told_so_and_goes_in_no_circle(client):
    member = make_member(None, Role.PARTNER)
    client.force_login(member.user)
    member.ended_on = dt.date(2026, 1, 1)
    member.save()
    assert client.get(reverse("people:account")).status_code == 403
    answer = client.get(reverse("account_login"))
    assert answer.status_code == 403
    assert "Your membership has ended" in answer.content.decode()


def test_the_pages_speak_the_language_of_the_person_after_they_sign_in(client):
    member = make_member(None, Role.PARTNER, user=make_user(language="cy"))
    sign_in(client, member)
    assert client.cookies["django_language"].value == "cy"


def test_a_session_is_new_after_signing_in(client):
    member = make_member(None, Role.PARTNER)
    ask_for_code(client, member.user.email)
    before = client.session.session_key
    type_code(client, code_in_last_mail())
    assert client.session.session_key != before


def test_ending_a_membership_signs_out_at_once(client):
    organisation = make_organisation()
    admin, member = make_member(organisation, Role.ADMINISTRATOR), make_member(organisation, Role.PARTNER)
    sign_in(client, member)
    commands.end_membership(viewer_of(admin), member)
    assert client.get(reverse("people:account")).status_code == 302
