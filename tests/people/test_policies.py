"""The rules about people, each as its sentence says."""

from __future__ import annotations

import pytest

from safety_partners.core.policy import POLICIES
from safety_partners.core.viewer import NOBODY
from safety_partners.people import policies
from safety_partners.people.models import Invitation, Role
from tests.factories.people import make_member, viewer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return make_member(None, Role.LEAD)


@pytest.fixture
def admin(lead):
    return make_member(lead.organisation, Role.ADMINISTRATOR)


def test_administrators_give_every_role_the_lead_that_of_partners_others_none(lead, admin):
    assert policies.roles_to_give(viewer_of(admin)) == tuple(Role)
    assert policies.roles_to_give(viewer_of(lead)) == (Role.PARTNER,)
    assert policies.roles_to_give(viewer_of(make_member(None, Role.STAFF))) == ()
    assert policies.roles_to_give(NOBODY) == ()


def test_the_lead_looks_after_who_is_a_partner_and_nothing_else(lead, admin):
    organisation = lead.organisation
    partner, both = make_member(organisation, Role.PARTNER), make_member(organisation, Role.PARTNER, Role.BOARD)
    may = policies.may_look_after_member
    assert [may(viewer_of(lead), one) for one in (partner, both, admin, lead)] == [True, False, False, False]
    assert all(may(viewer_of(admin), one) for one in (partner, both, admin, lead))


def test_nobody_looks_after_another_organisation(lead, admin):
    stranger = make_member(None, Role.PARTNER)
    for member in (lead, admin):
        viewer = viewer_of(member)
        assert not policies.may_look_after(viewer, stranger.organisation)
        assert not policies.may_administer(viewer, stranger)
        assert not policies.may_look_after_member(viewer, stranger)
        assert policies.may_look_after(viewer, member.organisation)


def test_the_lead_looks_after_invitations_of_partners(lead, admin):
    def invitation(*roles):
        return Invitation(organisation=lead.organisation, roles=list(roles))

    may = policies.may_look_after_invitation
    assert may(viewer_of(lead), invitation("partner"))
    assert not may(viewer_of(lead), invitation("partner", "staff"))
    assert may(viewer_of(admin), invitation("administrator"))
    assert not may(viewer_of(make_member(None, Role.ADMINISTRATOR)), invitation("partner"))


def test_each_person_is_themselves_alone(lead, admin):
    assert policies.is_self(viewer_of(lead), lead)
    assert not policies.is_self(viewer_of(admin), lead)
    assert not policies.is_self(NOBODY, lead)


def test_every_rule_about_people_is_a_sentence():
    ours = [policy for name, policy in POLICIES.items() if name.startswith("safety_partners.people.")]
    assert len(ours) >= 10
    for policy in ours:
        assert str(policy.sentence)[0].isupper()
        assert not str(policy.sentence).endswith(".")
