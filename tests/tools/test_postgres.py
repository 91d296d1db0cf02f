"""Where the test server comes from; that it runs is proved by every test on PostgreSQL."""

import pytest

from tools import postgres, python_env
from tools.say import Problem


def programs(folder, *names):
    """A folder that looks like a server's."""
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).touch()
    return folder


def test_the_newest_complete_server_is_taken(tmp_path, monkeypatch):
    programs(tmp_path / "9" / "bin", "initdb", "postgres")
    newest = programs(tmp_path / "16" / "bin", "initdb", "postgres")
    programs(tmp_path / "17" / "bin", "psql")
    monkeypatch.setattr(postgres.shutil, "which", lambda name: None)
    monkeypatch.setattr(postgres, "KNOWN_PLACES", [str(tmp_path / "*" / "bin")])
    assert postgres.find_programs() == newest


def test_a_server_given_is_tried_before_it_is_used(monkeypatch):
    monkeypatch.setenv("TEST_DATABASE_URL", "postgresql://127.0.0.1:1/nothing?connect_timeout=2")
    with pytest.raises(Problem, match="TEST_DATABASE_URL names"), postgres.server():
        pass


def test_no_server_anywhere_says_what_to_install(monkeypatch):
    def fail(*_):
        raise Problem("no network")

    monkeypatch.setattr(python_env, "sync", fail)
    with pytest.raises(Problem, match="apt-get install postgresql"):
        postgres.fetch_programs()


def test_a_closed_folder_is_seen(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    assert not postgres._is_open_to_all(closed)
