"""Finding by words: whatever is typed, on both databases alike."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from safety_partners.core import text_search
from safety_partners.core.models import SearchEntry
from safety_partners.people.models import Service
from tests.factories.people import make_organisation, make_service

pytestmark = pytest.mark.django_db
QUIET = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def keep(organisation):
    """Keep a text under a new record."""

    def put(words, name=None):
        service = make_service(organisation, name or words[:100])
        text_search.index(service, words, organisation_id=organisation.pk)
        return service

    return put


@pytest.fixture
def find(organisation):
    """The names of the records that a text finds."""

    def names(typed, organisation_id=organisation.pk):
        return sorted(found.name for found in text_search.matching(Service.objects.all(), typed, organisation_id=organisation_id))

    return names


@pytest.mark.parametrize(
    "typed",
    [
        "discharge letter",
        "letter discharge",
        "DISCHARGE",
        "letters",
        "discharged",
        "disch",
        "letter disch",
        "café",
        "cafe",
        "CAFÉ",
        "cafe\u0301",
        "don't",
        "o'brien",
        "follow-up",
        "followed up",
        "ann@example.org",
        "example.org",
        "INS-7KQ3M2XB",
        "7kq3m2xb",
        "ward-12",
        "12",
        "3.5",
        "the",
        "her",
        "żółć",
        "zołc",
        "ﬁle",
        "file",
        "straße",
        "strasse",
        "рука",
        "হাত",
        "手",
        "letter !!! discharge ???",
    ],
)
def test_words_are_found_however_they_are_typed(keep, find, typed):
    keep(
        "The discharge letter from the café: don't follow-up with O'Brien <ann@example.org>, see INS-7KQ3M2XB, ward-12, 3.5 mg."
        " Her hernia. Żółć. The ﬁle in Hauptstraße strasse. рука হাত 手",
        name="Kept",
    )
    keep("Nothing in common", name="Other")
    assert find(typed) == ["Kept"]


@pytest.mark.parametrize("typed", ["charge", "letter aardvark", "disch letter", "discharge OR nothing", "-letter", "ter"])
def test_other_words_find_nothing(keep, find, typed):
    keep("The discharge letter", name="Kept")
    assert find(typed) == (["Kept"] if typed == "-letter" else [])


def test_a_beginning_finds_words_that_only_begin_like_a_little_word(keep, find):
    """English search drops ``her``, ``do`` and ``an``; people who type a beginning mean it."""
    keep("hernia", name="Hernia")
    keep("doctor", name="Doctor")
    keep("anaesthetic", name="Anaesthetic")
    assert (find("her"), find("do"), find("an")) == (["Hernia"], ["Doctor"], ["Anaesthetic"])


@pytest.mark.parametrize("typed", ["", "   ", "!!!", "_", "\x00", "'", '"', "\\"])
def test_nothing_typed_keeps_all_rows(keep, find, typed):
    keep("words", name="Kept")
    assert find(typed) == ["Kept"]


@pytest.mark.parametrize(
    "typed",
    [
        "letter')--",
        "letter' | 'x",
        'letter" OR "x',
        "letter*",
        "(letter",
        "NEAR(letter)",
        "words:letter",
        "!letter",
        "letter & ",
        "letter <-> x \x00",
        "^letter",
        "{letter}",
    ],
)
def test_no_query_language_can_be_typed(keep, find, typed):
    keep("a letter", name="Kept")
    keep("x", name="X")
    assert find(typed) in (["Kept"], [])


@QUIET
@given(st.text(max_size=60) | st.text("'\"\\:*&|!()<->^{}%_ ab", max_size=40))
@example("a" * 5000)
@example("\x00'\ud800")
@example("½ ² ㎏ ‰")
def test_any_text_can_be_typed_and_kept(keep, find, typed):
    find(typed)


@QUIET
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
@example("0E0A")
@example("1.5e3 a/b c:d -7 +44 http://x.example/y?z=1")
def test_what_was_kept_is_found_by_its_own_words(organisation, find, words):
    service, _made = Service.objects.get_or_create(organisation=organisation, name="Kept")
    text_search.index(service, words, organisation_id=organisation.pk)
    assert find(words[:30].rsplit(" ", 1)[0] if " " in words[:30] else words) == ["Kept"] or not plain(words)


def plain(words):
    """Whether the words hold letters that both databases know for sure."""
    return any(sign.isascii() and sign.isalnum() for sign in words)


def test_very_long_words_and_very_many_words_do_no_harm(keep, find):
    keep("x" * 100_000 + " " + " ".join(f"word{n}" for n in range(120_000)), name="Long")
    keep(" ".join("ж" * 60 + str(n) for n in range(20_000)), name="Wide")
    assert find("word7") == ["Long"]
    assert find("x" * 3000) == ["Long"]
    assert find(" ".join(f"word{n}" for n in range(500))) == ["Long"]


def test_words_that_changed_are_found_and_the_old_ones_are_not(keep, find, organisation):
    service = keep("first words", name="Kept")
    text_search.index(service, "second thoughts", organisation_id=organisation.pk)
    assert find("first") == []
    assert find("second") == ["Kept"]
    assert SearchEntry.objects.count() == 1


def test_forgotten_words_find_nothing_and_leave_nothing_behind(keep, find, organisation):
    service = keep("first words", name="Kept")
    text_search.forget(service)
    assert find("first") == []
    assert not SearchEntry.objects.exists()
    text_search.index(service, "again", organisation_id=organisation.pk)
    assert find("first") == []
    assert find("again") == ["Kept"]


def test_another_organisation_finds_nothing_of_ours(keep, find):
    keep("secret words", name="Kept")
    assert find("secret", organisation_id=make_organisation().pk) == []


def test_another_kind_of_record_with_the_same_number_is_not_found(keep, organisation):
    service = keep("words", name="Kept")
    found = text_search.matching(type(organisation).objects.filter(pk=service.pk), "words", organisation_id=organisation.pk)
    assert not found.exists()


def test_matching_only_narrows_the_rows_it_is_given(keep, organisation):
    keep("words", name="Kept")
    assert not text_search.matching(Service.objects.none(), "words", organisation_id=organisation.pk).exists()


def test_the_newest_matches_count(keep, find, monkeypatch):
    monkeypatch.setattr(text_search, "NEWEST", 2)
    for number in range(4):
        keep("words", name=f"Number {number}")
    assert find("words") == ["Number 2", "Number 3"]


@pytest.mark.parametrize(("sample", "common", "walk"), [(4, 1, 100), (4, 1, 5), (4, 99, 100), (1, 1, 2)])
def test_the_newest_matches_are_found_whichever_way_the_database_goes(keep, find, monkeypatch, sample, common, walk):
    monkeypatch.setattr(text_search, "NEWEST", 3)
    for name, count in [("SAMPLE", sample), ("COMMON_IN_SAMPLE", common), ("WALK", walk)]:
        monkeypatch.setattr(text_search, name, count)
    for number in range(10):
        keep("a wheelchair in the rain" if number % 2 else "a wheelchair", name=f"text {number}")
    assert find("wheelch") == ["text 7", "text 8", "text 9"]
    assert find("rain") == ["text 5", "text 7", "text 9"]
    assert find("rain wheelch") == ["text 5", "text 7", "text 9"]
    assert find("snow") == []
