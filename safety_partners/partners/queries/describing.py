"""Roles and task profiles: what is in use, what is being written, what was before, and what differs."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Exists, IntegerField, OuterRef, QuerySet, Subquery

from safety_partners.core.policy import Sentence
from safety_partners.core.viewer import Viewer
from safety_partners.partners.models import RoleDescription, RoleVersion, TaskProfile, TaskVersion, VersionStatus

Described = RoleDescription | TaskProfile
Version = RoleVersion | TaskVersion


@dataclass(frozen=True)
class Whole:
    """A role or a task profile with its versions, the newest first."""

    described: Described
    versions: list[Any]

    def _first(self, status: VersionStatus) -> Any:
        return next((version for version in self.versions if version.status == status), None)

    @property
    def in_use(self) -> Any:
        return self._first(VersionStatus.IN_USE)

    @property
    def draft(self) -> Any:
        return self._first(VersionStatus.DRAFT)

    def numbered(self, number: int) -> Any:
        """One version, or None."""
        return next((version for version in self.versions if version.number == number), None)

    def before(self, version: Version) -> Any:
        """The version before this one, or None."""
        return next((one for one in self.versions if one.number < version.number), None)


def roles(viewer: Viewer) -> QuerySet[RoleDescription]:
    """The roles this person may read, each with ``number`` of the version in use and whether a draft is being written."""
    return _with_versions(RoleDescription.objects.visible_to(viewer), RoleVersion, "role")


def tasks(viewer: Viewer) -> QuerySet[TaskProfile]:
    """The task profiles this person may read, as the roles."""
    return _with_versions(TaskProfile.objects.visible_to(viewer), TaskVersion, "task")


def _with_versions(rows: Any, model: type[Version], parent: str) -> Any:
    versions: Any = model.objects.filter(**{parent: OuterRef("pk")})  # type: ignore[attr-defined]
    in_use = versions.filter(status=VersionStatus.IN_USE).values("number")[:1]
    return rows.annotate(
        number=Subquery(in_use, output_field=IntegerField()), has_draft=Exists(versions.filter(status=VersionStatus.DRAFT))
    )


def whole(viewer: Viewer, described: Described) -> Whole:
    """A role or a task profile with every version that this person may read."""
    model = RoleVersion if isinstance(described, RoleDescription) else TaskVersion
    parent = "role" if isinstance(described, RoleDescription) else "task"
    rows = model.objects.visible_to(viewer).filter(**{parent: described}).select_related(parent).order_by("-number")
    return Whole(described, list(rows))


def role_versions_in_use(viewer: Viewer) -> list[RoleVersion]:
    """The roles that somebody can be asked to do, by title."""
    rows = RoleVersion.objects.visible_to(viewer).filter(status=VersionStatus.IN_USE)
    return list(rows.select_related("role").order_by("role__title"))


# What it says, and what differs

# One thing on each line.
LISTS = ("does", "does_not")


class Said(NamedTuple):
    """What a version says under one heading."""

    name: str
    heading: Sentence
    text: str

    @property
    def is_list(self) -> bool:
        return self.name in LISTS

    @property
    def points(self) -> list[str]:
        """The lines of a list, without those that are empty."""
        return [line.strip() for line in self.text.splitlines() if line.strip()]


class Part(NamedTuple):
    """Some words that stayed the same, were taken out or were put in."""

    op: str
    text: str


class Difference(NamedTuple):
    """What differs between two versions under one heading."""

    heading: Sentence
    parts: list[Part]


def said(version: Version, name: str) -> str:
    """What a version says under one of its headings, as it is read."""
    show = getattr(version, f"get_{name}_display", None)
    return str(show() if show else getattr(version, name))


def lines(version: Version) -> list[Said]:
    """What a version says, heading by heading, without those that it leaves empty."""
    everything = [Said(name, heading, said(version, name)) for name, heading in version.WORDS.items() if getattr(version, name)]
    return [one for one in everything if one.text]


def differences(before: Version, after: Version) -> list[Difference]:
    """Under which headings two versions differ, and how, word by word."""
    found = []
    for name, heading in after.WORDS.items():
        # A choice is one answer and not words: it changes as a whole.
        is_choice = hasattr(after, f"get_{name}_display")
        one, other = said(before, name), said(after, name)
        if one != other:
            parts = [Part("gone", one), Part("new", other)] if is_choice else _word_by_word(one, other)
            found.append(Difference(heading, [part for part in parts if part.text]))
    return found


def _word_by_word(before: str, after: str) -> list[Part]:
    """Each word with the space after it, so that words changed one after the other stay together; space alone is no change."""
    old, new = (re.findall(r"\S+\s*|\s+", words) for words in (before, after))
    matcher = difflib.SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new], autojunk=False)
    parts = []
    for op, start, end, new_start, new_end in matcher.get_opcodes():
        if op == "equal":
            parts.append(Part("same", "".join(new[new_start:new_end])))
        else:
            parts += [Part("gone", "".join(old[start:end])), Part("new", "".join(new[new_start:new_end]))]
    return parts
