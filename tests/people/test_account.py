"""One's own account: details, address, password, second factor, sessions, and the fresh proof that some of it needs."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils.http import urlencode

from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.models import Event, Message
from safety_partners.core.policy import Refused
from safety_partners.people import commands
from safety_partners.people.models import Membership, Role
from tests.factories.people import make_member, make_user, viewer_of
from tests.people.conftest import app_code, ask_for_code, code_in_last_mail, give_second_factor, is_signed_in, sign_in, type_code

pytestmark = pytest.mark.django_db

PASSWORD = "three odd words"


@pytest.fixture
def partner():
    return make_member(None, Role.PARTNER, name="Tom")


def details_of(member: Membership, **changes) -> dict[str, str]:
    names = ("told_by", "postal_address", "phone", "job_title")
    user = {name: getattr(member.user, name) for name in ("name", "username", "language")}
    return {**user, **{name: getattr(member, name) for name in names}, **changes}


def test_changing_my_details(client, partner):
    sign_in(client, partner)
    page = reverse("people:account-details")
    given = details_of(partner, name="Tom F.", username="Tom.F", told_by="letter", postal_address="4 Mill\nCottages", language="cy")
    answer = client.post(page, given)
    assert answer.url == reverse("people:account")
    assert answer.cookies["django_language"].value == "cy"
    client.cookies["django_language"] = "en-gb"
    partner = Membership.objects.get(pk=partner.pk)
    assert (partner.name, partner.user.username, partner.told_by, partner.language) == ("Tom F.", "tom.f", "letter", "cy")
    assert Event.objects.get(verb="people.change_my_details").details == {}
    shown = client.get(reverse("people:account")).content.decode()
    assert "4 Mill<br>Cottages" in shown


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Enter your name"),
        ({"told_by": "letter"}, "Enter the address that letters go to"),
        ({"told_by": "phone"}, "Enter the number to call"),
        ({"username": "ab"}, "3 to 60 characters"),
        ({"username": "tom @home"}, "without spaces and without @"),
        ({"username": "taken"}, "Somebody else has this sign-in name"),
        ({"username": "TAKEN"}, "Somebody else has this sign-in name"),
        ({"language": "la"}, "Select a language from the list"),
    ],
)
def test_what_is_wrong_with_my_details_is_told_and_what_i_typed_stays(client, partner, change, words):
    make_user().__class__.objects.create_user("taken", name="Other")
    sign_in(client, partner)
    answer = client.post(reverse("people:account-details"), details_of(partner, **{"job_title": "Gardener", **change}))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Gardener" in answer.content.decode()


def test_the_old_sign_in_name_stops_working(client, new_browser, partner):
    old = partner.user.username
    commands.change_my_details(viewer_of(partner), partner, **details_of(partner, username="gardener"))
    ask_for_code(client, old)
    assert not mail.outbox
    ask_for_code(new_browser(), "gardener")
    assert mail.outbox


def test_nobody_changes_another_persons_account(partner):
    admin = make_member(partner.organisation, Role.ADMINISTRATOR)
    with pytest.raises(Refused):
        commands.change_my_details(viewer_of(admin), partner, **details_of(partner))
    for command, given in [
        (commands.set_password, {"password": PASSWORD}),
        (commands.change_my_email, {"email": "thief@example.org"}),
        (commands.set_up_second_factor, {"secret": "x"}),
        (commands.remove_second_factor, {}),
        (commands.renew_recovery_codes, {}),
        (commands.end_sessions, {"sessions": []}),
    ]:
        with pytest.raises(Refused):
            command(viewer_of(admin), partner, **given)


# The address


def test_a_new_address_counts_once_its_code_came_back(client, partner):
    sign_in(client, partner)
    old = partner.user.email
    assert client.post(reverse("people:account-email"), {"email": "Tom@New.example"}).url == reverse("people:account-email-code")
    assert mail.outbox[-1].to == ["tom@new.example"]
    partner.user.refresh_from_db()
    assert partner.user.email == old
    assert client.post(reverse("people:account-email-code"), {"code": "0000-0000"}).status_code == 422
    assert client.post(reverse("people:account-email-code"), {"code": code_in_last_mail()}).url == reverse("people:account")
    partner.user.refresh_from_db()
    assert partner.user.email == "tom@new.example"
    assert Message.objects.get(template="people/address_changed").to_address == old
    assert client.get(reverse("people:account-email-code")).url == reverse("people:account-email")


def test_the_code_of_a_new_address_can_be_guessed_five_times(client, partner):
    sign_in(client, partner)
    client.post(reverse("people:account-email"), {"email": "tom@new.example"})
    for _number in range(5):
        client.post(reverse("people:account-email-code"), {"code": "0000-0000"})
    assert client.post(reverse("people:account-email-code"), {"code": code_in_last_mail()}).url == reverse("people:account-email")
    partner.user.refresh_from_db()
    assert partner.user.email != "tom@new.example"


# The password


def test_setting_a_password_keeps_this_browser_and_signs_out_the_others(client, new_browser, partner):
    sign_in(client, partner)
    other = sign_in(new_browser(), partner)
    assert client.post(reverse("people:password"), {"password": PASSWORD}).url == reverse("people:account")
    assert client.get(reverse("people:account")).status_code == 200
    assert other.get(reverse("people:account")).status_code == 302
    assert "You are signed in nowhere else" in client.get(reverse("people:sessions")).content.decode()
    assert Message.objects.get(template="people/security_changed").subject == "Your password was changed"
    assert PASSWORD not in str(list(Event.objects.values())) + str(list(Message.objects.values()))
    third = new_browser()
    third.post(reverse("people:sign-in-with-password"), {"typed": partner.user.email, "password": PASSWORD})
    assert is_signed_in(third, partner.user)


@pytest.mark.parametrize("bad", ["short", "password123", "tom.fairweather", ""])
def test_a_bad_password_is_told_in_words(client, bad):
    partner = make_member(None, Role.PARTNER, user=make_user("Tom Fairweather", email="tom.fairweather@example.org"))
    sign_in(client, partner)
    answer = client.post(reverse("people:password"), {"password": bad})
    assert answer.status_code == 422
    assert 'class="nhsuk-error-message"' in answer.content.decode()


def test_who_looks_after_others_is_asked_for_a_second_factor_with_the_password(client):
    lead = make_member(None, Role.LEAD)
    sign_in(client, lead)
    assert "only together with a second factor" in client.get(reverse("people:password")).content.decode()
    answer = client.post(reverse("people:password"), {"password": PASSWORD})
    assert answer.url == reverse("people:second-factor")
    assert "you also need a second factor" in client.get(answer.url).content.decode()
    assert "Set up a second factor: until then" in client.get(reverse("people:account")).content.decode()


# The second factor


def secret_on_page(client) -> str:
    page = client.get(reverse("people:second-factor")).content.decode()
    return re.search(r'app-code">([A-Z2-7 ]+)<', page).group(1).replace(" ", "")


def test_setting_up_a_second_factor_and_keeping_recovery_codes(client, new_browser, partner):
    sign_in(client, partner)
    secret = secret_on_page(client)
    assert secret_on_page(client) == secret
    assert client.post(reverse("people:second-factor"), {"code": "000000"}).status_code == 422
    assert not Authenticator.objects.exists()
    assert client.post(reverse("people:second-factor"), {"code": app_code(secret)}).url == reverse("people:recovery-codes")
    codes = re.findall(r"(\d{4}) (\d{4})<", client.get(reverse("people:recovery-codes")).content.decode())
    assert len(codes) == 10
    assert "You set up a second factor" in Message.objects.get(template="people/security_changed").subject
    other = new_browser()
    ask_for_code(other, partner.user.email)
    type_code(other, code_in_last_mail())
    assert not is_signed_in(other)
    other.post(reverse("mfa_authenticate"), {"code": "".join(codes[0])})
    assert is_signed_in(other, partner.user)
    assert "You have 9 recovery codes left" in client.get(reverse("people:second-factor")).content.decode()
    client.post(reverse("people:recovery-codes"))
    assert "".join(codes[1]) not in client.get(reverse("people:recovery-codes")).content.decode().replace(" ", "")
    assert secret not in str(list(Event.objects.values())) + str(list(Message.objects.values()))


def test_another_sign_in_has_another_secret(client, new_browser, partner):
    sign_in(client, partner)
    assert secret_on_page(client) != secret_on_page(sign_in(new_browser(), partner))


def test_looking_at_the_account_pages_writes_nothing(client, partner, django_assert_max_num_queries):
    give_second_factor(partner.user)
    ask_for_code(client, partner.user.email)
    type_code(client, code_in_last_mail())
    client.post(reverse("mfa_authenticate"), {"code": app_code()})
    commands.renew_recovery_codes(viewer_of(partner), partner)
    names = ["account", "account-details", "account-email", "password", "second-factor", "remove-second-factor"]
    for name in [*names, "recovery-codes", "sessions", "permissions", "sign-in-again"]:
        with django_assert_max_num_queries(8) as captured:
            assert client.get(reverse(f"people:{name}")).status_code == 200
        verbs = {query["sql"].split()[0] for query in captured.captured_queries}
        assert verbs == {"SELECT"}, (name, captured.captured_queries)


def test_removing_the_second_factor(client, new_browser, partner):
    sign_in(client, partner)
    assert client.get(reverse("people:remove-second-factor")).url == reverse("people:second-factor")
    client.post(reverse("people:second-factor"), {"code": app_code(secret_on_page(client))})
    assert client.get(reverse("people:remove-second-factor")).status_code == 200
    assert Authenticator.objects.exists()
    assert client.post(reverse("people:remove-second-factor")).url == reverse("people:account")
    assert not Authenticator.objects.exists()
    assert client.post(reverse("people:remove-second-factor")).status_code == 409
    sign_in(new_browser(), partner)


# A fresh proof


@pytest.mark.parametrize(
    "name", ["account-email", "account-email-code", "password", "second-factor", "remove-second-factor", "recovery-codes"]
)
def test_a_screen_left_open_does_not_give_the_account_away(client, partner, name):
    with time_machine.travel(dt.datetime(2026, 3, 3, 10, tzinfo=dt.UTC), tick=False) as moment:
        sign_in(client, partner)
        moment.shift(dt.timedelta(minutes=16))
        again = f"{reverse('people:sign-in-again')}?{urlencode({'next': reverse(f'people:{name}')})}"
        assert client.get(reverse(f"people:{name}")).url == again
        moment.shift(dt.timedelta(minutes=50))
        assert client.post(reverse(f"people:{name}"), {"password": PASSWORD}).url == again
        assert client.get(again).status_code == 200
        assert is_signed_in(client)
        answer = client.post(again, {"next": reverse(f"people:{name}")})
        assert not is_signed_in(client)
        client.post(answer.url, {"typed": partner.user.email})
        assert type_code(client, code_in_last_mail()).url == reverse(f"people:{name}")


def test_a_form_begun_in_time_can_be_sent_for_an_hour(client, partner):
    with time_machine.travel(dt.datetime(2026, 3, 3, 10, tzinfo=dt.UTC), tick=False) as moment:
        sign_in(client, partner)
        moment.shift(dt.timedelta(minutes=40))
        assert client.post(reverse("people:password"), {"password": PASSWORD}).url == reverse("people:account")


# Sessions


def test_sessions_are_shown_in_words_and_can_be_ended(client, new_browser, partner):
    sign_in(client, partner)
    others = [sign_in(new_browser(), partner) for _number in range(2)]
    page = client.get(reverse("people:sessions")).content.decode()
    assert page.count("Firefox on Windows") >= 2
    assert page.count("This one") == 1
    one = UserSession.objects.get(session_key=others[0].session.session_key)
    client.post(reverse("people:sessions"), {"session": one.pk})
    assert others[0].get(reverse("people:account")).status_code == 302
    assert others[1].get(reverse("people:account")).status_code == 200
    client.post(reverse("people:sessions"), {"session": "others"})
    assert [other.get(reverse("people:account")).status_code for other in others] == [302, 302]
    assert client.get(reverse("people:account")).status_code == 200
    assert Event.objects.filter(verb="people.end_sessions").count() == 2


def test_nobody_ends_another_persons_session(client, new_browser, partner):
    other = make_member(partner.organisation, Role.PARTNER)
    theirs = sign_in(new_browser(), other)
    sign_in(client, partner)
    key = UserSession.objects.get(user=other.user).pk
    client.post(reverse("people:sessions"), {"session": key})
    commands.end_sessions(viewer_of(partner), partner, sessions=[key])
    assert theirs.get(reverse("people:account")).status_code == 200


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/140 Safari/537 Edg/140", "Microsoft Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537 SamsungBrowser/27 Chrome/125 Mobile Safari/537", "Samsung Internet on Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15) AppleWebKit/605 Version/18 Safari/605", "Safari on Mac"),
        ("curl/8", "A device we do not recognise"),
        ("", "A device we do not recognise"),
    ],
)
def test_devices_in_words(agent, words):
    from safety_partners.people.queries import device_in_words

    assert device_in_words(agent) == words


# What I may do


def test_the_permissions_pages_print_the_rules_themselves(client, partner):
    sign_in(client, partner)
    assert "People and settings" in client.get(reverse("people:permissions")).content.decode()
    page = client.get(reverse("people:permissions-in", args=["people"])).content.decode()
    assert "The partner lead or the organisation&#39;s administrators" in page
    assert "Each person for themselves" in page
    assert "Invite somebody by email" in page
    assert page.index("Get a new private address") < page.index("What only others can do") < page.index("Invite somebody by email")
    # What only the clock does, nobody can.
    assert "Delete the invitations that were answered" not in page
    assert client.get(reverse("people:permissions-in", args=["nowhere"])).status_code == 404


def test_a_second_change_of_the_same_name_is_told(partner):
    make_user().__class__.objects.create_user("taken", name="Other")
    with pytest.raises(NotPossible):
        commands.change_my_details(viewer_of(partner), partner, **details_of(partner, username="taken"))
    assert connection.in_atomic_block
