"""A file that is too large is not kept as it arrives, and the form says so beside its question."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.urls import get_resolver

from safety_partners.core import uploads
from safety_partners.design import fields, forms


class Upload(forms.Form):
    words = fields.CharField("What is it?")
    file = fields.FileField("The file", max_megabytes=1)


@pytest.fixture
def small(monkeypatch):
    """A limit that a test can pass in a moment."""
    monkeypatch.setattr(uploads, "LARGEST", 2 * uploads.MEGABYTE)
    monkeypatch.setattr(uploads, "ROOM", uploads.MEGABYTE // 2)


def sent(megabytes: float):
    file = SimpleUploadedFile("paper.pdf", b"x" * int(megabytes * uploads.MEGABYTE), "application/pdf")
    return RequestFactory().post("/", {"words": "A report", "file": file})


def test_what_is_too_large_is_not_kept_and_said_beside_the_question(small):
    request = sent(4)
    form = Upload(request.POST, request.FILES)
    assert form.errors == {"file": ["The selected file must be smaller than 1MB"]}
    assert form["words"].value() == "A report"
    file = request.FILES["file"]
    assert (file.name, file.read()) == ("paper.pdf", b"")
    assert file.size > uploads.LARGEST


def test_what_is_small_enough_arrives_whole(small):
    with sent(0.5).FILES["file"] as file:
        assert (file.size, len(file.read())) == (uploads.MEGABYTE // 2, uploads.MEGABYTE // 2)


def test_the_largest_file_that_is_taken_is_the_largest_that_any_form_asks_for():
    limits = [form.max_megabytes for form in _files()]
    assert limits
    assert max(limits) * uploads.MEGABYTE == uploads.LARGEST


def _files():
    """The file questions of every form."""
    # Reading the addresses reads every view, and with it every form.
    assert get_resolver().url_patterns
    waiting = [forms.Form]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        yield from (field for field in getattr(form, "base_fields", {}).values() if isinstance(field, fields.FileField))
