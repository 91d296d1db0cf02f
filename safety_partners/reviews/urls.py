"""Addresses of documents, reviews and comments, by noun."""

from __future__ import annotations

from django.urls import path

from safety_partners.reviews.views import answering, asking, comments, documents, recording, reviewing, versions

app_name = "reviews"

urlpatterns = [
    path("documents/", documents.documents, name="documents"),
    path("documents/new/", documents.add, name="document-new"),
    path("documents/<str:code>/", documents.document, name="document"),
    path("documents/<str:code>/correct/", documents.correct, name="document-correct"),
    path("documents/<str:code>/versions/new/", versions.add, name="version-new"),
    path("versions/<str:code>/", versions.version, name="version"),
    path("versions/<str:code>/check/", versions.check, name="version-check"),
    path("versions/<str:code>/file/", versions.file, name="version-file"),
    path("versions/<str:code>/changes/", versions.changes, name="version-changes"),
    path("versions/<str:code>/issue/", versions.issue, name="version-issue"),
    path("versions/<str:code>/take-out/", versions.take_out, name="version-take-out"),
    path("versions/<str:code>/ask/", asking.ask, name="review-new"),
    path("reviews/<str:code>/", asking.review, name="review"),
    path("reviews/<str:code>/ask-another/", asking.ask_another, name="ask-another"),
    path("reviews/<str:code>/closing-day/", asking.closing_day, name="closing-day"),
    path("reviews/<str:code>/remind/", asking.remind, name="remind"),
    path("reviews/<str:code>/close/", asking.close, name="close"),
    path("reviews/<str:code>/next/", answering.next_comment, name="next-comment"),
    path("reviews/<str:code>/record/", recording.record_comment, name="comment-record"),
    path("reviewing/<str:code>/", reviewing.start, name="reviewing"),
    path("reviewing/<str:code>/read/", reviewing.read, name="read"),
    path("reviewing/<str:code>/comment/", comments.write_on_whole, name="comment-whole"),
    path("reviewing/<str:code>/questions/<int:number>/", comments.write_on_question, name="comment-question"),
    path("reviewing/<str:code>/parts/<int:position>/", comments.write_on_part, name="comment-part"),
    path("reviewing/<str:code>/finish/", reviewing.finish, name="finish"),
    path("reviewing/<str:code>/reopen/", reviewing.reopen, name="reopen"),
    path("reviewing/<str:code>/decline/", reviewing.decline, name="decline"),
    path("reviewing/<str:code>/outcome/", reviewing.outcome, name="outcome"),
    path("reviewing/<str:code>/record/", recording.record_answer, name="answer-record"),
    path("comments/<str:code>/", comments.comment, name="comment"),
    path("comments/<str:code>/edit/", comments.edit, name="comment-edit"),
    path("comments/<str:code>/delete/", comments.delete, name="comment-delete"),
    path("comments/<str:code>/answer/", answering.dispose, name="dispose"),
]
