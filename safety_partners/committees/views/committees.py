"""Pages of committees: all of them, one of them, setting up, changing, the end."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from safety_partners.committees import commands, policies, queries
from safety_partners.committees.forms import committees as forms
from safety_partners.committees.forms.sittings import TurnForm
from safety_partners.committees.models import Committee
from safety_partners.committees.models.committee import PARTNERS_WANTED, READERS
from safety_partners.committees.views.loading import WHO, ask, demand, load_committee, people_for
from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.core.working_days import today
from safety_partners.design.lists import BooleanFilter, ChoiceFilter, Column, ListPage, Sort
from safety_partners.people.choosing import member_called
from safety_partners.people.policies import is_partner

LOOKS = ("GET",)
Status = Committee.Status
TONES = {Status.MEETS: "done", Status.ENDED: "quiet"}

NAME_SORT = Sort("name", gettext_lazy("Name, A to Z"), ["name", "id"], reverse_label=gettext_lazy("Name, Z to A"))
SAFETY = ChoiceFilter(
    "safety",
    gettext_lazy("About patient safety"),
    choices=[("yes", gettext_lazy("Only those about patient safety"))],
    apply=lambda rows, _yes: rows.filter(is_safety_related=True),
)
LIST = ListPage(
    fields=("code", "name", "kind", "is_safety_related", "status", "chair__user__name", "open_seats", "held_seats", "next_at"),
    columns=[
        Column("name", gettext_lazy("Name"), sort="name"),
        Column("kind", gettext_lazy("What it is"), kind="text", value=lambda row: Committee.Kind(row.kind).label),
        Column("chair__user__name", gettext_lazy("Chair")),
        Column(
            "held_seats",
            gettext_lazy("Seats of partners that are filled"),
            value=lambda row: (
                _("%(held)s of %(seats)s") % {"held": row.held_seats, "seats": row.open_seats} if row.open_seats else _("No seats")
            ),
        ),
        Column("next_at", gettext_lazy("Next meeting"), kind="datetime"),
    ],
    sorts=[NAME_SORT],
    filters=[
        ChoiceFilter("kind", gettext_lazy("What it is"), choices=Committee.Kind.choices),
        SAFETY,
        ChoiceFilter(
            "status", gettext_lazy("Status"), choices=[(Status.ENDED, Status.ENDED.label)], all_text=gettext_lazy("Those that meet")
        ),
    ],
    search=queries.search_committees,
    search_label=gettext_lazy("Search a name or a code"),
    counted=ngettext_lazy("%(n)s committee", "%(n)s committees", "n"),
    caption=gettext_lazy("Committees"),
    empty=gettext_lazy("There are no committees here yet."),
)
COVERAGE = ListPage(
    columns=[
        Column("name", gettext_lazy("Committee"), sort="name"),
        Column("seats", gettext_lazy("Seats of partners"), value=lambda _row: None),
        Column("our_side", gettext_lazy("Papers and needs"), value=lambda _row: None),
    ],
    sorts=[NAME_SORT],
    filters=[
        SAFETY,
        BooleanFilter(
            "vacant", gettext_lazy("Only with a vacant seat"), apply=lambda rows, yes: queries.with_vacant_seat(rows) if yes else rows
        ),
        BooleanFilter(
            "alone",
            gettext_lazy("Only safety-related ones without a partner, now or soon"),
            apply=lambda rows, yes: queries.without_partner(rows) if yes else rows,
        ),
    ],
    search=queries.search_committees,
    search_label=gettext_lazy("Search a name or a code"),
    counted=ngettext_lazy("%(n)s committee", "%(n)s committees", "n"),
    caption=gettext_lazy("Seats of partners"),
    empty=gettext_lazy("There are no committees here yet."),
)


@page(allow=policies.may_see_all_committees, methods=LOOKS)
def committees(request: PageRequest) -> HttpResponse:
    """Every committee, by name; those that ended only if one asks."""
    rows = queries.committees(request.viewer)
    if request.GET.get("status") != Status.ENDED:
        rows = rows.meeting_still()
    listing = LIST.show(rows, request.GET, path=request.path)
    return show(request, "committees/committees.jinja", listing=listing, may_set_up=policies.may_set_up_committees(request.viewer))


@page(allow=policies.may_set_up_committees, methods=LOOKS)
def coverage(request: PageRequest) -> HttpResponse:
    """Each committee with each seat: filled, in induction or vacant, since when, who comes next; and how we keep our side."""
    rows = Committee.objects.visible_to(request.viewer).meeting_still()
    listing = COVERAGE.show(rows, request.GET, path=request.path)
    found = queries.coverage(request.viewer, listing.rows)
    ours = queries.our_side(request.viewer, listing.rows)
    return show(request, "committees/coverage.jinja", listing=listing, coverage=found, our_side=ours, today=today(), wanted=PARTNERS_WANTED)


@page(allow=is_partner, methods=LOOKS)
def mine(request: PageRequest) -> HttpResponse:
    """A partner's own seats: what is offered, where they sit, when they meet next."""
    return show(request, "committees/mine.jinja", sittings=queries.my_sittings(request.viewer), today=today())


