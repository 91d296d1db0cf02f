"""A record's history in words, from the events of its commands; what is private leaves no line here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safety_partners.core import history
from safety_partners.core.viewer import Viewer
from safety_partners.partners.models import Partner, Recorded
from safety_partners.people.models import Membership

EVENT_WORDS = {
    "partners.welcome_partner": gettext_lazy("Welcomed"),
    "partners.correct_partner": gettext_lazy("Details corrected"),
    "partners.name_support": gettext_lazy("Named contact and deputy chosen"),
    "partners.start_partner": gettext_lazy("Started"),
    "partners.pause": gettext_lazy("Break"),
    "partners.resume": gettext_lazy("Back from the break"),
    "partners.add_need": gettext_lazy("Something more is needed"),
    "partners.finish_need": gettext_lazy("Something that was needed is done"),
    "partners.set_need_aside": gettext_lazy("Something is not needed after all"),
    "partners.ask_need_again": gettext_lazy("Something is needed again"),
    "partners.begin_agreement": gettext_lazy("Agreement begun"),
    "partners.write_our_words": gettext_lazy("The organisation wrote its part of the agreement"),
    "partners.write_partner_words": gettext_lazy("The partner’s part of the agreement was written"),
    "partners.offer_agreement": gettext_lazy("Agreement ready to sign"),
    "partners.reopen_agreement": gettext_lazy("Agreement taken up again"),
    "partners.sign_agreement": gettext_lazy("Agreement signed by the partner"),
    "partners.record_signature": gettext_lazy("The partner’s signature recorded"),
    "partners.sign_for_organisation": gettext_lazy("Agreement signed for the organisation"),
    "partners.decide_check": gettext_lazy("Decision about a check"),
    "partners.record_outcome": gettext_lazy("A check came back"),
    "partners.add_interest": gettext_lazy("An interest added"),
    "partners.end_interest": gettext_lazy("An interest is over"),
    "partners.handle_interest": gettext_lazy("What was agreed about an interest"),
    "partners.declare_interests": gettext_lazy("Interests declared"),
    "partners.ask_for_access": gettext_lazy("Something asked for that helps to take part"),
    "partners.need_nothing": gettext_lazy("Nothing more is needed to take part"),
    "partners.decide_access": gettext_lazy("Answer about something that helps to take part"),
    "partners.end_access": gettext_lazy("Something that helped to take part is not needed any more"),
    "partners.plan_check_in": gettext_lazy("Talk planned"),
    "partners.hold_check_in": gettext_lazy("Talk held"),
    "partners.cancel_check_in": gettext_lazy("Talk cancelled"),
    "partners.propose_role_change": gettext_lazy("Change of the role proposed"),
    "partners.answer_role_change": gettext_lazy("Change of the role answered"),
    "partners.take_back_role_change": gettext_lazy("Proposed change taken back"),
    "partners.put_role_change_in_force": gettext_lazy("Agreed change in force"),
    "partners.extend_term": gettext_lazy("Further term agreed"),
    "partners.let_term_end": gettext_lazy("Term ends as agreed"),
    "partners.step_down": gettext_lazy("Stepping down"),
    "partners.look_at_ending": gettext_lazy("The second person looked at the ending"),
    "partners.stay": gettext_lazy("Stays after all"),
    "partners.record_exit_talk": gettext_lazy("Talk at the end written down"),
    "partners.hand_on": gettext_lazy("Something open handed on"),
    "partners.end_partnership": gettext_lazy("Left"),
    "partners.forget_partner": gettext_lazy("Record forgotten"),
}
NEWEST = 100


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One thing that was done: ``title``, ``at``, ``by`` and how it reached us, as a timeline shows it."""

    title: str
    at: Any
    by: str
    text: str = ""


def story(viewer: Viewer, partner: Partner) -> list[StoryLine]:
    """The newest hundred things that were done with this record, newest first. Two queries."""
    events = list(history.timeline(partner).visible_to(viewer).filter(verb__in=EVENT_WORDS).order_by("-number")[:NEWEST])
    doers = {event.by_membership_id for event in events}
    names = dict(Membership.objects.visible_to(viewer).filter(pk__in=doers).values_list("pk", "user__name"))
    return [
        StoryLine(str(EVENT_WORDS[event.verb]), event.made_at, names.get(event.by_membership_id or 0, ""), _how(event.details))
        for event in events
    ]


def _how(details: dict[str, Any]) -> str:
    """How a partner's word reached us, where somebody else wrote it down."""
    capture = details.get("capture", Recorded.Capture.TYPED)
    if capture not in Recorded.Capture.values or capture == Recorded.Capture.TYPED:
        return ""
    how = Recorded.Capture(capture).label
    return _("%(how)s; it was read back.") % {"how": how} if details.get("is_read_back") else _("%(how)s.") % {"how": how}
