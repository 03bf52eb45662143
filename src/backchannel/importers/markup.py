"""A record of a talk or of a backchannel message becomes a claim by what its head says, without reading its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from backchannel import __version__, documents
from backchannel.actors import ActorTable, profile
from backchannel.actors.gazetteer import whole
from backchannel.actors.register import Person
from backchannel.aspects.issue_tree import finer, tree
from backchannel.importers.ids import completed, identify_one
from backchannel.importers.sides import Acting, Room, all_acting, home_of
from backchannel.records import Claim, Document, Evidence, Form, Party, Role, Span, Voice, When, Where
from backchannel.sources import heads
from backchannel.sources.record import Participant, Record, RecordKind, Words

BY = "markup"
"""What such claims have in their field ``by``."""
_FORMS: dict[RecordKind, Form] = {
    "memcon": "meeting",
    "meeting": "meeting",
    "memorandum": "meeting",
    "telcon": "call",
    "backchannel": "message",
}
_TRIGGER = re.compile(
    r"^(.+?)(?=,|;|\s\(|\s[—–-]\s|\s(?:From|Between|Among|With|by|By|at|Prepared|Regarding|Concerning)\b|$)", re.DOTALL
)
_LONGEST = 12
_MOST_ISSUES = 3
_GENERAL = frozenset({"bilateral_relations", "regional_conflict", "economy", "alliance"})
_TALKED: frozenset[str] = frozenset({"participant"})
_WROTE: frozenset[str] = frozenset({"from", "to"})
_ROLES: dict[str, Role] = {"from": "initiator", "to": "recipient"}
_SURE, _LESS_SURE = 0.95, 0.85


def claims(document: Document, table: ActorTable) -> tuple[Claim, ...]:
    """Give the claim that a record is, or none: of no talk, without a heading, or with nobody whose state is known.

    Its trigger is what the heading calls it, its parties are the states and bodies of those who took part. A record of
    one state's own people has one party. All of the people stand in ``extensions["participants"]``.
    """
    told = heads.of(document)
    if told is None or told.heading is None or told.kind not in _FORMS:
        return ()
    wanted = _WROTE if told.kind == "backchannel" else _TALKED
    people = [person for person in told.participants if person.role in wanted]
    if told.kind == "memorandum" and len(people) < 2:
        return ()
    room = _room(document, told, table)
    acting = all_acting(people, room)
    who = identify_one(told, document.text, people, acting, listing=room.people, home=room.home)
    acting = completed(acting, people, who, room.year)
    if not any(one.actor for one in acting):
        return ()
    return (_claim(document, told, told.heading, people, acting, who, table),)


def _room(document: Document, told: Record, table: ActorTable) -> Room:
    """Give what is known around the people of a record; its own day counts before that of its publication."""
    about = document.meta.get("people")
    return Room(
        table=table,
        on=date.fromisoformat(told.day) if told.day is not None else document.published,
        home=profile(document).home or home_of(told, document.text),
        people=about if isinstance(about, dict) else {},
    )


def head_of(document: Document) -> tuple[tuple[int, int], ...]:
    """Give where the head of a record stands in its text: the spans that ``claims`` reads, which are no sentences."""
    told = heads.of(document)
    if told is None:
        return ()
    moment = told.moment.words if told.moment is not None else None
    lines = [person.line for person in told.participants]
    found = [told.heading, moment, *told.places, *told.subjects, *lines]
    return tuple((words.start, words.end) for words in found if words is not None and words.part == "text")


def _claim(
    document: Document,
    told: Record,
    heading: Words,
    people: Sequence[Participant],
    acting: Sequence[Acting],
    who: Sequence[Person | None],
    table: ActorTable,
) -> Claim:
    text = document.text
    trigger = _trigger(heading, text)
    parties, named = _parties(people, acting, table, text)
    issues, about = _issues(told, text)
    when, on = _when(told, document)
    where, at = _where(told, document)
    is_message = told.kind == "backchannel"
    says = (Evidence(start=trigger.start, end=trigger.end, text=trigger.text, by=f"markup:{told.kind}"),)
    evidence = {"form": says, "status": says, "source_class": says, "parties": named}
    evidence |= {"channel": says, "roles": _roles(people, parties, text)} if is_message else {}
    evidence |= {"issues": about, "when": on, "where": at}
    fine = finer(about)
    return Claim(
        id=documents.claim_id(document.id, "contact", trigger.start, 0),
        document=document.id,
        by=BY,
        version=__version__,
        sentence=_span(heading, text),
        trigger=trigger,
        form=_FORMS[told.kind],
        event="CONSULT",
        mode=_mode(told.kind, parties),
        parties=parties,
        issues=issues,
        privacy="closed",
        channel="backchannel" if is_message else "front",
        status="occurred",
        voice=Voice(source_class="document"),
        when=when,
        where=where,
        score=_SURE if len(parties) > 1 else _LESS_SURE,
        defaulted=_defaulted(parties, is_message=is_message),
        evidence={name: found for name, found in evidence.items() if found},
        extensions=_extensions(people, acting, who, text) | _hours(told) | ({"issues": list(fine)} if fine else {}),
    )


def _span(words: Words, text: str) -> Span:
    """Give words as they stand in the text, line breaks included."""
    return Span(start=words.start, end=words.end, text=text[words.start : words.end])


def _as_evidence(words: Words, text: str, by: str) -> Evidence:
    span = _span(words, text)
    return Evidence(start=span.start, end=span.end, text=span.text, by=by)


def _trigger(heading: Words, text: str) -> Span:
    """Give what a heading calls the record: its words before the first comma or "Between", twelve at most."""
    whole_heading = text[heading.start : heading.end]
    found = _TRIGGER.match(whole_heading)
    end = found.end(1) if found is not None else len(whole_heading)
    words = list(re.finditer(r"\S+", whole_heading[:end]))[:_LONGEST]
    end = words[-1].end() if words else end
    return Span(start=heading.start, end=heading.start + end, text=whole_heading[:end])


def _parties(
    people: Sequence[Participant], acting: Sequence[Acting], table: ActorTable, text: str
) -> tuple[tuple[Party, ...], tuple[Evidence, ...]]:
    """Give a party for each actor, with the first person known of it, and the lines that name them."""
    parties: list[Party] = []
    named: list[Evidence] = []
    for actor in dict.fromkeys(one.actor for one in acting if one.actor is not None):
        own = [(person, one) for person, one in zip(people, acting, strict=True) if one.actor == actor]
        chief, first = next(((p, one) for p, one in own if one.person is not None), own[0])
        words = _span(chief.name or chief.line, text)
        roles = {_ROLES.get(person.role, "participant") for person, _ in own}
        parties.append(
            Party(
                actor=actor,
                name=table.name(actor),
                sector=table.sector(actor),
                person=first.person,
                role=roles.pop() if len(roles) == 1 else "participant",
                start=words.start,
                end=words.end,
                text=words.text,
            )
        )
        named += [_as_evidence(person.line, text, one.by or BY) for person, one in own]
    return tuple(parties), tuple(dict.fromkeys(named))


def _roles(people: Sequence[Participant], parties: Sequence[Party], text: str) -> tuple[Evidence, ...]:
    """Give who sent a message and who received it, where that parts the parties."""
    if all(party.role == "participant" for party in parties):
        return ()
    return tuple(_as_evidence(person.line, text, f"markup:{person.role}") for person in people)


def _defaulted(parties: Sequence[Party], *, is_message: bool) -> tuple[str, ...]:
    role = ("role",) if any(party.role == "participant" for party in parties) else ()
    return ("privacy", *role) if is_message else ("privacy", "channel", *role)


def _mode(kind: RecordKind, parties: Sequence[Party]) -> str | None:
    if kind in ("telcon", "backchannel"):
        return "phone"
    return "multilateral" if len(parties) > 2 else None


def _when(told: Record, document: Document) -> tuple[When | None, tuple[Evidence, ...]]:
    """Give the days, by the words of the dateline, or by the document's date where the markup alone has them."""
    moment = told.moment
    if moment is None:
        return None, ()
    start, end = moment.start[:10], (moment.end or moment.start)[:10]
    if moment.words is not None:
        found = _as_evidence(moment.words, document.text, "markup:dateline")
    elif document.published is not None:
        day = document.published.isoformat()
        found = Evidence(start=0, end=len(day), text=day, by="date:markup")
    else:
        return None, ()
    return When(start=start, end=max(start, end), precision="day"), (found,)


