"""What can be asked about people."""

from __future__ import annotations

import email
import email.policy
import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.core.files.storage import storages
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safety_partners.core import clock, history, wall
from safety_partners.core.command import COMMANDS
from safety_partners.core.models import Message, StoredFile
from safety_partners.core.names import fold
from safety_partners.core.policy import Policy
from safety_partners.core.viewer import NOBODY, Viewer
from safety_partners.people.models import Grant, Invitation, Membership, Organisation, Parentage, Role, Service, UrgentContact, User
from safety_partners.people.policies import SECOND_FACTOR_ROLES, is_system


def person_signed_in(user_id: int) -> User | None:
    """The person of a session, read together with what they may be and where, which every page asks next: one query."""
    grants = _grants_of(user_id)
    person = grants[0].membership.user if grants else User.objects.filter(pk=user_id).first()
    if person is not None:
        person.grants_read = grants
    return person


def viewer_of(person: User | AnonymousUser, organisation_id: int | None = None) -> Viewer:
    """Work out who is looking from the person of this request, as :func:`viewer_for` would."""
    if person.pk is None:
        return NOBODY
    grants = person.grants_read
    return _viewer(person.pk, _grants_of(person.pk) if grants is None else grants, organisation_id)


def viewer_for(user_id: int | None, organisation_id: int | None = None) -> Viewer:
    """Work out who is looking, in one query: the membership in the organisation asked for, else the oldest one."""
    return NOBODY if user_id is None else _viewer(user_id, _grants_of(user_id), organisation_id)


def viewers_for(members: Iterable[Membership]) -> list[Viewer]:
    """Each of these members as they would be if they looked now, in one query; whoever has left is not among them."""
    organisations = {member.user_id: member.organisation_id for member in members}
    grants: dict[int, list[Grant]] = {}
    rows = Grant.objects.filter(membership__user_id__in=organisations, membership__ended_on__isnull=True)
    for grant in rows.select_related("membership__organisation", "membership__user").order_by("membership_id"):
        grants.setdefault(grant.membership.user_id, []).append(grant)
    return [_viewer(user_id, found, organisations[user_id]) for user_id, found in grants.items()]


def _grants_of(user_id: int) -> list[Grant]:
    grants = Grant.objects.filter(membership__user_id=user_id, membership__ended_on__isnull=True)
    return list(grants.select_related("membership__organisation", "membership__user").order_by("membership_id"))


def _viewer(user_id: int, grants: list[Grant], organisation_id: int | None) -> Viewer:
    memberships = {grant.membership_id: grant.membership for grant in grants}
    chosen = next((one for one in memberships.values() if one.organisation_id == organisation_id), None) or next(
        iter(memberships.values()), None
    )
    if chosen is None:
        return Viewer(user_id=user_id)
    return Viewer(
        user_id=user_id,
        membership_id=chosen.pk,
        organisation_id=chosen.organisation_id,
        name=chosen.user.name,
        roles=frozenset(grant.role for grant in grants if grant.membership_id == chosen.pk),
        organisation=chosen.organisation,
        memberships=tuple(memberships.values()),
    )


def members_with_role(organisation_id: int, *roles: str) -> list[Membership]:
    """The current members of an organisation who hold any of the roles, by name, ready to be written to."""
    return list(Membership.objects.filter(organisation_id=organisation_id).current().with_role(*roles).named())


# Signing in: asked before anybody is signed in, so nothing here begins with a viewer.


def people_called(typed: str) -> list[User]:
    """Who may sign in with this email address or sign-in name: several may share an address. Nobody without a membership."""
    typed = typed.strip().lower()
    if not typed:
        return []
    current = Grant.objects.filter(membership__user=OuterRef("pk"), membership__ended_on__isnull=True)
    rows = User.objects.filter(Exists(current), is_active=True)
    rows = rows.filter(email=typed) if "@" in typed else rows.filter(username=typed).exclude(email="")
    return list(rows.order_by("name", "pk"))


def needs_second_factor(user: User) -> bool:
    """Say whether a password alone must not let this person in: they hold such a role and have set up no second factor."""
    held = Grant.objects.filter(membership__user=user, membership__ended_on__isnull=True, role__in=SECOND_FACTOR_ROLES)
    return held.exists() and not has_second_factor(user)


def has_second_factor(user: User) -> bool:
    """Say whether a code from an app is asked of this person when they sign in."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One place where a person is signed in."""

    pk: int
    device: str
    began_at: Any
    is_this_one: bool


def places_signed_in(user_id: int, this_key: str | None) -> list[SignedIn]:
    """Where a person is signed in now, this place first, then the newest; sessions that ran out are left out."""
    live = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=clock.now())
    rows = UserSession.objects.filter(Exists(live), user_id=user_id).order_by("-created_at")
    places = [SignedIn(row.pk, device_in_words(row.user_agent), row.created_at, row.session_key == this_key) for row in rows]
    return sorted(places, key=lambda place: not place.is_this_one)


