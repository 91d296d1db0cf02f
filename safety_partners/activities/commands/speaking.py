"""What a partner says about an activity: in their own words, which enter the loop of insights and get an answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from safety_partners.activities import policies
from safety_partners.activities.models import Activity, ActivityInsight, Offer
from safety_partners.core import codes
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.insights import commands as insights
from safety_partners.insights.commands.rules import may_be_asked
from safety_partners.insights.commands.sharing import share_beside
from safety_partners.insights.models import Insight
from safety_partners.people.models import Membership

# Beside an activity nobody else reads a partner's words; they may open them to more people later.
VISIBILITIES = (Insight.Visibility.ANSWERERS, Insight.Visibility.LEAD)


@command(allow=policies.takes_part, details=("kind",))
def speak(viewer: Viewer, activity: Activity, /, *, words: str, kind: str, visibility: str) -> ActivityInsight:
    """Keep what a partner began to write about an activity. Nobody else sees it until they share it."""
    _demand_visibility(visibility)
    code = codes.new_code(ActivityInsight.code_prefix)
    insight = insights.begin_draft(viewer, words=words, kind=kind, visibility=visibility, **_place(activity, code))
    return ActivityInsight.objects.create(code=code, activity=activity, insight=insight)


@command(allow=policies.may_write_down_words, details=("kind", "capture"))
def record_spoken(
    viewer: Viewer, activity: Activity, /, *, speaker: Membership, words: str, kind: str, capture: str, is_read_back: bool, visibility: str
) -> ActivityInsight:
    """Write down what a partner said about an activity, to be read back to them and shared in their name."""
    _demand_visibility(visibility)
    if not Offer.objects.taking_part().filter(activity=activity, partner__membership=speaker).exists():
        raise NotPossible(_("Choose a partner who takes part."), field="speaker")
    code = codes.new_code(ActivityInsight.code_prefix)
    how = {"speaker": speaker, "capture": capture, "is_read_back": is_read_back}
    insight = insights.record_words(viewer, **how, words=words, kind=kind, visibility=visibility, **_place(activity, code))
    return ActivityInsight.objects.create(code=code, activity=activity, insight=insight)


def _demand_visibility(visibility: str) -> None:
    if visibility not in VISIBILITIES:
        raise NotPossible(_("Choose who may see the words."), field="visibility")


def _place(activity: Activity, code: str) -> dict[str, str]:
    """Where the words belong, as they keep it: the title only where what partners see of it is not restricted."""
    title = activity.kind.name if activity.data_seen == Activity.Data.RESTRICTED else f"{activity.kind.name}: {activity.title}"
    return {
        "about_label": title if len(title) <= 200 else f"{title[:199]}…",
        "about_path": reverse("activities:words", args=[code]),
    }


@command(allow=policies.may_edit_words)
def edit_spoken(viewer: Viewer, placed: ActivityInsight, /, **fields: Any) -> ActivityInsight:
    """Change a draft: its words, what it is, who may see it, or that it was read back."""
    _demand_visibility(fields.get("visibility", placed.insight.visibility))
    insights.edit_draft(viewer, placed.insight, **fields)
    return placed


@command(allow=policies.may_edit_words)
def delete_spoken(viewer: Viewer, placed: ActivityInsight, /) -> ActivityInsight:
    """Throw a draft away."""
    insights.delete_draft(viewer, placed.insight)
    return placed


@command(allow=policies.may_edit_words)
def share_spoken(
    viewer: Viewer, placed: ActivityInsight, /, *, turn: int, is_read_back: bool = False, pass_on_to: Iterable[str] = ()
) -> ActivityInsight:
    """Seal the words and send them to who promised to say what changed. Raises ``Overtaken`` if the draft is another one by now."""
    share_beside(viewer, placed.insight, turn=turn, is_read_back=is_read_back, owner=who_answers(placed), pass_on_to=pass_on_to)
    return placed


def who_answers(placed: ActivityInsight) -> Membership | None:
    """Whoever promised to say what changed, or who asked for partners, whoever may be asked; else nobody by name."""
    activity = placed.activity
    people = [person for person in (activity.feedback_by, activity.requester) if person is not None]
    return next((person for person in people if may_be_asked(person, placed.insight)), None)
