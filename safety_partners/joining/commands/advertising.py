"""Adverts: writing, publishing, closing. The public page keeps its address and says how things stand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from safety_partners.core import clock
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.joining import addresses, equality, policies
from safety_partners.joining.models import Advert, Criterion, EqualityCount
from safety_partners.partners.models import RoleVersion
from safety_partners.people.policies import is_system

Status = Advert.Status
# What the lead writes; the role's own words come with the version.
FIELDS = frozenset(
    {
        "title",
        "summary",
        "places",
        "hours",
        "place",
        "may_be_remote",
        "contact_name",
        "contact_email",
        "contact_phone",
        "opens_on",
        "closes_on",
        "sift_on",
        "meet_on",
        "start_on",
        "max_words",
    }
)
MOST_CRITERIA = 10


@command(allow=policies.may_run_joining)
def write_advert(viewer: Viewer, /, *, role: RoleVersion, criteria: Iterable[tuple[str, str]] = (), **fields: Any) -> Advert:
    """Begin an advert for a role in use. ``criteria`` are pairs: what we look for, and how we could support it."""
    if role.role.organisation_id != viewer.organisation_id or role.status != RoleVersion.Status.IN_USE:
        raise NotPossible(_("Choose a role that is in use here"), "role")
    advert = Advert(organisation_id=viewer.organisation_id, role=role, address=_free_address(), **_checked(fields))
    _demand_order(advert)
    advert.save()
    _write_criteria(advert, criteria)
    return advert


@command(allow=policies.may_lead)
def edit_advert(
    viewer: Viewer, advert: Advert, /, *, turn: int, criteria: Iterable[tuple[str, str]] | None = None, **fields: Any
) -> Advert:
    """Change an advert's words and days. What is looked for can change until it is published: people are read against it."""
    if advert.status not in {Status.DRAFT, Status.OPEN, Status.CLOSED}:
        raise NotPossible(_("This advert has ended, so its words stay as they are."))
    for name, value in _checked(fields).items():
        setattr(advert, name, value)
    _demand_order(advert)
    _note_change(advert, turn, **fields)
    return advert


@command(allow=policies.may_lead)
def write_criteria(viewer: Viewer, advert: Advert, /, *, turn: int, criteria: Iterable[tuple[str, str]]) -> Advert:
    """Say what we look for, and how we could support each of it; only until it is published, because people are read against it."""
    if advert.status != Status.DRAFT:
        raise NotPossible(_("People are read against these words, so they stay as they are once the advert is published."))
    _note_change(advert, turn)
    _write_criteria(advert, criteria)
    return advert


def _note_change(advert: Advert, turn: int, **fields: Any) -> None:
    """Change fields in one UPDATE, unless somebody changed the advert after ``turn`` was seen."""
    if not Advert.objects.filter(pk=advert.pk, turn=turn, status=advert.status).update(turn=F("turn") + 1, **fields):
        raise Overtaken
    advert.refresh_from_db()


@command(allow=policies.may_lead)
def publish_advert(viewer: Viewer, advert: Advert, /) -> Advert:
    """Put an advert on the public pages, or open one again that was closed."""
    if advert.closes_on and advert.closes_on < clock.today():
        raise NotPossible(_("Its closing day has passed. Change the closing day first."))
    if not advert.criteria.exists():
        raise NotPossible(_("Say what you look for first, so that everybody is read in the same way."))
    Advert.lifecycle.move(advert, "publish")
    _begin_counting(advert)
    return advert


@command(allow=policies.may_lead)
def close_advert(viewer: Viewer, advert: Advert, /) -> Advert:
    """Take no more expressions of interest; the page stays and says so."""
    return _end(advert, "close")


@command(allow=policies.may_lead)
def fill_advert(viewer: Viewer, advert: Advert, /) -> Advert:
    """Say on the page that the places are filled."""
    return _end(advert, "fill")


@command(allow=policies.may_lead)
def withdraw_advert(viewer: Viewer, advert: Advert, /) -> Advert:
    """Take an advert back; whoever comes by its address is told kindly."""
    return _end(advert, "withdraw")


@command(allow=is_system)
def close_advert_on_its_day(viewer: Viewer, advert: Advert, /) -> Advert:
    """Close an advert whose closing day has passed."""
    return _end(advert, "close")


def _end(advert: Advert, move: str) -> Advert:
    """What was counted stays as it is from here on, because it may be seen from here on."""
    Advert.lifecycle.move(advert, move, counted_until=advert.counted_until or clock.now())
    return advert


def _free_address() -> str:
    while True:
        address = addresses.new_address()
        if not Advert.objects.filter(address=address).exists():
            return address


def _checked(fields: dict[str, Any]) -> dict[str, Any]:
    if unknown := fields.keys() - FIELDS:
        raise TypeError(f"An advert has no {', '.join(sorted(unknown))}")
    return fields


def _demand_order(advert: Advert) -> None:
    """Refuse days in the wrong order, and an advert that nobody can be asked about."""
    if not advert.contact_email and not advert.contact_phone:
        raise NotPossible(_("Give a phone number or an email address of somebody to talk to"), "contact_phone")
    if advert.closes_on and advert.closes_on < advert.opens_on:
        raise NotPossible(_("The closing day must be on or after the opening day"), "closes_on")
    for name in ("sift_on", "meet_on", "start_on"):
        if (day := getattr(advert, name)) and day < advert.opens_on:
            raise NotPossible(_("This day must be on or after the opening day"), name)


def _write_criteria(advert: Advert, criteria: Iterable[tuple[str, str]]) -> None:
    wanted = [(words.strip(), support.strip()) for words, support in criteria if words.strip()]
    if len(wanted) > MOST_CRITERIA:
        raise NotPossible(_("Choose the %(most)s that matter most") % {"most": MOST_CRITERIA})
    advert.criteria.all().delete()
    Criterion.objects.bulk_create(
        [
            Criterion(advert=advert, position=position, words=words, support=support)
            for position, (words, support) in enumerate(wanted, start=1)
        ]
    )


def _begin_counting(advert: Advert) -> None:
    """Make a counter for every answer at once, so that neither its number nor its time says who was first."""
    if advert.counted_until is None:
        EqualityCount.objects.bulk_create(
            [
                EqualityCount(organisation_id=advert.organisation_id, advert=advert, question=question.name, answer=answer)
                for question in equality.QUESTIONS
                for answer, _words in question.answers
            ]
        )
