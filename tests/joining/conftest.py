"""Who is there in the tests of joining."""

from __future__ import annotations

import pytest

from safety_partners.people.models import Role
from tests.core.conftest import racing_db  # noqa: F401 - a fixture
from tests.factories.joining import make_advert
from tests.factories.people import make_member, make_organisation


@pytest.fixture
def organisation(db):
    return make_organisation("Meadowbank", contact_name="Grace", contact_phone="01632 960 001")


@pytest.fixture
def lead(organisation):
    return make_member(organisation, Role.LEAD)


@pytest.fixture
def staff(organisation):
    return make_member(organisation, Role.STAFF)


@pytest.fixture
def advert(lead):
    return make_advert(lead)
