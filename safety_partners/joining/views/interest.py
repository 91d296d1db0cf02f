"""Expression of interest on the public pages: one question a page, saved after each, sent once.

The browser's session holds the come-back code of the draft it writes; the same code opens it from anywhere else. Who is
signed in writes as nobody's member all the same: to an organisation that is not theirs, perhaps, or for somebody else.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.page import PageRequest, attempt, done, is_anyone, page, show
from safety_partners.core.viewer import NOBODY
from safety_partners.core.working_days import today
from safety_partners.design.steps import Steps
from safety_partners.joining import commands, printing, private_words
from safety_partners.joining.forms import interest as forms
from safety_partners.joining.models import Advert, Draft, Expression
from safety_partners.joining.queries import interest as queries
from safety_partners.joining.views.progress import forget, remember
from safety_partners.people import limits

WRITING = "joining_writing"


def advert_or_404(request: PageRequest, slug: str, address: str) -> Advert:
    """Load the advert; its organisation frames the page."""
    advert = queries.advert_at(slug, address)
    if advert is None or advert.status == Advert.Status.WITHDRAWN:
        raise Http404
    request.public_organisation = advert.organisation  # type: ignore[attr-defined]
    return advert


def secret_of(request: PageRequest, advert: Advert) -> str:
    """The come-back code of what this browser writes for an advert, or nothing."""
    kept: str = request.session.get(WRITING, {}).get(advert.address, "")
    return kept


def _in_hand(request: PageRequest, advert: Advert) -> Draft | None:
    secret = secret_of(request, advert)
    draft = queries.draft_with(secret) if secret else None
    return draft if draft is not None and draft.advert_id == advert.pk else None


def hold(request: PageRequest, advert: Advert, secret: str) -> None:
    """Let this browser go on with what a code opens."""
    request.session[WRITING] = {**request.session.get(WRITING, {}), advert.address: secret}


def to(name: str, advert: Advert, *more: str) -> HttpResponse:
    return redirect(f"joining:{name}", advert.organisation.slug, advert.address, *more)


@page(allow=is_anyone)
def start(request: PageRequest, slug: str, address: str) -> HttpResponse:
    """What is asked and what is not; the button begins."""
    advert = advert_or_404(request, slug, address)
    if request.method == "POST":
        limits.count(request, "joining_send")
        secret = private_words.new_come_back_code()
        commands.begin_interest(NOBODY, advert, secret=secret)
        hold(request, advert, secret)
        return to("interest-step", advert, "who")
    is_sent = queries.sent_with(secret_of(request, advert)) is not None
    is_begun = _in_hand(request, advert) is not None
    is_open = advert.takes_interest(today())
    return show(request, "joining/interest_start.jinja", advert=advert, is_begun=is_begun, is_sent=is_sent, is_open=is_open)


@page(allow=is_anyone)
def step(request: PageRequest, slug: str, address: str, name: str) -> HttpResponse:
    """One question; what is typed is kept before the next one."""
    advert = advert_or_404(request, slug, address)
    draft = _in_hand(request, advert)
    if draft is None:
        return to("interest", advert)
    steps, answers = forms.steps_for(advert), draft.answers
    form = _form(steps, name, answers, request)
    is_saving = "save" in request.POST
    if request.method == "POST":
        limits.count(request, "joining_page")
        if is_saving and not any(value.strip() for key, value in request.POST.items() if key in form.fields):
            return to("interest-save", advert)
        if form.is_valid():
            answers = steps.save(form, name, answers)
            if attempt(form, commands.keep_answers, NOBODY, draft, answers=answers):
                return to("interest-save", advert) if is_saving else _next(steps, advert, name, answers)
    before, asked = steps.before(name, answers), [one.name for one in steps.asked(answers)]
    return show(
        request,
        "joining/interest_step.jinja",
        form=form,
        advert=advert,
        name=name,
        title=steps.get(name, answers).title,
        number=asked.index(name) + 1,
        count=len(asked),
        back_url=_address(advert, before.name) if before else reverse("joining:interest", args=[slug, advert.address]),
        no_harm=forms.NO_HARM,
    )


def _form(steps: Steps, name: str, answers: dict[str, Any], request: PageRequest) -> Any:
    try:
        return steps.form(name, answers, request.POST or None)
    except KeyError:
        raise Http404 from None


def _address(advert: Advert, name: str) -> str:
    return reverse("joining:interest-step", args=[advert.organisation.slug, advert.address, name])


def _next(steps: Steps, advert: Advert, name: str, answers: dict[str, Any]) -> HttpResponse:
    """To the next question not answered yet; at the end, or after a change, to the page where answers are checked."""
    if name == "work" and answers["work"]["works_here"]:
        return to("interest-works-here", advert)
    following = steps.after(name, answers)
    if following is None or steps.is_complete(answers):
        return to("interest-check", advert)
    return to("interest-step", advert, following.name)


@page(allow=is_anyone, methods=("GET",))
def works_here(request: PageRequest, slug: str, address: str) -> HttpResponse:
    """Why people who work here cannot be partners, said kindly; what they typed is kept."""
    advert = advert_or_404(request, slug, address)
    return show(request, "joining/interest_works_here.jinja", advert=advert, back_url=_address(advert, "work"))


@page(allow=is_anyone)
def check(request: PageRequest, slug: str, address: str) -> HttpResponse:
    """Check your answers, then send them: once, however often the button is pressed."""
    advert = advert_or_404(request, slug, address)
    secret, draft = secret_of(request, advert), _in_hand(request, advert)
    if draft is None:
        return to("interest-sent" if secret and queries.sent_with(secret) else "interest", advert)
    steps = forms.steps_for(advert)
    still_open = steps.next_open(draft.answers)
    if still_open is not None:
        return to("interest-step", advert, still_open.name)
    if draft.answers["work"]["works_here"]:
        return to("interest-works-here", advert)
    form = forms.SendForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and _send(request, form, draft, secret):
        return to("interest-sent", advert)
    rows = steps.check_rows(draft.answers, lambda one: _address(advert, one.name))
    return show(request, "joining/interest_check.jinja", form=form, advert=advert, rows=rows)


def _send(request: PageRequest, form: forms.SendForm, draft: Draft, secret: str) -> Expression | None:
    """Send what the draft holds. Its own secret makes the key, so that a second press finds what the first one made."""
    given = forms.steps_for(draft.advert).cleaned(draft.answers)
    form.is_valid()
    limits.count(request, "joining_send")
    return attempt(
        form,
        commands.submit_expression,
        NOBODY,
        draft.advert,
        draft=draft,
        word=private_words.word_of(secret),
        submission_key=private_words.key_of(secret),
        **given,
    )


@page(allow=is_anyone, methods=("GET",))
def sent(request: PageRequest, slug: str, address: str) -> HttpResponse:
    """The receipt: the code, the private word, what happens next and by when."""
    advert = advert_or_404(request, slug, address)
    secret = secret_of(request, advert)
    expression = queries.sent_with(secret) if secret else None
    if expression is None:
        return to("interest", advert)
    word = private_words.word_of(secret)
    # Whoever lost the word and got a new one is not shown the old one.
    word = word if private_words.is_word(word, expression.secret_hash) else ""
    may_count = advert.counted_until is None and advert.address not in request.session.get(COUNTED, [])
    return show(request, "joining/interest_sent.jinja", advert=advert, expression=expression, word=word, may_count=may_count)


COUNTED = "joining_counted"


@page(allow=is_anyone, methods=("POST",))
def look(request: PageRequest, slug: str, address: str) -> HttpResponse:
    """From the receipt straight to how far things are, without typing the code again."""
    advert = advert_or_404(request, slug, address)
    secret = secret_of(request, advert)
    expression = queries.sent_with(secret) if secret else None
    if expression is None:
        return redirect("joining:progress")
    remember(request, expression, private_words.hash_of(private_words.word_of(secret)))
    return redirect("joining:progress-of", expression.code)


@page(allow=is_anyone, methods=("POST",))
def clear(request: PageRequest, slug: str, address: str) -> HttpResponse:
    """Let this browser forget everything: somebody else may use it next."""
    advert = advert_or_404(request, slug, address)
    forget(request)
    return done(request, _("This device has forgotten what you typed."), to=reverse("website:advert", args=[slug, advert.address]))


@page(allow=is_anyone)
def save(request: PageRequest, slug: str, address: str) -> HttpResponse:
    """The way back: a code to write down, and a link by email for those who wish."""
    advert = advert_or_404(request, slug, address)
    secret, draft = secret_of(request, advert), _in_hand(request, advert)
    if draft is None:
        return to("interest", advert)
    form = forms.SaveForm(request.POST or None)
    if form.is_valid() and _send_link(request, form, draft, secret):
        sentence = _("We are sending the link to %(email)s. It may take a few minutes.") % {"email": form.cleaned_data["email"]}
        return done(request, sentence, to=request.path)
    until = (draft.changed_at + commands.DRAFT_KEPT).date()
    back = _address(advert, (forms.steps_for(advert).next_open(draft.answers) or forms.steps_for(advert).first(draft.answers)).name)
    return show(
        request,
        "joining/interest_save.jinja",
        form=form,
        advert=advert,
        secret=secret,
        address=printing.without_scheme(settings.SITE_ADDRESS + reverse("joining:come-back")),
        until=until,
        back_url=back,
    )


def _send_link(request: PageRequest, form: forms.SaveForm, draft: Draft, secret: str) -> bool:
    email = form.cleaned_data["email"]
    try:
        limits.count(request, "joining_email", key=email.lower())
    except NotPossible as trouble:
        form.add_error(None, str(trouble.sentence))
        return False
    return attempt(form, commands.send_come_back_link, NOBODY, draft, email=email, secret=secret) is not None


@page(allow=is_anyone)
def come_back(request: PageRequest, secret: str = "") -> HttpResponse:
    """Come back to what was begun. The link only fills the code in: nothing is opened until the button is pressed."""
    form = forms.ComeBackForm(request.POST or None, initial={"secret": private_words.tidy_come_back_code(secret)})
    if form.is_valid():
        typed = private_words.tidy_come_back_code(form.cleaned_data["secret"])
        try:
            limits.count(request, "joining_secret", key=typed)
        except NotPossible as trouble:
            form.add_error(None, str(trouble.sentence))
        else:
            if answer := _opened(request, typed):
                return answer
            form.add_error("secret", _("We could not find this code. Check it, or begin again: codes work for 30 days."))
    return show(request, "joining/come_back.jinja", form=form)


def _opened(request: PageRequest, secret: str) -> HttpResponse | None:
    """Go on with what the code opens: the draft, or the receipt if it was sent."""
    if (draft := queries.draft_with(secret)) is not None:
        hold(request, draft.advert, secret)
        waiting = forms.steps_for(draft.advert).next_open(draft.answers)
        return to("interest-step", draft.advert, waiting.name) if waiting else to("interest-check", draft.advert)
    if (expression := queries.sent_with(secret)) is not None:
        hold(request, expression.advert, secret)
        return redirect("joining:interest-sent", expression.organisation.slug, expression.advert.address)
    return None
