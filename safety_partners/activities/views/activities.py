"""Pages of activities: all of them, the requests that wait, one activity and its history, the list as a file."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from safety_partners.activities import policies
from safety_partners.activities.models import Activity
from safety_partners.activities.models.activity import OVERSEERS
from safety_partners.activities.queries import activities as queries
from safety_partners.activities.queries.kinds import kinds_for_filter
from safety_partners.activities.queries.offers import people_of
from safety_partners.activities.queries.outcomes import outcome_of
from safety_partners.activities.queries.sessions import sessions_of
from safety_partners.activities.queries.shapes import shape_of
from safety_partners.activities.queries.story import story
from safety_partners.activities.views.loading import load_activity
from safety_partners.core.page import PageRequest, page, show
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.design.lists import BooleanFilter, ChoiceFilter, Column, ListPage, Sort
from safety_partners.partners.views.loading import table_answer
from safety_partners.people.models import Level

LOOKS = ("GET",)
Status = Activity.Status
TONES = {
    Status.DRAFT: "quiet",
    Status.ASKED: "waiting",
    Status.RETURNED: "warning",
    Status.DECLINED: "stopped",
    Status.PASSED: "quiet",
    Status.WITHDRAWN: "stopped",
    Status.TAKEN_ON: "doing",
    Status.CANCELLED: "stopped",
    Status.REPORTED: "done",
    Status.CLOSED: "done",
}
# More at once is a list for another day: it is cut by its filters.
MOST_IN_A_FILE = 5000
TITLE = Column("title", gettext_lazy("Name"), href=lambda row: Activity(code=row.code).get_absolute_url())


def _list_for(viewer: Viewer) -> ListPage:
    """The list of activities: for those who oversee the programme everybody's, for others their own."""
    oversees = viewer.has_any_role(OVERSEERS)
    return ListPage(
        fields=("code", "title", "kind__name", "status", "stage", "needed_by", "partners_wanted", "requester__user__name", "feedback_on"),
        columns=[
            TITLE,
            Column("kind__name", gettext_lazy("Kind")),
            Column("status", gettext_lazy("How it stands"), kind="status", says=dict(Status.choices), tones=TONES),
            Column("requester__user__name", gettext_lazy("Asked by"), is_optional=True, is_usual=oversees),
            Column("needed_by", gettext_lazy("Partners needed by"), kind="date"),
            Column(
                "stage",
                gettext_lazy("How far it was"),
                is_optional=True,
                is_usual=False,
                value=lambda row: Activity.Stage(row.stage).label if row.stage else "",
            ),
            Column("feedback_on", gettext_lazy("Word promised by"), kind="date", is_optional=True, is_usual=False),
        ],
        sorts=[Sort("newest", gettext_lazy("Newest first"), ["-id"], reverse_label=gettext_lazy("Oldest first"))],
        filters=[
            ChoiceFilter("status", gettext_lazy("How it stands"), choices=Status.choices),
            ChoiceFilter("kind", gettext_lazy("Kind"), field="kind__code", choices=kinds_for_filter(viewer)),
            ChoiceFilter("stage", gettext_lazy("How far it was"), choices=Activity.Stage.choices),
            ChoiceFilter("level", gettext_lazy("Level"), choices=Level.choices),
            *([_only_mine(viewer), _wants_partners()] if oversees else []),
        ],
        search=queries.search_activities,
        search_label=gettext_lazy("Search a name, a team or a code"),
        counted=ngettext_lazy("%(n)s activity", "%(n)s activities", "n"),
        caption=gettext_lazy("Activities") if oversees else gettext_lazy("What you asked partners for"),
        empty=gettext_lazy("There is nothing here yet."),
    )


def _only_mine(viewer: Viewer) -> BooleanFilter:
    return BooleanFilter(
        "mine", gettext_lazy("Only what I asked for"), apply=lambda rows, on: rows.filter(requester_id=viewer.membership_id) if on else rows
    )


def _wants_partners() -> BooleanFilter:
    return BooleanFilter(
        "wants", gettext_lazy("Only those that need more partners"), apply=lambda rows, on: queries.wants_partners(rows) if on else rows
    )


