"""How far things are, for somebody without an account: they come with the code and the private word of their receipt.

Looking uses nothing up. A browser that gave the right word remembers a hash of it for an hour.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from safety_partners.core import clock, codes
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.page import PageRequest, attempt, done, is_anyone, page, show
from safety_partners.core.viewer import NOBODY
from safety_partners.joining import commands, private_words, queries
from safety_partners.joining.commands.deciding import say_yes
from safety_partners.joining.forms import following as forms
from safety_partners.joining.models import Expression
from safety_partners.people import limits

PROVED = "joining_proved"
LASTS = 3600


@page(allow=is_anyone)
def progress(request: PageRequest) -> HttpResponse:
    """Ask for the code and the private word."""
    form = forms.DoorForm(request.POST or None)
    if form.is_valid():
        code, word = codes.tidy(form.cleaned_data["code"]), form.cleaned_data["word"]
        try:
            limits.count(request, "joining_secret", key=code)
        except NotPossible as trouble:
            form.add_error(None, str(trouble.sentence))
        else:
            found = queries.expression_for(code, word)
            if found is not None:
                remember(request, found, private_words.hash_of(private_words.tidy_word(word)))
                return redirect("joining:progress-of", found.code)
            form.add_error(None, _("We could not find this code and private word together. Check both, or ring us."))
    return show(request, "joining/progress_door.jinja", form=form)


def remember(request: PageRequest, expression: Expression, proof: str) -> None:
    """Let this browser see how far things are, for an hour."""
    kept = request.session.get(PROVED, {})
    request.session[PROVED] = {**kept, expression.code: [proof, int(clock.now().timestamp())]}


def _followed(request: PageRequest, code: str) -> tuple[Expression, str] | None:
    """The expression of interest that this browser may see, with the proof."""
    proof, at = request.session.get(PROVED, {}).get(code, ("", 0))
    if at < clock.now().timestamp() - LASTS:
        return None
    found = queries.followed(code, proof)
    if found is None:
        return None
    request.public_organisation = found.organisation  # type: ignore[attr-defined]
    return found, proof


@page(allow=is_anyone, methods=("GET",))
def progress_of(request: PageRequest, code: str) -> HttpResponse:
    """Where somebody stands, what comes next and by when; and what they can do."""
    held = _followed(request, code)
    if held is None:
        return redirect("joining:progress")
    return show(request, "joining/progress.jinja", progress=queries.progress(held[0]), expression=held[0])


@page(allow=is_anyone)
def reach(request: PageRequest, code: str) -> HttpResponse:
    """Correct how we reach them."""
    held = _followed(request, code)
    if held is None:
        return redirect("joining:progress")
    expression, proof = held
    initial = {name: getattr(expression, name) for name in ("told_by", "email", "phone", "postal_address")}
    form = forms.ReachForm(request.POST or None, initial=initial)
    if form.is_valid() and attempt(form, commands.change_reach, NOBODY, expression, proof=proof, **form.cleaned_data):
        return done(request, _("We will reach you in this way from now on."), to="joining:progress-of", code=code)
    return show(request, "joining/progress_reach.jinja", form=form, expression=expression)


@page(allow=is_anyone)
def yes(request: PageRequest, code: str) -> HttpResponse:
    """Say yes to the offer, after one question."""
    held = _followed(request, code)
    if held is None:
        return redirect("joining:progress")
    expression, proof = held
    if request.method == "GET" and expression.status != Expression.Status.OFFERED:
        raise NotPossible(_("There is no offer to say yes to now."))
    form = forms.SureForm(request.POST or None)
    if form.is_valid() and attempt(form, say_yes, NOBODY, expression, proof=proof):
        return done(request, _("Thank you! We tell you what comes next."), to="joining:progress-of", code=code)
    return show(request, "joining/progress_yes.jinja", form=form, expression=expression)


@page(allow=is_anyone)
def stop(request: PageRequest, code: str) -> HttpResponse:
    """Withdraw, after one question."""
    held = _followed(request, code)
    if held is None:
        return redirect("joining:progress")
    expression, proof = held
    if request.method == "GET" and expression.status not in Expression.OPEN:
        raise NotPossible(_("There is nothing to stop: we have told you how it ended."))
    form = forms.SureForm(request.POST or None)
    if form.is_valid() and attempt(form, commands.withdraw_interest, NOBODY, expression, proof=proof):
        return done(request, _("You have stopped. Thank you for your interest."), to="joining:progress-of", code=code)
    return show(request, "joining/progress_stop.jinja", form=form, expression=expression, progress=queries.progress(expression))


@page(allow=is_anyone)
def delete(request: PageRequest, code: str) -> HttpResponse:
    """Have everything deleted that they told us, after one question."""
    held = _followed(request, code)
    if held is None:
        return redirect("joining:progress")
    expression, proof = held
    form = forms.SureForm(request.POST or None)
    if form.is_valid() and attempt(form, commands.delete_my_words, NOBODY, expression, proof=proof):
        forget(request)
        return done(request, _("We have deleted what you told us."), to="joining:progress")
    return show(request, "joining/progress_delete.jinja", form=form, expression=expression)


@page(allow=is_anyone, methods=("POST",))
def leave(request: PageRequest) -> HttpResponse:
    """Let this browser forget the code: somebody else may use it next."""
    forget(request)
    return done(request, _("This device has forgotten your code."), to="joining:progress")


def forget(request: PageRequest) -> None:
    """Take everything of joining out of the browser's session."""
    for name in [name for name in request.session.keys() if name.startswith("joining_")]:  # noqa: SIM118 - a session is no dict
        del request.session[name]
