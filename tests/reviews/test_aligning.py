"""Which paragraph became which: moved, split, merged, renumbered, many alike; and what changed in their words."""

import itertools
import random
from dataclasses import replace
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safety_partners.reading import Block, Kind
from safety_partners.reading.blocks import table_text
from safety_partners.reviews.aligning import Alignment, Fate, Op, RowPair, align, row_changes, word_changes
from tests.reading.making_pdf import text


def blocks(*written: str) -> list[Block]:
    """Blocks from lines: "# 2 Beds" is a heading with its number, "- low" an item, "| a | b" rows of a table."""
    found: list[Block] = []
    for line in written:
        if line.startswith("#"):
            marks, number, name = line.split(" ", 2)
            found.append(Block(Kind.HEADING, name, len(marks), number))
        elif line.startswith("- "):
            found.append(Block(Kind.LIST_ITEM, line[2:], 1, "•"))
        elif line.startswith("| "):
            rows = tuple(tuple(cell.strip() for cell in row.split(" | ")) for row in line[2:].split("\n"))
            found.append(Block(Kind.TABLE, table_text(rows), rows=rows))
        elif line.startswith("toc "):
            found.append(Block(Kind.CONTENTS, line[4:]))
        else:
            found.append(Block(Kind.PARAGRAPH, line))
    return found


def fates(alignment: Alignment, old: list[Block]) -> list[str]:
    return [alignment.of_old(index).fate.value for index in range(len(old))]


def links(alignment: Alignment, fate: Fate) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(link.old, link.new) for link in alignment.links if link.fate is fate]


def policy(sections: int = 6, each: int = 5) -> list[str]:
    lines: list[str] = []
    for section in range(1, sections + 1):
        lines.append(
            f"# {section} Section about {['beds', 'lamps', 'shoes', 'families', 'nights', 'medicines', 'doors', 'stairs'][section % 8]}"
        )
        lines += [text(section * 50 + place, 3) for place in range(each)]
    return lines


def test_the_same_document_is_unchanged() -> None:
    old = blocks(*policy())
    alignment = align(old, old)
    assert set(fates(alignment, old)) == {"unchanged"}
    assert [link.new for link in alignment.links] == [(index,) for index in range(len(old))]


def test_nothing_against_something() -> None:
    old = blocks("Beds are low.")
    assert links(align(old, []), Fate.DELETED) == [((0,), ())]
    assert links(align([], old), Fate.ADDED) == [((), (0,))]
    assert align([], []).links == ()


def test_changed_deleted_and_added() -> None:
    old = policy(2)
    new = [*old]
    new[2] = old[2].replace("ward", "unit") + " The family is told."
    del new[9]
    new.insert(5, "Something that nobody has written before stands here, about the garden and its paths.")
    alignment = align(blocks(*old), blocks(*new))
    assert links(alignment, Fate.CHANGED) == [((2,), (2,))]
    assert links(alignment, Fate.DELETED) == [((9,), ())]
    assert links(alignment, Fate.ADDED) == [((), (5,))]
    assert alignment.count(Fate.UNCHANGED) == len(old) - 2


def test_new_numbers_change_nothing() -> None:
    old, new = policy(3), policy(3)
    new = [line.replace("# 1 ", "# 4 ").replace("# 2 ", "# 5 ").replace("# 3 ", "# 6 ") for line in new]
    assert set(fates(align(blocks(*old), blocks(*new)), blocks(*old))) == {"unchanged"}
    items = blocks("- low", "- with brakes")
    counted = [replace(block, number=number) for block, number in zip(items, ("a)", "b)"), strict=True)]
    assert set(fates(align(items, counted), items)) == {"unchanged"}


def test_what_another_program_writes_differently_is_no_change() -> None:
    old = blocks(
        "The ward\u2019s \u201csafe\u201d beds \u2013 low, co-ordinated \u2013 are self-\u00adharm proof\u2026 and cost 5\u20136 pounds",
        "See https://example.org/a/ very/long and the Sub- Group\u00b9",
        "\u2022 Beds are de\ufb01ned here",
    )
    new = blocks(
        'The ward\'s "safe" beds - low, coordinated - are self\u2011harm proof... and cost 5-6  pounds',
        "See https://example.org/a/very/long and the Sub-Group",
        "Beds are defined here",
    )
    assert set(fates(align(old, new), old)) == {"unchanged"}


