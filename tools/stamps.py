"""Stamps: a checksum left beside something made, so that the second time costs nothing."""

import hashlib
from pathlib import Path

NAME = ".stamp"


def checksum(*files: Path) -> str:
    """Return one checksum over the contents of files, in the order given."""
    total = hashlib.sha256()
    for file in files:
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def read(folder: Path) -> str:
    """Return what a folder was made from, or nothing."""
    try:
        return (folder / NAME).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return ""


def write(folder: Path, text: str) -> None:
    """Remember what a folder was made from."""
    (folder / NAME).write_text(text + "\n", encoding="utf-8")
