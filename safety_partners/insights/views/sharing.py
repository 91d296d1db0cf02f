"""Pages of the person who speaks, and of staff who write down what somebody said."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.page import PageRequest, attempt, done, is_signed_in, page, show
from safety_partners.core.policy import Policy
from safety_partners.insights import commands, policies, queries
from safety_partners.insights.commands.answering import demand_missed
from safety_partners.insights.forms import sharing as forms
from safety_partners.insights.models import Insight
from safety_partners.insights.views.showing import KINDS
from safety_partners.people.models import Role
from safety_partners.people.queries import members_with_role

Status = Insight.Status


def _load(request: PageRequest, code: str, may: Policy) -> Insight:
    """Load what the viewer may see, and refuse with its sentence what they may not do."""
    insight: Insight = get_object_or_404(Insight.objects.visible_to(request.viewer).with_people(), code=code)
    may.demand(request.viewer, insight)
    return insight


@page(allow=policies.may_share)
def write(request: PageRequest) -> HttpResponse:
    """A partner begins to write; nobody else sees it until they share it."""
    form = forms.WriteForm(request.POST or None, services=queries.open_services(request.viewer))
    if form.is_valid() and (insight := _keep(request, form, commands.begin_draft)):
        return _go_on(request, form, insight)
    return show(request, "insights/write.jinja", form=form, contacts=queries.urgent_contacts(request.viewer))


@page(allow=policies.may_record_words)
def record(request: PageRequest) -> HttpResponse:
    """Staff write down what a partner said on the phone, in a letter or at a meeting."""
    viewer = request.viewer
    partners = members_with_role(viewer.organisation_id or 0, Role.PARTNER)
    form = forms.RecordForm(request.POST or None, services=queries.open_services(viewer), partners=partners)
    if form.is_valid() and (insight := _keep(request, form, commands.record_words)):
        return _go_on(request, form, insight)
    return show(request, "insights/record.jinja", form=form, drafts=queries.recordings(viewer), kinds=KINDS)


def _keep(request: PageRequest, form: forms.WriteForm | forms.RecordForm, command: Any) -> Insight | None:
    """Keep a new draft. The same form sent again, perhaps with other words, changes the draft it made."""
    answers, key = form.answers(), form.cleaned_data["submission_key"]
    insight: Insight | None = attempt(form, command, request.viewer, **answers, submission_key=key)
    if insight is None:
        form.renew(submission_key=uuid.uuid4())
    elif "speaker" in answers and answers.pop("speaker").pk != insight.speaker_id:
        return attempt(form, command, request.viewer, **form.answers())
    elif any(getattr(insight, name) != given for name, given in answers.items()):
        return attempt(form, commands.edit_draft, request.viewer, insight, **answers)
    return insight


def _go_on(request: PageRequest, form: forms.WordsForm, insight: Insight) -> HttpResponse:
    """To the last look before sharing, or back to the person's own list where the draft waits."""
    if not form.is_draft:
        return redirect("insights:check", insight.code)
    back = "insights:record" if insight.recorded_by_id else "insights:mine"
    return done(request, _("Your draft is kept. Nobody can answer it until you share it."), to=back)


def _is_begun_elsewhere(insight: Insight) -> bool:
    """What was begun beside something else, such as a paragraph of a document, is finished and sent there."""
    return insight.status == Status.DRAFT and bool(insight.about_path)


@page(allow=is_signed_in)
def edit(request: PageRequest, code: str) -> HttpResponse:
    """Go on with a draft."""
    insight = _load(request, code, policies.may_edit_draft)
    if _is_begun_elsewhere(insight):
        return redirect(insight.about_path)
    if insight.status != Status.DRAFT:
        raise NotPossible(_("This was already shared, so its words can no longer be changed. You can share more words beside it."))
    ask = forms.EditRecordedForm if insight.recorded_by_id else forms.EditForm
    form = ask(request.POST or None, insight=insight, services=queries.open_services(request.viewer, insight))
    if form.is_valid() and _is_as_seen(form, insight) and attempt(form, commands.edit_draft, request.viewer, insight, **form.answers()):
        return _go_on(request, form, insight)
    return show(request, "insights/edit.jinja", form=form, insight=insight)


