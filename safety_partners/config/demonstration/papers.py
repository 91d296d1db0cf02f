"""Short invented documents, made as Word files, so that the demonstration has something real to read."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping

Section = tuple[str, list[str]]

GOING_HOME: list[Section] = [
    (
        "Why we have this policy",
        [
            "This policy says how people leave the urgent treatment centre safely, what they take home and whom they can ring.",
            "It is for everybody who works in the centre, by day and at night.",
        ],
    ),
    (
        "Before somebody goes home",
        [
            "The clinician who saw the person checks that they understand what to do next.",
            "Written information is given to every patient on discharge.",
            "Where a person cannot read the information, a relative may be asked to read it to them.",
            "Medicines are explained, with the time of the next dose.",
        ],
    ),
    (
        "If things get worse",
        [
            "Patients are advised to contact their GP if symptoms deteriorate.",
            "Outside surgery hours patients may attend the nearest emergency department.",
        ],
    ),
    (
        "What we look at",
        [
            "Returns within seven days are counted each month and reported to the Quality and Governance Committee.",
            "The policy is reviewed every two years.",
        ],
    ),
]

GOING_HOME_NEXT: list[Section] = [
    GOING_HOME[0],
    (
        "Before somebody goes home",
        [
            "The clinician who saw the person checks that they understand what to do next, by asking them to say it in their own words.",
            "Written information is given to every patient on discharge, in the format they asked for.",
            "Medicines are explained, with the time of the next dose.",
        ],
    ),
    (
        "If things get worse",
        [
            "Patients are given one number for evenings, nights and weekends, in large print at the top of the sheet.",
            "Outside surgery hours patients may attend the nearest emergency department.",
        ],
    ),
    (
        "Language and reading",
        ["Where a person cannot read the information, an interpreter or a colleague goes through it with them. Relatives are not used."],
    ),
    GOING_HOME[3],
]

COMPLAINTS: list[Section] = [
    (
        "Purpose",
        [
            "This policy describes how Meadowbank Care Federation receives, investigates and responds to complaints and concerns.",
            "A complaint may be made by a patient, or by somebody acting on a patient’s behalf with their consent.",
        ],
    ),
    (
        "How to complain",
        [
            "Complaints should be made in writing to the complaints manager within twelve months of the event.",
            "A complaint made by telephone will be written down and sent to the complainant for signature.",
            "Complaints are acknowledged within three working days.",
        ],
    ),
    (
        "What happens next",
        [
            "The complaints manager agrees a plan with the complainant, including how long the investigation will take.",
            "The response is signed by the chief executive.",
            "Where the complainant remains dissatisfied they may ask the Ombudsman to look at the complaint.",
        ],
    ),
    ("Learning", ["Themes from complaints are reported to the Quality and Governance Committee each quarter."]),
]

INTERPRETERS: list[Section] = [
    (
        "1. Purpose",
        [
            "Everybody understands what is said to them, and can say what they want to say, in the language they speak best.",
        ],
    ),
    (
        "2. Interpreters",
        [
            "An interpreter is booked when a patient arrives and asks for one.",
            "Interpreters may be present or on the telephone. Family members do not interpret.",
            "British Sign Language interpreters are booked through the same line.",
        ],
    ),
    (
        "3. Easy words",
        [
            "Letters are written so that a child of eleven could read them. Words of medicine are explained where they first stand.",
        ],
    ),
]

TEST_RESULTS: list[Section] = [
    (
        "1. Purpose",
        [
            "People hear the results of their tests in time and in words that they understand.",
        ],
    ),
    (
        "2. How results are given",
        [
            "Results are given by telephone between two and four in the afternoon.",
            "No news means that the result was normal.",
            "Results that need something done the same day are given by a clinician at once.",
        ],
    ),
]

VISITING: list[Section] = [
    (
        "Scope",
        [
            "This procedure covers visits to people at home by the community nursing team.",
            "Visits are booked by the coordinator on the working day before.",
        ],
    ),
    (
        "The visit",
        [
            "The patient is told the day of the visit. Times are not given because the order of visits may change.",
            "The nurse carries photographic identification and shows it at the door.",
            "If nobody answers, the nurse leaves a card and tells the coordinator.",
        ],
    ),
    ("Afterwards", ["The visit is written up on the same day.", "Urgent concerns are telephoned to the duty doctor."]),
]

TABLE: Mapping[str, list[tuple[str, str]]] = {
    "Complaints and concerns policy": [("Step", "Within"), ("Acknowledgement", "3 working days"), ("Plan agreed", "10 working days")],
}


def word_file(title: str, sections: Iterable[Section]) -> io.BytesIO:
    """A Word document with a title, numbered headings, paragraphs and, where there is one, a table."""
    from docx import Document

    paper = Document()
    paper.add_heading(title, level=0)
    for number, (heading, paragraphs) in enumerate(sections, 1):
        paper.add_heading(f"{number}. {heading}", level=1)
        for words in paragraphs:
            paper.add_paragraph(words)
    if rows := TABLE.get(title):
        table = paper.add_table(rows=0, cols=2)
        for one, other in rows:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = one, other
    content = io.BytesIO()
    paper.save(content)
    content.seek(0)
    return content
