"""The component page: every macro and every kind of question in use, for those who build pages. Somebody else gives it an address."""

from __future__ import annotations

import datetime as dt
from collections import namedtuple
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from safety_partners.design import fields, forms
from safety_partners.design.lists import BooleanFilter, ChoiceFilter, Column, DateRangeFilter, Listing, ListPage, Sort
from safety_partners.design.pages import Colour, Frame, NavItem
from safety_partners.design.steps import Step, Steps

Row = namedtuple("Row", "code title held_at people status")
TONES = {"held": "done", "planned": "waiting", "cancelled": "stopped"}
STATUSES = [("planned", _("Planned")), ("held", _("Held")), ("cancelled", _("Cancelled"))]


class ExampleForm(forms.Form):
    """One question of each kind."""

    name = fields.CharField(_("Full name"), noun=_("your full name"), autocomplete="name", hint=_("As you want us to write it"))
    how = fields.ChoiceField(
        _("How should we reply?"),
        noun=_("how we should reply"),
        choices=[("email", _("Email")), ("phone", _("Phone")), ("none", _("You need not reply"))],
        hints={"phone": _("We ring between 9am and 5pm")},
        dividers={"none": _("or")},
        reveals={"email": ["email"], "phone": ["phone"]},
    )
    email = fields.EmailField(_("Email address"), noun=_("your email address"))
    phone = fields.TelephoneField(_("Phone number"), noun=_("your phone number"))
    born = fields.DateField(
        _("Date of birth"), noun=_("your date of birth"), hint=_("For example, 27 3 1957"), latest=fields.today, birthday=True
    )
    at = fields.TimeField(_("Time"), noun=_("the time"), hint=_("For example, 2:30pm"))
    words = fields.WordsField(_("What happened?"), noun=_("what happened"), max_words=300)
    note = fields.WordsField(_("Anything else?"), rows=3, required=False)
    many = fields.MultipleChoiceField(
        _("What would help you take part?"),
        noun=_("what would help you"),
        choices=[("large", _("Large print")), ("seat", _("A seat near the door")), ("other", _("Something else")), ("no", _("Nothing"))],
        exclusive=["no"],
        reveals={"other": ["other"]},
    )
    other = fields.CharField(_("What is it?"), noun=_("what would help you"))
    yes = fields.YesNoField(_("May we write to you again?"))
    area = fields.ChoiceField(_("Area"), noun=_("an area"), select=True, choices=[("n", _("North")), ("s", _("South"))])
    number = fields.IntegerField(_("How many people?"), noun=_("how many people"), minimum=1, maximum=500)
    hours = fields.HoursField(_("How long does it take?"), noun=_("how long it takes"))
    cost = fields.MoneyField(_("Bus fare"), noun=_("your bus fare"))
    document = fields.FileField(_("Document"), types={".pdf": _("PDF"), ".docx": _("Word document")}, required=False)
    secret = fields.PasswordField(_("Password"), noun=_("your password"))
    agreed = fields.BooleanField(_("I have read this page"), required_message=_("Tick the box when you have read this page"))
    submission_key = fields.SubmissionKeyField()


class NameForm(forms.Form):
    name = fields.CharField(_("Full name"))
    born = fields.DateField(_("Date of birth"))
    words = fields.WordsField(_("What happened?"))


WRONG = {
    "wrong-how": "phone",
    "wrong-phone": "12",
    "wrong-born_day": "31",
    "wrong-born_month": "2",
    "wrong-born_year": "1957",
    "wrong-many": ["seat", "no"],
    "wrong-number": "many",
    "wrong-cost": "12.345",
}
STEPS = Steps(Step("name", NameForm, _("Your name")))
ANSWERS = {"name": {"name": "Ann Example", "born": "1957-03-27", "words": "I waited.\n\n  Nobody came."}}
MEETINGS = ListPage(
    columns=[
        Column("code", _("Code"), kind="code", href=lambda row: f"#{row.code}"),
        Column("title", _("Title"), sort="title"),
        Column("held_at", _("When"), kind="datetime", sort="newest"),
        Column("people", _("People"), kind="number"),
        Column("status", _("Status"), kind="status", says=dict(STATUSES), tones=TONES),
    ],
    sorts=[
        Sort("newest", _("Newest first"), ["-held_at", "-id"], reverse_label=_("Oldest first")),
        Sort("title", _("Title, A to Z"), ["title", "id"]),
    ],
    filters=[
        ChoiceFilter("status", _("Status"), choices=STATUSES),
        DateRangeFilter("held", _("Held"), field="held_at", is_moment=True),
        BooleanFilter("mine", _("Only mine")),
    ],
    search=lambda rows, words: rows.filter(title__icontains=words),
    caption=_("Meetings"),
)


def example_listing(*, is_narrowed: bool = False) -> Listing:
    """A page of a list with invented rows, without a database."""
    listing = MEETINGS.blank({"q": "nothing"} if is_narrowed else {})
    if not is_narrowed:
        at = dt.datetime(2026, 3, 3, 14, 5, tzinfo=dt.UTC)
        listing.rows = [
            Row("MEE-7KQ3M2", "Quality and Governance", at, 1200, "held"),
            Row("MEE-4PX9D8", "A very long title that has to break over more than one line on a small screen", at, 7, "planned"),
            Row("MEE-2ZT6W3", "Training", at, 12, "cancelled"),
        ]
        listing.count, listing.next_url = 1001, "?after=example"
    return listing


def example_frame(colour: str = Colour.TEAL.value) -> Frame:
    """A frame with everything in it."""
    return Frame(
        service_name=_("Components"),
        organisation_name="Example Organisation",
        colour=colour,
        navigation=[NavItem(_("Home"), "#home", is_current=True), NavItem(_("Meetings"), "#meetings"), NavItem(_("People"), "#people")],
        account_links=[NavItem(_("Your account"), "#account"), NavItem(_("Sign out"), "#out", is_post=True)],
        footer_links=[(_("Accessibility"), "#accessibility"), (_("Privacy"), "#privacy")],
        footer_text=_("Example Organisation"),
        person_name="Ann Example",
        demonstration=True,
    )


def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component; nothing here is kept."""
    wrong = ExampleForm(WRONG, prefix="wrong")
    wrong.is_valid()
    asked = request.GET.get("colour", "")
    context = {
        "page": example_frame(asked if asked in list(Colour) else Colour.TEAL.value),
        "example": ExampleForm(),
        "wrong": wrong,
        "listing": example_listing(),
        "empty_listing": example_listing(is_narrowed=True),
        "check_rows": STEPS.check_rows(ANSWERS, lambda step: f"#{step.name}"),
        "moment": dt.datetime(2026, 3, 3, 14, 5, tzinfo=dt.UTC),
        "day": dt.date(2026, 3, 3),
        "amount": Decimal("12.50"),
        "exact": "“Nobody told me\nwhat would happen next.”\n\n   I waited   three weeks.",
        "colours": list(Colour),
    }
    return render(request, "design/gallery.jinja", context, using="jinja2")
