"""Pages without tags: paragraphs, headings, lists, tables and running lines found from where the words stand."""

import pytest
from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import NextPageTemplate, PageBreak, Paragraph, TableStyle

from safety_partners.reading import Kind, ReadDocument, read_document

from .making_pdf import (
    BODY,
    CLAUSE,
    DEEP_CLAUSE,
    HEADING,
    HEIGHT,
    JUSTIFIED,
    SUBHEADING,
    TITLE,
    WIDTH,
    bullets,
    drawn,
    grid,
    made,
    running,
    text,
    words_of,
)


def texts(document: ReadDocument, kind: Kind) -> list[str]:
    return [block.reading for block in document.blocks if block.kind is kind]


def lines(
    canvas: Canvas, top: float, written: list[str], *, left: float = 60, size: float = 11, step: float = 14, font: str = "Helvetica"
) -> float:
    """Draw lines of text and give back where the next would stand."""
    canvas.setFont(font, size)
    for line in written:
        canvas.drawString(left, top, line)
        top -= step
    return top


def test_paragraphs_are_whole_across_lines_and_pages() -> None:
    story = [Paragraph(text(number), BODY) for number in range(60)]
    document = read_document(made(story), "policy.pdf")
    assert texts(document, Kind.PARAGRAPH) == [text(number) for number in range(60)]
    assert (document.page_count or 0) > 4


def test_paragraphs_are_whole_in_justified_columns() -> None:
    story = [Paragraph(text(number, 6), JUSTIFIED) for number in range(30)]
    document = read_document(made(story, running(3), columns=2), "policy.pdf")
    assert texts(document, Kind.PARAGRAPH) == [text(number, 6) for number in range(30)]


def test_three_columns_are_read_one_after_another() -> None:
    story = [Paragraph(text(number, 5), BODY) for number in range(24)]
    document = read_document(made(story, columns=3), "policy.pdf")
    assert texts(document, Kind.PARAGRAPH) == [text(number, 5) for number in range(24)]


def test_running_lines_go_wherever_they_stand() -> None:
    story = [Paragraph(text(number), BODY) for number in range(50)]
    document = read_document(made(story, running(7)), "policy.pdf")
    everything = " ".join(block.text for block in document.blocks)
    for gone in ("Northern Ward Group", "Keeping people safe from falls", "Version 4", "Page "):
        assert gone not in everything
    assert len(document.blocks) == 50


def test_a_title_stays_though_each_page_repeats_it_small() -> None:
    story = [Paragraph("Keeping people safe from falls", TITLE), Paragraph("Policy of the ward group", BODY), PageBreak()]
    story += [Paragraph(text(number), BODY) for number in range(40)]
    document = read_document(made(story, running(6)), "policy.pdf")
    assert document.title == "Keeping people safe from falls"
    assert document.blocks[0].text == "Keeping people safe from falls"
    assert document.blocks[0].kind is Kind.HEADING


@pytest.mark.parametrize("figure", ["{0}", "- {0} -", "Page {0} of 6", "Page {0}", "{0} | Page"])
def test_page_numbers_go(figure: str) -> None:
    def on_page(canvas: Canvas, document: object) -> None:
        canvas.drawCentredString(WIDTH / 2, 40, figure.format(canvas.getPageNumber()))

    document = read_document(made([Paragraph(text(number), BODY) for number in range(40)], on_page), "policy.pdf")
    assert texts(document, Kind.PARAGRAPH) == [text(number) for number in range(40)]


def test_roman_page_numbers_go() -> None:
    romans = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii"]

    def on_page(canvas: Canvas, document: object) -> None:
        canvas.drawRightString(WIDTH - 60, 40, romans[canvas.getPageNumber() - 1])

    document = read_document(made([Paragraph(text(number), BODY) for number in range(40)], on_page), "policy.pdf")
    assert texts(document, Kind.PARAGRAPH) == [text(number) for number in range(40)]


