"""Papers: promised, sent in, replaced, opened, sent to everybody; copies in other formats; packs by post."""

from __future__ import annotations

import datetime as dt
import io

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from safety_partners.committees import commands, queries
from safety_partners.committees.commands.taking import Taken
from safety_partners.committees.models import Classification, FormatCopy, Invitee, Paper, PaperVersion, Reading
from safety_partners.committees.queries.duties import ARMS
from safety_partners.core import clock
from safety_partners.core.duty import Waiting
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Message
from safety_partners.core.policy import Refused
from safety_partners.core.working_days import today
from safety_partners.partners.models import AccessNeed
from tests.factories.committees import make_invitee, make_item, make_meeting, make_paper, make_recusal
from tests.factories.people import viewer_of

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def meeting(committee, partner, second, member, secretary):
    found = make_meeting(committee)
    for person, kind in ((partner.membership, "partner"), (second.membership, "partner"), (member, "member"), (secretary, "member")):
        make_invitee(found, person, kind)
    return found


@pytest.fixture
def item(meeting):
    return make_item(meeting)


@pytest.fixture
def post(meeting):
    """What goes out from now on, as (template, to whom)."""
    Message.objects.all().delete()
    return lambda: [(one.template.removeprefix("committees/"), one.to_name) for one in Message.objects.order_by("id")]


def taken(**fields):
    return Taken(io.BytesIO(b"%PDF-1.7 a file"), "falls.pdf", "application/pdf", **fields)


def send_in(person, paper, *, words="Falls went down.", **fields):
    return commands.add_version(viewer_of(person), paper, **{"words": words, **fields})


def open_newest(person, paper):
    return commands.open_version(viewer_of(person), paper.versions.order_by("-number").first())


# Promised


def test_add_paper_tells_its_author_by_when(secretary, staff, item, post):
    paper = commands.add_paper(viewer_of(secretary), item, title="Report", author=staff)
    assert post() == [("paper_asked", "Stan Staff")]
    assert Paper.objects.awaited().get() == paper
    assert "Report" not in Message.objects.get().text + Message.objects.get().subject


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"questions": "One?\nTwo?\nThree?\nFour?"}, "questions"),
        ({"is_distressing": True}, "distress_note"),
    ],
)
def test_add_paper_says_what_is_wrong_beside_the_question(secretary, item, wrong, field):
    with pytest.raises(NotPossible) as caught:
        commands.add_paper(viewer_of(secretary), item, **{"title": "Report", **wrong})
    assert caught.value.field == field


def test_add_paper_is_for_those_who_run_it(partner, staff, item):
    for person in (partner.membership, staff):
        with pytest.raises(Refused):
            commands.add_paper(viewer_of(person), item, title="Report")


def test_an_author_changes_the_summary_and_not_who_may_open_it(secretary, staff, member, item):
    paper = make_paper(item, words="", author=staff)
    commands.change_paper(viewer_of(staff), paper, turn=0, title="Falls", summary="Fewer.", classification=Classification.RESTRICTED)
    paper.refresh_from_db()
    assert (paper.title, paper.summary, paper.classification, paper.author) == ("Falls", "Fewer.", "open", staff)
    with pytest.raises(Overtaken):
        commands.change_paper(viewer_of(secretary), paper, turn=0, title="Falls")
    with pytest.raises(Refused):
        commands.change_paper(viewer_of(member), paper, turn=1, title="Falls")


# Sent in


def test_add_version_keeps_the_file_and_tells_the_secretary(staff, item, post):
    paper = make_paper(item, words="", author=staff)
    version = commands.add_version(viewer_of(staff), paper, taken=taken(page_count=3, blocks=[{"text": "Quokka"}]))
    assert (version.number, version.file.name, version.page_count, version.is_late) == (1, "falls.pdf", 3, False)
    assert post() == [("paper_arrived", "Sec Secretary")]
    assert not Paper.objects.awaited().exists()


def test_a_paper_after_its_day_is_late_and_counted(secretary, committee, item):
    paper = make_paper(item, words="")
    with time_machine.travel(dt.datetime.combine(item.meeting.papers_due_on + DAY, dt.time(12), tzinfo=clock.LONDON)):
        assert send_in(secretary, paper).is_late
        assert not send_in(secretary, paper, note="A figure.").is_late
        assert queries.our_side(viewer_of(secretary), [committee])[committee.pk].late == 1


def test_a_paper_on_its_day_is_in_time(secretary, item):
    paper = make_paper(item, words="")
    with time_machine.travel(dt.datetime.combine(item.meeting.papers_due_on, dt.time(23), tzinfo=clock.LONDON)):
        assert not send_in(secretary, paper).is_late


@pytest.mark.parametrize("given", [{"words": " "}, {"words": "Typed", "taken": taken()}])
def test_a_version_is_a_file_or_words(secretary, item, given):
    with pytest.raises(NotPossible):
        commands.add_version(viewer_of(secretary), make_paper(item, words=""), **given)
    assert not PaperVersion.objects.exists()


