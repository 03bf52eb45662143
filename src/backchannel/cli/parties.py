"""Questions about parties and issues: ``pair``, ``actor`` and ``issue``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from backchannel.cli.asking import answered, table
from backchannel.cli.options import Json, OneParty, OtherParty, Since, StorePath, Until, bounds, examples, opened
from backchannel.cli.output import emit, lines, say

if TYPE_CHECKING:
    from backchannel.analysis.pairs import Tally, Thread

_SHOWN = 20
"""Rows of a list for people."""

PAIR = examples(
    "backchannel pair USA China",
    "all that was told of two parties",
    "backchannel pair 'Saudi Arabia' Iran --since 2023 --json",
    "the counts of a period as JSON",
)
ACTOR = examples(
    "backchannel actor Oman",
    "with whom, and on what",
    "backchannel actor QAT --since 2023-10 --json",
    "the same of a period as JSON",
)
ISSUE = examples(
    "backchannel issue taiwan",
    "who talks about it",
    "backchannel issue semiconductors --since 2023 --json",
    "a finer issue of a period as JSON",
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("pair", epilog=PAIR)(pair)
    app.command("actor", epilog=ACTOR)(actor)
    app.command("issue", epilog=ISSUE)(issue)


def pair(
    one: OneParty,
    other: OtherParty,
    since: Since = None,
    until: Until = None,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Show what was told of two parties: how often, how privately, what came of it, last contact, open disputes."""
    from backchannel.analysis import pairs, questions

    bounds(since, until)
    asked = questions.Asked(actors=(one, other), since=since, until=until)
    with opened(store) as kept:
        asked = questions.named(asked, kept)
        found = answered(kept, asked)
        counted = pairs.tally(found)
        if as_json:
            emit([{"parties": asked.actors, "counts": counted, "ids": [each.id for each in found]}])
            return
        names = {party.actor: party.name or party.actor for each in found for party in each.parties}
        say(" and ".join(names[each] for each in asked.actors))
        _print_tally(counted, months=True)
        say()
        table(found)


def actor(
    who: Annotated[str, typer.Argument(metavar="A", help="An actor: an id, a name or another name of it.")],
    since: Since = None,
    until: Until = None,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Show with whom an actor was in contact, and on what."""
    from backchannel.analysis import pairs, questions

    bounds(since, until)
    with opened(store) as kept:
        asked = questions.named(questions.Asked(actors=(who,), since=since, until=until), kept)
        found = answered(kept, asked)
        counted, partners = pairs.tally(found), pairs.partners(found, asked.actors[0])
        if as_json:
            emit([{"actor": asked.actors[0], "counts": counted, "partners": partners}])
            return
        names = {party.actor: party.name or party.actor for each in found for party in each.parties}
        say(names[asked.actors[0]])
        _print_tally(counted)
        say()
        threads(partners, "partner")


def issue(
    what: Annotated[str, typer.Argument(metavar="ISSUE", help="An issue's id or label; finer ones will do.")],
    since: Since = None,
    until: Until = None,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Show who was in contact on an issue."""
    from backchannel.analysis import pairs, questions

    bounds(since, until)
    with opened(store) as kept:
        found = answered(kept, questions.Asked(issue=what, since=since, until=until))
        counted, told = pairs.tally(found), pairs.threads(found)
        if as_json:
            emit([{"issue": what, "counts": counted, "pairs": told, "ids": [each.id for each in found]}])
            return
        say(what)
        _print_tally(counted)
        say()
        threads(told, "parties")
        say()
        table(found[-_SHOWN:])


def threads(told: Sequence[Thread], head: str) -> None:
    """Write who was in touch, the busiest first."""
    from backchannel.analysis import phrases

    rows = [
        (
            " – ".join(one.names),
            f"{one.conversations:,}",
            f"{one.private:,}",
            f"{one.disputed:,}",
            phrases.day(one.last),
        )
        for one in told[:_SHOWN]
    ]
    lines((head, "conversations", "private", "disputed", "last"), rows, right=(1, 2, 3))


def _print_tally(counted: Tally, *, months: bool = False) -> None:
    from backchannel.analysis import phrases

    shares = ""
    if counted.acknowledged_share is not None and counted.private_share is not None:
        shares = f"; acknowledged {counted.acknowledged_share:.0%}, private {counted.private_share:.0%}"
    told = [("conversations", f"{counted.conversations:,}{shares}")]
    told.append(("privacy", ", ".join(f"{name} {number}" for name, number in counted.privacy.items())))
    told.append(("status", ", ".join(f"{name} {number}" for name, number in counted.status.items())))
    told.append(
        ("issues", ", ".join(f"{name} {number}" for name, number in list(counted.issues.items())[:8]) or "none told")
    )
    last = "none told" if counted.last_contact is None else f"{phrases.day(counted.last_day)}  {counted.last_contact}"
    told.append(("last contact", last))
    told.append(("disputed", ", ".join(counted.disputes[:5]) + (" …" if len(counted.disputes) > 5 else "") or "none"))
    for name, value in told:
        say(f"  {name:<14} {value}")
    if months:
        say()
        rows = [
            (phrases.day(one.month), str(one.private), str(one.other), "▪" * one.private + "▫" * one.other)
            for one in counted.by_month
        ]
        lines(("month", "private ▪", "other ▫", ""), rows, right=(1, 2))
