"""A partner's record from the welcome on: who they are here, whom they turn to, starting, pausing."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import override

from safety_partners.core import outbox, wall
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.months import add_months
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.partners import policies, queries
from safety_partners.partners.commands.needing import finish_need_of, move_needs_of_contact, needs_from_plan
from safety_partners.partners.commands.rules import demand_as_seen, demand_serving, demand_staff, said
from safety_partners.partners.commands.supporting import move_check_ins
from safety_partners.partners.commands.telling import tell_support
from safety_partners.partners.models import NeedKind, Partner, Recorded, RoleVersion, Template, Term
from safety_partners.partners.queries.seen import DETAILS, SUPPORT
from safety_partners.people.models import Membership, Role, User


@command(allow=policies.may_run_programme, details=("appointed_on",))
def welcome_partner(
    viewer: Viewer,
    /,
    *,
    membership: Membership,
    known_as: str = "",
    pronouns: str = "",
    connection: str = "",
    role: RoleVersion | None = None,
    appointed_on: dt.date | None = None,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    contact: Membership | None = None,
    deputy: Membership | None = None,
) -> Partner:
    """Make somebody's record as a partner who is joining: a first term, and what the plan says they need.

    The membership is made before, with the role of a partner. The welcome goes out as they wish to be told.
    """
    demand_partner(membership, viewer.organisation_id)
    demand_two_people(contact, deputy, viewer.organisation_id)
    appointed_on = appointed_on or today()
    starts_on = starts_on or appointed_on
    partner = Partner.objects.create(
        organisation_id=membership.organisation_id,
        membership=membership,
        known_as=known_as,
        pronouns=pronouns,
        connection=connection,
        role=role,
        contact=contact,
        deputy=deputy,
        responsible_to=role.responsible_to if role else "",
        accountable_to=role.accountable_to if role else "",
        appointed_on=appointed_on,
    )
    begin_first_term(partner, starts_on, ends_on)
    needs_from_plan(partner)
    note_what_is_there(partner, appointed_on)
    tell_welcome(partner)
    return partner


def demand_partner(membership: Membership, organisation_id: int | None) -> None:
    """Raise ``NotPossible`` unless this is a partner of this organisation without a record yet."""
    is_current = membership.organisation_id == organisation_id and membership.ended_on is None
    if not (is_current and membership.grants.filter(role=Role.PARTNER).exists()):
        raise NotPossible(_("Choose somebody who has the role of a partner in this organisation."), field="membership")
    if Partner.objects.filter(membership=membership).exists():
        raise Overtaken(_("There is a record of this partner already."))


def demand_two_people(contact: Membership | None, deputy: Membership | None, organisation_id: int | None) -> None:
    """Raise ``NotPossible`` unless both work here, or there is nobody yet, and they are not the same person."""
    demand_staff(contact, organisation_id, field="contact")
    demand_staff(deputy, organisation_id, field="deputy")
    if contact is not None and deputy is not None and contact.pk == deputy.pk:
        raise NotPossible(_("Choose somebody else as the deputy: it is for when the named contact is away."), field="deputy")


def begin_first_term(partner: Partner, starts_on: dt.date, ends_on: dt.date | None) -> Term:
    """The time agreed at the start; where no end was given, as long as the organisation's terms usually are."""
    ends_on = ends_on or add_months(starts_on, queries.programme(partner.organisation_id).term_months)
    if ends_on <= starts_on:
        raise NotPossible(_("The last day must be after the first day."), field="ends_on")
    return Term.objects.create(partner=partner, starts_on=starts_on, ends_on=ends_on, review_on=review_day(starts_on, ends_on))


def review_day(starts_on: dt.date, ends_on: dt.date) -> dt.date:
    """When to look at it together: 90 days before the end, or halfway through a shorter term."""
    return max(ends_on - dt.timedelta(days=90), starts_on + (ends_on - starts_on) / 2)


def note_what_is_there(partner: Partner, day: dt.date) -> None:
    """Tick off what the record itself shows: the term, and a named contact with a deputy."""
    finish_need_of(partner, NeedKind.TERM, done_on=day)
    if partner.contact_id and partner.deputy_id:
        finish_need_of(partner, NeedKind.CONTACT, done_on=day)


