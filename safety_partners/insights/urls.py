"""Addresses of the loop, by noun."""

from __future__ import annotations

from django.urls import path

from safety_partners.insights.views import actions, answering, changes, messages, sharing, showing

app_name = "insights"

urlpatterns = [
    path("insights/", showing.insights, name="insights"),
    path("insights/mine/", showing.mine, name="mine"),
    path("insights/could-not/", showing.could_not, name="could-not"),
    path("insights/seal/", showing.check_seal, name="check-seal"),
    path("insights/new/", sharing.write, name="write"),
    path("insights/record/", sharing.record, name="record"),
    path("insights/<str:code>/", showing.insight, name="insight"),
    path("insights/<str:code>/trace/", showing.trace, name="trace"),
    path("insights/<str:code>/edit/", sharing.edit, name="edit"),
    path("insights/<str:code>/check/", sharing.check, name="check"),
    path("insights/<str:code>/delete/", sharing.delete, name="delete"),
    path("insights/<str:code>/withdraw/", sharing.withdraw, name="withdraw"),
    path("insights/<str:code>/who-may-see/", sharing.visibility, name="visibility"),
    path("insights/<str:code>/pass-on/", sharing.pass_on, name="pass-on"),
    path("insights/<str:code>/still-waiting/", sharing.still_waiting, name="still-waiting"),
    path("insights/<str:code>/verdict/", sharing.verdict, name="verdict"),
    path("insights/<str:code>/acknowledge/", answering.acknowledge, name="acknowledge"),
    path("insights/<str:code>/hand-over/", answering.hand_over, name="hand-over"),
    path("insights/<str:code>/respond/", answering.respond, name="respond"),
    path("insights/<str:code>/actions/new/", actions.agree, name="action-new"),
    path("insights/<str:code>/changes/new/", changes.record, name="change-new"),
    path("insights/<str:code>/changes/join/", changes.join, name="change-join"),
    path("passings-on/<str:code>/", answering.passed_on, name="passing-on"),
    path("actions/", actions.actions, name="actions"),
    path("actions/<str:code>/done/", actions.complete, name="action-done"),
    path("actions/<str:code>/give-up/", actions.give_up, name="action-give-up"),
    path("actions/<str:code>/put-off/", actions.put_off, name="action-put-off"),
    path("actions/<str:code>/evidence/", actions.evidence, name="action-evidence"),
    path("changes/", changes.changes, name="changes"),
    path("changes/<str:code>/", changes.change, name="change"),
    path("changes/<str:code>/move/", changes.move, name="change-move"),
    path("changes/<str:code>/wording/", changes.propose, name="wording-new"),
    path("wordings/<str:code>/", changes.wording, name="wording"),
    path("wordings/<str:code>/publish/", changes.publish, name="wording-publish"),
    path("wordings/<str:code>/answer-for/", changes.record_answer, name="wording-record"),
    path("messages/", messages.messages, name="messages"),
    path("messages/by-hand/", messages.by_hand, name="messages-by-hand"),
    path("messages/<str:code>/", messages.message, name="message"),
]
