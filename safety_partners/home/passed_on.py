"""Requests that the lead passed on to groups: one app has the request, another asks the groups; this floor knows both."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from safety_partners.activities.models import Activity
from safety_partners.core.duty import Arm
from safety_partners.core.viewer import Viewer
from safety_partners.people.policies import is_lead
from safety_partners.ppg.models import Question
from safety_partners.ppg.queries.passed_on import PassedOn


def passed_on(viewer: Viewer, code: str) -> PassedOn | None:
    """A request that was passed on, as it goes into a question to groups. One query."""
    rows = Activity.objects.visible_to(viewer).filter(code=code, status=Activity.Status.PASSED)
    found = rows.select_related("requester__user", "requester__organisation").first()
    if found is None:
        return None
    return PassedOn(
        code=found.code,
        title=found.title,
        path=found.get_absolute_url(),
        text=found.title,
        purpose=found.purpose,
        can_change=found.can_change,
        # Whoever has left hears nothing, and must not keep a group from being asked.
        whose=found.requester if found.requester.ended_on is None else None,
    )


def _not_asked_yet(viewer: Viewer) -> QuerySet[Activity]:
    """Passed on, and no group was asked: whoever wrote the request waits in vain."""
    # That the code is not empty says nothing new: with it, the databases use the index of those that came from a request.
    asked = Question.objects.filter(~Q(about_code=""), about_code=OuterRef("code")).exclude(status=Question.Status.TAKEN_BACK)
    return Activity.objects.visible_to(viewer).filter(~Exists(asked), status=Activity.Status.PASSED)


ARMS: dict[str, Arm] = {
    "passed on to ask": Arm(lambda: _("Ask a group, as you decided"), is_lead, _not_asked_yet, "activities:activity", title="title"),
}
