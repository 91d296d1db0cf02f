"""What the pages of groups show: one group, the chair's own page, and what can be chosen in forms."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery

from safety_partners.core import clock, codes
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.insights.models import Insight
from safety_partners.people.models import Role
from safety_partners.ppg.models import (
    CollectiveView,
    Group,
    GroupMeeting,
    Improvement,
    Priority,
    PublicNote,
    Question,
    Referral,
    YearlyReview,
)
from safety_partners.ppg.queries.years import year_of

SHOWN = 5
CHOSEN_FROM = 50


@dataclass(frozen=True, slots=True)
class GroupPage:
    """One group: when it meets, what it was asked, what it said, what was agreed, what comes first."""

    meetings: list[GroupMeeting]
    questions: list[Question]
    views: list[CollectiveView]
    improvements: list[Improvement]
    priorities: list[Priority]


def group_page(viewer: Viewer, group: Group) -> GroupPage:
    """Five queries."""
    questions = Question.objects.visible_to(viewer).filter(group=group).exclude(status=Question.Status.TAKEN_BACK)
    improvements = Improvement.objects.visible_to(viewer).filter(group=group).select_related("owner__user")
    return GroupPage(
        meetings=list(meetings_of(viewer, group).exclude(status=GroupMeeting.Status.CANCELLED)[:SHOWN]),
        questions=list(questions.order_by("-pk")[:SHOWN]),
        views=list(views_of(viewer, group)[:SHOWN]),
        improvements=list(improvements.order_by("status", "due_on", "pk")[:SHOWN]),
        priorities=priorities_of(viewer, group, year_of(today())),
    )


def meetings_of(viewer: Viewer, group: Group) -> QuerySet[GroupMeeting]:
    """Every meeting of a group, the newest first."""
    return GroupMeeting.objects.visible_to(viewer).filter(group=group).order_by("-starts_at", "-pk")


def views_of(viewer: Viewer, group: Group) -> QuerySet[CollectiveView]:
    """What a group said, as far as the viewer may see it; drafts only where they write them. The newest first."""
    return CollectiveView.objects.visible_to(viewer).filter(group=group).select_related("insight").order_by("-pk")


def views_to_choose(viewer: Viewer, group: Group) -> list[CollectiveView]:
    """What a group said and still says."""
    return list(views_of(viewer, group).shared().exclude(insight__status=Insight.Status.WITHDRAWN)[:CHOSEN_FROM])


def meetings_to_choose(viewer: Viewer, group: Group) -> list[GroupMeeting]:
    """Meetings that are over, the newest first."""
    over = meetings_of(viewer, group).filter(starts_at__lte=clock.now()).exclude(status=GroupMeeting.Status.CANCELLED)
    return list(over[:CHOSEN_FROM])


def groups(viewer: Viewer) -> QuerySet[Group]:
    """The register, each with its next meeting."""
    to_come = GroupMeeting.objects.filter(group=OuterRef("pk"), status=GroupMeeting.Status.PLANNED, starts_at__gt=clock.now())
    return Group.objects.visible_to(viewer).annotate(next_at=Subquery(to_come.order_by("starts_at").values("starts_at")[:1]))


def search_groups(rows: QuerySet[Group], words: str) -> QuerySet[Group]:
    """By any part of the practice or the name, by the practice's code or our own."""
    for term in words.split()[:6]:
        fits = Q(practice__icontains=term) | Q(name__icontains=term) | Q(ods_code__iexact=term)
        rows = rows.filter(fits | Q(code=codes.tidy(term)))
    return rows


def groups_to_ask(viewer: Viewer) -> list[Group]:
    """The groups that this person may ask something: all for the lead, those they look after for others."""
    rows = Group.objects.visible_to(viewer).exclude(status=Group.Status.NONE)
    if Role.LEAD not in viewer.roles:
        rows = rows.filter(contact_id=viewer.membership_id)
    return list(rows.with_people().by_practice())


@dataclass(frozen=True, slots=True)
class MyGroups:
    """What a chair finds: their groups, what waits, when they meet, what they said and passed on."""

    groups: list[Group]
    questions: list[Question]
    meetings: list[GroupMeeting]
    views: list[CollectiveView]
    referrals: list[Referral]


def my_groups(viewer: Viewer) -> MyGroups:
    """Five queries."""
    me = viewer.membership_id
    questions = Question.objects.visible_to(viewer).filter(group__chair_id=me, status=Question.Status.ASKED)
    meetings = GroupMeeting.objects.visible_to(viewer).filter(group__chair_id=me, starts_at__gt=clock.now())
    views = CollectiveView.objects.visible_to(viewer).filter(group__chair_id=me).select_related("insight", "group")
    referrals = Referral.objects.visible_to(viewer).filter(group__chair_id=me).select_related("group")
    return MyGroups(
        groups=list(Group.objects.visible_to(viewer).filter(chair_id=me).by_practice()),
        questions=list(questions.select_related("group").order_by("answer_by", "pk")[:SHOWN]),
        meetings=list(meetings.exclude(status=GroupMeeting.Status.CANCELLED).select_related("group").order_by("starts_at", "pk")[:SHOWN]),
        views=list(views.order_by("-pk")[:SHOWN]),
        referrals=list(referrals.order_by("-pk")[:SHOWN]),
    )


def questions(viewer: Viewer) -> QuerySet[Question]:
    """Every question to the groups that the viewer may see."""
    return Question.objects.visible_to(viewer)


def search_questions(rows: QuerySet[Question], words: str) -> QuerySet[Question]:
    """By any part of the question or of the group's name, by its code or that of the request it came from."""
    for term in words.split()[:6]:
        code = codes.tidy(term)
        rows = rows.filter(Q(text__icontains=term) | Q(group__name__icontains=term) | Q(code=code) | Q(about_code=code))
    return rows


def improvements(viewer: Viewer) -> QuerySet[Improvement]:
    """Everything that was agreed with the groups that the viewer may see."""
    return Improvement.objects.visible_to(viewer)


def priorities_of(viewer: Viewer, group: Group, year: int) -> list[Priority]:
    """What a group put first in a year."""
    return list(Priority.objects.visible_to(viewer).filter(group=group, year=year).order_by("position"))


def reviews_of(viewer: Viewer, group: Group) -> list[YearlyReview]:
    """Who was in a group, the newest year first."""
    return list(YearlyReview.objects.visible_to(viewer).filter(group=group).order_by("-year"))


def notes_of(viewer: Viewer, group: Group) -> list[PublicNote]:
    """What a group told everybody, the newest first; also what was taken down."""
    return list(PublicNote.objects.visible_to(viewer).filter(group=group).order_by("-on", "-pk")[:CHOSEN_FROM])
