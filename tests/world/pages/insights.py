"""Pages of the loop."""

from __future__ import annotations

from safety_partners.insights import policies
from tests.world.example import Example, one_of

SHARED_ALREADY = "it was shared already"
NO_WORDS = "there are no words"

LISTS = [
    Example(page="insights:insights"),
    Example(page="insights:mine"),
    Example(page="insights:could-not"),
    Example(page="insights:check-seal"),
]
EVERY_STATE = (
    "draft",
    "recorded draft",
    "shared",
    "told to lead",
    "told to all",
    "acknowledged",
    "owned",
    "recorded",
    "late",
    "moved",
    "answered",
    "refused",
    "settled",
    "in part",
    "sent back",
    "with lead",
    "withdrawn",
    "acted on",
    "asked to pass on",
)
SHOWING = [*one_of("insights:insight", *EVERY_STATE), *one_of("insights:trace", "draft", "shared", "refused", "settled", "withdrawn", "acted on")]
WRITING = [
    Example(page="insights:write"),
    Example(page="insights:record"),
    *one_of("insights:edit", "draft", "draft without kind", "recorded draft", may=policies.may_edit_draft),
    *one_of("insights:edit", "shared", may=policies.may_edit_draft, says=409, because=SHARED_ALREADY),
    *one_of("insights:check", "draft", "recorded draft", may=policies.may_edit_draft),
    *one_of("insights:check", "draft without kind", may=policies.may_edit_draft, says=302, because="what it is must be said first"),
    *one_of("insights:check", "shared", may=policies.may_edit_draft, says=302, because=SHARED_ALREADY),
    *one_of("insights:delete", "draft", "recorded draft", may=policies.may_edit_draft),
    *one_of("insights:delete", "shared", may=policies.may_edit_draft, says=409, because=SHARED_ALREADY),
]
SPEAKING = [
    *one_of("insights:withdraw", "shared", "recorded", may=policies.may_withdraw),
    *one_of("insights:withdraw", "draft", "withdrawn", may=policies.may_withdraw, says=409, because=NO_WORDS),
    *one_of("insights:visibility", "shared", "told to lead", may=policies.is_speaker),
    *one_of("insights:visibility", "draft", "withdrawn", may=policies.is_speaker, says=409, because=NO_WORDS),
    *one_of("insights:pass-on", "shared", "asked to pass on", may=policies.is_speaker),
    *one_of("insights:pass-on", "draft", "withdrawn", may=policies.is_speaker, says=409, because=NO_WORDS),
    *one_of("insights:verdict", "answered", "refused", "in part", "sent back", may=policies.may_give_verdict),
    *one_of("insights:verdict", "shared", "with lead", may=policies.may_give_verdict, says=409, because="no answer waits to be judged"),
]
EXAMPLES = [*LISTS, *SHOWING, *WRITING, *SPEAKING]
