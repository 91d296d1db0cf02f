"""Pages of documents: the list, one document, adding one, correcting what is written about it."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.design.lists import BooleanFilter, Column, ListPage, Sort
from safety_partners.people.policies import is_staff
from safety_partners.reviews import commands, policies, queries
from safety_partners.reviews.forms.documents import AddForm, CorrectForm
from safety_partners.reviews.views.loading import load_document, read_file

LOOKS = ("GET",)


def _documents_for(viewer: Viewer) -> ListPage:
    """The list of documents, as this viewer may narrow it."""
    works_here = is_staff(viewer)
    return ListPage(
        fields=("code", "title", "reference", "owner__user__name", "label", "closes_on", "next_review_on"),
        columns=[
            Column("title", _("Title"), sort="title"),
            Column("reference", _("Reference")),
            Column("label", _("Version in force")),
            Column("owner__user__name", _("Looked after by")),
            Column("closes_on", _("In review until"), kind="date"),
            Column("next_review_on", _("Look at again"), kind="date", sort="review"),
        ],
        sorts=[
            Sort("title", _("Title, A to Z"), ["title", "id"], reverse_label=_("Title, Z to A")),
            Sort("review", _("What should be looked at first"), ["review_day", "id"], reverse_label=_("What should be looked at last")),
        ],
        filters=[
            *(
                [BooleanFilter("mine", _("Only mine"), apply=lambda rows, _on: rows.filter(owner_id=viewer.membership_id))]
                if works_here
                else []
            ),
            BooleanFilter("in_review", _("Only what partners are reading now"), apply=lambda rows, _on: queries.in_review(rows)),
            *(
                [BooleanFilter("due", _("Only what should be looked at again soon"), apply=lambda rows, _on: queries.review_due(rows))]
                if works_here
                else []
            ),
        ],
        search=partial(queries.search_documents, viewer=viewer),
        search_label=_("Search titles, references and words"),
        counted=ngettext_lazy("%(n)s document", "%(n)s documents", "n"),
        caption=_("Documents"),
        empty=_("There are no documents here yet.") if works_here else _("Nobody has asked you to read a document yet."),
    )


@page(allow=policies.may_see_documents, methods=LOOKS)
def documents(request: PageRequest) -> HttpResponse:
    """Every document this person may see."""
    viewer = request.viewer
    listing = _documents_for(viewer).show(queries.documents(viewer), request.GET, path=request.path)
    return show(request, "reviews/documents.jinja", listing=listing, may_add=policies.may_add_document(viewer), today=today())


@page(allow=policies.may_add_document)
def add(request: PageRequest) -> HttpResponse:
    """Add a document from a file; what could not be read is said beside the file, and nothing is kept."""
    viewer = request.viewer
    form = AddForm(
        posted(request),
        request.FILES or None,
        owners=queries.owners(viewer),
        services=queries.open_services(viewer),
        initial={"owner": viewer.membership_id},
    )
    if form.is_valid() and (taken := read_file(form)):
        document = attempt(form, commands.add_document, viewer, taken=taken, **form.answers())
        if document is not None:
            return redirect("reviews:version-check", document.versions.get(number=1).code)
    return show(request, "reviews/document_add.jinja", form=form)


@page(allow=policies.may_see_documents, methods=LOOKS)
def document(request: PageRequest, code: str) -> HttpResponse:
    """One document: its versions, its reviews, and what to do next."""
    found = load_document(request, code)
    viewer = request.viewer
    return show(
        request,
        "reviews/document.jinja",
        document=found,
        whole=queries.document_page(viewer, found),
        may_look_after=policies.may_look_after(viewer, found),
        works_here=is_staff(viewer),
        today=today(),
    )


@page(allow=is_staff)
def correct(request: PageRequest, code: str) -> HttpResponse:
    """Correct what is written about a document; a new owner gets the open comments with it."""
    viewer = request.viewer
    found = load_document(request, code, policies.may_look_after)
    owners = queries.owners(viewer)
    services = queries.open_services(viewer, found)
    initial = {**CorrectForm.initial_of(found), "seen": queries.state_of_document(found)}
    form = CorrectForm(posted(request), owners=owners, services=services, initial=initial)
    if form.is_valid() and attempt(form, commands.correct_document, viewer, found, **form.answers()):
        return done(request, _("The document is corrected."), to=found)
    if form.is_bound:
        form.renew(seen=queries.state_of_document(found))
    return show(request, "reviews/document_correct.jinja", form=form, document=found)
