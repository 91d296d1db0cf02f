"""The people of one organisation, as most tests of the loop need them."""

from __future__ import annotations

from dataclasses import dataclass

from safety_partners.core.models import Message
from safety_partners.people.models import Membership, Organisation, Role
from tests.factories.people import make_member, make_organisation


@dataclass
class Cast:
    """A partner, the lead, two members of staff who answer, and the organisation they belong to."""

    organisation: Organisation
    partner: Membership
    lead: Membership
    owner: Membership
    colleague: Membership


def make_cast(**fields) -> Cast:
    organisation = make_organisation(**{"contact_name": "Grace Bell", "contact_phone": "01904 555 0100", **fields})
    return Cast(
        organisation,
        partner=make_member(organisation, Role.PARTNER, name="Anjali Rao"),
        lead=make_member(organisation, Role.LEAD, name="Grace Bell"),
        owner=make_member(organisation, Role.STAFF, name="Ben Okafor"),
        colleague=make_member(organisation, Role.STAFF, name="Priya Shah"),
    )


def told(member: Membership) -> list[str]:
    """The templates of the messages to somebody, the oldest first."""
    rows = Message.objects.filter(to_membership_id=member.pk).order_by("id")
    return [template.removeprefix("insights/") for template in rows.values_list("template", flat=True)]
