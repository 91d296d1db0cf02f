"""What a list shows somebody opens for them; what it does not show them is not there for them either."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from django.apps import apps

from tests.guards.sweep.browser import Visit
from tests.guards.sweep.expecting import HIDES, OPENS, REFUSES
from tests.guards.sweep.walking import Agreed
from tests.world.pages import DETAIL, NO_PAGE_OF_ITS_OWN

pytestmark = pytest.mark.django_db
# It opens, leads on, or says why there is nothing to do here now; it never says that it is not there, or not for them.
IS_OPEN = {200, 302, 409}


def disagreements(agreed: Iterable[Agreed]) -> Iterator[str]:
    """A sentence for each record whose page says something else than its list."""
    for one in agreed:
        if one.is_foreign and one.is_listed:
            yield f"{one.kind}: lists show {one.visit.person} what another organisation keeps: {one.visit.path}"
        if not one.is_listed and one.visit.status != 404:
            yield f"{one.kind}: {one.visit}, but no list shows it to them"
        if one.is_listed and one.does == OPENS and one.visit.status not in IS_OPEN:
            yield f"{one.kind}: {one.visit}, but lists show it to them"
        if one.is_listed and one.does == REFUSES and one.visit.status != 403:
            yield f"{one.kind}: {one.visit}, but its policy refuses them"


def says_who_sees(model: type) -> bool:
    """Say whether the records of a kind are shown by ``visible_to``."""
    return hasattr(model._default_manager, "visible_to") and hasattr(model._default_manager.all(), "visible_to")


def test_every_kind_has_its_page_or_a_reason():
    kinds = {model.__name__ for model in apps.get_models() if says_who_sees(model)}
    assert kinds == {model.__name__ for model in DETAIL} | set(NO_PAGE_OF_ITS_OWN), (
        "Each model with visible_to stands in tests/world/pages: in DETAIL with its page, or in NO_PAGE_OF_ITS_OWN with the reason."
    )
    assert not {model.__name__ for model in DETAIL} & set(NO_PAGE_OF_ITS_OWN)


def test_lists_and_policies_agree(sweep):
    wrong = list(disagreements(sweep.agreed))
    assert not wrong, f"{len(wrong)} disagreements:\n" + "\n".join(wrong)


def test_there_was_something_to_agree_about(sweep):
    for model in DETAIL:
        found = [one for one in sweep.agreed if one.kind == model.__name__]
        assert any(one.is_listed and one.does == OPENS for one in found), f"nobody sees a {model.__name__}"
        assert any(one.does == HIDES for one in found), f"everybody sees every {model.__name__}"
        assert any(one.is_foreign for one in found), f"the foreign organisation has no {model.__name__}"


# The guard itself


@pytest.mark.parametrize(
    "bad",
    [
        Agreed("Insight", is_foreign=False, is_listed=False, does=HIDES, visit=Visit("staff", "GET", "/a/", 200)),
        Agreed("Insight", is_foreign=False, is_listed=False, does=HIDES, visit=Visit("staff", "GET", "/a/", 403)),
        Agreed("Insight", is_foreign=False, is_listed=True, does=OPENS, visit=Visit("staff", "GET", "/a/", 404)),
        Agreed("Insight", is_foreign=False, is_listed=True, does=OPENS, visit=Visit("staff", "GET", "/a/", 403)),
        Agreed("Insight", is_foreign=True, is_listed=True, does=OPENS, visit=Visit("staff", "GET", "/a/", 200)),
        Agreed("Wording", is_foreign=False, is_listed=True, does=REFUSES, visit=Visit("staff", "GET", "/a/", 200)),
    ],
    ids=str,
)
def test_the_guard_sees_a_disagreement(bad):
    assert list(disagreements([bad]))
