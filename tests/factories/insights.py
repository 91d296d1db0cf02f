"""Insights at each stage of the loop, made through the commands."""

from __future__ import annotations

import datetime as dt

from safety_partners.core.working_days import today
from safety_partners.insights import commands
from safety_partners.insights.models import Change, Insight, Response, Wording
from safety_partners.people.models import Membership
from tests.factories.people import viewer_of

WORDS = "Nobody told me who to ring after five o'clock.\nI waited until the morning."


def make_draft(partner: Membership, **fields) -> Insight:
    return commands.begin_draft(viewer_of(partner), **{"words": WORDS, "kind": Insight.Kind.CONCERN, **fields})


def make_insight(partner: Membership, **fields) -> Insight:
    """Shared, not yet acknowledged."""
    return commands.share_insight(viewer_of(partner), make_draft(partner, **fields))


def make_owned(partner: Membership, lead: Membership, owner: Membership, **fields) -> Insight:
    return commands.hand_to(viewer_of(lead), make_insight(partner, **fields), owner=owner)


def make_answered(
    partner: Membership, lead: Membership, owner: Membership, *, outcome: str = "will", reason: str = "", **fields
) -> Response:
    insight = make_owned(partner, lead, owner, **fields)
    return commands.respond(viewer_of(owner), insight, outcome=outcome, reason=reason, text="We will put the number on every letter.")


def make_change(partner: Membership, lead: Membership, owner: Membership, *, status: str = "planned") -> Change:
    insight = make_answered(partner, lead, owner).insight
    return commands.record_change(
        viewer_of(lead), insight, title="A number on every letter", text="Each letter says whom to ring.", status=status, on=today()
    )


def make_wording(change: Change, lead: Membership) -> Wording:
    return commands.propose_wording(
        viewer_of(lead), change, title=change.title, told_us="Nobody knew whom to ring.", changed="Each letter says whom to ring."
    )


def make_published(change: Change, lead: Membership, *partners: Membership) -> Wording:
    wording = make_wording(change, lead)
    for partner in partners:
        wording = commands.agree_wording(viewer_of(partner), wording)
    return commands.publish(viewer_of(lead), wording)


def days_ago(days: int) -> dt.date:
    return today() - dt.timedelta(days=days)
