"""Reading a policy from a PDF or Word file into numbered blocks. Pure functions: no models, no database.

`read_document_apart` is for files from outside, `read_document` for tests and for files that are trusted.
"""

from safety_partners.reading.apart import read_document_apart
from safety_partners.reading.blocks import Block, Kind, ReadDocument, SourceKind
from safety_partners.reading.entrance import read_document
from safety_partners.reading.limits import Limits
from safety_partners.reading.refusals import DocumentRefused, Reason

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
