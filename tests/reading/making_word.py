"""Word documents for the tests, made in code: everything a policy may hold, with text that belongs to nobody."""

import re
import zipfile
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
FOOTNOTES_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


def saved(document: Document) -> BytesIO:
    """The document as a file."""
    file = BytesIO()
    document.save(file)
    file.seek(0)
    return file


def with_part(file: BytesIO, name: str, content: str, relation: str, content_type: str) -> BytesIO:
    """The file with one more part that the document refers to."""
    result = BytesIO()
    with zipfile.ZipFile(file) as before, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as after:
        for item in before.infolist():
            data = before.read(item.filename)
            if item.filename == "[Content_Types].xml":
                override = f'<Override PartName="/word/{name}" ContentType="{content_type}"/></Types>'
                data = data.replace(b"</Types>", override.encode())
            if item.filename == "word/_rels/document.xml.rels":
                link = f'<Relationship Id="rIdMade" Type="{relation}" Target="{name}"/></Relationships>'
                data = data.replace(b"</Relationships>", link.encode())
            after.writestr(item, data)
        after.writestr(f"word/{name}", content)
    result.seek(0)
    return result


def with_footnotes(file: BytesIO, *notes: str) -> BytesIO:
    """The file with footnotes numbered from 2, as Word does after its two separators."""
    items = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {note}</w:t></w:r></w:p></w:footnote>'
        for number, note in enumerate(notes, 2)
    )
    separator = '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    content = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes xmlns:w="{W}">{separator}{items}</w:footnotes>'
    return with_part(file, "footnotes.xml", content, FOOTNOTES_RELATION, FOOTNOTES_TYPE)


NAMESPACES = (
    "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' "
    "xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape' "
    "xmlns:v='urn:schemas-microsoft-com:vml' xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'"
)


def element(xml: str) -> Any:
    """A piece of WordprocessingML; its first tag is given the namespaces."""
    named = re.sub(r"<([\w:]+)", rf"<\1 {nsdecls('w', 'r')} {NAMESPACES}", xml, count=1)
    return parse_xml(named)


def add(document: Document, xml: str) -> Any:
    """Put a block before the end of the body."""
    item = element(xml)
    document.element.body.insert_element_before(item, "w:sectPr")
    return item


def numbering(document: Document, levels: list[tuple[str, str, str]], *, style: str = "") -> int:
    """Add a list with levels (form, text, style tied to it) and give back its id."""
    root = document.part.numbering_part.element
    used = [int(item.get(qn("w:abstractNumId"))) for item in root.findall(qn("w:abstractNum"))]
    kind = max(used, default=0) + 1
    rows = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        + (f'<w:pStyle w:val="{tied}"/>' if tied else "")
        + f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{(place + 1) * 500}" w:hanging="500"/></w:pPr>'
        + ('<w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr>' if form == "bullet" else "")
        + "</w:lvl>"
        for place, (form, text, tied) in enumerate(levels)
    )
    abstract = element(f'<w:abstractNum w:abstractNumId="{kind}"><w:multiLevelType w:val="multilevel"/>{rows}</w:abstractNum>')
    first = root.find(qn("w:num"))
    first.addprevious(abstract) if first is not None else root.append(abstract)
    number = max((int(item.get(qn("w:numId"))) for item in root.findall(qn("w:num"))), default=0) + 1
    root.append(element(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{kind}"/></w:num>'))
    return number


def in_list(paragraph: Any, number: int, level: int = 0) -> Any:
    """Make a paragraph an item of a list."""
    marks = paragraph._p.get_or_add_pPr()
    item = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", level), ("w:numId", number)):
        part = OxmlElement(name)
        part.set(qn("w:val"), str(value))
        item.append(part)
    marks.append(item)
    return paragraph


HEADING_LEVELS = [("decimal", "%1", "Heading1"), ("decimal", "%1.%2", "Heading2"), ("decimal", "%1.%2.%3", "Heading3")]
BULLETS = [("bullet", "\uf0b7", ""), ("bullet", "o", ""), ("bullet", "\uf0a7", "")]
CLAUSES = [("decimal", "%1.", ""), ("lowerLetter", "%2)", ""), ("lowerRoman", "(%3)", "")]


def tie_headings(document: Document) -> None:
    """Number the headings of a document automatically."""
    number = numbering(document, HEADING_LEVELS)
    for level in range(3):
        marks = document.styles[f"Heading {level + 1}"].element.get_or_add_pPr()
        marks.append(element(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'))


PURPOSE = (
    "This policy sets out how the ward teams keep people safe from falls. It applies to everybody who works with "
    "patients, in every place where we give care, by day and by night."
)
DUTIES = (
    "Each team names one person who looks after this policy. That person keeps the list of equipment up to date, tells "
    "new colleagues where it is kept, and reports what is missing within two working days."
)
REVIEW = (
    "We look at every fall within seventy-two hours. The people who were there tell us what happened in their own words, "
    "and the patient and the family are asked what they saw and what would have helped."
)
BOX = "Remember: a fall is never just bad luck."


def policy() -> Document:
    """A policy with numbered headings, nested lists, tables with merged cells, and a header and footer."""
    document = docx.Document()
    tie_headings(document)
    bullets, clauses = numbering(document, BULLETS), numbering(document, CLAUSES)
    section = document.sections[0]
    section.header.paragraphs[0].text = "Falls policy, version 4"
    section.footer.paragraphs[0].text = "Printed copies are not kept up to date"
    document.add_paragraph("Keeping people safe from falls", style="Title")
    document.add_heading("Purpose", 1)
    document.add_paragraph(PURPOSE)
    document.add_heading("Duties", 1)
    document.add_heading("Ward teams", 2)
    document.add_paragraph(DUTIES)
    in_list(document.add_paragraph("Look at the floor, the light and the footwear."), bullets)
    in_list(document.add_paragraph("Ask about earlier falls:"), bullets)
    in_list(document.add_paragraph("at home"), bullets, 1)
    in_list(document.add_paragraph("in another hospital"), bullets, 1)
    in_list(document.add_paragraph("Write down what you found."), bullets)
    document.add_heading("Managers", 2)
    in_list(document.add_paragraph("Release staff for training."), clauses)
    in_list(document.add_paragraph("every year for permanent staff"), clauses, 1)
    in_list(document.add_paragraph("at the start for agency staff"), clauses, 1)
    in_list(document.add_paragraph("Replace broken equipment."), clauses)
    document.add_heading("Checks", 3)
    document.add_paragraph("The manager checks the list of equipment each month.")
    document.add_heading("After a fall", 1)
    document.add_paragraph(REVIEW)
    table = document.add_table(4, 3)
    table.style = "Table Grid"
    rows = [
        ("When", "Who", "What"),
        ("At once", "Nurse", "Check for injury before moving the person."),
        ("", "Doctor", "Examine within thirty minutes."),
        ("Next day", "Team", "Talk about what to change."),
    ]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.rows[0]._tr.get_or_add_trPr().append(element("<w:tblHeader/>"))
    document.add_paragraph("Nobody is blamed for reporting a fall.")
    return document
