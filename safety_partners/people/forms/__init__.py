"""The questions we ask about people, organisations and signing in."""

from safety_partners.people.forms.account import (
    DetailsForm,
    EmailForm,
    PasswordForm,
    SecondFactorForm,
)
from safety_partners.people.forms.members import (
    AddMemberForm,
    CorrectMemberForm,
    EndMembershipForm,
    GrantRoleForm,
    InviteForm,
    JoinForm,
)
from safety_partners.people.forms.organisation import (
    ClocksForm,
    DescriptionForm,
    LogoForm,
    ParentForm,
    ServiceForm,
    UrgentContactForm,
)
from safety_partners.people.forms.sign_in import CodeForm, CodeRequestForm, PasswordSignInForm, WhoForm

__all__ = [
    "AddMemberForm",
    "ClocksForm",
    "CodeForm",
    "CodeRequestForm",
    "CorrectMemberForm",
    "DescriptionForm",
    "DetailsForm",
    "EmailForm",
    "EndMembershipForm",
    "GrantRoleForm",
    "InviteForm",
    "JoinForm",
    "LogoForm",
    "ParentForm",
    "PasswordForm",
    "PasswordSignInForm",
    "SecondFactorForm",
    "ServiceForm",
    "UrgentContactForm",
    "WhoForm",
]
