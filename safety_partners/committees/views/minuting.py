"""Pages of the minutes: writing them item by item, agreeing, approving, reading, and taking them away as a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from safety_partners.committees import commands, minutes_file, policies, queries
from safety_partners.committees.forms import minuting as forms
from safety_partners.committees.models import Item, Minutes
from safety_partners.committees.queries.minutes import MinutesRead
from safety_partners.committees.views.loading import load_committee, load_item
from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.core.policy import Policy

LOOKS = ("GET",)
# How the minutes say who was there and what was said; the same on the page and in the file.
SENTENCES = {
    "people": minutes_file.people,
    "action_line": minutes_file.action_line,
    "left_line": minutes_file.left_line,
    "quote_line": minutes_file.quote_line,
}


@page(allow=policies.may_see_committees)
def write(request: PageRequest, code: str) -> HttpResponse:
    """The minutes of one item: saved as often as one likes, exactly as typed."""
    item = load_item(request, code, policies.may_work_on_item)
    kept = queries.minute_of(request.viewer, item)
    form = forms.MinuteForm(posted(request), initial={"words": kept.words if kept else "", "turn": kept.turn if kept else 0})
    if form.is_valid() and attempt(form, commands.save_minute, request.viewer, item, **form.cleaned_data):
        return _saved(request, item)
    if form.is_bound:
        kept = queries.minute_of(request.viewer, item)
        if "words" not in form.errors:
            form.renew(turn=kept.turn if kept else 0)
    return show(
        request,
        "committees/minute.jinja",
        form=form,
        item=item,
        kept=kept,
        said=queries.said_of(request.viewer, item),
        minutes=queries.table_line(request.viewer, item.meeting),
    )


def _saved(request: PageRequest, item: Item) -> HttpResponse:
    """Back to the same item, or on to the next one."""
    following = queries.item_after(request.viewer, item) if request.POST.get("then") == "next" else None
    if request.POST.get("then") == "next" and following is None:
        return done(request, _("Saved. This was the last item."), to="committees:table", code=item.meeting.code)
    return done(request, _("Saved."), to="committees:minute", code=(following or item).code)


def _load(request: PageRequest, code: str, may: Policy | None = None) -> Minutes:
    minutes: Minutes = get_object_or_404(queries.minutes_to_read(request.viewer), code=code)
    if may is not None:
        may.demand(request.viewer, minutes)
    return minutes


@page(allow=policies.may_see_committees, methods=LOOKS)
def minutes(request: PageRequest, code: str) -> HttpResponse:
    """The minutes as this person may read them."""
    found = _load(request, code)
    whole = queries.read_minutes(request.viewer, [found])[0]
    return show(
        request,
        "committees/minutes.jinja",
        minutes=found,
        whole=whole,
        standing=minutes_file.standing(found),
        is_intact=bool(found.checksum) and queries.is_as_approved(found),
        **SENTENCES,
        may_run=policies.may_run(request.viewer, found),
        may_chair=policies.may_chair(request.viewer, found),
    )


def _press(
    request: PageRequest, code: str, *, may: Policy, move: str, command: Callable[..., Minutes], template: str, sentence: str
) -> HttpResponse:
    """A page that only asks to be sure, before one move; where that is made already, the minutes themselves."""
    found = _load(request, code, may)
    form = forms.PressForm(posted(request))
    if form.is_valid() and attempt(form, command, request.viewer, found, **form.cleaned_data):
        return done(request, sentence, to=found)
    if not form.is_bound and not Minutes.lifecycle.may(found, move):
        return redirect(found)
    whole = queries.read_minutes(request.viewer, [found])[0]
    return show(request, template, form=form, minutes=found, whole=whole, **SENTENCES)


@page(allow=policies.may_see_committees)
def offer(request: PageRequest, code: str) -> HttpResponse:
    """Give the draft to the chair."""
    sentence = _("The chair has the minutes now.")
    template = "committees/minutes_offer.jinja"
    return _press(request, code, may=policies.may_run, move="offer", command=commands.offer_minutes, template=template, sentence=sentence)


@page(allow=policies.may_see_committees)
def agree(request: PageRequest, code: str) -> HttpResponse:
    """The chair says that they tell what happened."""
    sentence = _("The minutes are agreed. Everybody who was invited is told that they can read them.")
    template = "committees/minutes_agree.jinja"
    return _press(request, code, may=policies.may_chair, move="agree", command=commands.agree_minutes, template=template, sentence=sentence)


@page(allow=policies.may_see_committees)
def reopen(request: PageRequest, code: str) -> HttpResponse:
    """Let them be written again."""
    sentence = _("The minutes can be written again.")
    template = "committees/minutes_reopen.jinja"
    command = commands.reopen_minutes
    return _press(request, code, may=policies.may_chair, move="reopen", command=command, template=template, sentence=sentence)


@page(allow=policies.may_see_committees)
def approve(request: PageRequest, code: str) -> HttpResponse:
    """A later meeting approved them, with what it put right."""
    found = _load(request, code, policies.may_run)
    if request.method == "GET" and found.status != Minutes.Status.AGREED:
        return redirect(found)
    form = forms.ApproveForm(posted(request), meetings=queries.meetings_that_approve(found), initial={"turn": found.turn})
    if form.is_valid() and attempt(form, commands.approve_minutes, request.viewer, found, **form.answers()):
        return done(request, _("The minutes are approved and sealed. Nothing in them changes from now on."), to=found)
    if form.is_bound:
        form.renew(turn=found.turn)
    return show(request, "committees/minutes_approve.jinja", form=form, minutes=found)


@page(allow=policies.may_see_committees, methods=LOOKS)
def minutes_as_file(request: PageRequest, code: str, kind: str) -> HttpResponse:
    """The same as a PDF that a screen reader can read, or as plain text."""
    found = _load(request, code)
    return _file(queries.read_minutes(request.viewer, [found]), kind, name=f"minutes-{found.meeting.day}-{found.code}")


@page(allow=policies.may_see_committees, methods=LOOKS)
def committee_minutes(request: PageRequest, code: str) -> HttpResponse:
    """All minutes of one committee, year by year."""
    committee = load_committee(request, code)
    years = queries.minutes_by_year(request.viewer, committee)
    return show(request, "committees/committee_minutes.jinja", committee=committee, years=years)


@page(allow=policies.may_see_committees, methods=LOOKS)
def year_as_file(request: PageRequest, code: str, year: int, kind: str) -> HttpResponse:
    """The agreed minutes of a year in one file."""
    committee = load_committee(request, code)
    found = queries.compiled(request.viewer, committee, year)
    if not found:
        raise Http404
    return _file(found, kind, name=f"minutes-{year}-{committee.code}", year=year)


def _file(found: Sequence[MinutesRead], kind: str, *, name: str, **about: Any) -> HttpResponse:
    document = minutes_file.document(found, **about)
    content, content_type = (
        (minutes_file.as_pdf(document), "application/pdf")
        if kind == "pdf"
        else (minutes_file.as_text(document), "text/plain; charset=utf-8")
    )
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
