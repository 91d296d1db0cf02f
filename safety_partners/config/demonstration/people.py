"""The invented organisations and everybody in them. Any likeness to a real person is chance."""

from __future__ import annotations

import re
from dataclasses import dataclass

from safety_partners.config.demonstration.telling import as_
from safety_partners.core.models import Message
from safety_partners.core.viewer import NOBODY, Viewer, system_viewer
from safety_partners.people import commands
from safety_partners.people.models import Membership, Organisation, Role, Service, UrgentContact
from safety_partners.people.queries import members_with_role

Channel = UrgentContact.Channel

# Before there is an organisation, the installation itself opens it.
FOUNDER = system_viewer(None)

URGENT = {
    Channel.RISK_NOW: ("Emergency services, or NHS 111", "999", "", "", "Ring 999 in an emergency. Ring 111 for advice now."),
    Channel.SAFEGUARDING: ("Safeguarding team", "01632 960 201", "safeguarding@meadowbank.example", "", "Weekdays, 9am to 5pm."),
    Channel.COMPLAINTS: ("Patient advice and complaints", "01632 960 202", "advice@meadowbank.example", "", ""),
    Channel.EVENTS: ("Patient safety events", "", "", "https://record-patient-safety-events.example/", "Anyone may record an event."),
    Channel.SPEAK_UP: ("Freedom to Speak Up guardian", "01632 960 204", "speakup@meadowbank.example", "", "For people who work here."),
}
SERVICES = ["Urgent treatment centre", "Frailty team", "Community nursing", "Booking and reception", "Vaccination clinic"]


@dataclass
class Cast:
    """Who is who at Meadowbank Care Federation."""

    organisation: Organisation
    services: dict[str, Service]
    nadia: Membership  # organisation administrator
    grace: Membership  # partner lead
    anjali: Membership  # partner, told by email
    tom: Membership  # partner, told by letter
    ben: Membership  # clinical lead for urgent care
    priya: Membership  # practice operations
    owen: Membership  # committee secretary
    samuel: Membership  # non-executive director, chairs the Quality and Governance Committee


def gather() -> Cast:
    """Open the federation, set it up and let everybody join."""
    organisation = commands.open_organisation(
        FOUNDER,
        name="Meadowbank Care Federation",
        administrator_name="Nadia Rahman",
        administrator_email="nadia.rahman@meadowbank.example",
        slug="meadowbank",
        is_invented=True,
    )
    nadia = members_with_role(organisation.pk, Role.ADMINISTRATOR)[0]
    admin = as_(nadia)
    commands.describe_organisation(
        admin,
        organisation,
        name="Meadowbank Care Federation",
        colour="teal",
        about=(
            "Eleven GP practices that look after people together in the evenings, at weekends and at home. "
            "Two Patient Safety Partners work beside us. We would love to have more.\n\n"
            "Meadowbank is invented, and so is everybody in it: it shows how Safety Partners works."
        ),
        contact_name="Grace Adeyemi, partner lead",
        contact_email="partners@meadowbank.example",
        contact_phone="01632 960 200",
    )
    for channel, (name, phone, email, address, note) in URGENT.items():
        commands.set_urgent_contact(admin, organisation, channel=channel, name=name, phone=phone, email=email, address=address, note=note)
    services = {name: commands.add_service(admin, organisation, name=name) for name in SERVICES}

    cast = Cast(
        organisation=organisation,
        services=services,
        nadia=nadia,
        grace=join(admin, "Grace Adeyemi", Role.LEAD, job_title="Patient safety engagement manager"),
        anjali=join(admin, "Anjali Mistry", Role.PARTNER),
        tom=join(
            admin,
            "Tom Fairweather",
            Role.PARTNER,
            told_by="letter",
            postal_address="4 Mill Cottages\nLower Meadow\nXX1 4ZZ",
            phone="01632 960 233",
        ),
        ben=join(admin, "Ben Carver", Role.STAFF, job_title="Clinical lead, urgent care"),
        priya=join(admin, "Priya Nair", Role.STAFF, job_title="Head of practice operations"),
        owen=join(admin, "Owen Hughes", Role.SECRETARY, job_title="Governance officer"),
        samuel=join(admin, "Samuel Osei", Role.BOARD, job_title="Non-executive director"),
    )
    join(admin, "Lucy Marsh", Role.FINANCE, job_title="Finance manager")
    join(admin, "Harriet Cole", Role.GOVERNANCE, job_title="Information governance manager")
    join(admin, "Joan Whitfield", Role.GROUP_CHAIR, job_title="Chair, Lower Meadow patient group")
    return cast


def join(administrator: Viewer, name: str, *roles: str, job_title: str = "", email: str = "", **told: str) -> Membership:
    """Somebody is invited, opens the link in the message, and joins."""
    email = email or f"{name.lower().replace(' ', '.')}@meadowbank.example"
    invitation = commands.invite(administrator, name=name, email=email, roles=list(roles))
    message = Message.objects.filter(about_code=invitation.code).latest("id")
    secret = re.search(r"/([\w-]{40,})/?\s", message.text).group(1)  # type: ignore[union-attr]
    member = commands.accept_invitation(NOBODY, invitation, secret=secret, **told)
    if job_title:
        commands.correct_member(
            administrator, member, name=name, email=email, told_by=member.told_by, postal_address="", phone="", job_title=job_title
        )
    return member


def open_practice() -> None:
    """A small practice inside the federation, with two partners who share one email address."""
    practice = commands.open_organisation(
        FOUNDER,
        name="Harbour Lane Surgery",
        administrator_name="Ellen Frost",
        administrator_email="ellen.frost@harbourlane.example",
        slug="harbour-lane",
        is_invented=True,
    )
    ellen = members_with_role(practice.pk, Role.ADMINISTRATOR)[0]
    commands.grant_role(as_(ellen), ellen, role=Role.LEAD)
    for name in ("Mary Pell", "George Pell"):
        join(as_(ellen), name, Role.PARTNER, email="the.pells@harbourlane.example")
