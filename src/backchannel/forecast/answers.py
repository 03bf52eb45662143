"""A forecast as it is shown and registered: its chance, its baselines, its reasons, or why there is none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Final

from backchannel import __version__
from backchannel.forecast.events import EventStream
from backchannel.store.forecasts import ForecastKind, Foretold

BASE: Final = "base rate"
PERSISTENCE: Final = "persistence"
GRACE: Final = 7
"""Days after the due day in which what came of it may still be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An actor that may come next, with its chance, that of the recurrency baseline, and reasons."""

    actor: str
    probability: float
    baseline: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is told of one question as of the beginning of the day ``origin``; ``due`` is the last day that it speaks of.

    ``probability`` is ``None`` where nothing is foretold; ``abstained`` then says why, and ``baselines`` may hold the
    base rate. ``candidates`` are those of ``next``, the likeliest first, and ``someone_else`` the chance of all others.
    ``calibration`` says what came of like forecasts on days held out before the origin. ``registered`` is the id under
    which it stands in the register, ``unregistered`` why it does not. The other fields are those of ``Foretold``.
    """

    kind: ForecastKind
    parties: tuple[str, ...]
    origin: str
    due: str
    model: str
    version: str
    inputs: str
    probability: float | None = None
    abstained: str | None = None
    conversation: str | None = None
    relation: str | None = None
    horizon: int | None = None
    is_onset: bool = False
    recurrence: str | None = None
    baselines: dict[str, float] = field(default_factory=dict)
    candidates: tuple[Named, ...] = ()
    someone_else: float | None = None
    reasons: tuple[str, ...] = ()
    calibration: str | None = None
    settings: dict[str, Any] = field(default_factory=dict)
    registered: str | None = None
    unregistered: str | None = None


def foretold(told: Answer, probability: float, made: datetime) -> Foretold:
    """Give what is registered of an answer; asked again on the same day from the same inputs it has the same id."""
    day = made.date().isoformat()
    key = (told.kind, *told.parties, told.conversation, told.relation, told.horizon, day, told.origin, told.due)
    parts = (*key, told.inputs, told.model, told.version, sorted(told.settings.items()))
    return Foretold(
        id=f"f_{hashlib.sha256(repr(parts).encode()).hexdigest()[:12]}",
        kind=told.kind,
        parties=told.parties,
        made=made.isoformat(timespec="seconds"),
        origin=told.origin,
        due=told.due,
        probability=probability,
        model=told.model,
        version=told.version,
        inputs=told.inputs,
        conversation=told.conversation,
        relation=told.relation,
        horizon=told.horizon,
        is_onset=told.is_onset,
        is_late=day > told.due,
        recurrence=told.recurrence,
        answer=told.candidates[0].actor if told.candidates else None,
        others={one.actor: one.probability for one in told.candidates},
        baselines=told.baselines,
        settings=told.settings,
        reasons=told.reasons,
    )


def digest(stream: EventStream, until: int) -> str:
    """Give the digest of all events before a day, by their names and days, in no order."""
    known = stream.until(until)
    rows = zip(known.time.tolist(), known.subject.tolist(), known.relation.tolist(), known.object.tolist(), strict=True)
    days = {day: str(known.date_of(day) or day) for day in set(known.time.tolist())}
    return digest_of(
        f"{days[day]}\t{known.actors[s]}\t{known.relations[r]}\t{known.actors[o]}" for day, s, r, o in rows
    )


def digest_of(lines: Iterable[str]) -> str:
    """Give the digest of lines, in no order."""
    whole = hashlib.sha256()
    for line in sorted(lines):
        whole.update(line.encode() + b"\n")
    return whole.hexdigest()[:32]


@cache
def version() -> str:
    """Give the program's version with a digest of the code of this room, which decides what is foretold."""
    code = hashlib.sha256()
    for one in sorted((files("backchannel") / "forecast").iterdir(), key=_name):
        if one.name.endswith(".py"):
            code.update(one.read_bytes())
    return f"{__version__}+{code.hexdigest()[:8]}"


def day_words(stream: EventStream, day: int, after: int = 0) -> str:
    """Give the ISO day of a time of the stream, so many days later; where it has no calendar, the number."""
    on: date | None = stream.date_of(day)
    return str(day + after) if on is None else (on + timedelta(days=after)).isoformat()


def _name(one: Any) -> str:
    return str(one.name)
