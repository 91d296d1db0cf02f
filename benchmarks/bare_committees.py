"""The bare views that stand beside the pages of committees, of somebody's messages and of the calendar."""

import datetime as dt

from safety_partners.committees.models import Committee, Decision, Invitee, Meeting, MeetingAction, Paper, Sitting
from safety_partners.core import clock
from safety_partners.core.models import Message


def _own(viewer, asked, rows, meeting):
    """For a partner the same rows: those of meetings to which they are invited."""
    if not asked.get("own"):
        return rows
    return rows.filter(**{f"{meeting}__in": Invitee.objects.filter(membership_id=viewer.membership_id).values("meeting_id")})


def _meetings(viewer, asked, count):
    rows = _own(viewer, asked, Meeting.objects.filter(organisation_id=viewer.organisation_id), "pk")
    if asked.get("past"):
        rows = rows.filter(status="held").order_by("-starts_at", "-id")
    else:
        rows = rows.filter(status="planned", starts_at__gte=clock.now()).order_by("starts_at", "id")
    return "meetings.html", {"rows": rows.select_related("committee")[:count]}


def _month(viewer, asked, count):
    start = clock.now().replace(day=1, hour=0, minute=0)
    rows = Meeting.objects.filter(organisation_id=viewer.organisation_id, starts_at__gte=start, starts_at__lt=start + dt.timedelta(days=31))
    rows = _own(viewer, asked, rows, "pk")
    return "meetings.html", {"rows": rows.select_related("committee").order_by("starts_at", "id")[:count]}


def _committees(viewer, asked, count):
    rows = Committee.objects.filter(organisation_id=viewer.organisation_id, status="meets").order_by("name", "id")
    return "committees.html", {
        "rows": rows.select_related("chair__user").prefetch_related("seats__sittings__partner__membership__user")[:count]
    }


def _sittings(viewer, asked, count):
    rows = Sitting.objects.filter(partner__membership_id=viewer.membership_id, status="sits").order_by("-id")
    return "sittings.html", {"rows": rows.select_related("seat__committee__chair__user", "seat__committee__secretary__user")[:count]}


def _committee(viewer, asked, count):
    rows = Committee.objects.filter(organisation_id=viewer.organisation_id).select_related("chair__user", "secretary__user")
    found = rows.prefetch_related("seats__sittings__partner__membership__user", "members__membership__user").get(code=asked["code"])
    meetings = Meeting.objects.filter(committee=found, starts_at__gte=clock.now()).order_by("starts_at", "id")[:3]
    return "committee.html", {"row": found, "meetings": meetings}


def _meeting(viewer, asked, count):
    rows = Meeting.objects.filter(organisation_id=viewer.organisation_id).select_related("committee")
    return "meeting.html", {"row": rows.prefetch_related("invitees__membership__user", "items__papers").get(code=asked["code"])}


def _papers(viewer, asked, count):
    rows = Paper.objects.filter(item__meeting__organisation_id=viewer.organisation_id, withdrawn_at__isnull=True).order_by("-id")
    return "papers.html", {"rows": _own(viewer, asked, rows, "item__meeting").select_related("item__meeting__committee")[:count]}


def _actions(viewer, asked, count):
    rows = MeetingAction.objects.filter(organisation_id=viewer.organisation_id, status="to do").order_by("due_on", "id")
    rows = _own(viewer, asked, rows, "item__meeting").select_related("owner__user", "item__meeting__committee")
    return "actions.html", {"rows": rows[:count]}


def _decisions(viewer, asked, count):
    rows = Decision.objects.filter(organisation_id=viewer.organisation_id).order_by("-id")
    return "decisions.html", {"rows": _own(viewer, asked, rows, "item__meeting").select_related("item__meeting__committee")[:count]}


def _messages(viewer, asked, count):
    return "messages.html", {"rows": Message.objects.filter(to_membership_id=viewer.membership_id).order_by("-id")[:count]}


SHOWN = {
    "meetings": _meetings,
    "month": _month,
    "committees": _committees,
    "sittings": _sittings,
    "committee": _committee,
    "meeting": _meeting,
    "papers": _papers,
    "actions": _actions,
    "decisions": _decisions,
    "messages": _messages,
}
