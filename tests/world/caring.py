"""What a partner can count on, and what stays their own, with the commands of partners: on the records of ``records``."""

from __future__ import annotations

import datetime as dt

from safety_partners.core.working_days import today
from safety_partners.partners import commands
from safety_partners.partners.models import PrivateNote
from tests.world.place import Place
from tests.world.words import typed

DAY = dt.timedelta(days=1)
SAID = {"capture": "phone", "is_read_back": True}


def tell(place: Place) -> None:
    """The active partner has something of everything; the second partner's things were written down for them."""
    _checks(place)
    _interests(place)
    _access(place)
    _talks(place)
    _own(place)


def _checks(place: Place) -> None:
    active, joining = place["active partner"], place["joining partner"]
    decide = {"decision": "required", "reason": typed("They are alone with patients.")}
    dbs = place.do("lead", commands.decide_check, active, kind="DBS", level="basic", **decide)
    came = place.do("lead", commands.record_outcome, dbs, outcome="satisfactory", outcome_on=today(), expires_on=today() + 900 * DAY)
    no = {"decision": "not eligible", "reason": typed("The role has no access to patients.")}
    place.keep(
        check_that_came=came,
        waiting_check=place.do("lead", commands.decide_check, active, kind="references", **decide),
        check_not_asked=place.do("lead", commands.decide_check, joining, kind="DBS", **no),
    )


def _interests(place: Place) -> None:
    active, joining = place["active partner"], place["joining partner"]
    interest = place.do("partner", commands.add_interest, active, kind="also sits on", what=typed("The group at the library."))
    ended = place.do("partner", commands.add_interest, active, kind="work", what=typed("A shop."), from_on=today() - 9 * DAY)
    place.do("partner", commands.end_interest, ended, until_on=today())
    place.do("lead", commands.handle_interest, interest, handling=typed("Says so."))
    place.do("partner", commands.declare_interests, active, is_nothing=False)
    place.do("staff", commands.declare_interests, joining, is_nothing=True, **SAID)
    place.keep(interest=interest, ended_interest=ended)


def _access(place: Place) -> None:
    active, joining = place["active partner"], place["joining partner"]
    asked, unmet, over = (
        place.do("partner", commands.ask_for_access, active, kind="place", what=typed(what)) for what in ("A ramp.", "A lift.", "A chair.")
    )
    place.do("staff", commands.decide_access, unmet, status="not met", reason=typed("No lift yet."), review_on=today() + 30 * DAY)
    place.do("partner", commands.end_access, over)
    heard = place.do("staff", commands.ask_for_access, joining, kind="format", what=typed("Large print."), **SAID)
    place.do("staff", commands.decide_access, heard, status="met")
    place.keep(asked_access=asked, unmet_access=unmet, ended_access=over, met_access=heard)


def _talks(place: Place) -> None:
    active, joining = place["active partner"], place["joining partner"]
    planned, held, cancelled = (
        place.do("staff", commands.plan_check_in, active, planned_on=today() + days * DAY, with_member=place.people["staff"])
        for days in (9, 0, 5)
    )
    place.do("staff", commands.hold_check_in, held, held_on=today(), agreed=typed("Papers a week before."))
    place.do("partner", commands.cancel_check_in, cancelled)
    place.keep(
        planned_talk=planned,
        held_talk=held,
        cancelled_talk=cancelled,
        leads_talk=place.do("lead", commands.plan_check_in, joining, planned_on=today() + DAY, with_member=place.people["lead"]),
    )


def _own(place: Place) -> None:
    active, joining = place["active partner"], place["joining partner"]
    note = place.do("partner", commands.write_note, active, words=typed("It was hard."), check_in=place["held talk"])
    shared = place.do("partner", commands.write_note, active, words=typed("Please read this."), is_shared=True)
    assert PrivateNote.objects.filter(partner=active).count() == 2
    place.do("partner", commands.choose_payment, active, choice="full")
    place.do("partner", commands.choose_payment, active, choice="charity")
    place.do("lead", commands.choose_payment, joining, choice="none", **SAID)
    given = {"name": typed("Kim"), "phone": "01904 555 0123", "relation": typed("A neighbour")}
    told = {"theme": typed("Medicines at discharge"), "route": "care"}
    place.keep(
        note=note,
        shared_note=shared,
        emergency_contact=place.do("partner", commands.name_emergency_contact, active, **given),
        experience_of_mine=place.do("partner", commands.tell_experience, active, seen_by="only me", **told),
        experience_for_contact=place.do("partner", commands.tell_experience, active, seen_by="contact", **told),
        experience_for_lead=place.do("second partner", commands.tell_experience, joining, seen_by="lead", theme=typed("Falls")),
    )
