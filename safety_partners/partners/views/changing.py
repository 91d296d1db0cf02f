"""Pages of the role and the term: what changes only when the partner agrees, and how long."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from safety_partners.core.page import PageRequest, attempt, done, is_signed_in, page
from safety_partners.core.working_days import today
from safety_partners.partners import commands, policies, queries
from safety_partners.partners.forms import agreeing as forms
from safety_partners.partners.forms.records import TurnForm
from safety_partners.partners.forms.said import without
from safety_partners.partners.models import RoleChange, RoleVersion
from safety_partners.partners.queries.describing import role_versions_in_use
from safety_partners.partners.queries.whole import SERVING
from safety_partners.partners.views.loading import ask, demand, is_own, load, load_part, record_page

LOOKS = ("GET",)
Status = RoleChange.Status
TONES = {Status.PROPOSED: "waiting", Status.AGREED: "done", Status.DECLINED: "quiet", Status.TAKEN_BACK: "quiet"}


@page(allow=is_signed_in, methods=LOOKS)
def role_and_term(request: PageRequest, code: str) -> HttpResponse:
    """The role, what was proposed to change about it, and every term."""
    partner = load(request, code)
    whole = queries.whole(request.viewer, partner)
    return record_page(
        request,
        partner,
        "partners/record/role_and_term.jinja",
        "partners:role-and-term",
        whole=whole,
        role_title=queries.role_title(partner),
        tones=TONES,
        today=today(),
        words_of_role=RoleVersion.WORDS,
        steps=[step for step in queries.next_steps(request.viewer, whole) if any(part in step.href for part in ("/propose/", "/term/"))],
        may_answer=policies.may_speak_for(request.viewer, partner),
        may_take_back=policies.may_keep(request.viewer, partner) and not is_own(request, partner),
    )


@page(allow=is_signed_in)
def propose(request: PageRequest, code: str) -> HttpResponse:
    """Propose a change; the partner answers."""
    partner = load(request, code, policies.may_keep)
    roles = role_versions_in_use(request.viewer)
    form = forms.ProposeForm(request.POST or None, roles=[(row.code, row.role.title) for row in roles])
    if form.is_valid():
        role = next((row for row in roles if row.code == form.cleaned_data.get("role")), None)
        given = without(form.cleaned_data, "role")
        if attempt(form, commands.propose_role_change, request.viewer, partner, role=role, **given):
            return done(
                request, _("The partner is asked. Nothing changes until they agree."), to="partners:role-and-term", code=partner.code
            )
    if request.method == "GET":
        demand(partner.status in SERVING, _("They are leaving, or have left."))
    words = [_("Nothing changes unless the partner agrees. A no needs no reason, and everything then stays as it is.")]
    return ask(request, partner, form, title=_("Propose a change of the role"), button=_("Ask the partner"), words=words)


def _load(request: PageRequest, code: str) -> RoleChange:
    rows = RoleChange.objects.visible_to(request.viewer).select_related("role__role")
    found: RoleChange = load_part(request, rows, code)
    return found


@page(allow=is_signed_in)
def answer(request: PageRequest, code: str) -> HttpResponse:
    """Yes or no to a change, by the partner or as they said it."""
    change = _load(request, code)
    policies.may_speak_for.demand(request.viewer, change)
    own = is_own(request, change.partner)
    form = forms.AnswerForm(request.POST or None, is_own=own, initial={"turn": change.turn})
    if form.is_valid() and attempt(form, commands.answer_role_change, request.viewer, change, **form.cleaned_data):
        return done(
            request,
            _("Thank you. Your answer is written down.") if own else _("Their answer is written down."),
            to="partners:role-and-term",
            code=change.partner.code,
        )
    if request.method == "GET":
        demand(change.status == Status.PROPOSED, _("This was answered, or taken back."))
    return ask(
        request,
        change.partner,
        form,
        title=_("A change of your role") if own else _("Record the answer to a change of the role"),
        button=_("Send your answer") if own else _("Write it down"),
        words=[_("Nothing changes unless you agree.")] if own else [],
        record=change,
        read=change.what,
    )


@page(allow=is_signed_in)
def take_back(request: PageRequest, code: str) -> HttpResponse:
    """Take a proposal back."""
    change = _load(request, code)
    policies.may_keep.demand(request.viewer, change)
    form = TurnForm(request.POST or None, initial={"turn": change.turn})
    if form.is_valid() and attempt(form, commands.take_back_role_change, request.viewer, change, **form.cleaned_data):
        return done(request, _("It is taken back, and the partner is told."), to="partners:role-and-term", code=change.partner.code)
    if request.method == "GET":
        demand(change.status == Status.PROPOSED, _("This was answered, or taken back."))
    return ask(request, change.partner, form, title=_("Take the proposal back"), button=_("Take it back"), record=change, read=change.what)


@page(allow=is_signed_in)
def extend(request: PageRequest, code: str) -> HttpResponse:
    """A further term, to which the partner has said yes."""
    partner = load(request, code, policies.may_lead)
    form = forms.ExtendForm(request.POST or None)
    if form.is_valid() and attempt(form, commands.extend_term, request.viewer, partner, **form.cleaned_data):
        return done(
            request, _("The further term is written down, and the partner is told."), to="partners:role-and-term", code=partner.code
        )
    term = queries.current_term(partner)
    if request.method == "GET":
        demand(partner.status in SERVING and term is not None and not term.decision, _("It is decided already how this term ends."))
    return ask(request, partner, form, title=_("Agree a further term"), button=_("Write it down"), term=term)


@page(allow=is_signed_in)
def let_end(request: PageRequest, code: str) -> HttpResponse:
    """The term ends as was agreed."""
    partner = load(request, code, policies.may_lead)
    form = TurnForm(request.POST or None, initial={"turn": partner.turn})
    if form.is_valid() and attempt(form, commands.let_term_end, request.viewer, partner, **form.cleaned_data):
        return done(request, _("The partner is told, and asked for a talk."), to="partners:leaving", code=partner.code)
    term = queries.current_term(partner)
    if request.method == "GET":
        demand(partner.status in SERVING and term is not None and not term.decision, _("It is decided already how this term ends."))
    words = [_("Talk with them first. They are told that their term ends on its day, thanked, and asked whether they would like a talk.")]
    return ask(request, partner, form, title=_("Let the term end"), button=_("The term ends"), words=words, term=term)
