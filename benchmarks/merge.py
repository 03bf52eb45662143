"""Time merging on made-up claims: ``python benchmarks/merge.py [10000 100000]`` prints seconds and memory.

Forty states talk by a long-tailed law; a contact is told by one to a dozen reports, some dated, some not.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from datetime import date, timedelta

from backchannel.conversations import Report, Teller, merge, weights
from backchannel.records import Form, Party, When

STATES = [f"S{number:02}" for number in range(40)]
FORMS: tuple[Form, ...] = ("meeting", "call", "negotiation", "contact", "message")
YEARS = 10
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
        for _ in range(min(size - len(found), 1 + int(chance.expovariate(0.5)))):
            found.append(_report(len(found), parties, day, form, chance))
    return found


def _parties(chance: random.Random) -> tuple[Party, ...]:
    places: set[int] = set()
    while len(places) < 2 + (chance.random() < 0.1):
        places.add(min(int(chance.paretovariate(0.7)) - 1, len(STATES) - 1))
    return tuple(Party(actor=STATES[place], person=f"Leader {chance.randrange(3)}") for place in sorted(places))


def _report(number: int, parties: tuple[Party, ...], day: date, form: Form, chance: random.Random) -> Report:
    dated = chance.random() < 0.5
    return Report(
        id=f"c_{number:08}",
        document=f"d_{number // 3}",
        published=day + timedelta(days=int(chance.expovariate(0.7))),
        sentence=number % 3 * 100,
        outlet=f"outlet {number % 50}",
        family=f"d_{number // 3}",
        parties=parties,
        form=form if chance.random() < 0.7 else "contact",
        issues=(chance.choice(("trade", "energy", "ceasefire")),),
        status="occurred",
        when=When(start=day.isoformat(), end=day.isoformat(), precision="day") if dated else None,
        teller=Teller(origin=f"outlet:{number % 50}", kind="outlet"),
    )


def main() -> None:
    """Print one line a size, at even density and then crowded into ten years; memory is the process's peak so far."""
    sizes = [int(argument) for argument in sys.argv[1:]] or [10_000, 100_000]
    for size, years in [(n, max(1, n // DENSITY)) for n in sizes] + [(n, YEARS) for n in sizes]:
        made = reports(size, years=years)
        begun = time.perf_counter()
        found = merge(made, weights=weights())
        seconds = time.perf_counter() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rate = f"{seconds:.1f} s  {1e6 * seconds / size:.0f} us each  {peak:.0f} MB"
        print(f"{size} reports, {years} years: {len(found)} conversations  {rate}")


if __name__ == "__main__":
    main()
