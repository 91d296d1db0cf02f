"""What can be done with activities, from the request to what changed."""

from safety_partners.activities.commands.adjusting import adjust, call_off, note_late_feedback
from safety_partners.activities.commands.answering import accept_place, decline_place, step_out, wait_for_place
from safety_partners.activities.commands.asking import ask_for_partners, begin_request, rewrite_request, withdraw_request
from safety_partners.activities.commands.deciding import decline_request, pass_on, send_back, take_on
from safety_partners.activities.commands.feeling import say_how_it_felt, take_away_felt
from safety_partners.activities.commands.handing import hand_on
from safety_partners.activities.commands.joining import ask_takers_for_review, join_committee, join_review
from safety_partners.activities.commands.kinds import add_kind, change_kind, close_kind, reopen_kind
from safety_partners.activities.commands.milestones import add_milestone, change_milestone, drop_milestone, reach_milestone
from safety_partners.activities.commands.offering import offer_again, offer_places, remind_waiting, take_back_from_who_left, take_back_place
from safety_partners.activities.commands.outcomes import answer_outcome, close_activity, say_what_changed
from safety_partners.activities.commands.panels import describe_panel, set_own_question, settle_areas, tell_how_panel_ended
from safety_partners.activities.commands.sessions import cancel_session, change_session, hold_session, plan_session
from safety_partners.activities.commands.speaking import delete_spoken, edit_spoken, record_spoken, share_spoken, speak
from safety_partners.activities.commands.timing import change_time, give_time, take_away_time
from safety_partners.activities.commands.training import describe_training

__all__ = [
    "accept_place",
    "add_kind",
    "add_milestone",
    "adjust",
    "answer_outcome",
    "ask_for_partners",
    "ask_takers_for_review",
    "begin_request",
    "call_off",
    "cancel_session",
    "change_kind",
    "change_milestone",
    "change_session",
    "change_time",
    "close_activity",
    "close_kind",
    "decline_place",
    "decline_request",
    "delete_spoken",
    "describe_panel",
    "describe_training",
    "drop_milestone",
    "edit_spoken",
    "give_time",
    "hand_on",
    "hold_session",
    "join_committee",
    "join_review",
    "note_late_feedback",
    "offer_again",
    "offer_places",
    "pass_on",
    "plan_session",
    "reach_milestone",
    "record_spoken",
    "remind_waiting",
    "reopen_kind",
    "rewrite_request",
    "say_how_it_felt",
    "say_what_changed",
    "send_back",
    "set_own_question",
    "settle_areas",
    "share_spoken",
    "speak",
    "step_out",
    "take_away_felt",
    "take_away_time",
    "take_back_from_who_left",
    "take_back_place",
    "take_on",
    "tell_how_panel_ended",
    "wait_for_place",
    "withdraw_request",
]
