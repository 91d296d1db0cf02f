"""Roles that are open, as anybody finds them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from safety_partners.core.working_days import today
from safety_partners.joining import commands
from safety_partners.people.models import Role
from tests.factories.joining import make_advert, make_advert_draft, make_expression
from tests.factories.people import make_member, make_organisation, viewer_of
from tests.joining.pages import text_of

DAY = dt.timedelta(days=1)


@pytest.fixture
def lead(db):
    return make_member(make_organisation("Meadowbank"), Role.LEAD)


@pytest.fixture
def advert(lead):
    return make_advert(lead)


def page_of(advert, name: str = "advert", address: str = "") -> str:
    return reverse(f"website:{name}", args=[advert.organisation.slug, address or advert.address])


def test_the_page_says_what_somebody_needs_to_decide(client, advert):
    page = text_of(client.get(page_of(advert)))
    for words in (
        "Patient Safety Partners wanted",
        "Take part in meetings.",
        "Look after patients.",
        "We do not ask what happened to you.",
        "involvement payment",
        "Travel, care for somebody you look after",
        "Two years",
        "Elm House, York. You can take part from home.",
        "We can read them to you",
        "You do not need to bring all of these. Nobody is turned away for one of them alone.",
        "How partners differ from a patient participation group",
        "You can talk with Grace before you decide",
        "I am interested",
        f"/j/{advert.address}",
    ):
        assert words in page, words


def test_the_qr_code_is_drawn_by_our_own_page(client, advert):
    html = client.get(page_of(advert)).content.decode()
    assert 'role="img" aria-label="A square code for phones that leads to this page"' in html
    assert "<img" not in html.split("<main")[1]


def test_only_what_is_open_today_is_listed(client, lead, advert):
    make_advert_draft(lead, title="Being written")
    make_advert(lead, title="Later", opens_on=today() + DAY)
    commands.close_advert(viewer_of(lead), make_advert(lead, title="Closed one"))
    other = make_advert(make_member(make_organisation(), Role.LEAD), title="Elsewhere")
    page = text_of(client.get(reverse("website:adverts", args=[advert.organisation.slug])))
    assert advert.title in page
    for title in ("Being written", "Later", "Closed one", other.title):
        assert title not in page


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (commands.close_advert, "This role is closed now."),
        (commands.fill_advert, "All places are filled."),
        (commands.withdraw_advert, "We have taken this role back."),
    ],
)
def test_the_address_stays_after_the_end_and_says_so(client, lead, advert, command, says):
    command(viewer_of(lead), advert)
    page = client.get(page_of(advert))
    assert page.status_code == 200
    assert says in text_of(page)
    assert "I am interested" not in text_of(page).replace("I have already told you that I am interested", "")


def test_an_advert_that_opens_later_says_when(client, lead):
    page = text_of(client.get(page_of(make_advert(lead, opens_on=today() + DAY))))
    assert "This role opens on" in page


def test_a_draft_has_no_page(client, lead):
    draft = make_advert_draft(lead)
    assert client.get(page_of(draft)).status_code == 404
    assert client.get(page_of(draft, "advert-pack")).status_code == 404
    assert client.get(reverse("website:typed", args=[draft.address])).status_code == 404


def test_the_address_of_a_poster_survives_being_typed(client, advert):
    misread = advert.address.replace("0", "o").replace("1", "l").replace("8", "B").replace("5", "s").lower()
    spaced = f"{misread[:3]}%20{misread[3:]}"
    for typed in (f"/j/{advert.address}", f"/J/{misread}/", f"/j/{spaced}", f"/J/{misread.upper()}"):
        assert client.get(typed).url == page_of(advert), typed
    assert client.get("/j/", {"code": f" {misread} "}).url == page_of(advert)
    assert client.get(page_of(advert, address=misread)).url == page_of(advert)


def test_a_code_that_nothing_has_is_answered_kindly(client, advert):
    assert client.get("/j/").status_code == 200
    wrong = client.get("/j/", {"code": "zzzzzz"})
    assert wrong.status_code == 404
    assert "Look at the poster once more." in text_of(wrong)
    assert client.get("/j/zzzzzz").status_code == 404


def test_the_pack_is_a_pdf_under_the_adverts_own_code(client, advert, lead):
    for name in ("advert-pack", "advert-large-pack"):
        answer = client.get(page_of(advert, name))
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
        assert advert.address in answer["Content-Disposition"]
    commands.withdraw_advert(viewer_of(lead), advert)
    assert client.get(page_of(advert, "advert-pack")).status_code == 404


def test_nothing_that_somebody_told_us_reaches_a_public_page(client, advert):
    make_expression(advert, name="Zebedee Quillfeather", why="Marmalade at dawn")
    for path in (page_of(advert), reverse("website:adverts", args=[advert.organisation.slug])):
        html = client.get(path).content.decode()
        assert "Quillfeather" not in html
        assert "Marmalade" not in html


def test_the_front_page_leads_to_what_is_open(client, advert):
    html = client.get(reverse("website:organisation", args=[advert.organisation.slug])).content.decode()
    assert reverse("website:adverts", args=[advert.organisation.slug]) in html
