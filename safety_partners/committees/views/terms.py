"""Pages of what belongs to a committee: its terms of reference in every version, and its members."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from safety_partners.committees import commands, policies, queries
from safety_partners.committees.forms import committees as forms
from safety_partners.committees.models.committee import READERS
from safety_partners.committees.views.loading import ask, demand, load_committee, load_member, load_terms, people_for
from safety_partners.core import files
from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.core.working_days import today
from safety_partners.partners.forms.said import PressForm, without
from safety_partners.people.choosing import member_called

LOOKS = ("GET",)


@page(allow=policies.may_see_committees, methods=LOOKS)
def terms(request: PageRequest, code: str) -> HttpResponse:
    """The terms of reference as they are, and as they were."""
    found = load_committee(request, code)
    versions = list(queries.terms_of(request.viewer, found))
    may_run = policies.may_run(request.viewer, found)
    return show(request, "committees/terms.jinja", committee=found, versions=versions, may_run=may_run, today=today())


@page(allow=policies.may_see_all_committees)
def add_terms(request: PageRequest, code: str) -> HttpResponse:
    """Put down a new version of the terms of reference."""
    found = load_committee(request, code, policies.may_run)
    if request.method == "GET":
        demand(not found.is_over, _("This committee does not meet any more."))
    form = forms.TermsForm(posted(request), request.FILES or None)
    if form.is_valid() and attempt(form, commands.agree_terms, request.viewer, found, **form.cleaned_data):
        return done(
            request, _("The new terms of reference are there. The earlier ones stay as they were."), to="committees:terms", code=found.code
        )
    return show(request, "committees/terms_form.jinja", form=form, committee=found)


@page(allow=policies.may_see_committees, methods=LOOKS)
def terms_file(request: PageRequest, code: str) -> HttpResponse:
    """The file of one version."""
    found = load_terms(request, code)
    if found.file is None:
        raise Http404
    return files.answer(request, found.file)


@page(allow=policies.may_see_all_committees)
def add_member(request: PageRequest, code: str) -> HttpResponse:
    """Give somebody a place at the table."""
    found = load_committee(request, code, policies.may_run)
    if request.method == "GET":
        demand(not found.is_over, _("This committee does not meet any more."))
    people = people_for(request, "member", roles=READERS)
    form = forms.MemberForm(posted(request), people=people)
    if form.is_valid():
        member = member_called(request.viewer, form.cleaned_data["member"])
        given = without(form.cleaned_data, "member")
        if attempt(form, commands.seat_member, request.viewer, found, member=member, **given):
            return done(request, _("They have a place at the table, and are told."), to=found)
    words = [_("For people who work here or sit on the board. Partners have seats of their own.")]
    return ask(request, form, title=_("Add a member"), caption=found.name, button=_("Add"), back=found, words=words, people=people)


@page(allow=policies.may_see_all_committees)
def end_member(request: PageRequest, code: str) -> HttpResponse:
    """End somebody's place at the table."""
    found = load_member(request, code, policies.may_run)
    form = PressForm(posted(request))
    if form.is_valid() and attempt(form, commands.end_member, request.viewer, found, **form.cleaned_data):
        return done(request, _("They are a member no more, and are told."), to=found.committee)
    if request.method == "GET":
        demand(found.ended_on is None, _("They are a member no more."))
    words = [_("%(name)s is not invited to later meetings.") % {"name": found.membership.name}]
    return ask(
        request, form, title=_("End this membership"), caption=found.committee.name, button=_("End it"), back=found.committee, words=words
    )
