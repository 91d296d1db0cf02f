"""A person's own account."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from safety_partners.core.page import PageRequest, attempt, done, is_signed_in, page, show
from safety_partners.core.return_to import return_to
from safety_partners.people import commands, policies, queries
from safety_partners.people import sign_in as doors
from safety_partners.people.forms import CodeForm, DetailsForm, EmailForm, PasswordForm, SecondFactorForm
from safety_partners.people.models import Membership, Organisation


def _me(request: PageRequest) -> Membership:
    mine = Membership.objects.visible_to(request.viewer).select_related("user")
    return get_object_or_404(mine, pk=request.viewer.membership_id)


def asks_again(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a page be used only shortly after signing in: a screen left open must not give the account away."""

    @wraps(view)
    def answer(request: PageRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if doors.is_fresh(request):
            return view(request, *args, **kwargs)
        return redirect(f"{reverse('people:sign-in-again')}?{urlencode({'next': request.path})}")

    return answer


@page(allow=is_signed_in)
def sign_in_again(request: PageRequest) -> HttpResponse:
    """Say why, then sign out and in again, and go on where the person was."""
    to = return_to(request, reverse("people:account"))
    if request.method == "POST":
        doors.leave(request)
        return redirect(f"{reverse('account_login')}?{urlencode({'next': to})}")
    return show(request, "people/account/sign_in_again.jinja", to=to)


@page(allow=is_signed_in, methods=("GET",))
def account(request: PageRequest) -> HttpResponse:
    """Everything about one's own account, with links to change it."""
    me = _me(request)
    has_second_factor = queries.has_second_factor(me.user)
    needs_one = request.viewer.has_any_role(policies.SECOND_FACTOR_ROLES)
    return show(
        request,
        "people/account/account.jinja",
        me=me,
        memberships=request.viewer.memberships,
        has_second_factor=has_second_factor,
        password_waits=me.user.has_usable_password() and not has_second_factor and needs_one,
        language=dict(settings.LANGUAGES).get(me.user.language, me.user.language),
    )


@page(allow=is_signed_in)
def details(request: PageRequest) -> HttpResponse:
    """Name, sign-in name, how to be told things, language."""
    me = _me(request)
    asked = ("name", "username", "language")
    initial = {**{name: getattr(me.user, name) for name in asked}, **_contact(me)}
    form = DetailsForm(request.POST or None, initial=initial)
    if form.is_valid() and attempt(form, commands.change_my_details, request.viewer, me, **form.cleaned_data):
        response = done(request, _("Your details are changed"), to="people:account")
        doors.speak(response, form.cleaned_data["language"])
        return response
    return show(request, "people/account/details.jinja", form=form)


def _contact(member: Membership) -> dict[str, str]:
    return {name: getattr(member, name) for name in ("told_by", "postal_address", "phone", "job_title")}


@page(allow=is_signed_in)
@asks_again
def email(request: PageRequest) -> HttpResponse:
    """Enter a new address; a code goes there."""
    form = EmailForm(request.POST or None)
    if form.is_valid() and attempt(form, _ask_for_new_address, request.viewer, request=request, **form.cleaned_data):
        return redirect("people:account-email-code")
    return show(request, "people/account/email.jinja", form=form)


def _ask_for_new_address(viewer: Any, *, request: PageRequest, email: str) -> bool:
    doors.ask_for_new_address(request, email)
    return True


@page(allow=is_signed_in)
@asks_again
def email_code(request: PageRequest) -> HttpResponse:
    """Type the code that came to the new address."""
    address = doors.new_address(request)
    if address is None:
        return redirect("people:account-email")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if doors.is_right_for_new_address(request, form.cleaned_data["code"]):
            commands.change_my_email(request.viewer, _me(request), email=address)
            doors.forget_new_address(request)
            return done(request, _("Your email address is changed"), to="people:account")
        form.add_error("code", _("This code is not right. Look for the newest email from us, and type its code."))
    return show(request, "people/account/email_code.jinja", form=form, address=address)


@page(allow=is_signed_in)
@asks_again
def password(request: PageRequest) -> HttpResponse:
    """Set a password, or change it. Nobody must have one."""
    me = _me(request)
    form = PasswordForm(request.POST or None, person=me.user)
    if form.is_valid() and attempt(form, commands.set_password, request.viewer, me, **form.cleaned_data):
        doors.stay_signed_in(request, me.user)
        if queries.needs_second_factor(me.user):
            return done(
                request, _("Your password is set. To use it you also need a second factor: set it up now."), to="people:second-factor"
            )
        return done(request, _("Your password is set"), to="people:account")
    needs_factor = queries.needs_second_factor(me.user)
    return show(request, "people/account/password.jinja", form=form, has_password=me.user.has_usable_password(), needs_factor=needs_factor)


@page(allow=is_signed_in)
@asks_again
def second_factor(request: PageRequest) -> HttpResponse:
    """Set up an app, or see that it is set up."""
    me = _me(request)
    if queries.has_second_factor(me.user):
        return show(request, "people/account/second_factor_on.jinja", left=len(doors.recovery_codes(me.user)))
    secret = doors.app_secret(request, me.user)
    form = SecondFactorForm(request.POST or None)
    if form.is_valid():
        if not doors.is_right_for_app(secret, form.cleaned_data.pop("code")):
            form.add_error("code", _("This code is not right. Check the clock of your phone, and type the code it shows now."))
        elif attempt(form, commands.set_up_second_factor, request.viewer, me, secret=secret, **form.cleaned_data):
            return done(request, _("Your second factor is set up. Now keep your recovery codes."), to="people:recovery-codes")
    spoken = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
    return show(
        request,
        "people/account/second_factor.jinja",
        form=form,
        picture=doors.app_picture(me.user, secret),
        secret=spoken,
        username=me.user.username,
    )


@page(allow=is_signed_in)
@asks_again
def remove_second_factor(request: PageRequest) -> HttpResponse:
    """Take the second factor off, after asking once."""
    if request.method == "GET" and not queries.has_second_factor(_me(request).user):
        return redirect("people:second-factor")
    if request.method == "POST":
        commands.remove_second_factor(request.viewer, _me(request))
        return done(request, _("Your second factor is removed"), to="people:account")
    return show(request, "people/account/remove_second_factor.jinja")


@page(allow=is_signed_in)
@asks_again
def recovery_codes(request: PageRequest) -> HttpResponse:
    """The codes for the day the phone is lost; new ones with a button."""
    me = _me(request)
    if not queries.has_second_factor(me.user):
        return redirect("people:second-factor")
    if request.method == "POST":
        commands.renew_recovery_codes(request.viewer, me)
        return done(request, _("These are your new recovery codes. The old ones do not work any more."), to="people:recovery-codes")
    return show(request, "people/account/recovery_codes.jinja", codes=doors.recovery_codes(me.user))


@page(allow=is_signed_in)
def sessions(request: PageRequest) -> HttpResponse:
    """Where I am signed in; end one place, or all others."""
    places = queries.places_signed_in(request.viewer.user_id or 0, request.session.session_key)
    if request.method == "POST":
        others = [place.pk for place in places if not place.is_this_one]
        asked = request.POST.get("session", "")
        chosen = others if asked == "others" else [pk for pk in others if str(pk) == asked]
        if chosen:
            commands.end_sessions(request.viewer, _me(request), sessions=chosen)
        return done(request, _("Signed out there"), to="people:sessions")
    return show(request, "people/account/sessions.jinja", places=places)


@page(allow=is_signed_in, methods=("POST",))
def change_organisation(request: PageRequest) -> HttpResponse:
    """Look at another of one's organisations."""
    mine = {membership.organisation.code: membership.organisation for membership in request.viewer.memberships}
    chosen: Organisation | None = mine.get(request.POST.get("organisation", ""))
    if chosen is None:
        return redirect("people:account")
    doors.look_at(request, chosen.pk)
    return done(request, _("You are now in %(organisation)s") % {"organisation": chosen.name}, to=settings.LOGIN_REDIRECT_URL)


@page(allow=is_signed_in, methods=("GET",))
def permissions(request: PageRequest) -> HttpResponse:
    """The parts of the website, each with a page of what I may do there."""
    return show(request, "people/account/permissions.jinja", areas=queries.areas())


@page(allow=is_signed_in, methods=("GET",))
def permissions_in(request: PageRequest, area: str) -> HttpResponse:
    """What I may do in one part of the website, and who may do the rest: the sentences of the policies themselves."""
    name = queries.areas().get(area)
    if name is None:
        raise Http404
    return show(request, "people/account/permissions_in.jinja", name=name, lines=queries.permissions(request.viewer, area))