def test_heads_that_name_the_chapter_go() -> None:
    def on_page(canvas: Canvas, document: object) -> None:
        canvas.setFont("Helvetica-Oblique", 9)
        canvas.drawString(60, HEIGHT - 50, f"Chapter {words_of(canvas.getPageNumber() // 3)}: of beds and lamps")
        canvas.drawString(60, 40, f"Falls policy, {canvas.getPageNumber()}")

    document = read_document(made([Paragraph(text(number), BODY) for number in range(70)], on_page), "policy.pdf")
    assert texts(document, Kind.PARAGRAPH) == [text(number) for number in range(70)]


def test_numbered_clauses_keep_their_numbers_apart() -> None:
    story = []
    for section in range(1, 5):
        story.append(Paragraph(f"{section}. Section {words_of(section)}", HEADING))
        for clause in range(1, 5):
            story.append(Paragraph(text(section * 10 + clause), CLAUSE, bulletText=f"{section}.{clause}"))
            story.append(Paragraph(text(section * 100 + clause), DEEP_CLAUSE, bulletText=f"{section}.{clause}.1"))
    document = read_document(made(story), "policy.pdf")
    headings = [block for block in document.blocks if block.kind is Kind.HEADING]
    assert [(block.number, block.text, block.level) for block in headings] == [
        (f"{section}.", f"Section {words_of(section)}", 1) for section in range(1, 5)
    ]
    clauses = [block for block in document.blocks if block.kind is Kind.PARAGRAPH]
    assert [block.number for block in clauses][:4] == ["1.1", "1.1.1", "1.2", "1.2.1"]
    assert [block.text for block in clauses][:2] == [text(11), text(101)]
    assert len(clauses) == 32


def test_headings_have_levels_from_their_letters() -> None:
    story = [Paragraph("Falls policy", TITLE)]
    for section in range(3):
        story.append(Paragraph(f"Part {words_of(section)}", HEADING))
        story.append(Paragraph(text(section), BODY))
        story.append(Paragraph(f"Smaller part {words_of(section)}", SUBHEADING))
        story.append(Paragraph(text(section + 10), BODY))
    document = read_document(made(story), "policy.pdf")
    headings = [(block.text, block.level) for block in document.blocks if block.kind is Kind.HEADING]
    assert headings == [
        ("Falls policy", 1),
        ("Part zero", 1),
        ("Smaller part zero", 2),
        ("Part one", 1),
        ("Smaller part one", 2),
        ("Part two", 1),
        ("Smaller part two", 2),
    ]


def test_bold_words_in_a_sentence_make_no_heading() -> None:
    story = [Paragraph(f"<b>Help for the team:</b> {text(number)}", BODY) for number in range(6)]
    story.append(Paragraph("<b>This sentence is bold from its first word to its last.</b>", BODY))
    story.append(Paragraph(text(20), BODY))
    document = read_document(made(story), "policy.pdf")
    assert texts(document, Kind.HEADING) == []
    assert texts(document, Kind.PARAGRAPH)[0] == f"Help for the team: {text(0)}"


def test_lists_keep_bullets_and_nesting() -> None:
    long = "Ask about the second thing, which takes so many words that a single line cannot hold all of them at once"
    story = [
        Paragraph(text(1), BODY),
        bullets(["Look at the first thing", long, ["an inner thing", "another inner thing"]]),
        Paragraph(text(2), BODY),
    ]
    document = read_document(made(story), "policy.pdf")
    items = [(block.number, block.text, block.level) for block in document.blocks if block.kind is Kind.LIST_ITEM]
    assert items == [
        ("•", "Look at the first thing", 1),
        ("•", long, 1),
        ("•", "an inner thing", 2),
        ("•", "another inner thing", 2),
    ]
    assert texts(document, Kind.PARAGRAPH) == [text(1), text(2)]


