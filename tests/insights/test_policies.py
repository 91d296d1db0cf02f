"""Who may do what: each policy asked for every role, for the people of the record and for those of another organisation."""

from __future__ import annotations

import pytest

from safety_partners.core.models import Message
from safety_partners.core.policy import POLICIES
from safety_partners.core.viewer import NOBODY
from safety_partners.insights import commands, policies
from safety_partners.insights.models import Insight, PassingOn
from safety_partners.people.models import Role, UrgentContact
from safety_partners.people.policies import STAFF_ROLES
from tests.factories import insights as make
from tests.factories.people import make_member, make_organisation, viewer_of
from tests.insights.cast import make_cast

pytestmark = pytest.mark.django_db

# Policies about a viewer alone, with the roles that pass.
OF_VIEWERS = {
    "may_share": {Role.PARTNER},
    "may_record_words": {Role.LEAD, Role.STAFF, Role.SECRETARY},
    "may_see_register": {Role.LEAD, Role.GOVERNANCE, Role.BOARD},
    "may_see_changes": {Role.PARTNER, Role.BOARD, *STAFF_ROLES},
    "may_see_messages": {Role.LEAD, Role.ADMINISTRATOR},
    "may_give_voice": {Role.GROUP_CHAIR, Role.LEAD, Role.STAFF, Role.SECRETARY},
}
# Policies about an insight that is with its owner, with the people of the cast who pass.
OF_AN_INSIGHT = {
    "may_edit_draft": {"partner"},
    "is_speaker": {"partner"},
    "may_record_for_speaker": {"lead"},
    "may_give_verdict": {"partner", "lead"},
    "may_tell_of_silence": {"partner", "lead"},
    "may_see_passings_on": {"partner", "lead"},
    "may_withdraw": {"partner", "lead"},
    "may_acknowledge": {"lead"},
    "is_owner": {"owner"},
    "may_hand_over": {"lead", "owner"},
    "may_respond": {"owner"},
    "may_agree_action": {"lead", "owner"},
    "may_record_change": {"lead", "owner"},
}
PEOPLE = ("partner", "lead", "owner", "colleague")


@pytest.fixture
def cast():
    return make_cast()


@pytest.mark.parametrize("name", OF_VIEWERS)
def test_a_policy_of_viewers_lets_in_its_roles_and_nobody_else(name):
    policy, organisation = getattr(policies, name), make_organisation()
    passing = {role for role in Role if policy(viewer_of(make_member(organisation, role)))}
    assert passing == OF_VIEWERS[name]
    assert not policy(NOBODY)


@pytest.mark.parametrize("name", OF_AN_INSIGHT)
def test_a_policy_of_an_insight_lets_in_its_people_and_nobody_else(cast, name):
    policy = getattr(policies, name)
    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    assert {person for person in PEOPLE if policy(viewer_of(getattr(cast, person)), insight)} == OF_AN_INSIGHT[name]
    other = make_cast()
    assert not any(policy(viewer_of(getattr(other, person)), insight) for person in PEOPLE)
    assert not policy(NOBODY, insight)


@pytest.mark.parametrize("name", OF_AN_INSIGHT)
def test_an_insight_without_an_owner_is_not_owned_by_visitors(cast, name):
    insight = make.make_insight(cast.partner)
    assert insight.owner_id is None
    assert not getattr(policies, name)(NOBODY, insight)


def test_every_policy_of_this_module_is_asked_here():
    here = {name.rsplit(".", 1)[1] for name in POLICIES if name.startswith("safety_partners.insights.policies.")}
    below = {
        "may_work_on_action",
        "may_look_after_change",
        "may_answer_wording",
        "may_look_after_wording",
        "may_see_wording",
        "may_pass_on",
    }
    assert here
    assert here <= {*OF_VIEWERS, *OF_AN_INSIGHT, *below, "may_look_after_message"}


def test_a_draft_that_somebody_records_is_on_their_desk_alone(cast):
    draft = commands.record_words(
        viewer_of(cast.owner), speaker=cast.partner, capture="phone", is_read_back=True, words="Said on the phone.", kind="concern"
    )
    assert {person for person in PEOPLE if policies.may_edit_draft(viewer_of(getattr(cast, person)), draft)} == {"owner"}


def test_the_lead_may_answer_only_once_it_was_taken_to_them(cast):
    insight = make.make_answered(cast.partner, cast.lead, cast.owner).insight
    assert not policies.may_respond(viewer_of(cast.lead), insight)
    commands.give_verdict(viewer_of(cast.partner), insight, answer="no", goes_to_lead=True)
    assert policies.may_respond(viewer_of(cast.lead), insight)
    assert policies.may_respond(viewer_of(cast.owner), insight)
    assert not policies.may_respond(viewer_of(make_cast().lead), insight)


def test_an_action_is_worked_on_by_whoever_has_it_and_by_the_lead(cast):
    from safety_partners.core.working_days import today

    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    action = commands.agree_action(viewer_of(cast.owner), insight, text="Order it", owner=cast.colleague, due_on=today())
    passing = {person for person in PEOPLE if policies.may_work_on_action(viewer_of(getattr(cast, person)), action)}
    assert passing == {"colleague", "lead"}
    assert not policies.may_work_on_action(viewer_of(make_cast().lead), action)
    assert not policies.may_work_on_action(NOBODY, action)


