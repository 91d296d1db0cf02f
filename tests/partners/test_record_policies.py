"""Who may do what with a partner's record, each as its sentence says."""

from __future__ import annotations

import pytest

from safety_partners.core.viewer import NOBODY
from safety_partners.core.working_days import today
from safety_partners.partners import commands, policies
from safety_partners.partners.models import Agreement, Leaving, Need, Partner
from safety_partners.people.models import Role
from tests.factories.people import make_member, make_organisation, viewer_of
from tests.factories.records import make_active, make_agreement, make_plan_item

pytestmark = pytest.mark.django_db
PEOPLE = ("partner", "other partner", "lead", "contact", "deputy", "staff", "governance", "foreign lead", "nobody")


@pytest.fixture
def cast():
    here = make_organisation()
    found = {
        "lead": make_member(here, Role.LEAD),
        "contact": make_member(here, Role.STAFF),
        "deputy": make_member(here, Role.SECRETARY),
        "staff": make_member(here, Role.STAFF),
        "governance": make_member(here, Role.GOVERNANCE),
        "partner": make_member(here, Role.PARTNER),
        "other partner": make_member(here, Role.PARTNER),
        "foreign lead": make_member(make_organisation(), Role.LEAD),
    }
    make_plan_item(found["lead"])
    found["record"] = make_active(found["lead"], found["partner"], contact=found["contact"], deputy=found["deputy"])
    return found


def who(cast, test):
    return {name for name in PEOPLE if test(NOBODY if name == "nobody" else viewer_of(cast[name]))}


@pytest.mark.parametrize(
    ("policy", "people"),
    [
        ("is_own", {"partner"}),
        ("may_lead", {"lead"}),
        ("supports", {"contact", "deputy"}),
        ("may_keep", {"lead", "contact", "deputy"}),
        ("may_speak_for", {"partner", "lead", "contact", "deputy"}),
        ("may_end", {"partner", "lead"}),
        ("may_forget", {"lead", "governance"}),
    ],
)
def test_each_policy_says_who(cast, policy, people):
    assert who(cast, lambda viewer: getattr(policies, policy)(viewer, cast["record"])) == people
    need = Need.objects.filter(partner=cast["record"]).first()
    assert who(cast, lambda viewer: getattr(policies, policy)(viewer, need)) == people


def test_the_register_is_for_the_lead_and_governance(cast):
    assert who(cast, policies.may_see_register) == {"lead", "governance", "foreign lead"}
    assert who(cast, policies.may_run_programme) == {"lead", "foreign lead"}


def test_a_record_is_seen_by_the_partner_and_those_who_look_after_it(cast):
    seen = {"partner", "lead", "contact", "deputy", "governance"}
    make_agreement(cast["lead"], cast["record"])
    for model in (Partner, Need, Agreement):
        assert who(cast, lambda viewer, model=model: model.objects.visible_to(viewer).exists()) == seen


def test_the_second_person_sees_the_ending_and_the_partner_does_not_yet(cast):
    ending = commands.end_role_of(viewer_of(cast["lead"]), cast["record"], last_day=today(), reason="Why.", reviewed_by=cast["staff"])
    assert who(cast, lambda viewer: policies.is_second_person(viewer, ending)) == {"staff"}
    seen = {"lead", "contact", "deputy", "governance", "staff"}
    assert who(cast, lambda viewer: Leaving.objects.visible_to(viewer).exists()) == seen
    commands.look_at_ending(viewer_of(cast["staff"]), ending, is_right=True, note="Yes.")
    assert who(cast, lambda viewer: Leaving.objects.visible_to(viewer).exists()) == {*seen, "partner"}
