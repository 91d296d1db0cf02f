"""The programme and its plan: who answers, the policy, lengths, words, what every partner needs, and that it is ready."""

from __future__ import annotations

import datetime as dt

import pytest

from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.models import Event
from safety_partners.core.policy import Refused
from safety_partners.partners import commands, queries
from safety_partners.partners.commands.planning import ensure_plan
from safety_partners.partners.models import NeedKind, PlanItem, Template
from safety_partners.partners.queries import programmes, setting_up, starting
from safety_partners.partners.queries.setting_up import State
from safety_partners.people import commands as people
from safety_partners.people.models import Role
from tests.factories import partners as make
from tests.factories.people import make_member, make_organisation, viewer_of

pytestmark = pytest.mark.django_db
PEOPLE = {"executive": "Dr May Lin, medical director", "responsible_officer": "", "lead": " Grace  Bell ", "safety_specialist": ""}
POLICY = {"title": "Working with partners", "link": "", "review_on": dt.date(2027, 4, 1)}
ITEM = {
    "title": "Fire safety",
    "why": "So that you find the way out.",
    "kind": "induction",
    "owner_kind": "contact",
    "is_required": True,
    "due_in_days": 14,
    "valid_months": 12,
    "minutes": 20,
    "link": "",
}


@pytest.fixture
def organisation():
    return make_organisation(contact_name="Grace Bell", contact_phone="01904 555 0100", name="Meadowbank")


@pytest.fixture
def lead(organisation):
    return make_member(organisation, Role.LEAD, name="Grace Bell")


@pytest.fixture
def viewer(lead):
    return viewer_of(lead)


def states(organisation):
    return {step.name: step.state for step in setting_up.set_up(organisation.pk).steps}


def set_up_everything(viewer, organisation, lead):
    commands.name_people(viewer, organisation, **PEOPLE)
    commands.set_policy(viewer, organisation, **POLICY)
    make.make_role(lead)
    people.set_urgent_contact(viewer, organisation, channel="risk now", name="999", phone="999", email="", address="", note="")
    commands.start_plan(viewer, organisation)


# The set-up


def test_before_anybody_begins_our_starting_values_hold_and_nothing_is_kept(organisation):
    programme = queries.programme(organisation.pk)
    assert (programme.pk, programme.term_months, programme.keep_interest_months) == (None, 24, 6)
    assert states(organisation) == {
        "people": State.TO_DO,
        "policy": State.TO_DO,
        "contact": State.DONE,
        "role": State.TO_DO,
        "urgent": State.TO_DO,
        "clocks": State.OURS,
        "plan": State.TO_DO,
        "words": State.OURS,
        "lengths": State.OURS,
    }


def test_each_step_is_worked_out_from_what_is_there(viewer, organisation, lead):
    make.make_role_draft(lead, title="Only a draft")
    assert states(organisation)["role"] == State.TO_DO
    set_up_everything(viewer, organisation, lead)
    people.set_clocks(viewer, organisation, acknowledge_days=2, own_days=5, answer_days=20)
    commands.set_lengths(viewer, organisation, term_months=18, keep_interest_months=3)
    commands.change_words(viewer, organisation, purpose="welcome", subject="Hello", text="Dear [name]")
    assert set(states(organisation).values()) == {State.DONE}
    assert queries.programme(organisation.pk).lead == "Grace Bell"
    # And back, when it is no longer there.
    for item in PlanItem.objects.all():
        commands.close_plan_item(viewer, item)
    people.remove_urgent_contact(viewer, organisation, channel="risk now")
    assert [name for name, state in states(organisation).items() if state == State.TO_DO] == ["urgent", "plan"]


def test_another_organisations_set_up_says_nothing_about_ours(viewer, organisation, lead):
    set_up_everything(viewer, organisation, lead)
    other = make_organisation()
    assert not [name for name, state in states(other).items() if state == State.DONE]


