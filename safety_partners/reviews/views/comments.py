"""Pages of one comment: writing it beside its part, changing it, and all that belongs to it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.page import PageRequest, attempt, page, posted, show
from safety_partners.core.return_to import return_to
from safety_partners.reviews import commands, policies, queries
from safety_partners.reviews.forms.commenting import CommentForm, EditForm
from safety_partners.reviews.forms.documents import NothingToAsk
from safety_partners.reviews.models import Comment, Paragraph, Reviewer, ReviewQuestion
from safety_partners.reviews.views.loading import load_comment, load_desk, place_asked

LOOKS = ("GET",)


@page(allow=policies.may_be_asked)
def write_on_part(request: PageRequest, code: str, position: int) -> HttpResponse:
    """Comment on one part of the document; then back to where it stands."""
    reviewer = load_desk(request, code)
    paragraph = get_object_or_404(reviewer.review.version.paragraphs, position=position)
    section = place_asked(request)["section"]
    back = reverse("reviews:read", args=[code]) + (f"?section={section}" if section else "")
    return _write(request, reviewer, f"{back}#{paragraph.anchor}", paragraph=paragraph)


@page(allow=policies.may_be_asked)
def write_on_question(request: PageRequest, code: str, number: int) -> HttpResponse:
    """Answer one of the owner's questions."""
    reviewer = load_desk(request, code)
    question = get_object_or_404(reviewer.review.questions, number=number)
    return _write(request, reviewer, f"{return_to(request, reverse('reviews:reviewing', args=[code]))}#questions", question=question)


@page(allow=policies.may_be_asked)
def write_on_whole(request: PageRequest, code: str) -> HttpResponse:
    """Comment on the document as a whole."""
    reviewer = load_desk(request, code)
    return _write(request, reviewer, f"{return_to(request, reverse('reviews:reviewing', args=[code]))}#whole")


def _write(
    request: PageRequest, reviewer: Reviewer, back: str, *, paragraph: Paragraph | None = None, question: ReviewQuestion | None = None
) -> HttpResponse:
    _demand_may_write(reviewer)
    form = CommentForm(posted(request))
    if form.is_valid() and attempt(
        form, commands.write_comment, request.viewer, reviewer, paragraph=paragraph, question=question, **form.cleaned_data
    ):
        return redirect(back)
    return show(request, "reviews/comment_write.jinja", form=form, reviewer=reviewer, paragraph=paragraph, question=question, back=back)


def _demand_may_write(reviewer: Reviewer) -> None:
    if reviewer.status != Reviewer.Status.ASKED:
        raise NotPossible(_("You said that you had finished. Choose “Add more comments” first."))


@page(allow=policies.may_see_documents, methods=LOOKS)
def comment(request: PageRequest, code: str) -> HttpResponse:
    """One comment: the words, the place, what was done with it, and what the words became."""
    found = load_comment(request, code)
    viewer = request.viewer
    return show(
        request,
        "reviews/comment.jinja",
        comment=found,
        whole=queries.comment_page(viewer, found),
        is_speaker=found.insight.speaker_id == viewer.membership_id,
        may_edit=found.is_draft and policies.may_edit_comment(viewer, found),
        may_dispose=(found.waits or found.asks_again) and policies.may_dispose(viewer, found),
    )


@page(allow=policies.may_be_asked)
def edit(request: PageRequest, code: str) -> HttpResponse:
    """Change a comment that has not been sent."""
    found = _load_draft(request, code)
    form = EditForm(posted(request), initial={"words": found.insight.words, "turn": found.insight.turn})
    is_right = form.is_valid() and _is_as_seen(form, found)
    if is_right and attempt(form, commands.edit_comment, request.viewer, found, words=form.cleaned_data["words"]):
        return redirect(_back_to(request, found))
    return show(request, "reviews/comment_edit.jinja", form=form, comment=found, back=_back_to(request, found))


@page(allow=policies.may_be_asked)
def delete(request: PageRequest, code: str) -> HttpResponse:
    """Throw a comment away that has not been sent."""
    found = _load_draft(request, code)
    form = NothingToAsk(posted(request))
    back = _back_to(request, found)
    if form.is_valid() and attempt(form, commands.delete_comment, request.viewer, found):
        return redirect(back)
    return show(request, "reviews/comment_delete.jinja", form=form, comment=found, back=back)


def _load_draft(request: PageRequest, code: str) -> Comment:
    found = load_comment(request, code, policies.may_edit_comment)
    if not found.is_draft:
        raise NotPossible(_("This comment has been sent, so its words can no longer be changed. You can add another one."))
    return found


def _back_to(request: PageRequest, comment: Comment) -> str:
    """Where the comment stands: the address asked for, or the page of the document as the partner reads it."""
    anchor = comment.paragraph.anchor if comment.paragraph else "questions" if comment.question else "whole"
    return return_to(request, f"{reverse('reviews:read', args=[comment.desk])}#{anchor}")


def _is_as_seen(form: EditForm, comment: Comment) -> bool:
    """Say whether the words are still those that were on the page; if not, both are shown, and they can send it again."""
    if form.cleaned_data["turn"] == comment.insight.turn:
        return True
    form.add_error(
        None, _("This comment was changed in another window. What is kept now is shown below, and what you typed is still in the box.")
    )
    form.renew(turn=comment.insight.turn)
    return False
