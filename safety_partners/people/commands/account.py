"""What each person can do with their own account."""

from __future__ import annotations

import re
from collections.abc import Sequence

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.people import policies
from safety_partners.people.commands.persons import check_can_be_told, sign_out, tell_by_email, tidy_name
from safety_partners.people.models import Membership, User


@command(allow=policies.is_self)
def change_my_details(
    viewer: Viewer,
    member: Membership,
    /,
    *,
    name: str,
    username: str,
    told_by: str,
    postal_address: str,
    phone: str,
    job_title: str,
    language: str,
) -> Membership:
    """Change your name, your sign-in name, how you are told things and in which language."""
    person, username = member.user, username.lower()
    check_can_be_told(told_by, email=person.email, postal_address=postal_address, phone=phone)
    if not re.fullmatch(r"[^\s@]{3,60}", username):
        raise NotPossible(_("Your sign-in name must be 3 to 60 characters long, without spaces and without @"), "username")
    taken = NotPossible(_("Somebody else has this sign-in name. Choose another one."), "username")
    if User.objects.filter(username=username).exclude(pk=person.pk).exists():
        raise taken
    person.name, person.username, person.language = tidy_name(name), username, language
    try:
        with transaction.atomic():
            person.save(update_fields=["name", "username", "language"])
    except IntegrityError:
        raise taken from None
    member.told_by, member.postal_address, member.phone, member.job_title = told_by, postal_address, phone, job_title
    member.save(update_fields=["told_by", "postal_address", "phone", "job_title"])
    return member


@command(allow=policies.is_self)
def reset_calendar_address(viewer: Viewer, member: Membership, /) -> Membership:
    """Get a new private address for the calendar; whoever has the old one sees nothing there any more."""
    Membership.objects.filter(pk=member.pk).update(calendar_turn=F("calendar_turn") + 1)
    member.refresh_from_db(fields=["calendar_turn"])
    return member


@command(allow=policies.is_self)
def change_my_email(viewer: Viewer, member: Membership, /, *, email: str) -> Membership:
    """Change your email address, once a code sent to the new one has come back; the old one is told."""
    person = member.user
    if person.email:
        tell_by_email(member, "people/address_changed", name=member.name)
    person.email = email.lower()
    person.save(update_fields=["email"])
    return member


@command(allow=policies.is_self)
def set_password(viewer: Viewer, member: Membership, /, *, password: str) -> Membership:
    """Set or change your password; you are told, and signed out everywhere."""
    member.user.set_password(password)
    member.user.save(update_fields=["password"])
    sign_out(member.user_id)
    tell_by_email(member, "people/security_changed", what="password")
    return member


@command(allow=policies.is_self)
def set_up_second_factor(viewer: Viewer, member: Membership, /, *, secret: str) -> Membership:
    """Have a code from an app asked of you when you sign in; recovery codes are made for the day the phone is lost."""
    if Authenticator.objects.filter(user_id=member.user_id, type=Authenticator.Type.TOTP).exists():
        raise Overtaken(_("You have set up a second factor already"))
    TOTP.activate(member.user, secret)
    RecoveryCodes.activate(member.user)
    tell_by_email(member, "people/security_changed", what="second factor set up")
    return member


@command(allow=policies.is_self)
def remove_second_factor(viewer: Viewer, member: Membership, /) -> Membership:
    """No longer have a code from an app asked of you; you are told."""
    if not Authenticator.objects.filter(user_id=member.user_id).delete()[0]:
        raise Overtaken(_("You have no second factor"))
    tell_by_email(member, "people/security_changed", what="second factor removed")
    return member


@command(allow=policies.is_self)
def renew_recovery_codes(viewer: Viewer, member: Membership, /) -> Membership:
    """Make new recovery codes; the old ones stop working."""
    User.objects.select_for_update().get(pk=member.user_id)
    Authenticator.objects.filter(user_id=member.user_id, type=Authenticator.Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(member.user)
    return member


@command(allow=policies.is_self)
def end_sessions(viewer: Viewer, member: Membership, /, *, sessions: Sequence[int]) -> Membership:
    """Sign yourself out on other devices."""
    sign_out(member.user_id, only=list(sessions))
    return member
