"""Documents, versions and reviews at each stage, made through the commands, without reading a real file."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable

from safety_partners.core.working_days import add_working_days, today
from safety_partners.people.models import Membership
from safety_partners.reading.blocks import Block, Kind, ReadDocument, SourceKind, table_text
from safety_partners.reviews import commands
from safety_partners.reviews.commands.taking import Became, Taken, blocks_of
from safety_partners.reviews.models import Comment, Document, Review, Reviewer, Version
from tests.factories.people import viewer_of

ROWS = (("Who", "What they do"), ("Ward manager", "Speaks to the family"), ("Partner lead", "Tells the partners"))
BLOCKS = (
    Block(Kind.CONTENTS, "Introduction 1"),
    Block(Kind.HEADING, "Introduction", level=1, number="1", page=1),
    Block(Kind.PARAGRAPH, "This policy says what we do when something goes wrong.", number="1.1", page=1),
    Block(Kind.PARAGRAPH, "It is for everyone who works here.", number="1.2", page=1),
    Block(Kind.HEADING, "What we do", level=1, number="2", page=2),
    Block(Kind.PARAGRAPH, "We ring the family within ten days.", number="2.1", page=2),
    Block(Kind.LIST_ITEM, "We say sorry.", level=1, number="•", page=2),
    Block(Kind.LIST_ITEM, "We say what we know.", level=1, number="•", page=2),
    Block(Kind.TABLE, table_text(ROWS), rows=ROWS, head_rows=1, page=2),
    Block(Kind.NOTE, "See also the complaints policy.", number="1", page=2),
)
# What the usual changes are: 1.2 is gone, 2.1 says more.
NEXT = (*BLOCKS[:3], BLOCKS[4], Block(Kind.PARAGRAPH, "We ring the family within two working days.", number="2.1"), *BLOCKS[6:])
BECAME = (
    *(Became(place, place, "unchanged") for place in range(3)),
    Became(3, None, "deleted"),
    Became(4, 3, "unchanged"),
    Became(5, 4, "changed"),
    *(Became(place, place - 1, "unchanged") for place in range(6, 10)),
)


def make_taken(blocks: Iterable[Block] = BLOCKS, *, follows: int = 0, title: str = "Speaking with families", **fields) -> Taken:
    read = ReadDocument(title, SourceKind.PDF, 2, tuple(blocks))
    return Taken(io.BytesIO(b"%PDF-1.7 a file"), "policy.pdf", read, follows, **fields)


def make_document(owner: Membership, *, blocks: Iterable[Block] = BLOCKS, **fields) -> Document:
    given = {"taken": make_taken(blocks), "label": "1", "owner": owner, "affects_patients": True, "is_in_force": True}
    return commands.add_document(viewer_of(owner), **{**given, **fields})


def newest(document: Document) -> Version:
    return document.versions.order_by("-number").first()


def make_version(
    document: Document, *, blocks: Iterable[Block] = NEXT, became: tuple[Became, ...] | None = BECAME, label: str = "2"
) -> Version:
    """A newer version, not in force; ``became`` says what became of each paragraph, None leaves that to aligning."""
    before, blocks = newest(document), tuple(blocks)
    if became is None:
        became = commands.compare(blocks_of(before), blocks)
    taken = make_taken(blocks, follows=before.number, compared=((before.pk, became),))
    return commands.add_version(viewer_of(document.owner), document, taken=taken, label=label)


def make_review(document: Document, *partners: Membership, version: Version | None = None, **fields) -> Review:
    given = {"what_can_change": "The wording, and the days.", "stage": "draft", "closes_on": in_days(10), "partners": partners}
    return commands.ask_for_review(viewer_of(document.owner), version or newest(document), **{**given, **fields})


def desk_of(review: Review, partner: Membership) -> Reviewer:
    return review.reviewers.get(membership=partner)


def make_comment(
    review: Review, partner: Membership, *, position: int | None = 6, words: str = "Ten days is far too long.", **fields
) -> Comment:
    """A draft on the paragraph at this position; None for the whole document."""
    paragraph = position and review.version.paragraphs.get(position=position)
    return commands.write_comment(viewer_of(partner), desk_of(review, partner), words=words, paragraph=paragraph or None, **fields)


def finish(review: Review, partner: Membership) -> Reviewer:
    return commands.finish_review(viewer_of(partner), desk_of(review, partner))


def make_sent_comment(review: Review, partner: Membership, **fields) -> Comment:
    comment = make_comment(review, partner, **fields)
    finish(review, partner)
    return Comment.objects.get(pk=comment.pk)


def dispose(comment: Comment, disposition: str = "accepted", *, reason: str = "", text: str = "We will say two working days.") -> Comment:
    reason = reason or ("" if disposition == "accepted" else "resource")
    viewer = viewer_of(comment.document.owner)
    return commands.dispose(viewer, comment, disposition=disposition, text=text, reason=reason)


def close(review: Review) -> Review:
    return commands.close_review(viewer_of(review.document.owner), review)


def in_days(days: int) -> dt.date:
    """So many working days from today."""
    return add_working_days(today(), days)
