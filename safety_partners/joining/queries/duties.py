"""What waits for somebody on the way in: for the lead each next step, for readers what they were asked to read.

One query for any role: a UNION of arms, each kept short before they are joined.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, Count, F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf, TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _

from safety_partners.core import clock
from safety_partners.core.duty import NO_DAY, SHOWN, Duties, Duty, first_rows
from safety_partners.core.prepared import Prepared, joined
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import add_working_days, today
from safety_partners.joining.models import ChatRequest, Expression, Sift, Talk
from safety_partners.joining.policies import READERS
from safety_partners.people.policies import is_lead

# What an arm gives: its name, code, title, status, day, and how many have read it.
Row = tuple[str, str, str, str, dt.date | None, int]
Status = Expression.Status
# So long before the time is over for which we may keep it, the lead is asked to ask.
NOTICE = dt.timedelta(days=30)
READ, STEP, TALK, KEEP, CHAT = "read", "step", "talk", "keep", "chat"
_NONE = Value(0, IntegerField())


def duties(viewer: Viewer) -> Duties:
    """What to read; and for the lead who waits for what, and who would like to talk."""
    if viewer.membership_id is None:
        return Duties()
    shown, has_more = _oldest_of_each(_ROWS(viewer))
    found = Duties(sorted((_duty(row, viewer) for row in shown), key=lambda duty: (duty.due_on or dt.date.min, duty.path)))
    found.has_more = has_more
    return found


def _rows(viewer: Viewer) -> QuerySet[Any] | None:
    arms = [_to_read(viewer)]
    if is_lead(viewer):
        arms += [_next_steps(viewer), _talks(viewer), _running_out(viewer), _chats(viewer)]
    return joined(arms)


_ROWS = Prepared(_rows)


def _oldest_of_each(rows: Iterable[Any]) -> tuple[list[Row], bool]:
    """So many rows of each arm, the oldest first; and whether one of them has more."""
    arms: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: (row[4] or dt.date.min, row[1])):
        arms.setdefault(row[0], []).append(row)
    return [row for found in arms.values() for row in found[:SHOWN]], any(len(found) > SHOWN for found in arms.values())


def _duty(row: Row, viewer: Viewer) -> Duty:
    arm, code, title, status, due_on, done = row
    if arm == CHAT and due_on is not None:
        due_on = add_working_days(due_on, viewer.organisation.acknowledge_days)
    match arm:
        case "read":
            return Duty(_("Read what somebody told us, and say what you see"), title, reverse("joining:reading", args=[code]), due_on)
        case "chat":
            return Duty(_("Agree a time for a chat"), title, reverse("joining:chat", args=[code]), due_on)
        case "talk":
            return Duty(_("Note that you have talked"), title, reverse("joining:talk-held", args=[code]))
        case "keep":
            sentence = _("Ask if we may keep what they told us for longer, or it is deleted")
            return Duty(sentence, title, reverse("joining:expression-step", args=[code, "keep-longer"]), due_on)
        case _:
            return Duty(_sentence(Status(status), done), title, reverse("joining:expression", args=[code]), due_on)


def _sentence(status: Status, done: int) -> str:
    """What the lead does next with somebody who stands here."""
    if status == Status.SIFTING:
        return _("Ask the readers, or another one") if done < READERS else _("Decide: two people have read it")
    return {
        Status.RECEIVED: _("Tell them that you have read it"),
        Status.ACKNOWLEDGED: _("Offer a chat, or give it to readers"),
        Status.CHAT: _("Note how the chat went, or give it to readers"),
        Status.INVITED: _("Note that you have met"),
        Status.MET: _("Decide, and tell them"),
        Status.OFFERED: _("Ask if they have thought about the offer"),
        Status.CHECKING: _("Appoint them, when all is done"),
        Status.RESERVE: _("The time on the reserve list is over: talk to them"),
    }[status]


def _shaped(arm: str, rows: QuerySet[Any], oldest_by: Any, prefix: str = "", **columns: Any) -> QuerySet[Any]:
    """The oldest rows of an arm, one more than are shown, as the columns that all arms share."""
    shared = {
        "duty_arm": Value(arm, CharField()),
        "duty_code": F("code"),
        "duty_title": Coalesce(NullIf(f"{prefix}known_as", Value("")), F(f"{prefix}name")),
        "duty_status": F(f"{prefix}status"),
        "duty_due": NO_DAY,
        "duty_done": _NONE,
    }
    return first_rows(rows, oldest_by, "pk").annotate(**(shared | columns)).order_by().values_list(*shared)


def _to_read(viewer: Viewer) -> QuerySet[Any]:
    rows = Sift.objects.visible_to(viewer).filter(by_id=viewer.membership_id, done_at__isnull=True, expression__status=Status.SIFTING)
    return _shaped(READ, rows, "due_on", "expression__", duty_title=F("expression__advert__title"), duty_due=F("due_on"))


def _next_steps(viewer: Viewer) -> QuerySet[Any]:
    """Everybody to whom the lead owes the next step: what is promised first comes first."""
    rows = Expression.objects.visible_to(viewer).filter(status__in=Expression.OPEN)
    rows = rows.annotate(done=Count("sifts", filter=Q(sifts__done_at__isnull=False)))
    # While people read, talk or think about an offer, nobody waits for the lead before the day that was promised.
    with_others = Q(status__in=[Status.CHAT, Status.INVITED, Status.OFFERED]) | Q(status=Status.SIFTING, done__lt=READERS)
    rows = rows.exclude(with_others & Q(next_due_on__gte=today())).exclude(status=Status.RESERVE, reserve_until__gte=today())
    due = Coalesce("reserve_until", "next_due_on")
    done = Count("sifts", filter=Q(sifts__done_at__isnull=False))
    return _shaped(STEP, rows, due, duty_due=due, duty_done=done)


def _talks(viewer: Viewer) -> QuerySet[Any]:
    """Talks whose time has passed and of which nobody noted that they were held."""
    rows = Talk.objects.visible_to(viewer).filter(held_on=None, planned_at__lt=clock.now(), expression__status__in=Expression.OPEN)
    return _shaped(TALK, rows, "planned_at", "expression__", duty_due=TruncDate("planned_at", tzinfo=clock.LONDON))


def _running_out(viewer: Viewer) -> QuerySet[Any]:
    """Those who still wait, and for whom the time runs out for which we may keep what they told us."""
    rows = Expression.objects.visible_to(viewer).filter(status__in=Expression.OPEN, keep_until__lte=today() + NOTICE, held_because="")
    return _shaped(KEEP, rows, "keep_until", duty_due=F("keep_until"))


def _chats(viewer: Viewer) -> QuerySet[Any]:
    """Whom the lead has promised to reach: by so many working days after they asked."""
    rows = ChatRequest.objects.visible_to(viewer).filter(status=ChatRequest.Status.ASKED)
    return _shaped(CHAT, rows, "made_at", duty_title=F("name"), duty_due=TruncDate("made_at", tzinfo=clock.LONDON))
