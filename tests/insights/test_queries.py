"""What can be asked about the loop: beginnings, duties, promises, one insight with all that came of it, its trace."""

from __future__ import annotations

import datetime as dt
import sys

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safety_partners.core import clock
from safety_partners.core.command import COMMANDS
from safety_partners.core.prepared import Prepared
from safety_partners.core.viewer import NOBODY
from safety_partners.core.working_days import today
from safety_partners.insights import commands, queries
from safety_partners.insights.models import Change, Insight, PassingOn, Response
from safety_partners.insights.queries.words import FETCHED, SIGNS_SHOWN
from safety_partners.people.models import Role, UrgentContact
from tests.factories import insights as make
from tests.factories.people import make_member, make_service, viewer_of
from tests.insights.cast import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


def queries_of(run) -> int:
    with CaptureQueriesContext(connection) as captured:
        run()
    return len(captured)


def days_ago(days: int):
    return clock.telling(clock.now() - dt.timedelta(days=days))


def sentences(viewer) -> list[str]:
    return [str(duty.sentence) for duty in queries.duties(viewer)]


@pytest.mark.parametrize(
    ("text", "shown", "goes_on"),
    [
        ("Short.", "Short.", False),
        ("  Spaces   and\nlines ", "Spaces and lines", False),
        (" ".join(["word"] * 21), " ".join(["word"] * 20), True),
        ("x" * 300, "x" * SIGNS_SHOWN, True),
        ("椅子" * 200, "椅子" * (SIGNS_SHOWN // 2), True),
        ("", "", False),
    ],
)
def test_first_words_are_cut_between_words_and_say_that_there_is_more(text, shown, goes_on):
    assert queries.first_words(text) == (shown, goes_on)


@pytest.mark.parametrize("letter", ["e\u0301", "👩‍👩‍👧", "👍🏽"])
def test_first_words_never_cut_a_letter_in_two(letter):
    start = queries.first_words("x" + letter * 200)
    assert start.goes_on
    assert (start.text[1:] + "|").replace(letter, "") == "|"


def test_first_words_of_what_a_list_fetched_know_that_there_is_more():
    assert queries.first_words((" " * 390 + "word").ljust(FETCHED, "s")[:FETCHED]).goes_on


def test_every_command_of_insights_has_words_in_the_timeline():
    ours = {name for name in COMMANDS if name.startswith("insights.")}
    assert ours
    assert set(queries.EVENT_WORDS) == ours


def test_a_partner_is_asked_for_verdicts_and_yeses_before_their_drafts(cast):
    with days_ago(9):
        make.make_draft(cast.partner, words="An old draft")
    with days_ago(5):
        make.make_answered(cast.partner, cast.lead, cast.owner)
    change = make.make_change(cast.partner, cast.lead, cast.owner)
    make.make_wording(change, cast.lead)
    found = queries.duties(viewer_of(cast.partner))
    assert [str(duty.sentence) for duty in found] == [
        "Tell us if our answer answers you",
        "Tell us if our answer answers you",
        "Read the words we would like to publish, and say yes or no",
        "Finish your draft, or delete it",
    ]
    assert not found.has_more
    assert found[0].path.endswith("/verdict/")
    assert found[0].title.startswith("“Nobody told me who to ring")


def test_the_lead_is_asked_for_what_nobody_else_can_do_the_oldest_day_first(cast):
    partner, lead = cast.partner, viewer_of(cast.lead)
    with days_ago(20):
        make.make_insight(partner, words="Shared long ago")
    commands.acknowledge(lead, make.make_insight(partner, words="Acknowledged"))
    make.make_insight(partner, words="Shared today")
    response = make.make_answered(partner, cast.lead, cast.owner)
    commands.give_verdict(viewer_of(partner), response.insight, answer="no", goes_to_lead=True)
    draft = make.make_draft(partner, words="Please pass on")
    commands.share_insight(viewer_of(partner), draft, pass_on_to=[UrgentContact.Channel.COMPLAINTS])
    wording = make.make_wording(make.make_change(partner, cast.lead, cast.owner), cast.lead)
    commands.agree_wording(viewer_of(partner), wording)
    found = queries.duties(lead)
    assert [duty.is_late for duty in found] == [True] + [False] * (len(found) - 1)
    assert found[0].title == "Anjali Rao: “Shared long ago”"
    assert sorted(str(duty.sentence) for duty in found) == [
        "Find someone to answer this insight",
        "Look at this: it was taken to you",
        "Pass this on, as the person asked",
        "Publish these words: everyone has agreed",
        "Say that you have this insight",
        "Say that you have this insight",
        "Say that you have this insight",
    ]
    days = [duty.due_on for duty in found if duty.due_on]
    assert days == sorted(days)
    passing_on = next(duty for duty in found if "Pass this on" in str(duty.sentence))
    assert passing_on.title == "Anjali Rao: Patient advice and complaints (PALS)"
    assert passing_on.path == f"/passings-on/{PassingOn.objects.get().code}/"


def test_words_sent_back_wait_for_the_lead(cast):
    wording = make.make_wording(make.make_change(cast.partner, cast.lead, cast.owner), cast.lead)
    commands.ask_for_other_words(viewer_of(cast.partner), wording, comment="Say it was the evening.")
    assert "Suggest other words: someone asked for them" in sentences(viewer_of(cast.lead))


def test_an_owner_is_asked_for_answers_and_actions_and_not_for_those_of_others(cast):
    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    commands.agree_action(viewer_of(cast.lead), insight, text="Order the signs", owner=cast.owner, due_on=today())
    assert sentences(viewer_of(cast.owner)) == ["Do what was agreed", "Answer this insight"]
    assert sentences(viewer_of(cast.colleague)) == []


def test_an_answer_is_no_duty_any_more_once_given_and_one_again_when_sent_back(cast):
    response = make.make_answered(cast.partner, cast.lead, cast.owner)
    assert sentences(viewer_of(cast.owner)) == []
    commands.give_verdict(viewer_of(cast.partner), response.insight, answer="no")
    assert sentences(viewer_of(cast.owner)) == ["Answer this insight"]


def test_what_staff_are_recording_waits_for_them_and_not_for_the_person(cast):
    commands.record_words(
        viewer_of(cast.owner), speaker=cast.partner, capture="phone", is_read_back=False, words="She said this.", kind="concern"
    )
    assert sentences(viewer_of(cast.owner)) == ["Finish what you are writing down for someone"]
    assert sentences(viewer_of(cast.partner)) == []


def test_what_belongs_beside_a_document_is_not_asked_for_twice(cast):
    draft = make.make_draft(cast.partner, kind="comment", about_label="Paragraph 2", about_path="/documents/x/")
    assert sentences(viewer_of(cast.partner)) == []
    commands.share_insight(viewer_of(cast.partner), draft, owner=cast.owner)
    assert sentences(viewer_of(cast.owner)) == []


def test_duties_stop_at_fifty_and_say_that_there_are_more(cast, monkeypatch):
    module = sys.modules["safety_partners.insights.queries.duties"]
    monkeypatch.setattr(module, "SHOWN", 3)
    monkeypatch.setattr(module, "_ROWS", Prepared(module._rows))
    for _one in range(5):
        make.make_draft(cast.partner)
    found = queries.duties(viewer_of(cast.partner))
    assert (len(found), found.has_more) == (3, True)


def test_duties_cost_one_query_for_every_role(cast):
    every = make_member(cast.organisation, *Role.values)
    make.make_insight(cast.partner)
    make.make_owned(cast.partner, cast.lead, every)
    for member in (cast.partner, cast.lead, cast.owner, every):
        viewer = viewer_of(member)
        assert queries_of(lambda viewer=viewer: queries.duties(viewer)) == 1
    assert queries.duties(NOBODY) == []


def test_duties_are_of_this_organisation(cast):
    other = make_cast()
    make.make_insight(other.partner)
    assert sentences(viewer_of(cast.lead)) == []


def test_late_count_counts_what_the_viewer_may_see(cast):
    with days_ago(30):
        make.make_insight(cast.partner)
        make.make_insight(cast.partner, visibility="programme")
    make.make_insight(cast.partner)
    assert queries.late_count(viewer_of(cast.lead)) == 2
    assert queries.late_count(viewer_of(cast.colleague)) == 1


def test_what_was_shared_with_somebody_is_the_shared_part_of_what_they_may_see(cast):
    for visibility in Insight.Visibility:
        make.make_insight(cast.partner, visibility=visibility)
    make.make_owned(cast.partner, cast.lead, cast.owner)
    make.make_draft(cast.partner)
    make.make_insight(make_cast().partner)
    for person in (cast.partner, cast.lead, cast.owner, *(make_member(cast.organisation, role) for role in Role)):
        viewer = viewer_of(person)
        assert set(Insight.objects.shared_with(viewer)) == set(Insight.objects.visible_to(viewer).shared()), person
    assert not Insight.objects.shared_with(NOBODY)


def test_promises_say_sorry_when_late(cast):
    with clock.telling(dt.datetime(2026, 3, 2, 12, tzinfo=clock.LONDON)):
        insight = make.make_insight(cast.partner)
    with clock.telling(dt.datetime(2026, 3, 8, 12, tzinfo=clock.LONDON)):
        assert queries.promises(insight, is_speaker=True) == [
            "We said we would write to say that we have it by Wednesday 4 March 2026.",
            "That is 4 days late. We are sorry.",
        ]
    with clock.telling(dt.datetime(2026, 3, 5, 12, tzinfo=clock.LONDON)):
        assert queries.promises(insight, is_speaker=True)[-1] == "That is 1 day late. We are sorry."


@pytest.mark.parametrize(
    ("answer", "to_lead", "mine", "others"),
    [
        (None, False, "Now it is for you to say if that answers you.", "Anjali Rao has not yet said if that answers them."),
        ("yes", False, "You said that this answers you.", "Anjali Rao said that this answers them."),
        ("part", False, "You said that this answers you in part. It stays open.", "Anjali Rao said that this answers them in part."),
        ("no", False, "You said that our answer does not answer you.", "Anjali Rao said that our answer does not answer them."),
        ("no", True, "You took this to the partner lead.", "Anjali Rao took this to the partner lead."),
    ],
)
def test_promises_follow_the_verdict(cast, answer, to_lead, mine, others):
    insight = make.make_answered(cast.partner, cast.lead, cast.owner).insight
    if answer:
        commands.give_verdict(viewer_of(cast.partner), insight, answer=answer, goes_to_lead=to_lead)
    assert mine in " ".join(queries.promises(insight, is_speaker=True))
    assert others in " ".join(queries.promises(insight, is_speaker=False))


def test_promises_say_when_an_answer_came_late(cast):
    with days_ago(60):
        insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    commands.respond(viewer_of(cast.owner), insight, outcome="will", text="We will.")
    assert "so that was late. We are sorry." in queries.promises(insight, is_speaker=True)[0]


def test_the_whole_of_an_insight_costs_the_same_however_much_came_of_it(cast):
    lead, owner, partner = viewer_of(cast.lead), viewer_of(cast.owner), viewer_of(cast.partner)
    bare = make.make_insight(cast.partner)
    change = make.make_change(cast.partner, cast.lead, cast.owner)
    full = change.insights.get()
    make.make_published(change, cast.lead, cast.partner)
    for _round in range(3):
        full.refresh_from_db()
        commands.give_verdict(partner, full, answer="no", words="Not yet.")
        commands.hand_to(lead, full, owner=cast.colleague, reason="Ben is away.")
        commands.hand_to(lead, full, owner=cast.owner, reason="Ben is back.")
        commands.agree_action(lead, full, text="Do it", owner=cast.owner, due_on=today())
        commands.respond(owner, full, outcome="could not", reason="law", text="We may not.")
    commands.ask_to_pass_on(partner, full, channel=UrgentContact.Channel.SPEAK_UP)
    found = queries.whole(lead, full)
    assert len(found.answers) == 4
    assert [len(answer.verdicts) for answer in found.answers] == [1, 1, 1, 0]
    assert found.answers[0].verdicts[0].words == "Not yet."
    assert (found.answers[-1].says, found.answers[-1].why) == ("We could not", "Law or safety does not allow it")
    assert [part.person for part in found.hand_overs][:3] == ["Ben Okafor", "Priya Shah", "Ben Okafor"]
    assert found.hand_overs[1].text == "Ben is away."
    assert len(found.actions) == 3
    assert [part.channel_says for part in found.passings_on] == ["Freedom to Speak Up"]
    assert [(one.title, one.is_published) for one in found.changes] == [("A number on every letter", True)]
    assert queries_of(lambda: queries.whole(lead, full)) == queries_of(lambda: queries.whole(lead, bare)) == 3
    assert queries_of(lambda: queries.trace(lead, full)) == queries_of(lambda: queries.trace(lead, bare)) == 4


def test_an_action_shows_what_shows_it_or_why_not(cast):
    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    lead, owner = viewer_of(cast.lead), viewer_of(cast.owner)
    made = [commands.agree_action(lead, insight, text=text, owner=cast.owner, due_on=today()) for text in ("Done", "Dropped", "Open")]
    commands.complete_action(owner, made[0], evidence="The sign is up.")
    commands.give_up_action(owner, made[1], reason="No wall to put it on.")
    assert [part.more for part in queries.whole(lead, insight).actions] == ["The sign is up.", "No wall to put it on.", ""]


def test_words_that_wait_for_my_yes_are_shown_to_me_alone(cast):
    change = make.make_change(cast.partner, cast.lead, cast.owner)
    wording = make.make_wording(change, cast.lead)
    insight = change.insights.get()
    assert queries.whole(viewer_of(cast.partner), insight).changes[0].wording_for_me == wording.code
    assert queries.whole(viewer_of(cast.lead), insight).changes[0].wording_for_me is None


def test_the_trace_goes_from_the_words_to_what_everyone_can_read(cast):
    change = make.make_change(cast.partner, cast.lead, cast.owner)
    commands.move_change(viewer_of(cast.lead), change, status="made", on=today(), reason="The letters are printed.")
    make.make_published(change, cast.lead, cast.partner)
    found = queries.trace(viewer_of(cast.colleague), change.insights.get())
    (story,) = found.changes
    assert [(step.status_says, step.text) for step in story.movements][1] == ("Made", "The letters are printed.")
    assert [wording.status_says for wording in story.wordings] == ["Published"]
    assert [yes.person for yes in story.agreed[story.wordings[0].pk]] == ["Grace Bell", "Anjali Rao"]
    assert story.published is not None
    titles = [event.title for event in found.events]
    assert titles[0] == "Shared the words, which sealed them"
    assert titles[-1] == "Published the words that were agreed"
    assert found.events[0].by == "Anjali Rao, Patient Safety Partner"


def test_the_trace_says_in_words_what_was_said(cast):
    insight = make.make_answered(cast.partner, cast.lead, cast.owner, outcome="could not", reason="law").insight
    commands.give_verdict(viewer_of(cast.partner), insight, answer="yes")
    texts = {event.title: event.text for event in queries.trace(viewer_of(cast.lead), insight).events}
    assert texts["Answered"] == "We could not. Law or safety does not allow it"
    assert texts["Said if the answer answers them"] == "This answers me"


def test_when_somebody_wrote_their_draft_is_nobody_elses_business(cast):
    insight = make.make_insight(cast.partner)
    assert queries.trace(viewer_of(cast.partner), insight).events[0].title == "Began to write"
    assert queries.trace(viewer_of(cast.lead), insight).events[0].title == "Shared the words, which sealed them"


def test_where_words_were_passed_on_is_between_the_person_and_the_lead(cast):
    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    commands.ask_to_pass_on(viewer_of(cast.partner), insight, channel=UrgentContact.Channel.COMPLAINTS)
    commands.done_passing_on(viewer_of(cast.lead), insight.passings_on.get(), note="By phone.")
    for member, sees in ((cast.partner, True), (cast.lead, True), (cast.owner, False)):
        titles = [event.title for event in queries.trace(viewer_of(member), insight).events]
        assert ("Passed the words on" in titles) is sees
        assert bool(queries.whole(viewer_of(member), insight).passings_on) is sees
        assert bool(queries.trace(viewer_of(member), insight).whole.passings_on) is sees


def test_the_product_at_work_has_a_name_in_the_trace(cast):
    from safety_partners.core.viewer import system_viewer

    with days_ago(30):
        insight = make.make_insight(cast.partner)
    commands.tell_of_lateness(system_viewer(cast.organisation.pk), insight)
    assert queries.trace(viewer_of(cast.lead), insight).events[-1].by == "the product, by the clock"


def test_a_board_reader_who_may_see_no_change_of_others_still_sees_the_trace(cast):
    insight = make.make_change(cast.partner, cast.lead, cast.owner).insights.get()
    chair = make_member(cast.organisation, Role.GROUP_CHAIR)
    assert queries.trace(viewer_of(chair), insight).changes == []
    assert Change.objects.count() == 1


@pytest.mark.parametrize("outcome", ["will", "already", "in part"])
def test_the_register_holds_only_what_we_could_not(cast, outcome):
    make.make_answered(cast.partner, cast.lead, cast.owner, outcome=outcome, reason="law" if outcome == "in part" else "")
    could_not = make.make_answered(cast.partner, cast.lead, cast.owner, outcome="could not", reason="department")
    assert [row.pk for row in queries.answered_with_could_not(viewer_of(cast.lead))] == [could_not.pk]
    assert queries.reasons_counted(viewer_of(cast.lead)) == {**dict.fromkeys(Response.Reason.values, 0), "department": 1}


def test_reasons_are_counted_in_one_query_and_in_this_organisation(cast):
    other = make_cast()
    make.make_answered(other.partner, other.lead, other.owner, outcome="could not", reason="law")
    assert sum(queries.reasons_counted(viewer_of(cast.lead)).values()) == 0
    lead = viewer_of(cast.lead)
    assert queries_of(lambda: queries.reasons_counted(lead)) == 1


def test_search_finds_words_and_the_code_that_somebody_reads_out(cast):
    insight = make.make_insight(cast.partner, words="The lift was broken")
    make.make_insight(cast.partner, words="The stairs are steep")
    lead = viewer_of(cast.lead)
    read_out = insight.code.lower().replace("-", " ")
    for typed in ("broken lift", "brok", insight.code, read_out):
        assert [row.pk for row in queries.search_insights(queries.insights(lead), typed, lead)] == [insight.pk]
    response = make.make_answered(cast.partner, cast.lead, cast.owner, words="A ramp please", outcome="could not", reason="law")
    assert list(queries.search_responses(Response.objects.all(), "ramp", lead)) == [response]
    assert not queries.search_responses(Response.objects.all(), "lift", lead)


def test_search_never_finds_words_of_another_organisation(cast):
    other = make_cast()
    insight = make.make_insight(other.partner, words="The lift was broken")
    lead = viewer_of(cast.lead)
    for typed in ("lift", insight.code):
        assert not queries.search_insights(queries.insights(lead), typed, lead)


def test_closed_services_are_offered_only_to_the_draft_that_names_them(cast):
    make_service(cast.organisation, "Open")
    closed = make_service(cast.organisation, "Closed")
    draft = make.make_draft(cast.partner, service=closed)
    closed.is_open = False
    closed.save()
    viewer = viewer_of(cast.partner)
    assert [str(one) for one in queries.open_services(viewer)] == ["Open"]
    assert [str(one) for one in queries.open_services(viewer, draft)] == ["Closed", "Open"]


def test_a_risk_now_is_never_offered_to_be_passed_on(cast):
    for channel in UrgentContact.Channel:
        UrgentContact.objects.create(organisation=cast.organisation, channel=channel, name=channel.label, phone="01904 555 0100")
    contacts = queries.urgent_contacts(viewer_of(cast.partner))
    assert contacts[0].channel == UrgentContact.Channel.RISK_NOW
    offered = [channel for channel, _words in queries.channels_to_offer(contacts)]
    assert offered == [channel for channel in UrgentContact.Channel if channel != UrgentContact.Channel.RISK_NOW]


def test_drafts_are_split_between_the_person_and_who_writes_them_down(cast):
    own = make.make_draft(cast.partner)
    recorded = commands.record_words(
        viewer_of(cast.owner), speaker=cast.partner, capture="letter", is_read_back=False, words="From a letter", kind="praise"
    )
    assert {draft.code for draft in queries.drafts(viewer_of(cast.partner))} == {own.code, recorded.code}
    assert [draft.code for draft in queries.recordings(viewer_of(cast.owner))] == [recorded.code]
    assert queries.recordings(viewer_of(cast.partner)) == []


STATES = {
    "shared": ([], False),
    "with an owner": ([], False),
    "answered": (["yes", "part", "no"], False),
    "in part": (["yes", "no"], False),
    "settled": (["no"], False),
    "sent back": (["no"], True),
    "with the lead": ([], False),
    "withdrawn": ([], False),
}


@pytest.mark.parametrize("status", STATES)
def test_what_may_be_said_about_an_answer_follows_the_lifecycle(status):
    insight = Insight(status=status, answered_at=clock.now() if status not in {"shared", "with an owner"} else None)
    open_answers, only_for_lead = STATES[status]
    assert queries.answers_open(insight) == open_answers
    assert not open_answers or queries.is_only_for_lead(insight) is only_for_lead


@pytest.mark.parametrize(
    ("copy", "matches"),
    [("  the words\nof two lines", True), ("  the words\nof two lines\n", True), ("the words\nof two lines", False), ("x", False)],
)
def test_a_seal_matches_the_exact_words_of_an_insight(cast, copy, matches):
    insight = make.make_insight(cast.partner, words="  the words\nof two lines")
    assert queries.seal_matches(insight.code, copy) is matches
    assert queries.seal_matches(insight.code.lower().replace("-", ""), copy) is matches


def test_a_seal_matches_a_verdict_too_and_outlives_a_withdrawal(cast):
    insight = make.make_answered(cast.partner, cast.lead, cast.owner).insight
    verdict = commands.give_verdict(viewer_of(cast.partner), insight, answer="no", words="Not this.")
    commands.withdraw(viewer_of(cast.partner), insight)
    assert queries.seal_matches(verdict.code, "Not this.")
    assert queries.seal_matches(insight.code, make.WORDS)


def test_no_seal_matches_nothing(cast):
    draft = make.make_draft(cast.partner)
    for code, words in ((draft.code, make.WORDS), (draft.code, ""), ("", ""), ("INS-22222222", "-"), ("\x00", "x")):
        assert not queries.seal_matches(code, words)
