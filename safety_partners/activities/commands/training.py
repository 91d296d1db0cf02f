"""The part that partners have in training."""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext as _

from safety_partners.activities import policies
from safety_partners.activities.commands.offering import ask_again
from safety_partners.activities.commands.rules import demand_shape, demand_under_way, lock
from safety_partners.activities.models import Activity, Shape, Training
from safety_partners.core.command import command
from safety_partners.core.lifecycle import Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.partners.commands.rules import demand_words


@command(allow=policies.may_run, details=("part", "uses_story"))
def describe_training(
    viewer: Viewer,
    activity: Activity,
    /,
    *,
    audience: str,
    part: str,
    uses_story: bool,
    story_consent: str = "",
    debrief: str = "",
    turn: int = 0,
) -> Training:
    """Say who learns, what partners do, and where the consent for a story is kept; never the story.

    Whoever was offered something else is asked again.
    """
    demand_shape(activity, Shape.TRAINING)
    demand_under_way(lock(activity))
    demand_words(audience, _("Say who learns."), field="audience")
    if uses_story:
        sentence = _("A story is used only with the partner’s own consent for this. Say where that consent is kept.")
        demand_words(story_consent, sentence, field="story_consent")
    said = {"audience": audience, "part": part, "uses_story": uses_story, "debrief": debrief}
    said["story_consent"] = story_consent if uses_story else ""
    training, is_new = Training.objects.get_or_create(activity=activity, defaults={**said, "turn": 1})
    if not is_new:
        if not Training.objects.filter(pk=training.pk, turn=turn).update(turn=F("turn") + 1, **said):
            raise Overtaken
        training.refresh_from_db()
    ask_again(viewer, activity)
    return training
