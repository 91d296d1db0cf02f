"""Adding documents and versions: all of it is kept or nothing, and what was read never changes."""

from __future__ import annotations

import io

import pytest
from django.core.files.storage import storages

from safety_partners.core import text_search
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Event, Message, StoredFile
from safety_partners.core.policy import Refused
from safety_partners.people.models import Role
from safety_partners.reading import Block, DocumentRefused, Kind, ReadDocument, Reason, SourceKind
from safety_partners.reviews import commands
from safety_partners.reviews.commands import take
from safety_partners.reviews.models import Document, Match, Paragraph, Version
from tests.factories.people import make_member, make_organisation, make_service, viewer_of
from tests.factories.reviews import (
    BLOCKS,
    NEXT,
    desk_of,
    dispose,
    make_document,
    make_review,
    make_sent_comment,
    make_taken,
    make_version,
    newest,
)

pytestmark = pytest.mark.django_db


def files_kept() -> int:
    store = storages["private"]
    return sum(len(store.listdir(folder)[1]) for folder in (store.listdir("")[0] if store.exists("") else []))


def test_add_document_keeps_file_version_and_paragraphs(owner):
    document = make_document(owner, reference="POL 12")
    version = newest(document)
    assert (document.title, document.owner, version.number, version.label) == ("Speaking with families", owner, 1, "1")
    assert version.status == Version.Status.ISSUED
    assert version.issued_at
    assert version.paragraph_count == len(BLOCKS)
    table = version.paragraphs.get(kind="table")
    assert (table.position, table.head_rows, table.rows[1][0]) == (9, 1, "Ward manager")
    with storages["private"].open(version.file.path) as kept:
        assert kept.read() == b"%PDF-1.7 a file"
    assert (version.file.name, version.file.content_type) == ("policy.pdf", "application/pdf")


def test_add_document_without_title_takes_the_one_that_was_read_or_the_name_of_the_file(owner):
    assert make_document(owner, title=" ").title == "Speaking with families"
    taken = make_taken(title="")
    assert make_document(owner, taken=taken).title == "policy"


def test_add_document_waits_unless_it_says_that_it_is_in_force(owner):
    version = newest(make_document(owner, is_in_force=False))
    assert (version.status, version.issued_at) == (Version.Status.WAITING, None)


@pytest.mark.parametrize("role", [Role.PARTNER, Role.BOARD, Role.GROUP_CHAIR])
def test_add_document_is_for_staff(organisation, owner, role):
    someone = viewer_of(make_member(organisation, role))
    with pytest.raises(Refused):
        commands.add_document(someone, taken=make_taken(), label="1", owner=owner, affects_patients=True)


def test_add_document_wants_an_owner_who_works_here(owner, partner):
    for wrong in (partner, make_member(make_organisation(), Role.STAFF)):
        with pytest.raises(NotPossible) as trouble:
            commands.add_document(viewer_of(owner), taken=make_taken(), label="1", owner=wrong, affects_patients=True)
        assert trouble.value.field == "owner"
    assert (Document.objects.count(), files_kept()) == (0, 0)


def test_add_document_for_somebody_else_tells_them(owner, lead):
    commands.add_document(viewer_of(lead), taken=make_taken(), label="1", owner=owner, affects_patients=True)
    assert list(Message.objects.values_list("template", "to_membership_id")) == [("reviews/owner", owner.pk)]


def test_a_label_is_needed_and_used_once_and_nothing_is_kept_without(document, owner):
    for label in (" ", "1"):
        with pytest.raises(NotPossible) as trouble:
            commands.add_version(viewer_of(owner), document, taken=make_taken(follows=1), label=label)
        assert trouble.value.field == "label"
    assert (Version.objects.count(), StoredFile.objects.count(), files_kept()) == (1, 1, 1)


def test_a_very_long_printed_number_belongs_to_the_words(owner):
    version = newest(
        make_document(owner, blocks=[Block(Kind.HEADING, "Grading", level=1, number="Schedule of definitions and abbreviations A")])
    )
    paragraph = version.paragraphs.get()
    assert (paragraph.number, paragraph.text) == ("", "Schedule of definitions and abbreviations A Grading")


def test_add_version_keeps_what_became_of_each_paragraph(document):
    version = make_version(document)
    assert (version.number, version.status, version.paragraph_count) == (2, Version.Status.WAITING, len(NEXT))
    became = {
        match.old.position: (match.relation, match.new and match.new.position) for match in version.matches.select_related("old", "new")
    }
    assert became[4] == ("deleted", None)
    assert became[6] == ("changed", 5)
    assert became[9] == ("unchanged", 8)
    assert len(became) == len(BLOCKS)


def test_add_version_is_for_the_owner_and_the_lead(document, organisation, lead):
    with pytest.raises(Refused):
        commands.add_version(viewer_of(make_member(organisation)), document, taken=make_taken(follows=1), label="2")
    assert commands.add_version(viewer_of(lead), document, taken=make_taken(follows=1), label="2").number == 2


