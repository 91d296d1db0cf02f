"""Sealed words: a checksum that anyone can work out for themselves."""

from __future__ import annotations

import hashlib

from django.db import models


def seal(words: str) -> str:
    """Return the SHA-256 of the words in UTF-8, as 64 hexadecimal signs.

    Anyone can check it: ``printf '%s' 'the words' | sha256sum`` gives the same.
    """
    return hashlib.sha256(words.encode()).hexdigest()


def is_intact(words: str, checksum: str) -> bool:
    """Say whether the words are still those that were sealed. Words taken away keep an empty text and their seal."""
    return not words or not checksum or seal(words) == checksum


class Sealed(models.Model):
    """A record with somebody's words in it, sealed when they are shared and never changed after."""

    words = models.TextField(blank=True)
    checksum = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True
