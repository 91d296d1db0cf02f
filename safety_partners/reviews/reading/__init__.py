"""Reading a policy from a PDF or Word file into numbered blocks. Pure functions: no models, no database.

`read_document_apart` is for files from outside, `read_document` for tests and for files that are trusted.
"""

from .apart import read_document_apart
from .blocks import Block, Kind, ReadDocument, SourceKind
from .entrance import read_document
from .limits import Limits
from .refusals import DocumentRefused, Reason

__all__ = [
    "Block",
    "DocumentRefused",
    "Kind",
    "Limits",
    "ReadDocument",
    "Reason",
    "SourceKind",
    "read_document",
    "read_document_apart",
]
