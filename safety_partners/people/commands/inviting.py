"""What can be done with invitations. Only a hash of the secret is kept; the link itself stands in the message alone."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from safety_partners.core import clock, outbox
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import AT_ONCE, Message
from safety_partners.core.policy import Refused
from safety_partners.core.viewer import Viewer
from safety_partners.people import policies, queries
from safety_partners.people.commands.persons import check_can_be_told, check_roles, give_roles, new_person, tidy_name
from safety_partners.people.models import Invitation, Membership, Organisation, User

INVITATION_LASTS = dt.timedelta(days=30)
INVITATION_KEPT = dt.timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who is not a member yet, as the outbox writes to them: by email, in English."""

    organisation_id: int
    name: str
    email: str
    pk: None = None
    told_by: str = Message.Channel.EMAIL.value
    rhythm: str = AT_ONCE
    language: str = ""

    def address_for(self, channel: str) -> str:
        return self.email


@command(allow=policies.is_lead_or_administrator, details=("roles",))
def invite(viewer: Viewer, /, *, name: str, email: str, roles: Sequence[str]) -> Invitation:
    """Invite somebody by email: the lead invites partners, administrators invite anyone."""
    check_roles(viewer, roles)
    name, email = tidy_name(name), email.lower()
    same_person = Q(name__iexact=name, email=email)
    if Membership.objects.of(viewer).current().filter(user__name__iexact=name, user__email=email).exists():
        raise NotPossible(_("%(name)s is a member already") % {"name": name}, "email")
    open_ones = Invitation.objects.of(viewer).filter(same_person, status=Invitation.Status.OPEN, expires_at__gt=clock.now())
    if open_ones.exists():
        raise NotPossible(_("%(name)s has an invitation that is open. You can send it again.") % {"name": name}, "email")
    invitation = Invitation(
        organisation_id=viewer.organisation_id, name=name, email=email, roles=list(roles), invited_by_id=viewer.membership_id
    )
    _send(invitation)
    return invitation


def _send(invitation: Invitation) -> None:
    """Make a new secret, so that any earlier link stops working, and write the message that holds it."""
    secret = secrets.token_urlsafe(32)
    invitation.secret_hash = queries.secret_hash(secret)
    invitation.expires_at = clock.now() + INVITATION_LASTS
    invitation.save()
    outbox.put(
        "people/invitation",
        to=Invited(invitation.organisation_id, invitation.name, invitation.email),
        about=invitation,
        link=settings.SITE_ADDRESS + reverse("people:join", args=[secret]),
    )


@command(allow=policies.may_look_after_invitation)
def resend_invitation(viewer: Viewer, invitation: Invitation, /) -> Invitation:
    """Send an invitation again, with a new link and a new last day; earlier links stop working."""
    if not Invitation.objects.select_for_update().filter(pk=invitation.pk, status=Invitation.Status.OPEN).exists():
        raise Overtaken(_("This invitation has been answered or withdrawn"))
    _send(invitation)
    return invitation


@command(allow=policies.may_look_after_invitation)
def withdraw_invitation(viewer: Viewer, invitation: Invitation, /) -> Invitation:
    """Take an invitation back: its link stops working and says so kindly."""
    Invitation.lifecycle.move(invitation, "withdraw")
    return invitation


@command(allow=policies.holds_the_link)
def accept_invitation(
    viewer: Viewer,
    invitation: Invitation,
    /,
    *,
    secret: str,
    name: str = "",
    told_by: str = "",
    postal_address: str = "",
    phone: str = "",
    language: str = "",
) -> Membership:
    """Accept an invitation: who is signed in joins as themselves, who is not becomes a new person."""
    if not secrets.compare_digest(queries.secret_hash(secret), invitation.secret_hash):
        raise Refused(policies.holds_the_link.sentence)
    if invitation.has_run_out:
        raise NotPossible(_("This invitation has run out. Ask for a new one."))
    if viewer.user_id:
        person = User.objects.get(pk=viewer.user_id)
        told = {}
    else:
        name = tidy_name(name or invitation.name)
        told = {"told_by": told_by or Message.Channel.EMAIL, "postal_address": postal_address, "phone": phone}
        check_can_be_told(told["told_by"], email=invitation.email, postal_address=postal_address, phone=phone)
        if any(tidy_name(one.name).casefold() == name.casefold() for one in queries.people_called(invitation.email)):
            raise NotPossible(_("You have been here before. Sign in first, then accept the invitation."), "name")
        person = new_person(name=name, email=invitation.email, language=language)
    member, _made = Membership.objects.get_or_create(organisation_id=invitation.organisation_id, user=person, defaults=told)
    if member.ended_on:
        member.grants.all().delete()
        member.ended_on = None
        member.save(update_fields=["ended_on"])
    give_roles(member, invitation.roles, by_id=invitation.invited_by_id)
    Invitation.lifecycle.move(invitation, "accept", accepted_at=clock.now(), membership=member)
    return member


@command(allow=policies.is_system)
def forget_old_invitations(viewer: Viewer, organisation: Organisation, /) -> Organisation:
    """Delete the invitations that were answered, withdrawn or ran out long ago."""
    before = clock.now() - INVITATION_KEPT
    Invitation.objects.filter(Q(accepted_at__lt=before) | Q(expires_at__lt=before), organisation=organisation).delete()
    return organisation
