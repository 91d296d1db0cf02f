"""A browser of one person, and small files to send with it."""

from __future__ import annotations

import io

import docx
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from safety_partners.people.models import Membership

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def browser_of(member: Membership) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def text_of(answer) -> str:
    return answer.content.decode()


def word_file(*lines: str, name: str = "policy.docx") -> SimpleUploadedFile:
    """A Word file; a line that begins with # is a heading."""
    made = docx.Document()
    for line in lines:
        if line.startswith("#"):
            made.add_heading(line.lstrip("# "), level=1)
        else:
            made.add_paragraph(line)
    content = io.BytesIO()
    made.save(content)
    return SimpleUploadedFile(name, content.getvalue(), WORD)


def day(name: str, on) -> dict[str, str]:
    """A date as the form sends it."""
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}