def test_replacing_keeps_the_old_one_and_tells_those_who_had_read_it(secretary, partner, second, member, item, post):
    paper = make_paper(item)
    for person in (partner.membership, second.membership, secretary):
        open_newest(person, paper)
    make_recusal(item, second.membership)
    with pytest.raises(NotPossible) as caught:
        send_in(secretary, paper)
    assert caught.value.field == "note"
    send_in(secretary, paper, note="Table 2 is new.")
    assert post() == [("paper_replaced", "Pat Partner")]
    assert [version.words for version in paper.versions.order_by("number")] == ["Falls went down by a third.", "Falls went down."]


def test_a_new_paper_after_the_others_were_sent_tells_those_who_may_open_it(secretary, partner, second, member, meeting, post):
    make_paper(make_item(meeting))
    commands.send_papers(viewer_of(secretary), meeting)
    Message.objects.all().delete()
    item = make_item(meeting, "New", classification=Classification.INVITED)
    make_recusal(item, second.membership)
    send_in(secretary, make_paper(item, words=""))
    assert sorted(post()) == [("paper_added", "Mem Member"), ("paper_added", "Pat Partner")]


def test_take_out_paper_closes_it_and_tells_its_readers(secretary, partner, member, item, post):
    paper = make_paper(item)
    open_newest(partner.membership, paper)
    commands.take_out_paper(viewer_of(secretary), paper)
    assert post() == [("paper_taken_out", "Pat Partner")]
    with pytest.raises(Refused):
        open_newest(member, paper)
    with pytest.raises(Overtaken):
        send_in(secretary, paper, note="Again.")
    with pytest.raises(Overtaken):
        commands.take_out_paper(viewer_of(secretary), paper)


def test_open_version_is_noted_once(partner, item):
    paper = make_paper(item)
    for _again in range(2):
        open_newest(partner.membership, paper)
    assert Reading.objects.filter(membership=partner.membership).count() == 1


def test_search_finds_the_words_of_the_newest_version_for_those_who_may_open_it(secretary, partner, staff, item):
    paper = make_paper(item, words="", classification=Classification.INVITED)
    send_in(secretary, paper, words="The wombat fell.")
    commands.add_version(viewer_of(secretary), paper, taken=taken(blocks=[{"text": "The quokka fell."}]), note="Another animal.")

    def found(person, typed):
        viewer = viewer_of(person)
        return queries.search_papers(queries.papers(viewer), typed, viewer).exists()

    assert [found(person, "quokka") for person in (secretary, partner.membership, staff)] == [True, True, False]
    assert not found(secretary, "wombat")


# Sent to everybody


def test_send_papers_tells_everybody_once_and_posts_to_those_told_by_letter(secretary, partner, second, meeting, post):
    make_paper(make_item(meeting))
    commands.send_papers(viewer_of(secretary), meeting)
    assert sorted(post()) == [("papers_sent", "Mem Member"), ("papers_sent", "Pat Partner"), ("papers_sent", "Sam Second")]
    assert [one.membership for one in queries.packs_to_post(viewer_of(secretary))] == [second.membership]
    with pytest.raises(Overtaken):
        commands.send_papers(viewer_of(secretary), meeting)


def test_send_papers_counts_for_each_only_what_they_may_open(secretary, partner, second, meeting, post):
    make_paper(make_item(meeting), "Open")
    secret = make_item(meeting, classification=Classification.RESTRICTED)
    make_paper(secret, "Secret")
    only = make_item(meeting)
    make_paper(only, "Withheld")
    make_recusal(only, partner.membership)
    commands.send_papers(viewer_of(secretary), meeting)
    said = {one.to_name: one.text for one in Message.objects.filter(template="committees/papers_sent")}
    assert "There is 1 paper" in said["Pat Partner"]
    assert "There are 2 papers" in said["Sam Second"]
    assert "There are 3 papers" in said["Mem Member"]
    assert not [text for text in said.values() if "Secret" in text or "Withheld" in text]


def test_send_papers_needs_one_that_is_there(secretary, meeting):
    make_paper(make_item(meeting), words="")
    with pytest.raises(NotPossible):
        commands.send_papers(viewer_of(secretary), meeting)


# Copies in other formats


@pytest.fixture
def need(partner):
    return AccessNeed.objects.create(partner=partner, kind=AccessNeed.Kind.FORMAT, what="Large print, 18 points.")


def test_a_version_asks_for_a_copy_for_each_partner_who_needs_one_and_may_open_it(secretary, partner, need, item):
    send_in(secretary, make_paper(item, words=""))
    hidden = make_item(item.meeting)
    make_recusal(hidden, partner.membership)
    send_in(secretary, make_paper(hidden, words=""))
    assert [(copy.paper.item, copy.need, copy.status) for copy in FormatCopy.objects.all()] == [(item, need, "wanted")]
    assert queries.copies_to_make(viewer_of(secretary)).count() == 1
    assert not queries.copies_to_make(viewer_of(partner.membership)).exists()


