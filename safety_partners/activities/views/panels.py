"""Pages of an interview panel: its terms, the ten areas, the partner’s own question, how it ended. Nothing of candidates."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from safety_partners.activities import commands, policies
from safety_partners.activities.forms import shapes as forms
from safety_partners.activities.models import Activity, Offer, Panel, PanelArea, PanelQuestion, Shape
from safety_partners.activities.queries import shapes as queries
from safety_partners.activities.queries.sessions import names_of_takers
from safety_partners.activities.views.loading import ask, demand, load_activity, people_for
from safety_partners.activities.views.shapes import load_shaped
from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.insights.queries.urgent import urgent_contacts
from safety_partners.people.choosing import member_called

LOOKS = ("GET",)


def nothing_of_candidates() -> str:
    """What every form about a panel says first."""
    return _("Write nothing about candidates here, and no scores. They stay where your people team keeps them.")


@page(allow=policies.may_see_activities, methods=LOOKS)
def panel(request: PageRequest, code: str) -> HttpResponse:
    """The terms of a panel as they stand, for who runs it and for partners before they say yes."""
    activity = load_activity(request, code)
    demand(activity.shape == Shape.PANEL, _("This is another kind of activity. Look at how it stands."))
    return show(
        request,
        "activities/panel.jinja",
        activity=activity,
        whole=queries.panel_page(request.viewer, activity),
        may_run=policies.may_run(request.viewer, activity) and activity.status in Activity.UNDER_WAY,
    )


@page(allow=policies.may_ask)
def terms(request: PageRequest, code: str) -> HttpResponse:
    """The post, who chairs, and whether the partner scores."""
    activity = load_shaped(request, code, Shape.PANEL)
    found = Panel.objects.visible_to(request.viewer).filter(activity=activity).select_related("chair").first()
    people = people_for(request, "chair", chosen=[found.chair.code] if found else [])
    form = forms.PanelForm(posted(request), initial=forms.initial_of_panel(found), people=people)
    if form.is_valid():
        chair = member_called(request.viewer, form.cleaned_data.pop("chair"))
        if attempt(form, commands.describe_panel, request.viewer, activity, chair=chair, **form.cleaned_data):
            return done(request, _("It is saved."), to="activities:panel", code=activity.code)
    words = [nothing_of_candidates(), _("Partners who were asked on other terms are asked again.")]
    back = _panel_path(activity)
    return ask(
        request, form, title=_("The terms of the panel"), caption=activity.title, button=_("Save it"), back=back, words=words, people=people
    )


def _load_panel(request: PageRequest, code: str) -> Panel:
    activity = load_shaped(request, code, Shape.PANEL)
    rows = Panel.objects.visible_to(request.viewer).select_related("activity__kind", "activity__requester__user")
    found = rows.filter(activity=activity).first()
    demand(found is not None, _("First say which post it is for, and who chairs."))
    return found  # type: ignore[return-value]


@page(allow=policies.may_ask)
def areas(request: PageRequest, code: str) -> HttpResponse:
    """What is settled for each of the ten areas."""
    found = _load_panel(request, code)
    settled = {area.value: area.words for area in queries.panel_page(request.viewer, found.activity).areas}
    form = forms.AreasForm(posted(request), initial={**settled, "turn": found.turn})
    if form.is_valid() and attempt(form, commands.settle_areas, request.viewer, found, **form.answers()):
        left = len(PanelArea) - sum(bool(text.strip()) for text in form.answers()["words"].values())
        said = _("It is saved. Open still: %(n)s.") % {"n": left} if left else _("All ten areas are settled.")
        return done(request, said, to="activities:panel", code=found.activity.code)
    words = [
        _("Settle these before a partner is asked. They read every word of it before they say yes."),
        nothing_of_candidates(),
        _("You may leave some for later. Partners who were asked on other terms are asked again."),
    ]
    return ask(
        request,
        form,
        title=_("The ten areas"),
        caption=found.activity.title,
        button=_("Save them"),
        back=_panel_path(found.activity),
        words=words,
        record=found,
    )


@page(allow=policies.may_ask)
def ended(request: PageRequest, code: str) -> HttpResponse:
    """Tell the partners how it ended, without a word on single people."""
    found = _load_panel(request, code)
    if request.method == "GET":
        demand(found.told_outcome_on is None, _("The partners were told already."))
    form = forms.PanelEndedForm(posted(request), initial={"turn": found.turn})
    if form.is_valid() and attempt(form, commands.tell_how_panel_ended, request.viewer, found, **form.cleaned_data):
        return done(request, _("The partners who took part are told."), to="activities:panel", code=found.activity.code)
    return ask(
        request,
        form,
        title=_("How it ended"),
        caption=found.activity.title,
        button=_("Tell them"),
        back=_panel_path(found.activity),
        told=names_of_takers(request.viewer, found.activity),
        record=found,
    )


@page(allow=policies.may_see_activities)
def question(request: PageRequest, code: str) -> HttpResponse:
    """The question that is a partner's to ask: typed by them, or written down for them."""
    rows = Offer.objects.visible_to(request.viewer).select_related("activity__kind", "partner__membership__user")
    offer: Offer = get_object_or_404(rows, code=code)
    policies.may_answer.demand(request.viewer, offer)
    if request.method == "GET":
        is_open = offer.activity.shape == Shape.PANEL and offer.status == Offer.Status.ACCEPTED
        demand(is_open, _("Only a partner who takes part in an interview panel has a question to ask."))
    is_own = policies.is_offered(request.viewer, offer)
    kept = PanelQuestion.objects.visible_to(request.viewer).filter(offer=offer).first()
    initial = {"words": kept.words, "turn": kept.turn} if kept else {"turn": 0}
    form = forms.OwnQuestionForm(posted(request), initial=initial, is_own=is_own)
    if form.is_valid() and attempt(form, commands.set_own_question, request.viewer, offer, **form.cleaned_data):
        return done(request, _("It is saved. The panel can read it."), to=offer)
    contacts = urgent_contacts(request.viewer)
    return show(request, "activities/panel_question.jinja", form=form, offer=offer, is_own=is_own, contacts=contacts)


def _panel_path(activity: Activity) -> str:
    return reverse("activities:panel", args=[activity.code])
