"""What a partner is asked who says something about an activity, and what staff say besides who write it down for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.activities.commands.speaking import VISIBILITIES
from safety_partners.activities.models import ActivityInsight
from safety_partners.design import fields
from safety_partners.design.forms import Renewed
from safety_partners.insights.forms.sharing import CAPTURES, KINDS, KINDS_RECORDED, VISIBILITY_HINTS, VISIBILITY_HINTS_RECORDED
from safety_partners.insights.models import Insight
from safety_partners.people.models import Membership

MOST_SIGNS = 100_000
CHOICES = [(value.value, value.label) for value in VISIBILITIES]


class WordsForm(Renewed):
    """A partner's own words about one activity."""

    words = fields.WordsField(
        _("What do you want to say about this?"),
        hint=_("Use your own words. Spelling does not matter. If you can, leave out other people’s names."),
        required_message=_("Write something first"),
        rows=8,
        max_length=MOST_SIGNS,
        threshold=95,
    )
    kind = fields.ChoiceField(
        _("Which of these is it most like?"),
        noun=_("what it is most like"),
        hint=_("All of them get an answer."),
        choices=KINDS,
        required_message=_("Choose what it is most like"),
    )
    visibility = fields.ChoiceField(
        _("Who may see your words?"), choices=CHOICES, hints=VISIBILITY_HINTS, initial=Insight.Visibility.ANSWERERS
    )
    turn = fields.VersionField()
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, placed: ActivityInsight | None = None, **more: Any) -> None:
        if placed is not None:
            more["initial"] = {name: getattr(placed.insight, name) for name in ("words", "kind", "visibility", "turn", "capture")}
        more.setdefault("initial", {"turn": 0})
        super().__init__(*args, **more)

    def answers(self) -> dict[str, Any]:
        """What the command takes, without what is only for the page."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"turn", "submission_key"}}


class EditRecordedForm(WordsForm):
    """The same of words that somebody writes down."""

    capture = fields.ChoiceField(
        _("How did the words reach you?"), noun=_("how the words reached you"), choices=CAPTURES, initial=Insight.Capture.PHONE
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        asked = self.fields
        asked["words"].label = _("What did they say?")
        asked["words"].hint = _("Write their own words, as they said them, with nothing tidied.")
        asked["kind"].choices = KINDS_RECORDED
        asked["visibility"].label = _("Who may see their words?")
        asked["visibility"].hint = _("Ask them.")
        asked["visibility"].hints = {**asked["visibility"].hints, **VISIBILITY_HINTS_RECORDED}
        self.order_fields(["speaker", "capture", "words"])


class RecordForm(EditRecordedForm):
    """Staff begin to write down what a partner said."""

    speaker = fields.ChoiceField(_("Who said it?"), noun=_("who said it"), select=True, required_message=_("Choose who said it"))

    def __init__(self, *args: Any, partners: Iterable[Membership], **more: Any) -> None:
        super().__init__(*args, **more)
        self.partners = {one.code: one for one in partners}
        self.fields["speaker"].choices = [(code, one.name) for code, one in self.partners.items()]

    def answers(self) -> dict[str, Any]:
        """The same, with the person; that it was read back is said before the words are shared."""
        given = super().answers()
        return given | {"speaker": self.partners[given["speaker"]], "is_read_back": False}
