"""Pages of groups, and of what goes between groups and partners."""

from __future__ import annotations

from safety_partners.ppg import policies
from tests.world.example import Example, one_of
from tests.world.place import Place

NOT_NOW = "it is not how it stands"
NONE = "there is no active group"
works, keeps, tells_group = policies.may_work_with, policies.looks_after, policies.may_tell_group
GROUPS = ("group", "group without chair", "no active group")
MEETINGS = ("group meeting", "begun group meeting", "held group meeting", "held group meeting with file", "cancelled group meeting")
QUESTIONS = (
    "group question",
    "group question of a request",
    "answered group question",
    "closed group question",
    "taken back group question",
)
DRAFTS = ("group view draft", "recorded group view draft")
OPEN = ("offered referral", "asked referral", "begun referral")
TO_GROUP = ("offered referral to group", "asked referral to group")
ENDED = ("told referral", "declined referral", "taken back referral")
REFERRALS = (*OPEN, "referral taken up", *ENDED, *TO_GROUP)
lead, asked, writes = policies.is_lead_of, policies.may_answer_referral, policies.may_write_answer
consents, tells = policies.may_take_back, policies.may_tell_outcome

REGISTER = [
    Example(page="ppg:groups"),
    Example(page="ppg:group-new"),
    Example(page="ppg:mine"),
    Example(page="ppg:questions"),
    Example(page="ppg:question-new"),
    Example(page="ppg:improvements"),
    Example(page="ppg:referrals"),
    Example(page="ppg:referral-new"),
    Example(page="ppg:in-both"),
    Example(page="ppg:referral-new-paper"),
    Example(page="ppg:referral-new-script"),
    *one_of("ppg:view-paper", "group", may=works),
    *one_of("ppg:view-paper", "group without chair", "no active group", may=works, says=409, because="nobody speaks for it"),
    *one_of("ppg:view-script", "group", may=works),
    *one_of("ppg:view-script", "group without chair", may=works, says=409, because="nobody speaks for it"),
    *one_of("ppg:group", *GROUPS),
    *one_of("ppg:group-change", *GROUPS, may=keeps),
    *one_of("ppg:group-status", *GROUPS, may=keeps),
    *one_of("ppg:meetings", "group", "no active group"),
    *one_of("ppg:meeting-new", "group", may=works),
    *one_of("ppg:meeting-new", "no active group", may=works, says=409, because=NONE),
    *one_of("ppg:views", "group", "group without chair"),
    *one_of("ppg:view-new", "group", may=works),
    *one_of("ppg:view-new", "group without chair", "no active group", may=works, says=409, because="nobody speaks for it"),
    *one_of("ppg:improvement-new", "group", may=keeps),
    *one_of("ppg:reviews", "group", "group without chair"),
    *one_of("ppg:review-new", "group", may=works),
    *one_of("ppg:priorities", "group", may=works),
    *one_of("ppg:notes", "group", "group without chair"),
    *one_of("ppg:note-new", "group", may=works),
    *one_of("ppg:referral-from-group", "group", may=works),
    *one_of("ppg:referral-from-group", "group without chair", may=works, says=409, because="nobody speaks for it"),
    *one_of("ppg:note-take-down", "public note", may=works),
    *one_of("ppg:note-take-down", "public note taken down", may=works, says=409, because=NOT_NOW),
]
MEETING_PAGES = [
    *one_of("ppg:meeting", *MEETINGS),
    *one_of("ppg:meeting-change", "group meeting", "begun group meeting", may=works),
    *one_of("ppg:meeting-change", "held group meeting", "cancelled group meeting", may=works, says=409, because=NOT_NOW),
    *one_of("ppg:meeting-held", "begun group meeting", "held group meeting", "held group meeting with file", may=works),
    *one_of("ppg:meeting-held", "group meeting", "cancelled group meeting", may=works, says=409, because=NOT_NOW),
    *one_of("ppg:meeting-cancel", "group meeting", "begun group meeting", may=works),
    *one_of("ppg:meeting-cancel", "held group meeting", "cancelled group meeting", may=works, says=409, because=NOT_NOW),
    *one_of("ppg:minutes-file", "held group meeting with file"),
    *one_of("ppg:minutes-file", "held group meeting", says=404, because="there is no file"),
]
SAID = [
    *one_of("ppg:question", *QUESTIONS),
    *one_of("ppg:question-answer", "group question", "group question of a request", may=works),
    *one_of("ppg:question-answer", *QUESTIONS[2:], may=works, says=409, because=NOT_NOW),
    *one_of("ppg:question-paper", "group question", may=works),
    *one_of("ppg:question-paper", "closed group question", may=works, says=409, because=NOT_NOW),
    *one_of("ppg:question-script", "group question", "group question of a request", may=works),
    *one_of("ppg:question-script", "closed group question", may=works, says=409, because=NOT_NOW),
    *one_of("ppg:question-tell", "answered group question", may=tells_group),
    *one_of("ppg:question-tell", "group question", "closed group question", may=tells_group, says=409, because=NOT_NOW),
    *one_of("ppg:question-take-back", "group question", may=keeps),
    *one_of("ppg:question-take-back", "answered group question", may=keeps, says=409, because=NOT_NOW),
    *one_of("ppg:view", "group view", "withdrawn group view", *DRAFTS),
    *one_of("ppg:view-edit", *DRAFTS, may=policies.may_edit_view),
    *one_of("ppg:view-edit", "group view", "withdrawn group view", says=409, because=NOT_NOW),
    *one_of("ppg:view-delete", *DRAFTS, may=policies.may_edit_view),
    *one_of("ppg:view-delete", "group view", says=409, because=NOT_NOW),
    *one_of("ppg:improvement", "improvement", "improvement done"),
    *one_of("ppg:improvement-done", "improvement", may=policies.may_work_on_improvement),
    *one_of("ppg:improvement-done", "improvement done", may=policies.may_work_on_improvement, says=409, because=NOT_NOW),
    *one_of("ppg:improvement-put-off", "improvement", may=policies.may_work_on_improvement),
    *one_of("ppg:improvement-give-up", "improvement", may=policies.may_work_on_improvement),
]
PASSED_ON = [
    *one_of("ppg:referral", *REFERRALS),
    *one_of("ppg:referral-send", "offered referral", "offered referral to group", may=lead),
    *one_of("ppg:referral-send", "asked referral", "told referral", may=lead, says=409, because=NOT_NOW),
    *one_of("ppg:referral-back", "asked referral", "begun referral", "asked referral to group", may=asked),
    *one_of("ppg:referral-back", "told referral", may=asked, says=409, because=NOT_NOW),
    *one_of("ppg:referral-take-up", "asked referral to group", may=asked),
    *one_of("ppg:referral-take-up", "asked referral", may=asked, says=409, because=NOT_NOW),
    *one_of("ppg:referral-answer", "asked referral", "begun referral", may=writes),
    *one_of("ppg:referral-answer", "told referral", "asked referral to group", may=writes, says=409, because=NOT_NOW),
    *one_of("ppg:referral-words", "begun referral", may=writes),
    *one_of("ppg:referral-words", "asked referral", may=writes, says=302, because="nothing is written yet"),
    *one_of("ppg:referral-words", "referral taken up", "told referral", may=writes, says=302, because="the words are shared"),
    *one_of("ppg:referral-decline", *OPEN, *TO_GROUP, may=lead),
    *one_of("ppg:referral-decline", "referral taken up", "told referral", may=lead, says=409, because=NOT_NOW),
    *one_of("ppg:referral-tell", "referral taken up", may=tells),
    *one_of("ppg:referral-tell", "asked referral", "asked referral to group", may=tells, says=409, because=NOT_NOW),
    *one_of("ppg:referral-take-back", *OPEN, "referral taken up", "told referral", "declined referral", *TO_GROUP, may=consents),
    *one_of("ppg:referral-take-back", "taken back referral", may=consents, says=409, because=NOT_NOW),
    *one_of("ppg:referral-paper", "asked referral", "begun referral", "asked referral to group", may=asked),
    *one_of("ppg:referral-paper", "told referral", may=asked, says=409, because=NOT_NOW),
    *one_of("ppg:referral-script", "asked referral", "asked referral to group", may=asked),
    *one_of("ppg:referral-script", "told referral", may=asked, says=409, because=NOT_NOW),
    *one_of("ppg:consent-paper", *OPEN, "told referral", *TO_GROUP, may=consents),
    *one_of("ppg:consent-paper", "taken back referral", may=consents, says=409, because=NOT_NOW),
    *one_of("ppg:consent-script", "asked referral", "asked referral to group", may=consents),
    *one_of("ppg:consent-script", "taken back referral", may=consents, says=409, because=NOT_NOW),
    *one_of("ppg:in-both-take-back", "in both", may=policies.is_their_own),
]


def _public(record: str = "") -> object:
    def where(place: Place) -> dict[str, object]:
        return {"slug": place.organisation.slug} | ({"code": place[record].code} if record else {})

    return where


PUBLIC = [
    Example(page="website:groups", where=_public(), is_public=True),  # type: ignore[arg-type]
    Example(page="website:group", where=_public("group"), is_public=True),  # type: ignore[arg-type]
    Example(page="website:group", where=_public("no active group"), is_public=True),  # type: ignore[arg-type]
]
EXAMPLES = [*REGISTER, *MEETING_PAGES, *SAID, *PASSED_ON, *PUBLIC]
