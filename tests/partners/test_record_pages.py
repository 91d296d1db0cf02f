"""Pages of partners' records, sent and read as the people they are for."""

from __future__ import annotations

import base64
import csv
import datetime as dt
import io
import re

import pytest
from django.test import Client
from django.urls import reverse

from safety_partners.core.working_days import today
from safety_partners.home.queries import waiting
from safety_partners.partners import commands, queries
from safety_partners.partners.models import Agreement, Need, Partner
from safety_partners.partners.queries.duties import SHOWN
from safety_partners.people.commands.account import change_my_details
from safety_partners.people.models import Membership, Role
from tests.factories.people import make_member, make_organisation, viewer_of
from tests.factories.records import (
    finish_everything,
    make_active,
    make_agreement,
    make_leaving,
    make_left,
    make_offered,
    make_partner,
    make_plan_item,
    make_role_change,
    sign_both,
)
from tests.insights.pages import hidden_of

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def lead():
    return make_member(make_organisation(contact_phone="01904 555 0100"), Role.LEAD, name="Lea Lead")


@pytest.fixture
def staff(lead):
    return make_member(lead.organisation, Role.STAFF, name="Stan Staff")


@pytest.fixture
def partner(lead, staff):
    make_plan_item(lead)
    member = make_member(lead.organisation, Role.PARTNER, name="Zoë Nic")
    return make_partner(lead, member, contact=staff, ends_on=today() + 400 * DAY)


def browser_of(member):
    client = Client()
    client.force_login(member.user)
    return client


def text_of(response):
    return response.content.decode().replace("&#39;", "’")


def day(name, on):
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def at(name, *args):
    return reverse(f"partners:{name}", args=args)


def test_welcoming_somebody_makes_their_record(lead, staff):
    member = make_member(lead.organisation, Role.PARTNER, name="Ann")
    browser = browser_of(lead)
    assert "1 person has the role of a partner and no record yet." in text_of(browser.get(at("partners")))
    answer = browser.post(at("welcome"), {"membership": "nobody", "known_as": "Annie"})
    assert answer.status_code == 422
    assert "Annie" in text_of(answer)
    given = {"membership": member.code, "known_as": "Annie", "contact": staff.code, "deputy": lead.code, **day("appointed_on", today())}
    answer = browser.post(at("welcome"), given)
    made = Partner.objects.get(membership=member)
    assert (answer.status_code, answer["Location"]) == (302, made.get_absolute_url())
    assert (made.name, made.contact, made.deputy) == ("Annie", staff, lead)


def test_the_register_finds_names_whatever_their_accents_and_narrows(lead, staff, partner):
    make_active(lead, make_member(lead.organisation, Role.PARTNER, name="Ágnes"))
    make_left(lead, make_member(lead.organisation, Role.PARTNER, name="Gone"))
    browser = browser_of(lead)

    def names(query=""):
        shown = text_of(browser.get(at("partners") + query))
        return [name for name in ("Ágnes", "Gone", "Zoë Nic") if name in shown]

    assert names() == ["Ágnes", "Zoë Nic"]
    assert names("?q=AGNES") == ["Ágnes"]
    assert names("?q=A%CC%81gnes") == ["Ágnes"]
    assert names(f"?q={partner.code.lower()}") == ["Zoë Nic"]
    assert names("?status=all") == ["Ágnes", "Gone", "Zoë Nic"]
    assert names("?status=left") == ["Gone"]
    assert names("?standing=missing") == ["Zoë Nic"]
    assert names(f"?contact={staff.code}") == ["Zoë Nic"]


def test_two_who_correct_the_same_details_do_not_overwrite_each_other(lead, partner):
    details, browser = at("details", partner.code), browser_of(lead)
    opened = hidden_of(browser.get(details).content.decode())
    commands.correct_partner(viewer_of(partner.membership), partner, known_as="Zo", pronouns="", connection="")
    late = browser.post(details, {"known_as": "Zoë N.", "pronouns": "she", **opened})
    assert late.status_code == 422
    assert "Someone else changed this" in text_of(late)
    assert "Zoë N." in text_of(late)
    partner.refresh_from_db()
    assert partner.known_as == "Zo"
    again = browser.post(details, {"known_as": "Zoë N.", "pronouns": "she", **hidden_of(text_of(late))})
    assert again.status_code == 302


