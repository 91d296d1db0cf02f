"""What is still open of what a partner told us, for the day they leave."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from safety_partners.design.dates import day
from safety_partners.insights.models import Action, Insight
from safety_partners.partners.models import Partner
from safety_partners.partners.open_matters import Matter

ENDED = [Insight.Status.DRAFT, Insight.Status.SETTLED, Insight.Status.WITHDRAWN]


def still_open(partner: Partner) -> Iterator[Matter]:
    """Insights that are not settled, and what is still to be done because of any of theirs. Two queries; never their words."""
    theirs = Insight.objects.filter(organisation_id=partner.organisation_id, speaker_id=partner.membership_id)
    for insight in theirs.exclude(status__in=ENDED).order_by("shared_at", "pk"):
        label = _("What they shared on %(day)s: %(status)s") % {"day": day(insight.shared_at), "status": insight.get_status_display()}
        yield Matter(insight.code, label, insight.get_absolute_url())
    actions = Action.objects.to_do().filter(insight__in=theirs).select_related("insight")
    for action in actions.order_by("due_on", "pk"):
        label = _("Something that was agreed, due on %(day)s") % {"day": day(action.due_on)}
        yield Matter(action.code, label, action.insight.get_absolute_url())
