"""Pages of the register: all groups, one of them, a chair's own, adding and changing, whether it is active."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from safety_partners.core.page import PageRequest, attempt, done, page, show
from safety_partners.core.viewer import Viewer
from safety_partners.design.lists import ChoiceFilter, Column, ListPage, Sort
from safety_partners.insights.views.showing import STATUSES
from safety_partners.insights.views.showing import TONES as STANDS
from safety_partners.people.choosing import member_called
from safety_partners.people.models import Membership
from safety_partners.ppg import commands, policies, queries
from safety_partners.ppg.forms import registering as forms
from safety_partners.ppg.models import Group, Improvement, Question, Referral
from safety_partners.ppg.views.loading import ask, chairs_for, load_group, staff_for

LOOKS = ("GET",)
Status = Group.Status
TONES = {Status.ACTIVE: "done", Status.RESTING: "waiting", Status.NONE: "quiet"}
QUESTION_TONES = {"asked": "waiting", "answered": "doing", "closed": "done", "taken back": "quiet"}
IMPROVEMENT_TONES = {"agreed": "doing", "done": "done", "not done": "stopped"}
REFERRAL_TONES = {
    "offered": "new",
    "asked": "waiting",
    "taken up": "doing",
    "declined": "stopped",
    "told": "done",
    "taken back": "quiet",
}
LIST = ListPage(
    fields=("code", "practice", "ods_code", "name", "kind", "status", "chair__user__name", "next_at"),
    columns=[
        Column("practice", gettext_lazy("Practice"), sort="practice"),
        Column("name", gettext_lazy("Group")),
        Column("chair__user__name", gettext_lazy("Chair")),
        Column("next_at", gettext_lazy("Next meeting"), kind="datetime"),
        Column("status", gettext_lazy("How it is"), kind="status", says=dict(Status.choices), tones=TONES),
    ],
    sorts=[Sort("practice", gettext_lazy("Practice, A to Z"), ["practice", "id"], reverse_label=gettext_lazy("Practice, Z to A"))],
    filters=[
        ChoiceFilter("status", gettext_lazy("How it is"), choices=Status.choices),
        ChoiceFilter("kind", gettext_lazy("How it works"), choices=Group.Kind.choices),
    ],
    search=queries.search_groups,
    search_label=gettext_lazy("Search a practice, a name or a code"),
    counted=ngettext_lazy("%(n)s group", "%(n)s groups", "n"),
    caption=gettext_lazy("Patient participation groups"),
    empty=gettext_lazy("There is no group in the register yet."),
)


@page(allow=policies.may_see_register, methods=LOOKS)
def groups(request: PageRequest) -> HttpResponse:
    """Every practice's group, also where there is none."""
    listing = LIST.show(queries.groups(request.viewer), request.GET, path=request.path)
    return show(
        request,
        "ppg/groups.jinja",
        listing=listing,
        may_add=policies.may_keep_register(request.viewer),
        may_ask=policies.may_ask_groups(request.viewer),
        sees_referrals=policies.may_see_referrals(request.viewer),
    )


@page(allow=policies.is_chair, methods=LOOKS)
def mine(request: PageRequest) -> HttpResponse:
    """A chair's own page: what waits, what the group said and what became of it."""
    whole = queries.my_groups(request.viewer)
    return show(request, "ppg/my_group.jinja", whole=whole, stands=STATUSES, tones=STANDS, **_shown())


@page(allow=policies.may_see_groups, methods=LOOKS)
def group(request: PageRequest, code: str) -> HttpResponse:
    """One group: who speaks for it, when it meets, what it was asked, said and agreed."""
    found = load_group(request, code)
    viewer = request.viewer
    return show(
        request,
        "ppg/group.jinja",
        group=found,
        whole=queries.group_page(viewer, found),
        status_tone=TONES[Status(found.status)],
        stands=STATUSES,
        tones=STANDS,
        **_may(viewer, found),
        **_shown(),
    )


def _may(viewer: Viewer, found: Group) -> dict[str, Any]:
    return {
        "sees_register": policies.may_see_register(viewer),
        "speaks": policies.speaks_for(viewer, found),
        "looks_after": policies.looks_after(viewer, found),
        "is_lead": policies.may_keep_register(viewer),
    }


def _shown() -> dict[str, Any]:
    """How things stand, in words and colours."""
    return {
        "question_says": dict(Question.Status.choices),
        "question_tones": QUESTION_TONES,
        "improvement_tones": IMPROVEMENT_TONES,
        "referral_says": dict(Referral.Status.choices),
        "referral_tones": REFERRAL_TONES,
    }


