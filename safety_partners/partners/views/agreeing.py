"""Pages of agreements: writing, making ready, signing, recording a signature, and looking at what was signed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from safety_partners.core.page import PageRequest, attempt, done, is_signed_in, page, show
from safety_partners.core.policy import Policy
from safety_partners.core.viewer import Viewer
from safety_partners.partners import commands, policies, queries
from safety_partners.partners.forms import agreeing as forms
from safety_partners.partners.forms.records import TurnForm
from safety_partners.partners.models import Agreement, Partner
from safety_partners.partners.views.loading import ask, demand, is_own, load, load_part, record_page

LOOKS = ("GET",)
Kind, Status = Agreement.Kind, Agreement.Status
TONES = {Status.DRAFT: "doing", Status.TO_SIGN: "waiting", Status.SIGNED: "done", Status.REPLACED: "quiet"}


def _load(request: PageRequest, code: str, may: Policy | None = None) -> Agreement:
    found: Agreement = load_part(request, Agreement.objects.visible_to(request.viewer), code, may)
    return found


@page(allow=is_signed_in)
def agreements(request: PageRequest, code: str) -> HttpResponse:
    """Every agreement with this partner; the lead and the named contact begin a new one here."""
    viewer = request.viewer
    partner = load(request, code)
    if request.method == "POST":
        policies.may_keep.demand(viewer, partner)
        kind = Kind.CONFIDENTIALITY if Kind.CONFIDENTIALITY in request.POST else Kind.WORKING_TOGETHER
        made = commands.begin_agreement(viewer, partner, kind=kind)
        return done(request, _("It is begun, and the partner is told."), to=made)
    return record_page(
        request,
        partner,
        "partners/record/agreements.jinja",
        "partners:agreements",
        agreed=queries.agreements(viewer, partner),
        may_begin=policies.may_keep(viewer, partner) and not is_own(request, partner) and partner.ended_on is None,
        tones=TONES,
    )


@page(allow=is_signed_in, methods=LOOKS)
def agreement(request: PageRequest, code: str) -> HttpResponse:
    """One agreement: what each side wrote, or the words as they were signed, and who signed them."""
    found = get_object_or_404(queries.agreements_with_signatures(request.viewer), code=code)
    return record_page(
        request,
        found.partner,
        "partners/record/agreement.jinja",
        "partners:agreements",
        agreement=found,
        tone=TONES[Status(found.status)],
        signatures={signature.party: signature for signature in found.signatures.all()},
        may=_may(request.viewer, found),
    )


def _may(viewer: Viewer, found: Agreement) -> dict[str, bool]:
    """What the viewer can do with an agreement as it stands."""
    partner: Partner = found.partner
    own, keeps = policies.is_own(viewer, partner), policies.may_keep(viewer, partner)
    is_draft, is_offered = found.status == Status.DRAFT, found.status == Status.TO_SIGN
    parties = {signature.party for signature in found.signatures.all()}
    return {
        "write_ours": is_draft and keeps and not own,
        "write_theirs": is_draft and (own or keeps),
        "offer": is_draft and (own or (keeps and found.partner_wrote_at is not None)),
        "sign": is_offered and own and "partner" not in parties,
        "record": is_offered and keeps and not own and "partner" not in parties,
        "sign_for_us": is_offered and keeps and not own and "organisation" not in parties,
        "reopen": is_offered and (own or keeps) and found.kind == Kind.WORKING_TOGETHER,
    }


@page(allow=is_signed_in, methods=LOOKS)
def print_agreement(request: PageRequest, code: str) -> HttpResponse:
    """The agreement to print: to be read on paper, and signed there."""
    found = get_object_or_404(queries.agreements_with_signatures(request.viewer), code=code)
    signatures = {signature.party: signature for signature in found.signatures.all()}
    return show(request, "partners/record/agreement_print.jinja", agreement=found, partner=found.partner, signatures=signatures)


@page(allow=is_signed_in)
def our_words(request: PageRequest, code: str) -> HttpResponse:
    """The organisation's part."""
    found = _load(request, code, policies.may_keep)
    form = forms.OurWordsForm(request.POST or None, initial={"words": found.organisation_words, "turn": found.turn})
    if form.is_valid() and attempt(form, commands.write_our_words, request.viewer, found, **form.cleaned_data):
        return done(request, _("Your part is saved."), to=found)
    if request.method == "GET":
        demand(found.status == Status.DRAFT and found.kind == Kind.WORKING_TOGETHER, _("It can no longer be changed as it stands."))
    return ask(request, found.partner, form, title=_("The organisation’s part"), button=_("Save"), record=found)


