"""Whatever a page offers somebody works for them: its links open, its forms are taken, and what was typed stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from tests.guards.sweep import forms, markup, sending
from tests.guards.sweep.browser import Visit
from tests.guards.sweep.forms import TYPED_WORDS
from tests.guards.sweep.walking import Followed
from tests.world.place import FORMER

pytestmark = pytest.mark.django_db
# A form may say that it came too late, or that something stands against it: 409, with the reason on the page.
IS_TAKEN = {200, 302, 409, 422}
# Who has left every organisation is told so by the sign-in page, with a button to sign out: 403 and not an open page.
SAYS_GOODBYE = (FORMER, "/sign-in/")


def leads_nowhere(links: Iterable[Followed]) -> Iterator[str]:
    """A sentence for each link that does not open for the person who sees it."""
    for one in links:
        if (one.visit.person, one.link.partition("?")[0]) == SAYS_GOODBYE:
            continue
        if one.visit.status >= 300:
            yield f"{one.page} offers {one.visit.person} {one.link}, which answers {one.visit.status}"
        if not is_ours(urlsplit(one.link).path):
            yield f"{one.page} offers {one.visit.person} {one.link}, which is no address of ours"


@cache
def is_ours(path: str) -> bool:
    """Say whether a path is one of the product's addresses."""
    try:
        return bool(resolve(path))
    except Resolver404:
        return False


def is_not_taken(sendings: Iterable[sending.Sending]) -> Iterator[str]:
    """A sentence for each form that refuses the person who sees it, or leads them to a page that does."""
    for one in sendings:
        if one.visit.status not in IS_TAKEN:
            yield f"{one}"
        elif one.landed and one.landed.status >= 400:
            yield f"{one} leads to {one.landed}"


def test_links_open_for_whoever_sees_them(sweep):
    open_pages = {look.visit.path for look in sweep.opened if look.visit.status == 200}
    links = [one for one in sweep.links if one.page in open_pages]
    assert len(links) > 1000
    wrong = sorted(set(leads_nowhere(links)))
    assert not wrong, f"{len(wrong)} links:\n" + "\n".join(wrong)


def test_links_to_a_part_of_another_page_find_it(sweep):
    pages = {(visit.person, visit.path): visit for visit in sweep.visits if visit.method == "GET" and visit.is_page}
    found, wrong = 0, []
    for one in sweep.opened:
        for link, part in markup.links_to_parts(one.visit.html, one.visit.path):
            if target := pages.get((one.visit.person, link)):
                found += 1
                if target.status == 200 and part not in markup.ids(target.html):
                    wrong.append(f"{one.visit.path} leads {one.visit.person} to {link}#{part}, which is not there")
    assert found
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_forms_are_taken_from_whoever_sees_them(sweep):
    assert len(sweep.sendings) > 100
    assert {302, 422} <= {one.visit.status for one in sweep.sendings}
    wrong = sorted(set(is_not_taken(sweep.sendings)))
    assert not wrong, "\n".join(wrong)


def test_forms_shown_again_say_what_is_wrong_and_keep_what_was_typed(sweep):
    again = [one for one in sweep.sendings if one.visit.status == 422]
    assert len({one.form.action for one in again}) > 30
    assert len([one for one in again if one.typed]) > 30
    wrong = sorted({fault for one in again for fault in sending.faults_shown_again(one)})
    assert not wrong, "\n".join(wrong)


# Forms that are sent as they stand, and why that is right.
TAKEN_EMPTY = {
    "activities:edit": "what was written before stands in it, and what partners get may be said later",
    "activities:take-on": "a request may be taken on without a word, and without a task profile",
    "activities:words": "a last look at words that were typed before",
    "committees:attendance": "nobody needs to be noted for the rest to be kept",
    "committees:words": "a last look at words that were typed before",
    "insights:check": "a last look at words that were typed before",
    "joining:advert-criteria": "an advert may ask for nothing in particular",
    "joining:equality": "nobody has to answer these questions",
    "joining:expression-step": "a draft is kept however little is in it",
    "joining:interest-step": "a question that nobody has to answer",
    "joining:progress-reach": "what the person typed before stands in it",
    "partners:details": "what is known stands in it, and each answer may be empty",
    "partners:support": "nobody has to say what helps them",
    "ppg:referral-words": "a last look at words that were typed before",
    "ppg:view": "a last look at words that were typed before",
    "reviews:version-issue": "everything in it is a choice that has a first answer",
}


