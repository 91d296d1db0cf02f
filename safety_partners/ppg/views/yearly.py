"""Pages of a group's year: who is in it, what comes first, what it tells everybody."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.core.working_days import today
from safety_partners.partners.forms.said import PressForm
from safety_partners.ppg import commands, policies, queries
from safety_partners.ppg.forms import registering as forms
from safety_partners.ppg.models import PublicNote
from safety_partners.ppg.queries.years import words_of, year_of
from safety_partners.ppg.views.loading import OF_GROUP, ask, demand, load_group

LOOKS = ("GET",)


@page(allow=policies.may_see_groups, methods=LOOKS)
def reviews(request: PageRequest, code: str) -> HttpResponse:
    """Who is in the group, year by year."""
    found = load_group(request, code)
    rows = [(review, words_of(review.year), forms.table_of(review)) for review in queries.reviews_of(request.viewer, found)]
    may_record = policies.may_work_with(request.viewer, found)
    return show(request, "ppg/reviews.jinja", group=found, reviews=rows, may_record=may_record)


@page(allow=policies.may_see_groups)
def record_review(request: PageRequest, code: str) -> HttpResponse:
    """Write down who is in the group beside who is registered with the practice."""
    found = load_group(request, code, policies.may_work_with)
    form = forms.ReviewForm(posted(request))
    if form.is_valid() and attempt(form, commands.record_review, request.viewer, found, **form.answers()):
        return done(request, _("The review is written down."), to="ppg:reviews", code=code)
    return show(request, "ppg/review_new.jinja", form=form, group=found)


@page(allow=policies.may_see_groups)
def priorities(request: PageRequest, code: str) -> HttpResponse:
    """Say what matters most to the group this year."""
    found = load_group(request, code, policies.may_work_with)
    year = year_of(today())
    kept = "\n".join(one.words for one in queries.priorities_of(request.viewer, found, year))
    form = forms.PrioritiesForm(posted(request), initial={"words": kept})
    if form.is_valid() and attempt(form, commands.set_priorities, request.viewer, found, year=year, **form.cleaned_data):
        return done(request, _("It is written down."), to=found)
    title = _("What comes first in %(year)s") % {"year": words_of(year)}
    return ask(request, form, title=title, caption=found.name, button=_("Save"), back=found)


@page(allow=policies.may_see_groups, methods=LOOKS)
def notes(request: PageRequest, code: str) -> HttpResponse:
    """What the group told everybody on the website."""
    found = load_group(request, code)
    rows = queries.notes_of(request.viewer, found)
    return show(request, "ppg/notes.jinja", group=found, notes=rows, may_write=policies.may_work_with(request.viewer, found))


@page(allow=policies.may_see_groups)
def add_note(request: PageRequest, code: str) -> HttpResponse:
    """Put words of the group on the public website."""
    found = load_group(request, code, policies.may_work_with)
    form = forms.NoteForm(posted(request))
    if form.is_valid() and attempt(form, commands.publish_note, request.viewer, found, **form.cleaned_data):
        return done(request, _("It is on the website."), to="ppg:notes", code=code)
    words = [_("Everybody can read it, also people who do not sign in.")]
    return ask(request, form, title=_("Tell everybody"), caption=found.name, button=_("Put it on the website"), back=found, words=words)


@page(allow=policies.may_see_groups)
def take_down_note(request: PageRequest, code: str) -> HttpResponse:
    """Take words from the public website."""
    note = get_object_or_404(PublicNote.objects.visible_to(request.viewer).select_related(*OF_GROUP), code=code)
    policies.may_work_with.demand(request.viewer, note)
    form = PressForm(posted(request))
    if form.is_valid() and attempt(form, commands.take_down_note, request.viewer, note, **form.cleaned_data):
        return done(request, _("It is not on the website any more."), to="ppg:notes", code=note.group.code)
    if request.method == "GET":
        demand(note.taken_down_at is None, _("It is not on the website any more."))
    return ask(
        request,
        form,
        title=_("Take this from the website?"),
        caption=note.title,
        button=_("Take it down"),
        back=note.group,
        quoted=note.words,
        is_warning=True,
    )