@page(allow=is_signed_in)
def partner_words(request: PageRequest, code: str) -> HttpResponse:
    """The partner's part, by themselves or as they said it."""
    found = _load(request, code, policies.may_speak_for)
    own = is_own(request, found.partner)
    form = forms.PartnerWordsForm(request.POST or None, is_own=own, initial={"words": found.partner_words, "turn": found.turn})
    if form.is_valid() and attempt(form, commands.write_partner_words, request.viewer, found, **form.cleaned_data):
        return done(request, _("Your part is saved.") if own else _("Their part is written down."), to=found)
    if request.method == "GET":
        demand(found.status == Status.DRAFT and found.kind == Kind.WORKING_TOGETHER, _("It can no longer be changed as it stands."))
    title = _("Your part") if own else _("What the partner says")
    return ask(request, found.partner, form, title=title, button=_("Save"), record=found, read=found.organisation_words)


def _press(
    request: PageRequest, found: Agreement, *, can: bool, title: str, button: str, words: list[str], command: object, said: str
) -> HttpResponse:
    """A page with nothing to answer but a button."""
    form = TurnForm(request.POST or None, initial={"turn": found.turn})
    if form.is_valid() and attempt(form, command, request.viewer, found, **form.cleaned_data):  # type: ignore[arg-type]
        return done(request, said, to=found)
    if request.method == "GET":
        demand(can, _("This is not how it stands any more. Open the agreement again."))
    return ask(request, found.partner, form, title=title, button=button, words=words, record=found)


@page(allow=is_signed_in)
def offer(request: PageRequest, code: str) -> HttpResponse:
    """Both parts are put together for both to sign."""
    found = _load(request, code, policies.may_speak_for)
    return _press(
        request,
        found,
        can=_may(request.viewer, found)["offer"],
        title=_("Make it ready to sign"),
        button=_("It is ready to sign"),
        words=[_("Both parts are put together. Nobody can change a word then, unless one of you takes the agreement up again.")],
        command=commands.offer_agreement,
        said=_("It is ready to sign, and both sides are told."),
    )


@page(allow=is_signed_in)
def reopen(request: PageRequest, code: str) -> HttpResponse:
    """Taken up again before both have signed."""
    found = _load(request, code, policies.may_speak_for)
    return _press(
        request,
        found,
        can=_may(request.viewer, found)["reopen"],
        title=_("Change something first"),
        button=_("Take it up again"),
        words=[_("Both parts can be written again. A signature that is there already no longer counts, and both sides are told.")],
        command=commands.reopen_agreement,
        said=_("It is taken up again."),
    )


@page(allow=is_signed_in)
def sign(request: PageRequest, code: str) -> HttpResponse:
    """The partner signs by typing their name."""
    found = _load(request, code, policies.is_own)
    form = forms.SignForm(request.POST or None, initial={"turn": found.turn})
    if form.is_valid() and attempt(form, commands.sign_agreement, request.viewer, found, **form.cleaned_data):
        return done(request, _("You have signed. Thank you."), to=found)
    if request.method == "GET":
        demand(found.status == Status.TO_SIGN, _("This is not ready to sign, or is signed already."))
    words = [_("Read it first. To change something, go back and take it up again. You can also sign on paper, or say yes on the phone.")]
    return ask(request, found.partner, form, title=_("Sign"), button=_("Sign"), words=words, record=found, read=found.words)


@page(allow=is_signed_in)
def record_signature(request: PageRequest, code: str) -> HttpResponse:
    """The partner signed on paper, or said yes."""
    found = _load(request, code, policies.may_keep)
    form = forms.RecordSignatureForm(request.POST or None, initial={"turn": found.turn, "name": found.partner.membership.name})
    if form.is_valid() and attempt(form, commands.record_signature, request.viewer, found, **form.cleaned_data):
        return done(request, _("Their signature is recorded."), to=found)
    if request.method == "GET":
        demand(found.status == Status.TO_SIGN, _("This is not ready to sign, or is signed already."))
    words = [_("For somebody who signed on paper, or to whom you read it and who said yes. You are named as the one who wrote it down.")]
    return ask(
        request,
        found.partner,
        form,
        title=_("Record the partner’s signature"),
        button=_("Record it"),
        words=words,
        record=found,
        read=found.words,
    )


@page(allow=is_signed_in)
def sign_for_us(request: PageRequest, code: str) -> HttpResponse:
    """The organisation signs."""
    found = _load(request, code, policies.may_keep)
    form = forms.SignForUsForm(request.POST or None, initial={"turn": found.turn, "how": "typed"})
    if form.is_valid() and attempt(form, commands.sign_for_organisation, request.viewer, found, **form.cleaned_data):
        return done(request, _("Signed for the organisation."), to=found)
    if request.method == "GET":
        demand(found.status == Status.TO_SIGN, _("This is not ready to sign, or is signed already."))
    return ask(request, found.partner, form, title=_("Sign for the organisation"), button=_("Sign"), record=found, read=found.words)