REQUESTS = ListPage(
    fields=("code", "title", "kind__name", "stage", "by", "partners_wanted", "requester__user__name", "sent"),
    columns=[
        TITLE,
        Column("kind__name", gettext_lazy("Kind")),
        Column("requester__user__name", gettext_lazy("Asked by")),
        Column("sent", gettext_lazy("Asked on"), kind="date", sort="newest"),
        Column("by", gettext_lazy("Partners needed by"), kind="date", sort="needed"),
        Column("stage", gettext_lazy("How far it is"), value=lambda row: Activity.Stage(row.stage).label),
        Column("partners_wanted", gettext_lazy("Partners"), kind="number"),
    ],
    sorts=[
        Sort("newest", gettext_lazy("Newest first"), ["-sent", "-id"], reverse_label=gettext_lazy("Oldest first")),
        Sort("needed", gettext_lazy("Needed soonest first"), ["by", "id"], reverse_label=gettext_lazy("Needed latest first")),
    ],
    counted=ngettext_lazy("%(n)s request", "%(n)s requests", "n"),
    caption=gettext_lazy("Requests that wait for you"),
    empty=gettext_lazy("No request waits for you."),
)


@page(allow=policies.may_ask, methods=LOOKS)
def activities(request: PageRequest) -> HttpResponse:
    """What partners were asked to take part in: everything for the lead and governance, one's own for others."""
    viewer = request.viewer
    listing = _list_for(viewer).show(queries.activities(viewer), request.GET, path=request.path)
    return show(
        request,
        "activities/activities.jinja",
        listing=listing,
        oversees=viewer.has_any_role(OVERSEERS),
        may_decide=policies.may_decide_requests(viewer),
    )


@page(allow=policies.may_ask, methods=LOOKS)
def activities_file(request: PageRequest, kind: str) -> HttpResponse:
    """This list as CSV or XLSX: the rows that the address asks for, all pages of it."""
    viewer = request.viewer
    rows, _columns = _list_for(viewer).every(queries.activities(viewer), request.GET)
    chosen = queries.activities(viewer).filter(pk__in=rows.values("pk")).select_related("kind", "requester__user").order_by("-pk")
    cells = queries.file_rows(chosen[:MOST_IN_A_FILE])
    return table_answer(kind, queries.file_headings(), cells, title=_("Activities"), name=f"activities-{today().isoformat()}")


@page(allow=policies.may_decide_requests, methods=LOOKS)
def requests(request: PageRequest) -> HttpResponse:
    """The requests that wait for the lead, the newest first, each with the day by which partners are needed."""
    listing = REQUESTS.show(queries.waiting(request.viewer), request.GET, path=request.path)
    return show(request, "activities/requests.jinja", listing=listing)


def facts_of(viewer: Viewer, found: Activity) -> dict[str, Any]:
    """What the viewer may do with an activity, as its page asks."""
    is_requester = policies.is_requester(viewer, found)
    return {
        "is_requester": is_requester,
        "is_lead": policies.is_lead_of(viewer, found),
        "may_run": policies.may_run(viewer, found),
        "may_say_what_changed": policies.may_say_what_changed(viewer, found),
        "second_looks": queries.second_looks(found) if policies.may_run(viewer, found) else [],
    }


@page(allow=policies.may_see_activities, methods=LOOKS)
def activity(request: PageRequest, code: str) -> HttpResponse:
    """One activity: how it stands, what was asked for, its days, who takes part, and what changed."""
    viewer = request.viewer
    found = load_activity(request, code, with_shape=True)
    people = people_of(viewer, found)
    takes_part = any(one.partner.membership_id == viewer.membership_id and one.status == one.Status.ACCEPTED for one in people)
    return show(
        request,
        "activities/activity.jinja",
        activity=found,
        people=people,
        sessions=sessions_of(viewer, found),
        shape=shape_of(viewer, found),
        outcome=outcome_of(viewer, found),
        takes_part=takes_part,
        tones=TONES,
        today=today(),
        **facts_of(viewer, found),
    )


@page(allow=policies.may_see_activities, methods=LOOKS)
def history(request: PageRequest, code: str) -> HttpResponse:
    """What was done, and by whom."""
    found = load_activity(request, code)
    return show(request, "activities/history.jinja", activity=found, story=story(request.viewer, found))
