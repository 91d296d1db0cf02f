"""Offering places: to whom, again after a change, reminding who has not answered, and taking an offer back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from safety_partners.activities import policies
from safety_partners.activities.commands import inviting
from safety_partners.activities.commands.rules import demand_ready_to_offer, lock
from safety_partners.activities.commands.takers import tell_partner, tell_waiting
from safety_partners.activities.models import Activity, Offer
from safety_partners.activities.queries.offers import is_bound
from safety_partners.activities.queries.terms import Arranged, Terms, arranged_for, changed_since, terms_for
from safety_partners.committees.models.committee import GONE
from safety_partners.core import clock
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import add_working_days, today
from safety_partners.partners.models import Partner, Recorded

Status = Offer.Status
MAY_BE_ASKED = (Partner.Status.JOINING, Partner.Status.ACTIVE)
# Who is asked again because something changed has at least so many working days to think about it.
TO_THINK = 5
NOBODY_SAID = {"capture": Recorded.Capture.TYPED, "recorded_by_id": None, "is_read_back": False}


@command(allow=policies.is_lead_of, details=("reply_by", "is_shadowing"))
def offer_places(
    viewer: Viewer,
    activity: Activity,
    /,
    *,
    partners: Sequence[Partner],
    reply_by: dt.date,
    note: str = "",
    is_shadowing: bool = False,
) -> Activity:
    """Offer a place to each of these partners, with a copy of what they are told they will be offered."""
    arranged = arranged_for(lock(activity))
    demand_offering(activity, reply_by, arranged)
    if not partners:
        raise NotPossible(_("Choose at least one partner."), field="partners")
    there = set(Offer.objects.filter(activity=activity, partner__in=partners).values_list("partner_id", flat=True))
    for partner in partners:
        if partner.pk in there:
            raise Overtaken(_("%(name)s was already offered a place here. Open their offer to offer it again.") % {"name": partner.name})
        _demand_may_be_asked(activity, partner)
        offer = Offer.objects.create(
            activity=activity,
            partner=partner,
            reply_by=reply_by,
            note=note,
            is_shadowing=is_shadowing,
            snapshot=terms_for(activity, partner.membership.language, arranged),
            offered_by_id=viewer.membership_id,
            offered_at=clock.now(),
        )
        tell_partner(viewer, offer, "activities/place_offered")
    return activity


@command(allow=policies.is_lead_of, details=("reply_by", "is_shadowing"))
def offer_again(
    viewer: Viewer, offer: Offer, /, *, reply_by: dt.date, note: str = "", is_shadowing: bool = False, turn: int | None = None
) -> Offer:
    """Ask somebody once more who said no, changed their mind, or whose offer was taken back; with a new copy of what is offered."""
    activity = lock(offer.activity)
    arranged = arranged_for(activity)
    demand_offering(activity, reply_by, arranged)
    _demand_may_be_asked(activity, offer.partner)
    offer.refresh_from_db(fields=["status"])
    if offer.status not in {Status.DECLINED, Status.STEPPED_OUT, Status.TAKEN_BACK}:
        raise Overtaken
    terms = terms_for(activity, offer.partner.membership.language, arranged)
    _ask(viewer, offer, terms, reply_by, turn, note=note, is_shadowing=is_shadowing)
    tell_partner(viewer, offer, "activities/place_offered")
    return offer


def ask_again(viewer: Viewer, activity: Activity) -> None:
    """What is offered has changed: ask everybody again for whom it is not what they were told. Who had said yes keeps their place.

    Part of the command that changed it.
    """
    arranged = arranged_for(activity)
    rows = Offer.objects.filter(activity=activity, status__in=[Status.OFFERED, Status.ACCEPTED, Status.RESERVE])
    for offer in rows.exclude(partner__status__in=GONE).select_related("partner__membership__user", "partner__membership__organisation"):
        offer.activity = activity
        now = terms_for(activity, offer.partner.membership.language, arranged)
        changed = changed_since(offer, now)
        if not changed:
            continue
        keeps_place = offer.keeps_place or offer.status == Status.ACCEPTED
        reply_by = max(offer.reply_by, add_working_days(today(), TO_THINK))
        _ask(viewer, offer, now, reply_by, offer.turn, keeps_place=keeps_place)
        tell_partner(viewer, offer, "activities/place_changed", changed=changed)


def _ask(viewer: Viewer, offer: Offer, now: Terms, reply_by: dt.date, turn: int | None, **also: object) -> None:
    """Put the question anew: what was answered before is no answer to it."""
    fresh = {"snapshot": now, "reply_by": reply_by, "offered_by_id": viewer.membership_id, "offered_at": clock.now()}
    Offer.lifecycle.move(offer, "offer_again", turn=turn, answered_at=None, reminded_at=None, **NOBODY_SAID, **fresh, **also)


@command(allow=policies.is_lead_of)
def take_back_place(viewer: Viewer, offer: Offer, /, *, turn: int | None = None) -> Offer:
    """Take an offer back before it is answered; the partner is told."""
    lock(offer.activity)
    _take_back(viewer, offer, turn)
    tell_partner(viewer, offer, "activities/place_taken_back")
    return offer


@command(allow=policies.may_move_by_clock)
def take_back_from_who_left(viewer: Viewer, offer: Offer, /) -> Offer:
    """A partner has left before they answered: nothing waits for them any more."""
    lock(offer.activity)
    offer.refresh_from_db()
    if offer.partner.status not in GONE:
        raise Overtaken
    _take_back(viewer, offer, offer.turn)
    return offer


def _take_back(viewer: Viewer, offer: Offer, turn: int | None) -> None:
    kept = offer.keeps_place
    Offer.lifecycle.move(offer, "take_back", turn=turn, answered_at=None, keeps_place=False, **NOBODY_SAID)
    if kept:
        inviting.uninvite(viewer, offer)
        tell_waiting(viewer, offer.activity)


@command(allow=policies.is_lead_of)
def remind_waiting(viewer: Viewer, activity: Activity, /) -> Activity:
    """Remind everybody who has not answered an offer. Nothing else happens to them if they do not."""
    offers = Offer.objects.filter(activity=activity).waiting().exclude(partner__status__in=GONE)
    asked = list(offers.select_related("partner__membership__user", "partner__membership__organisation").order_by("pk"))
    if not asked:
        raise NotPossible(_("Everybody has answered."))
    for offer in asked:
        offer.activity = activity
        tell_partner(viewer, offer, "activities/place_reminder")
    offers.update(reminded_at=clock.now())
    return activity


def demand_offering(activity: Activity, reply_by: dt.date, arranged: Arranged) -> None:
    """Raise ``NotPossible`` unless places can be offered now, to be answered by a day to come."""
    if activity.status != Activity.Status.TAKEN_ON:
        raise Overtaken(_("Places are offered only while a request is going on."))
    demand_ready_to_offer(activity, arranged)
    if reply_by < today():
        raise NotPossible(_("The day by which they answer cannot be in the past."), field="reply_by")


def _demand_may_be_asked(activity: Activity, partner: Partner) -> None:
    if partner.organisation_id != activity.organisation_id or partner.status not in MAY_BE_ASKED:
        raise NotPossible(_("Choose partners who are here."), field="partners")
    if activity.data_seen == Activity.Data.RESTRICTED and not is_bound(partner):
        sentence = _("%(name)s has no confidentiality agreement in date. Sign one with them first.") % {"name": partner.name}
        raise NotPossible(sentence, field="partners")
