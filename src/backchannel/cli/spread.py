"""Draw an item of the desk as a double page: the documents with their words marked, and what was read in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from backchannel.analysis import cards, phrases
from backchannel.analysis.marks import Basis
from backchannel.cli.cards import raised, sentence
from backchannel.corrections import PREFIX
from backchannel.records import Claim, Document, Judgement, Party
from backchannel.review import Item, fields, surroundings
from backchannel.review.context import REACH
from backchannel.review.decisions import STANDS

WIDE: Final = 100
"""Columns from which document and reading stand side by side."""
_LABELS: Final = 10
_FIELDS: Final = ("form", "status", "privacy", "channel", "when", "where", "issues", "told by")
_PLACES: Final = {"source": "the source", "date": "the document's date", "title": "the title"}
_AGAINST: Final = {
    "joined": "By themselves the two would be kept apart; the other reports hold them together.",
    "apart": "By themselves the two would be joined; the other reports of their conversations speak against it.",
}
_QUESTIONS: Final = {
    "joined": "Joined by the program: do both tell of one contact?",
    "apart": "Kept apart by the program: do both tell of one contact?",
    "claim": "Does the sentence tell of this contact?",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """What is drawn: claims with their documents, where the item stands in the queue, and what was said of it before."""

    item: Item
    claims: Sequence[Claim]
    documents: Mapping[str, Document]
    place: str
    said: Sequence[Judgement] = ()


def drawn(spread: Spread, width: int) -> RenderableType:
    """Give an item as something that rich can print on ``width`` columns."""
    item, wide = spread.item, width >= WIDE
    parts: list[RenderableType] = [Rule(_head(spread), align="left", style="dim"), _why(item), Text()]
    if len(spread.claims) == 1:
        claim = spread.claims[0]
        document = spread.documents.get(claim.document)
        parts.append(beside([_document(claim, document), reading(claim, document)], wide=wide))
    else:
        numbered = [
            _document(claim, spread.documents.get(claim.document), number)
            for number, claim in enumerate(spread.claims, 1)
        ]
        parts += [
            beside(numbered, wide=wide),
            Text(),
            _compared(spread.claims, spread.documents),
            Text(),
            _reasons(item),
        ]
    if spread.said:
        parts += [Text(), *(Text(f"said before  {said(one)}") for one in spread.said)]
    parts += [Text(), Text(_QUESTIONS[item.kind], style="bold")]
    return Group(*parts)


def beside(parts: Sequence[RenderableType], *, wide: bool) -> RenderableType:
    """Give parts side by side, or one below the other where the page is narrow."""
    if not wide:
        return Group(*(one for part in parts for one in (part, Text()))) if len(parts) > 1 else Group(*parts)
    page = Table.grid(padding=(0, 3, 0, 0), expand=True)
    for _ in parts:
        page.add_column(ratio=1, overflow="fold")
    page.add_row(*parts)
    return page


def page(claim: Claim, document: Document | None, width: int) -> RenderableType:
    """Give one claim: its document and what was read in it."""
    return beside([_document(claim, document), reading(claim, document)], wide=width >= WIDE)


def reading(claim: Claim, document: Document | None) -> RenderableType:
    """Give what was read in a claim: a row a field, with the words that each value rests on."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="dim", width=_LABELS, no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(overflow="fold", style="dim")
    for label, value, words in rows(claim, document):
        table.add_row(label, value, words)
    return Group(table, Text(f"\nreader's score {claim.score:.2f}   {claim.id}", style="dim"))


def rows(claim: Claim, document: Document | None) -> list[tuple[str, str, str]]:
    """Give field, value and words of a claim; a value that no words support says so."""
    report = cards.report_card(claim, document)
    words: dict[str, list[str]] = {}
    for basis in report.bases:
        words.setdefault(basis.field, []).append(_words(basis))
    found = []
    for number, party in enumerate(claim.parties):
        who = party.actor if party.person is None else f"{party.actor} ({party.person})"
        role = "" if party.role == "participant" else f", {party.role}"
        own = [_words(basis) for basis in report.bases if basis.field == "party" and _is_of(basis, party)]
        place = ", ".join(dict.fromkeys(own)) or "not named in the sentence"
        found.append(("parties" if number == 0 else "", who + role, place))
    values = _values(claim)
    for label in _FIELDS:
        usual = ("source_class" if label == "told by" else label) in claim.defaulted
        grounds = ", ".join(dict.fromkeys(words.get(label, ()))) or ("taken as usual" if usual else "")
        found.append((label, values[label] or "not told", grounds if values[label] else ""))
    return found