def test_lettered_and_roman_items_are_items() -> None:
    def page(canvas: Canvas) -> None:
        top = lines(canvas, 760, ["The manager of the ward does what follows, each month and without being asked:"])
        for marker, item, left in [
            ("a)", "reads the list", 70),
            ("b)", "asks the team", 70),
            ("(i)", "by day", 100),
            ("(ii)", "by night", 100),
            ("c)", "writes it down", 70),
        ]:
            canvas.drawString(left, top, marker)
            canvas.drawString(left + 25, top, item)
            top -= 14
        lines(canvas, top - 10, ["Then the list is sent to the group, which keeps it for as long as the ward stays open."])

    document = read_document(drawn(page), "policy.pdf")
    items = [(block.number, block.text, block.level) for block in document.blocks if block.kind is Kind.LIST_ITEM]
    assert items == [
        ("a)", "reads the list", 1),
        ("b)", "asks the team", 1),
        ("(i)", "by day", 2),
        ("(ii)", "by night", 2),
        ("c)", "writes it down", 1),
    ]
    assert len(texts(document, Kind.PARAGRAPH)) == 2


def test_figures_in_a_sentence_are_no_markers() -> None:
    written = [
        "The list is read again after a time which the group sets, and which is never longer than",
        "12 months, unless the ward was closed for more than two weeks in a row, in which case it is",
        "2.5 times as long as usual. All of this is one paragraph although lines begin with figures.",
    ]
    document = read_document(drawn(lambda canvas: lines(canvas, 760, written)), "policy.pdf")
    assert [block.text for block in document.blocks] == [" ".join(written)]


def test_ruled_tables_are_rows_and_cells() -> None:
    rows = [("When", "Who", "What"), ("At once", "Nurse", text(1, 2)), ("Next day", "Team", text(2, 1)), ("Later", "", text(3, 1))]
    document = read_document(made([Paragraph(text(9), BODY), grid(rows, (90, 80, 300)), Paragraph(text(10), BODY)]), "policy.pdf")
    assert [block.kind for block in document.blocks] == [Kind.PARAGRAPH, Kind.TABLE, Kind.PARAGRAPH]
    assert document.blocks[1].rows == tuple(rows)
    assert document.blocks[1].head_rows == 1


def test_merged_cells_stand_once() -> None:
    style = TableStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
            ("SPAN", (0, 1), (0, 2)),
            ("SPAN", (1, 3), (2, 3)),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ]
    )
    rows = [("When", "Who", "What"), ("At once", "Nurse", "Looks"), ("", "Doctor", "Examines"), ("Later", "All of them together", "")]
    document = read_document(made([grid(rows, (90, 80, 200), style=style)]), "policy.pdf")
    assert document.blocks[0].rows == tuple(rows)


def test_tables_go_on_over_pages_without_their_repeated_head() -> None:
    rows = [("When", "Who", "What")] + [(f"Day {words_of(number)}", "Team", text(number, 1)) for number in range(60)]
    document = read_document(made([Paragraph(text(500), BODY), grid(rows, (110, 80, 280))], running(5)), "policy.pdf")
    tables = [block for block in document.blocks if block.kind is Kind.TABLE]
    assert [table.rows for table in tables] == [tuple(rows)]


def test_tables_without_rules_are_tables() -> None:
    def page(canvas: Canvas) -> None:
        top = lines(canvas, 780, ["The words below are used in this policy and mean what stands beside each of them here."]) - 14
        for word, meaning in [
            ("Fall", ["When a person comes to rest on the floor or on", "another lower level without having meant to."]),
            ("Near fall", ["When a person would have fallen had nobody", "caught them, or had there been no rail."]),
            ("Team", ["All who work on the ward on that day."]),
        ]:
            canvas.drawString(60, top, word)
            top = lines(canvas, top, meaning, left=200) - 8
        lines(canvas, top - 14, ["Other words are used as people use them every day, and need no explanation in this place."])

    document = read_document(drawn(page), "policy.pdf")
    assert [block.kind for block in document.blocks] == [Kind.PARAGRAPH, Kind.TABLE, Kind.PARAGRAPH]
    assert document.blocks[1].rows[0] == (
        "Fall",
        "When a person comes to rest on the floor or on another lower level without having meant to.",
    )
    assert document.blocks[1].rows[2] == ("Team", "All who work on the ward on that day.")


