"""Pages of the programme: the set-up as a list of steps, the plan, letters, roles and task profiles, and a role in public."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from safety_partners.partners import commands, queries
from safety_partners.partners.models import PlanItem, RoleDescription, RoleVersion, TaskProfile, VersionStatus
from safety_partners.partners.queries import programmes
from safety_partners.people.models import Organisation, Role
from tests.factories import partners as make
from tests.factories.people import make_member, make_organisation, viewer_of
from tests.insights.pages import browser_of, day, hidden_of, look, send, words_of

pytestmark = pytest.mark.django_db
LOOK = "/programme/"


def at(name, *parts):
    return reverse(f"partners:{name}", args=[getattr(part, "code", part) for part in parts])


@pytest.fixture
def organisation():
    return make_organisation(name="Meadowbank", contact_name="Grace Bell", contact_phone="01904 555 0100")


@pytest.fixture
def lead(organisation):
    return make_member(organisation, Role.LEAD, name="Grace Bell")


@pytest.fixture
def partner(organisation):
    return make_member(organisation, Role.PARTNER, name="Anjali Rao")


# The set-up


def test_the_whole_set_up_goes_from_page_to_page_and_can_be_left_between(lead, organisation):
    assert "4 of 9 steps are done" in look(lead, LOOK)
    people = {"executive": "May Lin, medical director", "lead": "Grace Bell"}
    assert send(lead, at("people-responsible"), **people).url == LOOK
    assert send(lead, at("policy"), title="Partners", link="https://example.org/p/", **day(dt.date(2027, 4, 1), "review_on")).url == LOOK
    # Another browser, another day: what is done is done.
    assert "6 of 9 steps are done" in look(lead, LOOK)
    sent = send(lead, at("role-new"), **make.ROLE_WORDS, title="Safety partner")
    assert sent.status_code == 302, words_of(sent)
    role = RoleDescription.objects.get()
    assert sent.url == role.get_absolute_url()
    assert send(lead, at("role-use", role)).url == role.get_absolute_url()
    assert send(lead, at("plan")).url == at("plan")
    urgent = f"{reverse('people:urgent-contact', args=['risk-now'])}?next={LOOK}"
    assert send(lead, urgent, name="999", phone="999").url == LOOK
    text = look(lead, LOOK)
    assert "Nothing is missing" in text
    assert "Set up the partner programme" in words_of(browser_of(lead).get(reverse("home:home")))
    assert send(lead, LOOK).url == LOOK
    assert "You can change any of it at any time" in look(lead, LOOK)
    assert "Set up the partner programme" not in words_of(browser_of(lead).get(reverse("home:home")))
    assert queries.programme(organisation.pk).set_up_at is not None


def test_the_programme_cannot_be_called_ready_too_early(lead, organisation):
    assert "5 steps are still to do" in look(lead, LOOK)
    sent = send(lead, LOOK)
    assert sent.status_code == 409
    assert "Who answers for the programme" in words_of(sent)
    assert queries.programme(organisation.pk).set_up_at is None


@pytest.mark.parametrize("name", ["organisation-details", "clocks"])
def test_pages_of_the_organisation_lead_back_to_the_set_up_and_nowhere_else(lead, organisation, name):
    typed = {
        "organisation-details": {"name": "Meadowbank", "colour": "teal", "contact_name": "Grace"},
        "clocks": {"acknowledge_days": 1, "own_days": 3, "answer_days": 10},
    }[name]
    page = reverse(f"people:{name}")
    assert send(lead, f"{page}?next={LOOK}", **typed).url == LOOK
    assert send(lead, page, **typed).url == reverse("people:organisation")
    assert send(lead, f"{page}?next=https://elsewhere.example/", **typed).url == reverse("people:organisation")


def test_people_responsible_suggests_the_lead_and_keeps_what_was_typed(lead):
    html = browser_of(lead).get(at("people-responsible")).content.decode()
    assert 'value="Grace Bell"' in html
    sent = send(lead, at("people-responsible"), executive="", lead="Grace Bell", responsible_officer="Sam Oak")
    assert sent.status_code == 422
    assert "Enter the executive" in words_of(sent)
    assert 'value="Sam Oak"' in sent.content.decode()


def test_policy_wants_a_web_address_that_is_one(lead):
    sent = send(lead, at("policy"), title="Partners", link="somewhere", **day(dt.date(2027, 4, 1), "review_on"))
    assert sent.status_code == 422
    assert "Enter a web address that begins with https://" in words_of(sent)


def test_lengths_are_called_ours_until_the_organisation_says_its_own(lead, organisation):
    assert "We know of no national rule" in look(lead, at("lengths"))
    assert send(lead, at("lengths"), term_months=18, keep_interest_months=40).status_code == 422
    assert send(lead, at("lengths"), term_months=18, keep_interest_months=3).url == LOOK
    assert (queries.programme(organisation.pk).term_months, queries.programme(organisation.pk).keep_interest_months) == (18, 3)


@pytest.mark.parametrize("name", ["set-up", "people-responsible", "policy", "lengths", "wordings", "plan", "role-new", "task-new"])
def test_only_the_lead_sets_up(partner, name):
    assert browser_of(partner).get(at(name)).status_code == 403


def test_two_leads_who_correct_the_same_do_not_overwrite_each_other(lead, organisation):
    """The second is told, keeps what they typed, and may still put it in place of the first's."""
    client = browser_of(lead)
    opened = {path: hidden_of(client.get(path).content.decode()) for path in (at("lengths"), at("wording-change", "welcome"))}
    typed = {
        at("lengths"): {"term_months": 18, "keep_interest_months": 7},
        at("wording-change", "welcome"): {"subject": "Mine", "text": "Dear"},
    }
    assert send(lead, at("lengths"), term_months=30, keep_interest_months=3).status_code == 302
    assert send(lead, at("wording-change", "welcome"), subject="Theirs", text="Hello").status_code == 302
    for path, hidden in opened.items():
        late = client.post(path, {**hidden, **typed[path]})
        assert late.status_code == 422, path
        assert "Someone else changed this" in words_of(late)
        html = late.content.decode()
        assert all(str(value) in html for value in typed[path].values())
    assert queries.programme(organisation.pk).term_months == 30
    assert queries.texts(organisation.pk, "welcome").subject == "Theirs"
    for path, hidden in opened.items():
        late = client.post(path, {**hidden, **typed[path]})
        again = client.post(path, {**hidden_of(late.content.decode()), **typed[path]})
        assert again.status_code == 302
    assert queries.programme(organisation.pk).term_months == 18


