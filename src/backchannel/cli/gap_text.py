"""Print a gap: the figures, the axis with its two lanes, then each contact with its words, and what to beware of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from backchannel.analysis import gap_axis, phrases
from backchannel.analysis.gap_axis import lasting
from backchannel.analysis.gap_figures import known_at_the_time
from backchannel.analysis.gap_records import Account, Disclosure, Gap, Pairing
from backchannel.cli.output import console, draw, lines

_LABELS = 10
_QUOTED = 280
_LEGEND = (
    "above, told at the time:  ▲ in the record too  △ not  ! as secret  ? denied",
    "below, from the record:   ◉ known then too  ● from it alone  ○ only mentioned",
    "                          ◌ no record found  ◐ told later  + and more",
)
_LISTS = (
    ("Known only from the record", "recorded"),
    ("Records say that none of these was found", "no_record"),
    ("Attested only by mention in records", "mentioned"),
    ("Came out later by other ways", "later"),
)


def print_gap(gap: Gap, *, limit: int) -> None:
    """Write a gap to stdout.

    Args:
        gap: what to write.
        limit: the most contacts of each list; 0 for all.
    """
    draw(Text(_title(gap), style="bold"), *(Text(line) for line in _figures(gap)), Text())
    _print_axes(gap)
    most = limit or len(gap.public) + len(gap.closed)
    _print_pairings(gap, most)
    public = known_at_the_time((*gap.public, *gap.closed))
    held = [one for one in gap.closed if one.kind == "held" and one.first is not None and one.id not in public]
    for head, standing in _LISTS:
        _print_list(head, [one for one in held if one.standing == standing], most)
    alone = [one for one in gap.public if one.kind == "held" and one.first is not None and not one.beside]
    _print_list("Known at the time, and not in the records here", alone, most)
    _print_rest(gap, most)
    _print_tables(gap)
    draw(Text(), Text("Bear in mind", style="bold"), *(Padding(Text(one), (0, 0, 0, 2)) for one in gap.warnings))


def _title(gap: Gap) -> str:
    period = [phrases.day(one) for one in (gap.since, gap.until) if one is not None]
    when = f", {' to '.join(period)}" if period else ""
    return f"{' and '.join(gap.names)}: public word and record{when}{'' if gap.person is None else f', {gap.person}'}"


def _figures(gap: Gap) -> Iterator[str]:
    c = gap.counts
    parts = [f"{c.public:,} known at the time ({c.public_recorded:,} with a record here)"]
    rest = (
        (c.record_only, "only from the record"),
        (c.mentioned, "only by mention"),
        (c.no_record, "said to have no record"),
        (c.later, "told later"),
    )
    parts += [f"{number:,} {how}" for number, how in rest if number]
    yield f"{phrases.count(c.held, 'contact')} held: {', '.join(parts)}."
    lag = gap.lags[0] if gap.lags else None
    if lag is not None and lag.median is not None and lag.shortest is not None and lag.longest is not None:
        middle, low, high = (int(lag.median[0]), int(lag.median[1])), lag.shortest[0], lag.longest[1]
        yield f"From contact to disclosure, where not known then: median {lasting(middle)}, range {lasting((low, high))}."


# --- the axis


def _print_axes(gap: Gap) -> None:
    width = max(36, (console().width - _LABELS - 2) // 12 * 12)
    found = gap_axis.axes(gap, width)
    if not found:
        return
    draw(*(Text(line, style="dim") for line in _LEGEND))
    for axis in found:
        label = axis.title if len(axis.title) < _LABELS else ""
        table = _grid()
        for row in _brackets([one for one in axis.spans if one.lane == "public"], width):
            table.add_row(Text("some day", style="dim"), Text(row, style="dim"))
        for row in reversed(axis.public):
            table.add_row("", row)
        if not axis.public:
            table.add_row(Text("public", style="dim"), Text("nothing here told of a contact", style="dim"))
        table.add_row(Text(label, style="bold"), Text(axis.scale, style="bold"))
        for row in axis.closed:
            table.add_row("", row)
        for row in _brackets([one for one in axis.spans if one.lane == "closed"], width):
            table.add_row(Text("some day", style="dim"), Text(row, style="dim"))
        draw(Text(), *([] if label else [Text(axis.title, style="bold")]), table)


def _brackets(spans: Sequence[gap_axis.Span], width: int) -> Iterator[str]:
    """Yield rows of brackets, each with the number of contacts that lie somewhere in it; those that overlap in turn."""
    left = list(spans)
    while left:
        row, free, later = [" "] * width, 0, []
        for span in left:
            if span.start < free:
                later.append(span)
                continue
            row[span.start : span.stop] = _bracket(span)
            free = span.stop
        yield "".join(row).rstrip()
        left = later


def _bracket(span: gap_axis.Span) -> str:
    room, told = span.stop - span.start, str(span.number)
    if room < len(told) + 2:
        return told[:room].rjust(room)
    return f"┠{(f' {told} ' if room > len(told) + 3 else told).center(room - 2, '─')}┨"


# --- the lists


def _print_pairings(gap: Gap, most: int) -> None:
    by_id = {("public", one.id): one for one in gap.public} | {("closed", one.id): one for one in gap.closed}
    if gap.pairings:
        _head("Known at the time, beside what the record tells", len(gap.pairings), most)
    for pairing in gap.pairings[:most]:
        table = _grid()
        for one in pairing.public:
            _add(table, "public", by_id["public", one])
        for one in pairing.closed[:most]:
            _add(table, "record", by_id["closed", one])
        if len(pairing.closed) > most:
            table.add_row("", Text(f"and {len(pairing.closed) - most} more of it", style="dim"))
        for label, told in _issues(pairing):
            table.add_row(Text(label, style="dim"), Text(told))
        draw(Text(), table)


def _issues(pairing: Pairing) -> Iterator[tuple[str, str]]:
    if pairing.only_closed:
        yield "issues", f"in the record and not in public: {phrases.listed(pairing.only_closed)}"
    if pairing.only_public:
        yield (
            "" if pairing.only_closed else "issues",
            f"in public and not in the record: {phrases.listed(pairing.only_public)}",
        )
    if pairing.both:
        yield "", f"in both: {phrases.listed(pairing.both)}"
    if pairing.reasons:
        yield "linked by", "; ".join(pairing.reasons[:4])


def _print_list(head: str, found: Sequence[Account], most: int) -> None:
    if not found:
        return
    _head(head, len(found), most)
    for one in found[:most]:
        table = _grid(1)
        _add(table, "", one)
        draw(Text(), table)


def _print_rest(gap: Gap, most: int) -> None:
    """Write what was not held and what has no date, a line each."""
    every = {one.id: one for one in (*gap.public, *gap.closed)}
    rest = (
        ("Planned, called off, denied or only possible", [one for one in every.values() if one.kind != "held"]),
        ("Undated", [one for one in every.values() if one.kind == "held" and one.first is None]),
    )
    for head, found in rest:
        if found:
            _head(head, len(found), most)
            kinds = [(one.told, f"{one.parties}: {one.what}", _kind(one), one.id) for one in found[:most]]
            lines(("when", "who and what", "how", "id"), kinds, wide=1)


def _kind(one: Account) -> str:
    told = {"held": "held", "planned": "planned", "off": "off", "denied": "denied", "possible": "possible"}[one.kind]
    return f"{told}, {one.lane}"


def _add(table: Table, label: str, one: Account) -> None:
    """Add the lines of one account: when and what, who, how marked and when it came out, its words, where they stand."""
    head = (
        Text(f"{one.told}  ", style="bold")
        .append(one.what, style="not bold")
        .append(f"  {one.id}", style="dim not bold")
    )
    table.add_row(Text(label or gap_axis.mark(one), style="dim" if label else ""), head)
    for line in _about(one):
        table.add_row("", Text(line))
    if one.quotation is not None and not one.quotation.is_heading:
        table.add_row("", Text(f"“{_cut(one.quotation.text)}”", style="italic"))
    if one.quotation is not None:
        table.add_row("", Text(one.quotation.citation, style="dim"))
    for text in one.public_texts[:2]:
        said = "out of it" if text.relation == "outcome" else f"in public, {phrases.day(text.on)}"
        table.add_row("", Text(f"{said} (note {text.footnote}): “{_cut(text.text)}”"))


def _about(one: Account) -> Iterator[str]:
    yield one.parties
    if one.subjects:
        yield f"subject: {'; '.join(one.subjects)}"
    if one.issues:
        yield f"on {phrases.listed(one.issues)}"
    marking = "; ".join(part for part in (one.classification, *one.handling) if part is not None)
    out = None if one.disclosure is None else _disclosed(one.disclosure)
    told = [marking, *(["disputed"] if one.disputed else []), *([out] if out is not None else [])]
    shown = " · ".join(part for part in told if part)
    if shown:
        yield shown


def _disclosed(when: Disclosure) -> str | None:
    if when.shortest is None or when.longest is None:
        return f"known {phrases.day(when.latest)}"
    if when.by == "public":
        return (
            "known at the time" if when.longest >= 0 else f"announced {lasting((-when.longest, -when.longest))} before"
        )
    year = when.earliest[:4] if when.earliest != when.latest else phrases.day(when.latest)
    how = "record released" if when.by == "record" else "told"
    return f"known {lasting((when.shortest, when.longest))} after ({how} {year})"


def _print_tables(gap: Gap) -> None:
    years = [one for one in gap.lags if one.year is not None]
    if years:
        draw(Text(), Text("From contact to disclosure, by year of contact (held, dated to the day)", style="bold"))
        rows = [
            (
                str(one.year),
                f"{one.contacts:,}",
                f"{one.at_the_time:,}",
                "–" if one.median is None else lasting((int(one.median[0]), int(one.median[1]))),
                "–" if one.shortest is None or one.longest is None else lasting((one.shortest[0], one.longest[1])),
            )
            for one in years
        ]
        lines(("year", "contacts", "known then", "median of the rest", "range"), rows, right=(1, 2))
    hidden = [one for one in gap.issues if one.closed_only or one.public]
    if hidden:
        draw(Text(), Text("Issues of contacts held", style="bold"))
        told = [
            (one.issue.replace("_", " "), f"{one.public:,}", f"{one.closed:,}", f"{one.closed_only:,}")
            for one in hidden[:12]
        ]
        lines(("issue", "in public", "in the record", "there alone"), told, right=(1, 2, 3))


def _head(head: str, number: int, most: int) -> None:
    shown = f" ({number:,})" if number <= most else f" ({most} of {number:,}; --limit 0 for all)"
    draw(Text(), Text(f"{head}{shown}", style="bold"))


def _grid(labels: int = _LABELS) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, width=labels)
    table.add_column(overflow="fold", ratio=1)
    return table


def _cut(text: str) -> str:
    """Give a quotation, a long one cut at a word."""
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED].rsplit(' ', 1)[0]} …"
