"""What is still open of what a partner told us, for the day they leave."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, FilteredRelation, Q
from django.utils.translation import gettext as _

from safety_partners.design.dates import day
from safety_partners.insights.models import Action, Insight
from safety_partners.partners.models import Partner
from safety_partners.partners.open_matters import Matter

ENDED = [Insight.Status.DRAFT, Insight.Status.SETTLED, Insight.Status.WITHDRAWN]


def still_open(partner: Partner) -> Iterator[Matter]:
    """Insights that are not settled, and what is still to be done because of any of theirs. One query; never their words."""
    theirs = Insight.objects.filter(organisation_id=partner.organisation_id, speaker_id=partner.membership_id)
    waiting = theirs.annotate(to_do=FilteredRelation("actions", condition=Q(actions__status=Action.Status.TO_DO)))
    # A row for each action that waits, and one for an insight that has none.
    waiting = waiting.filter(~Q(status__in=ENDED) | Q(to_do__isnull=False))
    rows = list(waiting.annotate(action=F("to_do__code"), due_on=F("to_do__due_on")).order_by("shared_at", "pk"))
    for insight in {row.pk: row for row in rows if row.status not in ENDED}.values():
        label = _("What they shared on %(day)s: %(status)s") % {"day": day(insight.shared_at), "status": insight.get_status_display()}
        yield Matter(insight.code, label, insight.get_absolute_url())
    for row in sorted((row for row in rows if row.action), key=lambda row: row.due_on):
        label = _("Something that was agreed, due on %(day)s") % {"day": day(row.due_on)}
        yield Matter(row.action, label, row.get_absolute_url())
