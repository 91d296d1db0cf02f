"""Sentences with tests, and how both combine."""

from __future__ import annotations

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from safety_partners.core import page  # noqa: F401  its policies are among those listed
from safety_partners.core.policy import POLICIES, Policy, Refused
from safety_partners.core.viewer import NOBODY, Viewer


def made(sentence, answer=True):
    return Policy(sentence, lambda viewer: answer, takes_record=False)


partners = made("Patient Safety Partners")
lead = made("The partner lead")
staff = made("Members of staff")
owner = Policy("The owner of this", lambda viewer, record: record == viewer.membership_id, takes_record=True)


def test_demand_is_silent_for_those_who_may_and_says_who_may_to_others():
    owner.demand(Viewer(membership_id=3), 3)
    with pytest.raises(Refused) as refusal:
        owner.demand(Viewer(membership_id=3), 4)
    assert str(refusal.value) == str(refusal.value.sentence) == "The owner of this"


@given(st.booleans(), st.booleans())
def test_policies_combine_as_their_words_say(one, other):
    this, that = made("This", one), made("That", other)
    assert (this & that)(NOBODY) == (one and other)
    assert (this | that)(NOBODY) == (one or other)
    assert (~this)(NOBODY) == (not one)


def test_a_combination_hands_on_the_record_only_to_those_who_take_one():
    assert (lead & owner)(Viewer(membership_id=3), 3)
    assert not (lead & owner)(Viewer(membership_id=3), 4)
    assert (~owner)(Viewer(membership_id=3), 4)


def test_a_combination_knows_whether_it_is_about_a_record():
    assert not (lead | staff).takes_record
    assert (lead | owner).takes_record
    assert (~owner).takes_record
    assert not (~lead).takes_record


@pytest.mark.parametrize(
    ("combined", "words"),
    [
        (lead | staff, "The partner lead or members of staff"),
        (lead & owner, "The partner lead and the owner of this"),
        (lead | partners, "The partner lead or Patient Safety Partners"),
        (lead | staff | owner, "The partner lead or members of staff or the owner of this"),
        ((lead | staff) & owner, "The partner lead or members of staff, and the owner of this"),
        ((staff & owner) | lead, "Members of staff and the owner of this, or the partner lead"),
        (~lead, "Everyone except the partner lead"),
        (~partners, "Everyone except Patient Safety Partners"),
        (staff & ~partners, "Members of staff and everyone except Patient Safety Partners"),
    ],
)
def test_sentences_combine_into_one_that_can_be_read(combined, words):
    assert str(combined.sentence) == words


def test_sentences_are_joined_when_they_are_read_in_the_language_of_the_reader():
    combined = made(gettext_lazy("Yes")) | made(gettext_lazy("No"))
    with translation.override("fr"):
        assert str(combined.sentence).startswith("Oui")
    with translation.override("en-gb"):
        assert str(combined.sentence).startswith("Yes")


def test_policies_of_the_product_are_listed_by_name_with_their_docstring():
    listed = POLICIES["safety_partners.core.page.is_anyone"]
    assert listed(NOBODY)
    assert listed.__doc__
    assert "is_anyone" in repr(listed)
