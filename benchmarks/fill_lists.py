"""Many partners, taken in from files as an organisation would, and as many people who are interested."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from django.db import connection

from safety_partners.core import clock
from safety_partners.core.names import fold
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.joining import addresses
from safety_partners.joining.models import Advert, Expression
from safety_partners.partners.commands.importing import read_register, take_import
from safety_partners.partners.models import Import, ImportRow, Need, Partner
from safety_partners.partners.tables import Table
from safety_partners.people.models import Membership, Organisation, Role, User
from safety_partners.people.queries import members_with_role, viewer_for

FIRST = ["Zoë", "Ágnes", "Amara", "Bilal", "Chidi", "Dervla", "Ewa", "Farah", "Gwen", "Hana"]
FIRST += ["Idris", "Joan", "Kofi", "Lena", "Mateusz", "Nia", "Omar", "Priti", "Ruth", "Seán"]
LAST = ["Ångström", "Nowak", "Okafor", "Patel", "Quinn", "Ramírez", "Šimek", "Taylor", "Usman", "Vaughan"]
LAST += ["Walsh", "Xu", "Yılmaz", "Zielińska", "Abara", "Bell", "Cheng", "Doyle", "Evans", "Fraser"]
LAST += ["Gómez", "Hughes", "Ito", "Jones", "Khan", "Lewis", "Müller", "Ndlovu", "O’Neill", "Price"]
LAST += ["Reid", "Singh", "Thomas", "Udo", "Vasile", "White", "Young", "Żak", "Ahmed", "Bowen"]
HEADINGS = ["Name", "Email", "Status", "Appointed on", "Term starts on", "Term ends on", "Left on", "Named contact"]
LARGEST_FILE = 2_000
ADVERTS = 40
STATUSES = (
    ["received"] * 6
    + ["acknowledged"] * 8
    + ["chat", "being read", "invited", "met", "offered", "checks"] * 4
    + ["reserve"] * 4
    + ["appointed"] * 14
    + ["not now"] * 30
    + ["passed on"] * 2
    + ["withdrawn"] * 8
    + ["lapsed"] * 4
)
DAY = dt.timedelta(days=1)


def lead_of(organisation: Organisation) -> Viewer:
    """The partner lead, as a request of theirs would be."""
    return viewer_for(members_with_role(organisation.pk, Role.LEAD)[0].user_id, organisation.pk)


def fill(organisation: Organisation, count: int) -> None:
    """Bring the organisation's partners, and those who are interested, up to ``count`` each."""
    take_in(organisation, count)
    _interest(organisation, count)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def take_in(organisation: Organisation, count: int) -> None:
    """Bring the organisation's partners up to ``count``."""
    lead = lead_of(organisation)
    while (there := Partner.objects.filter(organisation=organisation).count()) < count:
        batch = take_import(lead, read_file(lead, there, min(LARGEST_FILE, count - there)))
        _see_to_needs(batch, random.Random(there))


def name_of(number: int) -> str:
    """A name that nobody else has, up to 20,800; neighbours by number are not neighbours by name."""
    place, first = divmod(number * 7919 % 20_800, len(FIRST))
    middle, last = divmod(place, len(LAST))
    return f"{FIRST[first]} {chr(65 + middle)}. {LAST[last]}"


def read_file(lead: Viewer, start: int, size: int) -> Import:
    """A register of ``size`` new people, read and waiting to be taken in."""
    dice = random.Random(start)
    contacts = [member.user.email for member in members_with_role(lead.organisation_id, Role.STAFF) if member.user.email]
    rows = [_line(number, dice, dice.choice(contacts)) for number in range(start, start + size)]
    return read_register(lead, table=Table(HEADINGS, rows, list(range(2, size + 2)), "UTF-8"))


