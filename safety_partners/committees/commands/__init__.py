"""What can be done with committees and their meetings."""

from safety_partners.committees.commands.acting import (
    agree_meeting_action,
    complete_meeting_action,
    give_up_meeting_action,
    put_off_meeting_action,
    remind_of_action,
)
from safety_partners.committees.commands.agenda import add_item, begin_agenda, change_item, move_item, remove_item
from safety_partners.committees.commands.arranging import decide_need
from safety_partners.committees.commands.attending import record_attendance
from safety_partners.committees.commands.committees import (
    add_committee,
    begin_committee_again,
    change_committee,
    end_committee,
    set_seats,
)
from safety_partners.committees.commands.deciding import add_decision, correct_decision, take_out_decision
from safety_partners.committees.commands.formats import cannot_copy, copy_ready
from safety_partners.committees.commands.inviting import add_guest, answer_invitation, remind_invitees, take_off
from safety_partners.committees.commands.meetings import add_meeting, cancel_meeting, change_meeting
from safety_partners.committees.commands.members import end_member, seat_member
from safety_partners.committees.commands.minuting import agree_minutes, approve_minutes, offer_minutes, reopen_minutes, save_minute
from safety_partners.committees.commands.packs import note_posted, open_pack, want_paper
from safety_partners.committees.commands.papers import add_paper, add_version, change_paper, open_version, send_papers, take_out_paper
from safety_partners.committees.commands.recusing import declare_interest, declare_nothing, record_interest, take_back_interest
from safety_partners.committees.commands.scheduling import change_series, plan_series, stop_series
from safety_partners.committees.commands.sittings import (
    accept_seat,
    adjust_sitting,
    decline_seat,
    end_sitting_that_is_over,
    leave_seat,
    offer_seat,
    take_back_offer,
)
from safety_partners.committees.commands.speaking import delete_spoken, edit_spoken, record_spoken, share_spoken, speak
from safety_partners.committees.commands.taking import Taken, take
from safety_partners.committees.commands.terms import agree_terms

__all__ = [
    "Taken",
    "accept_seat",
    "add_committee",
    "add_decision",
    "add_guest",
    "add_item",
    "add_meeting",
    "add_paper",
    "add_version",
    "adjust_sitting",
    "agree_meeting_action",
    "agree_minutes",
    "agree_terms",
    "answer_invitation",
    "approve_minutes",
    "begin_agenda",
    "begin_committee_again",
    "cancel_meeting",
    "cannot_copy",
    "change_committee",
    "change_item",
    "change_meeting",
    "change_paper",
    "change_series",
    "complete_meeting_action",
    "copy_ready",
    "correct_decision",
    "decide_need",
    "declare_interest",
    "declare_nothing",
    "decline_seat",
    "delete_spoken",
    "edit_spoken",
    "end_committee",
    "end_member",
    "end_sitting_that_is_over",
    "give_up_meeting_action",
    "leave_seat",
    "move_item",
    "note_posted",
    "offer_minutes",
    "offer_seat",
    "open_pack",
    "open_version",
    "plan_series",
    "put_off_meeting_action",
    "record_attendance",
    "record_interest",
    "record_spoken",
    "remind_invitees",
    "remind_of_action",
    "remove_item",
    "reopen_minutes",
    "save_minute",
    "seat_member",
    "send_papers",
    "set_seats",
    "share_spoken",
    "speak",
    "stop_series",
    "take",
    "take_back_interest",
    "take_back_offer",
    "take_off",
    "take_out_decision",
    "take_out_paper",
    "want_paper",
]
