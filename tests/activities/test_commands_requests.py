"""Requests for partners: written, sent, decided on, changed, called off, and the promised day."""

from __future__ import annotations

import datetime as dt

import pytest

from safety_partners.activities import commands, tasks
from safety_partners.activities.models import Activity, ActivityKind, Offer, Session
from safety_partners.core import history
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Message
from safety_partners.core.policy import Refused
from safety_partners.core.viewer import system_viewer
from safety_partners.core.working_days import today
from safety_partners.people.models import Role
from tests.factories.activities import WORDS, make_activity, make_offer, make_session
from tests.factories.partners import make_task, make_task_draft
from tests.factories.people import make_member, make_organisation, make_service, viewer_of

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
Status = Activity.Status
PROJECT = "An improvement project"


def told(member):
    return list(Message.objects.filter(to_membership_id=member.pk).order_by("id").values_list("subject", flat=True))


def words_to(member):
    return Message.objects.filter(to_membership_id=member.pk).latest("id").text


def answers(requester, **changed):
    return WORDS | {"needed_by": today() + 30 * DAY, "feedback_by": requester, "feedback_on": today() + 90 * DAY} | changed


def begun(requester, **changed):
    return commands.begin_request(viewer_of(requester), kind=PROJECT, title="Safer ward rounds", **answers(requester, **changed))


def asked(requester, **changed):
    return commands.ask_for_partners(viewer_of(requester), begun(requester, **changed))


# Writing


def test_a_request_begins_as_a_draft_of_its_own_kind_and_nobody_is_told(requester, lead):
    activity = begun(requester)
    assert (activity.status, activity.requester, activity.kind.name, activity.kind.shape) == ("draft", requester, PROJECT, "project")
    assert activity.partners_wanted == 2
    assert told(lead) == []


def test_a_draft_needs_a_kind_and_a_name_only(requester):
    activity = commands.begin_request(viewer_of(requester), kind=PROJECT, title="Safer ward rounds")
    assert (activity.purpose, activity.needed_by, activity.may_upset) == ("", None, None)


def test_partners_and_boards_do_not_ask_for_partners(partner, organisation):
    for member in (partner.membership, make_member(organisation, Role.BOARD)):
        with pytest.raises(Refused):
            commands.begin_request(viewer_of(member), kind=PROJECT, title="Safer ward rounds")


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("title", {"title": "  "}),
        ("partners_wanted", {"partners_wanted": 0}),
        ("partners_wanted", {"partners_wanted": 31}),
        ("starts_on", {"starts_on": None, "ends_on": dt.date(2030, 1, 1)}),
        ("ends_on", {"starts_on": dt.date(2030, 1, 2), "ends_on": dt.date(2030, 1, 1)}),
        ("distress", {"may_upset": True}),
        ("may_upset", {"may_upset": False, "distress": "A death."}),
    ],
)
def test_what_contradicts_itself_is_not_kept(requester, field, changed):
    with pytest.raises(NotPossible) as trouble:
        commands.begin_request(viewer_of(requester), **{"kind": PROJECT, "title": "Safer ward rounds"} | changed)
    assert trouble.value.field == field
    assert not Activity.objects.exists()


def test_only_whoever_asked_writes_on_and_nobody_overwrites_what_was_written_meanwhile(requester, lead, staff, organisation):
    activity = begun(requester)
    service = make_service(organisation)
    turn = activity.turn
    commands.rewrite_request(viewer_of(requester), activity, turn=turn, place="By video", level="organisation", service=service)
    activity.refresh_from_db()
    assert (activity.place, activity.level, activity.service, activity.purpose) == ("By video", "service", service, WORDS["purpose"])
    with pytest.raises(Overtaken):
        commands.rewrite_request(viewer_of(requester), activity, turn=turn, place="Room 3")
    for other in (lead, staff):
        with pytest.raises(Refused):
            commands.rewrite_request(viewer_of(other), activity, place="Room 3")


