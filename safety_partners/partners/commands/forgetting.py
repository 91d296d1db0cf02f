"""Forgetting a partner's record when it has been kept long enough: who they were goes, that there was a partner stays."""

from __future__ import annotations

from django.utils.translation import gettext as _

from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.partners import open_matters, policies
from safety_partners.partners.models import (
    AccessNeed,
    Agreement,
    Check,
    CheckIn,
    Declaration,
    EmergencyContact,
    Interest,
    Leaving,
    LivedExperience,
    Need,
    Partner,
    PaymentChoice,
    PrivateNote,
    RoleChange,
    Signature,
)
from safety_partners.people.commands.persons import forget_person

# These belong to the person alone: the rows go.
GO = (
    PrivateNote,
    LivedExperience,
    EmergencyContact,
    AccessNeed,
    PaymentChoice,
    Interest,
    Declaration,
    Check,
    CheckIn,
    Need,
    RoleChange,
)


@command(allow=policies.may_forget, details=("ended_on",))
def forget_partner(viewer: Viewer, partner: Partner, /, *, is_sure: bool, turn: int | None = None) -> Partner:
    """Forget who somebody was who has left. Their words elsewhere keep their own rules; this cannot be undone."""
    if not is_sure:
        raise NotPossible(_("Say that it has been kept as long as it has to be."), field="is_sure")
    Partner.lifecycle.move(partner, "forget", turn=turn, known_as="", name_key="", pronouns="", connection="", buddy=None)
    for model in GO:
        model.objects.filter(partner=partner).delete()
    Signature.objects.filter(agreement__partner=partner).delete()
    # The seal of what was signed stays, without the words: history must still be whole.
    empty = {"words": "", "partner_words": "", "organisation_words": "", "partner_wrote_at": None}
    Agreement.objects.filter(partner=partner).update(**empty)
    Leaving.objects.filter(partner=partner).update(talk_words="", thanks="", what_changed="", review_note="")
    for forget in open_matters.forgets:
        forget(partner)
    forget_person(partner.membership, called=_("A former partner"))
    return partner
