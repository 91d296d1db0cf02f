"""What joining does by the clock: adverts close on their day; what was begun or asked for long ago is forgotten."""

from __future__ import annotations

from contextlib import suppress

from safety_partners.core import clock
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.schedule import nightly
from safety_partners.core.viewer import system_viewer
from safety_partners.core.working_days import today
from safety_partners.joining import commands
from safety_partners.joining.commands.forgetting import may_be_forgotten
from safety_partners.joining.models import Advert, ChatRequest, Draft, Expression
from safety_partners.people.models import Organisation


@nightly("10 0 * * *")
def close_adverts() -> int:
    """Close every advert whose closing day was yesterday or before; returns how many."""
    count = 0
    for advert in Advert.objects.filter(status=Advert.Status.OPEN, closes_on__lt=today()).iterator():
        # The lead who closed it a moment ago was quicker.
        with suppress(Overtaken):
            commands.close_advert_on_its_day(system_viewer(advert.organisation_id), advert)
            count += 1
    return count


@nightly("40 2 * * *")
def forget_what_was_begun() -> int:
    """Delete old drafts and old requests for a chat, where there are any; returns in how many organisations."""
    drafts = Draft.objects.filter(changed_at__lt=clock.now() - commands.DRAFT_KEPT)
    chats = ChatRequest.objects.filter(made_at__lt=clock.now() - commands.CHAT_KEPT)
    ids = {*drafts.values_list("organisation_id", flat=True), *chats.values_list("organisation_id", flat=True)}
    for organisation in Organisation.objects.filter(pk__in=ids):
        viewer = system_viewer(organisation.pk)
        commands.forget_old_drafts(viewer, organisation)
        commands.forget_old_chats(viewer, organisation)
    return len(ids)


@nightly("50 2 * * *")
def forget_what_was_told() -> int:
    """Take away what people told us when the time they agreed to is over; the numbers stay. Returns how many."""
    count = 0
    for expression in Expression.objects.filter(may_be_forgotten()).select_related("organisation").iterator():
        # The lead wrote down a later day, or holds it, a moment ago.
        with suppress(Overtaken, NotPossible):
            commands.forget_when_due(system_viewer(expression.organisation_id), expression)
            count += 1
    return count


@nightly("20 5 * * *")
def tell_of_reserves() -> int:
    """Tell the leads, once for each, that the day has passed until which somebody waits on the reserve list; returns how many."""
    count = 0
    over = Expression.objects.filter(status=Expression.Status.RESERVE, reserve_until__lt=today(), next_due_on__isnull=False)
    for expression in over.select_related("advert", "organisation").iterator():
        with suppress(Overtaken):
            commands.end_reserve(system_viewer(expression.organisation_id), expression)
            count += 1
    return count
