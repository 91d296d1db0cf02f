"""The terms of an interview panel, settled before anybody is asked. Nothing here is about a candidate (DOMAIN.md 7, trap 22)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db.models import F
from django.utils.translation import gettext as _

from safety_partners.activities import policies
from safety_partners.activities.commands.offering import ask_again
from safety_partners.activities.commands.rules import demand_shape, demand_under_way, lock
from safety_partners.activities.commands.takers import tell_takers
from safety_partners.activities.models import Activity, Offer, Panel, PanelArea, PanelQuestion, Settled, Shape
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.partners.commands.rules import demand_staff, demand_words, said
from safety_partners.people.models import Membership


@command(allow=policies.may_run, details=("scoring",))
def describe_panel(
    viewer: Viewer,
    activity: Activity,
    /,
    *,
    post: str,
    chair: Membership,
    band: str = "",
    vacancy_reference: str = "",
    scoring: str = "",
    scores_kept: str = "",
    trained_on: dt.date | None = None,
    shadowing_on: dt.date | None = None,
    turn: int = 0,
) -> Panel:
    """Say which post it is for, who chairs, whether the partner scores, and where scores are kept instead of here.

    Whoever was offered something else is asked again.
    """
    demand_shape(activity, Shape.PANEL)
    demand_under_way(lock(activity))
    demand_words(post, _("Say which post it is for."), field="post")
    demand_staff(chair, activity.organisation_id, field="chair")
    terms = {"post": post, "chair": chair, "band": band, "vacancy_reference": vacancy_reference, "scoring": scoring}
    terms |= {"scores_kept": scores_kept, "trained_on": trained_on, "shadowing_on": shadowing_on}
    panel, is_new = Panel.objects.get_or_create(activity=activity, defaults={**terms, "turn": 1})
    if not is_new:
        _change(panel, turn, **terms)
        panel.refresh_from_db()
    if not scoring and _is_offered(activity):
        raise NotPossible(_("Partners were asked already. Say whether they score."), field="scoring")
    ask_again(viewer, activity)
    return panel


@command(allow=policies.may_run)
def settle_areas(viewer: Viewer, panel: Panel, /, *, words: Mapping[str, str], turn: int | None = None) -> Panel:
    """Keep what was settled for some or all of the ten areas; an empty one is open again, unless somebody was already asked."""
    activity = lock(panel.activity)
    demand_under_way(activity)
    known = {area: text for area, text in words.items() if area in PanelArea.values}
    empty = [area for area, text in known.items() if not text.strip()]
    if empty and _is_offered(activity):
        raise NotPossible(_("Partners were asked on these terms. Say what holds now."), field=empty[0])
    _change(panel, turn)
    Settled.objects.filter(panel=panel, area__in=empty).delete()
    for area in PanelArea.values:
        if area in known and area not in empty:
            Settled.objects.update_or_create(panel=panel, area=area, defaults={"words": known[area]})
    panel.refresh_from_db()
    ask_again(viewer, activity)
    return panel


@command(allow=policies.may_run, details=("ended",))
def tell_how_panel_ended(viewer: Viewer, panel: Panel, /, *, ended: str, turn: int | None = None) -> Panel:
    """Tell the partners how it ended: one of three sentences, so that not a word is on single people."""
    if ended not in Panel.Ended.values:
        raise NotPossible(_("Say how it ended."), field="ended")
    if panel.told_outcome_on is not None:
        raise Overtaken(_("The partners were told already."))
    _change(panel, turn, ended=ended, told_outcome_on=today())
    panel.refresh_from_db()
    tell_takers(viewer, panel.activity, "activities/panel_ended", panel=panel)
    return panel


@command(allow=policies.may_answer)
def set_own_question(
    viewer: Viewer, offer: Offer, /, *, words: str, capture: str = "typed", is_read_back: bool = False, turn: int = 0
) -> Offer:
    """Keep the question that a partner will ask, in their own words; empty takes it away."""
    demand_shape(offer.activity, Shape.PANEL)
    if not Offer.objects.taking_part().filter(pk=offer.pk).exists():
        raise Overtaken(_("They do not take part any more."))
    how = said(viewer, offer.partner, capture=capture, is_read_back=is_read_back)
    kept = PanelQuestion.objects.select_for_update().filter(offer=offer).first()
    if (kept.turn if kept else 0) != turn:
        raise Overtaken
    if not words.strip():
        if kept:
            kept.delete()
    elif kept is None:
        PanelQuestion.objects.create(offer=offer, words=words, turn=1, **how)
    else:
        PanelQuestion.objects.filter(pk=kept.pk).update(words=words, turn=F("turn") + 1, **how)
    return offer


def _change(panel: Panel, turn: int | None, **fields: object) -> None:
    rows = Panel.objects.filter(pk=panel.pk)
    rows = rows if turn is None else rows.filter(turn=turn)
    if not rows.update(turn=F("turn") + 1, **fields):
        raise Overtaken


def _is_offered(activity: Activity) -> bool:
    asked = (Offer.Status.OFFERED, Offer.Status.ACCEPTED, Offer.Status.RESERVE)
    return Offer.objects.filter(activity=activity, status__in=asked).exists()
