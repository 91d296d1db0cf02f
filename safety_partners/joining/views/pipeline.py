"""Who is interested and where they stand: the board, the list, one person's page, and what came of an advert."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy, ngettext_lazy

from safety_partners.core.page import PageRequest, page, show
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.design.lists import ChoiceFilter, Column, ListPage, Sort
from safety_partners.joining import policies, queries
from safety_partners.joining.models import Advert, Expression
from safety_partners.joining.views.steps import steps_for

LOOKS = ("GET",)
Status = Expression.Status
TONES = {
    Status.RECEIVED: "new",
    Status.ACKNOWLEDGED: "doing",
    Status.CHAT: "doing",
    Status.SIFTING: "doing",
    Status.INVITED: "waiting",
    Status.MET: "warning",
    Status.OFFERED: "waiting",
    Status.CHECKING: "doing",
    Status.APPOINTED: "done",
    Status.RESERVE: "waiting",
    Status.NOT_NOW: "stopped",
    Status.PASSED_ON: "quiet",
    Status.WITHDRAWN: "quiet",
    Status.LAPSED: "quiet",
}


def list_for(viewer: Viewer) -> ListPage:
    """The list, as this viewer may narrow it; without a choice it shows who waits."""
    return ListPage(
        columns=[
            Column("name", gettext_lazy("Who"), value=str, href=lambda row: row.get_absolute_url(), sort="name"),
            Column("status", gettext_lazy("Where they stand"), kind="status", says=dict(Status.choices), tones=TONES),
            Column("advert", gettext_lazy("Advert"), value=lambda row: row.advert.title),
            Column("since", gettext_lazy("Days there"), kind="number", value=lambda row: queries.days_waiting(row.since), sort="waiting"),
            Column("next_due_on", gettext_lazy("Next step by"), kind="date"),
        ],
        sorts=[
            Sort("waiting", gettext_lazy("Waiting longest"), ["since", "id"], reverse_label=gettext_lazy("Moved last")),
            Sort("newest", gettext_lazy("Newest first"), ["-made_at", "-id"], reverse_label=gettext_lazy("Oldest first")),
            Sort("name", gettext_lazy("Name, A to Z"), ["name_key", "id"], reverse_label=gettext_lazy("Name, Z to A"), is_private=True),
        ],
        filters=[
            ChoiceFilter(
                "status",
                gettext_lazy("Where they stand"),
                choices=[*Status.choices, ("all", gettext_lazy("Everybody, also those with an outcome"))],
                all_text=gettext_lazy("Everybody who waits"),
                apply=lambda rows, status: rows if status == "all" else rows.filter(status=status),
            ),
            ChoiceFilter("advert", gettext_lazy("Advert"), field="advert__code", choices=lambda: queries.adverts_to_filter(viewer)),
        ],
        search=queries.search_expressions,
        search_label=gettext_lazy("Search a name or a code"),
        counted=ngettext_lazy("%(n)s person", "%(n)s people", "n"),
        caption=gettext_lazy("People who are interested"),
        empty=gettext_lazy("Nobody is waiting for you."),
    )


@page(allow=policies.may_run_joining, methods=LOOKS)
def expressions(request: PageRequest) -> HttpResponse:
    """Everybody who is interested, those who have waited longest first."""
    is_all = request.GET.get("status") in {*Status.values, "all"}
    rows = queries.expressions(request.viewer) if is_all else queries.waiting(request.viewer)
    listing = list_for(request.viewer).show(rows, request.GET, path=request.path)
    return show(request, "joining/expressions.jinja", listing=listing)


@page(allow=policies.may_run_joining, methods=LOOKS)
def board(request: PageRequest) -> HttpResponse:
    """Who stands where and for how long, a column for each step."""
    return show(
        request, "joining/board.jinja", columns=queries.board(request.viewer), days=queries.days_waiting, today=today(), advert=None
    )


@page(allow=policies.may_run_joining, methods=LOOKS)
def board_of(request: PageRequest, code: str) -> HttpResponse:
    """The same for one advert."""
    advert = get_object_or_404(Advert.objects.visible_to(request.viewer), code=code)
    columns = queries.board(request.viewer, advert)
    return show(request, "joining/board.jinja", columns=columns, days=queries.days_waiting, today=today(), advert=advert)


@page(allow=policies.may_run_joining, methods=LOOKS)
def expression(request: PageRequest, code: str) -> HttpResponse:
    """One person's page: what they told us, who has read it, what was said, and what can be done next."""
    found = get_object_or_404(queries.expression(request.viewer), code=code)
    whole = queries.whole(request.viewer, found)
    onward, keeping = steps_for(whole)
    return show(
        request,
        "joining/expression.jinja",
        expression=found,
        whole=whole,
        onward=onward,
        keeping=keeping,
        tone=TONES[Status(found.status)],
        days=queries.days_waiting(found.since),
        today=today(),
        is_open=found.status in Expression.OPEN,
    )


@page(allow=policies.may_run_joining, methods=LOOKS)
def advert_counts(request: PageRequest, code: str) -> HttpResponse:
    """What came of an advert, in numbers that stay."""
    advert = get_object_or_404(Advert.objects.visible_to(request.viewer), code=code)
    return show(request, "joining/advert_counts.jinja", advert=advert, counted=queries.counted(request.viewer, advert))
