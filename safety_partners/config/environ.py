"""Typed readers of environment variables; each also reads ``NAME_FILE``, for secrets kept in files."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """Return ``NAME``, or what the file named in ``NAME_FILE`` holds, or the default."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    """Return True for yes/true/1/on, False for no/false/0/off; anything else stops the start."""
    given = text(name).lower()
    if given in {"1", "true", "yes", "on"}:
        return True
    if given in {"0", "false", "no", "off"}:
        return False
    if not given:
        return default
    raise ImproperlyConfigured(f"{name} is {given!r}. Write yes or no.")


def number(name: str, default: int) -> int:
    """Return a whole number; anything else stops the start."""
    given = text(name)
    if given and not given.isdigit():
        raise ImproperlyConfigured(f"{name} is {given!r}. Write a whole number, such as {default}.")
    return int(given or default)


def words(name: str, default: str = "") -> list[str]:
    """Return a list written with commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def choice(name: str, options: tuple[str, ...], default: str) -> str:
    """Return one of the options; anything else stops the start."""
    given = text(name, default)
    if given not in options:
        raise ImproperlyConfigured(f"{name} is {given!r}. Write one of: {', '.join(options)}.")
    return given


def kept_secret(path: Path) -> str:
    """Return the secret in the file, made on the first start and readable by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text().strip()


def database(address: str, folder: Path) -> dict[str, Any]:
    """Turn ``postgresql://user:password@host:port/name`` or ``sqlite:///path`` into Django's setting.

    Empty means SQLite in the data folder. A socket folder goes into the query: ``postgresql:///name?host=/run/pg``.
    """
    parts = urlsplit(address)
    if parts.scheme in {"", "sqlite"}:
        folder.mkdir(parents=True, exist_ok=True)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path[1:] or str(folder / "safety_partners.sqlite3"),
            # To open the file and prepare it costs more than most pages; a thread keeps its connection for a while.
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;"
                " PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;",
            },
        }
    if parts.scheme in {"postgresql", "postgres"}:
        query = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path[1:],
            "USER": unquote(parts.username or query.pop("user", "")),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or query.pop("host", ""),
            "PORT": str(parts.port or query.pop("port", "")),
            "CONN_HEALTH_CHECKS": False,
            "OPTIONS": {"pool": {"min_size": 1, "max_size": number("SAFETY_PARTNERS_DATABASE_POOL", 8)}, **query},
        }
    raise ImproperlyConfigured(f"DATABASE_URL begins with {parts.scheme!r}. It can begin with postgresql: or sqlite:.")
