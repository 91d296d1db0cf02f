"""What can be done with groups, and between groups and partners."""

from safety_partners.ppg.commands.asking import (
    answer_question,
    ask_groups,
    ask_question,
    remind_of_question,
    take_back_question,
    tell_question,
)
from safety_partners.ppg.commands.both import say_in_both, take_back_in_both
from safety_partners.ppg.commands.improving import agree_improvement, complete_improvement, give_up_improvement, put_off_improvement
from safety_partners.ppg.commands.meeting import cancel_meeting, change_meeting, hold_meeting, plan_meeting
from safety_partners.ppg.commands.noting import publish_note, set_priorities, take_down_note
from safety_partners.ppg.commands.referring import (
    begin_answer,
    decline_referral,
    edit_answer,
    hand_back_referral,
    refer_to_group,
    refer_to_partners,
    send_referral,
    share_answer,
    take_back_referral,
    take_up_referral,
    tell_referral,
)
from safety_partners.ppg.commands.registering import add_group, change_group, set_group_status
from safety_partners.ppg.commands.reviewing import record_review, remind_of_review
from safety_partners.ppg.commands.speaking import begin_view, delete_view, edit_view, share_view

__all__ = [
    "add_group",
    "agree_improvement",
    "answer_question",
    "ask_groups",
    "ask_question",
    "begin_answer",
    "begin_view",
    "cancel_meeting",
    "change_group",
    "change_meeting",
    "complete_improvement",
    "decline_referral",
    "delete_view",
    "edit_answer",
    "edit_view",
    "give_up_improvement",
    "hand_back_referral",
    "hold_meeting",
    "plan_meeting",
    "publish_note",
    "put_off_improvement",
    "record_review",
    "refer_to_group",
    "refer_to_partners",
    "remind_of_question",
    "remind_of_review",
    "say_in_both",
    "send_referral",
    "set_group_status",
    "set_priorities",
    "share_answer",
    "share_view",
    "take_back_in_both",
    "take_back_question",
    "take_back_referral",
    "take_down_note",
    "take_up_referral",
    "tell_question",
    "tell_referral",
]
