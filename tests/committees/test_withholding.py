"""Whoever has stepped back from an item finds no word of it anywhere: not on a page, in a search, a pack, a feed or an email."""

from __future__ import annotations

import io
import re

import pypdf
import pytest
from django.core import mail
from django.test import Client
from django.urls import get_resolver, reverse

from safety_partners.committees import commands, packing, queries
from safety_partners.committees.models import Classification, Item, Minutes
from safety_partners.core import outbox
from safety_partners.core.models import Message
from safety_partners.insights.models import Insight
from safety_partners.people.models import Membership
from tests.committees.test_packing import pdf
from tests.factories.committees import make_invitee, make_item, make_meeting, make_paper
from tests.factories.people import viewer_of

pytestmark = pytest.mark.django_db
# Words that stand nowhere but in what is withheld: the paper, the minutes, a decision, an action, and what somebody said.
SECRETS = ["wombatpaper", "wombatsummary", "wombatquestion", "wombatterm", "wombatwords", "wombatpurpose", "wombatchange", "wombatspoken"]
SECRETS += ["wombatminute", "wombatdecision", "wombataction", "wombatfile", "wombatnote"]

SPOKEN = {"words": "wombatspoken", "kind": Insight.Kind.CHALLENGE, "visibility": Insight.Visibility.ANSWERERS}


@pytest.fixture
def meeting(committee, partner, second, member, secretary, lead):
    found = make_meeting(committee)
    for person, kind in ((partner.membership, "partner"), (second.membership, "partner"), (member, "member"), (lead, "guest")):
        make_invitee(found, person, kind)
    make_paper(make_item(found, "Open to them"), "A paper they may read")
    return found


@pytest.fixture
def item(meeting, secretary, member):
    viewer = viewer_of(secretary)
    found = commands.add_item(
        viewer, meeting, title="The contract", kind=Item.Kind.DECIDE, purpose="wombatpurpose", can_change="wombatchange"
    )
    beside = {"summary": "wombatsummary", "questions": "wombatquestion?", "jargon": "wombatterm: a term"}
    paper = commands.add_paper(viewer, found, title="wombatpaper", author=member, **beside)
    commands.add_version(viewer, paper, words="wombatwords")
    taken = commands.Taken(pdf("wombatwords"), "wombatfile.pdf", "application/pdf", [{**BLOCK, "text": "wombatwords"}])
    commands.add_version(viewer, paper, taken=taken, note="wombatnote")
    return found


BLOCK = {"kind": "paragraph", "text": "", "level": 0, "number": "", "rows": [], "head_rows": 0, "page": 1}


def everything_said(secretary, second, item, lead):
    """A decision, an action, minutes, and what the other partner said."""
    viewer = viewer_of(secretary)
    commands.save_minute(viewer, item, words="wombatminute", turn=0)
    commands.add_decision(viewer, item, words="wombatdecision")
    commands.agree_meeting_action(viewer, item, text="wombataction", owner=secretary, due_on=item.meeting.day)
    placed = commands.speak(
        viewer_of(second.membership), item, words="wombatspoken", kind=Insight.Kind.CHALLENGE, visibility=Insight.Visibility.ANSWERERS
    )
    commands.share_spoken(viewer_of(second.membership), placed, turn=placed.insight.turn)


def pages(person: Membership, paths) -> dict[str, str]:
    """What somebody sees at these addresses: words, and the names under which files would be saved."""
    client = Client()
    client.force_login(person.user)
    found = {}
    for path in paths:
        response = client.get(path)
        content = response.getvalue() if response.streaming else response.content
        if response.get("Content-Type", "").startswith("application/pdf"):
            reader = pypdf.PdfReader(io.BytesIO(content))
            found[path] = " ".join(page.extract_text() for page in reader.pages)
        else:
            found[path] = content.decode(errors="replace")
        # The name under which a file would be saved, and where one is sent on to.
        found[path] += response.get("Content-Disposition", "") + response.get("Location", "")
    return found


def addresses(meeting, item, person):
    """Each address of committees, of the loop and of home: with the codes of what it is about, or without any."""
    paper = item.papers.get()
    about = {
        "committees": [meeting.committee],
        "meetings": [meeting],
        "items": [item],
        "papers": [paper],
        "paper-versions": paper.versions.all(),
        "recusals": item.recusals.all(),
        "invitees": meeting.invitees.filter(membership=person),
        "packs": meeting.invitees.filter(membership=person),
        "words": item.insights.all(),
        "decisions": item.decisions.all(),
        "meeting-actions": item.actions.all(),
        "minutes": Minutes.objects.all(),
        "insights": Insight.objects.all(),
    }
    for resolver in get_resolver().url_patterns:
        for pattern in getattr(resolver, "url_patterns", []):
            if resolver.app_name not in {"committees", "insights", "home"}:
                continue
            name, parts = f"{resolver.app_name}:{pattern.name}", list(pattern.pattern.converters)
            if not parts:
                yield reverse(name)
            elif parts == ["code"]:
                noun = str(pattern.pattern).split("/")[0]
                yield from (reverse(name, args=[record.code]) for record in about.get(noun, []))
    for page in ("papers", "decisions", "meeting-actions"):
        yield reverse(f"committees:{page}") + "?q=wombatwords"
    yield reverse("insights:insights") + "?q=wombatspoken"