_BROWSERS = {"Edg": "Microsoft Edge", "OPR": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox", "FxiOS": "Firefox"}
_BROWSERS |= {"Chrome": "Chrome", "CriOS": "Chrome", "Safari": "Safari"}
_MACHINES = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "CrOS": "Chromebook", "Windows": "Windows", "Mac OS": "Mac"}
_MACHINES |= {"Linux": "Linux"}


def device_in_words(user_agent: str) -> str:
    """``Firefox on Windows``, from what the browser says of itself."""
    browser = next((words for sign, words in _BROWSERS.items() if sign in user_agent), None)
    machine = next((words for sign, words in _MACHINES.items() if sign in user_agent), None)
    if browser and machine:
        return _("%(browser)s on %(machine)s") % {"browser": browser, "machine": machine}
    return browser or machine or _("A device we do not recognise")


# Invitations


def secret_hash(secret: str) -> str:
    """What is kept of the secret in an invitation's link."""
    return hashlib.sha256(secret.encode()).hexdigest()


def invitation_with(secret: str) -> Invitation | None:
    """The invitation that this link belongs to, whatever became of it; None if there is none (or a newer link)."""
    found = Invitation.objects.filter(secret_hash=secret_hash(secret))
    return found.select_related("organisation", "invited_by__user").first()


# Members


def members_with_grants(viewer: Viewer) -> QuerySet[Membership]:
    """Members with their names and their roles, each with who gave it and when: two queries."""
    grants = Grant.objects.select_related("granted_by__user").order_by("granted_at", "pk")
    return Membership.objects.visible_to(viewer).select_related("user").prefetch_related(Prefetch("grants", grants))


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that was done, in words: ``title``, ``at`` and ``by``, as a timeline shows it."""

    title: str
    at: Any
    by: str


_HISTORY = {
    "people.accept_invitation": gettext_lazy("Accepted an invitation"),
    "people.add_member": gettext_lazy("Added without sign-in"),
    "people.correct_member": gettext_lazy("Contact details corrected"),
    "people.grant_role": gettext_lazy("Given the role “%(role)s”"),
    "people.take_role": gettext_lazy("No longer has the role “%(role)s”"),
    "people.end_membership": gettext_lazy("Membership ended"),
    "people.restore_membership": gettext_lazy("Member again"),
    "people.take_away_second_factor": gettext_lazy("Second factor taken away"),
    "people.change_my_details": gettext_lazy("Changed their own details"),
    "people.change_my_email": gettext_lazy("Changed their email address"),
    "people.set_password": gettext_lazy("Set a password"),
    "people.set_up_second_factor": gettext_lazy("Set up a second factor"),
    "people.remove_second_factor": gettext_lazy("Removed their second factor"),
    "people.renew_recovery_codes": gettext_lazy("Made new recovery codes"),
    "people.end_sessions": gettext_lazy("Signed out other devices"),
}


def member_history(viewer: Viewer, member: Membership, *, newest: int = 30) -> list[HistoryLine]:
    """What was done to or by this member's own record, newest first: two queries."""
    events = list(history.timeline(member).visible_to(viewer).filter(verb__in=_HISTORY).order_by("-number")[:newest])
    doers = {event.by_membership_id for event in events}
    names = dict(Membership.objects.visible_to(viewer).filter(pk__in=doers).values_list("pk", "user__name"))
    labels: dict[str, str | Promise] = {role.value: role.label for role in Role}
    return [
        HistoryLine(
            title=str(_HISTORY[event.verb]) % {"role": labels.get(event.details.get("role", ""), "")},
            at=event.made_at,
            by=names.get(event.by_membership_id or 0, ""),
        )
        for event in events
    ]


def messages_to(viewer: Viewer) -> QuerySet[Message]:
    """What was written to this person here, by whatever way it went."""
    return Message.objects.visible_to(viewer).filter(to_membership_id=viewer.membership_id, to_membership_id__isnull=False)


def is_elsewhere(user: User, organisation_id: int) -> bool:
    """Say whether a person is a current member of another organisation too: then nobody here may change who they are."""
    return Membership.objects.filter(user=user).current().exclude(organisation_id=organisation_id).exists()


def is_last_with(member: Membership, role: str) -> bool:
    """Say whether this member is the only current one of their organisation with the role."""
    others = Membership.objects.filter(organisation_id=member.organisation_id).current().with_role(role)
    return not others.exclude(pk=member.pk).exists()


# The organisation


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """All that the organisation's settings page shows."""

    services: list[Service]
    contacts: list[tuple[str, str, UrgentContact | None]]
    parentages: list[Parentage]
    children: list[Parentage]

    @property
    def parent(self) -> Parentage | None:
        return next((one for one in self.parentages if one.until_on is None), None)


def organisation_page(viewer: Viewer) -> OrganisationPage:
    """The settings of the viewer's organisation: four queries."""
    contacts = {contact.channel: contact for contact in UrgentContact.objects.visible_to(viewer)}
    parentages = Parentage.objects.select_related("parent", "organisation")
    return OrganisationPage(
        services=list(Service.objects.visible_to(viewer).order_by("-is_open", "name")),
        contacts=[(value, str(words), contacts.get(value)) for value, words in UrgentContact.Channel.choices],
        parentages=list(parentages.filter(organisation_id=viewer.organisation_id).order_by("-from_on", "-pk")),
        children=list(parentages.filter(parent_id=viewer.organisation_id, until_on__isnull=True).order_by("organisation__name")),
    )


