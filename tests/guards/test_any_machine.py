"""Nothing in the repository belongs to one machine, one person or one company: no paths, no hosts, no marks of the NHS."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.guards.source import place, tracked

HERE = Path(__file__).parent
# Guards show what they look for.
SHOW_IT = {HERE / "test_any_machine.py", HERE / "test_locks.py"}
MACHINE = re.compile(r"(?<![\w.~/-])(?:/(?:work|root)(?=[/\"'\s]|$)|/home/[a-z]+/|/Users/|/mnt/|/private/var)")
REGISTRY = re.compile(
    r"--(?:extra-)?index-url|index[-_]url\s*=|artifactory|nexus[.]|pypi[.](?!org)[a-z-]+[.]|registry[.](?!npmjs[.]org)[a-z-]+[.]"
)
SECRET = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b")
FONTS = {".woff", ".woff2", ".ttf", ".otf", ".eot"}
MARKS = re.compile(r"frutiger|nhs[-_ ]?logo|nhs-england-white", re.IGNORECASE)
BINARY = {".png", ".jpg", ".jpeg", ".gif", ".ico", ".pdf", ".docx", ".mo", ".gz", ".zip", *FONTS}


def texts() -> list[Path]:
    return [path for path in tracked() if path.suffix not in BINARY and path not in SHOW_IT]


def leaks(text: str) -> Iterator[tuple[int, str]]:
    """Lines that name a place on one machine, a company's registry, or a secret."""
    for number, line in enumerate(text.splitlines(), 1):
        for pattern in (MACHINE, REGISTRY, SECRET):
            if found := pattern.search(line):
                yield number, found.group()


def is_mark(path: Path) -> bool:
    """Say whether a file is a font or a logo that may not be given to others."""
    return path.suffix in FONTS or bool(MARKS.search(path.name))


def test_nothing_names_a_machine_a_registry_or_a_secret():
    looked = texts()
    assert len(looked) >= 200
    found = [f"{place(path, line)}: {words}" for path in looked for line, words in leaks(path.read_text(errors="replace"))]
    assert found == []


def test_no_font_and_no_logo_of_the_nhs_is_shipped():
    assert [place(path) for path in tracked() if is_mark(path)] == []


def test_no_style_asks_for_the_font_of_the_nhs():
    styles = [path for path in tracked() if path.suffix in {".css", ".scss"}]
    assert styles
    assert [
        place(path) for path in styles if re.search(r"frutiger|@font-face|url\(\s*['\"]?https?:", path.read_text(), re.IGNORECASE)
    ] == []


def test_no_file_is_a_database_a_log_or_something_built():
    wrong = {".sqlite3", ".db", ".log", ".pyc", ".sock"}
    assert [
        place(path)
        for path in tracked()
        if path.suffix in wrong or {"node_modules", "__pycache__", "var"} & set(path.parts[len(path.parts) - 4 :])
    ] == []


@pytest.mark.parametrize(
    "line",
    [
        "path = '/work/main'",
        "cd /root/x",
        "/home/ann/project",
        "--extra-index-url x",
        "https://artifactory.example.com/x",
        "-----BEGIN RSA PRIVATE KEY-----",
    ],
)
def test_the_guard_sees_a_leak(line):
    assert list(leaks(line))


@pytest.mark.parametrize(
    "line", ["/home/", "path('home/', views.home)", "/workers/", "https://pypi.org/project/django", "a/work/b", "~/work"]
)
def test_the_guard_lets_other_words_be(line):
    assert not list(leaks(line))


def test_the_guard_sees_a_font_and_a_logo():
    assert is_mark(Path("x/Frutiger.css"))
    assert is_mark(Path("x/a.woff2"))
    assert is_mark(Path("nhs-logo.svg"))
    assert not is_mark(Path("nhsuk-icon-arrow-left.svg"))
