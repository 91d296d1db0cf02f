"""What goes from a group to the partners, or from a partner to a group: with consent, through the lead, and back with what came of it."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from safety_partners.core import clock, outbox
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.insights import commands as insights
from safety_partners.insights.commands.sharing import share_beside
from safety_partners.insights.models import Change, Insight
from safety_partners.partners.commands.rules import demand_serving, demand_words, said_by
from safety_partners.partners.models import Partner
from safety_partners.people.models import Membership
from safety_partners.ppg import policies
from safety_partners.ppg.commands.rules import demand_active, demand_said
from safety_partners.ppg.commands.telling import leads_of, tell, voice_of
from safety_partners.ppg.models import CollectiveView, Group, Referral

Direction, Status = Referral.Direction, Referral.Status
Visibility = Insight.Visibility


@command(allow=policies.may_work_with, details=("direction", "capture"))
def refer_to_partners(
    viewer: Viewer,
    group: Group,
    /,
    *,
    words: str,
    view: CollectiveView | None = None,
    capture: str = "",
    is_read_back: bool = False,
) -> Referral:
    """A group passes a safety theme on to the Patient Safety Partners; the lead is told and asks one of them.

    ``words`` are all that the partner gets to read, as the group agreed to them.
    """
    if group.chair is None:
        raise NotPossible(_("This group needs a chair who has a place here, so that somebody can say yes for it."))
    demand_said(view, group)
    how = said_by(viewer, group.chair_id or 0, capture=capture, is_read_back=is_read_back)
    return _offer(viewer, Direction.TO_PARTNERS, group, words, consent_by_id=group.chair_id, view=view, **how)


@command(allow=policies.may_pass_on, details=("direction", "capture"))
def refer_to_group(
    viewer: Viewer, /, *, partner: Partner, group: Group, words: str, capture: str = "", is_read_back: bool = False
) -> Referral:
    """A partner passes a service matter on to a group; the lead is told and sends it on. Their name does not go with it."""
    if partner.organisation_id != group.organisation_id or partner.organisation_id != viewer.organisation_id:
        raise NotPossible(_("Choose a group of this organisation."), field="group")
    demand_serving(partner)
    demand_active(group)
    how = said_by(viewer, partner.membership_id, capture=capture, is_read_back=is_read_back)
    if how["recorded_by_id"]:
        policies.is_lead_of.demand(viewer, partner)
    return _offer(viewer, Direction.TO_GROUP, group, words, consent_by_id=partner.membership_id, partner=partner, **how)


def _offer(viewer: Viewer, direction: str, group: Group, words: str, **fields: object) -> Referral:
    demand_words(words, _("Write what the other side should read."), field="words")
    referral = Referral.objects.create(
        organisation_id=group.organisation_id, direction=direction, group=group, words=words, consent_at=clock.now(), **fields
    )
    tell(viewer, leads_of(referral.organisation_id), "ppg/referral_offered", referral)
    return referral


@command(allow=policies.is_lead_of)
def send_referral(viewer: Viewer, referral: Referral, /, *, partner: Partner | None = None, turn: int | None = None) -> Referral:
    """The lead sends it on: to one partner, or to the chair of the group. They read the words and nothing else."""
    also: dict[str, object] = {"sent_by_id": viewer.membership_id}
    if referral.is_to_group:
        demand_active(referral.group)
        if referral.group.voice is None:
            raise NotPossible(_("This group has no chair who could be asked."))
    elif partner is None or partner.organisation_id != referral.organisation_id:
        raise NotPossible(_("Choose a partner."), field="partner")
    else:
        demand_serving(partner)
        also["partner"] = partner
    Referral.lifecycle.move(referral, "ask", turn=turn, **also)
    if referral.asked is not None:
        tell(viewer, [referral.asked], "ppg/referral_asked", referral)
    return referral


@command(allow=policies.may_answer_referral, details=("how",))
def hand_back_referral(
    viewer: Viewer, referral: Referral, /, *, how: str = "", is_read_back: bool = False, turn: int | None = None
) -> Referral:
    """Whoever was asked says no, and nobody asks why. The lead is told, and asks somebody else or says why nobody does."""
    _demand_told(viewer, referral.asked, how, is_read_back)
    kept = referral.partner if referral.is_to_group else None
    Referral.lifecycle.move(referral, "hand_back", turn=turn, partner=kept, sent_by=None)
    _let_draft_be(referral)
    tell(viewer, leads_of(referral.organisation_id), "ppg/referral_back", referral)
    return referral


def _demand_told(viewer: Viewer, person: Membership | None, how: str, is_read_back: bool) -> None:
    """Raise ``NotPossible`` unless they say it themselves, or whoever presses for them says how they were told."""
    said_by(viewer, person.pk if person else 0, capture=how, is_read_back=is_read_back)


def _let_draft_be(referral: Referral) -> None:
    """What a partner began to write about it stays theirs, as a draft like any other."""
    if referral.answer is not None and referral.answer.status == Insight.Status.DRAFT:
        Insight.objects.filter(pk=referral.answer.pk).update(about_label="", about_path="")
        referral.answer = None
        referral.save(update_fields=["answer"])


@command(allow=policies.may_answer_referral, details=("how",))
def take_up_referral(
    viewer: Viewer, referral: Referral, /, *, how: str = "", is_read_back: bool = False, turn: int | None = None
) -> Referral:
    """A group takes up what a partner passed on; the partner is told."""
    if not referral.is_to_group:
        raise NotPossible(_("A partner takes this up by saying what they think of it."))
    _demand_told(viewer, referral.asked, how, is_read_back)
    Referral.lifecycle.move(referral, "take_up", turn=turn)
    _tell_of_taking_up(viewer, referral)
    return referral


def _tell_of_taking_up(viewer: Viewer, referral: Referral) -> None:
    tell(viewer, [*_passed_on_by(referral), *leads_of(referral.organisation_id)], "ppg/referral_taken_up", referral)


def _passed_on_by(referral: Referral) -> list[Membership]:
    """Who hears what comes of it: the partner, or who speaks for the group now."""
    return [referral.whose] if referral.is_to_group else voice_of(referral.group)


@command(allow=policies.may_write_answer, details=("kind",))
def begin_answer(
    viewer: Viewer, referral: Referral, /, *, words: str, kind: str, visibility: str, capture: str = "", is_read_back: bool = False
) -> Referral:
    """Keep what the partner begins to say about it; nobody else sees it until it is shared. The lead may write it down for them."""
    _demand_asked(referral)
    if referral.answer is not None:
        raise NotPossible(_("You have begun to write already. Go on with that."))
    asked = referral.asked
    about = {
        "about_label": _("Passed on by %(group)s") % {"group": referral.group.name},
        "about_path": reverse("ppg:referral-words", args=[referral.code]),
    }
    given = {"words": words, "kind": kind, "visibility": visibility, **about}
    if viewer.membership_id == asked.pk:
        referral.answer = insights.begin_draft(viewer, **given)
    else:
        referral.answer = insights.record_words(viewer, speaker=asked, capture=capture, is_read_back=is_read_back, **given)
    referral.save(update_fields=["answer"])
    return referral


@command(allow=policies.may_write_answer)
def edit_answer(viewer: Viewer, referral: Referral, /, **fields: object) -> Referral:
    """Go on with what the partner began to say. Raises ``Refused`` for anybody but who is writing it."""
    if referral.answer is None:
        raise NotPossible(_("Write something first."))
    insights.edit_draft(viewer, referral.answer, **fields)
    return referral


def _demand_asked(referral: Referral) -> None:
    """Raise ``NotPossible`` unless a partner is asked now; the row waits for nobody else until the command ends."""
    referral.refresh_from_db(from_queryset=Referral.objects.select_for_update())
    if referral.is_to_group or referral.status != Status.ASKED or referral.asked is None:
        raise NotPossible(_("Nobody is asked for words about this now."))


@command(allow=policies.may_write_answer)
def share_answer(
    viewer: Viewer, referral: Referral, /, *, turn: int, is_read_back: bool = False, pass_on_to: Iterable[str] = ()
) -> Referral:
    """Share what the partner says: it goes the way of every insight, and the group hears that a partner took it up.

    ``turn`` is the state of the draft that was looked at.
    """
    _demand_asked(referral)
    answer = referral.answer
    if answer is None:
        raise NotPossible(_("Write something first."))
    share_beside(viewer, answer, turn=turn, is_read_back=is_read_back, pass_on_to=pass_on_to)
    Referral.lifecycle.move(referral, "take_up")
    _tell_of_taking_up(viewer, referral)
    return referral


@command(allow=policies.is_lead_of)
def decline_referral(viewer: Viewer, referral: Referral, /, *, reason: str, turn: int | None = None) -> Referral:
    """The lead says that it is not taken up, and why; whoever passed it on is told."""
    demand_words(reason, _("Say why. They read it."), field="reason")
    asked = referral.asked if referral.status == Status.ASKED else None
    Referral.lifecycle.move(referral, "decline", turn=turn, reason=reason)
    _let_draft_be(referral)
    tell(viewer, _passed_on_by(referral), "ppg/referral_declined", referral)
    if asked is not None:
        tell(viewer, [asked], "ppg/referral_not_needed", referral)
    return referral


@command(allow=policies.may_tell_outcome)
def tell_referral(
    viewer: Viewer, referral: Referral, /, *, outcome: str, change: Change | None = None, turn: int | None = None
) -> Referral:
    """Say what came of it; whoever passed it on and whoever took it up are told."""
    demand_words(outcome, _("Say what came of it, also if nothing did."), field="outcome")
    if change is not None and change.organisation_id != referral.organisation_id:
        raise NotPossible(_("Choose a change of this organisation."), field="change")
    Referral.lifecycle.move(referral, "tell", turn=turn, outcome=outcome, change=change)
    both = [*_passed_on_by(referral), *([referral.asked] if referral.asked is not None else voice_of(referral.group))]
    tell(viewer, both, "ppg/referral_told", referral)
    return referral


@command(allow=policies.may_take_back, details=("how",))
def take_back_referral(
    viewer: Viewer, referral: Referral, /, *, how: str = "", is_read_back: bool = False, turn: int | None = None
) -> Referral:
    """Take the yes back: the words go at once. What a partner has said about it meanwhile is theirs and stays."""
    _demand_told(viewer, referral.whose, how, is_read_back)
    asked = referral.asked if referral.sent_by_id is not None else None
    Referral.lifecycle.move(referral, "take_back", turn=turn, words="")
    _let_draft_be(referral)
    # Letters and calls carried the words themselves.
    outbox.forget("ppg/referral_asked", referral)
    tell(viewer, [*leads_of(referral.organisation_id), *([asked] if asked is not None else [])], "ppg/referral_taken_back", referral)
    if viewer.membership_id != referral.whose.pk:
        tell(viewer, _passed_on_by(referral), "ppg/referral_taken_back_for_you", referral)
    return referral
