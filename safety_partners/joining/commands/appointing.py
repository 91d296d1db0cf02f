"""Appointing: somebody who was interested becomes a partner who is joining."""

from __future__ import annotations

import datetime as dt

from safety_partners.core import clock
from safety_partners.core.command import command
from safety_partners.core.viewer import Viewer
from safety_partners.joining import policies
from safety_partners.joining.models import Expression
from safety_partners.partners.commands import welcome_partner
from safety_partners.partners.models import AccessNeed
from safety_partners.people.commands import add_member
from safety_partners.people.models import Membership, Role


@command(allow=policies.may_lead)
def appoint(
    viewer: Viewer,
    expression: Expression,
    /,
    *,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    contact: Membership | None = None,
    deputy: Membership | None = None,
) -> Expression:
    """Make somebody a partner who is joining: they become a member, with a record that lists what is needed before they start.

    What they said would help them take part goes with them, in their words, as access needs to be met.
    """
    Expression.lifecycle.move(expression, "appoint", since=clock.now(), ended_at=clock.now(), next_due_on=None)
    member = add_member(
        viewer,
        name=expression.name,
        roles=[Role.PARTNER],
        told_by=expression.told_by,
        email=expression.email,
        postal_address=expression.postal_address,
        phone=expression.phone,
        language=expression.language,
    )
    partner = welcome_partner(
        viewer,
        membership=member,
        known_as=expression.known_as,
        connection=expression.connection,
        role=expression.advert.role,
        starts_on=starts_on,
        ends_on=ends_on,
        contact=contact,
        deputy=deputy,
    )
    who = {"capture": expression.capture, "recorded_by": expression.recorded_by, "is_read_back": expression.is_read_back}
    for words in (expression.access_words, expression.would_help):
        if words.strip():
            AccessNeed.objects.create(partner=partner, kind=AccessNeed.Kind.OTHER, what=words, **who)
    expression.partner = partner
    expression.save(update_fields=["partner", "name_key"])
    return expression
