"""Show that copies add nothing: ``python benchmarks/copies.py [1 5 20]`` multiplies the demo corpus and merges it.

Every report gets so many wire copies (credits, other headlines, shortened ends, small edits) and half as many rewrites
that quote its outlet. Prints conversations and independent origins before and after; both must stay within 2 %.
``--families 10000 100000`` times the families of made-up texts instead, of which one in twenty is a text printed by
many, up to five thousand times.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from pathlib import Path

from backchannel import families, pipeline, sources
from backchannel.records import Conversation, Document
from backchannel.sources import heads
from backchannel.store import open_store

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TOWNS = ("Alder", "Birch", "Cedar", "Damson", "Elder", "Fir", "Gorse", "Hazel", "Ivy", "Juniper", "Larch", "Maple")
KINDS = ("Post", "Gazette", "Herald", "Courier", "Tribune", "Observer", "Mail", "Star", "Bulletin", "Review")
SWAPS = {
    " said that ": " stated that ",
    " also ": " too ",
    " several ": " a number of ",
    " began ": " started ",
    " because ": " since ",
    " although ": " though ",
    " more than ": " over ",
    " nearly ": " almost ",
    " however ": " though ",
}
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")
_RETOLD = "Retold for demonstration; not an original document."


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What merging made: documents and claims read, conversations, and the sum of their independent origins."""

    documents: int
    claims: int
    conversations: int
    independent: int

    def line(self, label: str, before: Count | None = None) -> str:
        """Give the counts in a line, with the change against ``before`` in percent."""
        told = [f"{label:>10}"]
        told += [f"{self.documents:>6,} documents {self.claims:>7,} claims"]
        for name in ("conversations", "independent"):
            now, then = getattr(self, name), getattr(before or self, name)
            told.append(f"{now:>6,} {name} ({100 * (now - then) / then:+.1f} %)")
        return "  ".join(told)


def dispatches(limit: int | None = None) -> list[Document]:
    """Give the documents of the demo corpus, or the first of them."""
    options = sources.Options(today=NOW.date(), now=NOW)
    with resources.as_file(resources.files("backchannel").joinpath("data", "demo", "dispatches.jsonl")) as file:
        found = [one.document for one in sources.read(str(file), options) if one.document is not None]
    return found[:limit]


