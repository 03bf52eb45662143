"""Tables of others: a file of JSON rows is kept as a document, and each row becomes a claim that names it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from backchannel import __version__, documents, vocabulary
from backchannel.actors import ActorTable, find
from backchannel.actors.gazetteer import whole
from backchannel.actors.table import fold
from backchannel.aspects.issue_tree import tree
from backchannel.errors import DocumentError
from backchannel.importers.ids import id_of
from backchannel.records import UNKNOWN, Claim, Document, Evidence, Form, Party, Role, Voice, When, Where
from backchannel.registry import Registry

KEY = "table"
"""Where the name of a table stands in ``Document.meta``."""
FILE = "public_lane.yml"
_BETWEEN = re.compile(r"[\s,\[\]]*")
_INVERTED = re.compile(r"^(?P<name>[^,]+), (?P<before>.+?)(?: of)?$")
_BRACKET = re.compile(r"^(?P<name>.+?) \((?P<inside>.+)\)$")
_GATHERED = {"UNO": "UN", "EUR": "EU"}
_MOST_ISSUES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: its ``reference`` in its table, its values, and where it stands in the text of the document."""

    reference: str
    values: Mapping[str, Any]
    start: int
    end: int


Side = tuple[str, tuple[str, ...]]
"""An actor and those of its people who are named, the first of them first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a row tells of one contact: the side that goes and the one that receives, the days, the place."""

    guest: Side
    host: Side
    start: date
    end: date
    remarks: str
    form: Form
    score: float
    place: str | None = None
    place_in: str | None = None


Reader = Callable[[Mapping[str, Any], ActorTable], Told]
"""What gives the contact that a row tells."""

TABLES: Registry[Reader] = Registry("table")
"""Readers of rows, by the name of their table."""


def as_document(name: str, text: str, **known: Any) -> Document:
    """Give a table as the document that holds its rows; importing it again brings that document up to date.

    Args:
        name: of the table in ``TABLES``.
        text: the file, rows as a JSON list or one a line.
        **known: further fields of the document, such as ``retrieved``.

    Raises:
        QueryError: there is no such table.
        DocumentError: rows are no JSON objects or lack a field; all that do are told.
    """
    TABLES.get(name)
    about = next(row for row in vocabulary.load(FILE)["tables"] if row["id"] == name)
    rows = enumerate(_rows(name, text), 1)
    faults = [f"row {number}: {fault}" for number, row in rows for fault in _faults(row, about["needs"])]
    if faults:
        more = f"; and {len(faults) - 5} more" if len(faults) > 5 else ""
        raise DocumentError(f"{'; '.join(faults[:5])}{more}", room="importers")
    return Document(
        id=f"import:{name}",
        source=about["source"],
        title=about["title"],
        text=text,
        licence=about["licence"],
        meta={KEY: name},
        **known,
    )


def claims(document: Document, actors: ActorTable) -> Iterator[Claim]:
    """Yield the claim of each row of a table."""
    name = str(document.meta[KEY])
    read = TABLES.get(name)
    for row in _rows(name, document.text):
        yield _claim(document, name, row, read(row.values, actors), actors)


def _rows(name: str, text: str) -> Iterator[Row]:
    """Yield the JSON objects of a list, or of lines, with their places."""
    decoder = json.JSONDecoder()
    at = _past(text, 0)
    number = 0
    while at < len(text):
        number += 1
        try:
            values, end = decoder.raw_decode(text, at)
        except (json.JSONDecodeError, RecursionError):
            line = text.count("\n", 0, at) + 1
            raise DocumentError(
                f"row {number}, line {line}: not JSON; expected a list of objects", room="importers"
            ) from None
        if not isinstance(values, dict):
            raise DocumentError(f"row {number}: {type(values).__name__} instead of an object", room="importers")
        yield Row(reference=f"{name}/{values.get('id', number)}", values=values, start=at, end=end)
        at = _past(text, end)
    if number == 0:
        raise DocumentError("no row in it; expected a JSON list of objects", room="importers")


def _past(text: str, at: int) -> int:
    found = _BETWEEN.match(text, at)
    return found.end() if found is not None else at


def _faults(row: Row, needs: Sequence[str]) -> Iterator[str]:
    missing = [name for name in needs if row.values.get(name) in (None, "", [])]
    if missing:
        yield f"{', '.join(missing)} is missing"
    if isinstance(row.values.get("id"), bool) or not str(row.values.get("id", "")).isdecimal():
        yield "id is no number"
    for name in ("start", "end"):
        try:
            date.fromisoformat(str(row.values.get(name)))
        except ValueError:
            yield f"{name} {row.values.get(name)!r} is no ISO date"


