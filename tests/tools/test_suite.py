"""How the tests are counted and told; a failure must never look like a success."""

import subprocess
import sys
import textwrap

import pytest

from tools import places, stopping, suite
from tools.say import Problem
from tools.suite import Counts, Outcome, Run, Step


@pytest.fixture(autouse=True)
def _results_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setattr(places, "RESULTS", tmp_path / "results")


def python(name, code, folder, **options):
    """A step that runs a few lines of Python."""
    return Step(name, [sys.executable, "-c", textwrap.dedent(code)], folder, **options)


def report(step, **counts):
    """Write what pytest would have written."""
    attributes = " ".join(f'{name}="{number}"' for name, number in counts.items())
    step.report.write_text(f"<testsuites><testsuite {attributes}/></testsuites>")


def test_counts_are_read_from_the_report(tmp_path):
    step = python("sqlite", "", tmp_path, counts_tests=True)
    report(step, tests=10, failures=2, errors=1, skipped=3)
    assert suite.count(step, 1) == Counts(passed=4, failed=3, skipped=3)


@pytest.mark.parametrize("code", [1, 2, 5, -9])
def test_a_run_that_breaks_counts_as_a_failure(tmp_path, code):
    step = python("sqlite", "", tmp_path, counts_tests=True)
    assert suite.count(step, code) == Counts(failed=1)
    report(step, tests=4, failures=0, errors=0, skipped=0)
    assert suite.count(step, code) == Counts(passed=4, failed=1)


def test_lanes_do_not_mix_and_only_failures_are_shown(tmp_path, capsys):
    good = python("good", "print('nothing to see')", tmp_path)
    bad = python("bad", "print('look here'); raise SystemExit(3)", tmp_path)
    outcomes = Run(direct=False).all([[good], [bad]])
    assert {outcome.step.name: outcome.code for outcome in outcomes} == {"good": 0, "bad": 3}
    said = capsys.readouterr().out
    assert "look here" in said
    assert "nothing to see" not in said
    assert (places.RESULTS / "good.log").read_text().strip() == "nothing to see"


def test_a_failure_does_not_hide_the_steps_after_it(tmp_path):
    steps = [python("first", "raise SystemExit(1)", tmp_path), python("second", "", tmp_path)]
    assert [outcome.code for outcome in Run(direct=False).all([steps])] == [1, 0]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_program_that_is_missing_is_a_failure(tmp_path):
    steps = [Step("absent", [tmp_path / "absent"], tmp_path, counts_tests=True), python("after", "", tmp_path)]
    outcomes = Run(direct=False).all([steps])
    assert [outcome.code for outcome in outcomes] == [suite.NEVER_RAN, suite.NEVER_RAN]
    assert outcomes[0].counts == Counts(failed=1)


def test_the_last_line_is_the_sum(tmp_path, capsys):
    outcomes = [
        Outcome(python("sqlite", "", tmp_path, counts_tests=True), 0, 1.0, Counts(passed=5)),
        Outcome(python("postgres", "", tmp_path, counts_tests=True), 1, 1.0, Counts(passed=3, failed=2, skipped=1)),
    ]
    assert suite._tell(outcomes, 2.0) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "8 passed, 2 failed"


def test_a_failed_check_fails_the_whole(tmp_path):
    outcomes = [Outcome(python("ruff", "", tmp_path), 1, 1.0, Counts())]
    assert suite._tell(outcomes, 1.0) == 1
    assert suite._tell([], 1.0) == 1


def test_steps_do_not_inherit_a_database(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/precious")
    monkeypatch.setenv("SAFETY_PARTNERS_MODE", "production")
    monkeypatch.setenv("SAFETY_PARTNERS_REAL_DOCUMENTS", "documents")
    step = python(
        "look",
        """
        import os
        assert "DATABASE_URL" not in os.environ and "SAFETY_PARTNERS_MODE" not in os.environ
        assert os.environ["SAFETY_PARTNERS_REAL_DOCUMENTS"] == "documents"
        """,
        tmp_path,
    )
    assert [outcome.code for outcome in Run(direct=False).all([[step]])] == [0]


def test_files_named_replace_the_whole_folder():
    assert suite._targets("tests", ["-k", "lock"]) == ["-k", "lock", "tests"]
    assert suite._targets("tests", ["tests/tools/test_suite.py::test_x"]) == ["tests/tools/test_suite.py::test_x"]


def test_there_are_only_four_parts():
    with pytest.raises(Problem, match=r"\./run test journeys"):
        suite.part_of("unit")


def test_ending_a_program_ends_what_it_started():
    code = """
        import subprocess, sys, time
        subprocess.Popen([sys.executable, "-c", "import time; print('started', flush=True); time.sleep(60)"])
        time.sleep(60)
    """
    with subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdout.readline() == b"started\n"
        stopping.end(process)
        assert process.stdout.read() == b""  # the pipe closes when the last program that holds it is gone
