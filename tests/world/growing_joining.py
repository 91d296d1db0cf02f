"""How the lists of joining grow by so many rows."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from safety_partners.core import clock
from safety_partners.joining import commands
from safety_partners.joining.models import Advert
from tests.factories import joining as make
from tests.factories.people import viewer_of
from tests.world.growing import Small

ASKED = {"name": "Mo", "how": "phone", "reach": "01632 960 001"}


def adverts(small: Small, rows: int) -> str:
    """Each with one more person who is interested than the one before."""
    for row in range(rows):
        advert = make.make_advert(small.lead, title=f"Partners wanted {row}")
        for number in range(row):
            make.make_expression(advert, name=f"Somebody {number}")
    return reverse("joining:adverts")


def advert(small: Small, rows: int) -> str:
    """So many things that are looked for, long enough to show beside the QR code, which is never twice the same."""
    criteria = [(f"You listen {row}", "We go slowly. " * 35) for row in range(rows)]
    return make.make_advert(small.lead, criteria=criteria).get_absolute_url()


def chats(small: Small, rows: int) -> str:
    for row in range(rows):
        commands.record_chat_request(viewer_of(small.lead), **{**ASKED, "name": f"Somebody {row}"})
    return reverse("joining:chats")


def counts(small: Small, rows: int) -> str:
    """So many adverts that ended, one after the other."""
    for row in range(rows):
        with clock.telling(clock.now() + dt.timedelta(minutes=row)):
            commands.close_advert(viewer_of(small.lead), make.make_advert(small.lead, title=f"Partners wanted {row}"))
    return reverse("joining:equality-counts")


def public_adverts(small: Small, rows: int) -> str:
    for row in range(rows):
        make.make_advert(small.lead, title=f"Partners wanted {row}")
    return reverse("website:adverts", args=[small.organisation.slug])


def public_advert(small: Small, rows: int) -> str:
    advert(small, rows)
    one = Advert.objects.get(organisation=small.organisation)
    return reverse("website:advert", args=[small.organisation.slug, one.address])
