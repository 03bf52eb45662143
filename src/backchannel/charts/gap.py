"""Draw a gap: each contact a mark, told at the time above the line and by the record below, and how long it took."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import altair as alt

from backchannel.analysis import phrases
from backchannel.analysis.gap_axis import lasting, span_of
from backchannel.analysis.gap_records import Account, Gap
from backchannel.charts import theme

_LOOKS: Final[Mapping[str, tuple[str, str, str]]] = {
    "announced beside": ("told at the time, and by the record", "triangle-up", theme.INK),
    "announced": ("told at the time, without a record here", "triangle-up", "white"),
    "leaked": ("told at the time as kept secret", "diamond", theme.GREYS[1]),
    "denied": ("denied at the time", "cross", theme.INK),
    "recorded beside": ("in the record, and known at the time", "square", theme.INK),
    "recorded": ("known only from the record", "circle", theme.INK),
    "mentioned": ("only mentioned in records", "circle", "white"),
    "no_record": ("said to have no record", "triangle-down", "white"),
    "later": ("told later by other ways", "diamond", "white"),
}
"""What each standing is called, its shape and its fill."""
_LONG: Final = timedelta(days=62)
"""Contacts told only to lie within more days than this are counted, not drawn."""
_STEP: Final = 9
_TALLEST: Final = 260
_DAYS_A_YEAR: Final = 365.25


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    """An account with its height: rows above the line, or below as a negative number."""

    account: Account
    level: int


def drawn(gap: Gap) -> alt.VConcatChart:
    """Give the chart of a gap; contacts that were not held, or lie in no two months, are counted in its words alone."""
    held = [one for one in (*gap.public, *gap.closed) if one.kind == "held"]
    kept = [one for one in held if one.first is not None and _width(one) <= _LONG]
    first, last = _ends(gap, kept)
    spots = list(_placed(kept, first, last))
    plots = [_lanes(spots, first, last), _waits(kept, first, last)] if kept else [_empty()]
    left = len({one.id for one in held} - {one.id for one in kept})
    return theme.framed(
        *plots,
        title=f"{' and '.join(gap.names)}: what was told at the time, and what only the record tells",
        subtitle=list(_subtitle(gap, left)),
        source=[f"Source: {'; '.join(_shortened(gap.sources))}.", *gap.warnings],
    )


def _subtitle(gap: Gap, left: int) -> Iterator[str]:
    c = gap.counts
    period = " to ".join(phrases.day(one) for one in (gap.since, gap.until) if one is not None)
    yield (
        f"Contacts held{f', {period}' if period else ''}; each mark is one of {c.held:,}: {c.public:,} known at the time, "
        f"{c.record_only:,} only from the record, {c.mentioned + c.no_record:,} without a record"
    )
    lag = gap.lags[0] if gap.lags else None
    if lag is not None and lag.median is not None and lag.shortest is not None and lag.longest is not None:
        middle = lasting((int(lag.median[0]), int(lag.median[1])))
        yield f"Not known then: median {middle} from contact to disclosure, range {lasting((lag.shortest[0], lag.longest[1]))}"
    if left:
        yield f"{phrases.count(left, 'contact')} dated only to a season, a year or not at all: not drawn"


# --- the two lanes


def _lanes(spots: Sequence[_Spot], first: date, last: date) -> alt.LayerChart | alt.FacetChart:
    """Draw the marks, a line along the days of those of several, dashed where it lies somewhere within, and what goes together."""
    top, low = max(spot.level for spot in spots), min(spot.level for spot in spots)
    top, low = max(top, 1) + 2, min(low, -1) - 2
    step = min(_STEP, _TALLEST / (top - low))
    x = theme.days("first", first=first.isoformat(), last=last.isoformat(), labels=True)
    y = alt.Y("level:Q", axis=None, scale=alt.Scale(domain=[low, top], nice=False))
    looks = [look for name, look in _LOOKS.items() if any(_look(spot.account) == name for spot in spots)]
    names = [look[0] for look in looks]
    legend = alt.Legend(title=None, orient="bottom", columns=3, offset=10)
    same = alt.Scale(domain=names, range=[theme.INK] * len(names))
    points = (
        alt.Chart(theme.rows(_mark(spot) for spot in spots))
        .mark_point(filled=True, strokeWidth=0.9, size=min(55.0, step * step * 0.72), opacity=1)
        .encode(
            x=theme.days("middle", first=first.isoformat(), last=last.isoformat()),
            y=y,
            shape=alt.Shape(
                "standing:N", scale=alt.Scale(domain=names, range=[one[1] for one in looks]), legend=legend
            ),
            fill=alt.Fill("standing:N", scale=alt.Scale(domain=names, range=[one[2] for one in looks]), legend=legend),
            stroke=alt.Stroke("standing:N", scale=same, legend=legend),
            tooltip=["told:N", "what:N", "parties:N", "standing:N", "id:N"],
        )
    )
    lasting_ = alt.Chart(theme.rows(_stretch(spot) for spot in spots if _width(spot.account).days > 0))
    stretches = lasting_.mark_rule(stroke=theme.INK, strokeWidth=1.2).encode(
        x=x,
        x2="last:T",
        y=y,
        strokeDash=alt.StrokeDash(
            "exact:N", scale=alt.Scale(domain=[True, False], range=[[1, 0], [2, 2]]), legend=None
        ),
    )
    ties = alt.Chart(theme.rows(_ties(spots))).mark_rule(stroke=theme.GREYS[2], strokeWidth=0.7)
    together = ties.encode(x=x, x2="last:T", y=y, y2="other:Q")
    zero = alt.Chart(theme.rows([{"level": 0}])).mark_rule(stroke=theme.INK, strokeWidth=1).encode(y=y)
    labels = [
        {"level": top - 0.5, "words": "told in public at the time"},
        {"level": low + 0.7, "words": "told by the record"},
    ]
    words = (
        alt.Chart(theme.rows(labels))
        .mark_text(align="left", fontStyle="italic", color=theme.DIM, x=3)
        .encode(y=y, text="words:N")
    )
    layers = [together, zero, stretches, points, words]
    return alt.layer(*layers).properties(width=theme.WIDTH, height=max(90, step * (top - low)))


def _mark(spot: _Spot) -> dict[str, Any]:
    one = spot.account
    begins, ends = span_of(one)
    middle = begins if one.exact else begins + (ends - begins) / 2
    return {
        "id": one.id,
        "told": one.told,
        "what": one.what,
        "parties": one.parties,
        "middle": middle.isoformat(),
        "level": spot.level,
        "standing": _LOOKS[_look(one)][0],
    }


def _stretch(spot: _Spot) -> dict[str, Any]:
    begins, ends = span_of(spot.account)
    return {"first": begins.isoformat(), "last": ends.isoformat(), "level": spot.level, "exact": spot.account.exact}


def _ties(spots: Sequence[_Spot]) -> Iterator[dict[str, Any]]:
    """Yield a line from each public mark to those of the record that stand beside it."""
    closed = {spot.account.id: spot for spot in spots if spot.account.lane == "closed"}
    for spot in spots:
        for other in (closed[id] for id in spot.account.beside if id in closed and spot.account.lane == "public"):
            yield {
                "first": span_of(spot.account)[0].isoformat(),
                "last": span_of(other.account)[0].isoformat(),
                "level": spot.level,
                "other": other.level,
            }


def _placed(accounts: Sequence[Account], first: date, last: date) -> Iterator[_Spot]:
    """Yield each account with its level, the best attested next to the line."""
    pixels = theme.WIDTH / ((last - first).days + 1)
    taken: defaultdict[tuple[str, int], list[tuple[float, float]]] = defaultdict(list)
    for one in sorted(accounts, key=_plain_first):
        begins, ends = ((min(max(day, first), last) - first).days * pixels for day in span_of(one))
        level = next(n for n in range(1, len(accounts) + 2) if _is_free(taken[one.lane, n], begins, ends))
        taken[one.lane, level].append((begins, ends))
        yield _Spot(account=one, level=level if one.lane == "public" else -level)


def _is_free(taken: Sequence[tuple[float, float]], begins: float, ends: float) -> bool:
    return all(ends + _STEP <= start or stop + _STEP <= begins for start, stop in taken)


def _plain_first(one: Account) -> tuple[int, str, str]:
    return list(_LOOKS).index(_look(one)), one.first or "", one.id


def _look(one: Account) -> str:
    beside = f"{one.standing} beside"
    return beside if one.beside and beside in _LOOKS else one.standing


def _width(one: Account) -> timedelta:
    begins, ends = span_of(one)
    return ends - begins


# --- how long it took


def _waits(accounts: Sequence[Account], first: date, last: date) -> alt.LayerChart | alt.FacetChart:
    """Draw years from contact to disclosure, a point a contact, a line where only the year of release is known."""
    seen: dict[str, Account] = {one.id: one for one in accounts}
    rows = []
    for one in seen.values():
        out = one.disclosure
        if out is None or out.shortest is None or out.longest is None:
            continue
        low, high = max(out.shortest, 0) / _DAYS_A_YEAR, max(out.longest, 0) / _DAYS_A_YEAR
        rows.append(
            {"first": one.first, "low": round(low, 2), "high": round(high, 2), "middle": round((low + high) / 2, 2)}
        )
    x = theme.days("first", first=first.isoformat(), last=last.isoformat())
    scale = alt.Scale(domainMin=0, nice=True)
    title = ["years from contact", "to disclosure"]
    y = alt.Y("low:Q", scale=scale, axis=alt.Axis(title=title, tickCount=4))
    base = alt.Chart(theme.rows(rows))
    spans = base.mark_rule(stroke=theme.GREYS[1], strokeWidth=1.2).encode(x=x, y=y, y2="high:Q")
    points = base.mark_point(filled=True, size=14, color=theme.INK, shape="circle").encode(
        x=x, y=alt.Y("middle:Q", scale=scale, axis=alt.Axis(title=title, tickCount=4))
    )
    return alt.layer(spans, points).properties(width=theme.WIDTH, height=90)


# --- words and ends


def _empty() -> alt.Chart:
    rows = theme.rows([{"words": "no contact held is dated to within two months"}])
    words: alt.Chart = alt.Chart(rows).mark_text(align="left", x=3).encode(text="words:N")
    return words.properties(width=theme.WIDTH, height=60)


def _ends(gap: Gap, kept: Sequence[Account]) -> tuple[date, date]:
    """Give the first and last day to draw: those of the contacts, and a fiftieth of the time on both sides."""
    days = [day for one in kept for day in span_of(one)]
    first, last = min(days, default=date(1970, 1, 1)), max(days, default=date(1970, 12, 31))
    room = max(timedelta(days=2), (last - first) / 50)
    return first - room, last + room


def _shortened(sources: Sequence[str]) -> list[str]:
    return [*sources[:4], *([f"and {len(sources) - 4} more"] if len(sources) > 4 else [])]
