"""What a partner says about an item: in their own words, which enter the loop of insights and get an answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from safety_partners.committees import policies
from safety_partners.committees.commands.minuting import demand_open
from safety_partners.committees.commands.recusing import who_answers, withhold_from_recused
from safety_partners.committees.models import Classification, Invitee, Item, ItemInsight, Recusal
from safety_partners.core import codes
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.design import dates
from safety_partners.insights import commands as insights
from safety_partners.insights.commands.sharing import share_beside
from safety_partners.insights.models import Insight
from safety_partners.people.models import Membership

Quoted = ItemInsight.Quoted
# Beside an item nobody else reads a partner's words; they may open them to more people later.
VISIBILITIES = (Insight.Visibility.ANSWERERS, Insight.Visibility.LEAD)


@command(allow=policies.may_speak_at, details=("kind",))
def speak(viewer: Viewer, item: Item, /, *, words: str, kind: str, visibility: str, quoted: str = Quoted.NO) -> ItemInsight:
    """Keep what a partner began to write about an item. Nobody else sees it until they share it."""
    _demand_choices(visibility, quoted)
    code = codes.new_code(ItemInsight.code_prefix)
    insight = insights.begin_draft(viewer, words=words, kind=kind, visibility=visibility, **_place(item, code))
    return _placed(item, insight, code, quoted)


@command(allow=policies.may_work_on_item, details=("kind", "capture"))
def record_spoken(
    viewer: Viewer,
    item: Item,
    /,
    *,
    speaker: Membership,
    words: str,
    kind: str,
    capture: str,
    is_read_back: bool,
    visibility: str,
    quoted: str = Quoted.NO,
) -> ItemInsight:
    """Write down what a partner said about an item, to be read back to them and shared in their name."""
    _demand_choices(visibility, quoted)
    is_invited = Invitee.objects.filter(meeting=item.meeting_id, membership=speaker).exists()
    if not is_invited or Recusal.objects.in_force().filter(item=item, membership=speaker).exists():
        raise NotPossible(_("Choose a partner who is invited and has not stepped back from this item."), field="speaker")
    code = codes.new_code(ItemInsight.code_prefix)
    how = {"speaker": speaker, "capture": capture, "is_read_back": is_read_back}
    insight = insights.record_words(viewer, **how, words=words, kind=kind, visibility=visibility, **_place(item, code))
    return _placed(item, insight, code, quoted)


def _demand_choices(visibility: str, quoted: str) -> None:
    if visibility not in VISIBILITIES:
        raise NotPossible(_("Choose who may see the words."), field="visibility")
    if quoted not in Quoted.values:
        raise NotPossible(_("Choose if the minutes may quote the words."), field="quoted")


def _place(item: Item, code: str) -> dict[str, str]:
    """Where the words belong, as they keep it: the title of an item only where everybody may read it."""
    said = {"committee": item.committee.name, "day": dates.day(item.meeting.day), "item": item.title}
    if item.classification == Classification.OPEN:
        label = _("%(committee)s, %(day)s: %(item)s") % said
    else:
        label = _("%(committee)s, %(day)s: an item of the agenda") % said
    return {
        "about_label": label if len(label) <= 200 else f"{label[:199]}…",
        "about_path": reverse("committees:words", args=[code]),
    }


def _placed(item: Item, insight: Insight, code: str, quoted: str) -> ItemInsight:
    placed = ItemInsight.objects.create(code=code, item=item, insight=insight, quoted=quoted)
    withhold_from_recused(item, insight)
    return placed


@command(allow=policies.may_edit_words)
def edit_spoken(viewer: Viewer, placed: ItemInsight, /, *, quoted: str, **fields: Any) -> ItemInsight:
    """Change a draft: its words, what it is, who may see it, whether the minutes may quote it, or that it was read back."""
    _demand_choices(fields.get("visibility", placed.insight.visibility), quoted)
    insights.edit_draft(viewer, placed.insight, **fields)
    ItemInsight.objects.filter(pk=placed.pk).update(quoted=quoted)
    placed.quoted = quoted
    return placed


@command(allow=policies.may_edit_words)
def delete_spoken(viewer: Viewer, placed: ItemInsight, /) -> ItemInsight:
    """Throw a draft away."""
    insights.delete_draft(viewer, placed.insight)
    return placed


@command(allow=policies.may_edit_words)
def share_spoken(
    viewer: Viewer, placed: ItemInsight, /, *, turn: int, is_read_back: bool = False, pass_on_to: Iterable[str] = ()
) -> ItemInsight:
    """Seal the words and send them to whoever answers for the item: its lead, or the chair of the committee.

    Raises ``NotPossible`` where the minutes should quote them but are agreed already, ``Overtaken`` if the draft was
    changed since it was looked at (``turn``).
    """
    insight, item = placed.insight, placed.item
    if placed.quoted != Quoted.NO:
        demand_open(item.meeting)
    withhold_from_recused(item, insight)
    owner = who_answers(item, insight)
    share_beside(viewer, insight, turn=turn, is_read_back=is_read_back, owner=owner, pass_on_to=pass_on_to)
    return placed
