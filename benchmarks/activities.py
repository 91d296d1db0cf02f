"""The lists and main pages of activities and of groups, as those see them who use them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks import drive
from benchmarks.fill_groups import CHAIR
from benchmarks.pages import Page
from benchmarks.report import Row
from safety_partners.activities.models import Activity, ActivityKind, Offer
from safety_partners.people.models import Membership, Organisation
from safety_partners.ppg.models import Group, Referral

LEAD, PARTNER, STAFF = "Grace Adeyemi", "Anjali Mistry", "Priya Nair"
SEARCHED = "waited+letter"
DUTY, LINE, ENTRY, CHOICE = "nhsuk-task-list__item--", "<li>", "<section>", 'type="checkbox"'


@dataclass(frozen=True)
class _People:
    """Who opens the pages: the lead, a partner, somebody who asks for partners, the chair of a group, and anybody."""

    lead: drive.Person
    partner: drive.Person
    staff: drive.Person
    chair: drive.Person
    anybody: drive.Person


def rows(organisation: Organisation, size: int, rounds: int) -> Iterator[Row]:
    """The figures of every page at one size."""
    with drive.serving() as server:
        people = _People(*(drive.Person(server) for _one in range(5)))
        for person, name in ((people.lead, LEAD), (people.partner, PARTNER), (people.staff, STAFF), (people.chair, CHAIR)):
            person.sign_in_as(Membership.objects.get(organisation=organisation, user__name=name).code)
        for page in [*_activities(organisation, people), *_taking_part(organisation, people), *_groups(organisation, people)]:
            yield page.row(server, size, rounds)


def _activities(organisation: Organisation, people: _People) -> list[Page]:
    lead, staff = people.lead, people.staff
    kind = ActivityKind.objects.filter(organisation=organisation).latest("pk").code
    closed = Activity.objects.filter(organisation=organisation, status="closed")
    shown, own = closed.latest("pk").code, closed.filter(requester__user__name=STAFF).latest("pk").code
    waiting = Activity.objects.filter(organisation=organisation, status="taken on").latest("pk").code
    return [
        Page("activities", lead, "/activities/", "activities"),
        Page("activities, filtered", lead, f"/activities/?status=closed&kind={kind}", "activities"),
        Page("activities, by two words", lead, f"/activities/?q={SEARCHED}", "activities"),
        Page("activities, that need partners", lead, "/activities/?wants=1", "activities"),
        Page("activities, of who asked", staff, "/activities/", "activities&own=1"),
        Page("requests", lead, "/activities/requests/", "requests"),
        Page("kinds", lead, "/activities/kinds/", "kinds"),
        Page("who is asked how often", lead, "/activities/fair-share/", "share"),
        Page("whom to ask", lead, f"/activities/{waiting}/offer/", "share", CHOICE),
        Page("early warnings", lead, "/activities/early-warnings/", "activities", LINE),
        Page("one activity", lead, f"/activities/{shown}/", f"activity&code={shown}", LINE),
        Page("one activity, of who asked", staff, f"/activities/{own}/", f"activity&code={own}", LINE),
        Page("involvement", lead, "/involvement/", "involvement", LINE),
        Page("home, the lead's", lead, "/home/", "duties", DUTY),
        Page("home, of who asked", staff, "/home/", "duties", DUTY),
    ]


def _taking_part(organisation: Organisation, people: _People) -> list[Page]:
    partner = people.partner
    mine = Offer.objects.taking_part().filter(activity__organisation=organisation, partner__membership__user__name=PARTNER)
    offer = mine.filter(activity__status="closed").select_related("activity", "partner").latest("pk")
    code, activity = offer.code, offer.activity.code
    return [
        Page("taking part, a partner's", partner, "/taking-part/", "taking-part", LINE),
        Page("ledger, a partner's", partner, "/taking-part/ledger/", "ledger", ENTRY),
        Page("time given, a partner's", partner, f"/time-given/{offer.partner.code}/", "time"),
        Page("one offer, a partner's", partner, f"/offers/{code}/", f"offer&code={code}", LINE),
        Page("one activity, a partner's", partner, f"/activities/{activity}/", f"activity&code={activity}", LINE),
        Page("home, a partner's", partner, "/home/", "verdicts", DUTY),
    ]


def _groups(organisation: Organisation, people: _People) -> list[Page]:
    lead, partner, chair = people.lead, people.partner, people.chair
    group = Group.objects.filter(organisation=organisation, chair__user__name=CHAIR).latest("pk").code
    passed = Referral.objects.filter(organisation=organisation, group__code=group).latest("pk").code
    return [
        Page("groups", lead, "/groups/", "groups"),
        Page("groups, by a name", lead, "/groups/?q=practice+12", "groups"),
        Page("questions", lead, "/groups/questions/", "questions"),
        Page("questions, that wait", lead, "/groups/questions/?status=asked", "questions"),
        Page("questions, by two words", lead, f"/groups/questions/?q={SEARCHED}", "questions"),
        Page("agreed with groups", lead, "/groups/improvements/", "improvements"),
        Page("agreed with groups, open", lead, "/groups/improvements/?status=agreed", "improvements"),
        Page("referrals", lead, "/referrals/", "referrals"),
        Page("referrals, a partner's", partner, "/referrals/", "referrals&own=1"),
        Page("one group", lead, f"/groups/{group}/", f"group&code={group}", LINE),
        Page("one group, meetings", lead, f"/groups/{group}/meetings/", f"group-meetings&code={group}"),
        Page("one group, views", lead, f"/groups/{group}/views/", f"group-views&code={group}"),
        Page("one group, the chair's", chair, "/my-group/", "my-group", LINE),
        Page("questions, the chair's", chair, "/groups/questions/", f"questions&group={group}"),
        Page("one referral", lead, f"/referrals/{passed}/", f"referral&code={passed}", LINE),
        Page("home, the chair's", chair, "/home/", "duties", DUTY),
        Page("groups (public)", people.anybody, "/at/meadowbank/groups/", "public-groups&slug=meadowbank"),
    ]
