"""Sheets to print, with an answer to tear off, and what staff say on the phone: for partners, and for chairs of groups."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from safety_partners.core.page import PageRequest, page, show
from safety_partners.core.working_days import today
from safety_partners.insights.forms.sharing import KINDS
from safety_partners.people.models import Membership
from safety_partners.people.policies import is_lead
from safety_partners.ppg import policies, queries
from safety_partners.ppg.forms.speaking import GROUP_KINDS, VISIBILITIES
from safety_partners.ppg.models import CollectiveView, Group, Question, Referral
from safety_partners.ppg.views.loading import demand, load_group, load_question, load_referral
from safety_partners.ppg.views.speaking import demand_voice

LOOKS = ("GET",)


def _name(group: Group, person: Membership | None) -> str:
    """Whom to ring or write to; where nobody has a place here, the group."""
    return person.name if person is not None else group.name


def _sheet(request: PageRequest, template: str, **more: Any) -> HttpResponse:
    return show(request, template, today=today(), **more)


@page(allow=policies.may_see_groups, methods=LOOKS)
def question(request: PageRequest, code: str) -> HttpResponse:
    """A question to a group, to print."""
    return _question(request, code, "ppg/question_paper.jinja")


@page(allow=policies.may_see_register, methods=LOOKS)
def question_script(request: PageRequest, code: str) -> HttpResponse:
    """The same, to ask on the phone."""
    return _question(request, code, "ppg/question_script.jinja")


def _question(request: PageRequest, code: str, template: str) -> HttpResponse:
    found = load_question(request, code, policies.may_work_with)
    demand(found.status == Question.Status.ASKED, _("This question does not wait for an answer any more."))
    return _sheet(request, template, question=found, group=found.group, name=_name(found.group, found.group.chair))


@page(allow=policies.may_see_groups, methods=LOOKS)
def view(request: PageRequest, code: str) -> HttpResponse:
    """What a group says together, and what a minority thinks: an empty sheet to fill in."""
    return _view(request, code, "ppg/view_paper.jinja")


@page(allow=policies.may_see_register, methods=LOOKS)
def view_script(request: PageRequest, code: str) -> HttpResponse:
    """The same, to ask on the phone."""
    return _view(request, code, "ppg/view_script.jinja")


def _view(request: PageRequest, code: str, template: str) -> HttpResponse:
    found = load_group(request, code, policies.may_work_with)
    demand_voice(found)
    kinds = [words for _value, words in GROUP_KINDS]
    ways = CollectiveView.Gathered.labels
    return _sheet(request, template, group=found, name=_name(found, found.chair), kinds=kinds, ways=ways)


@page(allow=policies.may_pass_on, methods=LOOKS)
def to_group(request: PageRequest) -> HttpResponse:
    """Passing something on to a group: an empty sheet to fill in."""
    return _to_group(request, "ppg/referral_new_paper.jinja")


@page(allow=is_lead, methods=LOOKS)
def to_group_script(request: PageRequest) -> HttpResponse:
    """The same, on the phone."""
    return _to_group(request, "ppg/referral_new_script.jinja")


def _to_group(request: PageRequest, template: str) -> HttpResponse:
    viewer = request.viewer
    return _sheet(request, template, organisation=viewer.organisation, groups=queries.groups_to_tell(viewer))


@page(allow=policies.may_see_referrals, methods=LOOKS)
def referral(request: PageRequest, code: str) -> HttpResponse:
    """What was passed on, with the answer of whoever was asked to look."""
    return _referral(request, code, "ppg/referral_paper.jinja")


@page(allow=is_lead, methods=LOOKS)
def referral_script(request: PageRequest, code: str) -> HttpResponse:
    """The same, on the phone."""
    return _referral(request, code, "ppg/referral_script.jinja")


def _referral(request: PageRequest, code: str, template: str) -> HttpResponse:
    found = load_referral(request, code, policies.may_answer_referral)
    demand(found.status == Referral.Status.ASKED, _("Nobody is asked about this now."))
    kinds, visible = ([words for _value, words in choices] for choices in (KINDS, VISIBILITIES))
    name = _name(found.group, found.asked)
    return _sheet(request, template, referral=found, group=found.group, name=name, kinds=kinds, visibilities=visible)


@page(allow=policies.may_see_referrals, methods=LOOKS)
def consent(request: PageRequest, code: str) -> HttpResponse:
    """The words that were agreed to, with a way to take the yes back."""
    return _consent(request, code, "ppg/consent_paper.jinja")


@page(allow=is_lead, methods=LOOKS)
def consent_script(request: PageRequest, code: str) -> HttpResponse:
    """The same, on the phone."""
    return _consent(request, code, "ppg/consent_script.jinja")


def _consent(request: PageRequest, code: str, template: str) -> HttpResponse:
    found = load_referral(request, code, policies.may_take_back)
    demand(found.status != Referral.Status.TAKEN_BACK, _("The yes was taken back, and the words went with it."))
    return _sheet(request, template, referral=found, group=found.group, name=_name(found.group, found.whose))
