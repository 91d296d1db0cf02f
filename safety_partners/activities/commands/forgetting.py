"""What goes with a partner whose record is forgotten: their words, and those written to them; that a place was taken stays as a count."""

from __future__ import annotations

from safety_partners.activities.models import Felt, Offer, PanelQuestion, Seen, TimeGiven
from safety_partners.partners.models import Partner


def forget(partner: Partner) -> None:
    """Take away what belongs to the person alone. Part of ``partners.forget_partner``."""
    Felt.objects.filter(offer__partner=partner).delete()
    PanelQuestion.objects.filter(offer__partner=partner).delete()
    # Why somebody thought of them may say much about a person.
    Offer.objects.filter(partner=partner).update(note="")
    Seen.objects.filter(offer__partner=partner).update(words="")
    TimeGiven.objects.filter(partner=partner).update(about="")
