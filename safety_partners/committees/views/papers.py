"""Pages of papers: all of them with a search, one of them, sending one in, opening it, and copies in other formats."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from safety_partners.committees import commands, policies, queries
from safety_partners.committees.forms import papers as forms
from safety_partners.committees.models import FormatCopy, Paper, PaperVersion
from safety_partners.committees.models.committee import READERS
from safety_partners.committees.packing import parts_of
from safety_partners.committees.views.loading import ask, load_item, load_meeting, people_for
from safety_partners.core import files
from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.core.policy import Policy
from safety_partners.core.viewer import Viewer
from safety_partners.design.lists import BooleanFilter, ChoiceFilter, Column, ListPage, Sort
from safety_partners.partners.forms.said import PressForm
from safety_partners.people.choosing import member_called
from safety_partners.reading import DocumentRefused

LOOKS = ("GET",)


def _list_for(viewer: Viewer) -> ListPage:
    """The list of papers, as this viewer may narrow it."""
    return ListPage(
        columns=[
            Column("title", gettext_lazy("Paper")),
            Column("item__meeting__committee__name", gettext_lazy("Committee")),
            Column("item__meeting__starts_at", gettext_lazy("Meeting"), kind="date"),
            Column("arrived_at", gettext_lazy("Arrived"), kind="date"),
        ],
        sorts=[Sort("newest", gettext_lazy("Newest first"), ["-id"], reverse_label=gettext_lazy("Oldest first"))],
        filters=[
            ChoiceFilter(
                "committee",
                gettext_lazy("Committee"),
                choices=partial(queries.committees_to_choose, viewer),
                apply=lambda rows, chosen: rows.filter(item__meeting__committee=chosen),
            ),
            BooleanFilter("late", gettext_lazy("Only those that came late"), apply=lambda rows, _on: rows.filter(was_late=True)),
        ],
        search=partial(queries.search_papers, viewer=viewer),
        search_label=gettext_lazy("Search titles and words"),
        counted=ngettext_lazy("%(n)s paper", "%(n)s papers", "n"),
        caption=gettext_lazy("Papers"),
        empty=gettext_lazy("There are no papers here that you may open."),
    )


@page(allow=policies.may_see_committees, methods=LOOKS)
def papers(request: PageRequest) -> HttpResponse:
    """Every paper this person may open, and a search through their words."""
    viewer = request.viewer
    listing = _list_for(viewer).show(queries.papers(viewer), request.GET, path=request.path)
    return show(request, "committees/papers.jinja", listing=listing, may_see_all=policies.may_set_up_committees(viewer))


def _load_paper(request: PageRequest, code: str, may: Policy = policies.may_open_paper) -> Paper:
    """A paper with its item, meeting and committee."""
    rows = Paper.objects.visible_to(request.viewer).select_related(
        "item__meeting__committee__secretary__user", "item__meeting__committee__chair__user", "item__meeting__organisation", "author__user"
    )
    found: Paper = get_object_or_404(rows, code=code)
    may.demand(request.viewer, found)
    return found


def _load_version(request: PageRequest, code: str) -> PaperVersion:
    rows = PaperVersion.objects.visible_to(request.viewer).select_related("paper__item__meeting__committee", "file", "by__user")
    found: PaperVersion = get_object_or_404(rows, code=code)
    return found


@page(allow=policies.may_see_committees, methods=LOOKS)
def paper(request: PageRequest, code: str) -> HttpResponse:
    """One paper: in short, what it asks, what may be hard in it, and the way to open it."""
    viewer = request.viewer
    found = _load_paper(request, code)
    return show(
        request,
        "committees/paper.jinja",
        paper=found,
        whole=queries.paper_page(viewer, found),
        line=queries.line_of(viewer, found.item),
        may_run=policies.may_run(viewer, found),
        is_author=policies.is_author(viewer, found),
    )


@page(allow=policies.may_see_committees)
def add(request: PageRequest, code: str) -> HttpResponse:
    """Put a paper on the agenda; who writes it is told by when we need it."""
    item = load_item(request, code, policies.may_work_on_item)
    people = people_for(request, "author", roles=READERS)
    form = forms.PaperForm(posted(request), people=people, initial={"classification": item.classification})
    if form.is_valid():
        found = attempt(form, commands.add_paper, request.viewer, item, **_with_author(request, form.cleaned_data))
        if found is not None:
            return redirect("committees:paper", found.code)
    return ask(
        request,
        form,
        title=_("Add a paper"),
        caption=item.title,
        button=_("Save, then add the paper itself"),
        back=item,
        words=[_("Leave out papers that name patients. This is not the place for them.")],
        people=people,
    )


@page(allow=policies.may_see_committees)
def change(request: PageRequest, code: str) -> HttpResponse:
    """Change what stands beside a paper."""
    found = _load_paper(request, code, policies.may_write_paper)
    may_run = policies.may_run(request.viewer, found)
    initial = forms.PaperForm.initial_of(found)
    people = people_for(request, "author", roles=READERS, chosen=[initial["author"]])
    form = forms.PaperForm(posted(request), people=people, paper=found, may_run=may_run, initial=initial)
    if form.is_valid() and attempt(form, commands.change_paper, request.viewer, found, **_with_author(request, form.cleaned_data)):
        return done(request, _("It is changed. Nobody is told of it."), to=found)
    return ask(
        request,
        form,
        title=_("Change what stands beside the paper"),
        caption=found.title,
        button=_("Save"),
        back=found,
        people=people if may_run else None,
        record=found,
    )


def _with_author(request: PageRequest, given: dict[str, Any]) -> dict[str, Any]:
    """Answers with the author as themselves."""
    code = given.get("author", "")
    return {**given, "author": member_called(request.viewer, code) if code else None}


@page(allow=policies.may_see_committees)
def send_in(request: PageRequest, code: str) -> HttpResponse:
    """Send in a paper, or a newer version of it; what the file really is is looked at before anything is kept."""
    viewer = request.viewer
    found = _load_paper(request, code, policies.may_write_paper)
    newest = queries.newest_of(found)
    form = forms.VersionForm(posted(request), request.FILES or None, is_first=newest is None)
    if form.is_valid() and (given := _read(form)):
        version = attempt(form, commands.add_version, viewer, found, **given)
        if version is not None:
            sentence = _("The paper is here.") if version.number == 1 else _("The newer version is here. Those who had read it are told.")
            return done(request, sentence, to=found)
    return show(
        request,
        "committees/paper_send_in.jinja",
        form=form,
        paper=found,
        newest=newest,
        readers=queries.readers_to_tell(newest, without=viewer.membership_id) if newest else [],
    )


def _read(form: forms.VersionForm) -> dict[str, Any] | None:
    """What the command takes; what is wrong with a file is said beside the question."""
    given = {name: form.cleaned_data[name] for name in ("note", "words", "submission_key") if name in form.cleaned_data}
    file = form.cleaned_data["file"]
    try:
        return {**given, "taken": commands.take(file, file.name) if file else None}
    except DocumentRefused as refusal:
        form.add_error("file", refusal.sentence)
        return None


@page(allow=policies.may_see_committees)
def take_out(request: PageRequest, code: str) -> HttpResponse:
    """Take a paper off the agenda."""
    found = _load_paper(request, code, policies.may_work_on_paper)
    form = PressForm(posted(request))
    if form.is_valid() and attempt(form, commands.take_out_paper, request.viewer, found, **form.cleaned_data):
        return done(request, _("The paper is taken out."), to=found.item)
    return ask(
        request,
        form,
        title=_("Take this paper out?"),
        caption=found.title,
        button=_("Take it out"),
        back=found,
        words=[_("Nobody can open it any more, except those who keep the committee’s records. Those who had read it are told.")],
        is_warning=True,
    )


@page(allow=policies.may_see_committees, methods=("POST",))
def open_version(request: PageRequest, code: str) -> HttpResponse:
    """Open a version of a paper: that is noted, and then it comes."""
    found = _load_version(request, code)
    commands.open_version(request.viewer, found)
    return redirect("committees:paper-version-file" if found.file else "committees:paper-version", found.code)


@page(allow=policies.may_see_committees, methods=LOOKS)
def version(request: PageRequest, code: str) -> HttpResponse:
    """A version that was typed, or the words that were read in its file, on a page of our own."""
    found = _load_version(request, code)
    if not queries.has_opened(request.viewer, found):
        return redirect(found.paper)
    return show(request, "committees/paper_version.jinja", version=found, paper=found.paper, parts=parts_of(found))


@page(allow=policies.may_see_committees, methods=LOOKS)
def file(request: PageRequest, code: str) -> HttpResponseBase:
    """The file of a version, for whoever has opened it; others come to the page before it, with its warning."""
    found = _load_version(request, code)
    if found.file is None:
        raise Http404
    return files.answer(request, found.file) if queries.has_opened(request.viewer, found) else redirect(found.paper)


@page(allow=policies.may_see_committees)
def send(request: PageRequest, code: str) -> HttpResponse:
    """Send the papers of a meeting: it says who will be told, and what is missing."""
    meeting = load_meeting(request, code, policies.may_run)
    form = PressForm(posted(request))
    if form.is_valid() and attempt(form, commands.send_papers, request.viewer, meeting, **form.cleaned_data):
        return done(request, _("The papers are sent."), to=meeting)
    return show(
        request,
        "committees/papers_send.jinja",
        form=form,
        meeting=meeting,
        told=queries.invited(meeting),
        missing=queries.not_there(meeting, request.viewer),
        agenda=queries.agenda(request.viewer, meeting),
    )


# Copies in other formats


def _load_copy(request: PageRequest, code: str, may: Policy | None = None) -> FormatCopy:
    rows = FormatCopy.objects.visible_to(request.viewer).select_related(
        "paper__item__meeting__committee", "paper__item__meeting__organisation", "need__partner__membership__user", "file"
    )
    found: FormatCopy = get_object_or_404(rows, code=code)
    if may is not None:
        may.demand(request.viewer, found)
    return found


@page(allow=policies.may_see_committees)
def copy(request: PageRequest, code: str) -> HttpResponse:
    """Say that a copy in somebody's format is there, or why it cannot be made."""
    found = _load_copy(request, code, policies.may_work_on_paper)
    form = forms.CopyForm(posted(request), request.FILES or None, initial={"turn": found.turn})
    if form.is_valid() and _answer_copy(request, form, found):
        return done(request, _("It is written down, and the partner is told."), to=found.paper)
    return ask(
        request,
        form,
        title=_("A copy for %(name)s") % {"name": found.need.partner.membership.name},
        caption=found.paper.title,
        button=_("Save, and tell the partner"),
        back=found.paper,
        words=[_("What they need: %(what)s") % {"what": found.need.what}],
        record=found,
    )


