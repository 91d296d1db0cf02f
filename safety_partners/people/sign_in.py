"""Signing in, on the machinery of django-allauth: the one module that touches ``request.user`` and the session of a sign-in.

A sign-in has stages (``allauth.account.stages``): the code from the email, then the code from the app. Between them the
session alone knows who is expected; nobody is signed in before the last one.
"""

from __future__ import annotations

import base64
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows import logout
from allauth.account.internal.flows.login import get_authentication_records, perform_login, record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStage, LoginStageController
from allauth.core import context, ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.internal.auth import validate_totp_code
from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safety_partners.core.lifecycle import NotPossible
from safety_partners.people import emails, queries
from safety_partners.people.models import User

# In the session: the organisation a person with several looks at now.
CHOSEN_ORGANISATION = "organisation"

FRESH_MINUTES = 15
SHARING = 2  # as many passwords are compared for nobody, and for one, as for a couple who share an address
NEW_ADDRESS_MINUTES = 15
_NEW_ADDRESS = "new_address"

TOO_MANY_TRIES = gettext_lazy("There were too many tries. Wait 5 minutes, then try again.")
TOO_MANY_CODES = gettext_lazy("You have asked for several codes. Use the newest one, or wait a minute and ask again.")


class Backend(AuthenticationBackend):
    """Who a session belongs to, read once together with what they may be."""

    def get_user(self, user_id: int) -> User | None:
        person = queries.person_signed_in(user_id)
        return person if person and self.user_can_authenticate(person) else None


