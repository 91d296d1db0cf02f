"""What can be done on the way in."""

from safety_partners.joining.commands.advertising import (
    close_advert,
    close_advert_on_its_day,
    edit_advert,
    fill_advert,
    publish_advert,
    withdraw_advert,
    write_advert,
    write_criteria,
)
from safety_partners.joining.commands.appointing import appoint
from safety_partners.joining.commands.chatting import KEPT as CHAT_KEPT
from safety_partners.joining.commands.chatting import (
    arrange_chat,
    ask_for_chat,
    forget_old_chats,
    give_up_chat,
    hold_chat,
    record_chat_request,
)
from safety_partners.joining.commands.counting import count_equality
from safety_partners.joining.commands.deciding import (
    end_reserve,
    keep_in_reserve,
    note_withdrawal,
    offer_place,
    pass_on,
    say_not_now,
    say_yes,
    take_yes,
)
from safety_partners.joining.commands.drafting import KEPT as DRAFT_KEPT
from safety_partners.joining.commands.drafting import begin_interest, forget_old_drafts, keep_answers, send_come_back_link
from safety_partners.joining.commands.following import change_reach, delete_my_words, send_new_word, withdraw_interest
from safety_partners.joining.commands.forgetting import (
    correct_reach,
    delete_as_asked,
    forget_when_due,
    hold_words,
    keep_longer,
    let_words_go,
)
from safety_partners.joining.commands.sifting import acknowledge_expression, ask_another_reader, begin_sift, give_view, stand_aside
from safety_partners.joining.commands.submitting import record_expression, submit_expression
from safety_partners.joining.commands.talking import hold_talk, invite_to_meet, move_talk, offer_chat

__all__ = [
    "CHAT_KEPT",
    "DRAFT_KEPT",
    "acknowledge_expression",
    "appoint",
    "arrange_chat",
    "ask_another_reader",
    "ask_for_chat",
    "begin_interest",
    "begin_sift",
    "change_reach",
    "close_advert",
    "close_advert_on_its_day",
    "correct_reach",
    "count_equality",
    "delete_as_asked",
    "delete_my_words",
    "edit_advert",
    "end_reserve",
    "fill_advert",
    "forget_old_chats",
    "forget_old_drafts",
    "forget_when_due",
    "give_up_chat",
    "give_view",
    "hold_chat",
    "hold_talk",
    "hold_words",
    "invite_to_meet",
    "keep_answers",
    "keep_in_reserve",
    "keep_longer",
    "let_words_go",
    "move_talk",
    "note_withdrawal",
    "offer_chat",
    "offer_place",
    "pass_on",
    "publish_advert",
    "record_chat_request",
    "record_expression",
    "say_not_now",
    "say_yes",
    "send_come_back_link",
    "send_new_word",
    "stand_aside",
    "submit_expression",
    "take_yes",
    "withdraw_advert",
    "withdraw_interest",
    "write_advert",
    "write_criteria",
]
