"""Reading and meeting: one view for each reader, given alone, and the talks with somebody who is interested."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.core.models import ForViewers, Record
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.joining.models.advert import Criterion
from safety_partners.joining.models.expression import Expression
from safety_partners.people.models import Membership, Role

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer

KEEP = _("as long as the person agreed to, then the words go and what was found stays without a name")


class OfExpression(ForViewers):
    """What belongs to an expression of interest."""

    def visible_to(self, viewer: Viewer) -> OfExpression:
        return self.filter(expression__in=Expression.objects.visible_to(viewer))


class SiftQuerySet(ForViewers):
    """Readers' views."""

    def visible_to(self, viewer: Viewer) -> SiftQuerySet:
        """One's own; those of others when one's own is given, so that nobody reads with somebody else's eyes. Also for a lead."""
        if viewer.membership_id is None:
            return self.none()
        own = Q(by_id=viewer.membership_id)
        mine = Sift.objects.filter(own)
        here = self.filter(expression__organisation_id=viewer.organisation_id)
        if Role.LEAD in viewer.roles:
            unread = mine.filter(done_at__isnull=True, expression__status=Expression.Status.SIFTING)
            return here.filter(own | ~Q(expression_id__in=unread.values("expression_id")))
        read = mine.filter(done_at__isnull=False).values("expression_id")
        return here.filter(own | Q(expression_id__in=read, done_at__isnull=False))


class Sift(Record):
    """One reader's view of one expression of interest: made alone, seen by other readers only when theirs is made too."""

    class View(models.TextChoices):
        WAITING = "", _("Not read yet")
        MEET = "meet", _("Let us meet")
        MEET_WITH_SUPPORT = "meet with support", _("Let us meet, with the support I describe")
        RESERVE = "reserve", _("Reserve list")
        NOT_NOW = "not now", _("Not now")

    code_prefix = "SFT"
    privacy = Privacy(
        keep=KEEP,
        forget=_("words are taken away with the expression of interest"),
        fields={"by": Class.PERSONAL, "view": Class.WORK, "words": Class.WORK},
    )

    expression = models.ForeignKey(Expression, on_delete=models.CASCADE, related_name="sifts")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    view = models.CharField(max_length=20, choices=View.choices, blank=True, default=View.WAITING)
    words = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)

    objects = SiftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["expression", "by"], name="sift_once_a_reader"),
            models.CheckConstraint(
                name="sift_done_at", condition=Q(view="", done_at__isnull=True) | (~Q(view="") & Q(done_at__isnull=False))
            ),
        ]
        indexes = [models.Index(fields=["by", "due_on"], name="sift_waiting", condition=Q(done_at__isnull=True))]

    def get_absolute_url(self) -> str:
        return reverse("joining:reading", args=[self.code])

    @property
    def history_root(self) -> Record:
        return self.expression


class OfSift(ForViewers):
    """What belongs to one reader's view."""

    def visible_to(self, viewer: Viewer) -> OfSift:
        """What stands in the views that the viewer may see."""
        return self.filter(sift__in=Sift.objects.visible_to(viewer))


class SiftPoint(Record):
    """What a reader found for one criterion, and how we could support the person; no marks, no sums."""

    class Found(models.TextChoices):
        YES = "yes", _("Yes")
        WITH_SUPPORT = "with support", _("With support")
        NOT_SEEN = "not seen", _("I could not tell from this")

    code_prefix = "SFP"
    privacy = Privacy(keep=KEEP, forget=_("with the expression of interest"), fields={"found": Class.WORK, "support": Class.WORK})

    sift = models.ForeignKey(Sift, on_delete=models.CASCADE, related_name="points")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    found = models.CharField(max_length=14, choices=Found.choices)
    support = models.CharField(max_length=500, blank=True)

    objects = OfSift.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sift", "criterion"], name="sift_point_once")]

    @property
    def history_root(self) -> Record:
        return self.sift.expression


class Talk(Record):
    """A chat or a meeting with somebody who is interested: when, how, and the questions they had beforehand."""

    class Kind(models.TextChoices):
        CHAT = "chat", _("Informal chat")
        MEETING = "meeting", _("Meeting")

    class How(models.TextChoices):
        PHONE = "phone", _("By phone")
        VIDEO = "video", _("By video")
        PERSON = "person", _("In person")

    code_prefix = "TLK"
    privacy = Privacy(
        keep=KEEP,
        forget=_("with the expression of interest"),
        fields={"place": Class.WORK, "questions": Class.WORK, "note": Class.WORK, "people": Class.PERSONAL},
    )

    expression = models.ForeignKey(Expression, on_delete=models.CASCADE, related_name="talks")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    how = models.CharField(max_length=10, choices=How.choices)
    planned_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=300, blank=True)
    people = models.CharField(max_length=300, blank=True)
    questions = models.TextField(blank=True)
    questions_sent_at = models.DateTimeField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    # How often it was moved: whoever moves it says which time and place they saw.
    turn = models.PositiveIntegerField(default=0)

    objects = OfExpression.as_manager()

    class Meta:
        indexes = [models.Index(fields=["expression", "-id"], name="talk_newest")]

    @property
    def history_root(self) -> Record:
        return self.expression
