"""Pages of checks, interests, access needs, talks and what is a partner's own: who sees what, and sending the forms."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from safety_partners.core import history
from safety_partners.core.working_days import today
from safety_partners.home.queries import waiting
from safety_partners.partners import commands, policies, queries
from safety_partners.partners.models import (
    AccessNeed,
    Check,
    CheckIn,
    Declaration,
    EmergencyContact,
    Interest,
    LivedExperience,
    Need,
    Partner,
    PaymentChoice,
    PrivateNote,
)
from safety_partners.partners.queries import caring
from safety_partners.people.models import Role
from tests.factories.people import make_member, make_organisation, viewer_of
from tests.factories.records import make_partner, make_plan_item
from tests.insights.pages import hidden_of

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
SAID = {"capture": "phone", "is_read_back": "on"}
EVERYBODY = ("partner", "lead", "contact", "deputy", "governance", "finance", "chair", "staff", "other partner", "foreign lead")


@pytest.fixture
def people():
    """Everybody who could look, by what they are to one partner."""
    organisation = make_organisation(contact_phone="01904 555 0100")
    roles = {
        "partner": Role.PARTNER,
        "lead": Role.LEAD,
        "contact": Role.STAFF,
        "deputy": Role.STAFF,
        "governance": Role.GOVERNANCE,
        "finance": Role.FINANCE,
        "chair": Role.GROUP_CHAIR,
        "staff": Role.STAFF,
        "other partner": Role.PARTNER,
    }
    found = {name: make_member(organisation, role, name=name.title()) for name, role in roles.items()}
    return found | {"foreign lead": make_member(make_organisation(), Role.LEAD)}


@pytest.fixture
def partner(people):
    make_plan_item(people["lead"], "Interests", kind="interests", owner_kind="partner", valid_months=12)
    make_plan_item(people["lead"], "Check", kind="check")
    make_partner(people["lead"], people["other partner"])
    return make_partner(people["lead"], people["partner"], contact=people["contact"], deputy=people["deputy"])


@pytest.fixture
def as_(people):
    return {name: viewer_of(member) for name, member in people.items()}


@pytest.fixture
def browse(people):
    """A browser of somebody, by what they are."""

    def browser(name):
        client = Client()
        client.force_login(people[name].user)
        return client

    return browser


def at(name, *args):
    return reverse(f"partners:{name}", args=args)


def day(name, on):
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def text_of(response):
    return response.content.decode().replace("&#39;", "’")


def those_who_see(model, as_):
    return {name for name in EVERYBODY if model.objects.visible_to(as_[name]).exists()}


SUPPORT = {"partner", "lead", "contact", "deputy"}


# Who sees what


def test_who_sees_each_kind_of_thing(partner, as_):
    me = as_["partner"]
    commands.decide_check(as_["lead"], partner, kind="DBS", decision="not required", reason="None.")
    commands.add_interest(me, partner, kind="work", what="A shop")
    commands.declare_interests(me, partner, is_nothing=False)
    commands.ask_for_access(me, partner, kind="time", what="Breaks")
    commands.plan_check_in(as_["contact"], partner, planned_on=today())
    commands.choose_payment(me, partner, choice="none")
    commands.name_emergency_contact(me, partner, name="Kim", phone="01904 555 0123")
    assert {model.__name__: those_who_see(model, as_) for model in (Check, Interest, Declaration, AccessNeed, CheckIn)} == {
        "Check": {"partner", "lead", "governance"},
        "Interest": SUPPORT | {"governance"},
        "Declaration": SUPPORT | {"governance"},
        "AccessNeed": SUPPORT,
        "CheckIn": SUPPORT,
    }
    assert those_who_see(EmergencyContact, as_) == SUPPORT
    assert those_who_see(PaymentChoice, as_) == {"partner", "lead", "finance"}


def test_a_note_is_the_partners_alone_until_it_is_shared(partner, as_):
    note = commands.write_note(as_["partner"], partner, words="It was hard.")
    assert those_who_see(PrivateNote, as_) == {"partner"}
    commands.rewrite_note(as_["partner"], note, words="It was hard.", is_shared=True)
    assert those_who_see(PrivateNote, as_) == {"partner", "contact", "deputy"}
    commands.rewrite_note(as_["partner"], note, words="It was hard.", is_shared=False)
    assert those_who_see(PrivateNote, as_) == {"partner"}


@pytest.mark.parametrize(("seen_by", "who"), [("only me", {"partner"}), ("contact", {"partner", "contact", "deputy"}), ("lead", SUPPORT)])
def test_experience_is_seen_by_whom_the_partner_chose(partner, as_, seen_by, who):
    commands.tell_experience(as_["partner"], partner, theme="Falls", seen_by=seen_by)
    assert those_who_see(LivedExperience, as_) == who


def test_what_was_shared_is_closed_to_others_when_the_partner_can_no_longer_take_it_back(partner, as_):
    commands.write_note(as_["partner"], partner, words="It was hard.", is_shared=True)
    commands.tell_experience(as_["partner"], partner, theme="Falls", seen_by="lead")
    assert those_who_see(PrivateNote, as_) == SUPPORT - {"lead"}
    Partner.objects.filter(pk=partner.pk).update(status="left", ended_on=today())
    assert those_who_see(PrivateNote, as_) == {"partner"}
    assert those_who_see(LivedExperience, as_) == {"partner"}


def test_policies_of_what_is_private(partner, as_):
    def may(policy):
        return {name for name in EVERYBODY if policy(as_[name], partner)}

    assert may(policies.is_own) == {"partner"}
    assert may(policies.may_decide_checks) == {"lead"}
    assert may(policies.may_see_checks) == {"partner", "lead", "governance"}
    assert may(policies.may_arrange_payment) == {"partner", "lead"}
    assert may(policies.may_read_notes) == {"partner", "contact", "deputy"}


def test_each_viewer_finds_only_pages_that_open(partner, as_, browse):
    found = {}
    for name in ("partner", "lead", "contact", "governance"):
        browser = browse(name)
        pages = [page for _words, pages in queries.record_pages(as_[name], partner) for page in pages]
        assert {browser.get(path).status_code for _words, _name, path in pages} == {200}
        found[name] = {page.removeprefix("partners:") for _words, page, _path in pages}
    mine = {"checks", "interests", "access", "talks", "notes", "payment-and-emergency", "experience"}
    assert found["partner"] >= mine
    assert found["lead"] & mine == mine - {"notes"}
    assert found["contact"] & mine == mine - {"checks"}
    assert found["governance"] & mine == {"checks", "interests"}


def test_pages_refuse_those_they_are_not_for(partner, browse):
    wrong = {
        "lead": ["notes"],
        "contact": ["checks"],
        "governance": ["access", "talks", "notes", "payment-and-emergency", "experience"],
    }
    for name, pages in wrong.items():
        for page in pages:
            assert browse(name).get(at(page, partner.code)).status_code == 403, (name, page)
    for name in ("finance", "chair", "staff", "other partner", "foreign lead"):
        assert browse(name).get(at("notes", partner.code)).status_code == 404


def test_the_contact_learns_nothing_about_payments(partner, as_, browse):
    commands.choose_payment(as_["partner"], partner, choice="charity")
    assert "Give it to a charity" in text_of(browse("lead").get(at("payment-and-emergency", partner.code)))
    shown = text_of(browse("contact").get(at("payment-and-emergency", partner.code)))
    assert "charity" not in shown
    assert "Payment" not in shown
    assert browse("contact").get(at("payment", partner.code)).status_code == 403


def test_history_does_not_tell_that_a_note_was_written_or_what_is_private(partner, as_, browse):
    me = as_["partner"]
    note = commands.write_note(me, partner, words="It was hard.", is_shared=True)
    told = commands.tell_experience(me, partner, theme="Falls", seen_by="lead")
    commands.rewrite_note(me, note, words="Very hard.", is_shared=False)
    commands.change_experience(me, told, theme="Falls", seen_by="only me")
    commands.choose_payment(me, partner, choice="none")
    commands.name_emergency_contact(me, partner, name="Kim", phone="1")
    commands.ask_for_check_in(me, partner)
    before = len(queries.story(as_["lead"], partner))
    assert before == 1
    commands.delete_note(me, note)
    commands.take_back_experience(me, told)
    assert len(queries.story(as_["lead"], partner)) == before
    assert history.timeline(partner).count() > before + 5
    shown = text_of(browse("lead").get(at("history", partner.code)))
    for secret in ("hard", "Falls", "Kim", note.code, told.code):
        assert secret not in shown
    commands.add_interest(me, partner, kind="work", what="A shop")
    assert len(queries.story(as_["lead"], partner)) == before + 1


# Forms


def test_the_lead_decides_first_and_then_writes_down_what_came(partner, browse):
    browser = browse("lead")
    assert "Not decided." in text_of(browser.get(at("checks", partner.code)))
    answer = browser.post(at("check-decide", partner.code, "dbs"), {"decision": "required", "reason": "With patients."})
    assert answer.status_code == 422
    assert "With patients." in text_of(answer)
    given = {"decision": "required", "level": "basic", "reason": "With patients."}
    assert browser.post(at("check-decide", partner.code, "dbs"), given)["Location"] == at("checks", partner.code)
    check = Check.objects.get()
    assert browse("contact").post(at("check-outcome", check.code), {"outcome": "satisfactory"}).status_code == 404
    given = {"outcome": "satisfactory", **day("outcome_on", today())}
    assert browser.post(at("check-outcome", check.code), given).status_code == 302
    check.refresh_from_db()
    assert (check.outcome, Need.objects.get(partner=partner, kind="check").status) == ("satisfactory", "done")
    assert browser.get(at("check-decide", partner.code, "dbs")).status_code == 409
    shown = text_of(browse("partner").get(at("checks", partner.code)))
    assert "With patients." in shown
    assert at("check-outcome", check.code) not in shown


def test_other_checks_are_not_a_question_of_the_law(partner, browse):
    shown = text_of(browse("lead").get(at("check-decide", partner.code, "references")))
    assert "Not eligible" not in shown
    assert "eligible for" not in shown
    assert (
        browse("lead").post(at("check-decide", partner.code, "references"), {"decision": "not eligible", "reason": "x"}).status_code == 422
    )


def test_a_partner_declares_and_adds_what_there_is(partner, browse):
    browser = browse("partner")
    answer = browser.post(at("declare", partner.code), {"is_nothing": "no"})
    assert answer.status_code == 422
    browser.post(at("interest-add", partner.code), {"kind": "also sits on", "what": "The library group"})
    assert browser.post(at("declare", partner.code), {"is_nothing": "no"}).status_code == 302
    interest = Interest.objects.get()
    assert browse("lead").post(at("interest-handle", interest.code), {"handling": "Says so."}).status_code == 302
    assert "Says so." in text_of(browser.get(at("interests", partner.code)))
    assert browser.post(at("interest-end", interest.code), day("until_on", today())).status_code == 302
    assert browser.get(at("interest-end", interest.code)).status_code == 409
    assert "What was before" in text_of(browser.get(at("interests", partner.code)))


def test_staff_say_how_a_word_reached_them(partner, browse):
    answer = browse("contact").post(at("declare", partner.code), {"is_nothing": "yes"})
    assert answer.status_code == 422
    assert browse("contact").post(at("declare", partner.code), {"is_nothing": "yes", **SAID}).status_code == 302
    assert "Written down by Contact" in text_of(browse("partner").get(at("interests", partner.code)))


def test_what_would_help_is_asked_answered_and_over(partner, browse):
    browser, keeper = browse("partner"), browse("contact")
    browser.post(at("access-ask", partner.code), {"kind": "format", "what": "Large print"})
    need = AccessNeed.objects.get()
    decide = at("access-decide", need.code)
    seen = hidden_of(keeper.get(decide).content.decode())
    answer = keeper.post(decide, {"status": "not met", **seen})
    assert answer.status_code == 422
    assert keeper.post(decide, {"status": "not met", "reason": "The printer is ordered.", **seen}).status_code == 302
    assert "The printer is ordered." in text_of(browser.get(at("access", partner.code)))
    assert "1 thing that partners need" in text_of(browse("lead").get(at("partners")))
    shown = text_of(browse("lead").get(at("unmet")))
    assert "The printer is ordered." in shown
    assert browse("contact").get(at("unmet")).status_code == 403
    assert browser.post(at("access-end", need.code), {"submission_key": ""}).status_code == 302
    assert "Everything that partners need" in text_of(browse("lead").get(at("unmet")))
    assert browser.post(at("access-nothing", partner.code), {"submission_key": ""}).status_code == 302


def test_a_talk_from_the_wish_to_what_was_agreed(partner, browse, people):
    browser, keeper = browse("partner"), browse("contact")
    assert browser.post(at("talk-ask", partner.code), {"submission_key": ""}).status_code == 302
    given = {"with_member": people["contact"].code, **day("planned_on", today())}
    assert keeper.post(at("talk-plan", partner.code), given).status_code == 302
    talk = CheckIn.objects.get()
    assert "A talk with us" in text_of(browser.get(at("my-place")))
    assert keeper.post(at("talk-hold", talk.code), {"agreed": "Papers earlier.", **day("held_on", today())}).status_code == 302
    shown = text_of(browser.get(at("talks", partner.code)))
    assert "Papers earlier." in shown
    assert keeper.get(at("talk-cancel", talk.code)).status_code == 409
    stranger = {"with_member": people["staff"].code, **day("planned_on", today())}
    assert keeper.post(at("talk-plan", partner.code), stranger).status_code == 422


def test_either_side_cancels_a_talk(partner, as_, browse):
    talk = commands.plan_check_in(as_["contact"], partner, planned_on=today())
    assert browse("partner").post(at("talk-cancel", talk.code), {"submission_key": ""}).status_code == 302
    talk.refresh_from_db()
    assert talk.cancelled_on == today()


def test_notes_are_written_changed_and_deleted(partner, as_, browse):
    talk = commands.plan_check_in(as_["contact"], partner, planned_on=today())
    browser = browse("partner")
    assert f'value="{talk.code}" selected' in text_of(browser.get(at("note-write", partner.code) + f"?talk={talk.code}"))
    browser.post(at("note-write", partner.code), {"words": "It was hard.", "check_in": talk.code})
    note = PrivateNote.objects.get()
    assert (note.words, note.check_in, note.is_shared) == ("It was hard.", talk, False)
    assert "Nothing is shared with you." in text_of(browse("contact").get(at("notes", partner.code)))
    browser.post(at("note", note.code), {"words": "It was hard.", "is_shared": "on"})
    assert "It was hard." in text_of(browse("deputy").get(at("notes", partner.code)))
    for path in (at("note", note.code), at("note-delete", note.code)):
        assert browse("contact").post(path, {"words": "Fine.", "submission_key": ""}).status_code == 403
        assert browse("lead").post(path, {"words": "Fine.", "submission_key": ""}).status_code == 404
    assert browser.post(at("note-delete", note.code), {"submission_key": ""}).status_code == 302
    assert not PrivateNote.objects.exists()


def test_payment_and_whom_to_call(partner, browse):
    browser = browse("partner")
    assert "Nothing is chosen yet" in text_of(browser.get(at("payment-and-emergency", partner.code)))
    browser.post(at("payment", partner.code), {"choice": "full"})
    browser.post(at("payment", partner.code), {"choice": "none"})
    shown = text_of(browser.get(at("payment-and-emergency", partner.code)))
    assert "I do not want to be paid" in shown
    assert "What was chosen before" in shown
    given = {"name": "Kim", "phone": "01904 555 0123", "relation": "A neighbour", **SAID}
    assert browse("contact").post(at("emergency", partner.code), given).status_code == 302
    assert "01904 555 0123" in text_of(browser.get(at("payment-and-emergency", partner.code)))
    assert browser.post(at("emergency-remove", partner.code), {"submission_key": ""}).status_code == 302
    assert "Nobody is named." in text_of(browser.get(at("payment-and-emergency", partner.code)))


def test_experience_is_told_only_if_wished_and_taken_back(partner, browse):
    browser = browse("partner")
    assert browser.post(at("experience-tell", partner.code), {"theme": "Falls"}).status_code == 422
    browser.post(at("experience-tell", partner.code), {"theme": "Falls", "route": "not said", "seen_by": "contact"})
    told = LivedExperience.objects.get()
    assert "Falls" in text_of(browse("contact").get(at("experience", partner.code)))
    assert "Falls" not in text_of(browse("lead").get(at("experience", partner.code)))
    browser.post(at("experience-change", told.code), {"theme": "Falls", "route": "complaint", "seen_by": "lead"})
    assert "A complaint" in text_of(browse("lead").get(at("experience", partner.code)))
    assert browse("lead").post(at("experience-delete", told.code), {"submission_key": ""}).status_code == 403
    assert browser.post(at("experience-delete", told.code), {"submission_key": ""}).status_code == 302
    assert not LivedExperience.objects.exists()


def test_nothing_asks_for_harm(partner, browse):
    """Telling of one's own life is never needed: no plan asks for it, no start waits for it, no question must be answered with it."""
    assert not {"experience", "lived experience"} & set(Need.objects.values_list("kind", flat=True))
    shown = text_of(browse("partner").get(at("experience-tell", partner.code)))
    assert "I would rather not say" in shown
    assert "Only if you want to." in shown


