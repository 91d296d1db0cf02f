"""Two people at the same moment: nothing is lost, nothing happens twice, and nobody is cut off unheard."""

from __future__ import annotations

import pytest

from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Message
from safety_partners.people.models import Role
from safety_partners.reviews import commands
from safety_partners.reviews.models import Comment, Document, Review, Reviewer, Version
from tests.core.conftest import at_once, racing_db
from tests.factories.people import make_member, make_organisation, viewer_of
from tests.factories.reviews import (
    close,
    desk_of,
    finish,
    make_comment,
    make_document,
    make_review,
    make_sent_comment,
    make_taken,
    make_version,
)

__all__ = ["racing_db"]


@pytest.fixture
def people(racing_db):
    organisation = make_organisation("Harbour Health")
    return (
        make_member(organisation, Role.STAFF, name="Olu Owner"),
        make_member(organisation, Role.PARTNER),
        make_member(organisation, Role.PARTNER),
    )


def test_a_comment_sent_while_the_next_version_is_issued_is_answered_first_or_refused(people):
    owner, partner, _other = people
    document = make_document(owner)
    review = make_review(document, partner)
    make_comment(review, partner)
    close(review)
    version = make_version(document)
    by_owner, by_partner = viewer_of(owner), viewer_of(partner)
    sent, issued = at_once(
        lambda: commands.finish_review(by_partner, Reviewer.objects.get(review=review)),
        lambda: commands.issue_version(by_owner, Version.objects.get(pk=version.pk)),
    )
    version.refresh_from_db()
    is_issued = version.status == Version.Status.ISSUED
    assert is_issued is not Comment.objects.shared().exists(), (sent, issued)
    assert isinstance(sent if is_issued else issued, NotPossible)


def test_two_answers_at_once_are_one_answer_and_one_message(people):
    owner, partner, _other = people
    comment = make_sent_comment(make_review(make_document(owner), partner), partner)
    viewer, turn = viewer_of(owner), comment.insight.turn

    def answer(text):
        return lambda: commands.dispose(viewer, Comment.objects.get(pk=comment.pk), disposition="accepted", text=text, turn=turn).pk

    results = at_once(answer("One."), answer("Two."))
    assert results.count(comment.pk) == 1
    assert sum(isinstance(one, Overtaken) for one in results) == 1
    assert Message.objects.filter(template="insights/answered").count() == 1


def test_two_reminders_at_once_are_one_message_each(people):
    owner, *partners = people
    review = make_review(make_document(owner), *partners)
    viewer = viewer_of(owner)
    at_once(*[lambda: commands.remind(viewer, Review.objects.get(pk=review.pk)) for _time in range(3)])
    assert Message.objects.filter(template="reviews/reminder").count() == 2


def test_two_versions_added_at_once_are_one_version(people):
    owner, *_others = people
    document = make_document(owner)
    viewer = viewer_of(owner)

    def add(label):
        return lambda: commands.add_version(viewer, Document.objects.get(pk=document.pk), taken=make_taken(follows=1), label=label).number

    results = at_once(add("2"), add("2.1"))
    assert results.count(2) == 1
    assert sum(isinstance(one, Overtaken) for one in results) == 1
    assert document.versions.count() == 2


def test_finishing_twice_at_once_sends_once(people):
    owner, partner, _other = people
    review = make_review(make_document(owner), partner)
    make_comment(review, partner)
    viewer = viewer_of(partner)
    results = at_once(*[lambda: commands.finish_review(viewer, Reviewer.objects.get(review=review)).status for _time in range(3)])
    assert results.count("finished") == 1
    assert Message.objects.filter(template="reviews/finished").count() == 1
    assert desk_of(review, partner).status == "finished"


def test_asking_at_once_makes_one_review(people):
    owner, *partners = people
    document = make_document(owner)
    results = at_once(*[lambda: make_review(document, *partners).status for _time in range(2)])
    assert results.count("open") == 1
    assert Message.objects.filter(template="reviews/asked").count() == 2
    assert finish(Review.objects.get(), partners[0]).status == "finished"
