"""Sections of a long document: every part stands in exactly one, none is endless, none is a heading alone."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from safety_partners.reviews.queries.sections import LONGEST, Heading, sections_of


def test_sections_begin_at_the_highest_headings():
    headings = [Heading(3, 1, "1 One"), Heading(5, 2, "1.1 Inside"), Heading(9, 1, "2 Two")]
    assert [(one.first, one.last, one.title) for one in sections_of(headings, 12)] == [(1, 2, ""), (3, 8, "1 One"), (9, 12, "2 Two")]


def test_a_heading_alone_is_no_section():
    headings = [Heading(1, 1, "Policy"), Heading(2, 1, "One"), Heading(6, 1, "Two")]
    assert [(one.first, one.last) for one in sections_of(headings, 8)] == [(1, 5), (6, 8)]


def test_a_long_section_is_cut_at_its_own_headings_and_a_text_without_any_after_so_many():
    deep = [Heading(1, 1, "All"), *(Heading(place, 2, f"Part {place}") for place in range(10, 400, 60))]
    assert all(one.last - one.first <= LONGEST for one in sections_of(deep, 400))
    assert len(sections_of(deep, 400)) > 3
    assert [one.first for one in sections_of([], 2 * LONGEST)] == [1, LONGEST + 1]
    assert sections_of([], 0) == []


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 900), st.integers(1, 4)), max_size=60, unique_by=lambda pair: pair[0]), st.integers(1, 900))
def test_every_part_is_in_exactly_one_section(found, count):
    headings = [Heading(place, level, "x") for place, level in sorted(found) if place <= count]
    sections = sections_of(headings, count)
    covered = [place for one in sections for place in range(one.first, one.last + 1)]
    assert covered == list(range(1, count + 1))
    assert [one.number for one in sections] == list(range(1, len(sections) + 1))
    assert max(one.last - one.first + 1 for one in sections) <= LONGEST + 1
