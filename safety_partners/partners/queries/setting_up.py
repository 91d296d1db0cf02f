"""What is still to be set up, worked out from what is there: nothing about a step is kept a second time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safety_partners.core import history
from safety_partners.core.duty import Duty
from safety_partners.core.models import Event
from safety_partners.core.viewer import Viewer
from safety_partners.partners import policies
from safety_partners.partners.models import PlanItem, Programme, RoleVersion, Template, VersionStatus
from safety_partners.people.models import Membership, Organisation, UrgentContact


class State(StrEnum):
    """Said by the organisation, not said yet, or our starting values, which may stay."""

    DONE = "done"
    TO_DO = "to do"
    OURS = "ours"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to set up: its page, what it is for, and where it stands."""

    name: str
    title: str
    hint: str
    path: str
    state: State


@dataclass(frozen=True, slots=True)
class SetUp:
    """The whole set-up of one organisation."""

    steps: list[Step]
    programme: Programme

    @property
    def missing(self) -> list[Step]:
        return [step for step in self.steps if step.state == State.TO_DO]

    @property
    def done_count(self) -> int:
        return len(self.steps) - len(self.missing)

    @property
    def is_finished(self) -> bool:
        return self.programme.set_up_at is not None


def set_up(organisation_id: int) -> SetUp:
    """Every step of the set-up, in the order in which it is easiest."""
    organisation = _organisation(organisation_id)
    programme = organisation.programme if hasattr(organisation, "programme") else Programme(organisation=organisation)
    return SetUp(_steps(organisation, programme), programme)


def missing(organisation_id: int) -> list[Step]:
    """What only the organisation can say, and has not said."""
    return set_up(organisation_id).missing


def waits_for(viewer: Viewer) -> QuerySet[Membership]:
    """The viewer's own membership, if they are the lead of a programme that is not set up yet: one row or none."""
    if not policies.may_run_programme(viewer):
        return Membership.objects.none()
    is_set_up = Programme.objects.filter(organisation=OuterRef("organisation"), set_up_at__isnull=False)
    return Membership.objects.filter(~Exists(is_set_up), pk=viewer.membership_id)


def duty() -> Duty:
    """The lead is reminded until the programme is set up."""
    return Duty(
        _("Set up the partner programme"), _("It takes less than 30 minutes, and you can stop at any time."), reverse("partners:set-up")
    )


def _organisation(organisation_id: int) -> Organisation:
    """The organisation with everything that a step asks about, in one question."""
    set_clocks = Event.objects.filter(root_kind=history.kind_of(Organisation), root_id=OuterRef("pk"), verb="people.set_clocks")
    set_lengths = Event.objects.filter(root_kind=history.kind_of(Programme), root_id=OuterRef("programme__pk"), verb="partners.set_lengths")
    mine = Q(organisation=OuterRef("pk"))
    return (
        Organisation.objects.select_related("programme")
        .annotate(
            has_risk_now=Exists(UrgentContact.objects.filter(mine, channel=UrgentContact.Channel.RISK_NOW)),
            has_role=Exists(RoleVersion.objects.filter(role__organisation=OuterRef("pk"), status=VersionStatus.IN_USE)),
            has_own_words=Exists(Template.objects.filter(mine)),
            has_plan=Exists(PlanItem.objects.filter(mine, is_open=True)),
            has_set_clocks=Exists(set_clocks),
            has_set_lengths=Exists(set_lengths),
        )
        .get(pk=organisation_id)
    )


def _steps(organisation: Organisation, programme: Programme) -> list[Step]:
    facts = vars(organisation)
    named = [programme.executive, programme.responsible_officer, programme.lead, programme.safety_specialist]
    count = sum(map(bool, named))
    clocks = {"first": organisation.acknowledge_days, "own": organisation.own_days, "answer": organisation.answer_days}
    can_be_reached = organisation.contact_name and (organisation.contact_phone or organisation.contact_email)
    return [
        Step(
            "people",
            _("Who answers for the programme"),
            ngettext("%(n)s person is named", "%(n)s people are named", count) % {"n": count}
            if count
            else _("The executive, the lead and others"),
            reverse("partners:people-responsible"),
            _said(programme.executive and programme.lead),
        ),
        Step(
            "policy",
            _("The policy for partners"),
            programme.policy_title or _("Its name, where it is, and when you look at it again"),
            reverse("partners:policy"),
            _said(programme.policy_title and programme.policy_review_on),
        ),
        Step(
            "contact",
            _("Somebody to talk to"),
            organisation.contact_name or _("Whoever is interested can reach a person"),
            _people("people:organisation-details"),
            _said(can_be_reached),
        ),
        Step(
            "role",
            _("The role"),
            _("What partners do and do not do, what you offer, what you never ask"),
            reverse("partners:roles"),
            _said(facts["has_role"]),
        ),
        Step(
            "urgent",
            _("Where to go when something cannot wait"),
            _("First of all when someone is at risk now; then safeguarding, complaints and others"),
            reverse("people:organisation") if facts["has_risk_now"] else _people("people:urgent-contact", "risk-now"),
            _said(facts["has_risk_now"]),
        ),
        Step(
            "clocks",
            _("How soon partners hear from you"),
            _("%(first)s, %(own)s and %(answer)s working days") % clocks,
            _people("people:clocks"),
            _chosen(facts["has_set_clocks"]),
        ),
        Step(
            "plan",
            _("What every partner needs before they begin"),
            _("Agreements, induction, training: start from our list"),
            reverse("partners:plan"),
            _said(facts["has_plan"]),
        ),
        Step(
            "words",
            _("Letters and agreements"),
            _("Read them, and change what does not sound like you"),
            reverse("partners:wordings"),
            _chosen(facts["has_own_words"]),
        ),
        Step(
            "lengths",
            _("How long things last"),
            _("A term, and what you keep of people who did not join"),
            reverse("partners:lengths"),
            _chosen(facts["has_set_lengths"]),
        ),
    ]


def _people(name: str, *parts: str) -> str:
    """A page of another part of the product, which leads back to the set-up."""
    return f"{reverse(name, args=parts)}?{urlencode({'next': reverse('partners:set-up')})}"


def _said(there: object) -> State:
    return State.DONE if there else State.TO_DO


def _chosen(there: object) -> State:
    return State.DONE if there else State.OURS
