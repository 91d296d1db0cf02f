"""What we keep of committees: who sits where, their meetings, papers, what was said and decided there."""

from safety_partners.committees.models.agenda import Classification, Item, Recusal
from safety_partners.committees.models.committee import Committee, Member, Seat, Sitting, Terms
from safety_partners.committees.models.meeting import Invitee, Meeting, NeedAtMeeting, Series
from safety_partners.committees.models.papers import FormatCopy, Paper, PaperVersion, Reading
from safety_partners.committees.models.table import Decision, ItemInsight, ItemMinute, MeetingAction, Minutes

__all__ = [
    "Classification",
    "Committee",
    "Decision",
    "FormatCopy",
    "Invitee",
    "Item",
    "ItemInsight",
    "ItemMinute",
    "Meeting",
    "MeetingAction",
    "Member",
    "Minutes",
    "NeedAtMeeting",
    "Paper",
    "PaperVersion",
    "Reading",
    "Recusal",
    "Seat",
    "Series",
    "Sitting",
    "Terms",
]
