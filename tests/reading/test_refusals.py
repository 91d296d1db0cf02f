"""Files that are not read: each with its reason, a sentence that says what to do, and no other error ever."""

import random
import time
import zipfile
from io import BytesIO

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from safety_partners.reading import DocumentRefused, Limits, ReadDocument, Reason, read_document
from safety_partners.reading.entrance import _read
from safety_partners.reading.limits import Watch
from safety_partners.reading.refusals import SENTENCES

from . import making_word as word
from .making_pdf import BODY, drawn, grid, made, text
from .making_tagged import said, tag, tagged

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def refused(data: bytes, name: str, **limits: float) -> DocumentRefused:
    with pytest.raises(DocumentRefused) as caught:
        read_document(BytesIO(data), name, limits=Limits(**limits))  # type: ignore[arg-type]
    return caught.value


def pdf() -> bytes:
    return made([Paragraph(text(number), BODY) for number in range(6)] + [grid([("Who", "What")] * 3, (100, 200))]).read()


def word_file() -> bytes:
    return word.saved(word.policy()).read()


def encrypted(data: bytes, *, user: str, owner: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    writer.encrypt(user, owner, algorithm="AES-256")
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def repacked(data: bytes, *, change: dict[str, bytes | None]) -> bytes:
    """A Word file with parts put in, changed, or (None) left out."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            if name not in change:
                after.writestr(name, before.read(name))
        for name, content in change.items():
            if content is not None:
                after.writestr(name, content)
    return file.getvalue()


def scanned(pages: int) -> bytes:
    picture = ImageReader(Image.effect_noise((300, 400), 50))

    def page(canvas: Canvas) -> None:
        canvas.drawImage(picture, 0, 0, 595, 842)

    return drawn(*[page] * pages).read()


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "policy.pdf", Reason.EMPTY),
        (b"\0\0 \n", "policy.docx", Reason.EMPTY),
        (drawn(lambda canvas: None).read(), "policy.pdf", Reason.EMPTY),
        (scanned(3), "policy.pdf", Reason.SCANNED),
        (pdf()[:900], "policy.pdf", Reason.DAMAGED),
        (b"%PDF-1.7 and then nothing of the kind", "policy.pdf", Reason.DAMAGED),
        (b"\x13\x37" * 400, "policy.pdf", Reason.DAMAGED),
        (word_file()[:2000], "policy.docx", Reason.DAMAGED),
        (b"MZ\x90\0" + b"\0" * 60 + b"This program cannot be run in DOS mode", "policy.pdf", Reason.DISGUISED),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 300, "policy.pdf", Reason.DISGUISED),
        (b"Just some plain text that somebody has given another name.", "policy.docx", Reason.DISGUISED),
        (word_file(), "policy.pdf", Reason.DISGUISED),
        (pdf(), "policy.docx", Reason.DISGUISED),
        (pdf(), "policy.exe", Reason.NOT_A_DOCUMENT),
        (b"{\\rtf1 Some text}", "policy.rtf", Reason.NOT_A_DOCUMENT),
        (OLE + "WordDocument".encode("utf-16-le"), "policy.doc", Reason.OLD_WORD),
        (OLE + "WordDocument".encode("utf-16-le"), "policy.docx", Reason.OLD_WORD),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "policy.docx", Reason.LOCKED),
        (OLE + "Workbook".encode("utf-16-le"), "policy.xls", Reason.NOT_A_DOCUMENT),
        (encrypted(pdf(), user="secret", owner="other"), "policy.pdf", Reason.LOCKED),
        (repacked(word_file(), change={"word/vbaProject.bin": b"Attribute"}), "policy.docx", Reason.MACROS),
        (word_file(), "policy.docm", Reason.MACROS),
        (repacked(word_file(), change={"[Content_Types].xml": None}), "policy.docx", Reason.DISGUISED),
        (repacked(word_file(), change={"word/document.xml": b"<w:document"}), "policy.docx", Reason.DAMAGED),
    ],
)
def test_each_reason(data: bytes, name: str, reason: Reason) -> None:
    assert refused(data, name).reason is reason


def test_any_zip_is_not_a_word_file() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("photo.jpg", b"x" * 100)
    assert refused(file.getvalue(), "policy.docx").reason is Reason.DISGUISED


def test_a_sheet_or_slides_are_not_a_document() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
        archive.writestr("[Content_Types].xml", f'<Types><Override PartName="/xl/workbook.xml" ContentType="{kind}"/></Types>')
    assert refused(file.getvalue(), "policy.docx").reason is Reason.NOT_A_DOCUMENT


def test_a_pdf_that_only_forbids_changes_is_read() -> None:
    document = read_document(BytesIO(encrypted(pdf(), user="", owner="secret")), "policy.pdf")
    assert document.blocks[0].text == text(0)


def test_a_tagged_pdf_that_only_forbids_changes_keeps_its_tags() -> None:
    data = tagged(tag("Document", tag("H1", said("Beds")), tag("P", said("Beds are low.")))).read()
    document = read_document(BytesIO(encrypted(data, user="", owner="secret")), "policy.pdf")
    assert [block.kind.value for block in document.blocks] == ["heading", "paragraph"]


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        ({"size": 1000}, Reason.TOO_LARGE),
        ({"pages": 0}, Reason.TOO_MANY_PAGES),
        ({"words": 50}, Reason.TOO_MANY_WORDS),
        ({"seconds": 0.0}, Reason.TOO_SLOW),
    ],
)
def test_limits_of_a_pdf(limits: dict[str, float], reason: Reason) -> None:
    assert refused(pdf(), "policy.pdf", **limits).reason is reason


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        ({"size": 1000}, Reason.TOO_LARGE),
        ({"unpacked": 5000}, Reason.TOO_LARGE),
        ({"words": 50}, Reason.TOO_MANY_WORDS),
        ({"seconds": 0.0}, Reason.TOO_SLOW),
    ],
)
def test_limits_of_a_word_file(limits: dict[str, float], reason: Reason) -> None:
    assert refused(word_file(), "policy.docx", **limits).reason is reason


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = repacked(word_file(), change={"word/styles.xml": b"<w:styles>" + b" " * (12 * 1024 * 1024) + b"</w:styles>"})
    begun = time.process_time()
    assert len(bomb) < 100 * 1024
    assert refused(bomb, "policy.docx", unpacked=10 * 1024 * 1024).reason is Reason.TOO_LARGE
    assert time.process_time() - begun < 1


def test_entities_are_neither_resolved_nor_taken() -> None:
    names = "".join(f'<!ENTITY e{number} "{f"&e{number - 1};" * 20}">' for number in range(1, 12))
    document = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e0 "ha">{names}<!ENTITY file SYSTEM "file:///etc/passwd">]>'
        f'<w:document xmlns:w="{word.W}"><w:body><w:p><w:r><w:t>&e11;&file;</w:t></w:r></w:p></w:body></w:document>'
    )
    begun = time.process_time()
    assert refused(repacked(word_file(), change={"word/document.xml": document.encode()}), "policy.docx").reason is Reason.DAMAGED
    assert time.process_time() - begun < 1


@pytest.mark.parametrize("deep", [200, 5000])
def test_deep_nesting_does_not_break_the_reader(deep: int) -> None:
    inner = "<w:sdt><w:sdtContent>" * deep + "<w:p><w:r><w:t>Deep inside.</w:t></w:r></w:p>" + "</w:sdtContent></w:sdt>" * deep
    document = f'<w:document xmlns:w="{word.W}"><w:body>{inner}</w:body></w:document>'
    data = repacked(word_file(), change={"word/document.xml": document.encode()})
    result = outcome(data, "policy.docx")
    assert result is Reason.DAMAGED or (isinstance(result, ReadDocument) and result.blocks[0].text == "Deep inside.")


def test_every_reason_has_a_sentence_that_says_what_to_do() -> None:
    assert set(SENTENCES) == set(Reason)
    details = {"megabytes": 25, "pages": 500, "words": 1000}
    with translation.override("en-gb"):
        for reason in Reason:
            sentence = DocumentRefused(reason, **details).sentence
            assert len(sentence.split(". ")) >= 2
            assert "%(" not in sentence
        assert "25 MB" in DocumentRefused(Reason.TOO_LARGE, megabytes=25).sentence


def outcome(data: bytes, name: str) -> ReadDocument | Reason:
    """What reading gives, without the net that catches what was not foreseen."""
    if not data:
        return Reason.EMPTY
    try:
        return _read(data, name, Watch(Limits(seconds=10)))
    except DocumentRefused as refusal:
        return refusal.reason


MADE = [
    ("a.pdf", pdf()),
    ("b.docx", word_file()),
    (
        "c.pdf",
        tagged(
            tag(
                "Document",
                tag("H1", said("Beds")),
                tag("P", said("Beds are low.")),
                tag("Table", tag("TR", tag("TD", said("a"), ColSpan=2)), tag("TR", tag("TD", said("b")), tag("TD", said("c")))),
            )
        ).read(),
    ),
]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
    st.sampled_from(["x.pdf", "x.docx", "x"]),
)
def test_random_bytes_are_refused(noise: bytes, head: bytes, name: str) -> None:
    assert isinstance(outcome(head + noise, name), Reason)


@pytest.mark.parametrize("seed", range(120))
def test_mutated_files_are_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    name, data = MADE[seed % len(MADE)]
    mutated = bytearray(data)
    for _ in range(chance.choice([1, 3, 10, 60])):
        place = chance.randrange(len(mutated))
        match chance.randrange(4):
            case 0:
                mutated[place] = chance.randrange(256)
            case 1:
                del mutated[place : place + chance.randrange(1, 80)]
            case 2:
                start = chance.randrange(len(mutated))
                mutated[place:place] = mutated[start : start + chance.randrange(1, 80)]
            case _:
                mutated[place : place + 1] = str(chance.randrange(10)).encode()
        mutated = mutated or bytearray(b"x")
    assert isinstance(outcome(bytes(mutated), name), ReadDocument | Reason)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("made_file", MADE, ids=lambda item: item[0])
def test_files_cut_short_are_read_or_refused(made_file: tuple[str, bytes], share: float) -> None:
    name, data = made_file
    assert isinstance(outcome(data[: int(len(data) * share)], name), ReadDocument | Reason)
