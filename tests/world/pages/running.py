"""Pages of activities that go on: their days, and what only some shapes have."""

from __future__ import annotations

from safety_partners.activities import policies
from tests.world.example import Example, one_of

OVER, OTHER, NOT_NOW = "it is over", "it is of another shape", "it is not how it stands"
runs = policies.may_run

DAYS = [
    *one_of("activities:session-new", "visit", "project", may=runs),
    *one_of("activities:session-new", "closed activity", may=runs, says=409, because=OVER),
    *one_of("activities:session-change", "day", "past day", may=runs),
    *one_of("activities:session-change", "held day", "cancelled day", may=runs, says=409, because=NOT_NOW),
    *one_of("activities:session-change", "closed day", may=runs, says=409, because=OVER),
    *one_of("activities:session-hold", "past day", may=runs),
    *one_of("activities:session-hold", "day", may=runs, says=409, because="it has not begun"),
    *one_of("activities:session-cancel", "day", "past day", may=runs),
    *one_of("activities:session-cancel", "held day", may=runs, says=409, because=NOT_NOW),
]
SHAPES = [
    *one_of("activities:milestone-new", "project", may=runs),
    *one_of("activities:milestone-new", "visit", may=runs, says=409, because=OTHER),
    *one_of("activities:milestone-change", "milestone", may=runs),
    *one_of("activities:milestone-change", "reached milestone", may=runs, says=409, because=NOT_NOW),
    *one_of("activities:milestone-reach", "milestone", may=runs),
    *one_of("activities:milestone-reach", "dropped milestone", may=runs, says=409, because=NOT_NOW),
    *one_of("activities:milestone-drop", "milestone", may=runs),
    *one_of("activities:training", "training activity", "training without terms", may=runs),
    *one_of("activities:training", "project", may=runs, says=409, because=OTHER),
    *one_of("activities:review-join", "review activity", "review without document", may=runs),
    *one_of("activities:review-ask", "review not asked", may=runs),
    *one_of("activities:review-ask", "review activity", may=runs, says=409, because="everybody was asked already"),
    *one_of("activities:review-ask", "review without document", may=runs, says=409, because="it has no review yet"),
    *one_of("activities:committee-join", "seat activity", may=runs),
    *one_of("activities:committee-join", "review activity", may=runs, says=409, because=OTHER),
]
PANELS = [
    *one_of("activities:panel", "panel activity", "panel not begun", "ended panel activity"),
    *one_of("activities:panel", "visit", says=409, because=OTHER),
    *one_of("activities:panel-terms", "panel activity", "panel not begun", may=runs),
    *one_of("activities:panel-areas", "panel activity", may=runs),
    *one_of("activities:panel-areas", "panel not begun", may=runs, says=409, because="its terms come first"),
    *one_of("activities:panel-ended", "panel activity", may=runs),
    *one_of("activities:panel-ended", "ended panel activity", may=runs, says=409, because="partners were told"),
    *one_of("activities:panel-question", "panel offer", may=policies.may_answer),
    *one_of("activities:panel-question", "waiting panel offer", may=policies.may_answer, says=409, because="nobody has said yes"),
]
EXAMPLES = [
    *one_of("activities:activity", "visit", "project", "training activity", "panel activity", "review activity", "seat activity"),
    Example(page="activities:early-warnings"),
    *DAYS,
    *SHAPES,
    *PANELS,
]