def test_the_lead_chooses_columns_which_stay_with_filters_and_go_into_the_file(lead, staff, partner):
    browser = browser_of(lead)
    Membership.objects.filter(pk=partner.membership_id).update(phone="019045550199")
    usual = text_of(browser.get(at("partners")))
    assert "019045550199" not in usual
    assert "Something is missing" in usual
    shown = text_of(browser.get(at("partners") + "?standing=missing&columns=-&columns=phone&columns=deputy"))
    assert "019045550199" in shown
    assert shown.count("Something is missing") == 1  # the filter's choice, and no column
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', shown)]
    sorting = next(link for link in links if "sort=-name" in link)
    assert "standing=missing" in sorting
    assert "columns=deputy%2Cphone" in sorting
    path = next(link for link in links if "/lists/csv/" in link)
    rows = list(csv.reader(io.StringIO(browser.get(path).content.decode("utf-8-sig"))))
    assert rows == [["Code", "Name", "Deputy", "Phone"], [partner.code, "Zoë Nic", "", "'019045550199"]]
    assert browser.get(path.replace("/csv/", "/xlsx/")).content[:2] == b"PK"
    assert "Zoë Nic" not in browser.get(path.replace("standing=missing", "standing=clear")).content.decode()
    assert browser_of(staff).get(path).status_code == 403
    assert "We do not know one of these columns" in text_of(browser.get(at("partners") + "?columns=password"))


def test_a_partner_who_has_a_new_name_is_sorted_and_found_by_it(lead, partner):
    member = partner.membership
    given = {"username": "agot", "told_by": "email", "postal_address": "", "phone": "", "job_title": "", "language": "en-gb"}
    change_my_details(viewer_of(member), member, name="Ågot Nic", **given)
    shown = text_of(browser_of(lead).get(at("partners") + "?q=agot"))
    assert "Ågot Nic" in shown
    partner.refresh_from_db()
    assert partner.name_key == "agot nic"
    assert "Ågot" not in text_of(browser_of(lead).get(at("partners") + "?q=zoe"))


def test_the_register_is_sorted_by_name_and_keeps_names_out_of_addresses(lead):
    make_plan_item(lead)
    for number in range(30):
        make_partner(lead, make_member(lead.organisation, Role.PARTNER, name=f"Person {30 - number:02}"))
    browser, seen, path = browser_of(lead), [], at("partners")
    while path:
        shown = text_of(browser.get(path))
        seen += [f"Person {number:02}" for number in range(1, 31) if f">Person {number:02}<" in shown]
        found = re.search(r'href="([^"]*[?&;]after=([^":&%]*)[^"]*)"', shown)
        path = found[1].replace("&amp;", "&") if found else ""
        assert b"erson" not in base64.urlsafe_b64decode(f"{found[2]}==" if found else "")
    assert seen == sorted(seen)
    assert len(seen) == 30


def test_one_list_says_what_is_missing_and_what_runs_out(lead, partner):
    need = Need.objects.get(partner=partner)
    shown = text_of(browser_of(lead).get(at("running-out")))
    assert "Missing" in shown
    assert need.title in shown
    commands.finish_need(viewer_of(lead), need, done_on=today(), expires_on=today() + 10 * DAY)
    assert need.title in text_of(browser_of(lead).get(at("running-out") + "?how=running%20out"))
    commands.finish_need(viewer_of(lead), need, done_on=today(), expires_on=today() + 100 * DAY)
    assert "Nothing is missing" in text_of(browser_of(lead).get(at("running-out")))


@pytest.mark.parametrize(("count", "has_more"), [(SHOWN, False), (SHOWN + 1, True)])
def test_one_duty_more_than_is_shown_is_said_and_the_longest_due_are_shown(lead, count, has_more):
    make_plan_item(lead, "Essentials", owner_kind="lead")
    one = make_partner(lead)
    Need.objects.filter(partner=one).delete()
    rows = [
        Need(organisation=lead.organisation, partner=one, kind="training", title=f"N {n}", owner=lead, due_on=today() - n * DAY)
        for n in range(count)
    ]
    Need.objects.bulk_create(rows)
    found = queries.duties(viewer_of(lead))
    needs = [duty.title.split(": ")[1] for duty in found if ": N " in duty.title]
    assert (len(needs), found.has_more) == (SHOWN, has_more)
    assert needs[0] == f"N {count - 1}"
    assert ("N 0" in needs) != has_more


