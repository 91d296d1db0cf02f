"""Asking partners what they think, until when, and whom that reaches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from safety_partners.core import outbox
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.people.models import Membership, Role
from safety_partners.reviews import policies
from safety_partners.reviews.commands.rules import owner_or_leads
from safety_partners.reviews.models import Comment, Review, Reviewer, ReviewQuestion, Version


@command(allow=policies.may_look_after, details=("stage", "closes_on"))
def ask_for_review(
    viewer: Viewer,
    version: Version,
    /,
    *,
    partners: Iterable[Membership],
    what_can_change: str,
    stage: str,
    closes_on: dt.date,
    questions: Iterable[str] = (),
    note: str = "",
) -> Review:
    """Ask partners to review a version until a day; each of them is told.

    Raises ``NotPossible`` without partners, for a day that is not in the future, when nobody says what can still
    change, for a version that was replaced, or while another review of it is open.
    """
    chosen = {partner.pk: partner for partner in partners}
    if version.status == Version.Status.REPLACED:
        raise NotPossible(_("This version has been replaced. Ask about the newest version."))
    if version.reviews.open().exists():
        raise NotPossible(_("A review of this version is open already. You can ask another partner there."))
    if not what_can_change.strip():
        raise NotPossible(_("Say what can still change. If nothing can, do not ask for a review."), field="what_can_change")
    _demand_day(closes_on)
    if not chosen:
        raise NotPossible(_("Choose at least one partner."), field="partners")
    for partner in chosen.values():
        _demand_partner(partner, version.document.organisation_id, version.document.owner_id, field="partners")
    review = Review.objects.create(
        version=version, asked_by_id=viewer.membership_id, what_can_change=what_can_change, stage=stage, closes_on=closes_on, note=note
    )
    asked = [text.strip() for text in questions if text.strip()]
    ReviewQuestion.objects.bulk_create(ReviewQuestion(review=review, number=number, text=text) for number, text in enumerate(asked, 1))
    for partner in chosen.values():
        _tell_asked(Reviewer.objects.create(review=review, membership=partner))
    return review


@command(allow=policies.may_look_after)
def ask_another(viewer: Viewer, review: Review, /, *, partner: Membership) -> Reviewer:
    """Ask one more partner, or ask again one who could not before; nobody else gets a message."""
    if review.status != Review.Status.OPEN or review.closes_on < today():
        raise NotPossible(_("This review has closed. Choose a later closing day first."))
    _demand_partner(partner, review.document.organisation_id, review.document.owner_id, field="partner")
    reviewer, is_new = Reviewer.objects.get_or_create(review=review, membership=partner)
    if not is_new:
        if reviewer.status != Reviewer.Status.DECLINED:
            raise NotPossible(_("%(name)s was asked already.") % {"name": partner.name}, field="partner")
        Reviewer.lifecycle.move(reviewer, "reopen")
    _tell_asked(reviewer)
    return reviewer


@command(allow=policies.may_look_after, details=("closes_on",))
def change_closing_day(viewer: Viewer, review: Review, /, *, closes_on: dt.date, turn: int | None = None) -> Review:
    """Move the closing day of a review; only those who have not finished are told. A closed review opens again."""
    _demand_day(closes_on)
    if not review.takes_comments:
        raise NotPossible(_("A new version is in force, so this review is done."))
    if review.status == Review.Status.CLOSED:
        Review.lifecycle.move(review, "reopen", turn=turn, closes_on=closes_on)
    elif closes_on == review.closes_on:
        raise NotPossible(_("That is the closing day already."), field="closes_on")
    else:
        Review.objects.filter(pk=review.pk).update(closes_on=closes_on)
        review.closes_on = closes_on
    for reviewer in review.reviewers.not_finished().select_related("membership__user"):
        outbox.put("reviews/closing_day", to=reviewer.membership, about=reviewer, review=review)
    return review


@command(allow=policies.may_move_by_clock)
def remind(viewer: Viewer, review: Review, /, *, since: dt.date | None = None) -> Review:
    """Remind those who have not finished a review, and nobody twice on one day.

    ``since`` leaves out whom a reminder reached on that day or later; without it, on this day.
    """
    if not review.takes_comments:
        raise NotPossible(_("A new version is in force, so there is nothing to remind of."))
    day = today()
    waiting = review.reviewers.not_finished().filter(Q(reminded_for__isnull=True) | Q(reminded_for__lt=since or day))
    told = [one for one in waiting.select_related("membership__user") if _is_first_to_remind(one, day)]
    if not told and since is None:
        raise NotPossible(_("Everyone has finished, or has had a reminder today."))
    for reviewer in told:
        outbox.put("reviews/reminder", to=reviewer.membership, about=reviewer, review=review)
    return review


@command(allow=policies.may_move_by_clock)
def close_review(viewer: Viewer, review: Review, /) -> Review:
    """Close a review; comments that come later are taken and marked late until the next version is in force."""
    Review.lifecycle.move(review, "close")
    if review.closes_on >= today():
        for reviewer in review.reviewers.not_finished().select_related("membership__user"):
            outbox.put("reviews/closed_early", to=reviewer.membership, about=reviewer, review=review)
    for person in owner_or_leads(review.document):
        if person.pk != viewer.membership_id:
            counts = {
                "waiting": Comment.objects.filter(review=review).waiting().count(),
                "unfinished": review.reviewers.not_finished().count(),
            }
            outbox.put("reviews/closed", to=person, about=review, review=review, **counts)
    return review


def _is_first_to_remind(reviewer: Reviewer, day: dt.date) -> bool:
    """Claim this reviewer's reminder of the day: two people who press the button together send one message."""
    rows = Reviewer.objects.not_finished().filter(pk=reviewer.pk)
    return bool(rows.filter(Q(reminded_for__isnull=True) | Q(reminded_for__lt=day)).update(reminded_for=day))


def _tell_asked(reviewer: Reviewer) -> None:
    outbox.put("reviews/asked", to=reviewer.membership, about=reviewer, review=reviewer.review)


def _demand_day(closes_on: dt.date) -> None:
    if closes_on <= today():
        raise NotPossible(_("The closing day must be later than today."), field="closes_on")


def _demand_partner(partner: Membership, organisation_id: int, owner_id: int, *, field: str) -> None:
    is_here = partner.organisation_id == organisation_id and partner.ended_on is None
    if not is_here or not partner.grants.filter(role=Role.PARTNER).exists():
        raise NotPossible(_("Choose partners of this organisation."), field=field)
    if partner.pk == owner_id:
        raise NotPossible(_("%(name)s owns this document, so they cannot review it too.") % {"name": partner.name}, field=field)
