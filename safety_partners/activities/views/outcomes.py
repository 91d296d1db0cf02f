"""Pages of what changed: written by who promised it, read and judged by partners, and the end."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from safety_partners.activities import commands, policies, queries
from safety_partners.activities.forms import giving as forms
from safety_partners.activities.models import Activity, Offer, Outcome
from safety_partners.activities.queries.outcomes import with_seen
from safety_partners.activities.views.answering import load_offer
from safety_partners.activities.views.loading import ask, demand, load_activity
from safety_partners.core.page import PageRequest, attempt, done, page, posted, show

LOOKS = ("GET",)
Status = Activity.Status
TONES = {Outcome.Kind.CHANGED: "done", Outcome.Kind.IN_PART: "doing", Outcome.Kind.NOT: "stopped", Outcome.Kind.NOT_YET: "waiting"}


@page(allow=policies.may_see_activities)
def write(request: PageRequest, code: str) -> HttpResponse:
    """Tell the partners who took part what changed, or why nothing did."""
    found = load_activity(request, code, policies.may_say_what_changed)
    people = queries.people_of(request.viewer, found)
    form = forms.OutcomeForm(posted(request), changes=list(queries.changes_to_choose(request.viewer)), initial={"turn": found.turn})
    if form.is_valid() and (made := attempt(form, commands.say_what_changed, request.viewer, found, **form.answers())):
        return done(request, _("The partners who took part are told."), to=made)
    if request.method == "GET":
        demand(found.status in Activity.UNDER_WAY, _("This is not going on now. Look at how it stands."))
    return ask(
        request,
        form,
        title=_("Tell partners what changed"),
        caption=found.title,
        button=_("Tell them"),
        back=found,
        words=[_("You can close this when each partner who took part has read it. They say if it answers them.")],
        told=[one.partner.name for one in people if one.status == Offer.Status.ACCEPTED],
        record=found,
    )


@page(allow=policies.may_see_activities, methods=LOOKS)
def outcome(request: PageRequest, code: str) -> HttpResponse:
    """What changed, who has read it, and for a partner who took part the way to say if it answers them."""
    viewer = request.viewer
    rows = Outcome.objects.visible_to(viewer).select_related("activity__kind", "activity__organisation", "by__user", "change")
    found: Outcome = get_object_or_404(with_seen(viewer, rows), code=code)
    return show(
        request,
        "activities/outcome.jinja",
        outcome=found,
        activity=found.activity,
        whole=queries.outcome_page(viewer, found),
        may_write=policies.may_say_what_changed(viewer, found),
        leads=policies.is_lead_of(viewer, found),
        tones=TONES,
    )


@page(allow=policies.may_see_activities)
def answer(request: PageRequest, code: str) -> HttpResponse:
    """A partner has read what changed, and says if it answers them; or as they said it to somebody."""
    offer = load_offer(request, code, policies.may_answer)
    newest = queries.newest(offer.activity)
    demand(newest is not None, _("Nothing was written yet of what changed."))
    is_own = policies.is_offered(request.viewer, offer)
    form = forms.SeenForm(posted(request), is_own=is_own, initial={"outcome": newest.number if newest else 0})
    if form.is_valid() and newest is not None:
        if form.cleaned_data["outcome"] != newest.number:
            form.add_error(None, _("Something newer was written since. Read that first."))
            form.renew(outcome=newest.number)
        elif attempt(form, commands.answer_outcome, request.viewer, offer, outcome=newest, **form.answers()):
            return done(request, _("Thank you. Whoever wrote this is told.") if is_own else _("Their answer is written down."), to=offer)
    if request.method == "GET":
        demand(offer.status == Offer.Status.ACCEPTED, _("Only partners who take part can say this."))
        demand(offer.activity.status in Activity.UNDER_WAY, _("This is closed."))
    return show(
        request,
        "activities/outcome_answer.jinja",
        form=form,
        offer=offer,
        activity=offer.activity,
        outcome=newest,
        is_own=is_own,
        tones=TONES,
    )


@page(allow=policies.may_see_activities)
def close(request: PageRequest, code: str) -> HttpResponse:
    """Close it, when each partner who took part has seen what changed."""
    found = load_activity(request, code, policies.may_say_what_changed)
    form = forms.CloseForm(posted(request), initial={"turn": found.turn})
    if form.is_valid() and attempt(form, commands.close_activity, request.viewer, found, **form.cleaned_data):
        return done(request, _("It is closed. Thank you for telling partners what changed."), to=found)
    waiting = queries.not_seen_by(found)
    if request.method == "GET":
        demand(found.status == Status.REPORTED, _("Tell the partners what changed first."))
        names = ", ".join(one.partner.name for one in waiting)
        demand(not waiting, _("It can be closed when these partners have seen what changed: %(names)s.") % {"names": names})
    return ask(
        request,
        form,
        title=_("Close this"),
        caption=found.title,
        button=_("Close it"),
        back=found,
        words=[_("Every partner who took part, and is here, has seen what changed.")],
        record=found,
    )
