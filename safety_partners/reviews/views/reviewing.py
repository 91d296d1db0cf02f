"""Pages of the partner who was asked: what it is about, reading, finishing, saying no, and what became of it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.insights.queries import urgent_contacts
from safety_partners.reviews import commands, policies, queries
from safety_partners.reviews.forms.commenting import FinishForm
from safety_partners.reviews.forms.documents import NothingToAsk
from safety_partners.reviews.models import Reviewer
from safety_partners.reviews.views.loading import load_desk, place_asked

LOOKS = ("GET",)


@page(allow=policies.may_be_asked, methods=LOOKS)
def start(request: PageRequest, code: str) -> HttpResponse:
    """What this is, how long it takes, by when, what can still change, and whom to ask."""
    reviewer = load_desk(request, code)
    return show(request, "reviews/reviewing.jinja", reviewer=reviewer, desk=queries.desk(reviewer))


@page(allow=policies.may_be_asked, methods=LOOKS)
def read(request: PageRequest, code: str) -> HttpResponse:
    """The document, on one page or section by section, with a way to comment beside each part."""
    reviewer = load_desk(request, code)
    desk = queries.desk(reviewer, with_others=False)
    reading = queries.reading_page(reviewer.review.version, **place_asked(request), comments=desk.comments)
    may_write = reviewer.status == Reviewer.Status.ASKED and reviewer.review.takes_comments
    return show(request, "reviews/read.jinja", reviewer=reviewer, desk=desk, reading=reading, may_write=may_write)


@page(allow=policies.may_be_asked)
def finish(request: PageRequest, code: str) -> HttpResponse:
    """The last look at all comments, and where to go if something cannot wait; then they are sealed and sent."""
    viewer = request.viewer
    reviewer = load_desk(request, code)
    if request.method == "GET" and reviewer.status != Reviewer.Status.ASKED:
        return redirect(reviewer)
    drafts = queries.drafts_of(reviewer)
    form = FinishForm(posted(request), initial={"seen": queries.state_of(drafts)})
    if form.is_valid() and attempt(form, commands.finish_review, viewer, reviewer, **form.cleaned_data):
        return done(request, _thanks(len(drafts)), to=reviewer)
    if form.is_bound:
        drafts = queries.drafts_of(reviewer)
        form.renew(seen=queries.state_of(drafts))
    return show(request, "reviews/finish.jinja", form=form, reviewer=reviewer, drafts=drafts, contacts=urgent_contacts(viewer))


def _thanks(count: int) -> str:
    if not count:
        return _("Thank you for reading it. We have told the person who looks after the document.")
    return ngettext(
        "Thank you. Your comment is sealed and sent. You will hear what becomes of it.",
        "Thank you. Your %(n)s comments are sealed and sent. You will hear what becomes of each.",
        count,
    ) % {"n": count}


@page(allow=policies.may_be_asked)
def reopen(request: PageRequest, code: str) -> HttpResponse:
    """Take the review up again, to add more or after saying no."""
    reviewer = load_desk(request, code)
    form = NothingToAsk(posted(request))
    if form.is_valid() and attempt(form, commands.reopen_reviewing, request.viewer, reviewer):
        return done(request, _("You can add comments again. Do not forget to say when you have finished."), to=reviewer)
    return show(request, "reviews/reopen.jinja", form=form, reviewer=reviewer)


@page(allow=policies.may_be_asked)
def decline(request: PageRequest, code: str) -> HttpResponse:
    """Say no. Nobody asks for a reason."""
    reviewer = load_desk(request, code)
    form = NothingToAsk(posted(request))
    if form.is_valid() and attempt(form, commands.decline_review, request.viewer, reviewer):
        return done(request, _("Thank you for telling us. That is fine."), to=reviewer)
    if reviewer.status != Reviewer.Status.ASKED and not form.is_bound:
        return redirect(reviewer)
    return show(request, "reviews/decline.jinja", form=form, reviewer=reviewer)


@page(allow=policies.may_be_asked, methods=LOOKS)
def outcome(request: PageRequest, code: str) -> HttpResponse:
    """What we did with each of a partner's comments, and the words before and after."""
    reviewer = load_desk(request, code)
    return show(request, "reviews/outcome.jinja", reviewer=reviewer, whole=queries.outcome_page(request.viewer, reviewer))
