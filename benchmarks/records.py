"""Time volumes of records in TEI on one core: ``python benchmarks/records.py VOLUME.xml... [--read]``.

Prints, for each volume, what taking it apart into records costs (documents and megabytes a second, memory over what
the program holds anyway) beside a bare pass of lxml over the same file, and with ``--read`` also what reading the
texts adds. Each is timed in a process of its own, so that the peaks of memory are its own.
"""

from __future__ import annotations

import argparse
import importlib
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from backchannel import pipeline, sources
from backchannel.records import Document
from backchannel.sources import Options

NOW = datetime(2025, 1, 1, tzinfo=UTC)
_DIVISION = "{http://www.tei-c.org/ns/1.0}div"


def documents(path: Path) -> Iterator[Document]:
    """Yield the records of a volume, one at a time, as ``read`` does."""
    for fetched in sources.read(str(path), Options(today=NOW.date(), now=NOW)):
        if fetched.document is not None:
            yield fetched.document


def bare(path: Path) -> tuple[int, int]:
    """Give how many documents and claims (none) a pass of lxml finds that keeps one of them at a time."""
    etree = importlib.import_module("lxml.etree")
    count = 0
    for _, element in etree.iterparse(str(path), events=("end",), tag=_DIVISION, resolve_entities=False):
        if element.get("type") == "document":
            count += 1
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    return count, 0


def apart(path: Path) -> tuple[int, int]:
    """Give how many documents and claims (none) taking the volume apart gives."""
    return sum(1 for _ in documents(path)), 0


def whole(path: Path) -> tuple[int, int]:
    """Give how many documents and claims reading the volume and its texts gives."""
    kit = pipeline.load()
    found = [len(pipeline.read(document, kit)) for document in documents(path)]
    return len(found), sum(found)


WAYS: dict[str, Callable[[Path], tuple[int, int]]] = {"bare": bare, "apart": apart, "whole": whole}


def timed(way: str, path: Path) -> None:
    """Print the seconds, documents, claims and megabytes of memory that one way takes, for the process that asked."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    count, claims = WAYS[way](path)
    seconds = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(seconds, count, claims, (peak - before) / 1024, peak / 1024)


def asked(way: str, path: Path) -> list[float]:
    """Give what ``timed`` prints in a process of its own."""
    command = [sys.executable, __file__, str(path), "--only", way]
    return [float(word) for word in subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()]


def main() -> None:
    """Time each volume and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("volumes", type=Path, nargs="+", help="volumes in TEI")
    parser.add_argument("--read", action="store_true", help="also read the texts")
    parser.add_argument("--only", choices=tuple(WAYS), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    if given.only:
        timed(given.only, given.volumes[0])
        return
    for path in given.volumes:
        size = path.stat().st_size / 1e6
        peer, *_ = asked("bare", path)
        print(f"{path.name}: {size:.1f} MB; bare lxml {peer:.2f} s")
        for way in ("apart", "whole") if given.read else ("apart",):
            seconds, count, claims, more, peak = asked(way, path)
            told = f", {claims:.0f} claims" if claims else ""
            print(
                f"  {way}: {count:.0f} documents{told}, {seconds:.2f} s, {count / seconds:.1f} documents/s,"
                f" {size / seconds:.2f} MB/s, {seconds / peer:.0f} times bare lxml, memory +{more:.0f} MB (peak {peak:.0f})"
            )


if __name__ == "__main__":
    main()
