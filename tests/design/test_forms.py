"""Forms: revealed questions, the error summary, what a page shows."""

from django.http import QueryDict
from lxml import html

from safety_partners.design import fields, forms
from safety_partners.design.gallery import WRONG, ExampleForm
from safety_partners.design.rendering import macro


class Contact(forms.Form):
    how = fields.ChoiceField(
        "How?", noun="how", choices=[("email", "Email"), ("phone", "Phone")], reveals={"email": ["email"], "phone": ["phone", "when"]}
    )
    email = fields.EmailField("Email")
    phone = fields.TelephoneField("Phone")
    when = fields.YesNoField("Any time?", reveals={"no": ["hours"]})
    hours = fields.CharField("Which hours?", noun="the hours")
    needs = fields.MultipleChoiceField("Needs", choices=[("other", "Other")], required=False, reveals={"other": ["other"]})
    other = fields.CharField("What?", noun="what you need")
    copy = fields.BooleanField("Send a copy", required=False, reveals={True: ["copy_to"]})
    copy_to = fields.EmailField("Copy to", noun="where the copy goes")
    submission_key = fields.SubmissionKeyField()


def test_only_what_was_revealed_is_asked():
    form = Contact(QueryDict("how=email&email=a@example.com&phone=nonsense&hours=x"))
    assert form.is_valid(), form.errors
    answers = form.cleaned_data
    assert (answers["email"], answers["phone"], answers["when"], answers["hours"]) == ("a@example.com", "", None, "")
    assert (answers["other"], answers["copy_to"]) == ("", "")


def test_what_was_revealed_is_needed():
    form = Contact(QueryDict("how=phone&needs=other&copy=on"))
    assert set(form.errors) == {"phone", "when", "other", "copy_to"}


def test_a_question_under_a_question_that_is_not_asked_is_not_asked():
    assert set(Contact(QueryDict("how=email&email=a@example.com&when=no")).errors) == set()
    assert set(Contact(QueryDict("how=phone&phone=01632960001&when=no")).errors) == {"hours"}


def test_the_fields_are_all_there_after_a_check():
    form = Contact(QueryDict("how=email"))
    assert list(form.fields) == list(Contact.base_fields)
    assert form.errors


def test_revealed_questions_stand_inside_their_choice_and_only_there():
    form = Contact()
    page = html.fromstring(str(macro("design/fields.jinja", "whole_form")(form, "", "Send")))
    assert [bound.name for bound in form.questions()] == ["how", "needs", "copy"]
    for name in ("email", "phone", "when", "hours", "other", "copy_to"):
        inputs = page.xpath(f'//input[@name="{name}"]')
        assert inputs, name
        assert all(one.xpath('ancestor::div[contains(@class, "__conditional")]') for one in inputs)
    assert len(page.xpath('//input[@name="email"]')) == 1
    assert len(page.xpath('//input[@name="submission_key"][@type="hidden"]')) == 1


def test_the_summary_leads_to_the_first_wrong_input_in_the_order_of_the_page():
    wrong = ExampleForm(WRONG, prefix="wrong")
    items = wrong.error_summary_items()
    page = html.fromstring(str(macro("design/fields.jinja", "whole_form")(wrong, "", "Send")))
    order = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(items) == len(wrong.errors) == 13
    places = [order.index(href[1:]) for _, href in items]
    assert places == sorted(places)
    assert "#id_wrong-born-day" in [href for _, href in items]
    for _, href in items:
        assert page.get_element_by_id(href[1:]).tag in ("input", "textarea", "select")


def test_a_partly_wrong_date_leads_to_its_wrong_part():
    class Born(forms.Form):
        born = fields.DateField("Born")

    form = Born({"born_day": "3", "born_year": "2026"})
    assert form.error_summary_items() == [("Born must include a month", "#id_born-month")]
    marked = html.fromstring(str(form["born"].as_nhs())).xpath('//input[contains(@class, "nhsuk-input--error")]/@id')
    assert marked == ["id_born-month"]


def test_errors_of_the_whole_form_and_of_hidden_values_have_no_link():
    class Edit(forms.Form):
        name = fields.CharField("Name", required=False)
        version = fields.VersionField()

        def clean(self):
            self.add_error(None, "Somebody was quicker")

    items = Edit({"version": "x"}).error_summary_items()
    assert items == [("Somebody was quicker", None), ("This page is out of date. Open it again and check what changed", None)]
    assert "Somebody was quicker" in macro("design/fields.jinja", "form_errors")(Edit({"version": "1"}))


def test_each_input_is_described_by_its_hint_and_error():
    wrong = ExampleForm(WRONG, prefix="wrong")
    page = html.fromstring(str(macro("design/fields.jinja", "whole_form")(wrong, "", "Send")))
    described = [one for element in page.iter() for one in (element.get("aria-describedby") or "").split()]
    assert described
    for one in described:
        page.get_element_by_id(one)
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_every_input_has_a_label():
    page = html.fromstring(str(macro("design/fields.jinja", "whole_form")(ExampleForm(), "", "Send")))
    labelled = set(page.xpath("//label/@for"))
    inputs = page.xpath('//input[not(@type="hidden")]/@id | //textarea/@id | //select/@id')
    assert len(inputs) > 20
    assert set(inputs) == labelled


def test_an_unbound_form_has_no_summary():
    assert Contact().error_summary_items() == []
    assert macro("design/fields.jinja", "form_errors")(Contact()).strip() == ""


def test_choices_given_later_are_shown_and_checked():
    class Later(forms.Form):
        who = fields.ChoiceField("Who?", select=True)

        def __init__(self, *args, people, **kwargs):
            super().__init__(*args, **kwargs)
            self.fields["who"].choices = people

    assert '<option value="7">Ann</option>' in Later(people=[(7, "Ann")])["who"].as_nhs()
    assert Later({"who": "7"}, people=[(7, "Ann")]).is_valid()
    assert not Later({"who": "8"}, people=[(7, "Ann")]).is_valid()
