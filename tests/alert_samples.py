"""Conversations told report by report, and feeds with a known truth, for the tests of alerts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

import streams
from backchannel.alerts import lives
from backchannel.alerts.chronicle import Life
from backchannel.alerts.coverage import heard
from backchannel.alerts.judging import View
from backchannel.alerts.series import of_pairs
from backchannel.records import Claim, Conversation, ConversationParty, Document, Origin, Party, Span, StatusStep, Voice
from store_samples import conversation

START = date(2024, 1, 1)


def report(day: int, origin: str, *, status: str = "occurred", told: str = "institution", **more: object) -> Claim:
    """Give a claim known on a day after ``START``, on the word of an origin that is also its outlet."""
    name = f"{origin}_{day}"
    text = f"Envoys of both sides talked, {origin} said."
    values: dict[str, object] = {
        "id": f"c_{name}",
        "document": f"d_{name}",
        "sentence": Span(start=0, end=len(text), text=text),
        "form": "meeting",
        "parties": parties("NOR", "FIN"),
        "status": status,
        "voice": Voice(source_class=told),  # type: ignore[arg-type]  # the tests name known classes
        "row": str(day),
    }
    return Claim(**{**values, **more})  # type: ignore[arg-type]  # built by name


def parties(*actors: str) -> tuple[Party, ...]:
    """Give parties that a sentence names."""
    return tuple(Party(actor=actor, text=actor, start=place, end=place + 1) for place, actor in enumerate(actors))


def life(number: int, *claims: Claim, history: Iterable[tuple[str, int]] = (), until: int | None = None) -> Life:
    """Give the life of a conversation of these claims; ``row`` of each is the day on which it became known."""
    days = {claim.id: START + timedelta(days=int(claim.row or 0)) for claim in claims}
    told = [replace(claim, row=None) for claim in claims]
    origins: dict[str, list[str]] = defaultdict(list)
    for claim in told:
        origins[claim.id.split("_")[1]].append(claim.id)
    steps = tuple(
        StatusStep(status=status, on=(START + timedelta(days=day)).isoformat(), claim=_of_day(claims, day))  # type: ignore[arg-type]
        for status, day in history
    )
    one: Conversation = conversation(
        number,
        parties=tuple(ConversationParty(actor=p.actor, name=p.name) for p in claims[0].parties),
        claims=tuple(claim.id for claim in told),
        origins=tuple(Origin(origin=name, kind="outlet", claims=tuple(ids)) for name, ids in origins.items()),
        status_history=steps,
    )
    documents = {
        claim.document: Document(id=claim.document, source=claim.id.split("_")[1], published=days[claim.id])
        for claim in told
    }
    last = None if until is None else START + timedelta(days=until)
    (made,) = lives([one], {claim.id: claim for claim in told}, documents, until=last)
    return made


def crowd(count: int = 40) -> list[Life]:
    """Give conversations of Norway and Finland with Sweden, one a day, that make a past."""
    told = [
        report(number, f"crowd{number}", parties=parties("NOR" if number % 2 else "FIN", "SWE"))
        for number in range(count)
    ]
    return [life(1000 + number, one) for number, one in enumerate(told)]


def view_of(made: streams.Synthetic) -> View:
    """Give what a feed of these events looks like at the beginning of a day, with its outlets' coverage."""
    ends = np.sort(made.pairs[made.pair], axis=1)
    outlets = int(made.outlet.max()) + 1

    def view(day: int):  # type: ignore[no-untyped-def]  # a View
        known = made.time < day
        series = of_pairs(ends[known], made.time[known], days=day)
        told = np.bincount(made.outlet[known] * day + made.time[known], minlength=outlets * day).reshape(outlets, day)
        rows = {tuple(pair): row for row, pair in enumerate(series.pairs.tolist())}
        shares = np.zeros((len(series.pairs), outlets))
        np.add.at(shares, (np.array([rows[tuple(pair)] for pair in ends[known].tolist()]), made.outlet[known]), 1.0)
        return replace(series, exposure=heard(tuple(map(str, range(outlets))), told).exposure(shares))

    return view


def _of_day(claims: Iterable[Claim], day: int) -> str:
    return next(claim.id for claim in claims if claim.row == str(day))
