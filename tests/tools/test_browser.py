"""Where the browser comes from, and what is said where there is none."""

from pathlib import Path

import pytest

from tools import browser
from tools.say import Problem


def program(path, code=0):
    """A browser that starts, or does not."""
    path.write_text(f"#!/bin/sh\nexit {code}\n")
    path.chmod(0o755)
    return path


def test_the_browser_asked_for_is_taken(tmp_path, monkeypatch):
    asked = program(tmp_path / "mine")
    monkeypatch.setenv("CHROMIUM", str(asked))
    assert browser.find() == asked


def test_a_browser_asked_for_that_does_not_start_is_not_replaced(tmp_path, monkeypatch):
    monkeypatch.setenv("CHROMIUM", str(program(tmp_path / "mine", code=1)))
    with pytest.raises(Problem, match="which does not start"):
        browser.find()


def test_a_browser_that_does_not_start_and_one_in_a_snap_are_passed_over(tmp_path, monkeypatch):
    snap = tmp_path / "snap" / "bin"
    snap.mkdir(parents=True)
    found = {
        "chromium-headless-shell": str(program(tmp_path / "broken", code=127)),
        "chromium": str(program(snap / "chromium")),
        "google-chrome": str(program(tmp_path / "chrome")),
    }
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(browser, "KNOWN_PLACES", [])
    monkeypatch.setattr(browser.shutil, "which", found.get)
    assert browser.find() == Path(found["google-chrome"])


def test_a_driver_that_does_not_start_says_which_library(tmp_path, monkeypatch):
    folder = tmp_path / "lib" / "python3" / "site-packages" / "playwright" / "driver"
    folder.mkdir(parents=True)
    program(folder / "node", code=127)
    monkeypatch.setattr(browser.places, "VENV", tmp_path)
    monkeypatch.setattr(browser, "_may_install", lambda: False)
    with pytest.raises(Problem, match="apt-get install libatomic1"):
        browser.provide()


def test_no_browser_is_a_failure_with_advice(monkeypatch):
    monkeypatch.setattr(browser, "_provide_driver", lambda: None)
    monkeypatch.setattr(browser, "find", lambda: None)
    monkeypatch.setattr(browser, "_install_from_debian", lambda: None)
    monkeypatch.setattr(browser, "_install_by_playwright", lambda: None)
    with pytest.raises(Problem, match="apt-get install chromium-headless-shell"):
        browser.provide()