def test_a_kind_that_is_closed_stays_on_what_has_it_and_is_chosen_no_more(requester, lead):
    activity = begun(requester)
    commands.close_kind(viewer_of(lead), activity.kind)
    commands.rewrite_request(viewer_of(requester), activity, kind=PROJECT, title="Ward rounds")
    with pytest.raises(NotPossible):
        begun(requester)
    with pytest.raises(NotPossible):
        commands.rewrite_request(viewer_of(requester), activity, kind="Something nobody has")


# Sending


def test_a_request_goes_to_the_lead_when_everything_is_said(requester, lead):
    activity = asked(requester)
    assert activity.status == Status.ASKED
    assert activity.asked_at is not None
    assert told(lead) == ["Somebody asks for partners: Safer ward rounds"]
    assert "Req Requester" in words_to(lead)
    assert told(requester) == []


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("purpose", {"purpose": " "}),
        ("stage", {"stage": ""}),
        ("why_late", {"stage": "final"}),
        ("why_late", {"stage": "evaluation", "why_late": " "}),
        ("can_change", {"can_change": ""}),
        ("decided_by", {"decided_by": ""}),
        ("needed_by", {"needed_by": None}),
        ("needed_by", {"needed_by": today() - DAY}),
        ("hours", {"hours": None}),
        ("why_alone", {"partners_wanted": 1}),
        ("data_seen", {"data_seen": ""}),
        ("may_upset", {"may_upset": None}),
        ("feedback_by", {"feedback_by": None}),
        ("feedback_on", {"feedback_on": None}),
        ("feedback_on", {"feedback_on": today() - DAY}),
    ],
)
def test_nothing_is_asked_for_before_it_is_said(requester, lead, field, changed):
    activity = begun(requester, **changed)
    with pytest.raises(NotPossible) as trouble:
        commands.ask_for_partners(viewer_of(requester), activity)
    assert trouble.value.field == field
    activity.refresh_from_db()
    assert activity.status == Status.DRAFT
    assert told(lead) == []


def test_one_partner_or_a_late_stage_with_a_reason_may_be_asked_for(requester):
    reasons = {"partners_wanted": 1, "why_alone": "There is one chair.", "stage": "final", "why_late": "We were late."}
    assert asked(requester, **reasons).status == Status.ASKED


def test_only_somebody_who_works_here_promises(requester, partner):
    activity = begun(requester, feedback_by=partner.membership)
    with pytest.raises(NotPossible) as trouble:
        commands.ask_for_partners(viewer_of(requester), activity)
    assert trouble.value.field == "feedback_by"


def test_only_the_requester_sends_and_takes_back(requester, lead):
    activity = begun(requester)
    for command in (commands.ask_for_partners, commands.withdraw_request):
        with pytest.raises(Refused):
            command(viewer_of(lead), activity)


def test_taking_a_request_back_tells_the_lead_only_if_they_had_it(requester, lead):
    commands.withdraw_request(viewer_of(requester), begun(requester))
    assert told(lead) == []
    activity = commands.withdraw_request(viewer_of(requester), asked(requester))
    assert activity.status == Status.WITHDRAWN
    assert told(lead)[1:] == ["Taken back: Safer ward rounds"]
    with pytest.raises(Overtaken):
        commands.withdraw_request(viewer_of(requester), activity)


# Deciding


def test_taking_on_tells_the_requester_and_whoever_promised_each_once(requester, staff, lead):
    activity = asked(requester, feedback_by=staff)
    commands.take_on(viewer_of(lead), activity, words="A good idea.")
    assert (activity.status, activity.decided_on, activity.decided_on_by) == (Status.TAKEN_ON, today(), lead)
    assert told(requester) == told(staff) == ["Taken on: Safer ward rounds"]
    assert "A good idea." in words_to(requester)
    assert "you will tell partners" in words_to(staff)
    assert "you will tell partners" not in words_to(requester)


