"""The questions about a committee, its terms of reference, its members, and how many seats partners have."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.committees.commands.committees import MOST_DAYS, MOST_SEATS
from safety_partners.committees.models import Committee
from safety_partners.committees.models.committee import PARTNERS_WANTED
from safety_partners.design import fields, forms
from safety_partners.insights.commands.evidence import MAX_MEGABYTES, TYPES
from safety_partners.partners.forms.said import choose_person
from safety_partners.people.choosing import People
from safety_partners.people.models import Level

MOST_SIGNS = 40_000
KINDS = {kind: words for kind, words in TYPES.items() if kind in {".pdf", ".docx"}}
SEATS_HINT = _("The NHS Patient Safety Strategy hopes for two partners on each safety-related committee, so that nobody is alone.")


class CommitteeForm(forms.Renewed):
    """How a committee works; asked the same when it is added and when something changes."""

    name = fields.CharField(_("Name"), noun=_("the name of the committee"), max_length=200)
    kind = fields.ChoiceField(_("What is it?"), noun=_("what it is"), choices=Committee.Kind.choices)
    purpose = fields.WordsField(
        _("What is it for? (optional)"),
        hint=_("In a few plain sentences. Partners read this before they say yes to a seat."),
        rows=4,
        max_length=4000,
        threshold=75,
        required=False,
    )
    is_safety_related = fields.YesNoField(
        _("Is it about patient safety?"),
        hint=_("If it is, we tell the partner lead in time before it is without a partner."),
        noun=_("whether it is about patient safety"),
    )
    level = fields.ChoiceField(_("For whom does it work?"), noun=_("for whom it works"), choices=Level.choices, initial=Level.ORGANISATION)
    chair = fields.ChoiceField(_("Chair"), noun=_("the chair"), select=True, empty_text=_("Choose a person"))
    secretary = fields.ChoiceField(
        _("Secretary"), hint=_("Whoever arranges the meetings."), noun=_("the secretary"), select=True, empty_text=_("Choose a person")
    )
    seats = fields.IntegerField(
        _("How many seats do partners have?"),
        hint=SEATS_HINT,
        noun=_("how many seats"),
        minimum=0,
        maximum=MOST_SEATS,
        initial=PARTNERS_WANTED,
    )
    quorum = fields.IntegerField(
        _("How many people must be there to decide? (optional)"), noun=_("how many people"), minimum=1, maximum=200, required=False
    )
    is_quorate_without_partner = fields.YesNoField(
        _("May it decide when no partner is there?"), noun=_("whether it may decide without a partner"), initial=True
    )
    partners_vote = fields.YesNoField(_("Do partners vote?"), noun=_("whether partners vote"), initial=False)
    papers_days = fields.IntegerField(
        _("How many working days before a meeting do papers go out?"),
        noun=_("the number of working days"),
        minimum=0,
        maximum=MOST_DAYS,
        initial=5,
    )
    submission_key = fields.SubmissionKeyField()
    turn = fields.VersionField()

    def __init__(self, *args: Any, chairs: People, secretaries: People, committee: Committee | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        choose_person(self.fields["chair"], chairs)
        choose_person(self.fields["secretary"], secretaries)
        if committee is None:
            del self.fields["turn"]
        else:
            del self.fields["seats"], self.fields["submission_key"]

    @staticmethod
    def initial_of(committee: Committee) -> dict[str, Any]:
        """What is written now."""
        same = (
            "name",
            "kind",
            "purpose",
            "is_safety_related",
            "level",
            "quorum",
            "is_quorate_without_partner",
            "partners_vote",
            "papers_days",
            "turn",
        )
        people = {"chair": committee.chair.code, "secretary": committee.secretary.code}
        return {name: getattr(committee, name) for name in same} | people


class SeatsForm(forms.Form):
    """How many seats partners have."""

    seats = fields.IntegerField(
        _("How many seats do partners have?"), hint=SEATS_HINT, noun=_("how many seats"), minimum=0, maximum=MOST_SEATS
    )


class EndForm(forms.Renewed):
    """Why a committee ends."""

    why = fields.WordsField(
        _("Why does it end?"), hint=_("Everybody who sits on it reads this."), noun=_("why it ends"), rows=3, max_length=1000, threshold=75
    )
    turn = fields.VersionField()


class TermsForm(forms.Form):
    """Terms of reference, typed or as a file."""

    words = fields.WordsField(
        _("The terms of reference (optional)"),
        hint=_("Type or paste them here, or choose a file below."),
        rows=12,
        max_length=MOST_SIGNS,
        threshold=90,
        required=False,
    )
    file = fields.FileField(_("A file (optional)"), types=KINDS, max_megabytes=MAX_MEGABYTES, required=False)
    agreed_on = fields.DateField(_("When were they agreed?"), noun=_("the day on which they were agreed"), latest=fields.today)
    review_on = fields.DateField(_("When should they be looked at again? (optional)"), noun=_("the day of the next look"), required=False)
    submission_key = fields.SubmissionKeyField()


class MemberForm(forms.Form):
    """Somebody who gets a place at the table."""

    member = fields.ChoiceField(_("Who?"), noun=_("who it is"), select=True, empty_text=_("Choose a person"))
    position = fields.CharField(
        _("What do they do here? (optional)"), hint=_("As the minutes name them, such as: lead nurse."), max_length=200, required=False
    )
    from_on = fields.DateField(_("From when?"), noun=_("the first day"), initial=fields.today)
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, people: People, **more: Any) -> None:
        super().__init__(*args, **more)
        choose_person(self.fields["member"], people)
