"""What we ask about members and invitations."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.core.models import Message
from safety_partners.design import fields, forms
from safety_partners.people.forms.account import language_field, phone_field, postal_address_field, told_by_field
from safety_partners.people.models import Role

ROLE_HINTS = {
    Role.PARTNER: _("Shares insights and takes part; sees what was shared with partners."),
    Role.LEAD: _("Runs the programme and sees all of it."),
    Role.STAFF: _("Asks for involvement, owns policies, answers and acts."),
    Role.SECRETARY: _("Prepares meetings, papers and minutes."),
    Role.FINANCE: _("Pays claims."),
    Role.GROUP_CHAIR: _("Speaks for a patient participation group."),
    Role.BOARD: _("Reads reports."),
    Role.GOVERNANCE: _("Watches over personal data."),
    Role.ADMINISTRATOR: _("Looks after people and settings."),
}


def roles_field(roles: tuple[Role, ...]) -> list[tuple[str, Any]]:
    """The choices of a question about roles."""
    return [(role.value, role.label) for role in roles]


class InviteForm(forms.Form):
    """Whom to invite."""

    name = fields.CharField(_("Their name"), noun=_("their name"), hint=_("As they like to be called. They can change it."))
    email = fields.EmailField(_("Their email address"), noun=_("their email address"), autocomplete="off")
    roles = fields.MultipleChoiceField(_("What will they be here?"), noun=_("what they will be here"), hints=ROLE_HINTS)
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, roles: tuple[Role, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = roles_field(roles)
        if len(roles) == 1:
            self.fields["roles"].initial = [roles[0].value]


class AddMemberForm(forms.Form):
    """Somebody without an email address."""

    name = fields.CharField(_("Their name"), noun=_("their name"), autocomplete="off")
    roles = fields.MultipleChoiceField(_("What will they be here?"), noun=_("what they will be here"), hints=ROLE_HINTS)
    told_by = told_by_field(_("How do they want to be told things?"), noun=_("how they want to be told things"))
    postal_address = postal_address_field(_("Their postal address"), noun=_("their postal address"), autocomplete="off")
    phone = phone_field(_("Their phone number"), noun=_("their phone number"), autocomplete="off")
    language = language_field()
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, roles: tuple[Role, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = roles_field(roles)
        self.fields["told_by"].choices = self.fields["told_by"].choices[1:]
        if len(roles) == 1:
            self.fields["roles"].initial = [roles[0].value]


class CorrectMemberForm(forms.Form):
    """A member's contact details."""

    name = fields.CharField(_("Their name"), noun=_("their name"), autocomplete="off")
    job_title = fields.CharField(_("Their job title (optional)"), noun=_("their job title"), required=False, autocomplete="off")
    email = fields.EmailField(
        _("Their email address (optional)"),
        noun=_("their email address"),
        hint=_("They sign in with it. Both the old and the new address are told about a change."),
        required=False,
        autocomplete="off",
    )
    told_by = told_by_field(_("How do they want to be told things?"), noun=_("how they want to be told things"), reveals={})
    postal_address = postal_address_field(
        _("Their postal address (needed for letters)"), noun=_("their postal address"), autocomplete="off", required=False
    )
    phone = phone_field(_("Their phone number (needed for phone calls)"), noun=_("their phone number"), autocomplete="off", required=False)
    submission_key = fields.SubmissionKeyField()


class GrantRoleForm(forms.Form):
    """One more role."""

    role = fields.ChoiceField(_("Give another role"), noun=_("a role"), hints=ROLE_HINTS, size="m")
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, held: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [pair for pair in roles_field(tuple(Role)) if pair[0] not in held]


class EndMembershipForm(forms.Form):
    """The last day."""

    ended_on = fields.DateField(_("Their last day"), noun=_("their last day"), initial=fields.today, latest=fields.today)
    submission_key = fields.SubmissionKeyField()


class JoinForm(forms.Form):
    """What a new person chooses when they accept an invitation."""

    name = fields.CharField(_("Your name"), noun=_("your name"), hint=_("As you like to be called. One word is fine."), autocomplete="name")
    told_by = told_by_field(
        _("How would you like to be told things?"),
        initial=Message.Channel.EMAIL.value,
        hints={Message.Channel.EMAIL.value: _("To the address this invitation came to.")},
    )
    postal_address = postal_address_field()
    phone = phone_field()
    language = language_field()
