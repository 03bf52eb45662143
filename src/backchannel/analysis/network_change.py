"""Compare two networks: ties that came, went, or grew, and actors that moved into the middle or out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from backchannel.analysis.network import Network, began, network
from backchannel.errors import QueryError
from backchannel.records import Conversation

_YEAR = 365.25
"""Days of a year, the unit in which periods of other lengths are compared."""
_TWICE = 2.0

Kind = Literal["new", "gone", "grown", "shrunk"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TieChange:
    """A tie of which the talks a year (shares of talks, as its weight) at least doubled, halved, began or ended."""

    parties: tuple[str, str]
    kind: Kind
    before: float
    after: float
    talks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An actor's betweenness before and after; 0 where it is in neither."""

    actor: str
    name: str
    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkChange:
    """What differs, the largest difference first; ``years`` are the lengths of the two periods."""

    years: tuple[float, float]
    ties: tuple[TieChange, ...]
    moves: tuple[Move, ...]


def split(
    conversations: Sequence[Conversation], on: date, *, since: date | None = None, until: date | None = None
) -> NetworkChange:
    """Give what changed on a day: the network of conversations that began before it, against that of the later ones.

    The periods reach from ``since`` to ``until``, where these are ``None`` from the first to the last conversation.
    Conversations without a day at all count in neither.

    Raises:
        QueryError: nothing lies on one side of the day.
        ModelError: networkx is not installed.
    """
    dated = [(date.fromisoformat(day), one) for one in conversations if (day := began(one)) is not None]
    before = [one for day, one in dated if day < on]
    after = [one for day, one in dated if day >= on]
    if not before or not after:
        side = "before" if not before else "from"
        raise QueryError(f"no conversation {side} {on.isoformat()} to compare with; give a day further inside")
    days = [day for day, _ in dated]
    first, last = since or min(days), until or max(days)
    earlier, later = (first, on - timedelta(days=1)), (on, max(last, on))
    return compared(network(before), network(after), earlier, later)


def compared(before: Network, after: Network, first: tuple[date, date], second: tuple[date, date]) -> NetworkChange:
    """Give what changed from one network to a later one, each with its period (both days included)."""
    years = _years(first), _years(second)
    earlier = {one.parties: one for one in before.ties}
    later = {one.parties: one for one in after.ties}
    ties = []
    for pair in sorted({*earlier, *later}):
        was = earlier[pair].weight / years[0] if pair in earlier else 0.0
        now = later[pair].weight / years[1] if pair in later else 0.0
        kind = _kind(was, now)
        if kind is not None:
            kept = later.get(pair) or earlier[pair]
            ties.append(TieChange(parties=pair, kind=kind, before=round(was, 3), after=round(now, 3), talks=kept.talks))
    ties.sort(key=lambda one: (-abs(one.after - one.before), one.parties))
    return NetworkChange(years=years, ties=tuple(ties), moves=_moves(before, after))


def _kind(was: float, now: float) -> Kind | None:
    if was == 0:
        return "new"
    if now == 0:
        return "gone"
    if now >= was * _TWICE:
        return "grown"
    return "shrunk" if now * _TWICE <= was else None


def _years(period: tuple[date, date]) -> float:
    return round(max((period[1] - period[0]).days + 1, 1) / _YEAR, 2)


def _moves(before: Network, after: Network) -> tuple[Move, ...]:
    names = {one.actor: one.name for one in (*before.nodes, *after.nodes)}
    was = {one.actor: one.betweenness for one in before.nodes}
    now = {one.actor: one.betweenness for one in after.nodes}
    moves = [
        Move(actor=actor, name=name, before=was.get(actor, 0.0), after=now.get(actor, 0.0))
        for actor, name in names.items()
        if was.get(actor, 0.0) != now.get(actor, 0.0)
    ]
    return tuple(sorted(moves, key=lambda one: (-abs(one.after - one.before), one.actor)))
