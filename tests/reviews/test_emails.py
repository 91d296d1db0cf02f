"""Each message: a subject that says it, plain warm words, a link that works, and nothing a partner said."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from safety_partners.core.models import Message
from safety_partners.reviews import commands
from safety_partners.reviews.models import Comment
from tests.factories.people import make_member, viewer_of
from tests.factories.reviews import desk_of, dispose, finish, in_days, make_comment, make_review, make_version

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).parents[2] / "safety_partners/reviews/jinja2/reviews/emails"
SECRET = "My mother waited for weeks"


@pytest.fixture
def everything(document, partner, other_partner, owner, lead, organisation, settings):
    """Every message there is, made the way it is made in life. The title has signs that HTML would escape."""
    settings.SITE_ADDRESS = "https://partners.example"
    document.title = "Care & respect: “ours”"
    document.save()
    third = make_member(organisation, "partner", name="Kim Third", told_by="letter", postal_address="1 Harbour Street")
    review = make_review(document, partner, other_partner, third, questions=["Is it clear?", "What's missing?"], note="Take your time.")
    commands.decline_review(viewer_of(third), desk_of(review, third))
    commands.remind(viewer_of(owner), review)
    commands.change_closing_day(viewer_of(owner), review, closes_on=in_days(14))
    make_comment(review, partner, words=SECRET)
    make_comment(review, partner, position=3, words=SECRET)
    finish(review, partner)
    commands.close_review(viewer_of(lead), review)
    finish(review, other_partner)
    for comment in Comment.objects.waiting():
        dispose(comment)
    commands.issue_version(viewer_of(owner), make_version(document))
    commands.correct_document(viewer_of(owner), document, title=document.title, owner=lead, affects_patients=True)
    return Message.objects.filter(template__startswith="reviews/")


def test_every_message_is_sent_by_something(everything):
    files = {f"reviews/{file.stem}" for file in FOLDER.glob("*.txt") if not file.stem.startswith("_")}
    assert set(everything.values_list("template", flat=True)) == files


def test_every_message_has_a_subject_a_greeting_and_a_link_that_works(everything):
    for message in everything:
        assert 10 < len(message.subject) < 120, message.template
        assert message.subject == " ".join(message.subject.split())
        assert message.text.startswith(f"Dear {message.to_name},\n\n"), message.text
        assert message.text.rstrip().endswith("Harbour Health"), message.template
        links = [line for line in message.text.splitlines() if line.startswith("https://partners.example/")]
        assert links, message.template
        for link in links:
            try:
                resolve(link.removeprefix("https://partners.example"))
            except Resolver404:
                pytest.fail(f"{message.template}: {link}")


def test_no_message_holds_what_a_partner_said_nor_html(everything):
    for message in everything:
        assert SECRET not in message.text
        for sign in ("&amp;", "&#39;", "<", "{{", "\n\n\n\n"):
            assert sign not in message.text + message.subject, (message.template, sign, message.text)


def test_partners_are_told_how_to_answer_without_a_computer(everything):
    for message in everything.filter(template__in=["reviews/asked", "reviews/reminder", "reviews/issued"]):
        assert "01632 960 001" in message.text
    letter = everything.get(template="reviews/asked", to_name="Kim Third")
    assert (letter.channel, letter.to_address) == ("letter", "1 Harbour Street")


def test_being_asked_says_all_that_matters(everything):
    text = everything.filter(template="reviews/asked").first().text
    for words in (
        "version 1",
        "1 minute",
        "The wording, and the days.",
        "1. Is it clear?\n2. What's missing?",
        "Take your time.",
        "nobody will ask you why",
    ):
        assert words in text, (words, text)


def test_messages_are_told_to_the_right_people(everything, owner, partner):
    assert set(everything.filter(template="reviews/issued").values_list("to_name", flat=True)) == {"Pat Partner"}
    assert set(everything.filter(template="reviews/closed_early").values_list("to_name", flat=True)) == {"Sam Second"}
    assert everything.get(template="reviews/owner").to_name == "Lea Lead"
