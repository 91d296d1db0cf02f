"""What can be done with an organisation: its name and look, its clocks, services, urgent contacts and parent."""

from __future__ import annotations

import datetime as dt
import io

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from safety_partners.core import files
from safety_partners.core.clock import today
from safety_partners.core.codes import new_code
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.design import dates
from safety_partners.people import policies, queries
from safety_partners.people.commands.persons import give_roles, new_person, tidy_name
from safety_partners.people.models import Membership, Organisation, Parentage, Role, Service, UrgentContact

LOGO_TYPES = {"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp"}
LOGO_KILOBYTES = 50


@command(allow=policies.is_system)
def open_organisation(
    viewer: Viewer,
    /,
    *,
    name: str,
    administrator_name: str,
    administrator_email: str,
    slug: str = "",
    is_invented: bool = False,
) -> Organisation:
    """Open an organisation with its first administrator, who signs in with a code sent to their address."""
    slug = slugify(slug or name)[:50].strip("-") or new_code("ORG").lower()
    if Organisation.objects.filter(slug=slug).exists():
        raise NotPossible(_("There is an organisation with this short name already"), "slug")
    organisation = Organisation.objects.create(name=tidy_name(name), slug=slug, is_invented=is_invented)
    person = new_person(name=tidy_name(administrator_name), email=administrator_email)
    first = Membership.objects.create(organisation=organisation, user=person)
    give_roles(first, [Role.ADMINISTRATOR], by_id=None)
    return organisation


@command(allow=policies.may_look_after, details=("colour",))
def describe_organisation(
    viewer: Viewer,
    organisation: Organisation,
    /,
    *,
    name: str,
    colour: str,
    about: str,
    contact_name: str,
    contact_email: str,
    contact_phone: str,
) -> Organisation:
    """Change the organisation's name, colour, what it says about itself and whom to contact."""
    organisation.name = tidy_name(name)
    organisation.colour = colour
    organisation.about = about
    organisation.contact_name = tidy_name(contact_name)
    organisation.contact_email = contact_email
    organisation.contact_phone = contact_phone
    organisation.save(update_fields=["name", "colour", "about", "contact_name", "contact_email", "contact_phone"])
    return organisation


@command(allow=policies.may_look_after)
def change_logo(viewer: Viewer, organisation: Organisation, /, *, content: bytes) -> Organisation:
    """Give the organisation a logo: a PNG, JPEG or WebP picture, whatever the file's name says."""
    import puremagic

    if len(content) > LOGO_KILOBYTES * 1024:
        raise NotPossible(_("The picture must be smaller than %(limit)s kB") % {"limit": LOGO_KILOBYTES}, "logo")
    try:
        kind = puremagic.from_string(content, mime=True)
    except (puremagic.PureError, ValueError):
        kind = ""
    if kind not in LOGO_TYPES:
        raise NotPossible(_("The picture must be a PNG, JPEG or WebP"), "logo")
    name = f"logo{LOGO_TYPES[kind]}"
    kept = files.keep(io.BytesIO(content), name=name, content_type=kind, organisation_id=organisation.pk)
    _put_logo(organisation, kept.pk)
    return organisation


@command(allow=policies.may_look_after)
def remove_logo(viewer: Viewer, organisation: Organisation, /) -> Organisation:
    """Show the organisation's name without a logo."""
    _put_logo(organisation, None)
    return organisation


def _put_logo(organisation: Organisation, logo_id: int | None) -> None:
    earlier = Organisation.objects.select_for_update().select_related(None).get(pk=organisation.pk).logo
    organisation.logo_id = logo_id
    organisation.save(update_fields=["logo"])
    if earlier:
        earlier.delete()


@command(allow=policies.may_look_after, details=("acknowledge_days", "own_days", "answer_days"))
def set_clocks(viewer: Viewer, organisation: Organisation, /, *, acknowledge_days: int, own_days: int, answer_days: int) -> Organisation:
    """Set in how many working days a partner hears that we have it, who has it, and our answer."""
    if own_days < acknowledge_days:
        raise NotPossible(_("The days to find an owner cannot be fewer than the days to say we have it"), "own_days")
    if answer_days < own_days:
        raise NotPossible(_("The days to answer cannot be fewer than the days to find an owner"), "answer_days")
    organisation.acknowledge_days = acknowledge_days
    organisation.own_days = own_days
    organisation.answer_days = answer_days
    organisation.save(update_fields=["acknowledge_days", "own_days", "answer_days"])
    return organisation


