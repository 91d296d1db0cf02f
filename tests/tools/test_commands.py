"""What a person meets who types a command."""

import re

import pytest

from tools import commands, places


def test_help_names_every_command():
    named = set(re.findall(r"^  \./run (\w+)", commands.HELP, re.MULTILINE))
    assert named == {name for name in commands.COMMANDS if not name.startswith("-")}


def test_an_unknown_command_is_answered_with_the_list(capsys):
    assert commands.main(["dmeo"]) == 2
    assert "There is no command 'dmeo'" in capsys.readouterr().err


def test_an_unknown_part_of_the_tests_is_answered_with_the_parts(capsys, monkeypatch):
    monkeypatch.setattr(commands.stopping, "listen", lambda: None)
    assert commands.main(["test", "postgers"]) == 1
    assert "./run test postgres" in capsys.readouterr().err


def test_make_knows_only_our_commands():
    targets = re.findall(r"@\./run (\w+)", (places.ROOT / "Makefile").read_text())
    assert targets
    assert set(targets) <= set(commands.COMMANDS)


@pytest.mark.parametrize("stopped", [True, False])
def test_only_a_stopped_demonstration_ended_well(monkeypatch, stopped):
    def stop(_arguments):
        raise commands.stopping.Stopped(15)

    name = "demo" if stopped else "test"
    monkeypatch.setattr(commands.stopping, "listen", lambda: None)
    monkeypatch.setitem(commands.COMMANDS, name, stop)
    assert commands.main([name]) == (0 if stopped else 143)
