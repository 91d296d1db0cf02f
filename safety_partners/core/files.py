"""Private files: kept under names nobody can guess, served through the policy of the page that links them."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from typing import IO

from django.core.files import File
from django.core.files.storage import storages
from django.http import FileResponse
from django.utils import timezone

from safety_partners.core.models import StoredFile


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


def answer(stored: StoredFile) -> FileResponse:
    """Send the file to be saved, never to be run in the browser; the page that calls this has asked its policy."""
    response = FileResponse(
        storages["private"].open(stored.path), as_attachment=True, filename=stored.name, content_type=stored.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


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
