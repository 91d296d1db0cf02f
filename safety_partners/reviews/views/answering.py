"""Pages of whoever owes the answer: one comment after another, until none waits."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.people.policies import is_staff
from safety_partners.reviews import commands, policies, queries
from safety_partners.reviews.forms.answering import DisposeForm
from safety_partners.reviews.views.loading import load_comment, load_review


@page(allow=is_staff, methods=("GET",))
def next_comment(request: PageRequest, code: str) -> HttpResponse:
    """Go to the next comment that waits for the viewer's answer, in the order of the document."""
    review = load_review(request, code, policies.may_look_after)
    comment, _count = queries.next_to_answer(request.viewer, review, after=request.GET.get("after", ""))
    return redirect("reviews:dispose", comment.code) if comment else redirect(review)


@page(allow=is_staff)
def dispose(request: PageRequest, code: str) -> HttpResponse:
    """Say what was done with one comment; then comes the next one."""
    viewer = request.viewer
    comment = load_comment(request, code)
    if request.method == "GET" and not (comment.waits or comment.asks_again):
        return redirect(comment)
    policies.may_dispose.demand(viewer, comment)
    form = DisposeForm(posted(request), initial={"turn": comment.insight.turn})
    if form.is_valid() and attempt(form, commands.dispose, viewer, comment, **form.answers()):
        return _go_on(request, code)
    return show(
        request,
        "reviews/dispose.jinja",
        form=form,
        comment=comment,
        around=queries.around(comment),
        left=queries.next_to_answer(viewer, comment.review)[1],
        typed=form["text"].value() if form.is_bound else "",
    )


def _go_on(request: PageRequest, code: str) -> HttpResponse:
    comment = load_comment(request, code)
    following, count = queries.next_to_answer(request.viewer, comment.review, after=code)
    if following is None:
        return done(request, _("Saved, and the partner is being told. Every comment has its answer."), to=comment.review)
    sentence = ngettext(
        "Saved, and the partner is being told. %(n)s comment is left.",
        "Saved, and the partner is being told. %(n)s comments are left.",
        count,
    )
    return done(request, sentence % {"n": count}, to="reviews:dispose", code=following.code)
