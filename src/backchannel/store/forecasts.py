"""Keep forecasts from before their outcome, and what became of them: both are added once and never changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Connection, insert, select

from backchannel.records import from_json
from backchannel.store.rows import encode
from backchannel.store.schema import forecasts, resolutions

ForecastKind = Literal["talks", "conflict", "next", "planned"]
Outcome = Literal["yes", "no", "void"]
Open = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Foretold:
    """A forecast as it was registered.

    ``parties`` are a pair, the one actor of ``next``, or those of a planned meeting, whose id is ``conversation``.
    ``origin`` is the day at whose beginning it stands, ``due`` the last day that it speaks of, ``made`` the time at
    which it was made; ``is_late`` when that was after its due day. ``answer`` is the actor that ``next`` holds likeliest,
    ``others`` the chance of each that it named. ``baselines`` are the chances that "base rate" and "persistence" gave.
    ``recurrence`` says how the parties stood: recent, lapsed or never; for ``next`` seen, pair or never. ``inputs`` is
    the digest of all events, or words of plans, that it was made from.
    """

    id: str
    kind: ForecastKind
    parties: tuple[str, ...]
    made: str
    origin: str
    due: str
    probability: float
    model: str
    version: str
    inputs: str
    conversation: str | None = None
    relation: str | None = None
    horizon: int | None = None
    is_onset: bool = False
    is_late: bool = False
    recurrence: str | None = None
    answer: str | None = None
    others: dict[str, float] = field(default_factory=dict)
    baselines: dict[str, float] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What became of a forecast, by rule: ``why`` in words, ``claims`` that tell it, ``actual`` who came for ``next``."""

    forecast: str
    at: str
    outcome: Outcome
    why: str
    claims: tuple[str, ...] = ()
    actual: tuple[str, ...] = ()


class Forecasts:
    """The register of forecasts of a store."""

    def __init__(self, reading: Open, writing: Open) -> None:
        self._reading = reading
        self._writing = writing

    def put(self, told: Iterable[Foretold]) -> list[str]:
        """Append forecasts and give the ids of those that are new; one that is there already stays as it is."""
        with self._writing() as connection:
            known = set(connection.execute(select(forecasts.c.id)).scalars())
            fresh = {one.id: one for one in told if one.id not in known}
            rows = [
                {"id": one.id, "kind": one.kind, "made": one.made, "origin": one.origin, "due": one.due}
                | {"record": encode(one)}
                for one in fresh.values()
            ]
            if rows:
                connection.execute(insert(forecasts), rows)
        return list(fresh)

    def resolve(self, found: Iterable[Resolution]) -> list[str]:
        """Append what became of forecasts and give the ids of those; one that is resolved already stays so."""
        with self._writing() as connection:
            known = set(connection.execute(select(resolutions.c.forecast)).scalars())
            fresh = {one.forecast: one for one in found if one.forecast not in known}
            rows = [
                {"forecast": one.forecast, "at": one.at, "outcome": one.outcome, "record": encode(one)}
                for one in fresh.values()
            ]
            if rows:
                connection.execute(insert(resolutions), rows)
        return list(fresh)

    def all(self) -> Iterator[tuple[Foretold, Resolution | None]]:
        """Yield every forecast in the order of registering, with what became of it, if that is known."""
        both = forecasts.outerjoin(resolutions, forecasts.c.id == resolutions.c.forecast)
        wanted = select(forecasts.c.record, resolutions.c.record.label("became")).select_from(both)
        with self._reading() as connection:
            rows = connection.execute(wanted.order_by(forecasts.c.number)).all()
        for row in rows:
            became = None if row.became is None else from_json(row.became, Resolution)
            yield from_json(row.record, Foretold), became
