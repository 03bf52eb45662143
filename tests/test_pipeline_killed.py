"""A run that is killed at any moment, and run again, ends in the same store as one that was left alone."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from backchannel.errors import BackchannelError
from backchannel.store import open_store
from pipeline_samples import folder, run, start

DOCUMENTS = 40


def _digest(store: Path) -> str:
    with open_store(store, create=False) as opened:
        return opened.digest()


def _moments(tmp_path: Path, target: Path, workers: int, points: int) -> list[tuple[int, float]]:
    """Give moments of an undisturbed run: so many documents kept, then so many seconds.

    A fifth lies before the first document, two fifths are told by what is kept, since seconds are not the same from one
    run to the next, and the rest lies between the first document and the end.
    """
    store = tmp_path / "timed.db"
    process = start(store, target, workers)
    _appears(store)
    began, first = time.monotonic(), None
    while process.poll() is None:
        if first is None and _kept(store):
            first = time.monotonic() - began
        time.sleep(0.01)
    last = time.monotonic() - began
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    first, whole = last / 2 if first is None else first, _kept(store)
    early = -(-points // 5)
    told = 2 * points // 5
    late = points - early - told
    return [
        *((0, first * (n + 0.5) / early) for n in range(early)),
        *((1 + whole * n // told, 0.0) for n in range(told)),
        *((0, first + (last - first) * (n + 0.5) / late) for n in range(late)),
    ]


def _reaches(store: Path, process: subprocess.Popen[str], count: int) -> None:
    """Wait until a run has kept so many documents, or has ended."""
    while process.poll() is None:
        with contextlib.suppress(sqlite3.OperationalError), contextlib.closing(_reader(store)) as reader:
            if reader.execute("SELECT count(*) FROM documents").fetchone()[0] >= count:
                return
        time.sleep(0.001)


def _reader(store: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{store}?mode=ro", uri=True)


def _kept(store: Path) -> int:
    try:
        with open_store(store, create=False) as opened:
            return opened.counts()["documents"]
    except BackchannelError:  # its tables are being made
        return 0


def _appears(store: Path) -> None:
    deadline = time.monotonic() + 30
    while not store.exists() and time.monotonic() < deadline:
        time.sleep(0.002)


def _is_same_after(tmp_path: Path, target: Path, *, points: int, workers: int) -> list[int]:
    """Give how many documents each killed run had kept; the rerun of each gives the undisturbed store."""
    run(tmp_path / "whole.db", target, 1)
    expected = _digest(tmp_path / "whole.db")
    moments, kept = _moments(tmp_path, target, workers, points), []
    for point, (count, seconds) in enumerate(moments):
        store = tmp_path / f"{point}.db"
        process = start(store, target, workers)
        _appears(store)
        if count:
            _reaches(store, process, count)
        time.sleep(seconds)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate(timeout=20)
        with open_store(store) as opened:
            kept.append(opened.counts()["documents"])
        run(store, target, 1)
        assert _digest(store) == expected, f"killed at point {point} of {points}, with {kept[-1]} documents kept"
    return kept


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_a_killed_run_is_taken_up_again(tmp_path: Path, workers: int) -> None:
    _is_same_after(tmp_path, folder(tmp_path / "in", DOCUMENTS), points=2, workers=workers)


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_killed_at_fifty_moments_is_taken_up_again(tmp_path: Path, workers: int) -> None:
    kept = _is_same_after(tmp_path, folder(tmp_path / "in", 5 * DOCUMENTS), points=50, workers=workers)
    assert len(set(kept)) > 3, kept


def test_reading_processes_end_with_the_one_that_asked(tmp_path: Path) -> None:
    target = folder(tmp_path / "in", DOCUMENTS)
    process = start(tmp_path / "store.db", target, 2)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.exists():
        pytest.skip("this system does not list the children of a process")
    deadline = time.monotonic() + 20
    numbers: list[str] = []
    while len(numbers) < 1 and time.monotonic() < deadline and process.poll() is None:
        numbers = [n for task in Path(f"/proc/{process.pid}/task").glob("*/children") for n in task.read_text().split()]
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=20)
    assert numbers
    while any(_lives(n) for n in numbers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [n for n in numbers if _lives(n)]


def _lives(number: str) -> bool:
    """Tell whether the process is there and no mere remnant."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False
