"""Dispositions, and the next version that waits for all of them."""

from __future__ import annotations

import datetime as dt

import pytest

from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Event, Message
from safety_partners.core.policy import Refused
from safety_partners.insights import commands as insights
from safety_partners.insights.models import Insight, Response
from safety_partners.people.models import Role
from safety_partners.reviews import commands
from safety_partners.reviews.models import Comment, Review, Version
from tests.factories.people import make_member, viewer_of
from tests.factories.reviews import close, desk_of, dispose, finish, make_comment, make_review, make_sent_comment, make_version, newest

pytestmark = pytest.mark.django_db


def told(template):
    return list(Message.objects.filter(template=template).order_by("id").values_list("to_name", flat=True))


@pytest.mark.parametrize(
    ("disposition", "reason", "outcome"),
    [("accepted", "", "will"), ("in part", "law", "in part"), ("not this time", "resource", "could not")],
)
def test_dispose_answers_the_insight_and_tells_the_partner(document, partner, disposition, reason, outcome):
    comment = dispose(make_sent_comment(make_review(document, partner), partner), disposition, reason=reason)
    assert (comment.disposition, comment.response.outcome, comment.response.reason) == (disposition, outcome, reason)
    assert comment.insight.status == Insight.Status.ANSWERED
    assert told("insights/answered") == ["Pat Partner"]
    assert Event.objects.get(verb="reviews.dispose").details == {"disposition": disposition, "reason": reason}


def test_dispose_refuses_without_reason_or_words(document, partner, owner):
    comment = make_sent_comment(make_review(document, partner), partner)
    with pytest.raises(NotPossible) as trouble:
        commands.dispose(viewer_of(owner), comment, disposition="not this time", text="No.")
    assert trouble.value.field == "reason"
    with pytest.raises(NotPossible) as trouble:
        dispose(comment, text="  ")
    assert trouble.value.field == "text"
    comment.refresh_from_db()
    assert (comment.disposition, Response.objects.count()) == ("", 0)


def test_dispose_is_for_whoever_owes_the_answer(document, partner, lead, organisation):
    comment = make_sent_comment(make_review(document, partner), partner)
    for someone in (lead, partner, make_member(organisation)):
        with pytest.raises(Refused):
            commands.dispose(viewer_of(someone), comment, disposition="accepted", text="Yes.")


def test_dispose_twice_is_overtaken_and_one_message_goes_out(document, partner, owner):
    comment = make_sent_comment(make_review(document, partner), partner)
    same = Comment.objects.get(pk=comment.pk)
    turn = same.insight.turn
    dispose(comment)
    with pytest.raises(Overtaken):
        commands.dispose(viewer_of(owner), same, disposition="not this time", reason="law", text="No.", turn=turn)
    same.refresh_from_db()
    assert (same.disposition, told("insights/answered")) == ("accepted", ["Pat Partner"])


def test_dispose_again_after_the_partner_said_no(document, partner):
    comment = dispose(make_sent_comment(make_review(document, partner), partner), "not this time")
    insights.give_verdict(viewer_of(partner), comment.insight, answer="no", words="That is no answer.")
    comment = Comment.objects.get(pk=comment.pk)
    assert comment.asks_again
    again = dispose(comment, "accepted")
    assert (again.disposition, again.response.outcome) == ("accepted", "will")
    assert Response.objects.count() == 2


def test_a_draft_cannot_be_disposed_of(document, partner, owner):
    comment = make_comment(make_review(document, partner), partner)
    with pytest.raises(Refused):
        commands.dispose(viewer_of(owner), comment, disposition="accepted", text="Yes.")


def test_issue_version_replaces_the_one_before_and_tells_each_commenter_once(document, partner, other_partner, owner):
    review = make_review(document, partner, other_partner)
    make_comment(review, partner, position=3)
    make_sent_comment(review, partner)
    finish(review, other_partner)
    for comment in Comment.objects.waiting():
        dispose(comment)
    close(review)
    old, new = newest(document), make_version(document)
    commands.issue_version(viewer_of(owner), new, approved_on=dt.date(2026, 3, 1), next_review_on=dt.date(2029, 3, 1))
    for record in (old, new, review, document):
        record.refresh_from_db()
    assert (old.status, new.status, review.status) == (Version.Status.REPLACED, Version.Status.ISSUED, Review.Status.DONE)
    assert (new.approved_on, document.next_review_on) == (dt.date(2026, 3, 1), dt.date(2029, 3, 1))
    assert new.issued_at
    assert told("reviews/issued") == ["Pat Partner"]


