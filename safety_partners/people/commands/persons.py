"""What the commands about people share: a new person, their roles, how they can be told things, where they are signed in."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from safety_partners.core import outbox
from safety_partners.core.clock import today
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.models import AT_ONCE, Message
from safety_partners.core.names import fold
from safety_partners.core.policy import Refused
from safety_partners.core.viewer import Viewer
from safety_partners.people import policies
from safety_partners.people.models import Grant, Membership, Organisation, User

_ADDRESS = re.compile(r"://|\bwww\.", re.IGNORECASE)


def new_person(*, name: str, email: str = "", language: str = "") -> User:
    """Make a person with a sign-in name of their own and no password."""
    wanted = sign_in_name_from(name)
    for attempt in range(20):
        username = wanted if not attempt else f"{wanted}{secrets.randbelow(10 ** (attempt + 1)) + 2}"
        if User.objects.filter(username=username).exists():
            continue
        try:
            with transaction.atomic():
                return User.objects.create_user(username, name=name, email=email, language=language or settings.LANGUAGE_CODE)
        except IntegrityError:  # somebody of the same name came in between
            continue
    raise NotPossible(_("We could not make a sign-in name from this name. Try again."))


def new_persons(people: Sequence[tuple[str, str]]) -> list[User]:
    """Make many persons, each a name and an email address, with sign-in names of their own and no passwords; three statements."""
    wanted = [sign_in_name_from(name) for name, _email in people]
    taken = set(User.objects.filter(username__in=wanted).values_list("username", flat=True))
    made = []
    for (name, email), base in zip(people, wanted, strict=True):
        username = base
        while username in taken:
            username = f"{base}{secrets.randbelow(10**8) + 2}"
        taken.add(username)
        person = User(username=username, name=name, name_key=fold(name), email=email.lower(), language=settings.LANGUAGE_CODE)
        person.set_unusable_password()
        made.append(person)
    return User.objects.bulk_create(made, batch_size=500)


def sign_in_name_from(name: str) -> str:
    """``Mary O’Neill`` → ``mary.o.neill``: a sign-in name anyone can type, in the letters of the name itself."""
    return re.sub(r"[\s\W_]+", ".", name.lower())[:40].strip(".").lower() or "person"


def tidy_name(name: str) -> str:
    """A name as it is kept: as written, without spaces at the ends or two together.

    Raises ``NotPossible`` for a name with the address of a website in it: letters and emails to others hold names, and a mail
    program would make a link of it.
    """
    if _ADDRESS.search(name):
        raise NotPossible(_("A name cannot hold the address of a website"), "name")
    return " ".join(name.split())


def lock_organisation(organisation_id: int) -> Organisation:
    """Let nobody else change who is an administrator here until this transaction ends."""
    return Organisation.objects.select_for_update().get(pk=organisation_id)


def check_roles(viewer: Viewer, roles: Collection[str]) -> None:
    """Refuse roles that the viewer may not give."""
    if not set(roles) <= {role.value for role in policies.roles_to_give(viewer)}:
        raise Refused(policies.is_administrator.sentence)
    if not roles:
        raise NotPossible(_("Select at least one role"), "roles")


def give_roles(member: Membership, roles: Iterable[str], *, by_id: int | None) -> None:
    """Give the roles that the member does not hold yet."""
    grants = [Grant(membership=member, role=role, granted_by_id=by_id) for role in roles]
    Grant.objects.bulk_create(grants, ignore_conflicts=True)


def check_can_be_told(told_by: str, *, email: str, postal_address: str, phone: str) -> None:
    """Refuse a way of telling somebody things that leads nowhere."""
    if told_by == Message.Channel.EMAIL and not email:
        raise NotPossible(_("Enter an email address, or choose a letter or a phone call"), "email")
    if told_by == Message.Channel.LETTER and not postal_address.strip():
        raise NotPossible(_("Enter the address that letters go to"), "postal_address")
    if told_by == Message.Channel.PHONE and not phone:
        raise NotPossible(_("Enter the number to call"), "phone")


def end_role(member: Membership, role: str) -> None:
    """Take a role that has come to its end; with the last one the membership ends too, and the person is signed out."""
    Grant.objects.filter(membership=member, role=role).delete()
    if not Grant.objects.filter(membership=member).exists():
        Grant.objects.create(membership=member, role=role)
        Membership.objects.filter(pk=member.pk).current().update(ended_on=today())
        member.refresh_from_db(fields=["ended_on"])
        sign_out(member.user_id)


def forget_person(member: Membership, *, called: str) -> None:
    """Take away how somebody whose membership has ended is called and reached. History keeps pointing to the row.

    Who belongs to another organisation too keeps name and address there; here only the way to reach them goes.
    """
    Membership.objects.filter(pk=member.pk).update(told_by=Message.Channel.EMAIL, postal_address="", phone="", job_title="")
    if Membership.objects.filter(user_id=member.user_id).exclude(pk=member.pk).current().exists():
        return
    person = member.user
    person.name, person.email, person.username = called, "", f"forgotten.{secrets.token_hex(12)}"
    person.set_unusable_password()
    person.save(update_fields=["name", "email", "username", "password"])
    sign_out(person.pk)


@dataclass(frozen=True, slots=True)
class ByEmail:
    """A member as the outbox writes to them about their own sign-in: by email, however they like to be told other things."""

    pk: int
    organisation_id: int
    name: str
    email: str
    language: str
    told_by: str = Message.Channel.EMAIL.value
    rhythm: str = AT_ONCE

    def address_for(self, channel: str) -> str:
        return self.email


def tell_by_email(member: Membership, template: str, **words: str) -> None:
    """Write to the address a member has now; nothing is written to somebody without one."""
    if member.user.email:
        to = ByEmail(member.pk, member.organisation_id, member.name, member.user.email, member.language)
        outbox.put(template, to=to, about=member, **words)


def sign_out(user_id: int, *, only: Collection[int] | None = None) -> int:
    """End a person's sessions, all of them or only those; returns how many."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    rows = UserSession.objects.filter(user_id=user_id)
    if only is not None:
        rows = rows.filter(pk__in=only)
    keys = list(rows.values_list("session_key", flat=True))
    for key in keys:
        store().delete(key)
    rows.delete()
    return len(keys)
