"""A new organisation sets up its programme step by step, stops in between, and goes on another day on a phone."""

from __future__ import annotations

import datetime as dt

from journeys.visitor import Visitor

REMINDER = "Set up the partner programme"
AGAIN_ON = dt.date.today() + dt.timedelta(days=700)  # noqa: DTZ011


def test_a_programme_is_set_up(visit) -> None:
    first = visit("Ellen Frost")
    begin(first)
    name_the_people(first)
    give_somebody_to_talk_to(first)
    # She leaves it there. Another browser, as wide as a phone, knows what is done.
    later = visit("Ellen Frost", width=320)
    later.sees(REMINDER)
    later.press(REMINDER)
    say_which_policy(later)
    describe_the_role(later)
    say_where_to_go(later)
    take_our_list(later)
    read_a_letter(later)
    later.go("/programme/")
    later.press("The programme is ready")
    later.sees("You can change any of it at any time")
    later.go("/home/")
    later.sees_no(REMINDER)
    see_the_role_in_public(visit())


def begin(lead: Visitor) -> None:
    """The reminder on the first page leads to the list of steps."""
    lead.press(REMINDER)
    lead.sees("This takes less than 30 minutes")
    lead.sees("steps are still to do")


def name_the_people(lead: Visitor) -> None:
    lead.press("Who answers for the programme")
    lead.fill("The executive who answers for it", "Dr Nell Ashby, partner of the practice")
    lead.press("Save")
    lead.sees("2 people are named")


def give_somebody_to_talk_to(lead: Visitor) -> None:
    lead.press("Somebody to talk to")
    lead.fill("Whom to ask about the role of partner", "Ellen Frost, practice manager")
    lead.fill("Their phone number", "01632 960 310")
    lead.press("Save")
    lead.sees("Ellen Frost, practice manager")


def say_which_policy(lead: Visitor) -> None:
    lead.press("The policy for partners")
    lead.fill("Name of the policy", "Working with partners")
    lead.fill("Day", str(AGAIN_ON.day))
    lead.fill("Month", str(AGAIN_ON.month))
    lead.fill("Year", str(AGAIN_ON.year))
    lead.press("Save")
    lead.sees("Working with partners")


def describe_the_role(lead: Visitor) -> None:
    """Our words to start from, one of them made true, read once more, and used."""
    lead.press("The role")
    lead.press("Describe a role")
    lead.page.get_by_label("Time", exact=True).fill("Two hours a month, on a day that suits you.")
    lead.press("Keep as a draft")
    lead.press("Bring it into use")
    lead.sees("Two hours a month, on a day that suits you.")
    lead.press("Bring it into use")
    lead.sees("See it as everybody does, on the website")
    lead.go("/programme/")


def say_where_to_go(lead: Visitor) -> None:
    lead.press("Where to go when something cannot wait")
    lead.fill("Who or what this is", "Emergency services")
    lead.fill("Phone number", "999")
    lead.press("Save")


def take_our_list(lead: Visitor) -> None:
    lead.press("What every partner needs before they begin")
    lead.press("Start from our list")
    lead.sees("Patient safety syllabus, level 1")
    lead.go("/programme/")


def read_a_letter(lead: Visitor) -> None:
    lead.press("Letters and agreements")
    lead.press("Welcome")
    lead.sees("Dear Sam Example")
    lead.sees("Ellen Frost, practice manager, 01632 960 310")


def see_the_role_in_public(anybody: Visitor) -> None:
    anybody.go("/at/harbour-lane/partners/")
    anybody.press("Patient Safety Partner")
    anybody.sees("Two hours a month, on a day that suits you.")
    anybody.sees("Ellen Frost, practice manager")
