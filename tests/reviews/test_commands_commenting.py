"""Writing, finishing, saying no: drafts stay at one desk, what is sent is sealed."""

from __future__ import annotations

import pytest

from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Event, Message
from safety_partners.core.policy import Refused
from safety_partners.core.seals import is_intact
from safety_partners.insights.models import Insight
from safety_partners.reviews import commands
from safety_partners.reviews.models import Comment, Reviewer
from tests.factories.people import viewer_of
from tests.factories.reviews import close, desk_of, finish, make_comment, make_document, make_review, make_sent_comment, make_version

pytestmark = pytest.mark.django_db
WORDS = "  Ten days is far too long.\nMy mother waited.  "


def told(template):
    return list(Message.objects.filter(template=f"reviews/{template}").values_list("to_name", flat=True))


def test_write_comment_makes_a_draft_that_knows_its_place(document, partner):
    review = make_review(document, partner)
    comment = make_comment(review, partner, words=WORDS)
    insight = comment.insight
    assert (insight.words, insight.kind, insight.status, insight.speaker) == (WORDS, Insight.Kind.COMMENT, Insight.Status.DRAFT, partner)
    assert insight.about_label == "Speaking with families, version 1: 2.1 We ring the family within ten days."
    assert insight.about_path == comment.get_absolute_url()
    assert comment.paragraph.position == 6


def test_write_comment_on_the_whole_or_on_a_question(document, partner):
    review = make_review(document, partner, questions=["Is it clear?"])
    whole = make_comment(review, partner, position=None)
    answer = make_comment(review, partner, position=None, question=review.questions.get())
    assert whole.insight.about_label.endswith(": the whole document")
    assert answer.insight.about_label.endswith(": question 1")


def test_write_comment_is_for_the_partner_who_was_asked(document, partner, other_partner, owner, lead):
    review = make_review(document, partner, other_partner)
    for someone in (other_partner, owner, lead):
        with pytest.raises(Refused):
            commands.write_comment(viewer_of(someone), desk_of(review, partner), words="Not mine.")


def test_write_comment_only_about_this_version_and_this_review(document, owner, partner):
    other = make_review(make_document(owner), partner, questions=["Here?"])
    review = make_review(document, partner)
    with pytest.raises(NotPossible):
        make_comment(review, partner, position=None, question=other.questions.get())
    with pytest.raises(NotPossible):
        commands.write_comment(viewer_of(partner), desk_of(review, partner), words="Elsewhere.", paragraph=other.version.paragraphs.first())
    assert not Insight.objects.exists()


def test_edit_and_delete_only_drafts_and_only_ones_own(document, partner, other_partner, owner):
    review = make_review(document, partner, other_partner)
    comment = make_comment(review, partner)
    for someone in (other_partner, owner):
        with pytest.raises(Refused):
            commands.edit_comment(viewer_of(someone), comment, words="Mine now.")
    commands.edit_comment(viewer_of(partner), comment, words="Five days, perhaps.")
    comment.insight.refresh_from_db()
    assert comment.insight.words == "Five days, perhaps."
    gone = make_comment(review, partner, position=3)
    commands.delete_comment(viewer_of(partner), gone)
    assert list(Comment.objects.all()) == [comment]
    finish(review, partner)
    for command in (commands.delete_comment, lambda viewer, one: commands.edit_comment(viewer, one, words="Later.")):
        with pytest.raises(Overtaken):
            command(viewer_of(partner), comment)
    comment.insight.refresh_from_db()
    assert comment.insight.words == "Five days, perhaps."


def test_finish_review_seals_and_sends_all_of_ones_own_drafts(document, partner, other_partner, owner):
    review = make_review(document, partner, other_partner)
    mine = [make_comment(review, partner, position=position) for position in (3, 6)]
    other = make_comment(review, other_partner)
    reviewer = finish(review, partner)
    assert reviewer.status == Reviewer.Status.FINISHED
    assert reviewer.finished_at
    for comment in mine:
        comment.insight.refresh_from_db()
        assert (comment.insight.status, comment.insight.owner) == (Insight.Status.OWNED, owner)
        assert is_intact(comment.insight.words, comment.insight.checksum)
        assert comment.insight.next_due_on
    other.insight.refresh_from_db()
    assert other.insight.status == Insight.Status.DRAFT
    assert told("finished") == ["Olu Owner"]
    assert "2 comments" in Message.objects.get(template="reviews/finished").text


def test_finish_review_without_a_comment_says_so(document, partner):
    finish(make_review(document, partner), partner)
    assert "nothing to add" in Message.objects.get(template="reviews/finished").text


def test_finish_review_again_without_more_says_that_it_is_the_same(document, partner):
    review = make_review(document, partner)
    make_sent_comment(review, partner)
    commands.reopen_reviewing(viewer_of(partner), desk_of(review, partner))
    finish(review, partner)
    assert "once more" in Message.objects.filter(template="reviews/finished").last().text


