"""Draw a conversation's card: aligned facts, then each report with its words marked and what rests on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from backchannel.analysis import cards, phrases, rooms
from backchannel.cli.output import draw
from backchannel.records import Claim, Conversation, Document

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LABELS = 16
_CITED = 3
"""Sentences quoted for each citation of a conversation."""
_QUOTED = 2
"""Places quoted for each person in a room."""
_STATES = {"updated": "a later edition replaces it", "retracted": "withdrawn"}


def print_card(
    conversation: Conversation,
    claims: Mapping[str, Claim],
    documents: Mapping[str, Document],
    links: tuple[cards.Fact, ...] = (),
) -> None:
    """Write the card of a conversation to stdout; ``links`` are lines about what it is linked with."""
    card = cards.card(conversation, claims, documents)
    draw(drawn(replace(card, facts=(*card.facts, *links))))


def drawn(card: cards.Card) -> RenderableType:
    """Give the card as something that rich can print at any width."""
    parts: list[RenderableType] = [Text(card.headline, style="bold"), Text(card.id, style="dim"), Text()]
    parts.append(_facts(card.facts))
    if card.reasons:
        parts += [Text(), _reasons(card.reasons)]
    place = {report.claim: number for number, report in enumerate(card.reports, 1)}
    for report in card.reports:
        parts += [Text(), *_report(report, place)]
    return Group(*parts)


def print_cited(found: Sequence[Conversation], claims: Mapping[str, Claim], documents: Mapping[str, Document]) -> None:
    """Write conversations to stdout, under each the words that tell it and their citation."""
    for number, one in enumerate(found):
        head = f"{phrases.told_on(one)}  {phrases.parties(one)}: {phrases.what(one)} · {phrases.standing(one, is_short=True)}"
        parts: list[RenderableType] = [
            *([Text()] if number else []),
            Text(head, style="bold"),
            Text(one.id, style="dim"),
        ]
        for citation, told in groupby(cards.cited(one, claims, documents), key=lambda each: each.citation):
            quotations = list(
                dict.fromkeys(phrases.quoted(each.quotation or "an import without a sentence") for each in told)
            )
            more = f" … and {len(quotations) - _CITED} more" if len(quotations) > _CITED else ""
            shown = " ".join(quotations[:_CITED])
            parts.append(Padding(Text(shown + more), (0, 0, 0, 2)))
            parts.append(
                Padding(Text(citation or "its document is not kept", style="dim", overflow="fold"), (0, 0, 0, 2))
            )
        draw(Group(*parts))


def print_room(room: rooms.Room, headline: str) -> None:
    """Write who was in a room, by state, each with the words that name them and where these stand."""
    parts: list[RenderableType] = [Text(headline, style="bold"), Text(room.conversation, style="dim")]
    numbers = _numbered(one.citation for person in room.people for one in person.named)
    for state, some in groupby(room.people, key=lambda one: one.state):
        parts += [Text(), Text(state or "not told for whom", style="underline"), _present(list(some), numbers)]
    if numbers:
        parts += [
            Text(),
            *(Text(f"[{number}] {told}", style="dim", overflow="fold") for told, number in numbers.items()),
        ]
    draw(Group(*parts))


def _numbered(citations: Iterable[str | None]) -> dict[str, int]:
    told = dict.fromkeys(one for one in citations if one is not None)
    return {one: number for number, one in enumerate(told, 1)}


def _present(some: Sequence[rooms.Present], numbers: Mapping[str, int]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    for share in (3, 2, 4):
        table.add_column(ratio=share, overflow="fold")
    for one in some:
        words = ", ".join(part for part in (one.task, None if one.role == "participant" else one.role) if part)
        name = Text(one.name or one.office or one.named[0].text)
        name.append(f"  {words}" if words else "", style="italic")
        told = dict.fromkeys((naming.text, naming.citation) for naming in one.named)
        quoted = " ".join(
            f"{phrases.quoted(text)}{f' [{numbers[at]}]' if at else ''}" for text, at in list(told)[:_QUOTED]
        )
        more = f" and {len(told) - _QUOTED} more" if len(told) > _QUOTED else ""
        table.add_row(name, Text(one.id or "no id", style="dim"), Text(quoted + more))
    return table


def _facts(facts: tuple[cards.Fact, ...]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="dim", width=_LABELS, no_wrap=True)
    table.add_column(ratio=1)
    for fact in facts:
        value = Text(fact.value)
        if fact.note is not None and fact.note:
            value.append(f"  · {fact.note}", style="dim")
        table.add_row(fact.label, value)
    return table


def _reasons(reasons: tuple[str, ...]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="dim", width=_LABELS, no_wrap=True)
    table.add_column(ratio=1)
    for number, reason in enumerate(reasons):
        table.add_row("put together as" if number == 0 else "", reason)
    return table


def _report(report: cards.ReportCard, place: Mapping[str, int]) -> list[RenderableType]:
    head = f"{place[report.claim]} of {len(place)}  {report.outlet or 'source not named'}, {_dated(report, place)}"
    parts: list[RenderableType] = [Rule(Text(head, style="bold"), align="left", characters="─", style="dim")]
    if report.title is not None:
        parts.append(Text(report.title, style="italic"))
    parts.append(Padding(sentence(report), (1, 2, 1, 2)))
    parts.append(Padding(_legend(report), (0, 0, 0, 2)))
    assumed = f"; not told, so taken as usual: {phrases.listed(report.defaulted)}" if report.defaulted else ""
    parts.append(Text(f"told by: {report.told}; reader's score {report.score:.2f}{assumed}", style="dim"))
    parts.append(Text(f"{report.claim}  {report.document}", style="dim", overflow="fold"))
    if report.citation is not None:
        parts.append(Text(f"cite as: {report.citation}", style="dim", overflow="fold"))
    return parts


def _dated(report: cards.ReportCard, place: Mapping[str, int]) -> str:
    """Give the day of a report, whether it only repeats another, and whether its document still stands."""
    parts = [phrases.day(report.published)]
    if report.rests_on is not None:
        parts.append(f"repeats {place.get(report.rests_on, report.rests_on)}")
    if report.state != "current":
        parts.append(_STATES[report.state])
    return "; ".join(parts)


def sentence(report: cards.ReportCard) -> Text:
    """Give the sentence with its marks: brackets and raised numbers that also show without colour."""
    if report.sentence is None:
        return Text(report.row or "an import without a sentence")
    text, shown, at = report.sentence, Text(), 0
    for mark in report.marks:
        shown.append(_flat(text[at : mark.start]))
        style = "bold reverse" if mark.is_trigger else "underline"
        opening, closing = ("⟦", "⟧") if mark.is_trigger else ("[", "]")
        shown.append(opening)
        shown.append(_flat(text[mark.start : mark.end]), style=style)
        shown.append(closing + raised(mark.number))
        at = mark.end
    shown.append(_flat(text[at:]))
    return shown


def raised(number: int) -> str:
    """Give a number in raised figures."""
    return str(number).translate(_RAISED)


def _legend(report: cards.ReportCard) -> Table:
    """Give a table: number of the mark, what was read, the words, the rule."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    table.add_column(overflow="fold", style="dim")
    last = None
    for (mark, field, words), group in groupby(report.bases, key=lambda basis: (basis.mark, basis.field, basis.words)):
        bases = list(group)
        place = "" if mark == last and mark is not None else str(mark or "·")
        beside = f" ({bases[0].beside})" if bases[0].beside is not None else ""
        values = ", ".join(dict.fromkeys(basis.value for basis in bases))
        rules = ", ".join(dict.fromkeys(basis.by for basis in bases if basis.by))
        table.add_row(place, field, values, f"“{_flat(words)}”{beside}", rules)
        last = mark
    return table


def _flat(text: str) -> str:
    return " ".join(text.split("\n"))
