"""A partner's own page of what they take part in, and what they can keep of all that they gave."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from safety_partners.activities import queries
from safety_partners.activities.forms.offers import hours_of
from safety_partners.activities.models import Activity, Offer, Outcome
from safety_partners.activities.queries.taking_part import MOST
from safety_partners.activities.views.outcomes import TONES
from safety_partners.core.page import PageRequest, is_signed_in, page, show
from safety_partners.core.working_days import today
from safety_partners.insights.models import Insight, Response
from safety_partners.insights.models.change import ChangeStatus
from safety_partners.partners import policies as partners
from safety_partners.partners.models import Partner
from safety_partners.people.policies import is_partner

LOOKS = ("GET",)
# How each kind of line says where it stands.
STATES = {
    "said": dict(Insight.Kind.choices),
    "answered": dict(Response.Outcome.choices),
    "changed": dict(ChangeStatus.choices),
    "told": dict(Outcome.Kind.choices),
}
STATUSES = dict(Activity.Status.choices)


@page(allow=is_partner, methods=LOOKS)
def taking_part(request: PageRequest) -> HttpResponse:
    """What needs my answer, what is coming up, what happened because of me."""
    offers = queries.own_offers(request.viewer)
    going_on = [one for one in offers if one.activity.status == Activity.Status.TAKEN_ON]
    accepted = [one for one in offers if one.status == Offer.Status.ACCEPTED]
    # Of what is written down already nothing comes up any more, unless a day is planned.
    coming = [
        one
        for one in accepted
        if one.activity.status == Activity.Status.TAKEN_ON or (one.next_at and one.activity.status in Activity.UNDER_WAY)
    ]
    return show(
        request,
        "activities/taking_part.jinja",
        partner=queries.own_partner(request.viewer),
        to_answer=[one for one in going_on if one.status == Offer.Status.OFFERED],
        waiting=[one for one in going_on if one.status == Offer.Status.RESERVE],
        coming=coming,
        past=[one for one in accepted if one not in coming],
        outcomes=queries.own_outcomes(request.viewer),
        kinds=STATES["told"],
        statuses=STATUSES,
        tones=TONES,
        today=today(),
    )


@page(allow=is_partner, methods=LOOKS)
def ledger(request: PageRequest) -> HttpResponse:
    """All that I gave and said, and what came of it, to print and keep."""
    partner = queries.own_partner(request.viewer)
    if partner is None:
        raise Http404
    return _ledger(request, partner)


@page(allow=is_signed_in, methods=LOOKS)
def ledger_of(request: PageRequest, code: str) -> HttpResponse:
    """The same, printed by the lead or the named contact for a partner who wants it on paper."""
    partner: Partner = get_object_or_404(Partner.objects.visible_to(request.viewer).with_people(), code=code)
    partners.may_speak_for.demand(request.viewer, partner)
    return _ledger(request, partner)


def _ledger(request: PageRequest, partner: Partner) -> HttpResponse:
    entries = queries.ledger(request.viewer, partner)
    return show(
        request,
        "activities/ledger.jinja",
        partner=partner,
        entries=entries,
        is_cut=len(entries) == MOST,
        time=[(kind, hours_of(minutes)) for kind, minutes in queries.time_by_kind(request.viewer, partner)],
        states=STATES,
        today=today(),
        is_own=partners.is_own(request.viewer, partner),
    )
