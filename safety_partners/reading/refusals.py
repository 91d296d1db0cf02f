"""Why a file cannot be read, in words for the person who sent it."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Reason(StrEnum):
    """What is wrong with a refused file."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_WORDS = "too_many_words"
    TOO_SLOW = "too_slow"
    SCANNED = "scanned"
    GARBLED = "garbled"
    LOCKED = "locked"
    DAMAGED = "damaged"
    DISGUISED = "disguised"
    OLD_WORD = "old_word"
    MACROS = "macros"
    NOT_A_DOCUMENT = "not_a_document"


SENTENCES: dict[Reason, Promise] = {
    Reason.EMPTY: _("There is no text in this file. Check that it is the right file, then choose it again."),
    Reason.TOO_LARGE: _(
        "This file is larger than %(megabytes)d MB. Make its pictures smaller or take them out, save it again, then choose the new file."
    ),
    Reason.TOO_MANY_PAGES: _("This file has more than %(pages)d pages. Split it into parts and send each part as its own document."),
    Reason.TOO_MANY_WORDS: _("This file has more than %(words)d words. Split it into parts and send each part as its own document."),
    Reason.TOO_SLOW: _(
        "This file took too long to read. Open it, save it as a new PDF or Word document, then choose the new file. "
        "If that fails, split it into parts."
    ),
    Reason.SCANNED: _(
        "This PDF holds pictures of pages, so its words cannot be read. Choose the document it was printed from, "
        "or use text recognition (OCR) and save it again."
    ),
    Reason.GARBLED: _(
        "The letters in this PDF are stored in a way that cannot be read. Choose the document it was made from, "
        "or save it as a PDF again from there."
    ),
    Reason.LOCKED: _("This file is locked with a password. Save a copy without a password, then choose that copy."),
    Reason.DAMAGED: _("This file is damaged or only part of it arrived. Open it to check, save it again, then choose the new file."),
    Reason.DISGUISED: _(
        "This file is not the kind of file that its name says. Open it in the program it was made with "
        "and save it as a PDF or Word document (.docx)."
    ),
    Reason.OLD_WORD: _(
        "This file is in an old format of Word. Open it in Word, save it as a Word document (.docx), then choose that file."
    ),
    Reason.MACROS: _(
        "This Word file holds macros (small programs), which we do not accept. "
        "Save it as a Word document without macros (.docx), then choose that file."
    ),
    Reason.NOT_A_DOCUMENT: _("We can read PDF and Word documents (.docx) only. Save the document as one of these, then choose it again."),
}


class DocumentRefused(Exception):  # noqa: N818 - named as people say it
    """A file that is not read, with the reason and what to do next.

    `reason` is for code; `sentence` is for the page, in the reader's language at the time it is asked for.
    """

    def __init__(self, reason: Reason, **details: int) -> None:
        self.reason = reason
        self.details = details
        super().__init__(reason.value)

    @property
    def sentence(self) -> str:
        """What is wrong and what to do next, translated."""
        return str(SENTENCES[self.reason]) % self.details if self.details else str(SENTENCES[self.reason])
