"""What can be done with members: adding those who never sign in, contact details, roles, the end of a membership."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from safety_partners.core.clock import today
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.people import policies, queries
from safety_partners.people.commands.persons import (
    check_can_be_told,
    check_roles,
    give_roles,
    lock_organisation,
    new_person,
    sign_out,
    tell_by_email,
    tidy_name,
)
from safety_partners.people.models import Grant, Membership, Role


@command(allow=policies.is_lead_or_administrator)
def add_member(
    viewer: Viewer,
    /,
    *,
    name: str,
    roles: Sequence[str],
    told_by: str,
    email: str = "",
    postal_address: str = "",
    phone: str = "",
    job_title: str = "",
    language: str = "",
) -> Membership:
    """Add somebody who needs no invitation: because they have no email address, or because they have agreed to join already."""
    check_roles(viewer, roles)
    check_can_be_told(told_by, email=email, postal_address=postal_address, phone=phone)
    member = Membership.objects.create(
        organisation_id=viewer.organisation_id,
        user=new_person(name=tidy_name(name), email=email, language=language),
        told_by=told_by,
        postal_address=postal_address,
        phone=phone,
        job_title=job_title,
    )
    give_roles(member, roles, by_id=viewer.membership_id)
    return member


@command(allow=policies.may_look_after_member)
def correct_member(
    viewer: Viewer,
    member: Membership,
    /,
    *,
    name: str,
    email: str,
    told_by: str,
    postal_address: str,
    phone: str,
    job_title: str,
) -> Membership:
    """Correct how a member is called and reached; at a new email address they are told so, and so is the old one."""
    person, email, name = member.user, email.lower(), tidy_name(name)
    check_can_be_told(told_by, email=email, postal_address=postal_address, phone=phone)
    is_moved = email != person.email
    if (is_moved or name != person.name) and queries.is_elsewhere(person, member.organisation_id):
        sentence = _("This person belongs to another organisation too, so only they can change their name and email address")
        raise NotPossible(sentence, "email" if is_moved else "name")
    if is_moved and person.email:
        tell_by_email(member, "people/address_changed", name=name)
        sign_out(person.pk)
    person.name, person.email = name, email
    person.save(update_fields=["name", "email"])
    member.told_by, member.postal_address, member.phone, member.job_title = told_by, postal_address, phone, job_title
    member.save(update_fields=["told_by", "postal_address", "phone", "job_title"])
    if is_moved and email:
        tell_by_email(member, "people/address_changed", name=name)
    return member


@command(allow=policies.may_administer, details=("role",))
def grant_role(viewer: Viewer, member: Membership, /, *, role: str) -> Membership:
    """Let a member be something more here."""
    if member.ended_on:
        raise NotPossible(_("This membership has ended"))
    _made, is_new = Grant.objects.get_or_create(membership=member, role=role, defaults={"granted_by_id": viewer.membership_id})
    if not is_new:
        raise Overtaken(_("They hold this role already"))
    return member


@command(allow=policies.may_administer, details=("role",))
def take_role(viewer: Viewer, member: Membership, /, *, role: str) -> Membership:
    """Take a role from a member: never the last administrator's, and never their last role."""
    lock_organisation(member.organisation_id)
    if role == Role.ADMINISTRATOR:
        _check_not_last_administrator(member)
    held = Grant.objects.filter(membership=member)
    if not held.exclude(role=role).exists():
        raise NotPossible(_("This is their only role. Give them another one first, or end the membership."))
    if not held.filter(role=role).delete()[0]:
        raise Overtaken(_("They do not hold this role any more"))
    return member


def _check_not_last_administrator(member: Membership) -> None:
    holds_it = Grant.objects.filter(membership=member, role=Role.ADMINISTRATOR).exists()
    if holds_it and queries.is_last_with(member, Role.ADMINISTRATOR):
        raise NotPossible(_("An organisation needs an administrator. Make somebody else one first."))


@command(allow=policies.may_look_after_member)
def end_membership(viewer: Viewer, member: Membership, /, *, ended_on: dt.date | None = None) -> Membership:
    """End a membership: the person is signed out at once, and what they said and did stays."""
    lock_organisation(member.organisation_id)
    _check_not_last_administrator(member)
    if not Membership.objects.filter(pk=member.pk).current().update(ended_on=ended_on or today()):
        raise Overtaken(_("This membership has ended already"))
    member.refresh_from_db(fields=["ended_on"])
    sign_out(member.user_id)
    return member


@command(allow=policies.may_look_after_member)
def restore_membership(viewer: Viewer, member: Membership, /) -> Membership:
    """Make somebody whose membership ended a member again, with the roles they had."""
    if not Membership.objects.filter(pk=member.pk, ended_on__isnull=False).update(ended_on=None):
        raise Overtaken(_("They are a member already"))
    member.refresh_from_db(fields=["ended_on"])
    return member


@command(allow=policies.may_administer)
def take_away_second_factor(viewer: Viewer, member: Membership, /) -> Membership:
    """Let somebody who lost their phone and their recovery codes sign in again; they are told."""
    if queries.is_elsewhere(member.user, member.organisation_id):
        raise NotPossible(_("This person belongs to another organisation too. Ask the people who run this installation."))
    if not Authenticator.objects.filter(user_id=member.user_id).delete()[0]:
        raise Overtaken(_("They have no second factor"))
    sign_out(member.user_id)
    tell_by_email(member, "people/security_changed", what="second factor taken away")
    return member
