"""What becomes of papers: one that was replaced, copies in other formats, packs by post, one that was taken out."""

from __future__ import annotations

import datetime as dt
import io

from django.core.files.uploadedfile import SimpleUploadedFile

from safety_partners.committees import commands
from safety_partners.committees.commands import Taken
from safety_partners.core.working_days import today
from safety_partners.partners.models import AccessNeed
from tests.factories import committees as make
from tests.world.place import Place
from tests.world.words import typed

DAY = dt.timedelta(days=1)
BLOCK = {"kind": "paragraph", "level": 0, "number": "", "rows": [], "head_rows": 0, "page": 1}


def tell(place: Place) -> None:
    """All of it at the meeting that is to come."""
    meeting, own = place["meeting"], place.people["partner"]
    need = AccessNeed.objects.create(partner=place["active partner"], kind=AccessNeed.Kind.FORMAT, what=typed("Large print."))
    other = AccessNeed.objects.create(partner=place["active partner"], kind=AccessNeed.Kind.FORMAT, what=typed("A recording."))
    item, taken = place["open item"], {"blocks": [{**BLOCK, "text": typed("Falls, floor by floor.")}]}
    beside = {"summary": typed("Short."), "questions": typed("Is it clear?"), "jargon": typed("LFPSE: where we record.")}
    hard = {"is_distressing": True, "distress_note": typed("Somebody died.")}
    paper = place.do("secretary", commands.add_paper, item, title=typed("Falls in full"), author=place.people["staff"], **beside, **hard)
    file = Taken(io.BytesIO(b"%PDF-1.7"), "falls <1>.pdf", "application/pdf", **taken)
    first = place.do("secretary", commands.add_version, paper, taken=file)
    place.do("partner", commands.open_version, first)
    file = Taken(io.BytesIO(b"%PDF-1.7 more"), "falls <2>.pdf", "application/pdf", **taken)
    newest = place.do("secretary", commands.add_version, paper, taken=file, note=typed("Table 2."))
    typed_version = place["open paper"].versions.get()
    for person in ("partner", "secretary", "lead"):
        place.do(person, commands.open_version, newest)
        place.do(person, commands.open_version, typed_version)
    copies = {copy.need: copy for copy in paper.format_copies.all()}
    made = place.do("secretary", commands.copy_ready, copies[need], turn=0, file=SimpleUploadedFile("large.pdf", b"%PDF-1.7\n%%EOF\n"))
    place.do("secretary", commands.send_papers, meeting)
    invitee = meeting.invitees.get(membership=own)
    posted = meeting.invitees.get(membership=place.people["second partner"])
    for one in (invitee, posted):
        place.do("secretary", commands.want_paper, one, wants_paper=True)
    place.do("secretary", commands.note_posted, posted)
    gone = place.do("secretary", commands.add_paper, item, title=typed("Taken out"))
    place.do("secretary", commands.add_version, gone, words=typed("Old."))
    empty = make.make_meeting(place["committee"], on=today() + 70 * DAY)
    make.make_invitee(empty, own)
    place.keep(
        full_paper=paper,
        first_version=first,
        file_version=newest,
        typed_version=typed_version,
        ready_copy=made,
        wanted_copy=copies[other],
        pack_to_post=invitee,
        posted_pack=posted,
        paper_taken_out=place.do("secretary", commands.take_out_paper, gone),
        empty_meeting=empty,
    )
