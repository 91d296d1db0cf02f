"""Pages for staff who write down what a partner said about a document by phone, by letter or at a meeting."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.insights.policies import may_record_words
from safety_partners.people.policies import is_staff
from safety_partners.reviews import commands, policies, queries
from safety_partners.reviews.forms.asking import RecordAnswerForm
from safety_partners.reviews.forms.commenting import RecordForm
from safety_partners.reviews.models import Review
from safety_partners.reviews.views.loading import load_desk, load_review


@page(allow=may_record_words)
def record_comment(request: PageRequest, code: str) -> HttpResponse:
    """Write down one comment; it is sent at once in the partner's name, and they get a copy."""
    review = load_review(request, code, policies.may_record_comment)
    whole = queries.review_page(request.viewer, review)
    reviewers = [one.reviewer for one in whole.desks]
    form = RecordForm(posted(request), reviewers=reviewers, questions=whole.questions, parts=review.version.paragraph_count)
    if form.is_valid() and attempt(form, commands.record_comment, request.viewer, review, **_answers(form, review)):
        return done(request, _("The comment is written down and sent. The partner gets a copy."), to=review)
    return show(request, "reviews/comment_record.jinja", form=form, review=review)


def _answers(form: RecordForm, review: Review) -> dict[str, Any]:
    """What the command takes: people and places as themselves."""
    given = form.cleaned_data
    part = given.get("part")
    return {
        "reviewer": form.reviewers[given["reviewer"]],
        "words": given["words"],
        "capture": given["capture"],
        "is_read_back": given["is_read_back"],
        "paragraph": review.version.paragraphs.get(position=part) if part else None,
        "question": form.questions_asked.get(given.get("question", "")),
        "submission_key": given["submission_key"],
    }


@page(allow=is_staff)
def record_answer(request: PageRequest, code: str) -> HttpResponse:
    """Write down that a partner has finished, or cannot this time."""
    reviewer = load_desk(request, code, policies.may_look_after)
    form = RecordAnswerForm(posted(request))
    if form.is_valid() and attempt(form, commands.record_answer, request.viewer, reviewer, **form.cleaned_data):
        return done(request, _("It is written down."), to=reviewer.review)
    return show(request, "reviews/answer_record.jinja", form=form, reviewer=reviewer)
