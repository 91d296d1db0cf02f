"""What waits for whoever runs an activity: its days that are over, steps that are due, and what its shape still lacks."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from safety_partners.activities.models import Activity, Milestone, Panel, PanelArea, Session, Shape, Training
from safety_partners.core import clock
from safety_partners.core.duty import Arm
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.people.policies import is_staff

WEEK = dt.timedelta(days=7)
Status = Activity.Status


def _days_over(viewer: Viewer) -> QuerySet[Session]:
    rows = Session.objects.visible_to(viewer).planned().filter(activity__requester_id=viewer.membership_id)
    return rows.filter(ends_at__lt=clock.now(), activity__status__in=Activity.UNDER_WAY)


def _milestones(viewer: Viewer) -> QuerySet[Milestone]:
    rows = Milestone.objects.visible_to(viewer).filter(status=Milestone.Status.AHEAD, due_on__lte=today() + WEEK)
    return rows.filter(activity__requester_id=viewer.membership_id, activity__status__in=Activity.UNDER_WAY)


def _mine(viewer: Viewer, shape: str) -> QuerySet[Activity]:
    rows = Activity.objects.visible_to(viewer).filter(requester_id=viewer.membership_id, status=Status.TAKEN_ON)
    return rows.filter(kind__shape=shape)


def _panels_open(viewer: Viewer) -> QuerySet[Activity]:
    """Nobody can be asked before its ten areas and the right to score are settled."""
    settled = Panel.objects.filter(activity=OuterRef("pk")).exclude(scoring="").annotate(n=Count("settled")).filter(n=len(PanelArea))
    return _mine(viewer, Shape.PANEL).filter(~Exists(settled))


def _panels_over(viewer: Viewer) -> QuerySet[Panel]:
    """Its days are over, and the partners were not told how it ended."""
    days = Session.objects.filter(activity=OuterRef("activity"))
    rows = Panel.objects.visible_to(viewer).filter(activity__requester_id=viewer.membership_id, told_outcome_on__isnull=True)
    rows = rows.filter(activity__status__in=Activity.UNDER_WAY)
    return rows.filter(Exists(days.filter(status=Session.Status.HELD)), ~Exists(days.filter(status=Session.Status.PLANNED)))


def _trainings_open(viewer: Viewer) -> QuerySet[Activity]:
    return _mine(viewer, Shape.TRAINING).filter(~Exists(Training.objects.filter(activity=OuterRef("pk"))))


def _reviews_open(viewer: Viewer) -> QuerySet[Activity]:
    return _mine(viewer, Shape.REVIEW).filter(review__isnull=True)


def _seats_open(viewer: Viewer) -> QuerySet[Activity]:
    return _mine(viewer, Shape.SEAT).filter(committee__isnull=True)


ARMS: dict[str, Arm] = {
    "activity day over": Arm(
        lambda: _("Say whether this day took place"),
        is_staff,
        _days_over,
        "activities:session-hold",
        title="activity__title",
        day="ends_at",
    ),
    "milestone": Arm(
        lambda: _("Is this step of the project reached? Say what partners changed in it"),
        is_staff,
        _milestones,
        "activities:milestone-reach",
        title="title",
        day="due_on",
    ),
    "panel to settle": Arm(
        lambda: _("Settle the terms of this panel, so that partners can be asked"),
        is_staff,
        _panels_open,
        "activities:panel",
        title="title",
        day="needed_by",
    ),
    "panel to tell": Arm(
        lambda: _("Tell the partners how the interviews ended"),
        is_staff,
        _panels_over,
        "activities:panel-ended",
        title="activity__title",
        code="activity__code",
    ),
    "training to describe": Arm(
        lambda: _("Say what partners do in this training"),
        is_staff,
        _trainings_open,
        "activities:training",
        title="title",
        day="needed_by",
    ),
    "review to name": Arm(
        lambda: _("Say which review of a document this is"),
        is_staff,
        _reviews_open,
        "activities:review-join",
        title="title",
        day="needed_by",
    ),
    "seat to name": Arm(
        lambda: _("Say which committee this seat is on"),
        is_staff,
        _seats_open,
        "activities:committee-join",
        title="title",
        day="needed_by",
    ),
}
