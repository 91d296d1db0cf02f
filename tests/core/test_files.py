"""Private files: kept whole, answered as downloads, swept when nobody knows them."""

from __future__ import annotations

import hashlib
import io
import os
import re
import time
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.db import transaction
from django.test import RequestFactory

from safety_partners.core import files
from safety_partners.core.models import StoredFile

pytestmark = pytest.mark.django_db

CONTENT = bytes(range(256)) * 9000  # more than one piece of a megabyte


def keep(content=CONTENT, name="policy.pdf", organisation_id=3):
    return files.keep(io.BytesIO(content), name=name, content_type="application/pdf", organisation_id=organisation_id)


def content_of(stored):
    with storages["private"].open(stored.path) as file:
        return file.read()


def test_a_file_is_kept_whole_under_a_name_nobody_can_guess():
    stored = keep()
    assert (stored.size, stored.sha256) == (len(CONTENT), hashlib.sha256(CONTENT).hexdigest())
    assert re.fullmatch(r"3/[0-9a-f]{32}", stored.path)
    assert content_of(stored) == CONTENT


def test_a_file_is_kept_from_its_beginning_wherever_reading_stopped():
    content = io.BytesIO(b"whole content")
    content.read(6)
    stored = files.keep(content, name="a", content_type="text/plain", organisation_id=3)
    assert content_of(stored) == b"whole content"


def test_only_the_owner_of_the_process_can_read_it():
    assert Path(storages["private"].path(keep().path)).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("policy.pdf", "policy.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("Żółć.pdf", "Żółć.pdf"),
    ],
)
def test_a_name_is_kept_as_it_can_be_shown(given, kept):
    assert keep(name=given).name == kept


def test_a_name_with_nothing_to_show_gets_another():
    assert re.fullmatch(r"[0-9a-f]{8}", keep(name="\x00\n").name)


@pytest.mark.parametrize("name", ["policy.pdf", 'a".pdf', "Żółć; x=.pdf", "a\r\nSet-Cookie: x.pdf"])
def test_a_file_is_answered_to_be_saved_and_never_run(name):
    response = answer(keep(name=name))
    assert response.status_code == 200
    assert body_of(response) == CONTENT
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "\n" not in response["Content-Disposition"]


def answer(stored, **headers):
    return files.answer(RequestFactory().get("/", headers=headers), stored)


def body_of(response):
    content = b"".join(response.streaming_content)
    response.close()
    return content


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=5-9", 5, 9),
        ("bytes=2303990-", 2303990, 2303999),
        ("bytes=-10", 2303990, 2303999),
        ("bytes=1-99999999", 1, 2303999),
        ("bytes=-99999999", 0, 2303999),
    ],
)
def test_a_part_of_a_file_is_sent_when_it_is_asked_for(asked, first, last):
    response = answer(keep(), Range=asked)
    whole = (first, last) == (0, len(CONTENT) - 1)
    assert response.status_code == (200 if whole else 206)
    assert response.get("Content-Range") == (None if whole else f"bytes {first}-{last}/{len(CONTENT)}")
    assert int(response["Content-Length"]) == last - first + 1
    assert body_of(response) == CONTENT[first : last + 1]


@pytest.mark.parametrize("asked", ["bytes=9-5", "bytes=-", "bytes=1-2,5-6", "pages=1-2", "bytes=x-", "bytes=" + "9" * 30 + "-"])
def test_what_is_not_one_plain_range_gets_the_whole_file(asked):
    response = answer(keep(), Range=asked)
    assert response.status_code == 200
    assert body_of(response) == CONTENT


@pytest.mark.parametrize("asked", [f"bytes={len(CONTENT)}-", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused_with_the_size(asked):
    response = answer(keep(), Range=asked)
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{len(CONTENT)}")


def test_a_download_goes_on_only_if_the_file_is_still_the_same():
    stored = keep()
    answers = [answer(stored, **{"Range": "bytes=5-", "If-Range": tag}) for tag in (f'"{stored.sha256}"', '"other"')]
    assert [one.status_code for one in answers] == [206, 200]
    assert answers[0]["ETag"] == f'"{stored.sha256}"'
    for one in answers:
        one.close()


def age(path, days):
    moment = time.time() - days * 86_400
    os.utime(storages["private"].path(path), (moment, moment))


def test_sweeping_deletes_old_files_that_no_row_knows_and_nothing_else():
    known, young, old = keep(), keep(), keep(organisation_id=4)
    StoredFile.objects.filter(pk__in=[young.pk, old.pk]).delete()
    for stored in (known, old):
        age(stored.path, days=2)
    assert files.sweep() == 1
    assert [storages["private"].exists(stored.path) for stored in (known, young, old)] == [True, True, False]
    assert files.sweep() == 0


def test_a_file_of_a_transaction_that_was_taken_back_is_swept_later():
    with transaction.atomic():
        stored = keep()
        transaction.set_rollback(True)
    assert storages["private"].exists(stored.path)
    age(stored.path, days=2)
    assert files.sweep() == 1


def test_sweeping_before_the_first_file_does_nothing():
    assert not Path(storages["private"].location).exists()
    assert files.sweep() == 0