@pytest.fixture
def copy(secretary, need, item):
    paper = make_paper(item, words="")
    send_in(secretary, paper)
    Message.objects.all().delete()
    return FormatCopy.objects.get()


def test_copy_ready_with_or_without_a_file_tells_the_partner(secretary, copy, post):
    file = SimpleUploadedFile("large.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
    commands.copy_ready(viewer_of(secretary), copy, turn=0, file=file)
    assert (copy.status, copy.file.name, copy.done_by_id) == ("ready", "large.pdf", secretary.pk)
    assert post() == [("copy_ready", "Pat Partner")]
    with pytest.raises(Overtaken):
        commands.cannot_copy(viewer_of(secretary), copy, turn=0, reason="Too late.")


def test_a_copy_that_is_not_what_its_name_says_is_refused(secretary, copy):
    with pytest.raises(NotPossible) as caught:
        commands.copy_ready(viewer_of(secretary), copy, turn=0, file=SimpleUploadedFile("large.pdf", b"MZ not a pdf"))
    assert caught.value.field == "file"


def test_cannot_copy_says_why(secretary, copy, post):
    with pytest.raises(NotPossible):
        commands.cannot_copy(viewer_of(secretary), copy, turn=0, reason=" ")
    commands.cannot_copy(viewer_of(secretary), copy, turn=0, reason="No braille printer. We can read it to you.")
    assert post() == [("copy_not_ready", "Pat Partner")]


def test_a_copy_of_a_replaced_paper_is_made_again(secretary, copy):
    commands.copy_ready(viewer_of(secretary), copy, turn=0)
    send_in(secretary, copy.paper, note="New.")
    copy.refresh_from_db()
    assert (copy.status, copy.done_at) == ("wanted", None)


# By post


def test_want_paper_is_for_oneself_or_those_who_arrange_it(secretary, partner, second, meeting):
    invitee = meeting.invitees.get(membership=partner.membership)
    with pytest.raises(Refused):
        commands.want_paper(viewer_of(second.membership), invitee, wants_paper=True)
    commands.want_paper(viewer_of(partner.membership), invitee, wants_paper=True)
    assert commands.want_paper(viewer_of(secretary), invitee, wants_paper=False).wants_paper is False


def test_note_posted_counts_its_papers_as_opened_once(secretary, second, item):
    paper = make_paper(item)
    commands.send_papers(viewer_of(secretary), item.meeting)
    invitee = item.meeting.invitees.get(membership=second.membership)
    commands.note_posted(viewer_of(secretary), invitee)
    assert Reading.objects.get(membership=second.membership).version.paper == paper
    assert not queries.packs_to_post(viewer_of(secretary)).exists()
    with pytest.raises(Overtaken):
        commands.note_posted(viewer_of(secretary), invitee)


def test_who_may_not_open_everything_in_a_pack_does_not_print_it(secretary, second, lead, item):
    make_paper(item)
    commands.send_papers(viewer_of(secretary), item.meeting)
    make_recusal(item, secretary)
    invitee = item.meeting.invitees.get(membership=second.membership)
    with pytest.raises(NotPossible):
        commands.note_posted(viewer_of(secretary), invitee)
    assert commands.note_posted(viewer_of(lead), Invitee.objects.get(pk=invitee.pk)).pack_posted_at


def test_open_pack_notes_every_paper_that_its_reader_may_open(partner, item):
    make_paper(item)
    hidden = make_item(item.meeting)
    make_paper(hidden)
    make_recusal(hidden, partner.membership)
    commands.open_pack(viewer_of(partner.membership), item.meeting)
    assert [reading.version.paper.item for reading in Reading.objects.all()] == [item]


def test_what_waits_on_the_first_page(secretary, staff, partner, second, need, item):
    promised = make_paper(item, "Costs", words="", author=staff)
    send_in(secretary, make_paper(item, words=""))
    commands.send_papers(viewer_of(secretary), item.meeting)

    def duties(person):
        return {duty.path for duty in Waiting(ARMS)(viewer_of(person)) if duty.path}

    meeting = item.meeting.get_absolute_url()
    assert promised.get_absolute_url() + "send-in/" in duties(staff)
    assert f"{meeting}pack/" in duties(partner.membership)
    assert f"{meeting}pack/" not in duties(staff)
    assert "/format-copies/" + FormatCopy.objects.get().code + "/" in duties(secretary)
    assert "/packs/" + item.meeting.invitees.get(membership=second.membership).code + "/" in duties(secretary)
    commands.open_pack(viewer_of(partner.membership), item.meeting)
    assert f"{meeting}pack/" not in duties(partner.membership)
    assert today() < item.meeting.papers_due_on
