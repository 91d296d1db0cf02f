"""Public pages of patient participation groups: all of them, and one with what it tells everybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from safety_partners.core.page import is_anyone, page, show
from safety_partners.design.lists import ChoiceFilter, Column, ListPage, Sort
from safety_partners.ppg import public as ppg
from safety_partners.website.views import LOOKS, organisation_or_404

TONES = {ppg.Status.ACTIVE: "done", ppg.Status.RESTING: "waiting", ppg.Status.NONE: "quiet"}
GROUPS = ListPage(
    fields=("code", "practice", "name", "status"),
    columns=[
        Column("practice", _("Practice")),
        Column("name", _("Group")),
        Column("status", _("How it is"), kind="status", says=dict(ppg.Status.choices), tones=TONES),
    ],
    sorts=[Sort("practice", _("Practice, A to Z"), ["practice", "id"])],
    filters=[ChoiceFilter("status", _("How it is"), choices=ppg.Status.choices)],
    counted=ngettext_lazy("%(n)s group", "%(n)s groups", "n"),
    caption=_("Patient participation groups"),
    empty=_("No group is in our register yet."),
)


@page(allow=is_anyone, methods=LOOKS)
def groups(request: HttpRequest, slug: str) -> HttpResponse:
    """Which practice has a group, and which has none."""
    found = organisation_or_404(request, slug)
    listing = GROUPS.show(ppg.groups(found.pk), request.GET, path=reverse("website:groups", args=[slug]))
    return show(request, "website/groups.jinja", organisation=found, listing=listing)


@page(allow=is_anyone, methods=LOOKS)
def group(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One group: what it does, how to join, what it tells everybody."""
    found = organisation_or_404(request, slug)
    shown = ppg.group(found.pk, code)
    if shown is None:
        raise Http404
    notes = ppg.notes(found.pk, code)
    return show(request, "website/group.jinja", organisation=found, group=shown, notes=notes, tone=TONES[ppg.Status(shown.status)])
