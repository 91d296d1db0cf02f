"""What can be done in the loop."""

from safety_partners.insights.commands.acting import agree_action, complete_action, give_up_action, put_off_action
from safety_partners.insights.commands.answering import (
    acknowledge,
    done_passing_on,
    hand_to,
    respond,
    tell_lead_of_silence,
    tell_of_lateness,
)
from safety_partners.insights.commands.changing import join_change, move_change, record_change
from safety_partners.insights.commands.judging import give_verdict, record_verdict
from safety_partners.insights.commands.publishing import (
    agree_wording,
    ask_for_other_words,
    propose_wording,
    publish,
    record_wording_answer,
)
from safety_partners.insights.commands.sharing import (
    ask_to_pass_on,
    begin_draft,
    change_visibility,
    delete_draft,
    edit_draft,
    record_words,
    share_insight,
    withdraw,
)
from safety_partners.insights.commands.telling import done_by_hand, note_bounce, resend_message, settle_message
from safety_partners.insights.commands.voices import begin_group_draft, hand_on_voice

__all__ = [
    "acknowledge",
    "agree_action",
    "agree_wording",
    "ask_for_other_words",
    "ask_to_pass_on",
    "begin_draft",
    "begin_group_draft",
    "change_visibility",
    "complete_action",
    "delete_draft",
    "done_by_hand",
    "done_passing_on",
    "edit_draft",
    "give_up_action",
    "give_verdict",
    "hand_on_voice",
    "hand_to",
    "join_change",
    "move_change",
    "note_bounce",
    "propose_wording",
    "publish",
    "put_off_action",
    "record_change",
    "record_verdict",
    "record_wording_answer",
    "record_words",
    "resend_message",
    "respond",
    "settle_message",
    "share_insight",
    "tell_lead_of_silence",
    "tell_of_lateness",
    "withdraw",
]
