"""Reading in a process of its own gives the same, and what goes wrong there stays there."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from reportlab.platypus import Paragraph

from safety_partners.reading import DocumentRefused, Limits, Reason, apart, read_document, read_document_apart

from . import making_word as word
from .making_pdf import BODY, grid, made, text


def test_the_child_gives_what_reading_here_gives() -> None:
    pdf = made([Paragraph(text(1), BODY), grid([("Who", "What"), ("Team", text(2, 1))], (100, 300))])
    file = word.saved(word.policy())
    assert read_document_apart(pdf, "policy.pdf") == read_document(BytesIO(pdf.getvalue()), "policy.pdf")
    assert read_document_apart(file, "policy.docx") == read_document(BytesIO(file.getvalue()), "policy.docx")


def test_refusals_come_back_with_their_details() -> None:
    with pytest.raises(DocumentRefused) as caught:
        read_document_apart(word.saved(word.policy()), "policy.docx", limits=Limits(words=5))
    assert caught.value.reason is Reason.TOO_MANY_WORDS
    assert caught.value.details == {"words": 5}


def test_a_child_that_breaks_down_is_a_damaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **options: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess([], -11, b"", b"")

    monkeypatch.setattr(subprocess, "run", broken)
    with pytest.raises(DocumentRefused) as caught:
        read_document_apart(BytesIO(b"%PDF-1.7"), "policy.pdf")
    assert caught.value.reason is Reason.DAMAGED


def test_a_child_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    real = subprocess.run

    def asleep(command: list[str], **options: object) -> object:
        return real([sys.executable, "-c", "import time; time.sleep(30)"], **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", asleep)
    monkeypatch.setattr(apart, "GRACE", 0.2)
    with pytest.raises(DocumentRefused) as caught:
        read_document_apart(BytesIO(b"%PDF-1.7"), "policy.pdf", limits=Limits(seconds=0.1))
    assert caught.value.reason is Reason.TOO_SLOW


def test_the_child_is_told_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, str] = {}
    monkeypatch.setenv("DATABASE_URL", "postgres://user:secret@host/base")

    def look(command: list[str], *, env: dict[str, str], **options: object) -> subprocess.CompletedProcess[bytes]:
        seen.update(env)
        return subprocess.CompletedProcess([], 1, b"", b"")

    monkeypatch.setattr(subprocess, "run", look)
    with pytest.raises(DocumentRefused):
        read_document_apart(BytesIO(b"x"), "policy.pdf")
    assert set(seen) == {"PYTHONPATH", "PATH"}


def test_threads_may_read_at_once() -> None:
    data = made([Paragraph(text(number), BODY) for number in range(40)]).read()
    with ThreadPoolExecutor(4) as threads:
        documents = list(threads.map(lambda number: read_document(BytesIO(data), f"{number}.pdf"), range(8)))
    assert {len(document.blocks) for document in documents} == {40}
