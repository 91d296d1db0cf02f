"""Pages of committees and of partners' seats."""

from __future__ import annotations

from safety_partners.committees import policies
from tests.world.example import Example, one_of

NOT_NOW = "it is not how it stands"
OVER = "the committee has ended"
runs, answers = policies.may_run, policies.may_answer_offer
SITTINGS = ("sitting", "offered sitting", "declined sitting", "withdrawn sitting", "ended sitting")

COMMITTEES = [
    Example(page="committees:committees"),
    Example(page="committees:committee-new"),
    Example(page="committees:coverage"),
    Example(page="committees:mine"),
    *one_of("committees:committee", "committee", "second committee", "ended committee"),
    *one_of("committees:committee-change", "committee", "second committee", may=runs),
    *one_of("committees:committee-change", "ended committee", may=runs, says=409, because=OVER),
    *one_of("committees:committee-end", "committee", may=runs),
    *one_of("committees:committee-end", "ended committee", may=runs, says=409, because=OVER),
    *one_of("committees:committee-again", "ended committee", may=runs),
    *one_of("committees:committee-again", "committee", may=runs, says=409, because=NOT_NOW),
    *one_of("committees:seats", "committee", may=runs),
    *one_of("committees:terms", "committee", "ended committee"),
    *one_of("committees:terms-new", "committee", may=runs),
    *one_of("committees:terms-new", "ended committee", may=runs, says=409, because=OVER),
    *one_of("committees:terms-file", "terms in a file"),
    *one_of("committees:terms-file", "terms", says=404, because="it was typed"),
    *one_of("committees:member-new", "committee", may=runs),
    *one_of("committees:member-end", "committee member", may=runs),
    *one_of("committees:member-end", "former committee member", may=runs, says=409, because=NOT_NOW),
]


def _seat(number: int, **more: object) -> Example:
    return Example(
        page="committees:seat-offer",
        record="committee",
        where=lambda place: {"code": place["committee"].code, "number": number},
        may=runs,
        **more,  # type: ignore[arg-type]
    )


SEATS = [
    _seat(1),
    _seat(2),
    _seat(9, says=404, because="there is no such seat"),
    *one_of("committees:sitting", *SITTINGS),
    *one_of("committees:sitting-answer", "offered sitting", may=answers),
    *one_of("committees:sitting-answer", "sitting", "declined sitting", may=answers, says=409, because=NOT_NOW),
    *one_of("committees:sitting-take-back", "offered sitting", may=runs),
    *one_of("committees:sitting-take-back", "sitting", may=runs, says=409, because=NOT_NOW),
    *one_of("committees:sitting-adjust", "sitting", may=runs),
    *one_of("committees:sitting-adjust", "offered sitting", may=runs, says=409, because=NOT_NOW),
    *one_of("committees:sitting-leave", "sitting", may=answers),
    *one_of("committees:sitting-leave", "offered sitting", "ended sitting", may=answers, says=409, because=NOT_NOW),
]
EXAMPLES = [*COMMITTEES, *SEATS]
