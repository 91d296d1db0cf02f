"""The questions for the person who speaks, and for staff who write down what somebody said."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safety_partners.design import fields, forms
from safety_partners.design.forms import Renewed
from safety_partners.insights.models import Insight, Verdict
from safety_partners.people.models import Membership, Service

# Far more than anybody types: about 15,000 words. It only keeps a whole book from being pasted.
MOST_SIGNS = 100_000
UNSAID = "unsaid"
# Hidden inputs, which no person answers.
UNSEEN = frozenset({"submission_key", "turn", "version", "seen"})

VISIBILITY_HINTS = {
    Insight.Visibility.LEAD: _("Only they can answer you, until you let more people see it."),
    Insight.Visibility.ANSWERERS: _("Choose this if you are not sure."),
    Insight.Visibility.PROGRAMME: _("More people can learn from it, and other partners can read it."),
}
# Comments on a document are begun beside the document.
KINDS = [choice for choice in Insight.Kind.choices if choice[0] != Insight.Kind.COMMENT]
CAPTURES = [choice for choice in Insight.Capture.choices if choice[0] != Insight.Capture.TYPED]


KINDS_RECORDED = [
    (Insight.Kind.REFLECTION.value, _("A reflection: something they saw or lived through")),
    (Insight.Kind.CHALLENGE.value, _("A challenge: something they think should be done differently")),
    *KINDS[2:],
]
SOURCES_RECORDED = [
    (Insight.Source.OWN.value, _("Their own experience")),
    (Insight.Source.HEARD.value, _("Something they heard from others")),
    (Insight.Source.GROUP.value, _("They speak on behalf of a group")),
    (UNSAID, _("They would rather not say")),
]
NAMINGS_RECORDED = [
    (Insight.Naming.NAME.value, _("By their name")),
    (Insight.Naming.ROLE.value, _("As “a Patient Safety Partner”")),
    (Insight.Naming.UNNAMED.value, _("Not at all")),
]
VISIBILITY_HINTS_RECORDED = {
    Insight.Visibility.LEAD.value: _("Only the lead can answer, until the person lets more people see it."),
    Insight.Visibility.ANSWERERS.value: _("Choose this if they are not sure."),
}


class Once(Renewed):
    """A form that is carried out once, however often it is sent.

    Sent again with other answers it is another form: what was typed meanwhile is then judged like anything new, and
    never taken for the double of what went before.
    """

    submission_key = fields.SubmissionKeyField()

    def clean(self) -> dict[str, Any]:
        """Bind the key to the answers."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in UNSEEN}
        said = {name: (value.name, value.size) if isinstance(value, UploadedFile) else value for name, value in given.items()}
        key = uuid.uuid5(self.cleaned_data["submission_key"], repr(sorted(said.items())))
        return {**self.cleaned_data, "submission_key": key}


