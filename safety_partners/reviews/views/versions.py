"""Pages of versions: adding one, looking through what was read, reading it, what changed, and putting it in force."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from safety_partners.core import files
from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.people.policies import is_staff
from safety_partners.reviews import commands, policies, queries
from safety_partners.reviews.forms.documents import IssueForm, NothingToAsk, VersionForm
from safety_partners.reviews.views.loading import load_document, load_version, number, place_asked, read_file

LOOKS = ("GET",)
KINDS = ("changed", "moved", "new", "gone")


@page(allow=is_staff)
def add(request: PageRequest, code: str) -> HttpResponse:
    """Add a newer version of a document from a file."""
    viewer = request.viewer
    document = load_document(request, code, policies.may_look_after)
    form = VersionForm(posted(request), request.FILES or None)
    if form.is_valid() and (taken := read_file(form, document)):
        version = attempt(form, commands.add_version, viewer, document, taken=taken, **form.answers())
        if version is not None:
            return redirect("reviews:version-check", version.code)
    return show(request, "reviews/version_add.jinja", form=form, document=document)


@page(allow=is_staff, methods=LOOKS)
def check(request: PageRequest, code: str) -> HttpResponse:
    """What was read from the file: how much of what, and all of it, to be looked through before going on."""
    version = load_version(request, code, policies.may_look_after)
    compared = queries.versions_compared(request.viewer, version)
    return show(
        request,
        "reviews/version_check.jinja",
        version=version,
        counts=queries.counted(version),
        reading=queries.reading_page(version, **place_asked(request)),
        compared=compared[0] if compared else None,
    )


@page(allow=policies.may_see_documents, methods=LOOKS)
def version(request: PageRequest, code: str) -> HttpResponse:
    """A version as it reads: headings, paragraphs, lists and tables."""
    found = load_version(request, code)
    compared = queries.versions_compared(request.viewer, found)
    return show(
        request,
        "reviews/version.jinja",
        version=found,
        reading=queries.reading_page(found, **place_asked(request)),
        compared=compared[0] if compared else None,
        may_look_after=policies.may_look_after(request.viewer, found),
    )


@page(allow=policies.may_see_documents, methods=LOOKS)
def file(request: PageRequest, code: str) -> HttpResponseBase:
    """The file as it was sent to us."""
    return files.answer(request, load_version(request, code).file)


@page(allow=policies.may_see_documents, methods=LOOKS)
def changes(request: PageRequest, code: str) -> HttpResponse:
    """What is different between a version and an earlier one."""
    found = load_version(request, code)
    earlier = queries.versions_compared(request.viewer, found)
    asked = request.GET.get("from", "")
    old = next((one for one in earlier if one.code == asked), earlier[0] if earlier and not asked else None)
    if old is None:
        raise Http404
    kind = request.GET.get("show", "")
    compared = queries.comparison(old, found, kind=kind if kind in KINDS else "", page=number(request.GET.get("page", "")) or 1)
    return show(request, "reviews/version_changes.jinja", version=found, compared=compared, earlier=earlier)


@page(allow=is_staff)
def issue(request: PageRequest, code: str) -> HttpResponse:
    """Put a version in force; what stands in the way is said, and who will be told."""
    viewer = request.viewer
    found = load_version(request, code, policies.may_look_after)
    form = IssueForm(posted(request), initial=IssueForm.initial_of(found))
    if form.is_valid() and attempt(form, commands.issue_version, viewer, found, **form.cleaned_data):
        return done(request, _("The new version is in force. Everyone who commented is being told."), to=found.document)
    return show(
        request,
        "reviews/version_issue.jinja",
        form=form,
        version=found,
        unanswered=queries.unanswered_before(found),
        open_review=queries.open_review_before(found),
        told=queries.commenters_before(found),
        same=queries.accepted_but_same(found),
    )


@page(allow=is_staff)
def take_out(request: PageRequest, code: str) -> HttpResponse:
    """Take out a version that was added by mistake."""
    found = load_version(request, code, policies.may_look_after)
    form = NothingToAsk(posted(request))
    document = attempt(form, commands.take_out_version, request.viewer, found) if form.is_valid() else None
    if document is not None:
        return done(request, _("The version is taken out."), to=document)
    return show(request, "reviews/version_take_out.jinja", form=form, version=found)
