"""The agenda of the next meeting of the Quality and Governance Committee, with its papers, sent to everybody who is invited."""

from __future__ import annotations

from safety_partners.committees import commands
from safety_partners.committees.models import Classification, Committee, Item, Meeting
from safety_partners.config.demonstration import papers
from safety_partners.config.demonstration.people import Cast
from safety_partners.config.demonstration.telling import as_, days_ago

FALLS = """We counted every fall at home within seven days of urgent treatment, from June to November.

There were 61. In the six months before there were 83. Nearly half of them were on the first night.

Two people died after a fall. Their families were spoken with, and asked us to look again at what we hand out in the evening."""
NIGHT = """The night number is printed on the going-home sheet since October.

Calls to it went from 9 a week to 31. Most callers asked which tablet to take next."""


def tell(cast: Cast, committee: Committee) -> Meeting:
    """Four items, one of them restricted; a paper that was replaced after Anjali had read it, and one still promised."""
    meeting: Meeting = Meeting.objects.filter(committee=committee).to_come().earliest("starts_at")
    owen = as_(cast.owen)
    with days_ago(12):
        item = _items(cast, meeting)
        _falls(cast, item["falls"])
        going_home = commands.add_paper(
            owen,
            item["policy"],
            title="Going home safely: the new policy",
            author=cast.priya,
            summary="The policy says what every patient is told and given when they leave. The new words are about the first night.",
            jargon="Safety netting: telling people what to watch for, and what to do if it happens",
            questions="Would you know what to do at two in the morning?\nIs there a word in it that you would not use?",
            minutes_to_read=12,
        )
        taken = commands.take(papers.word_file("Going home safely", papers.GOING_HOME), "going-home-safely.docx")
        commands.add_version(owen, going_home, taken=taken)
        commands.add_paper(owen, item["night"], title="Calls at night, October and November", author=cast.ben)
        contract = commands.add_paper(
            owen, item["contract"], title="The two offers", summary="What each firm offers, and at what price.", classification="restricted"
        )
        commands.add_version(owen, contract, words="Firm A offers the lower price. Firm B answers within four hours.")
    with days_ago(6):
        commands.send_papers(owen, meeting)
    with days_ago(5):
        commands.open_version(as_(cast.anjali), going_home.versions.get())
        commands.declare_interest(as_(cast.ben), item["contract"], reason="My brother works for one of the firms.")
    with days_ago(3):
        note = "Part 2 says who prints the sheet. Nothing else is different."
        typed = "\n\n".join(line for _heading, lines in papers.GOING_HOME for line in lines)
        commands.add_version(owen, going_home, words=typed, note=note)
    return meeting


def _items(cast: Cast, meeting: Meeting) -> dict[str, Item]:
    owen = as_(cast.owen)
    told = [
        ("falls", "Falls at home, half a year later", "discuss", 25, Classification.OPEN),
        ("policy", "Going home safely: the new policy", "decide", 30, Classification.OPEN),
        ("night", "The night number", "note", 10, Classification.INVITED),
        ("contract", "Who looks after our call bells", "decide", 15, Classification.RESTRICTED),
    ]
    found = {}
    for name, title, kind, minutes, classification in told:
        about = {"kind": kind, "minutes_long": minutes, "lead": cast.priya, "classification": classification}
        found[name] = commands.add_item(
            owen,
            meeting,
            title=title,
            purpose="So that the committee knows, and can say what comes next.",
            can_change="Everything.",
            **about,
        )
    return found


def _falls(cast: Cast, item: Item) -> None:
    paper = commands.add_paper(
        as_(cast.owen),
        item,
        title="Falls at home from June to November",
        author=cast.ben,
        summary="Fewer people fell after going home than in the half year before. Half of the falls were on the first night.",
        questions="What would have helped you on a first night at home?",
        minutes_to_read=6,
        is_distressing=True,
        distress_note="It speaks of two people who died after a fall.",
    )
    commands.add_version(as_(cast.ben), paper, words=FALLS)