def test_the_record_says_what_is_missing_and_leads_there(lead, partner):
    need = Need.objects.get(partner=partner)
    shown = text_of(browser_of(lead).get(partner.get_absolute_url()))
    assert need.get_absolute_url() in shown
    assert at("start", partner.code) not in shown
    browser_of(lead).post(at("need-finish", need.code), {"turn": need.turn, **day("done_on", today())})
    assert at("start", partner.code) in text_of(browser_of(lead).get(partner.get_absolute_url()))
    answer = browser_of(lead).post(at("start", partner.code), {"turn": partner.turn})
    assert answer.status_code == 302
    partner.refresh_from_db()
    assert partner.status == "active"


def test_starting_too_early_says_what_is_missing(lead, partner):
    shown = text_of(browser_of(lead).get(at("start", partner.code)))
    assert "Something that is required is still missing" in shown
    assert "<button" not in shown.split("<h1")[1].split("</main>")[0]
    answer = browser_of(lead).post(at("start", partner.code), {"turn": partner.turn})
    assert answer.status_code == 422


def test_my_place_shows_my_contact_what_i_agreed_to_and_what_is_coming(lead, staff, partner):
    me = browser_of(partner.membership)
    sign_both(lead, make_agreement(lead, partner, kind=Agreement.Kind.CONFIDENTIALITY))
    shown = text_of(me.get(at("my-place")))
    assert staff.name in shown
    assert "Signed by both" in shown
    assert reverse("insights:mine") in shown
    assert reverse("people:account") in shown
    assert Need.objects.get(partner=partner, kind="training").title in shown
    assert "Zoë Nic" in text_of(me.get(at("my-place-print")))
    assert "Zoë Nic" in text_of(browser_of(lead).get(at("print", partner.code)))


def test_who_has_no_record_yet_is_told_so(lead):
    member = make_member(lead.organisation, Role.PARTNER)
    assert "has not been begun yet" in text_of(browser_of(member).get(at("my-place")))


def test_both_write_and_sign_in_their_browsers(lead, staff, partner):
    me, them = browser_of(partner.membership), browser_of(staff)
    them.post(at("agreements", partner.code), {"working together": "1"})
    agreement = Agreement.objects.get(partner=partner)
    assert me.post(at("agreement-theirs", agreement.code), {"words": "A week, please.", "turn": 0}).status_code == 302
    answer = them.post(at("agreement-ours", agreement.code), {"words": "In good time.", "turn": 0})
    assert answer.status_code == 422
    assert "In good time." in text_of(answer)
    assert them.post(at("agreement-ours", agreement.code), {"words": "In good time.", "turn": 1}).status_code == 302
    them.post(at("agreement-offer", agreement.code), {"turn": 2})
    shown = text_of(me.get(at("agreement-sign", agreement.code)))
    assert "In good time." in shown
    assert "A week, please." in shown
    me.post(at("agreement-sign", agreement.code), {"name": "Zoë Nic", "turn": 3})
    them.post(at("agreement-sign-for-us", agreement.code), {"how": "typed", "name": "Stan Staff", "turn": 3})
    agreement.refresh_from_db()
    assert agreement.status == "signed"
    assert agreement.checksum in text_of(me.get(agreement.get_absolute_url()))
    assert agreement.checksum in text_of(me.get(at("agreement-print", agreement.code)))


