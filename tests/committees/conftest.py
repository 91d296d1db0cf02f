"""A committee with a chair, a secretary, a member and two partners in its seats, and everything read as people would."""

from __future__ import annotations

import pytest

from safety_partners.committees.models import Member
from safety_partners.core.working_days import today
from safety_partners.people.models import Role
from tests.factories.committees import make_committee, make_sitting
from tests.factories.people import make_member, make_organisation
from tests.factories.records import make_active


@pytest.fixture
def organisation(db):
    return make_organisation("Harbour Health", contact_name="Ann", contact_phone="01632 960 001")


@pytest.fixture
def lead(organisation):
    return make_member(organisation, Role.LEAD, name="Lea Lead")


@pytest.fixture
def chair(organisation):
    return make_member(organisation, Role.BOARD, name="Char Chair")


@pytest.fixture
def secretary(organisation):
    return make_member(organisation, Role.SECRETARY, name="Sec Secretary")


@pytest.fixture
def staff(organisation):
    """Works here, and has nothing to do with the committee."""
    return make_member(organisation, Role.STAFF, name="Stan Staff")


@pytest.fixture
def member(organisation):
    return make_member(organisation, Role.STAFF, name="Mem Member")


@pytest.fixture
def partner(lead):
    """Told by email."""
    return make_active(lead, make_member(lead.organisation, Role.PARTNER, name="Pat Partner"))


@pytest.fixture
def second(lead):
    """Told by letter."""
    by_letter = {"told_by": "letter", "postal_address": "1 Mill Lane"}
    return make_active(lead, make_member(lead.organisation, Role.PARTNER, name="Sam Second", **by_letter))


@pytest.fixture
def committee(lead, chair, secretary, member, partner, second):
    committee = make_committee(lead, chair=chair, secretary=secretary)
    Member.objects.create(committee=committee, membership=member, from_on=today())
    for one in (partner, second):
        make_sitting(lead, committee, one)
    return committee
