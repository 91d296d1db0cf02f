"""Invitations: sending them, and accepting one. Looking at the link in the email changes nothing; the button accepts."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language, gettext_lazy, ngettext_lazy
from django.utils.translation import gettext as _

from safety_partners.core import wall
from safety_partners.core.page import PageRequest, attempt, done, is_anyone, page, show
from safety_partners.core.viewer import Viewer
from safety_partners.design.lists import ChoiceFilter, Column, ListPage, Sort
from safety_partners.people import commands, policies, queries
from safety_partners.people import sign_in as doors
from safety_partners.people.forms import InviteForm, JoinForm
from safety_partners.people.models import Invitation

INVITATIONS = ListPage(
    columns=[
        Column("name", gettext_lazy("Name"), href=lambda row: row.get_absolute_url()),
        Column("email", gettext_lazy("Email address")),
        Column("roles", gettext_lazy("Roles"), value=lambda row: ", ".join(row.role_words)),
        Column("made_at", gettext_lazy("Invited"), kind="date"),
        Column("by", gettext_lazy("By"), value=lambda row: row.invited_by.name),
        Column("status", gettext_lazy("Status")),
    ],
    sorts=[Sort("newest", gettext_lazy("Newest first"), ["-id"], reverse_label=gettext_lazy("Oldest first"))],
    filters=[ChoiceFilter("status", gettext_lazy("Status"), choices=Invitation.Status.choices)],
    counted=ngettext_lazy("%(n)s invitation", "%(n)s invitations", "n"),
    caption=gettext_lazy("Invitations"),
    empty=gettext_lazy("There are no invitations."),
)


@page(allow=policies.is_lead_or_administrator, methods=("GET",))
def invitations(request: PageRequest) -> HttpResponse:
    """Who was invited, and what became of it."""
    rows = Invitation.objects.visible_to(request.viewer).select_related("invited_by__user")
    return show(request, "people/inviting/invitations.jinja", listing=INVITATIONS.show(rows, request.GET, path=request.path))


@page(allow=policies.is_lead_or_administrator, methods=("GET",))
def invitation(request: PageRequest, code: str) -> HttpResponse:
    """One invitation, with buttons to send it again or take it back."""
    one = _invitation(request, code)
    may_look_after = policies.may_look_after_invitation(request.viewer, one)
    return show(request, "people/inviting/invitation.jinja", invitation=one, may_look_after=may_look_after)


@page(allow=policies.is_lead_or_administrator)
def invite(request: PageRequest) -> HttpResponse:
    """Whom to invite."""
    form = InviteForm(request.POST or None, roles=policies.roles_to_give(request.viewer))
    if form.is_valid() and (made := attempt(form, commands.invite, request.viewer, **form.cleaned_data)):
        return done(request, _("We are sending an invitation to %(name)s") % {"name": made.name}, to="people:invitations")
    return show(request, "people/inviting/invite.jinja", form=form)


def _invitation(request: PageRequest, code: str) -> Invitation:
    return get_object_or_404(Invitation.objects.visible_to(request.viewer).select_related("organisation", "invited_by__user"), code=code)


@page(allow=policies.is_lead_or_administrator, methods=("POST",))
def resend(request: PageRequest, code: str) -> HttpResponse:
    """Send it again, with a new link."""
    commands.resend_invitation(request.viewer, _invitation(request, code))
    return done(request, _("We are sending it again, with a new link. Earlier links do not work any more."), to="people:invitations")


@page(allow=policies.is_lead_or_administrator, methods=("POST",))
def withdraw(request: PageRequest, code: str) -> HttpResponse:
    """Take it back."""
    commands.withdraw_invitation(request.viewer, _invitation(request, code))
    return done(request, _("The invitation is withdrawn"), to="people:invitations")


@page(allow=is_anyone)
def join(request: PageRequest, secret: str) -> HttpResponse:
    """You are invited: look, then accept with the button."""
    invitation = queries.invitation_with(secret)
    if invitation is None or invitation.status != Invitation.Status.OPEN or invitation.has_run_out:
        return show(request, "people/inviting/cannot_join.jinja", status=410, invitation=invitation)
    if request.viewer.user_id:
        return _join_as_myself(request, invitation, secret)
    form = JoinForm(request.POST or None, initial={"name": invitation.name, "language": get_language()})
    if form.is_valid():
        given = {"secret": secret, **form.cleaned_data}
        with wall.inside(invitation.organisation_id):
            made = attempt(form, commands.accept_invitation, _not_a_member_yet(request), invitation, **given)
        if made:
            return doors.enter(request, made.user, method="invitation")
    return show(request, "people/inviting/join.jinja", form=form, invitation=invitation, path=request.path)


def _join_as_myself(request: PageRequest, invitation: Invitation, secret: str) -> HttpResponse:
    if request.method == "POST":
        with wall.inside(invitation.organisation_id):
            commands.accept_invitation(_not_a_member_yet(request), invitation, secret=secret)
        doors.look_at(request, invitation.organisation_id)
        said = {"organisation": invitation.organisation.name}
        return done(request, _("You are now in %(organisation)s") % said, to=settings.LOGIN_REDIRECT_URL)
    return show(request, "people/inviting/join_as_myself.jinja", invitation=invitation, path=request.path)


def _not_a_member_yet(request: PageRequest) -> Viewer:
    """Who is looking, as the inviting organisation sees them: perhaps a person, but nobody's member, so that it keeps the event."""
    return replace(Viewer(), user_id=request.viewer.user_id)