def tell_welcome(partner: Partner) -> None:
    """Write the organisation's welcome, in the partner's language."""
    member = partner.membership
    with override(member.language):
        words = queries.filled(member.organisation, Template.Purpose.WELCOME, name=partner.name, role=queries.role_title(partner))
    outbox.put("partners/plain", to=member, about=partner, subject=words.subject, text=words.text)


@command(allow=policies.may_speak_for)
def correct_partner(
    viewer: Viewer, partner: Partner, /, *, known_as: str, pronouns: str, connection: str, seen: int | None = None
) -> Partner:
    """Correct how a partner is called and what they say of themselves; name and address are corrected in their own details."""
    demand_serving(partner)
    demand_as_seen(partner, DETAILS, seen)
    partner.known_as, partner.pronouns, partner.connection = " ".join(known_as.split()), pronouns.strip(), connection
    partner.save(update_fields=["known_as", "pronouns", "connection"])
    return partner


def follow_name(person: User) -> None:
    """Sort and find a partner by the name they have now, in every organisation where they are one; nobody's row is shown."""
    with wall.everywhere():
        for partner in Partner.objects.filter(membership__user=person):
            Partner.objects.filter(pk=partner.pk).update(name_key=Partner.key_of(partner.known_as, person.name))


@command(allow=policies.may_lead)
def name_support(
    viewer: Viewer,
    partner: Partner,
    /,
    *,
    contact: Membership | None,
    deputy: Membership | None,
    buddy: Partner | None = None,
    seen: int | None = None,
) -> Partner:
    """Say whom the partner can turn to; what nobody saw to yet goes to the named contact, and the partner is told."""
    demand_serving(partner)
    demand_two_people(contact, deputy, partner.organisation_id)
    if buddy is not None and (buddy.pk == partner.pk or buddy.organisation_id != partner.organisation_id):
        raise NotPossible(_("Choose another partner of this organisation."), field="buddy")
    demand_as_seen(partner, SUPPORT, seen)
    before = partner.contact_id
    partner.contact, partner.deputy, partner.buddy = contact, deputy, buddy
    partner.save(update_fields=["contact", "deputy", "buddy"])
    move_needs_of_contact(partner, before)
    move_check_ins(partner)
    if contact is not None and deputy is not None:
        finish_need_of(partner, NeedKind.CONTACT, done_on=today())
    outbox.put("partners/support", to=partner.membership, about=partner)
    return partner


@command(allow=policies.may_lead)
def start_partner(viewer: Viewer, partner: Partner, /, *, turn: int | None = None) -> Partner:
    """Say that a partner begins. Raises ``NotPossible`` while anything that is required is missing."""
    if missing := queries.standing(partner).missing:
        names = "; ".join(need.title for need in missing[:5])
        raise NotPossible(_("Something that is required is still missing: %(names)s.") % {"names": names})
    Partner.lifecycle.move(partner, "start", turn=turn, started_on=partner.started_on or today())
    outbox.put("partners/started", to=partner.membership, about=partner)
    return partner


@command(allow=policies.may_speak_for, details=("capture", "is_read_back"))
def pause(
    viewer: Viewer,
    partner: Partner,
    /,
    *,
    back_on: dt.date | None = None,
    capture: str = Recorded.Capture.TYPED,
    is_read_back: bool = False,
    turn: int | None = None,
) -> Partner:
    """Take a break. No reason is asked, and none is kept."""
    said(viewer, partner, capture=capture, is_read_back=is_read_back)
    if back_on is not None and back_on <= today():
        raise NotPossible(_("Enter a day that is still to come, or leave it empty."), field="back_on")
    Partner.lifecycle.move(partner, "pause", turn=turn, back_on=back_on)
    tell_support(viewer, partner, "partners/paused")
    return partner


@command(allow=policies.may_speak_for, details=("capture", "is_read_back"))
def resume(
    viewer: Viewer, partner: Partner, /, *, capture: str = Recorded.Capture.TYPED, is_read_back: bool = False, turn: int | None = None
) -> Partner:
    """Come back from a break."""
    said(viewer, partner, capture=capture, is_read_back=is_read_back)
    Partner.lifecycle.move(partner, "resume", turn=turn, back_on=None)
    tell_support(viewer, partner, "partners/resumed")
    return partner
