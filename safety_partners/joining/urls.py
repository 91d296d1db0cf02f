"""Addresses of the way in. Those of the public forms begin with the organisation they belong to."""

from __future__ import annotations

from django.urls import path

from safety_partners.joining.views import advertising, chatting, equality, interest, pipeline, progress, reading, recording, steps

app_name = "joining"

HERE = "at/<slug:slug>/join/<str:address>/"

urlpatterns = [
    # Anybody, without an account
    path(HERE + "interest/", interest.start, name="interest"),
    path(HERE + "interest/works-here/", interest.works_here, name="interest-works-here"),
    path(HERE + "interest/check/", interest.check, name="interest-check"),
    path(HERE + "interest/sent/", interest.sent, name="interest-sent"),
    path(HERE + "interest/look/", interest.look, name="interest-look"),
    path(HERE + "interest/save/", interest.save, name="interest-save"),
    path(HERE + "interest/clear/", interest.clear, name="interest-clear"),
    path(HERE + "interest/equality/", equality.questions, name="equality"),
    path(HERE + "interest/<slug:name>/", interest.step, name="interest-step"),
    path(HERE + "talk/", chatting.ask, name="talk-about"),
    path("at/<slug:slug>/talk/", chatting.ask, name="talk"),
    path("come-back/", interest.come_back, name="come-back"),
    path("come-back/<str:secret>/", interest.come_back, name="come-back-with"),
    path("interest/", progress.progress, name="progress"),
    path("interest/leave/", progress.leave, name="progress-leave"),
    path("interest/<str:code>/", progress.progress_of, name="progress-of"),
    path("interest/<str:code>/reach/", progress.reach, name="progress-reach"),
    path("interest/<str:code>/stop/", progress.stop, name="progress-stop"),
    path("interest/<str:code>/delete/", progress.delete, name="progress-delete"),
    path("interest/<str:code>/yes/", progress.yes, name="progress-yes"),
    # The lead
    path("adverts/", advertising.adverts, name="adverts"),
    path("adverts/new/", advertising.new, name="advert-new"),
    path("adverts/<str:code>/", advertising.advert, name="advert"),
    path("adverts/<str:code>/edit/", advertising.edit, name="advert-edit"),
    path("adverts/<str:code>/criteria/", advertising.criteria, name="advert-criteria"),
    path("adverts/<str:code>/board/", pipeline.board_of, name="board-of"),
    path("adverts/<str:code>/counts/", pipeline.advert_counts, name="advert-counts"),
    path("adverts/<str:code>/record/", recording.record, name="record"),
    path("adverts/<str:code>/<slug:name>/", advertising.move, name="advert-move"),
    path("chats/", chatting.chats, name="chats"),
    path("chats/new/", chatting.record, name="chat-new"),
    path("chats/<str:code>/", chatting.chat, name="chat"),
    path("chats/<str:code>/arrange/", chatting.arrange, name="chat-arrange"),
    path("chats/<str:code>/held/", chatting.held, name="chat-held"),
    path("chats/<str:code>/not-held/", chatting.not_held, name="chat-not-held"),
    path("equality/", equality.counted, name="equality-counts"),
    path("expressions/", pipeline.expressions, name="expressions"),
    path("expressions/board/", pipeline.board, name="board"),
    path("expressions/<str:code>/", pipeline.expression, name="expression"),
    path("expressions/<str:code>/new-word/", recording.new_word, name="new-word"),
    path("expressions/<str:code>/<slug:name>/", steps.step, name="expression-step"),
    path("talks/<str:code>/move/", reading.move_talk, name="talk-move"),
    path("talks/<str:code>/held/", reading.talk_held, name="talk-held"),
    # Readers
    path("readings/<str:code>/", reading.reading, name="reading"),
    path("readings/<str:code>/aside/", reading.aside, name="reading-aside"),
]
