"""Pages of what helps somebody take part, and of talks."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from safety_partners.core.page import PageRequest, attempt, done, is_signed_in, page, show
from safety_partners.core.policy import Policy
from safety_partners.core.working_days import today
from safety_partners.design.lists import ChoiceFilter, Column, ListPage, Sort
from safety_partners.partners import commands, policies
from safety_partners.partners.forms import supporting as forms
from safety_partners.partners.forms.said import PressSaidForm, without
from safety_partners.partners.models import AccessNeed, CheckIn, Partner
from safety_partners.partners.queries import caring
from safety_partners.partners.queries.seen import DECISION, state_of
from safety_partners.partners.views.loading import ask, demand, demand_open, is_own, load, load_part, press, record_page

LOOKS = ("GET",)
Status = AccessNeed.Status
TONES = {Status.ASKED: "waiting", Status.MET: "done", Status.NOT_MET: "stopped"}


# What helps to take part


@page(allow=is_signed_in, methods=LOOKS)
def access(request: PageRequest, code: str) -> HttpResponse:
    """What somebody needs to take part: met, not met and why, or not decided yet."""
    partner = load(request, code, policies.may_speak_for)
    return record_page(
        request,
        partner,
        "partners/record/access.jinja",
        "partners:access",
        needs=caring.access_needs(request.viewer, partner),
        tones=TONES,
        may_speak=partner.ended_on is None,
        may_decide=policies.may_keep(request.viewer, partner) and partner.ended_on is None,
    )


UNMET = ListPage(
    fields=("code", "kind", "status", "reason", "partner__code", "partner__known_as", "partner__membership__user__name"),
    columns=[
        Column("who", gettext_lazy("Partner"), value=lambda row: row.partner__known_as or row.partner__membership__user__name),
        Column("kind", gettext_lazy("What it is about"), value=lambda row: AccessNeed.Kind(row.kind).label),
        Column("status", gettext_lazy("How it stands"), kind="status", says=dict(Status.choices), tones=TONES),
        Column("reason", gettext_lazy("Why, and what we do about it")),
    ],
    sorts=[Sort("oldest", gettext_lazy("Oldest first"), ["id"], reverse_label=gettext_lazy("Newest first"))],
    filters=[
        ChoiceFilter("status", gettext_lazy("How it stands"), choices=[(one.value, one.label) for one in (Status.ASKED, Status.NOT_MET)]),
        ChoiceFilter("kind", gettext_lazy("What it is about"), choices=AccessNeed.Kind.choices),
    ],
    counted=ngettext_lazy("%(n)s thing", "%(n)s things", "n"),
    caption=gettext_lazy("What partners need and do not have"),
    empty=gettext_lazy("Everything that partners need to take part is met."),
)


@page(allow=policies.may_run_programme, methods=LOOKS)
def unmet(request: PageRequest) -> HttpResponse:
    """What any partner needs to take part and does not have."""
    listing = UNMET.show(caring.unmet(request.viewer), request.GET, path=request.path)
    return show(request, "partners/record/unmet.jinja", listing=listing)


def _access_of(partner: Partner) -> str:
    return reverse("partners:access", args=[partner.code])


@page(allow=is_signed_in)
def ask_for_access(request: PageRequest, code: str) -> HttpResponse:
    """Say what would help, in the partner's own words."""
    partner = load(request, code, policies.may_speak_for)
    own = is_own(request, partner)
    form = forms.AccessForm(request.POST or None, is_own=own)
    if form.is_valid() and attempt(form, commands.ask_for_access, request.viewer, partner, **form.cleaned_data):
        return done(request, _("Thank you. We tell you what we can do.") if own else _("It is written down."), to=_access_of(partner))
    demand_open(request, partner)
    title = _("What would help me take part") if own else _("What would help them take part")
    return ask(request, partner, form, title=title, button=_("Save"), back=_access_of(partner))


@page(allow=is_signed_in)
def need_nothing(request: PageRequest, code: str) -> HttpResponse:
    """Nothing special is needed now."""
    partner = load(request, code, policies.may_speak_for)
    own = is_own(request, partner)
    form = PressSaidForm(request.POST or None, is_own=own)
    if form.is_valid() and attempt(form, commands.need_nothing, request.viewer, partner, **form.cleaned_data):
        return done(request, _("It is written down. It can be said differently at any time."), to=_access_of(partner))
    demand_open(request, partner)
    title = _("I need nothing special") if own else _("They need nothing special")
    words = [_("It can be said differently at any time.")]
    return ask(request, partner, form, title=title, button=_("Save"), words=words, back=_access_of(partner))


def _load_need(request: PageRequest, code: str, may: Policy) -> AccessNeed:
    found: AccessNeed = load_part(request, AccessNeed.objects.visible_to(request.viewer), code, may)
    demand_open(request, found.partner)
    if request.method == "GET":
        demand(found.ended_on is None, _("They do not need this any more."))
    return found