def test_figures_and_capitals_do_count() -> None:
    old = blocks("# 1 Beds", "Give 5-10 mg of it at night.", "The Trust decides about this.")
    new = blocks("# 1 BEDS", "Give 510 mg of it at night.", "The trust decides about this.")
    assert fates(align(old, new), old) == ["unchanged", "changed", "changed"]


def test_a_paragraph_that_moves_is_moved_and_the_others_stay() -> None:
    old = policy(4)
    new = [*old]
    new.insert(20, new.pop(3))
    alignment = align(blocks(*old), blocks(*new))
    assert links(alignment, Fate.MOVED) == [((3,), (20,))]
    assert alignment.count(Fate.UNCHANGED) == len(old) - 1


def test_a_paragraph_may_move_and_change() -> None:
    old = policy(4)
    new = [*old]
    new.insert(20, new.pop(3).replace("ward", "unit") + " This is told to all.")
    assert links(align(blocks(*old), blocks(*new)), Fate.MOVED_AND_CHANGED) == [((3,), (20,))]


def test_two_paragraphs_that_change_places_make_one_moved() -> None:
    old = policy(1)
    new = [old[0], old[1], old[3], old[2], *old[4:]]
    alignment = align(blocks(*old), blocks(*new))
    assert alignment.count(Fate.MOVED) == 1
    assert alignment.count(Fate.UNCHANGED) == len(old) - 1


def test_in_a_section_that_moves_only_the_heading_has_moved() -> None:
    old = policy(6)
    section = old[24:30]
    new = [*old[:6], *section, *old[6:24], *old[30:]]
    new[8] = new[8] + " The family is told about it."
    alignment = align(blocks(*old), blocks(*new))
    assert links(alignment, Fate.MOVED) == [((24,), (6,))]
    assert links(alignment, Fate.CHANGED) == [((26,), (8,))]
    assert alignment.count(Fate.UNCHANGED) == len(old) - 2


def test_a_section_with_its_inner_sections_moves_as_one() -> None:
    one = ["# 1 Beds", text(1), "## 1.1 Brakes", text(2), "## 1.2 Rails", text(3)]
    rest = ["# 2 Lamps", *[text(number) for number in range(10, 20)], "# 3 Shoes", *[text(number) for number in range(20, 30)]]
    alignment = align(blocks(*one, *rest), blocks(*rest, *one))
    assert links(alignment, Fate.MOVED) == [((0,), (len(rest),))]


def test_a_heading_put_into_a_section_moves_nothing() -> None:
    old = policy(3, 8)
    new = [*old[:5], "## 1.1 A new heading", *old[5:]]
    alignment = align(blocks(*old), blocks(*new))
    assert alignment.count(Fate.UNCHANGED) == len(old)
    assert links(alignment, Fate.ADDED) == [((), (5,))]


def test_a_heading_with_a_new_name_is_changed() -> None:
    old = policy(3)
    new = [*old]
    new[6] = "# 2 Everything about chairs, tables and lamps"
    alignment = align(blocks(*old), blocks(*new))
    assert links(alignment, Fate.CHANGED) == [((6,), (6,))]


@pytest.mark.parametrize("edited", [False, True])
def test_a_paragraph_split_in_three(edited: bool) -> None:
    parts = [text(1, 2), text(2, 2), text(3, 2)]
    rest = policy(2)
    old = [*rest[:4], " ".join(parts), *rest[4:]]
    pieces = [parts[0], parts[1].replace("ward", "unit").replace("nurse", "doctor") if edited else parts[1], parts[2]]
    alignment = align(blocks(*old), blocks(*rest[:4], *pieces, *rest[4:]))
    assert links(alignment, Fate.SPLIT) == [((4,), (4, 5, 6))]
    assert alignment.of_old(4).same_words is not edited
    assert alignment.count(Fate.UNCHANGED) == len(rest)


@pytest.mark.parametrize("edited", [False, True])
def test_three_paragraphs_merged_into_one(edited: bool) -> None:
    parts = [text(1, 2), text(2, 2), text(3, 2)]
    rest = policy(2)
    whole = " ".join(parts)
    if edited:
        whole = whole.replace("ward", "unit") + " This is all."
    alignment = align(blocks(*rest[:4], *parts, *rest[4:]), blocks(*rest[:4], whole, *rest[4:]))
    assert links(alignment, Fate.MERGED) == [((4, 5, 6), (4,))]
    assert alignment.of_new(4).same_words is not edited


