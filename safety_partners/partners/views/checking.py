"""Pages of checks and of the register of interests."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from safety_partners.core.page import PageRequest, attempt, done, is_signed_in, page
from safety_partners.core.policy import Policy
from safety_partners.core.working_days import today
from safety_partners.partners import commands, policies
from safety_partners.partners.forms import checking as forms
from safety_partners.partners.models import Check, Interest, Partner
from safety_partners.partners.queries import caring
from safety_partners.partners.views.loading import ask, demand, demand_open, is_own, load, load_part, record_page

LOOKS = ("GET",)
KINDS = {caring.check_address(kind): kind for kind in Check.Kind}


# Checks


@page(allow=is_signed_in, methods=LOOKS)
def checks(request: PageRequest, code: str) -> HttpResponse:
    """Every sort of check: whether it may be asked for and why, then what came of it."""
    partner = load(request, code, policies.may_see_checks)
    return record_page(
        request,
        partner,
        "partners/record/checks.jinja",
        "partners:checks",
        lines=caring.check_lines(request.viewer, partner),
        may_decide=policies.may_decide_checks(request.viewer, partner) and partner.ended_on is None,
    )


@page(allow=is_signed_in)
def decide(request: PageRequest, code: str, kind: str) -> HttpResponse:
    """The decision, before anything is asked for."""
    partner = load(request, code, policies.may_decide_checks)
    if kind not in KINDS:
        raise Http404
    sort = KINDS[kind]
    found = Check.objects.visible_to(request.viewer).filter(partner=partner, kind=sort).first()
    initial = {name: getattr(found, name) for name in ("decision", "level", "reason")} if found else {}
    is_dbs = sort == Check.Kind.DBS
    form = forms.DecideCheckForm(request.POST or None, is_dbs=is_dbs, initial=initial)
    back = reverse("partners:checks", args=[partner.code])
    if form.is_valid() and attempt(form, commands.decide_check, request.viewer, partner, kind=sort.value, **form.cleaned_data):
        return done(request, _("The decision is written down."), to=back)
    demand_open(request, partner)
    if request.method == "GET":
        demand(not (found and found.outcome), _("The outcome is known already, so this decision cannot be changed."))
    words = [_("The law lets us ask for a criminal record check only where the role is eligible. So the decision comes first.")]
    words += [_("Work in committees and with documents usually needs none, or a basic one. See the DBS eligibility guidance on GOV.UK.")]
    return ask(
        request,
        partner,
        form,
        title=_("Decide: %(check)s") % {"check": sort.label},
        button=_("Write the decision down"),
        words=words if is_dbs else [],
        back=back,
    )


@page(allow=is_signed_in)
def outcome(request: PageRequest, code: str) -> HttpResponse:
    """What came of a check."""
    found: Check = load_part(request, Check.objects.visible_to(request.viewer), code, policies.may_decide_checks)
    form = forms.OutcomeForm(request.POST or None, initial={"outcome_on": today()})
    if form.is_valid() and attempt(form, commands.record_outcome, request.viewer, found, **form.cleaned_data):
        return done(request, _("It is written down."), to=found)
    demand_open(request, found.partner)
    if request.method == "GET":
        demand(found.decision == Check.Decision.REQUIRED, _("This check was not asked for, so it has no outcome."))
    words = [_("Only this and the day are kept. Do not keep the certificate, its number, or what it says. After six months this goes too.")]
    title = _("What came of it: %(check)s") % {"check": found.get_kind_display()}
    return ask(request, found.partner, form, title=title, button=_("Write it down"), words=words, back=found.get_absolute_url())


# Interests


@page(allow=is_signed_in, methods=LOOKS)
def interests(request: PageRequest, code: str) -> HttpResponse:
    """The register of interests, and when the partner last said that it is right."""
    partner = load(request, code)
    viewer, is_open = request.viewer, partner.ended_on is None
    return record_page(
        request,
        partner,
        "partners/record/interests.jinja",
        "partners:interests",
        found=caring.interests(viewer, partner),
        may_speak=policies.may_speak_for(viewer, partner) and is_open,
        may_handle=policies.may_lead(viewer, partner) and is_open,
    )


def _of(partner: Partner) -> str:
    return reverse("partners:interests", args=[partner.code])


def _load_interest(request: PageRequest, code: str, may: Policy) -> Interest:
    found: Interest = load_part(request, Interest.objects.visible_to(request.viewer), code, may)
    return found


@page(allow=is_signed_in)
def add_interest(request: PageRequest, code: str) -> HttpResponse:
    """Something that could bear on a partner's view, or another table at which they sit."""
    partner = load(request, code, policies.may_speak_for)
    form = forms.InterestForm(request.POST or None, is_own=is_own(request, partner))
    if form.is_valid() and attempt(form, commands.add_interest, request.viewer, partner, **form.cleaned_data):
        return done(request, _("It stands in the register. Declare the register when everything is in it."), to=_of(partner))
    demand_open(request, partner)
    words = [_("Having interests is normal, and no reason to leave the table. Saying so keeps everybody safe.")]
    return ask(request, partner, form, title=_("Add an interest"), button=_("Add it"), words=words, back=_of(partner))


@page(allow=is_signed_in)
def end_interest(request: PageRequest, code: str) -> HttpResponse:
    """Something is over."""
    found = _load_interest(request, code, policies.may_speak_for)
    form = forms.EndInterestForm(request.POST or None, initial={"until_on": today()})
    if form.is_valid() and attempt(form, commands.end_interest, request.viewer, found, **form.cleaned_data):
        return done(request, _("It is written down that it is over."), to=_of(found.partner))
    demand_open(request, found.partner)
    if request.method == "GET":
        demand(not found.is_over, _("This was ended already."))
    words = [_("It stays in the register, because it may have borne on what was said before.")]
    return ask(
        request, found.partner, form, title=_("It is over"), button=_("It is over"), words=words, read=found.what, back=_of(found.partner)
    )


@page(allow=is_signed_in)
def handle_interest(request: PageRequest, code: str) -> HttpResponse:
    """What was agreed about an interest."""
    found = _load_interest(request, code, policies.may_lead)
    form = forms.HandleInterestForm(request.POST or None, initial={"handling": found.handling})
    if form.is_valid() and attempt(form, commands.handle_interest, request.viewer, found, **form.cleaned_data):
        return done(request, _("It is written down."), to=_of(found.partner))
    demand_open(request, found.partner)
    title = _("What was agreed about it")
    return ask(request, found.partner, form, title=title, button=_("Save"), read=found.what, back=_of(found.partner))


@page(allow=is_signed_in)
def declare(request: PageRequest, code: str) -> HttpResponse:
    """The yearly word that the register is right."""
    partner = load(request, code, policies.may_speak_for)
    own = is_own(request, partner)
    form = forms.DeclareForm(request.POST or None, is_own=own)
    if form.is_valid() and attempt(form, commands.declare_interests, request.viewer, partner, **form.cleaned_data):
        return done(request, _("Thank you. It is declared.") if own else _("The declaration is written down."), to=_of(partner))
    demand_open(request, partner)
    current = [interest.what for interest in caring.interests(request.viewer, partner).current]
    words = [_("What stands in the register now:")] if current else [_("Nothing stands in the register now.")]
    title = _("Declare my interests") if own else _("Write down their declaration")
    return ask(request, partner, form, title=title, button=_("Declare"), words=words, read="\n\n".join(current), back=_of(partner))
