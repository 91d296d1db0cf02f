"""PDFs without tags for the tests, made in code: pages as a printer would get them, with text that belongs to nobody."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    ListFlowable,
    ListItem,
    PageTemplate,
    Paragraph,
    Table,
    TableStyle,
)

WIDTH, HEIGHT = A4
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=11, leading=14, spaceAfter=8)
JUSTIFIED = ParagraphStyle("justified", parent=BODY, alignment=TA_JUSTIFY)
CLAUSE = ParagraphStyle("clause", parent=BODY, leftIndent=40, bulletIndent=0)
DEEP_CLAUSE = ParagraphStyle("deep", parent=BODY, leftIndent=90, bulletIndent=40)
HEADING = ParagraphStyle("heading", fontName="Helvetica-Bold", fontSize=15, leading=19, spaceBefore=12, spaceAfter=8)
SUBHEADING = ParagraphStyle("subheading", fontName="Helvetica-Bold", fontSize=12, leading=15, spaceBefore=8, spaceAfter=6)
TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=26, leading=32, spaceAfter=20)
SMALL = ParagraphStyle("small", parent=BODY, fontSize=9, leading=11)

SENTENCES = [
    "The ward keeps a list of every piece of equipment and where it stands.",
    "Nobody moves a person who has fallen before a nurse has looked for injury.",
    "Families are asked what they saw, and their answer is written down in their own words.",
    "The night team checks the light in each corridor and in each bathroom before eleven.",
    "A lamp and a bell stand within reach of the hand that the person prefers to use.",
    "When shoes do not fit well the family is asked to bring others, or the ward lends a pair.",
    "The pharmacist looks at medicines that make people drowsy within a day of admission.",
    "What was learnt is shared with the other wards at the meeting on the first Monday.",
    "Brakes are tested each week, and a bed whose brakes fail is taken out of use at once.",
    "People who walk with a frame keep it beside the bed and not at the end of the room.",
    "The manager thanks those who report, because silence is what hurts the next person.",
    "A person who has fallen twice is seen by the therapist on the following working day.",
]


def text(number: int, sentences: int = 4) -> str:
    """A paragraph that is like no other: its number is in its words."""
    chosen = [SENTENCES[(number * 5 + step * 7) % len(SENTENCES)] for step in range(sentences)]
    return f"Paragraph {words_of(number)}. " + " ".join(chosen)


def words_of(number: int) -> str:
    """A number in words, so that no figure is taken for a marker."""
    ones = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    return "-".join(ones[int(figure)] for figure in str(number))


def made(story: Sequence[Any], on_page: Callable[[Canvas, Any], None] | None = None, *, columns: int = 1) -> BytesIO:
    """A PDF of some flowables on pages of one or more columns."""
    file = BytesIO()
    document = BaseDocTemplate(file, pagesize=A4, title="", leftMargin=60, rightMargin=60, topMargin=80, bottomMargin=80)
    gutter = 24
    wide = (WIDTH - 120 - gutter * (columns - 1)) / columns
    frames = [Frame(60 + place * (wide + gutter), 80, wide, HEIGHT - 160, 0, 0, 0, 0, id=f"column{place}") for place in range(columns)]
    one = [Frame(60, 80, WIDTH - 120, HEIGHT - 160, 0, 0, 0, 0)]
    drawn = on_page or (lambda canvas, document: None)
    document.addPageTemplates(
        [
            PageTemplate(id="usual", frames=frames, onPage=drawn),
            PageTemplate(id="bare", frames=one),
            PageTemplate(id="one", frames=one, onPage=drawn),
        ]
    )
    document.build(list(story))
    file.seek(0)
    return file


def drawn(*pages: Callable[[Canvas], object]) -> BytesIO:
    """A PDF drawn by hand, a function a page."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    file.seek(0)
    return file


def running(pages: int) -> Callable[[Canvas, Any], None]:
    """Heads that differ on odd and even pages, and a foot with the page's number."""

    def on_page(canvas: Canvas, document: Any) -> None:
        canvas.setFont("Helvetica", 9)
        if canvas.getPageNumber() % 2:
            canvas.drawRightString(WIDTH - 60, HEIGHT - 50, "Keeping people safe from falls")
        else:
            canvas.drawString(60, HEIGHT - 50, "Northern Ward Group")
        canvas.line(60, HEIGHT - 56, WIDTH - 60, HEIGHT - 56)
        canvas.drawCentredString(WIDTH / 2, 40, f"Page {canvas.getPageNumber()} of {pages}")
        canvas.drawString(60, 52, "Version 4, approved in spring")

    return on_page


GRID = TableStyle(
    [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP"), ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 11)]
)


def grid(rows: Sequence[Sequence[str]], widths: Sequence[float], *, style: TableStyle = GRID, repeat: int = 1) -> Table:
    """A table with lines around its cells."""
    cells = [[Paragraph(cell, BODY if row else SUBHEADING) for cell in texts] for row, texts in enumerate(rows)]
    table = Table(cells, colWidths=list(widths), repeatRows=repeat)
    table.setStyle(style)
    return table


def bullets(items: Sequence[Any]) -> ListFlowable:
    """A list with bullets; a list inside it becomes an inner one."""
    inner = [
        ListItem(bullets(item), bulletColor=colors.white, value="")
        if isinstance(item, list)
        else ListItem(Paragraph(item, BODY), leftIndent=20)
        for item in items
    ]
    return ListFlowable(inner, bulletType="bullet", start="•", leftIndent=20, bulletFontSize=11)
