"""A committee with a partner in a seat, its meetings, an agenda with items of every class, papers, and a partner who stepped back."""

from __future__ import annotations

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile

from safety_partners.committees import commands
from safety_partners.committees.models import Classification, Invitee
from safety_partners.core.working_days import today
from tests.factories import committees as make
from tests.world.place import Place
from tests.world.words import typed

DAY = dt.timedelta(days=1)


def tell(place: Place) -> None:
    """The partner sits on the committee; the second partner is invited and has stepped back from one item."""
    _committees(place)
    _meetings(place)
    _agenda(place)


def _committees(place: Place) -> None:
    """One with a seat that is held and one that is offered, one with what became of others, one that ended."""
    lead = place.people["lead"]
    people = {"chair": place.people["board"], "secretary": place.people["secretary"]}
    words = {"name": typed("Quality and Governance Committee"), "purpose": typed("It sees that care is safe."), "quorum": 5}
    committee = make.make_committee(lead, **people, **words)
    ended = make.make_committee(lead, name=typed("Falls group"))
    place.do("lead", commands.end_committee, ended, why=typed("The work is done."))
    terms = {"agreed_on": today() - 30 * DAY, "words": typed("It meets every month.")}
    file = SimpleUploadedFile("terms <1>.pdf", b"%PDF-1.7\n%%EOF\n")
    seat_member = {"member": place.people["staff"], "position": typed("Lead nurse")}
    place.keep(
        committee=committee,
        ended_committee=ended,
        sitting=make.make_sitting(lead, committee, place["active partner"], from_on=today() - 60 * DAY, until_on=today() + 40 * DAY),
        offered_sitting=make.make_offer(lead, committee, place["joining partner"], number=2, until_on=today() + 400 * DAY),
        terms=place.do("lead", commands.agree_terms, committee, **terms, review_on=today() + 9 * DAY),
        terms_in_a_file=place.do("lead", commands.agree_terms, committee, agreed_on=today(), file=file),
        committee_member=place.do("lead", commands.seat_member, committee, **seat_member),
        former_committee_member=place.do("lead", commands.seat_member, committee, member=place.people["second staff"]),
    )
    place.do("lead", commands.end_member, place["former committee member"])
    _seats_that_were(place)


def _seats_that_were(place: Place) -> None:
    lead = place.people["lead"]
    group = make.make_committee(lead, name=typed("Medicines group"), kind="working group")
    declined = make.make_offer(lead, group, place["joining partner"], number=2)
    place.do("lead", commands.decline_seat, declined, capture="phone", is_read_back=True)
    withdrawn = make.make_offer(lead, group, place["joining partner"], number=2)
    place.do("lead", commands.take_back_offer, withdrawn)
    over = make.make_sitting(lead, group, place["active partner"])
    place.do("partner", commands.leave_seat, over, last_on=today())
    place.keep(second_committee=group, declined_sitting=declined, withdrawn_sitting=withdrawn, ended_sitting=over)


def _meetings(place: Place) -> None:
    committee = place["committee"]
    meeting = make.make_meeting(committee, on=today() + 10 * DAY)
    held = make.make_meeting(committee, on=today() - 20 * DAY, status="held")
    cancelled = make.make_meeting(committee, on=today() + 40 * DAY, status="cancelled", why_cancelled=typed("Nobody can come."))
    kinds = {"partner": Invitee.Kind.PARTNER, "second partner": Invitee.Kind.PARTNER, "staff": Invitee.Kind.MEMBER}
    for person, kind in kinds.items():
        for one in (meeting, held, cancelled):
            found = make.make_invitee(one, place.people[person], kind)
            if one is meeting:
                place.keep(**{f"{person.replace(' ', '_')}_invited": found})
    place.keep(meeting=meeting, held_meeting=held, cancelled_meeting=cancelled)


def _agenda(place: Place) -> None:
    meeting = place["meeting"]
    for name, classification in (("open", "open"), ("invited", "invited"), ("restricted", "restricted")):
        item = make.make_item(meeting, typed(f"Falls, {name}"), classification=Classification(classification))
        place.keep(**{f"{name}_item": item, f"{name}_paper": make.make_paper(item, typed("Report"), summary=typed("Fewer people fell."))})
    withheld = make.make_item(meeting, typed("A new contract"))
    place.keep(
        withheld_item=withheld,
        withheld_paper=make.make_paper(withheld, typed("The offers")),
        recusal=make.make_recusal(withheld, place.people["second partner"], reason=typed("My brother works there.")),
        promised_paper=make.make_paper(place["open item"], typed("Costs"), words="", author=place.people["staff"]),
        held_item=make.make_item(place["held meeting"], typed("Medicines at discharge")),
    )
