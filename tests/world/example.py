"""With which record a page is looked at, and what that record's state makes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import reverse

from safety_partners.core.policy import Policy
from tests.world.place import Place


@dataclass(frozen=True, kw_only=True)
class Example:
    """One page with one record of the world.

    ``page`` is the name of the address, ``record`` the name of a record in :attr:`Place.records`, ``may`` the policy that
    the page asks about that record besides its own. Who may open it is answered with ``says``, 200 unless the state of
    the record, or of the browser, says otherwise: then ``because`` says why. ``says_to`` names people who get another
    answer. ``is_public`` pages show a record to anybody, also of other organisations. ``prepare`` is what the browser
    did before; ``only`` are the people it makes sense for. ``where`` gives the parts of the address, unless it is the
    record's code.
    """

    page: str
    record: str = ""
    may: Policy | None = None
    says: int = 200
    because: str = ""
    says_to: Mapping[str, int] = field(default_factory=dict)
    is_public: bool = False
    prepare: Callable[[Client, Place], None] | None = None
    only: tuple[str, ...] = ()
    where: Callable[[Place], dict[str, Any]] | None = None

    @property
    def name(self) -> str:
        """``insights:edit, draft``: as failures call it."""
        return ", ".join(part for part in (self.page, self.record, self.because) if part)

    @property
    def has_record(self) -> bool:
        """Say whether the address is one of an organisation's own, so that a foreign one has it too."""
        return bool(self.record or self.where)

    def path(self, place: Place) -> str:
        """The address of this page with the record of this organisation."""
        if self.where is not None:
            return reverse(self.page, kwargs=self.where(place))
        return reverse(self.page, kwargs={"code": place[self.record].code} if self.record else None)


def one_of(page: str, *records: str, **more: Any) -> list[Example]:
    """The same page with several records, to which it answers alike."""
    return [Example(page=page, record=record, **more) for record in records]
