"""Reading in a process of its own: a file that eats memory, never ends, or trips a fault in pdfium harms nothing else.

The child knows nothing of ours: no settings, no database, no secrets in its environment. It may not write files, and
its memory and time are bound by the operating system where that can be done (Linux, macOS). What it found comes back
as JSON, so nothing it says is ever run.

The child is `python -m safety_partners.reading`.
"""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from safety_partners.reading.blocks import Block, Kind, ReadDocument, SourceKind
from safety_partners.reading.entrance import DEFAULT_LIMITS
from safety_partners.reading.limits import MEGABYTE, Limits
from safety_partners.reading.refusals import DocumentRefused, Reason

GRACE = 5.0  # seconds for the child to start and to answer, beyond its time for reading
PROJECT = Path(__file__).resolve().parents[2]


def read_document_apart(file: BinaryIO, name: str, *, limits: Limits = DEFAULT_LIMITS) -> ReadDocument:
    """Read a PDF or Word file as `read_document` does, in a child process. Raises DocumentRefused and nothing else."""
    data = file.read(limits.size + 1)
    if len(data) > limits.size:
        raise DocumentRefused(Reason.TOO_LARGE, megabytes=limits.size // MEGABYTE)
    head = json.dumps({"name": name, "limits": asdict(limits)}).encode()
    try:
        child = subprocess.run(
            [sys.executable, "-m", "safety_partners.reading"],
            input=head + b"\n" + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds + GRACE,
            env={"PYTHONPATH": os.pathsep.join([str(PROJECT), *filter(None, sys.path)]), "PATH": os.defpath},
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise DocumentRefused(Reason.TOO_SLOW) from slow
    if child.returncode != 0:
        raise DocumentRefused(Reason.DAMAGED)
    return _answer(child.stdout)


def _answer(output: bytes) -> ReadDocument:
    try:
        answer: dict[str, Any] = json.loads(output)
    except ValueError as broken:
        raise DocumentRefused(Reason.DAMAGED) from broken
    if "reason" in answer:
        raise DocumentRefused(Reason(answer["reason"]), **answer["details"])
    blocks = tuple(
        Block(
            **{
                **block,
                "kind": Kind(block["kind"]),
                "rows": tuple(tuple(row) for row in block["rows"]),
            }
        )
        for block in answer["blocks"]
    )
    return ReadDocument(answer["title"], SourceKind(answer["source_kind"]), answer["page_count"], blocks)
