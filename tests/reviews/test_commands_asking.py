"""Asking for a review: only those who should hear of something hear of it, and nobody twice."""

from __future__ import annotations

import pytest

from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Message
from safety_partners.core.policy import Refused
from safety_partners.core.viewer import system_viewer
from safety_partners.core.working_days import today
from safety_partners.people.models import Role
from safety_partners.reviews import commands
from safety_partners.reviews.models import Review, Reviewer
from tests.factories.people import make_member, make_organisation, viewer_of
from tests.factories.reviews import (
    close,
    desk_of,
    dispose,
    finish,
    in_days,
    make_comment,
    make_review,
    make_sent_comment,
    make_version,
    newest,
)

pytestmark = pytest.mark.django_db


def told(template):
    return list(Message.objects.filter(template=f"reviews/{template}").order_by("id").values_list("to_name", flat=True))


def test_ask_for_review_tells_each_partner_once(document, partner, other_partner):
    review = make_review(document, partner, other_partner, partner, questions=["Is it clear?", " ", "What is missing?"])
    assert told("asked") == ["Pat Partner", "Sam Second"]
    assert [(question.number, question.text) for question in review.questions.all()] == [(1, "Is it clear?"), (2, "What is missing?")]
    assert review.status == Review.Status.OPEN
    assert {one.status for one in review.reviewers.all()} == {Reviewer.Status.ASKED}


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"what_can_change": " "}, "what_can_change"), ({"closes_on": today()}, "closes_on"), ({"partners": []}, "partners")],
)
def test_ask_for_review_says_what_is_missing(document, partner, fields, field):
    with pytest.raises(NotPossible) as trouble:
        make_review(document, partner, **fields)
    assert trouble.value.field == field
    assert not Review.objects.exists()


def test_ask_for_review_is_for_current_partners_here_and_never_for_the_owner(document, organisation, owner):
    both = make_member(organisation, Role.PARTNER, Role.LEAD)
    commands.correct_document(viewer_of(owner), document, title="Both", owner=both, affects_patients=True)
    left = make_member(organisation, Role.PARTNER, ended_on=today())
    for wrong in (make_member(make_organisation(), Role.PARTNER), make_member(organisation, Role.STAFF), left, both):
        with pytest.raises(NotPossible) as trouble:
            make_review(document, wrong)
        assert trouble.value.field == "partners"


def test_ask_for_review_once_at_a_time_and_never_about_a_replaced_version(document, partner, owner):
    first = newest(document)
    review = make_review(document, partner)
    with pytest.raises(NotPossible):
        make_review(document, partner)
    close(review)
    commands.issue_version(viewer_of(owner), make_version(document))
    first.refresh_from_db()
    with pytest.raises(NotPossible):
        make_review(document, partner, version=first)


def test_ask_for_review_is_for_the_owner_and_the_lead(document, organisation, partner):
    with pytest.raises(Refused):
        commands.ask_for_review(
            viewer_of(make_member(organisation)),
            newest(document),
            partners=[partner],
            what_can_change="All",
            stage="draft",
            closes_on=in_days(9),
        )


def test_ask_another_tells_only_the_new_one(document, partner, other_partner, owner):
    review = make_review(document, partner)
    commands.ask_another(viewer_of(owner), review, partner=other_partner)
    assert told("asked") == ["Pat Partner", "Sam Second"]
    with pytest.raises(NotPossible):
        commands.ask_another(viewer_of(owner), review, partner=other_partner)
    assert len(told("asked")) == 2


def test_ask_another_may_ask_again_who_could_not_before(document, partner, owner):
    review = make_review(document, partner)
    commands.decline_review(viewer_of(partner), desk_of(review, partner))
    reviewer = commands.ask_another(viewer_of(owner), review, partner=partner)
    assert reviewer.status == Reviewer.Status.ASKED
    assert told("asked") == ["Pat Partner", "Pat Partner"]


def test_ask_another_not_after_it_closed(document, partner, other_partner, owner):
    review = close(make_review(document, partner))
    with pytest.raises(NotPossible):
        commands.ask_another(viewer_of(owner), review, partner=other_partner)


def test_change_closing_day_tells_only_those_who_have_not_finished(document, partner, other_partner, owner):
    review = make_review(document, partner, other_partner)
    finish(review, partner)
    commands.change_closing_day(viewer_of(owner), review, closes_on=in_days(15))
    assert told("closing_day") == ["Sam Second"]
    for day in (in_days(15), today()):
        with pytest.raises(NotPossible) as trouble:
            commands.change_closing_day(viewer_of(owner), review, closes_on=day)
        assert trouble.value.field == "closes_on"


def test_change_closing_day_opens_a_closed_review_again(document, partner, owner):
    review = close(make_review(document, partner))
    commands.change_closing_day(viewer_of(owner), review, closes_on=in_days(20))
    review.refresh_from_db()
    assert (review.status, review.closes_on) == (Review.Status.OPEN, in_days(20))


def test_remind_reaches_those_who_have_not_finished_and_nobody_twice_on_a_day(document, partner, other_partner, owner):
    review = make_review(document, partner, other_partner)
    finish(review, other_partner)
    commands.remind(viewer_of(owner), review)
    assert told("reminder") == ["Pat Partner"]
    with pytest.raises(NotPossible):
        commands.remind(viewer_of(owner), review)
    assert told("reminder") == ["Pat Partner"]


def test_remind_by_the_clock_leaves_out_whom_a_reminder_reached_since(document, partner, owner):
    review = make_review(document, partner)
    clock = system_viewer(document.organisation_id)
    commands.remind(clock, review, since=today())
    commands.remind(clock, review, since=today())
    assert told("reminder") == ["Pat Partner"]


def test_close_review_tells_the_owner_what_waits_and_those_who_were_cut_off(document, partner, other_partner, lead):
    review = make_review(document, partner, other_partner)
    make_sent_comment(review, partner)
    commands.close_review(viewer_of(lead), review)
    assert told("closed") == ["Olu Owner"]
    assert told("closed_early") == ["Sam Second"]
    assert "1 comment waits" in Message.objects.get(template="reviews/closed").text
    with pytest.raises(Overtaken):
        commands.close_review(viewer_of(lead), review)


def test_a_comment_after_closing_is_taken_and_marked_late(document, partner):
    review = make_review(document, partner)
    early = make_sent_comment(review, partner)
    close(review)
    commands.reopen_reviewing(viewer_of(partner), desk_of(review, partner))
    late = make_sent_comment(review, partner, position=3)
    early.refresh_from_db()
    assert (early.is_late, late.is_late) == (False, True)


def test_a_comment_after_the_closing_day_is_late_even_before_the_clock_closed_it(document, partner):
    review = make_review(document, partner)
    Review.objects.filter(pk=review.pk).update(closes_on="2020-01-01")
    assert make_sent_comment(review, partner).is_late


def test_the_owner_may_be_gone_and_the_lead_is_told(document, partner, owner, lead):
    review = make_review(document, partner)
    owner.ended_on = today()
    owner.save()
    comment = make_comment(review, partner)
    finish(review, partner)
    comment.insight.refresh_from_db()
    assert told("finished") == ["Lea Lead"]
    assert comment.insight.owner is None
    commands.correct_document(viewer_of(lead), document, title="T", owner=lead, affects_patients=True)
    comment = type(comment).objects.get(pk=comment.pk)
    assert comment.insight.owner == lead
    assert dispose(comment).disposition == "accepted"