# The plan


def test_an_empty_plan_offers_our_list_and_putting_it_in_twice_does_not_double_it(lead):
    assert "Start from our list" in look(lead, at("plan"))
    client = browser_of(lead)
    client.post(at("plan"))
    count = PlanItem.objects.count()
    assert client.post(at("plan")).status_code == 409
    assert PlanItem.objects.count() == count > 10
    text = look(lead, at("plan"))
    assert "30 minutes" in text
    assert "45 minutes" in text
    assert "Holds for 24 months" in text


ITEM = {"title": "Fire safety", "why": "So that you find the way out.", "kind": "induction", "owner_kind": "contact", "is_required": "yes"}


def test_an_item_is_added_changed_moved_closed_and_opened_again(lead):
    assert send(lead, at("plan-item-new"), **ITEM, due_in_days=14).url == at("plan")
    assert send(lead, at("plan-item-new"), **ITEM | {"title": "Meet the chair"}, due_in_days=14, valid_months=6).url == at("plan")
    first, second = PlanItem.objects.order_by("id")
    assert (first.valid_months, second.valid_months, first.is_required) == (None, 6, True)
    client = browser_of(lead)
    client.post(at("plan-item-move", second), {"up": "yes"})
    assert [item.title for item in programmes.plan(viewer_of(lead))[0]] == ["Meet the chair", "Fire safety"]
    client.post(at("plan-item-move", second), {"down": "yes"})
    html = client.get(at("plan-item", first)).content.decode()
    assert 'value="yes" checked' in html.replace(' type="radio"', "")
    hidden = hidden_of(html.rsplit("<form", 1)[0])  # the last form of the page is the one that closes the item
    changed = client.post(at("plan-item", first), {**ITEM, "is_required": "no", "due_in_days": 30, **hidden})
    assert changed.url == at("plan")
    client.post(at("plan-item", first), {"close": "yes"})
    first.refresh_from_db()
    assert (first.is_open, first.is_required, first.due_in_days) == (False, False, 30)
    assert "Not asked any more" in look(lead, at("plan"))
    client.post(at("plan-item", first), {"reopen": "yes"})
    first.refresh_from_db()
    assert first.is_open


