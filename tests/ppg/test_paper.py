"""Sheets to print and what to say on the phone, and how what came back is written down."""

from __future__ import annotations

import pytest
from django.urls import reverse

from safety_partners.core.models import Event
from safety_partners.ppg import commands
from safety_partners.ppg.models import Referral
from tests.factories import ppg as make
from tests.factories.people import viewer_of
from tests.insights.pages import browser_of, look, send, words_of

pytestmark = pytest.mark.django_db


def at(name, *codes):
    return reverse(f"ppg:{name}", args=[one.code for one in codes])


def test_a_question_on_paper_and_on_the_phone(lead, staff, chair, group):
    question = make.make_question(lead, group, text="Which hours?", purpose="We plan.", can_change="Every hour.")
    for person in (chair, staff):
        page = look(person, at("question-paper", question))
        for words in ("Which hours?", "We plan.", "Every hour.", "What the group answers", "Send this part back to: Ann", "call 999"):
            assert words in page
    page = look(staff, at("question-script", question))
    for words in ("Am I speaking to Joan Chair?", "Which hours?", "Read back what you write down", "Write down the group’s answer"):
        assert words in page
    look(chair, at("question-script", question), status=403)
    commands.answer_question(viewer_of(chair), question, answer="Evenings.")
    assert browser_of(staff).get(at("question-paper", question)).status_code == 409


def test_what_a_group_says_on_paper_with_room_for_a_minority(lead, chair, staff, other, group):
    for person in (chair, staff):
        page = look(person, at("view-paper", group))
        for words in ("What does the group say together?", "Does somebody see it differently?", "☐ A concern", "☐ At a meeting"):
            assert words in page
        assert "A reflection" not in page
    assert "Does somebody see it differently?" in look(staff, at("view-script", group))
    for name in ("view-paper", "view-script"):
        look(other, at(name, group), status=403)
    nobody = make.make_group(lead, name="Hill group", ods_code="B82009")
    assert browser_of(lead).get(at("view-paper", nobody)).status_code == 409


def test_passing_something_on_to_a_group_on_paper(lead, staff, partner, group):
    page = look(partner.membership, at("referral-new-paper"))
    for words in ("☐ Lower Meadow patient group", "Your name does not go with them", "☐ Yes, the group may read these words"):
        assert words in page
    assert "Only a yes counts" in look(lead, at("referral-new-script"))
    look(partner.membership, at("referral-new-script"), status=403)
    look(staff, at("referral-new-paper"), status=403)


def test_a_partner_who_was_asked_answers_on_paper(lead, chair, group, partner, second):
    referral = make.make_referral(chair, group, words="People go home without tablets.")
    assert browser_of(lead).get(at("referral-paper", referral)).status_code == 409
    commands.send_referral(viewer_of(lead), referral, partner=partner)
    page = look(partner.membership, at("referral-paper", referral))
    for words in ("People go home without tablets.", "☐ No, not this time", "☐ A concern", "Who may see your words?"):
        assert words in page
    script = look(lead, at("referral-script", referral))
    assert "Am I speaking to Pat Partner?" in script
    assert "They said no" in script
    look(chair, at("referral-paper", referral), status=403)
    look(second.membership, at("referral-paper", referral), status=404)


def test_a_group_that_was_asked_answers_on_paper_and_never_learns_who_it_is(lead, quiet, quiet_chair, partner):
    referral = make.make_referral_to_group(partner, quiet)
    commands.send_referral(viewer_of(lead), referral)
    for name in ("referral-paper", "referral-script"):
        assert "Pat Partner" not in look(lead, at(name, referral))
    assert "☐ The group takes it up" in look(quiet_chair, at("referral-paper", referral))
    said = {"capture": "phone"}
    assert send(lead, at("referral-take-up", referral), **said).status_code == 422
    assert send(lead, at("referral-take-up", referral), **said, is_read_back="on").status_code == 302
    assert Referral.objects.get().status == "taken up"
    event = Event.objects.get(verb="ppg.take_up_referral")
    assert event.details["how"] == "phone"
    assert "Pat Partner" not in look(quiet_chair, referral.get_absolute_url())


def test_a_no_is_written_down_for_a_partner(lead, chair, group, partner):
    referral = make.make_referral(chair, group)
    commands.send_referral(viewer_of(lead), referral, partner=partner)
    assert send(lead, at("referral-back", referral)).status_code == 422
    assert send(lead, at("referral-back", referral), capture="letter").status_code == 302
    assert Event.objects.get(verb="ppg.hand_back_referral").details["how"] == "letter"


def test_a_yes_is_taken_back_on_paper(lead, chair, group, partner):
    referral = make.make_referral_to_group(partner, group, words="The room is too small.")
    for person in (partner.membership, lead):
        page = look(person, at("consent-paper", referral))
        for words in ("The room is too small.", "You can take your yes back at any time", "☐ I take my yes back"):
            assert words in page
    assert "Does your yes still hold?" in look(lead, at("consent-script", referral))
    look(chair, at("consent-paper", referral), status=404)
    look(partner.membership, at("consent-script", referral), status=403)
    assert send(lead, at("referral-take-back", referral), capture="letter").status_code == 302
    assert Referral.objects.get().words == ""
    for name in ("consent-paper", "consent-script"):
        assert browser_of(lead).get(at(name, referral)).status_code == 409


def test_staff_find_the_sheets_where_they_write_down_what_came_back(lead, chair, group, partner):
    referral = make.make_referral(chair, group)
    commands.send_referral(viewer_of(lead), referral, partner=partner)
    question = make.make_question(lead, group)
    found = {
        referral.get_absolute_url(): ("referral-paper", "referral-script", "consent-paper", "consent-script"),
        question.get_absolute_url(): ("question-paper", "question-script"),
    }
    for page, names in found.items():
        html = browser_of(lead).get(page).content.decode()
        for name in names:
            assert at(name, referral if name[0] in "rc" else question) in html
    html = browser_of(lead).get(group.get_absolute_url()).content.decode()
    assert at("view-paper", group) in html
    assert at("view-script", group) in html
    assert "Print it, with an answer to tear off" in words_of(browser_of(partner.membership).get(referral.get_absolute_url()))