def test_issue_version_waits_for_every_comment_and_says_how_many(document, partner, owner):
    review = make_review(document, partner)
    make_comment(review, partner, position=3)
    comment = make_sent_comment(review, partner)
    close(review)
    version = make_version(document)
    with pytest.raises(NotPossible, match="2 comments have no answer"):
        commands.issue_version(viewer_of(owner), version)
    dispose(comment)
    with pytest.raises(NotPossible, match="1 comment has no answer"):
        commands.issue_version(viewer_of(owner), version)
    version.refresh_from_db()
    assert version.status == Version.Status.WAITING


def test_issue_version_does_not_wait_for_withdrawn_comments_or_for_drafts(document, partner, other_partner, owner):
    review = make_review(document, partner, other_partner)
    withdrawn = make_sent_comment(review, partner)
    make_comment(review, other_partner)
    insights.withdraw(viewer_of(partner), withdrawn.insight)
    close(review)
    assert commands.issue_version(viewer_of(owner), make_version(document)).status == Version.Status.ISSUED
    assert told("reviews/issued") == []


def test_issue_version_cuts_nobody_off(document, partner, owner):
    make_review(document, partner)
    with pytest.raises(NotPossible, match="still open"):
        commands.issue_version(viewer_of(owner), make_version(document))


def test_issue_version_also_waits_for_comments_on_itself(document, partner, owner):
    version = make_version(document)
    review = make_review(document, partner, version=version)
    comment = make_sent_comment(review, partner, position=5)
    close(review)
    with pytest.raises(NotPossible, match="1 comment"):
        commands.issue_version(viewer_of(owner), version)
    dispose(comment)
    commands.issue_version(viewer_of(owner), version)
    review.refresh_from_db()
    assert review.status == Review.Status.DONE


def test_issue_version_takes_answers_given_on_the_page_of_the_words(document, partner, owner):
    review = make_review(document, partner)
    comment = make_sent_comment(review, partner)
    insights.respond(viewer_of(owner), comment.insight, outcome="in part", reason="law", text="As far as the law lets us.")
    close(review)
    commands.issue_version(viewer_of(owner), make_version(document))
    comment.refresh_from_db()
    assert (comment.disposition, comment.response.text) == ("in part", "As far as the law lets us.")


def test_issue_version_leaves_out_a_draft_in_between(document, owner):
    between = make_version(document)
    last = make_version(document, became=(), label="3")
    commands.issue_version(viewer_of(owner), last)
    between.refresh_from_db()
    assert (between.status, between.issued_at) == (Version.Status.REPLACED, None)
    with pytest.raises(Overtaken):
        commands.issue_version(viewer_of(owner), between)
    assert document.versions.in_force().get() == last


def test_issue_version_is_for_the_owner_and_the_lead(document, organisation, partner):
    version = make_version(document)
    for someone in (make_member(organisation, Role.STAFF), partner):
        with pytest.raises(Refused):
            commands.issue_version(viewer_of(someone), version)


def test_issue_version_tells_at_the_newest_desk(document, partner, owner):
    first = make_review(document, partner)
    dispose(make_sent_comment(first, partner))
    close(first)
    second = make_review(document, partner)
    dispose(make_sent_comment(second, partner))
    close(second)
    commands.issue_version(viewer_of(owner), make_version(document))
    assert list(Message.objects.filter(template="reviews/issued").values_list("about_code", flat=True)) == [desk_of(second, partner).code]


def test_words_of_the_new_version_can_be_found_once_it_is_in_force(document, owner, organisation):
    from safety_partners.core import text_search
    from safety_partners.reviews.models import Document

    commands.issue_version(viewer_of(owner), make_version(document))
    rows = text_search.matching(Document.objects.all(), "two working days", organisation_id=organisation.pk)
    assert list(rows) == [document]
