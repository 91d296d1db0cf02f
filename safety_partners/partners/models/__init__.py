"""What we keep of partners: the role, the person, what both sides agreed, what is needed, support, leaving, the programme."""

from safety_partners.partners.models.agreeing import Agreement, RoleChange, Signature
from safety_partners.partners.models.checking import Check, Declaration, Interest
from safety_partners.partners.models.describing import RoleDescription, RoleVersion, TaskProfile, TaskVersion, VersionStatus
from safety_partners.partners.models.importing import Import, ImportRow
from safety_partners.partners.models.leaving import HandedOn, Leaving
from safety_partners.partners.models.needing import NO_DAY, Need, NeedKind, PlanItem
from safety_partners.partners.models.partner import KEEP, OVERSEERS, Connection, Partner, Recorded, Term
from safety_partners.partners.models.programme import Programme, Template
from safety_partners.partners.models.supporting import AccessNeed, CheckIn, EmergencyContact, LivedExperience, PaymentChoice, PrivateNote

__all__ = [
    "KEEP",
    "NO_DAY",
    "OVERSEERS",
    "AccessNeed",
    "Agreement",
    "Check",
    "CheckIn",
    "Connection",
    "Declaration",
    "EmergencyContact",
    "HandedOn",
    "Import",
    "ImportRow",
    "Interest",
    "Leaving",
    "LivedExperience",
    "Need",
    "NeedKind",
    "Partner",
    "PaymentChoice",
    "PlanItem",
    "PrivateNote",
    "Programme",
    "Recorded",
    "RoleChange",
    "RoleDescription",
    "RoleVersion",
    "Signature",
    "TaskProfile",
    "TaskVersion",
    "Template",
    "Term",
    "VersionStatus",
]
