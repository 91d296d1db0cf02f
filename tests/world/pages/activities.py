"""Pages of requests for partners, of the lead's decisions, and of one activity."""

from __future__ import annotations

from safety_partners.activities import policies
from safety_partners.activities.forms.requests import PARTS
from tests.world.example import Example, one_of
from tests.world.place import Place

NOT_NOW = "it is not how it stands"
asks, decides, runs = policies.is_requester, policies.is_lead_of, policies.may_run
EVERY = (
    "draft activity",
    "asked activity",
    "second asked activity",
    "returned activity",
    "declined activity",
    "passed activity",
    "withdrawn activity",
    "activity",
    "changed activity",
    "cancelled activity",
    "handed activity",
)


def _part(record: str, part: str, **more: object) -> Example:
    def where(place: Place) -> dict[str, str]:
        return {"code": place[record].code, "part": part}

    return Example(page="activities:edit", record=record, where=where, may=asks, **more)  # type: ignore[arg-type]


def _file(kind: str) -> Example:
    return Example(page="activities:activities-file", where=lambda _place: {"kind": kind})


WRITING = [
    Example(page="activities:new"),
    *(_part("draft activity", part) for part, _form, _title in PARTS),
    _part("returned activity", "change"),
    _part("activity", "what", says=409, because=NOT_NOW),
    _part("draft activity", "nothing", says=404, because="there is no such part"),
    *one_of("activities:ask", "draft activity", "returned activity", may=asks),
    *one_of("activities:ask", "asked activity", "activity", may=asks, says=409, because=NOT_NOW),
    *one_of("activities:withdraw", "draft activity", "asked activity", "returned activity", may=asks),
    *one_of("activities:withdraw", "activity", "withdrawn activity", may=asks, says=409, because=NOT_NOW),
]
DECIDING = [
    Example(page="activities:requests"),
    *(
        example
        for page in ("take-on", "send-back", "decline", "pass-on")
        for example in (
            *one_of(f"activities:{page}", "asked activity", "second asked activity", may=decides),
            *one_of(f"activities:{page}", "activity", "returned activity", may=decides, says=409, because=NOT_NOW),
        )
    ),
]
KINDS = [
    Example(page="activities:kinds"),
    Example(page="activities:kind-new"),
    *one_of("activities:kind", "activity kind", "own activity kind", "closed activity kind"),
]
SHOWING = [
    Example(page="activities:activities"),
    *map(_file, ("csv", "xlsx")),
    *one_of("activities:activity", *EVERY),
    *one_of("activities:history", *EVERY),
    *one_of("activities:adjust", "activity", "changed activity", may=runs),
    *one_of("activities:adjust", "asked activity", "cancelled activity", may=runs, says=409, because=NOT_NOW),
    *one_of("activities:hand-on", "draft activity", "asked activity", "returned activity", "activity", may=runs),
    *one_of("activities:hand-on", "declined activity", "cancelled activity", may=runs, says=409, because=NOT_NOW),
    *one_of("activities:call-off", "activity", may=runs),
    *one_of("activities:call-off", "asked activity", "cancelled activity", may=runs, says=409, because=NOT_NOW),
]
EXAMPLES = [*SHOWING, *WRITING, *DECIDING, *KINDS]
