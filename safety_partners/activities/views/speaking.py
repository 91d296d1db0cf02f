"""Pages of what a partner says about an activity: writing it, or having it written down, the last look, and sharing it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from safety_partners.activities import commands, policies, queries
from safety_partners.activities.commands.speaking import who_answers
from safety_partners.activities.forms import speaking as forms
from safety_partners.activities.models import ActivityInsight, Offer
from safety_partners.activities.views.loading import load_activity
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.insights import queries as insights
from safety_partners.insights.forms.sharing import CheckForm
from safety_partners.insights.models import Insight
from safety_partners.insights.policies import may_record_words
from safety_partners.partners.forms.said import PressForm


@page(allow=policies.may_see_activities)
def write(request: PageRequest, code: str) -> HttpResponse:
    """A partner writes about what they take part in; nobody else sees it until they share it."""
    activity = load_activity(request, code, policies.takes_part)
    form = forms.WordsForm(posted(request))
    if form.is_valid():
        key = form.cleaned_data["submission_key"]
        if placed := attempt(form, commands.speak, request.viewer, activity, **form.answers(), submission_key=key):
            return redirect("activities:words", placed.code)
    contacts = insights.urgent_contacts(request.viewer)
    return show(request, "activities/words_write.jinja", form=form, activity=activity, contacts=contacts)


@page(allow=may_record_words)
def record(request: PageRequest, code: str) -> HttpResponse:
    """Staff write down what a partner said about it, on the phone, in a letter or in person."""
    activity = load_activity(request, code, policies.may_write_down_words)
    people = [one for one in queries.people_of(request.viewer, activity) if one.status == Offer.Status.ACCEPTED]
    form = forms.RecordForm(posted(request), partners=[one.partner.membership for one in people])
    if form.is_valid():
        key = form.cleaned_data["submission_key"]
        if placed := attempt(form, commands.record_spoken, request.viewer, activity, **form.answers(), submission_key=key):
            return redirect("activities:words", placed.code)
    return show(request, "activities/words_record.jinja", form=form, activity=activity)


def _load(request: PageRequest, code: str) -> ActivityInsight:
    rows = ActivityInsight.objects.visible_to(request.viewer).select_related(
        "insight__organisation",
        "insight__speaker__user",
        "insight__recorded_by__user",
        "activity__feedback_by__user",
        "activity__requester__user",
    )
    placed: ActivityInsight = get_object_or_404(rows, code=code)
    return placed


def _load_draft(request: PageRequest, code: str) -> ActivityInsight:
    placed = _load(request, code)
    policies.may_edit_words.demand(request.viewer, placed)
    if placed.insight.status != Insight.Status.DRAFT:
        raise NotPossible(_("This was already shared, so its words can no longer be changed. You can share more words beside it."))
    return placed


@page(allow=policies.may_see_activities)
def words(request: PageRequest, code: str) -> HttpResponse:
    """The last look before the words are sealed; once they are, the page of the words themselves."""
    placed = _load(request, code)
    insight = placed.insight
    if request.method == "GET" and insight.status != Insight.Status.DRAFT:
        return redirect(insight)
    policies.may_edit_words.demand(request.viewer, placed)
    contacts = insights.urgent_contacts(request.viewer)
    form = CheckForm(posted(request), insight=insight, channels=insights.channels_to_offer(contacts))
    if form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        if attempt(form, commands.share_spoken, request.viewer, placed, turn=form.cleaned_data["version"], **given):
            return done(request, _("Thank you. The words are sealed and shared."), to=insight)
    if form.is_bound:
        placed = _load(request, code)
        form.renew(version=placed.insight.turn)
    return show(
        request,
        "activities/words.jinja",
        form=form,
        placed=placed,
        insight=placed.insight,
        contacts=contacts,
        owner=who_answers(placed),
        days=insights.days_promised(insight.organisation),
    )


@page(allow=policies.may_see_activities)
def edit(request: PageRequest, code: str) -> HttpResponse:
    """Go on with a draft."""
    placed = _load_draft(request, code)
    form = (forms.EditRecordedForm if placed.insight.recorded_by_id else forms.WordsForm)(posted(request), placed=placed)
    is_right = form.is_valid() and _is_as_seen(form, placed)
    if is_right and attempt(form, commands.edit_spoken, request.viewer, placed, **form.answers()):
        return redirect("activities:words", code)
    contacts = insights.urgent_contacts(request.viewer)
    return show(request, "activities/words_edit.jinja", form=form, placed=placed, contacts=contacts)


def _is_as_seen(form: forms.WordsForm, placed: ActivityInsight) -> bool:
    """Say whether the draft is still the one that was on the page; if not, show what is kept now and let them send it again."""
    if form.cleaned_data["turn"] == placed.insight.turn:
        return True
    form.add_error(
        None, _("This draft was changed in another window. What is kept now is shown below, and what you typed is still in the boxes.")
    )
    form.renew(turn=placed.insight.turn)
    return False


@page(allow=policies.may_see_activities)
def delete(request: PageRequest, code: str) -> HttpResponse:
    """Throw a draft away, after one question."""
    placed = _load_draft(request, code)
    form = PressForm(posted(request))
    activity = placed.activity
    if form.is_valid() and attempt(form, commands.delete_spoken, request.viewer, placed, **form.cleaned_data):
        return done(request, _("The draft is deleted."), to=activity)
    return show(request, "activities/words_delete.jinja", form=form, placed=placed)
