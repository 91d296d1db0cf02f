"""Pages of who is interested: the board, the list, one person's page and every step, readers' pages, counts."""

from __future__ import annotations

from safety_partners.joining import policies
from safety_partners.joining.views.steps import STEPS
from tests.world.example import Example, one_of

# For each step somebody with whom it can be taken now.
CAN = {
    "acknowledge": "expression",
    "chat": "acknowledged expression",
    "readers": "chat expression",
    "another-reader": "read expression",
    "meet": "ready expression",
    "offer": "met expression",
    "yes": "offered expression",
    "appoint": "checked expression",
    "reserve": "met expression",
    "not-now": "met expression",
    "pass-on": "refused expression",
    "withdrawal": "offered expression",
    "reach": "recorded expression",
    "keep-longer": "reserve expression",
    "hold": "expression",
    "let-go": "held expression",
    "delete": "expression",
}
CANNOT = {
    "acknowledge": "acknowledged expression",
    "appoint": "met expression",
    "not-now": "read expression",
    "delete": "held expression",
    "reach": "deleted expression",
}
EVERYBODY = (
    "expression",
    "chat expression",
    "read expression",
    "met expression",
    "offered expression",
    "reserve expression",
    "refused expression",
    "passed expression",
    "held expression",
    "deleted expression",
)


def _step(name: str, record: str, **more: object) -> Example:
    return Example(
        page="joining:expression-step",
        record=record,
        where=lambda place: {"code": place[record].code, "name": name},
        **more,  # type: ignore[arg-type]
    )


EXAMPLES = [
    Example(page="joining:board"),
    Example(page="joining:expressions"),
    *one_of("joining:board-of", "advert"),
    *one_of("joining:advert-counts", "advert", "closed advert"),
    *one_of("joining:expression", *EVERYBODY),
    *(_step(name, CAN[name]) for name in STEPS),
    *(_step(name, record, says=409, because=f"no {name} as things stand") for name, record in CANNOT.items()),
    _step("burn", "expression", says=404, because="there is no such step"),
    *(example for name in ("move", "held") for example in one_of(f"joining:talk-{name}", "chat talk", "meeting talk")),
    *one_of("joining:talk-held", "held meeting talk", says=409, because="the talk was held"),
    *one_of("joining:reading", "reading", "given reading", "read reading", may=policies.may_sift),
    *one_of("joining:reading-aside", "reading", may=policies.may_sift),
    *one_of("joining:reading-aside", "given reading", may=policies.may_sift, says=409, because="it is read"),
]
