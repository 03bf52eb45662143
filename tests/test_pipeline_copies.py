"""A corpus in which every report is printed again and retold has as many conversations and origins as without."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from backchannel import pipeline

FILE = Path(__file__).parent.parent / "benchmarks" / "copies.py"


@pytest.fixture(scope="module")
def copies() -> ModuleType:
    told = importlib.util.spec_from_file_location("copies_benchmark", FILE)
    assert told is not None
    assert told.loader is not None
    module = importlib.util.module_from_spec(told)
    sys.modules[told.name] = module
    told.loader.exec_module(module)
    return module


def test_copies_and_rewrites_add_neither_conversations_nor_origins(copies: ModuleType, tmp_path: Path) -> None:
    kit = pipeline.load()
    own = copies.dispatches(10)
    before, _ = copies.counted(own, tmp_path / "own.db", kit)
    after, _ = copies.counted(list(copies.multiplied(own, 2)), tmp_path / "copied.db", kit)
    assert after.documents > 3 * before.documents
    assert after.claims > 2 * before.claims
    assert (after.conversations, after.independent) == (before.conversations, before.independent)
