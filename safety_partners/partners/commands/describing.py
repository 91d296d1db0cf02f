"""Roles and task profiles: a draft is written, brought into use, and replaced by the next; what was in use never changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Max
from django.utils.translation import gettext as _

from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.partners import policies
from safety_partners.partners.models import RoleDescription, RoleVersion, TaskProfile, TaskVersion, VersionStatus
from safety_partners.people.commands.persons import tidy_name

Described = TypeVar("Described", RoleDescription, TaskProfile)
Version = TypeVar("Version", RoleVersion, TaskVersion)

MAY_BE_LEFT_OUT = {"responsible_to", "accountable_to", "scoring"}


@command(allow=policies.may_run_programme)
def describe_role(viewer: Viewer, /, *, title: str, words: Mapping[str, Any]) -> RoleDescription:
    """Describe a role that partners have here; its first version is a draft."""
    role = RoleDescription(organisation_id=viewer.organisation_id)
    _entitle(role, title)
    RoleVersion.objects.create(role=role, number=1, **_checked(RoleVersion, words))
    return role


@command(allow=policies.may_look_after_programme)
def write_role(viewer: Viewer, role: RoleDescription, /, *, words: Mapping[str, Any], turn: int | None = None) -> RoleVersion:
    """Write the draft of a role again, or begin the next version; what is in use stays as it is meanwhile."""
    checked = _checked(RoleVersion, words)
    draft = role.versions.filter(status=VersionStatus.DRAFT).first()
    if draft is None:
        return RoleVersion.objects.create(role=role, number=_next_number(role), **checked)
    return _rewrite(draft, checked, turn)


@command(allow=policies.may_look_after_programme, details=("number",))
def bring_role_into_use(viewer: Viewer, version: RoleVersion, /, *, turn: int | None = None) -> RoleVersion:
    """Use a draft from today, in public too; the version before stays readable as replaced."""
    _replace(version.role)
    RoleVersion.lifecycle.move(version, "bring_into_use", turn=turn, in_use_from=today())
    return version


@command(allow=policies.may_look_after_programme)
def stop_using_role(viewer: Viewer, role: RoleDescription, /) -> RoleDescription:
    """Take a role out of use without another version: it is no longer public, and nobody new is asked to do it."""
    if not _replace(role):
        raise NotPossible(_("This role is not in use."))
    return role


@command(allow=policies.may_look_after_programme)
def rename_role(viewer: Viewer, role: RoleDescription, /, *, title: str) -> RoleDescription:
    """Give a role another name, wherever it is shown."""
    _entitle(role, title)
    return role


@command(allow=policies.may_run_programme, details=("kind",))
def describe_task(viewer: Viewer, /, *, title: str, kind: str, words: Mapping[str, Any]) -> TaskProfile:
    """Describe something that partners are asked to do again and again; its first version is a draft."""
    task = TaskProfile(organisation_id=viewer.organisation_id, kind=kind)
    _entitle(task, title)
    TaskVersion.objects.create(task=task, number=1, **_checked_task(task, words))
    return task


@command(allow=policies.may_look_after_programme)
def write_task(viewer: Viewer, task: TaskProfile, /, *, words: Mapping[str, Any], turn: int | None = None) -> TaskVersion:
    """Write the draft of a task profile again, or begin the next version."""
    checked = _checked_task(task, words)
    draft = task.versions.filter(status=VersionStatus.DRAFT).first()
    if draft is None:
        return TaskVersion.objects.create(task=task, number=_next_number(task), **checked)
    return _rewrite(draft, checked, turn)


@command(allow=policies.may_look_after_programme, details=("number",))
def bring_task_into_use(viewer: Viewer, version: TaskVersion, /, *, turn: int | None = None) -> TaskVersion:
    """Use a draft from today; the version before stays readable as replaced."""
    _replace(version.task)
    TaskVersion.lifecycle.move(version, "bring_into_use", turn=turn, in_use_from=today())
    return version


@command(allow=policies.may_look_after_programme)
def stop_using_task(viewer: Viewer, task: TaskProfile, /) -> TaskProfile:
    """Take a task profile out of use without another version."""
    if not _replace(task):
        raise NotPossible(_("This task profile is not in use."))
    return task


@command(allow=policies.may_look_after_programme)
def rename_task(viewer: Viewer, task: TaskProfile, /, *, title: str) -> TaskProfile:
    """Give a task profile another name."""
    _entitle(task, title)
    return task


def _entitle(described: RoleDescription | TaskProfile, title: str) -> None:
    described.title = tidy_name(title)
    if not described.title:
        raise NotPossible(_("Enter a name."), field="title")
    others = type(described).objects.filter(organisation_id=described.organisation_id, title__iexact=described.title)
    # The constraint of the database decides a race; this gives the words.
    if others.exclude(pk=described.pk).exists():
        raise NotPossible(_("There is one with this name already."), field="title")
    described.save()


def _checked(model: type[RoleVersion] | type[TaskVersion], words: Mapping[str, Any]) -> dict[str, Any]:
    """The words of a version, every one that must be there."""
    for name, heading in model.WORDS.items():
        if name not in MAY_BE_LEFT_OUT and not str(words.get(name) or "").strip():
            raise NotPossible(_("Say something under “%(heading)s”.") % {"heading": heading}, field=name)
    return {name: words.get(name) or "" for name in model.WORDS}


def _checked_task(task: TaskProfile, words: Mapping[str, Any]) -> dict[str, Any]:
    checked = _checked(TaskVersion, words)
    is_panel = task.kind == TaskProfile.Kind.PANEL
    if is_panel and not checked["scoring"]:
        raise NotPossible(_("Say what say the partner has on the panel."), field="scoring")
    if checked["scoring"] and not is_panel:
        raise NotPossible(_("Only on an interview panel does somebody score."), field="scoring")
    return checked


def _next_number(described: RoleDescription | TaskProfile) -> int:
    newest: int | None = described.versions.aggregate(newest=Max("number"))["newest"]
    return (newest or 0) + 1


def _rewrite(draft: Version, words: Mapping[str, Any], turn: int | None) -> Version:
    type(draft).lifecycle.move(draft, "rewrite", turn=turn, **words)
    return draft


def _replace(described: RoleDescription | TaskProfile) -> bool:
    """Take the version that is in use, if there is one, out of use."""
    current = described.versions.filter(status=VersionStatus.IN_USE).first()
    if current is None:
        return False
    type(current).lifecycle.move(current, "replace")
    return True
