"""Roles and task profiles: a draft, in use, replaced; what was in use never changes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from safety_partners.core.clock import today
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Event
from safety_partners.core.policy import Refused
from safety_partners.partners import commands
from safety_partners.partners.models import RoleVersion, TaskProfile, VersionStatus
from safety_partners.people.models import Role
from tests.factories import partners as make
from tests.factories.people import make_member, make_organisation, viewer_of

pytestmark = pytest.mark.django_db
Status = VersionStatus


@pytest.fixture
def lead():
    return make_member(make_organisation(), Role.LEAD)


@pytest.fixture
def viewer(lead):
    return viewer_of(lead)


def statuses(described):
    return dict(described.versions.values_list("number", "status"))


def test_describe_role_makes_a_draft_with_every_word(viewer):
    role = commands.describe_role(viewer, title="  Safety   Partner ", words=make.ROLE_WORDS)
    draft = role.versions.get()
    assert role.title == "Safety Partner"
    assert (draft.number, draft.status, draft.in_use_from) == (1, Status.DRAFT, None)
    assert {name: getattr(draft, name) for name in RoleVersion.WORDS} == make.ROLE_WORDS


@pytest.mark.parametrize("name", ["summary", "does", "does_not", "time", "term", "payment", "expenses", "support", "not_asked"])
def test_describe_role_asks_for_everything_that_people_are_promised(viewer, name):
    with pytest.raises(NotPossible) as trouble:
        commands.describe_role(viewer, title="Partner", words=make.ROLE_WORDS | {name: " "})
    assert trouble.value.field == name


def test_describe_role_lets_out_who_it_answers_to(viewer):
    words = make.ROLE_WORDS | {"responsible_to": "", "accountable_to": ""}
    assert commands.describe_role(viewer, title="Partner", words=words).versions.get().responsible_to == ""


@pytest.mark.parametrize("title", ["patient safety partner", " "])
def test_describe_role_wants_a_name_of_its_own(lead, viewer, title):
    make.make_role(lead)
    with pytest.raises(NotPossible) as trouble:
        commands.describe_role(viewer, title=title, words=make.ROLE_WORDS)
    assert trouble.value.field == "title"


def test_another_organisation_may_use_the_same_name(lead):
    make.make_role(lead)
    assert make.make_role(make_member(None, Role.LEAD)).role.title == "Patient Safety Partner"


def test_write_role_begins_the_next_version_and_leaves_the_one_in_use(lead, viewer):
    first = make.make_role(lead)
    second = commands.write_role(viewer, first.role, words=make.ROLE_WORDS | {"time": "A day a month."})
    first.refresh_from_db()
    assert first.time == "About four hours a month."
    assert statuses(first.role) == {1: Status.IN_USE, 2: Status.DRAFT}
    assert second.time == "A day a month."


def test_write_role_writes_the_draft_again(lead, viewer):
    role = make.make_role_draft(lead)
    draft = role.versions.get()
    commands.write_role(viewer, role, words=make.ROLE_WORDS | {"time": "A day."}, turn=draft.turn)
    assert role.versions.get().time == "A day."


def test_write_role_does_not_overwrite_what_somebody_else_wrote_meanwhile(lead, viewer):
    role = make.make_role_draft(lead)
    seen = role.versions.get().turn
    commands.write_role(viewer, role, words=make.ROLE_WORDS | {"time": "Theirs."}, turn=seen)
    with pytest.raises(Overtaken):
        commands.write_role(viewer, role, words=make.ROLE_WORDS | {"time": "Mine."}, turn=seen)
    assert role.versions.get().time == "Theirs."


def test_bring_role_into_use_replaces_the_one_before_which_stays_readable(lead, viewer):
    first = make.make_role(lead)
    second = commands.write_role(viewer, first.role, words=make.ROLE_WORDS | {"time": "A day."})
    commands.bring_role_into_use(viewer, second)
    first.refresh_from_db()
    assert statuses(first.role) == {1: Status.REPLACED, 2: Status.IN_USE}
    assert (first.time, first.in_use_from, second.in_use_from) == ("About four hours a month.", today(), today())
    event = Event.objects.latest("id")
    assert (event.verb, event.details, event.root_id) == ("partners.bring_role_into_use", {"number": 2}, first.role.pk)


def test_bring_role_into_use_wants_the_draft_that_was_read(lead, viewer):
    role = make.make_role_draft(lead)
    draft = role.versions.get()
    seen = draft.turn
    commands.write_role(viewer, role, words=make.ROLE_WORDS, turn=seen)
    with pytest.raises(Overtaken):
        commands.bring_role_into_use(viewer, draft, turn=seen)
    with pytest.raises(Overtaken):
        commands.bring_role_into_use(viewer, make.make_role(lead, title="Other"))


def test_a_race_for_use_leaves_one_version_in_use(lead):
    first = make.make_role(lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleVersion.objects.create(role=first.role, number=2, status=Status.IN_USE, in_use_from=today(), **make.ROLE_WORDS)


def test_a_version_in_use_knows_since_when(lead):
    role = make.make_role_draft(lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        role.versions.update(in_use_from=dt.date(2026, 1, 1))


def test_stop_using_role_takes_it_out_of_use_once(lead, viewer):
    version = make.make_role(lead)
    commands.stop_using_role(viewer, version.role)
    assert statuses(version.role) == {1: Status.REPLACED}
    with pytest.raises(NotPossible):
        commands.stop_using_role(viewer, version.role)


def test_rename_role_keeps_its_words(lead, viewer):
    version = make.make_role(lead)
    commands.rename_role(viewer, version.role, title="PATIENT safety partner")
    version.refresh_from_db()
    assert (version.role.title, version.status) == ("PATIENT safety partner", Status.IN_USE)


def test_only_a_panel_has_a_say_in_the_scoring(lead, viewer):
    panel = make.make_task(lead, title="Panel", kind=TaskProfile.Kind.PANEL, scoring="equal")
    assert panel.scoring == "equal"
    for kind, scoring in ((TaskProfile.Kind.PANEL, ""), (TaskProfile.Kind.COMMITTEE, "advisory")):
        with pytest.raises(NotPossible) as trouble:
            commands.describe_task(viewer, title=f"Task {kind}", kind=kind, words=make.TASK_WORDS | {"scoring": scoring})
        assert trouble.value.field == "scoring"
    with pytest.raises(NotPossible):
        commands.write_task(viewer, panel.task, words=make.TASK_WORDS)


def test_a_task_goes_the_same_way(lead, viewer):
    first = make.make_task(lead)
    second = commands.write_task(viewer, first.task, words=make.TASK_WORDS | {"level": 3})
    commands.write_task(viewer, first.task, words=make.TASK_WORDS | {"level": 2}, turn=second.turn)
    second.refresh_from_db()
    commands.bring_task_into_use(viewer, second)
    assert second.get_level_display() == "2: a single workshop or focus group"
    assert statuses(first.task) == {1: Status.REPLACED, 2: Status.IN_USE}
    commands.rename_task(viewer, first.task, title="Board")
    commands.stop_using_task(viewer, first.task)
    assert statuses(first.task) == {1: Status.REPLACED, 2: Status.REPLACED}
    with pytest.raises(NotPossible):
        commands.stop_using_task(viewer, first.task)


def test_a_form_sent_twice_makes_one_role(viewer):
    key = "0b6f2f6e-3d0a-4d0c-9a44-0c1fd9a3b111"
    one = commands.describe_role(viewer, title="Partner", words=make.ROLE_WORDS, submission_key=key)
    two = commands.describe_role(viewer, title="Partner", words=make.ROLE_WORDS, submission_key=key)
    assert one == two


@pytest.mark.parametrize("role", [role for role in Role if role != Role.LEAD])
def test_only_the_lead_describes(role):
    member = make_member(None, role)
    viewer = viewer_of(member)
    with pytest.raises(Refused):
        commands.describe_role(viewer, title="Partner", words=make.ROLE_WORDS)
    with pytest.raises(Refused):
        commands.describe_task(viewer, title="Seat", kind="committee seat", words=make.TASK_WORDS)


def test_another_organisations_lead_may_change_nothing(lead):
    version, task = make.make_role(lead), make.make_task(lead)
    other = viewer_of(make_member(None, Role.LEAD))
    for run in (
        lambda: commands.write_role(other, version.role, words=make.ROLE_WORDS),
        lambda: commands.bring_role_into_use(other, version),
        lambda: commands.stop_using_role(other, version.role),
        lambda: commands.rename_role(other, version.role, title="Ours"),
        lambda: commands.write_task(other, task.task, words=make.TASK_WORDS),
        lambda: commands.bring_task_into_use(other, task),
        lambda: commands.stop_using_task(other, task.task),
        lambda: commands.rename_task(other, task.task, title="Ours"),
    ):
        with pytest.raises(Refused):
            run()
