"""Rules that several commands of the loop share."""

from __future__ import annotations

from django.utils.translation import gettext as _

from safety_partners.core.lifecycle import NotPossible
from safety_partners.insights.models import Insight
from safety_partners.people.models import Membership, Role, Service
from safety_partners.people.policies import STAFF_ROLES
from safety_partners.people.queries import members_with_role

NO_WORDS = frozenset({Insight.Status.DRAFT, Insight.Status.WITHDRAWN})


def demand_words(text: str, sentence: str, *, field: str) -> None:
    """Raise ``NotPossible`` where somebody must say something and said nothing."""
    if not text.strip():
        raise NotPossible(sentence, field=field)


def demand_staff(person: Membership, organisation_id: int, *, field: str = "owner") -> None:
    """Raise ``NotPossible`` unless the person works in this organisation now."""
    if not works_here(person, organisation_id):
        raise NotPossible(_("Choose a member of staff of this organisation."), field=field)


def works_here(person: Membership, organisation_id: int) -> bool:
    """Say whether somebody is a current member of staff of an organisation."""
    is_current = person.organisation_id == organisation_id and person.ended_on is None
    return is_current and person.grants.filter(role__in=STAFF_ROLES).exists()


def may_be_asked(person: Membership, insight: Insight) -> bool:
    """Say whether somebody can be asked for the answer: staff here, not the person who spoke, and allowed to see the words."""
    if person.pk == insight.speaker_id or not works_here(person, insight.organisation_id):
        return False
    return insight.visibility != Insight.Visibility.LEAD or is_lead_here(person)


def is_lead_here(person: Membership) -> bool:
    """Say whether somebody holds the role of the lead."""
    return person.grants.filter(role=Role.LEAD).exists()


def demand_service_here(service: Service | None, organisation_id: int) -> None:
    """Raise ``NotPossible`` for a service of another organisation."""
    if service is not None and service.organisation_id != organisation_id:
        raise NotPossible(_("Choose a service of this organisation."), field="service")


def leads(organisation_id: int) -> list[Membership]:
    """The partner leads of an organisation."""
    return members_with_role(organisation_id, Role.LEAD)


def still_here_or_leads(person: Membership | None, organisation_id: int) -> list[Membership]:
    """The person, or the leads where there is nobody any more: no message goes to an empty desk."""
    if person is not None and person.ended_on is None:
        return [person]
    return leads(organisation_id)
