"""Pages ask the database a fixed number of questions, however many rows they show, and never more than eight."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.urls import resolve

from safety_partners.people.models import Membership
from tests.guards.sweep.browser import Recorder, Visit, lists_shown, undone
from tests.world import (
    growing,
    growing_activities,
    growing_care,
    growing_committees,
    growing_giving,
    growing_groups,
    growing_joining,
    growing_meetings,
    growing_papers,
    growing_pipeline,
    growing_programme,
    growing_records,
    growing_registers,
    growing_running,
    growing_table,
)
from tests.world.growing import Small

pytestmark = pytest.mark.django_db
MOST = 8  # with the session, the person and what they may be
Grow = Callable[[Small, int], str]

# For each page that shows rows: the questions it asks, who looks, and how it grows. A page that asks fewer from now on says so here.
LISTS: dict[str, tuple[int, str, Grow]] = {
    "home:home": (7, "lead", growing.duties),
    "people:members": (4, "lead", growing.members),
    "people:member": (7, "lead", growing.member),
    "people:invitations": (3, "lead", growing.invitations),
    "people:organisation": (6, "lead", growing.services),
    "people:my-messages": (3, "partner", growing_papers.my_messages),
    "home:calendar": (8, "lead", growing_papers.calendar),
    "people:sessions": (3, "lead", growing.sessions),
    "partners:partners": (6, "lead", growing_records.partners),
    "partners:running-out": (4, "lead", growing_records.running_out),
    "partners:welcome": (6, "lead", growing_records.welcome),
    "partners:partner": (8, "lead", growing_records.partner),
    "partners:my-place": (8, "partner", growing_records.my_place),
    "partners:needs": (4, "lead", growing_records.needs),
    "partners:agreements": (4, "lead", growing_records.agreements),
    "partners:role-and-term": (8, "lead", growing_records.role_and_term),
    "partners:history": (5, "lead", growing_records.history),
    "partners:leaving": (6, "lead", growing_records.leaving),
    "partners:start": (5, "lead", growing_records.to_start),
    "partners:imports": (3, "lead", growing_registers.imports),
    "partners:import": (5, "lead", growing_registers.one_import),
    "partners:unmet": (3, "lead", growing_care.unmet),
    "partners:checks": (4, "lead", growing_care.checks),
    "partners:interests": (5, "lead", growing_care.interests),
    "partners:access": (4, "lead", growing_care.access),
    "partners:talks": (4, "partner", growing_care.talks),
    "partners:notes": (4, "partner", growing_care.notes),
    "partners:payment-and-emergency": (5, "lead", growing_care.payment_and_emergency),
    "partners:experience": (4, "partner", growing_care.experience),
    "partners:roles": (3, "lead", growing_programme.roles),
    "partners:tasks": (3, "lead", growing_programme.tasks),
    "partners:role": (4, "lead", growing_programme.role),
    "partners:plan": (3, "lead", growing_programme.plan),
    "ppg:groups": (3, "lead", growing_groups.groups),
    "ppg:group": (8, "lead", growing_groups.group),
    "ppg:mine": (7, "secretary", growing_groups.mine),
    "ppg:meetings": (4, "lead", growing_groups.meetings),
    "ppg:questions": (3, "lead", growing_groups.questions),
    "ppg:question-new": (3, "lead", growing_groups.question_new),
    "ppg:views": (4, "lead", growing_groups.views),
    "ppg:improvements": (3, "lead", growing_groups.improvements),
    "ppg:reviews": (4, "lead", growing_groups.reviews),
    "ppg:notes": (4, "lead", growing_groups.notes),
    "ppg:referrals": (3, "lead", growing_groups.referrals),
    "ppg:in-both": (4, "partner", growing_groups.in_both),
    "website:groups": (4, "lead", growing_groups.public_groups),
    "website:group": (5, "lead", growing_groups.public_group),
    "insights:insights": (5, "lead", growing.shared),
    "insights:mine": (4, "partner", growing.mine),
    "insights:could-not": (4, "lead", growing.refusals),
    "insights:record": (5, "secretary", growing.recordings),
    "insights:insight": (6, "lead", growing.insight),
    "insights:trace": (7, "lead", growing.trace),
    "insights:actions": (3, "lead", growing.actions),
    "insights:changes": (3, "lead", growing.changes),
    "insights:change": (7, "lead", growing.change),
    "insights:wording": (7, "lead", growing.wording),
    "insights:messages": (3, "lead", growing.messages),
    "insights:messages-by-hand": (3, "lead", growing.letters),
    "insights:messages-by-hand, printed": (4, "lead", growing.letters_to_print),
    "reviews:documents": (3, "staff", growing.documents),
    "reviews:document": (6, "staff", growing.document),
    "reviews:review": (6, "staff", growing.review),
    "reviews:reviewing": (6, "partner", growing.reviewing),
    "reviews:read": (7, "partner", growing.reading),
    "reviews:finish": (5, "partner", growing.finishing),
    "reviews:outcome": (6, "partner", growing.outcome),
    "reviews:version-changes": (7, "staff", growing.version_changes),
    "activities:activities": (4, "lead", growing_activities.activities),
    "activities:requests": (3, "lead", growing_activities.requests),
    "activities:kinds": (3, "lead", growing_activities.kinds),
    "activities:activity": (7, "lead", growing_activities.activity),
    "activities:offer-new": (7, "lead", growing_giving.offer_new),
    "activities:offer-new, a panel": (8, "lead", growing_giving.offer_panel),
    "activities:offer-new, training": (8, "lead", growing_giving.offer_training),
    "activities:remind": (4, "lead", growing_giving.remind),
    "activities:fair-share": (4, "lead", growing_giving.fair_share),
    "activities:offer": (7, "partner", growing_giving.offer),
    "activities:taking-part": (5, "partner", growing_giving.taking_part),
    "activities:ledger": (5, "partner", growing_giving.ledger),
    "activities:time": (5, "partner", growing_giving.time),
    "activities:time-new": (5, "partner", growing_giving.time_new),
    "activities:outcome": (7, "staff", growing_giving.outcome),
    "activities:outcome-new": (5, "staff", growing_giving.outcome_new),
    "activities:history": (5, "lead", growing_activities.history),
    "committees:meetings": (3, "staff", growing_meetings.meetings),
    "committees:past-meetings": (3, "staff", growing_meetings.past_meetings),
    "committees:meeting": (8, "lead", growing_meetings.meeting),
    "committees:meeting-needs": (5, "lead", growing_meetings.needs),
    "committees:meeting-remind": (4, "lead", growing_meetings.remind),
    "committees:committees": (3, "staff", growing_committees.committees),
    "committees:coverage": (7, "lead", growing_committees.coverage),
    "committees:mine": (3, "partner", growing_committees.mine),
    "committees:committee": (8, "lead", growing_committees.committee),
    "committees:terms": (4, "lead", growing_committees.terms),
    "committees:seat-offer": (6, "lead", growing_committees.offer),
    "committees:sitting": (8, "partner", growing_committees.sitting),
    "committees:papers": (4, "lead", growing_papers.papers),
    "committees:paper": (7, "lead", growing_papers.paper),
    "committees:copies": (3, "lead", growing_papers.copies),
    "committees:packs": (3, "lead", growing_papers.packs),
    "committees:pack": (6, "lead", growing_papers.pack),
    "committees:agenda": (6, "lead", growing_papers.agenda),
    "committees:item": (7, "lead", growing_papers.item),
    "committees:table": (8, "lead", growing_table.table),
    "committees:attendance": (5, "lead", growing_table.attendance),
    "committees:attendance-print": (5, "lead", growing_table.attendance_printed),
    "committees:minute": (7, "lead", growing_table.minute),
    "committees:minutes": (6, "lead", growing_table.minutes),
    "committees:minutes, approved": (8, "lead", growing_table.approved_minutes),
    "committees:committee-minutes": (4, "lead", growing_table.committee_minutes),
    "committees:decisions": (4, "lead", growing_table.decisions),
    "committees:meeting-actions": (4, "lead", growing_table.meeting_actions),
    "committees:words-record": (5, "lead", growing_table.words_record),
    "activities:activity, a project": (7, "staff", growing_running.days),
    "activities:early-warnings": (7, "lead", growing_running.early_warnings),
    "activities:panel": (6, "staff", growing_running.panel),
    "activities:session-new": (4, "staff", growing_running.plan),
    "activities:review-ask": (4, "staff", growing_running.ask_for_review),
    "home:calendar, of activities": (8, "lead", growing_running.calendar),
    "joining:adverts": (3, "lead", growing_joining.adverts),
    "joining:advert": (4, "lead", growing_joining.advert),
    "joining:chats": (3, "lead", growing_joining.chats),
    "joining:equality-counts": (4, "lead", growing_joining.counts),
    "joining:board": (4, "lead", growing_pipeline.board),
    "joining:expressions": (4, "lead", growing_pipeline.interested),
    "joining:expression": (7, "lead", growing_pipeline.expression),
    "joining:reading": (6, "partner", growing_pipeline.reading),
    "website:adverts": (2, "visitor", growing_joining.public_adverts),
    "website:advert": (3, "visitor", growing_joining.public_advert),
    "website:front": (1, "visitor", growing.organisations),
    "website:organisation": (2, "visitor", growing.published_first),
    "website:partners": (2, "visitor", growing_programme.public_roles),
    "website:changes": (2, "visitor", growing.published),
    "website:changes-feed": (2, "visitor", growing.feed),
    "website:change": (3, "visitor", growing.published_change),
}


@dataclass(frozen=True)
class Cost:
    """What one look at a page cost, how much it showed, and how many rows its lists had."""

    statements: tuple[str, ...]
    size: int
    rows: tuple[int, ...]


def cost(small: Small, person: Membership | None, grow: Grow, rows: int) -> Cost:
    """Look at a page with so many rows; they are gone afterwards."""
    with undone():
        path = grow(small, rows)
        client = Client(headers={"user-agent": "Firefox"})
        if person:
            client.force_login(person.user)
        recorder = Recorder()
        with connection.execute_wrapper(recorder), lists_shown() as listings:
            response = client.get(path)
        assert response.status_code == 200, path
        assert resolve(path.partition("?")[0])
        return Cost(tuple(recorder.statements), len(response.content), tuple(len(listing.rows) for listing in listings))


def faults_of_growth(one: Cost, three: Cost, written: int) -> Iterator[str]:
    """What is wrong with how a page grows."""
    if len(three.statements) > len(one.statements):
        more = [sql for sql in three.statements if three.statements.count(sql) > one.statements.count(sql)]
        yield f"three rows cost {len(three.statements)} queries and one row {len(one.statements)}; more than before:\n" + "\n".join(more)
    if len(three.statements) != written:
        asked = "\n".join(three.statements)
        yield f"three rows cost {len(three.statements)} queries and not the {written} written in LISTS:\n{asked}"
    if three.size <= one.size:
        yield "three rows show no more than one: nothing was counted"
    if one.rows != three.rows and any(few >= many for few, many in zip(one.rows, three.rows, strict=True)):
        yield f"its lists had {one.rows} and {three.rows} rows"


@pytest.mark.parametrize("page", LISTS)
def test_a_list_costs_the_same_with_three_rows_as_with_one(page):
    written, person, grow = LISTS[page]
    small = Small()
    member = getattr(small, person, None)
    cost(small, member, grow, 1)  # what is asked once in the life of a process is asked now
    faults = list(faults_of_growth(cost(small, member, grow, 1), cost(small, member, grow, 3), written))
    assert not faults, "\n".join(faults)


def lists_without_a_number(visits: Iterable[tuple[str, Visit]]) -> list[str]:
    """The pages that showed a list and do not stand in the table."""
    return sorted({page for page, visit in visits if visit.is_list} - {name.partition(",")[0] for name in LISTS})


def test_every_list_has_its_number(sweep):
    looked = [(one.page, one.visit) for one in sweep.looks]
    assert len({page for page, visit in looked if visit.is_list}) > 8
    missing = lists_without_a_number(looked)
    assert not missing, f"Add these pages to LISTS in {__name__}, each with the queries it costs and how it grows: {missing}"


def expensive(visits: Iterable[Visit]) -> list[str]:
    """A line for each page that asks too much."""
    return sorted({f"{visit} asked {visit.queries} questions" for visit in visits if visit.method == "GET" and visit.queries > MOST})


def test_no_page_asks_more_than_eight_questions(sweep):
    assert max(visit.queries for visit in sweep.visits) >= 5
    assert not expensive(sweep.visits), "\n".join(expensive(sweep.visits))


# The guard itself


def test_the_guard_sees_a_query_for_each_row():
    one, three = Cost(("a",), 10, (1,)), Cost(("a", "a", "a"), 30, (3,))
    assert "more than before" in next(faults_of_growth(one, three, 3))
    assert "not the 2" in next(faults_of_growth(one, Cost(("a",), 30, (3,)), 2))
    assert "show no more" in next(faults_of_growth(one, Cost(("a",), 10, (3,)), 1))
    assert "had (1,)" in next(iter(faults_of_growth(Cost(("a",), 10, (3,)), Cost(("a",), 30, (1,)), 1))).replace("(3,) and ", "")


def test_the_guard_sees_a_list_without_a_number():
    assert lists_without_a_number(
        [("a:list", Visit("lead", "GET", "/a/", 200, is_list=True)), ("a:page", Visit("lead", "GET", "/b/", 200))]
    ) == ["a:list"]


def test_the_guard_sees_an_expensive_page():
    assert expensive([Visit("lead", "GET", "/a/", 200, queries=MOST + 1)])
    assert not expensive([Visit("lead", "GET", "/a/", 200, queries=MOST)])
