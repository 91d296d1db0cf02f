"""Stepping back from an item because of an interest: from then on nothing about it reaches that person."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from safety_partners.committees import policies
from safety_partners.committees.models import Invitee, Item, Recusal
from safety_partners.committees.queries.papers import viewer_of
from safety_partners.core import clock, outbox
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.insights.commands import withholding
from safety_partners.insights.commands.answering import hand_on
from safety_partners.insights.commands.rules import may_be_asked
from safety_partners.insights.models import Insight
from safety_partners.partners.commands.rules import said_by
from safety_partners.partners.models import Recorded
from safety_partners.people.models import Membership


@command(allow=policies.may_open_item)
def declare_interest(viewer: Viewer, item: Item, /, *, reason: str = "") -> Recusal:
    """Step back from an item oneself. The reason is told only if one wishes, and only to those who run the committee."""
    recorded = {"capture": Recorded.Capture.TYPED, "recorded_by_id": None, "is_read_back": False}
    recusal = _step_back(viewer, item, viewer.membership_id, reason=reason, recorded=recorded)
    _tell_runners(recusal, viewer)
    return recusal


@command(allow=policies.may_work_on_item, details=("capture",))
def record_interest(
    viewer: Viewer, item: Item, /, *, membership: Membership, capture: str, is_read_back: bool = False, reason: str = ""
) -> Recusal:
    """Write down that somebody invited steps back, as they said; they are told that it was written down."""
    if not Invitee.objects.filter(meeting_id=item.meeting_id, membership=membership).exists():
        raise NotPossible(_("Choose somebody who is invited to this meeting."), field="who")
    recorded = said_by(viewer, membership.pk, capture=capture, is_read_back=is_read_back)
    recusal = _step_back(viewer, item, membership.pk, reason=reason, recorded=recorded)
    if membership.pk != viewer.membership_id:
        outbox.put("committees/interest_recorded", to=membership, about=item.meeting, meeting=item.meeting)
    return recusal


@command(allow=policies.may_take_back_interest)
def take_back_interest(viewer: Viewer, recusal: Recusal, /) -> Recusal:
    """The interest is gone, or was none: the person takes part again and sees everything about the item."""
    if not Recusal.objects.in_force().filter(pk=recusal.pk).update(ended_at=clock.now()):
        raise Overtaken(_("This was taken back already."))
    recusal.refresh_from_db()
    withholding.show_again(insights_at(recusal.item), recusal.membership)
    if recusal.membership_id != viewer.membership_id:
        outbox.put("committees/interest_taken_back", to=recusal.membership, about=recusal.item.meeting, meeting=recusal.item.meeting)
    return recusal


@command(allow=policies.is_invited)
def declare_nothing(viewer: Viewer, invitee: Invitee, /) -> Invitee:
    """Say that one has looked through the agenda and has nothing to declare, beyond what one has stepped back from."""
    Invitee.objects.filter(pk=invitee.pk).update(declared_at=clock.now())
    invitee.refresh_from_db(fields=["declared_at"])
    return invitee


def withhold_from_recused(item: Item, insight: Insight) -> None:
    """Keep words that were placed at an item from whoever has stepped back from it. Call inside the command that places them."""
    people = Membership.objects.filter(pk__in=item.recusals.in_force().values("membership_id")).exclude(pk=insight.speaker_id)
    withholding.withhold([insight], people)


def who_answers(item: Item, insight: Insight) -> Membership | None:
    """The lead of the item or the chair of the committee, whoever may be asked and has not stepped back; else nobody by name."""
    away = set(Recusal.objects.in_force().filter(item=item).values_list("membership_id", flat=True))
    people = [person for person in (item.lead, item.committee.chair) if person is not None and person.pk not in away]
    return next((person for person in people if may_be_asked(person, insight)), None)


def insights_at(item: Item) -> Iterable[Insight]:
    """The words that were placed at an item."""
    return Insight.objects.filter(item_insight__item=item)


def _step_back(viewer: Viewer, item: Item, membership_id: int | None, *, reason: str, recorded: dict[str, object]) -> Recusal:
    if Recusal.objects.in_force().filter(item=item, membership_id=membership_id).exists():
        raise Overtaken(_("That is written down already."))
    recusal = Recusal.objects.create(item=item, membership_id=membership_id, reason=reason, **recorded)
    withholding.withhold(insights_at(item).exclude(speaker_id=membership_id), [recusal.membership])
    for insight in insights_at(item).filter(owner_id=membership_id).select_related("organisation", "speaker__user", "owner__user"):
        # Why stays with them.
        hand_on(viewer, insight, owner=who_answers(item, insight), reason=_("Someone else who works with the committee will answer this."))
    Invitee.objects.filter(meeting_id=item.meeting_id, membership_id=membership_id).update(declared_at=clock.now())
    return recusal


def _tell_runners(recusal: Recusal, viewer: Viewer) -> None:
    """The secretary and the chair, where they may know: without the reason, which stands on their page."""
    committee = recusal.item.committee
    for person in {one.pk: one for one in (committee.secretary, committee.chair)}.values():
        if person.ended_on is not None or person.pk == viewer.membership_id:
            continue
        if Recusal.objects.visible_to(viewer_of(person)).filter(pk=recusal.pk).exists():
            outbox.put("committees/stepped_back", to=person, about=recusal.item.meeting, meeting=recusal.item.meeting)
