"""The agenda, who may open what of it, and who has stepped back from an item.

Who may see an item depends on its class; whoever has declared an interest in it finds its papers, minutes, decisions and what
others said about it nowhere, while nobody else is told why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.committees.models.committee import KEEP, READERS, Committee
from safety_partners.committees.models.meeting import WITH_MEETING, Invitee, Meeting
from safety_partners.core.models import ForViewers, Record
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.core.working_days import today
from safety_partners.partners.models import Agreement, Recorded
from safety_partners.people.models import Membership, Role

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer


class Classification(models.TextChoices):
    """Who may open something; after DOMAIN.md 2 G 71a."""

    OPEN = "open", _("Everyone who may see the meeting")
    INVITED = "invited", _("Only those invited to the meeting")
    RESTRICTED = "restricted", _("Only those invited; partners need a confidentiality agreement in date")


def runs_committee(viewer: Viewer, committee: str) -> Q:
    """The rows of committees that this viewer leads or keeps the papers of; ``committee`` is the way there from the row."""
    me = viewer.membership_id
    return Q(**{f"{committee}__secretary_id": me}) | Q(**{f"{committee}__chair_id": me})


def is_bound(viewer: Viewer) -> Exists:
    """Whether the viewer has signed a confidentiality agreement that is in date; asked once, whatever the number of rows."""
    own = Q(partner__membership_id=viewer.membership_id)
    signed = Agreement.objects.filter(own, kind=Agreement.Kind.CONFIDENTIALITY, status=Agreement.Status.SIGNED)
    return Exists(signed.filter(Q(renew_on__isnull=True) | Q(renew_on__gt=today())))


def may_open_class(viewer: Viewer, meeting: str, classification: str = "classification") -> Q:
    """The rows whose class this viewer may open; ``meeting`` is the way from the row to its meeting (``meeting``, ``item__meeting``)."""
    if Role.LEAD in viewer.roles:
        return Q(**{f"{meeting}__organisation_id": viewer.organisation_id})
    mine = Q(membership_id=viewer.membership_id)
    is_invited = Q(Exists(Invitee.objects.filter(mine, meeting=OuterRef(f"{meeting}_id"))))
    is_open = Q(**{classification: Classification.OPEN}) & (Q() if viewer.has_any_role(READERS) else is_invited)
    is_for_invited = Q(**{classification: Classification.INVITED}) & is_invited
    restricted = Q(**{classification: Classification.RESTRICTED}) & is_invited
    if not viewer.has_any_role(READERS):
        restricted &= Q(is_bound(viewer))
    in_class = is_open | is_for_invited | restricted | runs_committee(viewer, f"{meeting}__committee")
    return Q(**{f"{meeting}__organisation_id": viewer.organisation_id}) & in_class


def meetings_of(viewer: Viewer) -> QuerySet[Any]:
    """The ids of the meetings to which somebody is or was invited, or whose committee they run.

    Whoever is not a reader opens nothing of any other meeting. A list that starts from these reads a few meetings and not all.
    """
    invited = Invitee.objects.filter(Q(membership_id=viewer.membership_id)).values_list("meeting_id")
    return invited.union(Meeting.objects.filter(runs_committee(viewer, "committee")).values_list("pk"))


def near(viewer: Viewer, rows: ForViewers, meeting: str, **own: Any) -> Q:
    """A first and rough choice for whoever is not a reader: rows of their meetings, or their own. The classes judge what is left."""
    if viewer.has_any_role(READERS):
        return Q()
    mine = rows.filter(**{f"{meeting}__in": meetings_of(viewer)}).values_list("pk")
    return Q(pk__in=mine.union(rows.filter(**own).values_list("pk")) if own else mine)


class ItemQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> ItemQuerySet:
        """Its line on the agenda, by its class. What belongs to it is for :meth:`opened_to`."""
        return self.none() if viewer.membership_id is None else self.filter(may_open_class(viewer, "meeting"))

    def opened_to(self, viewer: Viewer) -> ItemQuerySet:
        """Those whose papers, minutes and words this viewer may see: not where they have stepped back."""
        return self.visible_to(viewer).not_stepped_back(viewer)

    def not_stepped_back(self, viewer: Viewer) -> ItemQuerySet:
        """Without those in which this viewer has declared an interest."""
        stepped_back = Recusal.objects.in_force().filter(item=OuterRef("pk"), membership_id=viewer.membership_id)
        return self.filter(~Exists(stepped_back))


class Item(Record):
    """One line of an agenda: what it is for, who leads it, what can still change, and for whom it is."""

    class Kind(models.TextChoices):
        DECIDE = "decide", _("To decide")
        DISCUSS = "discuss", _("To discuss")
        NOTE = "note", _("To note")

    code_prefix = "AGI"
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_MEETING,
        fields={
            "title": Class.WORK,
            "purpose": Class.WORK,
            "can_change": Class.WORK,
            "lead": Class.PERSONAL,
            "lead_name": Class.WORK,
        },
    )

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.DISCUSS)
    minutes_long = models.PositiveSmallIntegerField(null=True, blank=True)
    lead = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lead_name = models.CharField(max_length=200, blank=True)
    purpose = models.TextField(blank=True)
    can_change = models.TextField(blank=True)
    # The standing item in which partners are asked what they wish to raise.
    is_for_partners = models.BooleanField(default=False)
    classification = models.CharField(max_length=12, choices=Classification.choices, default=Classification.OPEN)
    turn = models.PositiveIntegerField(default=0)

    objects = ItemQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["meeting", "position"], name="item_in_order")]

    def get_absolute_url(self) -> str:
        return reverse("committees:item", args=[self.code])

    @property
    def organisation_id(self) -> int:
        return self.meeting.organisation_id

    @property
    def committee(self) -> Committee:
        return self.meeting.committee

    @property
    def history_root(self) -> Record:
        return self.meeting.committee


def item_opened_to(viewer: Viewer, item: str = "item_id") -> Exists:
    """Whether the viewer may open the item of a row, asked row by row: SQLite would gather every item there is for ``IN``."""
    return Exists(Item.objects.opened_to(viewer).filter(pk=OuterRef(item)))


class OfItem(ForViewers):
    """Rows that belong to an item, seen by whoever may open the item and has not stepped back from it."""

    def visible_to(self, viewer: Viewer) -> OfItem:
        return self.filter(near(viewer, self.model._default_manager.all(), "item__meeting"), item_opened_to(viewer))


class RecusalQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> RecusalQuerySet:
        """The person themselves, and those who run the committee; nobody else learns that there is one, or why."""
        rows = self.filter(item__meeting__organisation_id=viewer.organisation_id)
        if viewer.membership_id is None:
            return rows.none()
        own = Q(membership_id=viewer.membership_id)
        # Who runs the committee sees it only for an item they may open themselves.
        others = runs_committee(viewer, "item__meeting__committee") if Role.LEAD not in viewer.roles else Q()
        return rows.filter(own | (others & Q(item_opened_to(viewer))))

    def in_force(self) -> RecusalQuerySet:
        return self.filter(ended_at__isnull=True)


class Recusal(Recorded, Record):
    """Somebody has an interest in an item and stepped back from it: its papers and minutes are withheld from them alone."""

    code_prefix = "RCS"
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_MEETING,
        fields={
            "membership": Class.PERSONAL,
            "reason": Class.WORDS,
            "capture": Class.WORK,
            "recorded_by": Class.PERSONAL,
        },
    )

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="recusals")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    # In their own words, and only if they wish.
    reason = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    has_left = models.BooleanField(default=False)
    came_back = models.BooleanField(default=False)

    objects = RecusalQuerySet.as_manager()

    class Meta:
        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(fields=["item", "membership"], condition=Q(ended_at__isnull=True), name="recusal_once"),
            models.CheckConstraint(name="recusal_came_back_after_leaving", condition=Q(came_back=False) | Q(has_left=True)),
        ]
        indexes = [models.Index(fields=["membership", "item"], name="recusal_of_person", condition=Q(ended_at__isnull=True))]

    @property
    def history_root(self) -> Record:
        return self.item.meeting.committee
