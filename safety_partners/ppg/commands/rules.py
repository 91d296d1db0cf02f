"""Rules that several commands of groups share."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.db.models import F, Model
from django.utils.translation import gettext as _

from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.working_days import today
from safety_partners.insights.models import Insight
from safety_partners.people.models import Membership, Role
from safety_partners.ppg.models import CollectiveView, Group

# A practice in the Organisation Data Service: one letter and five digits.
ODS_CODE = re.compile(r"[A-Z][0-9]{5}")


def tidy_ods_code(typed: str) -> str:
    """The code as it is kept. Raises ``NotPossible`` for what cannot be one."""
    code = "".join(typed.split()).upper()
    if code and not ODS_CODE.fullmatch(code):
        raise NotPossible(_("A practice code is a letter and five digits, such as B82001."), field="ods_code")
    return code


def demand_chair(person: Membership | None, organisation_id: int) -> None:
    """Raise ``NotPossible`` unless there is nobody, or somebody who is the chair of a group here."""
    if person is None:
        return
    is_current = person.organisation_id == organisation_id and person.ended_on is None
    if not (is_current and person.grants.filter(role=Role.GROUP_CHAIR).exists()):
        raise NotPossible(_("Choose somebody who is the chair of a group here."), field="chair")


def demand_to_come(day: dt.date, field: str) -> None:
    """Raise ``NotPossible`` for a day gone by."""
    if day < today():
        raise NotPossible(_("The day must be today or later."), field=field)


def demand_gone_by(day: dt.date, field: str) -> None:
    """Raise ``NotPossible`` for a day to come."""
    if day > today():
        raise NotPossible(_("The day must be today or earlier."), field=field)


def demand_active(group: Group) -> None:
    """Raise ``NotPossible`` where there is no group that could be asked."""
    if Group.objects.filter(pk=group.pk, status=Group.Status.NONE).exists():
        raise NotPossible(_("There is no active group at this practice."))


def demand_said(view: CollectiveView | None, group: Group) -> None:
    """Raise ``NotPossible`` unless there is no view, or it is one that this group said and still says."""
    gone = {Insight.Status.DRAFT, Insight.Status.WITHDRAWN}
    if view is not None and (view.group_id != group.pk or view.insight.status in gone):
        raise NotPossible(_("Choose something that this group said."), field="view")


def rewrite(record: Model, turn: int | None, **fields: Any) -> None:
    """Write what stands in a record that has not moved since ``turn``. Raises ``Overtaken``."""
    rows = type(record)._base_manager.filter(pk=record.pk)
    if turn is not None:
        rows = rows.filter(turn=turn)
    if not rows.update(turn=F("turn") + 1, **fields):
        raise Overtaken
    record.refresh_from_db(fields=["turn"])
    for name, value in fields.items():
        setattr(record, name, value)
