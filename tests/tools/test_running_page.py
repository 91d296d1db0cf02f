"""The page that tells people how to run it must not fall behind what it tells of."""

import re

from tools import commands, places

PAGE = (places.ROOT / "docs" / "running.md").read_text(encoding="utf-8")
SETTINGS = places.ROOT / "safety_partners" / "config"
READ = re.compile(r"""(?:text|flag|number|words|choice)\(\s*"([A-Z_]+)\"""")


def test_every_setting_is_explained():
    read = {name for file in SETTINGS.glob("*.py") for name in READ.findall(file.read_text(encoding="utf-8"))}
    assert len(read) > 10
    explained = set(re.findall(r"`([A-Z_]+)`", PAGE))
    explained |= {f"SAFETY_PARTNERS_MAIL{ending}" for ending in explained if ending.startswith("_")}
    assert read <= explained


def test_every_command_is_explained():
    for name in commands.COMMANDS:
        assert name.startswith("-") or name == "help" or f"./run {name}" in PAGE, name
