"""Reading into the store: order, skipping, problems, languages, workers that die, and locks."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from backchannel import pipeline
from backchannel.errors import DocumentError, ModelError, SourceError, StoreFull, StoreLocked, VocabularyError
from backchannel.records import Document
from backchannel.store import Store, open_store
from pipeline_samples import NOW, OPTIONS, folder, line, load_cheaply, read_cheaply, start
from store_samples import other_process


@pytest.fixture
def store(tmp_path: Path):
    with open_store(tmp_path / "store.db") as opened:
        yield opened


def _file(tmp_path: Path, *lines: str) -> str:
    path = tmp_path / "documents.jsonl"
    path.write_text("".join(one + "\n" for one in lines))
    return str(path)


def _ingest(store: Store, *targets: str | Path, **work):
    return pipeline.ingest([str(one) for one in targets], store, OPTIONS, **{"load": load_cheaply, **work})


def test_summary_counts_every_document_once(store: Store, tmp_path: Path) -> None:
    summary = _ingest(store, folder(tmp_path / "in", 40), workers=1)
    assert (summary.documents, summary.read, summary.skipped, summary.failed) == (44, 36, 1, 7)
    assert summary.documents == summary.read + summary.skipped + summary.failed
    assert summary.not_coded == {"fr": 4}
    assert summary.claims == 32
    assert store.counts()["documents"] == 36
    assert len(list(store.problems())) == 7


def test_a_second_run_reads_nothing_and_changes_nothing(store: Store, tmp_path: Path) -> None:
    target = folder(tmp_path / "in", 20)
    _ingest(store, target)
    digest = store.digest()
    again = _ingest(store, target)
    assert (again.read, again.claims, again.skipped) == (0, 0, 19)
    assert store.digest() == digest
    assert _ingest(store, target / "000.jsonl", load=_fail_to_load).skipped == 1


def _fail_to_load():
    raise ModelError("no model")


@pytest.mark.parametrize("workers", [2, pytest.param(3, marks=pytest.mark.slow)])
def test_any_number_of_workers_gives_the_same_store(tmp_path: Path, workers: int) -> None:
    target = folder(tmp_path / "in", 40)
    digests = []
    for number in (1, workers):
        with open_store(tmp_path / f"{number}.db") as store:
            _ingest(store, target, workers=number)
            digests.append(store.digest())
    assert digests[0] == digests[1]


def test_order_of_reading_does_not_matter_to_the_merge(tmp_path: Path) -> None:
    lines = [line(number) for number in range(20)]
    digests = []
    for name, order in (("a", lines), ("b", lines[::-1])):
        path = tmp_path / f"{name}.jsonl"
        path.write_text("\n".join(order))
        with open_store(tmp_path / f"{name}.db") as store:
            _ingest(store, path)
            pipeline.merge_store(store)
            assert len(list(store.conversations())) > 1
            digests.append(store.digest())
    assert digests[0] == digests[1]


def test_a_failing_document_becomes_a_problem_with_its_room(store: Store, tmp_path: Path) -> None:
    target = _file(tmp_path, line(1, text="BROKEN"), line(2, text="BUG"), line(3))
    summary = _ingest(store, target)
    found = {p.document: (p.room, p.error, p.message) for p in store.problems()}
    assert found["d_001"] == ("language", "DocumentError", "broken on purpose")
    assert found["d_002"] == ("pipeline", "ZeroDivisionError", "a bug on purpose")
    assert (summary.read, summary.failed) == (1, 2)
    assert next(iter(store.coverage())).failed == 1


def test_the_room_of_a_bug_is_the_last_of_ours() -> None:
    def read(document: Document):
        return pipeline.read(document, None)

    outcome = pipeline.attempt(Document(id="d", text="They met."), read, now=NOW)
    assert outcome.problem is not None
    assert outcome.problem.room == "pipeline.reading"


def test_strict_lets_the_first_fault_through(store: Store, tmp_path: Path) -> None:
    target = _file(tmp_path, *(line(n) for n in range(20)), line(20, text="BUG"))
    with pytest.raises(ZeroDivisionError):
        _ingest(store, target, strict=True)
    assert store.counts()["documents"] == 16


def test_a_mended_document_is_no_problem_any_more(store: Store, tmp_path: Path) -> None:
    _ingest(store, _file(tmp_path, line(1, text="BROKEN")))
    _ingest(store, _file(tmp_path, line(1)))
    assert list(store.problems()) == []


def test_another_language_is_kept_and_not_coded(store: Store, tmp_path: Path) -> None:
    summary = _ingest(store, _file(tmp_path, line(1, lang="fr"), line(2)))
    assert summary.not_coded == {"fr": 1}
    assert summary.read == 2
    assert {claim.document for claim in store.claims()} == {"d_002"}
    assert len(list(store.signatures())) == 2


def test_an_id_given_twice_keeps_the_first_and_says_so(store: Store, tmp_path: Path) -> None:
    target = _file(tmp_path, line(1), line(1), line(1, text="Another text."))
    for _ in range(2):
        _ingest(store, target)
        kept = store.document("d_001")
        assert kept is not None
        assert "met" in kept.text
        assert [p.room for p in store.problems()] == ["documents"]


def test_undated_documents_are_counted_and_noted(store: Store, tmp_path: Path) -> None:
    summary = _ingest(store, _file(tmp_path, line(1, date=None), line(2)))
    assert summary.undated == 1
    assert any("no date" in note for note in summary.notes)


def test_a_missing_target_stops_the_run_before_it_begins(store: Store, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        _ingest(store, _file(tmp_path, line(1)), tmp_path / "nowhere")
    assert store.counts()["documents"] == 0


BAD = {
    "empty.txt": b"",
    "blank.txt": b" \n\n ",
    "binary.txt": bytes(range(256)) * 8,
    "broken.pdf": b"%PDF-1.7\nnothing more",
    "broken.docx": b"PK\x03\x04 and then nothing",
    "broken.jsonl": b'{"text": 5}\n[]\n{"text": ""}\n{"id": "x"',
    "deep.jsonl": b"[" * 100_000,
    "surrogate.jsonl": b'{"id": "d\\ud800", "text": "They met in town for an hour."}',
    "nul.jsonl": b'{"id": "n\\u0000", "text": "They met in town for an hour."}',
    "page.html": b"<html><script>only()</script></html>",
    "unknown.xyz": b"\xff\xfe\xfd",
}


def test_bad_inputs_become_problems_and_the_rest_is_read(store: Store, tmp_path: Path) -> None:
    for name, content in BAD.items():
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / name).write_bytes(content)
    (tmp_path / "in" / "good.jsonl").write_text(line(1))
    (tmp_path / "in" / "nul_text.jsonl").write_text(json.dumps({"id": "z", "text": "They met\0 in town."}))
    summary = _ingest(store, tmp_path / "in")
    told = " ".join(problem.document for problem in store.problems())
    assert [name for name in BAD if name.split(".")[0] not in told and name not in ("nul.jsonl", "unknown.xyz")] == []
    assert summary.failed >= len(BAD) - 1
    assert store.document("d_001") is not None
    assert [claim.document for claim in store.claims()] == ["d_001"]


def test_a_document_that_kills_its_process_becomes_a_problem(store: Store, tmp_path: Path) -> None:
    target = _file(tmp_path, *(line(n, **({"text": "DEADLY"} if n == 7 else {})) for n in range(20)))
    summary = _ingest(store, target, workers=2)
    assert (summary.read, summary.failed) == (19, 1)
    problem = next(iter(store.problems()))
    assert (problem.document, problem.room) == ("d_007", "pipeline.workers")
    assert "-9" in problem.message


def test_a_process_that_is_killed_once_loses_nothing(store: Store, tmp_path: Path) -> None:
    deadly = f"DEADLY ONCE {tmp_path / 'seen'} Norland met Sudland."
    target = _file(tmp_path, *(line(n, **({"text": deadly} if n == 7 else {})) for n in range(20)))
    summary = _ingest(store, target, workers=2)
    assert (summary.read, summary.failed) == (20, 0)


def _fail_in_the_vocabulary():
    raise VocabularyError("own.yml", ["a fault"])


@pytest.mark.parametrize("load", [_fail_to_load, _fail_in_the_vocabulary])
def test_a_reading_that_cannot_be_loaded_stops_the_run(store: Store, tmp_path: Path, load) -> None:
    target = _file(tmp_path, *(line(n) for n in range(20)))
    for workers in (1, 2):
        with pytest.raises((ModelError, VocabularyError)):
            _ingest(store, target, workers=workers, load=load)
    assert store.counts()["documents"] == 0
    assert store.holder() is None


def test_a_locked_store_names_its_holder(store: Store, tmp_path: Path) -> None:
    code = (
        "import sys\nwith open_store(place) as s, s.writing('test the lock'):\n"
        " print('held', flush=True); sys.stdin.read()"
    )
    with other_process(str(tmp_path / "store.db"), code) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreLocked, match=f"process {holder.pid}.*test the lock"):
            _ingest(store, _file(tmp_path, line(1)))


LIMITED = """
import resource, signal, pipeline_samples as p
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from backchannel import pipeline
from backchannel.errors import StoreFull
from backchannel.store import open_store
with open_store({store!r}) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
    try:
        pipeline.ingest([{target!r}], store, p.OPTIONS, workers=1, load=p.load_cheaply)
    except StoreFull as error:
        print(error)
