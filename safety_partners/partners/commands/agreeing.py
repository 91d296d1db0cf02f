"""Agreements: written by both, offered, signed by both, sealed at the second signature; a new version follows, none is changed."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from safety_partners.core import clock
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.seals import seal
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.partners import policies, queries
from safety_partners.partners.commands.needing import finish_need_of
from safety_partners.partners.commands.rules import demand_serving, demand_words, said
from safety_partners.partners.commands.telling import tell_partner, tell_support
from safety_partners.partners.models import Agreement, NeedKind, Partner, Recorded, Signature

Kind, Status = Agreement.Kind, Agreement.Status
Party, How = Signature.Party, Signature.How
NEED_OF = {Kind.WORKING_TOGETHER: NeedKind.AGREEMENT, Kind.CONFIDENTIALITY: NeedKind.CONFIDENTIALITY}


@command(allow=policies.may_keep, details=("kind", "number"))
def begin_agreement(viewer: Viewer, partner: Partner, /, *, kind: str) -> Agreement:
    """Begin an agreement, or a new version of one, with the organisation's words.

    What was signed stays in force until both have signed the new one. The confidentiality agreement is the same for
    everybody, so it can be signed at once; the other is written by both first.
    """
    demand_serving(partner)
    in_the_making = Agreement.objects.filter(partner=partner, kind=kind, status__in=[Status.DRAFT, Status.TO_SIGN])
    if in_the_making.exists():
        raise Overtaken(_("One is being written already."))
    member = partner.membership
    with override(member.language):
        text = queries.filled(member.organisation, kind, name=partner.name, role=queries.role_title(partner)).text
    earlier = Agreement.objects.filter(partner=partner, kind=kind)
    last = earlier.filter(status=Status.SIGNED).first()
    agreement = Agreement(partner=partner, kind=kind, organisation_words=text)
    agreement.number = (earlier.aggregate(last=Max("number"))["last"] or 0) + 1
    if kind == Kind.WORKING_TOGETHER and last is not None:
        for field in ("organisation_words", "partner_words", "capture", "recorded_by_id", "is_read_back"):
            setattr(agreement, field, getattr(last, field))
    agreement.save()
    if kind == Kind.CONFIDENTIALITY:
        Agreement.lifecycle.move(agreement, "offer", words=text)
    tell_partner(viewer, partner, "partners/agreement_begun", agreement)
    return agreement


@command(allow=policies.may_keep)
def write_our_words(viewer: Viewer, agreement: Agreement, /, *, words: str, turn: int | None = None) -> Agreement:
    """Write the organisation's part."""
    demand_words(words, _("Write what the organisation says."), field="words")
    _read_draft(agreement)
    if agreement.kind == Kind.CONFIDENTIALITY:
        raise NotPossible(_("This agreement is the same for everybody. Its words stand with the organisation’s letters and agreements."))
    Agreement.lifecycle.move(agreement, "rewrite", turn=turn, organisation_words=words)
    return agreement


@command(allow=policies.may_speak_for, details=("capture", "is_read_back"))
def write_partner_words(
    viewer: Viewer,
    agreement: Agreement,
    /,
    *,
    words: str,
    capture: str = Recorded.Capture.TYPED,
    is_read_back: bool = False,
    turn: int | None = None,
) -> Agreement:
    """Write the partner's part, by themselves or as they said it; having nothing to add is an answer too."""
    partner = agreement.partner
    how = said(viewer, partner, capture=capture, is_read_back=is_read_back)
    _read_draft(agreement)
    if agreement.kind == Kind.CONFIDENTIALITY:
        raise NotPossible(_("This agreement is the same for everybody."))
    Agreement.lifecycle.move(agreement, "rewrite", turn=turn, partner_words=words, partner_wrote_at=clock.now(), **how)
    tell_support(viewer, partner, "partners/agreement_written", agreement)
    return agreement


def _read_draft(agreement: Agreement) -> None:
    """Read the agreement as it is now, and keep it so until the command is done. Raises ``Overtaken`` if it is no draft."""
    agreement.refresh_from_db(from_queryset=Agreement.objects.select_for_update())
    if agreement.status != Status.DRAFT:
        raise Overtaken(_("This can no longer be changed as it stands: it is ready to sign, or signed."))


@command(allow=policies.may_speak_for, details=("number",))
def offer_agreement(viewer: Viewer, agreement: Agreement, /, *, turn: int | None = None) -> Agreement:
    """Put both parts together for both to sign. Nobody can change a word of it then, unless it is taken up again."""
    partner = agreement.partner
    _read_draft(agreement)
    if not (policies.is_own(viewer, partner) or agreement.partner_wrote_at):
        raise NotPossible(_("The partner has not written their part yet, or told you that they have nothing to add."))
    with override(partner.membership.language):
        words = queries.together(agreement)
    Agreement.lifecycle.move(agreement, "offer", turn=turn, words=words)
    tell_partner(viewer, partner, "partners/agreement_to_sign", agreement)
    tell_support(viewer, partner, "partners/agreement_ready", agreement)
    return agreement


