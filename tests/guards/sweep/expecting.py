"""What a page must answer somebody, from its own policy, the record's ``visible_to`` and the policy about the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from safety_partners.core.policy import Policy, Sentence
from safety_partners.core.viewer import Viewer

OPENS, REFUSES, ASKS_TO_SIGN_IN, HIDES, NOT_THIS_WAY = "opens", "refuses", "asks to sign in", "hides", "not this way"


@dataclass(frozen=True, slots=True)
class Expected:
    """How a page answers: what it does, with which status, and the sentence where it refuses.

    ``is_by_page`` says that no record had a part in it: the page itself is not for this person.
    """

    does: str
    status: int
    sentence: str = ""
    is_by_page: bool = False


def expect(
    view: Any, method: str, viewer: Viewer, *, is_seen: bool, may: Policy | None = None, record: Any = None, says: int = 200
) -> Expected:
    """Work out what a view must answer; ``is_seen`` says whether the record is visible to the viewer."""
    if method not in view.methods:
        return Expected(NOT_THIS_WAY, 405, is_by_page=True)
    if not view.policy(viewer):
        return _refusal(viewer, view.policy.sentence, method, is_by_page=True)
    if not is_seen:
        return Expected(HIDES, 404)
    if may is not None and not may(viewer, record):
        return _refusal(viewer, may.sentence, method)
    return Expected(OPENS, says)


def _refusal(viewer: Viewer, sentence: Sentence, method: str, *, is_by_page: bool = False) -> Expected:
    if viewer.user_id is None and method == "GET":
        return Expected(ASKS_TO_SIGN_IN, 302, f"{reverse('account_login')}?next=", is_by_page)
    return Expected(REFUSES, 403, str(sentence), is_by_page)


def visible(viewer: Viewer, model: type) -> set[int]:
    """The records of a kind that their model shows this viewer."""
    return set(model._default_manager.visible_to(viewer).values_list("pk", flat=True))
