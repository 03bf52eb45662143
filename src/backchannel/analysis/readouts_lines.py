"""Put the points of several accounts into lines: what tells the same stands in one line, the rest alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from typing import Literal

from backchannel.actors import ActorTable
from backchannel.analysis.readouts_accounts import Account
from backchannel.analysis.readouts_differences import Difference, differences
from backchannel.analysis.readouts_match import align, nearest
from backchannel.analysis.readouts_points import Point

Standing = Literal["both", "both, worded differently", "only"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """The words of a point: ``text`` is the document's from ``start`` to ``end``."""

    document: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One point with who makes it: ``quotations`` by teller. ``score`` is that of the likeness, none where one tells it.

    ``near`` quotes, where one alone tells it, the likest point of another teller, if it is worth a look.
    """

    standing: Standing
    tellers: tuple[str, ...]
    issues: tuple[str, ...]
    quotations: dict[str, tuple[Quotation, ...]]
    differences: tuple[Difference, ...] = ()
    score: float | None = None
    near: Quotation | None = None


_Row = dict[str, list[Point]]


def lines(told: Sequence[Account], parties: frozenset[str], actors: ActorTable) -> tuple[Line, ...]:
    """Give the lines of accounts: what several say first, then each teller's own, in the order in which it is said."""
    near = _near(told, parties)
    made = [_line(row, told, parties, score, actors, near) for row, score in _rows(told, parties) if row]
    return tuple(sorted(made, key=lambda one: _order(one, told)))


def _rows(told: Sequence[Account], parties: frozenset[str]) -> list[tuple[_Row, float | None]]:
    """Give the points that tell the same, by teller: each further account is aligned with what those before it say."""
    rows: list[tuple[_Row, float | None]] = []
    for account in told:
        own = [one for one in account.points if one.kind != "contact"]
        joined = _joined(rows, own, parties)
        for number, point in enumerate(own):
            if number in joined:
                place, score = joined[number]
                row, before = rows[place]
                row.setdefault(account.teller, []).append(point)
                rows[place] = (row, score if before is None else min(before, score))
            else:
                rows.append(({account.teller: [point]}, None))
    return rows


def _joined(
    rows: Sequence[tuple[_Row, float | None]], own: Sequence[Point], parties: frozenset[str]
) -> dict[int, tuple[int, float]]:
    """Give, for each point that tells the same as an earlier account, the row that it joins, and how alike they are.

    Points of two rows that one point tells together are one row from then on.
    """
    flat = [(place, point) for place, (row, _) in enumerate(rows) for points in row.values() for point in points]
    found: dict[int, tuple[int, float]] = {}
    for before, after, score in align([point for _, point in flat], own, parties):
        place = flat[before][0]
        if after not in found:
            found[after] = (place, score)
        elif found[after][0] != place and rows[place][0]:
            into = rows[found[after][0]][0]
            for who, points in rows[place][0].items():
                into.setdefault(who, []).extend(points)
            rows[place][0].clear()
            flat = [(found[after][0] if at == place else at, point) for at, point in flat]
            found = {number: (found[after][0] if at == place else at, value) for number, (at, value) in found.items()}
    return found


def _near(told: Sequence[Account], parties: frozenset[str]) -> dict[tuple[str, int], Quotation]:
    """Give, by teller and place of a point, the likest point of the others."""
    found: dict[tuple[str, int], tuple[float, Quotation]] = {}
    own = [(one, [point for point in one.points if point.kind != "contact"]) for one in told]
    for (account, ones), (other, others) in permutations(own, 2):
        for row, (column, score) in nearest(ones, others, parties).items():
            key = account.teller, ones[row].start
            if key not in found or found[key][0] < score:
                found[key] = score, quotation(others[column], other.document.id)
    return {key: quotation for key, (_, quotation) in found.items()}


def _line(
    row: _Row,
    told: Sequence[Account],
    parties: frozenset[str],
    score: float | None,
    actors: ActorTable,
    near: Mapping[tuple[str, int], Quotation],
) -> Line:
    documents = {one.teller: one.document.id for one in told}
    tellers = tuple(one.teller for one in told if one.teller in row)
    apart = differences({who: row[who] for who in tellers}, parties) if len(tellers) > 1 else ()
    standing: Standing = "only" if len(tellers) < 2 else "both, worded differently" if apart else "both"
    return Line(
        standing=standing,
        tellers=tellers,
        issues=tuple(sorted({issue for points in row.values() for one in points for issue in one.issues})),
        quotations={who: tuple(quotation(one, documents[who]) for one in row[who]) for who in tellers},
        differences=tuple(_with_names(one, actors) for one in apart),
        score=score,
        near=near.get((tellers[0], row[tellers[0]][0].start)) if standing == "only" else None,
    )


def _with_names(one: Difference, actors: ActorTable) -> Difference:
    """Give a difference with the names of the actors in it."""
    if one.what not in ("speaker", "actors"):
        return one
    named = {who: tuple(actors.name(each) or each for each in told) for who, told in one.told.items()}
    return replace(one, told=named)


def quotation(point: Point, document: str) -> Quotation:
    """Give the words of a point with their place."""
    return Quotation(document=document, start=point.start, end=point.end, text=point.text)


def _order(line: Line, told: Sequence[Account]) -> tuple[int, int, int]:
    """What several say first, then each teller's own, all in the order in which the first of them says it."""
    places = {one.teller: place for place, one in enumerate(told)}
    first = line.tellers[0]
    return 0 if len(line.tellers) > 1 else 1, places[first], line.quotations[first][0].start