def test_finish_set_up_waits_for_what_only_the_organisation_can_say(viewer, organisation, lead):
    with pytest.raises(NotPossible, match="Who answers for the programme"):
        commands.finish_set_up(viewer, organisation)
    set_up_everything(viewer, organisation, lead)
    first = commands.finish_set_up(viewer, organisation).set_up_at
    assert first is not None
    assert commands.finish_set_up(viewer, organisation).set_up_at == first


def test_the_lead_is_reminded_until_it_is_set_up(viewer, organisation, lead):
    assert "/programme/" in paths_of_duties(viewer)
    set_up_everything(viewer, organisation, lead)
    assert "/programme/" in paths_of_duties(viewer)
    commands.finish_set_up(viewer, organisation)
    assert "/programme/" not in paths_of_duties(viewer)


def test_nobody_else_is_reminded(organisation):
    for role in Role:
        if role != Role.LEAD:
            assert "/programme/" not in paths_of_duties(viewer_of(make_member(organisation, role)))


def paths_of_duties(viewer):
    return [duty.path for duty in queries.duties(viewer)]


def test_set_policy_wants_a_name(viewer, organisation):
    with pytest.raises(NotPossible) as trouble:
        commands.set_policy(viewer, organisation, **POLICY | {"title": " "})
    assert trouble.value.field == "title"


def test_events_keep_no_names(viewer, organisation):
    commands.name_people(viewer, organisation, **PEOPLE)
    commands.set_policy(viewer, organisation, **POLICY)
    assert [event.details for event in Event.objects.order_by("id")] == [{}, {"review_on": "2027-04-01"}]


@pytest.mark.parametrize("who", ["partner", "staff", "administrator", "another lead"])
def test_only_the_lead_of_the_organisation_sets_it_up(organisation, lead, who):
    member = make_member(None, Role.LEAD) if who == "another lead" else make_member(organisation, who)
    viewer, ours = viewer_of(member), viewer_of(lead)
    item = commands.add_plan_item(ours, **ITEM)
    for run in (
        lambda: commands.name_people(viewer, organisation, **PEOPLE),
        lambda: commands.set_policy(viewer, organisation, **POLICY),
        lambda: commands.set_lengths(viewer, organisation, term_months=1, keep_interest_months=1),
        lambda: commands.finish_set_up(viewer, organisation),
        lambda: commands.change_words(viewer, organisation, purpose="welcome", subject="Hello", text="Hello"),
        lambda: commands.use_product_words(viewer, organisation, purpose="welcome"),
        lambda: commands.start_plan(viewer, organisation),
        lambda: commands.change_plan_item(viewer, item, **ITEM),
        lambda: commands.close_plan_item(viewer, item),
        lambda: commands.reopen_plan_item(viewer, item),
        lambda: commands.move_plan_item(viewer, item, up=True),
    ):
        with pytest.raises(Refused):
            run()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.LEAD])
def test_only_the_lead_adds_to_the_plan(organisation, role):
    with pytest.raises(Refused):
        commands.add_plan_item(viewer_of(make_member(organisation, role)), **ITEM)


# The plan


def test_our_starting_plan_asks_for_what_is_needed_each_with_a_reason(viewer, organisation):
    commands.start_plan(viewer, organisation)
    asked, closed = programmes.plan(viewer)
    assert closed == []
    assert {item.kind for item in asked} == set(NeedKind) - {NeedKind.TERM}
    assert all(item.why for item in asked)
    assert [(item.minutes, item.is_required) for item in asked if item.kind == NeedKind.TRAINING] == [(30, True), (45, False)]
    assert [item.position for item in asked] == list(range(1, len(asked) + 1))


def test_our_words_name_no_money_and_no_employment():
    everything = " ".join(
        [*starting.starting_role()[1].values(), *(f"{item.title} {item.why}" for item in starting.starting_plan())]
    ).lower()
    for word in ("£", "per day", "wage", "salary", "volunteer", "shift", "line manager", "performance", "enhanced"):
        assert word not in everything