def _words(basis: Basis) -> str:
    """The words of a value with the number or place of their mark; a corrected value rests on its judgement."""
    if basis.by.startswith(PREFIX):
        return f"corrected, {basis.by.removeprefix(PREFIX)}"
    place = raised(basis.mark) if basis.mark is not None else f" ({_PLACES.get(basis.beside or '', basis.beside)})"
    return f"“{' '.join(basis.words.split())}”{place}"


def _is_of(basis: Basis, party: Party) -> bool:
    return basis.words == party.text or basis.value == party.actor or basis.value.startswith(f"{party.actor} (")


def said(judgement: Judgement) -> str:
    """Give a judgement in a line."""
    what: str = judgement.kind
    if judgement.kind == "correct" and judgement.field is not None:
        value = fields.label(judgement.field, judgement.value)
        what = "stands" if judgement.field == STANDS else f"{judgement.field} is {value}"
    elif judgement.field is not None:
        what = f"{judgement.kind} {judgement.field}"
    day = f", {judgement.at.date().isoformat()}" if judgement.at is not None else ""
    reason = f": {judgement.reason}" if judgement.reason is not None else ""
    return f"{what} ({judgement.by}{day}){reason}"


def _head(spread: Spread) -> Text:
    kind = "one claim" if spread.item.kind == "claim" else f"two claims, {spread.item.kind}"
    return Text(f"{spread.place}  {kind}", style="bold")


def _why(item: Item) -> Text:
    about = "the program gives them" if item.kind != "claim" else "the reader gives it"
    grounds = f" ({', '.join(item.stakes)})" if item.stakes else ""
    told = Text(
        f"{about} {item.score:.2f}; uncertainty {item.uncertainty:.2f} × weight {item.weight:.1f}{grounds} "
        f"= {item.priority:.2f}",
        style="dim",
    )
    if item.kind in _AGAINST and item.is_outvoted():
        told.append(f"\n{_AGAINST[item.kind]}")
    return told


def _document(claim: Claim, document: Document | None, number: int | None = None) -> RenderableType:
    """The document of a claim with its sentence in context; of a numbered one less of it, so that two fit a screen."""
    report = cards.report_card(claim, document)
    mark = f"{number}  " if number is not None else ""
    head = f"{mark}{report.outlet or 'source not named'}, {phrases.day(report.published)}"
    parts: list[RenderableType] = [Text(head, style="bold")]
    if report.title is not None:
        parts.append(Text(report.title, style="italic"))
    parts.append(Text(report.url or report.document, style="dim", overflow="fold"))
    before, after = surroundings(claim, document, reach=REACH if number is None else REACH // 2)
    if before:
        parts.append(Padding(Text(before, style="dim"), (1, 0, 0, 0)))
    parts.append(Padding(sentence(report), (1, 2, 1, 2)))
    if after:
        parts.append(Text(after, style="dim"))
    return Group(*parts)


def _compared(claims: Sequence[Claim], documents: Mapping[str, Document]) -> Table:
    """Give both readings side by side; ``≠`` stands where they differ."""
    first, second = (_by_label(rows(claim, documents.get(claim.document))) for claim in claims)
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(style="dim", width=_LABELS, no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(width=1)
    table.add_column(ratio=1, overflow="fold")
    for label in ("parties", *_FIELDS):
        (one, words), (other, others) = first[label], second[label]
        table.add_row(label, _cell(one, words), "" if one == other else "≠", _cell(other, others))
    table.add_row("score", f"{claims[0].score:.2f}", "", f"{claims[1].score:.2f}")
    table.add_row("claim", Text(claims[0].id, style="dim"), "", Text(claims[1].id, style="dim"))
    return table


def _by_label(told: Sequence[tuple[str, str, str]]) -> dict[str, tuple[str, str]]:
    parties = [value for label, value, _ in told if label in ("parties", "")]
    return {"parties": ("; ".join(parties), "")} | {
        label: (value, words) for label, value, words in told if label in _FIELDS
    }


def _cell(value: str, words: str) -> Text:
    cell = Text(value)
    if words:
        cell.append(f"  {words}", style="dim")
    return cell


def _reasons(item: Item) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="dim", width=_LABELS, no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    for number, reason in enumerate(item.reasons):
        table.add_row("signs" if number == 0 else "", f"{reason.weight:+.1f}", reason.detail)
    return table


def _values(claim: Claim) -> dict[str, str]:
    speaker = f": {claim.voice.speaker.text}" if claim.voice.speaker is not None else ""
    place = "" if claim.where is None else ", ".join(filter(None, (claim.where.text, claim.where.country)))
    return {
        "form": claim.form or "",
        "status": claim.status or "",
        "privacy": claim.privacy or "",
        "channel": claim.channel or "",
        "when": phrases.interval(claim.when) if claim.when is not None else "",
        "where": place,
        "issues": ", ".join(claim.issues),
        "told by": f"{claim.voice.source_class}{speaker}",
    }
