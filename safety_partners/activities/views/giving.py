"""Pages of what partners give back: time, and how it felt."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from safety_partners.activities import commands, policies, queries
from safety_partners.activities.forms import giving as forms
from safety_partners.activities.forms.offers import hours_of
from safety_partners.activities.models import Felt, Offer, TimeGiven
from safety_partners.activities.queries.timing import NEWEST
from safety_partners.activities.views.answering import load_offer
from safety_partners.activities.views.loading import ask, demand
from safety_partners.committees.models import Meeting
from safety_partners.core.page import PageRequest, attempt, done, is_signed_in, page, posted, show
from safety_partners.design import dates
from safety_partners.design.lists import ChoiceFilter, Column, DateRangeFilter, ListPage, Sort
from safety_partners.partners import policies as partners
from safety_partners.partners.forms.said import PressForm
from safety_partners.partners.models import Partner

LOOKS = ("GET",)
Status = Offer.Status
SAW_IT = frozenset({Status.ACCEPTED, Status.STEPPED_OUT})


def what_for(row: Any) -> str:
    """What time was given for, in words."""
    if row.meeting is not None:
        return f"{row.meeting.committee.name}, {dates.day(row.meeting.starts_at)}"
    return row.activity.title if row.activity is not None else row.about


TIME = ListPage(
    columns=[
        Column("on", gettext_lazy("Day"), kind="date", sort="newest"),
        Column("what_for", gettext_lazy("What for"), value=what_for),
        Column("kind", gettext_lazy("What kind"), value=lambda row: row.get_kind_display()),
        Column("minutes", gettext_lazy("How long"), value=lambda row: hours_of(row.minutes)),
        Column("change", gettext_lazy("Change"), value=lambda _row: None),
    ],
    sorts=[Sort("newest", gettext_lazy("Newest first"), ["-on", "-id"], reverse_label=gettext_lazy("Oldest first"))],
    filters=[
        ChoiceFilter("kind", gettext_lazy("What kind"), choices=TimeGiven.Kind.choices),
        DateRangeFilter("on", gettext_lazy("Day"), field="on"),
    ],
    counted=ngettext_lazy("%(n)s line", "%(n)s lines", "n"),
    caption=gettext_lazy("Time given"),
    empty=gettext_lazy("No time is written down yet."),
)


def _load_partner(request: PageRequest, code: str) -> Partner:
    found: Partner = get_object_or_404(Partner.objects.visible_to(request.viewer).with_people(), code=code)
    return found


def _time_page(partner: Partner) -> str:
    return reverse("activities:time", args=[partner.code])


@page(allow=is_signed_in, methods=LOOKS)
def time(request: PageRequest, code: str) -> HttpResponse:
    """The time one partner gave: each line, and the sum of each month."""
    partner = _load_partner(request, code)
    rows = queries.time_of(request.viewer, partner).select_related("activity", "meeting__committee")
    return show(
        request,
        "activities/time.jinja",
        partner=partner,
        listing=TIME.show(rows, request.GET, path=request.path),
        months=[(month, hours_of(minutes)) for month, minutes in queries.months_of(request.viewer, partner)],
        is_own=partners.is_own(request.viewer, partner),
        may_write=partners.may_speak_for(request.viewer, partner),
    )


def _choices(partner: Partner, given: TimeGiven | None = None) -> dict[str, tuple[str, Any]]:
    """What time may be for, by its code: words and the record; what it was for until now stays among it."""
    found: dict[str, tuple[str, Any]] = {one.code: (one.title, one) for one in queries.activities_of(partner)[:NEWEST]}
    meetings = list(queries.meetings_of(partner).select_related("committee")[:NEWEST])
    kept = [given.meeting] if given is not None and given.meeting is not None else []
    for one in [*meetings, *kept]:
        found[one.code] = (_("%(committee)s, %(day)s") % {"committee": one.committee.name, "day": dates.day(one.starts_at)}, one)
    if given is not None and given.activity is not None:
        found[given.activity.code] = (given.activity.title, given.activity)
    return found


def _answers(form: forms.TimeForm, choices: dict[str, tuple[str, Any]]) -> dict[str, Any]:
    data = dict(form.cleaned_data)
    about = choices[data["what_for"]][1] if data["what_for"] in choices else None
    left = {name: value for name, value in data.items() if name not in {"what_for", "hours", "minutes", "turn"}}
    is_meeting = isinstance(about, Meeting)
    return {**left, "minutes": form.total(), "meeting": about if is_meeting else None, "activity": None if is_meeting else about}


@page(allow=is_signed_in)
def time_new(request: PageRequest, code: str) -> HttpResponse:
    """Write down time that was given."""
    partner = _load_partner(request, code)
    partners.may_speak_for.demand(request.viewer, partner)
    is_own, choices = partners.is_own(request.viewer, partner), _choices(partner)
    initial = {"what_for": request.GET.get("for", ""), "turn": 0}
    form = forms.TimeForm(posted(request), is_own=is_own, what_for=_words(choices), initial=initial)
    if form.is_valid() and attempt(form, commands.give_time, request.viewer, partner, **_answers(form, choices)):
        return done(request, _("It is written down. Thank you."), to=_time_page(partner))
    title = _("Write down time you gave") if is_own else _("Write down time they gave")
    words = [_("It helps us to ask for no more than is fair. Nobody judges how much you give.")] if is_own else []
    return ask(request, form, title=title, caption=partner.name, button=_("Write it down"), back=_time_page(partner), words=words)


def _words(choices: dict[str, tuple[str, Any]]) -> list[tuple[str, str]]:
    return [(code, words) for code, (words, _record) in choices.items()]


def _load_time(request: PageRequest, code: str) -> TimeGiven:
    rows = TimeGiven.objects.visible_to(request.viewer).select_related(
        "partner__membership__user", "partner__organisation", "activity", "meeting__committee"
    )
    found: TimeGiven = get_object_or_404(rows, code=code)
    partners.may_speak_for.demand(request.viewer, found)
    return found


@page(allow=is_signed_in)
def time_change(request: PageRequest, code: str) -> HttpResponse:
    """Correct a line."""
    found = _load_time(request, code)
    choices = _choices(found.partner, found)
    is_own = partners.is_own(request.viewer, found)
    form = forms.TimeForm(posted(request), is_own=is_own, what_for=_words(choices), initial=forms.TimeForm.initial_of(found))
    if form.is_valid():
        given = {**_answers(form, choices), "turn": form.cleaned_data["turn"]}
        if attempt(form, commands.change_time, request.viewer, found, **given):
            return done(request, _("It is changed."), to=_time_page(found.partner))
    return ask(
        request,
        form,
        title=_("Change this line"),
        caption=found.partner.name,
        button=_("Save"),
        back=_time_page(found.partner),
        words=[] if is_own else [_("Talk with %(name)s first: it is their time.") % {"name": found.partner.name}],
        record=found,
    )


@page(allow=is_signed_in)
def time_delete(request: PageRequest, code: str) -> HttpResponse:
    """Take a line away."""
    found = _load_time(request, code)
    form = forms.CloseForm(posted(request), initial={"turn": found.turn})
    if form.is_valid() and attempt(form, commands.take_away_time, request.viewer, found, **form.cleaned_data):
        return done(request, _("It is taken away."), to=_time_page(found.partner))
    said = {"day": dates.day(found.on), "for": what_for(found), "time": hours_of(found.minutes)}
    return ask(
        request,
        form,
        title=_("Take this line away"),
        caption=found.partner.name,
        button=_("Take it away"),
        back=_time_page(found.partner),
        words=[_("%(day)s: %(for)s, %(time)s.") % said],
        record=found,
        is_warning=True,
    )


# How it felt


@page(allow=policies.may_see_activities)
def felt(request: PageRequest, code: str) -> HttpResponse:
    """How it felt to take part: for the partner alone, unless they share it."""
    found = load_offer(request, code, policies.may_answer)
    is_own = policies.is_offered(request.viewer, found)
    kept = Felt.objects.visible_to(request.viewer).filter(offer=found).first()
    initial = {"words": kept.words, "shared_with": kept.shared_with} if kept else {}
    form = forms.FeltForm(posted(request), is_own=is_own, initial={**initial, "turn": kept.turn if kept else 0})
    if form.is_valid() and attempt(form, commands.say_how_it_felt, request.viewer, found, **form.cleaned_data):
        return done(request, _("It is kept."), to=found)
    if request.method == "GET":
        demand(found.status in SAW_IT, _("This is for those who take part, or did."))
    if form.is_bound and kept is not None:
        form.renew(turn=kept.turn)
    own = _("This is for you. Nobody else reads it unless you choose so, and it is used for no review of you.")
    other = _("Only write down what they want somebody else to read. What is for them alone they write themselves, or on paper.")
    return ask(
        request,
        form,
        title=_("How it felt") if is_own else _("Write down how it felt for them"),
        caption=found.activity.title,
        button=_("Keep it"),
        back=found,
        words=[own if is_own else other],
    )


@page(allow=policies.may_see_activities)
def felt_delete(request: PageRequest, code: str) -> HttpResponse:
    """Take away how it felt."""
    rows = Felt.objects.visible_to(request.viewer).select_related("offer__activity__organisation", "offer__partner")
    found: Felt = get_object_or_404(rows, code=code)
    policies.is_own.demand(request.viewer, found)
    form = PressForm(posted(request))
    if form.is_valid() and attempt(form, commands.take_away_felt, request.viewer, found, **form.cleaned_data):
        return done(request, _("It is gone."), to=found.offer)
    return ask(
        request,
        form,
        title=_("Take away how it felt"),
        caption=found.offer.activity.title,
        button=_("Take it away"),
        back=found.offer,
        words=[_("It is gone for good, for you and for everybody you shared it with.")],
        is_warning=True,
    )