def test_forms_that_ask_something_refuse_to_be_empty(sweep):
    """A form with questions that takes an empty answer is a form that nobody checked; some are right to."""
    taken = [one for one in sweep.sendings if one.visit.status == 302 and len(one.form.shown) > 3 and not one.typed]
    accepted = {resolve(urlsplit(one.form.action).path).view_name for one in taken}
    unexplained = "\n".join(sorted(accepted - TAKEN_EMPTY.keys()))
    assert not unexplained, unexplained


# The guard itself

FORM = (
    '<html><head><title>Error: a form</title></head><body><form method="post" action="/a/">'
    '<input type="hidden" name="csrfmiddlewaretoken" value="x">'
    '<input type="hidden" name="key" value="7"><label for="n">Name</label><input id="n" name="n" value="{n}">'
    '<input type="radio" name="how" value="post" id="h"{checked}><textarea name="words">{words}</textarea>'
    '<select name="s"><option value="">-</option><option value="1"{selected}>One</option></select>'
    '<button name="do" value="it">Do it</button></form>{summary}</body></html>'
)
EMPTY = {"n": "", "words": "", "checked": "", "selected": "", "summary": ""}
SUMMARY = '<div data-module="nhsuk-error-summary"><ul><li><a href="#n">Enter a name</a></li></ul></div>'


def test_forms_are_read_as_people_see_them():
    (form,) = forms.forms_of(FORM.format(**EMPTY), "/here/")
    assert (form.action, form.hidden, form.buttons) == ("/a/", {"key": "7"}, (("do", "it"),))
    assert forms.filled(form, except_for="n") == {"how": "post", "words": TYPED_WORDS, "s": "1"}


def sent(html: str, **typed: str) -> sending.Sending:
    (form,) = forms.forms_of(FORM.format(**EMPTY), "/here/")
    return sending.Sending("/here/", form, Visit("lead", "POST", "/a/", 422, html=html), typed=typed)


def test_the_guard_sees_what_was_forgotten():
    kept = {**EMPTY, "words": TYPED_WORDS, "checked": " checked", "selected": " selected", "summary": SUMMARY}
    typed = {"words": TYPED_WORDS, "how": "post", "s": "1"}
    assert not list(sending.faults_shown_again(sent(FORM.format(**kept), **typed)))
    assert len(list(sending.faults_shown_again(sent(FORM.format(**{**EMPTY, "summary": SUMMARY}), **typed)))) == 3
    assert list(sending.faults_shown_again(sent(FORM.format(**{**kept, "summary": ""}), **typed)))
    assert list(sending.faults_shown_again(sent(FORM.format(**kept).replace("Error:", ""), **typed)))


@pytest.mark.parametrize("status", [302, 403, 404, 405, 500])
def test_the_guard_sees_a_link_that_leads_nowhere(status):
    assert list(leads_nowhere([Followed("/here/", "/home/", Visit("lead", "GET", "/home/", status))]))


def test_the_guard_sees_an_address_that_is_none():
    assert list(leads_nowhere([Followed("/here/", "/gone/", Visit("lead", "GET", "/gone/", 200))]))


@pytest.mark.parametrize("status", [403, 404, 405, 410, 500])
def test_the_guard_sees_a_form_that_is_refused(status):
    (form,) = forms.forms_of(FORM.format(**EMPTY), "/here/")
    refused, right = Visit("lead", "POST", "/a/", status), Visit("lead", "POST", "/a/", 302, location="/b/")
    assert list(is_not_taken([sending.Sending("/here/", form, refused)]))
    assert list(is_not_taken([sending.Sending("/here/", form, right, landed=Visit("lead", "GET", "/b/", status))]))
