"""What is kept while somebody writes, and the counting of equality answers."""

from __future__ import annotations

import pytest

from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Event, Message
from safety_partners.core.viewer import NOBODY
from safety_partners.joining import commands, private_words
from safety_partners.joining.models import Draft, EqualityCount
from safety_partners.joining.queries.equality import counts
from safety_partners.joining.queries.interest import draft_with
from tests.factories.joining import make_advert, make_advert_draft
from tests.factories.people import viewer_of

SECRET = "7KQ3-M2XB-9TRF"


@pytest.fixture
def draft(advert):
    return commands.begin_interest(NOBODY, advert, secret=SECRET)


def test_only_a_hash_of_the_secret_is_kept(draft):
    assert SECRET not in str(Draft.objects.values().get())
    assert draft_with(" 7kq3 m2xb9trf ") == draft
    assert draft_with("7KQ3-M2XB-9TRG") is None


def test_nothing_is_begun_for_an_advert_that_is_not_open(lead):
    with pytest.raises(NotPossible):
        commands.begin_interest(NOBODY, make_advert_draft(lead), secret=SECRET)


def test_keep_answers_leaves_no_word_in_the_event(draft):
    commands.keep_answers(NOBODY, draft, answers={"why": {"why": "My mother"}})
    assert Draft.objects.get().answers == {"why": {"why": "My mother"}}
    assert all(event.details == {} for event in Event.objects.filter(about_code=draft.code))


def test_keep_answers_says_when_it_was_sent_meanwhile(draft):
    Draft.objects.all().delete()
    with pytest.raises(Overtaken):
        commands.keep_answers(NOBODY, draft, answers={})


def test_keep_answers_is_limited_in_size(draft):
    with pytest.raises(NotPossible):
        commands.keep_answers(NOBODY, draft, answers={"why": {"why": "x" * 60_001}})


def test_send_come_back_link_writes_one_message_with_the_link_and_the_code(draft):
    commands.send_come_back_link(NOBODY, draft, email="Mo@example.org", secret=SECRET)
    message = Message.objects.get()
    assert message.to_address == "mo@example.org"
    assert f"/come-back/{SECRET}/" in message.text
    assert message.text.count("None") == 0


def test_private_words_are_the_same_for_one_code_and_differ_for_another():
    assert private_words.word_of(SECRET) == private_words.word_of(SECRET.lower().replace("-", ""))
    assert private_words.word_of(SECRET) != private_words.word_of("7KQ3-M2XB-9TRG")
    assert private_words.key_of(SECRET) == private_words.key_of(SECRET.lower())
    assert len(set(private_words.WORDS)) == 256
    assert not private_words.is_word("", "")


def test_new_secrets_are_ones_that_can_be_typed_back():
    for _time in range(50):
        code, word = private_words.new_come_back_code(), private_words.new_word()
        assert private_words.tidy_come_back_code(code) == code
        assert private_words.tidy_word(word) == word


def test_count_equality_adds_one_for_each_answer_and_names_nobody(advert):
    commands.count_equality(NOBODY, advert, answers={"age": "75 or over", "sex": "", "religion": "none"})
    kept = EqualityCount.objects.filter(count__gt=0).values_list("question", "answer", "count")
    assert set(kept) == {("age", "75 or over", 1), ("religion", "none", 1)}
    event = Event.objects.get(verb="joining.count_equality")
    assert (event.details, event.about_code, event.by_membership_id) == ({}, advert.code, None)


def test_count_equality_refuses_an_answer_that_is_not_there(advert):
    with pytest.raises(NotPossible) as trouble:
        commands.count_equality(NOBODY, advert, answers={"age": "42"})
    assert trouble.value.field == "age"


def test_counts_are_shown_only_when_they_cannot_change_any_more(advert, lead):
    for _time in range(6):
        commands.count_equality(NOBODY, advert, answers={"sex": "female", "age": "25 to 44"})
    for _time in range(5):
        commands.count_equality(NOBODY, advert, answers={"sex": "male"})
    commands.count_equality(NOBODY, advert, answers={"sex": "prefer not"})
    assert counts(viewer_of(lead)).tables == []

    commands.close_advert(viewer_of(lead), advert)
    table = next(one for one in counts(viewer_of(lead)).tables if one.question.name == "sex")
    assert [figures for _answer, figures in table.rows] == [[6, 6], [None, None], [None, None]]
    assert table.totals == [None, None]
    with pytest.raises(NotPossible):
        commands.count_equality(NOBODY, advert, answers={"sex": "female"})
    commands.publish_advert(viewer_of(lead), advert)
    with pytest.raises(NotPossible):
        commands.count_equality(NOBODY, advert, answers={"sex": "female"})


def test_counts_are_the_organisations_own(advert, lead):
    from safety_partners.people.models import Role
    from tests.factories.people import make_member, make_organisation

    other = make_member(make_organisation(), Role.LEAD)
    commands.close_advert(viewer_of(lead), advert)
    make_advert(lead)
    assert [one.pk for one in counts(viewer_of(lead)).adverts] == [advert.pk]
    assert counts(viewer_of(other)).adverts == []
