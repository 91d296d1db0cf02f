"""Environments: made once, and made again only when their lock changes."""

import pytest

from tools import places, python_env, stamps
from tools.say import Problem


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """A place with two locks and an installer that only notes what it was asked for."""
    requirements = tmp_path / "requirements"
    requirements.mkdir()
    for lock in ("runtime", "dev"):
        (requirements / f"{lock}.txt").write_text(f"{lock}==1\n")
    monkeypatch.setattr(places, "REQUIREMENTS", requirements)
    monkeypatch.setattr(places, "VENV", tmp_path / "venv")
    monkeypatch.setattr(places, "BUILD", tmp_path / "build")
    asked = []
    monkeypatch.setattr(python_env, "_install", lambda folder, lock: asked.append(lock.stem))
    monkeypatch.setattr(python_env, "_works", lambda folder: folder.is_dir())
    monkeypatch.setattr(python_env, "_create", lambda folder: folder.mkdir())
    return asked


def test_the_second_time_installs_nothing(installed):
    python_env.prepare("runtime")
    python_env.prepare("runtime")
    assert installed == ["runtime"]


def test_a_changed_lock_is_installed(installed):
    python_env.prepare("runtime")
    (places.REQUIREMENTS / "runtime.txt").write_text("runtime==2\n")
    python_env.prepare("runtime")
    assert installed == ["runtime", "runtime"]


def test_a_development_environment_stays_one(installed):
    python_env.prepare("dev")
    python_env.prepare("runtime")
    assert installed == ["dev"]


def test_a_failed_installation_is_tried_again(installed, monkeypatch):
    def fail(folder, lock):
        raise Problem("no network")

    note = python_env._install
    monkeypatch.setattr(python_env, "_install", fail)
    with pytest.raises(Problem):
        python_env.prepare("runtime")
    monkeypatch.setattr(python_env, "_install", note)
    python_env.prepare("runtime")
    assert installed == ["runtime"]


def test_without_a_network_there_is_a_sentence(tmp_path, monkeypatch):
    failing = tmp_path / "uv"
    failing.write_text("#!/bin/sh\necho no route to host\nexit 2\n")
    failing.chmod(0o755)
    monkeypatch.setattr(python_env, "find_uv", lambda: failing)
    monkeypatch.setattr(python_env, "pip_python", lambda: failing)
    with pytest.raises(Problem, match="Check that this machine is online"):
        python_env._install(tmp_path, tmp_path / "lock.txt")


def test_a_stamp_tells_contents_apart(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("a")
    two.write_text("b")
    assert stamps.checksum(one, two) != stamps.checksum(two, one)
    assert stamps.read(tmp_path) == ""
    stamps.write(tmp_path, stamps.checksum(one))
    assert stamps.read(tmp_path) == stamps.checksum(one)
