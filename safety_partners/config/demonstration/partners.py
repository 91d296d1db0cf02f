"""Meadowbank's partners: how each came to stand where they stand. Any likeness to a real person is chance."""

from __future__ import annotations

import datetime as dt
from typing import Any

from safety_partners.config.demonstration import care
from safety_partners.config.demonstration.people import Cast
from safety_partners.config.demonstration.telling import as_, days_ago
from safety_partners.core.clock import today
from safety_partners.core.viewer import Viewer
from safety_partners.partners import commands
from safety_partners.partners.commands.needing import ONE_BY_ONE
from safety_partners.partners.models import AccessNeed, Agreement, Check, Need, Partner, RoleVersion
from safety_partners.people import commands as people
from safety_partners.people.models import Membership, Role

Kind, Purpose = AccessNeed.Kind, Agreement.Kind
BY_LETTER: dict[str, Any] = {"capture": "letter"}
BY_PHONE: dict[str, Any] = {"capture": "phone", "is_read_back": True}
DAY = dt.timedelta(days=1)


def welcome(cast: Cast, role: RoleVersion) -> dict[str, Partner]:
    """Everybody's record, by their first name: two active, one joining, one on a break, one who left with thanks."""
    found = {
        "Anjali": _anjali(cast, role),
        "Tom": _tom(cast, role),
        "Maya": _maya(cast, role),
        "Idris": _idris(cast, role),
        "Doreen": _doreen(cast, role),
    }
    care.tell(cast, found)
    return found


def _welcome(cast: Cast, member: Membership, role: RoleVersion, **fields: Any) -> Partner:
    grace = as_(cast.grace)
    return commands.welcome_partner(grace, membership=member, role=role, contact=cast.priya, deputy=cast.ben, **fields)


def _posted(cast: Cast, name: str, address: str) -> Membership:
    """Somebody who is told things by letter, and never signs in."""
    return people.add_member(as_(cast.grace), name=name, roles=[Role.PARTNER], told_by="letter", postal_address=address)


def _agree(cast: Cast, partner: Partner, *, words: str, how: dict[str, Any]) -> None:
    """Both agreements, written and signed by both; by letter and on paper unless the partner does it here."""
    priya, me = as_(cast.priya), as_(partner.membership)
    who = priya if how else me
    written = commands.begin_agreement(priya, partner, kind=Purpose.WORKING_TOGETHER)
    commands.write_partner_words(who, written, words=words, **how)
    commands.offer_agreement(priya, written)
    for agreement in (written, commands.begin_agreement(priya, partner, kind=Purpose.CONFIDENTIALITY)):
        if how:
            commands.record_signature(priya, agreement, how="paper", name=partner.membership.name, signed_on=today())
        else:
            commands.sign_agreement(me, agreement, name=partner.membership.name)
        commands.sign_for_organisation(priya, agreement, name=cast.priya.name)


def _do_what_is_needed(cast: Cast, partner: Partner, *, how: dict[str, Any]) -> None:
    """Interests, the decision about checks, and what is learnt in the first weeks."""
    grace, who = as_(cast.grace), as_(cast.priya) if how else as_(partner.membership)
    commands.declare_interests(who, partner, is_nothing=True, **how)
    commands.decide_check(
        grace,
        partner,
        kind=Check.Kind.DBS,
        decision=Check.Decision.NOT_ELIGIBLE,
        reason="The role is reading and meetings. There is no contact with patients beyond that of any visitor.",
    )
    for need in Need.objects.filter(partner=partner, status=Need.Status.NEEDED, kind__in=ONE_BY_ONE):
        commands.finish_need(grace, need, done_on=today(), evidence="Seen by Priya")


def _start(cast: Cast, partner: Partner) -> Partner:
    return commands.start_partner(as_(cast.grace), partner)


def _tell_access(cast: Cast, who: Viewer, partner: Partner, *, kind: str, what: str, how: dict[str, Any]) -> None:
    asked = commands.ask_for_access(who, partner, kind=kind, what=what, **how)
    commands.decide_access(as_(cast.grace), asked, status=AccessNeed.Status.MET)


