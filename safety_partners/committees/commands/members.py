"""Members of a committee: who works here, or sits on the board, and has a place at its table."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from safety_partners.committees import policies
from safety_partners.committees.commands.inviting import invite_to_coming, uninvite_from_coming
from safety_partners.committees.commands.rules import demand_at_work, demand_meets, lock
from safety_partners.committees.commands.telling import tell
from safety_partners.committees.models import Committee, Invitee, Member
from safety_partners.committees.queries.sittings import people_of
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.people.models import Membership


@command(allow=policies.may_run, details=("from_on",))
def seat_member(
    viewer: Viewer, committee: Committee, /, *, member: Membership, position: str = "", from_on: dt.date | None = None
) -> Member:
    """Give somebody a place at the table; they are told, and invited to the meetings to come."""
    lock(committee)
    demand_meets(committee)
    demand_at_work(member, committee.organisation_id, field="member")
    if member.pk in {committee.chair_id, committee.secretary_id}:
        raise NotPossible(_("The chair and the secretary are at the table already."), field="member")
    if Member.objects.current().filter(committee=committee, membership=member).exists():
        raise NotPossible(_("They are a member already."), field="member")
    day = from_on or today()
    made = Member.objects.create(committee=committee, membership=member, position=position, from_on=day)
    invite_to_coming(committee, member, Invitee.Kind.MEMBER, day, None)
    tell(viewer, [member], "committees/you_are_member", made, committee=committee)
    return made


@command(allow=policies.may_run)
def end_member(viewer: Viewer, member: Member, /) -> Member:
    """From today, somebody is a member no more; invitations to what is to come are taken back."""
    member.refresh_from_db(from_queryset=Member.objects.select_for_update())
    if member.ended_on is not None:
        raise Overtaken
    member.ended_on = max(today(), member.from_on)
    member.save(update_fields=["ended_on"])
    if member.membership_id not in {one.membership.pk for one in people_of(member.committee, today())}:
        uninvite_from_coming(member.committee, member.membership)
    tell(viewer, [member.membership], "committees/you_were_member", member, committee=member.committee)
    return member
