"""Addresses of groups and of what is passed on, by noun."""

from __future__ import annotations

from django.urls import URLPattern, path

from safety_partners.ppg.views import both, groups, improving, meetings, paper, questions, referring, speaking, yearly

app_name = "ppg"
urlpatterns: list[URLPattern] = [
    # The register
    path("groups/", groups.groups, name="groups"),
    path("groups/add/", groups.add, name="group-new"),
    path("my-group/", groups.mine, name="mine"),
    # Questions to groups
    path("groups/questions/", questions.questions, name="questions"),
    path("groups/questions/new/", questions.add, name="question-new"),
    path("group-questions/<str:code>/", questions.question, name="question"),
    path("group-questions/<str:code>/answer/", questions.answer, name="question-answer"),
    path("group-questions/<str:code>/paper/", paper.question, name="question-paper"),
    path("group-questions/<str:code>/script/", paper.question_script, name="question-script"),
    path("group-questions/<str:code>/tell/", questions.tell, name="question-tell"),
    path("group-questions/<str:code>/take-back/", questions.take_back, name="question-take-back"),
    # What was agreed
    path("groups/improvements/", groups.improvements, name="improvements"),
    path("group-improvements/<str:code>/", improving.improvement, name="improvement"),
    path("group-improvements/<str:code>/done/", improving.complete, name="improvement-done"),
    path("group-improvements/<str:code>/put-off/", improving.put_off, name="improvement-put-off"),
    path("group-improvements/<str:code>/give-up/", improving.give_up, name="improvement-give-up"),
    # One group
    path("groups/<str:code>/", groups.group, name="group"),
    path("groups/<str:code>/change/", groups.change, name="group-change"),
    path("groups/<str:code>/status/", groups.status, name="group-status"),
    path("groups/<str:code>/meetings/", meetings.meetings, name="meetings"),
    path("groups/<str:code>/meetings/new/", meetings.add, name="meeting-new"),
    path("groups/<str:code>/views/", speaking.views, name="views"),
    path("groups/<str:code>/views/new/", speaking.write, name="view-new"),
    path("groups/<str:code>/views/paper/", paper.view, name="view-paper"),
    path("groups/<str:code>/views/script/", paper.view_script, name="view-script"),
    path("groups/<str:code>/improvements/new/", improving.add, name="improvement-new"),
    path("groups/<str:code>/reviews/", yearly.reviews, name="reviews"),
    path("groups/<str:code>/reviews/new/", yearly.record_review, name="review-new"),
    path("groups/<str:code>/priorities/", yearly.priorities, name="priorities"),
    path("groups/<str:code>/notes/", yearly.notes, name="notes"),
    path("groups/<str:code>/notes/new/", yearly.add_note, name="note-new"),
    path("groups/<str:code>/pass-on/", referring.from_group, name="referral-from-group"),
    path("group-notes/<str:code>/take-down/", yearly.take_down_note, name="note-take-down"),
    # Its meetings
    path("group-meetings/<str:code>/", meetings.meeting, name="meeting"),
    path("group-meetings/<str:code>/change/", meetings.change, name="meeting-change"),
    path("group-meetings/<str:code>/held/", meetings.hold, name="meeting-held"),
    path("group-meetings/<str:code>/cancel/", meetings.cancel, name="meeting-cancel"),
    path("group-meetings/<str:code>/minutes/", meetings.minutes_file, name="minutes-file"),
    # What it says as one
    path("group-views/<str:code>/", speaking.view, name="view"),
    path("group-views/<str:code>/edit/", speaking.edit, name="view-edit"),
    path("group-views/<str:code>/delete/", speaking.delete, name="view-delete"),
    # Between groups and partners
    path("referrals/", referring.referrals, name="referrals"),
    path("referrals/new/", referring.to_group, name="referral-new"),
    path("referrals/new/paper/", paper.to_group, name="referral-new-paper"),
    path("referrals/new/script/", paper.to_group_script, name="referral-new-script"),
    path("referrals/<str:code>/", referring.referral, name="referral"),
    path("referrals/<str:code>/send/", referring.send, name="referral-send"),
    path("referrals/<str:code>/say-no/", referring.hand_back, name="referral-back"),
    path("referrals/<str:code>/take-up/", referring.take_up, name="referral-take-up"),
    path("referrals/<str:code>/answer/", referring.answer, name="referral-answer"),
    path("referrals/<str:code>/paper/", paper.referral, name="referral-paper"),
    path("referrals/<str:code>/script/", paper.referral_script, name="referral-script"),
    path("referrals/<str:code>/consent/paper/", paper.consent, name="consent-paper"),
    path("referrals/<str:code>/consent/script/", paper.consent_script, name="consent-script"),
    path("referrals/<str:code>/words/", referring.words, name="referral-words"),
    path("referrals/<str:code>/decline/", referring.decline, name="referral-decline"),
    path("referrals/<str:code>/tell/", referring.tell, name="referral-tell"),
    path("referrals/<str:code>/take-back/", referring.take_back, name="referral-take-back"),
    path("my-place/groups/", both.in_both, name="in-both"),
    path("my-place/groups/<str:code>/take-back/", both.take_back, name="in-both-take-back"),
]
