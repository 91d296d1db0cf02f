"""The demonstration: sign in as an invented person, read the mail that a demonstration never sends."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from safety_partners.core.page import PageRequest, is_anyone, is_demonstration, page, show
from safety_partners.people import queries
from safety_partners.people import sign_in as doors
from safety_partners.people.models import Role

SEES = {
    Role.PARTNER: _("Shares insights, reads the answers and says whether they answer them."),
    Role.LEAD: _("Runs the programme and sees all of it."),
    Role.STAFF: _("Answers insights and asks partners to take part."),
    Role.SECRETARY: _("Prepares the committee’s meetings and papers."),
    Role.FINANCE: _("Pays claims."),
    Role.GROUP_CHAIR: _("Gives the collective view of a patient participation group."),
    Role.BOARD: _("Reads reports."),
    Role.GOVERNANCE: _("Watches over personal data and the history."),
    Role.ADMINISTRATOR: _("Looks after people and settings."),
}


@page(allow=is_anyone)
def demonstration(request: PageRequest) -> HttpResponse:
    """Everybody invented, by organisation and role; a button signs in as them."""
    if not is_demonstration():
        raise Http404
    if request.method == "POST":
        person = get_object_or_404(queries.invented_members(), code=request.POST.get("member", "")).user
        if request.viewer.user_id:
            doors.leave(request)
        return doors.enter(request, person, method="demonstration")
    typed = request.GET.get("who", "")[:100]
    organisations, has_more = queries.invented_people(typed)
    return show(request, "people/demonstration/people.jinja", organisations=organisations, has_more=has_more, typed=typed, sees=SEES)


@page(allow=is_anyone, methods=("GET",))
def mail(request: PageRequest) -> HttpResponse:
    """Every email of the demonstration, newest first."""
    if not is_demonstration():
        raise Http404
    return show(request, "people/demonstration/mail.jinja", letters=queries.kept_mail())
