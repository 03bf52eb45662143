"""The words that tell an act, the PLOVER types they stand for and the modes these have, as tables to look up in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from backchannel import vocabulary
from backchannel.errors import VocabularyError
from backchannel.language.grammar import Word
from backchannel.records import Status

FILE = "acts.yml"
GIVEN = "acts_given.yml"
WordKind = Literal["noun", "verb", "adjective"]
_MENDED = {"stag": "stage"}
"""Verbs whose lemma the parser gets wrong: "staged"."""
_SETS = ("objects", "but", "particles", "needs")
_KEYS = ("id", "lemmas", "kind", "event", "target", "means", "source", "yes", "no")
_MORE = ("mode", "hostile", "mutual", "owner", "places", "both", "finite", *_SETS)
_EVENT_KEYS = ("id", "means", "quad", "modes")
_EVENT_MORE = ("within", "planned", "refused")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A PLOVER type.

    ``modes`` are the modes it may have; ``within`` gives its mode by the type (or ``TYPE/mode``) of the act that is
    promised, asked for, threatened or refused; ``planned`` and ``refused`` name the type that PLOVER gives an act which
    is only promised or is refused, ``None`` where it keeps its own.
    """

    id: str
    is_conflict: bool
    modes: frozenset[str]
    within: dict[str, str]
    planned: str | None = None
    refused: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A few words of one meaning; see the head of ``data/acts.yml`` for the fields."""

    id: str
    kind: WordKind
    event: str
    target: tuple[str, ...]
    mode: str | None = None
    hostile: str | None = None
    mutual: bool = False
    owner: bool = True
    places: bool = False
    both: bool = False
    finite: bool = False
    objects: frozenset[str] = frozenset()
    but: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()


@cache
def events() -> dict[str, Event]:
    """Give the PLOVER types by name, CONSULT left out: that is a contact.

    Raises:
        VocabularyError: the file has faults; all are listed.
    """
    rows: list[dict[str, Any]] = vocabulary.load(FILE)["events"]
    vocabulary.check(FILE, rows, required=_EVENT_KEYS, optional=_EVENT_MORE)
    return {
        row["id"]: Event(
            id=row["id"],
            is_conflict=row["quad"].endswith("CONF"),
            modes=frozenset(row["modes"]),
            within=dict(row.get("within") or {}),
            planned=row.get("planned"),
            refused=row.get("refused"),
        )
        for row in rows
    }


@cache
def entries() -> dict[tuple[str, WordKind], tuple[Entry, ...]]:
    """Give the vocabulary by lemma and word kind; entries that want an object come first.

    Raises:
        VocabularyError: the file has faults; all are listed.
    """
    return _table(FILE)


@cache
def given_entries() -> dict[tuple[str, WordKind], tuple[Entry, ...]]:
    """Give the words that tell an act only where both sides are given; too loose for reading freely.

    Raises:
        VocabularyError: the file has faults; all are listed.
    """
    return _table(GIVEN)


def _table(file: str) -> dict[tuple[str, WordKind], tuple[Entry, ...]]:
    rows: list[dict[str, Any]] = vocabulary.load(file)["entries"]
    vocabulary.check(file, rows, required=_KEYS, optional=_MORE)
    _check_events(file, rows)
    found: dict[tuple[str, WordKind], list[Entry]] = {}
    for row in rows:
        entry = _entry(row)
        for lemma in row["lemmas"]:
            found.setdefault((lemma, row["kind"]), []).append(entry)
    return {key: tuple(sorted(some, key=_order)) for key, some in found.items()}


def _entry(row: Mapping[str, Any]) -> Entry:
    given: dict[str, Any] = {
        key: row[key] for key in ("mode", "hostile", "mutual", "owner", "places", "both", "finite") if key in row
    }
    given |= {key: frozenset(str(one) for one in row.get(key) or ()) for key in _SETS}
    return Entry(id=row["id"], kind=row["kind"], event=row["event"], target=tuple(row["target"]), **given)


def _order(entry: Entry) -> tuple[bool, bool, str]:
    return not entry.objects, not entry.particles, entry.id


def _check_events(file: str, rows: list[dict[str, Any]]) -> None:
    faults = []
    for row in rows:
        event = events().get(row["event"])
        if event is None:
            faults.append(f"{row['id']}: no event {row['event']!r}; known: {', '.join(events())}")
        elif row.get("mode") is not None and row["mode"] not in event.modes:
            faults.append(
                f"{row['id']}: {event.id} has no mode {row['mode']!r}; known: {', '.join(sorted(event.modes))}"
            )
        if row.get("hostile") is not None and row["hostile"] not in events():
            faults.append(f"{row['id']}: no event {row['hostile']!r}; known: {', '.join(events())}")
    if faults:
        raise VocabularyError(file, faults)


def entries_for(word: Word) -> tuple[Entry, ...]:
    """Give the entries that ``word`` may belong to, by lemma and kind; often none."""
    if word.kind == "verb":
        return entries().get((_MENDED.get(word.lemma, word.lemma), "verb"), ())
    return entries().get((word.lemma, "noun"), ()) if word.kind == "noun" else ()


def given_entries_for(word: Word) -> tuple[Entry, ...]:
    """Give the entries of ``acts_given.yml`` that ``word`` may belong to, by lemma and kind; often none."""
    kind = "verb" if word.kind == "auxiliary" else word.kind
    lemma = _MENDED.get(word.lemma, word.lemma) if kind == "verb" else word.lemma
    return given_entries().get((lemma, kind), ()) if kind in ("verb", "noun", "adjective") else ()


@cache
def nouns(kind: str) -> frozenset[str]:
    """Give one of the word lists at the head of ``data/acts.yml`` (``averting``, ``suffered``)."""
    return frozenset(vocabulary.load(FILE)[kind])


@cache
def people() -> dict[str, str]:
    """Give the sector by noun of those through whom a state acts or is acted upon ("Ukrainian soldiers", "a Russian court")."""
    return {noun: sector for sector, some in vocabulary.load(FILE)["people"].items() for noun in some}


def counts_as(event: str, status: Status | None) -> str:
    """Give the PLOVER type under which an act of this status counts: what is only promised is AGREE or THREATEN.

    >>> counts_as("AID", "occurred"), counts_as("AID", "planned"), counts_as("AID", "refused")
    ('AID', 'AGREE', 'REJECT')
    """
    known = events()[event]
    if status == "planned":
        return known.planned or event
    return (known.refused or event) if status == "refused" else event


def typed(entry: Entry, held: Entry | None) -> tuple[str, str | None]:
    """Give the type and mode of an entry; of a promise and the like they hang on what is promised (``held``)."""
    if held is None:
        return entry.event, entry.mode
    is_hostile = entry.hostile is not None and events()[held.event].is_conflict
    event = entry.hostile if is_hostile and entry.hostile is not None else entry.event
    within = events()[event].within
    return event, within.get(f"{held.event}/{held.mode}") or within.get(held.event) or entry.mode
