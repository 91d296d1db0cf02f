"""The product's words for letters and agreements, and what differs between two versions of a role."""

from __future__ import annotations

import pytest

from safety_partners.partners import commands, public, queries
from safety_partners.partners.models import RoleDescription, RoleVersion, TaskProfile, TaskVersion, Template
from safety_partners.partners.queries import describing, wordings
from safety_partners.people.models import Role
from tests.factories import partners as make
from tests.factories.people import make_member, make_organisation, viewer_of

pytestmark = pytest.mark.django_db
Purpose = Template.Purpose
GIVEN = {"name": "Zoë [role] O’Neill", "role": "Patient Safety Partner", "when": "Monday at 2pm", "where": "By phone"}


@pytest.fixture
def lead():
    return make_member(make_organisation(contact_name="Grace Bell", contact_phone="01904 555 0100"), Role.LEAD)


@pytest.mark.parametrize("purpose", Purpose)
def test_the_product_has_words_for_every_purpose(lead, purpose):
    words = queries.texts(lead.organisation_id, purpose)
    assert words.subject
    assert "\n" not in words.subject
    assert len(words.text.split("\n\n")) >= 4
    assert "&" not in words.text
    assert wordings.unknown_brackets(purpose, words.subject + words.text) == []
    assert "[contact]" in words.text


@pytest.mark.parametrize("purpose", Purpose)
def test_the_products_words_are_of_no_job_and_no_money(purpose):
    said = " ".join(wordings.product_words(purpose)).lower()
    for word in ("£", "volunteer", "wage", "salary", "shift", "line manager", "employee", "performance"):
        assert word not in said


@pytest.mark.parametrize("purpose", Purpose)
def test_nothing_goes_out_with_a_bracket_in_it_but_a_name_stays_as_it_is(lead, purpose):
    words = queries.filled(lead.organisation, purpose, **GIVEN)
    assert "[" not in (words.subject + words.text).replace("Zoë [role] O’Neill", "")
    assert "Grace Bell, 01904 555 0100" in words.text
    assert "Zoë [role] O’Neill" in words.text


def test_filled_wants_everything_that_may_stand_in_brackets(lead):
    with pytest.raises(KeyError):
        queries.filled(lead.organisation, Purpose.MEETING, name="Sam", role="Partner")


def test_filled_names_the_contact_that_is_given(lead):
    assert "Ben, 01" in queries.filled(lead.organisation, Purpose.WELCOME, name="Sam", role="Partner", contact="Ben, 01").text


def test_without_a_contact_the_organisation_is_named():
    organisation = make_organisation(name="Harbour Lane")
    assert "ask: Harbour Lane." in queries.filled(organisation, Purpose.WELCOME, name="Sam", role="Partner").text


def test_words_of_one_organisation_are_not_anothers(lead):
    commands.change_words(viewer_of(lead), lead.organisation, purpose="welcome", subject="Ours", text="Ours")
    other = make_member(None, Role.LEAD)
    assert queries.texts(other.organisation_id, "welcome").subject == "Welcome"
    assert [row.is_own for row in wordings.overview(viewer_of(other))] == [False] * len(Purpose)
    assert [row.purpose for row in wordings.overview(viewer_of(lead)) if row.is_own] == [Purpose.WELCOME]


# Who sees which versions


@pytest.fixture
def described(lead):
    """A role and a task in use with a draft of the next, and of each one that is only a draft."""
    viewer = viewer_of(lead)
    role, task = make.make_role(lead), make.make_task(lead)
    commands.write_role(viewer, role.role, words=make.ROLE_WORDS | {"time": "A day a month."})
    commands.write_task(viewer, task.task, words=make.TASK_WORDS)
    return role, task, make.make_role_draft(lead, title="Another"), make.make_task_draft(lead, title="Another")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.LEAD])
def test_drafts_are_the_leads(lead, described, role):
    version, task, *_drafts = described
    viewer = viewer_of(make_member(lead.organisation, role))
    assert list(RoleDescription.objects.visible_to(viewer)) == [version.role]
    assert list(TaskProfile.objects.visible_to(viewer)) == [task.task]
    assert list(RoleVersion.objects.visible_to(viewer)) == [version]
    assert list(TaskVersion.objects.visible_to(viewer)) == [task]
    assert describing.whole(viewer, version.role).draft is None
    assert RoleDescription.objects.visible_to(viewer_of(lead)).count() == 2
    assert describing.whole(viewer_of(lead), version.role).draft.number == 2


def test_nobody_sees_another_organisations(described):
    viewer = viewer_of(make_member(None, Role.LEAD))
    for model in (RoleDescription, RoleVersion, TaskProfile, TaskVersion):
        assert not model.objects.visible_to(viewer).exists()
    assert describing.role_versions_in_use(viewer) == []


def test_lists_say_what_is_in_use_and_what_is_being_written(lead, described):
    rows = {row.title: (row.number, row.has_draft) for row in describing.roles(viewer_of(lead))}
    assert rows == {"Patient Safety Partner": (1, True), "Another": (None, True)}
    assert describing.role_versions_in_use(viewer_of(lead)) == [described[0]]


def test_the_public_sees_what_is_in_use_only(lead, described):
    version = described[0]
    assert public.roles(lead.organisation_id) == [version]
    assert public.role(lead.organisation_id, described[2].code) is None
    assert public.role(make_organisation().pk, version.role.code) is None
    assert public.words(version)["does"].points == ["Take part in meetings.", "Read policies before they are finished."]
    commands.stop_using_role(viewer_of(lead), version.role)
    assert public.role(lead.organisation_id, version.role.code) is None


# What differs


def test_differences_go_word_by_word_and_only_where_there_are_any(lead, described):
    version = described[0]
    draft = describing.whole(viewer_of(lead), version.role).draft
    assert describing.differences(version, version) == []
    (found,) = describing.differences(version, draft)
    assert str(found.heading) == "Time"
    assert [tuple(part) for part in found.parts] == [("gone", "About four hours "), ("new", "A day "), ("same", "a month.")]


def test_a_line_more_is_a_line_more(lead):
    viewer = viewer_of(lead)
    first = make.make_role(lead)
    second = commands.write_role(viewer, first.role, words=make.ROLE_WORDS | {"does": f"{make.ROLE_WORDS['does']}\nAsk questions."})
    (found,) = describing.differences(first, second)
    assert [tuple(part) for part in found.parts] == [("same", f"{make.ROLE_WORDS['does']}\n"), ("new", "Ask questions.")]


def test_a_choice_differs_as_a_whole(lead):
    viewer = viewer_of(lead)
    first = make.make_task(lead)
    second = commands.write_task(viewer, first.task, words=make.TASK_WORDS | {"level": 3})
    (found,) = describing.differences(first, second)
    assert [tuple(part) for part in found.parts] == [
        ("gone", "4: helps to decide, such as a committee"),
        ("new", "3: a working group"),
    ]


def test_what_a_version_leaves_empty_is_not_shown(lead):
    version = make.make_role(lead, responsible_to="")
    assert [one.name for one in describing.lines(version)] == [name for name in RoleVersion.WORDS if name != "responsible_to"]
    assert "scoring" not in [one.name for one in describing.lines(make.make_task(lead))]
