"""“What you will be offered”: headings and words, as a partner reads them before they say yes, and as they are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safety_partners.activities.models import Activity, Offer, Panel, PanelArea, Session, Settled, Shape, Training
from safety_partners.design import dates

Terms = list[list[str]]


@dataclass(frozen=True, slots=True)
class Arranged:
    """What is arranged for an activity beside its own words: its days, the terms of its panel, the part in its training."""

    days: list[Session]
    panel: Panel | None = None
    settled: list[Settled] = field(default_factory=list)
    training: Training | None = None

    @property
    def open_areas(self) -> int:
        """How many of the ten areas of a panel nobody has settled."""
        return len(PanelArea) - len(self.settled)


def arranged_for(activity: Activity) -> Arranged:
    """Two queries; a third for a panel of which nothing is settled."""
    days = list(activity.sessions.planned().order_by("starts_at", "id"))
    if activity.shape == Shape.TRAINING:
        return Arranged(days, training=Training.objects.filter(activity=activity).first())
    if activity.shape != Shape.PANEL:
        return Arranged(days)
    settled = list(Settled.objects.filter(panel__activity=activity).select_related("panel").order_by("pk"))
    panel = settled[0].panel if settled else Panel.objects.filter(activity=activity).first()
    return Arranged(days, panel=panel, settled=settled)


def terms_for(activity: Activity, language: str = "", arranged: Arranged | None = None) -> Terms:
    """What is offered now, in a partner's language; the days planned so far stand last. Asks for what is arranged if it is not given."""
    arranged = arranged or arranged_for(activity)
    with translation.override(language or translation.get_language()):
        pairs = [
            *_what(activity),
            *_when(activity),
            *_of_panel(arranged),
            *_of_training(arranged),
            *_care(activity),
            *_afterwards(activity),
        ]
        days = [line_of(one) for one in arranged.days]
        planned = [_("Days planned so far"), "\n".join(days) or _("No day is planned yet. You are told as soon as one is.")]
        return [[str(heading), str(words)] for heading, words in pairs if words] + [planned]


def is_as_offered(offer: Offer) -> bool:
    """Say whether what is offered now is still what was written down; days that were planned since are no other offer."""
    now: Terms = terms_for(offer.activity, offer.partner.membership.language)
    kept: Terms = offer.snapshot
    return kept[:-1] == now[:-1]


def changed_since(offer: Offer, now: Terms) -> Terms:
    """The headings whose words are others now, with the words of now; a day that was only planned is none of them."""
    before = dict(offer.snapshot)
    return [pair for pair in now[:-1] if before.get(pair[0]) != pair[1]]


def line_of(session: Session) -> str:
    """``Tuesday 3 March 2026, 10am to midday, Room 2``."""
    said = {"day": dates.weekday(session.starts_at), "start": dates.clock(session.starts_at), "end": dates.clock(session.ends_at)}
    line = _("%(day)s, %(start)s to %(end)s") % said
    return ", ".join(part for part in (line, session.title, session.place) if part)


def _hours(hours: Decimal | None) -> str:
    if hours is None:
        return ""
    said = number_format(Decimal(hours).normalize(), use_l10n=True) if Decimal(hours) % 1 else str(int(hours))
    return ngettext("About %(n)s hour", "About %(n)s hours", 1 if Decimal(hours) == 1 else 2) % {"n": said}


def _what(activity: Activity) -> Iterator[tuple[str, str]]:
    yield _("What it is"), f"{activity.kind.name}: {activity.title}"
    yield _("What it is for"), activity.purpose
    if activity.task is not None:
        yield _("What you would do"), activity.task.what
    yield _("What can still change"), activity.can_change
    yield _("How far it is"), activity.get_stage_display()
    yield _("Who decides in the end"), activity.decided_by


def _when(activity: Activity) -> Iterator[tuple[str, str]]:
    if activity.starts_on is None:
        when = _("Not settled yet")
    elif activity.ends_on is None or activity.ends_on == activity.starts_on:
        when = dates.weekday(activity.starts_on)
    else:
        when = _("%(first)s to %(last)s") % {"first": dates.day(activity.starts_on), "last": dates.day(activity.ends_on)}
    yield _("When"), when
    yield _("Where"), activity.place
    yield _("How long"), _hours(activity.hours)
    yield _("Getting ready"), "\n".join(part for part in (_hours(activity.preparation_hours), activity.preparation) if part)


def _of_panel(arranged: Arranged) -> Iterator[tuple[str, str]]:
    """What was settled for an interview panel, above all the right to score."""
    if arranged.panel is None:
        return
    yield _("Your part in scoring"), arranged.panel.get_scoring_display()
    for settled in arranged.settled:
        yield str(settled.get_area_display()), settled.words


def _of_training(arranged: Arranged) -> Iterator[tuple[str, str]]:
    """Who learns, and what partners do; where a consent is kept is nothing for a letter."""
    training = arranged.training
    if training is None:
        return
    yield _("Who learns"), training.audience
    yield _("Your part in it"), training.get_part_display()
    if training.uses_story:
        yield _("A story"), _("A partner tells of something from their own life, because they want to. Nobody else has to.")
    yield _("Afterwards"), training.debrief


def _care(activity: Activity) -> Iterator[tuple[str, str]]:
    alone = activity.why_alone if activity.partners_wanted == 1 else ""
    how_many = ngettext("%(n)s partner", "%(n)s partners", activity.partners_wanted) % {"n": activity.partners_wanted}
    yield _("How many partners"), "\n".join(part for part in (how_many, alone) if part)
    yield _("Payment and expenses"), activity.payment
    yield _("Support"), activity.support
    yield _("Access"), activity.access
    yield _("What you will see about people"), activity.get_data_seen_display()
    yield _("What may be upsetting"), activity.distress or _("Nothing that we know of")


def _afterwards(activity: Activity) -> Iterator[tuple[str, str]]:
    if activity.feedback_on is not None:
        yield (
            _("What you hear afterwards"),
            _("By %(day)s you are told what changed, or why nothing did.") % {"day": dates.weekday(activity.feedback_on)},
        )
