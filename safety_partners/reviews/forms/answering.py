"""Questions to the owner who answers a comment."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.design import fields, forms
from safety_partners.insights.models import Response
from safety_partners.reviews.models import Comment

Disposition = Comment.Disposition


def _reason() -> fields.ChoiceField:
    return fields.ChoiceField(_("Why?"), noun=_("why"), choices=Response.Reason.choices)


class DisposeForm(forms.Form):
    """What was done with a comment, and what the partner is told."""

    disposition = fields.ChoiceField(
        _("What will you do with this comment?"),
        noun=_("what you will do with this comment"),
        choices=Disposition.choices,
        hints={Disposition.ACCEPTED: _("You will change it as they ask.")},
        reveals={Disposition.PART: ["part_reason"], Disposition.NOT_NOW: ["not_reason"]},
    )
    part_reason = _reason()
    not_reason = _reason()
    text = fields.WordsField(
        _("What do you tell the partner?"),
        hint=_("In plain words: what you will change, or why not. They will say if it answers them."),
        noun=_("what you tell the partner"),
        rows=5,
        max_length=5000,
        threshold=90,
    )
    turn = fields.VersionField()

    def answers(self) -> dict[str, Any]:
        """What the command takes."""
        given = self.cleaned_data
        reason = given["part_reason"] or given["not_reason"]
        return {"disposition": given["disposition"], "text": given["text"], "reason": reason, "turn": given["turn"]}