def test_a_box_around_text_is_read_as_text() -> None:
    def page(canvas: Canvas) -> None:
        top = lines(canvas, 780, ["Before the box stands a line of text that is long enough to be a line of a paragraph."])
        canvas.rect(60, top - 60, 480, 50)
        top = lines(
            canvas,
            top - 25,
            ["Inside the box stands a remark which is so long that it takes two lines of the box to be told", "in full."],
            left=70,
        )
        lines(canvas, top - 40, ["After the box stands another line of text that is long enough to be one of a paragraph."])

    document = read_document(drawn(page), "policy.pdf")
    assert [block.kind for block in document.blocks] == [Kind.PARAGRAPH] * 3
    assert document.blocks[1].text.endswith("to be told in full.")


def test_contents_pages_are_contents() -> None:
    def contents(canvas: Canvas) -> None:
        lines(canvas, 780, ["Contents"], font="Helvetica-Bold", size=15)
        top = 740.0
        canvas.setFont("Helvetica", 11)
        for number in range(1, 9):
            name = f"{number}. Section {words_of(number)}"
            canvas.drawString(60, top, name)
            start = 60 + canvas.stringWidth(name, "Helvetica", 11)
            canvas.drawString(start + 3, top, "." * int((500 - start) / 3.1))
            canvas.drawRightString(530, top, str(number + 2))
            top -= 18

    def body(canvas: Canvas) -> None:
        lines(canvas, 780, ["1. Section one"], font="Helvetica-Bold", size=15)
        lines(canvas, 750, ["A paragraph of the first section, which is long enough to be taken for running text here."])

    document = read_document(drawn(contents, body), "policy.pdf")
    entries = [block for block in document.blocks if block.kind is Kind.CONTENTS]
    assert [block.text for block in entries] == ["Contents"] + [f"Section {words_of(number)} {number + 2}" for number in range(1, 9)]
    assert entries[1].number == "1."
    assert texts(document, Kind.HEADING) == ["1. Section one"]


def test_words_broken_at_line_ends_are_mended_and_real_hyphens_kept() -> None:
    written = [
        "Every fall is looked at by the group, and the information that was gathered is shared. The infor-",
        "mation is kept for two years. People who harm themselves are never blamed, and self-",
        "harm is written about with care. What is known about self-harm is taught each year, and the co-",
        "ordinated answer of all wards is described in the plan that each of the wards has agreed to.",
    ]
    document = read_document(drawn(lambda canvas: lines(canvas, 760, written)), "policy.pdf")
    assert len(document.blocks) == 1
    assert "The information is kept" in document.blocks[0].text
    assert "and self-harm is written" in document.blocks[0].text
    assert "the co-ordinated answer" in document.blocks[0].text


def test_web_addresses_are_put_together() -> None:
    written = [
        "More is written on the pages of the group, which can be found at https://www.example.org/publica",
        "tions/2024/learning-from-falls-and-near-",
        "falls.pdf and are free to read.",
    ]
    document = read_document(drawn(lambda canvas: lines(canvas, 760, written)), "policy.pdf")
    everything = " ".join(block.text for block in document.blocks)
    assert "https://www.example.org/publications/2024/learning-from-falls-and-near-falls.pdf" in everything


