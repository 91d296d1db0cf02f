"""Lists of the loop: what somebody may see, ready to be filtered, sorted and paged."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import F, IntegerField, Q, QuerySet, Subquery
from django.db.models.functions import Left

from safety_partners.core import codes, text_search
from safety_partners.core.prepared import Prepared
from safety_partners.core.viewer import Viewer
from safety_partners.design.lists.listing import COUNT_LIMIT, capped_count
from safety_partners.insights.models import Insight, Response
from safety_partners.insights.models.insight import who_said
from safety_partners.insights.queries.words import FETCHED, first_words
from safety_partners.people.models import Organisation, Role, Service

Status = Insight.Status
DRAFTS_SHOWN = 50


def insights(viewer: Viewer, *, only_owed: bool = False) -> QuerySet[Insight]:
    """Everything shared that the viewer may see; ``only_owed`` leaves what we still owe something on, with its ``due``."""
    rows = Insight.objects.shared_with(viewer)
    if only_owed:
        rows = rows.filter(next_due_on__isnull=False)
    return rows.annotate(newest=F("shared_at"), due=F("next_due_on"), beginning=Left("words", FETCHED), who=who_said())


def mine(viewer: Viewer) -> QuerySet[Insight]:
    """What this person shared, or what was shared for them."""
    rows = Insight.objects.visible_to(viewer).filter(speaker_id=viewer.membership_id).of_partners().shared()
    return rows.annotate(newest=F("shared_at"), beginning=Left("words", FETCHED))


class Draft(NamedTuple):
    """Words that nobody has shared yet: how they begin, whose they are, and who is writing them down."""

    code: str
    made_at: dt.datetime
    about_label: str
    about_path: str
    speaker_name: str
    recorder_name: str | None
    beginning: str


_DRAFT = ("code", "made_at", "about_label", "about_path", "speaker__user__name", "recorded_by__user__name")


def drafts(viewer: Viewer) -> list[Draft]:
    """Drafts of this person's own words, also those that staff are writing down for them; newest first."""
    return _newest(Insight.objects.drafts_of(viewer).of_partners().filter(speaker_id=viewer.membership_id))


def recordings(viewer: Viewer) -> list[Draft]:
    """What this person is writing down for others and has not shared yet; newest first."""
    return _newest(Insight.objects.drafts_of(viewer).of_partners().filter(recorded_by_id=viewer.membership_id))


def _newest(rows: QuerySet[Insight]) -> list[Draft]:
    found = rows.order_by("-made_at", "-id").values_list(*_DRAFT, Left("words", FETCHED))[:DRAFTS_SHOWN]
    return [Draft(*row[:-1], str(first_words(row[-1]))) for row in found]


def waiting_for_answer_of(rows: QuerySet[Insight], viewer: Viewer) -> QuerySet[Insight]:
    """Those to which this person owes the answer: as the owner, or as the lead once it was taken to them."""
    owed = Q(owner_id=viewer.membership_id, status__in=[Status.OWNED, Status.SENT_BACK])
    if Role.LEAD in viewer.roles:
        owed |= Q(status=Status.WITH_LEAD)
    return rows.filter(owed)


def search_insights(rows: QuerySet[Insight], typed: str, viewer: Viewer) -> QuerySet[Insight]:
    """Find insights by their words, what they are about, or the code that somebody reads out."""
    code = codes.tidy(typed)
    if codes.PATTERN.match(code):
        return rows.filter(code=code)
    return text_search.matching(rows, typed, organisation_id=viewer.organisation_id)


def services(viewer: Viewer) -> list[tuple[int, str]]:
    """Every service of the organisation, also closed ones, for a filter."""
    return list(Service.objects.visible_to(viewer).order_by("name").values_list("pk", "name"))


def open_services(viewer: Viewer, insight: Insight | None = None) -> list[Service]:
    """The services that words can be about, with the one that a draft already names."""
    here = Service.objects.visible_to(viewer)
    return list(here.filter(Q(is_open=True) | Q(pk=insight.service_id if insight else None)).order_by("name"))


def late_count(viewer: Viewer) -> int:
    """How many insights this person can see on which something is late; never counted past 1,000."""
    return capped_count(Insight.objects.shared_with(viewer).late())


def answered_with_could_not(viewer: Viewer) -> QuerySet[Response]:
    """The register: every answer that says we could not, and why."""
    return Response.objects.visible_to(viewer).could_not()


# What the register shows of both sides, beside the fields of each answer.
ASKED_AND_SAID = {"asked": Left("insight__words", FETCHED), "said": Left("text", FETCHED)}


def search_responses(rows: QuerySet[Response], typed: str, viewer: Viewer) -> QuerySet[Response]:
    """Find answers by the words that were answered."""
    return rows.filter(insight__in=search_insights(Insight.objects.of(viewer), typed, viewer).values("pk"))


class CountOf(Subquery):
    """How many rows a limited query has: several such counts cost one query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def reasons_counted(viewer: Viewer) -> dict[str, int]:
    """For each reason, how many answers in the whole organisation give it; none is counted past 1,000."""
    return dict(zip(Response.Reason.values, _REASONS(viewer)[0], strict=True))


def _reasons(viewer: Viewer) -> QuerySet[Any]:
    rows = Response.objects.of(viewer).could_not()
    counts = {f"with_{reason}": CountOf(rows.filter(reason=reason).values("pk")[: COUNT_LIMIT + 1]) for reason in Response.Reason}
    return Organisation.objects.visible_to(viewer).annotate(**counts).values_list(*counts)


_REASONS = Prepared(_reasons)
