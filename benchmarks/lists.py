"""The lists of partners and of joining, and taking in a register, as the partner lead uses them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from benchmarks import drive, fill_lists
from benchmarks.pages import Page
from benchmarks.report import Row
from safety_partners.joining.models import Advert, Expression
from safety_partners.partners.models import Import, Partner
from safety_partners.people.models import Membership, Organisation

IN_A_FILE = 500
# Each file brings 500 people with everything they need: a few say enough.
FILES = 2


def rows(organisation: Organisation, size: int, rounds: int) -> Iterator[Row]:
    """The figures of every page at one size."""
    with drive.serving() as server:
        lead, partner = drive.Person(server), drive.Person(server)
        for person, name in ((lead, "Grace Adeyemi"), (partner, "Anjali Mistry")):
            person.sign_in_as(Membership.objects.get(organisation=organisation, user__name=name).code)
        for page in _pages(organisation, lead, partner, drive.Person(server)):
            yield page.row(server, size, rounds)
        yield _take_in(organisation, server, lead, size)


def _pages(organisation: Organisation, lead: drive.Person, partner: drive.Person, visitor: drive.Person) -> list[Page]:
    here = {"organisation": organisation}
    one = Partner.objects.filter(**here, status="active").latest("pk").code
    own = Partner.objects.get(**here, membership__user__name="Anjali Mistry").code
    interested = Expression.objects.filter(**here, status="being read").latest("pk").code
    batch = Import.objects.filter(**here, status="taken").latest("pk").code
    address = Advert.objects.filter(**here, status="open").latest("pk").address
    return [
        Page("partners, first page", lead, "/partners/", "partners"),
        Page("partners, filtered", lead, "/partners/?status=active&standing=missing", "partners"),
        Page("partners, by a name", lead, "/partners/?q=zoe+angstrom", "partners"),
        Page("missing or runs out", lead, "/partners/running-out/", "needs"),
        Page("one partner", lead, f"/partners/{one}/", f"partner&code={one}"),
        Page("my place, a partner's", partner, "/my-place/", f"partner&code={own}"),
        Page("interest, list", lead, "/expressions/", "expressions"),
        Page("interest, by a name", lead, "/expressions/?q=zoe+angstrom&status=all", "expressions"),
        Page("interest, board", lead, "/expressions/board/", "expressions", '<span class="nhsuk-body-s">'),
        Page("interest, one person", lead, f"/expressions/{interested}/", f"expression&code={interested}"),
        Page("adverts", lead, "/adverts/", "adverts"),
        Page("a file that was taken in", lead, f"/partners/imports/{batch}/", f"import&code={batch}"),
        Page("advert (public)", visitor, f"/at/meadowbank/join/{address}/", f"advert&address={address}"),
    ]


def _take_in(organisation: Organisation, server: drive.Server, lead: drive.Person, size: int) -> Row:
    """Take in a register of 500 new people; each file is read and its page opened before, outside the figures."""
    viewer = fill_lists.lead_of(organisation)
    # Two more to warm up. The numbers are those of nobody who is there at any size.
    batches = [fill_lists.read_file(viewer, 10_000 + place * IN_A_FILE, IN_A_FILE) for place in range(FILES + 2)]
    waiting = [(batch, _form(lead, batch)) for batch in batches]
    queries = []

    def take() -> drive.Answer:
        batch, fields = waiting.pop()
        answer = lead.post(f"/partners/imports/{batch.code}/take/", fields, **{"X-Count": "yes"})
        if answer.status != 302:
            raise SystemExit(f"Taking in a file answered {answer.status}.")
        queries.append(int(answer.headers["X-Queries"]))
        return answer

    same = waiting[0][1]
    page, floor = drive.measure(server, take, lambda: lead.post(f"/bare/take/?rows={IN_A_FILE}", same), FILES, batch=FILES)
    fill_lists.take_away(batches)
    return Row("take in 500 rows", size, dataclasses.replace(page, queries=queries[-1]), floor)


def _form(lead: drive.Person, batch: Import) -> dict[str, str]:
    html = lead.get(f"/partners/imports/{batch.code}/").text
    form = re.search(r'<form[^>]*action="[^"]*/take/".*?</form>', html, re.DOTALL)
    if form is None:
        raise SystemExit("The page of a file that was read has no button to take it in.")
    return drive.hidden_fields(form.group())
