"""What Meadowbank's partners can count on, and what they keep for themselves: talks, interests, payment, notes."""

from __future__ import annotations

import datetime as dt

from safety_partners.config.demonstration.people import Cast
from safety_partners.config.demonstration.telling import as_, days_ago
from safety_partners.core.clock import today
from safety_partners.partners import commands
from safety_partners.partners.models import AccessNeed, Interest, LivedExperience, Partner, PaymentChoice

DAY = dt.timedelta(days=1)
BY_PHONE = {"capture": "phone", "is_read_back": True}


def tell(cast: Cast, partners: dict[str, Partner]) -> None:
    """What came after the first weeks, for those who are active."""
    _anjali(cast, partners["Anjali"])
    _tom(cast, partners["Tom"])


def _anjali(cast: Cast, partner: Partner) -> None:
    anjali, priya = as_(cast.anjali), as_(cast.priya)
    with days_ago(190):
        commands.add_interest(anjali, partner, kind=Interest.Kind.ALSO_SITS, what="The patient group of the library surgery.")
        commands.choose_payment(anjali, partner, choice=PaymentChoice.Choice.PART)
        commands.name_emergency_contact(anjali, partner, name="Ravi", phone="01632 960 321", relation="My brother")
    with days_ago(120):
        talk = commands.plan_check_in(priya, partner, planned_on=today())
        agreed = "Papers come a week before, by email and on paper. Priya rings the evening before a meeting."
        commands.hold_check_in(priya, talk, held_on=today(), agreed=agreed)
        words = "The second hour was hard: it was too close to home. Next time I ask for a break."
        commands.write_note(anjali, partner, words=words, check_in=talk)
    with days_ago(60):
        commands.declare_interests(anjali, partner, is_nothing=False)
        theme = "Coming home from hospital with new medicines"
        commands.tell_experience(anjali, partner, theme=theme, seen_by=LivedExperience.SeenBy.CONTACT)
    with days_ago(12):
        lift = commands.ask_for_access(anjali, partner, kind=AccessNeed.Kind.PLACE, what="A room with a window that opens.")
        reason = "The committee room has none. From May we meet in the garden room; until then the door stays open."
        commands.decide_access(priya, lift, status=AccessNeed.Status.NOT_MET, reason=reason, review_on=today() + 40 * DAY)
    with days_ago(6):
        commands.plan_check_in(priya, partner, planned_on=today() + 13 * DAY)


def _tom(cast: Cast, partner: Partner) -> None:
    priya = as_(cast.priya)
    with days_ago(150):
        talk = commands.plan_check_in(priya, partner, planned_on=today())
        commands.hold_check_in(priya, talk, held_on=today(), agreed="One long letter a month, and not four short ones.")
        commands.choose_payment(as_(cast.grace), partner, choice=PaymentChoice.Choice.EACH_TIME, **BY_PHONE)
    with days_ago(2):
        commands.ask_for_access(priya, partner, kind=AccessNeed.Kind.CONTACT, what="Not on Thursdays, that is chess.", **BY_PHONE)
