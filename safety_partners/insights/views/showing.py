"""Pages that look: the lists, one insight, its trace, the register of what we could not do, the check of a seal."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from safety_partners.core.page import PageRequest, is_anyone, is_signed_in, page, show
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.design.lists import BooleanFilter, ChoiceFilter, Column, ListPage, Sort
from safety_partners.insights import policies, queries
from safety_partners.insights.forms.sharing import SealForm
from safety_partners.insights.models import Insight, Response
from safety_partners.people.policies import is_partner

LOOKS = ("GET",)
Status, Kind = Insight.Status, Insight.Kind

TONES = {
    Status.DRAFT: "quiet",
    Status.SHARED: "new",
    Status.ACKNOWLEDGED: "doing",
    Status.OWNED: "doing",
    Status.ANSWERED: "waiting",
    Status.SETTLED: "done",
    Status.IN_PART: "waiting",
    Status.SENT_BACK: "warning",
    Status.WITH_LEAD: "warning",
    Status.WITHDRAWN: "quiet",
}
# A tag is short, and reads the same for everyone.
STATUSES = {
    Status.DRAFT: _("Draft"),
    Status.SHARED: _("Shared"),
    Status.ACKNOWLEDGED: _("Acknowledged"),
    Status.OWNED: _("Being answered"),
    Status.ANSWERED: _("Answered"),
    Status.SETTLED: _("Settled"),
    Status.IN_PART: _("Answered in part"),
    Status.SENT_BACK: _("Sent back"),
    Status.WITH_LEAD: _("With the lead"),
    Status.WITHDRAWN: _("Withdrawn"),
}
# In a list and in a heading a kind is one or two words; "" is a draft whose kind is not chosen yet.
KINDS = {
    "": _("An insight"),
    Kind.REFLECTION: _("A reflection"),
    Kind.CHALLENGE: _("A challenge"),
    Kind.QUESTION: _("A question"),
    Kind.SUGGESTION: _("A suggestion"),
    Kind.CONCERN: _("A concern"),
    Kind.PRAISE: _("Something that went well"),
    Kind.COMMENT: _("A comment on a document"),
}
SHARED_STATUSES = [(status, words) for status, words in STATUSES.items() if status != Status.DRAFT]
WORDS = Column("words", _("Words"), value=lambda row: queries.first_words(row.beginning))
STANDS = Column("status", _("Where it stands"), kind="status", says=STATUSES, tones=TONES)
NEWEST = Sort("newest", _("Newest first"), ["-newest", "-id"], reverse_label=_("Oldest first"))
MOST_OVERDUE = "due"
COUNTED = ngettext_lazy("%(n)s insight", "%(n)s insights", "n")
STATUS_FILTER = ChoiceFilter("status", _("Where it stands"), choices=SHARED_STATUSES)


def _insights_for(viewer: Viewer, services: list[tuple[int, str]]) -> ListPage:
    """The list of everything, as this viewer may narrow it."""
    return ListPage(
        fields=("code", "kind", "status", "next_due_on", "voice", "who", "owner__user__name", "newest", "beginning"),
        columns=[
            WORDS,
            Column("who", _("Who said it")),
            STANDS,
            Column("owner__user__name", _("Who answers")),
        ],
        sorts=[NEWEST, Sort(MOST_OVERDUE, _("Due first (only what is due)"), ["due", "id"])],
        filters=[
            STATUS_FILTER,
            ChoiceFilter("kind", _("What it is"), choices=[(kind, words) for kind, words in KINDS.items() if kind]),
            ChoiceFilter("voice", _("Whose voice"), choices=Insight.Voice.choices),
            *([ChoiceFilter("service", _("Service"), choices=services)] if services else []),
            BooleanFilter("late", _("Only what is late"), apply=lambda rows, _on: rows.late()),
            BooleanFilter("mine", _("Only what I must answer"), apply=lambda rows, _on: queries.waiting_for_answer_of(rows, viewer)),
        ],
        search=partial(queries.search_insights, viewer=viewer),
        search_label=_("Search the words, or a code"),
        counted=COUNTED,
        caption=_("Insights"),
        empty=_("There are no insights here that you may see."),
    )


MINE = ListPage(
    fields=("code", "kind", "status", "next_due_on", "capture", "newest", "beginning"),
    columns=[
        WORDS,
        Column("newest", _("Shared on"), kind="date"),
        STANDS,
    ],
    sorts=[NEWEST],
    filters=[STATUS_FILTER],
    counted=COUNTED,
    caption=_("What you told us"),
    empty=_("You have not shared anything yet."),
)


def _could_not_for(viewer: Viewer) -> ListPage:
    """The register, as this viewer may search it."""
    return ListPage(
        fields=("reason", "made_at", "by__user__name", "asked", "said", "insight__code", "insight__status"),
        made=queries.ASKED_AND_SAID,
        columns=[
            Column("asked", _("What was asked"), value=lambda row: queries.first_words(row.asked)),
            Column("said", _("What we said"), value=lambda row: queries.first_words(row.said)),
            Column("reason", _("Why"), says=dict(Response.Reason.choices)),
            Column("by__user__name", _("Who said so")),
            Column("made_at", _("When"), kind="date"),
        ],
        sorts=[Sort("newest", _("Newest first"), ["-made_at", "-id"], reverse_label=_("Oldest first"))],
        filters=[ChoiceFilter("reason", _("Why"), choices=Response.Reason.choices)],
        search=partial(queries.search_responses, viewer=viewer),
        search_label=_("Search what was asked"),
        counted=ngettext_lazy("%(n)s answer", "%(n)s answers", "n"),
        caption=_("What we could not do"),
        empty=_("There is no answer here that says we could not."),
    )


@page(allow=is_signed_in, methods=LOOKS)
def insights(request: PageRequest) -> HttpResponse:
    """Everything the viewer may see, newest first, to search and to narrow."""
    viewer = request.viewer
    rows = queries.insights(viewer, only_owed=request.GET.get("sort") == MOST_OVERDUE)
    listing = _insights_for(viewer, queries.services(viewer)).show(rows, request.GET, path=request.path)
    late = queries.late_count(viewer)
    return show(request, "insights/insights.jinja", listing=listing, late=late, today=today(), kinds=KINDS, **_may(viewer))


def _may(viewer: Viewer) -> dict[str, bool]:
    return {
        "may_share": policies.may_share(viewer),
        "may_record": policies.may_record_words(viewer),
        "may_see_register": policies.may_see_register(viewer),
    }


@page(allow=is_partner, methods=LOOKS)
def mine(request: PageRequest) -> HttpResponse:
    """What I said: my drafts, what was shared, where it stands, and what needs me."""
    viewer = request.viewer
    listing = MINE.show(queries.mine(viewer), request.GET, path=request.path)
    drafts = queries.drafts(viewer)
    return show(request, "insights/mine.jinja", listing=listing, drafts=drafts, today=today(), kinds=KINDS)


@page(allow=is_signed_in, methods=LOOKS)
def insight(request: PageRequest, code: str) -> HttpResponse:
    """One insight: the exact words, the clock, everything that came of it, and what this viewer can do next."""
    viewer = request.viewer
    found = get_object_or_404(Insight.objects.visible_to(viewer).with_people(), code=code)
    whole = queries.whole(viewer, found)
    return show(
        request,
        "insights/insight.jinja",
        whole=whole,
        action_links={action.code: queries.action_steps(viewer, action) for action in whole.actions},
        may_pass_on=any(policies.may_pass_on(viewer, part) for part in whole.passings_on),
        **_about(viewer, found),
    )


@page(allow=is_signed_in, methods=LOOKS)
def trace(request: PageRequest, code: str) -> HttpResponse:
    """From the exact words to the verdict and what changed, on one page that can be printed."""
    viewer = request.viewer
    found = get_object_or_404(Insight.objects.visible_to(viewer).with_people(), code=code)
    return show(request, "insights/trace.jinja", trace=queries.trace(viewer, found), **_about(viewer, found))


def _about(viewer: Viewer, found: Insight) -> dict[str, object]:
    """What both pages of an insight show of it."""
    is_speaker = policies.is_speaker(viewer, found)
    return {
        "insight": found,
        "is_speaker": is_speaker,
        "kind_words": KINDS[found.kind],
        "stands": STATUSES[Status(found.status)],
        "tone": TONES[Status(found.status)],
        "today": today(),
        "promises": queries.promises(found, is_speaker=is_speaker),
        "steps": queries.next_steps(viewer, found),
        "sees_wordings": policies.may_give_verdict(viewer, found),
    }


@page(allow=policies.may_see_register, methods=LOOKS)
def could_not(request: PageRequest) -> HttpResponse:
    """The register of what we could not do, and why."""
    viewer = request.viewer
    listing = _could_not_for(viewer).show(queries.answered_with_could_not(viewer), request.GET, path=request.path)
    counts = queries.reasons_counted(viewer)
    return show(request, "insights/could_not.jinja", listing=listing, counts=counts, reasons=dict(Response.Reason.choices))


@page(allow=is_anyone)
def check_seal(request: PageRequest) -> HttpResponse:
    """Say whether words and a code belong together. Nothing else is told, and nothing is kept."""
    form = SealForm(request.POST or None)
    matches = queries.seal_matches(**form.cleaned_data) if form.is_valid() else None
    return show(request, "insights/check_seal.jinja", form=form, matches=matches)
