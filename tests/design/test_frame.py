"""The frame of every page: neutral, readable in every colour, light, and without anything a strict policy forbids."""

import gzip
import json
import re
from pathlib import Path

import pytest
from lxml import html

from safety_partners.design.gallery import example_frame
from safety_partners.design.pages import COLOUR_WORDS, Colour, Frame, NavItem
from safety_partners.design.rendering import current_environment, macro
from tests.design.official.normal import normal
from tests.design.test_fixtures import COMPONENTS

STATIC = Path(__file__).resolve().parents[2] / "safety_partners" / "design" / "static"
CSS = (STATIC / "design" / "app.css").read_text(encoding="utf-8")


def page(template="design/layout.jinja", **context):
    context.setdefault("page", example_frame())
    return current_environment().get_template(template).render(**context)


class Wrong:
    errors = {"name": ["Enter"]}


def test_the_title_says_error_first():
    assert html.fromstring(page()).findtext(".//title") == "Components – Example Organisation"
    assert html.fromstring(page(form=Wrong())).findtext(".//title") == "Error: Components – Example Organisation"
    wrong_layout = current_environment().from_string('{% extends "design/layout.jinja" %}{% block title %}Your name{% endblock %}')
    assert "<title>Error: Your name – Example Organisation</title>" in wrong_layout.render(page=example_frame(), form=Wrong())


def test_the_frame_says_whose_it_is_and_nothing_of_others():
    source = page()
    root = html.fromstring(source)
    assert root.get("lang") == "en-gb"
    assert root.xpath('//header//span[contains(@class, "organisation-name")]/text()') == ["Example Organisation"]
    assert root.xpath("//header//a[@aria-current]//text()") == ["Home"]
    assert root.xpath('//main[@id="maincontent"]')
    assert not re.search(r"\bNHS\b|England|frutiger", source)
    assert "nhsuk-header__logo" not in source
    assert root.xpath("//footer//a/text()") == ["Accessibility", "Privacy"]


def test_a_frame_with_nothing_in_it():
    root = html.fromstring(page(page=Frame(service_name="Service")))
    assert root.findtext(".//title") == "Service – Service"
    assert not root.xpath("//nav")


@pytest.mark.parametrize("before", ['{{ back_link("/list") }}', '{{ breadcrumbs([("Home", "/home")]) }}'])
def test_the_way_back_stands_in_one_landmark_before_the_main_one(before):
    source = '{% extends "design/layout.jinja" %}{% block before %}' + before + "{% endblock %}"
    root = html.fromstring(current_environment().from_string(source).render(page=example_frame()))
    [back] = root.xpath('//main/preceding-sibling::*//a[contains(@class, "nhsuk-back-link")]')
    assert len(list(back.iterancestors("nav"))) == 1
    assert back.xpath("ancestor::nav/@aria-label")


def test_account_links_may_be_pairs_or_post():
    frame = Frame("Service", account_links=[("Sign in", "/in"), NavItem("Sign out", "/out", is_post=True)])
    source = page(page=frame, csrf_input="TOKEN")
    root = html.fromstring(source)
    assert root.xpath('//header//a[@href="/in"]')
    assert root.xpath('//header//form[@method="post"][@action="/out"]')
    assert "TOKEN" in source


def test_messages_are_banners():
    class Message(str):
        tags = "success"

    root = html.fromstring(page(messages=[Message("Sent <b>")]))
    assert root.xpath('//div[contains(@class, "notification-banner--success")]//p')[0].text_content().strip() == "Sent <b>"


@pytest.mark.parametrize("template", ["design/layout.jinja", "design/layout_print.jinja"])
def test_nothing_that_a_strict_policy_forbids(template):
    root = html.fromstring(page(template))
    assert not root.xpath("//style | //script[not(@src)] | //*[@style]")
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on")]
    links = root.xpath("//link/@href | //script/@src | //img/@src")
    assert links
    assert all(link.startswith("/static/") for link in links)


def test_the_first_visit_is_light():
    root = html.fromstring(page())
    links = root.xpath("//link/@href | //script/@src | //img/@src")
    assert len(links) + 1 <= 6
    files = [STATIC / link.removeprefix("/static/") for link in links]
    weight = sum(len(gzip.compress(path.read_bytes())) for path in files) + len(gzip.compress(page().encode()))
    assert weight < 60_000


def channel(value: int) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    red, green, blue = (channel(int(colour[place : place + 2], 16)) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", list(Colour))
def test_white_words_can_be_read_on_every_colour(colour):
    found = re.search(rf"\.app-colour-{colour} {{ --app-brand: (#\w{{6}}); --app-brand-dark: (#\w{{6}}); }}", CSS)
    assert found
    for shade in found.groups():
        assert 1.05 / (luminance(shade) + 0.05) >= 4.5


def test_every_colour_has_words():
    assert set(COLOUR_WORDS) == set(Colour)
    assert f"app-colour-{Colour.PLUM}" in page(page=example_frame(Colour.PLUM))


def official_headers(part):
    cases = json.loads((COMPONENTS / "header" / "fixtures.json").read_text(encoding="utf-8"))["fixtures"]
    found = [case for case in cases if part in case["context"] and leads_somewhere(case["context"][part]["items"])]
    assert len(found) > 12
    return [pytest.param(case, id=case["name"]) for case in found]


def leads_somewhere(items):
    """An entry of our menu always has an address."""
    return all(not item or item.get("href") or item.get("action") or item.get("icon") for item in items)


def only(source, name):
    found = html.fromstring(source).xpath(f'//nav[contains(concat(" ", @class, " "), " {name} ")]')
    return normal(html.tostring(found[0], encoding="unicode")) if found else []


@pytest.mark.parametrize("case", official_headers("navigation"))
def test_the_menu_is_written_as_the_official_one(case):
    given = case["context"]["navigation"]
    items = [
        {"label": item["text"], "href": item.get("href"), "is_current": item.get("current") or item.get("active")}
        for item in given["items"]
        if item
    ]
    ours = only(macro("design/components.jinja", "header")("Service", navigation=items), "nhsuk-header__navigation")
    theirs = only(case["html"], "nhsuk-header__navigation")
    plain = [line.replace(" nhsuk-header__navigation--justified", "").replace(" nhsuk-header__navigation--white", "") for line in theirs]
    assert ours == [line.replace('aria-current="true"', 'aria-current="page"') for line in plain]


@pytest.mark.parametrize("case", official_headers("account"))
def test_the_account_links_are_written_as_the_official_ones(case):
    items = case["context"]["account"]["items"]
    person = next((item["text"] for item in items if item and item.get("icon") and not item.get("href")), None)
    links = [
        {"label": item["text"], "href": item.get("href") or item.get("action"), "is_post": bool(item.get("action"))}
        for item in items
        if item and (item.get("href") or item.get("action"))
    ]
    ours = only(macro("design/components.jinja", "header")("Service", account=links, person=person), "nhsuk-header__account")
    theirs = only(case["html"], "nhsuk-header__account")
    if person is None and any("nhsuk-icon--user" in line for line in theirs):
        # Ours shows the sign of a person beside a name, never inside a link.
        theirs = [line.replace("' ", "'") for line in theirs if "<svg" not in line and "<path" not in line]
    assert ours == theirs
