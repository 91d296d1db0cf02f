"""The bare views that stand beside the pages of activities and of groups."""

import datetime as dt

from django.db.models import Count

from safety_partners.activities.models import Activity, ActivityKind, Offer, Outcome, TimeGiven
from safety_partners.core import clock
from safety_partners.insights.models import Insight
from safety_partners.partners.models import Partner
from safety_partners.ppg.models import CollectiveView, Group, GroupMeeting, Improvement, Question, Referral


def _activities(viewer, asked, count):
    rows = Activity.objects.filter(organisation_id=viewer.organisation_id).order_by("-id")
    rows = rows.filter(requester_id=viewer.membership_id) if asked.get("own") else rows
    return "activities.html", {"rows": rows.select_related("kind", "requester__user")[:count]}


def _requests(viewer, asked, count):
    rows = Activity.objects.filter(organisation_id=viewer.organisation_id, status="asked").order_by("-asked_at", "-id")
    return "activities.html", {"rows": rows.select_related("kind", "requester__user")[:count]}


def _kinds(viewer, asked, count):
    rows = ActivityKind.objects.filter(organisation_id=viewer.organisation_id).order_by("position", "id")
    return "kinds.html", {"rows": rows[:count]}


def _share(viewer, asked, count):
    rows = Partner.objects.filter(organisation_id=viewer.organisation_id, status="active").order_by("name_key", "id")
    return "share.html", {"rows": rows.select_related("membership__user")[:count]}


def _activity(viewer, asked, count):
    rows = Activity.objects.filter(organisation_id=viewer.organisation_id)
    rows = rows.select_related("kind", "requester__user", "feedback_by__user", "service", "task")
    return "activity.html", {
        "row": rows.prefetch_related("offers__partner__membership__user", "sessions", "outcomes").get(code=asked["code"])
    }


def _offer(viewer, asked, count):
    rows = Offer.objects.filter(partner__membership_id=viewer.membership_id)
    rows = rows.select_related("activity__kind", "activity__requester__user", "offered_by__user")
    return "offer.html", {"row": rows.get(code=asked["code"])}


def _taking_part(viewer, asked, count):
    offers = Offer.objects.filter(partner__membership_id=viewer.membership_id).order_by("-id").select_related("activity__kind")
    mine = Outcome.objects.filter(activity__offers__partner__membership_id=viewer.membership_id, activity__offers__status="accepted")
    return "taking_part.html", {"offers": offers, "outcomes": mine.order_by("-id").select_related("activity")}


def _ledger(viewer, asked, count):
    """The same kinds of line, each in a query of its own and not put in order of time."""
    offers = Offer.objects.filter(partner__membership_id=viewer.membership_id, status="accepted").select_related("activity__kind")
    said = Insight.objects.filter(speaker_id=viewer.membership_id, status="settled").prefetch_related("responses")
    mine = Outcome.objects.filter(activity__offers__partner__membership_id=viewer.membership_id, activity__offers__status="accepted")
    return "ledger.html", {"offers": offers, "said": said, "outcomes": mine.select_related("activity")}


def _time(viewer, asked, count):
    rows = TimeGiven.objects.filter(partner__membership_id=viewer.membership_id).order_by("-on", "-id").select_related("activity")
    return "time.html", {"rows": rows[:count]}


def _involvement(viewer, asked, count):
    """Three counts along an index."""
    here = viewer.organisation_id
    counted = Activity.objects.filter(organisation_id=here, status="taken on").values("level").annotate(n=Count("pk"))
    groups = Group.objects.filter(organisation_id=here).values("status").annotate(n=Count("pk"))
    said = Insight.objects.filter(organisation_id=here, shared_at__gte=clock.now() - dt.timedelta(days=365), voice="partner").count()
    return "involvement.html", {"levels": counted, "groups": groups, "said": said}


def _groups(viewer, asked, count):
    rows = Group.objects.filter(organisation_id=viewer.organisation_id).order_by("practice", "id")
    return "groups.html", {"rows": rows.select_related("chair__user")[:count]}


def _group(viewer, asked, count):
    rows = Group.objects.filter(organisation_id=viewer.organisation_id).select_related("chair__user", "contact__user")
    found = rows.get(code=asked["code"])
    return "group.html", {
        "row": found,
        "meetings": GroupMeeting.objects.filter(group=found).order_by("-starts_at", "-id")[:5],
        "questions": Question.objects.filter(group=found).order_by("-id")[:5],
        "views": CollectiveView.objects.filter(group=found).select_related("insight").order_by("-id")[:5],
        "improvements": Improvement.objects.filter(group=found).select_related("owner__user").order_by("status", "due_on")[:5],
    }


def _mine(viewer, asked, count):
    return _group(viewer, {"code": Group.objects.filter(chair_id=viewer.membership_id).latest("pk").code}, count)


def _group_meetings(viewer, asked, count):
    rows = GroupMeeting.objects.filter(group__organisation_id=viewer.organisation_id, group__code=asked["code"])
    return "group_meetings.html", {"rows": rows.order_by("-starts_at", "-id")[:count]}


def _questions(viewer, asked, count):
    rows = Question.objects.filter(group__organisation_id=viewer.organisation_id).order_by("-id").select_related("group")
    rows = rows.filter(group__code=asked["group"]) if "group" in asked else rows
    return "questions.html", {"rows": rows[:count]}


def _views(viewer, asked, count):
    rows = CollectiveView.objects.filter(group__organisation_id=viewer.organisation_id, group__code=asked["code"]).order_by("-id")
    return "views.html", {"rows": rows.select_related("insight")[:count]}


def _improvements(viewer, asked, count):
    rows = Improvement.objects.filter(group__organisation_id=viewer.organisation_id).order_by("-id")
    return "improvements.html", {"rows": rows.select_related("group", "owner__user")[:count]}


def _referrals(viewer, asked, count):
    rows = Referral.objects.filter(organisation_id=viewer.organisation_id).order_by("-id")
    rows = rows.filter(partner__membership_id=viewer.membership_id) if asked.get("own") else rows
    return "referrals.html", {"rows": rows.select_related("group")[:count]}


def _referral(viewer, asked, count):
    rows = Referral.objects.filter(organisation_id=viewer.organisation_id).select_related("group", "partner__membership__user")
    return "referral.html", {"row": rows.get(code=asked["code"])}


def _public(viewer, asked, count):
    return "public_groups.html", {"rows": Group.objects.filter(organisation__slug=asked["slug"]).order_by("practice", "id")[:count]}


SHOWN = {
    "activities": _activities,
    "requests": _requests,
    "kinds": _kinds,
    "share": _share,
    "activity": _activity,
    "offer": _offer,
    "taking-part": _taking_part,
    "ledger": _ledger,
    "time": _time,
    "involvement": _involvement,
    "groups": _groups,
    "group": _group,
    "my-group": _mine,
    "group-meetings": _group_meetings,
    "questions": _questions,
    "group-views": _views,
    "improvements": _improvements,
    "referrals": _referrals,
    "referral": _referral,
    "public-groups": _public,
}
