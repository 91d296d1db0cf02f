"""What is asked about something that somebody will do by a day."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.design import fields
from safety_partners.insights.forms.sharing import Once
from safety_partners.partners.forms.said import choose_person
from safety_partners.people.choosing import People


class AgreeForm(Once):
    """What, who and by when."""

    text = fields.WordsField(
        _("What will be done?"),
        hint=_("One thing that can be seen to be done. Everybody who may open the item can read it."),
        noun=_("what will be done"),
        rows=3,
        max_length=1000,
        threshold=75,
    )
    owner = fields.ChoiceField(_("Who will do it?"), noun=_("who will do it"), select=True, empty_text=_("Choose a person"))
    due_on = fields.DateField(_("By when?"), noun=_("the day"), earliest=fields.today)

    def __init__(self, *args: Any, people: People, **more: Any) -> None:
        super().__init__(*args, **more)
        choose_person(self.fields["owner"], people)


class DoneForm(Once):
    """What shows that it is done."""

    evidence = fields.WordsField(
        _("What shows that it is done?"),
        hint=_("For example: all five sheets reprinted on 3 March; the old ones thrown away."),
        noun=_("what shows that it is done"),
        rows=4,
        max_length=4000,
        threshold=75,
    )
    turn = fields.VersionField()


class GiveUpForm(Once):
    """Why it will not be done."""

    reason = fields.WordsField(
        _("Why will it not be done?"),
        hint=_("The committee will read this. An honest reason is better than a silence."),
        noun=_("why it will not be done"),
        rows=4,
        max_length=2000,
        threshold=75,
    )
    turn = fields.VersionField()


class PutOffForm(Once):
    """The new day, and why it moves."""

    due_on = fields.DateField(_("What is the new day?"), noun=_("the new day"), earliest=fields.today)
    reason = fields.WordsField(
        _("Why does it have to wait?"),
        hint=_("The committee will read this."),
        noun=_("why it has to wait"),
        rows=4,
        max_length=2000,
        threshold=75,
    )
    turn = fields.VersionField()
