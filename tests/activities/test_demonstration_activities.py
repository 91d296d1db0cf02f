"""Meadowbank’s year of taking part: what is over was answered for and seen, what goes on has days, what is new waits for somebody."""

from __future__ import annotations

from collections import Counter

import pytest

from safety_partners.activities.models import Activity, Milestone, Offer, Panel, PanelQuestion, Session, TimeGiven
from safety_partners.activities.queries.warnings import early_signs
from safety_partners.config.demonstration import activities, documents, partners, people, programme
from safety_partners.config.demonstration.telling import as_, days_ago
from safety_partners.core import clock, history

pytestmark = pytest.mark.django_db


def test_a_believable_year():
    with days_ago(235):
        cast = people.gather()
    found = partners.welcome(cast, programme.set_up(cast))
    documents.tell(cast)
    activities.tell(cast, found)

    told = Activity.objects.filter(organisation=cast.organisation)
    shapes = Counter(told.filter(status__in=["taken on", "reported", "closed"]).values_list("kind__shape", flat=True))
    assert shapes == {"project": 1, "training": 1, "panel": 2, "review": 1, "plain": 3}
    status = Counter(told.values_list("status", flat=True))
    assert status == {"taken on": 6, "reported": 1, "closed": 1, "returned": 1, "declined": 1, "asked": 2}
    assert Milestone.objects.filter(status="reached").count() == 2
    assert Session.objects.filter(status="held", learners__isnull=False).count() == 2
    assert not Session.objects.planned().filter(starts_at__lte=clock.now()).exists()
    assert Panel.objects.filter(told_outcome_on__isnull=False).count() == 1
    assert PanelQuestion.objects.count() == 3
    of_tom = Offer.objects.filter(partner=found["Tom"]).values_list("status", "capture")
    assert set(of_tom) == {("accepted", "phone"), ("declined", "phone"), ("offered", "typed")}
    assert TimeGiven.objects.filter(partner=found["Tom"], capture="phone").count() == TimeGiven.objects.count() / 2
    raised = {sign.title: [fact.words for fact in sign.facts] for sign in early_signs(as_(cast.grace)) if sign.facts}
    assert raised == {
        "A partner is alone": ["What callers hear while they wait"],
        "Nothing can change any more": ["New signs in the car park"],
    }
    assert list(history.verify()) == []
