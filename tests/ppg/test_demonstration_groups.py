"""Meadowbank's groups: what one said became a referral to a partner, an answer, a change, and word back to the group."""

from __future__ import annotations

import pytest

from safety_partners.activities.models import Activity
from safety_partners.config.demonstration import groups, partners, people, programme
from safety_partners.config.demonstration.telling import days_ago
from safety_partners.core import history
from safety_partners.core.models import Message
from safety_partners.insights.models import Insight
from safety_partners.ppg.models import Group, Improvement, Question, Referral, YearlyReview

pytestmark = pytest.mark.django_db


def test_a_view_becomes_a_referral_an_answer_a_change_and_word_back():
    with days_ago(235):
        cast = people.gather()
    found = partners.welcome(cast, programme.set_up(cast))
    group = groups.tell(cast, found)
    assert group.chair.name == "Joan Whitfield"
    assert set(Group.objects.values_list("status", flat=True)) == {"active", "none"}
    assert Group.objects.count() == 3
    told = Referral.objects.get(direction="to partners")
    assert (told.status, told.partner, told.answer.status) == ("told", found["Anjali"], "settled")
    assert set(told.change.causes.values_list("insight", flat=True)) == {told.answer.pk, told.view.insight_id}
    assert "names each tablet" in Message.objects.get(template="ppg/referral_told", to_name="Joan Whitfield").text
    assert Referral.objects.get(direction="to group").status == "taken up"
    assert set(Question.objects.values_list("status", flat=True)) == {"closed", "asked", "answered"}
    passed = Question.objects.get(status="answered")
    assert (passed.about_code, passed.for_whom) == (Activity.objects.get(status="passed on").code, cast.owen)
    assert set(Improvement.objects.values_list("status", flat=True)) == {"done", "agreed"}
    assert Insight.objects.filter(voice="group").count() == 2
    assert [row[2] for row in YearlyReview.objects.get().counts] == [None, None, 9, 14, None, 8, 19]
    assert list(history.verify()) == []