def test_add_version_while_somebody_else_added_one_is_overtaken(document, owner):
    make_version(document)
    with pytest.raises(Overtaken):
        commands.add_version(viewer_of(owner), document, taken=make_taken(follows=1), label="3")


def test_the_same_form_twice_makes_one_document(owner):
    import uuid

    key = uuid.uuid4()
    one, two = make_document(owner, submission_key=key), make_document(owner, taken=make_taken(), submission_key=key)
    assert one == two
    assert (Document.objects.count(), files_kept()) == (1, 1)


def test_an_event_holds_no_words(document, owner):
    make_version(document)
    assert list(Event.objects.order_by("number").values_list("verb", "details")) == [
        ("reviews.add_document", {}),
        ("reviews.add_version", {"label": "2"}),
    ]


def test_take_reads_and_compares_with_the_newest_and_the_one_in_force(document):
    make_version(document)

    def read(content, name, *, limits):
        assert (content.read(), name) == (b"bytes", "next.docx")
        assert limits.seconds < 30
        return ReadDocument("Speaking with families", SourceKind.WORD, None, NEXT)

    content = io.BytesIO(b"bytes")
    content.read()
    taken = take(content, "next.docx", document=document, read=read)
    assert taken.follows == 2
    assert [base for base, _became in taken.compared] == list(document.versions.order_by("-number").values_list("pk", flat=True))
    assert all(one.relation == "unchanged" and one.new == one.old for one in taken.compared[0][1])
    assert any(one.relation == "deleted" for one in taken.compared[1][1])


def test_a_refused_file_leaves_nothing(owner):
    with pytest.raises(DocumentRefused) as refusal:
        take(io.BytesIO(b"not a document"), "policy.pdf")
    assert refusal.value.reason in {Reason.DISGUISED, Reason.DAMAGED}
    assert (Document.objects.count(), StoredFile.objects.count(), files_kept()) == (0, 0, 0)


def test_take_out_version_takes_everything_but_the_document(document, owner):
    version = make_version(document)
    commands.take_out_version(viewer_of(owner), version)
    assert document.versions.count() == 1
    assert not Match.objects.exists()
    assert Paragraph.objects.count() == len(BLOCKS)
    assert StoredFile.objects.count() == 1
    commands.take_out_version(viewer_of(owner), newest(document))
    assert not Paragraph.objects.exists()
    assert Document.objects.get() == document


def test_take_out_version_not_after_partners_were_asked_nor_after_it_was_in_force(document, owner, partner):
    in_force, version = newest(document), make_version(document)
    make_review(document, partner, version=version)
    for kept in (version, in_force):
        with pytest.raises(NotPossible):
            commands.take_out_version(viewer_of(owner), kept)
    assert document.versions.count() == 2


def correct(viewer, document, **fields):
    given = {"title": document.title, "owner": document.owner, "affects_patients": True}
    return commands.correct_document(viewer, document, **{**given, **fields})


def test_correct_document_changes_what_is_said_about_it(document, owner, organisation):
    service = make_service(organisation)
    correct(viewer_of(owner), document, title="  Families  ", reference="P1", service=service, affects_patients=False)
    document.refresh_from_db()
    assert (document.title, document.reference, document.service, document.affects_patients) == ("Families", "P1", service, False)
    with pytest.raises(NotPossible):
        correct(viewer_of(owner), document, title=" ")
    with pytest.raises(NotPossible):
        correct(viewer_of(owner), document, service=make_service(make_organisation()))


def test_correct_document_after_somebody_else_did_is_overtaken(document, owner):
    from safety_partners.reviews.queries import state_of_document

    seen = state_of_document(document)
    correct(viewer_of(owner), document, title="The first", seen=seen)
    with pytest.raises(Overtaken):
        correct(viewer_of(owner), document, title="The second", seen=seen)
    document.refresh_from_db()
    assert document.title == "The first"


def test_a_version_compared_with_one_that_was_taken_out_is_overtaken(document, owner):
    taken = make_taken(follows=1, compared=((document.pk + 1000, ()),))
    with pytest.raises(Overtaken):
        commands.add_version(viewer_of(owner), document, taken=taken, label="2")


def test_a_new_owner_is_told_and_owes_the_open_answers(document, owner, lead, partner, organisation):
    review = make_review(document, partner)
    first = make_sent_comment(review, partner)
    commands.reopen_reviewing(viewer_of(partner), desk_of(review, partner))
    second = make_sent_comment(review, partner, position=3)
    dispose(first)
    new_owner = make_member(organisation, Role.STAFF)
    correct(viewer_of(lead), document, owner=new_owner)
    second.insight.refresh_from_db()
    assert second.insight.owner == new_owner
    assert Message.objects.filter(template="reviews/owner", to_membership_id=new_owner.pk).count() == 1
    document.refresh_from_db()
    assert dispose(second).disposition == "accepted"


def test_words_in_force_can_be_found_and_those_of_a_draft_cannot(document, organisation):
    make_version(document)

    def found(words):
        return list(text_search.matching(Document.objects.all(), words, organisation_id=organisation.pk))

    assert found("sorry families") == [document]
    assert found("two") == []
