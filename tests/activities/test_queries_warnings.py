"""Early warnings: each rule speaks when it should, says what raised it, and is silent otherwise."""

from __future__ import annotations

import pytest

from safety_partners.activities.models import Activity, Offer
from safety_partners.activities.queries.warnings import early_signs
from safety_partners.committees import commands
from safety_partners.committees.models import Invitee
from safety_partners.core.working_days import today
from safety_partners.insights.models import Insight
from tests.factories import committees as make
from tests.factories.activities import make_activity, make_offer
from tests.factories.committees import DAY
from tests.factories.people import make_member, make_organisation, viewer_of
from tests.factories.records import make_active

LATE, ALONE, PAPERS, NOTHING, SILENT = (
    "Partners come in late",
    "A partner is alone",
    "Papers come late",
    "Nothing can change any more",
    "A seat without a voice",
)
FINAL = {"stage": Activity.Stage.FINAL, "why_late": "We forgot."}


def found(lead):
    """The rules that found something, with what they found."""
    return {sign.title: [fact.words for fact in sign.facts] for sign in early_signs(viewer_of(lead)) if sign.facts}


def rule(lead, title):
    return next(sign for sign in early_signs(viewer_of(lead)) if sign.title == title)


def test_with_nothing_there_nothing_is_said_but_every_rule_says_what_it_looks_for(lead):
    signs = early_signs(viewer_of(lead))

    assert [sign.title for sign in signs] == [LATE, PAPERS, ALONE, NOTHING, SILENT]
    assert not any(sign.facts for sign in signs)
    assert all(sign.rule and sign.advice for sign in signs)


def test_late_requests_are_a_sign_only_as_more_than_a_third_of_enough(requester, lead):
    make_activity(requester, title="Too late", **FINAL)
    make_activity(requester)
    assert LATE not in found(lead)
    make_activity(requester)
    assert LATE not in found(lead)
    make_activity(requester, title="Also late", **FINAL)

    assert found(lead)[LATE] == ["Also late", "Too late"]
    assert "2 of 4" in rule(lead, LATE).rule


@pytest.mark.parametrize("status", [Activity.Status.DRAFT, Activity.Status.WITHDRAWN])
def test_what_was_never_asked_for_is_no_sign(requester, lead, status):
    for _number in range(4):
        make_activity(requester, status=status, **FINAL)
    assert found(lead) == {}


def test_one_partner_alone_is_a_sign_and_two_are_none(requester, lead, partner, second):
    activity = make_activity(requester, title="A visit")
    make_offer(activity, partner, status=Offer.Status.ACCEPTED)
    assert found(lead)[ALONE] == ["A visit"]

    shadow = make_offer(activity, second, status=Offer.Status.ACCEPTED, is_shadowing=True)
    assert found(lead)[ALONE] == ["A visit"]
    Offer.objects.filter(pk=shadow.pk).update(is_shadowing=False)
    assert ALONE not in found(lead)


def test_one_filled_seat_of_a_safety_committee_is_a_sign(lead, partner, second):
    group = make.make_committee(lead, name="Falls group")
    make.make_sitting(lead, group, partner)
    make.make_sitting(lead, make.make_committee(lead, name="Finance", is_safety_related=False), partner)
    assert found(lead)[ALONE] == ["Falls group"]

    make.make_sitting(lead, group, second)
    assert ALONE not in found(lead)


def test_late_papers_are_a_sign_of_a_committee_as_more_than_a_quarter(lead):
    group = make.make_committee(lead, name="Falls group")
    item = make.make_item(make.make_meeting(group, on=today() - DAY, status="held"))
    for words in ("There.", "There.", "There.", ""):
        make.make_paper(item, words=words)
    assert PAPERS not in found(lead)

    make.make_paper(item, words="")

    assert found(lead)[PAPERS] == ["Falls group: 2 of 5 papers"]


def test_a_request_with_nothing_left_to_change_is_a_sign(requester, lead):
    make_activity(requester, status=Activity.Status.RETURNED, title="Print it", reason=Activity.Reason.NOTHING_LEFT)
    make_activity(requester, status=Activity.Status.RETURNED, title="In a hurry")

    assert found(lead) == {NOTHING: ["Print it"]}


def test_items_that_do_not_say_what_can_change_are_a_sign_as_more_than_half(lead):
    group = make.make_committee(lead, name="Falls group")
    meeting = make.make_meeting(group)
    for said in ("The days.", "The form.", "", ""):
        make.make_item(meeting, can_change=said)
    make.make_item(meeting, kind="note")
    make.make_item(meeting, is_for_partners=True)
    make.make_item(make.make_meeting(group, on=today() - DAY, status="held"))
    assert NOTHING not in found(lead)

    make.make_item(meeting)

    assert found(lead)[NOTHING] == ["Falls group: nothing is said of what can change in 3 of 5 items to come"]


def test_a_seat_is_silent_after_three_meetings_without_a_word_written_beside_any_item(lead, partner):
    group = make.make_committee(lead, name="Falls group")
    make.make_sitting(lead, group, partner, from_on=today() - 100 * DAY)
    for number in range(3):
        assert SILENT not in found(lead)
        meeting = make.make_meeting(group, on=today() - (number + 1) * DAY, status="held")
        make.make_invitee(meeting, partner.membership, attendance=Invitee.Attendance.PRESENT)
    assert found(lead)[SILENT] == ["Pat Partner in the Falls group: there at 3 meetings"]

    _says(lead, partner, make.make_item(meeting))

    assert SILENT not in found(lead)


def _says(lead, partner, item):
    """A draft is nobody's business; the words stand there once they are shared."""
    own = viewer_of(partner.membership)
    placed = commands.speak(own, item, words="Ask at home.", kind=Insight.Kind.SUGGESTION, visibility=Insight.Visibility.LEAD)
    assert SILENT in found(lead)
    commands.share_spoken(own, placed, turn=placed.insight.turn)


def test_another_organisation_sees_nothing_of_it(requester, lead, partner):
    make_offer(make_activity(requester), partner, status=Offer.Status.ACCEPTED)

    assert found(make_member(make_organisation(), "lead")) == {}


def test_five_questions_however_much_there_is(requester, lead, django_assert_num_queries):
    for _number in range(3):
        activity = make_activity(requester)
        make_offer(activity, make_active(lead), status=Offer.Status.ACCEPTED)
        make.make_committee(lead, name=activity.code)
    viewer = viewer_of(lead)

    with django_assert_num_queries(5):
        early_signs(viewer)
