"""Pages of partners' seats: offering one, answering, another time, the end."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from safety_partners.committees import commands, policies, queries
from safety_partners.committees.forms import sittings as forms
from safety_partners.committees.models import Sitting
from safety_partners.committees.queries.coverage import SeatNow
from safety_partners.committees.views.loading import ask, demand, load_committee, load_sitting
from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.core.working_days import today

LOOKS = ("GET",)
Status = Sitting.Status
TONES = {
    Status.OFFERED: "waiting",
    Status.SITS: "done",
    Status.DECLINED: "quiet",
    Status.WITHDRAWN: "quiet",
    Status.ENDED: "quiet",
}


def first_day(seat: SeatNow) -> dt.date:
    """The day from which the next partner could hold a seat: after everybody who holds it or was offered it, if that has an end."""
    ends = [one.until_on for one in seat.in_force if one.holds_from_on is not None and one.until_on is not None]
    return max([day + dt.timedelta(days=1) for day in ends], default=today())


@page(allow=policies.may_see_all_committees)
def offer(request: PageRequest, code: str, number: int) -> HttpResponse:
    """Offer a seat, from the day on which the last holder's time ends."""
    found = load_committee(request, code, policies.may_run)
    if request.method == "GET":
        demand(not found.is_over, _("This committee does not meet any more."))
    stands = queries.coverage(request.viewer, [found], with_attendance=False)[found.pk]
    seat = next((one for one in stands.seats if one.seat.number == number), None)
    if seat is None:
        raise Http404
    partners = {one.code: one for one in queries.partners_to_sit(request.viewer, found)}
    choices = [
        (code_, _("%(name)s (joining)") % {"name": one.name} if one.status == "joining" else one.name) for code_, one in partners.items()
    ]
    form = forms.OfferForm(posted(request), partners=choices, initial={"from_on": first_day(seat), "how": forms.HOLDS})
    if form.is_valid():
        given = {"partner": partners[form.cleaned_data["partner"]], "submission_key": form.cleaned_data["submission_key"]}
        seat.seat.committee = found
        if attempt(form, commands.offer_seat, request.viewer, seat.seat, **given, **form.times()):
            return done(request, _("The seat is offered. Nothing is settled until the partner says yes."), to=found)
    return show(
        request, "committees/offer.jinja", form=form, committee=found, seat=seat, stands=stands, has_partners=bool(partners), today=today()
    )


@page(allow=policies.may_see_committees, methods=LOOKS)
def sitting(request: PageRequest, code: str) -> HttpResponse:
    """One partner's seat: what it is, from when, how it stands, what can be done."""
    found = load_sitting(request, code)
    viewer = request.viewer
    is_own = policies.is_offered(viewer, found)
    whole = queries.committee_page(viewer, found.committee)
    return show(
        request,
        "committees/sitting.jinja",
        sitting=found,
        committee=found.committee,
        whole=whole,
        is_own=is_own,
        may_run=policies.may_run(viewer, found),
        tones=TONES,
        today=today(),
    )


@page(allow=policies.may_see_committees)
def answer(request: PageRequest, code: str) -> HttpResponse:
    """Yes or no to a seat, by the partner or as they said it."""
    found = load_sitting(request, code, policies.may_answer_offer)
    is_own = policies.is_offered(request.viewer, found)
    form = forms.AnswerForm(posted(request), is_own=is_own, initial={"turn": found.turn})
    if form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "is_taken"}
        command = commands.accept_seat if form.cleaned_data["is_taken"] else commands.decline_seat
        if attempt(form, command, request.viewer, found, **given):
            return done(request, _thanks(is_own, is_taken=form.cleaned_data["is_taken"]), to=found)
    if request.method == "GET":
        demand(found.status == Status.OFFERED, _("This was answered, or taken back."))
    title = _("Do you want to take this seat?") if is_own else _("Record their answer")
    words = [] if is_own else [_("Only %(name)s can say yes or no. Write down what they told you.") % {"name": found.partner.name}]
    return ask(
        request,
        form,
        title=title,
        caption=found.committee.name,
        button=_("Send my answer") if is_own else _("Write it down"),
        back=found,
        words=words,
        record=found,
    )


def _thanks(is_own: bool, *, is_taken: bool) -> str:
    if not is_own:
        return _("Their answer is written down.")
    return _("Thank you. The seat is yours.") if is_taken else _("Thank you for telling us. Nothing else changes.")


@page(allow=policies.may_see_all_committees)
def take_back(request: PageRequest, code: str) -> HttpResponse:
    """Take an offer back."""
    found = load_sitting(request, code, policies.may_run)
    form = forms.TurnForm(posted(request), initial={"turn": found.turn})
    if form.is_valid() and attempt(form, commands.take_back_offer, request.viewer, found, **form.cleaned_data):
        return done(request, _("The offer is taken back, and the partner is told."), to=found.committee)
    if request.method == "GET":
        demand(found.status == Status.OFFERED, _("This was answered, or taken back."))
    words = [_("%(name)s is told.") % {"name": found.partner.name}]
    title = _("Take the offer back")
    return ask(request, form, title=title, caption=found.committee.name, button=_("Take it back"), back=found, words=words, record=found)


@page(allow=policies.may_see_all_committees)
def adjust(request: PageRequest, code: str) -> HttpResponse:
    """Another beginning or end, to which the partner has said yes."""
    found = load_sitting(request, code, policies.may_run)
    is_own = policies.is_offered(request.viewer, found)
    form = forms.AdjustForm(posted(request), is_own=is_own, initial=forms.AdjustForm.initial_of(found))
    if form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name not in {"how", "holds_from_on"}}
        holds = form.holds_from(found.from_on)
        if attempt(form, commands.adjust_sitting, request.viewer, found, holds_from_on=holds, **given):
            return done(request, _("It is changed, and the partner is told."), to=found)
    if request.method == "GET":
        demand(found.status == Status.SITS, _("They do not sit there now."))
    words = [_("Talk with %(name)s first. Nothing about their seat changes unless they agree.") % {"name": found.partner.name}]
    title = _("Change the time of this seat")
    return ask(request, form, title=title, caption=found.committee.name, button=_("Save"), back=found, words=words, record=found)


@page(allow=policies.may_see_committees)
def leave(request: PageRequest, code: str) -> HttpResponse:
    """End a time at the table, today or on a day to come."""
    found = load_sitting(request, code, policies.may_answer_offer)
    is_own = policies.is_offered(request.viewer, found)
    form = forms.LeaveForm(posted(request), initial={"turn": found.turn, "last_on": today()})
    if form.is_valid() and attempt(form, commands.leave_seat, request.viewer, found, **form.cleaned_data):
        said = _("Thank you for everything you brought to it.") if is_own else _("It is written down, and the partner is told.")
        return done(request, said, to=found)
    if request.method == "GET":
        demand(found.status == Status.SITS, _("They do not sit there now."))
    own_words = [_("You need not say why. You stay a partner, and can take another seat later.")]
    words = own_words if is_own else [_("Talk with %(name)s first. They are told, and thanked.") % {"name": found.partner.name}]
    title = _("Give up this seat") if is_own else _("End their time in this seat")
    return ask(
        request, form, title=title, caption=found.committee.name, button=title, back=found, words=words, record=found, is_warning=True
    )
