"""Tagged PDFs: what the document says about itself is followed, and mended where it is known to go wrong."""

from safety_partners.reading import Kind, ReadDocument, read_document

from .making_pdf import text
from .making_tagged import Said, Tag, said, tag, tagged

FIRST = "The first paragraph of the policy is about beds, which are low and have brakes that hold."
SECOND = "The second paragraph is about lamps, which stand where the hand of the person can reach them."


def shown(document: ReadDocument) -> list[tuple[str, int, str, str]]:
    return [(block.kind.value, block.level, block.number, block.text) for block in document.blocks]


def test_headings_paragraphs_and_lists_are_what_the_tags_say() -> None:
    file = tagged(
        tag(
            "Document",
            tag("H1", said("1. Purpose", size=16, bold=True)),
            tag("P", said(FIRST)),
            tag("H2", said("1.1 Beds", size=13, bold=True)),
            tag(
                "L",
                tag("LI", tag("Lbl", said("•")), tag("LBody", said("low", left=80))),
                tag(
                    "LI",
                    tag("Lbl", said("•")),
                    tag(
                        "LBody",
                        tag("P", said("with brakes", left=80)),
                        tag("L", tag("LI", tag("Lbl", said("o", left=90)), tag("LBody", said("tested", left=110)))),
                    ),
                ),
            ),
            tag("P", said(SECOND)),
        ),
        running="Falls policy, page {}",
    )
    assert shown(read_document(file, "policy.pdf")) == [
        ("heading", 1, "1.", "Purpose"),
        ("paragraph", 0, "", FIRST),
        ("heading", 2, "1.1", "Beds"),
        ("list_item", 1, "•", "low"),
        ("list_item", 1, "•", "with brakes"),
        ("list_item", 2, "◦", "tested"),
        ("paragraph", 0, "", SECOND),
    ]


def test_own_names_of_tags_are_looked_up() -> None:
    file = tagged(
        tag(
            "Document",
            tag("Kapitel", said("Beds", size=16, bold=True)),
            tag("Absatz", said(FIRST)),
            tag("Story", tag("Absatz", said(SECOND))),
        ),
        roles={"Kapitel": "Ueberschrift", "Ueberschrift": "H1", "Absatz": "P", "Story": "Sect"},
    )
    assert shown(read_document(file, "policy.pdf")) == [
        ("heading", 1, "", "Beds"),
        ("paragraph", 0, "", FIRST),
        ("paragraph", 0, "", SECOND),
    ]


def test_a_paragraph_of_several_pages_is_one() -> None:
    file = tagged(
        tag(
            "Document",
            tag("P", said("The paragraph begins here", page=0), said("and ends on the next page.", page=1)),
            tag("P", said(SECOND, page=1)),
        ),
        pages=2,
    )
    assert [block.text for block in read_document(file, "policy.pdf").blocks] == [
        "The paragraph begins here and ends on the next page.",
        SECOND,
    ]


def test_tags_that_stop_at_page_breaks_are_joined() -> None:
    one = "The paragraph begins on the first page, in a sentence that goes on over the break and ends"
    two = "on the second page, as a program writes it that ends each tag where the page ends."
    file = tagged(
        tag("Document", tag("P", said(FIRST)), tag("P", said(one)), tag("P", said(two, page=1)), tag("P", said(SECOND, page=1))), pages=2
    )
    assert [block.text for block in read_document(file, "policy.pdf").blocks] == [FIRST, f"{one} {two}", SECOND]


def test_tables_with_spans_are_rows() -> None:
    def cell(words: str, left: float, **spans: int) -> Tag:
        return tag("TD", tag("P", said(words, left=left)), **spans)

    file = tagged(
        tag(
            "Document",
            tag("P", said(FIRST)),
            tag(
                "Table",
                tag(
                    "THead",
                    tag(
                        "TR",
                        tag("TH", said("When", bold=True)),
                        tag("TH", said("Who", left=160, bold=True)),
                        tag("TH", said("What", left=260, bold=True)),
                    ),
                ),
                tag(
                    "TBody",
                    tag("TR", cell("At once", 60, RowSpan=2), cell("Nurse", 160), cell("Looks", 260)),
                    tag("TR", cell("Doctor", 160), cell("Examines", 260)),
                    tag("TR", cell("Later", 60), cell("All of them together", 160, ColSpan=2)),
                ),
            ),
        )
    )
    table = read_document(file, "policy.pdf").blocks[1]
    assert table.rows == (
        ("When", "Who", "What"),
        ("At once", "Nurse", "Looks"),
        ("", "Doctor", "Examines"),
        ("Later", "All of them together", ""),
    )
    assert table.head_rows == 1