def _line(number: int, dice: random.Random, contact: str) -> list[str]:
    begins = today() - dice.randrange(30, 700) * DAY
    served = [str(begins), str(begins), str(begins + 730 * DAY)]
    who = [name_of(number), f"partner{number}@partners.example"]
    if dice.random() < 0.1:
        return [*who, "left", *served, str(begins + 20 * DAY), ""]
    return [*who, dice.choice(["active"] * 8 + ["joining", "paused"]), *served, "", contact]


def _see_to_needs(batch: Import, dice: random.Random) -> None:
    """Of what is needed, most is there; one in twelve is missing, some has run out or will within 90 days."""
    added = ImportRow.objects.filter(batch=batch).values("partner_id")
    needs = list(Need.objects.filter(partner_id__in=added).order_by("pk").values_list("pk", flat=True))
    dice.shuffle(needs)
    done = needs[len(needs) // 12 :]
    ends = [None] * 14 + [today() + days * DAY for days in (-20, 40, *range(200, 500, 15))]
    for place, expires_on in enumerate(ends):
        some = Need.objects.filter(pk__in=done[place :: len(ends)])
        some.update(status=Need.Status.DONE, done_on=today() - 200 * DAY, expires_on=expires_on)


def _interest(organisation: Organisation, count: int) -> None:
    adverts = _adverts(organisation)
    there, dice = Expression.objects.filter(organisation=organisation).count(), random.Random(count)
    made = [_expression(organisation, adverts, number, dice) for number in range(there, count)]
    Expression.objects.bulk_create(made, batch_size=500)


def _adverts(organisation: Organisation) -> list[int]:
    """Those of the demonstration and enough others to be a list."""
    pattern = Advert.objects.filter(organisation=organisation, status="open").latest("pk")
    there = Advert.objects.filter(organisation=organisation).count()
    for number in range(there, ADVERTS):
        same = [field.attname for field in Advert._meta.concrete_fields if field.name not in {"id", "code"}]
        old = Advert(**{name: getattr(pattern, name) for name in same})
        old.address, old.status, old.title = addresses.new_address(), "filled", f"A partner for ward {number}"
        old.opens_on, old.closes_on = pattern.opens_on - number * 30 * DAY, pattern.closes_on - number * 30 * DAY
        old.save()
    return list(Advert.objects.filter(organisation=organisation).order_by("pk").values_list("pk", flat=True))


def _expression(organisation: Organisation, adverts: list[int], number: int, dice: random.Random) -> Expression:
    status, made = dice.choice(STATUSES), clock.now() - dice.randrange(1, 200_000) * dt.timedelta(minutes=1)
    more: dict[str, Any] = {"outcome_words": "Not this time, with thanks."} if status == "not now" else {}
    more |= {"has_agreed_to_pass": True} if status == "passed on" else {}
    name = name_of(number + 3)
    return Expression(
        organisation=organisation,
        advert_id=dice.choice(adverts),
        status=status,
        made_at=made,
        since=made + dt.timedelta(days=1),
        next_due_on=made.date() + 10 * DAY if status in Expression.OPEN else None,
        name=name,
        name_key=fold(name),
        email=f"interested{number}@people.example",
        connection="patient",
        why="I waited a long time for an answer, and would like to help others to be heard sooner.",
        would_help="Papers a week before, in large print.",
        keep_until=today() + 180 * DAY,
        reserve_until=today() + 90 * DAY if status == "reserve" else None,
        ended_at=None if status in Expression.OPEN else made + dt.timedelta(days=20),
        **more,
    )


def take_away(batches: list[Import]) -> None:
    """Delete what these files brought in, so that the next size has as many partners as it says."""
    for batch in batches:
        partners = Partner.objects.filter(pk__in=list(batch.rows.values_list("partner_id", flat=True)))
        members, people = zip(*partners.values_list("membership_id", "membership__user_id"), strict=True)
        partners.delete()
        Membership.objects.filter(pk__in=members).delete()
        User.objects.filter(pk__in=people).delete()
        batch.delete()
