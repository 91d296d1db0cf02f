"""The question for a register's file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from safety_partners.design import fields, forms
from safety_partners.partners.tables.reading import LARGEST, MEGABYTE

TYPES = {".xlsx": _("spreadsheet (.xlsx)"), ".csv": _("CSV file"), ".txt": _("CSV file"), ".xls": _("spreadsheet (.xlsx)")}


class RegisterFileForm(forms.Form):
    """A spreadsheet with the partners an organisation has."""

    # Old Excel files are let in here so that reading can say what to do about them.
    file = fields.FileField(_("Your register"), noun=_("your register"), types=TYPES, max_megabytes=LARGEST // MEGABYTE)
    submission_key = fields.SubmissionKeyField()
