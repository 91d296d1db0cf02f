"""What a meeting decided on an item: written down, put right, taken out, until the minutes are agreed."""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext as _

from safety_partners.committees import policies
from safety_partners.committees.commands.minuting import demand_open
from safety_partners.committees.models import Decision, Item
from safety_partners.core import text_search
from safety_partners.core.command import command
from safety_partners.core.lifecycle import Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.partners.commands.rules import demand_words


@command(allow=policies.may_work_on_item)
def add_decision(viewer: Viewer, item: Item, /, *, words: str) -> Decision:
    """Write down what was decided, so that it can be found again."""
    _demand(words)
    demand_open(item.meeting)
    decision = Decision.objects.create(organisation_id=item.organisation_id, item=item, words=words, by_id=viewer.membership_id)
    text_search.index(decision, words, organisation_id=item.organisation_id)
    return decision


@command(allow=policies.may_work_on_item)
def correct_decision(viewer: Viewer, decision: Decision, /, *, words: str, turn: int) -> Decision:
    """Put the words of a decision right. Raises ``Overtaken`` if somebody else did so, or took it out, meanwhile."""
    _demand(words)
    demand_open(decision.item.meeting)
    if not Decision.objects.filter(pk=decision.pk, turn=turn).update(words=words, turn=F("turn") + 1):
        raise Overtaken
    decision.refresh_from_db(fields=["words", "turn"])
    text_search.index(decision, words, organisation_id=decision.organisation_id)
    return decision


@command(allow=policies.may_work_on_item)
def take_out_decision(viewer: Viewer, decision: Decision, /) -> Decision:
    """Take out what was not decided after all."""
    demand_open(decision.item.meeting)
    text_search.forget(decision)
    number = decision.pk
    deleted, _rows = Decision.objects.filter(pk=number).delete()
    if not deleted:
        raise Overtaken
    return decision


def _demand(words: str) -> None:
    demand_words(words, _("Say what was decided."), field="words")
