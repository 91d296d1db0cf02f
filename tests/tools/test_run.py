"""`./run` itself: it must give a sentence, not a traceback, where Python is too old or half installed."""

import ast
import importlib.machinery
import importlib.util
import sys

import pytest

from tools import places


@pytest.fixture(scope="module")
def run():
    loader = importlib.machinery.SourceFileLoader("run_script", str(places.ROOT / "run"))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_this_python_is_suitable(run):
    assert run.find_python([None, "/does/not/exist", sys.executable]) == sys.executable


def test_a_python_without_what_we_need_is_not(run, tmp_path):
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    assert run.find_python([str(old)]) is None


def test_no_suitable_python_says_what_to_install(run, monkeypatch, capsys):
    monkeypatch.setattr(run, "is_suitable", lambda python: False)
    assert run.main(["demo"]) == 1
    said = capsys.readouterr().err
    assert "needs Python 3.11 or newer" in said
    assert "python3-venv" in said
    assert "Traceback" not in said


def test_an_old_python_can_read_the_script():
    ast.parse((places.ROOT / "run").read_text(), feature_version=(3, 7))