def test_a_task_profile_goes_with_it_if_it_is_in_use(requester, lead):
    task = make_task(lead)
    activity = commands.take_on(viewer_of(lead), asked(requester), task=task)
    assert activity.task == task
    with pytest.raises(NotPossible) as trouble:
        commands.take_on(viewer_of(lead), asked(requester), task=make_task_draft(lead, title="New").versions.get())
    assert trouble.value.field == "task"


@pytest.mark.parametrize(
    ("command", "status", "subject"),
    [
        (commands.send_back, Status.RETURNED, "Sent back: Safer ward rounds"),
        (commands.decline_request, Status.DECLINED, "Not taken on: Safer ward rounds"),
    ],
)
def test_a_no_has_a_reason_in_words(requester, lead, command, status, subject):
    activity = asked(requester)
    for wrong, field in (({"reason": "", "words": "No."}, "reason"), ({"reason": "too late", "words": " "}, "words")):
        with pytest.raises(NotPossible) as trouble:
            command(viewer_of(lead), activity, **wrong)
        assert trouble.value.field == field
    command(viewer_of(lead), activity, reason="too late", words="Please ask three weeks before.")
    assert activity.status == status
    assert told(requester) == [subject]
    assert "Please ask three weeks before." in words_to(requester)
    assert "too little time" in words_to(requester)


def test_what_came_back_is_changed_and_asked_for_again(requester, lead):
    activity = commands.send_back(viewer_of(lead), asked(requester), reason="unclear", words="What would they do?")
    commands.rewrite_request(viewer_of(requester), activity, purpose="To walk round with us.")
    assert (activity.status, activity.decision_words) == (Status.DRAFT, "What would they do?")
    assert commands.ask_for_partners(viewer_of(requester), activity).status == Status.ASKED
    assert len(told(lead)) == 2


def test_a_request_is_passed_to_a_group_with_words(requester, lead):
    activity = asked(requester)
    with pytest.raises(NotPossible):
        commands.pass_on(viewer_of(lead), activity, words="")
    commands.pass_on(viewer_of(lead), activity, words="The Lower Meadow group meets on Monday.")
    assert activity.status == Status.PASSED
    assert "The Lower Meadow group meets on Monday." in words_to(requester)


@pytest.mark.parametrize("command", ["take_on", "send_back", "decline_request", "pass_on"])
def test_only_the_lead_of_the_organisation_decides_and_only_once(requester, governance, lead, command):
    given = {} if command == "take_on" else {"words": "Because."}
    given |= {"reason": "other"} if command in {"send_back", "decline_request"} else {}
    activity = asked(requester)
    for other in (requester, governance, make_member(make_organisation(), Role.LEAD)):
        with pytest.raises(Refused):
            getattr(commands, command)(viewer_of(other), activity, **given)
    getattr(commands, command)(viewer_of(lead), activity, **given)
    with pytest.raises(Overtaken):
        getattr(commands, command)(viewer_of(lead), activity, **given)


# Afterwards


def test_a_change_tells_the_lead_and_asks_again_only_those_for_whom_it_is_something_else(requester, lead, partner, second):
    activity = commands.take_on(viewer_of(lead), asked(requester))
    commands.offer_places(viewer_of(lead), activity, partners=[partner, second], reply_by=today() + 10 * DAY)
    commands.accept_place(viewer_of(partner.membership), Offer.objects.get(partner=partner))
    told_before = len(told(partner.membership))

    commands.adjust(viewer_of(requester), activity, budget_code="X1")
    assert len(told(partner.membership)) == told_before
    assert Offer.objects.get(partner=partner).status == Offer.Status.ACCEPTED

    commands.adjust(viewer_of(requester), activity, place="By video")
    assert Offer.objects.get(partner=partner).status == Offer.Status.OFFERED
    assert len(told(partner.membership)) == told_before + 1
    assert told(lead)[-1] == "Changed: Safer ward rounds"
    assert activity.status == Status.TAKEN_ON