def test_a_paragraph_of_which_half_is_deleted_is_changed_not_split() -> None:
    old = [*policy(1), text(90, 6)]
    new = [*policy(1), text(90, 3)]
    assert links(align(blocks(*old), blocks(*new)), Fate.CHANGED) == [((6,), (6,))]


def test_many_short_items_alike_keep_their_places() -> None:
    old: list[str] = []
    for section in range(1, 9):
        old += [
            f"# {section} Part {section}",
            f"Question {section} of the list that is answered on the ward?",
            "- Yes",
            "- No",
            "- Not known",
        ]
    new = [line for place, line in enumerate(old) if place not in (12, 18)]
    alignment = align(blocks(*old), blocks(*new))
    assert links(alignment, Fate.DELETED) == [((12,), ()), ((18,), ())]
    assert alignment.count(Fate.UNCHANGED) == len(old) - 2


def test_near_copies_stay_with_their_own_section() -> None:
    wards = ["north", "south", "east", "west"]
    old: list[str] = []
    for number, ward in enumerate(wards, 1):
        old += [
            f"# {number} The {ward} ward",
            f"The manager of the {ward} ward keeps the list of beds and reads it each month.",
            "The list is kept for two years.",
        ]
    new = [line.replace("each month", "each month and after every fall") for line in old]
    alignment = align(blocks(*old), blocks(*new))
    assert links(alignment, Fate.CHANGED) == [((place,), (place,)) for place in (1, 4, 7, 10)]
    assert alignment.count(Fate.UNCHANGED) == 8


def test_of_two_copies_the_one_in_the_same_surroundings_is_taken() -> None:
    copy = [text(1), text(2), text(3)]
    old = ["# 0 Summary", *copy, "# 1 Purpose", *copy, text(4), "# 2 Duties", text(5), text(6)]
    new = ["# 1 Purpose", *copy, text(4), "# 2 Duties", text(5), text(6)]
    alignment = align(blocks(*old), blocks(*new))
    assert links(alignment, Fate.DELETED) == [((index,), ()) for index in range(4)]
    assert alignment.count(Fate.UNCHANGED) == len(new)


def test_a_deleted_paragraph_is_not_taken_for_one_that_only_sounds_like_it() -> None:
    old = ["# 1 Beds", "The ward keeps the beds low at night and tests their brakes each week.", text(1), text(2)]
    new = ["# 1 Beds", text(1), text(2), "# 2 Garden", "Paths in the garden are swept before noon, and lamps are lit when it grows dark."]
    alignment = align(blocks(*old), blocks(*new))
    assert alignment.of_old(1).fate is Fate.DELETED
    assert alignment.of_new(4).fate is Fate.ADDED


def test_contents_are_compared_with_contents_only_and_pages_do_not_count() -> None:
    old = blocks("toc Beds 3", "toc Lamps 4", "# 1 Beds", text(1), "# 2 Lamps", text(2))
    new = blocks("toc Beds 5", "# 1 Beds", text(1), "# 2 Lamps", text(2))
    assert fates(align(old, new), old) == ["unchanged", "deleted", "unchanged", "unchanged", "unchanged", "unchanged"]


def test_a_table_with_a_changed_row_is_changed_and_the_row_is_found() -> None:
    rows = [
        "When | Who | What",
        "At once | Nurse | Looks for injury",
        "Soon | Doctor | Examines the person",
        "Later | Team | Talks about it",
    ]
    changed = [rows[0], rows[1], "Within thirty minutes | Doctor | Examines the person", "Next day | Family | Is asked", rows[3]]
    old = blocks("# 1 Beds", text(1), "| " + "\n".join(rows), text(2))
    new = blocks("# 1 Beds", text(1), "| " + "\n".join(changed), text(2))
    alignment = align(old, new)
    assert fates(alignment, old) == ["unchanged", "unchanged", "changed", "unchanged"]
    assert row_changes(old[2], new[2]) == [
        RowPair(0, 0, True),
        RowPair(1, 1, True),
        RowPair(2, 2, False),
        RowPair(None, 3, False),
        RowPair(3, 4, True),
    ]