def told(person: Membership) -> str:
    """Everything that was sent to somebody, as it goes out."""
    outbox.deliver()
    sent = " ".join(str(email.message()) for email in mail.outbox if person.user.email in email.to)
    return sent + " ".join(
        f"{one.subject} {one.text} {one.calendar} {one.part}" for one in Message.objects.filter(to_membership_id=person.pk)
    )


@pytest.mark.parametrize("who", ["partner", "member", "lead"])
def test_no_word_of_it_reaches_whoever_has_stepped_back(request, who, meeting, item, secretary, second, lead):
    found = request.getfixturevalue(who)
    person = getattr(found, "membership", found)
    commands.declare_interest(viewer_of(person), item)
    Message.objects.filter(to_membership_id=person.pk).delete()
    everything_said(secretary, second, item, lead)
    commands.send_papers(viewer_of(secretary), meeting)
    commands.add_version(viewer_of(secretary), item.papers.get(), words="wombatwords wombatfile", note="wombatnote")
    seen = pages(person, addresses(meeting, item, person))
    leaks = {path: [word for word in SECRETS if word in text.casefold()] for path, text in seen.items()}
    # What somebody typed into the search stands in its own box.
    leaks = {path: [word for word in words if f"q={word}" not in path] for path, words in leaks.items()}
    assert {path: words for path, words in leaks.items() if words} == {}
    assert not [word for word in SECRETS if word in told(person).casefold()]
    assert len(seen) > 60
    assert "The contract" in seen[meeting.get_absolute_url()]
    assert "stepped back" in seen[item.get_absolute_url()]


def test_the_walk_finds_those_words_where_nobody_has_stepped_back(meeting, item, secretary, second, lead):
    """The same walk of somebody who may open the item: it does find every one of them."""
    everything_said(secretary, second, item, lead)
    viewer = viewer_of(lead)
    for version in item.papers.get().versions.all():
        commands.open_version(viewer, version)
    commands.open_pack(viewer, meeting)
    everything = " ".join(pages(lead, addresses(meeting, item, lead)).values()).casefold()
    assert [word for word in SECRETS if word not in everything] == []


def test_what_is_said_afterwards_is_withheld_too(meeting, item, partner, second, secretary, lead):
    commands.declare_interest(viewer_of(lead), item)
    placed = commands.speak(
        viewer_of(second.membership), item, words="wombatspoken", kind=Insight.Kind.CHALLENGE, visibility=Insight.Visibility.ANSWERERS
    )
    Message.objects.all().delete()
    commands.share_spoken(viewer_of(second.membership), placed, turn=placed.insight.turn)
    assert not Insight.objects.visible_to(viewer_of(lead)).exists()
    assert not Insight.objects.shared_with(viewer_of(lead)).exists()
    assert not Message.objects.filter(to_membership_id=lead.pk).exists()
    assert Insight.objects.visible_to(viewer_of(second.membership)).exists()
    commands.take_back_interest(viewer_of(lead), item.recusals.get())
    assert Insight.objects.visible_to(viewer_of(lead)).exists()


def test_counts_say_nothing_either(meeting, item, partner):
    viewer = viewer_of(partner.membership)
    before = [len(line.papers) for line in queries.agenda(viewer, meeting)]
    commands.declare_interest(viewer, item)
    after = queries.agenda(viewer, meeting)
    assert sum(before) - sum(len(line.papers) for line in after) == 1
    assert [line.number for line in after] == [str(number) for number in range(1, len(before) + 1)]
    assert queries.papers(viewer).count() == 1
    assert len(queries.enclosed(viewer, meeting)) == 1


def test_others_see_no_sign_that_somebody_stepped_back(meeting, item, partner, second):
    paths = [
        meeting.get_absolute_url(),
        item.get_absolute_url(),
        item.papers.get().get_absolute_url(),
        reverse("committees:pack", args=[meeting.code]),
    ]

    def seen():
        found = pages(second.membership, paths)
        return {path: re.sub(r'(csrfmiddlewaretoken|submission_key|nonce)"?[^>]*>', "", text) for path, text in found.items()}

    # The first page that somebody opens may set a clock or a token; two looks at the same state are compared first.
    assert seen() == seen()
    earlier = seen()
    commands.declare_interest(viewer_of(partner.membership), item, reason="wombatspoken")
    assert seen() == earlier


@pytest.mark.parametrize("classification", [Classification.INVITED, Classification.RESTRICTED])
def test_a_class_hides_even_the_line_from_those_it_is_not_for(meeting, staff, secretary, second, lead, classification):
    private = commands.add_item(
        viewer_of(secretary), meeting, title="wombatpaper", kind=Item.Kind.DECIDE, classification=classification, purpose="wombatpurpose"
    )
    make_paper(private, "wombatwords", summary="wombatsummary")
    paths = [meeting.get_absolute_url(), private.get_absolute_url(), private.papers.get().get_absolute_url()]
    paths += [reverse("committees:pack", args=[meeting.code]), reverse("committees:papers"), reverse("home:home")]
    texts = pages(staff, paths)
    assert {path for path, text in texts.items() if any(word in text.casefold() for word in SECRETS)} == set()
    assert "wombatpaper" in " ".join(pages(secretary, paths).values())


def test_the_pack_of_somebody_else_is_printed_with_what_they_may_open(meeting, item, partner, secretary):
    commands.declare_interest(viewer_of(partner.membership), item)
    reader = viewer_of(partner.membership)
    content = packing.pack(meeting, queries.lines(reader, meeting), queries.enclosed(reader, meeting), reader=reader.name)
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    assert "A paper they may read" in text
    assert "wombat" not in text
