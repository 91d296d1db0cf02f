"""What people see and can do on the pages of requests, of the lead's queue, and of one activity."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse

from safety_partners.activities import commands
from safety_partners.activities.models import Activity, ActivityKind, Offer
from safety_partners.core.working_days import today
from tests.factories.activities import make_activity, make_kind, make_offer
from tests.factories.partners import make_task
from tests.factories.people import make_service, viewer_of
from tests.factories.records import make_active
from tests.insights.pages import browser_of, day, look, send

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
PROJECT = "An improvement project"


def at(name, *parts):
    return reverse(f"activities:{name}", args=[getattr(one, "code", one) for one in parts])


def parts_of(requester):
    """What a browser sends for each part of a request."""
    return {
        "what": {"kind": PROJECT, "title": "Safer ward rounds", "purpose": "To see falls coming.", "level": "organisation"},
        "change": {"stage": "design", "can_change": "When the round is.", "decided_by": "The falls group"},
        "when": day(today() + 40 * DAY, "starts_on") | day(today() + 30 * DAY, "needed_by") | {"hours": "2.5", "place": "Elm House"},
        "who": {"how_many": "two", "role_level": "2", "data_seen": "none", "may_upset": "no"},
        "care": {"access": "A step-free room.", "payment": "Half a day."},
        "promise": {"feedback_by": requester.code} | day(today() + 90 * DAY, "feedback_on"),
    }


def write(requester):
    """Go through all the parts, and return the draft and where the last part leads."""
    parts = parts_of(requester)
    response = send(requester, at("new"), **parts.pop("what"))
    activity = Activity.objects.get()
    for part, typed in parts.items():
        assert response["location"] == at("edit", activity, part)
        response = send(requester, response["location"], **typed)
    activity.refresh_from_db()
    return activity, response


# Writing


def test_a_request_is_written_part_by_part_checked_and_sent(requester, lead):
    activity, response = write(requester)
    assert response["location"] == at("ask", activity)
    assert (activity.hours, activity.place, activity.partners_wanted, activity.feedback_by) == (2.5, "Elm House", 2, requester)

    words = look(requester, at("ask", activity))
    assert "Safer ward rounds" in words
    assert "2.5 hours" in words
    assert "Not finished yet" not in words

    response = send(requester, at("ask", activity))
    assert response["location"] == activity.get_absolute_url()
    activity.refresh_from_db()
    assert activity.status == "asked"
    assert "The partner lead reads it and decides" in look(requester, activity.get_absolute_url())


def test_every_kind_is_offered_before_the_organisation_has_one(requester):
    words = look(requester, at("new"))
    assert "A staff interview panel" in words
    assert "Partners ask a question of their own." in words
    assert not ActivityKind.objects.exists()


def test_what_is_wrong_is_said_beside_it_and_nothing_typed_is_lost(requester):
    response = send(requester, at("new"), title="Safer ward rounds", purpose="")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Select what you are asking for" in page
    assert "Enter what it is for" in page
    assert 'value="Safer ward rounds"' in page
    assert not Activity.objects.exists()


def test_sent_twice_it_is_one_request(requester):
    browser = browser_of(requester)
    key = "5f0e2fb4-2f9e-4a7a-a4ef-3f4d0c6e3f11"
    for _time in range(2):
        browser.post(at("new"), parts_of(requester)["what"] | {"submission_key": key})
    assert Activity.objects.count() == 1


def test_a_draft_is_kept_for_later_and_the_check_says_what_is_missing(requester):
    response = send(requester, at("new"), kind=PROJECT, title="Safer ward rounds", later="yes")
    activity = Activity.objects.get()
    assert response["location"] == activity.get_absolute_url()
    send(requester, at("edit", activity, "change"), can_change="When the round is.", later="yes")
    activity.refresh_from_db()
    assert activity.can_change == "When the round is."

    words = look(requester, at("ask", activity))
    assert "Not finished yet" in words
    assert "Send it to the partner lead" not in words
    response = browser_of(requester).post(at("ask", activity), {"turn": activity.turn})
    assert response.status_code == 422
    activity.refresh_from_db()
    assert activity.status == "draft"


def test_a_late_stage_and_one_partner_need_a_reason(requester):
    activity = make_activity(requester, status="draft")
    response = send(requester, at("edit", activity, "change"), stage="final", can_change="Words.", decided_by="Ann")
    assert "Say why partners come in so late" in response.content.decode()
    response = send(requester, at("edit", activity, "who"), how_many="one", role_level="2", data_seen="none", may_upset="yes")
    page = response.content.decode()
    assert "Enter why one partner would be alone" in page
    assert "Enter what could upset somebody" in page

    typed = {
        "how_many": "one",
        "why_alone": "One chair.",
        "role_level": "2",
        "data_seen": "none",
        "may_upset": "yes",
        "distress": "A death.",
    }
    send(requester, at("edit", activity, "who"), **typed)
    activity.refresh_from_db()
    assert (activity.partners_wanted, activity.why_alone, activity.distress) == (1, "One chair.", "A death.")
    page = browser_of(requester).get(at("edit", activity, "who")).content.decode()
    assert "One chair." in page


def test_the_last_day_is_not_before_the_first(requester):
    activity = make_activity(requester, status="draft")
    typed = day(today(), "ends_on") | day(today() + 5 * DAY, "needed_by") | {"hours": "1"}
    response = send(requester, at("edit", activity, "when"), **(typed | day(today() + DAY, "starts_on")))
    assert "The last day must be on or after the first day" in response.content.decode()
    response = send(requester, at("edit", activity, "when"), **typed, starts_on_day="", starts_on_month="", starts_on_year="")
    assert "Enter the first day" in response.content.decode()


def test_a_service_is_named_and_stays_named(requester, organisation):
    service = make_service(organisation)
    activity = make_activity(requester, status="draft")
    typed = {"kind": activity.kind.name, "title": "Rounds", "purpose": "Falls.", "level": "service", "service": service.pk}
    send(requester, at("edit", activity, "what"), **typed)
    activity.refresh_from_db()
    assert (activity.level, activity.service) == ("service", service)
    assert "Urgent care" in look(requester, at("ask", activity))


def test_nobody_else_opens_a_draft(requester, lead, staff):
    activity = make_activity(requester, status="draft")
    for other in (lead, staff):
        look(other, activity.get_absolute_url(), status=404)
        look(other, at("edit", activity, "what"), status=404)
    look(requester, at("edit", activity, "nothing"), status=404)


def test_what_was_sent_is_not_written_on(requester):
    activity = make_activity(requester, status="asked")
    for path in (at("edit", activity, "what"), at("ask", activity)):
        look(requester, path, status=409)


def test_two_windows_do_not_overwrite_each_other(requester):
    activity = make_activity(requester, status="draft")
    browser = browser_of(requester)
    typed = {"stage": "design", "can_change": "Mine.", "decided_by": "Ann"}
    response = browser.post(at("edit", activity, "change"), typed | {"turn": 0})
    assert response.status_code == 302
    response = browser.post(at("edit", activity, "change"), typed | {"turn": 0, "can_change": "Theirs."})
    assert response.status_code == 422
    assert "Someone else changed this" in response.content.decode()
    assert "Theirs." in response.content.decode()


def test_a_request_is_taken_back(requester):
    activity = make_activity(requester, status="asked")
    response = send(requester, at("withdraw", activity))
    assert response["location"] == activity.get_absolute_url()
    activity.refresh_from_db()
    assert activity.status == "withdrawn"
    look(requester, at("withdraw", activity), status=409)


# Deciding


def test_the_lead_sees_what_waits_the_newest_first_and_by_when(requester, lead, staff):
    make_activity(requester, status="asked", title="The older one", asked_at=dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC))
    make_activity(requester, status="asked", title="The newer one", needed_by=dt.date(2030, 3, 4))
    make_activity(requester, status="draft", title="Not sent")
    words = look(lead, at("requests"))
    assert words.index("The newer one") < words.index("The older one")
    assert "4 March 2030" in words
    assert "Not sent" not in words
    look(staff, at("requests"), status=403)


def test_a_request_is_taken_on_with_a_task_profile(requester, lead):
    task = make_task(lead)
    activity = make_activity(requester, status="asked", access="")
    assert "Nothing is said about how everybody can take part." in look(lead, activity.get_absolute_url())
    response = send(lead, at("take-on", activity), task=task.code, words="Thank you.")
    assert response["location"] == activity.get_absolute_url()
    activity.refresh_from_db()
    assert (activity.status, activity.task, activity.decision_words) == ("taken on", task, "Thank you.")
    look(lead, at("take-on", activity), status=409)


@pytest.mark.parametrize(("page", "status"), [("send-back", "returned"), ("decline", "declined")])
def test_a_reason_and_words_are_asked_for(requester, lead, page, status):
    activity = make_activity(requester, status="asked")
    wrong = send(lead, at(page, activity), reason="", words="")
    assert wrong.status_code == 422
    assert "Select why" in wrong.content.decode()
    send(lead, at(page, activity), reason="nothing left", words="It is printed already.")
    activity.refresh_from_db()
    assert activity.status == status
    words = look(requester, activity.get_absolute_url())
    assert "It is printed already." in words
    assert "Nothing can change any more" in words


def test_what_came_back_says_why_on_every_part_and_goes_out_again(requester, lead):
    activity = make_activity(requester, status="returned", lead=lead)
    assert "Please ask us three weeks before." in look(requester, at("edit", activity, "change"))
    assert "Go on writing" in look(requester, activity.get_absolute_url())
    send(requester, at("ask", activity))
    activity.refresh_from_db()
    assert activity.status == "asked"


def test_what_is_passed_on_leads_to_a_question_to_the_groups(requester, lead):
    activity = make_activity(requester, status="asked")
    send(lead, at("pass-on", activity), words="Lower Meadow can say more.")
    page = browser_of(lead).get(activity.get_absolute_url()).content.decode()
    assert reverse("ppg:question-new") in page
    assert reverse("ppg:question-new") not in browser_of(requester).get(activity.get_absolute_url()).content.decode()
    assert "Lower Meadow can say more." in look(requester, activity.get_absolute_url())


def test_staff_who_did_not_ask_and_partners_decide_nothing(requester, staff, partner):
    activity = make_activity(requester, status="asked")
    for page in ("take-on", "send-back", "decline", "pass-on"):
        for other in (requester, staff, partner.membership):
            look(other, at(page, activity), status=403)


# Afterwards


def test_a_change_keeps_everything_else(requester, lead):
    activity = make_activity(requester, partners_wanted=4, ends_on=today() + 30 * DAY)
    had = {name: getattr(activity, name) for name in ("purpose", "hours", "ends_on", "partners_wanted", "feedback_by", "may_upset")}
    page = browser_of(requester).get(at("adjust", activity)).content.decode()
    assert page.index("A short name for it") < page.index("What can still change?") < page.index("By when?")
    typed = parts_of(requester)
    sent = typed["what"] | typed["change"] | typed["when"] | typed["who"] | typed["care"] | typed["promise"]
    sent |= {"kind": activity.kind.name, "title": activity.title, "purpose": activity.purpose, "hours": "3", "place": "By video"}
    sent |= {"how_many": "more", "more_partners": "4", "preparation_hours": "1"} | day(today() + 50 * DAY, "ends_on")
    response = send(requester, at("adjust", activity), **sent)
    assert response.status_code == 302, response.content.decode()
    activity.refresh_from_db()
    assert activity.place == "By video"
    kept = {name: getattr(activity, name) for name in had}
    assert kept == had | {"ends_on": today() + 50 * DAY}


def test_the_pages_of_a_change_and_of_calling_off_name_who_is_told(requester, partner, second):
    activity = make_activity(requester)
    make_offer(activity, partner)
    make_offer(activity, second, status=Offer.Status.DECLINED)
    for page in ("adjust", "call-off"):
        words = look(requester, at(page, activity))
        assert "Pat Partner" in words
        assert "Sam Second" not in words
    send(requester, at("call-off", activity), why="The ward has closed.")
    assert "The ward has closed." in look(partner.membership, activity.get_absolute_url(), status=404) + look(
        requester, activity.get_absolute_url()
    )


def test_a_partner_who_takes_part_reads_what_was_asked_for_but_not_the_budget(requester, partner):
    activity = make_activity(requester, budget_code="BUD-77", decision_words="Between us.", feedback_on=today() + 9 * DAY)
    make_offer(activity, partner, status=Offer.Status.ACCEPTED)
    words = look(partner.membership, activity.get_absolute_url())
    assert activity.can_change in words
    assert "The promise" in words
    assert "BUD-77" not in words
    assert "Between us." not in words
    assert "Call it off" not in words
    assert "BUD-77" in look(requester, activity.get_absolute_url())


def test_a_promised_day_that_went_by_is_seen_by_everybody_in_it(requester, partner):
    activity = make_activity(requester, feedback_on=today() - DAY)
    make_offer(activity, partner, status=Offer.Status.ACCEPTED)
    assert "Word is owed" in look(partner.membership, activity.get_absolute_url())


@pytest.mark.parametrize("status", list(Activity.Status))
def test_the_page_of_an_activity_opens_at_every_stage(requester, lead, status):
    activity = make_activity(requester, status=status, lead=lead, service=make_service(requester.organisation))
    assert "Safer ward rounds" in look(requester, activity.get_absolute_url())
    if status != "draft":
        look(lead, activity.get_absolute_url())


def test_history_says_what_was_done_and_not_who_said_no(requester, lead, partner):
    activity, _response = write(requester)
    send(requester, at("ask", activity))
    send(lead, at("take-on", activity))
    activity.refresh_from_db()
    commands.offer_places(viewer_of(lead), activity, partners=[partner], reply_by=today() + 9 * DAY)
    commands.decline_place(viewer_of(partner.membership), activity.offers.get())
    words = look(requester, at("history", activity))
    assert words.index("Taken on") < words.index("Sent to the partner lead") < words.index("Begun to be written")
    assert "Req Requester" in words
    assert "Pat Partner" not in words
    assert "Pat Partner" in look(lead, at("history", activity))


# Lists


def test_the_lead_sees_everything_and_staff_what_they_asked_for(requester, lead, staff, governance):
    make_activity(requester, title="Theirs")
    make_activity(staff, title="Mine")
    make_activity(staff, title="A draft of mine", status="draft")
    for overseer in (lead, governance):
        words = look(overseer, at("activities"))
        assert ("Theirs" in words, "Mine" in words, "A draft of mine" in words) == (True, True, False)
    words = look(staff, at("activities"))
    assert ("Theirs" in words, "Mine" in words, "A draft of mine" in words) == (False, True, True)


def test_the_list_is_filtered_and_searched(requester, lead, partner):
    full = make_activity(requester, title="Full house", partners_wanted=2, stage="idea")
    make_offer(full, partner, status=Offer.Status.ACCEPTED)
    make_offer(full, make_active(lead), status=Offer.Status.OFFERED)
    make_activity(requester, title="Empty house", status="asked", kind=make_kind(requester.organisation, "A walk"))
    make_activity(lead, title="Room for more")
    shown = {
        "?status=asked": {"Empty house"},
        f"?kind={make_kind(requester.organisation, 'A walk').code}": {"Empty house"},
        "?stage=idea": {"Full house"},
        "?mine=yes": {"Room for more"},
        "?wants=yes": {"Room for more"},
        "?q=house": {"Full house", "Empty house"},
        "?level=organisation": {"Full house", "Empty house", "Room for more"},
    }
    for question, titles in shown.items():
        words = look(lead, at("activities") + question)
        assert {title for title in ("Full house", "Empty house", "Room for more") if title in words} == titles, question


def test_the_list_is_taken_along_as_it_is_filtered(requester, lead, staff):
    make_activity(requester, title="=1+1", status="asked")
    make_activity(requester, title="Another", status="taken on")
    file = browser_of(lead).get(at("activities-file", "csv") + "?status=asked")
    text = file.content.decode("utf-8-sig")
    assert file["content-type"].startswith("text/csv")
    assert text.splitlines()[0].startswith("Code,Name,Kind")
    assert "Req Requester" in text
    assert "Another" not in text
    assert ",=1+1" not in text
    assert "1+1" not in browser_of(staff).get(at("activities-file", "csv")).content.decode()
    assert browser_of(lead).get(at("activities-file", "xlsx")).status_code == 200
    assert browser_of(lead).get(at("activities-file", "doc")).status_code == 404


# Kinds


def test_kinds_are_looked_after_by_the_lead(requester, lead):
    assert "These are the kinds that we begin with" in look(lead, at("kinds"))
    send(lead, at("kind-new"), name="A safety walk", hint="Round a ward.", shape="plain")
    kind = ActivityKind.objects.get(name="A safety walk")
    assert "A safety walk" in look(lead, at("kinds"))
    assert "A safety walk" in look(requester, at("new"))

    browser = browser_of(lead)
    seen = re.search(r'name="seen" value="(\d+)"', browser.get(at("kind", kind)).content.decode())[1]
    wrong = browser.post(at("kind", kind), {"name": "Staff training", "hint": "", "shape": "plain", "seen": seen})
    assert "There is a kind with this name already." in wrong.content.decode()
    browser.post(at("kind", kind), {"name": "A walk", "hint": "", "shape": "training", "seen": seen})
    kind.refresh_from_db()
    assert (kind.name, kind.shape) == ("A walk", "training")

    browser_of(lead).post(at("kind", kind), {"close": "yes"})
    assert "A walk" not in look(requester, at("new"))
    browser_of(lead).post(at("kind", kind), {"reopen": "yes"})
    assert "A walk" in look(requester, at("new"))
    look(requester, at("kinds"), status=403)
