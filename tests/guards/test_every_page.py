"""Every page opens for whom its policies say, refuses everyone else with the sentence, and hides what is another organisation's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from urllib.parse import quote

import pytest
from django.urls import Resolver404, resolve

from safety_partners.core.checks import all_patterns
from tests.guards.conftest import shared
from tests.guards.sweep.browser import Visit
from tests.guards.sweep.expecting import ASKS_TO_SIGN_IN, HIDES, NOT_THIS_WAY, OPENS, REFUSES, Expected
from tests.guards.sweep.walking import Looked, Sweep
from tests.world import PEOPLE
from tests.world.pages import EXAMPLES, EXEMPT, ONLY_IN_A_DEMONSTRATION

pytestmark = pytest.mark.django_db
# What was typed about a record that is not there any more is given back: 409, whether it ever was there or not.
GIVEN_BACK = 409


def pages_without_example(names: Iterable[str], shown: Iterable[str], exempt: Iterable[str]) -> list[str]:
    """A sentence for each address without an example, and for each example or exemption without an address."""
    known, names = {*shown, *exempt}, set(names)
    missing = [
        f"The page {name!r} has no example: add Example(page={name!r}, record=…, may=…) in tests/world/pages/, with a record that "
        "tests/world/ makes." for name in sorted(names - known)
    ]  # fmt: skip
    return missing + [f"{name!r} is the name of no address: take it out of tests/world/pages/." for name in sorted(known - names)]


def wrong_answers(looks: Iterable[Looked]) -> Iterator[str]:
    """A sentence for each answer that is not the one that policies and records ask for."""
    for one in looks:
        got, expected = one.visit, one.expected
        if got.status != expected.status and not _is_given_back(one):
            yield f"{one}, but it {expected.does} with {expected.status} {expected.sentence}".rstrip()
        elif expected.does == REFUSES and got.person != "former partner" and not _says(got, expected):
            yield f"{one}, but the sentence {expected.sentence!r} is not on it"
        elif expected.does == ASKS_TO_SIGN_IN and got.location != f"{expected.sentence}{quote(got.path)}":
            yield f"{one}, but leads to {got.location!r} instead of the sign-in page"
        if got.changes:
            yield f"{one} changed something without the right to: {got.changes[0]}"


def _is_given_back(one: Looked) -> bool:
    """A form sent to a record that is hidden may say that it is not here, if it says so of codes that never were."""
    return one.expected.does == HIDES and one.visit.method == "POST" and one.visit.status == one.invented == GIVEN_BACK


def _says(visit: Visit, expected: Expected) -> bool:
    """The sentence stands on the page; who is not signed in and sent a form is asked to sign in again."""
    return (
        escape(expected.sentence).replace("&#x27;", "&#39;") in visit.html if visit.person != "visitor" else "/sign-in/?next=" in visit.html
    )


def test_every_page_has_an_example():
    names = [name for _route, name, _pattern in all_patterns()]
    assert len(names) > 90
    assert all(names), "An address has no name."
    sentences = pages_without_example(names, [example.page for example in EXAMPLES], EXEMPT)
    assert not sentences, "\n".join(sentences)


def test_every_page_answers_as_its_policies_say(sweep):
    assert {one.page for one in sweep.looks} == {example.page for example in EXAMPLES}
    assert {one.visit.person for one in sweep.looks} == set(PEOPLE)
    assert {one.expected.does for one in sweep.looks} == {OPENS, REFUSES, ASKS_TO_SIGN_IN, HIDES, NOT_THIS_WAY}
    wrong = list(wrong_answers(sweep.looks))
    assert not wrong, f"{len(wrong)} wrong answers:\n" + "\n".join(wrong)


def test_nobody_opens_what_another_organisation_keeps(sweep):
    foreign = [one for one in sweep.looks if one.is_foreign and one.expected.does == HIDES]
    by_person = {person: {one.page for one in foreign if one.visit.person == person} for person in ("lead", "administrator", "partner")}
    assert len(by_person["lead"]) > 30
    assert len(by_person["administrator"]) > 10
    assert len(by_person["partner"]) > 15
    assert not [str(one) for one in foreign if one.visit.status != 404]


def test_sending_without_rights_changes_nothing(sweep):
    does = {one.expected.does for one in sweep.sent_without_rights}
    assert does == {REFUSES, HIDES, NOT_THIS_WAY}
    assert len(sweep.sent_without_rights) > 500
    wrong = list(wrong_answers(sweep.sent_without_rights))
    assert not wrong, f"{len(wrong)} wrong answers:\n" + "\n".join(wrong)


def test_everybody_opens_something_and_is_refused_something(sweep):
    """A person whom every page refuses, or none, would make this guard blind."""
    for person in PEOPLE:
        does = {one.expected.does for one in sweep.looks if one.visit.person == person}
        assert OPENS in does
        assert does & {REFUSES, ASKS_TO_SIGN_IN}, person


@pytest.mark.parametrize("path", ONLY_IN_A_DEMONSTRATION)
def test_pages_of_the_demonstration_are_absent(path):
    with pytest.raises(Resolver404):
        resolve(path)


# The guard itself


def looked(expected: Expected, status: int, *, invented: int = 0, person: str = "staff", method: str = "GET", **more) -> Looked:
    return Looked(
        "a:page", "a:page", is_foreign=False, visit=Visit(person, method, "/a/", status, **more), expected=expected, invented=invented
    )


@pytest.mark.parametrize(
    "bad",
    [
        looked(Expected(HIDES, 404), 200),
        looked(Expected(HIDES, 404), 409),
        looked(Expected(HIDES, 404), 409, invented=404, method="POST"),
        looked(Expected(HIDES, 404), 422, invented=422, method="POST"),
        looked(Expected(REFUSES, 403, "The lead"), 403, html="<p>Anyone</p>"),
        looked(Expected(REFUSES, 403, "The lead"), 200, html="The lead"),
        looked(Expected(REFUSES, 403, "The lead"), 403, html="The lead", changes=("DELETE FROM a",)),
        looked(Expected(ASKS_TO_SIGN_IN, 302, "/sign-in/?next="), 302, location="/home/", person="visitor"),
        looked(Expected(OPENS, 200), 500),
    ],
    ids=str,
)
def test_the_guard_sees_a_wrong_answer(bad):
    assert list(wrong_answers([bad]))


def test_the_guard_accepts_right_answers():
    good = [
        looked(Expected(OPENS, 200), 200),
        looked(Expected(HIDES, 404), 404),
        looked(Expected(HIDES, 404), 409, invented=409, method="POST"),
        looked(Expected(REFUSES, 403, "Anna's lead"), 403, html="<p>Anna&#39;s lead</p>"),
        looked(Expected(ASKS_TO_SIGN_IN, 302, "/sign-in/?next="), 302, location="/sign-in/?next=/a/", person="visitor"),
    ]
    assert not list(wrong_answers(good))


def test_the_guard_sees_pages_without_example_and_examples_without_page():
    sentences = pages_without_example(["a:new", "a:old"], ["a:old", "a:gone"], [])
    assert len(sentences) == 2
    assert "a:new" in sentences[0]
    assert "a:gone" in sentences[1]


class WalkError(Exception):
    """What a walk fails with."""


def dealt(people: str, folder: Path, *, fails_as: str = "") -> tuple[list[str], Sweep]:
    """Who was walked by this process, and what it saw in the end."""
    walked = []

    @contextmanager
    def walking() -> Iterator[Callable[[str], Sweep]]:
        def walk(person: str) -> Sweep:
            if person == fails_as:
                raise WalkError
            walked.append(person)
            return Sweep(looks=[looked(Expected(OPENS, 200), 200, person=person)])

        yield walk

    return walked, shared(people, walking, folder)


def test_people_are_dealt_out_and_everybody_sees_everything(tmp_path):
    first, _sweep = dealt("ab", tmp_path)
    second, sweep = dealt("abc", tmp_path)
    assert (first, second) == (["a", "b"], ["c"])
    assert [one.visit.person for one in sweep.looks] == ["a", "b", "c"]


def test_a_walk_that_failed_fails_for_everybody(tmp_path):
    for _process in range(2):
        with pytest.raises(WalkError):
            dealt("ab", tmp_path, fails_as="b")
