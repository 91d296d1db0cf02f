"""Pages of leaving: stepping down, an ending with a second person, the talk, the thanks, what is still open, the end."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from safety_partners.core.page import PageRequest, attempt, done, is_signed_in, page
from safety_partners.core.policy import Policy
from safety_partners.core.working_days import today
from safety_partners.partners import commands, open_matters, policies
from safety_partners.partners.forms import leaving as forms
from safety_partners.partners.forms.records import TurnForm
from safety_partners.partners.forms.said import SaidForm, without
from safety_partners.partners.models import Leaving, Partner
from safety_partners.partners.queries.whole import SERVING
from safety_partners.partners.views.loading import ask, chosen, demand, home_of, is_own, load, people_for, record_page
from safety_partners.people.policies import is_staff

LOOKS = ("GET",)


def _open_leaving(request: PageRequest, partner: Partner) -> Leaving:
    """The leaving that is going on. Raises Http404 where there is none that the viewer may see."""
    rows = Leaving.objects.visible_to(request.viewer).open().filter(partner=partner)
    found: Leaving | None = rows.select_related("reviewed_by__user", "talked_with__user").first()
    if found is None:
        raise Http404
    found.partner = partner
    return found


@page(allow=is_signed_in)
def step_down(request: PageRequest, code: str) -> HttpResponse:
    """Leave, without a reason."""
    partner = load(request, code, policies.may_speak_for)
    own = is_own(request, partner)
    form = forms.StepDownForm(request.POST or None, is_own=own, initial={"turn": partner.turn})
    if form.is_valid() and attempt(form, commands.step_down, request.viewer, partner, **form.cleaned_data):
        said = _("It is written down. Thank you for everything.") if own else _("It is written down, and the partner is told.")
        return done(request, said, to="partners:leaving", code=partner.code)
    if request.method == "GET":
        demand(partner.status in SERVING, _("They are leaving already, or have left."))
    words = (
        [
            _("You do not have to say why. You can change your mind until your last day."),
            _("If you only need a break, you can take one instead."),
        ]
        if own
        else [_("Do not ask why, and do not write it down.")]
    )
    return ask(
        request,
        partner,
        form,
        title=_("Step down") if own else _("Record that they step down"),
        button=_("I step down") if own else _("Write it down"),
        words=words,
    )


@page(allow=is_signed_in)
def end_role(request: PageRequest, code: str) -> HttpResponse:
    """The organisation ends the role; a second person looks at it before the partner is told."""
    partner = load(request, code, policies.may_lead)
    people = people_for(request, "reviewed_by")
    form = forms.EndRoleForm(request.POST or None, people=people, initial={"turn": partner.turn})
    if form.is_valid():
        given = without(form.cleaned_data, "reviewed_by")
        second = chosen(request, form.cleaned_data["reviewed_by"])
        if second and attempt(form, commands.end_role_of, request.viewer, partner, reviewed_by=second, **given):
            return done(
                request,
                _("The second person is asked. The partner is not told until they agree."),
                to="partners:leaving",
                code=partner.code,
            )
    if request.method == "GET":
        demand(partner.status in SERVING, _("They are leaving already, or have left."))
    words = [_("Have you talked with them, and tried what could help? Then say why the role should end, and who looks at it first.")]
    return ask(
        request, partner, form, title=_("End the role"), button=_("Ask the second person"), words=words, people=people, is_warning=True
    )


@page(allow=is_staff)
def look_at_ending(request: PageRequest, code: str) -> HttpResponse:
    """The second person reads why, and says whether it is right."""
    rows = Leaving.objects.visible_to(request.viewer).select_related(
        "partner__membership__user", "partner__organisation", "partner__role__role"
    )
    leaving: Leaving = get_object_or_404(rows, code=code)
    policies.is_second_person.demand(request.viewer, leaving)
    form = forms.SecondLookForm(request.POST or None)
    if form.is_valid() and attempt(form, commands.look_at_ending, request.viewer, leaving, **form.cleaned_data):
        return done(request, _("Thank you. What you said is written down."), to="home:home")
    if request.method == "GET":
        is_open = leaving.reviewed_at is None and leaving.taken_back_at is None
        demand(is_open, _("You have said so already, or it was taken back."))
    words = [_("Nobody has told the partner yet. Ask whatever you need to know before you answer.")]
    return ask(
        request,
        leaving.partner,
        form,
        title=_("Look at this as the second person"),
        button=_("Send your answer"),
        words=words,
        read=leaving.reason,
        back=reverse("home:home"),
    )


@page(allow=is_signed_in, methods=LOOKS)
def leaving(request: PageRequest, code: str) -> HttpResponse:
    """How a leaving stands: the talk, the thanks, what is still open and who takes it on."""
    partner = load(request, code)
    rows = Leaving.objects.visible_to(request.viewer).filter(partner=partner, taken_back_at__isnull=True)
    found = rows.select_related("reviewed_by__user", "talked_with__user", "recorded_by__user").order_by("-pk").first()
    if found is None:
        raise Http404
    handed = {row.about_code: row for row in found.handed_on.select_related("to__user")}
    matters = open_matters.of(partner) if found.ended_at is None else []
    viewer = request.viewer
    return record_page(
        request,
        partner,
        "partners/record/leaving.jinja",
        "partners:partner",
        leaving=found,
        matters=matters,
        handed=handed,
        still_open=[matter for matter in matters if matter.code not in handed],
        may_keep=policies.may_keep(viewer, partner) and not is_own(request, partner),
        may_lead=policies.may_lead(viewer, partner),
        may_speak=policies.may_speak_for(viewer, partner),
        may_stay=policies.may_end(viewer, partner),
        today=today(),
    )


def _part(request: PageRequest, code: str, may: Policy) -> Leaving:
    return _open_leaving(request, load(request, code, may))


@page(allow=is_signed_in)
def stay(request: PageRequest, code: str) -> HttpResponse:
    """Take a leaving back."""
    found = _part(request, code, policies.may_end)
    own = is_own(request, found.partner)
    by_us = found.why != Leaving.Why.STEPPING_DOWN
    form = SaidForm(request.POST if request.method == "POST" else None, is_own=own or by_us)
    if form.is_valid() and attempt(form, commands.stay, request.viewer, found, **form.cleaned_data):
        return done(request, _("Good. Everything goes on as before."), to=home_of(request, found.partner))
    title = _("Stay after all") if own else _("They stay after all")
    return ask(request, found.partner, form, title=title, button=title, back=found.get_absolute_url())


@page(allow=is_signed_in)
def talk(request: PageRequest, code: str) -> HttpResponse:
    """The talk at the end, as the partner wants it kept."""
    found = _part(request, code, policies.may_speak_for)
    people = people_for(request, "talked_with")
    initial = {"talked_on": found.talked_on or today(), "words": found.talk_words}
    initial["talked_with"] = found.talked_with.code if found.talked_with else ""
    if found.talked_on or found.is_talk_declined:
        initial["is_declined"] = "yes" if found.is_talk_declined else "no"
    form = forms.TalkForm(request.POST or None, people=people, initial=initial)
    if form.is_valid():
        given = without(form.cleaned_data, "talked_with")
        person = chosen(request, form.cleaned_data.get("talked_with") or "")
        if attempt(form, commands.record_exit_talk, request.viewer, found, talked_with=person, **given):
            return done(request, _("It is written down."), to=found)
    return ask(request, found.partner, form, title=_("The talk at the end"), button=_("Save"), people=people, back=found.get_absolute_url())


@page(allow=is_signed_in)
def thanks(request: PageRequest, code: str) -> HttpResponse:
    """A word of thanks, and what changed because of somebody."""
    found = _part(request, code, policies.may_keep)
    form = forms.ThanksForm(request.POST or None, initial={"thanks": found.thanks, "what_changed": found.what_changed})
    if form.is_valid() and attempt(form, commands.write_thanks, request.viewer, found, **form.cleaned_data):
        return done(request, _("It is kept, and goes out on the last day."), to=found)
    return ask(request, found.partner, form, title=_("Thanks, and what changed"), button=_("Save"), back=found.get_absolute_url())


@page(allow=is_signed_in)
def touch(request: PageRequest, code: str) -> HttpResponse:
    """Whether the partner would like to hear from us afterwards."""
    found = _part(request, code, policies.may_speak_for)
    form = forms.TouchForm(request.POST or None, initial={"is_keeping_in_touch": "yes" if found.is_keeping_in_touch else "no"})
    if form.is_valid() and attempt(form, commands.keep_in_touch, request.viewer, found, **form.cleaned_data):
        return done(request, _("It is written down."), to=found)
    return ask(request, found.partner, form, title=_("Keeping in touch"), button=_("Save"), back=found.get_absolute_url())


@page(allow=is_signed_in)
def hand_on(request: PageRequest, code: str, about: str) -> HttpResponse:
    """Who takes on something that is still open."""
    found = _part(request, code, policies.may_keep)
    matter = next((one for one in open_matters.of(found.partner) if one.code == about), None)
    if matter is None:
        raise Http404
    people = people_for(request, "to")
    form = forms.HandOnForm(request.POST or None, people=people)
    if form.is_valid():
        person = chosen(request, form.cleaned_data["to"])
        if attempt(form, commands.hand_on, request.viewer, found, about_code=about, to=person, note=form.cleaned_data["note"]):
            return done(request, _("It is handed on."), to=found)
    return ask(
        request,
        found.partner,
        form,
        title=_("Hand it on"),
        button=_("Hand it on"),
        words=[matter.label],
        people=people,
        back=found.get_absolute_url(),
    )


@page(allow=is_signed_in)
def end(request: PageRequest, code: str) -> HttpResponse:
    """On the last day: the thanks go out, and the way in is closed."""
    found = _part(request, code, policies.may_lead)
    form = TurnForm(request.POST or None, initial={"turn": found.partner.turn})
    if form.is_valid() and attempt(form, commands.end_partnership, request.viewer, found):
        return done(request, _("They have left. The thanks go out today."), to=found.partner)
    words = [_("The thanks go out, their role ends, and they can no longer sign in here, unless they have another role.")]
    return ask(
        request, found.partner, form, title=_("The last day"), button=_("They have left"), words=words, back=found.get_absolute_url()
    )
