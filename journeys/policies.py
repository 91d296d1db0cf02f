"""The document that the main journey runs on: a real policy where its folder is known, else one the project makes."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from safety_partners.config.demonstration import papers

COUNTED = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")
REAL = "SAFETY_PARTNERS_REAL_DOCUMENTS"


@dataclass(frozen=True)
class Policy:
    """Two versions of one policy, and six paragraphs of the first with what became of each."""

    title: str
    old: Path
    new: Path
    remarks: tuple[tuple[str, str, str], ...]  # the beginning of a paragraph, what became of it, a comment


def policy(folder: Path) -> Policy:
    """Return the policy to run on; a made one is written into ``folder``."""
    real = os.environ.get(REAL)
    return _real(Path(real)) if real else _made(folder)


def remark(place: int) -> str:
    """What a partner says; its first word finds it again."""
    return f"{COUNTED[place]}, as a patient I would ask: who tells us?"


def _real(folder: Path) -> Policy:
    edits = json.loads((folder / "next-version-changes.json").read_text())["edits"]
    by_kind: dict[str, list[str]] = {}
    for edit in edits:
        before = edit["before"]
        by_kind.setdefault(edit["kind"], []).append(before[0] if isinstance(before, list) else before or "")
    chosen = [
        *((text, "changed") for text in by_kind["changed"][:2]),
        *((by_kind[kind][0], kind) for kind in ("split", "moved", "deleted", "merged")),
    ]
    return Policy(
        title="Patient safety incident response policy",
        old=folder / "patient-safety-incident-response-policy.pdf",
        new=folder / "patient-safety-incident-response-policy-next.docx",
        remarks=tuple((text[:60], kind, remark(number)) for number, (text, kind) in enumerate(chosen)),
    )


def _made(folder: Path) -> Policy:
    for name, sections in (("old", papers.GOING_HOME), ("new", papers.GOING_HOME_NEXT)):
        (folder / f"{name}.docx").write_bytes(papers.word_file("Going home well", sections).getvalue())
    remarks = (
        ("The clinician who saw the person", "changed"),
        ("Written information is given", "changed"),
        ("Where a person cannot read", "moved"),
        ("Patients are advised to contact", "deleted"),
        ("Medicines are explained", "unchanged"),
        ("This policy says how people leave", "unchanged"),
    )
    return Policy(
        title="Going home well",
        old=folder / "old.docx",
        new=folder / "new.docx",
        remarks=tuple((text, kind, remark(number)) for number, (text, kind) in enumerate(remarks)),
    )