def _is_as_seen(form: Any, insight: Insight) -> bool:
    """Say whether the draft is still the one that was on the page; if not, show what is kept now and let them send it again."""
    if form.cleaned_data["version"] == insight.turn:
        return True
    form.add_error(
        None, _("This draft was changed in another window. What is kept now is shown below, and what you typed is still in the boxes.")
    )
    form.renew(version=insight.turn)
    return False


@page(allow=is_signed_in)
def check(request: PageRequest, code: str) -> HttpResponse:
    """The last look: the exact words and choices, and where to go if something cannot wait. Then they are sealed."""
    insight = _load(request, code, policies.may_edit_draft)
    if request.method == "GET" and insight.status != Status.DRAFT:
        return redirect(insight)
    if _is_begun_elsewhere(insight) or not insight.kind:
        return redirect("insights:edit", code)
    contacts = queries.urgent_contacts(request.viewer)
    form = forms.CheckForm(request.POST or None, insight=insight, channels=queries.channels_to_offer(contacts))
    if form.is_valid() and _share(request, form, insight):
        return done(request, _("Thank you. The words are sealed and shared."), to=insight)
    if insight.status != Status.DRAFT:
        return redirect(insight)
    days = queries.days_promised(insight.organisation)
    return show(request, "insights/check.jinja", form=form, insight=insight, contacts=contacts, days=days, kind_words=KINDS[insight.kind])


def _share(request: PageRequest, form: forms.CheckForm, insight: Insight) -> Insight | None:
    """Note first that recorded words were read back, if that was ticked here; then seal and share them."""
    answers = form.cleaned_data
    turn = answers["version"]
    if answers.get("is_read_back") and not insight.is_read_back and turn == insight.turn:
        commands.edit_draft(request.viewer, insight, is_read_back=True)
        turn = insight.turn
    shared: Insight | None = attempt(
        form,
        commands.share_insight,
        request.viewer,
        insight,
        pass_on_to=answers.get("pass_on_to", ()),
        turn=turn,
        submission_key=answers["submission_key"],
    )
    if shared is None:
        form.renew(version=insight.turn)
    elif policies.is_speaker(request.viewer, shared):
        # The form was sent once more, with another box ticked: nobody should wait for what we were never asked.
        for channel in sorted(set(answers.get("pass_on_to", ())) - queries.channels_asked(shared)):
            commands.ask_to_pass_on(request.viewer, shared, channel=channel)
    return shared


@page(allow=is_signed_in)
def delete(request: PageRequest, code: str) -> HttpResponse:
    """Throw a draft away, after one question."""
    insight = _load(request, code, policies.may_edit_draft)
    if _is_begun_elsewhere(insight):
        return redirect(insight.about_path)
    if insight.status != Status.DRAFT:
        raise NotPossible(_("This was already shared. You can still withdraw it."))
    form = forms.NothingToAsk(request.POST or None)
    back = "insights:record" if insight.recorded_by_id else "insights:mine"
    if form.is_valid() and attempt(form, commands.delete_draft, request.viewer, insight):
        return done(request, _("The draft is deleted."), to=back)
    return show(request, "insights/delete.jinja", form=form, insight=insight)


@page(allow=is_signed_in)
def withdraw(request: PageRequest, code: str) -> HttpResponse:
    """Take the words back: what goes, what stays, and one question to be sure."""
    insight = _load(request, code, policies.may_withdraw)
    if request.method == "GET":
        _demand_words(insight)
    is_speaker = policies.is_speaker(request.viewer, insight)
    form = forms.WithdrawForm(request.POST or None, is_speaker=is_speaker)
    if form.is_valid() and attempt(form, commands.withdraw, request.viewer, insight, submission_key=form.cleaned_data["submission_key"]):
        return done(request, _("The words are withdrawn. Nobody can read them here any more."), to=insight)
    if insight.status == Status.WITHDRAWN:
        return redirect(insight)
    return show(request, "insights/withdraw.jinja", form=form, insight=insight, is_speaker=is_speaker)


def _demand_words(insight: Insight) -> None:
    """Refuse a page about shared words where there are none."""
    if insight.status == Status.DRAFT:
        raise NotPossible(_("This is still a draft. Nobody else sees it, and you can delete it."))
    if insight.status == Status.WITHDRAWN:
        raise NotPossible(_("These words were withdrawn."))


