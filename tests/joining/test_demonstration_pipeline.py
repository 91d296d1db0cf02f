"""The demonstration's people who are interested stand at every stage, and none of them breaks a rule."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from safety_partners.joining.models import Expression

pytestmark = pytest.mark.django_db


def test_somebody_stands_at_every_stage(settings):
    settings.MODE = "demonstration"
    call_command("demonstration")
    stands = dict(Expression.objects.values_list("known_as", "status"))
    by_name = {name.split()[0]: status for name, status in Expression.objects.values_list("name", "status")}
    assert by_name == {
        "Rowan": "checks",
        "Dilys": "met",
        "Kwabena": "invited",
        "Zofia": "being read",
        "Albert": "acknowledged",
        "Amina": "received",
    }
    assert stands["Bert"] == "acknowledged"
