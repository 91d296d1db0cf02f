"""Questions about the rule by which a committee meets."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safety_partners.committees.forms.meetings import HowForm, TimesForm, web_address
from safety_partners.committees.models import Series
from safety_partners.committees.recurrence import LAST, MONTHS, WHICH, Pattern, Rule
from safety_partners.core.months import add_months
from safety_partners.core.working_days import today
from safety_partners.design import fields, forms

DAYS = list(WEEKDAYS.items())
MOST_WEEKS = 12
# The questions that each pattern asks, with the part of the rule that each of them is.
PARTS: dict[str, dict[str, str]] = {
    Pattern.WEEKDAY: {"which": "which", "weekday": "weekday", "months": "every"},
    Pattern.WEEKS: {"week_day": "weekday", "weeks": "every"},
    Pattern.DAY: {"day": "day", "day_months": "every"},
    Pattern.WORKING_DAY: {"edge": "which", "edge_months": "every"},
}


def _often() -> fields.ChoiceField:
    return fields.ChoiceField(_("How often?"), noun=_("how often"), choices=MONTHS, select=True, initial=1)


class SeriesForm(TimesForm, HowForm):
    """When a committee meets again and again, at what time, where, and how one can take part."""

    pattern = fields.ChoiceField(
        _("When does it meet?"),
        noun=_("when it meets"),
        choices=Pattern.choices,
        reveals={pattern: list(parts) for pattern, parts in PARTS.items()},
    )
    which = fields.ChoiceField(_("Which one in the month?"), noun=_("which one in the month"), choices=WHICH, select=True, initial=1)
    weekday = fields.ChoiceField(_("Which day?"), noun=_("which day"), choices=DAYS, select=True)
    months = _often()
    week_day = fields.ChoiceField(_("Which day?"), noun=_("which day"), choices=DAYS, select=True)
    weeks = fields.IntegerField(
        _("Every how many weeks?"), noun=_("how many weeks"), hint=_("1 is every week"), minimum=1, maximum=MOST_WEEKS, width=2, initial=1
    )
    day = fields.IntegerField(
        _("Which date?"),
        noun=_("the date"),
        hint=_("A number from 1 to 31. In a month that is too short it is the last day"),
        minimum=1,
        maximum=31,
        width=2,
    )
    day_months = _often()
    edge = fields.ChoiceField(
        _("Which one?"), noun=_("which one"), choices=[(1, _("The first working day")), (LAST, _("The last working day"))]
    )
    edge_months = _often()
    on_holiday = fields.ChoiceField(
        _("If that is a bank holiday"),
        noun=_("what happens on a bank holiday"),
        hint=_("Also if a date falls on a weekend. You see every day before anything is saved"),
        choices=Series.OnHoliday.choices,
        initial=Series.OnHoliday.STAY,
    )
    first_on = fields.DateField(_("From what day?"), noun=_("the first day"))
    last_on = fields.DateField(_("Until what day?"), noun=_("the last day"), hint=_("A year is usual. You can go on from there later"))
    submission_key = fields.SubmissionKeyField()
    field_order = ("pattern", "on_holiday", "first_on", "last_on", "starts_at_time", "ends_at_time")

    def rule(self) -> Rule:
        """The rule that the answers make."""
        given = self.cleaned_data
        pattern = Pattern(given["pattern"])
        return Rule(pattern, **{part: int(given[question]) for question, part in PARTS[pattern].items()})

    def clean_video_link(self) -> str:
        return web_address(self.cleaned_data["video_link"])

    def clean(self) -> dict[str, Any]:
        """A rule has a first day, and a day after it."""
        super().clean()
        given = self.cleaned_data
        first, last = given.get("first_on"), given.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", ValidationError(gettext("The last day must be later than the first")))
        return given

    def answers(self) -> dict[str, Any]:
        """What the commands take."""
        given = self.cleaned_data
        start, end = given["starts_at_time"], given["ends_at_time"]
        how = {name: given[name] for name in ("place", "getting_there", "video_link", "phone_in")}
        when = {name: given[name] for name in ("on_holiday", "first_on", "last_on", "starts_at_time")}
        minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
        return {"rule": self.rule().text, **when, "minutes_long": minutes, **how}


class ChangeSeriesForm(SeriesForm, forms.Renewed):
    """The same, for a rule that is there."""

    turn = fields.VersionField()


def usual() -> dict[str, Any]:
    """What a new rule begins with."""
    first = today() + dt.timedelta(days=1)
    return {"first_on": first, "last_on": add_months(first, 12) - dt.timedelta(days=1)}


def initial_of(series: Series, first_on: dt.date) -> dict[str, Any]:
    """What the form shows of a rule that is there."""
    rule = Rule.read(series.rule)
    start = dt.datetime.combine(series.first_on, series.starts_at_time)
    return {
        "pattern": rule.pattern.value,
        **{question: getattr(rule, part) for question, part in PARTS[rule.pattern].items()},
        "on_holiday": series.on_holiday,
        "first_on": first_on,
        "last_on": series.last_on,
        "starts_at_time": series.starts_at_time,
        "ends_at_time": (start + dt.timedelta(minutes=series.minutes_long)).time(),
        "place": series.place,
        "getting_there": series.getting_there,
        "video_link": series.video_link,
        "phone_in": series.phone_in,
        "turn": series.turn,
    }


class StopForm(forms.Renewed):
    """What becomes of the meetings when the rule ends."""

    what = fields.ChoiceField(
        _("What about the meetings that are planned?"),
        noun=_("what becomes of the meetings"),
        choices=[("keep", _("They stay as they are")), ("cancel", _("They are all cancelled"))],
        reveals={"cancel": ["why"]},
    )
    why = fields.WordsField(_("Why?"), noun=_("why"), hint=_("A few words. Everybody who is invited reads them"), rows=3, max_length=1000)
    turn = fields.VersionField()
