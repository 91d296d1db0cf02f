"""What can be said about a message: it was posted, the person was called, send it again, it did arrive."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from safety_partners.design import fields, forms


class StepForm(forms.Form):
    """Which of the buttons of a message's page was pressed."""

    step = fields.ChoiceField(
        "", choices=[("done", _("Done by hand")), ("resend", _("Send again")), ("settle", _("It arrived")), ("bounce", _("It came back"))]
    )


class DoneForm(forms.Form):
    """Which letter was posted, or which call was made."""

    code = fields.CharField("", max_length=16)
