"""One partner's record, complete for the pages that show it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.partners import policies
from safety_partners.partners.models import Leaving, Need, NeedKind, Partner, RoleChange, Term
from safety_partners.partners.queries.agreements import Agreed, agreements
from safety_partners.partners.queries.caring import next_talk_on
from safety_partners.partners.queries.standing import Standing, standing_of

Status = Partner.Status
# How many days before its end one may say that a term ends as agreed.
SOON = 180
SERVING = frozenset({Status.JOINING, Status.ACTIVE, Status.PAUSED})
# Where something is done that is not ticked off by hand: the name of the page, given the partner's code, and for whom it is.
DONE_AT = {
    NeedKind.AGREEMENT: ("partners:agreements", None),
    NeedKind.CONFIDENTIALITY: ("partners:agreements", None),
    NeedKind.INTERESTS: ("partners:interests", None),
    NeedKind.CHECK: ("partners:checks", policies.may_see_checks),
    NeedKind.ACCESS: ("partners:access", policies.may_speak_for),
    NeedKind.CONTACT: ("partners:support", policies.may_lead),
}


@dataclass(frozen=True, slots=True)
class Whole:
    """What is needed, what was agreed, for how long, what was changed, and a leaving if there is one."""

    partner: Partner
    needs: list[Need]
    standing: Standing
    terms: list[Term]
    agreed: list[Agreed]
    changes: list[RoleChange]
    leaving: Leaving | None
    talk_on: dt.date | None

    @property
    def term(self) -> Term | None:
        """The newest term."""
        return self.terms[-1] if self.terms else None

    @property
    def proposed(self) -> RoleChange | None:
        """A change that waits for the partner's answer."""
        return next((change for change in self.changes if change.status == RoleChange.Status.PROPOSED), None)


def whole(viewer: Viewer, partner: Partner) -> Whole:
    """The record. Five queries, however long it is."""
    needs = list(needs_of(viewer, partner))
    # The next talk is asked for together with the terms, of which there is always one: a question less.
    rows = Term.objects.visible_to(viewer).filter(partner=partner).annotate(talk_on=next_talk_on(partner))
    terms = list(rows.select_related("decided_by__user").order_by("number"))
    changes = RoleChange.objects.visible_to(viewer).filter(partner=partner)
    leavings = Leaving.objects.visible_to(viewer).filter(partner=partner, taken_back_at__isnull=True)
    return Whole(
        partner=partner,
        needs=needs,
        standing=standing_of(needs, terms[-1] if terms else None, today()),
        terms=terms,
        agreed=agreements(viewer, partner),
        changes=list(changes.select_related("role__role", "proposed_by__user", "recorded_by__user").order_by("-pk")),
        leaving=leavings.select_related("reviewed_by__user", "talked_with__user", "recorded_by__user").order_by("-pk").first(),
        talk_on=terms[-1].talk_on if terms else None,
    )


def needs_of(viewer: Viewer, partner: Partner) -> Any:
    """What one partner needs, what is due first before the rest."""
    rows = Need.objects.visible_to(viewer).filter(partner=partner)
    return rows.select_related("owner__user").order_by("due_on", "pk")


def done_at(viewer: Viewer, need: Need, partner: Partner) -> str:
    """The address where this need is met: that of the record which meets it if the viewer finds it, or its own page."""
    name, allow = DONE_AT.get(NeedKind(need.kind), ("", None))
    is_there = name and (allow is None or allow(viewer, partner))
    return reverse(name, args=[partner.code]) if is_there else need.get_absolute_url()


@dataclass(frozen=True, slots=True)
class Step:
    """Something that the viewer can do now."""

    words: str
    href: str
    is_start: bool = False


def next_steps(viewer: Viewer, found: Whole) -> list[Step]:
    """What this viewer can do with the record as it stands, what matters most first."""
    partner, is_own = found.partner, policies.is_own(viewer, found.partner)
    steps: list[tuple[str, str, bool]] = []
    can_lead, can_keep = policies.may_lead(viewer, partner), policies.may_keep(viewer, partner)
    can_speak = policies.may_speak_for(viewer, partner)
    serving = partner.status in SERVING
    steps += [
        (_("Start"), "partners:start", partner.status == Status.JOINING and found.standing.is_clear and can_lead),
        (_("See how the leaving stands"), "partners:leaving", found.leaving is not None),
        (_("Take a break") if is_own else _("Record a break"), "partners:pause", partner.status == Status.ACTIVE and can_speak),
        (
            _("Come back from your break") if is_own else _("Record that they are back"),
            "partners:resume",
            partner.status == Status.PAUSED and can_speak,
        ),
        (
            _("Correct how I am called") if is_own else _("Correct how they are called"),
            "partners:details",
            partner.status not in {Status.LEFT, Status.FORGOTTEN} and can_speak,
        ),
        (_("Name a contact and a deputy"), "partners:support", partner.status not in {Status.LEFT, Status.FORGOTTEN} and can_lead),
        (_("Propose a change of the role"), "partners:propose", serving and found.proposed is None and can_keep and not is_own),
        (_("Agree a further term"), "partners:extend", serving and found.term is not None and not found.term.decision and can_lead),
        (
            _("Let the term end"),
            "partners:let-end",
            serving and found.term is not None and not found.term.decision and found.term.days_left(today()) <= SOON and can_lead,
        ),
        (_("Step down") if is_own else _("Record that they step down"), "partners:step-down", serving and can_speak),
        (_("End the role"), "partners:end-role", serving and found.leaving is None and can_lead and not is_own),
        (_("Forget this record"), "partners:forget", partner.status == Status.LEFT and policies.may_forget(viewer, partner)),
    ]
    return [Step(words, reverse(name, args=[partner.code]), name == "partners:start") for words, name, can in steps if can]


@dataclass(frozen=True, slots=True)
class Coming:
    """A day that is coming up for a partner."""

    on: dt.date
    words: str
    href: str


def coming_up(viewer: Viewer, found: Whole) -> list[Coming]:
    """What a partner has to expect, by day: what is due, what runs out, the next talk, when the term is looked at and ends."""
    partner, on = found.partner, today()
    days = [
        Coming(need.due_on, need.title, done_at(viewer, need, partner))
        for need in found.needs
        if need.status == Need.Status.NEEDED and need.due_on
    ]
    if found.talk_on is not None:
        days.append(Coming(found.talk_on, _("A talk with us"), reverse("partners:talks", args=[partner.code])))
    days += [
        Coming(need.expires_on, _("%(title)s runs out") % {"title": need.title}, done_at(viewer, need, partner))
        for need in found.standing.running_out
        if need.expires_on
    ]
    if found.term is not None and not found.term.decision:
        here = reverse("partners:role-and-term", args=[partner.code])
        if found.term.review_on and found.term.review_on >= on:
            days.append(Coming(found.term.review_on, _("We look at your term together"), here))
        days.append(Coming(found.term.ends_on, _("Your term ends, unless we agree on another one"), here))
    if partner.back_on:
        here = reverse("partners:my-place") if policies.is_own(viewer, partner) else partner.get_absolute_url()
        days.append(Coming(partner.back_on, _("You are back from your break"), here))
    return sorted(days, key=lambda day: day.on)


def partners_to_be_buddy(viewer: Viewer, partner: Partner) -> list[tuple[str, str]]:
    """Other partners who serve now, for somebody new to go along with."""
    rows = Partner.objects.visible_to(viewer).filter(~Q(pk=partner.pk), status=Status.ACTIVE)
    rows = rows.select_related("membership__user").order_by("name_key", "pk")
    return [(row.code, row.name) for row in rows[:300]]