@command(allow=policies.may_look_after, details=("channel",))
def set_urgent_contact(
    viewer: Viewer, organisation: Organisation, /, *, channel: str, name: str, phone: str, email: str, address: str, note: str
) -> UrgentContact:
    """Say where to go when something cannot wait, or belongs elsewhere: one place for each kind."""
    if not (phone or email or address):
        raise NotPossible(_("Enter a phone number, an email address or a web address"), "phone")
    given = {"name": tidy_name(name), "phone": phone, "email": email, "address": address, "note": note}
    contact, _made = UrgentContact.objects.update_or_create(organisation=organisation, channel=channel, defaults=given)
    return contact


@command(allow=policies.may_look_after, details=("channel",))
def remove_urgent_contact(viewer: Viewer, organisation: Organisation, /, *, channel: str) -> Organisation:
    """Stop showing one of the places to go when something cannot wait."""
    UrgentContact.objects.filter(organisation=organisation, channel=channel).delete()
    return organisation


@command(allow=policies.may_look_after)
def add_service(viewer: Viewer, organisation: Organisation, /, *, name: str) -> Service:
    """Add a part of the organisation that people use."""
    service = Service(organisation=organisation)
    _name_service(service, name)
    return service


@command(allow=policies.may_look_after)
def change_service(viewer: Viewer, service: Service, /, *, name: str) -> Service:
    """Give a service another name; what was said about it stays with it."""
    _name_service(service, name)
    return service


def _name_service(service: Service, name: str) -> None:
    service.name = tidy_name(name)
    others = Service.objects.filter(organisation_id=service.organisation_id, name__iexact=service.name).exclude(pk=service.pk)
    taken = NotPossible(_("There is a service with this name already"), "name")
    if others.exists():
        raise taken
    try:
        with transaction.atomic():
            service.save()
    except IntegrityError as error:
        if "code" in str(error):
            raise
        raise taken from None


@command(allow=policies.may_look_after)
def close_service(viewer: Viewer, service: Service, /) -> Service:
    """Offer a service no longer when something new is said or planned; everything about it stays."""
    return _put_open(service, is_open=False)


@command(allow=policies.may_look_after)
def reopen_service(viewer: Viewer, service: Service, /) -> Service:
    """Offer a closed service again."""
    return _put_open(service, is_open=True)


def _put_open(service: Service, *, is_open: bool) -> Service:
    service.is_open = is_open
    service.save(update_fields=["is_open"])
    return service


@command(allow=policies.may_administer)
def set_parent(viewer: Viewer, organisation: Organisation, /, *, parent: Organisation, from_on: dt.date) -> Organisation:
    """Say which organisation this one belongs to, and since when; the one before ends the day before."""
    # One such change at a time in the whole installation, or several at once could close a circle.
    Organisation.objects.select_for_update().order_by("pk").first()
    if parent.pk == organisation.pk or queries.is_above(organisation, parent):
        raise NotPossible(_("%(parent)s belongs to this organisation, so it cannot be above it") % {"parent": parent.name}, "parent")
    earlier = Parentage.objects.filter(organisation=organisation, until_on__isnull=True).first()
    if earlier and earlier.parent_id == parent.pk:
        raise NotPossible(_("This organisation belongs to %(parent)s already") % {"parent": parent.name}, "parent")
    if earlier:
        _end(earlier, from_on - dt.timedelta(days=1))
    Parentage.objects.create(organisation=organisation, parent=parent, from_on=from_on)
    return organisation


@command(allow=policies.may_administer)
def end_parent(viewer: Viewer, organisation: Organisation, /, *, until_on: dt.date | None = None) -> Organisation:
    """Say that this organisation stands on its own after a day; after today, if nothing else is said."""
    earlier = Parentage.objects.select_for_update().filter(organisation=organisation, until_on__isnull=True).first()
    if earlier is None:
        raise NotPossible(_("This organisation stands on its own already"))
    _end(earlier, until_on or today())
    return organisation


def _end(parentage: Parentage, until_on: dt.date) -> None:
    if until_on < parentage.from_on:
        said = {"parent": parentage.parent.name, "since": dates.day(parentage.from_on)}
        raise NotPossible(_("It has belonged to %(parent)s since %(since)s: enter a later day") % said, "from_on")
    parentage.until_on = until_on
    parentage.save(update_fields=["until_on"])
