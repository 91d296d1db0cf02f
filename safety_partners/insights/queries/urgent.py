"""Where to go when something cannot wait, or belongs in another channel."""

from __future__ import annotations

from safety_partners.core.viewer import Viewer
from safety_partners.insights.models import Insight, PassingOn
from safety_partners.people.models import UrgentContact

Channel = UrgentContact.Channel
_ORDER = {channel.value: place for place, channel in enumerate(Channel)}


def urgent_contacts(viewer: Viewer) -> list[UrgentContact]:
    """The organisation's own contacts; what to do if someone is at risk now comes first."""
    return sorted(UrgentContact.objects.visible_to(viewer), key=lambda contact: _ORDER[contact.channel])


def channels_to_offer(contacts: list[UrgentContact]) -> list[tuple[str, str]]:
    """The channels we can take words to. A risk now is not among them: nobody should wait for us to pass that on."""
    return [(contact.channel, contact.get_channel_display()) for contact in contacts if contact.channel != Channel.RISK_NOW]


def channels_asked(insight: Insight) -> set[str]:
    """Where the person has already asked us to take their words."""
    return set(PassingOn.objects.filter(insight=insight).values_list("channel", flat=True))
