"""Pages of what a partner can count on, and of what stays their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from safety_partners.partners import policies
from tests.world.example import Example, one_of
from tests.world.place import Place

NOT_NOW = "it is not how it stands"
CLOSED = "the record is closed"
SOME = ("active partner", "joining partner", "left partner")
keeps, leads, speaks = policies.may_keep, policies.may_lead, policies.may_speak_for
own, decides = policies.is_own, policies.may_decide_checks


def _kind(record: str, kind: str) -> Callable[[Place], dict[str, Any]]:
    return lambda place: {"code": place[record].code, "kind": kind}


def _decide(record: str, kind: str, **more: Any) -> Example:
    return Example(page="partners:check-decide", record=record, where=_kind(record, kind), may=decides, **more)


CHECKS = [
    *one_of("partners:checks", *SOME, may=policies.may_see_checks),
    _decide("active partner", "identity"),
    _decide("joining partner", "dbs"),
    _decide("active partner", "dbs", says=409, because="the outcome is known"),
    _decide("left partner", "dbs", says=409, because=CLOSED),
    _decide("joining partner", "nothing", says=404, because="there is no such check"),
    *one_of("partners:check-outcome", "waiting check", "check that came", may=decides),
    *one_of("partners:check-outcome", "check not asked", may=decides, says=409, because=NOT_NOW),
]
INTERESTS = [
    *one_of("partners:interests", *SOME),
    *one_of("partners:interest-add", "active partner", "joining partner", may=speaks),
    *one_of("partners:interest-add", "left partner", may=speaks, says=409, because=CLOSED),
    *one_of("partners:declare", "active partner", "joining partner", may=speaks),
    *one_of("partners:interest-end", "interest", may=speaks),
    *one_of("partners:interest-end", "ended interest", may=speaks, says=409, because=NOT_NOW),
    *one_of("partners:interest-handle", "interest", may=leads),
]
ACCESS = [
    Example(page="partners:unmet"),
    *one_of("partners:access", *SOME, may=speaks),
    *one_of("partners:access-ask", "active partner", "joining partner", may=speaks),
    *one_of("partners:access-nothing", "active partner", "paused partner", may=speaks),
    *one_of("partners:access-decide", "asked access", "unmet access", "met access", may=keeps),
    *one_of("partners:access-decide", "ended access", may=keeps, says=409, because=NOT_NOW),
    *one_of("partners:access-end", "asked access", "met access", may=speaks),
    *one_of("partners:access-end", "ended access", may=speaks, says=409, because=NOT_NOW),
]
TALKS = [
    *one_of("partners:talks", *SOME, may=speaks),
    *one_of("partners:talk-plan", "active partner", "joining partner", may=keeps),
    *one_of("partners:talk-plan", "left partner", may=keeps, says=409, because=CLOSED),
    *one_of("partners:talk-ask", "active partner", "joining partner", may=own),
    *one_of("partners:talk-hold", "planned talk", "leads talk", may=keeps),
    *one_of("partners:talk-hold", "held talk", "cancelled talk", may=keeps, says=409, because=NOT_NOW),
    *one_of("partners:talk-cancel", "planned talk", "leads talk", may=speaks),
    *one_of("partners:talk-cancel", "held talk", may=speaks, says=409, because=NOT_NOW),
]
OWN = [
    *one_of("partners:notes", *SOME, may=policies.may_read_notes),
    *one_of("partners:note-write", "active partner", "joining partner", may=own),
    *one_of("partners:note", "note", "shared note", may=own),
    *one_of("partners:note-delete", "note", "shared note", may=own),
    *one_of("partners:payment-and-emergency", *SOME, may=speaks),
    *one_of("partners:payment", "active partner", "joining partner", may=policies.may_arrange_payment),
    *one_of("partners:emergency", "active partner", "joining partner", may=speaks),
    *one_of("partners:emergency-remove", "active partner", may=speaks),
    *one_of("partners:experience", *SOME, may=speaks),
    *one_of("partners:experience-tell", "active partner", "joining partner", may=own),
    *one_of("partners:experience-change", "experience of mine", "experience for contact", "experience for lead", may=own),
    *one_of("partners:experience-delete", "experience of mine", "experience for contact", "experience for lead", may=own),
]
EXAMPLES = [*CHECKS, *INTERESTS, *ACCESS, *TALKS, *OWN]
