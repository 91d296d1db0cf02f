"""The register, the same as a file, and everything that is missing or runs out: lists over all partners."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from safety_partners.core.models import Message
from safety_partners.core.page import PageRequest, page, show
from safety_partners.core.policy import Sentence
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.design.lists import ChoiceFilter, Column, ListPage, Sort
from safety_partners.partners import policies, queries
from safety_partners.partners.models import NO_DAY, Connection, NeedKind, Partner
from safety_partners.partners.queries import caring
from safety_partners.partners.queries.exporting import HEADINGS, headings_of, register_rows
from safety_partners.partners.queries.register import CLEAR, MISSING, RUNNING_OUT, who_stands
from safety_partners.partners.queries.running_out import MISSING as NOT_THERE
from safety_partners.partners.queries.running_out import RUN_OUT
from safety_partners.partners.views.loading import table_answer

LOOKS = ("GET",)
Status = Partner.Status
CHANNELS = dict(Message.Channel.choices)
STATUSES = {**dict(Status.choices), Status.FORGOTTEN: gettext_lazy("Forgotten")}
TONES = {
    Status.JOINING: "new",
    Status.ACTIVE: "done",
    Status.PAUSED: "waiting",
    Status.LEAVING: "warning",
    Status.LEFT: "quiet",
    Status.FORGOTTEN: "quiet",
}
STANDS = {
    "": gettext_lazy("No longer here"),
    MISSING: gettext_lazy("Something is missing"),
    RUNNING_OUT: gettext_lazy("Something runs out"),
    CLEAR: gettext_lazy("All there"),
}
STANDS_TONES = {"": "quiet", MISSING: "stopped", RUNNING_OUT: "warning", CLEAR: "done"}
HOW = {NOT_THERE: gettext_lazy("Missing"), RUN_OUT: gettext_lazy("Has run out"), "running out": gettext_lazy("Runs out")}
HOW_TONES = {NOT_THERE: "waiting", RUN_OUT: "stopped", "running out": "warning"}


def _chosen(name: str, label: Sentence, *, reads: str = "", **more: Any) -> Column:
    """A column that the lead may show or hide; what it reads is fetched only where it is shown."""
    reads = reads or name
    return Column(name, label, value=lambda row: getattr(row, reads), is_optional=True, reads=(reads,), **more)


def register_for(viewer: Viewer) -> ListPage:
    """The register, as this viewer may narrow it and choose its columns; without a choice it shows who is here."""
    return ListPage(
        fields=("code", "known_as", "membership__user__name"),
        made=queries.standing_columns(),
        columns=[
            Column("name", gettext_lazy("Name"), value=lambda row: row.known_as or row.membership__user__name, sort="name"),
            _chosen("status", gettext_lazy("Status"), kind="status", says=STATUSES, tones=TONES),
            _chosen("stands", gettext_lazy("Standing"), kind="status", says=STANDS, tones=STANDS_TONES),
            _chosen("contact", gettext_lazy("Named contact"), reads="contact__user__name"),
            _chosen("term_ends_on", gettext_lazy("Term ends"), kind="date"),
            _chosen("deputy", gettext_lazy("Deputy"), reads="deputy__user__name", is_usual=False),
            _chosen("role", gettext_lazy("Role"), reads="role__role__title", is_usual=False),
            _chosen("email", gettext_lazy("Email"), reads="membership__user__email", is_usual=False),
            _chosen("phone", gettext_lazy("Phone"), reads="membership__phone", is_usual=False),
            _chosen("told_by", gettext_lazy("Told by"), reads="membership__told_by", says=CHANNELS, is_usual=False),
            _chosen("pronouns", gettext_lazy("Pronouns"), is_usual=False),
            _chosen("connection", gettext_lazy("Connection to care"), says=dict(Connection.choices), is_usual=False),
            _chosen("appointed_on", gettext_lazy("Appointed on"), kind="date", is_usual=False),
            _chosen("started_on", gettext_lazy("Started on"), kind="date", is_usual=False),
            _chosen("ended_on", gettext_lazy("Left on"), kind="date", is_usual=False),
        ],
        sorts=[
            Sort("name", gettext_lazy("Name, A to Z"), ["name_key", "id"], reverse_label=gettext_lazy("Name, Z to A"), is_private=True),
            Sort("newest", gettext_lazy("Newest first"), ["-appointed_on", "-id"], reverse_label=gettext_lazy("Oldest first")),
        ],
        filters=[
            ChoiceFilter(
                "status",
                gettext_lazy("Status"),
                choices=[*STATUSES.items(), ("all", gettext_lazy("Everybody, also who has left"))],
                all_text=gettext_lazy("Everybody who is here"),
                apply=lambda rows, status: rows if status == "all" else rows.filter(status=status),
            ),
            ChoiceFilter(
                "standing",
                gettext_lazy("Standing"),
                choices=[(key, STANDS[key]) for key in (MISSING, RUNNING_OUT, CLEAR)],
                apply=who_stands,
            ),
            ChoiceFilter("contact", gettext_lazy("Named contact"), field="contact__code", choices=queries.contacts(viewer)),
        ],
        search=queries.search_partners,
        search_label=gettext_lazy("Search a name or a code"),
        counted=ngettext_lazy("%(n)s partner", "%(n)s partners", "n"),
        caption=gettext_lazy("Partners"),
        empty=gettext_lazy("There are no partners here yet."),
    )


@page(allow=policies.may_see_register, methods=LOOKS)
def partners(request: PageRequest) -> HttpResponse:
    """Everybody who is a partner here, by name, with where they stand."""
    viewer = request.viewer
    listing = register_for(viewer).show(_asked_for(request), request.GET, path=request.path)
    return show(
        request,
        "partners/record/register.jinja",
        listing=listing,
        may_run=policies.may_run_programme(viewer),
        unmet=caring.unmet(viewer).count() if policies.may_run_programme(viewer) else 0,
        without_record=queries.without_record(viewer).count() if policies.may_run_programme(viewer) else 0,
    )


def _asked_for(request: PageRequest) -> QuerySet[Partner]:
    """Who is here, unless the address asks for others too."""
    rows = queries.register(request.viewer)
    return rows if request.GET.get("status") in {*Status.values, "all"} else rows.serving()


@page(allow=policies.may_see_register, methods=LOOKS)
def register_file(request: PageRequest, kind: str) -> HttpResponse:
    """This list as CSV or XLSX: the rows and the columns that the address asks for, all pages of it."""
    rows, columns = register_for(request.viewer).every(_asked_for(request), request.GET)
    names = ["code", *(column.name for column in columns)]
    cells = register_rows(rows.annotate(**queries.standing_columns()), names)
    return table_answer(kind, headings_of(names), cells, title=_("Partners"), name=f"partners-{today().isoformat()}")


@page(allow=policies.may_see_register, methods=LOOKS)
def whole_register(request: PageRequest, kind: str) -> HttpResponse:
    """Everybody who is or was a partner, as an import reads it: to be worked on and brought in again."""
    rows = queries.register(request.viewer).order_by("name_key", "pk")
    name = f"register-{today().isoformat()}"
    return table_answer(kind, HEADINGS, register_rows(rows), title=_("Register of partners"), name=name)


RUNNING_OUT_LIST = ListPage(
    fields=(
        "code",
        "kind",
        "title",
        "how",
        "next_on",
        "is_required",
        "partner__code",
        "partner__known_as",
        "partner__membership__user__name",
        "owner__user__name",
    ),
    columns=[
        Column("who", gettext_lazy("Partner"), value=lambda row: row.partner__known_as or row.partner__membership__user__name),
        Column("title", gettext_lazy("What")),
        Column("how", gettext_lazy("How it stands"), kind="status", says=HOW, tones=HOW_TONES),
        Column("next_on", gettext_lazy("By"), kind="date", value=lambda row: row.next_on if row.next_on < NO_DAY else None),
        Column("owner__user__name", gettext_lazy("Who sees to it")),
    ],
    sorts=[Sort("day", gettext_lazy("What is due first"), ["next_on", "id"], reverse_label=gettext_lazy("What is due last"))],
    filters=[
        ChoiceFilter("how", gettext_lazy("How it stands"), choices=list(HOW.items())),
        ChoiceFilter("kind", gettext_lazy("What sort of thing"), choices=NeedKind.choices),
        ChoiceFilter(
            "required",
            gettext_lazy("Required"),
            choices=[("yes", gettext_lazy("Only what is required"))],
            apply=lambda rows, _yes: rows.filter(is_required=True),
        ),
    ],
    search=queries.search_needs,
    search_label=gettext_lazy("Search a name, or what is needed"),
    counted=ngettext_lazy("%(n)s thing", "%(n)s things", "n"),
    caption=gettext_lazy("What is missing or runs out"),
    empty=gettext_lazy("Nothing is missing, and nothing runs out within 90 days."),
)


@page(allow=policies.may_see_register, methods=LOOKS)
def running_out(request: PageRequest) -> HttpResponse:
    """Everything that is missing or runs out within 90 days, for everybody, the nearest day first."""
    viewer = request.viewer
    listing = RUNNING_OUT_LIST.show(queries.what_runs_out(viewer), request.GET, path=request.path)
    return show(request, "partners/record/running_out.jinja", listing=listing, terms=list(queries.terms_ending(viewer)[:50]), today=today())