def _anjali(cast: Cast, role: RoleVersion) -> Partner:
    """A carer who does everything here; her role grew with her yes, and one training runs out soon."""
    with days_ago(226):
        ends_on = today() + dt.timedelta(days=730)
        partner = _welcome(cast, cast.anjali, role, pronouns="she and her", connection="carer", ends_on=ends_on)
    anjali = as_(cast.anjali)
    with days_ago(219):
        words = "Please send papers a week before. Ring me if something cannot wait.\n\nIf I ask twice, it matters to me."
        _agree(cast, partner, words=words, how={})
        _tell_access(cast, anjali, partner, kind=Kind.TIME, what="No meetings before ten: I get my mother ready in the morning.", how={})
    with days_ago(214):
        _do_what_is_needed(cast, partner, how={})
        _start(cast, partner)
    with days_ago(70):
        change = commands.propose_role_change(
            as_(cast.grace), partner, what="Besides reading policies, you would sit on the quality and safety committee.", from_on=today()
        )
        commands.answer_role_change(anjali, change, is_agreed=True, words="Yes, if there are two of us in the room.")
    with days_ago(4):
        training = Need.objects.filter(partner=partner, kind="training").order_by("pk").first()
        if training is not None:
            done_on = today() - 200 * DAY
            commands.finish_need(as_(cast.grace), training, done_on=done_on, expires_on=today() + 40 * DAY, evidence="Certificate seen")
    return partner


def _tom(cast: Cast, role: RoleVersion) -> Partner:
    """A patient who does everything by letter and phone; his term ends in two months."""
    with days_ago(225):
        ends_on = today() + dt.timedelta(days=375)
        partner = _welcome(cast, cast.tom, role, connection="patient", ends_on=ends_on)
    priya = as_(cast.priya)
    with days_ago(205):
        words = "I do not do computers. Post suits me, and I like a proper envelope to send things back in."
        _agree(cast, partner, words=words, how=BY_LETTER)
        _tell_access(cast, priya, partner, kind=Kind.FORMAT, what="Large print, 18 point, on yellow paper.", how=BY_PHONE)
    with days_ago(200):
        _do_what_is_needed(cast, partner, how=BY_PHONE)
        _start(cast, partner)
    return partner


def _maya(cast: Cast, role: RoleVersion) -> Partner:
    """Joining: her part of the agreement is written, and several things are still needed."""
    with days_ago(9):
        member = _posted(cast, "Maya Okonkwo", "12 Elm Walk\nLower Meadow\nXX1 4ZQ")
        partner = _welcome(cast, member, role, connection="family")
        draft = commands.begin_agreement(as_(cast.priya), partner, kind=Purpose.WORKING_TOGETHER)
    with days_ago(3):
        words = "I want to hear what came of what I say, also when nothing did."
        commands.write_partner_words(as_(cast.priya), draft, words=words, **BY_PHONE)
    return partner


def _idris(cast: Cast, role: RoleVersion) -> Partner:
    """On a break, for no reason that anybody needs to know."""
    with days_ago(180):
        member = _posted(cast, "Idris Vaughan", "Flat 3, Station House\nHarbour Lane\nXX1 5AB")
        partner = _welcome(cast, member, role, connection="other lay person")
        _agree(cast, partner, words="", how=BY_LETTER)
        commands.need_nothing(as_(cast.priya), partner, **BY_PHONE)
        _do_what_is_needed(cast, partner, how=BY_LETTER)
        _start(cast, partner)
    with days_ago(21):
        commands.pause(as_(cast.priya), partner, back_on=today() + 60 * DAY, **BY_PHONE)
    return partner


def _doreen(cast: Cast, role: RoleVersion) -> Partner:
    """She moved away: a talk, thanks, and what changed because of her."""
    with days_ago(229):
        member = _posted(cast, "Doreen Shaw", "1 Chapel Row\nUpper Meadow\nXX1 2CD")
        partner = _welcome(cast, member, role, connection="patient")
        _agree(cast, partner, words="Say it in plain words.", how=BY_LETTER)
        commands.need_nothing(as_(cast.priya), partner, **BY_PHONE)
        _do_what_is_needed(cast, partner, how=BY_PHONE)
        _start(cast, partner)
    with days_ago(60):
        leaving = commands.step_down(as_(cast.priya), partner, last_day=today(), **BY_PHONE)
        talk = "I liked the reading best. Give the next one a lift home after the evening meetings."
        commands.record_exit_talk(as_(cast.priya), leaving, talked_on=today(), talked_with=cast.priya, words=talk)
        commands.write_thanks(
            as_(cast.grace),
            leaving,
            thanks="Dear Doreen, thank you for two hundred pages read with a sharp pencil. We will miss your “and what does that mean?”.",
            what_changed="Every letter that we send now says who to ring, in the first line.",
        )
        commands.keep_in_touch(as_(cast.priya), leaving, is_keeping_in_touch=True)
        commands.end_partnership(as_(cast.grace), leaving)
    return partner