def test_start_plan_does_not_double_a_plan(viewer, organisation):
    commands.start_plan(viewer, organisation)
    count = PlanItem.objects.count()
    with pytest.raises(NotPossible):
        commands.start_plan(viewer, organisation)
    ensure_plan(organisation.pk)
    assert PlanItem.objects.count() == count


def test_ensure_plan_leaves_an_organisations_own_plan_alone(viewer, organisation):
    commands.add_plan_item(viewer, **ITEM)
    ensure_plan(organisation.pk)
    assert PlanItem.objects.count() == 1


def test_add_and_change_plan_item(viewer):
    item = commands.add_plan_item(viewer, **ITEM)
    commands.change_plan_item(viewer, item, **ITEM | {"due_in_days": 7, "valid_months": None})
    item.refresh_from_db()
    assert (item.due_in_days, item.valid_months, item.owner_kind, item.position) == (7, None, "contact", 1)
    assert Event.objects.latest("id").details["due_in_days"] == 7


@pytest.mark.parametrize(("field", "value"), [("title", " "), ("why", " "), ("title", "FIRE safety")])
def test_a_plan_item_has_a_name_of_its_own_and_a_reason(viewer, field, value):
    commands.add_plan_item(viewer, **ITEM)
    with pytest.raises(NotPossible) as trouble:
        commands.add_plan_item(viewer, **ITEM | {"title": "Another"} | {field: value})
    assert trouble.value.field == field


def test_plan_items_change_places_among_those_that_are_asked(viewer):
    one, two, three = (commands.add_plan_item(viewer, **ITEM | {"title": title}) for title in ("One", "Two", "Three"))
    commands.close_plan_item(viewer, two)
    commands.move_plan_item(viewer, three, up=True)
    assert [item.title for item in programmes.plan(viewer)[0]] == ["Three", "One"]
    commands.move_plan_item(viewer, three, up=True)
    assert [item.title for item in programmes.plan(viewer)[0]] == ["Three", "One"]
    commands.move_plan_item(viewer, three, up=False)
    assert [item.title for item in programmes.plan(viewer)[0]] == ["One", "Three"]
    with pytest.raises(NotPossible):
        commands.move_plan_item(viewer, two, up=True)
    commands.reopen_plan_item(viewer, two)
    assert {item.title for item in programmes.plan(viewer)[0]} == {"One", "Two", "Three"}
    assert one.title == "One"


# Letters and agreements


def test_change_words_and_back(viewer, organisation):
    commands.change_words(viewer, organisation, purpose="welcome", subject=" Hello ", text="Dear [name],\n\nWelcome.")
    commands.change_words(viewer, organisation, purpose="welcome", subject="Hello", text="Dear [name],\n\nCome in.")
    assert queries.texts(organisation.pk, "welcome") == ("Hello", "Dear [name],\n\nCome in.")
    assert Template.objects.count() == 1
    commands.use_product_words(viewer, organisation, purpose="welcome")
    assert queries.texts(organisation.pk, "welcome").subject == "Welcome"


@pytest.mark.parametrize(
    ("field", "words"), [("subject", " "), ("text", " "), ("text", "Dear [nmae]"), ("subject", "For [when]"), ("text", "On [when]")]
)
def test_change_words_refuses_what_would_go_out_wrong(viewer, organisation, field, words):
    with pytest.raises(NotPossible) as trouble:
        commands.change_words(viewer, organisation, **{"purpose": "welcome", "subject": "Hello", "text": "Dear [name]"} | {field: words})
    assert trouble.value.field == field


def test_a_meeting_may_say_when_and_where(viewer, organisation):
    commands.change_words(viewer, organisation, purpose="meeting", subject="On [when]", text="At [where]. [1] is no bracket of ours.")
    found = queries.filled(organisation, "meeting", name="Sam", role="Partner", when="Monday", where="The hall")
    assert found == ("On Monday", "At The hall. [1] is no bracket of ours.")