def test_a_plan_item_needs_a_reason(lead):
    sent = send(lead, at("plan-item-new"), **ITEM | {"why": ""}, due_in_days=14)
    assert sent.status_code == 422
    assert "Enter why it is needed" in words_of(sent)


# Letters and agreements


def test_a_letter_is_read_changed_and_given_back(lead, organisation):
    page = at("wording", "welcome")
    text = look(lead, page)
    assert "Dear Sam Example" in text
    assert "Grace Bell, 01904 555 0100" in text
    assert "Go back to our words" not in text
    change = at("wording-change", "welcome")
    assert "[contact]" in look(lead, change)
    wrong = send(lead, change, subject="Hello", text="Dear [nmae]")
    assert wrong.status_code == 422
    assert "There is nothing to fill in for [nmae]." in words_of(wrong)
    assert "Dear [nmae]" in wrong.content.decode()
    assert send(lead, change, subject="Hello", text="Dear [name], <b>come in</b>").url == page
    assert "Dear Sam Example, <b>come in</b>" in look(lead, page)
    assert "Your words" in look(lead, at("wordings"))
    assert send(lead, page).url == page
    assert queries.texts(organisation.pk, "welcome").subject == "Welcome"


def test_there_is_no_letter_of_another_name(lead):
    look(lead, at("wording", "nothing"), status=404)


# Roles and task profiles


def test_a_role_is_written_with_our_words_read_and_used(lead, partner):
    html = browser_of(lead).get(at("role-new")).content.decode()
    assert "Ask the questions that nobody else asks." in html
    version = make.make_role(lead)
    assert "Investigate complaints." in look(partner, version.role.get_absolute_url())
    assert "Write the next version" not in look(partner, version.role.get_absolute_url())
    assert send(lead, at("role-write", version.role), **make.ROLE_WORDS | {"time": "A day a month."}).url == version.role.get_absolute_url()
    # The draft is not for others, and what is in use is as it was.
    assert "About four hours a month." in look(partner, version.role.get_absolute_url())
    look(partner, at("role-version", version.role, 2), status=404)
    assert "[taken out: About four hours end] [put in: A day end] a month." in look(lead, at("role-use", version.role))
    assert send(lead, at("role-use", version.role)).status_code == 302
    assert "A day a month." in look(partner, version.role.get_absolute_url())
    before = look(partner, at("role-version", version.role, 2))
    assert "What differs from version 1" in before
    assert "About four hours a month." in look(partner, at("role-version", version.role, 1))


def test_two_people_writing_do_not_overwrite_each_other(lead):
    role = make.make_role_draft(lead)
    client = browser_of(lead)
    seen = role.versions.get().turn
    commands.write_role(viewer_of(lead), role, words=make.ROLE_WORDS | {"time": "Theirs."})
    sent = client.post(at("role-write", role), {**make.ROLE_WORDS, "time": "Mine.", "turn": seen})
    assert sent.status_code == 422
    assert "Someone else changed this" in words_of(sent)
    assert "Mine." in sent.content.decode()
    # Seen and sent once more, it is taken.
    again = client.post(at("role-write", role), {**make.ROLE_WORDS, "time": "Mine.", "turn": seen + 1})
    assert again.status_code == 302
    assert role.versions.get().time == "Mine."


def test_a_draft_that_changed_since_it_was_read_is_not_used_unread(lead):
    role = make.make_role_draft(lead)
    client = browser_of(lead)
    seen = role.versions.get().turn
    commands.write_role(viewer_of(lead), role, words=make.ROLE_WORDS | {"payment": "Something else."})
    sent = client.post(at("role-use", role), {"turn": seen})
    assert sent.status_code == 422
    assert "Something else." in words_of(sent)
    assert role.versions.get().status == VersionStatus.DRAFT


