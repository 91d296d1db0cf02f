"""What we ask about messages: how often."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from safety_partners.design import fields, forms
from safety_partners.people.models import Rhythm


class RhythmForm(forms.Form):
    """One by one, or together."""

    rhythm = fields.ChoiceField(
        _("How often should our emails come?"),
        noun=_("how often our emails should come"),
        choices=Rhythm.choices,
        hints={Rhythm.DAILY.value: _("In the morning, and only if there is something to tell.")},
    )
    submission_key = fields.SubmissionKeyField()
