"""Questions about a document and its versions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.design import fields, forms
from safety_partners.design.fields import today
from safety_partners.design.forms import Renewed
from safety_partners.people.models import Membership, Service
from safety_partners.reading import Limits
from safety_partners.reading.limits import MEGABYTE
from safety_partners.reviews.models import Document, Version

# Old and macro files are let in here so that reading can say, of each, what to do about it.
TYPES = {".pdf": _("PDF"), ".docx": _("Word document"), ".doc": _("Word document"), ".docm": _("Word document")}
MEGABYTES = Limits().size // MEGABYTE
LABEL = {
    "hint": _("As it is printed on the document, such as 2 or 3.1."),
    "noun": _("which version it is"),
    "max_length": 20,
    "width": 5,
}
APPROVED = {"noun": _("the day it was approved"), "latest": today, "required": False}
NEXT_REVIEW = {"noun": _("the day of the next review"), "required": False}


class _AboutForm(forms.Form):
    """What is written about a document: who looks after it, and whom it is for."""

    def __init__(self, *args: Any, owners: Sequence[Membership], services: Sequence[Service], **more: Any) -> None:
        super().__init__(*args, **more)
        self.owners = {str(one.pk): one for one in owners}
        self.services = {str(one.pk): one for one in services}
        self.fields["owner"].choices = [
            (pk, f"{one.name}, {one.job_title}" if one.job_title else one.name) for pk, one in self.owners.items()
        ]
        self.fields["service"].choices = [(pk, one.name) for pk, one in self.services.items()]
        if not services:
            del self.fields["service"]

    def answers(self) -> dict[str, Any]:
        """What the command takes: people and services as themselves."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        return {**given, "owner": self.owners[given["owner"]], "service": self.services.get(given.get("service", ""))}


def _owner() -> fields.ChoiceField:
    return fields.ChoiceField(
        _("Who looks after it?"),
        hint=_("This person answers what partners say about it."),
        noun=_("who looks after it"),
        select=True,
    )


def _service() -> fields.ChoiceField:
    return fields.ChoiceField(_("Which service is it about? (optional)"), noun=_("the service"), select=True, required=False)


def _affects_patients() -> fields.YesNoField:
    return fields.YesNoField(
        _("Does it affect patients and their families?"), required_message=_("Say if it affects patients and their families")
    )


class AddForm(_AboutForm):
    """A new document with its first version."""

    file = fields.FileField(_("The document"), types=TYPES, max_megabytes=MEGABYTES)
    title = fields.CharField(
        _("Title (optional)"), noun=_("the title"), hint=_("If you leave this empty, we take the title from the document."), required=False
    )
    reference = fields.CharField(_("Reference (optional)"), noun=_("the reference"), max_length=60, width=20, required=False)
    label = fields.CharField(_("Which version is it?"), **LABEL)
    is_in_force = fields.YesNoField(
        _("Is this version in force now?"),
        noun=_("if this version is in force now"),
        yes=_("Yes, people work by it"),
        no=_("No, it is a draft"),
        inline=False,
    )
    approved_on = fields.DateField(_("When was it approved? (optional)"), **APPROVED)
    next_review_on = fields.DateField(_("When should it be looked at again? (optional)"), **NEXT_REVIEW)
    owner = _owner()
    service = _service()
    affects_patients = _affects_patients()
    submission_key = fields.SubmissionKeyField()


class VersionForm(forms.Form):
    """A newer version of a document."""

    file = fields.FileField(_("The new version"), types=TYPES, max_megabytes=MEGABYTES)
    label = fields.CharField(_("Which version is it?"), **LABEL)
    approved_on = fields.DateField(_("When was it approved? (optional)"), **APPROVED)
    submission_key = fields.SubmissionKeyField()

    def answers(self) -> dict[str, Any]:
        """What the command takes beside the file."""
        return {name: value for name, value in self.cleaned_data.items() if name != "file"}


class CorrectForm(_AboutForm, Renewed):
    """What is written about a document that is here already."""

    title = fields.CharField(_("Title"), noun=_("the title"))
    reference = fields.CharField(_("Reference (optional)"), noun=_("the reference"), max_length=60, width=20, required=False)
    owner = _owner()
    service = _service()
    affects_patients = _affects_patients()
    next_review_on = fields.DateField(_("When should it be looked at again? (optional)"), **NEXT_REVIEW)
    seen = fields.VersionField()

    @staticmethod
    def initial_of(document: Document) -> dict[str, Any]:
        """What is written now."""
        return {
            "title": document.title,
            "reference": document.reference,
            "owner": document.owner_id,
            "service": document.service_id,
            "affects_patients": document.affects_patients,
            "next_review_on": document.next_review_on,
        }


class IssueForm(forms.Form):
    """The days that belong to putting a version in force."""

    approved_on = fields.DateField(_("When was it approved? (optional)"), **APPROVED)
    next_review_on = fields.DateField(_("When should it be looked at again? (optional)"), **NEXT_REVIEW)

    @staticmethod
    def initial_of(version: Version) -> dict[str, Any]:
        """What is written now; the last review day only if it is still to come."""
        day = version.document.next_review_on
        return {"approved_on": version.approved_on, "next_review_on": day if day and day > today() else None}


class NothingToAsk(forms.Form):
    """A button and nothing to fill in."""
