"""What we keep of groups: the register, their meetings, what they say together, and what goes to partners and back."""

from safety_partners.ppg.models.group import Group, GroupMeeting, YearlyReview
from safety_partners.ppg.models.referring import InBoth, Referral
from safety_partners.ppg.models.speaking import CollectiveView, Improvement, Priority, PublicNote, Question

__all__ = [
    "CollectiveView",
    "Group",
    "GroupMeeting",
    "Improvement",
    "InBoth",
    "Priority",
    "PublicNote",
    "Question",
    "Referral",
    "YearlyReview",
]
