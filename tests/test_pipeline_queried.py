"""Others may ask while one process reads and merges: no error, and each answer is what some merge left whole."""

import hashlib
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from backchannel.records import Conversation, from_json, to_json
from backchannel.store import open_store
from pipeline_samples import fingerprint, start_rounds

EMPTY = hashlib.sha256().hexdigest()


def _ask(store: Path) -> subprocess.CompletedProcess[str]:
    """Ask for all conversations by the command line."""
    command = [sys.executable, "-m", "backchannel", "conversations", "--json", "--limit", "0", "--store", str(store)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def _answered(said: str) -> str:
    told = hashlib.sha256()
    for one in sorted((from_json(line, Conversation) for line in said.splitlines()), key=_id):
        told.update(to_json(one).encode())
    return told.hexdigest()


def _id(one: Conversation) -> str:
    return one.id


def _asked_while_merging(tmp_path: Path, rounds: int, *, commands: bool) -> tuple[set[str], int]:
    """Give the different answers, and how many there were, while another process reads and merges."""
    place = tmp_path / "store.db"
    open_store(place).close()
    with start_rounds(place, tmp_path / "in", rounds) as writer, open_store(place, read_only=True) as reader:
        seen, asked = {EMPTY}, 0
        while writer.poll() is None:
            seen.add(fingerprint(reader))
            asked += 1
            if commands:
                answer = _ask(place)
                assert answer.returncode in (0, 3), answer.stderr
                seen.add(_answered(answer.stdout))
            time.sleep(0.002)
        left, said = writer.communicate(timeout=60)
        assert writer.returncode == 0, said
        states = left.split()
        assert len(set(states)) == rounds
        assert seen <= {EMPTY, *states}
        assert fingerprint(reader) == states[-1]
    return seen, asked


def test_answers_while_another_process_merges_are_whole(tmp_path: Path) -> None:
    seen, asked = _asked_while_merging(tmp_path, 5, commands=False)
    assert len(seen) > 2
    assert asked > 20


@pytest.mark.slow
def test_commands_while_another_process_merges_answer_whole(tmp_path: Path) -> None:
    seen, asked = _asked_while_merging(tmp_path, 40, commands=True)
    assert len(seen) > 10
    assert asked > 5


@pytest.mark.slow
def test_what_a_command_answers_is_what_the_store_holds(tmp_path: Path) -> None:
    place = tmp_path / "store.db"
    with start_rounds(place, tmp_path / "in", 1) as writer:
        state, said = writer.communicate(timeout=60)
        assert writer.returncode == 0, said
    answer = _ask(place)
    assert all(json.loads(line)["claims"] for line in answer.stdout.splitlines())
    assert _answered(answer.stdout) == state.strip()
