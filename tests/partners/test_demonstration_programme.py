"""The invented federation sets up its programme through the commands."""

from __future__ import annotations

import pytest

from safety_partners.config.demonstration import people, programme
from safety_partners.config.demonstration.telling import as_, days_ago
from safety_partners.partners.models import TaskVersion, VersionStatus
from safety_partners.partners.queries import describing, setting_up
from safety_partners.partners.queries.setting_up import State

pytestmark = pytest.mark.django_db


def test_meadowbank_is_set_up_and_its_role_has_a_history():
    with days_ago(235):
        cast = people.gather()
    first = programme.set_up(cast)
    second = programme.learn(cast)
    whole = setting_up.set_up(cast.organisation.pk)
    assert whole.is_finished
    assert {step.state for step in whole.steps} == {State.DONE}
    assert (first.number, second.number, second.status) == (1, 2, VersionStatus.IN_USE)
    versions = describing.whole(as_(cast.anjali), second.role)
    assert [str(one.heading) for one in describing.differences(versions.numbered(1), second)] == [
        "Time",
        "Supported by",
        "Answers for the programme",
    ]
    assert TaskVersion.objects.filter(status=VersionStatus.IN_USE).count() == 3
    assert versions.numbered(1).in_use_from < second.in_use_from
