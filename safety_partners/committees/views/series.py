"""Pages of the rule by which a committee meets: set it, see every day before it is saved, change it, end it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from safety_partners.committees import commands, policies, queries, recurrence
from safety_partners.committees.forms import series as forms
from safety_partners.committees.models import Committee, Series
from safety_partners.committees.recurrence import Rule
from safety_partners.committees.views.loading import load_committee
from safety_partners.committees.views.meetings import CHANGE, SEND, sent_again, told_in_words
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.page import PageRequest, attempt, done, page, posted, show

IN_CALENDARS = ("place", "video_link", "phone_in")


@page(allow=policies.may_see_committees)
def rule(request: PageRequest, code: str) -> HttpResponse:
    """The rule of a committee: asked, shown with every day that it makes and who will be told, then saved."""
    committee = load_committee(request, code, policies.may_run)
    series = queries.series_of(request.viewer, committee)
    if series is None:
        form: Any = forms.SeriesForm(posted(request), initial=forms.usual())
    else:
        form = forms.ChangeSeriesForm(posted(request), initial=forms.initial_of(series, queries.next_place(series)))
    is_right = form.is_valid()
    if is_right and SEND in request.POST:
        told = _preview(committee, series, form)["told"]
        if _save(request, committee, series, form):
            return done(request, told_in_words(told), to=committee)
        if series is not None:
            form.renew(turn=series.turn)
    elif is_right and CHANGE not in request.POST:
        preview = _preview(committee, series, form)
        if preview["lines"]:
            return show(request, "committees/series_check.jinja", form=form, committee=committee, sent=sent_again(request), **preview)
        form.add_error("last_on", _("No day of this rule falls between the first day and the last"))
    return show(
        request,
        "committees/series.jinja",
        form=form,
        committee=committee,
        series=series,
        in_words=str(Rule.read(series.rule)) if series else "",
    )


def _preview(committee: Committee, series: Series | None, form: Any) -> dict[str, Any]:
    """Every day of the rule, what becomes of the meetings there are, and who will be told."""
    answers = form.answers()
    when = {name: answers[name] for name in ("on_holiday", "first_on", "last_on", "starts_at_time", "minutes_long")}
    lines = queries.plan(series, rule=form.rule(), **when)
    everywhere = series is not None and any(getattr(series, name) != answers[name] for name in IN_CALENDARS)
    return {
        "rule": str(form.rule()),
        "lines": lines,
        "told": queries.people_told(committee, lines, everywhere=everywhere),
        "is_beyond_known": lines[-1].on > recurrence.last_known_holiday() if lines else False,
        "known_until": recurrence.last_known_holiday(),
    }


def _save(request: PageRequest, committee: Committee, series: Series | None, form: Any) -> Series | None:
    if series is None:
        key = form.cleaned_data["submission_key"]
        return attempt(form, commands.plan_series, request.viewer, committee, **form.answers(), submission_key=key)
    return attempt(form, commands.change_series, request.viewer, series, **form.answers(), turn=form.cleaned_data["turn"])


@page(allow=policies.may_see_committees)
def stop(request: PageRequest, code: str) -> HttpResponse:
    """End the rule; the meetings it made stay, or are cancelled with a word on why."""
    committee = load_committee(request, code, policies.may_run)
    series = queries.series_of(request.viewer, committee)
    if series is None:
        raise NotPossible(_("This committee has no rule by which it meets."))
    form = forms.StopForm(posted(request), initial={"turn": series.turn})
    if form.is_valid():
        given = form.cleaned_data
        how = {"cancels": given["what"] == "cancel", "why": given["why"] or "", "turn": given["turn"]}
        if attempt(form, commands.stop_series, request.viewer, series, **how):
            return done(request, _("The rule has ended."), to=committee)
        form.renew(turn=series.turn)
    return show(
        request,
        "committees/meeting_form.jinja",
        form=form,
        title=_("End this rule"),
        caption=committee.name,
        submit_text=_("End the rule"),
        words_before=[_("The committee meets like this now: %(rule)s.") % {"rule": str(Rule.read(series.rule))}],
        is_warning=True,
        back_url=committee.get_absolute_url(),
    )
