"""What waits for one person in committees, in one query for any role: a UNION of arms, each kept short before they are joined."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from safety_partners.committees.models import Committee, Invitee, Meeting, MeetingAction, Minutes, Paper, Sitting, Terms
from safety_partners.committees.models.agenda import runs_committee
from safety_partners.committees.policies import may_see_committees
from safety_partners.committees.queries.agenda import unread
from safety_partners.committees.queries.coverage import NOTICE, without_partner
from safety_partners.committees.queries.meetings import open_needs
from safety_partners.committees.queries.packs import packs_to_post
from safety_partners.committees.queries.papers import copies_to_make
from safety_partners.core import clock
from safety_partners.core.duty import Arm
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.people.policies import is_lead, is_partner, is_staff

MONTH = dt.timedelta(days=30)
ANSWER_AHEAD = dt.timedelta(days=56)


def _offers(viewer: Viewer) -> QuerySet[Sitting]:
    rows = Sitting.objects.visible_to(viewer)
    return rows.filter(partner__membership_id=viewer.membership_id, status=Sitting.Status.OFFERED)


def _without_partner(viewer: Viewer) -> QuerySet[Committee]:
    return without_partner(Committee.objects.visible_to(viewer))


def _to_hand_on(viewer: Viewer) -> QuerySet[Sitting]:
    """Seats of one's own committees whose holder's time ends soon, and that nobody was asked to take next."""
    later = Sitting.objects.in_force().filter(seat=OuterRef("seat"), holds_from_on__gt=OuterRef("until_on"))
    rows = Sitting.objects.visible_to(viewer).holding().filter(runs_committee(viewer, "seat__committee"))
    return rows.filter(~Exists(later), until_on__lte=today() + NOTICE, seat__ended_on__isnull=True)


def _terms(viewer: Viewer) -> QuerySet[Terms]:
    """The newest terms of one's own committees whose day to be looked at again is near or past."""
    newer = Terms.objects.filter(committee=OuterRef("committee"), number__gt=OuterRef("number"))
    rows = Terms.objects.visible_to(viewer).filter(committee__secretary_id=viewer.membership_id, committee__status=Committee.Status.MEETS)
    return rows.filter(~Exists(newer), review_on__lte=today() + MONTH)


def _minutes_to_write(viewer: Viewer) -> QuerySet[Meeting]:
    """Meetings of one's own committees that are over and whose minutes nobody has given to the chair."""
    rows = Meeting.objects.visible_to(viewer).filter(committee__secretary_id=viewer.membership_id, ends_at__lt=clock.now())
    in_hand = Minutes.objects.filter(meeting=OuterRef("pk")).exclude(status=Minutes.Status.DRAFT)
    recent = clock.now() - dt.timedelta(days=183)
    return rows.filter(~Exists(in_hand), starts_at__gt=recent).exclude(status=Meeting.Status.CANCELLED)


def _minutes_to_agree(viewer: Viewer) -> QuerySet[Minutes]:
    rows = Minutes.objects.visible_to(viewer).filter(status=Minutes.Status.OFFERED)
    return rows.filter(meeting__committee__chair_id=viewer.membership_id)


def _minutes_to_approve(viewer: Viewer) -> QuerySet[Minutes]:
    """Agreed minutes of one's own committees that have met again since."""
    rows = Minutes.objects.visible_to(viewer).filter(status=Minutes.Status.AGREED, meeting__committee__secretary_id=viewer.membership_id)
    later = Meeting.objects.filter(
        committee=OuterRef("meeting__committee"), starts_at__gt=OuterRef("meeting__starts_at"), starts_at__lte=clock.now()
    )
    return rows.filter(Exists(later.exclude(status=Meeting.Status.CANCELLED)))


def _meeting_actions(viewer: Viewer) -> QuerySet[MeetingAction]:
    return MeetingAction.objects.visible_to(viewer).to_do().filter(owner_id=viewer.membership_id)


def _papers(viewer: Viewer) -> QuerySet[Paper]:
    """Papers that this person promised for meetings to come."""
    to_come = Meeting.objects.to_come().filter(organisation_id=viewer.organisation_id)
    return Paper.objects.visible_to(viewer).awaited().filter(author_id=viewer.membership_id, item__meeting__in=to_come)


