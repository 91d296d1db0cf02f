"""What waits for one person in groups and referrals."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from safety_partners.core.duty import Arm
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.insights.models import Insight
from safety_partners.people.policies import is_lead, is_staff
from safety_partners.ppg.models import CollectiveView, Group, Improvement, Question, Referral
from safety_partners.ppg.policies import is_chair, may_see_groups, may_see_referrals
from safety_partners.ppg.queries.years import is_near_its_end, year_of

Direction, Status = Referral.Direction, Referral.Status


def _questions_to_answer(viewer: Viewer) -> QuerySet[Question]:
    rows = Question.objects.visible_to(viewer).filter(status=Question.Status.ASKED)
    return rows.filter(group__chair_id=viewer.membership_id)


def _questions_to_tell(viewer: Viewer) -> QuerySet[Question]:
    mine = Q(asked_by_id=viewer.membership_id) | Q(for_whom_id=viewer.membership_id)
    return Question.objects.visible_to(viewer).filter(mine, status=Question.Status.ANSWERED)


def _drafts(viewer: Viewer) -> QuerySet[CollectiveView]:
    return CollectiveView.objects.visible_to(viewer).filter(insight__in=Insight.objects.drafts_of(viewer))


def _improvements(viewer: Viewer) -> QuerySet[Improvement]:
    return Improvement.objects.visible_to(viewer).filter(status=Improvement.Status.AGREED, owner_id=viewer.membership_id)


def without_review(year: int) -> QuerySet[Group]:
    """Active groups of which nobody has recorded the review of a year."""
    return Group.objects.filter(status=Group.Status.ACTIVE).exclude(reviews__year=year)


def _reviews(viewer: Viewer) -> QuerySet[Group]:
    """In the last months of a year, one's own groups without its review; of those that nobody looks after, the lead is asked."""
    rows = Group.objects.visible_to(viewer)
    if not is_near_its_end(today()):
        return rows.none()
    mine = Q(contact_id=viewer.membership_id)
    mine = mine | Q(contact__isnull=True) if is_lead(viewer) else mine
    return rows.filter(mine, pk__in=without_review(year_of(today())).values("pk"))


def _to_send(viewer: Viewer) -> QuerySet[Referral]:
    return Referral.objects.visible_to(viewer).filter(status=Status.OFFERED)


def _to_take_up(viewer: Viewer) -> QuerySet[Referral]:
    me = viewer.membership_id
    asked = Q(direction=Direction.TO_GROUP, group__chair_id=me) | Q(direction=Direction.TO_PARTNERS, partner__membership_id=me)
    return Referral.objects.visible_to(viewer).filter(asked, status=Status.ASKED)


def _to_tell(viewer: Viewer) -> QuerySet[Referral]:
    """What was taken up, and nobody has said what came of it: the lead for partners, the chair for a group."""
    mine = Q(direction=Direction.TO_GROUP, group__chair_id=viewer.membership_id)
    mine = mine | Q(direction=Direction.TO_PARTNERS) if is_lead(viewer) else mine
    return Referral.objects.visible_to(viewer).filter(mine, status=Status.TAKEN_UP)


ARMS: dict[str, Arm] = {
    "group question": Arm(
        lambda: _("Answer this question for your group"), is_chair, _questions_to_answer, "ppg:question", title="text", day="answer_by"
    ),
    "group answer": Arm(
        lambda: _("Tell the group what you did with its answer"), is_staff, _questions_to_tell, "ppg:question", title="text"
    ),
    "group view": Arm(
        lambda: _("Finish what the group wants to say, or delete it"), may_see_groups, _drafts, "ppg:view", title="group__name"
    ),
    "group improvement": Arm(
        lambda: _("Do what was agreed with the group"), is_staff, _improvements, "ppg:improvement", title="text", day="due_on"
    ),
    "group review": Arm(
        lambda: _("Look at who is in the group, before the end of March"), is_staff, _reviews, "ppg:review-new", title="name"
    ),
    "referral to send": Arm(lambda: _("Send this on, or say why not"), is_lead, _to_send, "ppg:referral", title="group__name"),
    "referral to answer": Arm(
        lambda: _("Somebody passed this on to you"), may_see_referrals, _to_take_up, "ppg:referral", title="group__name"
    ),
    "referral to tell": Arm(
        lambda: _("Say what came of what was passed on"), may_see_referrals, _to_tell, "ppg:referral", title="group__name"
    ),
}
