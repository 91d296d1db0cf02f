"""Notices that something runs out: 90, 60, 30 and 7 days before, each told once."""

from __future__ import annotations

from django.db.models import Q

from safety_partners.core import outbox
from safety_partners.core.command import command
from safety_partners.core.lifecycle import Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.partners import queries
from safety_partners.partners.commands.telling import support_of, tell_partner, tell_support
from safety_partners.partners.models import Need, Term
from safety_partners.people.policies import is_system


def _claim(record: Need | Term, days: int | None) -> int:
    """Let this notice be ours to give. Raises ``Overtaken`` if it was given, or another worker is giving it."""
    untold = Q(told_days__isnull=True) | Q(told_days__gt=days or 0)
    if days is None or not type(record)._base_manager.filter(untold, pk=record.pk).update(told_days=days):
        raise Overtaken
    record.told_days = days
    return days


@command(allow=is_system, details=("told_days",))
def tell_need_runs_out(viewer: Viewer, need: Need, /) -> Need:
    """Tell the partner, and whoever sees to it, that something runs out."""
    days = _claim(need, need.expires_on and queries.notice_due(need.expires_on, today()))
    partner = need.partner
    people = {partner.membership_id: partner.membership}
    for member in [need.owner] if need.owner is not None and need.owner.ended_on is None else support_of(partner):
        people[member.pk] = member
    for member in people.values():
        outbox.put("partners/need_runs_out", to=member, about=need, partner=partner, days=days)
    return need


@command(allow=is_system, details=("told_days",))
def tell_term_ends(viewer: Viewer, term: Term, /) -> Term:
    """Tell the partner and their named contact that a term ends, so that they talk about what comes after."""
    days = _claim(term, queries.notice_due(term.ends_on, today()))
    tell_partner(viewer, term.partner, "partners/term_ends", term, days=days)
    tell_support(viewer, term.partner, "partners/term_ends", term, days=days)
    return term