@page(allow=policies.may_see_committees, methods=LOOKS)
def committee(request: PageRequest, code: str) -> HttpResponse:
    """One committee: what it is for, who sits there, its terms, when it meets."""
    found = load_committee(request, code)
    viewer = request.viewer
    return show(
        request,
        "committees/committee.jinja",
        committee=found,
        whole=queries.committee_page(viewer, found),
        may_run=policies.may_run(viewer, found),
        sees_all=policies.may_see_all_committees(viewer),
        tones=TONES,
        today=today(),
    )


def _form(request: PageRequest, found: Committee | None = None) -> forms.CommitteeForm:
    kept = [found.chair.code, found.secretary.code] if found else []
    return forms.CommitteeForm(
        request.POST or None,
        chairs=people_for(request, "chair", roles=READERS, chosen=kept[:1]),
        secretaries=people_for(request, "secretary", chosen=kept[1:]),
        committee=found,
        initial=forms.CommitteeForm.initial_of(found) if found else {"chair": "", "secretary": ""},
    )


def _answers(request: PageRequest, form: forms.CommitteeForm) -> dict[str, Any]:
    people = {name: member_called(request.viewer, form.cleaned_data[name]) for name in ("chair", "secretary")}
    return {**form.cleaned_data, **people}


@page(allow=policies.may_set_up_committees)
def add(request: PageRequest) -> HttpResponse:
    """Set up a committee."""
    form = _form(request)
    if form.is_valid() and (made := attempt(form, commands.add_committee, request.viewer, **_answers(request, form))):
        return done(request, _("The committee is set up. Its chair and secretary are told."), to=made)
    return show(
        request,
        "committees/committee_form.jinja",
        form=form,
        committee=None,
        people=people_for(request, "chair", "secretary", roles=READERS),
        typed=request.GET.get(WHO, "")[:100],
    )


@page(allow=policies.may_see_all_committees)
def change(request: PageRequest, code: str) -> HttpResponse:
    """Keep right what is written about a committee."""
    found = load_committee(request, code, policies.may_run)
    if request.method == "GET":
        demand(not found.is_over, _("This committee does not meet any more."))
    form = _form(request, found)
    if form.is_valid() and attempt(form, commands.change_committee, request.viewer, found, **_answers(request, form)):
        return done(request, _("It is changed."), to=found)
    if form.is_bound:
        form.renew(turn=found.turn)
    return show(
        request,
        "committees/committee_form.jinja",
        form=form,
        committee=found,
        people=people_for(request, "chair", "secretary", roles=READERS),
        typed=request.GET.get(WHO, "")[:100],
    )


@page(allow=policies.may_see_all_committees)
def seats(request: PageRequest, code: str) -> HttpResponse:
    """How many seats partners have."""
    found = load_committee(request, code, policies.may_run)
    if request.method == "GET":
        demand(not found.is_over, _("This committee does not meet any more."))
    form = forms.SeatsForm(posted(request), initial={"seats": found.seats.open().count()})
    if form.is_valid() and attempt(form, commands.set_seats, request.viewer, found, **form.cleaned_data):
        return done(request, _("The number of seats is changed."), to=found)
    return ask(request, form, title=_("How many seats do partners have?"), caption=found.name, button=_("Save"), back=found)


@page(allow=policies.may_see_all_committees)
def end(request: PageRequest, code: str) -> HttpResponse:
    """End a committee."""
    found = load_committee(request, code, policies.may_run)
    form = forms.EndForm(posted(request), initial={"turn": found.turn})
    if form.is_valid() and attempt(form, commands.end_committee, request.viewer, found, **form.cleaned_data):
        return done(request, _("The committee has ended. Everybody who sat on it is told."), to=found)
    if request.method == "GET":
        demand(not found.is_over, _("This committee does not meet any more."))
    words = [_("Its meetings to come are cancelled, partners’ seats end today, and offers are taken back. What it said and decided stays.")]
    return ask(
        request,
        form,
        title=_("End this committee"),
        caption=found.name,
        button=_("End it"),
        back=found,
        words=words,
        record=found,
        is_warning=True,
    )


@page(allow=policies.may_see_all_committees)
def begin_again(request: PageRequest, code: str) -> HttpResponse:
    """Let a committee that ended meet again."""
    found = load_committee(request, code, policies.may_run)
    form = TurnForm(posted(request), initial={"turn": found.turn})
    if form.is_valid() and attempt(form, commands.begin_committee_again, request.viewer, found, **form.cleaned_data):
        return done(request, _("The committee meets again. Its seats are vacant."), to=found)
    if request.method == "GET":
        demand(found.is_over, _("This committee has not ended."))
    words = [_("Its seats are vacant, and it has no meetings until you plan them.")]
    return ask(
        request, form, title=_("Let it meet again"), caption=found.name, button=_("It meets again"), back=found, words=words, record=found
    )
