"""One question a page: order, answers that may be kept as JSON, the page where they are checked."""

import datetime as dt
import json
from decimal import Decimal
from functools import partial

import pytest
from django.http import QueryDict

from safety_partners.design import fields, forms
from safety_partners.design.steps import Incomplete, Step, Steps


class NameForm(forms.Form):
    name = fields.CharField("Full name")
    helps = fields.YesNoField("Do you need help?")


class HelpForm(forms.Form):
    many = fields.MultipleChoiceField(
        "Which help?", choices=[("a", "Large print"), ("b", "A lift"), ("c", "Other")], reveals={"c": ["other"]}
    )
    other = fields.CharField("What other?")
    born = fields.DateField("Date of birth")
    fare = fields.MoneyField("Fare")
    at = fields.TimeField("From when?")
    words = fields.WordsField("Anything else?", required=False)


class EndForm(forms.Form):
    agreed = fields.BooleanField("I agree")


STEPS = Steps(
    Step("name", NameForm, "Your name"),
    Step("help", HelpForm, "Help", when=lambda answers: answers.get("name", {}).get("helps") is True),
    Step("end", EndForm, "Agree"),
)
HELP = "many=a&many=b&born_day=3&born_month=3&born_year=1957&fare=12.5&at=2pm&words=+a%0D%0Ab"


def answer(name, answers, sent):
    form = STEPS.form(name, answers, QueryDict(sent))
    assert form.is_valid(), form.errors
    return json.loads(json.dumps(STEPS.save(form, name, answers)))


def test_the_sequence_follows_the_answers():
    assert STEPS.first({}).name == STEPS.next_open({}).name == "name"
    short = answer("name", {}, "name=Ann&helps=no")
    assert [step.name for step in STEPS.asked(short)] == ["name", "end"]
    assert STEPS.after("name", short).name == "end"
    assert STEPS.before("name", short) is None
    long = answer("name", short, "name=Ann&helps=yes")
    assert STEPS.after("name", long).name == "help"
    assert STEPS.before("end", long).name == "help"
    assert STEPS.after("end", long) is None
    assert short["name"]["helps"] is False


def test_a_step_that_is_not_asked_cannot_be_opened():
    for ask in (STEPS.get, STEPS.form, STEPS.after, STEPS.before):
        with pytest.raises(KeyError):
            ask("help", {})
        with pytest.raises(KeyError):
            ask("nowhere", {})


def test_answers_survive_json_and_become_clean_values():
    answers = answer("name", {}, "name=Ann&helps=yes")
    answers = answer("help", answers, HELP)
    with pytest.raises(Incomplete) as missing:
        STEPS.cleaned(answers)
    assert missing.value.step == "end"
    answers = answer("end", answers, "agreed=on")
    assert STEPS.is_complete(answers)
    assert STEPS.cleaned(answers) == {
        "name": "Ann",
        "helps": True,
        "many": ["a", "b"],
        "other": "",
        "born": dt.date(1957, 3, 3),
        "fare": Decimal("12.50"),
        "at": dt.time(14),
        "words": " a\nb",
        "agreed": True,
    }


def test_an_answer_that_is_no_longer_right_is_open_again():
    answers = answer("name", {}, "name=Ann&helps=no")
    answers["name"]["name"] = ""
    assert STEPS.next_open(answers).name == "name"


def test_what_was_answered_is_shown_again():
    answers = answer("help", answer("name", {}, "name=Ann&helps=yes"), HELP)
    form = STEPS.form("help", answers)
    assert 'value="b" checked' in form["many"].as_nhs()
    assert 'value="1957"' in form["born"].as_nhs()
    assert 'value="2pm"' in form["at"].as_nhs()


def test_check_rows_say_every_answer_in_words():
    answers = answer("help", answer("name", {}, "name=Ann <b>&helps=yes"), HELP)
    rows = STEPS.check_rows(answers, lambda step: f"/ask/{step.name}/")
    said = {row["key"]: str(row["value"]) for row in rows}
    assert said == {
        "Full name": "Ann &lt;b&gt;",
        "Do you need help?": "Yes",
        "Which help?": "Large print<br>A lift",
        "Date of birth": "3 March 1957",
        "Fare": "£12.50",
        "From when?": "2pm",
        "Anything else?": '<div class="app-exact"> a\nb</div>',
    }
    assert 'href="/ask/help/"' in rows[-1]["actions"][0]


def test_nothing_given_is_changed():
    answers = answer("name", {}, "name=Ann&helps=yes")
    before = json.dumps(answers)
    answer("help", answers, HELP)
    assert json.dumps(answers) == before


def test_two_steps_may_not_share_a_name():
    with pytest.raises(ValueError, match="same name"):
        Steps(Step("a", NameForm, "A"), Step("a", EndForm, "B"))


def test_a_file_cannot_be_kept_with_the_answers():
    class Photo(forms.Form):
        photo = fields.FileField("Photo")

    form = Photo()
    form.cleaned_data = {"photo": object()}
    with pytest.raises(TypeError, match="cannot keep"):
        Steps(Step("photo", Photo, "Photo")).save(form, "photo", {})


def test_a_step_may_make_its_form_with_what_the_caller_knows():
    class Role(forms.Form):
        role = fields.ChoiceField("Role")

        def __init__(self, *args, roles, **kwargs):
            super().__init__(*args, **kwargs)
            self.fields["role"].choices = roles

    steps = Steps(Step("role", partial(Role, roles=[("a", "First"), ("b", "Second")]), "Role"))
    form = steps.form("role", {}, {"role": "b"})
    assert form.is_valid()
    answers = steps.save(form, "role", {})
    assert steps.cleaned(answers) == {"role": "b"}
    assert str(steps.check_rows(answers, lambda step: "#")[0]["value"]) == "Second"
