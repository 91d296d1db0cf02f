"""A rule with its meetings, and a guest, with the commands of meetings: on the committees of ``committees``."""

from __future__ import annotations

import datetime as dt

from safety_partners.committees import commands
from safety_partners.committees.recurrence import Pattern, Rule
from safety_partners.core.working_days import today
from safety_partners.partners.models import AccessNeed
from tests.world.place import Place
from tests.world.words import typed

DAY = dt.timedelta(days=1)


def tell(place: Place) -> None:
    """Twice a year by its rule; one more person at the meeting of the other committee, and a need that cannot be met there."""
    rule = Rule(Pattern.WEEKDAY, 6, which=1, weekday=0).text
    when = {"first_on": today() + DAY, "last_on": today() + 300 * DAY, "on_holiday": "later"}
    how = {"place": typed("Room 3"), "getting_there": typed("Mind the step."), "phone_in": typed("01904 555 0100")}
    times = {"starts_at_time": dt.time(14), "minutes_long": 90}
    group = place["second committee"]
    place.keep(series=place.do("lead", commands.plan_series, group, rule=rule, **when, **times, **how))
    place.keep(guest=place.do("secretary", commands.add_guest, place["meeting"], membership=place.people["second staff"]))
    unmet: AccessNeed = place["unmet access"]
    no = {"status": "not met", "reason": typed("There is no lift.")}
    place.do("secretary", commands.decide_need, place["partner invited"], need=unmet, **no)
    place.do("partner", commands.answer_invitation, place["partner invited"], reply="coming", how="video")
