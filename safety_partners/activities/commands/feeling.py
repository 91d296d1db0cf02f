"""How it felt to take part: for the partner alone, or for whom they share it with."""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext as _

from safety_partners.activities import policies
from safety_partners.activities.commands.telling import runners_of, tell
from safety_partners.activities.models import Felt, Offer
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.partners.commands.rules import demand_words, said
from safety_partners.partners.models import Recorded

SharedWith = Felt.SharedWith


@command(allow=policies.may_answer)
def say_how_it_felt(
    viewer: Viewer,
    offer: Offer,
    /,
    *,
    words: str,
    shared_with: str = SharedWith.NOBODY,
    capture: str = Recorded.Capture.TYPED,
    is_read_back: bool = False,
    turn: int | None = None,
) -> Felt:
    """Write down, or write anew, how it felt. Whom it is shared with is told that it is there, never what it says.

    What is for nobody else cannot be written down by somebody else. Raises ``Overtaken`` if it was changed since.
    """
    how = said(viewer, offer.partner, capture=capture, is_read_back=is_read_back)
    demand_words(words, _("Write something first."), field="words")
    if shared_with not in SharedWith.values:
        raise NotPossible(_("Choose who may read this."), field="shared_with")
    if shared_with == SharedWith.NOBODY and how["recorded_by_id"]:
        raise NotPossible(_("What you write down for them, you have read. Ask who else may."), field="shared_with")
    if offer.status not in {Offer.Status.ACCEPTED, Offer.Status.STEPPED_OUT}:
        raise NotPossible(_("This is for those who take part, or did."))
    felt = Felt.objects.filter(offer=offer).select_for_update().first()
    if felt is None:
        felt = Felt.objects.create(offer=offer, words=words, shared_with=shared_with, **how)
    else:
        if how["recorded_by_id"] and felt.shared_with == SharedWith.NOBODY:
            raise NotPossible(_("They have written something for themselves. Only they can change it."))
        rows = Felt.objects.filter(pk=felt.pk) if turn is None else Felt.objects.filter(pk=felt.pk, turn=turn)
        if not rows.update(turn=F("turn") + 1, words=words, shared_with=shared_with, **how):
            raise Overtaken
        felt.refresh_from_db()
    _tell(viewer, felt)
    return felt


def _tell(viewer: Viewer, felt: Felt) -> None:
    offer, people = felt.offer, []
    if felt.shared_with != SharedWith.NOBODY:
        people = [one for one in (offer.partner.contact,) if one is not None and one.ended_on is None]
    if felt.shared_with == SharedWith.REQUESTER:
        people += runners_of(offer.activity)
    tell(viewer, people, "activities/felt_shared", offer, activity=offer.activity, offer=offer)


@command(allow=policies.is_own)
def take_away_felt(viewer: Viewer, felt: Felt, /) -> Felt:
    """Take it away, also from those it was shared with."""
    number = felt.pk
    deleted, _kinds = Felt.objects.filter(pk=felt.pk).delete()
    if not deleted:
        raise Overtaken
    felt.pk = number
    return felt
