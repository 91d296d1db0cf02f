"""An organisation and everybody in it, opened and joined through the commands."""

from __future__ import annotations

import datetime as dt
import re
import struct
import zlib

from safety_partners.core import clock
from safety_partners.core.models import Message
from safety_partners.core.viewer import NOBODY, system_viewer
from safety_partners.people import commands
from safety_partners.people.models import Invitation, Membership, Organisation, Role, UrgentContact
from safety_partners.people.queries import members_with_role
from tests.world.place import FORMER, ROLES, Place
from tests.world.words import typed

# An address that the organisation typed itself: with the address of a video meeting the only kind of link that may lead to another host.
OUTSIDE = "https://events.example/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def open_place(name: str) -> Place:
    """Open an organisation, set it up, and let everybody join."""
    organisation = commands.open_organisation(
        system_viewer(None),
        name=typed(name),
        administrator_name=typed(f"Ada of {name}"),
        administrator_email=f"ada@{_host(name)}",
        slug=_slug(name),
    )
    place = Place(organisation)
    place.people["administrator"] = members_with_role(organisation.pk, Role.ADMINISTRATOR)[0]
    for person, role in ROLES.items():
        if person != "administrator":
            place.people[person] = join(place, f"{person.title()} of {name}", role, **_told(person))
    place.people[FORMER] = join(place, f"Former of {name}", Role.PARTNER)
    place.do("administrator", commands.end_membership, place.people[FORMER])
    _set_up(place)
    _invite(place)
    _more_people(place)
    return place


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-")


def _host(name: str) -> str:
    return f"{_slug(name)}.example"


def _told(person: str) -> dict[str, str]:
    """The second partner is told things by letter, the second member of staff by phone."""
    if person == "second partner":
        return {"told_by": "letter", "postal_address": typed("1 Mill Lane\nYork")}
    return {"told_by": "phone", "phone": "01904 555 0199"} if person == "second staff" else {}


def join(place: Place, name: str, *roles: str, **details: str) -> Membership:
    """Somebody is invited, opens the link in the message, and joins."""
    invitation, secret = invite(place, name, *roles)
    return commands.accept_invitation(NOBODY, invitation, secret=secret, **details)


def invite(place: Place, name: str, *roles: str, by: str = "administrator") -> tuple[Invitation, str]:
    """Invite somebody, and read the secret in the message."""
    email = f"{_slug(name)}@{place.organisation.slug}.example"
    invitation = place.do(by, commands.invite, name=typed(name), email=email, roles=list(roles))
    text = Message.objects.filter(about_code=invitation.code).latest("id").text
    return invitation, re.search(r"/([\w-]{40,})/?\s", text).group(1)


def _set_up(place: Place) -> None:
    organisation, do = place.organisation, place.do
    do(
        "administrator",
        commands.describe_organisation,
        organisation,
        name=organisation.name,
        colour="teal",
        about=typed("We look after people together.\n\nWe would love to have more partners."),
        contact_name=typed("Grace"),
        contact_email=f"partners@{place.organisation.slug}.example",
        contact_phone="01904 555 0100",
    )
    do("lead", commands.change_logo, organisation, content=png())
    contacts = dict.fromkeys(UrgentContact.Channel, ("01904 555 0101", "", ""))
    contacts[UrgentContact.Channel.EVENTS] = ("", "", OUTSIDE)
    contacts[UrgentContact.Channel.SAFEGUARDING] = ("", "safe@example.org", "")
    for channel, (phone, email, address) in contacts.items():
        given = {"phone": phone, "email": email, "address": address, "note": typed("Weekdays")}
        do("administrator", commands.set_urgent_contact, organisation, channel=channel, name=typed("Somebody"), **given)
    place.keep(
        service=do("administrator", commands.add_service, organisation, name=typed("Urgent care")),
        closed_service=do("administrator", commands.add_service, organisation, name=typed("Podiatry")),
    )
    do("administrator", commands.close_service, place["closed service"])


def _invite(place: Place) -> None:
    """Invitations in every state, by the lead and by the administrator."""
    found = {}
    found["open"], place.secrets["open"] = invite(place, "Ivy", Role.PARTNER, by="lead")
    found["administrators"], _secret = invite(place, "Ian", Role.FINANCE)
    found["accepted"], place.secrets["accepted"] = invite(place, "Una", Role.PARTNER)
    commands.accept_invitation(NOBODY, found["accepted"], secret=place.secrets["accepted"])
    found["withdrawn"], place.secrets["withdrawn"] = invite(place, "Will", Role.PARTNER)
    place.do("administrator", commands.withdraw_invitation, found["withdrawn"])
    with clock.telling(clock.now() - dt.timedelta(days=40)):
        found["late"], place.secrets["late"] = invite(place, "Lola", Role.PARTNER)
    place.keep(**{f"{state}_invitation": invitation for state, invitation in found.items()})


def _more_people(place: Place) -> None:
    """Somebody without email, somebody with a password and a second factor; everybody else by role."""
    place.keep(
        added_member=place.do(
            "lead", commands.add_member, name=typed("Tom"), roles=[Role.PARTNER], told_by="letter", postal_address=typed("4 Mill Cottages")
        ),
        **{f"{person}_member": member for person, member in place.people.items()},
    )
    governor = place.people["governance"]
    place.do("governance", commands.set_password, governor, password="correct horse battery staple")
    place.do("governance", commands.set_up_second_factor, governor, secret=SECRET)


def give_parents(home: Place, away: Place) -> None:
    """Both belonged to the same organisation above; the foreign one does no longer."""
    region = commands.open_organisation(
        system_viewer(None), name=typed("Region"), administrator_name="Rhea", administrator_email="rhea@region.example", slug="region"
    )
    since = clock.today() - dt.timedelta(days=400)
    for place in (home, away):
        place.do("administrator", commands.set_parent, place.organisation, parent=Organisation.objects.get(pk=region.pk), from_on=since)
    away.do("administrator", commands.end_parent, away.organisation)


def png() -> bytes:
    """A picture of one point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")
