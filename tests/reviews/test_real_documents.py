"""Measures reading and aligning on two versions of a whole policy, and holds the figures to their marks.

Where SAFETY_PARTNERS_REAL_DOCUMENTS names a folder, it is a real policy (a PDF) and an edited next version (Word) with
a list of what was edited; the folder is described in docs/reading-documents.md. Everywhere, it is a policy made in
code, as PDF and as Word, with the same kinds of edits.
"""

import json
import os
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from safety_partners.reading import Kind, ReadDocument, read_document
from safety_partners.reviews.aligning import Fate, align

from . import made_versions as made
from .measuring import Aligned, Judge, measure_reading, words, words_of, words_of_pdf, words_of_word_file

FOLDER = os.environ.get("SAFETY_PARTNERS_REAL_DOCUMENTS", "")
ORDER_OF_READING = 0.97  # words in the same order by two ways of reading: tables may be read in two orders


@dataclass
class Case:
    """Two versions as files, with the words each should give, and what was edited between them."""

    old: bytes
    old_name: str
    old_words: list[str]
    new: bytes
    new_name: str
    new_words: list[str]
    edits: list[dict[str, Any]]
    unchanged: list[dict[str, str]]


def made_case(old_form: str, new_form: str) -> Case:
    pair = made.versions()
    forms = {"pdf": made.as_pdf, "docx": made.as_word}
    old, new = forms[old_form](pair.old).read(), forms[new_form](pair.new).read()
    truth = [words(made.as_words(sections)) for sections in (pair.old, pair.new)]
    return Case(old, f"old.{old_form}", truth[0], new, f"new.{new_form}", truth[1], pair.edits, pair.unchanged)


def real_case() -> Case:
    folder = Path(FOLDER)
    changes = next(folder.glob("*changes.json"))
    old, new = next(folder.glob("*.pdf")), next(folder.glob("*.docx"))
    told = json.loads(changes.read_text())
    truth = words_of_pdf(old.read_bytes()), words_of_word_file(new.read_bytes())
    return Case(old.read_bytes(), old.name, truth[0], new.read_bytes(), new.name, truth[1], told["edits"], told["unchanged"])


def measured(case: Case, say: Any) -> tuple[ReadDocument, ReadDocument, Aligned]:
    """Read, align, judge and print; hold the reading to its marks."""
    documents = []
    for data, name, theirs in ((case.old, case.old_name, case.old_words), (case.new, case.new_name, case.new_words)):
        begun = perf_counter()
        document = read_document(BytesIO(data), name)
        took = perf_counter() - begun
        reading = measure_reading(words_of(document), theirs)
        kinds = {kind.value: sum(block.kind is kind for block in document.blocks) for kind in Kind}
        say(f"{name}: {len(document.blocks)} blocks {kinds}, {document.word_count} words, read in {took:.2f} s")
        say(f"  words kept {reading.kept:.2%}, from nowhere or twice {reading.extra:.2%}, in order {reading.in_order:.2%}")
        assert reading.kept >= 0.99
        assert reading.extra <= 0.01
        assert reading.in_order >= ORDER_OF_READING
        documents.append(document)
    old, new = documents
    begun = perf_counter()
    alignment = align(old.blocks, new.blocks)
    say(f"aligned in {perf_counter() - begun:.2f} s: { ({fate.value: alignment.count(fate) for fate in Fate}) }")
    judged = Judge(old, new, alignment).judge(case.edits, case.unchanged)
    say(f"edits right {len(judged.right)} of {len(case.edits)}; wrong: {judged.wrong}")
    say(f"left alone: {judged.unchanged} unchanged, {judged.cut_otherwise} with the same words cut otherwise, of {len(case.unchanged)}")
    say(f"  not found unchanged: {judged.not_unchanged}; not whole paragraphs of the old version: {judged.no_paragraphs}")
    return old, new, judged


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Any:
    def print_it(line: str) -> None:
        with capsys.disabled():
            print(line)

    return print_it if FOLDER else print


@pytest.mark.parametrize(("old_form", "new_form"), [("pdf", "docx"), ("docx", "pdf"), ("pdf", "pdf"), ("docx", "docx")])
def test_two_versions_of_a_made_policy(old_form: str, new_form: str, say: Any) -> None:
    case = made_case(old_form, new_form)
    _, _, judged = measured(case, say)
    assert judged.wrong == []
    assert (judged.not_unchanged, judged.no_paragraphs) == ([], [])
    assert judged.cut_otherwise == 0
    assert len(case.unchanged) > 40


def test_two_versions_of_a_policy_in_force(say: Any) -> None:
    case = real_case() if FOLDER else made_case("pdf", "docx")
    old, new, judged = measured(case, say)
    assert judged.wrong == []
    left_alone = len(case.unchanged) - len(judged.no_paragraphs)
    assert judged.unchanged + judged.cut_otherwise >= 0.99 * left_alone
    assert left_alone >= 0.98 * len(case.unchanged)
    alignment = align(old.blocks, new.blocks)
    left_out = [index for index, block in enumerate(old.blocks) if block.kind in (Kind.TABLE, Kind.CONTENTS)]
    assert {alignment.of_old(index).fate for index in left_out} <= {Fate.DELETED}


def test_both_forms_of_one_version_give_the_same_blocks() -> None:
    pair = made.versions()
    from_pdf = read_document(made.as_pdf(pair.old), "old.pdf").blocks
    from_word = read_document(made.as_word(pair.old), "old.docx").blocks
    assert [(block.kind, block.number.rstrip("."), block.text) for block in from_pdf] == [
        (block.kind, block.number.rstrip("."), block.text) for block in from_word
    ]
