"""A small organisation with people who review documents."""

from __future__ import annotations

import pytest

from safety_partners.people.models import Role
from tests.factories.people import make_member, make_organisation, viewer_of
from tests.factories.reviews import make_document


@pytest.fixture
def organisation(db):
    return make_organisation("Harbour Health", contact_name="Ann", contact_phone="01632 960 001")


@pytest.fixture
def owner(organisation):
    return make_member(organisation, Role.STAFF, name="Olu Owner")


@pytest.fixture
def lead(organisation):
    return make_member(organisation, Role.LEAD, name="Lea Lead")


@pytest.fixture
def partner(organisation):
    return make_member(organisation, Role.PARTNER, name="Pat Partner")


@pytest.fixture
def other_partner(organisation):
    return make_member(organisation, Role.PARTNER, name="Sam Second")


@pytest.fixture
def document(owner):
    return make_document(owner)


@pytest.fixture
def viewer():
    return viewer_of