def test_a_change_may_not_take_away_what_has_to_be_said(requester, lead):
    activity = commands.take_on(viewer_of(lead), asked(requester))
    for field, given in {"can_change": {"can_change": ""}, "feedback_on": {"feedback_on": today() - DAY}}.items():
        with pytest.raises(NotPossible) as trouble:
            commands.adjust(viewer_of(requester), activity, **given)
        assert trouble.value.field == field
        activity.refresh_from_db()


def test_after_it_was_taken_on_only_a_kind_of_the_same_shape_is_chosen(requester, lead):
    activity = commands.take_on(viewer_of(lead), asked(requester))
    commands.add_kind(viewer_of(lead), name="A small project", hint="", shape="project")
    assert commands.adjust(viewer_of(requester), activity, kind="A small project").kind.name == "A small project"
    with pytest.raises(NotPossible) as trouble:
        commands.adjust(viewer_of(requester), activity, kind="A single meeting")
    assert trouble.value.field == "kind"


def test_a_day_that_has_gone_by_may_stay_when_something_else_changes(requester):
    activity = make_activity(requester, needed_by=today() - DAY, feedback_on=today() - DAY)
    assert commands.adjust(viewer_of(requester), activity, place="By video").place == "By video"


def test_whoever_is_to_say_what_changed_from_now_on_is_told(requester, staff, lead):
    activity = make_activity(requester)
    commands.adjust(viewer_of(requester), activity, feedback_by=staff)
    assert told(staff) == ["You will say what changed: Safer ward rounds"]
    assert told(lead) == ["Changed: Safer ward rounds"]


def test_nobody_else_changes_or_calls_off(requester, staff, partner):
    activity = make_activity(requester)
    make_offer(activity, partner, status=Offer.Status.ACCEPTED)
    for other in (staff, partner.membership):
        with pytest.raises(Refused):
            commands.adjust(viewer_of(other), activity, place="By video")
        with pytest.raises(Refused):
            commands.call_off(viewer_of(other), activity, why="No.")


def test_calling_off_tells_everybody_who_had_a_part_once_and_cancels_its_days(requester, lead, partner, second, governance):
    activity = make_activity(requester, lead=lead)
    session = make_session(activity)
    accepted = make_offer(activity, partner, status=Offer.Status.ACCEPTED)
    waiting = make_offer(activity, second)
    with pytest.raises(NotPossible) as trouble:
        commands.call_off(viewer_of(requester), activity, why=" ")
    assert trouble.value.field == "why"

    commands.call_off(viewer_of(requester), activity, why="The ward has closed.")
    assert (activity.status, activity.called_off_because) == (Status.CANCELLED, "The ward has closed.")
    for offer in (accepted, waiting):
        offer.refresh_from_db()
    assert (accepted.status, waiting.status) == (Offer.Status.ACCEPTED, Offer.Status.TAKEN_BACK)
    assert Session.objects.get(pk=session.pk).status == Session.Status.CANCELLED
    for person in (partner.membership, second.membership, lead):
        assert told(person).count("It does not take place: Safer ward rounds") == 1
    assert "The ward has closed." in words_to(second.membership)
    assert told(requester) == told(governance) == []


def test_who_said_no_hears_nothing_more_of_it(requester, partner):
    activity = make_activity(requester)
    make_offer(activity, partner, status=Offer.Status.DECLINED)
    had = told(partner.membership)
    commands.call_off(viewer_of(requester), activity, why="The ward has closed.")
    assert told(partner.membership) == had


# By the clock


def test_the_promised_day_without_a_word_is_told_once_for_each_day(requester, staff, lead):
    activity = make_activity(requester, feedback_by=staff, feedback_on=today() - DAY)
    make_activity(requester, feedback_on=today())
    make_activity(requester, feedback_on=today() - DAY, status=Status.REPORTED)
    assert tasks.note_late_feedback() == 1
    assert told(staff) == told(lead) == ["Partners wait to hear what changed: Safer ward rounds"]
    assert told(requester) == []
    assert tasks.note_late_feedback() == 0
    with pytest.raises(Overtaken):
        commands.note_late_feedback(system_viewer(activity.organisation_id), activity)

    Activity.objects.filter(pk=activity.pk).update(feedback_on=today() - 2 * DAY)
    assert tasks.note_late_feedback() == 1


