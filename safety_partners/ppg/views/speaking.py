"""Pages of what a group says as one: writing it, the last look, the words with the minority beside them, all of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.design.lists import ChoiceFilter, Column, ListPage, Sort
from safety_partners.insights import queries as insights
from safety_partners.insights.forms.sharing import CheckForm
from safety_partners.insights.models import Insight
from safety_partners.insights.views.showing import KINDS, STATUSES, TONES
from safety_partners.partners.forms.said import PressForm
from safety_partners.ppg import commands, policies, queries
from safety_partners.ppg.forms import speaking as forms
from safety_partners.ppg.models import CollectiveView, Group
from safety_partners.ppg.views.loading import ask, demand, load_group, load_view

LOOKS = ("GET",)
Status = Insight.Status
LIST = ListPage(
    fields=("code", "insight__words", "people_count", "insight__kind", "insight__status", "insight__shared_at"),
    columns=[
        Column("insight__words", gettext_lazy("What it says")),
        Column("insight__kind", gettext_lazy("What it is"), says=KINDS),
        Column("people_count", gettext_lazy("How many people"), kind="number"),
        Column("insight__shared_at", gettext_lazy("Shared on"), kind="date"),
        Column("insight__status", gettext_lazy("Where it stands"), kind="status", says=STATUSES, tones=TONES),
    ],
    sorts=[Sort("newest", gettext_lazy("Newest first"), ["-id"], reverse_label=gettext_lazy("Oldest first"))],
    filters=[
        ChoiceFilter("status", gettext_lazy("Where it stands"), field="insight__status", choices=list(STATUSES.items())),
    ],
    counted=ngettext_lazy("%(n)s view", "%(n)s views", "n"),
    caption=gettext_lazy("What the group said"),
    empty=gettext_lazy("The group has not said anything here yet, or nothing that you may see."),
)


@page(allow=policies.may_see_groups, methods=LOOKS)
def views(request: PageRequest, code: str) -> HttpResponse:
    """Everything a group said."""
    found = load_group(request, code)
    listing = LIST.show(queries.views_of(request.viewer, found), request.GET, path=request.path)
    return show(request, "ppg/views.jinja", group=found, listing=listing, may_write=policies.may_work_with(request.viewer, found))


@page(allow=policies.may_see_groups)
def write(request: PageRequest, code: str) -> HttpResponse:
    """The chair writes what the group says, or somebody writes it down; nobody else sees it until it is shared."""
    found = load_group(request, code, policies.may_work_with)
    if request.method == "GET":
        demand_voice(found)
    own = policies.speaks_for(request.viewer, found)
    form = forms.ViewForm(posted(request), meetings=queries.meetings_to_choose(request.viewer, found), is_own=own)
    if form.is_valid() and (view := attempt(form, commands.begin_view, request.viewer, found, **form.answers())):
        return redirect("ppg:view", view.code)
    return ask(
        request,
        form,
        title=_("What does the group say together?"),
        caption=found.name,
        button=_("Keep it and look at it once more"),
        back=found,
        words=[_("Nobody else sees it until it is shared on the next page. Then somebody answers the group.")],
        contacts=insights.urgent_contacts(request.viewer),
    )


def demand_voice(found: Group) -> None:
    """Refuse where there is nobody who could say something for the group, or hear what came of it."""
    demand(found.status != Group.Status.NONE, _("There is no active group at this practice."))
    demand(found.chair is not None, _("This group needs a chair who has a place here, so that somebody can be told what came of it."))


@page(allow=policies.may_see_groups)
def view(request: PageRequest, code: str) -> HttpResponse:
    """The last look before the words are sealed; once they are, the words themselves."""
    found = load_view(request, code)
    if found.insight.status == Status.DRAFT:
        policies.may_edit_view.demand(request.viewer, found)
        return _check(request, found)
    if request.method == "POST":
        raise NotPossible(_("This was already shared."))
    return _read(request, found)


def _read(request: PageRequest, found: CollectiveView) -> HttpResponse:
    viewer, insight = request.viewer, found.insight
    return show(
        request,
        "ppg/view.jinja",
        view=found,
        insight=insight,
        kind_words=KINDS[insight.kind],
        stands=STATUSES[Status(insight.status)],
        tone=TONES[Status(insight.status)],
        sees_insight=Insight.objects.visible_to(viewer).filter(pk=insight.pk).exists(),
        may_refer=policies.may_work_with(viewer, found) and insight.status != Status.WITHDRAWN,
    )


def _check(request: PageRequest, found: CollectiveView) -> HttpResponse:
    contacts = insights.urgent_contacts(request.viewer)
    form = CheckForm(posted(request), insight=found.insight, channels=insights.channels_to_offer(contacts))
    if form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        if attempt(form, commands.share_view, request.viewer, found, turn=form.cleaned_data["version"], **given):
            return done(request, _("Thank you. The words are sealed and shared."), to=found)
    if form.is_bound:
        found = load_view(request, found.code)
        form.renew(version=found.insight.turn)
    days = insights.days_promised(found.insight.organisation)
    kind_words = KINDS[found.insight.kind]
    return show(
        request, "ppg/view_check.jinja", form=form, view=found, insight=found.insight, contacts=contacts, days=days, kind_words=kind_words
    )


def _load_draft(request: PageRequest, code: str) -> CollectiveView:
    found = load_view(request, code)
    if found.insight.status != Status.DRAFT:
        raise NotPossible(_("This was already shared, so its words can no longer be changed. You can share more words beside it."))
    policies.may_edit_view.demand(request.viewer, found)
    return found


@page(allow=policies.may_see_groups)
def edit(request: PageRequest, code: str) -> HttpResponse:
    """Go on with a draft."""
    found = _load_draft(request, code)
    own = found.insight.recorded_by_id is None
    meetings = queries.meetings_to_choose(request.viewer, found.group)
    form = forms.ViewForm(posted(request), meetings=meetings, is_own=own, view=found)
    is_right = form.is_valid() and _is_as_seen(form, found)
    if is_right and attempt(form, commands.edit_view, request.viewer, found, **form.answers()):
        return redirect("ppg:view", code)
    return ask(
        request,
        form,
        title=_("Change what the group says"),
        caption=found.group.name,
        button=_("Keep it and look at it once more"),
        back=found,
        quoted=found.insight.words if form.is_bound else "",
        contacts=insights.urgent_contacts(request.viewer),
    )


def _is_as_seen(form: forms.ViewForm, found: CollectiveView) -> bool:
    """Say whether the draft is still the one that was on the page; if not, show what is kept now and let them send it again."""
    if form.cleaned_data["turn"] == found.insight.turn:
        return True
    form.add_error(
        None, _("This draft was changed in another window. What is kept now is shown below, and what you typed is still in the boxes.")
    )
    form.renew(turn=found.insight.turn)
    return False


@page(allow=policies.may_see_groups)
def delete(request: PageRequest, code: str) -> HttpResponse:
    """Throw a draft away, after one question."""
    found = _load_draft(request, code)
    form = PressForm(posted(request))
    group = found.group
    if form.is_valid() and attempt(form, commands.delete_view, request.viewer, found, **form.cleaned_data):
        return done(request, _("The draft is deleted."), to=group)
    return ask(
        request,
        form,
        title=_("Delete this draft?"),
        caption=group.name,
        button=_("Delete it"),
        back=found,
        quoted=found.insight.words,
        is_warning=True,
    )
