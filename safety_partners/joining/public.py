"""The doorway: adverts as anybody may read them. Nothing that somebody told us can reach a public page through here."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from safety_partners.core import wall
from safety_partners.core.working_days import today
from safety_partners.joining import addresses, printing
from safety_partners.joining.models import Advert
from safety_partners.partners.queries.describing import Said, lines

Status = Advert.Status


def adverts(organisation_id: int) -> QuerySet[Advert]:
    """What is open for interest today."""
    now = today()
    still_open = Q(closes_on=None) | Q(closes_on__gte=now)
    return Advert.objects.filter(still_open, organisation_id=organisation_id, status=Status.OPEN, opens_on__lte=now).select_related(
        "role__role"
    )


def advert(organisation_id: int, address: str) -> Advert | None:
    """The advert at an address, in any state but being written: a page keeps its address and says how things stand."""
    return _published().filter(organisation_id=organisation_id, address=addresses.tidy(address)).first()


def advert_typed(typed: str) -> Advert | None:
    """The advert that somebody means who types an address from a poster."""
    return wall.find(_published().filter(address=addresses.tidy(typed)))


def _published() -> QuerySet[Advert]:
    rows = Advert.objects.exclude(status=Status.DRAFT).select_related("organisation", "role__role")
    return rows.prefetch_related("criteria")


def is_open(advert: Advert) -> bool:
    """Say whether somebody may send an expression of interest today."""
    return advert.takes_interest(today())


def opens_later(advert: Advert) -> dt.date | None:
    """The day on which it opens, if that is still to come."""
    return advert.opens_on if advert.status == Status.OPEN and advert.opens_on > today() else None


# What the page and the print pack of an advert say


def words(advert: Advert) -> dict[str, Said]:
    """What its role says, by the names of its parts: the version that the advert was written for."""
    return {said.name: said for said in lines(advert.role)}


def facts(advert: Advert) -> list[tuple[str, str]]:
    """Its days, its place and its time, each with its words."""
    return printing.facts(advert)


def talk_words(advert: Advert) -> str:
    """A person to talk to, and how."""
    return printing.talk_words(advert)


def short_address(advert: Advert) -> str:
    """The address to type from a poster."""
    return printing.address_of(advert)


def squares(advert: Advert) -> tuple[int, str]:
    """The QR code that leads to its page: how wide it is, and the path of its dark fields."""
    return printing.squares(printing.link_of(advert))


def pack(advert: Advert, *, is_large: bool) -> bytes:
    """The print pack as a PDF, in large print or not."""
    return printing.pack(advert, points=printing.LARGE if is_large else printing.NORMAL)