def test_a_promise_of_somebody_who_left_goes_to_whoever_asked_or_to_the_lead(requester, staff, lead):
    activity = make_activity(requester, feedback_by=staff, feedback_on=today() - DAY)
    staff.ended_on = today()
    staff.save()
    tasks.note_late_feedback()
    assert len(told(requester)) == len(told(lead)) == 1
    assert told(staff) == []
    requester.ended_on = today()
    requester.save()
    Activity.objects.filter(pk=activity.pk).update(feedback_on=today() - 2 * DAY)
    tasks.note_late_feedback()
    assert (len(told(requester)), len(told(lead))) == (1, 2)


# Kinds


def test_the_kinds_of_the_field_are_there_as_soon_as_somebody_asks(requester, organisation):
    begun(requester)
    begun(requester)
    kinds = ActivityKind.objects.filter(organisation=organisation)
    assert kinds.count() == 13
    assert set(kinds.values_list("shape", flat=True)) == {"plain", "project", "training", "panel", "review", "seat"}
    assert list(kinds.order_by("position").values_list("position", flat=True)) == list(range(1, 14))


def test_an_organisation_adds_renames_and_closes_kinds(lead, requester):
    kind = commands.add_kind(viewer_of(lead), name=" A safety  walk ", hint="", shape="plain")
    assert (kind.name, kind.position, kind.shape) == ("A safety walk", 14, "plain")
    commands.change_kind(viewer_of(lead), kind, name="A safety round", hint="Round a ward.", shape="training")
    assert commands.begin_request(viewer_of(requester), kind="A safety round", title="Ward 3").shape == "training"
    commands.close_kind(viewer_of(lead), kind)
    with pytest.raises(NotPossible):
        commands.begin_request(viewer_of(requester), kind="A safety round", title="Ward 3")
    commands.reopen_kind(viewer_of(lead), kind)
    assert commands.begin_request(viewer_of(requester), kind="A safety round", title="Ward 4").kind == kind


def test_what_is_wrong_with_a_kind_is_said(lead, requester):
    kind = begun(requester).kind
    for field, given in {"name": {"name": " "}, "shape": {"shape": "plain"}}.items():
        with pytest.raises(NotPossible) as trouble:
            commands.change_kind(viewer_of(lead), kind, **({"name": "A project", "hint": "", "shape": "project"} | given))
        assert trouble.value.field == field
    with pytest.raises(NotPossible):
        commands.add_kind(viewer_of(lead), name="STAFF training", hint="", shape="plain")
    with pytest.raises(Overtaken):
        commands.change_kind(viewer_of(lead), kind, name="A project", hint="", shape="project", seen=1)


def test_the_last_kind_stays_open(lead, requester):
    kind = begun(requester).kind
    ActivityKind.objects.exclude(pk=kind.pk).update(is_open=False)
    with pytest.raises(NotPossible):
        commands.close_kind(viewer_of(lead), kind)


def test_only_the_lead_of_the_organisation_looks_after_kinds(requester, organisation):
    kind = begun(requester).kind
    for other in (requester, make_member(make_organisation(), Role.LEAD)):
        for command in (commands.close_kind, commands.reopen_kind):
            with pytest.raises(Refused):
                command(viewer_of(other), kind)
        with pytest.raises(Refused):
            commands.change_kind(viewer_of(other), kind, name="A", hint="", shape="plain")
    with pytest.raises(Refused):
        commands.add_kind(viewer_of(requester), name="A", hint="", shape="plain")


def test_history_keeps_no_words(requester, lead):
    activity = commands.send_back(viewer_of(lead), asked(requester), reason="unclear", words="What would they do?")
    events = list(history.timeline(activity))
    assert [event.verb.partition(".")[2] for event in events] == ["begin_request", "ask_for_partners", "send_back"]
    assert "What would they do" not in str([event.details for event in events])
    assert WORDS["purpose"] not in str([event.details for event in events])
