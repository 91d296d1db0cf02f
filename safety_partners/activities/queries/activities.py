"""What the pages of activities show: those somebody may see, the requests that wait, one activity, and what is worth a second look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db.models import F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safety_partners.activities.models import Activity, Offer
from safety_partners.committees.queries.coverage import counted
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today, working_days_between
from safety_partners.partners.models import TaskVersion
from safety_partners.people.models import Service

# Fewer working days than these are little time to find partners who can come (three weeks).
TIME_TO_ASK = 15


def activities(viewer: Viewer) -> QuerySet[Activity]:
    """Everything that this person may know of."""
    return Activity.objects.visible_to(viewer)


def waiting(viewer: Viewer) -> QuerySet[Activity]:
    """Requests that nobody has decided on; each has the moment it was sent and the day by which partners are needed (never empty here)."""
    rows = Activity.objects.visible_to(viewer).filter(status=Activity.Status.ASKED)
    return rows.annotate(sent=F("asked_at"), by=F("needed_by"))


def wants_partners(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Those taken on for which fewer places are taken, or wait for an answer, than partners are wanted."""
    open_ones = [Offer.Status.OFFERED, Offer.Status.ACCEPTED]
    places = Offer.objects.filter(activity=OuterRef("pk"), status__in=open_ones, is_shadowing=False)
    rows = rows.filter(status=Activity.Status.TAKEN_ON)
    return rows.annotate(places=counted(places, "activity")).filter(places__lt=F("partners_wanted"))


def search_activities(rows: QuerySet[Activity], words: str) -> QuerySet[Activity]:
    """Those whose name, team or code holds every word."""
    for word in words.split()[:6]:
        rows = rows.filter(Q(title__icontains=word) | Q(team__icontains=word) | Q(code__iexact=word))
    return rows


def open_services(viewer: Viewer, activity: Activity | None = None) -> list[Service]:
    """The services that a request can be about, with the one it already names."""
    kept = Q(pk=activity.service_id if activity is not None else None)
    return list(Service.objects.visible_to(viewer).filter(Q(is_open=True) | kept).order_by("name"))


def tasks_to_choose(viewer: Viewer) -> list[TaskVersion]:
    """Task profiles in use, by name."""
    rows = TaskVersion.objects.visible_to(viewer).filter(status=TaskVersion.Status.IN_USE)
    return list(rows.select_related("task").order_by("task__title", "pk"))


def offered_names(activity: Activity) -> list[str]:
    """Names of the partners who were offered a place and have not said no."""
    open_ones = [Offer.Status.OFFERED, Offer.Status.RESERVE, Offer.Status.ACCEPTED]
    rows = Offer.objects.filter(activity=activity, status__in=open_ones).select_related("partner__membership__user")
    return [offer.partner.name for offer in rows.order_by("partner__membership__user__name_key", "pk")]


def second_looks(activity: Activity) -> list[str]:
    """What is worth a second look before partners are asked: said to whoever asks and to the lead, as advice and not as a score."""
    return list(_second_looks(activity))


def _second_looks(activity: Activity) -> Iterator[str]:
    if activity.is_late_stage:
        yield _("Little can change any more at this stage. What could partners still change?")
    if activity.partners_wanted == 1:
        yield _("One partner would be alone. Could there be two?")
    if activity.needed_by is not None:
        yield from _time_left(activity.needed_by)
    if activity.data_seen == Activity.Data.RESTRICTED:
        yield _("Partners need a confidentiality agreement before they see this.")
    if activity.may_upset and not activity.support:
        yield _("Something in it may upset somebody, and nobody is named who is there for them.")
    if not activity.access:
        yield _("Nothing is said about how everybody can take part.")
    if not activity.payment:
        yield _("Nothing is said about payment and travel.")


def _time_left(needed_by: dt.date) -> Iterator[str]:
    days = working_days_between(today(), needed_by)
    if needed_by < today():
        yield _("The day by which partners are needed has gone by.")
    elif days < TIME_TO_ASK:
        sentence = ngettext(
            "There is %(n)s working day to find partners. They need time to think.",
            "There are %(n)s working days to find partners. They need time to think.",
            days,
        )
        yield sentence % {"n": days}


def file_rows(rows: Iterable[Activity]) -> Iterator[list[object]]:
    """The list as a file to keep: no names of partners, and no reasons of theirs."""
    for one in rows:
        yield [
            one.code,
            one.title,
            one.kind.name,
            one.get_status_display(),
            one.get_stage_display() if one.stage else "",
            one.get_level_display(),
            one.requester.name,
            one.team,
            one.asked_at.date() if one.asked_at else "",
            one.needed_by or "",
            one.partners_wanted,
            one.decided_on or "",
            one.get_reason_display() if one.reason else "",
            one.feedback_on or "",
        ]


def file_headings() -> list[str]:
    """The headings of the same file."""
    return [
        _("Code"),
        _("Name"),
        _("Kind"),
        _("Status"),
        _("How far it was"),
        _("Level"),
        _("Asked by"),
        _("Team"),
        _("Asked on"),
        _("Partners needed by"),
        _("Partners wanted"),
        _("Decided on"),
        _("Reason"),
        _("Word promised by"),
    ]