def test_footnotes_are_notes_and_do_not_part_a_paragraph() -> None:
    first = [
        "The first page ends in the middle of a paragraph, and under its text stand two notes, which are",
        "set in small letters below a short rule. The paragraph must come out whole, although the notes",
    ]
    second = ["stand between its two halves, and the notes must come out after it as what they are."]

    def one(canvas: Canvas) -> None:
        lines(canvas, 150, first)
        canvas.line(60, 115, 200, 115)
        lines(canvas, 102, ["1 See the policy on beds.", "2 See the policy on lamps."], size=8, step=11)

    def two(canvas: Canvas) -> None:
        lines(canvas, 780, second)

    document = read_document(drawn(one, two), "policy.pdf")
    assert texts(document, Kind.PARAGRAPH) == [" ".join([*first, *second])]
    notes = [block for block in document.blocks if block.kind is Kind.NOTE]
    assert [(note.number, note.text) for note in notes] == [("1", "See the policy on beds."), ("2", "See the policy on lamps.")]


def test_pages_turned_on_their_side_are_read_as_shown() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.saveState()
        canvas.rotate(90)
        canvas.setFont("Helvetica", 11)
        canvas.drawString(60, -80, "The first line of a page that is shown on its side, and of a paragraph that has two")
        canvas.drawString(60, -94, "lines in all.")
        canvas.restoreState()

    document = read_document(drawn(page), "policy.pdf")
    assert [block.text for block in document.blocks] == [
        "The first line of a page that is shown on its side, and of a paragraph that has two lines in all."
    ]


def test_shadows_are_read_once() -> None:
    def page(canvas: Canvas) -> None:
        lines(canvas, 760.4, ["A line that is printed twice to look bold, as some programs do when they have no bold font."], left=60.4)
        lines(canvas, 760, ["A line that is printed twice to look bold, as some programs do when they have no bold font."])

    document = read_document(drawn(page), "policy.pdf")
    assert [block.text for block in document.blocks] == [
        "A line that is printed twice to look bold, as some programs do when they have no bold font."
    ]


def test_a_watermark_at_an_angle_goes() -> None:
    def on_page(canvas: Canvas, document: object) -> None:
        canvas.saveState()
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(45)
        canvas.setFont("Helvetica-Bold", 80)
        canvas.setFillColor(colors.lightgrey)
        canvas.drawCentredString(0, 0, "DRAFT")
        canvas.restoreState()

    document = read_document(made([Paragraph(text(number), BODY) for number in range(30)], on_page), "policy.pdf")
    assert texts(document, Kind.PARAGRAPH) == [text(number) for number in range(30)]


def test_every_word_is_there_once() -> None:
    story = [Paragraph("Falls policy", TITLE), NextPageTemplate("one"), PageBreak()]
    for number in range(12):
        story += [Paragraph(f"{number + 1}. Part {words_of(number)}", HEADING), Paragraph(text(number), BODY)]
        story += [bullets([f"thing {words_of(number)}", "other thing"]), grid([("Who", "What"), ("Team", text(number, 1))], (100, 300))]
    document = read_document(made(story), "policy.pdf")
    for number in range(12):
        everything = " ".join(block.text for block in document.blocks)
        assert everything.count(f"Paragraph {words_of(number)}. ") == 2  # in its paragraph and in its table
        assert everything.split().count(words_of(number)) >= 1


def test_bullets_drawn_as_shapes_are_bullets() -> None:
    def page(canvas: Canvas) -> None:
        top = lines(canvas, 760, ["On each round the nurse looks at the things below, one after another, and writes them down:"])
        for item in ("the brakes", "the lamp", "the bell"):
            canvas.circle(70, top + 3.5, 2, stroke=0, fill=1)
            canvas.drawString(80, top, item)
            top -= 14

    items = [block for block in read_document(drawn(page), "policy.pdf").blocks if block.kind is Kind.LIST_ITEM]
    assert [(block.number, block.text) for block in items] == [("•", "the brakes"), ("•", "the lamp"), ("•", "the bell")]


