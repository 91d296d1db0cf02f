"""The demonstration's manners: a taken port, a second one at the same time."""

import fcntl
import socket

import pytest

from tools import demo, places
from tools.say import Problem


def test_a_port_in_use_says_what_to_do():
    with socket.socket() as other:
        other.bind((demo.HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Problem, match=f"Port {port} is in use.*--port {port + 1}"):
            demo.refuse_a_port_in_use(port)


def test_a_free_port_is_taken_without_a_word():
    with socket.socket() as other:
        other.bind((demo.HOST, 0))
        port = other.getsockname()[1]
    demo.refuse_a_port_in_use(port)


def test_fresh_removes_the_data_and_not_under_a_running_demonstration(tmp_path, monkeypatch):
    data = tmp_path / "demo"
    data.mkdir()
    monkeypatch.setattr(places, "DEMO_DATA", data)
    with demo._alone(fresh=False):
        with pytest.raises(Problem, match="running elsewhere"), demo._alone(fresh=True):
            pass
        assert data.exists()
    with demo._alone(fresh=True):
        assert not data.exists()
    with (tmp_path / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_the_demonstration_never_touches_the_database_of_the_shell(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/precious")
    surroundings = demo.settings(8123)
    assert "DATABASE_URL" not in surroundings
    assert surroundings["SAFETY_PARTNERS_MODE"] == "demonstration"
    assert surroundings["SAFETY_PARTNERS_ADDRESS"].endswith(":8123")
