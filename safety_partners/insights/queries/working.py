"""Actions: what was agreed, by whom and by when."""

from __future__ import annotations

from django.db.models import OuterRef, Q, QuerySet, Subquery

from safety_partners.core import codes, text_search
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.insights.models import Action, Insight


def actions(viewer: Viewer) -> QuerySet[Action]:
    """The actions a viewer may see; each says whether they may also see the words it came from."""
    shown = Insight.objects.visible_to(viewer).filter(pk=OuterRef("insight_id")).values("pk")[:1]
    return Action.objects.visible_to(viewer).annotate(sees_insight=Subquery(shown))


def late(rows: QuerySet[Action]) -> QuerySet[Action]:
    """Those whose day has gone by."""
    return rows.filter(status=Action.Status.TO_DO, due_on__lt=today())


def given_to(rows: QuerySet[Action], viewer: Viewer) -> QuerySet[Action]:
    """Those that are this person's own to do."""
    return rows.filter(owner_id=viewer.membership_id)


def search_actions(rows: QuerySet[Action], typed: str, viewer: Viewer) -> QuerySet[Action]:
    """Find actions by their words, the name of who does them, or a code that somebody reads out."""
    code = codes.tidy(typed)
    if codes.PATTERN.match(code):
        return rows.filter(Q(code=code) | Q(insight__code=code))
    return text_search.matching(rows, typed, organisation_id=viewer.organisation_id)
