"""Rules that several commands of the loop share."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from safety_partners.core.lifecycle import NotPossible
from safety_partners.insights.models import Insight, Withheld, Wording
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
    if person.pk == insight.speaker_id or not works_here(person, insight.organisation_id) or not not_stepped_back([person], insight):
        return False
    return insight.visibility != Insight.Visibility.LEAD or is_lead_here(person)


def is_lead_here(person: Membership) -> bool:
    """Say whether somebody holds the role of the lead."""
    return person.grants.filter(role=Role.LEAD).exists()


def demand_service_here(service: Service | None, organisation_id: int) -> None:
    """Raise ``NotPossible`` for a service of another organisation."""
    if service is not None and service.organisation_id != organisation_id:
        raise NotPossible(_("Choose a service of this organisation."), field="service")


def not_stepped_back(people: Iterable[Membership], insight: Insight) -> list[Membership]:
    """The people without those from whom this insight is withheld: they are told nothing of it."""
    return _without(set(Withheld.objects.filter(insight=insight).values_list("membership_id", flat=True)), people)


def _without(away: set[int], people: Iterable[Membership]) -> list[Membership]:
    return [person for person in people if person.pk not in away]


def leads(insight: Insight) -> list[Membership]:
    """The partner leads who may be told of an insight."""
    return not_stepped_back(members_with_role(insight.organisation_id, Role.LEAD), insight)


def owner_or_leads(insight: Insight) -> list[Membership]:
    """Who owns the answer, or the leads where that is nobody, or somebody who has left or stepped back: no empty desk is told."""
    owner = [insight.owner] if insight.owner is not None and insight.owner.ended_on is None else []
    return not_stepped_back(owner, insight) or leads(insight)


def proposer_or_leads(wording: Wording) -> list[Membership]:
    """Who proposed words to publish, or the leads where they have left or stepped back: no message goes to an empty desk."""
    causes = Insight.objects.filter(causes__change=wording.change_id)
    withheld = set(Withheld.objects.filter(insight__in=causes).values_list("membership_id", flat=True))
    away = withheld - set(causes.values_list("speaker_id", flat=True))
    proposer = [wording.proposed_by] if wording.proposed_by is not None and wording.proposed_by.ended_on is None else []
    return _without(away, proposer) or _without(away, members_with_role(wording.organisation_id, Role.LEAD))