def _to_read(viewer: Viewer) -> QuerySet[Meeting]:
    """Meetings to come whose papers were sent to this person, and not all of them opened."""
    papers = unread(viewer).filter(item__meeting=OuterRef("pk"))
    rows = Meeting.objects.visible_to(viewer).to_come().filter(papers_sent_at__isnull=False)
    return rows.filter(Exists(papers), invitees__membership_id=viewer.membership_id)


def _to_answer(viewer: Viewer) -> QuerySet[Invitee]:
    """Meetings of the next weeks to which somebody is invited and has not answered; a whole year at once would bury the rest."""
    rows = Invitee.objects.visible_to(viewer).filter(membership_id=viewer.membership_id).not_answered()
    soon = clock.now() + ANSWER_AHEAD
    return rows.filter(meeting__status=Meeting.Status.PLANNED, meeting__ends_at__gt=clock.now(), meeting__starts_at__lte=soon)


def _not_ready(viewer: Viewer) -> QuerySet[Meeting]:
    """Meetings of the next weeks of one's own committees at which something that partners need is open."""
    rows = Meeting.objects.visible_to(viewer).to_come().filter(committee__secretary_id=viewer.membership_id)
    return rows.filter(open_needs("pk"), starts_at__lte=clock.now() + ANSWER_AHEAD)


# Each part of the app adds its own.
ARMS: dict[str, Arm] = {
    "answer": Arm(
        lambda: _("Say whether you are coming to this meeting"),
        may_see_committees,
        _to_answer,
        "committees:answer",
        title="meeting__committee__name",
        day="meeting__starts_at",
    ),
    "not ready": Arm(
        lambda: _("See to what partners need at this meeting: it is not ready"),
        is_staff,
        _not_ready,
        "committees:meeting-needs",
        title="committee__name",
        day="starts_at",
    ),
    "offered": Arm(
        lambda: _("You are offered a seat. Say yes or no; nobody asks why"),
        is_partner,
        _offers,
        "committees:sitting",
        title="seat__committee__name",
    ),
    "without partner": Arm(
        lambda: _("A safety-related committee has no partner, or will soon have none"),
        is_lead,
        _without_partner,
        "committees:committee",
        title="name",
    ),
    "hand on": Arm(
        lambda: _("A partner’s time in this seat ends. Ask who comes next"),
        is_staff,
        _to_hand_on,
        "committees:sitting",
        title="seat__committee__name",
        day="until_on",
    ),
    "terms": Arm(
        lambda: _("Look at the terms of reference again"),
        is_staff,
        _terms,
        "committees:terms",
        title="committee__name",
        day="review_on",
        code="committee__code",
    ),
    "minutes to write": Arm(
        lambda: _("Write the minutes, and give them to the chair"),
        may_see_committees,
        _minutes_to_write,
        "committees:table",
        title="committee__name",
        day="ends_at",
    ),
    "minutes to agree": Arm(
        lambda: _("Read the minutes, and say if they tell what happened"),
        may_see_committees,
        _minutes_to_agree,
        "committees:minutes",
        title="meeting__committee__name",
    ),
    "minutes to approve": Arm(
        lambda: _("Write down that the meeting approved the minutes"),
        may_see_committees,
        _minutes_to_approve,
        "committees:minutes-approve",
        title="meeting__committee__name",
    ),
    "meeting action": Arm(
        lambda: _("Do what a meeting asked for"),
        may_see_committees,
        _meeting_actions,
        "committees:meeting-action-done",
        title="text",
        day="due_on",
    ),
    "paper": Arm(
        lambda: _("Send in the paper that you promised"),
        may_see_committees,
        _papers,
        "committees:paper-send-in",
        title="title",
        day="item__meeting__papers_due_on",
    ),
    "to read": Arm(
        lambda: _("Read the papers before the meeting"),
        is_partner,
        _to_read,
        "committees:pack",
        title="committee__name",
        day="starts_at",
    ),
    "copy": Arm(
        lambda: _("Make a copy in the format that a partner needs"),
        is_staff,
        copies_to_make,
        "committees:copy",
        title="paper__title",
        day="paper__item__meeting__papers_due_on",
    ),
    "post": Arm(
        lambda: _("Print the papers and post them"),
        is_staff,
        packs_to_post,
        "committees:pack-post",
        title="membership__user__name",
        day="meeting__papers_due_on",
    ),
}
