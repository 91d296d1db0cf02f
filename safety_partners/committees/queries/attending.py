"""The attendance sheet of one meeting: two queries."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, IntegerField, QuerySet, Value, When

from safety_partners.committees.models import Invitee, Meeting, Recusal
from safety_partners.core.viewer import Viewer

# Partners first: whether they were there is what this is about.
_KINDS = Case(
    *(When(kind=kind, then=Value(place)) for place, kind in enumerate((Invitee.Kind.PARTNER, Invitee.Kind.MEMBER))),
    default=Value(2),
    output_field=IntegerField(),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everybody invited, and who has stepped back from which item."""

    invitees: Sequence[Invitee]
    stepped_back: Sequence[Recusal]

    @property
    def state(self) -> int:
        """A number that is another one as soon as anything on the sheet is."""
        said = [f"{one.pk}:{one.attendance}:{one.attended_note}" for one in self.invitees]
        said += [f"{one.pk}:{one.has_left}:{one.came_back}" for one in self.stepped_back]
        return int(hashlib.sha256(",".join(sorted(said)).encode()).hexdigest()[:12], 16)


def attendance_sheet(viewer: Viewer, meeting: Meeting) -> Sheet:
    """The sheet as this viewer may see it: partners first, each kind by name."""
    invitees = Invitee.objects.visible_to(viewer).filter(meeting=meeting).select_related("membership__user")
    stepped_back = Recusal.objects.visible_to(viewer).in_force().filter(item__meeting=meeting).select_related("item", "membership__user")
    return Sheet(
        list(in_order_of_kind(invitees)),
        list(stepped_back.order_by("item__position", "membership__user__name_key", "pk")),
    )


def in_order_of_kind(rows: QuerySet[Invitee]) -> QuerySet[Invitee]:
    """Partners first, then members, then guests, each by name."""
    return rows.order_by(_KINDS, "membership__user__name_key", "pk")