def _claim(document: Document, name: str, row: Row, told: Told, actors: ActorTable) -> Claim:
    """Give the claim of a row: no sentence and no trigger, the row as its evidence."""
    by = f"import:{name}"
    here = Evidence(start=row.start, end=row.end, text=document.text[row.start : row.end], by=by)
    parties = (_party(told.guest, "initiator", actors), _party(told.host, "recipient", actors))
    issues = _issues(told.remarks)
    return Claim(
        id=documents.claim_id(document.id, "contact", int(row.values["id"]), 0),
        document=document.id,
        by=by,
        version=__version__,
        form=told.form,
        event="CONSULT",
        mode="visit" if told.form == "visit" else None,
        parties=parties,
        issues=issues,
        privacy="closed",
        channel="front",
        status="occurred",
        voice=Voice(source_class="institution"),
        when=When(start=told.start.isoformat(), end=max(told.start, told.end).isoformat(), precision="day"),
        where=Where(text=told.place, country=told.place_in) if told.place is not None else None,
        score=told.score,
        defaulted=("privacy", "channel"),
        evidence={"status": (here,)},
        extensions=_further(told),
        row=row.reference,
    )


def _further(told: Told) -> dict[str, object]:
    """Give those people of both sides whom a party, which names one, leaves out, with our id where the tables know them."""
    rows: list[dict[str, str]] = []
    for actor, people in (told.guest, told.host):
        for one in people[1:]:
            number = id_of(one)
            rows.append({"actor": actor, "person": one} | ({"id": number} if number is not None else {}))
    return {"participants": rows} if rows else {}


def _party(told: Side, role: Role, actors: ActorTable) -> Party:
    actor, people = told
    known = actor != UNKNOWN
    return Party(
        actor=actor,
        name=actors.name(actor) if known else None,
        sector=actors.sector(actor) if known else None,
        person=people[0] if people else None,
        role=role,
    )


def _issues(remarks: str) -> tuple[str, ...]:
    found = dict.fromkeys(issue.root for issue in tree() if issue.pattern.search(remarks))
    return tuple(sorted(list(found)[:_MOST_ISSUES]))


def state(name: str, on: date, actors: ActorTable) -> str:
    """Give the actor of a country as a table names it on a day, ``UNKNOWN`` where the dictionary has none.

    >>> from backchannel.actors import shipped
    >>> state("Korea, Republic of", date(1983, 11, 12), shipped())
    'KOR'
    """
    own: Mapping[str, str] = vocabulary.load(FILE)["countries"]
    for form in _forms(name):
        found = own.get(form) or _known(form, on, actors)
        if found is not None:
            return found
    return UNKNOWN


def _forms(name: str) -> Iterator[str]:
    """Yield the ways in which a name may be known: as it is, put right, without and with what is in brackets."""
    yield name
    bracket = _BRACKET.match(name)
    plain = [bracket["inside"], bracket["name"]] if bracket is not None else [name]
    for one in plain:
        inverted = _INVERTED.match(one)
        if inverted is not None:
            before, last = inverted["before"], inverted["name"]
            yield f"{before} of {last}"
            yield f"{before} {last}"
            yield f"{before} of the {last}"
        yield one


def _known(name: str, on: date, actors: ActorTable) -> str | None:
    named = whole(name, on.year + (on.month - 1) / 12)
    country = None if named is None else _GATHERED.get(named.country or "", named.country)
    if country in actors.actors:
        return country
    meant = {sense.actor for sense in actors.senses.get(fold(name), ()) if sense.kind == "name"}
    return meant.pop() if len(meant) == 1 else None


def people(text: str, actor: str, on: date, actors: ActorTable) -> tuple[str, ...]:
    """Give the people of an actor whom some words name, as the dictionary has their names, in the words' order.

    Args:
        text: words with titles, such as "President Kufuor".
        actor: for whom they act.
        on: the day.
        actors: the dictionary.
    """
    found = find(text, actors, on=on, context=[actor])
    return tuple(dict.fromkeys(one.person for one in found if one.person is not None and one.actor == actor))


def person(text: str, actor: str, on: date, actors: ActorTable, *, names: Sequence[str]) -> str | None:
    """Give the one person of an actor whom a name means, in one of its forms or with a title before it."""
    for name in names:
        meant = {s.person for s in actors.senses.get(fold(name), ()) if s.kind == "person" and s.actor == actor}
        if len(meant) == 1:
            return meant.pop()
    named = people(text, actor, on, actors)
    return named[0] if len(named) == 1 else None
