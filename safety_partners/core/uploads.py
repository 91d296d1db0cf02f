"""Files that are too large: the length of the request says so before anything is read, and then nothing of them is kept.

Only their name and size reach the form, which says beside its question what is too large and keeps everything else that
was typed.
"""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers

MEGABYTE = 1024 * 1024
# The largest file that any form asks for, and room for what is typed beside it; each form names its own limit.
LARGEST = 25 * MEGABYTE
ROOM = 3 * MEGABYTE


class Limited(FileUploadHandler):
    """Stands before the handlers that keep what arrives, and takes their place where a request is too large."""

    is_refused = False

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 - Django's name
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        """Look at the length before anything is read."""
        self.is_refused = content_length > LARGEST + ROOM

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Let the others prepare a place for the file only where it is taken."""
        super().new_file(*args, **kwargs)
        if self.is_refused:
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Pass a piece on, or let it go."""
        return None if self.is_refused else raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Stand for a file that is too large, without what it holds."""
        return UploadedFile(io.BytesIO(), self.file_name, self.content_type, max(file_size, LARGEST + 1)) if self.is_refused else None
