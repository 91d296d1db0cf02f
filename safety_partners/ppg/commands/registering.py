"""The register: which practice has a group, who speaks for it, and whether it is active."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.insights import commands as insights
from safety_partners.partners.commands.rules import demand_staff
from safety_partners.people.models import Membership
from safety_partners.ppg import policies
from safety_partners.ppg.commands.rules import demand_chair, demand_gone_by, rewrite, tidy_ods_code
from safety_partners.ppg.commands.telling import tell, voice_of
from safety_partners.ppg.models import CollectiveView, Group

Status = Group.Status
MOVES = {Status.ACTIVE: "begin", Status.RESTING: "rest", Status.NONE: "end"}


@command(allow=policies.may_keep_register, details=("kind", "status"))
def add_group(
    viewer: Viewer,
    /,
    *,
    practice: str,
    name: str,
    chair: Membership | None = None,
    contact: Membership | None = None,
    status: str = Status.ACTIVE,
    **about: Any,
) -> Group:
    """Put a group into the register; or say, with status "none", that a practice has no active one. Chair and contact are told.

    ``about`` are the fields of :class:`Group` that describe it.
    """
    organisation_id = viewer.organisation_id or 0
    given = {"practice": practice, "name": name, "chair": chair, "contact": contact, **about}
    group = Group.objects.create(organisation_id=organisation_id, status=status, status_since=today(), **_checked(organisation_id, given))
    _tell_newcomers(viewer, group, None, None)
    return group


@command(allow=policies.looks_after, details=("kind",))
def change_group(
    viewer: Viewer,
    group: Group,
    /,
    *,
    practice: str,
    name: str,
    chair: Membership | None = None,
    contact: Membership | None = None,
    turn: int | None = None,
    **about: Any,
) -> Group:
    """Keep right what is written about a group. A new chair speaks for what the group said; both chairs are told.

    Only the lead changes who the chair is, because the chair reads what the group was told.
    """
    were = group.chair, group.contact
    if not policies.may_keep_register(viewer) and (chair, contact) != were:
        raise NotPossible(_("Ask the partner lead to change who speaks for the group, and who looks after it."), field="chair")
    given = {"practice": practice, "name": name, "chair": chair, "contact": contact, **about}
    rewrite(group, turn, **_checked(group.organisation_id, given, group))
    if chair is not None and chair != were[0]:
        for view in CollectiveView.objects.filter(group=group).select_related("insight"):
            insights.hand_on_voice(viewer, view.insight, to=chair)
    _tell_newcomers(viewer, group, *were)
    return group


def _checked(organisation_id: int, given: dict[str, Any], group: Group | None = None) -> dict[str, Any]:
    """What is kept of the answers. Raises ``NotPossible``."""
    practice, name = given["practice"].strip(), given["name"].strip()
    if not practice:
        raise NotPossible(_("Enter the name of the practice."), field="practice")
    if not name:
        raise NotPossible(_("Enter the name of the group."), field="name")
    others = Group.objects.filter(organisation_id=organisation_id, name__iexact=name)
    if others.exclude(pk=group.pk if group else None).exists():
        raise NotPossible(_("There is a group with this name already."), field="name")
    if group is None or given["chair"] != group.chair:
        demand_chair(given["chair"], organisation_id)
    if group is None or given["contact"] != group.contact:
        demand_staff(given["contact"], organisation_id, field="contact")
    months, agreed_on = given.get("interval_months"), given.get("interval_agreed_on")
    if (months is None) != (agreed_on is None):
        raise NotPossible(_("Say both: how often we come together, and when the group agreed to that."), field="interval_months")
    if agreed_on is not None:
        demand_gone_by(agreed_on, "interval_agreed_on")
    return given | {"practice": practice, "name": name, "ods_code": tidy_ods_code(given.get("ods_code", ""))}


def _tell_newcomers(viewer: Viewer, group: Group, chair: Membership | None, contact: Membership | None) -> None:
    if group.chair is not None and group.chair != chair:
        tell(viewer, [group.chair], "ppg/you_chair", group)
    if chair is not None and chair != group.chair and chair.ended_on is None:
        tell(viewer, [chair], "ppg/you_chaired", group)
    if group.contact is not None and group.contact != contact:
        tell(viewer, [group.contact], "ppg/you_look_after", group)


@command(allow=policies.looks_after, details=("status",))
def set_group_status(viewer: Viewer, group: Group, /, *, status: str, words: str, turn: int | None = None) -> Group:
    """Say honestly whether the group is active, rests, or is no more; the chair is told."""
    if not words.strip():
        raise NotPossible(_("Say how it came to this."), field="words")
    if status not in MOVES or status == group.status:
        raise NotPossible(_("Choose what is different now."), field="status")
    Group.lifecycle.move(group, MOVES[Status(status)], turn=turn, status_since=today(), status_words=words)
    tell(viewer, voice_of(group), "ppg/status_changed", group)
    return group
