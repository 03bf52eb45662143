"""``network``: who is tied to whom, who stands between others, what changed, and files for programs of networks."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backchannel.cli import charting
from backchannel.cli.asking import answered
from backchannel.cli.options import Actor, Issue, Json, Since, StorePath, Until, bounds, day, examples, one_of, opened
from backchannel.cli.output import draw, emit, lines, note, nothing, say
from backchannel.records import Privacy

if TYPE_CHECKING:
    from backchannel.analysis.network import Network, Node, Tie
    from backchannel.analysis.network_change import NetworkChange
    from backchannel.analysis.questions import Asked
    from backchannel.charts.render import Chart
    from backchannel.store import Store

_SHOWN = 15
NETWORK = examples(
    "backchannel network --since 2023 --issue taiwan --chart taiwan.png",
    "who talks with whom on an issue, who stands between, and a picture of it",
    "backchannel network --split 2022-02-24 --to talks.gexf",
    "what changed from before a day to after it, and the whole with its days for Gephi",
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("network", epilog=NETWORK)(network)


def network(
    actor: Actor = None,
    issue: Issue = None,
    since: Since = None,
    until: Until = None,
    privacy: Annotated[list[str] | None, one_of(Privacy, "How privately; may be given again.")] = None,
    minimum_independent: Annotated[
        int | None, typer.Option("--minimum-independent", min=1, help="On at least so many independent words.")
    ] = None,
    split: Annotated[
        str | None, typer.Option(metavar="DATE", help="Compare what was before this day with what came from it on.")
    ] = None,
    to: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it as .graphml or .gexf.")] = None,
    talks: Annotated[
        bool, typer.Option("--talks", help="In the file, talks are nodes tied to all their parties.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    chart: charting.ChartFile = None,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Show who is connected, who stands between others, and which groups keep together."""
    from backchannel.analysis import network as networks
    from backchannel.analysis.network_change import split as changed
    from backchannel.analysis.questions import Asked

    first, last = bounds(since, until)
    charting.checked(chart)
    asked = Asked(
        actors=(actor,) if actor is not None else (),
        issue=issue,
        since=since,
        until=until,
        privacy=tuple(privacy or ()),
        minimum_independent=minimum_independent,
    )
    cut = day(split, "split")
    with opened(store) as kept:
        conversations = answered(kept, asked)
        found = networks.network(conversations)
        if not found.ties:
            nothing(f"no tie in {len(conversations)} conversations: {_left_out(found)}")
        change = None if cut is None else changed(conversations, cut, since=first, until=last)
        if to is not None:
            _write(found, to, kept, talks=talks, force=force)
        about = _about(asked, kept)
    charting.write(chart, lambda: _drawn(found, about))
    if as_json:
        emit(
            [
                {"network": found, "mediations": networks.mediations(found)}
                | ({} if change is None else {"change": change})
            ]
        )
        return
    _print(found)
    if change is not None and cut is not None:
        _print_change(change, found, cut)


def _about(asked: Asked, kept: Store) -> str:
    """Say whose network it is: the actor, the issue, the period and what else was asked for."""
    from backchannel.analysis.phrases import day
    from backchannel.analysis.questions import named, table

    names = table(kept)
    told = [names.name(one) or one for one in named(asked, kept).actors]
    told += [asked.issue.replace("_", " ")] if asked.issue is not None else []
    told += [f"{', '.join(asked.privacy)} talks"] if asked.privacy else []
    told += [f"from {day(str(asked.since))}"] if asked.since is not None else []
    told += [f"up to {day(str(asked.until))}"] if asked.until is not None else []
    return ", ".join(told) or "all talks held"


def _drawn(found: Network, about: str) -> Chart:
    from backchannel.charts.network import drawn

    return drawn(found, about)


def _write(found: Network, to: Path, kept: Store, *, talks: bool, force: bool) -> None:
    from backchannel.analysis.questions import table
    from backchannel.export.graphs import write_graph

    number = write_graph(found, to, table(kept), talks=talks, force=force)
    note(f"{to}: {len(found.nodes)} actors, {number:,} edges")