def _hours(told: Record) -> dict[str, object]:
    """Give from when to when a talk lasted, as the record prints it, where it prints an hour."""
    moment = told.moment
    if moment is None or "T" not in moment.start or told.kind == "backchannel":
        return {}
    return {"hours": [moment.start, moment.end]}


def _where(told: Record, document: Document) -> tuple[Where | None, tuple[Evidence, ...]]:
    """Give the place of the dateline, and the state it lies in where the gazetteer knows it; a call has no place."""
    if not told.places or told.kind in ("telcon", "backchannel"):
        return None, ()
    first, last = told.places[0], told.places[-1]
    is_one_line = "\n" not in document.text[first.start : last.end] and first.start < last.end
    words = Words(start=first.start, end=last.end, text="") if is_one_line else first
    span = _span(words, document.text)
    year = None if document.published is None else document.published.year + 0.5
    countries = [whole(part.strip(" ."), year) for place in told.places for part in reversed(place.text.split(","))]
    country = next((one.country for one in countries if one is not None and one.country), None)
    where = Where(text=span.text, country=country, start=span.start, end=span.end)
    return where, (_as_evidence(words, document.text, "markup:dateline"),)


def _issues(told: Record, text: str) -> tuple[tuple[str, ...], tuple[Evidence, ...]]:
    """Give up to three issues of the subject, the plainer before the general ones."""
    found: dict[str, Evidence] = {}
    for is_general in (False, True):
        for words in told.subjects:
            for issue in tree():
                if (issue.root in _GENERAL) is is_general:
                    match = issue.pattern.search(text, words.start, words.end)
                    match = match or (issue.topic.search(text, words.start, words.end) if issue.topic else None)
                    if match is not None and len(found) < _MOST_ISSUES:
                        by = f"issues.cues:{issue.id}"
                        evidence = Evidence(start=match.start(), end=match.end(), text=match.group(), by=by)
                        found.setdefault(issue.root, evidence)
    return tuple(sorted(found)), tuple(found[root] for root in sorted(found))


def _extensions(
    people: Sequence[Participant], acting: Sequence[Acting], who: Sequence[Person | None], text: str
) -> dict[str, object]:
    """Give everyone who took part, with the words of the record and our id of those whom the tables know, as plain values."""
    rows: list[dict[str, object]] = []
    for person, one, known in zip(people, acting, who, strict=True):
        words = _span(person.line, text)
        row: dict[str, object] = {"text": words.text, "start": words.start, "end": words.end, "role": person.role}
        named = {
            "name": person.name.text if person.name is not None else None,
            "office": person.office.text if person.office is not None else None,
            "side": person.side,
            "actor": one.actor,
            "person": one.person,
            "id": known.id if known is not None else None,
            "reference": person.reference,
        }
        rows.append(row | {name: value for name, value in named.items() if value is not None})
    return {"participants": rows}
