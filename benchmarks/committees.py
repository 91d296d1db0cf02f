"""The lists and main pages of committees, as the partner lead and a partner who is invited see them."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import drive
from benchmarks.fill_committees import PARTNER
from benchmarks.pages import Page
from benchmarks.report import Row
from safety_partners.committees.models import Meeting
from safety_partners.people.models import Membership, Organisation

COMMON = "waited+appointment"
RARE = "quinoxaline"
IN_CALENDAR = '<div class="app-on'
OF_SEAT = "<h2"


def rows(organisation: Organisation, size: int, rounds: int) -> Iterator[Row]:
    """The figures of every page at one size."""
    with drive.serving() as server:
        lead, partner = drive.Person(server), drive.Person(server)
        for person, name in ((lead, "Grace Adeyemi"), (partner, PARTNER)):
            person.sign_in_as(Membership.objects.get(organisation=organisation, user__name=name).code)
        for page in [*_lists(lead, partner), *_pages(organisation, lead, partner)]:
            yield page.row(server, size, rounds)


def _lists(lead: drive.Person, partner: drive.Person) -> list[Page]:
    return [
        Page("meetings to come", lead, "/meetings/", "meetings"),
        Page("meetings to come, a partner's", partner, "/meetings/", "meetings&own=1"),
        Page("meetings, by a committee", lead, "/meetings/?q=committee+2", "meetings"),
        Page("past meetings", lead, "/meetings/past/", "meetings&past=1"),
        Page("past meetings, a partner's", partner, "/meetings/past/", "meetings&past=1&own=1"),
        Page("committees", lead, "/committees/", "committees"),
        Page("coverage", lead, "/committees/coverage/", "committees"),
        Page("papers", lead, "/papers/", "papers"),
        Page("papers, a partner's", partner, "/papers/", "papers&own=1"),
        Page("search papers, common words", lead, f"/papers/?q={COMMON}", "papers"),
        Page("search papers, a rare word", lead, f"/papers/?q={RARE}", "papers"),
        Page("search papers, a partner's", partner, f"/papers/?q={COMMON}", "papers&own=1"),
        Page("actions", lead, "/meeting-actions/", "actions"),
        Page("actions, a partner's", partner, "/meeting-actions/", "actions&own=1"),
        Page("decisions", lead, "/decisions/", "decisions"),
        Page("decisions, a partner's", partner, "/decisions/", "decisions&own=1"),
        Page("messages to a partner", partner, "/account/messages/", "messages"),
    ]


def _pages(organisation: Organisation, lead: drive.Person, partner: drive.Person) -> list[Page]:
    theirs = Meeting.objects.filter(organisation=organisation, invitees__membership__user__name=PARTNER)
    found = theirs.to_come().filter(items__isnull=False).select_related("committee").latest("pk")
    meeting, committee = found.code, found.committee.code
    return [
        Page("one meeting", lead, f"/meetings/{meeting}/", f"meeting&code={meeting}"),
        Page("one meeting, a partner's", partner, f"/meetings/{meeting}/", f"meeting&code={meeting}"),
        Page("one committee", lead, f"/committees/{committee}/", f"committee&code={committee}"),
        Page("my committees, a partner's", partner, "/committees/mine/", "sittings", OF_SEAT),
        Page("calendar of a month", lead, "/calendar/?whose=all", "month", IN_CALENDAR),
        Page("calendar, a partner's", partner, "/calendar/", "month&own=1", IN_CALENDAR),
    ]