# What waits


def test_what_waits_at_home(partner, as_):
    def waits(name):
        return [str(duty.sentence) for duty in waiting(as_[name])]

    commands.ask_for_access(as_["partner"], partner, kind="time", what="Breaks")
    commands.plan_check_in(as_["lead"], partner, planned_on=today() + DAY)
    asked, talk = "Say whether it can be met: something they need to take part", "Talk with each other"
    assert {asked, talk} <= set(waits("contact"))
    assert talk in waits("partner")
    assert asked not in waits("lead")
    assert talk not in waits("lead")
    commands.decide_access(as_["contact"], AccessNeed.objects.get(), status="met")
    commands.hold_check_in(as_["contact"], CheckIn.objects.get(), held_on=today())
    assert not {asked, talk} & set(waits("contact"))


def test_a_declaration_that_runs_out_waits_for_the_partner(partner, as_):
    commands.declare_interests(as_["partner"], partner, is_nothing=True)
    sentence = "Look at your interests, and declare them again"
    assert sentence not in [duty.sentence for duty in waiting(as_["partner"])]
    Need.objects.filter(partner=partner, kind="interests").update(expires_on=today() + 20 * DAY)
    duty = next(duty for duty in waiting(as_["partner"]) if duty.sentence == sentence)
    assert duty.path == at("interests", partner.code)
    assert sentence not in [duty.sentence for duty in waiting(as_["lead"])]


def test_somebody_without_a_contact_is_looked_after_by_the_leads(people, as_, partner):
    alone = make_partner(people["lead"])
    commands.ask_for_access(viewer_of(alone.membership), alone, kind="time", what="Breaks")
    assert [need.partner for need in caring.access_waiting(as_["lead"])] == [alone]
    assert not caring.access_waiting(as_["contact"]).exists()
