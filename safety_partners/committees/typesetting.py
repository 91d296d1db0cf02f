"""Setting a folder of words and PDF files as one PDF, in a process of its own.

The PDF files came from outside: one that trips the typesetter, or never ends, harms nothing else. The child is
``python -m safety_partners.committees.typesetting <folder>``; it knows nothing of ours and reads that folder only.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

MAIN, DATA, RESULT = "main.typ", "data.json", "result.pdf"
SECONDS = 60.0
PROJECT = Path(__file__).resolve().parents[2]
FONTS = PROJECT / "safety_partners" / "design" / "fonts"
# PDF/UA-1 wherever we typeset every page: pages of somebody else's PDF cannot be promised to be accessible.
ACCESSIBLE, WITH_PAGES_OF_OTHERS = "ua-1", ""


class CannotSet(Exception):  # noqa: N818 - named as people say it
    """Something in the folder cannot be set."""


def typeset(folder: Path, *, standard: str) -> bytes:
    """Set ``main.typ`` in a folder and return the PDF. Raises ``CannotSet`` and nothing else, whatever the folder holds."""
    try:
        child = subprocess.run(  # noqa: S603 - our own module, and a folder that we made
            [sys.executable, "-m", "safety_partners.committees.typesetting", str(folder), standard],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=SECONDS,
            env={"PYTHONPATH": os.pathsep.join([str(PROJECT), *filter(None, sys.path)]), "PATH": os.defpath},
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise CannotSet("it took too long") from slow
    if child.returncode != 0:
        raise CannotSet(child.stderr.decode(errors="replace")[-500:])
    return (folder / RESULT).read_bytes()


def main() -> None:
    """The child."""
    import typst

    folder, standard = Path(sys.argv[1]), sys.argv[2]
    typst.compile(
        str(folder / MAIN),
        output=str(folder / RESULT),
        root=str(folder),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=[standard] if standard else [],
    )


if __name__ == "__main__":
    main()
