"""Pages at the table: who was there, what was said and decided, and the minutes."""

from __future__ import annotations

from typing import Any

from safety_partners.committees import policies
from tests.world.example import Example, one_of
from tests.world.place import Place

NOT_NOW = "it is not how it stands"
FURTHER_ON = "the minutes are further on"
runs, chairs, works, speaks = policies.may_run, policies.may_chair, policies.may_work_on_item, policies.may_speak_at
edits, acts = policies.may_edit_words, policies.may_work_on_meeting_action
MINUTES = ("draft minutes", "offered minutes", "agreed minutes", "approved minutes")
MEETINGS = ("meeting", "held meeting", "cancelled meeting")

TABLE = [
    *one_of("committees:table", *MEETINGS, may=runs),
    *one_of("committees:attendance", *MEETINGS, may=runs),
    *one_of("committees:attendance-print", *MEETINGS, may=runs),
    *one_of("committees:minute", "held item", may=works),
    *one_of("committees:decision-new", "held item", may=works),
    Example(page="committees:decisions"),
    *one_of("committees:decision-edit", "decision", may=works),
    *one_of("committees:decision-take-out", "decision", may=works),
    *one_of("committees:meeting-action-new", "held item", may=works),
    Example(page="committees:meeting-actions"),
]
for _page in ("done", "put-off", "give-up"):
    TABLE += one_of(f"committees:meeting-action-{_page}", "meeting action", may=acts)
    TABLE += one_of(f"committees:meeting-action-{_page}", "ended meeting action", may=acts, says=409, because=NOT_NOW)

SPEAKING = [
    *one_of("committees:words-new", "held item", may=speaks),
    *one_of("committees:words-record", "held item", may=works),
    *one_of("committees:words", "spoken draft", "recorded words", may=edits),
    *one_of("committees:words", "spoken", says=302, because="the words have a page of their own"),
    *one_of("committees:words-edit", "spoken draft", "recorded words", may=edits),
    *one_of("committees:words-edit", "spoken", may=edits, says=409, because=NOT_NOW),
    *one_of("committees:words-delete", "spoken draft", "recorded words", may=edits),
    *one_of("committees:words-delete", "spoken", may=edits, says=409, because=NOT_NOW),
]


def _year(place: Place) -> dict[str, Any]:
    return {"code": place["committee"].code, "year": place["agreed minutes"].meeting.day.year}


MINUTED = [
    *one_of("committees:minutes", *MINUTES),
    *one_of("committees:minutes-pdf", "agreed minutes", "approved minutes"),
    *one_of("committees:minutes-text", "agreed minutes", "approved minutes"),
    *one_of("committees:minutes-offer", "draft minutes", may=runs),
    *one_of("committees:minutes-offer", "agreed minutes", "approved minutes", may=runs, says=302, because=FURTHER_ON),
    *one_of("committees:minutes-agree", "draft minutes", "offered minutes", may=chairs),
    *one_of("committees:minutes-agree", "approved minutes", may=chairs, says=302, because=FURTHER_ON),
    *one_of("committees:minutes-reopen", "offered minutes", "agreed minutes", may=chairs),
    *one_of("committees:minutes-reopen", "approved minutes", may=chairs, says=302, because=FURTHER_ON),
    *one_of("committees:minutes-approve", "agreed minutes", may=runs),
    *one_of("committees:minutes-approve", "draft minutes", "approved minutes", may=runs, says=302, because=FURTHER_ON),
    *one_of("committees:committee-minutes", "committee", "second committee"),
    Example(page="committees:year-pdf", record="committee", where=_year),
    Example(page="committees:year-text", record="committee", where=_year),
]
EXAMPLES = [*TABLE, *SPEAKING, *MINUTED]
