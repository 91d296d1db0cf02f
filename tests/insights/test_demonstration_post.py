"""The queue of letters and calls in the demonstration is as short as one that somebody looks after."""

from __future__ import annotations

import pytest

from safety_partners.config.demonstration import partners, people, post, programme
from safety_partners.config.demonstration.telling import as_, days_ago
from safety_partners.core import clock
from safety_partners.core.models import Message

pytestmark = pytest.mark.django_db


def test_letters_of_long_ago_were_posted_when_they_were_written():
    with days_ago(235):
        cast = people.gather()
    partners.welcome(cast, programme.set_up(cast))
    waiting = Message.objects.visible_to(as_(cast.grace)).by_hand()
    assert waiting.count() > 10
    post.go_out(cast)
    assert not waiting.filter(made_at__lt=clock.now() - post.STILL_THERE).exists()
    first = Message.objects.filter(channel="letter").earliest("pk")
    assert first.status == Message.Status.SENT
    assert (first.finished_at - first.made_at).days == 1
