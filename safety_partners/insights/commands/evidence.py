"""A file that shows that something was done: kept only if it really is what it may be."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection
from pathlib import PurePath

import puremagic
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safety_partners.core import files
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.models import StoredFile

MAX_MEGABYTES = 10
TYPES = {
    ".pdf": gettext_lazy("PDF"),
    ".docx": gettext_lazy("Word document"),
    ".png": gettext_lazy("PNG picture"),
    ".jpg": gettext_lazy("JPG picture"),
    ".jpeg": gettext_lazy("JPG picture"),
}
CONTENT_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".png": "image/png",
    ".jpg": "image/jpeg",
}
_ENOUGH_TO_TELL = 64 * 1024


def keep(
    upload: UploadedFile, organisation_id: int, *, field: str = "evidence_file", endings: Collection[str] = tuple(CONTENT_TYPES)
) -> StoredFile:
    """Keep the file under its real type, one of ``endings``. Raises ``NotPossible`` if it is too large or not what its name says."""
    if not upload.size or upload.size > MAX_MEGABYTES * 1024 * 1024:
        raise NotPossible(_("The file must be smaller than %(limit)sMB and not empty.") % {"limit": MAX_MEGABYTES}, field=field)
    ending = real_ending(upload)
    named = PurePath(upload.name or "").suffix.lower().replace(".jpeg", ".jpg")
    if ending is None or ending != named or ending not in endings:
        known = ", ".join(dict.fromkeys(str(words) for end, words in TYPES.items() if end in endings))
        raise NotPossible(
            _("This file is not what its name says it is. Save it again as one of these, and choose it again: %(types)s.")
            % {"types": known},
            field=field,
        )
    return files.keep(upload, name=upload.name or "", content_type=CONTENT_TYPES[ending], organisation_id=organisation_id)


def real_ending(upload: UploadedFile) -> str | None:
    """What the file is by its content: ``.pdf``, ``.docx``, ``.png``, ``.jpg`` or None for anything else."""
    upload.seek(0)
    beginning = upload.read(_ENOUGH_TO_TELL)
    upload.seek(0)
    try:
        guesses = puremagic.magic_string(beginning)
    except (puremagic.PureError, ValueError):
        return None
    found = {guess.extension.lower() for guess in guesses}
    for ending in (".pdf", ".png"):
        if ending in found:
            return ending
    if found & {".jpg", ".jpeg", ".jfif"}:
        return ".jpg"
    return ".docx" if _is_word(upload) else None


def _is_word(upload: UploadedFile) -> bool:
    """A Word document is an archive with the document's main part in it, and no program."""
    content = upload.read()
    upload.seek(0)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = set(archive.namelist())
    except zipfile.BadZipFile:
        return False
    return {"[Content_Types].xml", "word/document.xml"} <= parts and "word/vbaProject.bin" not in parts
