"""Pages that look: the lists, one insight, its trace, the register, the check of a seal."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safety_partners.core import clock
from safety_partners.core.models import Event
from safety_partners.core.working_days import today
from safety_partners.insights import commands
from safety_partners.insights.models import Insight
from safety_partners.people.models import Membership, Role, UrgentContact
from tests.factories import insights as make
from tests.factories.people import make_member, make_service, viewer_of
from tests.insights.cast import make_cast
from tests.insights.pages import MOST_QUERIES, browser_of, look, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


def days_ago(days: int):
    return clock.telling(clock.now() - dt.timedelta(days=days))


def queries_of(member: Membership, path: str) -> int:
    client = browser_of(member)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


# The list


def test_the_list_shows_to_each_what_they_may_see(cast):
    make.make_insight(cast.partner, words="For those who answer")
    make.make_insight(cast.partner, words="For everyone", visibility="programme")
    make.make_owned(cast.partner, cast.lead, cast.owner, words="For Ben to answer")
    make.make_draft(cast.partner, words="A draft")
    other = make_cast()
    make.make_insight(other.partner, words="Of another organisation", visibility="programme")
    chair = make_member(cast.organisation, Role.GROUP_CHAIR)
    for member, seen in (
        (cast.lead, {"For those who answer", "For everyone", "For Ben to answer"}),
        (cast.partner, {"For those who answer", "For everyone", "For Ben to answer"}),
        (cast.owner, {"For everyone", "For Ben to answer"}),
        (cast.colleague, {"For everyone"}),
        (chair, set()),
    ):
        page = look(member, "/insights/")
        assert {text for text in ("For those who answer", "For everyone", "For Ben to answer") if text in page} == seen
        assert "A draft" not in page
        assert "Of another organisation" not in page


def test_a_row_says_how_the_words_begin_who_said_them_where_they_stand_and_how_late(cast):
    with days_ago(30):
        insight = make.make_owned(cast.partner, cast.lead, cast.owner, words=" ".join(f"word{n}" for n in range(30)))
    days = (today() - insight.answer_by).days
    page = look(cast.lead, "/insights/")
    assert "Their words begin: “word0 " in page
    assert "word19 …”" in page
    assert "word20" not in page
    for part in (
        "Anjali Rao",
        "Ben Okafor",
        "Being answered",
        insight.code,
        f"{days} day{'s' if days != 1 else ''} late" if days > 0 else "",
    ):
        assert part in page


def test_the_list_counts_what_is_late_and_narrows_to_it(cast):
    assert "late" not in look(cast.lead, "/insights/").split("Search")[0]
    with days_ago(30):
        make.make_insight(cast.partner, words="Waits for weeks")
    make.make_insight(cast.partner, words="Fresh")
    assert "1 late" in look(cast.lead, "/insights/")
    late = look(cast.lead, "/insights/?late=on&sort=due")
    assert "Waits for weeks" in late
    assert "Fresh" not in late


def test_the_list_is_narrowed_by_status_kind_service_and_what_is_mine_to_answer(cast):
    service = make_service(cast.organisation, "Physiotherapy")
    make.make_insight(cast.partner, words="One", kind="praise")
    make.make_owned(cast.partner, cast.lead, cast.owner, words="Two", kind="question", service=service, visibility="programme")
    make.make_answered(cast.partner, cast.lead, cast.owner, words="Three", kind="concern")
    for query, seen in (
        ("status=answered", {"Three"}),
        ("kind=praise", {"One"}),
        (f"service={service.pk}", {"Two"}),
        ("q=two", {"Two"}),
        ("sort=due", {"One", "Two"}),
        ("kind=nonsense", {"One", "Two", "Three"}),
    ):
        page = look(cast.lead, f"/insights/?{query}")
        assert {text for text in ("One", "Two", "Three") if f"“{text}”" in page} == seen, query
    mine = look(cast.owner, "/insights/?mine=on")
    assert "“Two”" in mine
    assert "“Three”" not in mine


def test_what_was_taken_to_the_lead_is_theirs_to_answer(cast):
    insight = make.make_answered(cast.partner, cast.lead, cast.owner).insight
    commands.give_verdict(viewer_of(cast.partner), insight, answer="no", goes_to_lead=True)
    assert insight.code in look(cast.lead, "/insights/?mine=on")


def test_the_list_goes_on_to_the_next_page_in_both_orders(cast):
    for number in range(27):
        make.make_insight(cast.partner, words=f"Number {number}.")
    for sort in ("newest", "-newest", "due"):
        client = browser_of(cast.lead)
        first = client.get(f"/insights/?sort={sort}").content.decode()
        address = re.search(r'href="([^"]+)" rel="next"', first)
        assert address, sort
        second = client.get(address[1].replace("&amp;", "&")).content.decode()
        numbers = [set(re.findall(r"Number (\d+)\.", page)) for page in (first, second)]
        assert [len(one) for one in numbers] == [25, 2]
        assert not numbers[0] & numbers[1]


@pytest.mark.parametrize("query", ["", "?sort=due", "?late=on&mine=on", "?q=nobody"])
def test_the_list_costs_the_same_for_many_rows_as_for_one(cast, query):
    make_service(cast.organisation)
    with days_ago(30):
        make.make_owned(cast.partner, cast.lead, cast.lead)
    few = queries_of(cast.lead, f"/insights/{query}")
    with days_ago(30):
        for _one in range(3):
            make.make_owned(cast.partner, cast.lead, cast.lead)
    assert queries_of(cast.lead, f"/insights/{query}") == few
    assert few < MOST_QUERIES


def test_a_second_page_stays_within_the_bar(cast):
    make_service(cast.organisation)
    for _one in range(26):
        make.make_insight(cast.partner)
    assert queries_of(cast.lead, "/insights/") <= MOST_QUERIES


# Mine


def test_mine_shows_my_drafts_what_i_shared_and_what_needs_me(cast):
    make.make_draft(cast.partner, words="Half a thought")
    make.make_draft(cast.partner, words="Beside a document", kind="comment", about_label="Paragraph 2", about_path="/documents/x/")
    make.make_answered(cast.partner, cast.lead, cast.owner, words="Answered one")
    commands.record_words(
        viewer_of(cast.owner), speaker=cast.partner, capture="phone", is_read_back=True, words="Said on the phone", kind="concern"
    )
    friend = make_member(cast.organisation, Role.PARTNER, name="Tom")
    make.make_insight(friend, words="Of somebody else", visibility="programme")
    response = browser_of(cast.partner).get("/insights/mine/")
    page = words_of(response)
    for part in (
        "Half a thought",
        "Answered one",
        "Say if this answers you",
        "Ben Okafor is writing this down for you",
        "Go on where you began it",
    ):
        assert part in page
    assert 'href="/documents/x/"' in response.content.decode()
    assert "Of somebody else" not in page


def test_mine_says_what_staff_shared_for_me(cast):
    draft = commands.record_words(
        viewer_of(cast.owner), speaker=cast.partner, capture="phone", is_read_back=True, words="Said on the phone", kind="concern"
    )
    commands.share_insight(viewer_of(cast.owner), draft)
    assert "Shared for you by staff." in look(cast.partner, "/insights/mine/")


def test_mine_is_for_partners_and_costs_the_same_for_many(cast):
    look(cast.lead, "/insights/mine/", status=403)
    make.make_draft(cast.partner)
    make.make_insight(cast.partner)
    few = queries_of(cast.partner, "/insights/mine/")
    for _one in range(3):
        make.make_draft(cast.partner)
        make.make_insight(cast.partner)
    assert queries_of(cast.partner, "/insights/mine/") == few <= MOST_QUERIES


# One insight


def test_the_page_shows_the_exact_words_with_their_seal(cast):
    words = "  Two spaces first.\n\n\tA tab, <b>not bold</b>, “quotes”, 💚, 日本語 and a trailing space "
    insight = make.make_insight(cast.partner, words=words)
    html = browser_of(cast.lead).get(f"/insights/{insight.code}/").content.decode()
    assert words.replace("<", "&lt;").replace(">", "&gt;") in html
    assert insight.checksum in html


def test_the_page_of_another_organisation_or_of_nothing_is_not_found(cast):
    insight = make.make_insight(make_cast().partner, visibility="programme")
    for path in ("", "trace/", "verdict/", "withdraw/", "edit/", "check/", "delete/", "who-may-see/", "pass-on/"):
        for code in (insight.code, "INS-22222222", "x"):
            for member in (cast.lead, cast.partner):
                assert browser_of(member).get(f"/insights/{code}/{path}").status_code == 404
                assert browser_of(member).post(f"/insights/{code}/{path}").status_code in {404, 405}


def test_a_draft_is_nobody_elses(cast):
    draft = make.make_draft(cast.partner)
    for path in ("", "trace/", "edit/", "check/", "delete/"):
        assert browser_of(cast.lead).get(f"/insights/{draft.code}/{path}").status_code == 404
    assert "Check and share" in look(cast.partner, f"/insights/{draft.code}/")


def test_a_draft_that_is_written_down_for_me_says_so_and_is_not_mine_to_share(cast):
    draft = commands.record_words(
        viewer_of(cast.owner), speaker=cast.partner, capture="phone", is_read_back=True, words="Said on the phone", kind="concern"
    )
    page = look(cast.partner, f"/insights/{draft.code}/")
    assert "Ben Okafor is writing down what you said." in page
    assert "Check and share" not in page
    look(cast.partner, f"/insights/{draft.code}/check/", status=403)


ANSWERING = {"Say that we have it", "Answer it", "Ask someone to answer it", "Ask someone else to answer it"}
WORKING = {"Agree an action", "Write down what changed", "Join it to a change"}
SPEAKING = {"Ask us to pass it on", "Change who may see it", "Withdraw your words"}
JUDGING = {"Say if this answers you", "Take it to the partner lead", "Record what the person says about our answer"}
FOR_THEM = {"Withdraw the words for the person"}
STEPS = [
    ("shared", "partner", SPEAKING),
    ("shared", "lead", {"Say that we have it", "Ask someone to answer it"} | WORKING | FOR_THEM),
    ("owned", "owner", {"Answer it", "Ask someone else to answer it"} | WORKING),
    ("owned", "lead", {"Ask someone else to answer it"} | WORKING | FOR_THEM),
    ("owned", "colleague", set()),
    ("answered", "partner", {"Say if this answers you"} | SPEAKING),
    ("answered", "lead", {"Record what the person says about our answer"} | WORKING | FOR_THEM),
    ("answered", "owner", WORKING),
    ("settled", "partner", {"Say if this answers you"} | SPEAKING),
    ("sent back", "partner", {"Take it to the partner lead"} | SPEAKING),
    ("sent back", "owner", {"Answer it", "Ask someone else to answer it"} | WORKING),
    ("with the lead", "lead", {"Answer it", "Ask someone else to answer it"} | WORKING | FOR_THEM),
    ("with the lead", "partner", SPEAKING),
    ("withdrawn", "partner", set()),
    ("withdrawn", "lead", set()),
]


def make_standing(cast, status: str) -> Insight:
    if status == "shared":
        return make.make_insight(cast.partner, visibility="programme")
    if status == "owned":
        return make.make_owned(cast.partner, cast.lead, cast.owner, visibility="programme")
    insight = make.make_answered(cast.partner, cast.lead, cast.owner, visibility="programme").insight
    speaker = viewer_of(cast.partner)
    match status:
        case "settled":
            commands.give_verdict(speaker, insight, answer="yes")
        case "sent back" | "with the lead":
            commands.give_verdict(speaker, insight, answer="no", goes_to_lead=status == "with the lead")
        case "withdrawn":
            commands.withdraw(speaker, insight)
    return insight


@pytest.mark.parametrize(("status", "who", "steps"), STEPS)
def test_the_page_offers_what_this_viewer_can_do_and_nothing_else(cast, status, who, steps):
    insight = make_standing(cast, status)
    page = look(getattr(cast, who), f"/insights/{insight.code}/")
    every = ANSWERING | WORKING | SPEAKING | JUDGING | FOR_THEM
    assert {step for step in every if f" {step} " in page} == steps


@pytest.mark.parametrize(("status", "who", "steps"), STEPS)
def test_every_step_of_ours_that_is_offered_opens(cast, status, who, steps):
    insight = make_standing(cast, status)
    client = browser_of(getattr(cast, who))
    html = client.get(f"/insights/{insight.code}/").content.decode()
    paths = re.findall(rf'href="(/insights/{insight.code}/(?:verdict|withdraw|who-may-see|pass-on|trace)/)"', html)
    assert paths
    for path in paths:
        assert client.get(path).status_code == 200, path


def test_the_page_tells_what_came_of_it(cast):
    with days_ago(30):
        insight = make.make_owned(cast.partner, cast.lead, cast.colleague, about_label="Letters")
    commands.hand_to(viewer_of(cast.lead), insight, owner=cast.owner, reason="Priya is on leave.")
    commands.agree_action(viewer_of(cast.owner), insight, text="Print new letters", owner=cast.colleague, due_on=today())
    commands.respond(viewer_of(cast.owner), insight, outcome="in part", reason="department", text="We will, from May.")
    commands.give_verdict(viewer_of(cast.partner), insight, answer="no", words="May is late.")
    page = look(cast.lead, f"/insights/{insight.code}/")
    for part in (
        "Letters", "Priya Shah was asked to answer", "Why: Priya is on leave.", "Print new letters", "We will, from May.",
        "It needs another department", "Anjali Rao said: No, this does not answer me", "May is late.", "Ben Okafor", "Sent back",
    ):  # fmt: skip
        assert part in page


def test_passings_on_are_shown_to_the_person_and_the_lead_alone(cast):
    insight = make.make_owned(cast.partner, cast.lead, cast.owner, visibility="programme")
    commands.ask_to_pass_on(viewer_of(cast.partner), insight, channel=UrgentContact.Channel.SAFEGUARDING)
    for member, sees in ((cast.partner, True), (cast.lead, True), (cast.owner, False), (cast.colleague, False)):
        for page in (look(member, f"/insights/{insight.code}/"), look(member, f"/insights/{insight.code}/trace/")):
            assert ("Safeguarding" in page) is sees
    assert "Say that you passed it on" in look(cast.lead, f"/insights/{insight.code}/")
    assert "Say that you passed it on" not in look(cast.partner, f"/insights/{insight.code}/")


@pytest.mark.parametrize("path", ["", "trace/"])
def test_withdrawn_words_leave_an_honest_stub(cast, path):
    response = make.make_answered(cast.partner, cast.lead, cast.owner, words="Never again these words", about_label="A secret place")
    insight = response.insight
    commands.give_verdict(viewer_of(cast.partner), insight, answer="no", words="My own verdict words")
    commands.withdraw(viewer_of(cast.partner), insight)
    for member in (cast.partner, cast.lead, cast.owner):
        page = look(member, f"/insights/{insight.code}/{path}")
        assert "These words were withdrawn on" in page
        assert insight.checksum in page
        for gone in ("Never again", "secret place", "My own verdict", response.text):
            assert gone not in page
    assert "The words were withdrawn" in look(cast.lead, "/insights/")


def test_the_pages_of_an_insight_stay_within_the_bar(cast):
    change = make.make_change(cast.partner, cast.lead, cast.owner)
    make.make_published(change, cast.lead, cast.partner)
    insight = change.insights.get()
    commands.agree_action(viewer_of(cast.lead), insight, text="Do it", owner=cast.owner, due_on=today())
    commands.ask_to_pass_on(viewer_of(cast.partner), insight, channel=UrgentContact.Channel.SAFEGUARDING)
    for member in (cast.lead, cast.partner, cast.owner):
        for path in ("", "trace/"):
            assert queries_of(member, f"/insights/{insight.code}/{path}") <= MOST_QUERIES


# The trace


def test_the_trace_tells_the_whole_way_and_links_back_to_the_document(cast):
    change = make.make_change(cast.partner, cast.lead, cast.owner)
    make.make_published(change, cast.lead, cast.partner)
    insight = change.insights.get()
    page = look(cast.owner, f"/insights/{insight.code}/trace/")
    for part in (
        "I waited until the morning.", "We will put the number on every letter.", "A number on every letter", "Published",
        "Anjali Rao agreed on", "Everyone can read it, since", "Shared the words, which sealed them", "Ben Okafor, Member of staff",
        "Published the words that were agreed",
    ):  # fmt: skip
        assert part in page
    draft = make.make_draft(cast.partner, kind="comment", about_label="Paragraph 2.1 of the policy", about_path="/documents/x/#p2")
    comment = commands.share_insight(viewer_of(cast.partner), draft, owner=cast.owner)
    html = browser_of(cast.owner).get(f"/insights/{comment.code}/trace/").content.decode()
    assert 'href="/documents/x/#p2">Paragraph 2.1 of the policy<' in html


def test_words_that_are_not_published_are_shown_to_those_who_agree_them(cast):
    change = make.make_change(cast.partner, cast.lead, cast.owner)
    make.make_wording(change, cast.lead)
    insight = change.insights.get()
    assert "Nobody knew whom to ring." in look(cast.partner, f"/insights/{insight.code}/trace/")
    assert "Nobody knew whom to ring." not in look(cast.owner, f"/insights/{insight.code}/trace/")


def test_looking_changes_nothing(cast):
    insight = make.make_answered(cast.partner, cast.lead, cast.owner).insight
    before = Event.objects.count(), Insight.objects.values().get(pk=insight.pk)
    for path in ("", "trace/", "verdict/", "withdraw/", "who-may-see/", "pass-on/"):
        look(cast.partner, f"/insights/{insight.code}/{path}")
    assert (Event.objects.count(), Insight.objects.values().get(pk=insight.pk)) == before


# The register


def test_the_register_shows_what_we_could_not_and_counts_the_reasons(cast):
    board = make_member(cast.organisation, Role.BOARD)
    make.make_answered(cast.partner, cast.lead, cast.owner, words="A ramp", outcome="could not", reason="law", visibility="programme")
    make.make_answered(cast.partner, cast.lead, cast.owner, words="A lift", outcome="could not", reason="resource")
    make.make_answered(cast.partner, cast.lead, cast.owner, words="A bell", outcome="will")
    page = look(cast.lead, "/insights/could-not/")
    assert "“A ramp”" in page
    assert "“A lift”" in page
    assert "“A bell”" not in page
    assert "Law or safety does not allow it 1" in page
    filtered = look(cast.lead, "/insights/could-not/?reason=law")
    assert "“A ramp”" in filtered
    assert "“A lift”" not in filtered
    assert "“A lift”" in look(cast.lead, "/insights/could-not/?q=lift")
    seen = look(board, "/insights/could-not/")
    assert "“A lift”" not in seen
    assert "We do not have the authority or the means 1" in seen


def test_the_register_is_for_those_who_can_change_the_reasons(cast):
    for member in (cast.partner, cast.owner):
        look(member, "/insights/could-not/", status=403)
    assert browser_of(None).get("/insights/could-not/").status_code == 302


def test_the_register_costs_the_same_for_many(cast):
    for _one in range(3):
        make.make_answered(cast.partner, cast.lead, cast.owner, outcome="could not", reason="law")
    assert queries_of(cast.lead, "/insights/could-not/") == 4


def test_a_withdrawn_question_stays_in_the_register_without_its_words(cast):
    insight = make.make_answered(cast.partner, cast.lead, cast.owner, words="A ramp", outcome="could not", reason="law").insight
    commands.withdraw(viewer_of(cast.partner), insight)
    page = look(cast.lead, "/insights/could-not/")
    assert "A ramp" not in page
    assert "The words were withdrawn" in page


# The check of a seal


def check(member: Membership | None, code: str, words: str) -> str:
    return words_of(browser_of(member).post("/insights/seal/", {"code": code, "words": words}))


def test_anyone_can_check_a_seal(cast):
    insight = make.make_insight(cast.partner)
    look(None, "/insights/seal/")
    for member in (None, cast.owner, make_cast().partner):
        assert "These are the sealed words" in check(member, insight.code, make.WORDS.replace("\n", "\r\n"))


def test_a_wrong_code_and_wrong_words_get_the_same_answer(cast):
    insight = make.make_insight(cast.partner)
    wrong_words, wrong_code = check(None, insight.code, "Other words"), check(None, "INS-22222222", "Other words")
    assert "do not belong together" in wrong_words
    assert wrong_words == wrong_code
    assert "after five" not in wrong_words


def test_the_check_asks_for_both(cast):
    response = browser_of(None).post("/insights/seal/", {"code": "", "words": ""})
    assert response.status_code == 422
    assert "Enter the code" in words_of(response)


def test_the_menu_leads_here(cast):
    for member, lines in (
        (cast.partner, {"/insights/", "/insights/mine/", "/insights/new/"}),
        (cast.lead, {"/insights/"}),
        (make_member(cast.organisation, Role.BOARD), {"/insights/"}),
        (make_member(cast.organisation, Role.GROUP_CHAIR), set()),
    ):
        html = browser_of(member).get("/insights/seal/").content.decode()
        menu = html[html.index("<header") : html.index("</header>")]
        assert {path for path in ("/insights/", "/insights/mine/", "/insights/new/") if f'href="{path}"' in menu} == lines
