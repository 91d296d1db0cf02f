"""Environment variables: typed, from files too, and a clear sentence when they are wrong."""

from __future__ import annotations

import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from safety_partners.config import environ


@pytest.fixture
def given(monkeypatch):
    monkeypatch.delenv("X", raising=False)
    return lambda value, name="X": monkeypatch.setenv(name, value)


def test_text_is_what_was_given_or_the_default(given):
    assert environ.text("X", "default") == "default"
    given("words")
    assert environ.text("X", "default") == "words"


def test_a_secret_may_stand_in_a_file(given, tmp_path):
    (tmp_path / "secret").write_text("hidden\n")
    given(str(tmp_path / "secret"), "X_FILE")
    assert environ.text("X") == "hidden"


@pytest.mark.parametrize(
    ("typed", "is_on"),
    [("yes", True), ("TRUE", True), ("1", True), ("on", True), ("no", False), ("False", False), ("0", False), ("off", False)],
)
def test_flags_are_yes_or_no(given, typed, is_on):
    given(typed)
    assert environ.flag("X", default=not is_on) is is_on


def test_an_empty_flag_is_the_default(given):
    given("")
    assert environ.flag("X", default=True) is True
    assert environ.flag("X") is False


def test_whole_numbers(given):
    assert environ.number("X", 8) == 8
    given("12")
    assert environ.number("X", 8) == 12


def test_words_with_commas(given):
    given(" a, b,,c ")
    assert environ.words("X") == ["a", "b", "c"]


def test_one_of_several(given):
    assert environ.choice("X", ("a", "b"), "a") == "a"
    given("b")
    assert environ.choice("X", ("a", "b"), "a") == "b"


@pytest.mark.parametrize(
    ("read", "typed", "sentence"),
    [
        (lambda: environ.flag("X"), "perhaps", "X is 'perhaps'. Write yes or no."),
        (lambda: environ.number("X", 8), "eight", "X is 'eight'. Write a whole number, such as 8."),
        (lambda: environ.number("X", 8), "-1", "Write a whole number"),
        (lambda: environ.choice("X", ("a", "b"), "a"), "c", "X is 'c'. Write one of: a, b."),
    ],
)
def test_anything_else_stops_the_start_with_a_sentence(given, read, typed, sentence):
    given(typed)
    with pytest.raises(ImproperlyConfigured, match=sentence):
        read()


def test_a_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path):
    path = tmp_path / "data" / "secret"
    secret = environ.kept_secret(path)
    assert len(secret) >= 50
    assert environ.kept_secret(path) == secret
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


class TestDatabase:
    def test_nothing_said_is_sqlite_in_the_data_folder(self, tmp_path):
        made = environ.database("", tmp_path / "data")
        assert made["ENGINE"].endswith("sqlite3")
        assert made["NAME"] == str(tmp_path / "data" / "safety_partners.sqlite3")
        assert made["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        assert "journal_mode=WAL" in made["OPTIONS"]["init_command"]
        assert (tmp_path / "data").is_dir()

    def test_sqlite_at_a_path(self, tmp_path):
        assert environ.database("sqlite:////srv/sp.sqlite3", tmp_path)["NAME"] == "/srv/sp.sqlite3"

    def test_postgresql_over_the_network(self, tmp_path):
        made = environ.database("postgresql://ann:p%40ss@db.example.org:5433/partners?sslmode=require", tmp_path)
        assert made["ENGINE"].endswith("postgresql")
        assert [made[part] for part in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
            "partners",
            "ann",
            "p@ss",
            "db.example.org",
            "5433",
        ]
        assert made["OPTIONS"]["sslmode"] == "require"
        assert made["OPTIONS"]["pool"]["max_size"] == 8

    def test_postgresql_over_a_socket(self, tmp_path):
        made = environ.database("postgresql:///partners?host=/run/pg&user=ann", tmp_path)
        assert [made[part] for part in ("NAME", "USER", "HOST", "PORT")] == ["partners", "ann", "/run/pg", ""]
        assert set(made["OPTIONS"]) == {"pool"}

    def test_anything_else_stops_the_start_with_a_sentence(self, tmp_path):
        with pytest.raises(ImproperlyConfigured, match="DATABASE_URL begins with 'mysql'"):
            environ.database("mysql://x/y", tmp_path)
