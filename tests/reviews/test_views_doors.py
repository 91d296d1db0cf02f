"""Every page opens for whom it says and for nobody else, for at most eight queries, and a look changes nothing."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from safety_partners.core.models import Event
from safety_partners.people.models import Role
from safety_partners.reviews import commands
from safety_partners.reviews import urls as addresses
from safety_partners.reviews.models import Comment
from tests.factories.people import make_member, make_organisation, viewer_of
from tests.factories.reviews import (
    close,
    desk_of,
    dispose,
    finish,
    make_comment,
    make_document,
    make_review,
    make_sent_comment,
    make_version,
    newest,
)
from tests.reviews.pages import browser_of

pytestmark = pytest.mark.django_db

# Who opens each page: o owner, l lead, s other staff, b board, a the partner who was asked and wrote, p another partner, c group chair.
DOORS = {
    "documents": "olsbap",
    "document-new": "ols",
    "document": "olsba",
    "document-correct": "ol",
    "version-new": "ol",
    "version": "olsba",
    "version-check": "ol",
    "version-file": "olsba",
    "version-changes": "olsb",
    "version-issue": "ol",
    "version-take-out": "ol",
    "review-new": "ol",
    "review": "olsb",
    "ask-another": "ol",
    "closing-day": "ol",
    "remind": "ol",
    "close": "ol",
    "next-comment": "ol",
    "comment-record": "ol",
    "answer-record": "ol",
    "reviewing": "a",
    "read": "a",
    "comment-whole": "a",
    "comment-question": "a",
    "comment-part": "a",
    "finish": "a",
    "reopen": "a",
    "decline": "a",
    "outcome": "a",
    "comment": "ola",
    "comment-edit": "a",
    "comment-delete": "a",
    "dispose": "o",
}


@pytest.fixture
def people(organisation, owner, lead, partner, other_partner):
    return {
        "o": owner,
        "l": lead,
        "s": make_member(organisation, Role.STAFF),
        "b": make_member(organisation, Role.BOARD),
        "a": partner,
        "p": other_partner,
        "c": make_member(organisation, Role.GROUP_CHAIR),
        "x": make_member(make_organisation(), Role.LEAD, Role.PARTNER),
    }


@pytest.fixture
def paths(document, partner):
    """One address for each page: a review that is open, one comment sent, one draft, and a newer version."""
    review = make_review(document, partner, questions=["Is it clear?"])
    sent = make_sent_comment(review, partner)
    desk = commands.reopen_reviewing(viewer_of(partner), desk_of(review, partner))
    draft = make_comment(review, partner, position=3)
    version = make_version(document)
    kwargs = {
        "documents/": {},
        "documents/new/": {},
        "documents/<": {"code": document.code},
        "versions/<": {"code": version.code},
        "reviews/<": {"code": review.code},
        "reviewing/<": {"code": desk.code},
        "comments/<": {"code": sent.code},
    }
    special = {
        "version": {"code": newest_but_one(document).code},
        "version-file": {"code": newest_but_one(document).code},
        "comment-question": {"code": desk.code, "number": 1},
        "comment-part": {"code": desk.code, "position": 6},
        "comment-edit": {"code": draft.code},
        "comment-delete": {"code": draft.code},
    }
    found = {}
    for pattern in addresses.urlpatterns:
        route = str(pattern.pattern)
        begins = next(begin for begin in sorted(kwargs, key=len, reverse=True) if route.startswith(begin))
        found[pattern.name] = reverse(f"reviews:{pattern.name}", kwargs=special.get(pattern.name, kwargs[begins]))
    return found


def newest_but_one(document):
    return document.versions.order_by("-number")[1]


def test_every_page_has_a_door_here(paths):
    assert set(paths) == set(DOORS)


@pytest.mark.parametrize("name", sorted(DOORS))
def test_a_page_opens_for_whom_it_says(name, paths, people):
    before = Event.objects.count()
    for letter, person in people.items():
        browser = browser_of(person)
        b"".join(browser.get(paths[name]))
        with CaptureQueriesContext(connection) as made:
            answer = browser.get(paths[name])
        if letter in DOORS[name]:
            assert answer.status_code in {200, 302}, (name, letter, answer.status_code)
        elif letter == "x" and name in {"documents", "document-new"}:
            assert answer.status_code == 200
        else:
            assert answer.status_code in {403, 404}, (name, letter, answer.status_code)
        assert len(made) <= 8, (name, letter, len(made), [one["sql"][:90] for one in made])
        b"".join(answer)
    assert Event.objects.count() == before


@pytest.mark.parametrize("name", sorted(DOORS))
def test_visitors_are_asked_to_sign_in(name, paths):
    answer = Client().get(paths[name])
    assert answer.status_code == 302
    assert "next=" in answer.url


def test_other_organisations_see_nothing_of_ours(paths, people):
    assert "Speaking with families" not in browser_of(people["x"]).get(paths["documents"]).content.decode()


def queries_of(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as made:
        assert client.get(path).status_code == 200
    return len(made)


def test_pages_cost_the_same_for_many_comments_as_for_one(document, owner, partner, other_partner):
    review = make_review(document, partner, other_partner, questions=["Is it clear?"])
    for position in (2, 3, 4, 5, 6, 7, 8, 9, 10):
        make_comment(review, partner, position=position)
    make_comment(review, other_partner)
    for person in (partner, other_partner):
        finish(review, person)
    for comment in Comment.objects.waiting().in_order()[:8]:
        dispose(comment)
    close(review)
    many, few = desk_of(review, partner), desk_of(review, other_partner)
    for name, most in (("reviewing", 7), ("read", 8), ("outcome", 8)):
        counts = [queries_of(browser_of(one.membership), reverse(f"reviews:{name}", args=[one.code])) for one in (many, few)]
        assert max(counts) <= most, (name, counts)
    mine = browser_of(owner)
    assert queries_of(mine, review.get_absolute_url()) <= 7
    for comment in Comment.objects.all():
        assert queries_of(mine, comment.get_absolute_url()) <= 8
    for title in "ABCDEFG":
        make_document(owner, title=title)
    assert queries_of(mine, reverse("reviews:documents")) <= 4
    assert queries_of(mine, document.get_absolute_url()) <= 7
    version = make_version(document)
    assert queries_of(mine, version.get_absolute_url()) <= 7
    assert queries_of(mine, reverse("reviews:version-issue", args=[version.code])) <= 8
    assert queries_of(mine, reverse("reviews:version-changes", args=[version.code])) <= 8
    assert queries_of(mine, newest(document).get_absolute_url()) <= 7
