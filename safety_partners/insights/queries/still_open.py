"""What is still open of what a partner told us, for the day they leave: never their words."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from safety_partners.design.dates import day
from safety_partners.insights.models import Action, Insight
from safety_partners.partners.models import Partner
from safety_partners.partners.open_matters import Source

ENDED = [Insight.Status.DRAFT, Insight.Status.SETTLED, Insight.Status.WITHDRAWN]


def _theirs(partner: Partner) -> QuerySet[Insight]:
    return Insight.objects.filter(organisation_id=partner.organisation_id, speaker_id=partner.membership_id).of_partners()


def _insights(partner: Partner) -> QuerySet[Insight]:
    """Those that are not settled."""
    return _theirs(partner).exclude(status__in=ENDED)


def _actions(partner: Partner) -> QuerySet[Action]:
    """What is still to be done because of any of theirs."""
    return Action.objects.filter(insight__in=_theirs(partner), status=Action.Status.TO_DO)


def _insight(status: str, shared: dt.date | None) -> str:
    return _("What they shared on %(day)s: %(status)s") % {"day": day(shared), "status": Insight.Status(status).label}


def _action(_title: str, due: dt.date | None) -> str:
    return _("Something that was agreed, due on %(day)s") % {"day": day(due)}


PAGE = "insights:insight"
STILL_OPEN = [
    Source(_insights, _insight, PAGE, title="status", day="shared_at", moment=True),
    Source(_actions, _action, PAGE, title="status", day="due_on", page_code="insight__code"),
]
