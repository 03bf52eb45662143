"""Time merging on made-up claims: ``python benchmarks/merge.py [--store] [10000 100000 1000000]``.

Forty states talk by a long-tailed law. A contact is told by one report or a few, now and then by hundreds, of which most
repeat another's words; one event is told 366 times. Half of the reports tell the day, a few only the month or year.
Without ``--store`` the claims are merged in memory; with it they come into a store, to which 100 documents are then added.
"""

from __future__ import annotations

import argparse
import math
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from backchannel.conversations import Report, Teller, merge, weights
from backchannel.pipeline import merge_store
from backchannel.records import Claim, Document, Evidence, Form, Party, Span, Voice, When
from backchannel.store import open_store

STATES = [f"S{number:02}" for number in range(40)]
FORMS: tuple[Form, ...] = ("meeting", "call", "negotiation", "contact", "message")
TOPICS = ("trade", "energy", "ceasefire")
YEARS = 10
SPIKE = 366
MOST = 400
"""Reports of the most told contact, the spike apart."""
DENSITY = 1000
"""Reports a year where the span grows with the size, so that only the number of reports changes."""


def reports(size: int, *, years: int = YEARS, seed: int = 7) -> list[Report]:
    """Give ``size`` reports of made-up contacts over so many years, three to a document."""
    chance = random.Random(seed)
    found: list[Report] = []
    while len(found) < size:
        parties = _parties(chance)
        day = date(1900, 1, 1) + timedelta(days=chance.randrange(365 * years))
        form = chance.choice(FORMS)
        told = SPIKE if not found and size > SPIKE else min(int(chance.paretovariate(1.4)), MOST)
        first = _report(len(found), parties, day, form, chance)
        for _ in range(min(size - len(found), told)):
            own = _report(len(found), parties, day, form, chance)
            found.append(own if chance.random() < 0.4 else _repeated(first, own))
    return found


def _parties(chance: random.Random) -> tuple[Party, ...]:
    places: set[int] = set()
    while len(places) < 2 + (chance.random() < 0.1):
        places.add(min(int(chance.paretovariate(0.7)) - 1, len(STATES) - 1))
    return tuple(Party(actor=STATES[place], person=f"Leader {chance.randrange(3)}") for place in sorted(places))


def _report(number: int, parties: tuple[Party, ...], day: date, form: Form, chance: random.Random) -> Report:
    return Report(
        id=f"c_{number:08}",
        document=f"d_{number // 3}",
        published=day + timedelta(days=int(chance.expovariate(0.7))),
        sentence=number % 3 * 100,
        outlet=f"outlet {number % 50}",
        family=f"d_{number // 3}",
        parties=parties,
        form=form if chance.random() < 0.7 else "contact",
        issues=(chance.choice(TOPICS),),
        status="occurred",
        when=_when(day, chance.random()),
        teller=Teller(origin=f"outlet:{number % 50}", kind="outlet"),
    )


def _when(day: date, share: float) -> When | None:
    if share < 0.5:
        return When(start=day.isoformat(), end=day.isoformat(), precision="day")
    if share < 0.53:
        return When(start=day.isoformat()[:7], end=day.isoformat()[:7], precision="month")
    return When(start=f"{day.year:04}", end=f"{day.year:04}", precision="year") if share < 0.54 else None


def _repeated(first: Report, own: Report) -> Report:
    """The report of one who repeats the first report's words, on its own day."""
    return replace(own, form=first.form, issues=first.issues, when=first.when, family=first.family)


def pages(made: list[Report]) -> Iterator[tuple[Document, list[Claim]]]:
    """Yield the documents, with their claims, that would give such reports; their texts have no copies."""
    for at in range(0, len(made), 3):
        some = made[at : at + 3]
        number = some[0].document
        text = " ".join(f"{number} {word} {n}." for n, word in enumerate(("They met", "They spoke", "They wrote")))
        page = Document(id=number, source=some[0].outlet, text=text, published=some[0].published)
        yield page, [_claim(one, text) for one in some]


def _claim(one: Report, text: str) -> Claim:
    start = text.index("They", one.sentence or 0) if (one.sentence or 0) < len(text) - 12 else text.rindex("They")
    sentence = Span(start=start, end=start + 10, text=text[start : start + 10])
    return Claim(
        id=one.id,
        document=one.document,
        sentence=sentence,
        trigger=Span(start=start + 5, end=start + 9, text=text[start + 5 : start + 9]),
        form=one.form,
        parties=tuple(replace(party, text="They", start=start, end=start + 4) for party in one.parties),
        issues=one.issues,
        status=one.status,
        when=one.when,
        voice=Voice(),
        evidence={"form": (Evidence(start=start + 5, end=start + 9, text="met", by="contacts.meet.verb"),)},
    )


def in_memory(sizes: list[int]) -> None:
    """Print one line a size, at even density and then crowded into ten years, and the exponent from size to size."""
    for name, span in (("even density", DENSITY), ("crowded", None)):
        before: tuple[int, float] | None = None
        for size in sizes:
            made = reports(size, years=max(1, size // span) if span is not None else YEARS)
            begun = time.perf_counter()
            found = merge(made, weights=weights())
            seconds = time.perf_counter() - begun
            rate = f"{seconds:.1f} s  {1e6 * seconds / size:.0f} us each  {_peak():.0f} MB"
            power = f"  exponent {math.log(seconds / before[1]) / math.log(size / before[0]):.2f}" if before else ""
            print(f"{name}: {size} reports, {len(found)} conversations  {rate}{power}", flush=True)
            before = (size, seconds)


def in_store(sizes: list[int]) -> None:
    """Print what it takes to merge a store at first, again with nothing new, and with 100 documents added."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "store.db") as store:
            found = list(pages(reports(size + 300, years=max(1, size // DENSITY))))
            late = set(random.Random(1).sample(range(len(found)), 100))
            first = [(page, claims, None) for number, (page, claims) in enumerate(found) if number not in late]
            for at in range(0, len(first), 1000):
                store.put_documents(first[at : at + 1000], reader="benchmark")
            whole, nothing = merge_store(store), merge_store(store)
            store.put_documents([(*found[number], None) for number in sorted(late)], reader="benchmark")
            added = merge_store(store)
            for name, one in (("whole", whole), ("nothing new", nothing), ("100 documents added", added)):
                print(
                    f"store of {size} claims, {name}: {one.seconds:.2f} s, {one.looked_at} reports looked at",
                    flush=True,
                )
            print(f"store of {size} claims: peak {_peak():.0f} MB", flush=True)


def _peak() -> float:
    """The peak of the process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Merge in memory, or in a store; sizes grow, since memory is the process's peak so far."""
    asked = argparse.ArgumentParser(description=sys.modules["__main__"].__doc__)
    asked.add_argument("sizes", type=int, nargs="*", default=[10_000, 100_000])
    asked.add_argument("--store", action="store_true", help="merge in a store, and add to it")
    given = asked.parse_args()
    (in_store if given.store else in_memory)(sorted(given.sizes))


if __name__ == "__main__":
    main()
