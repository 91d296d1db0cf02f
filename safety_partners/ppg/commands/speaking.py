"""What a group says as one, and beside it what a minority thinks: both sealed when they are shared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from safety_partners.core import codes
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.seals import seal
from safety_partners.core.viewer import Viewer
from safety_partners.insights import commands as insights
from safety_partners.insights.commands.sharing import share_beside
from safety_partners.insights.models import Insight
from safety_partners.ppg import policies
from safety_partners.ppg.commands.rules import demand_active
from safety_partners.ppg.models import CollectiveView, Group, GroupMeeting

Capture = Insight.Capture


@command(allow=policies.may_work_with, details=("kind", "capture"))
def begin_view(
    viewer: Viewer,
    group: Group,
    /,
    *,
    words: str,
    kind: str,
    naming: str,
    gathered: str,
    people_count: int,
    minority: str = "",
    meeting: GroupMeeting | None = None,
    capture: str = Capture.TYPED,
) -> CollectiveView:
    """Keep what a group begins to say. Its chair types it, or somebody who looks after the group writes it down."""
    demand_active(group)
    if group.chair is None:
        raise NotPossible(_("This group needs a chair who has a place here, so that somebody can be told what came of it."))
    _demand(group, people_count, meeting)
    code = codes.new_code(CollectiveView.code_prefix)
    about = {"about_label": group.name, "about_path": reverse("ppg:view", args=[code])}
    insight = insights.begin_group_draft(
        viewer, speaker=group.chair, group=group.name, words=words, kind=kind, naming=naming, capture=capture, **about
    )
    return CollectiveView.objects.create(
        code=code, group=group, insight=insight, words=minority, gathered=gathered, people_count=people_count, meeting=meeting
    )


@command(allow=policies.may_edit_view)
def edit_view(
    viewer: Viewer,
    view: CollectiveView,
    /,
    *,
    gathered: str,
    people_count: int,
    minority: str = "",
    meeting: GroupMeeting | None = None,
    **fields: Any,
) -> CollectiveView:
    """Go on with a draft. Raises ``Overtaken`` if it was shared in the meantime; changed words count as not read back."""
    _demand(view.group, people_count, meeting)
    if view.insight.recorded_by_id and minority != view.words:
        fields.setdefault("is_read_back", False)
    insights.edit_draft(viewer, view.insight, **fields)
    view.words, view.gathered, view.people_count, view.meeting = minority, gathered, people_count, meeting
    view.save(update_fields=["words", "gathered", "people_count", "meeting"])
    return view


@command(allow=policies.may_edit_view)
def delete_view(viewer: Viewer, view: CollectiveView, /) -> CollectiveView:
    """Throw a draft away."""
    number = view.pk
    insights.delete_draft(viewer, view.insight)
    view.pk = number
    return view


@command(allow=policies.may_edit_view, details=("checksum",))
def share_view(
    viewer: Viewer, view: CollectiveView, /, *, turn: int, is_read_back: bool = False, pass_on_to: Iterable[str] = ()
) -> CollectiveView:
    """Seal the words of the group and those of the minority, and start the organisation's clock.

    Raises ``Overtaken`` if the draft was changed since it was looked at (``turn``).
    """
    share_beside(viewer, view.insight, turn=turn, is_read_back=is_read_back, pass_on_to=pass_on_to)
    view.refresh_from_db(from_queryset=CollectiveView.objects.select_for_update())
    view.checksum = seal(view.words) if view.words else ""
    view.save(update_fields=["checksum"])
    return view


def forget_minority(insight: Insight) -> None:
    """When a group withdraws what it said, the words of the minority go with them; their seal stays."""
    CollectiveView.objects.filter(insight=insight).update(words="")


def _demand(group: Group, people_count: int, meeting: GroupMeeting | None) -> None:
    if people_count < 1:
        raise NotPossible(_("Say how many people had a part in it."), field="people_count")
    if meeting is not None and meeting.group_id != group.pk:
        raise NotPossible(_("Choose a meeting of this group."), field="meeting")