def test_word_changes_show_what_a_reader_needs() -> None:
    changes = word_changes("The ward keeps a list of beds.", "The ward keeps a full list of all its beds, and reads it.")
    assert [(change.op.value, change.text) for change in changes] == [
        ("equal", "The ward keeps a "),
        ("insert", "full "),
        ("equal", "list of "),
        ("insert", "all its "),
        ("equal", "beds"),
        ("insert", ", and reads it"),
        ("equal", "."),
    ]
    shorter = word_changes("Lamps are near and bright.", "Lamps are near.")
    assert [(change.op.value, change.text) for change in shorter] == [
        ("equal", "Lamps are near"),
        ("delete", " and bright"),
        ("equal", "."),
    ]


def test_word_changes_make_no_confetti() -> None:
    old = "The nurse who is on duty looks at the person and writes down the time in the notes of the day."
    new = "A doctor must be called by the team, who in the meantime stays with the person until help has come."
    changes = word_changes(old, new)
    assert len(changes) <= 5
    assert sum(change.op is Op.EQUAL for change in changes) <= 2


def test_quotes_and_spaces_are_no_change_of_words() -> None:
    assert [change.op for change in word_changes("The ward\u2019s  beds", "The ward's beds")] == [Op.EQUAL]


WORDS = st.lists(
    st.sampled_from(
        ["the", "ward", "keeps", "a", "list", "of", "beds,", "lamps.", "and", "(all)", "shoes", "–", "‘near’", "5-10", "co-op"]
    ),
    max_size=30,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(WORDS, WORDS)
def test_word_changes_lead_from_one_text_to_the_other(old: str, new: str) -> None:
    changes = word_changes(old, new)
    assert "".join(change.text for change in changes if change.op is not Op.DELETE) == new
    kept = "".join(change.text for change in changes if change.op is not Op.INSERT)
    assert "".join(kept.split()) == "".join(old.split())
    assert all(one.op is not other.op for one, other in itertools.pairwise(changes))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 14), max_size=30), WORDS)
def test_every_block_stands_in_one_link_whatever_the_edits(places: list[int], other: str) -> None:
    old = blocks(*policy(3, 4))
    new = [old[place] for place in places]
    if new and other:
        new[0] = replace(new[0], text=other)
    alignment = align(old, new)
    assert sorted(index for link in alignment.links for index in link.old) == list(range(len(old)))
    assert sorted(index for link in alignment.links for index in link.new) == list(range(len(new)))
    for link in alignment.links:
        assert bool(link.old) == (link.fate is not Fate.ADDED)
        assert bool(link.new) == (link.fate is not Fate.DELETED)


@settings(max_examples=40, deadline=None)
@given(st.sets(st.integers(0, 29), max_size=15))
def test_what_is_left_after_deleting_is_unchanged(gone: set[int]) -> None:
    old = blocks(*policy(5, 5))
    alignment = align(old, [block for index, block in enumerate(old) if index not in gone])
    assert {link.old[0] for link in alignment.links if link.fate is Fate.DELETED} == gone
    assert alignment.count(Fate.UNCHANGED) == len(old) - len(gone)


def edited(old: list[Block], chance: random.Random) -> list[Block]:
    """A version with every tenth block rewritten in part, every twentieth gone, and a third moved to the front."""
    new = []
    for block in old:
        fate = chance.random()
        if fate < 0.05:
            continue
        if fate < 0.15 and block.kind is Kind.PARAGRAPH:
            new.append(replace(block, text=" ".join(word for word in block.text.split() if chance.random() > 0.15)))
        else:
            new.append(block)
    third = len(new) // 3
    return new[third:] + new[:third]


@pytest.mark.parametrize(("sections", "seconds"), [(50, 1.0), (1000, 10.0)])
def test_speed(sections: int, seconds: float) -> None:
    chance = random.Random(7)
    vocabulary = [f"word{number}" for number in range(3000)]
    old: list[Block] = []
    for section in range(sections):
        old.append(Block(Kind.HEADING, f"Section {' '.join(chance.choices(vocabulary, k=3))}", 1, str(section)))
        old += [Block(Kind.PARAGRAPH, " ".join(chance.choices(vocabulary, k=40))) for _ in range(4)]
        old.append(Block(Kind.LIST_ITEM, "Yes", 1, "•"))
    new = edited(old, chance)
    begun = process_time()
    alignment = align(old, new)
    assert process_time() - begun < seconds
    assert alignment.count(Fate.UNCHANGED) + alignment.count(Fate.CHANGED) > 0.85 * len(new)
