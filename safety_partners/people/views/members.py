"""The people of an organisation: the list, one member, roles, contact details, the end of a membership."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.page import PageRequest, attempt, done, page, show
from safety_partners.design.lists import ChoiceFilter, Column, Listing, ListPage, Sort
from safety_partners.people import commands, policies, queries
from safety_partners.people.forms import AddMemberForm, CorrectMemberForm, EndMembershipForm, GrantRoleForm
from safety_partners.people.models import Membership, Role

Members = QuerySet[Membership]


def _by_state(rows: Members, state: str) -> Members:
    return rows.filter(ended_on__isnull=state == "current")


def _by_words(rows: Members, words: str) -> Members:
    return rows.filter(Q(user__name__icontains=words) | Q(user__email__icontains=words) | Q(job_title__icontains=words))


MEMBERS = ListPage(
    columns=[
        Column("name", gettext_lazy("Name"), href=lambda row: row.get_absolute_url()),
        Column("roles", gettext_lazy("Roles"), value=lambda row: ", ".join(row.role_words)),
        Column("job_title", gettext_lazy("Job title")),
        Column("told_by", gettext_lazy("Told by"), value=lambda row: row.get_told_by_display()),
        Column("ended_on", gettext_lazy("Ended"), kind="date"),
    ],
    sorts=[Sort("newest", gettext_lazy("Newest first"), ["-id"])],
    filters=[
        ChoiceFilter("role", gettext_lazy("Role"), choices=Role.choices, apply=lambda rows, role: rows.with_role(role)),
        ChoiceFilter(
            "state",
            gettext_lazy("Membership"),
            choices=[("current", gettext_lazy("Current")), ("ended", gettext_lazy("Ended"))],
            apply=_by_state,
        ),
    ],
    search=_by_words,
    search_label=gettext_lazy("Search by name, email address or job title"),
    size=100,
    counted=ngettext_lazy("%(n)s person", "%(n)s people", "n"),
    caption=gettext_lazy("Members"),
    empty=gettext_lazy("Nobody fits this."),
)


def _sorted_by_name(listing: Listing) -> Listing:
    """Sort a list that fits on one page by name. A longer one is not: its next page's address would hold a name."""
    if not listing.next_url and not listing.previous_url:
        listing.rows.sort(key=lambda row: row.name.casefold())
    return listing


@page(allow=policies.is_lead_or_administrator, methods=("GET",))
def members(request: PageRequest) -> HttpResponse:
    """Everybody who is or was a member."""
    rows = Membership.objects.visible_to(request.viewer).select_related("user").prefetch_related("grants")
    listing = MEMBERS.show(rows, request.GET, path=request.path)
    return show(request, "people/members/members.jinja", listing=_sorted_by_name(listing))


def _member(request: PageRequest, code: str) -> Membership:
    return get_object_or_404(queries.members_with_grants(request.viewer), code=code)


@page(allow=policies.is_lead_or_administrator, methods=("GET",))
def member(request: PageRequest, code: str) -> HttpResponse:
    """One member: how to reach them, what they may do, what was done."""
    one = _member(request, code)
    return show(
        request,
        "people/members/member.jinja",
        member=one,
        grants=one.grants.all(),
        history=queries.member_history(request.viewer, one),
        has_second_factor=queries.has_second_factor(one.user),
        may_look_after=policies.may_look_after_member(request.viewer, one),
        may_administer=policies.may_administer(request.viewer, one),
    )


@page(allow=policies.is_lead_or_administrator)
def add(request: PageRequest) -> HttpResponse:
    """Add somebody who has no email address."""
    form = AddMemberForm(request.POST or None, roles=policies.roles_to_give(request.viewer), initial={"language": "en-gb"})
    if form.is_valid() and (made := attempt(form, commands.add_member, request.viewer, **form.cleaned_data)):
        return done(request, _("%(name)s is a member") % {"name": made.name}, to=made)
    return show(request, "people/members/add.jinja", form=form)


@page(allow=policies.is_lead_or_administrator)
def correct(request: PageRequest, code: str) -> HttpResponse:
    """Contact details."""
    one = _member(request, code)
    policies.may_look_after_member.demand(request.viewer, one)
    names = ("job_title", "told_by", "postal_address", "phone")
    initial = {"name": one.user.name, "email": one.user.email, **{name: getattr(one, name) for name in names}}
    form = CorrectMemberForm(request.POST or None, initial=initial)
    if form.is_valid() and attempt(form, commands.correct_member, request.viewer, one, **form.cleaned_data):
        return done(request, _("The details are changed"), to=one)
    return show(request, "people/members/correct.jinja", form=form, member=one)


@page(allow=policies.is_administrator)
def roles(request: PageRequest, code: str) -> HttpResponse:
    """Give a role, or take one."""
    one = _member(request, code)
    taken = request.POST.get("take", "")
    form = GrantRoleForm(None if taken else request.POST or None, held={grant.role for grant in one.grants.all()})
    if taken:
        try:
            commands.take_role(request.viewer, one, role=taken)
            return done(request, _("The role is taken away"), to=reverse("people:member-roles", args=[one.code]))
        except NotPossible as trouble:
            return show(request, "people/members/roles.jinja", status=409, **_roles(one, form), problem=trouble.sentence)
    if form.is_valid() and attempt(form, commands.grant_role, request.viewer, one, **form.cleaned_data):
        return done(request, _("The role is given"), to=reverse("people:member-roles", args=[one.code]))
    return show(request, "people/members/roles.jinja", **_roles(one, form), problem=None)


def _roles(one: Membership, form: GrantRoleForm) -> dict[str, object]:
    return {"member": one, "form": form, "grants": one.grants.all()}


@page(allow=policies.is_lead_or_administrator)
def end(request: PageRequest, code: str) -> HttpResponse:
    """End a membership, after asking for the last day."""
    one = _member(request, code)
    policies.may_look_after_member.demand(request.viewer, one)
    form = EndMembershipForm(request.POST or None)
    if form.is_valid() and attempt(form, commands.end_membership, request.viewer, one, **form.cleaned_data):
        if one.pk == request.viewer.membership_id:
            return redirect("account_login")
        return done(request, _("The membership of %(name)s has ended") % {"name": one.name}, to=one)
    return show(request, "people/members/end.jinja", form=form, member=one)


@page(allow=policies.is_lead_or_administrator, methods=("POST",))
def restore(request: PageRequest, code: str) -> HttpResponse:
    """Make somebody a member again."""
    one = commands.restore_membership(request.viewer, _member(request, code))
    return done(request, _("%(name)s is a member again") % {"name": one.name}, to=one)


@page(allow=policies.is_administrator)
def second_factor(request: PageRequest, code: str) -> HttpResponse:
    """Take away the second factor of somebody who lost it, after asking once."""
    one = _member(request, code)
    if request.method == "POST":
        commands.take_away_second_factor(request.viewer, one)
        return done(request, _("%(name)s can sign in without a second factor") % {"name": one.name}, to=one)
    return show(request, "people/members/second_factor.jinja", member=one)
