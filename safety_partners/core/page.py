"""A page: GET looks, POST does one command and redirects. A page says who may open it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Protocol, TypeVar

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import models
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext_lazy as _

from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.policy import Policy, Refused, Sentence, policy
from safety_partners.core.return_to import came_from
from safety_partners.core.viewer import Viewer

View = Callable[..., HttpResponse]
T = TypeVar("T")


class PageRequest(HttpRequest):
    """A request whose viewer has been worked out."""

    viewer: Viewer


class Asks(Protocol):
    def add_error(self, field: str | None, error: Any) -> None: ...


@policy(_("Anyone"))
def is_anyone(viewer: Viewer) -> bool:
    """Public pages."""
    return True


@policy(_("Anyone who is signed in"))
def is_signed_in(viewer: Viewer) -> bool:
    """Pages for everybody inside an organisation."""
    return viewer.is_signed_in


def page(*, allow: Policy, methods: tuple[str, ...] = ("GET", "POST")) -> Callable[[View], View]:
    """Say who may open a page. Visitors are asked to sign in; others are told the policy's sentence.

    Refusals and lost races that a view does not answer itself are answered here, once.
    """

    if allow.takes_record:
        raise TypeError(f"A page opens before its record is loaded, so it cannot ask for “{allow.sentence}”: demand that in the view.")

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: PageRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            # A HEAD is a GET without its words; any other way in would be a change without the form's token.
            if request.method not in methods and not (request.method == "HEAD" and "GET" in methods):
                return _refuse_the_way_in(request, methods)
            try:
                allow.demand(request.viewer)
                return view(request, *args, **kwargs)
            except Refused as refusal:
                return _refuse(request, refusal)
            except NotPossible as trouble:
                return show(
                    request,
                    "core/not_possible.jinja",
                    status=409,
                    sentence=trouble.sentence,
                    was_overtaken=isinstance(trouble, Overtaken),
                    back=came_from(request, request.path),
                    typed=typed_words(request),
                )

        answer.policy = allow  # type: ignore[attr-defined]
        answer.methods = methods  # type: ignore[attr-defined]
        return answer

    return decorate


def _refuse_the_way_in(request: PageRequest, methods: tuple[str, ...]) -> HttpResponse:
    """Say to somebody who came by an address alone that a button does this, and where they can go."""
    template, back = "core/needs_a_button.jinja", came_from(request, request.path)
    answer = show(request, template, status=405, back=back if back != request.path else None, typed=typed_words(request))
    answer["Allow"] = ", ".join(methods)
    return answer


def _refuse(request: PageRequest, refusal: Refused) -> HttpResponse:
    """Ask a visitor to sign in, tell others who may; words typed before the session ended are given back."""
    sign_in = redirect_to_login(request.get_full_path()) if request.viewer.user_id is None else None
    if sign_in and request.method != "POST":
        return sign_in
    return show(
        request,
        "core/refused.jinja",
        status=403,
        sentence=refusal.sentence,
        sign_in=sign_in.url if sign_in else None,
        typed=typed_words(request),
    )


def show(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Render a Jinja template of ours; a form with errors answers 422, so that a client need not guess."""
    form = context.get("form")
    if status == 200 and form is not None and getattr(form, "is_bound", False) and form.errors:
        status = 422
    return render(request, template, context, status=status, using="jinja2")


def done(request: HttpRequest, sentence: Sentence, *, to: Any, **parts: Any) -> HttpResponse:
    """Say what was done and go to a record (its ``get_absolute_url``), an address or a URL name."""
    messages.success(request, str(sentence))
    return redirect(resolve_url(to, **parts))


def attempt(form: Asks, command: Callable[..., T], viewer: Viewer, *records: models.Model, **given: Any) -> T | None:
    """Run a command with a form's answers; a rule or a race that stands against it becomes an error in the form.

    Returns what the command returned, or None; then the view shows the form again, with everything still typed.
    The records are read again first, so that the page shows what somebody else did in the meantime.
    """
    try:
        return command(viewer, *records, **given)
    except NotPossible as trouble:
        for record in records:
            record.refresh_from_db()
        field = trouble.field if trouble.field in getattr(form, "fields", {}) else None
        form.add_error(field, str(trouble.sentence))
        if isinstance(trouble, Overtaken):
            _renew(form, records)
        return None


def _renew(form: Any, records: Sequence[models.Model]) -> None:
    """Whoever was told that somebody was quicker may send it again: their next press is about what stands there now."""
    turns = [record.turn for record in records if hasattr(record, "turn")]
    hidden = {"turn", "version"} & set(getattr(form, "fields", {}))
    if turns and hidden and hasattr(form, "renew"):
        form.renew(**dict.fromkeys(hidden, turns[-1]))


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form, even if it was nothing but the press of a button; None for a look."""
    return request.POST if request.method == "POST" else None


def typed_words(request: HttpRequest) -> list[str]:
    """What somebody typed into a form, for a page that must give it back to them."""
    hidden = {"csrfmiddlewaretoken", "submission_key", "turn", "next", "key", "version", "code"}
    shown = [name for name in request.POST if name not in hidden and "password" not in name]
    return [value for name in shown for value in request.POST.getlist(name) if value.strip()]


def is_demonstration() -> bool:
    """Say whether this installation is a demonstration, where invented people can be signed in as."""
    return bool(settings.MODE == "demonstration")
