"""The questions about roles and task profiles. One thing on a line makes a list."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.design import fields, forms
from safety_partners.design.forms import Renewed
from safety_partners.partners.models import RoleVersion, TaskProfile, TaskVersion

EACH_ON_A_LINE = _("One thing on each line.")
ROLE, TASK = RoleVersion.WORDS, TaskVersion.WORDS


def _words(label: Any, noun: Any, hint: Any = "", rows: int = 4) -> fields.WordsField:
    return fields.WordsField(label, noun=noun, hint=hint, rows=rows, max_length=4000, threshold=75)


class _Versioned(Renewed):
    """The form of a draft carries how often it was changed, so that two people do not overwrite each other."""

    turn = fields.VersionField()
    submission_key = fields.SubmissionKeyField()

    def __init__(self, *args: Any, has_draft: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not has_draft:
            del self.fields["turn"]


class RoleWordsForm(_Versioned):
    """What the role is, in the order in which people read it."""

    summary = _words(ROLE["summary"], _("the role in short"))
    does = _words(ROLE["does"], _("what partners do"), EACH_ON_A_LINE, 6)
    does_not = _words(ROLE["does_not"], _("what partners do not do"), EACH_ON_A_LINE, 5)
    time = _words(ROLE["time"], _("the time"), _("For example: about how many hours a month, and when."))
    term = _words(ROLE["term"], _("how long it lasts"))
    payment = _words(
        ROLE["payment"],
        _("the involvement payment"),
        _("What you offer, for what, and where the amounts stand. Amounts change: say here how people hear of them."),
        6,
    )
    expenses = _words(ROLE["expenses"], _("the expenses"))
    support = _words(ROLE["support"], _("the support"))
    not_asked = _words(ROLE["not_asked"], _("what you do not ask"), _("Say that nobody has to speak about harm."))
    responsible_to = fields.CharField(
        _("Supported by (optional)"), noun=_("who supports partners"), hint=_("A role, such as the partner lead."), required=False
    )
    accountable_to = fields.CharField(
        _("Who answers for the programme (optional)"),
        noun=_("who answers for the programme"),
        hint=_("A role, such as the medical director."),
        required=False,
    )


class RoleForm(RoleWordsForm):
    """A new role."""

    title = fields.CharField(_("Name of the role"), noun=_("the name of the role"))
    field_order = ["title"]


class UseForm(Renewed):
    """Yes to the draft as it was read."""

    turn = fields.VersionField()
    submission_key = fields.SubmissionKeyField()


class RenameForm(forms.Form):
    """Another name for a role or a task profile."""

    title = fields.CharField(_("Name"), noun=_("a name"))
    submission_key = fields.SubmissionKeyField()


class TaskWordsForm(_Versioned):
    """What the task asks of a partner, and how much a partner can change by it."""

    what = _words(TASK["what"], _("what a partner would do"))
    time = fields.CharField(TASK["time"], noun=_("how long it takes"), hint=_("Such as: two hours."))
    frequency = fields.CharField(TASK["frequency"], noun=_("how often it is"), hint=_("Such as: every second month, or once."))
    preparation = fields.CharField(
        TASK["preparation"], noun=_("the preparation"), hint=_("Such as: an hour of reading, sent a week before."), max_length=300
    )
    stage = fields.ChoiceField(TASK["stage"], noun=_("what can still change"), choices=TaskVersion.Stage.choices)
    level = fields.ChoiceField(
        TASK["level"],
        noun=_("the level of involvement"),
        hint=_("NHS England’s four levels of public involvement. Your policy says what is offered at each."),
        choices=[(str(value), words) for value, words in TaskVersion.Level.choices],
    )
    scoring = fields.ChoiceField(
        TASK["scoring"],
        noun=_("what say a partner has on the panel"),
        choices=[(value, words) for value, words in TaskVersion.Scoring.choices if value],
    )

    def __init__(self, *args: Any, is_panel: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not is_panel:
            del self.fields["scoring"]

    def clean_level(self) -> int:
        return int(self.cleaned_data["level"])


class TaskForm(TaskWordsForm):
    """A new task profile; what say there is on a panel is asked only for a panel."""

    title = fields.CharField(_("Name of the task"), noun=_("the name of the task"), hint=_("Such as: a seat on the safety committee."))
    kind = fields.ChoiceField(
        _("What kind of task is it?"),
        noun=_("what kind of task it is"),
        choices=TaskProfile.Kind.choices,
        reveals={TaskProfile.Kind.PANEL.value: ["scoring"]},
    )
    field_order = ["title", "kind"]
