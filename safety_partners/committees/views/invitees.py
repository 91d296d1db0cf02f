"""Pages of who is invited: guests, answers, reminders, and what partners need at the meeting."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from safety_partners.committees import commands, policies, queries
from safety_partners.committees.commands.inviting import REST, demand_to_come
from safety_partners.committees.forms import meetings as forms
from safety_partners.committees.models import Invitee, Meeting
from safety_partners.committees.views.loading import load_invitee, load_meeting
from safety_partners.committees.views.meetings import load_open, told_in_words
from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.core.policy import Policy
from safety_partners.design import dates
from safety_partners.partners.forms.said import PressForm
from safety_partners.people.choosing import member_called, staff_to_choose
from safety_partners.people.models import Role

LOOKS = ("GET",)
WHO = "who"


def _form_page(request: PageRequest, meeting: Meeting, form: Any, title: str, submit_text: str, **more: Any) -> HttpResponse:
    said = {"committee": meeting.committee.name, "day": dates.weekday(meeting.starts_at), "time": dates.clock(meeting.starts_at)}
    return show(
        request,
        "committees/meeting_form.jinja",
        form=form,
        title=title,
        caption=_("%(committee)s, %(day)s at %(time)s") % said,
        submit_text=submit_text,
        **{"back_url": meeting.get_absolute_url(), **more},
    )


def _load_coming(request: PageRequest, code: str, may: Policy) -> Invitee:
    """Somebody invited to a meeting that is still to come: a form about any other has nothing to ask."""
    invitee = load_invitee(request, code, may)
    if request.method != "POST":
        demand_to_come(invitee.meeting)
    return invitee


@page(allow=policies.may_see_committees)
def answer(request: PageRequest, code: str) -> HttpResponse:
    """Say whether one comes, and how; or write down what somebody told us."""
    invitee = _load_coming(request, code, policies.may_answer_invitation)
    is_own = policies.is_invited(request.viewer, invitee)
    initial = {"reply": invitee.reply, "how": invitee.how}
    form = forms.AnswerForm(posted(request), invitee=invitee, is_own=is_own, initial=initial)
    if form.is_valid():
        given = {name: value or "" if name == "how" else value for name, value in form.cleaned_data.items()}
        if attempt(form, commands.answer_invitation, request.viewer, invitee, **given):
            return done(request, _("Thank you. It is written down."), to=invitee.meeting)
    title = _("Are you coming?") if is_own else _("Write down what %(name)s told us") % {"name": invitee.membership.name}
    words = [_("You can change your answer until the meeting begins.")] if is_own else []
    return _form_page(request, invitee.meeting, form, title, _("Save"), words_before=words)


@page(allow=policies.may_see_committees)
def guest(request: PageRequest, code: str) -> HttpResponse:
    """Invite one more person to this meeting; only they are told."""
    meeting = load_open(request, code)
    typed = request.GET.get(WHO, "")[:100]
    people = staff_to_choose(request.viewer, typed, [request.POST.get(WHO, "")], roles=list(Role))
    form = forms.GuestForm(posted(request), people=people)
    if form.is_valid():
        member = member_called(request.viewer, form.cleaned_data["who"])
        key = form.cleaned_data["submission_key"]
        if attempt(form, commands.add_guest, request.viewer, meeting, membership=member, submission_key=key):
            return done(request, _("%(name)s is invited, and is told. Nobody else is.") % {"name": member.name}, to=meeting)
    words = [_("They are invited to this one meeting. Only they are told.")]
    return _form_page(request, meeting, form, _("Invite a guest"), _("Invite them"), words_before=words, people=people, typed=typed)


@page(allow=policies.may_see_committees)
def take_off(request: PageRequest, code: str) -> HttpResponse:
    """Take back the invitation of a guest; they are told."""
    invitee = _load_coming(request, code, policies.may_run)
    form = PressForm(posted(request))
    if form.is_valid() and attempt(form, commands.take_off, request.viewer, invitee, **form.cleaned_data):
        return done(request, _("They are not invited any more, and are told."), to=invitee.meeting)
    title = _("Take back the invitation of %(name)s") % {"name": invitee.membership.name}
    words = [_("The meeting leaves their calendar, and they can no longer open it here.")]
    return _form_page(request, invitee.meeting, form, title, _("Take it back"), words_before=words, is_warning=True)


@page(allow=policies.may_see_committees)
def remind(request: PageRequest, code: str) -> HttpResponse:
    """Remind those who have not answered; the page shows who that is before anything goes out."""
    meeting = load_open(request, code)
    told = queries.to_remind(meeting, REST)
    form = PressForm(posted(request))
    if form.is_valid() and attempt(form, commands.remind_invitees, request.viewer, meeting, **form.cleaned_data):
        return done(request, told_in_words(told), to=meeting)
    nobody = _("Everyone has answered, or was reminded within the last day. Nobody is reminded twice within a day.")
    words = [] if told else [nobody]
    title = _("Remind those who have not answered")
    return _form_page(request, meeting, form, title, _("Remind them now") if told else "", told=told, words_before=words)


@page(allow=policies.may_see_committees, methods=LOOKS)
def needs(request: PageRequest, code: str) -> HttpResponse:
    """What each partner needs at this meeting: arranged, not arranged and why, or still open."""
    meeting = load_meeting(request, code, policies.may_run)
    is_to_come = meeting.status == Meeting.Status.PLANNED and not meeting.is_over
    return show(request, "committees/meeting_needs.jinja", meeting=meeting, readiness=queries.readiness(meeting), is_to_come=is_to_come)


@page(allow=policies.may_see_committees)
def need(request: PageRequest, code: str, need: str) -> HttpResponse:
    """Say whether one need of one partner is met at this meeting."""
    invitee = _load_coming(request, code, policies.may_run)
    line = next((one for one in queries.readiness(invitee.meeting, [invitee]).lines if one.need.code == need), None)
    if line is None:
        raise Http404
    form = forms.NeedForm(posted(request), initial={"status": line.status, "reason": line.reason})
    back = reverse("committees:meeting-needs", args=[invitee.meeting.code])
    if form.is_valid():
        given = {"status": form.cleaned_data["status"], "reason": form.cleaned_data["reason"] or ""}
        if attempt(form, commands.decide_need, request.viewer, invitee, need=line.need, **given):
            return done(request, _("It is written down."), to=back)
    title = _("What %(name)s needs") % {"name": invitee.membership.name}
    return _form_page(request, invitee.meeting, form, title, _("Save"), read=line.need, back_url=back)
