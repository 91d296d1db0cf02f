"""One reader's page: for each thing that we look for what they found, and what they would do. No marks, no points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from safety_partners.design import fields, forms
from safety_partners.joining.commands.sifting import Finding
from safety_partners.joining.models import Criterion, Sift, SiftPoint


class ReadingForm(forms.Form):
    """A question and a box for support for each criterion, then what to do."""

    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **more: Any) -> None:
        super().__init__(*args, **more)
        self.criteria = list(criteria)
        for criterion in self.criteria:
            number = criterion.position
            self.fields[f"found_{number}"] = fields.ChoiceField(
                f"{number}. {criterion.words}",
                noun=_now("what you found"),
                hint=criterion.support and _now("How we can support this: %(support)s") % {"support": criterion.support},
                choices=SiftPoint.Found.choices,
                required_message=_now("Say what you found for “%(words)s”") % {"words": criterion.words},
            )
            self.fields[f"support_{number}"] = fields.WordsField(
                _now("How could we support this? (optional)"),
                noun=_now("how we could support this"),
                rows=2,
                max_length=500,
                required=False,
            )
        self.fields["view"] = fields.ChoiceField(
            _("What would you do?"), noun=_("what you would do"), choices=[choice for choice in Sift.View.choices if choice[0]]
        )
        self.fields["words"] = fields.WordsField(
            _("In a few words: why? (optional)"),
            noun=_("why"),
            hint=_("What they bring, and what would help them. The person may ask to see it."),
            rows=4,
            max_length=2000,
            required=False,
        )

    def findings(self) -> list[Finding]:
        """What was found for each criterion."""
        given = self.cleaned_data
        return [Finding(one, given[f"found_{one.position}"], given[f"support_{one.position}"]) for one in self.criteria]
