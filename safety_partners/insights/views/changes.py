"""Pages of what changed because of what we were told: recorded, joined, moved, put into public words, published."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.page import PageRequest, attempt, done, is_signed_in, page, posted, show
from safety_partners.core.policy import Policy
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.design.lists import ChoiceFilter, Column, ListPage, Sort
from safety_partners.insights import commands, policies
from safety_partners.insights.commands.changing import possible_moves
from safety_partners.insights.forms import changes as forms
from safety_partners.insights.forms.sharing import NothingToAsk
from safety_partners.insights.models import Change, ChangedBy, Wording, WordingAnswer
from safety_partners.insights.queries import changing
from safety_partners.insights.views.answering import load
from safety_partners.insights.views.showing import KINDS
from safety_partners.people.choosing import member_called
from safety_partners.people.policies import is_lead, is_staff

Status = Change.Status
Answer = WordingAnswer.Answer
TONES = {Status.PLANNED: "doing", Status.MADE: "done", Status.NOT_KEPT: "warning", Status.WILL_NOT_DO: "stopped"}
IN_HAND = (Wording.Status.PROPOSED, Wording.Status.AGREED, Wording.Status.SENT_BACK)


def _list_for(viewer: Viewer) -> ListPage:
    """The list of changes, as this viewer may narrow it."""
    return ListPage(
        columns=[
            Column("title", gettext_lazy("What changed"), href=lambda row: row.get_absolute_url()),
            Column("status", gettext_lazy("Where it stands"), kind="status", says=dict(Status.choices), tones=TONES),
            Column("cause_count", gettext_lazy("Insights"), kind="number"),
            Column("is_published", gettext_lazy("Public"), says={True: gettext_lazy("Yes"), False: gettext_lazy("No")}),
            Column("made_at", gettext_lazy("Written down"), kind="date"),
        ],
        sorts=[Sort("newest", gettext_lazy("Newest first"), ["-made_at", "-id"], reverse_label=gettext_lazy("Oldest first"))],
        filters=[ChoiceFilter("status", gettext_lazy("Where it stands"), choices=Status.choices)],
        search=partial(changing.search_changes, viewer=viewer),
        search_label=gettext_lazy("Search the words, or a code"),
        counted=ngettext_lazy("%(n)s change", "%(n)s changes", "n"),
        caption=gettext_lazy("Changes"),
        empty=gettext_lazy("Nothing has been written down as a change yet."),
    )


@page(allow=is_signed_in, methods=("GET",))
def changes(request: PageRequest) -> HttpResponse:
    """What is planned or was changed because of what we were told, newest first."""
    listing = _list_for(request.viewer).show(changing.changes(request.viewer), request.GET, path=request.path)
    return show(request, "insights/changes.jinja", listing=listing)


@page(allow=is_staff)
def record(request: PageRequest, code: str) -> HttpResponse:
    """Write down what is planned or was changed because of an insight, and others with it."""
    viewer = request.viewer
    insight = load(request, code, policies.may_record_change)
    chosen, typed = request.GET.getlist("other")[: changing.FOUND], request.GET.get("q", "")[:100]
    offers = changing.insights_to_choose(viewer, insight, typed, [*chosen, *request.POST.getlist("others")])
    choices = [(offer.code, _in_words(offer)) for offer in offers]
    form = forms.RecordForm(request.POST or None, others=choices, initial={"others": chosen, "status": Status.PLANNED.value, "on": today()})
    if form.is_valid():
        others = changing.insights_called(viewer, form.cleaned_data.pop("others", ()))
        if change := attempt(form, commands.record_change, viewer, insight, others=others, **form.cleaned_data):
            return done(request, _("The change is written down, and everyone who spoke is told."), to=change)
    is_finding = "find" in request.GET and not form.is_bound
    return show(
        request, "insights/change_new.jinja", form=form, insight=insight, offers=choices, chosen=chosen, typed=typed, is_finding=is_finding
    )


def _in_words(offer: changing.Offer) -> str:
    said = {"start": offer.start, "name": offer.name, "kind": KINDS[offer.kind], "code": offer.code}
    return _("“%(start)s” – %(name)s, %(kind)s, %(code)s") % said


@page(allow=is_staff)
def join(request: PageRequest, code: str) -> HttpResponse:
    """Say that a change already written down came from this insight too."""
    viewer = request.viewer
    insight = load(request, code, policies.may_record_change)
    typed = request.GET.get("q", "")[:100]
    found = changing.changes_to_join(viewer, insight, typed, request.POST.get("change", ""))
    form = forms.JoinForm(request.POST or None, changes=found)
    if form.is_valid():
        change = form.changes[form.cleaned_data["change"]]
        key = form.cleaned_data["submission_key"]
        if attempt(form, commands.join_change, viewer, insight, change=change, submission_key=key):
            return done(request, _("The change now names this insight too, and the person who spoke is told."), to=change)
    return show(request, "insights/change_join.jinja", form=form, insight=insight, typed=typed)


@page(allow=is_signed_in, methods=("GET",))
def change(request: PageRequest, code: str) -> HttpResponse:
    """One change: what led to it, every step, the public words and who has agreed, and what the lead can do next."""
    viewer = request.viewer
    found = get_object_or_404(changing.changes(viewer), code=code)
    may_look_after = policies.may_look_after_change(viewer, found)
    return show(
        request,
        "insights/change.jinja",
        whole=changing.change_page(viewer, found),
        change=found,
        kinds=KINDS,
        may_look_after=may_look_after,
        moves=possible_moves(found) if may_look_after else [],
    )


def _load_change(request: PageRequest, code: str) -> Change:
    found: Change = get_object_or_404(changing.changes(request.viewer), code=code)
    policies.may_look_after_change.demand(request.viewer, found)
    return found


@page(allow=is_lead)
def move(request: PageRequest, code: str) -> HttpResponse:
    """Say that a change was made, not kept, will not be done or is planned again: with a day and a reason."""
    found = _load_change(request, code)
    form = forms.MoveForm(
        request.POST or None,
        possible=possible_moves(found),
        is_published=found.is_published,
        initial={"turn": found.turn, "on": today()},
    )
    if form.is_valid() and attempt(form, commands.move_change, request.viewer, found, **form.cleaned_data):
        return done(request, _("The change has moved, and everyone who spoke is told."), to=found)
    if form.is_bound:
        form.renew(turn=found.turn)
        form.offer(possible_moves(found))
    steps = changing.movements(found)
    return show(request, "insights/change_move.jinja", form=form, change=found, movements=steps)


@page(allow=is_lead)
def propose(request: PageRequest, code: str) -> HttpResponse:
    """Suggest public words; everyone who spoke is asked to agree."""
    found = _load_change(request, code)
    causes = changing.causes_with_words(found)
    if not causes:
        raise NotPossible(_("Everyone who spoke has taken their words back, so there is nobody to agree what we were told."))
    latest = changing.latest_wording(found)
    start = (
        {"title": latest.title, "told_us": latest.told_us, "changed": latest.changed}
        if latest
        else {"title": found.title, "changed": found.text}
    )
    form = forms.WordingForm(request.POST or None, initial=start)
    if form.is_valid() and (wording := attempt(form, commands.propose_wording, request.viewer, found, **form.cleaned_data)):
        return done(request, _("Everyone who spoke is asked to agree to these words."), to=wording)
    return show(request, "insights/wording_new.jinja", form=form, change=found, causes=causes, latest=latest)


# The words themselves


def _load_wording(request: PageRequest, code: str, may: Policy) -> Wording:
    wording: Wording = get_object_or_404(changing.wording_rows(request.viewer), code=code)
    may.demand(request.viewer, wording)
    return wording


def _as_public(request: PageRequest, wording: Wording, causes: list[ChangedBy]) -> dict[str, Any]:
    """What would stand on the public page, and where; a page of words already public shows those."""
    found = wording.change
    path = reverse("website:change", args=[request.viewer.organisation.slug, found.code])
    return {
        "wording": wording,
        "change": found,
        "credit": changing.credit_for(causes),
        "movements": changing.movements(found),
        "tones": TONES,
        "public_path": path,
        "public_address": f"{settings.SITE_ADDRESS}{path}",
    }


@page(allow=is_signed_in)
def wording(request: PageRequest, code: str) -> HttpResponse:
    """Exactly what would be public; who spoke agrees or asks for other words, the lead sees who has agreed."""
    viewer = request.viewer
    found = _load_wording(request, code, policies.may_see_wording)
    answers = list(found.answers.all())
    mine = next((answer for answer in answers if answer.by_id == viewer.membership_id and not answer.is_for_lead), None)
    form = forms.AnswerForm(request.POST or None, initial={"answer": mine.answer, "comment": mine.comment} if mine else None)
    if request.method == "POST":
        policies.may_answer_wording.demand(viewer, found)
    if form.is_valid() and _answer(request, form, found):
        return done(request, _("Thank you. Your answer is written down."), to=found)
    causes = changing.causes_with_words(found.change)
    return show(
        request,
        "insights/wording.jinja",
        form=form,
        answers=answers,
        mine=mine,
        is_open=found.status in IN_HAND,
        my_insights=[row.insight for row in causes if row.insight.speaker_id == viewer.membership_id],
        may_look_after=policies.may_look_after_wording(viewer, found),
        **_as_public(request, found, causes),
    )


def _answer(request: PageRequest, form: forms.AnswerForm, found: Wording) -> Wording | None:
    given = form.cleaned_data
    key = given["submission_key"]
    if given["answer"] == Answer.YES:
        return attempt(form, commands.agree_wording, request.viewer, found, submission_key=key)
    return attempt(form, commands.ask_for_other_words, request.viewer, found, comment=given["comment"], submission_key=key)


@page(allow=is_lead)
def record_answer(request: PageRequest, code: str) -> HttpResponse:
    """Write down what somebody said to the words by phone, by letter or in person."""
    viewer = request.viewer
    found = _load_wording(request, code, policies.may_look_after_wording)
    if request.method == "GET" and found.status not in IN_HAND:
        raise NotPossible(_("These words are no longer being agreed. Look at the newest ones."))
    asked = [answer for answer in found.answers.all() if not answer.is_for_lead]
    people = [(answer.by.code, f"{answer.by.name}: {answer.get_answer_display()}") for answer in asked]
    form = forms.RecordedAnswerForm(request.POST or None, people=people)
    if form.is_valid():
        person = member_called(viewer, form.cleaned_data["person"])
        given = {name: form.cleaned_data[name] for name in ("answer", "comment", "submission_key")}
        if attempt(form, commands.record_wording_answer, viewer, found, person=person, **given):
            return done(request, _("The answer is written down."), to=found)
    causes = changing.causes_with_words(found.change)
    return show(request, "insights/wording_record.jinja", form=form, **_as_public(request, found, causes))


@page(allow=is_lead)
def publish(request: PageRequest, code: str) -> HttpResponse:
    """One last look at the public page, and then it is public."""
    found = _load_wording(request, code, policies.may_look_after_wording)
    form = NothingToAsk(posted(request))
    if form.is_valid():
        commands.publish(request.viewer, found, **form.cleaned_data)
        return done(request, _("It is public now, and everyone who spoke is told."), to=found.change)
    causes = changing.causes_with_words(found.change)
    waiting = [answer for answer in found.answers.all() if answer.answer != Answer.YES]
    may_publish = found.status == Wording.Status.AGREED
    shown = _as_public(request, found, causes)
    return show(request, "insights/wording_publish.jinja", form=form, may_publish=may_publish, waiting=waiting, **shown)
