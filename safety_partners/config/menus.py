"""Which pages each role finds in the menu; each line names a page, who it is for, and its words."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.activities import policies as activities
from safety_partners.committees import policies as committees
from safety_partners.core.page import is_signed_in
from safety_partners.core.policy import Policy, Sentence
from safety_partners.core.viewer import Viewer
from safety_partners.insights import policies as insights
from safety_partners.joining import policies as joining
from safety_partners.partners import policies as partners
from safety_partners.people import policies as people
from safety_partners.ppg import policies as ppg
from safety_partners.reviews import policies as reviews

MENU: list[tuple[Sentence, str, Policy]] = [
    (_("Home"), "home:home", is_signed_in),
    (_("Calendar"), "home:calendar", is_signed_in),
    (_("My place here"), "partners:my-place", people.is_partner),
    (_("Taking part"), "activities:taking-part", people.is_partner),
    (_("Insights"), "insights:insights", people.is_staff | people.is_partner | insights.may_see_register),
    (_("What you told us"), "insights:mine", people.is_partner),
    (_("Share an insight"), "insights:write", insights.may_share),
    (_("Actions"), "insights:actions", people.is_staff),
    (_("Changes"), "insights:changes", insights.may_see_changes),
    (_("My committees"), "committees:mine", people.is_partner),
    (_("Committees"), "committees:committees", committees.may_see_all_committees),
    (_("Meetings"), "committees:meetings", committees.may_see_committees),
    (_("My group"), "ppg:mine", ppg.is_chair),
    (_("Patient groups"), "ppg:groups", ppg.may_see_register),
    (_("Activities"), "activities:activities", activities.may_ask),
    (_("Documents"), "reviews:documents", reviews.may_see_documents),
    (_("Partners"), "partners:partners", partners.may_see_register),
    (_("Interested"), "joining:board", joining.may_run_joining),
    (_("Adverts"), "joining:adverts", joining.may_run_joining),
    (_("Programme"), "partners:set-up", partners.may_run_programme),
    (_("Messages"), "insights:messages", insights.may_see_messages),
    (_("Members"), "people:members", people.is_lead_or_administrator),
    (_("Organisation"), "people:organisation", people.is_lead_or_administrator),
]


def menu_for(viewer: Viewer) -> Iterator[tuple[str, str]]:
    """Yield the words and the address of every page this viewer finds in the menu."""
    for words, name, allow in MENU:
        if allow(viewer):
            yield str(words), reverse(name)
