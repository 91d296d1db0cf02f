"""Pages of places, of giving back, and of what changed."""

from __future__ import annotations

from safety_partners.activities import policies
from safety_partners.partners import policies as partners
from tests.world.example import Example, one_of

NOT_NOW = "it is not how it stands"
answers, leads, says, writes = policies.may_answer, policies.is_lead_of, policies.may_say_what_changed, policies.may_write_down_words
edits, speaks = policies.may_edit_words, partners.may_speak_for
TO_ANSWER = ("offered place", "waiting place", "declined place", "left place")
PLACES = (*TO_ANSWER, "taken place", "taken back place", "told place", "closed place")

OFFERS = [
    Example(page="activities:fair-share"),
    *one_of("activities:offer-new", "open activity", "going activity", may=leads),
    *one_of("activities:offer-new", "told activity", "closed activity", may=leads, says=409, because=NOT_NOW),
    *one_of("activities:remind", "open activity", may=leads),
    *one_of("activities:remind", "going activity", may=leads, says=409, because=NOT_NOW),
    *one_of("activities:offer", *PLACES),
    *one_of("activities:offer-answer", *TO_ANSWER, may=answers),
    *one_of("activities:offer-answer", "taken place", "told place", may=answers, says=409, because=NOT_NOW),
    *one_of("activities:offer-step-out", "taken place", may=answers),
    *one_of("activities:offer-step-out", "offered place", "told place", may=answers, says=409, because=NOT_NOW),
    *one_of("activities:offer-take-back", "offered place", "waiting place", may=leads),
    *one_of("activities:offer-take-back", "taken place", may=leads, says=409, because=NOT_NOW),
    *one_of("activities:offer-again", "declined place", "left place", "taken back place", may=leads),
    *one_of("activities:offer-again", "offered place", may=leads, says=409, because=NOT_NOW),
    *one_of("activities:offer-paper", "offered place", "waiting place", may=answers),
    *one_of("activities:offer-script", "offered place", "waiting place", may=answers),
    *one_of("activities:offer-script", "told place", may=answers, says=409, because=NOT_NOW),
]
GIVING = [
    Example(page="activities:taking-part"),
    *one_of("activities:ledger-of", "active partner", "joining partner", may=speaks),
    *one_of("activities:back-paper", "taken place", "told place", may=answers),
    *one_of("activities:back-script", "taken place", "told place", may=answers),
    *one_of("activities:back-paper", "offered place", may=answers, says=409, because=NOT_NOW),
    *one_of("activities:felt", "taken place", "left place", may=answers),
    *one_of("activities:felt", "offered place", may=answers, says=409, because=NOT_NOW),
    *one_of("activities:felt-delete", "own felt", "shared felt", may=policies.is_own),
    *one_of("activities:time", "active partner", "joining partner"),
    *one_of("activities:time-new", "active partner", "joining partner", may=speaks),
    *one_of("activities:time-change", "own time", "recorded time", may=speaks),
    *one_of("activities:time-delete", "own time", "recorded time", may=speaks),
]
SPEAKING = [
    *one_of("activities:words-new", "going activity", may=policies.takes_part),
    *one_of("activities:words-record", "going activity", may=writes),
    *one_of("activities:words", "activity words draft", "activity words recorded", may=edits),
    *one_of("activities:words", "activity words shared", says=302, because="the words have a page of their own"),
    *one_of("activities:words-edit", "activity words draft", "activity words recorded", may=edits),
    *one_of("activities:words-edit", "activity words shared", may=edits, says=409, because=NOT_NOW),
    *one_of("activities:words-delete", "activity words draft", "activity words recorded", may=edits),
    *one_of("activities:words-delete", "activity words shared", may=edits, says=409, because=NOT_NOW),
]
CHANGED = [
    *one_of("activities:outcome", "outcome", "old outcome", "seen outcome", "closed outcome", "later outcome"),
    *one_of("activities:outcome-new", "going activity", "told activity", may=says),
    *one_of("activities:outcome-new", "closed activity", may=says, says=409, because=NOT_NOW),
    *one_of("activities:outcome-answer", "told place", may=answers),
    *one_of("activities:outcome-answer", "taken place", "closed place", may=answers, says=409, because=NOT_NOW),
    *one_of("activities:close", "seen activity", may=says),
    *one_of("activities:close", "going activity", "closed activity", may=says, says=409, because=NOT_NOW),
    *one_of("activities:activity", "going activity", "open activity", "told activity", "closed activity"),
]
EXAMPLES = [
    *OFFERS,
    *GIVING,
    *SPEAKING,
    *CHANGED,
    Example(page="activities:ledger"),
]