def test_a_section_number_with_a_nought_is_of_the_highest_level() -> None:
    story = []
    for section in range(1, 4):
        story.append(Paragraph(f"{section}.0 {['BEDS', 'LAMPS', 'BELLS'][section - 1]}", SUBHEADING))
        story += [Paragraph(text(section * 10 + clause), CLAUSE, bulletText=f"{section}.{clause}") for clause in range(1, 4)]
    headings = [block for block in read_document(made(story), "policy.pdf").blocks if block.kind is Kind.HEADING]
    assert [(block.number, block.text, block.level) for block in headings] == [
        ("1.0", "BEDS", 1),
        ("2.0", "LAMPS", 1),
        ("3.0", "BELLS", 1),
    ]


def test_a_slanted_line_by_itself_is_a_heading_and_a_slanted_remark_is_not() -> None:
    story = [Paragraph("Lamps", HEADING), Paragraph(text(50), BODY), Paragraph("Beds", HEADING)]
    for number in range(3):
        story += [Paragraph(f"<i>Looking after part {words_of(number)}</i>", BODY), Paragraph(text(number), BODY)]
    story.append(Paragraph("<i>This was said by somebody on the ward, and it is true.</i>", BODY))
    document = read_document(made([*story, Paragraph(text(9), BODY)]), "policy.pdf")
    headings = [(block.text, block.level) for block in document.blocks if block.kind is Kind.HEADING]
    assert headings == [("Lamps", 1), ("Beds", 1), *((f"Looking after part {words_of(number)}", 2) for number in range(3))]


def test_a_head_set_in_a_table_goes_though_a_long_table_stands_below_it() -> None:
    def on_page(canvas: Canvas, document: object) -> None:
        canvas.setFont("Helvetica", 9)
        for left, name in ((60, "Northern Ward Group"), (250, "Falls policy"), (440, "Version 4")):
            canvas.rect(left, HEIGHT - 79, 150 if left == 60 else 100, 20)
            canvas.drawString(left + 4, HEIGHT - 72, name)

    rows = [("When", "Who", "What")] + [(f"Day {words_of(number)}", "Team", text(number, 1)) for number in range(40)]
    before, after = ([Paragraph(text(start + number), BODY) for number in range(20)] for start in (0, 90))
    story = [*before, grid(rows, (90, 80, 300)), *after]
    document = read_document(made(story, on_page), "policy.pdf")
    assert "Northern Ward Group" not in " ".join(block.text for block in document.blocks)
    assert [block.rows for block in document.blocks if block.kind is Kind.TABLE] == [tuple(rows)]


def test_a_row_cut_by_a_page_break_is_one_row() -> None:
    def row(canvas: Canvas, top: float, bottom: float, first: list[str], second: list[str]) -> None:
        canvas.rect(60, bottom, 150, top - bottom)
        canvas.rect(210, bottom, 300, top - bottom)
        lines(canvas, top - 14, first, left=66)
        lines(canvas, top - 14, second, left=216)

    def one(canvas: Canvas) -> None:
        lines(canvas, 780, ["Some text that stands above the table and is long enough to be a line of a paragraph."])
        row(canvas, 140, 110, ["Bed"], ["The bed is low at night and its brakes are on."])
        row(
            canvas,
            110,
            74,
            ["Lamp"],
            ["The lamp stands within reach of the hand that the", "person prefers to use and its switch is easy to"],
        )

    def two(canvas: Canvas) -> None:
        row(canvas, 780, 760, [], ["find in the dark."])
        row(canvas, 760, 740, ["Bell"], ["The bell is loud."])

    tables = [block for block in read_document(drawn(one, two), "policy.pdf").blocks if block.kind is Kind.TABLE]
    whole = "The lamp stands within reach of the hand that the person prefers to use and its switch is easy to find in the dark."
    assert [table.rows for table in tables] == [
        (("Bed", "The bed is low at night and its brakes are on."), ("Lamp", whole), ("Bell", "The bell is loud."))
    ]
