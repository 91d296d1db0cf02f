"""Who may: a sentence with a test.

The sentence is what a refusal shows and what the permissions page prints, so that words and rule cannot drift apart.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer

Sentence = str | Promise


class Refused(Exception):  # noqa: N818 - named as people say it
    """The viewer may not do or see this; ``sentence`` says who may."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class Policy:
    """A sentence with a test; called with a viewer, and with a record where the rule is about one.

    Policies combine with ``&``, ``|`` and ``~``; the sentences combine with them.
    """

    def __init__(self, sentence: Sentence, test: Callable[..., bool], name: str = "", *, takes_record: bool) -> None:
        self.sentence = sentence
        self.test = test
        self.name = name
        self.takes_record = takes_record

    def __call__(self, viewer: Viewer, record: Any = None) -> bool:
        return self.test(viewer, record) if self.takes_record else self.test(viewer)

    def demand(self, viewer: Viewer, record: Any = None) -> None:
        """Raise :class:`Refused` with the sentence unless the viewer may."""
        if not self(viewer, record):
            raise Refused(self.sentence)

    def __and__(self, other: Policy) -> Policy:
        return _combined(self, other, all, "and")

    def __or__(self, other: Policy) -> Policy:
        return _combined(self, other, any, "or")

    def __invert__(self) -> Policy:
        def test(viewer: Viewer, record: Any = None) -> bool:
            return not self(viewer, record)

        return Policy(_Except(self), test, takes_record=self.takes_record)

    def __repr__(self) -> str:
        return f"<Policy {self.name or self.sentence}>"


class _Joined(Promise):
    """Two sentences joined when they are shown, so that each is in the reader's language."""

    def __init__(self, one: Policy, other: Policy, word: str) -> None:
        self.one, self.other, self.word = one, other, word

    def __str__(self) -> str:
        # A comma where "and" and "or" meet, so that nobody need guess what belongs together.
        is_mixed = any(isinstance(part.sentence, _Joined) and part.sentence.word != self.word for part in (self.one, self.other))
        patterns = {
            ("and", False): _("%(one)s and %(other)s"),
            ("or", False): _("%(one)s or %(other)s"),
            ("and", True): _("%(one)s, and %(other)s"),
            ("or", True): _("%(one)s, or %(other)s"),
        }
        return patterns[self.word, is_mixed] % {"one": str(self.one.sentence), "other": _inside(str(self.other.sentence))}


class _Except(Promise):
    """The sentence of a policy turned round."""

    def __init__(self, one: Policy) -> None:
        self.one = one

    def __str__(self) -> str:
        return _("Everyone except %(one)s") % {"one": _inside(str(self.one.sentence))}


def _inside(sentence: str) -> str:
    """The sentence as it stands in the middle of another; a name such as "Patient Safety Partners" keeps its capitals."""
    first, _space, rest = sentence.partition(" ")
    is_name = first[1:] != first[1:].lower() or rest[:1].isupper()
    return sentence if is_name else sentence[:1].lower() + sentence[1:]


def _combined(one: Policy, other: Policy, how: Callable[..., bool], word: str) -> Policy:
    takes_record = one.takes_record or other.takes_record

    def test(viewer: Viewer, record: Any = None) -> bool:
        return how(policy(viewer, record) for policy in (one, other))

    return Policy(_Joined(one, other, word), test, takes_record=takes_record)


POLICIES: dict[str, Policy] = {}


def policy(sentence: Sentence) -> Callable[[Callable[..., bool]], Policy]:
    """Turn a test of a viewer (and a record) into a :class:`Policy`, listed under its dotted name."""

    def decorate(test: Callable[..., bool]) -> Policy:
        name = f"{test.__module__}.{test.__qualname__}"
        made = Policy(sentence, test, name, takes_record=len(inspect.signature(test).parameters) > 1)
        made.__doc__ = test.__doc__
        POLICIES[name] = made
        return made

    return decorate
