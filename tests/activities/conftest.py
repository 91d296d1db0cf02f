"""A lead, a member of staff who asks for partners, somebody else who works here, and two partners."""

from __future__ import annotations

import pytest

from safety_partners.people.models import Role
from tests.factories.people import make_member, make_organisation
from tests.factories.records import make_active


@pytest.fixture
def organisation(db):
    return make_organisation("Harbour Health", contact_name="Ann", contact_phone="01632 960 001")


@pytest.fixture
def lead(organisation):
    return make_member(organisation, Role.LEAD, name="Lea Lead")


@pytest.fixture
def requester(organisation):
    """Asks for partners, and tells them what changed."""
    return make_member(organisation, Role.STAFF, name="Req Requester")


@pytest.fixture
def staff(organisation):
    """Works here, and has nothing to do with the activity."""
    return make_member(organisation, Role.STAFF, name="Stan Staff")


@pytest.fixture
def governance(organisation):
    return make_member(organisation, Role.GOVERNANCE, name="Gov Governance")


@pytest.fixture
def partner(lead):
    """Told by email."""
    return make_active(lead, make_member(lead.organisation, Role.PARTNER, name="Pat Partner"))


@pytest.fixture
def second(lead):
    """Told by letter."""
    by_letter = {"told_by": "letter", "postal_address": "1 Mill Lane"}
    return make_active(lead, make_member(lead.organisation, Role.PARTNER, name="Sam Second", **by_letter))
