"""What checks, interests, access needs, talks and a partner's own things look like on their pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Subquery

from safety_partners.core.months import add_months
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.partners.models import (
    AccessNeed,
    Check,
    CheckIn,
    Declaration,
    EmergencyContact,
    Interest,
    LivedExperience,
    Partner,
    PaymentChoice,
    PrivateNote,
)
from safety_partners.people.models import Membership, Organisation, Role
from safety_partners.people.queries import members_with_role

OUTCOME_KEPT_MONTHS = 6
# So many of what was before are shown; a record of many years stays one page.
SHOWN = 100


# Checks and interests


def old_outcomes() -> dict[str, Any]:
    """Which outcomes of checks have been kept long enough: as conditions on checks."""
    return {"outcome_on__lt": add_months(today(), -OUTCOME_KEPT_MONTHS), "outcome__gt": ""}


def organisations_with_old_outcomes() -> list[Organisation]:
    """Where something is to be forgotten tonight."""
    ids = Check.objects.filter(**old_outcomes()).values("partner__organisation_id")
    return list(Organisation.objects.filter(pk__in=ids).order_by("pk"))


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One sort of check, and what was decided about it, if anything."""

    kind: str
    address: str
    label: str
    check: Check | None


def check_lines(viewer: Viewer, partner: Partner) -> list[CheckLine]:
    """Every sort of check, whether it was decided on or not. One query."""
    rows = Check.objects.visible_to(viewer).filter(partner=partner).select_related("decided_by__user")
    found = {check.kind: check for check in rows}
    return [CheckLine(kind.value, check_address(kind), str(kind.label), found.get(kind.value)) for kind in Check.Kind]


def check_address(kind: Check.Kind) -> str:
    """How a sort of check stands in an address."""
    return kind.value.lower().replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Interests:
    """What a partner declared: what holds now, what is over, and when they said that it is right."""

    current: list[Interest]
    over: list[Interest]
    declared: list[Declaration]

    @property
    def last(self) -> Declaration | None:
        return self.declared[0] if self.declared else None


def interests(viewer: Viewer, partner: Partner) -> Interests:
    """The register of one partner's interests. Two queries."""
    rows = list(Interest.objects.visible_to(viewer).filter(partner=partner).order_by("-id")[:SHOWN])
    declared = Declaration.objects.visible_to(viewer).filter(partner=partner).select_related("recorded_by__user")
    return Interests(
        [row for row in rows if not row.is_over],
        [row for row in rows if row.is_over],
        list(declared.order_by("-declared_on", "-id")[:SHOWN]),
    )


# Access needs and talks


def access_needs(viewer: Viewer, partner: Partner) -> list[AccessNeed]:
    """What one partner needs to take part, what is not over first. One query."""
    rows = AccessNeed.objects.visible_to(viewer).filter(partner=partner).select_related("decided_by__user", "recorded_by__user")
    return sorted(rows.order_by("id")[:SHOWN], key=lambda need: need.ended_on is not None)


def unmet(viewer: Viewer) -> QuerySet[AccessNeed]:
    """What partners who are here need and do not have yet: not decided, or not met."""
    rows = AccessNeed.objects.visible_to(viewer).filter(ended_on__isnull=True).exclude(status=AccessNeed.Status.MET)
    return rows.filter(partner__in=Partner.objects.serving())


def access_waiting(viewer: Viewer) -> QuerySet[AccessNeed]:
    """What somebody has to say yes or no to, or to look at again; theirs as the named contact, or as a lead where there is none."""
    looks_after = Q(partner__contact_id=viewer.membership_id)
    if Role.LEAD in viewer.roles:
        looks_after |= Q(partner__contact__isnull=True)
    waits = Q(status=AccessNeed.Status.ASKED) | Q(review_on__lte=today())
    rows = AccessNeed.objects.visible_to(viewer).filter(looks_after, waits, ended_on__isnull=True)
    return rows.filter(partner__in=Partner.objects.serving()).select_related("partner__membership__user")


def check_ins(viewer: Viewer, partner: Partner) -> list[CheckIn]:
    """Talks, the newest first. One query."""
    rows = CheckIn.objects.visible_to(viewer).filter(partner=partner).select_related("with_member__user")
    return list(rows.order_by("-planned_on", "-id")[:SHOWN])


def planned_check_ins(viewer: Viewer) -> QuerySet[CheckIn]:
    """Talks still to be held in which this person has a part."""
    own = Q(partner__membership_id=viewer.membership_id) | Q(with_member_id=viewer.membership_id)
    rows = CheckIn.objects.visible_to(viewer).filter(own, held_on__isnull=True, cancelled_on__isnull=True)
    return rows.filter(partner__in=Partner.objects.serving()).select_related("partner__membership__user", "with_member__user")


def next_talk_on(partner: Partner) -> Subquery:
    """The day of the next talk, to be asked for with something else about this partner."""
    rows = CheckIn.objects.filter(partner=partner, held_on__isnull=True, cancelled_on__isnull=True, planned_on__gte=today())
    return Subquery(rows.order_by("planned_on", "id").values("planned_on")[:1])


def may_talk_with(partner: Partner) -> list[Membership]:
    """Who may hold a talk with a partner: the contact, the deputy and the partner leads, each once."""
    support = [member for member in (partner.contact, partner.deputy) if member is not None and member.ended_on is None]
    return list({member.pk: member for member in [*support, *members_with_role(partner.organisation_id, Role.LEAD)]}.values())


# The partner's own


def notes(viewer: Viewer, partner: Partner) -> list[PrivateNote]:
    """Notes that the viewer may read: their own, or those that were shared with them. One query."""
    rows = PrivateNote.objects.visible_to(viewer).filter(partner=partner).select_related("check_in__with_member__user")
    return list(rows.order_by("-id")[:SHOWN])


def experiences(viewer: Viewer, partner: Partner) -> list[LivedExperience]:
    """What a partner told of their own life, as far as the viewer was chosen to see it. One query."""
    return list(LivedExperience.objects.visible_to(viewer).filter(partner=partner).order_by("-id")[:SHOWN])


def payment_choices(viewer: Viewer, partner: Partner) -> list[PaymentChoice]:
    """What is to be done with payments, the newest choice first: that one holds. One query."""
    rows = PaymentChoice.objects.visible_to(viewer).filter(partner=partner).select_related("recorded_by__user")
    return list(rows.order_by("-from_on", "-id")[:SHOWN])


def emergency_contact(viewer: Viewer, partner: Partner) -> EmergencyContact | None:
    """Whom to call, or None. One query."""
    return EmergencyContact.objects.visible_to(viewer).filter(partner=partner).first()
