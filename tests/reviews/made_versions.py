"""Two versions of a policy that belongs to nobody, made in code, with a list of the edits between them."""

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import docx
from reportlab.platypus import Paragraph

from tests.reading import making_pdf as pdf
from tests.reading import making_word as word

Section = tuple[str, list[str]]  # a heading and its paragraphs; those that begin with "• " are items of a list


@dataclass
class Versions:
    """The sections of an old and a new version, what was edited between them, and what was left alone."""

    old: list[Section]
    new: list[Section]
    edits: list[dict[str, Any]] = field(default_factory=list)
    unchanged: list[dict[str, str]] = field(default_factory=list)


NAMES = ["Purpose", "Beds and lamps", "Footwear", "Night", "Working with families", "Medicines", "After a fall", "Learning"]


def paragraphs(section: int) -> list[str]:
    start = section * 20
    return [
        pdf.text(start + 1, 3),
        pdf.text(start + 2, 4),
        f"On this the ward does what follows, in the order of part {pdf.words_of(section)}:",
        *[f"• item {pdf.words_of(start + place)} of the list that the ward keeps" for place in range(3)],
        "• Yes",
        "• No",
        pdf.text(start + 3, 5),
    ]


def versions() -> Versions:
    """The two versions: each kind of edit once or more, and the fifth section moved to the second place."""
    old = [(name, paragraphs(number)) for number, name in enumerate(NAMES)]
    new = [(name, list(texts)) for name, texts in old]
    made = Versions(old, new)

    def note(kind: str, section: int, before: Any, after: Any) -> None:
        made.edits.append({"kind": kind, "section": NAMES[section], "before": before, "after": after})

    changed = new[1][1][0].replace("bell", "loud bell").replace(".", ", as agreed.", 1) + " The family is told within two working days."
    note("changed", 1, new[1][1][0], changed)
    new[1][1][0] = changed
    item = new[4][1][3]
    note("changed", 4, item[2:], item[2:] + " and shows to the family")
    new[4][1][3] = item + " and shows to the family"
    whole = new[2][1][1]
    cut = whole.index(". ", len(whole) // 2) + 1
    note("split", 2, whole, [whole[:cut], whole[cut + 1 :]])
    new[2][1][1:2] = [whole[:cut], whole[cut + 1 :]]
    note("deleted", 3, new[3][1][1], None)
    del new[3][1][1]
    note("deleted", 5, new[5][1][0], None)
    del new[5][1][0]
    joined = [new[6][1][0], new[6][1][1]]
    note("merged", 6, joined, " ".join(joined))
    new[6][1][0:2] = [" ".join(joined)]
    note("moved", 0, new[0][1][1], new[0][1][1])
    new[7][1].insert(1, new[0][1].pop(1))
    added = "A partner hears about every fall in the week in which it was, and says what the ward should ask about it."
    note("added", 7, None, added)
    new[7][1].insert(2, added)
    note("section moved", 4, f"{NAMES[4]} (section 5)", f"{NAMES[4]} (section 2)")
    new.insert(1, new.pop(4))
    touched = {text for edit in made.edits for side in ("before", "after") for text in _texts(edit[side])}
    for name, texts in old:
        made.unchanged += [
            {"section": name, "text": text.removeprefix("• ")} for text in texts if text.removeprefix("• ") not in touched and len(text) > 8
        ]
    return made


def _texts(side: Any) -> list[str]:
    return [] if side is None else [side] if isinstance(side, str) else list(side)


def as_pdf(sections: list[Section]) -> BytesIO:
    """A version as a PDF with running lines."""
    story: list[Any] = [Paragraph("Keeping people safe from falls", pdf.TITLE)]
    for number, (name, texts) in enumerate(sections, 1):
        story.append(Paragraph(f"{number}. {name}", pdf.HEADING))
        for text in texts:
            if text.startswith("• "):
                story.append(Paragraph(text[2:], pdf.CLAUSE, bulletText="•"))
            else:
                story.append(Paragraph(text, pdf.JUSTIFIED))
    return pdf.made(story, pdf.running(9))


def as_word(sections: list[Section]) -> BytesIO:
    """A version as a Word file with automatic numbers."""
    document = docx.Document()
    word.tie_headings(document)
    bullets = word.numbering(document, word.BULLETS)
    document.add_paragraph("Keeping people safe from falls", style="Title")
    for name, texts in sections:
        document.add_heading(name, 1)
        for text in texts:
            if text.startswith("• "):
                word.in_list(document.add_paragraph(text[2:]), bullets)
            else:
                document.add_paragraph(text)
    return word.saved(document)


def as_words(sections: list[Section]) -> str:
    """Everything that a version says, its printed section numbers with it."""
    texts = [text for number, (name, inner) in enumerate(sections, 1) for text in (f"{number}. {name}", *inner)]
    return " ".join(["Keeping people safe from falls", *texts])
