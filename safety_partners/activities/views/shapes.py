"""Pages of what only some activities have: milestones, the part in training, where the work is done."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from safety_partners.activities import commands, policies
from safety_partners.activities.forms import shapes as forms
from safety_partners.activities.models import Activity, Milestone, Shape, Training
from safety_partners.activities.queries import shapes as queries
from safety_partners.activities.queries.sessions import names_of_takers
from safety_partners.activities.views.loading import ask, demand, load_activity
from safety_partners.activities.views.sessions import demand_under_way
from safety_partners.committees.models import Committee
from safety_partners.core.page import PageRequest, attempt, done, page, posted
from safety_partners.core.policy import Sentence
from safety_partners.partners.forms.said import PressForm
from safety_partners.reviews.models import Review


def load_shaped(request: PageRequest, code: str, shape: str) -> Activity:
    """An activity of one shape that goes on, for whoever runs it."""
    activity = load_activity(request, code, policies.may_run, with_shape=True)
    if request.method == "GET":
        demand(activity.shape == shape, _("This is another kind of activity. Look at how it stands."))
        demand_under_way(activity)
    return activity


# Milestones of a project


@page(allow=policies.may_ask)
def add_milestone(request: PageRequest, code: str) -> HttpResponse:
    """Set one step of a project."""
    activity = load_shaped(request, code, Shape.PROJECT)
    form = forms.MilestoneForm(posted(request))
    if form.is_valid() and attempt(form, commands.add_milestone, request.viewer, activity, **form.cleaned_data):
        return done(request, _("The step is there."), to=activity)
    return ask(request, form, title=_("Add a step"), caption=activity.title, button=_("Add it"), back=activity)


def _load_milestone(request: PageRequest, code: str) -> Milestone:
    rows = Milestone.objects.visible_to(request.viewer).select_related("activity__kind", "activity__requester__user")
    milestone: Milestone = get_object_or_404(rows, code=code)
    policies.may_run.demand(request.viewer, milestone)
    if request.method == "GET":
        demand(milestone.status == Milestone.Status.AHEAD, _("This step is not ahead any more."))
        demand_under_way(milestone.activity)
    return milestone


@page(allow=policies.may_ask)
def change_milestone(request: PageRequest, code: str) -> HttpResponse:
    """Say it in other words, or for another day."""
    milestone = _load_milestone(request, code)
    form = forms.ChangeMilestoneForm(posted(request), initial=forms.initial_of(milestone))
    if form.is_valid() and attempt(form, commands.change_milestone, request.viewer, milestone, **form.cleaned_data):
        return done(request, _("It is saved."), to=milestone.activity)
    return _ask_about(request, form, milestone, title=_("Change this step"), button=_("Save it"))


@page(allow=policies.may_ask)
def reach_milestone(request: PageRequest, code: str) -> HttpResponse:
    """Say that it is reached, and what partners changed in it."""
    milestone = _load_milestone(request, code)
    form = forms.ReachForm(posted(request), initial={"turn": milestone.turn})
    if form.is_valid() and attempt(form, commands.reach_milestone, request.viewer, milestone, **form.cleaned_data):
        return done(request, _("It is reached. The partners who take part are told."), to=milestone.activity)
    told = names_of_takers(request.viewer, milestone.activity)
    return _ask_about(request, form, milestone, title=_("This step is reached"), button=_("Save it, and tell them"), told=told)


@page(allow=policies.may_ask)
def drop_milestone(request: PageRequest, code: str) -> HttpResponse:
    """Give it up."""
    milestone = _load_milestone(request, code)
    form = forms.DropForm(posted(request), initial={"turn": milestone.turn})
    if form.is_valid() and attempt(form, commands.drop_milestone, request.viewer, milestone, **form.cleaned_data):
        return done(request, _("The step is given up. The partners who take part are told."), to=milestone.activity)
    told = names_of_takers(request.viewer, milestone.activity)
    return _ask_about(request, form, milestone, title=_("Give up this step"), button=_("Give it up"), told=told, is_warning=True)


def _ask_about(
    request: PageRequest,
    form: object,
    milestone: Milestone,
    *,
    title: Sentence,
    button: Sentence,
    told: list[str] | None = None,
    is_warning: bool = False,
) -> HttpResponse:
    return ask(
        request,
        form,
        title=title,
        caption=milestone.title,
        button=button,
        back=milestone.activity,
        told=told or [],
        record=milestone,
        is_warning=is_warning,
    )


# Training


@page(allow=policies.may_ask)
def training(request: PageRequest, code: str) -> HttpResponse:
    """Who learns, and what partners do."""
    activity = load_shaped(request, code, Shape.TRAINING)
    found = Training.objects.visible_to(request.viewer).filter(activity=activity).first()
    form = forms.TrainingForm(posted(request), initial=forms.initial_of_training(found))
    if form.is_valid() and attempt(form, commands.describe_training, request.viewer, activity, **form.cleaned_data):
        return done(request, _("It is saved."), to=activity)
    words = [_("Partners who were asked on other terms are asked again.")]
    return ask(
        request,
        form,
        title=_("The partners’ part in this training"),
        caption=activity.title,
        button=_("Save it"),
        back=activity,
        words=words,
    )


# Where the work is done


@page(allow=policies.may_ask)
def join_review(request: PageRequest, code: str) -> HttpResponse:
    """Say in which review the work is done."""
    activity = load_shaped(request, code, Shape.REVIEW)
    choices = queries.reviews_to_choose(request.viewer)
    initial = {"turn": activity.turn, "review": activity.review.code if activity.review else None}
    form = forms.ReviewForm(posted(request), initial=initial, reviews=choices)
    if form.is_valid():
        review = get_object_or_404(Review.objects.visible_to(request.viewer).with_document(), code=form.cleaned_data["review"])
        if attempt(form, commands.join_review, request.viewer, activity, review=review, turn=form.cleaned_data["turn"]):
            return done(request, _("The review belongs to this activity now."), to=activity)
    words = [
        _("These are the reviews of documents that you look after. Is it not there yet? Add the document, then ask partners for a review.")
    ]
    return ask(
        request,
        form,
        title=_("Which review is it?"),
        caption=activity.title,
        button=_("Save it"),
        back=activity,
        words=words,
        record=activity,
    )


@page(allow=policies.may_ask)
def ask_for_review(request: PageRequest, code: str) -> HttpResponse:
    """Ask those who take part for the review."""
    activity = load_shaped(request, code, Shape.REVIEW)
    if request.method == "GET":
        demand(activity.review is not None, _("First say which review it is."))
    told = [offer.partner.membership.name for offer in queries.not_asked(request.viewer, activity)]
    if request.method == "GET":
        demand(bool(told), _("Everybody who takes part was asked already."))
    form = PressForm(posted(request))
    if form.is_valid() and attempt(form, commands.ask_takers_for_review, request.viewer, activity, **form.cleaned_data):
        return done(request, _("They are told where to read and to comment."), to=activity)
    return ask(
        request,
        form,
        title=_("Ask them for the review"),
        caption=activity.title,
        button=_("Ask them"),
        back=activity,
        told=told,
    )


@page(allow=policies.may_ask)
def join_committee(request: PageRequest, code: str) -> HttpResponse:
    """Say on which committee the seat is."""
    activity = load_shaped(request, code, Shape.SEAT)
    initial = {"turn": activity.turn, "committee": activity.committee.code if activity.committee else None}
    form = forms.CommitteeForm(posted(request), initial=initial, committees=queries.committees_to_choose(request.viewer))
    if form.is_valid():
        committee = get_object_or_404(Committee.objects.visible_to(request.viewer), code=form.cleaned_data["committee"])
        if attempt(form, commands.join_committee, request.viewer, activity, committee=committee, turn=form.cleaned_data["turn"]):
            return done(request, _("The committee belongs to this activity now. Offer the seat on its page."), to=activity)
    return ask(
        request, form, title=_("Which committee is it?"), caption=activity.title, button=_("Save it"), back=activity, record=activity
    )
