"""Every field says how private it is, every table how long it is kept and how it is forgotten; events hold nothing private."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import models

from safety_partners.core.command import COMMANDS, command
from safety_partners.core.models import Record
from safety_partners.core.page import is_anyone
from safety_partners.core.privacy import PRIVATE, Kind, Privacy
from safety_partners.core.viewer import Viewer
from safety_partners.insights.models import Insight, PassingOn, Response
from safety_partners.people.models import Membership, User
from tests.guards.source import import_everything, our_models

# Here and not in a test: what a test lets register itself ends with it.
import_everything()
MODELS = our_models()
PEOPLE = (User, Membership)

# What every record has, or Django itself: told once here instead of in every table.
COMMON = {"id", "code", "made_at", "last_login", "turn"}
# Short texts of the organisation's own about no person, which an event may keep; a "rule" is read as one by a machine before it is kept.
SHORT_AND_OURS = {"checksum", "label", "rule"}
# A table between two others holds nothing but the two.
TELLING = (models.CharField, models.TextField, models.FileField, models.JSONField, models.BinaryField, models.UUIDField)


def must_be_named(field: models.Field) -> bool:
    """Say whether a field must have its class written down: what can hold words, files or JSON, and links to people."""
    if field.name in COMMON:
        return False
    if field.is_relation:
        return issubclass(field.related_model, PEOPLE)
    if field.name.endswith("membership_id") or field.name.endswith("user_id"):
        return True
    return isinstance(field, TELLING) and not field.choices


def faults(model: type[models.Model]) -> Iterator[str]:
    """What a table does not say about its privacy, in words."""
    privacy = model.__dict__.get("privacy")
    if not isinstance(privacy, Privacy):
        yield "says nothing about privacy"
        return
    if not str(privacy.keep).strip() or not str(privacy.forget).strip():
        yield "does not say how long it is kept or how it is forgotten"
    names = {field.name for field in model._meta.get_fields() if field.concrete}
    yield from (f"{name} has no class" for name in sorted(names - set(privacy.fields)) if must_be_named(model._meta.get_field(name)))
    yield from (f"{name} has a class and does not exist" for name in sorted(set(privacy.fields) - names))
    yield from (f"{name} has a class that is none" for name, kind in privacy.fields.items() if not isinstance(kind, Kind))


def private_fields(*models_looked_at: type[models.Model]) -> set[str]:
    """The names of private fields."""
    return {name for model in models_looked_at for name, kind in model.privacy.fields.items() if kind in PRIVATE}


def is_free_text(field: models.Field) -> bool:
    """Say whether anybody may type anything into a field, so that a name may stand in it, whatever its class."""
    return isinstance(field, models.TextField | models.CharField) and not field.choices and field.name not in SHORT_AND_OURS


def result_of(run: Callable[..., Any]) -> type[models.Model] | None:
    """The table whose record a command returns."""
    result = typing.get_type_hints(inspect.unwrap(run)).get("return")
    return result if result in MODELS else None


def told_by_events(run: Callable[..., Any], app: str) -> set[str]:
    """The details of a command that an event must not keep: private, free text, or the name of nothing.

    A detail is a keyword, which may be kept in any table of the command's app, or a field of the command's result.
    """
    keywords, result = set(inspect.signature(run).parameters), result_of(run)
    here = [model for model in MODELS if model._meta.app_label == app]
    wrong = set()
    for detail in run.details:
        own = [field for field in result._meta.fields if field.name == detail] if result else []
        others = [field for model in here for field in model._meta.fields if field.name == detail]
        is_private = detail in private_fields(*([result] if result else []), *(here if detail in keywords or not result else []))
        # The field of the result says what a keyword of its name is; otherwise any table of the app may.
        if is_private or any(is_free_text(field) for field in own or others) or not (own or detail in keywords):
            wrong.add(detail)
    return wrong


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_has_a_privacy_class_and_every_table_a_retention_rule(model):
    assert list(faults(model)) == []


def test_there_are_tables_and_private_fields():
    assert len(MODELS) >= 20
    assert {"words", "email", "password"} <= private_fields(*MODELS)


def test_every_record_is_a_sentence_long():
    """One sentence of meaning on each table."""
    assert [
        model._meta.label for model in MODELS if not (model.__doc__ or "").strip() or model.__doc__.startswith(f"{model.__name__}(")
    ] == []


def test_events_keep_nothing_private_and_no_free_text():
    ours = {name: run for name, run in COMMANDS.items() if run.__module__.startswith("safety_partners.")}
    assert sum(bool(run.details) for run in ours.values()) >= 10
    told = {name: told_by_events(run, name.split(".")[0]) for name, run in ours.items()}
    assert {name: fields for name, fields in told.items() if fields} == {}


def test_the_guard_sees_what_is_not_said(monkeypatch):
    monkeypatch.setattr(Membership, "privacy", Privacy(keep="x", forget=" ", fields={"colour": Kind.WORK, "phone": "secret"}))
    assert {"does not say how long it is kept or how it is forgotten", "colour has a class and does not exist"} <= set(faults(Membership))
    assert {"postal_address has no class", "user has no class", "phone has a class that is none"} <= set(faults(Membership))

    class Silent(Record):
        class Meta:
            app_label = "core"
            abstract = True

    assert list(faults(Silent)) == ["says nothing about privacy"]


def test_the_guard_sees_words_in_an_event():
    @command(allow=is_anyone, details=("job_title", "phone", "ended_on"))
    def tell_too_much(viewer: Viewer, /, *, phone: str) -> Membership: ...

    assert told_by_events(tell_too_much, "people") == {"job_title", "phone"}
    assert told_by_events(tell_too_much, "home") == {"job_title", "phone"}


def test_the_guard_sees_where_words_were_passed_on():
    """That somebody's words went to safeguarding is theirs: as a keyword, and as a field of what is returned."""

    @command(allow=is_anyone, details=("channel",))
    def ask(viewer: Viewer, insight: Insight, /, *, channel: str) -> Insight: ...

    @command(allow=is_anyone, details=("channel", "done_by"))
    def done(viewer: Viewer, passing_on: PassingOn, /, *, note: str) -> PassingOn: ...

    assert told_by_events(ask, "insights") == {"channel"}
    assert told_by_events(done, "insights") == {"channel", "done_by"}


def test_the_guard_sees_free_text_and_the_name_of_nothing():
    @command(allow=is_anyone, details=("note", "outcome", "text", "colour_of_it"))
    def tell(viewer: Viewer, /, *, note: str, outcome: str) -> Response: ...

    assert told_by_events(tell, "insights") == {"note", "text", "colour_of_it"}
