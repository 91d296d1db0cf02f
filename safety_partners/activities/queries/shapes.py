"""What only some activities have: milestones, the part in training, the terms of a panel, the review or committee of the work."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from safety_partners.activities.models import Activity, Milestone, Offer, Panel, PanelArea, PanelQuestion, Settled, Shape, Training
from safety_partners.committees.models import Committee
from safety_partners.core.viewer import Viewer
from safety_partners.people.policies import is_lead
from safety_partners.reviews import policies as reviews
from safety_partners.reviews.models import Review, Reviewer

# So many to choose from: those asked last.
LISTED = 100


@dataclass(slots=True)
class Shaped:
    """What belongs to an activity of its shape; what it does not have stays empty."""

    milestones: list[Milestone] = field(default_factory=list)
    training: Training | None = None
    panel: Panel | None = None
    settled: int = 0
    not_asked: list[Offer] = field(default_factory=list)
    may_ask: bool = False

    @property
    def areas(self) -> int:
        """How many areas are to be settled for a panel."""
        return len(PanelArea)

    @property
    def is_settled(self) -> bool:
        return self.panel is not None and bool(self.panel.scoring) and self.settled == self.areas


def shape_of(viewer: Viewer, activity: Activity) -> Shaped:
    """At most one query, for which the activity came with its kind, its review with the document, and its committee."""
    found = Shaped()
    if activity.shape == Shape.PROJECT:
        found.milestones = list(Milestone.objects.visible_to(viewer).filter(activity=activity).order_by("due_on", "id"))
    elif activity.shape == Shape.TRAINING:
        found.training = Training.objects.visible_to(viewer).filter(activity=activity).first()
    elif activity.shape == Shape.PANEL:
        rows = Panel.objects.visible_to(viewer).filter(activity=activity).select_related("chair__user")
        found.panel = rows.annotate(n=Count("settled")).first()
        found.settled = found.panel.n if found.panel else 0
    elif activity.review is not None and reviews.may_look_after(viewer, activity.review):
        found.may_ask = activity.review.status == Review.Status.OPEN
        found.not_asked = list(not_asked(viewer, activity)) if found.may_ask else []
    return found


def not_asked(viewer: Viewer, activity: Activity) -> QuerySet[Offer]:
    """Partners who take part and were not asked for the review that belongs to the activity."""
    asked = Reviewer.objects.visible_to(viewer).filter(review_id=activity.review_id).values("membership_id")
    rows = Offer.objects.visible_to(viewer).taking_part().filter(activity=activity).exclude(partner__membership__in=asked)
    return rows.select_related("partner__membership__user").order_by("id")


@dataclass(frozen=True, slots=True)
class Area:
    """One of the ten areas of a panel, and what was settled."""

    value: str
    label: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class PanelPage:
    """The terms of a panel as they stand, and the questions that partners will ask."""

    panel: Panel | None
    areas: list[Area]
    questions: list[PanelQuestion]

    @property
    def left(self) -> int:
        """How many areas are open."""
        return sum(not area.words for area in self.areas)


def panel_page(viewer: Viewer, activity: Activity) -> PanelPage:
    """Three queries."""
    panel = Panel.objects.visible_to(viewer).filter(activity=activity).select_related("chair__user").first()
    words = dict(Settled.objects.visible_to(viewer).filter(panel=panel).values_list("area", "words")) if panel else {}
    rows = PanelQuestion.objects.visible_to(viewer).filter(offer__activity=activity, offer__status=Offer.Status.ACCEPTED)
    questions = rows.select_related("offer__partner__membership__user", "recorded_by__user").order_by("id")
    return PanelPage(panel, [Area(area.value, str(area.label), words.get(area.value, "")) for area in PanelArea], list(questions))


def reviews_to_choose(viewer: Viewer) -> list[tuple[str, str]]:
    """Reviews that this viewer looks after, the newest first."""
    rows = Review.objects.visible_to(viewer).with_document().order_by("-id")
    if not is_lead(viewer):
        rows = rows.filter(version__document__owner_id=viewer.membership_id)
    return [(row.code, f"{row.document.title} ({row.get_status_display()})") for row in rows[:LISTED]]


def committees_to_choose(viewer: Viewer) -> list[tuple[str, str]]:
    """Committees that meet, by name."""
    rows = Committee.objects.visible_to(viewer).meeting_still().order_by("name", "id")
    return list(rows.values_list("code", "name")[:LISTED])
