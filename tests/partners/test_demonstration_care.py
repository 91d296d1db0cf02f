"""The invented partners have what one can count on, and keep something for themselves."""

from __future__ import annotations

import pytest

from safety_partners.config.demonstration import partners, people, programme
from safety_partners.config.demonstration.telling import as_, days_ago
from safety_partners.partners.models import AccessNeed, CheckIn, LivedExperience, PaymentChoice, PrivateNote
from safety_partners.partners.queries import caring

pytestmark = pytest.mark.django_db


def test_anjali_keeps_a_note_for_herself_and_waits_for_a_window():
    with days_ago(235):
        cast = people.gather()
    programme.set_up(cast)
    found = partners.welcome(cast, programme.learn(cast))
    anjali, priya, grace = (as_(member) for member in (cast.anjali, cast.priya, cast.grace))
    assert PrivateNote.objects.visible_to(anjali).get().check_in.agreed
    assert not PrivateNote.objects.visible_to(priya).exists()
    assert LivedExperience.objects.visible_to(priya).get().partner == found["Anjali"]
    assert not LivedExperience.objects.visible_to(grace).exists()
    assert {need.status for need in caring.unmet(grace)} == {AccessNeed.Status.ASKED, AccessNeed.Status.NOT_MET}
    assert CheckIn.objects.visible_to(grace).filter(held_on__isnull=False).count() == 2
    assert not PaymentChoice.objects.visible_to(priya).exists()
