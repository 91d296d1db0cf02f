"""What people see and can do on the pages of groups."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from safety_partners.core import clock
from safety_partners.core.working_days import today
from safety_partners.home import queries as home
from safety_partners.insights import commands as insights
from safety_partners.insights.models import Insight
from safety_partners.people.models import Role
from safety_partners.ppg import commands
from safety_partners.ppg.models import CollectiveView, Group, InBoth, Question, Referral
from safety_partners.ppg.queries.years import year_of
from tests.factories import ppg as make
from tests.factories.insights import make_insight
from tests.factories.people import make_member, viewer_of
from tests.insights.pages import browser_of, day, look, send, words_of

pytestmark = pytest.mark.django_db
DAY = make.DAY


def at(name, *codes):
    return reverse(f"ppg:{name}", args=[getattr(one, "code", one) for one in codes])


GIVEN = {"practice": "Hill Surgery", "ods_code": "B82003", "name": "Hill group", "kind": "virtual", "status": "active"}


def test_a_group_is_added_and_changed(lead, chair, staff):
    response = send(lead, at("group-new"), **GIVEN, chair=chair.code, contact=staff.code, members_count="12")
    made = Group.objects.get()
    assert response["location"] == made.get_absolute_url()
    assert (made.chair, made.contact, made.members_count, made.kind) == (chair, staff, 12, "virtual")
    agreed = {"interval_months": "3", **day(today(), "interval_agreed_on")}
    assert send(staff, at("group-change", made), **GIVEN | {"name": "Hill patients"}, **agreed).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.chair, made.interval_months) == ("Hill patients", chair, 3)


def test_what_was_typed_stays_and_the_error_stands_beside_the_field(lead):
    response = send(lead, at("group-new"), **GIVEN | {"ods_code": "12"})
    assert response.status_code == 422
    html = response.content.decode()
    assert "A practice code is a letter and five digits" in html
    assert "Hill Surgery" in html


def test_the_register_says_honestly_where_there_is_no_group(lead, staff, group):
    make.make_group(lead, name="None at Hill", practice="Hill Surgery", status=Group.Status.NONE)
    page = look(staff, at("groups"))
    assert "No active group" in page
    assert "2 groups" in page
    assert "No active group" not in look(staff, at("groups") + "?status=active").partition("1 group")[2]
    assert "1 group" in look(staff, at("groups") + "?q=hill")


def test_the_page_of_a_group_shows_what_everybody_on_each_side_may_do(lead, staff, other, chair, group):
    make.make_meeting(chair, group)
    make.make_question(lead, group)
    make.make_view(chair, group)
    make.make_improvement(lead, group)
    commands.set_priorities(viewer_of(chair), group, year=year_of(today()), words=["Phones"])
    ours, theirs, rest = (look(person, group.get_absolute_url()) for person in (staff, chair, other))
    assert "Ask the group a question" in ours
    assert "Ask the group a question" not in theirs
    assert "We find the phone queue too long" in ours
    assert "We find the phone queue too long" in theirs
    assert "We find the phone queue too long" not in rest
    for page in (ours, theirs, rest):
        assert "Which hours suit people best?" in page
        assert "Phones" in page


def test_a_chair_sees_their_own_group_and_nothing_else(lead, partner, chair, group, quiet):
    insight = make_insight(partner.membership, visibility=Insight.Visibility.PROGRAMME)
    look(chair, quiet.get_absolute_url(), status=404)
    look(chair, insight.get_absolute_url(), status=404)
    look(chair, at("groups"), status=403)
    for name in ("partners:partners", "committees:committees", "people:members"):
        look(chair, reverse(name), status=403)
    for page in (
        at("mine"),
        group.get_absolute_url(),
        at("referrals"),
        at("questions"),
        reverse("home:home"),
        reverse("insights:insights"),
        reverse("insights:changes"),
    ):
        words = look(chair, page)
        assert "Pat Partner" not in words
        assert insight.words[:20] not in words


def test_the_chairs_own_page_says_what_waits(lead, chair, group):
    make.make_question(lead, group)
    make.make_view(chair, group)
    make.make_referral(chair, group)
    make.make_meeting(lead, group)
    page = look(chair, at("mine"))
    for words in ("Which hours suit people best?", "We find the phone queue too long", "new tablets", "Next meetings"):
        assert words in page
    assert "You are not the chair of a group here yet" in look(make.make_chair(lead), at("mine"))


def test_a_meeting_is_planned_held_and_its_minutes_read(chair, staff, other, group):
    when = today() - DAY
    typed = {**day(when, "on"), "starts": "6:30pm", "ends": "8pm", "place": "The hall", "join_link": "https://meet.example.org/x"}
    assert send(chair, at("meeting-new", group), **typed).status_code == 302
    meeting = group.meetings.get()
    assert meeting.starts_at == dt.datetime.combine(when, dt.time(18, 30), tzinfo=clock.LONDON)
    client = browser_of(chair)
    file = SimpleUploadedFile("minutes.pdf", b"%PDF-1.7\n%%EOF\n")
    held = client.post(at("meeting-held", meeting), {"people_count": "7", "minutes": "We met.", "minutes_file": file, "turn": 0})
    assert held.status_code == 302
    assert "We met." in look(other, meeting.get_absolute_url())
    minutes = browser_of(other).get(at("minutes-file", meeting))
    assert b"".join(minutes.streaming_content).startswith(b"%PDF")
    assert "meet.example.org" not in browser_of(other).get(meeting.get_absolute_url()).content.decode()


def test_a_wrong_time_and_a_wrong_link_are_said_beside_their_boxes(chair, group):
    typed = {**day(today(), "on"), "starts": "8pm", "ends": "6pm", "join_link": "javascript:alert(1)"}
    html = send(chair, at("meeting-new", group), **typed).content.decode()
    assert "It must end after it begins" in html
    assert "Enter a web address that begins with https://" in html


def test_meetings_stand_in_the_calendar_and_the_link_is_given_to_the_group_only(lead, staff, other, chair, group, partner):
    make.make_meeting(chair, group, join_link="https://meet.example.org/x")
    first, last = today(), today() + 20 * DAY
    for person, links in ((chair, ["https://meet.example.org/x"]), (staff, ["https://meet.example.org/x"]), (other, [""])):
        found = home.engagements(viewer_of(person), first, last, is_mine_only=False)
        assert [one.join_link for one in found if one.title == group.name] == links
    assert [one for one in home.engagements(viewer_of(other), first, last, is_mine_only=True) if one.title == group.name] == []
    assert [
        one for one in home.engagements(viewer_of(partner.membership), first, last, is_mine_only=False) if one.title == group.name
    ] == []


def test_many_groups_are_asked_on_one_page_and_one_is_chosen_by_a_link(lead, chair, group, quiet):
    html = browser_of(lead).get(at("question-new") + f"?group={group.code}").content.decode()
    assert html.count(" checked") == 1
    typed = {"groups": [group.code, quiet.code], "text": "Which hours?", **day(today() + 9 * DAY, "answer_by")}
    response = send(lead, at("question-new"), **typed)
    assert response["location"] == at("questions")
    assert Question.objects.count() == 2
    question = Question.objects.get(group=group)
    assert "not watched all the time" in look(chair, at("question-answer", question))
    send(chair, at("question-answer", question), answer="Evenings.")
    send(lead, at("question-tell", question), told="We open until eight.")
    page = look(chair, question.get_absolute_url())
    assert "Evenings." in page
    assert "We open until eight." in page


def test_staff_who_look_after_no_group_are_told_so(other):
    assert "You look after no group" in look(other, at("question-new"))


def _typed_view(**more):
    return {
        "words": make.WORDS,
        "minority": make.MINORITY,
        "kind": "concern",
        "gathered": "meeting",
        "people_count": "9",
        "naming": "name",
    } | more


def test_a_chair_writes_looks_once_more_and_shares(lead, chair, group):
    assert "not watched all the time" in look(chair, at("view-new", group))
    response = send(chair, at("view-new", group), **_typed_view())
    view = CollectiveView.objects.get()
    assert response["location"] == at("view", view)
    page = look(chair, at("view", view))
    assert make.MINORITY in page
    assert "not watched all the time" in page
    send(chair, at("view-edit", view), **_typed_view(people_count="11"))
    assert send(chair, at("view", view)).status_code == 302
    view.refresh_from_db()
    assert (view.people_count, view.insight.status) == (11, "shared")
    assert view.insight.words.replace("\r\n", "\n") == make.WORDS
    assert make.MINORITY in look(lead, at("view", view))
    look(chair, view.insight.get_absolute_url())


def test_staff_write_down_what_a_group_said_and_read_it_back(staff, lead, quiet):
    commands.change_group(viewer_of(lead), quiet, practice=quiet.practice, name=quiet.name, chair=quiet.chair, contact=staff)
    send(staff, at("view-new", quiet), **_typed_view(capture="meeting"))
    view = CollectiveView.objects.get()
    assert send(staff, at("view", view)).status_code == 422
    assert send(staff, at("view", view), is_read_back="on").status_code == 302
    page = look(lead, at("view", view))
    assert "Written down by Stan Staff." in page
    assert "Mill Road group" in page


def test_a_draft_is_deleted_after_one_question(chair, group):
    view = make.make_view_draft(chair, group)
    assert send(chair, at("view-delete", view)).status_code == 302
    assert not CollectiveView.objects.exists()


def test_what_a_minority_thinks_goes_with_the_words(chair, group, lead):
    view = make.make_view(chair, group)
    insights.withdraw(viewer_of(chair), view.insight)
    page = look(lead, at("view", view))
    assert "The group took these words back." in page
    assert make.MINORITY not in page


def test_lists_of_insights_mark_the_voice_of_a_group_and_keep_it_apart(lead, chair, group, partner):
    make.make_view(chair, group)
    make_insight(partner.membership)
    page = look(lead, reverse("insights:insights"))
    assert "Voice of a group" in page
    assert "Lower Meadow patient group" in page
    only = look(lead, reverse("insights:insights") + "?voice=group")
    assert "1 insight" in only
    assert "Pat Partner" not in only.partition("1 insight")[2]
    assert "1 insight" in look(lead, reverse("insights:insights") + "?voice=partner")


def test_a_group_is_named_as_the_group_in_public(lead, staff, chair, group):
    view = make.make_view(chair, group)
    change = insights.record_change(viewer_of(lead), view.insight, title="Ring back", text="We ring back.", status="made", on=today())
    words = {"title": "Ring back", "told_us": "The queue is long.", "changed": "We ring back."}
    wording = insights.propose_wording(viewer_of(lead), change, **words)
    wording = insights.agree_wording(viewer_of(chair), wording)
    insights.publish(viewer_of(lead), wording)
    page = look(None, reverse("website:change", args=[lead.organisation.slug, change.code]))
    assert "Lower Meadow patient group" in page
    assert "Joan" not in page
    assert "a Patient Safety Partner" not in page


def test_an_improvement_goes_on_and_ends_on_its_pages(lead, staff, other, chair, group):
    view = make.make_view(chair, group)
    typed = {"text": "Ring back.", "owner": other.code, "view": view.code, **day(today() + 9 * DAY, "due_on")}
    assert send(staff, at("improvement-new", group), **typed).status_code == 302
    one = group.improvements.get()
    send(other, at("improvement-put-off", one), efforts="We asked.", **day(today() + 30 * DAY, "due_on"))
    send(other, at("improvement-done", one), efforts="It works.")
    assert "It works." in look(chair, one.get_absolute_url())
    assert "Ring back." in look(chair, at("improvements"))


def test_the_yearly_review_shows_no_small_number(chair, other, group):
    year = year_of(today())
    typed = {"year": str(year), **day(today(), "done_on"), "method": "A sheet.", "found": "Few young people."}
    counts = {"group_0": "2", "practice_0": "900", "group_1": "12", "practice_1": "5000", "group_2": "20", "practice_2": "2100"}
    assert send(chair, at("review-new", group), **typed, **counts).status_code == 302
    page = look(other, at("reviews", group))
    assert "Not shown" in page
    assert "2,100" in page
    html = send(chair, at("review-new", group), **typed, group_0="2").content.decode()
    assert "Enter both numbers, or leave both empty" in html


def test_priorities_and_notes_are_written_on_their_pages(chair, staff, group):
    send(chair, at("priorities", group), words="Phones\n\nParking")
    assert "Parking" in look(staff, group.get_absolute_url())
    assert send(staff, at("note-new", group), title="Evenings", words="The group asked.").status_code == 302
    public = reverse("website:group", args=[group.organisation.slug, group.code])
    assert "The group asked." in look(None, public)
    send(chair, at("note-take-down", group.notes.get()))
    assert "The group asked." not in look(None, public)
    assert "Taken down" in look(staff, at("notes", group))


def test_the_public_pages_name_nobody_and_show_no_word_said_inside(lead, chair, staff, group):
    make.make_view(chair, group)
    make.make_answered(lead, group)
    slug = group.organisation.slug
    for path in (reverse("website:groups", args=[slug]), reverse("website:group", args=[slug, group.code])):
        page = look(None, path)
        assert "Lower Meadow" in page
        for private in ("Joan", "Stan", make.WORDS.splitlines()[0], "Evenings until eight", make.MINORITY):
            assert private not in page
    look(None, reverse("website:group", args=[slug, "GRP-222222"]), status=404)


# What is passed on


def test_from_a_group_to_a_partner_on_the_pages(lead, chair, group, partner):
    view = make.make_view(chair, group)
    typed = {"words": "People go home without tablets.", "view": view.code, "is_agreed": "on"}
    assert send(chair, at("referral-from-group", group), **typed | {"is_agreed": ""}).status_code == 422
    send(chair, at("referral-from-group", group), **typed)
    referral = Referral.objects.get()
    assert referral.view == view
    send(lead, at("referral-send", referral), partner=partner.code)
    pat = partner.membership
    assert "People go home without tablets." in look(pat, referral.get_absolute_url())
    assert make.WORDS[:20] not in look(pat, referral.get_absolute_url())
    look(pat, group.get_absolute_url(), status=403)
    typed = {"words": "I saw it too.", "kind": "concern", "visibility": "answerers"}
    assert send(pat, at("referral-answer", referral), **typed)["location"] == at("referral-words", referral)
    send(pat, at("referral-answer", referral), **typed | {"words": "I saw it as well."})
    assert "not watched all the time" in look(pat, at("referral-words", referral))
    for name in ("referral-words", "referral-answer"):
        look(lead, at(name, referral), status=403)
    assert send(pat, at("referral-words", referral)).status_code == 302
    referral.refresh_from_db()
    assert (referral.status, referral.answer.words) == ("taken up", "I saw it as well.")
    change = insights.record_change(viewer_of(lead), referral.answer, title="A list", text="At the door.", status="made", on=today())
    send(lead, at("referral-tell", referral), outcome="There is a list now.", change=change.code)
    page = look(chair, referral.get_absolute_url())
    for words in ("There is a list now.", "A Patient Safety Partner"):
        assert words in page
    for private in ("Pat Partner", "I saw it as well", "A list"):
        assert private not in page


def test_from_a_partner_to_a_group_on_the_pages(lead, chair, group, partner):
    pat = partner.membership
    typed = {"group": group.code, "words": "The room is too small.", "is_agreed": "on"}
    assert send(pat, at("referral-new"), **typed).status_code == 302
    referral = Referral.objects.get()
    look(chair, referral.get_absolute_url(), status=404)
    send(lead, at("referral-send", referral))
    page = look(chair, referral.get_absolute_url())
    assert "The room is too small." in page
    assert "Pat Partner" not in page
    send(chair, at("referral-take-up", referral))
    send(chair, at("referral-tell", referral), outcome="The room is turned round.")
    assert "The room is turned round." in look(pat, referral.get_absolute_url())


def test_the_lead_writes_down_what_a_partner_passes_on_by_phone(lead, group, partner):
    typed = {
        "group": group.code,
        "partner": partner.code,
        "words": "The room.",
        "is_agreed": "on",
        "capture": "phone",
        "is_read_back": "on",
    }
    assert send(lead, at("referral-new"), **typed).status_code == 302
    assert "by Lea Lead" in look(lead, Referral.objects.get().get_absolute_url())


@pytest.mark.parametrize("way", ["hand back", "decline", "take back"])
def test_other_ends_have_their_pages(lead, chair, group, partner, way):
    referral = make.make_referral(chair, group)
    commands.send_referral(viewer_of(lead), referral, partner=partner)
    person, page, typed, status = {
        "hand back": (partner.membership, "referral-back", {}, "offered"),
        "decline": (lead, "referral-decline", {"reason": "It is with the pharmacy."}, "declined"),
        "take back": (chair, "referral-take-back", {}, "taken back"),
    }[way]
    assert send(person, at(page, referral), **typed).status_code == 302
    assert Referral.objects.get().status == status
    look(lead, referral.get_absolute_url())
    assert browser_of(lead).get(at("referral-decline", referral)).status_code == (200 if way == "hand back" else 409)


def test_staff_and_the_board_see_no_referral(other, lead, chair, group):
    referral = make.make_referral(chair, group)
    board = make_member(lead.organisation, Role.BOARD)
    for person in (other, board):
        look(person, at("referrals"), status=403)
        look(person, referral.get_absolute_url(), status=403)


def test_a_partner_says_that_they_are_in_a_group_too(partner, group, chair):
    send(partner.membership, at("in-both"), group=group.code)
    said = InBoth.objects.get()
    assert "Lower Meadow" in look(partner.membership, at("in-both"))
    look(chair, at("in-both"), status=403)
    send(partner.membership, at("in-both-take-back", said))
    assert not InBoth.objects.exists()


# What waits


def test_home_says_what_waits_for_each(lead, staff, chair, group, partner):
    make.make_question(lead, group)
    make.make_answered(staff, group)
    make.make_improvement(lead, group, owner=staff)
    make.make_view_draft(chair, group)
    make.make_referral(chair, group)
    asked = make.make_referral(chair, group)
    commands.send_referral(viewer_of(lead), asked, partner=partner)
    to_tell = make.make_referral_to_group(partner, group)
    commands.send_referral(viewer_of(lead), to_tell)
    commands.take_up_referral(viewer_of(chair), to_tell)
    said = {
        chair: [
            "Answer this question for your group",
            "Finish what the group wants to say, or delete it",
            "Say what came of what was passed on",
        ],
        staff: ["Tell the group what you did with its answer", "Do what was agreed with the group"],
        lead: ["Send this on, or say why not"],
        partner.membership: ["Somebody passed this on to you"],
    }
    for person, sentences in said.items():
        waiting = [duty.sentence for duty in home.waiting(viewer_of(person))]
        assert set(sentences) <= set(waiting), person
    with clock.telling(dt.datetime(2027, 2, 1, 9, tzinfo=clock.LONDON)):
        found = [duty for duty in home.waiting(viewer_of(staff)) if duty.sentence.startswith("Look at who is in the group")]
        assert [duty.title for duty in found] == [group.name]


def test_a_page_that_has_nothing_to_do_says_so(lead, chair, group):
    none = make.make_group(lead, chair, name="None", status=Group.Status.NONE)
    for path in (at("meeting-new", none), at("view-new", none), at("view-new", make.make_group(lead, name="No chair"))):
        assert browser_of(lead).get(path).status_code == 409
    question = make.make_question(lead, group)
    assert browser_of(lead).get(at("question-tell", question)).status_code == 409
    assert "since" in words_of(browser_of(lead).get(none.get_absolute_url()))