def test_a_change_and_its_words_are_looked_after_by_the_lead_and_answered_by_those_who_were_asked(cast):
    change = make.make_change(cast.partner, cast.lead, cast.owner)
    wording = make.make_wording(change, cast.lead)
    for policy, record, may in (
        (policies.may_look_after_change, change, {"lead"}),
        (policies.may_look_after_wording, wording, {"lead"}),
        (policies.may_answer_wording, wording, {"lead", "partner"}),
        (policies.may_see_wording, wording, {"lead", "partner"}),
    ):
        assert {person for person in PEOPLE if policy(viewer_of(getattr(cast, person)), record)} == may
        assert not policy(viewer_of(make_cast().lead), record)
        assert not policy(NOBODY, record)


def test_messages_are_looked_after_by_the_lead_and_the_administrators_of_the_organisation(cast):
    make.make_insight(cast.partner)
    message = Message.objects.get(to_membership_id=cast.lead.pk)
    administrator = make_member(cast.organisation, Role.ADMINISTRATOR)
    passing = [policies.may_look_after_message(viewer_of(one), message) for one in (cast.lead, administrator, cast.owner, cast.partner)]
    assert passing == [True, True, False, False]
    assert not policies.may_look_after_message(viewer_of(make_cast().lead), message)


def test_passing_on_is_the_lead_s(cast):
    insight = make.make_insight(cast.partner)
    commands.ask_to_pass_on(viewer_of(cast.partner), insight, channel=UrgentContact.Channel.COMPLAINTS)
    passing_on = PassingOn.objects.get()
    assert {person for person in PEOPLE if policies.may_pass_on(viewer_of(getattr(cast, person)), passing_on)} == {"lead"}
    assert not policies.may_pass_on(viewer_of(make_cast().lead), passing_on)


def test_where_words_were_passed_on_is_seen_by_the_person_and_the_lead_alone(cast):
    """Not by who owns the answer, who wrote the words down, who may read them, or another organisation's lead."""
    others = [make_member(cast.organisation, role) for role in Role if role != Role.LEAD]
    insight = commands.record_words(
        viewer_of(cast.colleague),
        speaker=cast.partner,
        capture="letter",
        is_read_back=False,
        words="W",
        kind="concern",
        visibility="programme",
    )
    commands.share_insight(viewer_of(cast.colleague), insight, pass_on_to=["safeguarding"])
    commands.hand_to(viewer_of(cast.lead), insight, owner=cast.owner)

    def sees(member):
        viewer = viewer_of(member)
        return (PassingOn.objects.visible_to(viewer).count(), policies.may_see_passings_on(viewer, insight))

    assert [sees(member) for member in (cast.partner, cast.lead)] == [(1, True)] * 2
    assert all(sees(member) == (0, False) for member in (cast.owner, cast.colleague, make_cast().lead, *others))
    assert not PassingOn.objects.visible_to(NOBODY).exists()


SEES = {
    # Whose words, who may see them, and who sees them once they were shared.
    Insight.Visibility.LEAD: {"speaker", "lead", "owner"},
    Insight.Visibility.ANSWERERS: {"speaker", "lead", "owner"},
    Insight.Visibility.PROGRAMME: {"speaker", "lead", "owner", Role.PARTNER, Role.STAFF, Role.SECRETARY, Role.BOARD, Role.GOVERNANCE},
}


@pytest.mark.parametrize("visibility", SEES)
def test_words_are_seen_by_those_the_person_chose(visibility):
    organisation = make_organisation()
    people = {role: make_member(organisation, role) for role in Role if role != Role.LEAD}
    people |= {"speaker": make_member(organisation, Role.PARTNER), "lead": make_member(organisation, Role.LEAD)}
    # Words that only the lead may see can only be owned by a lead.
    people["owner"] = make_member(organisation, Role.LEAD if visibility == Insight.Visibility.LEAD else Role.FINANCE)
    make.make_owned(people["speaker"], people["lead"], people["owner"], visibility=visibility)
    sees = {name for name, member in people.items() if Insight.objects.visible_to(viewer_of(member)).exists()}
    assert sees == SEES[visibility]
    assert not Insight.objects.visible_to(NOBODY).exists()
    assert not Insight.objects.visible_to(viewer_of(make_member(make_organisation(), *Role.values))).exists()


def test_a_draft_is_seen_by_nobody_else():
    organisation = make_organisation()
    partner, recorder = make_member(organisation, Role.PARTNER), make_member(organisation, Role.STAFF)
    others = [make_member(organisation, role) for role in Role]
    make.make_draft(partner, visibility="programme")
    commands.record_words(viewer_of(recorder), speaker=partner, capture="phone", is_read_back=True, words="Said.", kind="concern")
    counts = [Insight.objects.visible_to(viewer_of(member)).count() for member in (partner, recorder, *others)]
    assert counts == [2, 1, *[0] * len(others)]
