"""Pages of those who owe an answer: acknowledge, find an owner, answer, pass on."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.core.policy import Policy, Refused
from safety_partners.core.working_days import today
from safety_partners.insights import commands, policies
from safety_partners.insights.forms import answering as forms
from safety_partners.insights.forms.sharing import NothingToAsk
from safety_partners.insights.models import Insight, PassingOn, Response
from safety_partners.insights.queries import asking
from safety_partners.insights.queries.lists import open_services
from safety_partners.insights.queries.urgent import urgent_contacts
from safety_partners.insights.queries.whole import answers
from safety_partners.people.choosing import member_called
from safety_partners.people.policies import is_lead, is_staff

WHO = "who"


def load(request: PageRequest, code: str, may: Policy | None = None) -> Insight:
    """Load what the viewer may see, and refuse with its sentence what they may not do.

    Who sends a form about something that has moved out of their sight gets back what they typed.
    """
    insight: Insight | None = Insight.objects.visible_to(request.viewer).with_people().filter(code=code).first()
    if insight is None and request.method == "POST":
        raise Overtaken(_("This is not here any more, or is with someone else now. What you typed is below."))
    if insight is None:
        raise Http404
    if may is not None:
        may.demand(request.viewer, insight)
    return insight


def demand_move(insight: Insight, move: str, sentence: str) -> None:
    """Refuse a page that has nothing to do as things stand."""
    if not Insight.lifecycle.may(insight, move):
        raise NotPossible(sentence)


@page(allow=is_lead)
def acknowledge(request: PageRequest, code: str) -> HttpResponse:
    """Say that the words have arrived: the page says what the person will be told, and how."""
    insight = load(request, code, policies.may_acknowledge)
    form = NothingToAsk(posted(request))
    if form.is_valid():
        commands.acknowledge(request.viewer, insight, **form.cleaned_data)
        return done(request, _("The person is told that you have it. Now find someone to answer it."), to=insight)
    demand_move(insight, "acknowledge", _("Someone has already said that this has arrived."))
    return show(request, "insights/acknowledge.jinja", form=form, insight=insight, today=today())


@page(allow=is_staff)
def hand_over(request: PageRequest, code: str) -> HttpResponse:
    """Ask somebody by name for the answer; from one owner to another with a reason that the person is told."""
    viewer = request.viewer
    insight = load(request, code, policies.may_hand_over)
    if request.method == "GET":
        demand_move(insight, "hand_to", _("This cannot be handed over as it stands."))
    typed = request.GET.get(WHO, "")[:100]
    people = asking.who_can_answer(viewer, insight, typed, request.POST.get("owner", ""))
    form = forms.HandOverForm(
        request.POST or None,
        people=people,
        services=open_services(viewer, insight),
        has_owner=insight.owner_id is not None,
        initial={"turn": insight.turn},
    )
    if form.is_valid():
        owner = member_called(viewer, form.cleaned_data["owner"])
        if attempt(form, commands.hand_to, viewer, insight, owner=owner, **form.answers()):
            # Words that are for fewer people than before may be out of sight for the one who handed them over.
            still_seen = Insight.objects.visible_to(viewer).filter(pk=insight.pk).exists()
            return done(
                request, _("%(name)s is asked to answer.") % {"name": owner.name}, to=insight if still_seen else "insights:insights"
            )
        form.renew(turn=insight.turn)
    return show(
        request,
        "insights/hand_over.jinja",
        form=form,
        insight=insight,
        people=people,
        typed=typed,
        due=asking.answer_due(insight),
        today=today(),
    )


@page(allow=is_staff)
def respond(request: PageRequest, code: str) -> HttpResponse:
    """Answer an insight. Two people may do so at once: the second sees what the first said and keeps their own words."""
    viewer = request.viewer
    insight = load(request, code)
    was_overtaken = _was_overtaken(request, insight)
    if not was_overtaken:
        policies.may_respond.demand(viewer, insight)
    people = asking.who_can_act(viewer)
    form = forms.RespondForm(request.POST or None, people=people, initial={"turn": insight.turn})
    if form.is_valid() and _send(request, form, insight, was_overtaken=was_overtaken):
        return done(request, _("Your answer is sent. The person will say whether it answers them."), to=insight)
    is_open = Insight.lifecycle.may(insight, "respond") and policies.may_respond(viewer, insight)
    if not form.is_bound and not is_open:
        raise NotPossible(_("This waits for the person who spoke to say whether our answer answers them."))
    given = answers(insight)
    seen = _number(request.POST.get("seen"), len(given))
    if form.is_bound:
        form.renew(turn=insight.turn, seen=len(given))
    else:
        form.initial["seen"] = len(given)
    return show(
        request,
        "insights/respond.jinja",
        form=form,
        insight=insight,
        earlier=given[:seen],
        meanwhile=given[seen:],
        is_open=is_open,
        may_act=policies.may_agree_action(viewer, insight),
        people=people,
    )


def _was_overtaken(request: PageRequest, insight: Insight) -> bool:
    """Say whether something moved since the person opened the page whose form they send."""
    return request.method == "POST" and _number(request.POST.get("turn"), insight.turn) != insight.turn


def _number(typed: str | None, otherwise: int) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 10 else otherwise


def _send(request: PageRequest, form: forms.RespondForm, insight: Insight, *, was_overtaken: bool) -> Response | None:
    """Send the answer; who was overtaken, and may not answer any more, is told so and loses nothing."""
    owner = form.cleaned_data.get("action_owner")
    action_owner = member_called(request.viewer, owner) if owner else None
    try:
        return attempt(form, commands.respond, request.viewer, insight, action_owner=action_owner, **form.answers())
    except Refused:
        if not was_overtaken:
            raise
        form.add_error(None, str(Overtaken().sentence))
        return None


@page(allow=is_lead)
def passed_on(request: PageRequest, code: str) -> HttpResponse:
    """Write down how words were taken to another channel, as the person asked."""
    viewer = request.viewer
    rows = PassingOn.objects.visible_to(viewer).select_related("insight__speaker__user", "done_by__user")
    passing_on = get_object_or_404(rows, code=code)
    policies.may_pass_on.demand(viewer, passing_on)
    form = forms.PassedOnForm(request.POST or None)
    if form.is_valid() and attempt(form, commands.done_passing_on, viewer, passing_on, **form.cleaned_data):
        return done(request, _("It is written down, and the person is told."), to=passing_on.insight)
    contacts = [contact for contact in urgent_contacts(viewer) if contact.channel == passing_on.channel]
    return show(request, "insights/passing_on.jinja", form=form, passing_on=passing_on, insight=passing_on.insight, contacts=contacts)