@command(allow=policies.may_speak_for, details=("number",))
def reopen_agreement(viewer: Viewer, agreement: Agreement, /, *, turn: int | None = None) -> Agreement:
    """Take it up again before both have signed: either side may wish to change something."""
    partner = agreement.partner
    Agreement.lifecycle.move(agreement, "reopen", turn=turn, words="")
    agreement.signatures.all().delete()
    tell_partner(viewer, partner, "partners/agreement_reopened", agreement)
    tell_support(viewer, partner, "partners/agreement_reopened", agreement)
    return agreement


@command(allow=policies.is_own, details=("checksum", "renew_on"))
def sign_agreement(viewer: Viewer, agreement: Agreement, /, *, name: str, turn: int | None = None) -> Agreement:
    """Sign as the partner, by typing one's name."""
    return _sign(viewer, agreement, party=Party.PARTNER, how=How.TYPED, name=name, signed_on=today(), turn=turn)


@command(allow=policies.may_keep, details=("how", "checksum", "renew_on"))
def record_signature(
    viewer: Viewer,
    agreement: Agreement,
    /,
    *,
    how: str,
    name: str,
    signed_on: dt.date,
    is_read_back: bool = False,
    turn: int | None = None,
) -> Agreement:
    """Record that the partner signed on paper, or said yes after the agreement was read to them."""
    if how not in {How.PAPER, How.VERBAL}:
        raise NotPossible(_("Say how they signed."), field="how")
    if how == How.VERBAL and not is_read_back:
        raise NotPossible(_("Read the agreement to them first, then say that you did."), field="is_read_back")
    return _sign(viewer, agreement, party=Party.PARTNER, how=how, name=name, signed_on=signed_on, is_read_back=is_read_back, turn=turn)


@command(allow=policies.may_keep, details=("how", "checksum", "renew_on"))
def sign_for_organisation(
    viewer: Viewer, agreement: Agreement, /, *, how: str = How.TYPED, name: str, signed_on: dt.date | None = None, turn: int | None = None
) -> Agreement:
    """Sign for the organisation, by typing one's name or on the same paper."""
    if policies.is_own(viewer, agreement):
        raise NotPossible(_("Nobody signs for both sides. Ask a colleague to sign for the organisation."))
    if how not in {How.TYPED, How.PAPER}:
        raise NotPossible(_("Say how you signed."), field="how")
    day = signed_on if how == How.PAPER and signed_on else today()
    return _sign(viewer, agreement, party=Party.ORGANISATION, how=how, name=name, signed_on=day, turn=turn)


def _sign(
    viewer: Viewer,
    agreement: Agreement,
    *,
    party: str,
    how: str,
    name: str,
    signed_on: dt.date,
    is_read_back: bool = False,
    turn: int | None,
) -> Agreement:
    """Keep one signature; the second one seals the words."""
    demand_words(name, _("Enter the full name."), field="name")
    agreement.refresh_from_db(from_queryset=Agreement.objects.select_for_update())
    if agreement.status != Status.TO_SIGN or (turn is not None and agreement.turn != turn):
        raise Overtaken
    offered_on = agreement.made_at.astimezone(clock.LONDON).date()
    if not offered_on <= signed_on <= today():
        sentence = _("Enter the day on which it was signed: not before the agreement was begun, and not in the future.")
        raise NotPossible(sentence, "signed_on")
    if agreement.signatures.filter(party=party).exists():
        raise Overtaken(_("It is signed for this side already."))
    partner = agreement.partner
    Signature.objects.create(
        agreement=agreement,
        party=party,
        how=how,
        name=" ".join(name.split()),
        signed_on=signed_on,
        signed_by_id=partner.membership_id if party == Party.PARTNER else viewer.membership_id,
        recorded_by_id=None if how == How.TYPED else viewer.membership_id,
        is_read_back=is_read_back,
    )
    if agreement.signatures.count() == len(Party):
        _conclude(agreement, max(agreement.signatures.values_list("signed_on", flat=True)))
        tell_partner(viewer, partner, "partners/agreement_signed", agreement)
        tell_support(viewer, partner, "partners/agreement_signed", agreement)
    else:
        tell_partner(viewer, partner, "partners/agreement_signed_by_one", agreement)
        tell_support(viewer, partner, "partners/agreement_signed_by_one", agreement)
    return agreement


def _conclude(agreement: Agreement, signed_on: dt.date) -> None:
    """Both have signed: the words are sealed, what was in force before is replaced, and the need for it is met."""
    partner = agreement.partner
    for earlier in Agreement.objects.filter(partner=partner, kind=agreement.kind, status=Status.SIGNED):
        Agreement.lifecycle.move(earlier, "replace")
    renew_on = finish_need_of(partner, NEED_OF[Kind(agreement.kind)], done_on=signed_on, evidence=agreement.code)
    Agreement.lifecycle.move(agreement, "conclude", checksum=seal(agreement.words), signed_on=signed_on, renew_on=renew_on)