def _answer_copy(request: PageRequest, form: forms.CopyForm, found: FormatCopy) -> FormatCopy | None:
    given = form.cleaned_data
    if given["status"] == FormatCopy.Status.READY:
        return attempt(form, commands.copy_ready, request.viewer, found, turn=given["turn"], file=given["file"])
    return attempt(form, commands.cannot_copy, request.viewer, found, turn=given["turn"], reason=given["reason"])


@page(allow=policies.may_see_committees, methods=LOOKS)
def copy_file(request: PageRequest, code: str) -> HttpResponseBase:
    """A copy in another format, for the partner who needs it and those who make it."""
    found = _load_copy(request, code)
    if found.file is None:
        raise Http404
    return files.answer(request, found.file)


COPIES = ListPage(
    columns=[
        Column("who", gettext_lazy("For"), value=lambda row: row.need.partner.membership.name),
        Column("what", gettext_lazy("What they need"), value=lambda row: row.need.what),
        Column("paper__title", gettext_lazy("Paper")),
        Column("paper__item__meeting__starts_at", gettext_lazy("Meeting"), kind="date"),
    ],
    sorts=[Sort("oldest", gettext_lazy("Oldest first"), ["id"], reverse_label=gettext_lazy("Newest first"))],
    counted=ngettext_lazy("%(n)s copy", "%(n)s copies", "n"),
    caption=gettext_lazy("Copies to make"),
    empty=gettext_lazy("There are no copies to make."),
)


@page(allow=policies.may_see_committees, methods=LOOKS)
def copies(request: PageRequest) -> HttpResponse:
    """Copies in other formats that wait to be made, of the committees that this person runs."""
    listing = COPIES.show(queries.copies_to_make(request.viewer), request.GET, path=request.path)
    return show(request, "committees/copies.jinja", listing=listing)
