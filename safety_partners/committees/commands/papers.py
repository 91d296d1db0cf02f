"""Papers: promised, sent in, replaced, taken out, opened by their readers, and sent to everybody invited."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Max
from django.utils.translation import gettext as _

from safety_partners.committees import policies
from safety_partners.committees.commands.agenda import lock_agenda
from safety_partners.committees.commands.formats import ask_for_copies, make_again
from safety_partners.committees.commands.taking import Taken
from safety_partners.committees.models import Classification, Invitee, Item, Meeting, Paper, PaperVersion, Reading
from safety_partners.committees.models.papers import lines_of
from safety_partners.committees.queries.papers import newest_of, readers_to_tell, viewer_of
from safety_partners.core import clock, files, outbox, text_search
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Message
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.people.models import Membership

MOST_QUESTIONS = 3


@command(allow=policies.may_work_on_item, details=("classification",))
def add_paper(viewer: Viewer, item: Item, /, *, title: str, author: Membership | None = None, **about: Any) -> Paper:
    """Put a paper on the agenda: promised until its first version comes. Its author is told by when we need it.

    ``about`` holds the optional fields of :func:`change_paper`.
    """
    lock_agenda(item.meeting)
    fields = _about(item, title=title, author=author, **about)
    last = item.papers.aggregate(last=Max("position"))["last"] or 0
    paper = Paper.objects.create(item=item, position=last + 1, **fields)
    _index(paper)
    if author is not None and author.pk != viewer.membership_id and item.meeting.status == Meeting.Status.PLANNED:
        outbox.put("committees/paper_asked", to=author, about=paper, meeting=item.meeting)
    return paper


@command(allow=policies.may_write_paper, details=("classification",))
def change_paper(viewer: Viewer, paper: Paper, /, *, turn: int, title: str, author: Membership | None = None, **about: Any) -> Paper:
    """Write anew what stands beside a paper: a summary, words to explain, questions, a warning. Nobody is told of it.

    Only who runs the committee may change who may open it. Raises ``Overtaken`` if somebody else wrote since.
    """
    fields = _about(paper.item, title=title, author=author, **about)
    if not policies.may_run(viewer, paper):
        fields |= {"classification": paper.classification, "author": paper.author}
    if not Paper.objects.filter(pk=paper.pk, turn=turn).update(turn=F("turn") + 1, **fields):
        raise Overtaken
    paper.refresh_from_db()
    _index(paper)
    return paper


@command(allow=policies.may_write_paper)
def add_version(viewer: Viewer, paper: Paper, /, *, taken: Taken | None = None, words: str = "", note: str = "") -> PaperVersion:
    """Send in a paper, as a file or typed, or replace it. The version before is kept, and whoever had opened it is told.

    The first one is late when it comes after the day on which papers were due. Where the papers were sent already, a new
    paper is announced to those who may open it; a replacement only to those who had read the one before.
    """
    if (taken is None) == (not words.strip()):
        raise NotPossible(_("Choose a file, or type the paper."), field="how")
    meeting = Meeting.objects.select_for_update().get(pk=paper.item.meeting_id)
    paper.refresh_from_db(fields=["arrived_at", "withdrawn_at"])
    if paper.withdrawn_at is not None:
        raise Overtaken(_("This paper was taken out."))
    last = newest_of(paper)
    if last is not None and not note.strip():
        raise NotPossible(_("Say what is different, so that people need not read it all again."), field="note")
    stored = taken and files.keep(taken.content, name=taken.name, content_type=taken.content_type, organisation_id=meeting.organisation_id)
    version = PaperVersion.objects.create(
        paper=paper,
        number=last.number + 1 if last else 1,
        file=stored,
        words="" if taken else words,
        blocks=taken.blocks if taken else [],
        page_count=taken.page_count if taken else None,
        note=note.strip(),
        is_late=last is None and today() > meeting.papers_due_on,
        by_id=viewer.membership_id,
    )
    if paper.arrived_at is None:
        Paper.objects.filter(pk=paper.pk).update(arrived_at=clock.now())
        paper.refresh_from_db(fields=["arrived_at"])
    _index(paper)
    make_again(paper)
    ask_for_copies(paper)
    _tell_of_version(viewer, meeting, version, last)
    return version


@command(allow=policies.may_work_on_paper)
def take_out_paper(viewer: Viewer, paper: Paper, /) -> Paper:
    """Take a paper off the agenda. Its versions are kept for the record and can no longer be opened; readers are told."""
    last = newest_of(paper)
    readers = readers_to_tell(last, without=viewer.membership_id) if last else []
    if not Paper.objects.filter(pk=paper.pk, withdrawn_at__isnull=True).update(withdrawn_at=clock.now()):
        raise Overtaken(_("This paper was taken out already."))
    paper.refresh_from_db()
    text_search.forget(paper)
    for person in readers:
        outbox.put("committees/paper_taken_out", to=person, about=paper.item.meeting, meeting=paper.item.meeting)
    return paper


@command(allow=policies.may_open_paper)
def open_version(viewer: Viewer, version: PaperVersion, /) -> Reading:
    """Open a version of a paper: it is noted once, so that its readers are told when it is replaced."""
    reading, _is_new = Reading.objects.get_or_create(version=version, membership_id=viewer.membership_id)
    return reading


@command(allow=policies.may_run)
def send_papers(viewer: Viewer, meeting: Meeting, /) -> Meeting:
    """Tell everybody invited that the papers are there, once. Who is told things by letter gets them on paper."""
    lock_agenda(meeting)
    if meeting.papers_sent_at is not None or meeting.is_over:
        raise Overtaken(_("The papers were sent already, or the meeting is over."))
    if not Paper.objects.filter(item__meeting=meeting).there().exists():
        raise NotPossible(_("No paper has arrived yet, so there is nothing to send."))
    Meeting.objects.filter(pk=meeting.pk).update(papers_sent_at=clock.now())
    meeting.refresh_from_db(fields=["papers_sent_at"])
    on_paper = Invitee.objects.filter(meeting=meeting, membership__told_by=Message.Channel.LETTER)
    on_paper.update(wants_paper=True)
    for paper in Paper.objects.filter(item__meeting=meeting).there():
        ask_for_copies(paper)
    for invitee in meeting.invitees.select_related("membership__user", "membership__organisation"):
        count = Paper.objects.visible_to(viewer_of(invitee.membership)).there().filter(item__meeting=meeting).count()
        if count and invitee.membership_id != viewer.membership_id:
            outbox.put("committees/papers_sent", to=invitee.membership, about=meeting, meeting=meeting, invitee=invitee, count=count)
    return meeting


def _about(
    item: Item,
    *,
    title: str,
    author: Membership | None,
    summary: str = "",
    jargon: str = "",
    questions: str = "",
    minutes_to_read: int | None = None,
    is_distressing: bool = False,
    distress_note: str = "",
    classification: str = Classification.OPEN,
) -> dict[str, Any]:
    """What stands beside a paper. Raises ``NotPossible`` for what cannot be."""
    if not title.strip():
        raise NotPossible(_("Enter the title."), field="title")
    if author is not None and (author.organisation_id != item.meeting.organisation_id or author.ended_on is not None):
        raise NotPossible(_("Choose somebody of this organisation."), field="author")
    if len(lines_of(questions)) > MOST_QUESTIONS:
        raise NotPossible(_("Ask three questions at most."), field="questions")
    if is_distressing and not distress_note.strip():
        raise NotPossible(_("Say what in it may be hard to read."), field="distress_note")
    return {
        "title": title.strip(),
        "author": author,
        "summary": summary.strip(),
        "jargon": jargon.strip(),
        "questions": questions.strip(),
        "minutes_to_read": minutes_to_read,
        "is_distressing": is_distressing,
        "distress_note": distress_note.strip() if is_distressing else "",
        "classification": classification,
    }


def _index(paper: Paper) -> None:
    """Let a paper be found by what stands beside it and in its newest version."""
    version = newest_of(paper)
    words = [paper.title, paper.summary, paper.jargon, paper.questions]
    if version is not None:
        words += [version.words, *(block["text"] for block in version.blocks)]
    text_search.index(paper, " ".join(words), organisation_id=paper.organisation_id)


def _tell_of_version(viewer: Viewer, meeting: Meeting, version: PaperVersion, last: PaperVersion | None) -> None:
    paper = version.paper
    if last is not None:
        for person in readers_to_tell(last, without=viewer.membership_id):
            outbox.put("committees/paper_replaced", to=person, about=paper, meeting=meeting, version=version)
        return
    told = {viewer.membership_id}
    secretary = meeting.committee.secretary
    if secretary.ended_on is None and _may_be_told(secretary, paper, told):
        outbox.put("committees/paper_arrived", to=secretary, about=paper, meeting=meeting)
    if meeting.papers_sent_at is None or meeting.is_over:
        return
    for invitee in meeting.invitees.select_related("membership__user", "membership__organisation"):
        if _may_be_told(invitee.membership, paper, told):
            outbox.put("committees/paper_added", to=invitee.membership, about=paper, meeting=meeting)


def _may_be_told(person: Membership, paper: Paper, told: set[int | None]) -> bool:
    """Whoever may open it, each once."""
    if person.pk in told:
        return False
    told.add(person.pk)
    return Paper.objects.visible_to(viewer_of(person)).filter(pk=paper.pk).exists()