def logo_of(slug: str) -> StoredFile | None:
    """The logo of the organisation with this short name; public, like the name."""
    organisation = Organisation.objects.filter(slug=slug, logo__isnull=False).first()
    if organisation is None:
        return None
    with wall.inside(organisation.pk):
        return StoredFile.objects.filter(pk=organisation.logo_id).first()


def content_of(logo: StoredFile) -> bytes:
    """The picture."""
    with storages["private"].open(logo.path) as file:
        return bytes(file.read())


def organisation_called(typed: str) -> Organisation | None:
    """The organisation with this code or this exact name; None if there is none, or more than one."""
    typed = " ".join(typed.split())
    found = list(Organisation.objects.filter(code=typed.upper())[:1]) or list(Organisation.objects.filter(name__iexact=typed)[:2])
    return found[0] if len(found) == 1 else None


def is_above(organisation: Organisation, other: Organisation) -> bool:
    """Say whether ``organisation`` is now above ``other``, however many steps: then it cannot be below it as well."""
    seen: Collection[int] = set()
    level = {other.pk}
    while level and organisation.pk not in level:
        seen = {*seen, *level}
        level = set(Parentage.objects.filter(organisation_id__in=level, until_on__isnull=True).values_list("parent_id", flat=True)) - seen
    return organisation.pk in level


# What each person may do


@dataclass(frozen=True, slots=True)
class Permission:
    """One thing that can be done: what, who may, and whether the viewer may (None: it depends on the record)."""

    what: str
    who: str
    may: bool | None


def areas() -> dict[str, str]:
    """The parts of the product in which people can do something, and what they are called: no query."""
    found = dict.fromkeys(name.split(".")[0] for name, run in COMMANDS.items() if run.policy is not is_system)  # type: ignore[attr-defined]
    return {area: str(apps.get_app_config(area).verbose_name) for area in found}


def permissions(viewer: Viewer, area: str) -> list[Permission]:
    """Everything that people can do in one part of the product, from the commands themselves: no query."""
    lines = []
    for name, run in COMMANDS.items():
        allow: Policy = run.policy  # type: ignore[attr-defined]
        if allow is not is_system and name.split(".")[0] == area:
            what = _(" ".join((run.__doc__ or name).split()).split(". ")[0].removesuffix("."))
            lines.append(Permission(what, str(allow.sentence), _may(allow, viewer)))
    return lines


def _may(allow: Policy, viewer: Viewer) -> bool | None:
    try:
        return allow(viewer)
    except AttributeError:  # the rule asks something of a record, and there is none here
        return None


# The demonstration


def invented_members() -> QuerySet[Membership]:
    """The invented people to try the product as: those who could sign in, so nobody who is told things by letter alone."""
    held = Grant.objects.filter(membership=OuterRef("pk"))
    rows = Membership.objects.filter(Exists(held), organisation__is_invented=True, user__is_active=True).current()
    return rows.exclude(user__email="").select_related("organisation", "user")


ByRole = list[tuple[Organisation, list[tuple[Role, list[Membership]]]]]
MOST_INVENTED = 200


def invented_people(typed: str = "") -> tuple[ByRole, bool]:
    """The invented people with these parts of a name, by organisation and by their first role; and whether there are others.

    Two queries.
    """
    rows = invented_members().prefetch_related("grants").order_by("organisation_id", "user__name_key", "pk")
    for term in typed.split()[:6]:
        rows = rows.filter(user__name_key__contains=fold(term))
    found = list(rows[: MOST_INVENTED + 1])
    order = list(Role)
    groups: dict[int, tuple[Organisation, dict[Role, list[Membership]]]] = {}
    for row in found[:MOST_INVENTED]:
        first = min((Role(grant.role) for grant in row.grants.all()), key=order.index)
        groups.setdefault(row.organisation_id, (row.organisation, {}))[1].setdefault(first, []).append(row)
    shown = [(organisation, sorted(roles.items(), key=lambda pair: order.index(pair[0]))) for organisation, roles in groups.values()]
    return shown, len(found) > MOST_INVENTED


@dataclass(frozen=True, slots=True)
class Letter:
    """An email of the demonstration, which is kept in a folder instead of being sent."""

    subject: str
    to: str
    at: Any
    text: str


def kept_mail(newest: int = 50) -> list[Letter]:
    """The emails in the folder, newest first."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)[:newest] if folder.is_dir() else []
    letters: list[Letter] = []
    for file in files:
        parts = file.read_bytes().split(b"\n" + b"-" * 79 + b"\n")
        for part in reversed([part for part in parts if part.strip()]):
            found = email.message_from_bytes(part, policy=email.policy.default)
            body = found.get_body(("plain",))
            at = parsedate_to_datetime(str(found["Date"])) if found["Date"] else None
            letters.append(Letter(str(found["Subject"]), str(found["To"]), at, body.get_content() if body else ""))
    return letters[:newest]
