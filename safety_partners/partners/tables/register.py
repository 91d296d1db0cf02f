"""The columns of a register of partners: the same for the template, for reading one, and for writing one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safety_partners.core.codes import tidy
from safety_partners.core.models import Message
from safety_partners.partners.models import Connection, Partner
from safety_partners.partners.tables.reading import Table, TableRefused
from safety_partners.partners.tables.values import Unreadable, choice_of, date_of, email_of, name_of, phone_of, words_of


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """One column: its key, its heading, other headings people use for it, what its cells mean, and a hint for the template."""

    key: str
    heading: str | Promise
    also: tuple[str, ...]
    read: Callable[[str], Any]
    hint: str | Promise


CONNECTIONS = {
    **{value.lower(): value for value in Connection.values},
    **{str(label).lower(): value for value, label in Connection.choices},
    "family": Connection.FAMILY.value,
    "relative": Connection.FAMILY.value,
    "lay": Connection.OTHER_LAY.value,
    "lay member": Connection.OTHER_LAY.value,
}
CHANNELS = {
    **{value: value for value in Message.Channel.values},
    "e-mail": "email",
    "post": "letter",
    "telephone": "phone",
    "phone call": "phone",
}
STATUSES = {
    status.value: status.value for status in (Partner.Status.JOINING, Partner.Status.ACTIVE, Partner.Status.PAUSED, Partner.Status.LEFT)
} | {"current": Partner.Status.ACTIVE.value, "induction": Partner.Status.JOINING.value, "former": Partner.Status.LEFT.value}

COLUMNS: Sequence[RegisterColumn] = (
    RegisterColumn(
        "code",
        gettext_lazy("Code"),
        ("our code", "partner code"),
        lambda text: tidy(text) if text else "",
        gettext_lazy("Leave empty for somebody new"),
    ),
    RegisterColumn("name", gettext_lazy("Name"), ("full name", "partner", "partner name"), name_of, gettext_lazy("Needed")),
    RegisterColumn("known_as", gettext_lazy("Preferred name"), ("known as", "preferred"), name_of, ""),
    RegisterColumn("pronouns", gettext_lazy("Pronouns"), (), lambda text: name_of(text, longest=60), ""),
    RegisterColumn("email", gettext_lazy("Email"), ("email address", "e-mail", "e-mail address", "mail"), email_of, ""),
    RegisterColumn("phone", gettext_lazy("Phone"), ("telephone", "phone number", "mobile", "tel", "telephone number"), phone_of, ""),
    RegisterColumn("postal_address", gettext_lazy("Postal address"), ("address", "home address"), words_of, ""),
    RegisterColumn(
        "told_by",
        gettext_lazy("Told by"),
        ("contact by", "contact preference", "preferred contact", "how to contact"),
        lambda text: choice_of(text, CHANNELS),
        gettext_lazy("email, letter or phone"),
    ),
    RegisterColumn(
        "connection",
        gettext_lazy("Connection"),
        ("connection to care",),
        lambda text: choice_of(text, CONNECTIONS),
        gettext_lazy("patient, carer, family, other lay person, NHS staff elsewhere or not said"),
    ),
    RegisterColumn(
        "status",
        gettext_lazy("Status"),
        ("state",),
        lambda text: choice_of(text, STATUSES),
        gettext_lazy("joining, active, paused or left"),
    ),
    RegisterColumn(
        "appointed_on",
        gettext_lazy("Appointed on"),
        ("appointed", "date appointed", "appointment date"),
        date_of,
        gettext_lazy("Such as 23/11/2026"),
    ),
    RegisterColumn("started_on", gettext_lazy("Started on"), ("started", "start date"), date_of, ""),
    RegisterColumn("term_starts_on", gettext_lazy("Term starts on"), ("term start", "term from"), date_of, ""),
    RegisterColumn("term_ends_on", gettext_lazy("Term ends on"), ("term end", "term to", "end of term"), date_of, ""),
    RegisterColumn(
        "ended_on",
        gettext_lazy("Left on"),
        ("ended on", "left", "end date", "leaving date"),
        date_of,
        gettext_lazy("Only for those who left"),
    ),
    RegisterColumn(
        "contact",
        gettext_lazy("Named contact"),
        ("contact", "named contact email"),
        email_of,
        gettext_lazy("The email address of a member of staff here"),
    ),
    RegisterColumn("deputy", gettext_lazy("Deputy"), ("deputy contact", "deputy email"), email_of, ""),
)
BY_KEY = {column.key: column for column in COLUMNS}


def _tidy_heading(text: str) -> str:
    return re.sub(r"[\s_\-*:]+", " ", text.lower()).strip()


def columns_of(table: Table) -> list[str | None]:
    """Which of our columns each column of a file is, None for those that are left out.

    Raises TableRefused when there is no column of names, or one of ours stands there twice.
    """
    known = {_tidy_heading(str(word)): column.key for column in COLUMNS for word in (column.heading, column.key, *column.also)}
    found = [known.get(_tidy_heading(heading)) for heading in table.headings]
    if "name" not in found:
        raise TableRefused(_("There is no column called “Name”. The first row of the file must hold the headings: use our template."))
    twice = next((key for key in found if key and found.count(key) > 1), None)
    if twice:
        raise TableRefused(_("The column “%(heading)s” is there twice. Take one away.") % {"heading": BY_KEY[twice].heading})
    return found


def read_row(columns: Sequence[str | None], cells: Sequence[str]) -> tuple[dict[str, Any], list[str]]:
    """What one row says, by the keys of our columns, and what is wrong with it in plain words."""
    values: dict[str, Any] = {}
    errors = []
    for key, cell in zip(columns, cells, strict=True):
        if key is None:
            continue
        try:
            values[key] = BY_KEY[key].read(cell)
        except Unreadable as trouble:
            errors.append(f"{BY_KEY[key].heading}: {trouble}")
    return values, errors


def rules_broken(values: Mapping[str, Any]) -> list[str]:
    """What does not fit together in one row, in plain words."""
    errors = []
    if not values.get("name"):
        errors.append(_("Name: every row needs a name."))
    status = values.get("status")
    if status == Partner.Status.LEFT and not values.get("ended_on"):
        errors.append(_("Left on: say when this person left."))
    if status and status != Partner.Status.LEFT and values.get("ended_on"):
        errors.append(_("Left on: this person has a day of leaving, but has not left. Change the status or take the day away."))
    starts, ends = values.get("term_starts_on"), values.get("term_ends_on")
    if bool(starts) != bool(ends):
        errors.append(_("Term: give both days of the term, or neither."))
    if starts and ends and ends <= starts:
        errors.append(_("Term ends on: the term ends before it starts."))
    if values.get("started_on") and values.get("ended_on") and values["ended_on"] < values["started_on"]:
        errors.append(_("Left on: this day is before the start."))
    errors += _cannot_be_told(values)
    return errors


def _cannot_be_told(values: Mapping[str, Any]) -> list[str]:
    """A way of telling somebody things that leads nowhere."""
    needs = {
        "email": ("email", _("Told by: there is no email address to write to.")),
        "letter": ("postal_address", _("Told by: there is no postal address for letters.")),
        "phone": ("phone", _("Told by: there is no phone number to call.")),
    }
    key, sentence = needs.get(values.get("told_by") or "", ("", ""))
    return [sentence] if key and not values.get(key) else []
