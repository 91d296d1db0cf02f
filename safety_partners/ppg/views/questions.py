"""Pages of questions to groups: asking, answering, telling what was done."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.core.working_days import today
from safety_partners.design.lists import ChoiceFilter, Column, ListPage, Sort
from safety_partners.insights.queries import urgent_contacts
from safety_partners.ppg import commands, policies, queries
from safety_partners.ppg.forms import speaking as forms
from safety_partners.ppg.models import Group, Question
from safety_partners.ppg.views.groups import QUESTION_TONES
from safety_partners.ppg.views.loading import ask, demand, load_question

LOOKS = ("GET",)
Status = Question.Status
LIST = ListPage(
    fields=("code", "text", "answer_by", "status", "group__name"),
    columns=[
        Column("text", gettext_lazy("Question")),
        Column("group__name", gettext_lazy("Group")),
        Column("answer_by", gettext_lazy("Answer by"), kind="date"),
        Column("status", gettext_lazy("Where it stands"), kind="status", says=dict(Status.choices), tones=QUESTION_TONES),
    ],
    sorts=[Sort("newest", gettext_lazy("Newest first"), ["-id"], reverse_label=gettext_lazy("Oldest first"))],
    filters=[ChoiceFilter("status", gettext_lazy("Where it stands"), choices=Status.choices)],
    search=queries.search_questions,
    search_label=gettext_lazy("Search the question, a group or a code"),
    counted=ngettext_lazy("%(n)s question", "%(n)s questions", "n"),
    caption=gettext_lazy("Questions to groups"),
    empty=gettext_lazy("No group was asked anything yet."),
)


@page(allow=policies.may_see_groups, methods=LOOKS)
def questions(request: PageRequest) -> HttpResponse:
    """Every question to the groups that the viewer may see."""
    listing = LIST.show(queries.questions(request.viewer), request.GET, path=request.path)
    return show(request, "ppg/questions.jinja", listing=listing, may_ask=policies.may_ask_groups(request.viewer))


@page(allow=policies.may_ask_groups)
def add(request: PageRequest) -> HttpResponse:
    """Ask one group or many the same; where it is for a request that was passed on (``about``), its words stand in the boxes."""
    groups = queries.groups_to_ask(request.viewer)
    about = queries.passed_on(request.viewer, request.GET.get("about", ""))
    form = forms.QuestionForm(request.POST or None, groups=groups, initial=_filled_in(request, groups, about))
    from_request = {"about_code": about.code, "for_whom": about.whose} if about else {}
    if form.is_valid() and (made := attempt(form, commands.ask_groups, request.viewer, **form.answers(), **from_request)):
        many = len(form.cleaned_data["groups"]) > 1
        where = reverse("ppg:questions") if many else made.get_absolute_url()
        return done(request, _("The question is asked. The chair of each group is told."), to=where)
    return show(request, "ppg/question_new.jinja", form=form, about=about)


def _filled_in(request: PageRequest, groups: list[Group], about: queries.PassedOn | None) -> dict[str, Any]:
    chosen = {"groups": [group.code for group in groups if group.code == request.GET.get("group")]}
    return chosen | ({"text": about.text, "purpose": about.purpose, "can_change": about.can_change} if about else {})


@page(allow=policies.may_see_groups, methods=LOOKS)
def question(request: PageRequest, code: str) -> HttpResponse:
    """One question, its answer, and what was done with it."""
    found = load_question(request, code)
    viewer = request.viewer
    return show(
        request,
        "ppg/question.jinja",
        question=found,
        tone=QUESTION_TONES[found.status],
        may_answer=policies.may_work_with(viewer, found),
        looks_after=policies.looks_after(viewer, found),
        may_tell=policies.may_tell_group(viewer, found),
        about=queries.passed_on(viewer, found.about_code),
        is_late=found.status == Status.ASKED and found.answer_by < today(),
    )


@page(allow=policies.may_see_groups)
def answer(request: PageRequest, code: str) -> HttpResponse:
    """Give the group's answer, or write it down for the group."""
    found = load_question(request, code, policies.may_work_with)
    own = policies.speaks_for(request.viewer, found)
    form = forms.AnswerForm(posted(request), is_own=own, initial={"turn": found.turn})
    if form.is_valid() and attempt(form, commands.answer_question, request.viewer, found, **form.cleaned_data):
        return done(request, _("Thank you. Whoever asked is told."), to=found)
    if request.method == "GET":
        demand(found.status == Status.ASKED, _("This question does not wait for an answer any more."))
    return ask(
        request,
        form,
        title=_("Answer this question"),
        caption=found.group.name,
        button=_("Send the answer"),
        back=found,
        record=found,
        quoted=found.text,
        contacts=urgent_contacts(request.viewer),
    )


@page(allow=policies.may_see_groups)
def tell(request: PageRequest, code: str) -> HttpResponse:
    """Tell the group what was done with its answer."""
    found = load_question(request, code, policies.may_tell_group)
    form = forms.ToldForm(posted(request), initial={"turn": found.turn})
    if form.is_valid() and attempt(form, commands.tell_question, request.viewer, found, **form.cleaned_data):
        return done(request, _("The group is told."), to=found)
    if request.method == "GET":
        demand(found.status == Status.ANSWERED, _("The group has not answered, or was told already."))
    return ask(
        request,
        form,
        title=_("Tell the group what you did"),
        caption=found.group.name,
        button=_("Tell the group"),
        back=found,
        record=found,
        quoted=found.answer,
    )


@page(allow=policies.may_see_groups)
def take_back(request: PageRequest, code: str) -> HttpResponse:
    """Take a question back."""
    found = load_question(request, code, policies.looks_after)
    form = forms.TurnForm(posted(request), initial={"turn": found.turn})
    if form.is_valid() and attempt(form, commands.take_back_question, request.viewer, found, **form.cleaned_data):
        return done(request, _("The question is taken back. The group is told."), to=found)
    if request.method == "GET":
        demand(found.status == Status.ASKED, _("This question does not wait for an answer any more."))
    return ask(
        request,
        form,
        title=_("Take this question back"),
        caption=found.group.name,
        button=_("Take it back"),
        back=found,
        record=found,
        quoted=found.text,
        is_warning=True,
    )
