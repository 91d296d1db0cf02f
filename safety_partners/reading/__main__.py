"""The child process of `read_document_apart`: a line of JSON and a file come in, JSON goes out."""

import json
import sys
from dataclasses import asdict
from io import BytesIO
from typing import Any

from safety_partners.reading.entrance import read_document
from safety_partners.reading.limits import Limits
from safety_partners.reading.refusals import DocumentRefused


def _bind(limits: Limits) -> None:
    """Have the operating system hold this process to its limits."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the clock and the counts still hold
        return
    seconds = int(limits.seconds) + 2
    for what, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            continue


def _child() -> None:
    head = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**head["limits"])
    _bind(limits)
    answer: dict[str, Any]
    try:
        answer = asdict(read_document(BytesIO(sys.stdin.buffer.read()), head["name"], limits=limits))
    except DocumentRefused as refused:
        answer = {"reason": refused.reason.value, "details": refused.details}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    _child()