@page(allow=is_signed_in)
def decide_access(request: PageRequest, code: str) -> HttpResponse:
    """Met, or not met and why."""
    found = _load_need(request, code, policies.may_keep)
    initial: dict[str, Any] = {"reason": found.reason, "review_on": found.review_on, "seen": state_of(found, DECISION)}
    if found.status != Status.ASKED:
        initial["status"] = found.status
    form = forms.DecideAccessForm(request.POST or None, initial=initial)
    back = _access_of(found.partner)
    if form.is_valid() and attempt(form, commands.decide_access, request.viewer, found, **form.cleaned_data):
        return done(request, _("It is written down, and the partner is told."), to=back)
    about = {"read": found.what, "back": back, "record": found, "seen": DECISION}
    return ask(request, found.partner, form, title=_("Can it be met?"), button=_("Save"), **about)


@page(allow=is_signed_in)
def end_access(request: PageRequest, code: str) -> HttpResponse:
    """Not needed any more."""
    found = _load_need(request, code, policies.may_speak_for)
    return press(
        request,
        found.partner,
        commands.end_access,
        about=found,
        title=_("It is not needed any more"),
        button=_("It is not needed any more"),
        said=_("It is written down."),
        to="partners:access",
        words=[found.what],
    )


# Talks


@page(allow=is_signed_in, methods=LOOKS)
def talks(request: PageRequest, code: str) -> HttpResponse:
    """Talks between a partner and whom they can turn to: planned, held, and what both agreed."""
    partner = load(request, code, policies.may_speak_for)
    return record_page(
        request,
        partner,
        "partners/record/talks.jinja",
        "partners:talks",
        check_ins=caring.check_ins(request.viewer, partner),
        may_plan=policies.may_keep(request.viewer, partner) and partner.ended_on is None,
        is_open=partner.ended_on is None,
    )


def _talks_of(partner: Partner) -> str:
    return reverse("partners:talks", args=[partner.code])


@page(allow=is_signed_in)
def plan_talk(request: PageRequest, code: str) -> HttpResponse:
    """Plan a talk."""
    partner = load(request, code, policies.may_keep)
    people = {member.code: member for member in caring.may_talk_with(partner)}
    names = [(code, member.name) for code, member in people.items()]
    form = forms.PlanTalkForm(request.POST or None, people=names, initial={"with_member": partner.contact.code if partner.contact else ""})
    if form.is_valid():
        given = without(form.cleaned_data, "with_member")
        who = people[form.cleaned_data["with_member"]]
        if attempt(form, commands.plan_check_in, request.viewer, partner, with_member=who, **given):
            return done(request, _("The talk is planned, and both are told."), to=_talks_of(partner))
    demand_open(request, partner)
    return ask(request, partner, form, title=_("Plan a talk"), button=_("Plan it"), back=_talks_of(partner))


@page(allow=is_signed_in)
def ask_for_talk(request: PageRequest, code: str) -> HttpResponse:
    """The partner would like to talk; no reason is asked."""
    partner = load(request, code, policies.is_own)
    demand_open(request, partner)
    who = partner.contact.name if partner.contact else _("The partner lead")
    return press(
        request,
        partner,
        commands.ask_for_check_in,
        title=_("I would like to talk"),
        button=_("Ask for a talk"),
        said=_("They are told, and will get in touch with you."),
        to="partners:talks",
        words=[_("%(name)s is told that you would like to talk. You do not need to say why.") % {"name": who}],
    )


def _load_talk(request: PageRequest, code: str, may: Policy) -> CheckIn:
    found: CheckIn = load_part(request, CheckIn.objects.visible_to(request.viewer).select_related("with_member__user"), code, may)
    demand_open(request, found.partner)
    if request.method == "GET":
        demand(found.is_planned, _("Somebody has noted already what became of this talk."))
    return found


@page(allow=is_signed_in)
def hold_talk(request: PageRequest, code: str) -> HttpResponse:
    """A talk was held."""
    found = _load_talk(request, code, policies.may_keep)
    form = forms.HoldTalkForm(request.POST or None, initial={"held_on": min(found.planned_on, today())})
    back = _talks_of(found.partner)
    if form.is_valid() and attempt(form, commands.hold_check_in, request.viewer, found, **form.cleaned_data):
        return done(request, _("It is written down."), to=back)
    words = [_("The partner reads what you write here.")]
    return ask(request, found.partner, form, title=_("The talk was held"), button=_("Save"), words=words, back=back)


@page(allow=is_signed_in)
def cancel_talk(request: PageRequest, code: str) -> HttpResponse:
    """A talk is cancelled."""
    found = _load_talk(request, code, policies.may_speak_for)
    return press(
        request,
        found.partner,
        commands.cancel_check_in,
        about=found,
        title=_("Cancel this talk"),
        button=_("Cancel the talk"),
        said=_("The talk is cancelled, and the other side is told."),
        to="partners:talks",
        words=[_("No reason is asked. Another day can be found at any time.")],
    )
