"""``./run bench [--postgres] [--lists | --committees | --activities] [--sizes 1000,10000] [--rounds 60]``: fill, drive, write down."""

from __future__ import annotations

import argparse
import dataclasses
import os
import platform
import re
import time
from html import unescape
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from benchmarks import activities, committees, drive, fill, fill_activities, fill_committees, fill_lists, lists  # noqa: E402
from benchmarks.pages import Page  # noqa: E402
from benchmarks.report import ACTIVITIES, INSIGHTS, LISTS, MEETINGS, Row, table, write  # noqa: E402
from safety_partners.insights.models import Insight  # noqa: E402
from safety_partners.people.models import Organisation  # noqa: E402

COMMON = "waited+appointment"
RARE = "quinoxaline"
WRITTEN = "We waited in the corridor and nobody came to tell us why."


def main() -> None:
    parser = argparse.ArgumentParser(prog="./run bench")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--lists", action="store_true", help="partners and joining instead of insights")
    which.add_argument("--committees", action="store_true", help="committees, their meetings and papers instead of insights")
    which.add_argument("--activities", action="store_true", help="activities and patient groups instead of insights")
    parser.add_argument(
        "--sizes", help="how many: 1000,10000,100000 insights, or 100,1000,5000 partners and as many interested, or meetings, or activities"
    )
    parser.add_argument("--rounds", type=int, default=60, help="requests a page and size")
    parser.add_argument("--write", action="store_true", help="write the figures into docs/performance.md")
    options = parser.parse_args()
    subject, fill_up, measure = INSIGHTS, fill.fill, _drive
    if options.lists:
        subject, fill_up, measure = LISTS, fill_lists.fill, lists.rows
    elif options.committees:
        subject, fill_up, measure = MEETINGS, fill_committees.fill, committees.rows
    elif options.activities:
        subject, fill_up, measure = ACTIVITIES, fill_activities.fill, activities.rows
    call_command("migrate", verbosity=0, interactive=False)
    call_command("demonstration")
    call_command("collectstatic", verbosity=0, interactive=False)
    organisation = Organisation.objects.get(slug="meadowbank")
    rows: list[Row] = []
    for size in (int(word) for word in (options.sizes or subject.sizes).split(",")):
        started = time.monotonic()
        fill_up(organisation, size)
        print(f"{connection.vendor}: {size:,} {subject.counted} are there after {time.monotonic() - started:.0f} s", flush=True)
        for row in measure(organisation, size, options.rounds):
            rows.append(row)
            if options.write:  # at once, so that a run that is stopped leaves what it found
                write(Path("docs/performance.md"), connection.vendor, platform.platform(), rows, subject)
    print(table(rows, subject))


def _drive(organisation: Organisation, size: int, rounds: int) -> list[Row]:
    made = []
    with drive.serving() as server:
        people = {name: drive.Person(server) for name in ("Grace Adeyemi", "Anjali Mistry")}
        for name, person in people.items():
            person.sign_in(name)
        lead, partner = people.values()
        newest = Insight.objects.filter(organisation=organisation, status="settled").order_by("-pk").first()
        assert newest
        pages = [
            Page("home, the lead's", lead, "/home/", "duties", "nhsuk-task-list__item--"),
            Page("home, a partner's", partner, "/home/", "verdicts", "nhsuk-task-list__item--"),
            Page("list, first page", lead, "/insights/", "insights"),
            Page("list, a partner's", partner, "/insights/mine/", "mine"),
            Page("list, deep page", lead, _deep(lead), "insights"),
            Page("list, filtered", lead, "/insights/?status=settled&kind=concern", "filtered"),
            Page("search, two common words", lead, f"/insights/?q={COMMON}", "insights"),
            Page("search, a rare word", lead, f"/insights/?q={RARE}", "insights"),
            Page("detail", lead, f"/insights/{newest.code}/", f"detail&code={newest.code}"),
            Page("trace", lead, f"/insights/{newest.code}/trace/", f"trace&code={newest.code}"),
            Page("could-not register", lead, "/insights/could-not/", "register"),
            Page("what changed (public)", drive.Person(server), "/at/meadowbank/what-changed/", "changes&slug=meadowbank", "<h2"),
        ]
        made = [one.row(server, size, rounds) for one in pages]
        made.append(_write(server, partner, size, rounds))
    return made


def _deep(person: drive.Person) -> str:
    """Turn the page forty times, as somebody looking for something old would."""
    path = "/insights/"
    for _page in range(40):
        found = re.search(r'href="([^"]*[?&](?:amp;)?after=[^"]*)"', person.get(path).text)
        if not found:
            return path
        link = unescape(found.group(1))
        path = link if link.startswith("/") else f"/insights/{link}"
    return path


def _write(server: drive.Server, person: drive.Person, size: int, rounds: int) -> Row:
    """Write a draft: the form is fetched before, outside the figures, and sent inside them."""

    def fields() -> dict[str, str]:
        html = person.get("/insights/new/").text
        form = max(re.findall(r"<form.*?</form>", html, re.DOTALL), key=len)
        return drive.hidden_fields(form) | {
            "words": WRITTEN,
            "kind": "concern",
            "visibility": "answerers",
            "naming": "role",
            "source": "",
            "about_label": "",
            "service": "",
        }

    forms = [fields() for _number in range(rounds + 10)]
    same = fields()

    def write_one(**headers: str) -> drive.Answer:
        answer = person.post("/insights/new/", forms.pop(), **headers)
        if answer.status != 302:
            raise SystemExit(f"Writing a draft answered {answer.status}.")
        return answer

    page, floor = drive.measure(server, write_one, lambda: person.post("/bare/write/", same), rounds)
    queries = int(write_one(**{"X-Count": "yes"}).headers["X-Queries"])
    Insight.objects.filter(status="draft", words=WRITTEN).delete()  # the next size meets no more drafts than this one
    return Row("write a draft", size, dataclasses.replace(page, queries=queries), floor)


main()