class WordsForm(Renewed):
    """Words and what is said about them: the questions of a draft."""

    words = fields.WordsField(
        _("What do you want to tell us?"),
        hint=_(
            "Use your own words. Spelling does not matter. You do not have to tell us about anything painful. "
            "If you can, leave out other people’s names."
        ),
        required_message=_("Write something first"),
        rows=12,
        size="m",
    )
    kind = fields.ChoiceField(
        _("Which of these is it most like?"),
        noun=_("what it is most like"),
        hint=_("All of them get an answer."),
        choices=KINDS,
        required_message=_("Choose what it is most like"),
    )
    source = fields.ChoiceField(
        _("Where does it come from? (optional)"),
        hint=_("You never have to say."),
        choices=[*Insight.Source.choices, (UNSAID, _("I would rather not say"))],
        dividers={UNSAID: _("or")},
        required=False,
    )
    about_label = fields.CharField(
        _("What is it about? (optional)"),
        noun=_("what it is about"),
        hint=_("A few words, such as “phone calls in the evening”."),
        required=False,
    )
    service = fields.ChoiceField(
        _("Which service is it about? (optional)"), select=True, empty_text=_("None, or I am not sure"), required=False
    )
    visibility = fields.ChoiceField(
        _("Who may see your words?"),
        hint=_("Those who may see your words also see your name. You can change this later."),
        choices=Insight.Visibility.choices,
        hints=VISIBILITY_HINTS,
        initial=Insight.Visibility.ANSWERERS,
    )
    naming = fields.ChoiceField(
        _("If we publish what changed, how should we name you?"),
        hint=_(
            "Nothing is published until you agree the words. Where there are only a few partners, people may guess "
            "who you are, even without your name."
        ),
        choices=Insight.Naming.choices,
        initial=Insight.Naming.ROLE,
    )

    def __init__(self, *args: Any, services: Sequence[Service], insight: Insight | None = None, **more: Any) -> None:
        if insight is not None:
            more["initial"] = self.initial_of(insight)
        super().__init__(*args, **more)
        self.services = {str(service.pk): service for service in services}
        self.fields["service"].choices = [(pk, service.name) for pk, service in self.services.items()]
        if not services:
            del self.fields["service"]
        if self.is_draft:
            self.fields["kind"].required = False

    @staticmethod
    def initial_of(insight: Insight) -> dict[str, Any]:
        """What a draft already says."""
        names = ("words", "kind", "source", "about_label", "visibility", "naming", "capture")
        return {name: getattr(insight, name) for name in names} | {"service": insight.service_id, "version": insight.turn}

    @property
    def is_draft(self) -> bool:
        """Whether the person wants to keep it and come back; then nothing but words is needed."""
        return self.data.get("step") == "draft"

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if len(words) > MOST_SIGNS:
            message = gettext("This is too long to send at once. Please share it in parts, each up to about 15,000 words")
            raise ValidationError(message, code="max_length")
        return words

    def answers(self) -> dict[str, Any]:
        """What a command needs to keep the draft."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in {"submission_key", "version"}}
        if "service" in given:
            given["service"] = self.services.get(given["service"])
        if given.get("source") == UNSAID:
            given["source"] = ""
        return given


class WriteForm(WordsForm):
    """A partner begins to write."""

    submission_key = fields.SubmissionKeyField()


class EditForm(WordsForm):
    """A partner goes on with a draft."""

    version = fields.VersionField()


class _Recorded(WordsForm):
    """What staff say besides: how the words reached them, and that they were read back."""

    capture = fields.ChoiceField(_("How did the words reach you?"), noun=_("how the words reached you"), choices=CAPTURES)
    is_read_back = fields.YesNoField(
        _("Have you read these words back to the person?"),
        hint=_("For a phone call or a meeting you must do this before you share them. For a letter you need not."),
        yes=_("Yes, and they agree that these are their words"),
        no=_("Not yet"),
        inline=False,
        noun=_("whether you have read the words back"),
        required_message=_("Say if you have read the words back"),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        asked = self.fields
        asked["words"].label = _("What did they say?")
        asked["words"].hint = _(
            "Write their own words, as they said them, with nothing tidied. They do not have to tell us about anything painful."
        )
        asked["kind"].choices = KINDS_RECORDED
        asked["source"].hint = _("They never have to say.")
        asked["source"].choices = SOURCES_RECORDED
        asked["visibility"].label = _("Who may see their words?")
        asked["visibility"].hint = _("Ask them. Those who may see the words also see the person’s name.")
        asked["visibility"].hints = {**asked["visibility"].hints, **VISIBILITY_HINTS_RECORDED}
        asked["naming"].label = _("If we publish what changed, how should we name them?")
        asked["naming"].hint = _(
            "Ask them. Nothing is published until they agree the words. Where there are only a few partners, people may guess who it was."
        )
        asked["naming"].choices = NAMINGS_RECORDED
        self.order_fields(["speaker", "capture", "words", "is_read_back"])
        if self.is_draft:
            self.fields["is_read_back"].required = False

    def answers(self) -> dict[str, Any]:
        """The same, where nothing said about reading back means not yet."""
        return super().answers() | {"is_read_back": bool(self.cleaned_data.get("is_read_back"))}


class RecordForm(_Recorded):
    """Staff write down what a partner told them."""

    speaker = fields.ChoiceField(_("Who said it?"), noun=_("who said it"), select=True, required_message=_("Choose who said it"))
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, partners: Iterable[Membership], **more: Any) -> None:
        super().__init__(*args, **more)
        self.partners = {str(partner.pk): partner for partner in partners}
        self.fields["speaker"].choices = [(pk, partner.name) for pk, partner in self.partners.items()]

    def answers(self) -> dict[str, Any]:
        """The same, with the person."""
        return super().answers() | {"speaker": self.partners[self.cleaned_data["speaker"]]}


class EditRecordedForm(_Recorded):
    """Staff go on with what they are writing down; if the words change they must be read back again, so it is asked again."""

    version = fields.VersionField()


class CheckForm(Renewed):
    """The last look before words are sealed: whom else to tell, and for recorded words that they were read back."""

    is_read_back = fields.BooleanField(
        _("I have read these words back, and the person agrees that these are their words"),
        legend=_("Have you read the words back?"),
        required=False,
    )
    pass_on_to = fields.MultipleChoiceField(
        _("Should we also pass this on? (optional)"),
        noun=_("where we should pass this on"),
        hint=_("Tick any that you want. We take your words there for you and tell you when we have."),
        required=False,
    )
    version = fields.VersionField()
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, insight: Insight, channels: Sequence[tuple[str, str]], **more: Any) -> None:
        more["initial"] = {"is_read_back": insight.is_read_back, "version": insight.turn}
        super().__init__(*args, **more)
        self.fields["pass_on_to"].choices = list(channels)
        if not channels:
            del self.fields["pass_on_to"]
        if not insight.recorded_by_id or insight.capture == Insight.Capture.LETTER:
            del self.fields["is_read_back"]
        elif "pass_on_to" in self.fields:
            self.fields["pass_on_to"].hint = _("Ask the person, and tick any that they want.")


class NothingToAsk(forms.Form):
    """A page that only asks to be sure."""

    submission_key = fields.SubmissionKeyField()


class WithdrawForm(NothingToAsk):
    """To be sure; the lead also says that the person asked for it."""

    was_asked = fields.BooleanField(
        _("The person asked me to withdraw their words"), required_message=_("Withdraw words only if the person asked you to")
    )

    def __init__(self, *args: Any, is_speaker: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if is_speaker:
            del self.fields["was_asked"]


class StillWaitingForm(NothingToAsk):
    """To be sure; the lead also says that the person told them so."""

    was_told = fields.BooleanField(
        _("The person told me that they are still waiting"), required_message=_("Write this down only if the person told you so")
    )

    def __init__(self, *args: Any, is_speaker: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if is_speaker:
            del self.fields["was_told"]


class VisibilityForm(Renewed):
    """Who may see the words from now on. Each sending counts: whatever was chosen last is what holds."""

    visibility = fields.ChoiceField(
        _("Who may see your words?"), noun=_("who may see your words"), choices=Insight.Visibility.choices, hints=VISIBILITY_HINTS
    )


class PassOnForm(Once):
    """Where else to take the words."""

    channel = fields.ChoiceField(_("Where should we take your words?"), noun=_("where we should take your words"))

    def __init__(self, *args: Any, channels: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["channel"].choices = list(channels)


class VerdictForm(Once):
    """Does the latest answer answer the person?"""

    answer = fields.ChoiceField(
        _("Does this answer you?"),
        noun=_("whether this answers you"),
        choices=Verdict.Answer.choices,
        hints={
            Verdict.Answer.PART: _("It stays open."),
            Verdict.Answer.NO: _("It goes back to the person who answered, with your words."),
        },
        reveals={Verdict.Answer.NO: ["goes_to_lead"]},
        required_message=_("Say if this answers you"),
    )
    goes_to_lead = fields.BooleanField(_("Take it to the partner lead as well"), required=False)
    words = fields.WordsField(
        _("Do you want to say more? (optional)"),
        noun=_("what you want to say"),
        hint=_("If something is missing, tell us what. You do not have to."),
        required=False,
        max_length=None,
    )
    version = fields.VersionField()

    def narrow(self, open_answers: Sequence[str]) -> None:
        """Offer only what can be said as things stand."""
        field = self.fields["answer"]
        field.choices = [(value, label) for value, label in Verdict.Answer.choices if value in open_answers]

    def given(self) -> dict[str, Any]:
        """What the command needs."""
        answers = dict(self.cleaned_data)
        return answers | {"turn": answers.pop("version")}


class RecordedVerdictForm(VerdictForm):
    """The lead writes down what the person said about the answer."""

    capture = fields.ChoiceField(_("How did they tell you?"), noun=_("how they told you"), choices=CAPTURES)
    is_read_back = fields.BooleanField(
        _("I have read this back, and the person agrees"),
        legend=_("Have you read it back to them?"),
        hint=_("For a letter you need not."),
        required=False,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        asked = self.fields
        asked["answer"].label = _("Does this answer the person?")
        asked["answer"].hints = {
            **asked["answer"].hints,
            Verdict.Answer.NO.value: _("It goes back to the person who answered, with their words."),
        }
        asked["words"].label = _("What else did they say? (optional)")
        asked["words"].hint = _("Write their own words, as they said them.")
        self.order_fields(["capture", "answer", "goes_to_lead", "words", "is_read_back"])


class SealForm(forms.Form):
    """Words and a code, to see if they belong together."""

    code = fields.CharField(
        _("Code"), noun=_("the code"), hint=_("Such as INS-7KQ3M2XB."), width=20, max_length=40, spellcheck=False, autocomplete="off"
    )
    words = fields.WordsField(
        _("The words"), noun=_("the words"), hint=_("Paste them exactly, with every space and line."), rows=10, spellcheck=False
    )
