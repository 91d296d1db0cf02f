"""Paragraphs as reading gave them, for comparing."""

from __future__ import annotations

from safety_partners.reading import Block, Kind
from safety_partners.reviews.models import Paragraph, Version


def blocks_of(version: Version) -> list[Block]:
    """The paragraphs of a version in order: one query."""
    return [block_of(paragraph) for paragraph in version.paragraphs.order_by("position")]


def block_of(paragraph: Paragraph) -> Block:
    """One paragraph."""
    return Block(
        kind=Kind(paragraph.kind),
        text=paragraph.text,
        level=paragraph.level,
        number=paragraph.number,
        rows=tuple(tuple(row) for row in paragraph.rows),
        head_rows=paragraph.head_rows,
        page=paragraph.page,
    )
