"""Private files: kept under names nobody can guess, served through the policy of the page that links them."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import uuid
from typing import IO

from django.core.files import File
from django.core.files.storage import storages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from safety_partners.core.models import StoredFile

_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


def keep(content: IO[bytes], *, name: str, content_type: str, organisation_id: int) -> StoredFile:
    """Write the content to private storage and return its row. Call inside a command."""
    checksum = hashlib.sha256()
    content.seek(0)
    while chunk := content.read(1 << 20):
        checksum.update(chunk)
    size = content.tell()
    content.seek(0)
    path = storages["private"].save(f"{organisation_id}/{uuid.uuid4().hex}", File(content))
    return StoredFile.objects.create(
        organisation_id=organisation_id,
        name="".join(sign for sign in name if sign.isprintable())[-200:] or path[-8:],
        content_type=content_type,
        size=size,
        sha256=checksum.hexdigest(),
        path=path,
    )


def answer(request: HttpRequest, stored: StoredFile) -> HttpResponseBase:
    """Send the file, or the part of it that was asked for (RFC 9110, section 14), to be saved and never run in the browser.

    The page that calls this has asked its policy. A part lets a download go on where it broke off, and a reader show page
    300 without the 299 before it.
    """
    part = _part_asked(request, stored)
    if part is None:
        response: HttpResponseBase = HttpResponse(status=416, headers={"Content-Range": f"bytes */{stored.size}"})
    else:
        first, last = part
        content = storages["private"].open(stored.path)
        content.seek(first)
        response = FileResponse(
            _Part(content, last - first + 1), as_attachment=True, filename=stored.name, content_type=stored.content_type
        )
        response["Content-Length"] = str(last - first + 1)
        response["ETag"] = _tag(stored)
        if (first, last) != (0, stored.size - 1):
            response.status_code = 206
            response["Content-Range"] = f"bytes {first}-{last}/{stored.size}"
    response["Accept-Ranges"] = "bytes"
    response["X-Content-Type-Options"] = "nosniff"
    return response


class _Part:
    """So many bytes of an open file, from where it stands."""

    def __init__(self, file: IO[bytes], left: int) -> None:
        self.file, self.left = file, left

    def read(self, size: int) -> bytes:
        piece = self.file.read(min(size, self.left))
        self.left -= len(piece)
        return piece

    def close(self) -> None:
        self.file.close()


def _tag(stored: StoredFile) -> str:
    return f'"{stored.sha256}"'


def _part_asked(request: HttpRequest, stored: StoredFile) -> tuple[int, int] | None:
    """The first and last byte to send; None when the file has no such part. What is not one plain range gets the whole file."""
    whole = (0, stored.size - 1)
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or request.headers.get("If-Range", _tag(stored)) != _tag(stored):
        return whole
    first, last = asked.groups()
    if not first and not last:
        return whole
    if not first:
        return (max(stored.size - int(last), 0), whole[1]) if int(last) else None
    start, end = int(first), min(int(last), whole[1]) if last else whole[1]
    if last and int(last) < start:
        return whole
    return (start, end) if start < stored.size else None


def sweep(*, older_than: dt.timedelta = dt.timedelta(days=1)) -> int:
    """Delete files that no row knows, left by a transaction that did not finish; returns how many."""
    store, count = storages["private"], 0
    known = set(StoredFile.objects.values_list("path", flat=True))
    folders = store.listdir("")[0] if store.exists("") else []
    for folder in folders:
        for name in store.listdir(folder)[1]:
            path = f"{folder}/{name}"
            if path not in known and store.get_modified_time(path) < timezone.now() - older_than:
                store.delete(path)
                count += 1
    return count
