"""Pages of partners' records."""

from __future__ import annotations

from safety_partners.partners import policies
from tests.world.example import Example, one_of

EVERYBODY = (
    "active partner",
    "joining partner",
    "paused partner",
    "leaving partner",
    "ending partner",
    "left partner",
    "forgotten partner",
)
NOT_NOW = "it is not how it stands"
keeps, leads, speaks = policies.may_keep, policies.may_lead, policies.may_speak_for

LISTS = [
    Example(page="partners:partners"),
    Example(page="partners:running-out"),
    Example(page="partners:welcome"),
    Example(page="partners:my-place"),
    Example(page="partners:my-place-print"),
]
RECORD = [
    *one_of("partners:partner", *EVERYBODY),
    *one_of("partners:print", "active partner", "paused partner", may=speaks),
    *one_of("partners:history", "active partner", "joining partner", "left partner"),
    *one_of("partners:details", "active partner", "joining partner", may=speaks),
    *one_of("partners:support", "active partner", "joining partner", may=leads),
    *one_of("partners:start", "joining partner", "ready partner", may=leads),
    *one_of("partners:start", "active partner", may=leads, says=409, because=NOT_NOW),
    *one_of("partners:pause", "active partner", may=speaks),
    *one_of("partners:pause", "paused partner", may=speaks, says=409, because=NOT_NOW),
    *one_of("partners:resume", "paused partner", may=speaks),
    *one_of("partners:resume", "active partner", may=speaks, says=409, because=NOT_NOW),
    *one_of("partners:forget", "left partner", may=policies.may_forget),
    *one_of("partners:forget", "active partner", may=policies.may_forget, says=409, because=NOT_NOW),
]
NEEDS = [
    *one_of("partners:needs", "active partner", "joining partner", "forgotten partner"),
    *one_of("partners:need", "need", "done need", "set aside need", "agreement need"),
    *one_of("partners:need-add", "joining partner", may=keeps),
    *one_of("partners:need-give", "need", "done need", may=keeps),
    *one_of("partners:need-finish", "need", "done need", may=keeps),
    *one_of("partners:need-finish", "set aside need", "agreement need", may=keeps, says=409, because=NOT_NOW),
    *one_of("partners:need-set-aside", "need", may=keeps),
    *one_of("partners:need-set-aside", "done need", may=keeps, says=409, because=NOT_NOW),
    *one_of("partners:need-again", "done need", "set aside need", may=keeps),
    *one_of("partners:need-again", "need", may=keeps, says=409, because=NOT_NOW),
]
AGREEMENTS = [
    *one_of("partners:agreements", "active partner", "joining partner", "left partner"),
    *one_of("partners:agreement", "signed agreement", "agreement to sign", "agreement draft"),
    *one_of("partners:agreement-print", "signed agreement", "agreement to sign", "agreement draft"),
    *one_of("partners:agreement-ours", "agreement draft", may=keeps),
    *one_of("partners:agreement-ours", "signed agreement", may=keeps, says=409, because=NOT_NOW),
    *one_of("partners:agreement-theirs", "agreement draft", may=speaks),
    *one_of("partners:agreement-theirs", "agreement to sign", may=speaks, says=409, because=NOT_NOW),
    *one_of("partners:agreement-offer", "agreement draft", may=speaks),
    *one_of("partners:agreement-offer", "signed agreement", may=speaks, says=409, because=NOT_NOW),
    *one_of("partners:agreement-reopen", "agreement to sign", may=speaks),
    *one_of("partners:agreement-reopen", "agreement draft", may=speaks, says=409, because=NOT_NOW),
    *one_of("partners:agreement-sign", "agreement to sign", may=policies.is_own),
    *one_of("partners:agreement-sign", "signed agreement", may=policies.is_own, says=409, because=NOT_NOW),
    *one_of("partners:agreement-record-signature", "agreement to sign", may=keeps),
    *one_of("partners:agreement-record-signature", "agreement draft", may=keeps, says=409, because=NOT_NOW),
    *one_of("partners:agreement-sign-for-us", "agreement to sign", may=keeps),
    *one_of("partners:agreement-sign-for-us", "agreement draft", may=keeps, says=409, because=NOT_NOW),
]
CHANGES = [
    *one_of("partners:role-and-term", "active partner", "joining partner", "left partner"),
    *one_of("partners:propose", "active partner", "joining partner", may=keeps),
    *one_of("partners:propose", "left partner", may=keeps, says=409, because=NOT_NOW),
    *one_of("partners:answer", "role change", may=speaks),
    *one_of("partners:answer", "declined change", may=speaks, says=409, because=NOT_NOW),
    *one_of("partners:take-back", "role change", may=keeps),
    *one_of("partners:take-back", "declined change", may=keeps, says=409, because=NOT_NOW),
    *one_of("partners:extend", "active partner", may=leads),
    *one_of("partners:extend", "left partner", may=leads, says=409, because=NOT_NOW),
    *one_of("partners:let-end", "active partner", may=leads),
    *one_of("partners:let-end", "leaving partner", may=leads, says=409, because=NOT_NOW),
]
LEAVING = [
    *one_of("partners:step-down", "active partner", may=speaks),
    *one_of("partners:step-down", "leaving partner", may=speaks, says=409, because=NOT_NOW),
    *one_of("partners:end-role", "active partner", may=leads),
    *one_of("partners:end-role", "left partner", may=leads, says=409, because=NOT_NOW),
    *one_of("partners:look-at-ending", "ending", may=policies.is_second_person),
    *one_of("partners:leaving", "leaving partner", "ending partner", "left partner", "forgotten partner"),
    *one_of("partners:leaving", "active partner", says=404, because="nobody is leaving"),
    *one_of("partners:leaving-stay", "leaving partner", "ending partner", may=policies.may_end),
    *one_of("partners:leaving-talk", "leaving partner", may=speaks),
    *one_of("partners:leaving-talk", "active partner", may=speaks, says=404, because="nobody is leaving"),
    *one_of("partners:leaving-thanks", "leaving partner", may=keeps),
    *one_of("partners:leaving-touch", "leaving partner", may=speaks),
    Example(
        page="partners:hand-on",
        record="active partner",
        where=lambda place: {"code": place["active partner"].code, "about": "INS-234567"},
        may=keeps,
        says=404,
        because="nobody is leaving",
    ),
    Example(
        page="partners:hand-on",
        record="leaving partner",
        where=lambda place: {"code": place["leaving partner"].code, "about": place["open matter"].code},
        may=keeps,
    ),
    *one_of("partners:leaving-end", "leaving partner", may=leads),
]
EXAMPLES = [*LISTS, *RECORD, *NEEDS, *AGREEMENTS, *CHANGES, *LEAVING]
