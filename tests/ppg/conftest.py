"""A group with a chair who signs in, a group with a chair told by letter, a partner, and everybody who works here."""

from __future__ import annotations

import pytest

from safety_partners.people.models import Role
from tests.factories.people import make_member, make_organisation
from tests.factories.ppg import make_chair, make_group
from tests.factories.records import make_active


@pytest.fixture
def organisation(db):
    return make_organisation("Harbour Health", contact_name="Ann", contact_phone="01632 960 001")


@pytest.fixture
def lead(organisation):
    return make_member(organisation, Role.LEAD, name="Lea Lead")


@pytest.fixture
def staff(organisation):
    """Looks after the group."""
    return make_member(organisation, Role.STAFF, name="Stan Staff")


@pytest.fixture
def other(organisation):
    """Works here, and looks after no group."""
    return make_member(organisation, Role.STAFF, name="Oda Other")


@pytest.fixture
def chair(lead):
    return make_chair(lead, "Joan Chair")


@pytest.fixture
def group(lead, chair, staff):
    return make_group(lead, chair, contact=staff)


@pytest.fixture
def quiet_chair(lead):
    """Never signs in: letters tell them."""
    return make_chair(lead, "Quentin Quiet", told_by="letter", postal_address="1 Mill Lane")


@pytest.fixture
def quiet(lead, quiet_chair):
    return make_group(lead, quiet_chair, name="Mill Road group", practice="Mill Road Surgery", ods_code="B82002")


@pytest.fixture
def partner(lead):
    return make_active(lead, make_member(lead.organisation, Role.PARTNER, name="Pat Partner"))


@pytest.fixture
def second(lead):
    return make_active(lead, make_member(lead.organisation, Role.PARTNER, name="Sam Second"))
