"""Pages of what stays in a partner's own hands: notes, payment, whom to call, what they know from their own life."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from safety_partners.core.page import PageRequest, attempt, done, is_signed_in, page
from safety_partners.design.dates import day
from safety_partners.partners import commands, policies
from safety_partners.partners.forms import own as forms
from safety_partners.partners.forms.said import without
from safety_partners.partners.models import CheckIn, LivedExperience, Partner, PrivateNote
from safety_partners.partners.queries import caring
from safety_partners.partners.views.loading import ask, demand_open, is_own, load, load_part, press, record_page

LOOKS = ("GET",)


# Notes


@page(allow=is_signed_in, methods=LOOKS)
def notes(request: PageRequest, code: str) -> HttpResponse:
    """One's own notes; or, for whoever supports a partner, those that were shared with them."""
    partner = load(request, code, policies.may_read_notes)
    return record_page(request, partner, "partners/record/notes.jinja", "partners:notes", notes=caring.notes(request.viewer, partner))


def _notes_of(partner: Partner) -> str:
    return reverse("partners:notes", args=[partner.code])


@page(allow=is_signed_in)
def write_note(request: PageRequest, code: str) -> HttpResponse:
    """A new note."""
    partner = load(request, code, policies.is_own)
    talks = {talk.code: talk for talk in caring.check_ins(request.viewer, partner) if talk.cancelled_on is None}
    words = [(code, _("%(day)s, with %(name)s") % {"day": day(talk.day), "name": talk.with_member.name}) for code, talk in talks.items()]
    form = forms.NoteForm(request.POST or None, talks=words, is_new=True, initial={"check_in": request.GET.get("talk", "")})
    if form.is_valid():
        about: CheckIn | None = talks.get(form.cleaned_data.get("check_in", ""))
        given = without(form.cleaned_data, "check_in")
        if attempt(form, commands.write_note, request.viewer, partner, check_in=about, **given):
            return done(request, _("Your note is kept."), to=_notes_of(partner))
    demand_open(request, partner)
    return ask(request, partner, form, title=_("Write a note of my own"), button=_("Keep it"), back=_notes_of(partner))


def _load_note(request: PageRequest, code: str) -> PrivateNote:
    found: PrivateNote = load_part(request, PrivateNote.objects.visible_to(request.viewer), code, policies.is_own)
    return found


@page(allow=is_signed_in)
def rewrite_note(request: PageRequest, code: str) -> HttpResponse:
    """Change a note, or who reads it."""
    found = _load_note(request, code)
    form = forms.NoteForm(request.POST or None, is_new=False, initial={"words": found.words, "is_shared": found.is_shared})
    back = _notes_of(found.partner)
    if form.is_valid() and attempt(form, commands.rewrite_note, request.viewer, found, **form.cleaned_data):
        return done(request, _("Your note is kept."), to=back)
    return ask(request, found.partner, form, title=_("Change my note"), button=_("Keep it"), back=back)


@page(allow=is_signed_in)
def delete_note(request: PageRequest, code: str) -> HttpResponse:
    """Delete a note for good."""
    found = _load_note(request, code)
    return press(
        request,
        found.partner,
        commands.delete_note,
        about=found,
        title=_("Delete this note"),
        button=_("Delete it"),
        said=_("The note is deleted."),
        to="partners:notes",
        words=[_("It is gone for good, for you and for everybody you shared it with.")],
        is_warning=True,
    )


# Payment, and whom to call


@page(allow=is_signed_in, methods=LOOKS)
def payment_and_emergency(request: PageRequest, code: str) -> HttpResponse:
    """What is done with payments, for the partner and the lead; whom to call, also for whoever supports the partner."""
    partner = load(request, code, policies.may_speak_for)
    sees_payment = policies.may_arrange_payment(request.viewer, partner)
    return record_page(
        request,
        partner,
        "partners/record/payment_and_emergency.jinja",
        "partners:payment-and-emergency",
        sees_payment=sees_payment,
        choices=caring.payment_choices(request.viewer, partner) if sees_payment else [],
        emergency=caring.emergency_contact(request.viewer, partner),
        is_open=partner.ended_on is None,
    )


def _private_of(partner: Partner) -> str:
    return reverse("partners:payment-and-emergency", args=[partner.code])


