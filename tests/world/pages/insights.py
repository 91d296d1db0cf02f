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
    "silent",
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
SHOWING = [
    *one_of("insights:insight", *EVERY_STATE),
    *one_of("insights:trace", "draft", "shared", "refused", "settled", "withdrawn", "acted on"),
]
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
    *one_of("insights:still-waiting", "late", "silent", may=policies.may_tell_of_silence),
    *one_of("insights:still-waiting", "shared", "answered", may=policies.may_tell_of_silence, says=409, because="nothing is late"),
    *one_of("insights:verdict", "answered", "refused", "in part", "sent back", may=policies.may_give_verdict),
    *one_of("insights:verdict", "shared", "with lead", may=policies.may_give_verdict, says=409, because="no answer waits to be judged"),
]
ANSWERING = [
    *one_of("insights:acknowledge", "shared", may=policies.may_acknowledge),
    *one_of("insights:acknowledge", "acknowledged", "answered", may=policies.may_acknowledge, says=409, because="it was acknowledged"),
    *one_of("insights:hand-over", "shared", "told to lead", "owned", "with lead", "in part", may=policies.may_hand_over),
    *one_of("insights:hand-over", "answered", may=policies.may_hand_over, says=409, because="it was answered"),
    *one_of("insights:respond", "owned", "late", "sent back", "with lead", may=policies.may_respond),
    *one_of("insights:respond", "answered", may=policies.may_respond, says=409, because="it was answered"),
    *one_of("insights:passing-on", "passing on", "passed on", may=policies.may_pass_on),
]
ENDED = "it has ended"
ACTING = [
    Example(page="insights:actions"),
    *one_of("insights:action-new", "owned", "answered", may=policies.may_agree_action),
    *(
        example
        for page in ("insights:action-done", "insights:action-give-up", "insights:action-put-off")
        for example in (
            *one_of(page, "action", "late action", may=policies.may_work_on_action),
            *one_of(page, "done action", may=policies.may_work_on_action, says=409, because=ENDED),
        )
    ),
    *one_of("insights:action-evidence", "done action"),
    *one_of("insights:action-evidence", "action", says=404, because="nothing shows yet that it is done"),
]
CHANGING = [
    Example(page="insights:changes"),
    *one_of("insights:change-new", "owned", "answered", may=policies.may_record_change),
    *one_of("insights:change-join", "owned", "answered", may=policies.may_record_change),
    *one_of("insights:change", "planned change", "made change", "broken change", "dropped change", "published change", "taken down change"),
    *one_of(
        "insights:change-move", "planned change", "made change", "broken change", "published change", may=policies.may_look_after_change
    ),
    *one_of("insights:wording-new", "made change", "published change", may=policies.may_look_after_change),
    *one_of("insights:wording-new", "taken down change", may=policies.may_look_after_change, says=409, because="nobody is left to agree"),
    *one_of(
        "insights:wording",
        "proposed wording",
        "agreed wording",
        "sent back wording",
        "replaced wording",
        "published wording",
        "taken down wording",
        may=policies.may_see_wording,
    ),
    *one_of("insights:wording-publish", "proposed wording", "agreed wording", may=policies.may_look_after_wording),
    *one_of("insights:wording-record", "proposed wording", "agreed wording", may=policies.may_look_after_wording),
    *one_of("insights:wording-record", "published wording", may=policies.may_look_after_wording, says=409, because="it is agreed"),
]
MESSAGES = [
    Example(page="insights:messages"),
    Example(page="insights:messages-by-hand"),
    *one_of("insights:message", "message", "sent message", "failed message", "doubtful message", "letter", "call", "posted letter"),
]
EXAMPLES = [*LISTS, *SHOWING, *WRITING, *SPEAKING, *ANSWERING, *ACTING, *CHANGING, *MESSAGES]
