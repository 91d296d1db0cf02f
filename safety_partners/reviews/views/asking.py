"""Pages of the owner: asking for a review, seeing who has finished, reminding, closing."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.core.working_days import today, working_days_between
from safety_partners.people.policies import is_staff
from safety_partners.reviews import commands, policies, queries
from safety_partners.reviews.forms.asking import AskAnotherForm, AskForm, ClosingDayForm
from safety_partners.reviews.forms.documents import NothingToAsk
from safety_partners.reviews.models import Review
from safety_partners.reviews.views.loading import load_review, load_version

SEND, CHANGE = "send", "change"
LOOKS = ("GET",)


@page(allow=is_staff)
def ask(request: PageRequest, code: str) -> HttpResponse:
    """Ask partners for a review; before anything goes out, the page shows who will get it."""
    viewer = request.viewer
    version = load_version(request, code, policies.may_look_after)
    partners = queries.partners_to_ask(version.document)
    form = AskForm(posted(request), partners=partners)
    is_right = form.is_valid()
    if is_right and SEND in request.POST:
        review = attempt(form, commands.ask_for_review, viewer, version, **form.answers())
        if review is not None:
            return done(request, _told(len(form.cleaned_data["partners"])), to=review)
    elif is_right and CHANGE not in request.POST:
        answers = form.answers()
        return show(
            request,
            "reviews/review_check.jinja",
            form=form,
            version=version,
            answers=answers,
            stage=Review.Stage(answers["stage"]).label,
            days=working_days_between(today(), answers["closes_on"]),
            sent={name: values for name, values in request.POST.lists() if name not in {"csrfmiddlewaretoken", SEND, CHANGE}},
        )
    return show(request, "reviews/review_add.jinja", form=form, version=version, partners=partners)


def _told(count: int) -> str:
    return ngettext("We are telling %(n)s partner.", "We are telling %(n)s partners.", count) % {"n": count}


@page(allow=policies.may_see_reviews, methods=LOOKS)
def review(request: PageRequest, code: str) -> HttpResponse:
    """A review: who has finished, what was said, and what to do next."""
    found = load_review(request, code)
    viewer = request.viewer
    return show(
        request,
        "reviews/review.jinja",
        review=found,
        whole=queries.review_page(viewer, found),
        may_look_after=policies.may_look_after(viewer, found),
        may_record=policies.may_record_comment(viewer, found),
        today=today(),
    )


@page(allow=is_staff)
def ask_another(request: PageRequest, code: str) -> HttpResponse:
    """Ask one more partner; nobody else gets a message."""
    found = load_review(request, code, policies.may_look_after)
    partners = queries.partners_to_ask(found.document, found)
    form = AskAnotherForm(posted(request), partners=partners)
    if form.is_valid():
        partner = form.partners[form.cleaned_data["partner"]]
        key = form.cleaned_data["submission_key"]
        if attempt(form, commands.ask_another, request.viewer, found, partner=partner, submission_key=key):
            return done(request, _("We are telling %(name)s, and nobody else.") % {"name": partner.name}, to=found)
    return show(request, "reviews/ask_another.jinja", form=form, review=found, partners=partners)


@page(allow=is_staff)
def closing_day(request: PageRequest, code: str) -> HttpResponse:
    """Change the closing day; the page says who will be told."""
    found = load_review(request, code, policies.may_look_after)
    told = queries.not_finished(found)
    form = ClosingDayForm(posted(request), initial={"closes_on": found.closes_on, "turn": found.turn})
    if form.is_valid() and attempt(form, commands.change_closing_day, request.viewer, found, **form.cleaned_data):
        sentence = ngettext(
            "The closing day is changed. We are telling %(n)s partner who has not finished.",
            "The closing day is changed. We are telling the %(n)s partners who have not finished.",
            len(told),
        )
        nobody = _("The closing day is changed. Everyone has finished, so nobody is told.")
        return done(request, sentence % {"n": len(told)} if told else nobody, to=found)
    return show(request, "reviews/closing_day.jinja", form=form, review=found, told=told)


@page(allow=is_staff)
def remind(request: PageRequest, code: str) -> HttpResponse:
    """Remind those who have not finished; the page shows who that is before anything goes out."""
    found = load_review(request, code, policies.may_look_after)
    told = queries.to_remind(found)
    form = NothingToAsk(posted(request))
    if form.is_valid() and attempt(form, commands.remind, request.viewer, found):
        sentence = ngettext("We are reminding %(n)s partner.", "We are reminding %(n)s partners.", len(told)) % {"n": len(told)}
        return done(request, sentence, to=found)
    return show(request, "reviews/remind.jinja", form=form, review=found, told=told)


@page(allow=is_staff)
def close(request: PageRequest, code: str) -> HttpResponse:
    """Close a review; before its day, the page says who is cut off and will be told."""
    found = load_review(request, code, policies.may_look_after)
    form = NothingToAsk(posted(request))
    if form.is_valid() and attempt(form, commands.close_review, request.viewer, found):
        return done(request, _("The review is closed. Comments that come later are taken and marked late."), to=found)
    return show(request, "reviews/close.jinja", form=form, review=found, unfinished=queries.not_finished(found), today=today())
