"""Word documents: styles, automatic numbers, lists, tables, notes, boxes, tracked changes."""

from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from safety_partners.reading import Block, Kind, ReadDocument, read_document
from safety_partners.reading.word.numbers import figure

from . import making_word as make

TABLE = """When | Who | What
At once | Nurse | Check for injury before moving the person.
Doctor | Examine within thirty minutes.
Next day | Team | Talk about what to change."""


def read(document: Document | BytesIO) -> ReadDocument:
    file = document if isinstance(document, BytesIO) else make.saved(document)
    return read_document(file, "policy.docx")


def shown(blocks: tuple[Block, ...]) -> list[tuple[str, int, str, str]]:
    return [(block.kind.value, block.level, block.number, block.text) for block in blocks]


def paragraph(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def run(text: str, marks: str = "") -> str:
    return f'<w:r><w:rPr>{marks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_a_policy_is_read_as_it_is_printed() -> None:
    document = read(make.policy())
    assert document.title == "Keeping people safe from falls"
    assert shown(document.blocks) == [
        ("heading", 1, "", "Keeping people safe from falls"),
        ("heading", 1, "1", "Purpose"),
        ("paragraph", 0, "", make.PURPOSE),
        ("heading", 1, "2", "Duties"),
        ("heading", 2, "2.1", "Ward teams"),
        ("paragraph", 0, "", make.DUTIES),
        ("list_item", 1, "•", "Look at the floor, the light and the footwear."),
        ("list_item", 1, "•", "Ask about earlier falls:"),
        ("list_item", 2, "◦", "at home"),
        ("list_item", 2, "◦", "in another hospital"),
        ("list_item", 1, "•", "Write down what you found."),
        ("heading", 2, "2.2", "Managers"),
        ("list_item", 1, "1.", "Release staff for training."),
        ("list_item", 2, "a)", "every year for permanent staff"),
        ("list_item", 2, "b)", "at the start for agency staff"),
        ("list_item", 1, "2.", "Replace broken equipment."),
        ("heading", 3, "2.2.1", "Checks"),
        ("paragraph", 0, "", "The manager checks the list of equipment each month."),
        ("heading", 1, "3", "After a fall"),
        ("paragraph", 0, "", make.REVIEW),
        (
            "table",
            0,
            "",
            TABLE,
        ),
        ("paragraph", 0, "", "Nobody is blamed for reporting a fall."),
    ]


def test_merged_cells_stand_once_and_the_head_is_known() -> None:
    table = next(block for block in read(make.policy()).blocks if block.kind is Kind.TABLE)
    assert table.rows == (
        ("When", "Who", "What"),
        ("At once", "Nurse", "Check for injury before moving the person."),
        ("", "Doctor", "Examine within thirty minutes."),
        ("Next day", "Team", "Talk about what to change."),
    )
    assert table.head_rows == 1


def test_headers_and_footers_are_not_text() -> None:
    everything = " ".join(block.text for block in read(make.policy()).blocks)
    assert "version 4" not in everything
    assert "Printed copies" not in everything


def test_tracked_changes_show_what_was_inserted_and_not_what_was_deleted() -> None:
    document = docx.Document()
    make.add(
        document,
        paragraph(
            run("Each team names ")
            + '<w:del w:id="1" w:author="A"><w:r><w:delText>two people</w:delText></w:r></w:del>'
            + '<w:ins w:id="2" w:author="A">'
            + run("one person")
            + "</w:ins>"
            + '<w:moveFrom w:id="3" w:author="A">'
            + run(" who left")
            + "</w:moveFrom>"
            + '<w:moveTo w:id="4" w:author="A">'
            + run(" who looks after it")
            + "</w:moveTo>"
            + run("."),
        ),
    )
    make.add(document, '<w:p><w:pPr><w:rPr><w:del w:id="5" w:author="A"/></w:rPr></w:pPr>' + run("The first half, ") + "</w:p>")
    make.add(document, paragraph(run("and the second half of one paragraph.")))
    assert [block.text for block in read(document).blocks] == [
        "Each team names one person who looks after it.",
        "The first half, and the second half of one paragraph.",
    ]


def test_deleted_rows_are_gone_and_inserted_rows_are_there() -> None:
    document = docx.Document()
    cell = "<w:tc><w:p>{}</w:p></w:tc>"
    rows = "".join(
        f"<w:tr>{marks}{cell.format(run(name))}{cell.format(run(what))}</w:tr>"
        for marks, name, what in [
            ("", "Bed", "low"),
            ('<w:trPr><w:del w:id="1" w:author="A"/></w:trPr>', "Lamp", "off"),
            ('<w:trPr><w:ins w:id="2" w:author="A"/></w:trPr>', "Lamp", "on"),
        ]
    )
    make.add(document, f"<w:tbl>{rows}</w:tbl>")
    assert read(document).blocks[0].rows == (("Bed", "low"), ("Lamp", "on"))


def test_content_controls_fields_links_and_hidden_words() -> None:
    document = docx.Document()
    make.add(document, "<w:sdt><w:sdtPr/><w:sdtContent>" + paragraph(run("Inside a content control.")) + "</w:sdtContent></w:sdt>")
    make.add(document, paragraph("<w:sdt><w:sdtContent>" + run("Also inside a line") + "</w:sdtContent></w:sdt>" + run(" it is read.")))
    make.add(document, paragraph(run("See ") + '<w:hyperlink w:anchor="x">' + run("the policy on beds") + "</w:hyperlink>" + run(".")))
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF x </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("section 4") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    make.add(document, paragraph(run("As ") + field + run(" says,") + run(" never printed", "<w:vanish/>") + run(" it is so.")))
    assert [block.text for block in read(document).blocks] == [
        "Inside a content control.",
        "Also inside a line it is read.",
        "See the policy on beds.",
        "As section 4 says, it is so.",
    ]


def test_soft_breaks_tabs_and_odd_characters() -> None:
    document = docx.Document()
    make.add(document, paragraph(run("Ward 4") + "<w:r><w:br/></w:r>" + run("Second floor")))
    make.add(document, paragraph(run("One paragraph.") + "<w:r><w:br/><w:br/></w:r>" + run("Another after an empty line.")))
    make.add(document, paragraph(run("Sel\u00adf") + "<w:r><w:noBreakHyphen/></w:r>" + run("harm\u00a0is de\ufb01ned\u200b here")))
    make.add(document, paragraph(run("Before the page") + '<w:r><w:br w:type="page"/></w:r>' + run("After it")))
    assert [block.text for block in read(document).blocks] == [
        "Ward 4\nSecond floor",
        "One paragraph.",
        "Another after an empty line.",
        "Self-harm is defined here",
        "Before the page",
        "After it",
    ]


def test_numbers_typed_by_hand_are_parted_from_the_text() -> None:
    document = docx.Document()
    document.add_paragraph("1.\tRead the list each month")
    document.add_paragraph("a)\tAsk the team what it needs")
    document.add_paragraph("4.2\tThe manager keeps the list.")
    document.add_paragraph("• A bullet typed by hand")
    document.add_paragraph("12 months later it is read again.")
    blocks = read(document).blocks
    assert [(block.kind, block.number, block.text) for block in blocks] == [
        (Kind.LIST_ITEM, "1.", "Read the list each month"),
        (Kind.LIST_ITEM, "a)", "Ask the team what it needs"),
        (Kind.PARAGRAPH, "4.2", "The manager keeps the list."),
        (Kind.LIST_ITEM, "•", "A bullet typed by hand"),
        (Kind.PARAGRAPH, "", "12 months later it is read again."),
    ]


def test_text_boxes_come_after_their_paragraph_and_once() -> None:
    box = f"<w:txbxContent>{paragraph(run(make.BOX))}</w:txbxContent>"
    drawing = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document = docx.Document()
    make.add(document, paragraph(run("Before ") + drawing + run("and behind the box.")))
    assert [block.text for block in read(document).blocks] == ["Before and behind the box.", make.BOX]


def test_footnotes_are_notes_behind_the_paragraph_that_refers_to_them() -> None:
    document = docx.Document()
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    make.add(document, paragraph(run("Beds are low") + reference.format(2) + run(", and lamps are near") + reference.format(3) + run(".")))
    document.add_paragraph("The text goes on.")
    file = make.with_footnotes(make.saved(document), "See the policy on beds.", "See the policy on lamps.")
    assert shown(read(file).blocks) == [
        ("paragraph", 0, "", "Beds are low¹, and lamps are near²."),
        ("note", 0, "1", "See the policy on beds."),
        ("note", 0, "2", "See the policy on lamps."),
        ("paragraph", 0, "", "The text goes on."),
    ]


def test_contents_are_contents() -> None:
    document = docx.Document()
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("Contents", style="TOC Heading")
    for name, page in [("1\tPurpose", 3), ("2\tDuties", 4)]:
        document.add_paragraph(f"{name}\t{page}", style="toc 1")
    document.add_heading("Purpose", 1)
    document.add_paragraph(make.PURPOSE)
    assert shown(read(document).blocks)[:4] == [
        ("contents", 0, "", "Contents"),
        ("contents", 0, "1", "Purpose 3"),
        ("contents", 0, "2", "Duties 4"),
        ("heading", 1, "", "Purpose"),
    ]


def test_bold_lines_are_headings_where_no_style_says_so() -> None:
    document = docx.Document()
    for name in ("PURPOSE", "Duties of the ward"):
        document.add_paragraph().add_run(name).bold = True
        document.add_paragraph(make.DUTIES)
        document.add_paragraph(make.REVIEW)
    document.add_paragraph().add_run("All of this sentence is bold, and it is still a sentence.").bold = True
    document.add_paragraph(make.PURPOSE)
    headings = [block.text for block in read(document).blocks if block.kind is Kind.HEADING]
    assert headings == ["PURPOSE", "Duties of the ward"]


def test_clauses_in_heading_styles_are_paragraphs() -> None:
    document = docx.Document()
    make.tie_headings(document)
    document.add_heading("Duties", 1)
    document.add_heading(make.DUTIES, 2)
    blocks = read(document).blocks
    assert [(block.kind, block.number) for block in blocks] == [(Kind.HEADING, "1"), (Kind.PARAGRAPH, "1.1")]


def test_layout_tables_are_taken_apart_and_nested_tables_kept_readable() -> None:
    document = docx.Document()
    frame = document.add_table(1, 1).cell(0, 0)
    frame.text = make.PURPOSE
    frame.add_paragraph(make.DUTIES)
    outer = document.add_table(2, 2)
    outer.cell(0, 0).text, outer.cell(0, 1).text, outer.cell(1, 0).text = "What", "How", "Bed"
    inner = outer.cell(1, 1).add_table(2, 2)
    for place, word in enumerate(["low", "always", "brakes", "on"]):
        inner.cell(place // 2, place % 2).text = word
    blocks = read(document).blocks
    assert [block.text for block in blocks[:2]] == [make.PURPOSE, make.DUTIES]
    assert blocks[2].rows == (("What", "How"), ("Bed", "low | always\nbrakes | on"))


def test_a_list_begins_again_where_word_says_so() -> None:
    document = docx.Document()
    number = make.numbering(document, make.CLAUSES)
    root = document.part.numbering_part.element
    kind = root.findall(qn("w:num"))[-1].find(qn("w:abstractNumId")).get(qn("w:val"))
    again = make.element(
        f'<w:num w:numId="{number + 1}"><w:abstractNumId w:val="{kind}"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    root.append(again)
    for list_id in (number, number, number + 1, number + 1):
        make.in_list(document.add_paragraph("An item of the list"), list_id)
    assert [block.number for block in read(document).blocks] == ["1.", "2.", "1.", "2."]


@pytest.mark.parametrize(
    ("count", "form", "shown"),
    [
        (4, "lowerRoman", "iv"),
        (27, "lowerLetter", "aa"),
        (3, "upperLetter", "C"),
        (9, "decimalZero", "09"),
        (22, "ordinal", "22nd"),
        (1994, "upperRoman", "MCMXCIV"),
    ],
)
def test_figures_are_written_as_word_writes_them(count: int, form: str, shown: str) -> None:
    assert figure(count, form) == shown


def test_pictures_of_letters_become_the_signs_they_draw() -> None:
    document = docx.Document()
    make.add(document, paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + run(" Done")))
    make.add(document, paragraph(run("10") + run("3", '<w:vertAlign w:val="superscript"/>') + run(" steps")))
    blocks = read(document).blocks
    assert blocks[0].reading == "✓ Done"
    assert blocks[1].text == "10³ steps"
