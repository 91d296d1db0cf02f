"""Pages on which the lead offers places: to whom, once more, reminders, taking back, and who is asked how often."""

from __future__ import annotations

import datetime as dt

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from safety_partners.activities import commands, policies, queries
from safety_partners.activities.commands.offering import demand_offering
from safety_partners.activities.forms import offers as forms
from safety_partners.activities.models import Offer
from safety_partners.activities.views.answering import load_offer
from safety_partners.activities.views.loading import ask, demand, load_activity
from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.core.working_days import today
from safety_partners.design import dates
from safety_partners.design.lists import BooleanFilter, Column, ListPage, Sort
from safety_partners.people.policies import is_lead

LOOKS = ("GET",)
TO_ANSWER = dt.timedelta(days=7)
Status = Offer.Status

SHARE = ListPage(
    columns=[
        Column("name", gettext_lazy("Partner"), sort="name"),
        Column("asked_this_year", gettext_lazy("Asked in the last year"), kind="number"),
        Column("yes_this_year", gettext_lazy("Said yes"), kind="number"),
        Column("asked_by", gettext_lazy("Asked by"), value=lambda _row: None),
        Column("last_asked_at", gettext_lazy("Last asked"), kind="date"),
        Column("minutes_this_month", gettext_lazy("Time given this month"), value=lambda row: forms.hours_of(row.minutes_this_month)),
    ],
    sorts=[Sort("name", gettext_lazy("Name, A to Z"), ["name_key", "id"], reverse_label=gettext_lazy("Name, Z to A"))],
    filters=[
        BooleanFilter(
            "never",
            gettext_lazy("Only those whom nobody asked in the last year"),
            apply=lambda rows, yes: queries.never_asked(rows) if yes else rows,
        )
    ],
    counted=ngettext_lazy("%(n)s partner", "%(n)s partners", "n"),
    caption=gettext_lazy("Who was asked, how often, and by whom"),
    empty=gettext_lazy("There are no partners here yet."),
)


@page(allow=is_lead)
def offer(request: PageRequest, code: str) -> HttpResponse:
    """Offer places: what partners will read, and whom to ask, with what is fair to know first."""
    found = load_activity(request, code, policies.is_lead_of)
    arranged = queries.arranged_for(found)
    if request.method == "GET":
        demand_offering(found, today(), arranged)
    people = queries.partners_to_ask(request.viewer, found, arranged.days)
    free = queries.choosable(people)
    form = forms.OfferForm(posted(request), asked=free, initial={"reply_by": today() + TO_ANSWER})
    if form.is_valid():
        by_code = {one.partner.code: one.partner for one in free}
        chosen = [by_code[one] for one in form.cleaned_data["partners"]]
        if attempt(form, commands.offer_places, request.viewer, found, **{**form.cleaned_data, "partners": chosen}):
            return done(request, _("The places are offered. Nothing is settled until a partner says yes."), to=found)
    return show(
        request,
        "activities/offer_new.jinja",
        form=form,
        activity=found,
        asked=[one for one in people if one.offer is not None],
        has_partners=bool(free),
        terms=queries.terms_for(found, arranged=arranged),
        says=dict(Status.choices),
    )


@page(allow=is_lead)
def again(request: PageRequest, code: str) -> HttpResponse:
    """Offer a place once more to somebody who said no, or whose offer was taken back."""
    found = load_offer(request, code, policies.is_lead_of)
    if request.method == "GET":
        demand_offering(found.activity, today(), queries.arranged_for(found.activity))
        demand(found.status in {Status.DECLINED, Status.STEPPED_OUT, Status.TAKEN_BACK}, _("They have this offer now."))
    initial = {"reply_by": today() + TO_ANSWER, "turn": found.turn, "note": found.note, "is_shadowing": found.is_shadowing}
    form = forms.AgainForm(posted(request), initial=initial)
    if form.is_valid() and attempt(form, commands.offer_again, request.viewer, found, **form.cleaned_data):
        return done(request, _("The place is offered again."), to=found)
    return ask(
        request,
        form,
        title=_("Offer the place again"),
        caption=found.activity.title,
        button=_("Offer it again"),
        back=found,
        words=[
            _("Talk with them first. A no was a no, and needed no reason."),
            _("They get a new copy of what they are offered, as it is now."),
        ],
        told=[found.partner.name],
        record=found,
    )


@page(allow=is_lead)
def take_back(request: PageRequest, code: str) -> HttpResponse:
    """Take an offer back before it is answered."""
    found = load_offer(request, code, policies.is_lead_of)
    form = forms.TurnForm(posted(request), initial={"turn": found.turn})
    if form.is_valid() and attempt(form, commands.take_back_place, request.viewer, found, **form.cleaned_data):
        return done(request, _("The offer is taken back, and the partner is told."), to=found.activity)
    if request.method == "GET":
        demand(found.status in {Status.OFFERED, Status.RESERVE}, _("This was answered, or taken back."))
    title = _("Take the offer back")
    return ask(
        request,
        form,
        title=title,
        caption=found.activity.title,
        button=_("Take it back"),
        back=found,
        told=[found.partner.name],
        record=found,
        is_warning=True,
    )


@page(allow=is_lead)
def remind(request: PageRequest, code: str) -> HttpResponse:
    """Write once more to those who have not answered; their names are shown first."""
    found = load_activity(request, code, policies.is_lead_of)
    waiting = queries.waiting_of(request.viewer, found)
    form = forms.TurnForm(posted(request), initial={"turn": found.turn})
    if form.is_valid() and attempt(form, commands.remind_waiting, request.viewer, found):
        return done(request, _("They are reminded."), to=found)
    if request.method == "GET":
        demand(bool(waiting), _("Everybody has answered."))
    return ask(
        request,
        form,
        title=_("Remind those who have not answered"),
        caption=found.title,
        button=_("Remind them"),
        back=found,
        words=[_("A no is fine, and needs no reason. If you hear nothing, ring them, or ask somebody else.")],
        told=[_told(one) for one in waiting],
    )


def _told(one: Offer) -> str:
    said = {"name": one.partner.name, "day": dates.day(one.reply_by), "last": dates.day(one.reminded_at)}
    if one.reminded_at:
        return _("%(name)s (asked to answer by %(day)s, reminded on %(last)s)") % said
    return _("%(name)s (asked to answer by %(day)s)") % said


@page(allow=is_lead, methods=LOOKS)
def fair_share(request: PageRequest) -> HttpResponse:
    """Who was asked, how often, by whom, and who never; by name, because this is no ranking."""
    listing = SHARE.show(queries.fair_share(request.viewer), request.GET, path=request.path)
    by = queries.asked_by(request.viewer, [row.pk for row in listing.rows])
    return show(request, "activities/fair_share.jinja", listing=listing, asked_by=by)
