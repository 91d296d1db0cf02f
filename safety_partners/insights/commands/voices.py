"""The voice of a group: what it says as one, through its chair; and a new chair, who speaks for it from then on."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.insights import policies
from safety_partners.insights.commands import rules
from safety_partners.insights.commands.publishing import ask_instead
from safety_partners.insights.models import Insight
from safety_partners.people.models import Membership, Role

Capture = Insight.Capture


@command(allow=policies.may_give_voice, details=("kind", "capture"))
def begin_group_draft(
    viewer: Viewer,
    /,
    *,
    speaker: Membership,
    group: str,
    words: str,
    kind: str,
    naming: str,
    capture: str = Capture.TYPED,
    is_read_back: bool = False,
    **about: Any,
) -> Insight:
    """Keep what a group says as one. Its chair types it, or somebody writes it down for the chair, who is told.

    ``group`` is the name under which the words stand wherever they are shown; ``about`` holds ``about_label`` and ``about_path``.
    """
    rules.demand_words(words, _("Write something first."), field="words")
    is_chair = speaker.organisation_id == viewer.organisation_id and speaker.ended_on is None
    if not (is_chair and speaker.grants.filter(role=Role.GROUP_CHAIR).exists()):
        raise NotPossible(_("This group needs a chair who has a place here, so that somebody can be told what came of it."))
    if naming not in {Insight.Naming.NAME, Insight.Naming.UNNAMED}:
        raise NotPossible(_("Choose how the group should be named."), field="naming")
    is_own = viewer.membership_id == speaker.pk
    if (capture == Capture.TYPED) != is_own or capture not in Capture.values:
        raise NotPossible(_("Say how the words reached you."), field="capture")
    return Insight.objects.create(
        organisation_id=viewer.organisation_id,
        voice=Insight.Voice.GROUP,
        voice_name=group,
        speaker=speaker,
        words=words,
        kind=kind,
        naming=naming,
        capture=capture,
        recorded_by_id=None if is_own else viewer.membership_id,
        is_read_back=is_read_back and not is_own,
        **about,
    )


@command(allow=policies.may_acknowledge)
def hand_on_voice(viewer: Viewer, insight: Insight, /, *, to: Membership) -> Insight:
    """Let the new chair of a group speak for what it said: they are told what comes of it, judge it, and agree what is published."""
    if insight.voice != Insight.Voice.GROUP:
        raise NotPossible(_("A partner’s words stay theirs."))
    before_id = insight.speaker_id
    Insight.objects.filter(pk=insight.pk).update(speaker=to)
    insight.speaker = to
    ask_instead(insight, before_id)
    return insight
