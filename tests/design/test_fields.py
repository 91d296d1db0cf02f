"""Each kind of question: what it takes, what it says when something is wrong, what it shows again."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from safety_partners.design import fields, forms


def ask(field, data=None, files=None):
    """A form with this one question, and what was sent for it."""
    form = type("Asked", (forms.Form,), {"x": field})(QueryDict(data) if isinstance(data, str) else data, files or {})
    form.is_valid()
    return form


def taken(field, data, files=None):
    form = ask(field, data, files)
    assert not form.errors, form.errors
    return form.cleaned_data["x"]


def refused(field, data, files=None):
    form = ask(field, data, files)
    assert form.errors, form.cleaned_data
    return form["x"].error


WRONG = [
    (fields.CharField("Full name", noun="your full name"), "x=+", "Enter your full name"),
    (fields.CharField("NHS trust"), "", "Enter NHS trust"),
    (fields.CharField("What is it called?"), "", "Enter an answer"),
    (fields.CharField("Name", required_message="Tell us the name"), "", "Tell us the name"),
    (fields.CharField("Full name", noun="your full name", max_length=3), "x=Anna", "Your full name must be 3 characters or fewer"),
    (fields.WordsField("Words", noun="what happened"), "x=+%0D%0A+", "Enter what happened"),
    (fields.WordsField("Words", max_words=2), "x=a+b+c", "Words must be 2 words or fewer. You have used 3"),
    (fields.WordsField("Words", max_length=2), "x=abc", "Words must be 2 characters or fewer. You have used 3"),
    (fields.EmailField("Email"), "x=ann", "Enter an email address in the correct format, like name@example.com"),
    (
        fields.TelephoneField("Phone"),
        "x=12",
        "Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192",
    ),
    (fields.IntegerField("How many", noun="how many people"), "x=1.5", "How many people must be a whole number, like 12"),
    (fields.IntegerField("How many", minimum=1), "x=0", "How many must be 1 or more"),
    (fields.IntegerField("How many", maximum=1000), "x=1,001", "How many must be 1,000 or less"),
    (fields.MoneyField("Fare"), "x=1.234", "Fare must be an amount of money, like 12.50"),
    (fields.MoneyField("Fare", maximum=20), "x=20.01", "Fare must be £20 or less"),
    (fields.MoneyField("Fare"), "x=-1", "Fare must be £0 or more"),
    (fields.HoursField("Time"), "x=two", "Time must be a number of hours, like 2 or 1.5"),
    (fields.HoursField("Time"), "x=1.25", "Time must be a number of hours, like 2 or 1.5"),
    (fields.HoursField("Time", maximum=24), "x=24.5", "Time must be 24 or less"),
    (fields.ChoiceField("Area", noun="an area", choices=[("n", "North")]), "", "Select an area"),
    (fields.ChoiceField("Area", noun="an area", choices=[("n", "North")]), "x=z", "Select an area from the list"),
    (fields.YesNoField("Again?"), "", "Select yes or no"),
    (fields.YesNoField("Again?", required_message="Say whether"), "x=", "Say whether"),
    (fields.MultipleChoiceField("Needs", noun="what you need", choices=[("a", "A")]), "", "Select what you need"),
    (fields.MultipleChoiceField("Needs", noun="a need", choices=[("a", "A")]), "x=a&x=z", "Select a need from the list"),
    (
        fields.MultipleChoiceField("Needs", noun="what you need", choices=[("a", "A"), ("no", "Nothing")], exclusive=["no"]),
        "x=a&x=no",
        "Select what you need, or select “Nothing”",
    ),
    (fields.BooleanField("I agree"), "", "Tick the box to go on"),
    (fields.TimeField("Start", noun="the start"), "x=25:00", "The start must be a time, like 2:30pm or 14:30"),
    (fields.TimeField("Start", noun="the start"), "x=7", "The start must be a time, like 2:30pm or 14:30"),
    (fields.DateField("Born", noun="your date of birth"), "", "Enter your date of birth"),
    (fields.DateField("Born", noun="your date of birth"), "x_day=3", "Your date of birth must include a month and year"),
    (fields.DateField("Born"), "x_day=3&x_year=2026", "Born must include a month"),
    (fields.DateField("Born"), "x_day=31&x_month=2&x_year=2026", "Born must be a real date, like 27 3 2026"),
    (fields.DateField("Born"), "x_day=3&x_month=13&x_year=2026", "Born must be a real date, like 27 3 2026"),
    (fields.DateField("Born"), "x_day=x&x_month=1&x_year=2026", "Born must be a real date, like 27 3 2026"),
    (fields.DateField("Born"), "x_day=3&x_month=1&x_year=57", "Year must include 4 numbers"),
    (fields.DateField("Due", earliest=dt.date(2026, 3, 3)), "x_day=2&x_month=3&x_year=2026", "Due must be on or after 3 March 2026"),
    (fields.DateField("Due", latest=dt.date(2026, 3, 3)), "x_day=4&x_month=3&x_year=2026", "Due must be on or before 3 March 2026"),
]


@pytest.mark.parametrize(("field", "data", "message"), WRONG, ids=[f"{type(f).__name__}-{m}" for f, _, m in WRONG])
def test_what_is_said_when_something_is_wrong(field, data, message):
    assert refused(field, data) == message


RIGHT = [
    (fields.CharField("Name"), "x=++Ann++", "Ann"),
    (fields.CharField("Name", required=False), "", ""),
    (fields.WordsField("Words"), "x=++a%0D%0A%0Ab+%0D", "  a\n\nb \n"),
    (fields.EmailField("Email"), "x=+ann@example.com+", "ann@example.com"),
    (fields.TelephoneField("Phone"), "x=(01632)++960-001+ext.+12", "(01632) 960-001 ext. 12"),
    (fields.TelephoneField("Phone"), "x=%2B44+808+157+0192", "+44 808 157 0192"),
    (fields.IntegerField("How many"), "x=1,200", 1200),
    (fields.IntegerField("How many"), "x=-5", -5),
    (fields.IntegerField("How many", required=False), "x=", None),
    (fields.MoneyField("Fare"), "x=£1,200.5", Decimal("1200.50")),
    (fields.HoursField("Time"), "x=1,5", Decimal("1.5")),
    (fields.HoursField("Time"), "x=+2+", Decimal("2.0")),
    (fields.HoursField("Time", required=False), "x=", None),
    (fields.ChoiceField("Area", choices=[("n", "North")]), "x=n", "n"),
    (fields.ChoiceField("Area", choices=[("n", "North")], required=False), "x=", ""),
    (fields.YesNoField("Again?"), "x=yes", True),
    (fields.YesNoField("Again?"), "x=no", False),
    (fields.YesNoField("Again?", required=False), "", None),
    (fields.MultipleChoiceField("Needs", choices=[("a", "A"), ("b", "B")]), "x=b&x=a&x=b", ["b", "a"]),
    (fields.MultipleChoiceField("Needs", choices=[("a", "A")], required=False), "", []),
    (fields.BooleanField("I agree"), "x=on", True),
    (fields.BooleanField("I agree", required=False), "", False),
    (fields.DateField("Born"), "x_day=3&x_month=March&x_year=1957", dt.date(1957, 3, 3)),
    (fields.DateField("Born", required=False), "x_day=&x_month=&x_year=", None),
    (fields.TimeField("Start"), "x=2.30 pm", dt.time(14, 30)),
    (fields.TimeField("Start"), "x=2pm", dt.time(14)),
    (fields.TimeField("Start"), "x=1430", dt.time(14, 30)),
    (fields.TimeField("Start"), "x=12am", dt.time(0)),
    (fields.TimeField("Start"), "x=midday", dt.time(12)),
    (fields.PasswordField("Password"), "x=+secret+", " secret "),
]


@pytest.mark.parametrize(("field", "data", "value"), RIGHT, ids=[f"{type(f).__name__}-{d}" for f, d, _ in RIGHT])
def test_what_is_taken(field, data, value):
    assert taken(field, data) == value


@time_machine.travel("2026-06-30 23:30:00+00:00")
def test_today_is_the_day_in_london():
    assert taken(fields.DateField("Born", latest=fields.today), "x_day=1&x_month=7&x_year=2026") == dt.date(2026, 7, 1)
    assert refused(fields.DateField("Born", latest=fields.today), "x_day=2&x_month=7&x_year=2026") == "Born must be today or in the past"
    assert refused(fields.DateField("Due", earliest=fields.today), "x_day=30&x_month=6&x_year=2026") == "Due must be today or in the future"


@given(st.text(st.characters(exclude_characters="\r\x00", exclude_categories=["Cs"])))
def test_words_are_kept_exactly(text):
    sent = QueryDict(mutable=True)
    sent["x"] = text.replace("\n", "\r\n")
    value = ask(fields.WordsField("Words", required=False), sent).cleaned_data["x"]
    assert value == (text if text.strip() else "")


@given(st.text())
def test_no_answer_makes_a_question_fail(text):
    """Whatever is typed, a question answers or says what is wrong; it never raises."""
    numbers = [fields.IntegerField("A"), fields.MoneyField("A"), fields.HoursField("A"), fields.TimeField("A")]
    lines = [fields.CharField("A"), fields.TelephoneField("A"), fields.EmailField("A")]
    for field in [*numbers, *lines, fields.WordsField("A"), fields.YesNoField("A"), fields.SubmissionKeyField()]:
        ask(field, {"x": text})["x"].as_nhs()
    ask(fields.DateField("A"), {"x_day": text, "x_month": text, "x_year": text})["x"].as_nhs()
    ask(fields.DateField("A"), {"x_day": "3", "x_month": text, "x_year": "2026"})["x"].as_nhs()
    ask(fields.VersionField(), {"x": text})


def test_files():
    field = fields.FileField("Policy", types={".pdf": "PDF", ".docx": "Word document"}, max_megabytes=1)
    assert refused(field, {}) == "Select a file"
    assert refused(field, {}, {"x": SimpleUploadedFile("a.exe", b"x")}) == "The selected file must be a PDF or Word document"
    assert refused(field, {}, {"x": SimpleUploadedFile("a.pdf", b"")}) == "The selected file is empty"
    assert refused(field, {}, {"x": SimpleUploadedFile("a.pdf", b"x" * 1024**2 + b"x")}) == "The selected file must be smaller than 1MB"
    assert taken(field, {}, {"x": SimpleUploadedFile("A.PDF", b"x")}).name == "A.PDF"
    html = ask(field)["x"].as_nhs()
    assert 'accept=".pdf,.docx"' in html
    assert "It must be a PDF or Word document, smaller than 1MB." in html
    assert ask(field).is_multipart()


def test_a_submission_key_is_made_once_and_kept():
    form = ask(fields.SubmissionKeyField())
    shown = form["x"].shown
    assert form["x"].shown == shown
    assert taken(fields.SubmissionKeyField(), {"x": shown}) == uuid.UUID(shown)
    assert isinstance(taken(fields.SubmissionKeyField(), {"x": "spoilt"}), uuid.UUID)
    assert f'name="x" value="{shown}"' in form["x"].as_nhs()


def test_a_version_is_a_number():
    assert taken(fields.VersionField(), {"x": "7"}) == 7
    for spoilt in ("", "x", "-1", "²", "9" * 40):
        assert refused(fields.VersionField(), {"x": spoilt}) == "This page is out of date. Open it again and check what changed"


def test_what_was_typed_is_shown_again():
    assert 'value="twelve"' in ask(fields.IntegerField("A"), "x=twelve")["x"].as_nhs()
    html = ask(fields.DateField("A"), "x_day=31&x_month=Feb&x_year=2026")["x"].as_nhs()
    assert 'value="31"' in html
    assert 'value="Feb"' in html
    assert ">\n\n a\n</textarea>" in ask(fields.WordsField("A", max_words=0), "x=%0A+a%0A")["x"].as_nhs()
    assert "secret" not in ask(fields.PasswordField("A", required_message="x"), "x=secret")["x"].as_nhs()


def test_initial_values_are_shown():
    form = type("Asked", (forms.Form,), {"d": fields.DateField("D"), "y": fields.YesNoField("Y"), "t": fields.TimeField("T")})
    asked = form(initial={"d": dt.date(2026, 3, 4), "y": False, "t": dt.time(14, 30)})
    assert 'value="4"' in asked["d"].as_nhs()
    assert 'value="no" checked' in asked["y"].as_nhs()
    assert 'value="2:30pm"' in asked["t"].as_nhs()


def test_nothing_cuts_what_is_typed():
    html = ask(fields.CharField("A", max_length=5))["x"].as_nhs()
    assert "maxlength" not in html
    assert " required" not in html


def test_a_question_can_be_the_heading_of_its_page():
    html = ask(fields.CharField("A", page_heading=True))["x"].as_nhs()
    assert "<h1" in html
    assert "nhsuk-label--l" in html
    assert "<h1" in ask(fields.YesNoField("A"))["x"].as_nhs(page_heading=True)


def test_hours_are_shown_as_people_write_them():
    field = fields.HoursField("Time")
    assert [field.show(Decimal(hours)) for hours in ("2.0", "1.5", "40.0", "1000")] == ["2", "1.5", "40", "1000"]
    assert [field.say(Decimal(hours)) for hours in ("1.0", "1.5")] == [["1 hour"], ["1.5 hours"]]
    assert field.say(None) == []
    assert field.revive("1.5") == Decimal("1.5")