def test_finish_review_twice_is_overtaken_and_sends_one_message(document, partner):
    review = make_review(document, partner)
    make_sent_comment(review, partner)
    with pytest.raises(Overtaken):
        finish(review, partner)
    assert told("finished") == ["Olu Owner"]


def test_finished_may_be_reopened_to_add_more_and_what_was_sent_stays(document, partner):
    review = make_review(document, partner)
    first = make_sent_comment(review, partner)
    with pytest.raises(NotPossible):
        make_comment(review, partner)
    commands.reopen_reviewing(viewer_of(partner), desk_of(review, partner))
    make_comment(review, partner, position=3)
    finish(review, partner)
    assert Comment.objects.shared().count() == 2
    first.insight.refresh_from_db()
    assert first.insight.checksum


def test_no_words_of_a_partner_reach_an_event_or_a_message(document, partner):
    review = make_review(document, partner)
    make_sent_comment(review, partner, words="Ten days is far too long.")
    close(review)
    assert not [event for event in Event.objects.all() if "too long" in str(event.details)]
    assert not Message.objects.filter(text__contains="too long").exists()


def test_decline_review_needs_no_reason_and_tells_the_owner_kindly(document, partner, other_partner):
    review = make_review(document, partner, other_partner)
    commands.decline_review(viewer_of(partner), desk_of(review, partner))
    message = Message.objects.get(template="reviews/declined")
    assert message.to_name == "Olu Owner"
    assert "Only one partner is left" in message.text
    with pytest.raises(Overtaken):
        finish(review, partner)
    commands.reopen_reviewing(viewer_of(partner), desk_of(review, partner))
    finish(review, partner)


def test_nothing_can_be_sent_once_the_next_version_is_in_force(document, partner, other_partner, owner):
    review = make_review(document, partner, other_partner)
    draft = make_comment(review, other_partner)
    finish(review, partner)
    close(review)
    commands.issue_version(viewer_of(owner), make_version(document))
    with pytest.raises(NotPossible):
        finish(review, other_partner)
    with pytest.raises(NotPossible):
        commands.reopen_reviewing(viewer_of(partner), desk_of(review, partner))
    draft.insight.refresh_from_db()
    assert (draft.insight.status, draft.insight.words) == (Insight.Status.DRAFT, "Ten days is far too long.")


def record(review, partner, by, **fields):
    given = {"reviewer": desk_of(review, partner), "words": WORDS, "capture": "phone", "is_read_back": True}
    return commands.record_comment(viewer_of(by), review, **{**given, **fields})


def test_record_comment_is_sent_at_once_in_the_partners_name(document, partner, owner):
    review = make_review(document, partner)
    comment = record(review, partner, owner, paragraph=review.version.paragraphs.get(position=6))
    insight = comment.insight
    assert (insight.speaker, insight.recorded_by, insight.capture, insight.words) == (partner, owner, "phone", WORDS)
    assert insight.status == Insight.Status.OWNED
    assert not comment.is_late
    assert Message.objects.filter(template="insights/recorded", to_membership_id=partner.pk).count() == 1


def test_record_comment_wants_words_that_were_heard_to_be_read_back(document, partner, owner):
    review = make_review(document, partner)
    with pytest.raises(NotPossible) as trouble:
        record(review, partner, owner, is_read_back=False)
    assert trouble.value.field == "is_read_back"
    assert not Insight.objects.exists()
    assert record(review, partner, owner, capture="letter", is_read_back=False)


def test_record_comment_is_for_partners_who_were_asked(document, partner, other_partner, owner):
    review = make_review(document, partner)
    elsewhere = make_review(make_document(owner), other_partner)
    with pytest.raises(NotPossible) as trouble:
        record(review, partner, owner, reviewer=desk_of(elsewhere, other_partner))
    assert trouble.value.field == "reviewer"
    with pytest.raises(Refused):
        record(review, partner, other_partner)


def test_record_comment_leaves_the_partners_own_drafts_alone(document, partner, owner):
    review = make_review(document, partner)
    own = make_comment(review, partner)
    record(review, partner, owner)
    commands.record_answer(viewer_of(owner), desk_of(review, partner), answer="finished")
    own.insight.refresh_from_db()
    assert own.insight.status == Insight.Status.DRAFT
    assert desk_of(review, partner).status == Reviewer.Status.FINISHED


def test_record_answer_no_by_phone(document, partner, owner, lead):
    review = make_review(document, partner)
    commands.record_answer(viewer_of(lead), desk_of(review, partner), answer="declined")
    assert desk_of(review, partner).status == Reviewer.Status.DECLINED
    assert told("declined") == ["Olu Owner"]
