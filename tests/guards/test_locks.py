"""Lock files say which package and which bytes, never where they were fetched: the same lock works on every machine."""

import json
import re
import tomllib

import pytest

from tools import places
from tools.locks import LEAK, NAMES

LOCKS = sorted(places.REQUIREMENTS.glob("*.txt"))
PACKAGE_LOCK = places.ROOT / "package-lock.json"
PIN = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*(\[[^\]]*\])?==\S+( ; .+)?$")
HASH = re.compile(r"^--hash=sha256:[0-9a-f]{64}$")


def normal(requirement: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0]).lower()


def requirements(text: str) -> list[tuple[str, list[str]]]:
    """Return each requirement of a lock with its hashes."""
    joined = text.replace("\\\n", "\n").splitlines()
    found: list[tuple[str, list[str]]] = []
    for line in (line.strip() for line in joined):
        if line.startswith("--hash"):
            found[-1][1].append(line)
        elif line:
            found.append((line, []))
    return found


def test_there_are_locks():
    assert {lock.stem for lock in LOCKS} == set(NAMES)
    assert PACKAGE_LOCK.exists()


@pytest.mark.parametrize("lock", [*LOCKS, PACKAGE_LOCK], ids=lambda path: path.name)
def test_locks_name_no_host_and_no_path(lock):
    assert not LEAK.findall(lock.read_text())


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_requirement_is_pinned_and_hashed(lock):
    found = requirements(lock.read_text())
    assert found
    for requirement, hashes in found:
        assert PIN.match(requirement), requirement
        assert hashes, requirement
        assert all(HASH.match(line) for line in hashes), requirement


def test_every_npm_package_has_a_checksum():
    packages = {name: package for name, package in json.loads(PACKAGE_LOCK.read_text())["packages"].items() if name}
    assert packages
    for name, package in packages.items():
        assert package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name


def test_the_demonstration_runs_the_versions_the_tests_ran():
    runtime, dev = (
        {requirement for requirement, _ in requirements((places.REQUIREMENTS / name).read_text())} for name in ("runtime.txt", "dev.txt")
    )
    assert {requirement.partition(" ; ")[0] for requirement in runtime} <= {requirement.partition(" ; ")[0] for requirement in dev}


def test_every_dependency_is_locked():
    project = tomllib.loads((places.ROOT / "pyproject.toml").read_text())
    groups = {"runtime": project["project"]["dependencies"], **project["dependency-groups"]}
    assert set(groups) == set(NAMES)
    for name, wanted in groups.items():
        locked = {normal(requirement) for requirement, _ in requirements((places.REQUIREMENTS / f"{name}.txt").read_text())}
        assert wanted
        assert {normal(dependency) for dependency in wanted} <= locked, f"{name}: say ./run lock"


@pytest.mark.parametrize("leak", ["--find-links wheels", "--extra-index-url x", "a @ file:///tmp/a.whl", "https" + "://example.org/a"])
def test_the_guard_sees_a_leak(leak):
    assert LEAK.search(f"a==1 \\\n{leak}\n")