def test_spans_that_the_tags_leave_out_are_seen_from_the_places() -> None:
    rows = [
        tag("TR", tag("TH", said("Who looks after what", bold=True))),
        tag("TR", tag("TD", said("Bed")), tag("TD", said("low", left=200)), tag("TD", said("always", left=350))),
        tag("TR", tag("TD", said("Lamp")), tag("TD", said("within reach of the hand", left=200))),
        tag("TR", tag("TD", said("Bell")), tag("TD", said("near", left=200)), tag("TD", said("always", left=350))),
    ]
    document = read_document(tagged(tag("Document", tag("P", said(FIRST)), tag("Table", *rows), tag("P", said(SECOND)))), "policy.pdf")
    assert document.blocks[1].text == "Who looks after what"
    assert document.blocks[2].rows == (("Bed", "low", "always"), ("Lamp", "within reach of the hand", ""), ("Bell", "near", "always"))


def test_a_heading_in_a_one_cell_table_is_a_heading() -> None:
    story = []
    for number, name in enumerate(["Beds", "Lamps", "Bells"], 1):
        box = tag(
            "Table",
            tag(
                "TR",
                tag(
                    "TH",
                    tag(
                        "L",
                        tag(
                            "LI", tag("Lbl", said(f"{number}.", size=14, bold=True)), tag("LBody", said(name, left=90, size=14, bold=True))
                        ),
                    ),
                ),
            ),
        )
        story += [box, tag("P", said(text(number)[:80])), tag("P", said(text(number + 5)[:80]))]
    document = read_document(tagged(tag("Document", *story)), "policy.pdf")
    headings = [(block.number, block.text, block.level) for block in document.blocks if block.kind is Kind.HEADING]
    assert headings == [("1.", "Beds", 1), ("2.", "Lamps", 1), ("3.", "Bells", 1)]


def test_footnotes_and_contents_are_named() -> None:
    file = tagged(
        tag(
            "Document",
            tag("TOC", tag("TOCI", said("1 Beds ........................ 2")), tag("TOCI", said("2 Lamps ....................... 3"))),
            tag(
                "P",
                said("Beds are low"),
                tag("Note", tag("Lbl", said("1", size=7)), tag("P", said("See the policy on beds.", size=8))),
                said("and have brakes."),
            ),
        )
    )
    assert shown(read_document(file, "policy.pdf")) == [
        ("contents", 0, "1", "Beds 2"),
        ("contents", 0, "2", "Lamps 3"),
        ("paragraph", 0, "", "Beds are low and have brakes."),
        ("note", 0, "1", "See the policy on beds."),
    ]


def test_words_under_no_tag_are_read_where_they_stand() -> None:
    story = [tag("P", said(text(number)[:85])) for number in range(12)]
    file = tagged(tag("Document", *story), untagged=[said("Nobody has tagged this line, and it still is part of the policy.")])
    document = read_document(file, "policy.pdf")
    assert document.blocks[0].text == "Nobody has tagged this line, and it still is part of the policy."
    assert len(document.blocks) == 13


def test_tags_that_reach_few_words_are_not_followed() -> None:
    untagged = [Said([text(number)[:90]]) for number in range(20)]
    document = read_document(tagged(tag("Document", tag("P", said(FIRST))), untagged=untagged), "policy.pdf")
    everything = " ".join(block.text for block in document.blocks)
    assert everything.count("Paragraph") == 20
    assert everything.count(FIRST) == 1


def test_fake_bullets_in_a_paragraph_are_items() -> None:
    file = tagged(
        tag("Document", tag("P", said(FIRST)), tag("P", said("• beds are low", "• lamps are near")), tag("P", said("• bells are loud")))
    )
    assert [(block.kind, block.number, block.text) for block in read_document(file, "policy.pdf").blocks][1:] == [
        (Kind.LIST_ITEM, "•", "beds are low"),
        (Kind.LIST_ITEM, "•", "lamps are near"),
        (Kind.LIST_ITEM, "•", "bells are loud"),
    ]