def test_the_same_by_phone_says_who_wrote_it_down(lead, staff, partner):
    them = browser_of(staff)
    them.post(at("agreements", partner.code), {"working together": "1"})
    agreement = Agreement.objects.get(partner=partner)
    words = at("agreement-theirs", agreement.code)
    assert them.post(words, {"words": "A week.", "turn": 0, "capture": "phone"}).status_code == 422
    assert them.post(words, {"words": "A week.", "turn": 0, "capture": "phone", "is_read_back": "on"}).status_code == 302
    assert "Written down by Stan Staff" in text_of(them.get(agreement.get_absolute_url()))
    them.post(at("agreement-offer", agreement.code), {"turn": 1})
    record = at("agreement-record-signature", agreement.code)
    given = {"how": "verbal", "name": "Zoë Nic", "turn": 2, **day("signed_on", today())}
    assert them.post(record, given).status_code == 422
    assert them.post(record, {**given, "is_read_back": "on"}).status_code == 302
    assert "recorded by Stan Staff" in text_of(them.get(agreement.get_absolute_url()))


def test_confidentiality_is_begun_with_its_own_button(lead, partner):
    browser_of(lead).post(at("agreements", partner.code), {"confidentiality": "1"})
    assert Agreement.objects.get(partner=partner).kind == Agreement.Kind.CONFIDENTIALITY
    assert browser_of(partner.membership).post(at("agreements", partner.code), {"confidentiality": "1"}).status_code == 403


def test_a_change_is_asked_and_answered(lead, partner):
    browser_of(lead).post(at("propose", partner.code), {"what": "Another group.", **day("from_on", today())})
    change = partner.role_changes.get()
    me = browser_of(partner.membership)
    assert "Another group." in text_of(me.get(at("answer", change.code)))
    assert me.post(at("answer", change.code), {"is_agreed": "no", "words": "", "turn": 0}).status_code == 302
    change.refresh_from_db()
    assert change.status == change.Status.DECLINED
    assert me.post(at("answer", change.code), {"is_agreed": "yes", "turn": 0}).status_code == 422
    other = make_role_change(lead, partner)
    assert browser_of(lead).post(at("take-back", other.code), {"turn": 0}).status_code == 302


def test_a_break_taken_and_recorded(lead):
    partner = make_active(lead)
    me = browser_of(partner.membership)
    assert me.post(at("pause", partner.code), {"turn": partner.turn}).status_code == 302
    partner.refresh_from_db()
    assert partner.status == "paused"
    assert browser_of(lead).post(at("resume", partner.code), {"turn": partner.turn}).status_code == 422
    assert browser_of(lead).post(at("resume", partner.code), {"turn": partner.turn, "capture": "letter"}).status_code == 302


def test_support_details_needs_and_terms_are_kept(lead, staff, partner):
    browser = browser_of(lead)
    support, details = at("support", partner.code), at("details", partner.code)
    for given, status in (({"contact": lead.code, "deputy": staff.code}, 302), ({"contact": lead.code, "deputy": lead.code}, 422)):
        assert browser.post(support, {**given, **hidden_of(browser.get(support).content.decode())}).status_code == status
    given = {"known_as": "Zo", "pronouns": "", "connection": "", **hidden_of(browser.get(details).content.decode())}
    assert browser.post(details, given).status_code == 302
    given = {"kind": "training", "title": "Chairing", "why": "You chair.", "is_required": "no", "owner": partner.membership.code}
    assert browser.post(at("need-add", partner.code), given).status_code == 302
    need = Need.objects.get(title="Chairing")
    assert browser.post(at("need-give", need.code), {"owner": staff.code}).status_code == 302
    assert browser.post(at("need-set-aside", need.code), {"because": "Done before.", "turn": 0}).status_code == 302
    assert browser.post(at("need-again", need.code), {"turn": 1, **day("due_on", today())}).status_code == 302
    need.refresh_from_db()
    assert (need.owner, need.due_on, need.status) == (staff, today(), "needed")
    ends = partner.terms.get().ends_on + 365 * DAY
    assert browser.post(at("extend", partner.code), {**day("agreed_on", today()), **day("ends_on", ends)}).status_code == 302
    assert browser.post(at("let-end", partner.code), {"turn": partner.turn}).status_code == 422
    partner.refresh_from_db()
    assert (partner.contact, partner.deputy, partner.known_as, partner.terms.count()) == (lead, staff, "Zo", 2)


