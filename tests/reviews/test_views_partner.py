"""The partner's way: read, comment beside a part, stop and come back, finish, say no, and see what became of it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from safety_partners.insights.models import Insight
from safety_partners.people.models import UrgentContact
from safety_partners.reviews import commands
from safety_partners.reviews.models import Comment, Reviewer
from tests.factories.people import viewer_of
from tests.factories.reviews import close, desk_of, dispose, finish, make_comment, make_review, make_sent_comment, make_version
from tests.reviews.pages import browser_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(partner):
    return browser_of(partner)


@pytest.fixture
def review(document, partner, other_partner):
    return make_review(document, partner, other_partner, questions=["Is it clear?"])


@pytest.fixture
def desk(review, partner):
    return desk_of(review, partner)


def test_the_start_page_says_it_in_plain_words(browser, desk):
    shown = text_of(browser.get(desk.get_absolute_url()))
    for words in (
        "What can still change",
        "The wording, and the days.",
        "10 working days left",
        "About 1 minute",
        "Sam Second",
        "Is it clear?",
    ):
        assert words in shown, words
    assert "Ask Olu Owner" in shown
    assert "01632 960 001" in shown


def test_every_part_can_be_commented_on_from_a_plain_link(browser, desk, document):
    shown = text_of(browser.get(reverse("reviews:read", args=[desk.code])))
    for position in range(2, 11):
        assert reverse("reviews:comment-part", args=[desk.code, position]) in shown, position
    assert '<h2 class="nhsuk-heading-l app-doc-heading">1 Introduction</h2>' in shown
    assert '<th class="nhsuk-table__header" scope="col"><p>Who</p></th>' in shown
    assert shown.count('<li class="app-doc-part') == 2
    assert "The contents page of the document" in shown


def test_a_comment_is_kept_and_leads_back_to_its_part(browser, desk):
    path = reverse("reviews:comment-part", args=[desk.code, 6])
    assert "We ring the family within ten days." in text_of(browser.get(path))
    answer = browser.post(f"{path}?section=2", {"words": " Too long.\r\nFar too long. "})
    assert answer.url == f"{reverse('reviews:read', args=[desk.code])}?section=2#p6"
    comment = Comment.objects.get()
    assert comment.insight.words == " Too long.\nFar too long. "
    shown = text_of(browser.get(reverse("reviews:read", args=[desk.code])))
    assert "Far too long." in shown
    assert reverse("reviews:comment-edit", args=[comment.code]) in shown


def test_nothing_written_is_said_kindly_and_a_double_click_makes_one(browser, desk):
    import uuid

    path = reverse("reviews:comment-whole", args=[desk.code])
    answer = browser.post(path, {"words": "  "})
    assert answer.status_code == 422
    assert "Write something first" in text_of(answer)
    key = str(uuid.uuid4())
    for _time in range(2):
        browser.post(path, {"words": "Good.", "submission_key": key})
    assert Comment.objects.count() == 1


def test_questions_and_the_whole_have_their_own_links(browser, desk):
    browser.post(reverse("reviews:comment-question", args=[desk.code, 1]), {"words": "Not to me."})
    browser.post(reverse("reviews:comment-whole", args=[desk.code]), {"words": "On the whole good."})
    shown = text_of(browser.get(desk.get_absolute_url()))
    assert "Not to me." in shown
    assert "On the whole good." in shown
    assert browser.get(reverse("reviews:comment-question", args=[desk.code, 9])).status_code == 404
    assert browser.get(reverse("reviews:comment-part", args=[desk.code, 99])).status_code == 404


def test_change_and_delete_lead_back_to_where_one_was(browser, desk, review, partner):
    comment = make_comment(review, partner)
    finish_page = reverse("reviews:finish", args=[desk.code])
    path = reverse("reviews:comment-edit", args=[comment.code])
    answer = browser.post(path, {"words": "Five days.", "turn": comment.insight.turn, "next": finish_page})
    assert answer.url == finish_page
    comment.insight.refresh_from_db()
    assert comment.insight.words == "Five days."
    answer = browser.post(reverse("reviews:comment-delete", args=[comment.code]), {"next": "https://evil.example/"})
    assert answer.url == f"{reverse('reviews:read', args=[desk.code])}#p6"
    assert not Insight.objects.exists()


def test_two_windows_lose_nothing(browser, review, partner):
    comment = make_comment(review, partner)
    turn = comment.insight.turn
    commands.edit_comment(viewer_of(partner), comment, words="From the other window.")
    answer = browser.post(reverse("reviews:comment-edit", args=[comment.code]), {"words": "From this one.", "turn": turn})
    assert answer.status_code == 422
    assert "From the other window." in text_of(answer)
    assert "From this one." in text_of(answer)


def test_finish_shows_everything_once_more_and_where_to_go_if_it_cannot_wait(browser, desk, review, partner, organisation):
    UrgentContact.objects.create(organisation=organisation, channel="risk now", name="The duty nurse", phone="01632 960 999")
    make_comment(review, partner, words="Ten days is far too long.")
    path = reverse("reviews:finish", args=[desk.code])
    shown = text_of(browser.get(path))
    assert "Ten days is far too long." in shown
    assert "This is not watched all the time" in shown
    assert "The duty nurse" in shown
    answer = browser.post(path, {"seen": seen_of(browser, path)}, follow=True)
    assert "Your comment is sealed and sent." in text_of(answer)
    assert desk_of(review, partner).status == Reviewer.Status.FINISHED
    assert browser.get(path).status_code == 302


def seen_of(browser, path):
    return text_of(browser.get(path)).split('name="seen" value="')[1].split('"')[0]


def test_finish_sends_only_what_was_seen(browser, desk, review, partner):
    make_comment(review, partner)
    path = reverse("reviews:finish", args=[desk.code])
    seen = seen_of(browser, path)
    make_comment(review, partner, position=3, words="Written in another window.")
    answer = browser.post(path, {"seen": seen})
    assert answer.status_code == 422
    assert "Written in another window." in text_of(answer)
    assert not Comment.objects.shared().exists()
    again = text_of(answer).split('name="seen" value="')[1].split('"')[0]
    browser.post(path, {"seen": again})
    assert Comment.objects.shared().count() == 2


def test_finish_without_a_comment_is_fine(browser, desk):
    path = reverse("reviews:finish", args=[desk.code])
    answer = browser.post(path, {"seen": seen_of(browser, path)}, follow=True)
    assert "Thank you for reading it." in text_of(answer)


def test_after_finishing_one_can_add_more(browser, desk, review, partner):
    finish(review, partner)
    answer = browser.get(reverse("reviews:comment-part", args=[desk.code, 6]))
    assert answer.status_code == 409
    browser.post(reverse("reviews:reopen", args=[desk.code]))
    assert browser.get(reverse("reviews:comment-part", args=[desk.code, 6])).status_code == 200


def test_no_never_needs_a_reason_and_may_be_taken_back(browser, desk, review, partner):
    path = reverse("reviews:decline", args=[desk.code])
    assert "<textarea" not in text_of(browser.get(path))
    answer = browser.post(path, follow=True)
    assert "That is fine." in text_of(answer)
    assert desk_of(review, partner).status == Reviewer.Status.DECLINED
    browser.post(reverse("reviews:reopen", args=[desk.code]))
    assert desk_of(review, partner).status == Reviewer.Status.ASKED


def test_nobody_reads_the_draft_of_another(review, partner, other_partner, owner, lead):
    draft = make_comment(review, partner, words="A secret for now.")
    for person in (other_partner, owner, lead):
        browser = browser_of(person)
        for path in (
            draft.get_absolute_url(),
            reverse("reviews:comment-edit", args=[draft.code]),
            reverse("reviews:dispose", args=[draft.code]),
        ):
            assert browser.get(path).status_code in {403, 404}, (person, path)
        assert "A secret for now." not in text_of(browser.get(review.get_absolute_url()))


def test_the_outcome_shows_words_before_and_after_and_asks_for_the_verdict(browser, desk, review, partner, owner, other_partner):
    changed = make_comment(review, partner, words="Too long.")
    gone = make_comment(review, partner, position=4, words="Who is everyone?")
    same = make_comment(review, partner, position=3, words="Good.")
    finish(review, partner)
    finish(review, other_partner)
    for comment in (changed, gone, same):
        dispose(Comment.objects.get(pk=comment.pk))
    close(review)
    path = reverse("reviews:outcome", args=[desk.code])
    assert "When the next version is in force" in text_of(browser.get(path))
    commands.issue_version(viewer_of(owner), make_version(review.document))
    shown = text_of(browser.get(path))
    assert "3 accepted" in shown
    assert "This paragraph is no longer in the new version." in shown
    assert "Yet the comment was accepted." in shown
    assert '<del class="app-doc-gone"><span class="nhsuk-u-visually-hidden">[taken out: </span>ten' in shown
    assert reverse("insights:verdict", args=[changed.insight.code]) in shown
    for comment in (changed, gone, same):
        page = text_of(browser.get(comment.get_absolute_url()))
        assert "What became of these words in version 2" in page


def test_a_draft_that_came_too_late_is_kept_and_says_so(browser, desk, review, partner, other_partner, owner):
    make_comment(review, partner, words="Nearly done.")
    finish(review, other_partner)
    close(review)
    commands.issue_version(viewer_of(owner), make_version(review.document))
    shown = text_of(browser.get(desk.get_absolute_url()))
    assert "A newer version is in force now" in shown
    assert "What you wrote is still here" in shown
    answer = browser.post(reverse("reviews:finish", args=[desk.code]), {"seen": "1"})
    assert answer.status_code == 422
    assert Insight.objects.get(words="Nearly done.").status == Insight.Status.DRAFT


def test_a_withdrawn_comment_leaves_an_honest_stub(browser, review, partner):
    from safety_partners.insights import commands as insights

    comment = make_sent_comment(review, partner, words="Forget this.")
    insights.withdraw(viewer_of(partner), comment.insight)
    shown = text_of(browser.get(comment.get_absolute_url()))
    assert "Forget this." not in shown
    assert "These words were withdrawn" in shown


def test_markup_in_words_stays_words(browser, desk, review, partner):
    make_comment(review, partner, words="<script>alert(1)</script> & <b>bold</b>")
    shown = text_of(browser.get(reverse("reviews:read", args=[desk.code])))
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;bold" in shown
