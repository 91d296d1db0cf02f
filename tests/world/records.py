"""Partners' records in every state, with the commands of partners."""

from __future__ import annotations

import datetime as dt
from typing import Any

from safety_partners.core import clock
from safety_partners.core.working_days import today
from safety_partners.insights import commands as loop
from safety_partners.partners import commands
from safety_partners.partners.commands.needing import ONE_BY_ONE
from safety_partners.partners.models import Agreement, Need, Partner
from safety_partners.people import commands as people
from safety_partners.people.models import Membership, Role
from tests.factories import records as make
from tests.world.place import Place
from tests.world.words import typed

DAY = dt.timedelta(days=1)
WORDS = typed("Please send papers early.")
THANKS = {"thanks": typed("Thank you."), "what_changed": typed("The sheet is new.")}


def tell(place: Place) -> None:
    """Everybody's record: active, joining, on a break, leaving, about to be ended, left, forgotten."""
    _active(place)
    _joining(place)
    _paused(place)
    _leaving(place)
    _left(place)


def _member(place: Place, name: str) -> Membership:
    return place.do(
        "lead", people.add_member, name=typed(name), roles=[Role.PARTNER], told_by="letter", postal_address=typed("4 Mill Lane")
    )


def _welcome(place: Place, member: Membership, **fields: Any) -> Partner:
    people_ = {"contact": place.people["staff"], "deputy": place.people["second staff"]}
    return make.make_partner(place.people["lead"], member, **(people_ | fields))


def _active(place: Place) -> None:
    """The partner: everything is there, some of it runs out; one agreement in force and one to sign; a change to answer."""
    lead, member = place.people["lead"], place.people["partner"]
    found = _welcome(place, member, known_as=typed("Pat"), pronouns=typed("they"), connection="carer", ends_on=today() + 60 * DAY)
    signed = make.sign_both(lead, make.make_agreement(lead, found, kind=Agreement.Kind.CONFIDENTIALITY))
    make.finish_everything(found, lead)
    done = Need.objects.filter(partner=found, kind__in=ONE_BY_ONE).first()
    place.do("lead", commands.finish_need, done, done_on=today(), expires_on=today() + 20 * DAY, evidence=typed("Seen"))
    place.do("lead", commands.start_partner, found)
    place.keep(
        active_partner=found,
        done_need=done,
        signed_agreement=signed,
        agreement_to_sign=make.make_offered(lead, found, words=WORDS),
        role_change=make.make_role_change(lead, found, what=typed("One more group."), from_on=today() + 9 * DAY),
    )


def _joining(place: Place) -> None:
    """The second partner: things are needed, and both are still writing; an earlier proposal was declined."""
    lead = place.people["lead"]
    found = _welcome(place, place.people["second partner"], role=place["role version"])
    rows = Need.objects.filter(partner=found, kind__in=ONE_BY_ONE).order_by("pk")
    place.do("staff", commands.set_need_aside, rows[1], because=typed("Done elsewhere."))
    draft = make.make_agreement(lead, found)
    given = {"words": WORDS, "capture": "phone", "is_read_back": True}
    place.do("staff", commands.write_partner_words, draft, **given)
    declined = make.make_role_change(lead, found, what=typed("A panel."))
    answer = {"is_agreed": False, "words": typed("Not now."), "capture": "letter"}
    place.keep(
        joining_partner=found,
        need=rows[0],
        agreement_need=Need.objects.get(partner=found, kind="agreement"),
        set_aside_need=rows[1],
        agreement_draft=draft,
        declined_change=place.do("lead", commands.answer_role_change, declined, **answer),
        ready_partner=make.finish_everything(_welcome(place, _member(place, "Rita")), lead),
    )


def _started(place: Place, name: str, **fields: Any) -> Partner:
    found = make.finish_everything(_welcome(place, _member(place, name), **fields), place.people["lead"])
    return place.do("lead", commands.start_partner, found)


def _paused(place: Place) -> None:
    found = _started(place, "Paula")
    given = {"back_on": today() + 30 * DAY, "capture": "phone", "is_read_back": True}
    place.keep(paused_partner=place.do("lead", commands.pause, found, **given))


def _step_down(place: Place, found: Partner) -> Any:
    return place.do("lead", commands.step_down, found, last_day=today(), capture="letter")


def _leaving(place: Place) -> None:
    """One steps down and had a talk; one whose role may end, at which the second person has not looked."""
    found = _started(place, "Leo")
    leaving = _step_down(place, found)
    talk = {"talked_on": today(), "talked_with": place.people["staff"], "words": typed("It was good.")}
    place.do("lead", commands.record_exit_talk, leaving, **talk)
    place.do("lead", commands.write_thanks, leaving, **THANKS)
    # Something they shared is still open: somebody else takes it on.
    given = {"speaker": found.membership, "capture": "letter", "is_read_back": False, "words": WORDS, "kind": "concern"}
    open_matter = place.do("lead", loop.record_words, **given)
    open_matter = place.do("lead", loop.share_insight, open_matter)
    found.refresh_from_db()
    ended = _started(place, "Enda")
    ending = {"last_day": today() + 9 * DAY, "reason": typed("Papers were passed on."), "reviewed_by": place.people["secretary"]}
    place.keep(
        open_matter=open_matter,
        leaving_partner=found,
        leaving=leaving,
        ending_partner=ended,
        ending=place.do("lead", commands.end_role_of, ended, **ending),
    )


def _left(place: Place) -> None:
    for name in ("left", "forgotten"):
        with clock.telling(clock.now() - 400 * DAY):
            found = _started(place, name.title())
            leaving = _step_down(place, found)
            place.do("lead", commands.write_thanks, leaving, **THANKS)
            place.do("lead", commands.end_partnership, leaving)
        found.refresh_from_db()
        place.keep(**{f"{name}_partner": found})
    place.do("governance", commands.forget_partner, place["forgotten partner"], is_sure=True)
    place["forgotten partner"].refresh_from_db()
