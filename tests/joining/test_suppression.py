"""What is hidden stays hidden: within a question, between an advert and all adverts, and when somebody looks again later."""

from __future__ import annotations

import itertools
from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from safety_partners.joining.suppression import LEAST, safe, safe_sums, total

counts = st.integers(0, 14)
questions = st.integers(2, 5).flatmap(lambda width: st.lists(st.lists(counts, min_size=width, max_size=width), min_size=1, max_size=7))


def as_columns(rows: list[list[int]]) -> list[dict[str, int]]:
    return [{f"answer {place}": count for place, count in enumerate(row)} for row in rows]


@given(questions)
def test_no_count_below_five_is_shown_and_what_is_shown_is_true(rows):
    columns = as_columns(rows)
    for column in columns:
        assert all(shown is None or (shown == column[answer] and shown >= LEAST) for answer, shown in safe(column).items())
    for answer, shown in safe_sums(columns).items():
        assert shown is None or (shown == sum(column[answer] for column in columns) and shown >= LEAST)


@given(questions)
def test_a_total_is_shown_only_where_every_part_is(rows):
    for column in as_columns(rows):
        shown = safe(column)
        assert total(shown) == (None if None in shown.values() else sum(column.values()))


def test_within_a_question_nothing_follows_for_somebody_who_knows_the_rules_and_how_many_people_there_were():
    """Every table of three answers up to 8: group what looks alike, and see that each hidden count could be several things."""
    alike = defaultdict(list)
    for world in itertools.product(range(9), repeat=3):
        alike[tuple(safe(dict(enumerate_names(world))).values())].append(world)
    looked_at = 0
    for shown, worlds in alike.items():
        hidden = [place for place, count in enumerate(shown) if count is None]
        if len(hidden) in (0, 3):
            continue
        for people in range(min(map(sum, worlds)), 25):
            possible = [world for world in worlds if sum(world) <= people]
            for place in hidden:
                looked_at += 1
                assert len({world[place] for world in possible}) >= 2, (shown, people)
    assert looked_at > 100


def enumerate_names(world):
    return [(f"answer {place}", count) for place, count in enumerate(world)]


@given(questions)
def test_between_an_advert_and_all_adverts_nothing_follows_by_subtraction_at_any_time(rows):
    """Everything that was ever shown is known; each hidden count could still be anything from 0 to 4."""
    columns = as_columns(rows)
    for answer in columns[0]:
        known, hidden = 0, []
        before = 0
        for number, column in enumerate(columns, start=1):
            alone = safe(column)[answer]
            if alone is None:
                hidden.append(column[answer])
            else:
                known += alone
            overall = safe_sums(columns[:number])[answer]
            if overall is None:
                continue
            # By subtraction: what the hidden counts since the last time a sum was shown make together.
            together, known, before = overall - before - known, 0, overall
            if hidden:
                assert together >= LEAST
                for _count in hidden:
                    others_at_most = (LEAST - 1) * (len(hidden) - 1)
                    assert together - others_at_most <= 0, "one of them could not be nought"
                    assert together >= LEAST - 1, "one of them could not be four"
            else:
                assert together == 0
            hidden = []


@given(questions)
def test_what_is_left_out_of_the_sums_is_nothing_or_five_people_or_more(rows):
    """Who knows how many people there were in all learns nothing of a few by taking away what is shown."""
    columns = as_columns(rows)
    sums = safe_sums(columns)
    left_out = [sum(column[answer] for column in columns) for answer, shown in sums.items() if shown is None]
    if left_out and len(left_out) < len(sums):
        assert sum(left_out) >= LEAST


def test_small_counts_of_several_adverts_are_shown_together():
    columns = [{"yes": count, "no": 20} for count in (2, 3, 2)]
    assert safe(columns[0]) == {"yes": None, "no": None}
    assert safe_sums([{"a": 2, "b": 3, "c": 20}, {"a": 2, "b": 3, "c": 20}, {"a": 3, "b": 2, "c": 20}]) == {"a": 7, "b": 8, "c": 60}


def test_nothing_is_shown_before_any_advert_closed():
    assert safe_sums([]) == {}
    assert total({}) is None
