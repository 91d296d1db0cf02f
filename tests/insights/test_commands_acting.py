"""What somebody will do by a day: agreed, done with evidence, given up, put off."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Message, StoredFile
from safety_partners.core.policy import Refused
from safety_partners.core.working_days import today
from safety_partners.insights import commands
from safety_partners.insights.models import Action, Insight
from safety_partners.people.models import Role
from tests.factories import insights as make
from tests.factories.people import make_member, viewer_of
from tests.insights.cast import make_cast, told

pytestmark = pytest.mark.django_db
SOON = today() + dt.timedelta(days=14)


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def action(cast):
    insight = make.make_answered(cast.partner, cast.lead, cast.owner).insight
    return commands.agree_action(viewer_of(cast.lead), insight, text="Print the number", owner=cast.colleague, due_on=SOON)


def picture(kind: str = "PNG") -> bytes:
    beginnings = {"PNG": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "JPEG": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01", "GIF": b"GIF89a"}
    return beginnings[kind] + bytes(40)


def word(*, with_program=False) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
        if with_program:
            archive.writestr("word/vbaProject.bin", b"x")
    return content.getvalue()


def archive_of_nothing() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a.txt", "x")
    return content.getvalue()


def test_an_agreed_action_is_told_to_its_owner_alone(cast, action):
    assert told(cast.colleague) == ["action_given"]
    assert "action_given" not in told(cast.partner)
    assert Message.objects.get(template="insights/action_given").about_code == action.code


def test_an_action_for_oneself_is_not_told(cast, action):
    commands.agree_action(viewer_of(cast.owner), action.insight, text="x", owner=cast.owner, due_on=today())
    assert "action_given" not in told(cast.owner)


def test_an_action_needs_words_a_day_to_come_and_staff_of_here(cast, action):
    left = make_member(cast.organisation, Role.STAFF, ended_on=today())
    wrongs = [
        ({"text": "  "}, "text"),
        ({"due_on": today() - dt.timedelta(days=1)}, "due_on"),
        ({"owner": make_member(None, Role.STAFF)}, "owner"),
        ({"owner": cast.partner}, "owner"),
        ({"owner": left}, "owner"),
    ]
    for wrong, field in wrongs:
        with pytest.raises(NotPossible) as trouble:
            commands.agree_action(viewer_of(cast.lead), action.insight, **{"text": "x", "owner": cast.owner, "due_on": SOON, **wrong})
        assert trouble.value.field == field
    assert Action.objects.count() == 1


def test_no_action_without_words(cast, action):
    commands.withdraw(viewer_of(cast.partner), action.insight)
    with pytest.raises(NotPossible):
        commands.agree_action(viewer_of(cast.lead), action.insight, text="x", owner=cast.owner, due_on=SOON)


def test_only_lead_and_owner_agree_actions(cast, action):
    for other in (cast.colleague, cast.partner, make_member(None, Role.LEAD)):
        with pytest.raises(Refused):
            commands.agree_action(viewer_of(other), action.insight, text="x", owner=cast.owner, due_on=SOON)


def test_done_needs_evidence_tells_the_person_and_leaves_the_insight_open(cast, action):
    for evidence in ("", " \n"):
        with pytest.raises(NotPossible) as trouble:
            commands.complete_action(viewer_of(cast.colleague), action, evidence=evidence)
        assert trouble.value.field == "evidence"
    commands.complete_action(viewer_of(cast.colleague), action, evidence="All sheets reprinted.")
    action.refresh_from_db()
    assert (action.status, action.evidence, action.ended_at is not None) == ("done", "All sheets reprinted.", True)
    assert told(cast.partner)[-1] == "action_done"
    assert Insight.objects.get().status == Insight.Status.ANSWERED


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("sheet.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "application/pdf"),
        ("photo.png", picture(), "image/png"),
        ("photo.JPG", picture("JPEG"), "image/jpeg"),
        ("photo.jpeg", picture("JPEG"), "image/jpeg"),
        ("minutes.docx", word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_a_file_is_kept_under_its_real_type(cast, action, name, content, content_type):
    upload = SimpleUploadedFile(name, content, content_type="text/html")
    commands.complete_action(viewer_of(cast.colleague), action, evidence="See the file.", evidence_file=upload)
    action.refresh_from_db()
    assert action.evidence_file.content_type == content_type
    assert action.evidence_file.organisation_id == cast.organisation.pk
    with storages["private"].open(action.evidence_file.path) as kept:
        assert kept.read() == content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("sheet.pdf", b"MZ\x90\x00 a program"),
        ("sheet.pdf", b"<html><script>alert(1)</script>"),
        ("photo.png", picture("JPEG")),
        ("photo.gif", picture("GIF")),
        ("notes.txt", b"just words"),
        ("empty.pdf", b""),
        ("minutes.docx", archive_of_nothing()),
        ("minutes.docx", word(with_program=True)),
        ("minutes.docx", b"PK\x03\x04 broken"),
        ("sheet", b"%PDF-1.7"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_is_half_kept(cast, action, name, content):
    upload = SimpleUploadedFile(name, content)
    with pytest.raises(NotPossible) as trouble:
        commands.complete_action(viewer_of(cast.colleague), action, evidence="See the file.", evidence_file=upload)
    assert trouble.value.field == "evidence_file"
    action.refresh_from_db()
    assert (action.status, action.evidence_file) == ("to do", None)
    assert not StoredFile.objects.exists()
    assert "action_done" not in told(cast.partner)


def test_a_file_that_is_too_large_is_refused(cast, action):
    upload = SimpleUploadedFile("sheet.pdf", b"%PDF-1.7" + b" " * (10 * 1024 * 1024))
    with pytest.raises(NotPossible, match="10MB"):
        commands.complete_action(viewer_of(cast.colleague), action, evidence="See the file.", evidence_file=upload)


def test_giving_up_needs_a_reason_and_tells_the_person(cast, action):
    with pytest.raises(NotPossible):
        commands.give_up_action(viewer_of(cast.colleague), action, reason=" ")
    commands.give_up_action(viewer_of(cast.colleague), action, reason="The printer was sold.")
    action.refresh_from_db()
    assert (action.status, action.reason) == ("not done", "The printer was sold.")
    assert "The printer was sold." in Message.objects.get(template="insights/action_given_up").text


def test_putting_off_needs_a_reason_and_another_day_to_come(cast, action):
    later = SOON + dt.timedelta(days=7)
    for wrong, field in (
        ({"reason": ""}, "reason"),
        ({"due_on": today() - dt.timedelta(days=1)}, "due_on"),
        ({"due_on": SOON}, "due_on"),
    ):
        with pytest.raises(NotPossible) as trouble:
            commands.put_off_action(viewer_of(cast.colleague), action, **{"due_on": later, "reason": "Late paper.", **wrong})
        assert trouble.value.field == field
    commands.put_off_action(viewer_of(cast.colleague), action, due_on=later, reason="Late paper.")
    action.refresh_from_db()
    assert (action.status, action.due_on, action.reason) == ("to do", later, "Late paper.")
    assert told(cast.partner)[-1] == "action_put_off"


def test_an_action_ends_once_and_nobody_overwrites_what_another_said(cast, action):
    twin = Action.objects.get(pk=action.pk)
    turn = action.turn
    commands.put_off_action(viewer_of(cast.lead), action, due_on=SOON + dt.timedelta(days=1), reason="One.", turn=turn)
    with pytest.raises(Overtaken):
        commands.put_off_action(viewer_of(cast.colleague), twin, due_on=SOON + dt.timedelta(days=2), reason="Two.", turn=turn)
    with pytest.raises(Overtaken):
        commands.complete_action(viewer_of(cast.colleague), twin, evidence="x", turn=turn)
    commands.complete_action(viewer_of(cast.colleague), Action.objects.get(), evidence="Done.")
    for command, given in ((commands.give_up_action, {"reason": "x"}), (commands.complete_action, {"evidence": "x"})):
        with pytest.raises(Overtaken):
            command(viewer_of(cast.lead), twin, **given)
    assert Action.objects.get().evidence == "Done."


def test_only_its_owner_and_the_lead_work_on_an_action(cast, action):
    for other in (cast.owner, cast.partner, make_member(None, Role.LEAD)):
        with pytest.raises(Refused):
            commands.complete_action(viewer_of(other), action, evidence="x")


def test_nobody_who_took_their_words_back_is_told_of_actions(cast, action):
    commands.withdraw(viewer_of(cast.partner), action.insight)
    before = told(cast.partner)
    commands.complete_action(viewer_of(cast.colleague), action, evidence="Done.")
    assert told(cast.partner) == before


@pytest.mark.parametrize("fields", [{"status": "done"}, {"status": "not done"}])
def test_the_database_lets_no_action_end_without_words(cast, action, fields):
    with pytest.raises(IntegrityError, match="action_ends_with_evidence_or_reason"), transaction.atomic():
        Action.objects.update(**fields, ended_at=action.made_at)


def test_who_is_given_an_action_sees_the_action_and_not_the_words(cast, action):
    viewer = viewer_of(cast.colleague)
    assert Action.objects.visible_to(viewer).get() == action
    assert not Insight.objects.visible_to(viewer).exists()