def _print(found: Network) -> None:
    from backchannel.analysis.phrases import count

    groups = len({one.community for one in found.nodes})
    say(
        f"{count(len(found.nodes), 'actor')}, {count(len(found.ties), 'tie')}, {count(len(found.talks), 'conversation')}; "
        f"{count(groups, 'community')}, modularity {found.modularity:.2f}"
    )
    if found.left_out:
        draw(f"left out: {_left_out(found)}")
    if found.sampled is not None:
        say(f"betweenness is estimated from {found.sampled:,} actors")
    say()
    rows = [
        (
            one.name,
            f"{one.betweenness:.3f}",
            _constraint(one),
            str(one.mediated),
            str(one.partners),
            str(one.talks),
            str(one.community),
        )
        for one in found.nodes[:_SHOWN]
    ]
    heads = ("who stands between", "betweenness", "constraint", "go-between", "partners", "talks", "group")
    lines(heads, rows, right=(1, 2, 3, 4, 5, 6))
    say()
    names = {one.actor: one.name for one in found.nodes}
    ties = [
        (
            _pair(one.parties, names),
            f"{one.weight:.2f}",
            str(len(one.talks)),
            str(one.private),
            _years(one),
        )
        for one in found.ties[:_SHOWN]
    ]
    lines(("ties", "weight", "talks", "private", "years"), ties, right=(1, 2, 3), wide=0)
    _print_groups(found)
    _print_mediations(found, names)
    one, other = found.ties[0].parties
    note(f"the conversations of a tie: backchannel pair {one} {other}; measures in docs/network.md")


def _print_groups(found: Network) -> None:
    told: dict[int, list[str]] = {}
    for node in sorted(found.nodes, key=lambda one: (one.community, -one.talks, one.name)):
        told.setdefault(node.community, []).append(node.name)
    rows = [(str(number), ", ".join(names[:8]) + (" …" if len(names) > 8 else "")) for number, names in told.items()]
    say()
    lines(("group", "who talks more with each other than with the rest"), rows[:_SHOWN], wide=1)


def _print_mediations(found: Network, names: dict[str, str]) -> None:
    from backchannel.analysis.network import mediations

    rows = [(names[one.mediator], _pair(one.between, names), str(len(one.talks))) for one in mediations(found)]
    if rows:
        say()
        lines(("go-between", "between", "talks"), rows[:_SHOWN], right=(2,))


def _print_change(change: NetworkChange, found: Network, on: date) -> None:
    from backchannel.analysis.phrases import day

    names = {one.actor: one.name for one in found.nodes}
    say()
    say(
        f"before and from {day(on.isoformat())}: {change.years[0]:.1f} and {change.years[1]:.1f} years; talks a year, shared among their parties"
    )
    rows = [
        (_pair(one.parties, names), one.kind, f"{one.before:.2f}", f"{one.after:.2f}", str(len(one.talks)))
        for one in change.ties[:_SHOWN]
    ]
    lines(("ties that changed", "how", "before", "after", "talks"), rows, right=(2, 3, 4), wide=0)
    say()
    moves = [(one.name, f"{one.before:.3f}", f"{one.after:.3f}") for one in change.moves[:_SHOWN]]
    lines(("betweenness", "before", "after"), moves, right=(1, 2))


def _left_out(found: Network) -> str:
    return ", ".join(f"{number} {reason}" for reason, number in found.left_out.items()) or "none"


def _constraint(one: Node) -> str:
    return "–" if one.constraint is None else f"{one.constraint:.2f}"


def _years(one: Tie) -> str:
    first, last = (one.first or "")[:4], (one.last or "")[:4]
    return first if first == last else f"{first}–{last}"


def _pair(parties: tuple[str, str], names: dict[str, str]) -> str:
    return " – ".join(names.get(one, one) for one in parties)
