"""The owner's way: add, look through, ask, answer one after another, put in force."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from safety_partners.core.models import Message, StoredFile
from safety_partners.core.working_days import today
from safety_partners.insights import commands as insights
from safety_partners.people.models import Role
from safety_partners.reviews import commands, queries
from safety_partners.reviews.models import Comment, Document, Review, Reviewer, Version
from tests.factories.people import make_member, make_service, viewer_of
from tests.factories.reviews import (
    close,
    desk_of,
    dispose,
    finish,
    in_days,
    make_comment,
    make_document,
    make_review,
    make_sent_comment,
    make_version,
    newest,
)
from tests.reviews.pages import browser_of, day, text_of, word_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(owner):
    return browser_of(owner)


def add_fields(owner, **more):
    return {"label": "2", "is_in_force": "yes", "owner": owner.pk, "affects_patients": "yes", **more}


def test_add_reads_the_file_and_shows_what_was_read(browser, owner):
    file = word_file("# Introduction", "We ring the family.", "We say sorry.", "# What we do", "We write to the GP.")
    answer = browser.post(reverse("reviews:document-new"), {**add_fields(owner, title="Families"), "file": file}, follow=True)
    version = Version.objects.get()
    assert answer.redirect_chain == [(reverse("reviews:version-check", args=[version.code]), 302)]
    assert "2 headings" in text_of(answer)
    assert "We ring the family." in text_of(answer)
    assert version.document.title == "Families"


def test_add_says_beside_the_file_what_is_wrong_and_keeps_what_was_typed(browser, owner):
    file = SimpleUploadedFile("policy.pdf", b"this is no pdf at all")
    answer = browser.post(reverse("reviews:document-new"), {**add_fields(owner, title="Families"), "file": file})
    assert answer.status_code == 422
    assert "This file" in text_of(answer)
    assert 'value="Families"' in text_of(answer)
    assert (Document.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_add_asks_for_the_file_again_when_something_else_is_missing(browser, owner):
    answer = browser.post(reverse("reviews:document-new"), {"title": "Families", "file": word_file("Words.")})
    assert answer.status_code == 422
    assert "choose the file again" in text_of(answer)
    assert Document.objects.count() == 0


def test_add_twice_with_the_same_form_makes_one(browser, owner):
    import uuid

    fields = add_fields(owner, submission_key=str(uuid.uuid4()))
    for _time in range(2):
        browser.post(reverse("reviews:document-new"), {**fields, "file": word_file("Words.")})
    assert Document.objects.count() == 1


def test_a_newer_version_is_read_compared_and_can_be_taken_out(browser, owner):
    document = make_document(owner)
    file = word_file("# Introduction", "This policy says what we do when something goes wrong.", "New words.")
    answer = browser.post(reverse("reviews:version-new", args=[document.code]), {"label": "2", "file": file}, follow=True)
    version = newest(document)
    assert "See what is different from version 1" in text_of(answer)
    assert version.matches.exists()
    browser.post(reverse("reviews:version-take-out", args=[version.code]))
    assert document.versions.count() == 1


def test_a_label_that_is_taken_is_said_beside_the_question(browser, document):
    answer = browser.post(reverse("reviews:version-new", args=[document.code]), {"label": "1", "file": word_file("Words.")})
    assert "There is a version 1 of this document already." in text_of(answer)
    assert document.versions.count() == 1


def test_correct_hands_the_document_on(browser, document, organisation):
    new_owner, service = make_member(organisation, Role.STAFF, name="Nia New"), make_service(organisation)
    fields = {
        "title": "Families",
        "owner": new_owner.pk,
        "service": service.pk,
        "affects_patients": "no",
        "seen": queries.state_of_document(document),
        **day("next_review_on", in_days(30)),
    }
    answer = browser.post(reverse("reviews:document-correct", args=[document.code]), fields, follow=True)
    assert "Nia New" in text_of(answer)
    document.refresh_from_db()
    assert (document.owner, document.service, document.next_review_on) == (new_owner, service, in_days(30))


def test_correcting_at_once_loses_nothing(browser, document, owner):
    path = reverse("reviews:document-correct", args=[document.code])
    seen = text_of(browser.get(path)).split('name="seen" value="')[1].split('"')[0]
    fields = {"owner": owner.pk, "affects_patients": "yes", "seen": seen}
    assert browser.post(path, {**fields, "title": "The first"}).status_code == 302
    answer = browser.post(path, {**fields, "title": "The second"})
    assert answer.status_code == 422
    assert "The first" in text_of(answer)
    assert "The second" in text_of(answer)
    seen = text_of(answer).split('name="seen" value="')[1].split('"')[0]
    assert browser.post(path, {**fields, "title": "The second", "seen": seen}).status_code == 302


def ask_fields(*partners, **more):
    given = {
        "partners": [one.pk for one in partners],
        "what_can_change": "The wording.",
        "stage": "draft",
        "questions": "Is it clear?\n\nWhat is missing?",
    }
    return {**given, **day("closes_on", in_days(10)), **more}


def test_ask_shows_who_will_be_told_before_anything_is_sent(browser, document, partner, other_partner):
    path = reverse("reviews:review-new", args=[newest(document).code])
    answer = browser.post(path, ask_fields(partner, other_partner))
    assert "Pat Partner and Sam Second" in text_of(answer)
    assert "10 working days from now" in text_of(answer)
    assert "Only one partner" not in text_of(answer)
    assert not Review.objects.exists()
    assert not Message.objects.exists()
    answer = browser.post(path, ask_fields(partner, other_partner, send="1"), follow=True)
    assert "We are telling 2 partners." in text_of(answer)
    assert [one.text for one in Review.objects.get().questions.all()] == ["Is it clear?", "What is missing?"]


def test_ask_warns_when_somebody_would_be_alone_or_rushed(browser, document, partner):
    path = reverse("reviews:review-new", args=[newest(document).code])
    answer = browser.post(path, ask_fields(partner, **day("closes_on", in_days(2))))
    assert "so that no one is alone with it" in text_of(answer)
    assert "This is very short" in text_of(answer)


def test_ask_can_go_back_to_change_something(browser, document, partner):
    path = reverse("reviews:review-new", args=[newest(document).code])
    answer = browser.post(path, ask_fields(partner, change="1"))
    assert "The wording." in text_of(answer)
    assert 'name="what_can_change"' in text_of(answer)


def test_ask_needs_to_know_what_can_still_change(browser, document, partner):
    path = reverse("reviews:review-new", args=[newest(document).code])
    answer = browser.post(path, ask_fields(partner, what_can_change=" ", send="1"))
    assert answer.status_code == 422
    assert "Enter what can still change" in text_of(answer)
    answer = browser.post(path, ask_fields(partner, **day("closes_on", today())))
    assert answer.status_code == 422


def test_ask_twice_makes_one_review(browser, document, partner):
    import uuid

    path, key = reverse("reviews:review-new", args=[newest(document).code]), str(uuid.uuid4())
    for _time in range(2):
        assert browser.post(path, ask_fields(partner, send="1", submission_key=key)).status_code == 302
    assert Message.objects.filter(template="reviews/asked").count() == 1


def test_closing_day_and_reminder_say_who_is_told(browser, document, partner, other_partner):
    review = make_review(document, partner, other_partner)
    finish(review, partner)
    for name in ("closing-day", "remind"):
        shown = text_of(browser.get(reverse(f"reviews:{name}", args=[review.code])))
        assert "Sam Second" in shown
        assert "Pat Partner" not in shown
    answer = browser.post(
        reverse("reviews:closing-day", args=[review.code]), {**day("closes_on", in_days(20)), "turn": review.turn}, follow=True
    )
    assert "We are telling 1 partner who has not finished." in text_of(answer)
    answer = browser.post(reverse("reviews:remind", args=[review.code]), follow=True)
    assert "We are reminding 1 partner." in text_of(answer)
    answer = browser.post(reverse("reviews:remind", args=[review.code]))
    assert "Nobody is reminded twice on one day" in text_of(answer)


def test_ask_another_and_close(browser, document, partner, other_partner):
    review = make_review(document, partner)
    answer = browser.post(reverse("reviews:ask-another", args=[review.code]), {"partner": other_partner.pk}, follow=True)
    assert "We are telling Sam Second, and nobody else." in text_of(answer)
    shown = text_of(browser.get(reverse("reviews:close", args=[review.code])))
    assert "2 partners have not finished" in shown
    browser.post(reverse("reviews:close", args=[review.code]))
    review.refresh_from_db()
    assert review.status == Review.Status.CLOSED


def test_answering_goes_from_one_comment_to_the_next(browser, document, partner):
    review = make_review(document, partner)
    make_comment(review, partner, position=9, words="Last one.")
    make_comment(review, partner, position=2, words="First one.")
    finish(review, partner)
    answer = browser.get(reverse("reviews:next-comment", args=[review.code]), follow=True)
    assert "First one." in text_of(answer)
    assert "2 comments wait for your answer" in text_of(answer)
    answer = browser.post(answer.redirect_chain[-1][0], dispose_fields(Comment.objects.get(paragraph__position=2)), follow=True)
    assert "1 comment is left." in text_of(answer)
    assert "Last one." in text_of(answer)
    fields = dispose_fields(Comment.objects.get(paragraph__position=9), disposition="not this time", not_reason="law")
    answer = browser.post(answer.redirect_chain[-1][0], fields, follow=True)
    assert "Every comment has its answer." in text_of(answer)
    assert list(Comment.objects.in_order().values_list("disposition", "response__reason")) == [("accepted", ""), ("not this time", "law")]


def dispose_fields(comment, **more):
    return {"disposition": "accepted", "text": "We will change it.", "turn": comment.insight.turn, **more}


def test_answering_needs_a_reason_for_a_no(browser, document, partner):
    comment = make_sent_comment(make_review(document, partner), partner)
    answer = browser.post(reverse("reviews:dispose", args=[comment.code]), dispose_fields(comment, disposition="not this time"))
    assert answer.status_code == 422
    assert "We will change it." in text_of(answer)
    comment.refresh_from_db()
    assert comment.disposition == ""


def test_two_people_answering_at_once_lose_nothing(browser, document, partner):
    comment = make_sent_comment(make_review(document, partner), partner)
    fields = dispose_fields(comment, text="My longer answer.")
    dispose(comment, text="The quicker answer.")
    answer = browser.post(reverse("reviews:dispose", args=[comment.code]), fields)
    assert answer.status_code == 422
    assert "The quicker answer." in text_of(answer)
    assert "My longer answer." in text_of(answer)
    assert Message.objects.filter(template="insights/answered").count() == 1


def test_a_comment_that_was_sent_back_can_be_answered_again(browser, document, partner):
    comment = dispose(make_sent_comment(make_review(document, partner), partner), "not this time")
    insights.give_verdict(viewer_of(partner), comment.insight, answer="no", words="No answer at all.")
    shown = text_of(browser.get(comment.get_absolute_url()))
    assert "Answer again" in shown
    assert "No answer at all." in shown
    comment = Comment.objects.get(pk=comment.pk)
    browser.post(reverse("reviews:dispose", args=[comment.code]), dispose_fields(comment))
    comment.refresh_from_db()
    assert comment.disposition == "accepted"


def test_issue_says_what_stands_in_the_way_and_who_will_be_told(browser, document, partner, owner):
    review = make_review(document, partner)
    comment = make_sent_comment(review, partner, position=3)
    version = make_version(document)
    path = reverse("reviews:version-issue", args=[version.code])
    assert "A review is still open" in text_of(browser.get(path))
    close(review)
    assert "1 comment has no answer yet" in text_of(browser.get(path))
    answer = browser.post(path, {})
    assert answer.status_code == 422
    dispose(comment)
    shown = text_of(browser.get(path))
    assert "Pat Partner" in shown
    assert "Accepted, but the words are the same" in shown
    answer = browser.post(path, day("approved_on", today()), follow=True)
    assert "The new version is in force." in text_of(answer)
    version.refresh_from_db()
    assert (version.status, version.approved_on) == (Version.Status.ISSUED, today())


def test_a_comment_from_a_phone_call_is_written_down(browser, document, partner):
    review = make_review(document, partner, questions=["Is it clear?"])
    path = reverse("reviews:comment-record", args=[review.code])
    fields = {"reviewer": desk_of(review, partner).pk, "capture": "phone", "place": "part", "part": "6", "words": "Too long."}
    answer = browser.post(path, fields)
    assert answer.status_code == 422
    assert "Read the words back" in text_of(answer)
    answer = browser.post(path, {**fields, "part": "99", "is_read_back": "on"})
    assert "must be 10 or less" in text_of(answer)
    browser.post(path, {**fields, "is_read_back": "on"})
    comment = Comment.objects.get()
    assert (comment.paragraph.position, comment.insight.capture) == (6, "phone")
    browser.post(reverse("reviews:answer-record", args=[desk_of(review, partner).code]), {"answer": "finished"})
    assert desk_of(review, partner).status == Reviewer.Status.FINISHED


def test_the_differences_can_be_narrowed(browser, document):
    version = make_version(document)
    path = reverse("reviews:version-changes", args=[version.code])
    shown = text_of(browser.get(path))
    assert "Changed (1)" in shown
    assert "<ins" in shown
    assert "[put in:" in shown
    shown = text_of(browser.get(path, {"show": "gone"}))
    assert "It is for everyone who works here." in shown
    assert '<ins class="app-doc-new"><span' not in shown
    assert browser.get(path, {"from": "VRS-22222222"}).status_code == 404
    assert browser.get(path, {"page": "x", "show": "y"}).status_code == 200


def test_the_file_is_given_back_as_it_was_sent(browser, document):
    answer = browser.get(reverse("reviews:version-file", args=[newest(document).code]))
    assert b"".join(answer) == b"%PDF-1.7 a file"
    assert answer["Content-Disposition"] == 'attachment; filename="policy.pdf"'


def test_the_list_can_be_searched_and_narrowed(browser, document, organisation):
    make_document(make_member(organisation), title="Parking", reference="P 7")
    path = reverse("reviews:documents")
    assert "Parking" in text_of(browser.get(path))
    assert "Parking" not in text_of(browser.get(path, {"mine": "on"}))
    shown = text_of(browser.get(path, {"q": "sorry family"}))
    assert "Speaking with families" in shown
    assert browser.get(path, {"sort": "-review", "due": "on", "in_review": "on"}).status_code == 200


def test_what_to_do_next_follows_the_document(browser, document, partner, owner):
    def shown():
        return text_of(browser.get(document.get_absolute_url()))

    assert "Ask partners to review it" in shown()
    review = make_review(document, partner)
    assert "Partners are reading version 1 now." in shown()
    comment = make_sent_comment(review, partner)
    assert "1 comment waits for your answer." in shown()
    dispose(comment)
    close(review)
    version = make_version(document)
    assert "Put it in force" in shown()
    commands.issue_version(viewer_of(owner), version)
    assert "Add a newer version" in shown()