"""


def test_a_full_disk_says_so_and_keeps_what_was_committed(tmp_path: Path) -> None:
    target = _file(tmp_path, *(line(n, note="x" * 9000) for n in range(200)))
    place = str(tmp_path / "store.db")
    with open_store(place):
        pass
    code = LIMITED.format(store=place, limit=900_000, target=target)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parent, capture_output=True, text=True, check=True
    )
    assert "no room left" in done.stdout
    with open_store(place) as store:
        kept = store.counts()["documents"]
        assert 0 < kept < 200
        assert kept % 16 == 0
        assert _ingest(store, target, workers=1).read == 200 - kept


def test_full_store_error_is_the_one_that_names_it() -> None:
    assert "free some space" in str(StoreFull("here", "no room"))


def test_an_interrupt_stops_cleanly(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(line(n) for n in range(20_000)))
    process = start(tmp_path / "store.db", path, 2)
    deadline = time.monotonic() + 120
    while not _documents(tmp_path / "store.db") and time.monotonic() < deadline:
        time.sleep(0.05)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    try:
        _, said = process.communicate(timeout=120)
    finally:
        process.kill()
        process.communicate()
    assert said.rstrip().endswith("KeyboardInterrupt")
    assert said.count("Traceback") == 1, said
    kept = _documents(tmp_path / "store.db")
    assert 0 < kept < 20_000
    with open_store(tmp_path / "store.db") as store:
        assert store.holder() is None


def _documents(place: Path) -> int:
    if not place.exists():
        return 0
    with open_store(place) as store:
        return store.counts()["documents"]


def test_progress_is_told_after_each_few_documents(store: Store, tmp_path: Path) -> None:
    told = []
    _ingest(store, _file(tmp_path, *(line(n) for n in range(40))), workers=1, progress=told.append)
    assert [one.read for one in told] == [16, 32, 40]


def test_documents_are_read_as_they_come_and_not_all_at_first(store: Store, tmp_path: Path, monkeypatch) -> None:
    from backchannel import sources

    ahead: list[int] = []
    target = _file(tmp_path, *(line(n) for n in range(200)))
    whole = sources.read

    def counted(*args, **more):
        for number, fetched in enumerate(whole(*args, **more), 1):
            ahead.append(number - store.counts()["documents"])
            yield fetched

    monkeypatch.setattr(sources, "read", counted)
    _ingest(store, target, workers=2)
    assert max(ahead) <= 7 * 16


def test_the_memory_of_a_feed_is_kept_after_its_documents(store: Store, monkeypatch) -> None:
    from backchannel import sources
    from backchannel.sources import Fetched

    kept_before: list[int] = []

    def fake(target: str, options, *, memory):
        for number in range(40):
            yield Fetched(document=Document(id=f"f_{number}", text="They met."), problem=None)
            memory.set(f"https://feed.example/{number}", "tag", None)
            assert memory.get(f"https://feed.example/{number}") == ("tag", None)

    put = store.feeds.set

    def noted(url: str, etag: str | None, modified: str | None) -> None:
        kept_before.append(int(url.rpartition("/")[2]) - store.counts()["documents"])
        put(url, etag, modified)

    monkeypatch.setattr(sources, "read", fake)
    monkeypatch.setattr(store.feeds, "set", noted)
    _ingest(store, "https://feed.example", workers=1)
    assert len(kept_before) == 40
    assert max(kept_before) < 0
    assert store.feeds.get("https://feed.example/39") == ("tag", None)


def test_attempt_gives_claims_and_signature() -> None:
    document = Document(id="d", text="Norland met Sudland.")
    outcome = pipeline.attempt(document, read_cheaply, now=NOW)
    assert len(outcome.claims) == 1
    assert outcome.signature
    with pytest.raises(DocumentError):
        pipeline.attempt(Document(id="d", text="BROKEN"), read_cheaply, now=NOW, strict=True)