@page(allow=is_signed_in)
def visibility(request: PageRequest, code: str) -> HttpResponse:
    """Let more people, or fewer, see the words from now on."""
    insight = _load(request, code, policies.is_speaker)
    _demand_words(insight)
    form = forms.VisibilityForm(request.POST or None, initial={"visibility": insight.visibility})
    if form.is_valid() and attempt(form, commands.change_visibility, request.viewer, insight, **form.cleaned_data):
        return done(request, _("You changed who may see your words."), to=insight)
    return show(request, "insights/visibility.jinja", form=form, insight=insight)


@page(allow=is_signed_in)
def pass_on(request: PageRequest, code: str) -> HttpResponse:
    """Ask us to take the words to another channel too, such as complaints or safeguarding."""
    insight = _load(request, code, policies.is_speaker)
    _demand_words(insight)
    contacts = queries.urgent_contacts(request.viewer)
    asked = queries.channels_asked(insight) if request.method == "GET" else set()
    channels = [choice for choice in queries.channels_to_offer(contacts) if choice[0] not in asked]
    form = forms.PassOnForm(request.POST or None, channels=channels)
    if form.is_valid() and attempt(form, commands.ask_to_pass_on, request.viewer, insight, **form.cleaned_data):
        return done(request, _("We will pass your words on, and tell you when we have."), to=insight)
    return show(request, "insights/pass_on.jinja", form=form, insight=insight, contacts=contacts, channels=channels)


@page(allow=is_signed_in)
def still_waiting(request: PageRequest, code: str) -> HttpResponse:
    """Tell the lead that a promised day has gone by without an answer; the lead may write that down for the person."""
    viewer = request.viewer
    insight = _load(request, code, policies.may_tell_of_silence)
    is_speaker = policies.is_speaker(viewer, insight)
    form = forms.StillWaitingForm(request.POST or None, is_speaker=is_speaker)
    key = form.cleaned_data["submission_key"] if form.is_valid() else None
    if form.is_valid() and attempt(form, commands.tell_lead_of_silence, viewer, insight, submission_key=key):
        sentence = _("Thank you. The partner lead is told, and can now answer you.") if is_speaker else _("It is written down.")
        return done(request, sentence, to=insight)
    if request.method == "GET":
        demand_missed(insight)
    return show(
        request,
        "insights/still_waiting.jinja",
        form=form,
        insight=insight,
        is_speaker=is_speaker,
        promises=queries.promises(insight, is_speaker=is_speaker),
    )


@page(allow=is_signed_in)
def verdict(request: PageRequest, code: str) -> HttpResponse:
    """Does the latest answer answer the person? Only they can say; the lead may write down what they said."""
    viewer = request.viewer
    insight = _load(request, code, policies.may_give_verdict)
    is_speaker = policies.is_speaker(viewer, insight)
    ask, command = (forms.VerdictForm, commands.give_verdict) if is_speaker else (forms.RecordedVerdictForm, commands.record_verdict)
    form = ask(request.POST or None, initial={"version": insight.turn})
    if form.is_valid() and attempt(form, command, viewer, insight, **form.given()):
        return done(request, _thanks(form, is_speaker=is_speaker), to=insight)
    open_answers = queries.answers_open(insight)
    if not open_answers:
        raise NotPossible(_("There is no answer to judge at the moment."))
    form.narrow(open_answers)
    if form.is_bound:
        form.renew(version=insight.turn)
    answer = queries.latest_answer(insight)
    only_for_lead = queries.is_only_for_lead(insight)
    return show(
        request,
        "insights/verdict.jinja",
        form=form,
        insight=insight,
        answer=answer,
        open_answers=open_answers,
        only_for_lead=only_for_lead,
        is_speaker=is_speaker,
    )


def _thanks(form: forms.VerdictForm, *, is_speaker: bool) -> str:
    if not is_speaker:
        return _("What the person said is written down.")
    if form.cleaned_data["answer"] == "yes":
        return _("Thank you. We are glad that this answers you.")
    return _("Thank you for telling us.")