def test_a_role_gets_another_name_and_goes_out_of_use(lead):
    version = make.make_role(lead)
    make.make_role(lead, title="Taken")
    assert send(lead, at("role-name", version.role), title="taken").status_code == 422
    assert send(lead, at("role-name", version.role), title="Safety partner").url == version.role.get_absolute_url()
    assert send(lead, at("role-stop", version.role)).url == version.role.get_absolute_url()
    assert RoleVersion.objects.get(pk=version.pk).status == VersionStatus.REPLACED
    look(lead, at("role-stop", version.role), status=409)
    assert "Not in use" in look(lead, at("roles"))


TASK = {key: value for key, value in make.TASK_WORDS.items() if key != "scoring"} | {"title": "Panel"}


def test_only_a_panel_is_asked_for_the_say_on_it(lead):
    missing = send(lead, at("task-new"), **TASK, kind="interview panel")
    assert missing.status_code == 422
    assert "Select what say a partner has on the panel" in words_of(missing)
    assert send(lead, at("task-new"), **TASK | {"title": "Seat"}, kind="committee seat", scoring="equal").status_code == 302
    assert send(lead, at("task-new"), **TASK, kind="interview panel", scoring="advisory").status_code == 302
    seat, panel = TaskProfile.objects.order_by("id")
    assert [task.versions.get().scoring for task in (seat, panel)] == ["", "advisory"]
    assert "Gives advice, does not score" in look(lead, panel.get_absolute_url())
    assert "Say on the panel" not in look(lead, at("task-write", seat))
    assert "Say on the panel" in look(lead, at("task-write", panel))
    written = send(lead, at("task-write", panel), **{key: TASK[key] for key in TASK if key != "title"} | {"level": 3, "scoring": "none"})
    assert written.status_code == 302
    assert panel.versions.get().level == 3
    assert send(lead, at("task-use", panel)).status_code == 302
    assert send(lead, at("task-name", panel), title="Staff panel").status_code == 302
    assert send(lead, at("task-stop", panel)).status_code == 302


def test_tasks_are_found_by_their_kind(lead, partner):
    make.make_task(lead)
    make.make_task(lead, title="Our panel", kind="interview panel", scoring="equal")
    make.make_task_draft(lead, title="Not yet")
    text = look(partner, f"{at('tasks')}?kind=interview+panel")
    assert "Our panel" in text
    assert "Safety committee" not in text
    assert "Not yet" not in look(partner, at("tasks"))
    assert "Being written" in look(lead, at("tasks"))


# In public


def test_everybody_reads_a_role_that_is_in_use(lead, organisation):
    version = make.make_role(lead, title="Safety partner", payment="We offer <b>a payment</b>.")
    page = reverse("website:role", args=[organisation.slug, version.role.code])
    text = words_of(Client().get(page))
    for heading in RoleVersion.WORDS.values():
        if str(heading) != "The role in short":
            assert str(heading) in text
    assert "We offer <b>a payment</b>." in text
    assert "patient participation group" in text
    assert "Grace Bell" in text
    assert "01904 555 0100" in text
    assert "Safety partner" in words_of(Client().get(reverse("website:partners", args=[organisation.slug])))


def test_nobody_reads_a_draft_or_another_organisations_role_there(lead, organisation):
    draft = make.make_role_draft(lead)
    other = Organisation.objects.create(name="Other", slug="other")
    version = make.make_role(lead, title="In use")
    assert Client().get(reverse("website:role", args=[organisation.slug, draft.code])).status_code == 404
    assert Client().get(reverse("website:role", args=[other.slug, version.role.code])).status_code == 404
    commands.stop_using_role(viewer_of(lead), version.role)
    assert Client().get(reverse("website:role", args=[organisation.slug, version.role.code])).status_code == 404
    assert "The role here" not in words_of(Client().get(reverse("website:partners", args=[organisation.slug])))
