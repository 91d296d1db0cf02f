"""What goes between groups and partners, as far as each side may see it."""

from __future__ import annotations

from django.db.models import QuerySet

from safety_partners.core.viewer import Viewer
from safety_partners.insights.models import Change
from safety_partners.partners.models import Partner
from safety_partners.ppg.models import Group, InBoth, Referral


def referrals(viewer: Viewer) -> QuerySet[Referral]:
    """What the viewer passed on, was asked to look at, or sends on as the lead."""
    return Referral.objects.visible_to(viewer)


def partners_to_ask(viewer: Viewer) -> list[Partner]:
    """Serving partners by name, for the lead."""
    rows = Partner.objects.visible_to(viewer).serving().select_related("membership__user")
    return list(rows.order_by("membership__user__name_key", "pk"))


def groups_to_tell(viewer: Viewer) -> list[Group]:
    """Groups of the organisation to which a partner may pass something on. Their names are public; nothing else of them is shown."""
    rows = Group.objects.filter(organisation_id=viewer.organisation_id, chair__isnull=False).exclude(status=Group.Status.NONE)
    return list(rows.select_related("chair__user").order_by("name", "pk"))


def changes_of(viewer: Viewer, referral: Referral) -> list[Change]:
    """Changes that came of what the partner said, or of what the group said before: one of them may be what came of the referral."""
    causes = [pk for pk in (referral.answer_id, referral.view.insight_id if referral.view else None) if pk]
    if referral.is_to_group or not causes:
        return []
    rows = Change.objects.visible_to(viewer).filter(causes__insight__in=causes).distinct()
    return list(rows.order_by("-made_at", "-pk"))


def change_of(viewer: Viewer, referral: Referral) -> Change | None:
    """The change that came of it, where this viewer may read it: the chair of a group sees only what came of its own words."""
    if referral.change_id is None:
        return None
    return Change.objects.visible_to(viewer).filter(pk=referral.change_id).first()


def partner_of(viewer: Viewer) -> Partner | None:
    """The viewer's own record as a partner."""
    return Partner.objects.visible_to(viewer).serving().filter(membership_id=viewer.membership_id).select_related("membership").first()


def in_both(viewer: Viewer) -> list[InBoth]:
    """The groups in which this partner says they are too."""
    rows = InBoth.objects.visible_to(viewer).filter(partner__membership_id=viewer.membership_id)
    return list(rows.select_related("group", "partner").order_by("group__name", "pk"))


def in_both_of(viewer: Viewer, group: Group) -> list[InBoth]:
    """For the lead: which partners are in this group too."""
    return list(InBoth.objects.visible_to(viewer).filter(group=group).select_related("partner__membership__user").order_by("pk"))
