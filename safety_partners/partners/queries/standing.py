"""Where a partner stands: what is missing before they start or go on, and what runs out soon."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from safety_partners.core.working_days import today
from safety_partners.partners.models import Need, Partner, Term

# So many days before something ends, those whom it concerns are told, once each.
NOTICES = (90, 60, 30, 7)
NOTICE_DAYS = max(NOTICES)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is required and not there, what is there but ends within 90 days, and the term if it ends then too."""

    missing: list[Need] = field(default_factory=list)
    running_out: list[Need] = field(default_factory=list)
    term: Term | None = None

    @property
    def is_clear(self) -> bool:
        """Nothing that is required is missing."""
        return not self.missing

    @property
    def in_a_word(self) -> str:
        """``missing``, ``running out`` or ``clear``: as the register's filter says it."""
        if self.missing:
            return "missing"
        return "running out" if self.running_out or self.term else "clear"


def standing(partner: Partner, on: dt.date | None = None) -> Standing:
    """What is missing and what runs out, on a day (today unless one is given). Two queries."""
    on = on or today()
    needs = list(Need.objects.filter(partner=partner).exclude(status=Need.Status.NOT_NEEDED).order_by("due_on", "pk"))
    return standing_of(needs, current_term(partner), on)


def standing_of(needs: list[Need], term: Term | None, on: dt.date) -> Standing:
    """The same from needs and a term that were read already."""
    last = on + dt.timedelta(days=NOTICE_DAYS)
    kept = [need for need in needs if need.status == Need.Status.DONE]
    missing = [need for need in needs if need.is_required and need.status == Need.Status.NEEDED]
    missing += [need for need in kept if need.is_required and need.expires_on is not None and need.expires_on <= on]
    running_out = [need for need in kept if need.expires_on is not None and on < need.expires_on <= last]
    return Standing(missing, running_out, term if term is not None and term.ends_on <= last else None)


def current_term(partner: Partner) -> Term | None:
    """The newest term: the one that is running, or that ran last."""
    return partner.terms.order_by("-number").first()