@page(allow=is_signed_in)
def payment(request: PageRequest, code: str) -> HttpResponse:
    """What is to be done with payments from today."""
    partner = load(request, code, policies.may_arrange_payment)
    own = is_own(request, partner)
    form = forms.PaymentForm(request.POST or None, is_own=own)
    if form.is_valid() and attempt(form, commands.choose_payment, request.viewer, partner, **form.cleaned_data):
        return done(request, _("It is written down, and holds from today."), to=_private_of(partner))
    demand_open(request, partner)
    words = [
        _("It holds from today and can be changed at any time. Nobody asks why. Only the partner lead and finance know."),
        _("A payment can count as income, and can change benefits. We cannot give advice about that: please get independent advice first."),
    ]
    title = _("What to do with my payments") if own else _("What to do with their payments")
    return ask(request, partner, form, title=title, button=_("Save"), words=words, back=_private_of(partner))


@page(allow=is_signed_in)
def emergency(request: PageRequest, code: str) -> HttpResponse:
    """Whom to call."""
    partner = load(request, code, policies.may_speak_for)
    own = is_own(request, partner)
    found = caring.emergency_contact(request.viewer, partner)
    initial = {name: getattr(found, name) for name in ("name", "phone", "relation")} if found else {}
    form = forms.EmergencyForm(request.POST or None, is_own=own, initial=initial)
    if form.is_valid() and attempt(form, commands.name_emergency_contact, request.viewer, partner, **form.cleaned_data):
        return done(request, _("It is written down."), to=_private_of(partner))
    demand_open(request, partner)
    words = [_("Nobody needs to name anyone. Please ask the person first whether they agree.")]
    title = _("Whom to call if I am unwell") if own else _("Whom to call if they are unwell")
    return ask(request, partner, form, title=title, button=_("Save"), words=words, back=_private_of(partner))


@page(allow=is_signed_in)
def remove_emergency(request: PageRequest, code: str) -> HttpResponse:
    """Nobody is to be called any more."""
    partner = load(request, code, policies.may_speak_for)
    return press(
        request,
        partner,
        commands.remove_emergency_contact,
        title=_("Take the emergency contact away"),
        button=_("Take it away"),
        said=_("It is taken away."),
        to="partners:payment-and-emergency",
        words=[_("The name and the number are deleted.")],
        is_warning=True,
    )


# From one's own life


@page(allow=is_signed_in, methods=LOOKS)
def experience(request: PageRequest, code: str) -> HttpResponse:
    """What a partner knows from their own life; for others only what they were chosen to see."""
    partner = load(request, code, policies.may_speak_for)
    found = caring.experiences(request.viewer, partner)
    return record_page(request, partner, "partners/record/experience.jinja", "partners:experience", found=found)


def _experience_of(partner: Partner) -> str:
    return reverse("partners:experience", args=[partner.code])


def _ask_experience(request: PageRequest, partner: Partner, form: Any, title: str) -> HttpResponse:
    words = [
        _("Only if you want to. Nobody needs to say what happened to them, and it makes no difference to your place here."),
        _("If something went wrong and you would like it looked into, your named contact can tell you the ways: this page is not one."),
    ]
    return ask(request, partner, form, title=title, button=_("Save"), words=words, back=_experience_of(partner))


@page(allow=is_signed_in)
def tell_experience(request: PageRequest, code: str) -> HttpResponse:
    """Say what one knows, only if one wants to."""
    partner = load(request, code, policies.is_own)
    form = forms.ExperienceForm(request.POST or None, is_new=True)
    if form.is_valid() and attempt(form, commands.tell_experience, request.viewer, partner, **form.cleaned_data):
        return done(request, _("It is kept, and seen only by whom you chose."), to=_experience_of(partner))
    demand_open(request, partner)
    return _ask_experience(request, partner, form, _("Something I know about"))


def _load_experience(request: PageRequest, code: str) -> LivedExperience:
    found: LivedExperience = load_part(request, LivedExperience.objects.visible_to(request.viewer), code, policies.is_own)
    return found


@page(allow=is_signed_in)
def change_experience(request: PageRequest, code: str) -> HttpResponse:
    """Change the words, or who may see them."""
    found = _load_experience(request, code)
    initial = {name: getattr(found, name) for name in ("theme", "route", "seen_by")}
    form = forms.ExperienceForm(request.POST or None, is_new=False, initial=initial)
    if form.is_valid() and attempt(form, commands.change_experience, request.viewer, found, **form.cleaned_data):
        return done(request, _("It is kept, and seen only by whom you chose."), to=_experience_of(found.partner))
    return _ask_experience(request, found.partner, form, _("Change what I told"))


@page(allow=is_signed_in)
def take_back_experience(request: PageRequest, code: str) -> HttpResponse:
    """Delete it for good."""
    found = _load_experience(request, code)
    return press(
        request,
        found.partner,
        commands.take_back_experience,
        about=found,
        title=_("Delete this"),
        button=_("Delete it"),
        said=_("It is deleted."),
        to="partners:experience",
        words=[_("It is gone for good, for you and for everybody who could see it.")],
        is_warning=True,
    )
