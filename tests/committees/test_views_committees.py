"""What people see and can do on the pages of committees and seats."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from safety_partners.committees import commands
from safety_partners.committees.models import Committee, Sitting
from safety_partners.core.working_days import today
from safety_partners.people.models import Role
from tests.factories.committees import DAY, make_committee, make_invitee, make_meeting, make_offer, make_sitting
from tests.factories.people import make_member, viewer_of
from tests.factories.records import make_active, make_partner
from tests.insights.pages import browser_of, day, look, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return make_member(None, Role.LEAD, name="Grace")


@pytest.fixture
def secretary(lead):
    return make_member(lead.organisation, Role.SECRETARY, name="Owen")


@pytest.fixture
def committee(lead, secretary):
    return make_committee(lead, chair=make_member(lead.organisation, Role.BOARD, name="Samuel"), secretary=secretary)


@pytest.fixture
def partner(lead):
    return make_active(lead, make_member(lead.organisation, Role.PARTNER, name="Anjali"))


def at(name, *codes):
    return reverse(f"committees:{name}", args=[getattr(one, "code", one) for one in codes])


ABOUT = {
    "name": "Falls group",
    "kind": "working group",
    "purpose": "It looks at falls.",
    "is_safety_related": "yes",
    "level": "organisation",
    "is_quorate_without_partner": "no",
    "partners_vote": "no",
    "papers_days": 3,
}


def test_a_committee_is_added_with_its_seats(lead, secretary):
    given = {"chair": lead.code, "secretary": secretary.code, "seats": 3, "quorum": ""}
    response = send(lead, at("committee-new"), **ABOUT, **given)
    made = Committee.objects.get()
    assert response["location"] == made.get_absolute_url()
    assert (made.name, made.kind, made.papers_days, made.quorum, made.seats.count()) == ("Falls group", "working group", 3, None, 3)
    assert not made.is_quorate_without_partner


def test_a_name_that_is_there_already_is_said_beside_it_and_nothing_typed_is_lost(lead, committee):
    given = ABOUT | {"name": committee.name, "chair": lead.code, "secretary": lead.code, "seats": 2}
    response = send(lead, at("committee-new"), **given)
    assert response.status_code == 422
    html = response.content.decode()
    assert "There is a committee with this name already." in html
    assert "It looks at falls." in html


def test_a_change_shows_what_somebody_else_wrote_meanwhile_only_after_asking(lead, committee):
    client = browser_of(lead)
    path = at("committee-change", committee)
    client.get(path)
    given = ABOUT | {"chair": committee.chair.code, "secretary": committee.secretary.code, "turn": 0}
    assert client.post(path, given).status_code == 302
    response = client.post(path, given | {"name": "My name"})
    assert response.status_code == 422
    assert "My name" in response.content.decode()
    committee.refresh_from_db()
    assert committee.name == "Falls group"


def test_the_list_and_the_coverage_tell_how_seats_stand(lead, secretary, committee, partner):
    make_sitting(lead, committee, partner, from_on=today() - 30 * DAY, until_on=today() + 20 * DAY)
    held = make_meeting(committee, on=today() - 10 * DAY, status="held")
    make_invitee(held, partner.membership, attendance="present")
    assert "1 of 2" in look(make_member(lead.organisation, Role.STAFF), at("committees"))
    said = look(secretary, at("coverage"))
    assert "Anjali" in said
    assert "There at 1 of 1 meetings" in said
    assert "No partner from" in said
    assert "Vacant" in said
    assert "not a legal duty" in said
    assert "Nothing fits" in look(lead, at("coverage") + "?q=nothing")
    assert "1 committee" in look(lead, at("coverage") + "?alone=on&vacant=on&safety=yes")


def test_coverage_is_for_the_lead_and_secretaries(lead, partner):
    for person in (make_member(lead.organisation, Role.STAFF), partner.membership):
        assert browser_of(person).get(at("coverage")).status_code == 403


def test_the_committee_page_shows_an_offer_only_to_those_it_concerns(lead, secretary, committee, partner):
    make_offer(lead, committee, partner)
    words = "Anjali Offered"
    assert words in look(secretary, committee.get_absolute_url())
    assert words not in look(make_member(lead.organisation, Role.STAFF), committee.get_absolute_url())
    assert "You are offered a seat here." in look(partner.membership, committee.get_absolute_url())


def test_a_seat_is_offered_from_the_day_after_the_last_holder(lead, committee, partner):
    until = today() + 50 * DAY
    make_sitting(lead, committee, make_active(lead), number=1, until_on=until)
    path = at("seat-offer", committee, 1)
    first = until + DAY
    html = browser_of(lead).get(path).content.decode()
    assert [re.search(rf'name="from_on_{part}"[^>]*value="(\d+)"', html)[1] for part in ("day", "month", "year")] == [
        str(first.day),
        str(first.month),
        str(first.year),
    ]
    given = {"partner": partner.code, **day(first, "from_on"), "how": "holds"}
    assert send(lead, path, **given).status_code == 302
    assert Sitting.objects.get(partner=partner).holds_from_on == first


def test_an_offer_that_overlaps_says_who_holds_the_seat_beside_the_question(lead, committee, partner):
    make_sitting(lead, committee, make_active(lead, make_member(lead.organisation, Role.PARTNER, name="Tom")), number=1)
    response = send(lead, at("seat-offer", committee, 1), partner=partner.code, **day(today(), "from_on"), how="holds")
    assert response.status_code == 422
    assert "Tom holds or was offered this seat, without an end." in response.content.decode()


@pytest.mark.parametrize(("how", "holds"), [("shadows", None), ("later", today() + 30 * DAY)])
def test_an_offer_may_begin_with_shadowing(lead, committee, partner, how, holds):
    later = day(holds, "holds_from_on") if holds else {}
    send(lead, at("seat-offer", committee, 1), partner=partner.code, **day(today(), "from_on"), how=how, **later)
    assert Sitting.objects.get().holds_from_on == holds


def test_partners_who_still_join_are_marked_where_a_seat_is_offered(lead, committee):
    joining = make_partner(lead, make_member(lead.organisation, Role.PARTNER, name="Maya"))
    assert f"{joining.name} (joining)" in look(lead, at("seat-offer", committee, 1))


def test_a_partner_reads_about_the_seat_and_says_yes(lead, committee, partner):
    offer = make_offer(lead, committee, partner)
    make_meeting(committee)
    member = partner.membership
    assert "You are offered a seat here." in look(member, at("mine"))
    said = look(member, at("sitting", offer))
    assert "If it is a no, nobody asks why" in said
    assert "Samuel" in said
    assert "How did this reach you?" not in look(member, at("sitting-answer", offer))
    assert send(member, at("sitting-answer", offer), is_taken="yes")["location"] == offer.get_absolute_url()
    assert "Next meeting:" in look(member, at("mine"))


def test_a_partner_says_no_without_a_word(lead, committee, partner):
    offer = make_offer(lead, committee, partner)
    assert send(partner.membership, at("sitting-answer", offer), is_taken="no").status_code == 302
    offer.refresh_from_db()
    assert offer.status == Sitting.Status.DECLINED
    assert "You have no seat on a committee now." in look(partner.membership, at("mine"))


def test_staff_record_an_answer_with_how_it_reached_them(lead, secretary, committee, partner):
    offer = make_offer(lead, committee, partner)
    path = at("sitting-answer", offer)
    assert send(secretary, path, is_taken="yes", capture="phone").status_code == 422
    assert send(secretary, path, is_taken="yes", capture="phone", is_read_back="on").status_code == 302
    assert "Written down by Owen" in look(secretary, at("sitting", offer))


def test_the_time_of_a_seat_is_changed_with_the_partners_yes(lead, committee, partner):
    sitting = make_sitting(lead, committee, partner)
    until = today() + 400 * DAY
    given = {"how": "holds", **day(until, "until_on")}
    assert send(lead, at("sitting-adjust", sitting), **given).status_code == 422
    assert send(lead, at("sitting-adjust", sitting), **given, capture="letter").status_code == 302
    sitting.refresh_from_db()
    assert (sitting.holds_from_on, sitting.until_on) == (sitting.from_on, until)


def test_a_partner_gives_up_a_seat_without_saying_why(lead, committee, partner):
    sitting = make_sitting(lead, committee, partner)
    assert "You need not say why." in look(partner.membership, at("sitting-leave", sitting))
    assert send(partner.membership, at("sitting-leave", sitting), **day(today(), "last_on")).status_code == 302
    assert "Where you sat before" in look(partner.membership, at("mine"))


def test_terms_are_put_down_as_words_or_as_a_file(lead, committee, partner):
    make_sitting(lead, committee, partner)
    path = at("terms-new", committee)
    client = browser_of(lead)
    client.get(path)
    assert send(lead, path, words="It meets every month.", **day(today(), "agreed_on")).status_code == 302
    file = SimpleUploadedFile("terms.pdf", b"%PDF-1.7\n%%EOF\n")
    assert client.post(path, {"file": file, **day(today(), "agreed_on")}).status_code == 302
    said = look(partner.membership, at("terms", committee))
    assert "It meets every month." in said
    newest = committee.terms.latest("number")
    response = browser_of(partner.membership).get(at("terms-file", newest))
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    outsider = make_active(lead).membership
    assert browser_of(outsider).get(at("terms-file", newest)).status_code == 404


def test_terms_that_are_not_what_their_name_says_are_refused_beside_the_file(lead, committee):
    file = SimpleUploadedFile("terms.pdf", b"MZ program")
    response = send(lead, at("terms-new", committee), file=file, **day(today(), "agreed_on"))
    assert response.status_code == 422
    assert "not what its name says it is" in response.content.decode()


def test_members_come_and_go(lead, committee):
    nurse = make_member(lead.organisation, Role.STAFF, name="Priya")
    assert send(lead, at("member-new", committee), member=nurse.code, position="Lead nurse", **day(today(), "from_on")).status_code == 302
    assert "Priya: Lead nurse" in look(lead, committee.get_absolute_url())
    assert send(lead, at("member-end", committee.members.get())).status_code == 302
    assert "Priya" not in look(lead, committee.get_absolute_url())


def test_seats_are_added_and_a_committee_ends_and_begins_again(lead, committee, partner):
    assert send(lead, at("seats", committee), seats=3).status_code == 302
    make_sitting(lead, committee, partner)
    assert send(lead, at("committee-end", committee), why="The work is done.").status_code == 302
    said = look(lead, committee.get_absolute_url())
    assert "It does not meet since" in said
    assert committee.name not in look(lead, at("committees"))
    assert committee.name in look(lead, at("committees") + "?status=ended")
    assert send(lead, at("committee-again", committee)).status_code == 302
    assert "Seat 3" in look(lead, committee.get_absolute_url())


def test_only_who_runs_a_committee_may_change_it(lead, committee):
    other = make_member(lead.organisation, Role.SECRETARY)
    for page in ("committee-change", "committee-end", "seats", "terms-new", "member-new"):
        assert browser_of(other).get(at(page, committee)).status_code == 403
    assert "Change how it works" not in look(other, committee.get_absolute_url())
    commands.agree_terms(viewer_of(lead), committee, words="x", agreed_on=today())
    assert browser_of(make_member(None, Role.LEAD)).get(committee.get_absolute_url()).status_code == 404
