"""What stays in a partner's own hands: notes, whom to call, what is done with a payment, and what they know from their own life."""

from __future__ import annotations

from django.utils.translation import gettext as _

from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.partners import policies
from safety_partners.partners.commands.rules import demand_serving, demand_words, said
from safety_partners.partners.models import CheckIn, EmergencyContact, LivedExperience, Partner, PaymentChoice, PrivateNote, Recorded


@command(allow=policies.is_own)
def write_note(viewer: Viewer, partner: Partner, /, *, words: str, is_shared: bool = False, check_in: CheckIn | None = None) -> PrivateNote:
    """Keep a note that nobody else sees, unless the partner shares it with whoever supports them."""
    demand_serving(partner)
    demand_words(words, _("Write your note."), field="words")
    if check_in is not None and check_in.partner_id != partner.pk:
        raise NotPossible(_("That talk is not one of yours."))
    return PrivateNote.objects.create(partner=partner, check_in=check_in, words=words, is_shared=is_shared)


@command(allow=policies.is_own)
def rewrite_note(viewer: Viewer, note: PrivateNote, /, *, words: str, is_shared: bool) -> PrivateNote:
    """Change one's own note, or who sees it."""
    demand_words(words, _("Write your note."), field="words")
    note.words, note.is_shared = words, is_shared
    note.save(update_fields=["words", "is_shared"])
    return note


@command(allow=policies.is_own)
def delete_note(viewer: Viewer, note: PrivateNote, /) -> Partner:
    """Delete one's own note for good."""
    PrivateNote.objects.filter(pk=note.pk).delete()
    partner: Partner = note.partner
    return partner


@command(allow=policies.may_speak_for, details=("capture", "is_read_back"))
def name_emergency_contact(
    viewer: Viewer,
    partner: Partner,
    /,
    *,
    name: str,
    phone: str,
    relation: str = "",
    capture: str = Recorded.Capture.TYPED,
    is_read_back: bool = False,
) -> EmergencyContact:
    """Say whom to call if the partner is unwell while with us; nobody needs to."""
    demand_serving(partner)
    said(viewer, partner, capture=capture, is_read_back=is_read_back)
    given = {"name": " ".join(name.split()), "phone": phone.strip(), "relation": relation.strip()}
    contact, _is_new = EmergencyContact.objects.update_or_create(partner=partner, defaults=given)
    return contact


@command(allow=policies.may_speak_for)
def remove_emergency_contact(viewer: Viewer, partner: Partner, /) -> Partner:
    """Take away whom to call."""
    EmergencyContact.objects.filter(partner=partner).delete()
    return partner


@command(allow=policies.may_arrange_payment, details=("capture", "is_read_back"))
def choose_payment(
    viewer: Viewer, partner: Partner, /, *, choice: str, capture: str = Recorded.Capture.TYPED, is_read_back: bool = False
) -> PaymentChoice:
    """Say what should be done with involvement payments from today; never why. Each choice stays in the record."""
    demand_serving(partner)
    how = said(viewer, partner, capture=capture, is_read_back=is_read_back)
    return PaymentChoice.objects.create(partner=partner, choice=choice, from_on=today(), **how)


@command(allow=policies.is_own)
def tell_experience(
    viewer: Viewer, partner: Partner, /, *, theme: str, route: str = LivedExperience.Route.NOT_SAID, seen_by: str
) -> LivedExperience:
    """Say what one knows from one's own life, only if one wants to, and who may see it."""
    demand_serving(partner)
    demand_words(theme, _("Say in a few words what you know about."), field="theme")
    return LivedExperience.objects.create(partner=partner, theme=theme, route=route, seen_by=seen_by)


@command(allow=policies.is_own)
def change_experience(
    viewer: Viewer, experience: LivedExperience, /, *, theme: str, route: str = LivedExperience.Route.NOT_SAID, seen_by: str
) -> LivedExperience:
    """Change one's own words, or who sees them."""
    demand_words(theme, _("Say in a few words what you know about."), field="theme")
    experience.theme, experience.route, experience.seen_by = theme, route, seen_by
    experience.save(update_fields=["theme", "route", "seen_by"])
    return experience


@command(allow=policies.is_own)
def take_back_experience(viewer: Viewer, experience: LivedExperience, /) -> Partner:
    """Delete what one told, for good."""
    LivedExperience.objects.filter(pk=experience.pk).delete()
    partner: Partner = experience.partner
    return partner
