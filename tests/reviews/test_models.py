"""What the database holds against anybody: paragraphs that never change, pairs that belong together, who sees what."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from safety_partners.people.models import Role
from safety_partners.reviews.models import Comment, Document, Match, Paragraph, Review, Reviewer, Version
from safety_partners.reviews.models.document import opening_of
from tests.factories.people import make_member, make_organisation, viewer_of
from tests.factories.reviews import desk_of, make_comment, make_document, make_review, make_sent_comment, make_version, newest

pytestmark = pytest.mark.django_db


def test_a_paragraph_cannot_be_changed_by_anything(document):
    paragraph = newest(document).paragraphs.get(position=3)
    paragraph.text = "Other words"
    with pytest.raises(DatabaseError), transaction.atomic():
        paragraph.save()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE reviews_paragraph SET text = 'Other words' WHERE id = %s", [paragraph.pk])
    paragraph.refresh_from_db()
    assert paragraph.text.startswith("This policy says")


def test_a_paragraph_cannot_be_replaced_on_sqlite_either(document):
    if connection.vendor != "sqlite":
        pytest.skip("INSERT OR REPLACE is SQLite's")
    paragraph = newest(document).paragraphs.get(position=3)
    columns = "id, version_id, position, kind, level, number, text, rows, head_rows"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT OR REPLACE INTO reviews_paragraph ({columns}) VALUES (%s, %s, 3, 'paragraph', 0, '', 'Other', '[]', 0)",
            [paragraph.pk, paragraph.version_id],
        )
    assert Paragraph.objects.get(pk=paragraph.pk).text.startswith("This policy says")


def test_a_position_is_taken_once(document):
    version = newest(document)
    with pytest.raises(IntegrityError), transaction.atomic():
        Paragraph.objects.create(version=version, position=1, kind="paragraph", text="Again")


def test_a_disposition_and_its_response_are_both_there_or_neither(document, partner):
    comment = make_comment(make_review(document, partner), partner)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(disposition="accepted")


def test_a_comment_is_about_one_thing(document, partner):
    review = make_review(document, partner, questions=["Is it clear?"])
    comment = make_comment(review, partner)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(question=review.questions.get())


def test_only_one_version_is_in_force(document):
    version = make_version(document)
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(status="issued", issued_at=version.made_at)


def test_a_match_goes_somewhere_or_is_gone(document):
    match = make_version(document).matches.exclude(relation="deleted").first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Match.objects.filter(pk=match.pk).update(new=None)


def test_finished_has_its_time(document, partner):
    review = make_review(document, partner)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reviewer.objects.filter(review=review).update(status="finished")


@pytest.mark.parametrize("role", [Role.LEAD, Role.STAFF, Role.SECRETARY, Role.FINANCE, Role.BOARD, Role.GOVERNANCE, Role.ADMINISTRATOR])
def test_readers_see_documents_and_reviews_but_no_words(document, partner, organisation, role):
    review = make_review(document, partner)
    comment = make_comment(review, partner)
    someone = viewer_of(make_member(organisation, role))
    assert document in Document.objects.visible_to(someone)
    assert newest(document) in Version.objects.visible_to(someone)
    assert review in Review.objects.visible_to(someone)
    assert desk_of(review, partner) in Reviewer.objects.visible_to(someone)
    assert Paragraph.objects.visible_to(someone).exists()
    assert comment not in Comment.objects.visible_to(someone)


def test_the_lead_and_the_owner_see_what_was_sent_and_others_do_not(document, partner, other_partner, owner, lead, organisation):
    comment = make_sent_comment(make_review(document, partner, other_partner), partner)
    for person, sees in [(owner, True), (lead, True), (partner, True), (other_partner, False), (make_member(organisation), False)]:
        assert (comment in Comment.objects.visible_to(viewer_of(person))) is sees, person


def test_partners_see_what_they_were_asked_about_and_nothing_else(document, owner, partner, other_partner):
    other = make_document(owner, title="Parking")
    review = make_review(document, partner)
    me, someone_else = viewer_of(partner), viewer_of(other_partner)
    assert list(Document.objects.visible_to(me)) == [document]
    assert list(Document.objects.visible_to(someone_else)) == []
    assert list(Review.objects.visible_to(me)) == [review]
    assert list(Review.objects.visible_to(someone_else)) == []
    assert list(Reviewer.objects.visible_to(someone_else)) == []
    assert not Paragraph.objects.visible_to(me).filter(version__document=other).exists()
    assert not Paragraph.objects.visible_to(someone_else).exists()


def test_partners_see_a_draft_only_when_asked_about_it(document, partner):
    make_review(document, partner)
    draft = make_version(document)
    assert draft not in Version.objects.visible_to(viewer_of(partner))
    make_review(document, partner, version=draft)
    assert draft in Version.objects.visible_to(viewer_of(partner))


def test_group_chairs_and_other_organisations_see_nothing(document, partner, organisation):
    comment = make_sent_comment(make_review(document, partner), partner)
    chair = viewer_of(make_member(organisation, Role.GROUP_CHAIR))
    stranger = viewer_of(make_member(make_organisation(), Role.LEAD))
    for viewer in (chair, stranger):
        for model in (Document, Version, Paragraph, Match, Review, Reviewer, Comment):
            assert not model.objects.visible_to(viewer).exists(), (viewer, model)
    assert comment.insight.words


def test_comments_stand_in_the_order_of_the_document(document, partner):
    review = make_review(document, partner, questions=["Is it clear?"])
    late = make_comment(review, partner, position=9)
    early = make_comment(review, partner, position=2)
    whole = make_comment(review, partner, position=None)
    answer = make_comment(review, partner, position=None, question=review.questions.get())
    assert list(Comment.objects.in_order()) == [answer, whole, early, late]


def test_reading_time_is_calm_and_in_words():
    assert Version(word_count=150).reading_time == "1 minute"
    assert Version(word_count=1_200).reading_time == "6 minutes"
    assert Version(word_count=9_300).reading_time == "45 minutes"
    assert Version(word_count=12_000).reading_time == "1 hour"
    assert Version(word_count=30_000).reading_time == "2 hours 30 minutes"


def test_an_opening_is_short_and_on_one_line():
    assert opening_of("A few\nwords") == "A few words"
    assert opening_of("word " * 40) == " ".join(["word"] * 16) + "…"