class Adapter(DefaultAccountAdapter):
    """How allauth behaves here: no sign-up, two stages, our own emails, no messages of its own."""

    def get_login_stages(self) -> list[str]:
        return ["allauth.account.stages.LoginByCodeStage", "allauth.mfa.stages.AuthenticateStage"]

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_login_by_code_required(self, login: Login) -> bool:
        """After a password alone, those who look after others' data also type a code from an email."""
        records = get_authentication_records(self.request, login.user)
        return bool(records) and records[-1]["method"] == "password" and queries.needs_second_factor(login.user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        if template_prefix == "account/email/login_code":
            emails.sign_in_code(email, context["code"])
        elif template_prefix == "account/email/unknown_account":
            emails.unknown_address(email)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: our pages say what happened."""

    def post_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse:
        response = super().post_login(request, user, **how)
        speak(response, user.language)
        return response


class SecondFactorAdapter(DefaultMFAAdapter):
    """How second factors are named and kept: a copy of the database alone gives nobody a code."""

    def get_totp_label(self, user: User) -> str:
        """The name under which an app keeps it: the sign-in name, because couples share an address."""
        return user.username

    def encrypt(self, text: str) -> str:
        return _safe().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _safe().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as trouble:
            raise NotPossible(
                _("We can no longer check your second factor. Ask an administrator of your organisation to take it away.")
            ) from trouble


def _safe() -> MultiFernet:
    """Closes with a key of today's secret, and opens with those of earlier ones too."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]  # noqa: TID251 - nothing is signed here
    keys = [salted_hmac("safety_partners.second_factor.kept", "", secret=secret, algorithm="sha256").digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def speak(response: HttpResponse, language: str) -> None:
    """Show the pages of this browser in a language from the next one on."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=31_536_000, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True
    )


# The code by email


def ask_for_code(request: HttpRequest, typed: str, *, to: str = "") -> None:
    """Send a code to whoever this address or sign-in name belongs to; what the page then says is the same for nobody."""
    emails.check_post()
    typed = typed.strip().lower()
    people = queries.people_called(typed)
    address = people[0].email if people else typed
    _count("request_login_code", address)
    process = LoginCodeVerificationProcess.initiate(request=request, user=people[0] if people else None, email=address)
    process.state.update(typed=typed, to=to)
    process.persist()


def pending_code(request: HttpRequest) -> LoginCodeVerificationProcess | None:
    """The code this browser waits for; None when it never asked, gave up or took too long."""
    stage = LoginStageController.enter(request, LoginByCodeStage.key)
    if stage and stage.login.user is None:
        User.objects.filter(pk=0).first()  # as much work as for somebody we know
    return LoginCodeVerificationProcess.resume(stage) if stage else None


def send_another(process: LoginCodeVerificationProcess) -> None:
    """Send a new code; the one before stops working."""
    if not process.can_resend:
        raise NotPossible(_("We have sent you several codes. Wait a few minutes, look in your junk mail too, then start again."))
    emails.check_post()
    _count("request_login_code", process.state["email"])
    process.resend()


def is_right(process: LoginCodeVerificationProcess, code: str) -> bool:
    """Compare what was typed; spaces and dashes do not matter. Remembers that the right code came."""
    if compare_user_code(actual=code, expected=process.code):
        process.state["is_confirmed"] = True
        process.persist()
        return True
    return False


def people_meant(process: LoginCodeVerificationProcess) -> list[User]:
    """Who can be meant by a code that was right: all who share the address, unless the sign-in name or password said who."""
    if not process.state.get("is_confirmed"):
        return []
    if not process.state["initiated_by_user"]:
        return [process.user] if process.user else []
    return queries.people_called(process.state["typed"])


def enter_by_code(request: HttpRequest, process: LoginCodeVerificationProcess, person: User) -> HttpResponse:
    """Go on with the sign-in of this person: their second factor is next, if they have one."""
    if not process.state["initiated_by_user"]:
        return process.finish(None)
    return enter(request, person, method="code", to=process.state["to"])


# The other roads


def enter(request: HttpRequest, person: User, *, method: str, to: str = "") -> HttpResponse:
    """Begin the sign-in of somebody who has proved who they are; stages may follow. Goes to ``to`` or the home page."""
    record_authentication(request, person, method)
    return perform_login(request, Login(user=person, email=person.email, redirect_url=to or None))


def with_password(request: HttpRequest, typed: str, password: str) -> User:
    """Who signs in with this password; raises NotPossible with words that do not say which of the two was wrong."""
    _count("login_failed", typed.strip().lower())
    people = queries.people_called(typed)
    found = [person for person in people if person.check_password(password)]
    for _nobody in range(SHARING - len(people)):
        User().set_password(password)  # takes as long as comparing one
    if len(found) > 1:
        raise NotPossible(_("Two people use this address and this password. Enter your sign-in name instead."), "typed")
    if not found:
        raise NotPossible(_("The email address or sign-in name and the password do not belong together"), "password")
    return found[0]


def pending_second_factor(request: HttpRequest) -> LoginStage | None:
    """The sign-in of this browser that waits for a code from the app."""
    return LoginStageController.enter(request, AuthenticateStage.key)


def check_second_factor(stage: LoginStage, code: str) -> None:
    """Compare a code from the app, or a recovery code, which is then used up. Raises NotPossible."""
    form = AuthenticateForm(user=stage.login.user, data={"code": code})
    if not form.is_valid():
        too_many = form.errors.as_data()["code"][0].code == "too_many_login_attempts"
        raise NotPossible(TOO_MANY_TRIES if too_many else _("This code is not right. Type the newest one from your app."), "code")
    form.save()


def leave(request: HttpRequest) -> None:
    """Sign out."""
    UserSession.objects.filter(session_key=request.session.session_key or "").delete()
    logout.logout(request, show_message=False)


def _count(action: str, key: str) -> None:
    """Count one more try; raises NotPossible when there were too many."""
    if not ratelimit.consume(context.request, action=action, key=key):
        raise NotPossible(TOO_MANY_TRIES if action == "login_failed" else TOO_MANY_CODES)


# Signed in: what needs a fresh proof of who this is


def is_fresh(request: HttpRequest) -> bool:
    """Say whether this browser proved who is using it a short while ago; a form begun in time has an hour to be sent."""
    minutes = FRESH_MINUTES if request.method == "GET" else 60
    records = get_authentication_records(request, request.user)
    return bool(records) and records[-1]["at"] > time.time() - minutes * 60


def stay_signed_in(request: HttpRequest, person: User) -> None:
    """Keep this browser signed in after the password was changed, which ends every session."""
    update_session_auth_hash(request, person)
    UserSession.objects.create_from_request(request)


def app_secret(request: HttpRequest, person: User) -> str:
    """The secret to scan into an app: the same all through one sign-in, and kept only once a code of it came back."""
    digest = salted_hmac("safety_partners.second_factor", f"{person.pk}:{request.session.session_key}").digest()
    return base64.b32encode(digest[:20]).decode()


def app_picture(person: User, secret: str) -> str:
    """The picture to scan, as an address for an ``img``."""
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(person, secret))
    return "data:image/svg+xml;base64," + base64.b64encode(picture.encode()).decode()


def is_right_for_app(secret: str, code: str) -> bool:
    """Compare a code with those that the app shows about now."""
    return bool(validate_totp_code(secret, code))


def recovery_codes(person: User) -> list[str]:
    """The recovery codes that were not used yet."""
    found = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return found.wrap().get_unused_codes() if found else []


def ask_for_new_address(request: HttpRequest, email: str) -> None:
    """Send a code to an address that somebody wants to use from now on."""
    _count("request_login_code", email)
    code = Adapter().generate_login_code()
    request.session[_NEW_ADDRESS] = {"email": email, "code": code, "at": time.time(), "tries": 0}
    emails.new_address_code(email, code, minutes=NEW_ADDRESS_MINUTES)


def new_address(request: HttpRequest) -> str | None:
    """The address that waits for its code in this browser."""
    waiting = request.session.get(_NEW_ADDRESS)
    if waiting and waiting["at"] > time.time() - NEW_ADDRESS_MINUTES * 60:
        return str(waiting["email"])
    return None


def is_right_for_new_address(request: HttpRequest, code: str) -> bool:
    """Compare the code sent to the new address; after the last wrong one it is forgotten."""
    waiting = request.session[_NEW_ADDRESS]
    if compare_user_code(actual=code, expected=waiting["code"]):
        return True
    waiting["tries"] += 1
    if waiting["tries"] < settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS:
        request.session[_NEW_ADDRESS] = waiting
    else:
        forget_new_address(request)
    return False


def forget_new_address(request: HttpRequest) -> None:
    """Stop waiting for the code of a new address."""
    request.session.pop(_NEW_ADDRESS, None)


def look_at(request: HttpRequest, organisation_id: int) -> None:
    """Look at another of one's organisations from the next page on."""
    request.session[CHOSEN_ORGANISATION] = organisation_id