def test_leaving_from_the_first_word_to_the_last_day(lead, staff):
    partner = make_active(lead, contact=staff)
    me, them = browser_of(partner.membership), browser_of(lead)
    assert me.post(at("step-down", partner.code), {"turn": partner.turn, **day("last_day", today())}).status_code == 302
    assert "no reason" not in text_of(me.get(at("leaving", partner.code))).lower()
    talk = {"is_declined": "no", "talked_with": staff.code, "words": "Thank you all.", **day("talked_on", today())}
    assert me.post(at("leaving-talk", partner.code), talk).status_code == 302
    assert me.post(at("leaving-touch", partner.code), {"is_keeping_in_touch": "yes"}).status_code == 302
    assert them.post(at("leaving-end", partner.code), {"turn": partner.turn}).status_code == 422
    assert them.post(at("leaving-thanks", partner.code), {"thanks": "Thank you.", "what_changed": ""}).status_code == 302
    assert "Thank you." not in text_of(me.get(at("leaving", partner.code))).replace("Thank you all.", "")
    assert them.post(at("leaving-end", partner.code), {"turn": partner.turn}).status_code == 302
    partner.refresh_from_db()
    assert partner.status == "left"
    assert me.get(at("my-place")).status_code in {302, 403}
    assert them.post(at("forget", partner.code), {"turn": partner.turn}).status_code == 422
    assert them.post(at("forget", partner.code), {"turn": partner.turn, "is_sure": "on"}).status_code == 302


def test_an_ending_asks_a_second_person_first(lead, staff):
    partner = make_active(lead)
    given = {"reason": "Papers were passed on.", "reviewed_by": staff.code, "turn": partner.turn, **day("last_day", today())}
    assert browser_of(lead).post(at("end-role", partner.code), given).status_code == 302
    assert browser_of(partner.membership).get(at("leaving", partner.code)).status_code == 404
    assert at("leaving", partner.code) not in text_of(browser_of(partner.membership).get(at("my-place")))
    ending = partner.leavings.get()
    assert "Papers were passed on." in text_of(browser_of(staff).get(at("look-at-ending", ending.code)))
    browser_of(staff).post(at("look-at-ending", ending.code), {"is_right": "yes", "note": "It was tried."})
    shown = text_of(browser_of(partner.membership).get(at("leaving", partner.code)))
    assert "Papers were passed on." in shown
    assert "It was tried." not in shown


def test_who_changes_their_mind_stays(lead):
    partner = make_active(lead)
    make_leaving(partner)
    assert browser_of(partner.membership).post(at("leaving-stay", partner.code), {}).status_code == 302
    partner.refresh_from_db()
    assert partner.status == "active"


# Duties on home


def sentences(member):
    return {str(duty.sentence) for duty in waiting(viewer_of(member))}


def test_duties_of_the_partner(lead, partner):
    make_agreement(lead, partner)
    make_agreement(lead, partner, kind=Agreement.Kind.CONFIDENTIALITY)
    make_role_change(lead, partner)
    said = sentences(partner.membership)
    assert "Add your own words to how we work together" in said
    assert "Sign this agreement, or ask to change it" in said
    assert any("change of your role" in one for one in said)
    assert "See to this: it is needed" in said


def test_duties_of_the_contact_and_the_lead(lead, staff, partner):
    make_offered(lead, partner)
    assert "Sign this agreement for the organisation" in sentences(staff)
    assert "Sign this agreement for the organisation" not in sentences(lead)
    finish_everything(partner, lead)
    assert "Everything is there: say that they start" in sentences(lead)
    commands.start_partner(viewer_of(lead), partner)
    partner.terms.update(ends_on=today() + 30 * DAY)
    assert "Talk about what comes after this term" in sentences(lead)
    make_leaving(partner)
    assert any("See this leaving to its end" in one for one in sentences(lead))
    assert "Talk about what comes after this term" not in sentences(lead)


def test_a_duty_leads_to_its_page(lead, staff, partner):
    commands.end_role_of(viewer_of(lead), partner, last_day=today(), reason="Why.", reviewed_by=staff)
    make_offered(lead, partner)
    for duty in queries.duties(viewer_of(staff)):
        assert browser_of(staff).get(duty.path).status_code == 200
    for duty in queries.duties(viewer_of(partner.membership)):
        assert browser_of(partner.membership).get(duty.path).status_code == 200