def multiplied(documents: Sequence[Document], copies: int, *, seed: int = 11) -> Iterator[Document]:
    """Yield each document, then so many copies of it in other outlets and half as many rewrites, at least one.

    Only an outlet's report is rewritten; a record or readout is printed, not handed to an outlet.
    """
    chance = random.Random(seed)
    for document in documents:
        yield document
        for number in range(copies):
            yield copied(document, number, chance)
        for number in range(max(1, copies // 2) if families.is_outlet(document.source or "") else 0):
            yield rewritten(document, number, chance)


def copied(document: Document, number: int, chance: random.Random) -> Document:
    """Give a copy as another outlet prints it: its own headline, a credit, some words changed or the end left off."""
    outlet = _credited(document)
    body = document.text.replace(_RETOLD, "").strip()
    way = number % 5
    if way == 1:
        body = _shortened(body)
    if way in (2, 4):
        body = _edited(body, chance)
    if way == 3:
        body = f"By {outlet}\n\n{body}"
    elif way == 4:
        body = f"{body}\n\nThis article was first published by {outlet}."
    else:
        body = (
            f"{body}\n\n({outlet})"
            if way == 0
            else f"{body}\n\nCopyright {_year(document)} {outlet}. All rights reserved."
        )
    return _printed(document, f"copy-{number}", body, chance)


def rewritten(document: Document, number: int, chance: random.Random) -> Document:
    """Give a rewrite that rests on the outlet's report alone: its first sentences, each handed to the outlet."""
    outlet = _credited(document)
    told = [one for one in _SENTENCE.split(_body(document).replace("\n", " ")) if len(one.split()) > 5][:2]
    if not told:
        return _printed(document, f"rewrite-{number}", f"The {outlet} has reported on the matter.", chance)
    first = told[0].rstrip(".")
    ways = (
        f"{first}, according to the {outlet}.",
        f"{first}, the {outlet} reported.",
        f"{first}. The news was first reported by the {outlet}.",
    )
    return _printed(
        document, f"rewrite-{number}", ways[number % len(ways)] + " No other outlet had confirmed it.", chance
    )


def _printed(document: Document, name: str, body: str, chance: random.Random) -> Document:
    town, kind = chance.choice(TOWNS), chance.choice(KINDS)
    return replace(
        document,
        id=f"{document.id}-{name}",
        source=f"{town} {kind}",
        title=f"{town} reader: {(document.title or 'news').lower()}",
        text=body,
        published=document.published + timedelta(days=chance.choice((0, 0, 0, 1))) if document.published else None,
        meta={},
    )


def _credited(document: Document) -> str:
    """The outlet's name as copies write it: without what the demo adds in brackets, and without its article."""
    return re.sub(r"\s*\(.*\)", "", document.source or "").removeprefix("The ")


def _body(document: Document) -> str:
    """The text without dateline and heading lines."""
    lines = [line for line in document.text.replace(_RETOLD, "").split("\n") if len(line.split()) > 6]
    return re.sub(r"\A[A-Z][^\n]{0,80}? [-–—] (?=[A-Z])", "", "\n".join(lines))


def _shortened(body: str) -> str:
    parts = body.split("\n\n")
    return "\n\n".join(parts[: max(1, (len(parts) + 1) // 2)])


def _edited(body: str, chance: random.Random) -> str:
    for old, new in SWAPS.items():
        if chance.random() < 0.5:
            body = body.replace(old, new)
    return body


def _year(document: Document) -> int:
    return document.published.year if document.published is not None else NOW.year


def counted(documents: Sequence[Document], place: Path, kit: pipeline.Kit) -> tuple[Count, list[Conversation]]:
    """Read and merge documents in a new store, and count what comes of them."""
    with open_store(place) as store:
        for document in (heads.filled(one) for one in documents):
            told = (document, pipeline.read(document, kit), families.signature(document.text))
            store.put_documents([told], reader=pipeline.READER)
        summary = pipeline.merge_store(store)
        made = list(store.conversations())
    independent = sum(one.independent for one in made)
    return Count(
        documents=summary.documents, claims=summary.claims, conversations=len(made), independent=independent
    ), made


def texts(size: int, *, most: int = 5000, seed: int = 5) -> Iterator[Document]:
    """Yield ``size`` made-up documents of 200 words; of the texts some are printed once, few up to ``most`` times."""
    chance = random.Random(seed)
    words = [f"w{number}" for number in range(20_000)]
    made = 0
    while made < size:
        body = [words[min(int(chance.paretovariate(0.6)), len(words)) - 1] for _ in range(200)]
        day = date(2000, 1, 1) + timedelta(days=chance.randrange(3650))
        times = min(int(chance.paretovariate(1.0)), most) if chance.random() < 0.05 else 1
        times = most if made == 0 else times
        for number in range(min(times, size - made)):
            changed = [chance.choice(words) if chance.random() < 0.02 else word for word in body] if number else body
            yield Document(
                id=f"t{made:07}",
                source=f"outlet {chance.randrange(500)}",
                text=" ".join(changed),
                published=day + timedelta(days=chance.randrange(3)),
            )
            made += 1


def time_families(sizes: Sequence[int]) -> None:
    """Print seconds and memory of finding the families of so many texts."""
    for size in sizes:
        told = list(texts(size))
        begun = time.perf_counter()
        leaves = [leaf for document in told for leaf in families.leaves(document)]
        sketched = time.perf_counter()
        found = families.group(leaves)
        ended = time.perf_counter()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        kinds = len({family.id for family in found.values()})
        print(
            f"{size:,} texts: {kinds:,} families; sketches {sketched - begun:.1f} s, "
            f"grouping {ended - sketched:.1f} s, peak {peak:.0f} MB"
        )


def main() -> None:
    """Print one line a number of copies, and fail when it is out of bounds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("copies", type=int, nargs="*", default=[1, 5, 20])
    parser.add_argument("--limit", type=int, help="take the first documents of the demo corpus only")
    parser.add_argument("--families", type=int, nargs="+", metavar="SIZE", help="time the families of so many texts")
    asked = parser.parse_args()
    if asked.families:
        time_families(asked.families)
        return
    kit = pipeline.load()
    own = dispatches(asked.limit)
    with tempfile.TemporaryDirectory() as folder:
        before, _ = counted(own, Path(folder, "own.db"), kit)
        print(before.line("as it is"), flush=True)
        worst = 0.0
        for copies in asked.copies:
            after, _ = counted(list(multiplied(own, copies)), Path(folder, f"{copies}.db"), kit)
            print(after.line(f"{copies} copies", before), flush=True)
            pairs = ((after.conversations, before.conversations), (after.independent, before.independent))
            worst = max(worst, *(abs(now - then) / then for now, then in pairs))
    sys.exit(0 if worst <= 0.02 else 1)


if __name__ == "__main__":
    main()
