"""Pages of what a partner says about an item: writing it, or having it written down, the last look, and sharing it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from safety_partners.committees import commands, policies, queries
from safety_partners.committees.commands.recusing import who_answers
from safety_partners.committees.forms import speaking as forms
from safety_partners.committees.forms.minuting import PressForm
from safety_partners.committees.models import ItemInsight
from safety_partners.committees.views.loading import load_item
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.insights import queries as insights
from safety_partners.insights.forms.sharing import CheckForm
from safety_partners.insights.models import Insight
from safety_partners.insights.policies import may_record_words


@page(allow=policies.may_see_committees)
def write(request: PageRequest, code: str) -> HttpResponse:
    """A partner writes about an item; nobody else sees it until they share it."""
    item = load_item(request, code, policies.may_speak_at)
    form = forms.WordsForm(posted(request))
    if form.is_valid():
        key = form.cleaned_data["submission_key"]
        if placed := attempt(form, commands.speak, request.viewer, item, **form.answers(), submission_key=key):
            return redirect("committees:words", placed.code)
    return show(request, "committees/words_write.jinja", form=form, item=item, contacts=insights.urgent_contacts(request.viewer))


@page(allow=may_record_words)
def record(request: PageRequest, code: str) -> HttpResponse:
    """The secretary or the chair writes down what a partner said at the table."""
    item = load_item(request, code, policies.may_work_on_item)
    form = forms.RecordForm(posted(request), partners=queries.partners_at(request.viewer, item))
    if form.is_valid():
        key = form.cleaned_data["submission_key"]
        if placed := attempt(form, commands.record_spoken, request.viewer, item, **form.answers(), submission_key=key):
            return redirect("committees:words", placed.code)
    return show(request, "committees/words_record.jinja", form=form, item=item)


def _load(request: PageRequest, code: str) -> ItemInsight:
    rows = ItemInsight.objects.visible_to(request.viewer).select_related(
        "insight__organisation",
        "insight__speaker__user",
        "insight__recorded_by__user",
        "item__meeting__organisation",
        "item__meeting__committee__chair__user",
        "item__lead__user",
    )
    placed: ItemInsight = get_object_or_404(rows, code=code)
    return placed


def _load_draft(request: PageRequest, code: str) -> ItemInsight:
    placed = _load(request, code)
    policies.may_edit_words.demand(request.viewer, placed)
    if placed.insight.status != Insight.Status.DRAFT:
        raise NotPossible(_("This was already shared, so its words can no longer be changed. You can share more words beside it."))
    return placed


@page(allow=policies.may_see_committees)
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
        "committees/words.jinja",
        form=form,
        placed=placed,
        insight=placed.insight,
        contacts=contacts,
        owner=who_answers(placed.item, placed.insight),
        days=insights.days_promised(insight.organisation),
    )


@page(allow=policies.may_see_committees)
def edit(request: PageRequest, code: str) -> HttpResponse:
    """Go on with a draft."""
    placed = _load_draft(request, code)
    ask = forms.EditRecordedForm if placed.insight.recorded_by_id else forms.WordsForm
    form = ask(posted(request), placed=placed)
    is_right = form.is_valid() and _is_as_seen(form, placed)
    if is_right and attempt(form, commands.edit_spoken, request.viewer, placed, **form.answers()):
        return redirect("committees:words", code)
    return show(request, "committees/words_edit.jinja", form=form, placed=placed)


def _is_as_seen(form: forms.WordsForm, placed: ItemInsight) -> bool:
    """Say whether the draft is still the one that was on the page; if not, show what is kept now and let them send it again."""
    if form.cleaned_data["turn"] == placed.insight.turn:
        return True
    form.add_error(
        None, _("This draft was changed in another window. What is kept now is shown below, and what you typed is still in the boxes.")
    )
    form.renew(turn=placed.insight.turn)
    return False


@page(allow=policies.may_see_committees)
def delete(request: PageRequest, code: str) -> HttpResponse:
    """Throw a draft away, after one question."""
    placed = _load_draft(request, code)
    form = PressForm(posted(request))
    item = placed.item
    if form.is_valid() and attempt(form, commands.delete_spoken, request.viewer, placed, **form.cleaned_data):
        return done(request, _("The draft is deleted."), to=item.meeting)
    return show(request, "committees/words_delete.jinja", form=form, placed=placed)
