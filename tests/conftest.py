"""Rules for every run of the tests: nothing of the user's is touched, and a run may be told that nothing is skipped.

``BACKCHANNEL_NO_SKIPS=1`` turns a run in which a test was skipped into a failure; ``BACKCHANNEL_TALLY=FILE`` appends
``passed failed skipped`` to a file. ``.ci/run`` uses both.
"""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from commands import Ask, runner

settings.register_profile("backchannel", deadline=None, derandomize=True, database=None)
settings.load_profile("backchannel")


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep tests away from the user's own store, cache and settings."""
    monkeypatch.delenv("BACKCHANNEL_STORE", raising=False)
    for kind in ("DATA", "CACHE", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / "xdg" / kind.lower()))


@pytest.fixture
def ask(place: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Give what runs a command on the store at ``place``, a fixture of the file that asks."""
    return runner(place, capsys, monkeypatch)


def _reports(config: pytest.Config, *outcomes: str) -> list[object]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return [] if reporter is None else [report for outcome in outcomes for report in reporter.stats.get(outcome, [])]


def _skips_are_failures() -> bool:
    return os.environ.get("BACKCHANNEL_NO_SKIPS") == "1"


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that skipped something where skips count, and write down how many tests there were."""
    if hasattr(session.config, "workerinput"):  # one of the processes of a run, whose own end tells of all
        return
    passed, failed, skipped = (
        len(_reports(session.config, *outcomes)) for outcomes in (("passed",), ("failed", "error"), ("skipped",))
    )
    if skipped and _skips_are_failures() and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    if tally := os.environ.get("BACKCHANNEL_TALLY"):
        with Path(tally).open("a", encoding="utf-8") as file:
            file.write(f"{passed} {failed} {skipped}\n")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List what was skipped where skips count."""
    skipped = _reports(terminalreporter.config, "skipped")
    if skipped and _skips_are_failures():
        terminalreporter.section("skipped, which this run counts as failures (BACKCHANNEL_NO_SKIPS=1)", red=True)
        for report in skipped:
            terminalreporter.line(f"{report.nodeid}: {report.longrepr[2] if report.longrepr else ''}")
