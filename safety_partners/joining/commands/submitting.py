"""Sending an expression of interest: by the person, or by staff who write down what somebody said or wrote."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from safety_partners.core import outbox
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.models import Message
from safety_partners.core.months import add_months
from safety_partners.core.page import is_anyone
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import add_working_days, today
from safety_partners.joining import policies, private_words
from safety_partners.joining.models import Advert, Draft, Expression
from safety_partners.people.commands.persons import check_can_be_told, tidy_name
from safety_partners.people.models import Membership, Role

Capture, CompletedBy = Expression.Capture, Expression.CompletedBy
# Said, not written: the person hears it again before it is kept.
MUST_BE_READ_BACK = {Capture.PHONE, Capture.MEETING}
KEEP_MONTHS = (3, 6, 12, 24)


@command(allow=is_anyone, details=("keep_months",))
def submit_expression(
    viewer: Viewer,
    advert: Advert,
    /,
    *,
    agrees_to_keep: bool,
    draft: Draft | None = None,
    word: str = "",
    **answers: Any,
) -> Expression:
    """Somebody tells us that they are interested; they get a receipt with a code and a private word, as they chose.

    ``answers`` are the fields that :func:`_take` names. ``word`` is the private word of the draft, so that sending the
    same draft twice gives the same receipt; without one a new word is made. Raises ``NotPossible`` with what is missing.
    """
    if not advert.takes_interest(today()):
        raise NotPossible(_("This role is closed now, so we cannot take your answers. You can still talk to us about other roles."))
    if not agrees_to_keep:
        raise NotPossible(_("Tick the box to let us keep what you told us for this time"), "agrees_to_keep")
    expression = _take(advert, word=word, **answers)
    if draft is not None:
        draft.delete()
    return expression


@command(allow=policies.may_lead, details=("keep_months", "capture"))
def record_expression(
    viewer: Viewer,
    advert: Advert,
    /,
    *,
    capture: str,
    is_read_back: bool,
    agrees_to_keep: bool,
    **answers: Any,
) -> Expression:
    """Write down what somebody told us on the phone, in a letter or in person; they are told that we have it, as they chose."""
    if advert.status not in {Advert.Status.OPEN, Advert.Status.CLOSED}:
        raise NotPossible(_("This advert does not take expressions of interest."))
    demand_said(capture, is_read_back)
    if not agrees_to_keep:
        raise NotPossible(_("Ask the person if we may keep this, and tick the box when they say yes"), "agrees_to_keep")
    who = {"capture": capture, "is_read_back": is_read_back, "recorded_by_id": viewer.membership_id}
    return _take(advert, **{**answers, **who, "completed_by": CompletedBy.STAFF})


def _take(
    advert: Advert,
    /,
    *,
    name: str,
    told_by: str,
    connection: str,
    why: str,
    keep_months: int,
    known_as: str = "",
    email: str = "",
    phone: str = "",
    postal_address: str = "",
    language: str = "",
    would_help: str = "",
    access_words: str = "",
    availability: str = "",
    works_here: bool = False,
    conflict_words: str = "",
    heard_from: str = "",
    completed_by: str = CompletedBy.SELF,
    capture: str = Capture.TYPED,
    recorded_by_id: int | None = None,
    is_read_back: bool = False,
    word: str = "",
) -> Expression:
    """Check and keep the answers, and write the receipt."""
    name = tidy_name(name)
    if not name:
        raise NotPossible(_("Enter your name"), "name")
    check_can_be_told(told_by, email=email, postal_address=postal_address, phone=phone)
    if not why.strip():
        raise NotPossible(_("Say in a few words why you are interested"), "why")
    if len(why.split()) > advert.max_words:
        raise NotPossible(_("Use %(most)s words or fewer") % {"most": advert.max_words}, "why")
    if works_here:
        raise NotPossible(
            _("People who work for this organisation cannot be its partners. There are other ways to help: talk to us."), "works_here"
        )
    if keep_months not in KEEP_MONTHS:
        raise NotPossible(_("Choose for how long we may keep this"), "keep_months")
    word = word or private_words.new_word()
    expression = Expression.objects.create(
        organisation_id=advert.organisation_id,
        advert=advert,
        name=name,
        known_as=tidy_name(known_as),
        told_by=told_by,
        email=email.lower(),
        phone=phone,
        postal_address=postal_address,
        language=language or get_language() or "",
        connection=connection,
        why=why,
        would_help=would_help,
        access_words=access_words,
        availability=availability,
        conflict_words=conflict_words,
        heard_from=heard_from,
        keep_months=keep_months,
        keep_until=add_months(today(), keep_months),
        completed_by=completed_by,
        capture=capture,
        recorded_by_id=recorded_by_id,
        is_read_back=is_read_back,
        secret_hash=private_words.hash_of(word),
        next_due_on=add_working_days(today(), advert.organisation.acknowledge_days),
    )
    tell(expression, "joining/received", word=word)
    return expression


def demand_said(capture: str, is_read_back: bool) -> None:
    """Raise ``NotPossible`` unless it is said how somebody's words reached us, and what was only said was read back."""
    if capture not in Capture.values or capture == Capture.TYPED:
        raise NotPossible(_("Say how their words reached you"), "capture")
    if capture in MUST_BE_READ_BACK and not is_read_back:
        raise NotPossible(_("Read it back to the person first, so that it says what they meant"), "is_read_back")


def tell_leads(expression: Expression, template: str, **context: Any) -> None:
    """Write to everybody who leads here, as they chose."""
    leads = Membership.objects.filter(organisation_id=expression.organisation_id).current().with_role(Role.LEAD)
    for lead in leads.select_related("user", "organisation"):
        outbox.put(template, to=lead, about=expression, **context)


def tell(expression: Expression, template: str, **context: Any) -> Message:
    """Write to somebody who is interested, as they chose: they have no membership here."""
    return outbox.put(template, to=expression.addressee, about=expression, **context)
