"""Pages of packs: all papers of a meeting in one file, and the queue of those to print and post."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from safety_partners.committees import commands, packing, policies, queries
from safety_partners.committees.models import Invitee, Meeting
from safety_partners.committees.typesetting import CannotSet
from safety_partners.committees.views.loading import ask, load_invitee, load_meeting
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.core.viewer import Viewer
from safety_partners.design.lists import Column, ListPage, Sort
from safety_partners.partners.forms.said import PressForm

LOOKS = ("GET",)


@page(allow=policies.may_see_committees)
def pack(request: PageRequest, code: str) -> HttpResponse:
    """What is in the pack of this person, and the way to get it: as a file, or by post."""
    viewer = request.viewer
    meeting = load_meeting(request, code)
    form = PressForm(posted(request))
    if form.is_valid() and attempt(form, commands.open_pack, viewer, meeting, **form.cleaned_data):
        return done(request, _("Your pack is ready to save or print."), to="committees:pack", code=meeting.code)
    agenda = queries.agenda(viewer, meeting)
    return show(
        request,
        "committees/pack.jinja",
        form=form,
        meeting=meeting,
        agenda=agenda,
        is_opened=queries.is_pack_opened(agenda),
        has_hard_papers=any(paper.is_distressing for line in agenda for paper in line.papers),
        invitee=queries.own_place(viewer, meeting),
    )


@page(allow=policies.may_see_committees, methods=LOOKS)
def pack_file(request: PageRequest, code: str) -> HttpResponse:
    """The pack as one PDF, with exactly what this person may open; whoever has not opened it comes to the page before it."""
    meeting = load_meeting(request, code)
    if not queries.is_pack_opened(queries.agenda(request.viewer, meeting)):
        return redirect("committees:pack", meeting.code)
    return _answer(request, request.viewer, meeting)


@page(allow=policies.may_see_committees)
def want_paper(request: PageRequest, code: str) -> HttpResponse:
    """Have the papers posted, or not after all."""
    invitee = load_invitee(request, code, policies.may_arrange_pack)
    is_own = policies.is_invited(request.viewer, invitee)
    form = PressForm(posted(request))
    wants = not invitee.wants_paper
    back = invitee.meeting
    if form.is_valid() and attempt(form, commands.want_paper, request.viewer, invitee, wants_paper=wants, **form.cleaned_data):
        return done(request, _("The papers will be posted.") if wants else _("The papers will not be posted."), to=back)
    if is_own:
        title = _("Shall we post the papers to you?") if wants else _("You do not need the papers by post?")
    else:
        name = {"name": invitee.membership.name}
        title = _("Post the papers to %(name)s?") % name if wants else _("Do not post the papers to %(name)s?") % name
    return ask(
        request,
        form,
        title=title,
        caption=back.committee.name,
        button=_("Yes, post them") if wants else _("Do not post them"),
        back=back,
        words=[_("It can be said differently at any time before the meeting.")],
    )


PACKS = ListPage(
    columns=[
        Column("who", gettext_lazy("For"), value=lambda row: row.membership.name),
        Column("meeting__committee__name", gettext_lazy("Committee")),
        Column("meeting__starts_at", gettext_lazy("Meeting"), kind="date"),
    ],
    sorts=[Sort("oldest", gettext_lazy("Oldest first"), ["id"], reverse_label=gettext_lazy("Newest first"))],
    counted=ngettext_lazy("%(n)s pack", "%(n)s packs", "n"),
    caption=gettext_lazy("Packs to print and post"),
    empty=gettext_lazy("There are no packs to print."),
)


@page(allow=policies.may_see_committees, methods=LOOKS)
def packs(request: PageRequest) -> HttpResponse:
    """Packs that wait to be printed and posted."""
    listing = PACKS.show(queries.packs_to_post(request.viewer), request.GET, path=request.path)
    return show(request, "committees/packs.jinja", listing=listing)


@page(allow=policies.may_see_committees)
def post(request: PageRequest, code: str) -> HttpResponse:
    """Print one pack and say that it was posted."""
    invitee = load_invitee(request, code, policies.may_run)
    form = PressForm(posted(request))
    if form.is_valid() and attempt(form, commands.note_posted, request.viewer, invitee, **form.cleaned_data):
        return done(request, _("It is written down that the pack was posted."), to="committees:packs")
    return show(
        request,
        "committees/pack_post.jinja",
        form=form,
        invitee=invitee,
        meeting=invitee.meeting,
        may_print=queries.has_all(request.viewer, queries.viewer_of(invitee.membership), invitee.meeting),
    )


@page(allow=policies.may_see_committees, methods=LOOKS)
def post_file(request: PageRequest, code: str) -> HttpResponse:
    """The pack of somebody else, with exactly what they may open, to be printed for them."""
    invitee: Invitee = load_invitee(request, code, policies.may_run)
    reader = queries.viewer_of(invitee.membership)
    if not queries.has_all(request.viewer, reader, invitee.meeting):
        raise NotPossible(_("Not every paper in this pack may be opened by you, so somebody else has to print it."))
    with translation.override(invitee.membership.language):
        return _answer(request, reader, invitee.meeting)


def _answer(request: PageRequest, reader: Viewer, meeting: Meeting) -> HttpResponse:
    points = packing.LARGE if request.GET.get("print") == "large" else packing.NORMAL
    try:
        content = packing.pack(
            meeting, queries.lines(reader, meeting), queries.enclosed(reader, meeting), reader=reader.name, points=points
        )
    except CannotSet as trouble:
        raise NotPossible(_("The pack could not be made. Please open the papers one by one, and tell the secretary.")) from trouble
    headers = {"X-Content-Type-Options": "nosniff"}
    response = HttpResponse(content, content_type="application/pdf", headers=headers)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=packing.name_of(meeting))
    return response
