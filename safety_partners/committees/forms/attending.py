"""The attendance sheet: one question for each person, and one for each who stepped back from an item."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safety_partners.committees.models import Invitee, Recusal
from safety_partners.committees.queries.attending import Sheet
from safety_partners.design import fields
from safety_partners.design.forms import Renewed

# How it is said of somebody who stepped back: whether they left, and whether they came back afterwards.
STAYED, LEFT, CAME_BACK = "", "left", "came back"
GONE = [(STAYED, _("Not written down")), (CAME_BACK, _("Left the room, and came back")), (LEFT, _("Left the room, and did not come back"))]


class AttendanceForm(Renewed):
    """Everybody on one sheet; what it says already is chosen."""

    seen = fields.VersionField()

    def __init__(self, *args: Any, sheet: Sheet, **more: Any) -> None:
        super().__init__(*args, **more)
        self.sheet = sheet
        for invitee in sheet.invitees:
            self.fields[f"mark_{invitee.code}"] = self._mark(invitee)
            self.fields[f"note_{invitee.code}"] = fields.CharField(
                gettext("A note about %(name)s (optional)") % {"name": invitee.membership.name},
                hint=_("Such as “from 10.30”. It stands in the minutes."),
                required=False,
                max_length=200,
                initial=invitee.attended_note,
            )
        for recusal in sheet.stepped_back:
            self.fields[f"left_{recusal.code}"] = self._left(recusal)
        self.initial.setdefault("seen", sheet.state)

    @staticmethod
    def _mark(invitee: Invitee) -> fields.ChoiceField:
        return fields.ChoiceField(
            invitee.membership.name,
            hint=said_before(invitee),
            choices=[(value, label) for value, label in Invitee.Attendance.choices if value],
            inline=True,
            required=False,
            initial=invitee.attendance,
        )

    @staticmethod
    def _left(recusal: Recusal) -> fields.ChoiceField:
        return fields.ChoiceField(
            gettext("%(name)s, during “%(item)s”") % {"name": recusal.membership.name, "item": recusal.item.title},
            choices=GONE,
            required=False,
            initial=CAME_BACK if recusal.came_back else LEFT if recusal.has_left else STAYED,
        )

    def answers(self) -> dict[str, Any]:
        """What the command takes."""
        given = self.cleaned_data
        return {
            "marks": {one.code: (given[f"mark_{one.code}"], given[f"note_{one.code}"]) for one in self.sheet.invitees},
            "left": {
                one.code: (given[f"left_{one.code}"] != STAYED, given[f"left_{one.code}"] == CAME_BACK) for one in self.sheet.stepped_back
            },
            "seen": given["seen"],
        }


def said_before(invitee: Invitee) -> str:
    """What somebody is, and what they answered to the invitation."""
    said = [str(invitee.get_kind_display())]
    if invitee.reply:
        said.append(str(invitee.get_reply_display()))
    if invitee.how:
        said.append(str(invitee.get_how_display()))
    return ", ".join([said[0], *(one[:1].lower() + one[1:] for one in said[1:])])