def _answers(request: PageRequest, form: forms.GroupForm, found: Group | None) -> dict[str, Any]:
    kept: dict[str, Membership | None] = {"chair": found.chair if found else None, "contact": found.contact if found else None}
    for name in kept:
        if name in form.cleaned_data:
            code = form.cleaned_data[name]
            kept[name] = member_called(request.viewer, code) if code else None
    return {**form.cleaned_data, **kept}


def _form(request: PageRequest, found: Group | None = None) -> tuple[forms.GroupForm, Any]:
    chosen = [one.code for one in (found.chair, found.contact) if one] if found else []
    contacts = staff_for(request, "contact", chosen=chosen)
    form = forms.GroupForm(
        request.POST or None,
        chairs=chairs_for(request, chosen=chosen),
        contacts=contacts,
        group=found,
        is_lead=policies.may_keep_register(request.viewer),
    )
    return form, contacts


@page(allow=policies.may_keep_register)
def add(request: PageRequest) -> HttpResponse:
    """Put a group into the register."""
    form, contacts = _form(request)
    if form.is_valid() and (made := attempt(form, commands.add_group, request.viewer, **_answers(request, form, None))):
        return done(request, _("The group is in the register."), to=made)
    words = [_("Chair and contact are told. If a practice has no active group, say so: nobody has to pretend.")]
    return ask(
        request,
        form,
        title=_("Add a group"),
        caption=_("Patient participation groups"),
        button=_("Add the group"),
        back=reverse("ppg:groups"),
        words=words,
        people=contacts,
    )


@page(allow=policies.may_see_register)
def change(request: PageRequest, code: str) -> HttpResponse:
    """Keep right what is written about a group."""
    found = load_group(request, code, policies.looks_after)
    form, contacts = _form(request, found)
    if form.is_valid() and attempt(form, commands.change_group, request.viewer, found, **_answers(request, form, found)):
        return done(request, _("It is changed."), to=found)
    words = [_("A new chair is told, and speaks from then on for everything the group has said here.")]
    return ask(
        request,
        form,
        title=_("Change what is written about it"),
        caption=found.name,
        button=_("Save"),
        back=found,
        words=words if "chair" in form.fields else [],
        people=contacts,
        record=found,
    )


@page(allow=policies.may_see_register)
def status(request: PageRequest, code: str) -> HttpResponse:
    """Say whether the group is active, rests, or is no more."""
    found = load_group(request, code, policies.looks_after)
    form = forms.StatusForm(request.POST or None, group=found, initial={"turn": found.turn})
    if form.is_valid() and attempt(form, commands.set_group_status, request.viewer, found, **form.cleaned_data):
        return done(request, _("It is changed. The group’s chair is told."), to=found)
    return ask(
        request, form, title=_("Say how the group is now"), caption=found.name, button=_("Save"), back=found, record=found,
        words=[_("Now: %(status)s.") % {"status": found.get_status_display()}],
    )  # fmt: skip


IMPROVEMENTS = ListPage(
    fields=("code", "text", "due_on", "status", "owner__user__name", "group__name", "group__code"),
    columns=[
        Column("text", gettext_lazy("What was agreed")),
        Column("group__name", gettext_lazy("Group")),
        Column("owner__user__name", gettext_lazy("Who sees to it")),
        Column("due_on", gettext_lazy("By"), kind="date"),
        Column("status", gettext_lazy("Where it stands"), kind="status", says=dict(Improvement.Status.choices), tones=IMPROVEMENT_TONES),
    ],
    sorts=[Sort("newest", gettext_lazy("Newest first"), ["-id"], reverse_label=gettext_lazy("Oldest first"))],
    filters=[ChoiceFilter("status", gettext_lazy("Where it stands"), choices=Improvement.Status.choices)],
    counted=ngettext_lazy("%(n)s improvement", "%(n)s improvements", "n"),
    caption=gettext_lazy("What was agreed with groups"),
    empty=gettext_lazy("Nothing was agreed with a group yet."),
)


@page(allow=policies.may_see_groups, methods=LOOKS)
def improvements(request: PageRequest) -> HttpResponse:
    """What was agreed with the groups that the viewer may see."""
    listing = IMPROVEMENTS.show(queries.improvements(request.viewer), request.GET, path=request.path)
    return show(request, "ppg/improvements.jinja", listing=listing)
