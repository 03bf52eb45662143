"""Mark the words of a claim's sentence on which its values rest, overlapping places as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from backchannel.analysis import phrases
from backchannel.corrections import PREFIX
from backchannel.records import UNKNOWN, Claim, Evidence

_ORDER: Final = (
    "trigger",
    "party",
    "roles",
    "form",
    "status",
    "privacy",
    "channel",
    "when",
    "where",
    "issues",
    "told by",
)
_ELSEWHERE: Final = ("title:", "source:", "date:")
"""How the rule's name begins where words and offsets are not those of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """One value and the words it rests on; ``by`` is the rule that read them.

    ``mark`` numbers the place in the sentence, from 1; ``None`` when the words stand ``beside`` it: in the title or
    in another sentence.
    """

    field: str
    value: str
    words: str
    by: str
    mark: int | None = None
    beside: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place in a report's sentence, ``[start, end)`` in its characters; ``number`` ties it to the bases."""

    start: int
    end: int
    number: int
    is_trigger: bool


def marked(claim: Claim) -> tuple[tuple[Mark, ...], tuple[Basis, ...]]:
    """Give the places in the sentence on which values rest, overlapping ones as one, and the values of each."""
    if claim.sentence is None:
        return (), ()
    begin, end = claim.sentence.start, claim.sentence.end
    inside: list[tuple[int, int, Basis]] = []
    beside: list[Basis] = []
    for start, stop, basis in _bases(claim):
        if basis.by.startswith(_ELSEWHERE) or not (begin <= start and stop <= end):
            beside.append(_aside(basis, start, begin))
        else:
            inside.append((start - begin, stop - begin, basis))
    marks: list[Mark] = []
    bases: list[Basis] = []
    for number, (first, last, group) in enumerate(_groups(inside), 1):
        triggers = any(basis.field == "trigger" for basis in group)
        marks.append(Mark(start=first, end=last, number=number, is_trigger=triggers))
        bases += [_numbered(basis, number) for basis in sorted(group, key=_field_order)]
    return tuple(marks), (*bases, *sorted(beside, key=_field_order))


def _bases(claim: Claim) -> Iterator[tuple[int, int, Basis]]:
    """Yield every value with its words and their place in the document."""
    if claim.trigger is not None:
        t = claim.trigger
        yield t.start, t.end, Basis(field="trigger", value="contact", words=t.text, by=claim.by)
    placed: set[tuple[int, int]] = set()
    for party in claim.parties:
        if party.start is not None and party.end is not None:
            by = next((e.by for e in claim.evidence.get("parties", ()) if _within(e, party.start, party.end)), "")
            placed |= {
                (e.start, e.end) for e in claim.evidence.get("parties", ()) if _within(e, party.start, party.end)
            }
            who = party.actor if party.person is None else f"{party.actor} ({party.person})"
            yield party.start, party.end, Basis(field="party", value=who, words=party.text or "", by=by)
    values = _values(claim)
    for field, evidence in claim.evidence.items():
        for one in evidence:
            if field == "parties" and (one.start, one.end) in placed:
                continue
            value = values.get(field, "")
            if one.by.startswith(PREFIX):
                value = _judged(claim, field) or value or "not told"
            elif field == "issues":
                value = one.by.rpartition(":")[2]
            elif field == "parties":
                value = _antecedent_of(claim, one)
            name = {"source_class": "told by", "parties": "party"}.get(field, field)
            yield one.start, one.end, Basis(field=name, value=value, words=one.text, by=one.by)


def _values(claim: Claim) -> dict[str, str]:
    roles = [f"{party.actor} {party.role}" for party in claim.parties if party.role != "participant"]
    return {
        "form": claim.form or "",
        "status": claim.status or "",
        "privacy": claim.privacy or "",
        "channel": claim.channel or "",
        "when": phrases.interval(claim.when),
        "where": claim.where.text if claim.where is not None else "",
        "source_class": phrases.SOURCES[claim.voice.source_class],
        "roles": ", ".join(roles),
    }


def _judged(claim: Claim, field: str) -> str:
    """Give a value that a person gave, of the fields that otherwise have one for each piece of evidence."""
    speaker = claim.voice.speaker
    values = {
        "issues": ", ".join(claim.issues),
        "parties": ", ".join(party.actor for party in claim.parties),
        "source_text": speaker.text if speaker is not None else "",
    }
    return values.get(field, "")


def _antecedent_of(claim: Claim, evidence: Evidence) -> str:
    """Give the party that words outside its own name lead to: whose person they name, else each that has no words."""
    implied = [party.actor for party in claim.parties if evidence.by == f"source:{party.actor}"]
    if implied:
        return implied[0]
    named = [party.actor for party in claim.parties if party.person is not None and evidence.text in party.person]
    unplaced = [party.actor for party in claim.parties if party.start is None and party.actor != UNKNOWN]
    return ", ".join(named or unplaced) or "antecedent"


def _groups(placed: list[tuple[int, int, Basis]]) -> Iterator[tuple[int, int, list[Basis]]]:
    """Yield places that overlap as one, with their bases."""
    group: list[Basis] = []
    first = last = -1
    for start, stop, basis in sorted(placed, key=_span):
        if group and start >= last:
            yield first, last, group
            group = []
        if not group:
            first, last = start, stop
        group.append(basis)
        last = max(last, stop)
    if group:
        yield first, last, group


def _numbered(basis: Basis, number: int) -> Basis:
    return Basis(field=basis.field, value=basis.value, words=basis.words, by=basis.by, mark=number)


def _aside(basis: Basis, start: int, begin: int) -> Basis:
    is_elsewhere = basis.by.startswith(_ELSEWHERE)
    where = basis.by.partition(":")[0] if is_elsewhere else "before" if start < begin else "after"
    return Basis(field=basis.field, value=basis.value, words=basis.words, by=basis.by, beside=where)


def _within(evidence: Evidence, start: int, end: int) -> bool:
    return start <= evidence.start and evidence.end <= end and not evidence.by.startswith(_ELSEWHERE)


def _span(placed: tuple[int, int, Basis]) -> tuple[int, int, int]:
    return placed[0], placed[1], _field_order(placed[2])[0]


def _field_order(basis: Basis) -> tuple[int, str, str]:
    place = _ORDER.index(basis.field) if basis.field in _ORDER else len(_ORDER)
    return place, basis.words, basis.by
