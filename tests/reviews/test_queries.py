"""What pages are told: sections, pieces, words before and after, differences, and what waits for whom."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safety_partners.insights import commands as insights
from safety_partners.people.models import Role
from safety_partners.reading import Block, Kind
from safety_partners.reading.blocks import table_text
from safety_partners.reviews import commands, queries
from safety_partners.reviews.commands import Became
from safety_partners.reviews.models import Comment, Document, Match
from safety_partners.reviews.queries.sections import LONG
from tests.factories.people import make_member, viewer_of
from tests.factories.reviews import (
    BLOCKS,
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

pytestmark = pytest.mark.django_db


# Reading


def test_a_reading_page_puts_lists_and_contents_together(document):
    page = queries.reading_page(newest(document))
    assert [(piece.kind, len(piece.parts)) for piece in page.pieces] == [
        ("contents", 1),
        ("heading", 1),
        ("paragraph", 1),
        ("paragraph", 1),
        ("heading", 1),
        ("paragraph", 1),
        ("list_item", 2),
        ("table", 1),
        ("note", 1),
    ]
    assert [heading.text for heading in page.contents] == ["1 Introduction", "2 What we do"]


def test_levels_of_headings_never_jump(owner):
    blocks = [Block(Kind.HEADING, f"Level {level}", level=level) for level in (3, 1, 4, 2, 2, 6)]
    page = queries.reading_page(newest(make_document(owner, blocks=blocks)))
    assert [piece.parts[0].level for piece in page.pieces] == [2, 2, 3, 3, 3, 4]


def test_a_long_version_is_shown_by_section_in_two_queries(owner):
    blocks = [
        Block(Kind.HEADING if place % 50 == 0 else Kind.PARAGRAPH, f"Words {place}", level=int(place % 50 == 0))
        for place in range(LONG + 200)
    ]
    version = newest(make_document(owner, blocks=blocks))
    with CaptureQueriesContext(
        connection,
    ) as made:
        page = queries.reading_page(version)
    assert len(made) == 2
    assert page.is_long
    assert (page.section.number, page.section.first, page.section.last) == (1, 1, 50)
    assert page.previous is None
    assert page.next.number == 2
    assert queries.reading_page(version, part=420).section.first <= 420 <= queries.reading_page(version, part=420).section.last
    assert queries.reading_page(version, section=9999).section.number == len(page.sections)


def test_comments_stand_under_their_part(document, partner):
    review = make_review(document, partner)
    comment = make_comment(review, partner, position=7)
    desk = queries.desk(desk_of(review, partner))
    page = queries.reading_page(newest(document), comments=desk.comments)
    found = {part.paragraph.position: list(part.comments) for piece in page.pieces for part in piece.parts if part.comments}
    assert found == {7: [comment]}


# Words before and after


def became_of(comment, version):
    return queries.became(version, [comment.paragraph])[comment.paragraph.pk]


def test_words_before_and_after_show_what_was_put_in_and_taken_out(document, partner):
    comment = make_sent_comment(make_review(document, partner), partner)
    found = became_of(comment, make_version(document))
    assert found.relation == Match.Relation.CHANGED
    assert found.has_other_words
    assert [(change.op.value, change.text.strip()) for change in found.changes] == [
        ("equal", "We ring the family within"),
        ("delete", "ten"),
        ("insert", "two working"),
        ("equal", "days."),
    ]


def test_a_paragraph_that_is_gone_says_so(document, partner):
    comment = make_sent_comment(make_review(document, partner), partner, position=4)
    found = became_of(comment, make_version(document))
    assert (found.after, str(found.sentence)) == ([], "This paragraph is no longer in the new version.")


def test_a_split_paragraph_has_several_after(document, partner):
    comment = make_sent_comment(make_review(document, partner), partner)
    version = make_version(document, became=(Became(5, 5, "split"), Became(5, 4, "split")))
    assert [one.position for one in became_of(comment, version).after] == [5, 6]


def test_a_paragraph_that_was_not_compared_says_so_honestly(document, partner):
    comment = make_sent_comment(make_review(document, partner), partner)
    assert str(became_of(comment, make_version(document, became=())).sentence).startswith("We could not compare")


def test_a_table_is_compared_row_by_row(owner, partner):
    old = (("Who", "What"), ("Ward", "Rings the family"), ("Lead", "Tells partners"))
    new = (("Who", "What"), ("Ward", "Rings the family twice"), ("Board", "Reads the report"))
    document = make_document(owner, blocks=[Block(Kind.TABLE, table_text(old), rows=old, head_rows=1)])
    comment = make_sent_comment(make_review(document, partner), partner, position=1)
    version = make_version(document, blocks=[Block(Kind.TABLE, table_text(new), rows=new, head_rows=1)], became=(Became(0, 0, "changed"),))
    found = became_of(comment, version)
    assert found.is_table
    assert sorted(row.mark for row in found.rows) == ["", "changed", "gone", "new"]
    changed = next(row for row in found.rows if row.mark == "changed")
    assert ("insert", "twice") in [(change.op.value, change.text.strip()) for change in changed.cells[1]]


def test_later_version_is_the_first_in_force_and_a_draft_only_for_those_who_may_see_it(document, partner, owner):
    review = make_review(document, partner)
    finish(review, partner)
    close(review)
    draft = make_version(document)
    assert queries.later_version(viewer_of(partner), document, 1) is None
    assert queries.later_version(viewer_of(owner), document, 1) == draft
    commands.issue_version(viewer_of(owner), draft)
    commands.issue_version(viewer_of(owner), make_version(document, became=(), label="3"))
    assert queries.later_version(viewer_of(partner), document, 1) == draft


# Differences


def differences(version, **asked):
    found = queries.comparison(queries.versions_compared(viewer_of(version.document.owner), version)[0], version, **asked)
    return [(one.kind, [old.position for old in one.old], [new.position for new in one.new]) for one in found.shown], found


def test_a_comparison_shows_only_what_is_different_in_order(document):
    shown, found = differences(make_version(document))
    assert shown == [("gone", [4], []), ("changed", [6], [5])]
    assert found.counts == {"changed": 1, "moved": 0, "new": 0, "gone": 1}


def test_a_comparison_knows_new_moved_split_and_merged(document):
    blocks = [*BLOCKS[:3], Block(Kind.PARAGRAPH, "All new."), *BLOCKS[3:]]
    became = (
        *(Became(place, place, "unchanged") for place in range(3)),
        Became(3, 10, "moved"),
        Became(4, 4, "merged"),
        Became(5, 4, "merged"),
        Became(6, 5, "split"),
        Became(6, 6, "split"),
        Became(7, 7, "unchanged"),
        Became(8, 8, "unchanged"),
        Became(9, 9, "unchanged"),
    )
    shown, found = differences(make_version(document, blocks=blocks, became=became))
    assert shown == [("new", [], [4]), ("changed", [5, 6], [5]), ("changed", [7], [6, 7]), ("moved", [4], [11])]
    assert differences(newest(document), kind="new")[0] == [("new", [], [4])]
    assert found.counts == {"changed": 2, "moved": 1, "new": 1, "gone": 0}


def test_a_comparison_leaves_out_the_contents_page(document):
    blocks = [Block(Kind.CONTENTS, "Other 3"), *BLOCKS[1:]]
    became = (Became(0, None, "deleted"), *(Became(place, place, "unchanged") for place in range(1, 10)))
    assert differences(make_version(document, blocks=blocks, became=became))[0] == []


def test_a_comparison_of_a_whole_book_costs_three_queries_and_one_page(owner):
    old = [Block(Kind.PARAGRAPH, f"Words {place}") for place in range(300)]
    document = make_document(owner, blocks=old)
    before = newest(document)
    version = make_version(
        document,
        blocks=[Block(Kind.PARAGRAPH, f"Other {place}") for place in range(300)],
        became=tuple(Became(place, None, "deleted") for place in range(300)),
    )
    with CaptureQueriesContext(connection) as made:
        found = queries.comparison(before, version, page=2)
    assert len(made) <= 3
    assert (found.total, found.pages, found.page) == (600, 15, 2)
    assert [(one.kind, len(one.old)) for one in found.shown] == [("gone", 40)]


# Lists and pages


def test_documents_can_be_found_filtered_and_sorted(document, owner, organisation, partner):
    viewer = viewer_of(owner)
    other = make_document(make_member(organisation), title="Parking", next_review_on=in_days(5), is_in_force=False)
    make_review(document, partner)
    rows = queries.documents(viewer)
    assert {row.title: (row.label, bool(row.closes_on)) for row in rows} == {
        "Speaking with families": ("1", True),
        "Parking": (None, False),
    }
    assert list(queries.in_review(rows)) == [document]
    assert list(queries.review_due(rows)) == [other]
    assert list(queries.search_documents(rows, "sorry", viewer)) == [document]
    assert list(rows.order_by("review_day", "id")) == [other, document]


def test_partners_to_ask_leaves_out_the_owner_and_those_who_were_asked(document, partner, other_partner, owner):
    assert queries.partners_to_ask(document) == [partner, other_partner]
    review = make_review(document, partner)
    assert queries.partners_to_ask(document, review) == [other_partner]
    commands.decline_review(viewer_of(partner), desk_of(review, partner))
    assert queries.partners_to_ask(document, review) == [partner, other_partner]


def test_a_desk_shows_own_comments_and_who_else_was_asked(document, partner, other_partner, owner, organisation):
    third = make_member(organisation, Role.PARTNER)
    review = make_review(document, partner, other_partner, third, questions=["Is it clear?"])
    mine = make_comment(review, partner, position=None, question=review.questions.get())
    make_comment(review, other_partner)
    commands.decline_review(viewer_of(third), desk_of(review, third))
    recorded = commands.record_comment(
        viewer_of(owner), review, reviewer=desk_of(review, partner), words="By phone.", capture="phone", is_read_back=True
    )
    desk = queries.desk(desk_of(review, partner))
    assert desk.others == [other_partner]
    assert (desk.drafts, desk.sent) == ([mine], [recorded])
    assert desk.answers_to(review.questions.get()) == [mine]


def test_the_next_comment_goes_by_the_order_of_the_document_and_comes_round(document, partner, owner):
    review = make_review(document, partner)
    last, first = make_comment(review, partner, position=9), make_comment(review, partner, position=2)
    finish(review, partner)
    viewer = viewer_of(owner)
    assert queries.next_to_answer(viewer, review) == (first, 2)
    assert queries.next_to_answer(viewer, review, after=first.code) == (last, 2)
    assert queries.next_to_answer(viewer, review, after=last.code) == (first, 2)
    dispose(Comment.objects.get(pk=first.pk))
    dispose(Comment.objects.get(pk=last.pk))
    assert queries.next_to_answer(viewer, review) == (None, 0)


def test_an_outcome_page_has_words_answers_verdicts_and_counts(document, partner, owner):
    review = make_review(document, partner)
    changed = make_comment(review, partner)
    gone = make_comment(review, partner, position=4)
    make_comment(review, partner, position=3)
    finish(review, partner)
    dispose(Comment.objects.get(pk=changed.pk))
    dispose(Comment.objects.get(pk=gone.pk), "not this time")
    insights.give_verdict(viewer_of(partner), Comment.objects.get(pk=changed.pk).insight, answer="yes")
    for comment in Comment.objects.waiting():
        insights.withdraw(viewer_of(partner), comment.insight)
    close(review)
    commands.issue_version(viewer_of(owner), make_version(document))
    with CaptureQueriesContext(connection) as made:
        page = queries.outcome_page(viewer_of(partner), desk_of(review, partner))
    assert len(made) <= 6
    assert page.later.label == "2"
    assert page.counts == {"accepted": 1, "in part": 0, "not this time": 1, "waiting": 0, "withdrawn": 1}
    assert [one.verdict and one.verdict.answer for one in page.outcomes] == [None, None, "yes"]
    assert [one.became.relation for one in page.outcomes] == ["unchanged", "deleted", "changed"]


def test_accepted_comments_on_words_that_stayed_are_worth_a_second_look(document, partner, owner):
    review = make_review(document, partner)
    same, other = make_comment(review, partner, position=3), make_comment(review, partner)
    finish(review, partner)
    for comment in (same, other):
        dispose(Comment.objects.get(pk=comment.pk))
    close(review)
    assert queries.accepted_but_same(make_version(document)) == [same]


# What waits for whom


def test_duties_of_a_partner_are_reviews_to_finish(document, partner, other_partner):
    review = make_review(document, partner, other_partner)
    finish(review, other_partner)
    (duty,) = queries.duties(viewer_of(partner))
    assert (duty.title, duty.path, duty.due_on, duty.is_late) == (
        "Speaking with families, version 1",
        desk_of(review, partner).get_absolute_url(),
        review.closes_on,
        False,
    )
    assert queries.duties(viewer_of(other_partner)) == []


def test_duties_of_an_owner_are_comments_to_answer_and_then_the_version(document, partner, owner, lead):
    review = make_review(document, partner)
    make_comment(review, partner, position=3)
    comment = make_sent_comment(review, partner)
    (duty,) = queries.duties(viewer_of(owner))
    assert (duty.sentence, duty.path, duty.due_on) == (
        "Answer 2 comments on a document",
        review.get_absolute_url(),
        comment.insight.answer_by,
    )
    for waiting in Comment.objects.waiting():
        dispose(waiting)
    make_version(document)
    assert queries.duties(viewer_of(owner)) == []
    close(review)
    (duty,) = queries.duties(viewer_of(owner))
    assert "put the new version in force" in duty.sentence
    assert duty.path == newest(document).get_absolute_url()
    assert queries.duties(viewer_of(lead)) == []


def test_duties_cost_two_queries_at_most(document, partner, owner, organisation):
    both = make_member(organisation, Role.PARTNER, Role.LEAD)
    make_sent_comment(make_review(document, partner, both), partner)
    for person in (owner, partner, both):
        viewer = viewer_of(person)
        with CaptureQueriesContext(connection) as made:
            queries.duties(viewer)
        assert len(made) <= 2, person


def test_visible_documents_and_lists_agree(document, partner, owner, organisation):
    make_review(document, partner)
    for role in Role:
        viewer = viewer_of(make_member(organisation, role))
        assert set(queries.documents(viewer)) == set(Document.objects.visible_to(viewer)), role
