"""Pages at the table: the sheet, the minutes of an item, decisions, actions, and what partners say."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from safety_partners.committees import commands
from safety_partners.committees.models import Decision, Invitee, ItemInsight, ItemMinute, MeetingAction, Recusal
from safety_partners.core.working_days import today
from safety_partners.insights.models import Insight
from tests.committees.table import DAY, address, make_table
from tests.factories import committees as make
from tests.factories.people import viewer_of
from tests.insights.pages import browser_of, day, hidden_of, look, send, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def table():
    return make_table()


# At the table


def test_the_table_shows_each_item_with_what_is_written(table):
    secretary = viewer_of(table.secretary)
    table.write("Falls went down.")
    commands.add_decision(secretary, table.item, words="We buy sensors.")
    commands.agree_meeting_action(secretary, table.item, text="Count the bells", owner=table.staff, due_on=today() + DAY)
    make.make_item(table.meeting, "Medicines")
    said = look(table.chair, address("table", table.meeting))
    for words in ("1. Falls on the wards", "Falls went down.", "We buy sensors.", "Count the bells", "Ben Okafor, by", "2. Medicines"):
        assert words in said, words
    assert "No minutes of this item yet." in said
    look(table.partner, address("table", table.meeting), status=403)
    look(table.staff, address("table", table.meeting), status=403)


def test_the_table_nudges_about_partners_who_are_here_and_whom_nobody_has_heard(table):
    path = address("table", table.meeting)
    assert "Not heard yet" not in look(table.chair, path)
    table.mark(partner="present", second="present")
    assert "Not heard yet: Anjali Rao and Tom Second" in look(table.chair, path)
    table.say()
    said = look(table.chair, path)
    assert "Not heard yet: Tom Second" in said
    assert not re.search(r"\d+ (words|times|insights)", said)
    table.mark(second="absent")
    assert "Not heard yet" not in look(table.chair, path)


def test_the_table_keeps_words_for_the_lead_alone_from_the_chair(table):
    table.mark(partner="present")
    table.say("Only for Grace.", visibility="lead")
    assert "Not heard yet: Anjali Rao" in look(table.chair, address("table", table.meeting))
    said = look(table.lead, address("table", table.meeting))
    assert "Not heard yet" not in said
    assert "Only for Grace." in said


def test_the_table_says_if_partners_had_the_papers_in_time(table):
    path = address("table", table.meeting)
    make.make_paper(table.item, words="")
    assert "1 paper came late" in look(table.chair, path)
    assert look(table.chair, path).count("Papers late") == 2
    table.meeting.papers_sent_at = make.at(table.meeting.papers_due_on, 17)
    table.meeting.save()
    Invitee.objects.filter(membership=table.second).update(wants_paper=True)
    said = look(table.chair, path)
    assert said.count("had the papers in time") == 1
    assert said.count("Papers late") == 1


def test_the_table_says_what_is_owed_from_earlier_meetings(table):
    table.say("The bells are too far away.")
    commands.agree_meeting_action(viewer_of(table.secretary), table.item, text="Count the bells", owner=table.staff, due_on=today())
    table.agree()
    later = make.make_meeting(table.committee, starts_at=table.meeting.starts_at + 7 * DAY)
    said = look(table.lead, address("table", later))
    assert "Anjali Rao waits for an answer: “The bells are too far away.”" in said
    assert "Count the bells" in said
    assert "This meeting approved them" in said
    assert "waits for an answer" not in look(table.lead, address("table", table.meeting))


def test_the_table_shows_nothing_of_an_item_to_a_chair_who_stepped_back(table):
    table.write("Secret words.")
    table.say("Spoken words.")
    make.make_recusal(table.item, table.chair)
    said = look(table.chair, address("table", table.meeting))
    for words in ("Secret words.", "Spoken words.", table.item.title):
        assert words not in said


# The sheet


def test_the_sheet_is_kept_with_notes_and_who_left(table):
    make.make_recusal(table.item, table.second)
    code, recusal = table.invitee(table.partner).code, Recusal.objects.get().code
    path = address("attendance", table.meeting)
    answer = send(table.secretary, path, **{f"mark_{code}": "part", f"note_{code}": "from 10.30", f"left_{recusal}": "came back"})
    assert answer.status_code == 302
    assert table.invitee(table.partner).attended_note == "from 10.30"
    assert Recusal.objects.get().came_back
    assert "from 10.30" in browser_of(table.secretary).get(path).content.decode()


def test_the_sheet_of_two_who_write_at_once_shows_both(table):
    path, code = address("attendance", table.meeting), table.invitee(table.partner).code
    client = browser_of(table.secretary)
    hidden = hidden_of(client.get(path).content.decode())
    table.mark(second="present")
    answer = client.post(path, {**hidden, f"mark_{code}": "present"})
    assert answer.status_code == 422
    assert "Someone else wrote on this sheet" in words_of(answer)
    assert table.invitee(table.partner).attendance == ""


def test_the_sheet_can_be_printed_before_the_meeting_and_written_on_from_its_beginning(table):
    later = make.make_meeting(table.committee)
    make.make_invitee(later, table.partner, reply="coming", replied_at=later.starts_at)
    assert "Once the meeting begins" in look(table.secretary, address("attendance", later))
    printed = look(table.secretary, address("attendance-print", later))
    for words in ("Anjali Rao", "Patient Safety Partner", "Coming", "☐"):
        assert words in printed
    look(table.partner, address("attendance-print", later), status=403)


# The minutes of one item


def test_minutes_are_saved_as_typed_and_lead_to_the_next_item(table):
    following = make.make_item(table.meeting, "Medicines")
    path = address("minute", table.item)
    answer = send(table.secretary, path, words="  One\n\n Two ", then="stay")
    assert answer.url == path
    assert ItemMinute.objects.get().words.replace("\r\n", "\n") == "  One\n\n Two "
    assert send(table.secretary, path, words="More", then="next").url == address("minute", following)
    assert send(table.secretary, address("minute", following), words="Last", then="next").url == address("table", table.meeting)


def test_two_who_write_the_same_minutes_see_both(table):
    path = address("minute", table.item)
    client = browser_of(table.secretary)
    hidden = hidden_of(client.get(path).content.decode())
    commands.save_minute(viewer_of(table.chair), table.item, words="What the chair saved", turn=0)
    answer = client.post(path, {**hidden, "words": "What I typed"})
    assert answer.status_code == 422
    said = words_of(answer)
    assert "Someone else saved this" in said
    assert "What the chair saved" in said
    assert "What I typed" in said
    again = client.post(path, {**hidden_of(answer.content.decode()), "words": "Both"})
    assert again.status_code == 302
    assert ItemMinute.objects.get().words == "Both"


def test_a_lost_session_gives_the_typed_minutes_back(table):
    answer = Client().post(address("minute", table.item), {"words": "Everything I typed in an hour", "turn": "0"})
    assert answer.status_code == 403
    assert "Everything I typed in an hour" in words_of(answer)
    assert not ItemMinute.objects.exists()


def test_agreed_minutes_give_back_what_somebody_was_still_typing(table):
    path = address("minute", table.item)
    client = browser_of(table.secretary)
    hidden = hidden_of(client.get(path).content.decode())
    table.agree()
    answer = client.post(path, {**hidden, "words": "Too late"})
    assert answer.status_code == 422
    assert "Too late" in words_of(answer)
    assert "These minutes are agreed" in words_of(client.get(path))


def test_minutes_are_not_for_whoever_stepped_back(table):
    make.make_recusal(table.item, table.secretary)
    look(table.secretary, address("minute", table.item), status=404)
    look(table.staff, address("minute", table.item), status=403)


# Decisions


def test_a_decision_is_added_put_right_and_taken_out(table):
    assert send(table.secretary, address("decision-new", table.item), words="We buy sensors.").status_code == 302
    decision = Decision.objects.get()
    assert send(table.secretary, address("decision-edit", decision), words="We buy forty.").status_code == 302
    assert Decision.objects.get().words == "We buy forty."
    wrong = send(table.secretary, address("decision-new", table.item), words="")
    assert wrong.status_code == 422
    assert send(table.secretary, address("decision-take-out", decision)).status_code == 302
    assert not Decision.objects.exists()


def test_a_decision_put_right_by_two_at_once_is_shown_with_both(table):
    decision = commands.add_decision(viewer_of(table.secretary), table.item, words="First")
    client, path = browser_of(table.secretary), address("decision-edit", decision)
    hidden = hidden_of(client.get(path).content.decode())
    commands.correct_decision(viewer_of(table.chair), decision, words="By the chair", turn=0)
    answer = client.post(path, {**hidden, "words": "By me"})
    assert answer.status_code == 422
    assert "By the chair" in words_of(answer)
    assert "By me" in words_of(answer)


def test_the_list_of_decisions_is_searched_and_narrowed(table):
    commands.add_decision(viewer_of(table.secretary), table.item, words="We buy sensors.")
    hidden = make.make_item(table.meeting, "Contract", classification="invited")
    commands.add_decision(viewer_of(table.secretary), hidden, words="We sign the contract.")
    path = address("decisions")
    said = look(table.partner, path)
    assert "We buy sensors." in said
    assert "We sign the contract." in said
    found = look(table.partner, f"{path}?q=sensor")
    assert "We buy sensors." in found
    assert "We sign the contract." not in found
    make.make_recusal(hidden, table.partner)
    for typed in ("", "?q=contract", f"?q={Decision.objects.get(item=hidden).code}", f"?committee={table.committee.pk}"):
        assert "We sign the contract." not in look(table.partner, f"{path}{typed}")


# Actions


def agree(table, **given) -> MeetingAction:
    asked = {"text": "Count the bells", "owner": table.staff, "due_on": today() + 7 * DAY} | given
    return commands.agree_meeting_action(viewer_of(table.secretary), table.item, **asked)


def test_an_action_is_agreed_on_its_page(table):
    when = today() + 7 * DAY
    answer = send(table.secretary, address("meeting-action-new", table.item), text="Count", owner=table.staff.code, **day(when, "due_on"))
    assert answer.url == f"{address('table', table.meeting)}#{table.item.code}"
    assert MeetingAction.objects.get().due_on == when
    wrong = send(table.secretary, address("meeting-action-new", table.item), text="Count again", owner="", **day(when, "due_on"))
    assert wrong.status_code == 422
    assert "Count again" in words_of(wrong)


def test_the_list_of_actions_narrows_to_mine_late_done_and_words(table):
    agree(table)
    mine = agree(table, text="Mine to do", owner=table.secretary)
    late = agree(table, text="Late thing")
    MeetingAction.objects.filter(pk=late.pk).update(due_on=today() - 3 * DAY)
    commands.complete_meeting_action(viewer_of(table.staff), agree(table, text="Ended thing"), evidence="Seen by all.")
    path = address("meeting-actions")
    said = look(table.secretary, path)
    assert said.index("Late thing") < said.index("Count the bells")
    assert "3 days late" in said
    assert "Ended thing" not in said
    assert "Seen by all." in look(table.secretary, f"{path}?status=ended")
    assert "Count the bells" not in look(table.secretary, f"{path}?mine=on")
    assert "Mine to do" in look(table.secretary, f"{path}?mine=on")
    assert "Mine to do" not in look(table.secretary, f"{path}?late=on")
    assert "Mine to do" in look(table.secretary, f"{path}?q={mine.code}")
    assert "Late thing" in look(table.secretary, f"{path}?q=late+ben")
    assert "It is done" in look(table.staff, path)
    assert "It is done" not in look(table.partner, path)


@pytest.mark.parametrize(
    ("page", "given", "status"),
    [("done", {"evidence": "Counted."}, "done"), ("give-up", {"reason": "No ward."}, "not done"), ("put-off", {"reason": "Ill."}, "to do")],
)
def test_an_action_is_worked_on_by_whoever_has_it(table, page, given, status):
    action = agree(table)
    path = address(f"meeting-action-{page}", action)
    given = given | (day(today() + 20 * DAY, "due_on") if page == "put-off" else {})
    look(table.partner, path, status=403)
    assert "Count the bells" in look(table.staff, path)
    assert send(table.staff, path, **dict.fromkeys(given, "")).status_code == 422
    assert send(table.staff, path, **given).status_code == 302
    assert MeetingAction.objects.get().status == status


def test_an_action_that_ended_meanwhile_says_so_and_keeps_what_was_typed(table):
    action = agree(table)
    client, path = browser_of(table.staff), address("meeting-action-done", action)
    hidden = hidden_of(client.get(path).content.decode())
    commands.give_up_meeting_action(viewer_of(table.secretary), action, reason="No ward.")
    answer = client.post(path, {**hidden, "evidence": "All counted"})
    assert answer.status_code == 422
    assert "All counted" in words_of(answer)
    look(table.staff, path, status=409)


def test_whoever_has_an_action_of_an_item_that_is_not_for_them_sees_the_action_alone(table):
    from tests.factories.people import make_member

    hidden = make.make_item(table.meeting, "A serious incident", classification="invited")
    outsider = make_member(table.organisation, name="Olu Outside")
    commands.agree_meeting_action(viewer_of(table.secretary), hidden, text="Send the list", owner=outsider, due_on=today() + DAY)
    for path in (address("meeting-actions"), address("meeting-action-done", MeetingAction.objects.get())):
        said = look(outsider, path)
        assert "Send the list" in said
        assert "A serious incident" not in said


# What partners say


def test_a_partner_writes_looks_once_more_and_shares(table):
    look(table.second, address("words-new", table.item))
    answer = send(
        table.partner,
        address("words-new", table.item),
        words="Too far away.",
        kind="challenge",
        visibility="answerers",
        quoted="role",
    )
    placed = ItemInsight.objects.get()
    assert answer.url == address("words", placed)
    check = look(table.partner, answer.url)
    for words in ("Too far away.", "Ben Okafor", "Yes, as “a Patient Safety Partner”"):
        assert words in check, words
    look(table.secretary, answer.url, status=404)
    shared = send(table.partner, answer.url)
    assert shared.url == f"/insights/{placed.insight.code}/"
    assert Insight.objects.get().owner == table.staff
    assert browser_of(table.partner).get(answer.url).url == f"/insights/{placed.insight.code}/"
    look(table.partner, address("words-edit", placed), status=409)


def test_a_draft_is_finished_where_it_was_begun(table):
    placed = commands.speak(viewer_of(table.partner), table.item, words="Words", kind="question", visibility="answerers")
    for page in ("edit", "delete"):
        assert browser_of(table.partner).get(f"/insights/{placed.insight.code}/{page}/").url == address("words", placed)


def test_a_draft_is_changed_in_one_window_and_not_lost_in_another(table):
    placed = commands.speak(viewer_of(table.partner), table.item, words="Words", kind="question", visibility="answerers")
    client, path = browser_of(table.partner), address("words-edit", placed)
    hidden = hidden_of(client.get(path).content.decode())
    choices = {"kind": "question", "visibility": "lead", "quoted": "name"}
    assert send(table.partner, path, words="Other words", **choices).status_code == 302
    answer = client.post(path, {**hidden, "words": "From the other window", **choices})
    assert answer.status_code == 422
    assert "Other words" in words_of(answer)
    assert "From the other window" in words_of(answer)
    assert send(table.partner, address("words-delete", placed)).status_code == 302
    assert not Insight.objects.exists()


def test_a_draft_changed_meanwhile_is_not_shared_unseen(table):
    placed = commands.speak(viewer_of(table.partner), table.item, words="Words", kind="question", visibility="answerers")
    client, path = browser_of(table.partner), address("words", placed)
    hidden = hidden_of(client.get(path).content.decode())
    commands.edit_spoken(viewer_of(table.partner), placed, words="Other words", quoted="no")
    answer = client.post(path, hidden)
    assert answer.status_code == 422
    assert "Other words" in words_of(answer)
    assert Insight.objects.get().status == "draft"
    assert client.post(path, hidden_of(answer.content.decode())).status_code == 302


def test_the_secretary_writes_down_reads_back_and_shares(table):
    path = address("words-record", table.item)
    given = {"capture": "meeting", "words": "Too far away.", "kind": "challenge", "visibility": "answerers", "quoted": "no"}
    answer = send(table.secretary, path, speaker=table.partner.code, **given)
    refused = send(table.secretary, answer.url)
    assert refused.status_code == 422
    assert "Read the words back" in words_of(refused)
    assert send(table.secretary, answer.url, is_read_back="on").status_code == 302
    assert Insight.objects.get().speaker == table.partner
    assert send(table.secretary, path, speaker="", **given).status_code == 422
    look(table.staff, path, status=403)


def test_recording_offers_only_partners_who_have_not_stepped_back(table):
    make.make_recusal(table.item, table.second)
    said = look(table.secretary, address("words-record", table.item))
    assert "Anjali Rao" in said
    assert "Tom Second" not in said
