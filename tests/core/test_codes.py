"""Codes for people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safety_partners.core import codes


def test_a_new_code_has_its_prefix_and_eight_signs_of_the_alphabet():
    assert all(codes.PATTERN.match(codes.new_code("INS")) for _ in range(200))


def test_the_alphabet_has_thirty_signs_that_do_not_look_like_others():
    assert len(set(codes.ALPHABET)) == 30
    assert not set(codes.ALPHABET) & set("ILOU01")


def test_codes_do_not_repeat():
    assert len({codes.new_code("INS") for _ in range(5000)}) == 5000


@pytest.mark.parametrize("typed", ["INS-7KQ3M2XB", "ins 7kq3m2xb", " i n s 7kq3 m2xb ", "INS–7KQ3M2XB", "ins7kq3m2xb"])
def test_what_was_read_aloud_becomes_the_code(typed):
    assert codes.tidy(typed) == "INS-7KQ3M2XB"


@pytest.mark.parametrize("wrong", ["INS-7KQ3M2XB\n", "INS-7KQ3M2X", "INS-7KQ3M2XBB", "ins-7kq3m2xb", "INS-7KQ3M2X0", "IN-7KQ3M2XB"])
def test_the_pattern_takes_whole_codes_only(wrong):
    assert not codes.PATTERN.match(wrong)


@given(st.text())
def test_any_text_is_tidied_without_trouble_and_once_is_enough(typed):
    assert codes.tidy(codes.tidy(typed)) == codes.tidy(typed)


@given(st.text(codes.ALPHABET, min_size=8, max_size=8))
def test_a_code_survives_being_tidied(signs):
    assert codes.tidy(f"INS-{signs}".lower()) == f"INS-{signs}"
