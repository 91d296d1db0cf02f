"""Pages of one offer: what is offered, the answer, a change of mind, and all of it on paper or read out on the phone."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safety_partners.activities import commands, policies, queries
from safety_partners.activities.forms import offers as forms
from safety_partners.activities.models import Activity, Offer
from safety_partners.activities.views.loading import ask, demand
from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.core.policy import Policy
from safety_partners.core.working_days import today
from safety_partners.partners.models import AccessNeed

LOOKS = ("GET",)
Status = Offer.Status
TONES = {
    Status.OFFERED: "waiting",
    Status.ACCEPTED: "done",
    Status.DECLINED: "quiet",
    Status.RESERVE: "waiting",
    Status.TAKEN_BACK: "quiet",
    Status.STEPPED_OUT: "quiet",
}
# How it stands, said to the partner themselves.
OWN_SAYS = {
    Status.OFFERED: gettext_lazy("Waits for your answer"),
    Status.ACCEPTED: gettext_lazy("You take part"),
    Status.DECLINED: gettext_lazy("You said no"),
    Status.RESERVE: gettext_lazy("You would like to, if a place becomes free"),
    Status.STEPPED_OUT: gettext_lazy("You changed your mind"),
}
NEED_TONES = {AccessNeed.Status.ASKED: "waiting", AccessNeed.Status.MET: "done", AccessNeed.Status.NOT_MET: "stopped"}
COMMANDS = {forms.YES: commands.accept_place, forms.NO: commands.decline_place, forms.WAIT: commands.wait_for_place}


def load_offer(request: PageRequest, code: str, may: Policy | None = None) -> Offer:
    """An offer with its activity and its people; refuse with its sentence what the viewer may not do with it."""
    found: Offer = get_object_or_404(queries.with_people(Offer.objects.visible_to(request.viewer)), code=code)
    if may is not None:
        may.demand(request.viewer, found)
    return found


def is_going_on(offer: Offer) -> bool:
    """Say whether an answer still matters."""
    return offer.activity.status == Activity.Status.TAKEN_ON


@page(allow=policies.may_see_activities, methods=LOOKS)
def offer(request: PageRequest, code: str) -> HttpResponse:
    """What is offered to one partner, how it stands, and what can be done."""
    found = load_offer(request, code)
    viewer = request.viewer
    is_own = policies.is_offered(viewer, found)
    return show(
        request,
        "activities/offer.jinja",
        offer=found,
        activity=found.activity,
        whole=queries.offer_page(viewer, found),
        says=OWN_SAYS[found.status] if is_own else found.get_status_display(),
        is_own=is_own,
        may_answer=policies.may_answer(viewer, found),
        leads=policies.is_lead_of(viewer, found),
        runs=policies.may_run(viewer, found),
        is_going_on=is_going_on(found),
        has_begun=found.activity.starts_on is not None and found.activity.starts_on < today(),
        tones=TONES,
        need_tones=NEED_TONES,
    )


@page(allow=policies.may_see_activities)
def answer(request: PageRequest, code: str) -> HttpResponse:
    """Yes, no, or “if a place becomes free”, by the partner or as they said it."""
    found = load_offer(request, code, policies.may_answer)
    is_own = policies.is_offered(request.viewer, found)
    form = _answer_form(request, found, is_own=is_own)
    if form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "answer"}
        if attempt(form, COMMANDS[form.cleaned_data["answer"]], request.viewer, found, **given):
            return done(request, _thanks(found, is_own=is_own), to=found)
    if request.method == "GET":
        demand(is_going_on(found), _("This is not going on any more, so there is nothing to answer."))
        demand(found.status not in {Status.ACCEPTED, Status.TAKEN_BACK}, _("This was answered, or taken back."))
    title = _("Would you like to take part?") if is_own else _("Write down their answer")
    words = [] if is_own else [_("Only %(name)s can say yes or no. Write down what they told you.") % {"name": found.partner.name}]
    return ask(
        request,
        form,
        title=title,
        caption=found.activity.title,
        button=_("Send my answer") if is_own else _("Write it down"),
        back=found,
        words=words,
        record=found,
    )


def _answer_form(request: PageRequest, offer: Offer, *, is_own: bool) -> forms.AnswerForm:
    """The answers that are possible now."""
    is_full = not queries.free_places(offer.activity)
    return forms.AnswerForm(posted(request), offer=offer, is_own=is_own, is_full=is_full, initial={"turn": offer.turn})


def _thanks(offer: Offer, *, is_own: bool) -> str:
    if not is_own:
        return _("Their answer is written down, and they are told.")
    if offer.status == Status.ACCEPTED:
        return _("Thank you. You take part. Whoever asked for you is told, and rings or writes before the first day.")
    if offer.status == Status.RESERVE:
        return _("Thank you. We tell you as soon as a place becomes free.")
    return _("Thank you for telling us. Nothing else changes.")


@page(allow=policies.may_see_activities)
def step_out(request: PageRequest, code: str) -> HttpResponse:
    """Change a yes into a no."""
    found = load_offer(request, code, policies.may_answer)
    is_own = policies.is_offered(request.viewer, found)
    form = forms.StepOutForm(posted(request), is_own=is_own, initial={"turn": found.turn})
    if form.is_valid() and attempt(form, commands.step_out, request.viewer, found, **form.cleaned_data):
        said = _("Thank you for telling us. Nobody asks why.") if is_own else _("It is written down, and they are told.")
        return done(request, said, to=found)
    if request.method == "GET":
        demand(is_going_on(found), _("This is not going on any more, so there is nothing to answer."))
        demand(found.status == Status.ACCEPTED, _("They do not take part now."))
    own = _("You need not say why. The lead and whoever asked for you are told. As long as there is a place, you can come back.")
    other = _("Only %(name)s can say this. Write down what they told you.") % {"name": found.partner.name}
    title = _("I have changed my mind") if is_own else _("They have changed their mind")
    return ask(
        request,
        form,
        title=title,
        caption=found.activity.title,
        button=_("I do not take part any more") if is_own else _("They do not take part any more"),
        back=found,
        words=[own if is_own else other],
        record=found,
        is_warning=True,
    )


@page(allow=policies.may_see_activities, methods=LOOKS)
def paper(request: PageRequest, code: str) -> HttpResponse:
    """The offer to print, with an answer to tear off and send back."""
    return _sheet(request, code, "activities/offer_paper.jinja")


@page(allow=policies.may_see_activities, methods=LOOKS)
def script(request: PageRequest, code: str) -> HttpResponse:
    """The offer to read out on the phone."""
    return _sheet(request, code, "activities/offer_script.jinja")


def _sheet(request: PageRequest, code: str, template: str) -> HttpResponse:
    found = load_offer(request, code, policies.may_answer)
    demand(is_going_on(found), _("This is not going on any more, so there is nothing to answer."))
    is_full = queries.offer_page(request.viewer, found).is_full
    return show(request, template, offer=found, activity=found.activity, is_full=is_full, today=today(), reader=request.viewer)


@page(allow=policies.may_see_activities, methods=LOOKS)
def back_paper(request: PageRequest, code: str) -> HttpResponse:
    """Giving back on paper: time, how it felt, what they want to say, and if what changed answers them."""
    return _giving_back(request, code, "activities/back_paper.jinja")


@page(allow=policies.may_see_activities, methods=LOOKS)
def back_script(request: PageRequest, code: str) -> HttpResponse:
    """The same, to ask on the phone."""
    return _giving_back(request, code, "activities/back_script.jinja")


def _giving_back(request: PageRequest, code: str, template: str) -> HttpResponse:
    found = load_offer(request, code, policies.may_answer)
    demand(found.status == Status.ACCEPTED, _("They do not take part now."))
    outcome = queries.newest(found.activity)
    return show(request, template, offer=found, activity=found.activity, outcome=outcome, today=today())
