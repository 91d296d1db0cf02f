"""Signing in and out. Looking at any of these pages changes nothing, so a mail scanner cannot use anything up."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.page import PageRequest, is_anyone, page, show
from safety_partners.core.return_to import return_to
from safety_partners.people import sign_in as doors
from safety_partners.people.forms import CodeForm, CodeRequestForm, PasswordSignInForm, WhoForm


def _who_is_in_already(request: PageRequest) -> HttpResponse | None:
    """Send somebody who is signed in on their way; tell somebody whose membership ended."""
    if request.viewer.is_signed_in:
        return redirect(return_to(request, reverse(settings.LOGIN_REDIRECT_URL)))
    if request.viewer.user_id:
        return show(request, "people/sign_in/no_organisation.jinja", status=403)
    return None


def _with_next(request: PageRequest, name: str) -> str:
    """The address of another sign-in page, which then goes to the same place."""
    to = return_to(request, "")
    return reverse(name) + (f"?{urlencode({'next': to})}" if to else "")


@page(allow=is_anyone)
def ask_for_code(request: PageRequest) -> HttpResponse:
    """Enter an address or a sign-in name, be sent a code."""
    if answer := _who_is_in_already(request):
        return answer
    form = CodeRequestForm(request.POST or None)
    if form.is_valid():
        try:
            doors.ask_for_code(request, form.cleaned_data["typed"], to=return_to(request, ""))
            return redirect("account_confirm_login_code")
        except NotPossible as trouble:
            form.add_error("typed", str(trouble.sentence))
    return show(request, "people/sign_in/ask_for_code.jinja", form=form, password_url=_with_next(request, "people:sign-in-with-password"))


@page(allow=is_anyone)
def confirm_code(request: PageRequest) -> HttpResponse:
    """Type the code. Wrong ones are told beside the field until there were too many."""
    process = doors.pending_code(request)
    if process is None:
        return _start_again(request)
    if doors.people_meant(process):
        return redirect("people:sign-in-who")
    if "another" in request.POST:
        return _send_another(request, process)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if doors.is_right(process, form.cleaned_data["code"]):
            people = doors.people_meant(process)
            return doors.enter_by_code(request, process, people[0]) if len(people) == 1 else redirect("people:sign-in-who")
        if not process.record_invalid_attempt():
            messages.error(request, _("That was a wrong code too many. Ask for a new one."))
            return redirect("account_login")
        form.add_error("code", _("This code is not right. Look for the newest email from us, and type its code."))
    return show(request, "people/sign_in/confirm_code.jinja", form=form, typed=process.state.get("typed"), can_resend=process.can_resend)


def _send_another(request: PageRequest, process: doors.LoginCodeVerificationProcess) -> HttpResponse:
    try:
        doors.send_another(process)
        messages.success(request, _("We have sent a new code. The one before does not work any more."))
    except NotPossible as trouble:
        messages.error(request, str(trouble.sentence))
    return redirect("account_confirm_login_code")


def _start_again(request: PageRequest) -> HttpResponse:
    if not request.viewer.is_signed_in:
        messages.error(request, _("There is no code to type here, or it has run out. Ask for a new one."))
    return redirect("account_login")


@page(allow=is_anyone)
def who(request: PageRequest) -> HttpResponse:
    """After the right code for a shared address: choose who is signing in. Nobody is signed in before."""
    process = doors.pending_code(request)
    people = doors.people_meant(process) if process else []
    if process is None or not people:
        return _start_again(request)
    form = WhoForm(request.POST or None, people=people)
    if form.is_valid():
        chosen = next(person for person in people if str(person.pk) == form.cleaned_data["person"])
        return doors.enter_by_code(request, process, chosen)
    return show(request, "people/sign_in/who.jinja", form=form)


@page(allow=is_anyone)
def with_password(request: PageRequest) -> HttpResponse:
    """The other road: a password, then the second factor or a code by email where one is needed."""
    if answer := _who_is_in_already(request):
        return answer
    form = PasswordSignInForm(request.POST or None)
    if form.is_valid():
        try:
            person = doors.with_password(request, form.cleaned_data["typed"], form.cleaned_data["password"])
            return doors.enter(request, person, method="password", to=return_to(request, ""))
        except NotPossible as trouble:
            form.add_error(trouble.field, str(trouble.sentence))
    return show(request, "people/sign_in/with_password.jinja", form=form, code_url=_with_next(request, "account_login"))


@page(allow=is_anyone)
def second_factor(request: PageRequest) -> HttpResponse:
    """Type the code that the app shows, or a recovery code."""
    stage = doors.pending_second_factor(request)
    if stage is None:
        return _start_again(request)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            doors.check_second_factor(stage, form.cleaned_data["code"])
            return stage.exit()
        except NotPossible as trouble:
            form.add_error("code", str(trouble.sentence))
    return show(request, "people/sign_in/second_factor.jinja", form=form)


@page(allow=is_anyone)
def sign_out(request: PageRequest) -> HttpResponse:
    """Sign out, with a button."""
    if not request.viewer.user_id:
        return redirect("account_login")
    if request.method == "POST":
        doors.leave(request)
        return redirect(return_to(request, settings.LOGOUT_REDIRECT_URL))
    return show(request, "people/sign_in/sign_out.jinja")


@page(allow=is_anyone, methods=("GET",))
def no_sign_up(request: PageRequest) -> HttpResponse:
    """How people get in: they are invited."""
    return show(request, "people/sign_in/no_sign_up.jinja")
