"""Pages of meetings, of the rule by which a committee meets, and of who is invited."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from safety_partners.committees import policies
from tests.world.example import Example, one_of
from tests.world.place import Place

OVER = "it is over or cancelled"
runs, answers = policies.may_run, policies.may_answer_invitation


def _need(invitee: str, need: str) -> Callable[[Place], dict[str, Any]]:
    return lambda place: {"code": place[invitee].code, "need": place[need].code}


MEETINGS = [
    Example(page="committees:meetings"),
    Example(page="committees:past-meetings"),
    *one_of("committees:meeting", "meeting", "held meeting", "cancelled meeting"),
    *one_of("committees:meeting-new", "committee", "second committee", may=runs),
    *one_of("committees:meeting-change", "meeting", may=runs),
    *one_of("committees:meeting-change", "held meeting", "cancelled meeting", may=runs, says=409, because=OVER),
    *one_of("committees:meeting-cancel", "meeting", may=runs),
    *one_of("committees:meeting-cancel", "cancelled meeting", may=runs, says=409, because=OVER),
    *one_of("committees:guest-new", "meeting", may=runs),
    *one_of("committees:meeting-remind", "meeting", may=runs),
    *one_of("committees:meeting-needs", "meeting", "held meeting", may=runs),
]
RULES = [
    *one_of("committees:series", "committee", "second committee", may=runs),
    *one_of("committees:series-stop", "second committee", may=runs),
    *one_of("committees:series-stop", "committee", may=runs, says=409, because="there is no rule"),
]
INVITED = [
    *one_of("committees:answer", "partner invited", "second partner invited", "guest", may=answers),
    *one_of("committees:take-off", "guest", may=runs),
    Example(page="committees:meeting-need", record="partner invited", where=_need("partner invited", "asked access"), may=runs),
    Example(page="committees:meeting-need", record="partner invited", where=_need("partner invited", "unmet access"), may=runs),
    Example(
        page="committees:meeting-need",
        record="partner invited",
        where=_need("partner invited", "ended access"),
        may=runs,
        says=404,
        because="it is over",
    ),
]
EXAMPLES = [*MEETINGS, *RULES, *INVITED]
