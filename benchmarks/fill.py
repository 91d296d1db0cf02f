"""Many insights, quickly: rows by COPY or executemany, under the same constraints as any others."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, connection, models, transaction

from safety_partners.core import clock, codes, history
from safety_partners.core.models import Chain, Event, SearchEntry
from safety_partners.core.working_days import add_working_days
from safety_partners.insights.models import Action, Insight, Response, Verdict
from safety_partners.people.models import Organisation, Role, Service
from safety_partners.people.queries import members_with_role

WORDS = [
    "waited",
    "appointment",
    "letter",
    "nurse",
    "medicine",
    "ward",
    "night",
    "phone",
    "number",
    "family",
    "carer",
    "doctor",
    "discharge",
    "home",
    "result",
    "blood",
    "test",
    "form",
    "reception",
    "waiting",
    "room",
    "transport",
    "oxygen",
    "dressing",
    "fall",
    "bed",
    "water",
    "meal",
    "visitor",
    "cleaning",
    "notice",
    "wheelchair",
    "lift",
    "parking",
    "interpreter",
    "language",
    "hearing",
    "large",
    "print",
    "pharmacy",
    "dose",
    "allergy",
    "record",
    "handover",
    "shift",
    "weekend",
    "Friday",
    "morning",
    "evening",
    "worried",
    "thanked",
    "listened",
    "asked",
    "told",
    "nobody",
    "somebody",
    "explained",
    "apologised",
    "changed",
]
RARE = ["zebrafish", "quinoxaline", "heliotrope", "oboe"]
STATUSES = (
    ["settled"] * 80
    + ["in part"] * 6
    + ["withdrawn"] * 2
    + ["answered"] * 4
    + ["sent back", "with the lead"]
    + ["with an owner"] * 4
    + ["acknowledged", "shared"]
)
CHUNK = 20_000


def some_words(dice: random.Random, least: int, most: int) -> str:
    """As many words as that; one text in two thousand ends in a rare one."""
    words = dice.choices(WORDS, k=dice.randint(least, most))
    return " ".join([*words, dice.choice(RARE)] if dice.random() < 0.0005 else words)


def fill(organisation: Organisation, count: int) -> None:
    """Bring the organisation's insights up to ``count``, the newest last."""
    there = Insight.objects.filter(organisation=organisation).shared().count()
    while there < count:
        started, size = time.monotonic(), min(CHUNK, count - there)
        try:
            with _open_to_copy(), transaction.atomic():
                _chunk(organisation, there, size, count)
        except IntegrityError:  # among so many, a random code was taken already: the same rows again, with other codes
            continue
        there += size
        print(f"  {there:>9,} insights ({size / (time.monotonic() - started):,.0f} a second)", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _chunk(organisation: Organisation, start: int, size: int, total: int) -> None:
    dice = random.Random(start)
    people = _people(organisation)
    last = {
        model: (model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) for model in (Insight, Response, Verdict, Action)
    }
    insights, responses, verdicts, actions, texts = [], [], [], [], []
    for place in range(size):
        made = clock.now() - dt.timedelta(minutes=(total - start - place) * 5 + dice.randrange(5))
        row = _insight(organisation, people, last[Insight] + place + 1, made, dice)
        insights.append(row)
        texts.append((row["id"], row["words"]))
        if row["status"] in {"settled", "in part", "answered", "sent back", "with the lead"}:
            response = _response(row, last[Response] + len(responses) + 1, dice)
            responses.append(response)
            if row["status"] != "answered":
                verdicts.append(_verdict(row, response, last[Verdict] + len(verdicts) + 1))
        if place % 10 == 0 and row["owner_id"]:
            actions.append(_action(row, last[Action] + len(actions) + 1))
    for model, rows in ((Insight, insights), (Response, responses), (Verdict, verdicts), (Action, actions)):
        insert(model, rows)
    index(organisation, "insights.insight", texts)
    _events(organisation, insights)


def _people(organisation: Organisation) -> dict[str, Any]:
    found = members_with_role
    return {
        "partners": [member.pk for member in found(organisation.pk, Role.PARTNER)],
        "owners": [member.pk for member in found(organisation.pk, Role.STAFF)],
        "lead": found(organisation.pk, Role.LEAD)[0].pk,
        "services": list(Service.objects.filter(organisation=organisation).values_list("pk", flat=True)),
    }


def _insight(organisation: Organisation, people: dict[str, Any], pk: int, made: dt.datetime, dice: random.Random) -> dict[str, Any]:
    status = dice.choice(STATUSES)
    words = "" if status == "withdrawn" else " ".join(dice.choices(WORDS, k=dice.randint(15, 90)))
    if words and dice.random() < 0.0005:
        words += f" {dice.choice(RARE)}"
    day = made.date()
    acknowledged = status != "shared"
    owned = status not in {"shared", "acknowledged"}
    answer_by = _working_days(day, 20)
    open_due = {"shared": _working_days(day, 2), "acknowledged": _working_days(day, 5), "with an owner": answer_by}
    due = open_due.get(status) or (answer_by if status in {"sent back", "with the lead"} else None)
    return {
        "id": pk,
        "code": codes.new_code("INS"),
        "made_at": made,
        "organisation_id": organisation.pk,
        "voice": "partner",
        "voice_name": "",
        "speaker_id": dice.choice(people["partners"]),
        "kind": dice.choice(["reflection", "challenge", "question", "suggestion", "concern", "praise"]),
        "source": "",
        "about_label": "",
        "about_path": "",
        "service_id": dice.choice(people["services"]),
        "visibility": dice.choice(["answerers", "programme"]),
        "naming": "role",
        "words": words,
        "checksum": hashlib.sha256(words.encode()).hexdigest(),
        "status": status,
        "turn": 3,
        "capture": "typed",
        "is_read_back": False,
        "shared_at": made,
        "acknowledge_by": _working_days(day, 2),
        "own_by": _working_days(day, 5),
        "answer_by": answer_by,
        "next_due_on": due,
        "acknowledged_at": made if acknowledged else None,
        "acknowledged_by_id": people["lead"] if acknowledged else None,
        "owner_id": dice.choice(people["owners"]) if owned else None,
        "owned_at": made if owned else None,
        "answered_at": made if status in {"settled", "in part", "answered", "sent back", "with the lead"} else None,
        "withdrawn_at": made if status == "withdrawn" else None,
    }


_days: dict[tuple[dt.date, int], dt.date] = {}


def _working_days(day: dt.date, count: int) -> dt.date:
    if (day, count) not in _days:
        _days[day, count] = add_working_days(day, count)
    return _days[day, count]


def _response(insight: dict[str, Any], pk: int, dice: random.Random) -> dict[str, Any]:
    outcome = dice.choice(["will"] * 5 + ["already"] * 2 + ["in part"] * 2 + ["could not"])
    return {
        "id": pk,
        "code": codes.new_code("RSP"),
        "made_at": insight["made_at"],
        "organisation_id": insight["organisation_id"],
        "insight_id": insight["id"],
        "outcome": outcome,
        "reason": dice.choice(["belief", "resource", "department", "law"]) if outcome in {"in part", "could not"} else "",
        "text": "We read this together and this is what we will do about it.",
        "by_id": insight["owner_id"],
    }


def _verdict(insight: dict[str, Any], response: dict[str, Any], pk: int) -> dict[str, Any]:
    answers = {"settled": "yes", "in part": "part"}
    return {
        "id": pk,
        "code": codes.new_code("VER"),
        "made_at": insight["made_at"],
        "response_id": response["id"],
        "answer": answers.get(insight["status"], "no"),
        "goes_to_lead": insight["status"] == "with the lead",
        "words": "",
        "checksum": "",
        "capture": "typed",
        "is_read_back": False,
    }


def _action(insight: dict[str, Any], pk: int) -> dict[str, Any]:
    return {
        "id": pk,
        "code": codes.new_code("ACT"),
        "made_at": insight["made_at"],
        "organisation_id": insight["organisation_id"],
        "insight_id": insight["id"],
        "text": "Change the notice",
        "owner_id": insight["owner_id"],
        "due_on": insight["answer_by"],
        "status": "done",
        "turn": 1,
        "ended_at": insight["made_at"],
        "evidence": "A picture of the new notice",
        "reason": "",
    }


@contextmanager
def _open_to_copy() -> Iterator[None]:
    """PostgreSQL takes no COPY into a table whose owner is bound by row-level security."""
    tables = [model._meta.db_table for model in (Insight, Response, Action, Event)] if connection.vendor == "postgresql" else []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        try:
            yield
        finally:
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def insert(model: type[models.Model], rows: Sequence[dict[str, Any]]) -> None:
    """Write rows past the ORM; the database's constraints still judge each of them."""
    if not rows:
        return
    columns = list(rows[0])
    known = {field.column for field in model._meta.concrete_fields}
    assert set(columns) <= known, set(columns) - known
    _write(model._meta.db_table, columns, ([row[column] for column in columns] for row in rows))
    if connection.vendor == "postgresql" and "id" in columns:
        _count_on(model._meta.db_table, rows[-1]["id"])


def _count_on(table: str, last: int) -> None:
    """Let the database's own numbers go on after ours."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, last])


def _write(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(columns))})", [_plain(row) for row in rows])


def _plain(row: Sequence[Any]) -> list[Any]:
    """Values as Django would write them to SQLite."""
    return [value.astimezone(dt.UTC).replace(tzinfo=None).isoformat(sep=" ") if isinstance(value, dt.datetime) else value for value in row]


def index(organisation: Organisation, kind: str, texts: list[tuple[int, str]]) -> None:
    """Let records of one kind be found by their words, which are all of ours."""
    first = (SearchEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    kept = [(first + place, pk, words) for place, (pk, words) in enumerate((pk, words) for pk, words in texts if words)]
    columns = ["id", "organisation_id", "kind", "record_id"]
    entries = ([number, organisation.pk, kind, pk] for number, pk, _words in kept)
    if connection.vendor == "postgresql":
        stems = _stems()
        vectors = (" ".join(sorted({f"'{stems[word.lower()]}'" for word in words.split()})) for _number, _pk, words in kept)
        _write("core_searchentry", [*columns, "words"], ([*entry, vector] for entry, vector in zip(entries, vectors, strict=True)))
        _count_on("core_searchentry", kept[-1][0])
    else:
        _write("core_searchentry", columns, entries)
        _write("core_searchwords", ["rowid", "words"], ([number, words] for number, _pk, words in kept))


def _stems() -> dict[str, str]:
    """The stem of each word we use, as the product's own dictionary has it."""
    words = [word.lower() for word in (*WORDS, *RARE)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, (ts_lexize('core_stems', word))[1] FROM unnest(%s::text[]) word", [words])
        return dict(cursor.fetchall())


def _events(organisation: Organisation, insights: list[dict[str, Any]]) -> None:
    """One event an insight, chained as the product would."""
    chain, _new = Chain.objects.get_or_create(organisation_id=organisation.pk)
    rows = list(_chained(chain, insights))
    insert(Event, rows)
    Chain.objects.filter(pk=chain.pk).update(length=rows[-1]["number"], last_hash=rows[-1]["hash"])


def _chained(chain: Chain, insights: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    number, before = chain.length, chain.last_hash
    for insight in insights:
        number += 1
        event = Event(
            organisation_id=chain.organisation_id,
            number=number,
            made_at=insight["made_at"],
            verb="insights.share_insight",
            by_membership_id=insight["speaker_id"],
            by_roles="partner",
            about_kind="insights.insight",
            about_id=insight["id"],
            about_code=insight["code"],
            root_kind="insights.insight",
            root_id=insight["id"],
            details={"checksum": insight["checksum"]},
            previous_hash=before,
        )
        before = event.hash = history.hash_of(event)
        row = {field.column: getattr(event, field.attname) for field in Event._meta.concrete_fields if field.name != "id"}
        yield row | {"details": json.dumps(row["details"])}
