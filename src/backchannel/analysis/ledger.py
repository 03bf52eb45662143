"""Set public words and deeds of two parties beside their private contacts, step by step, with a gap index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from backchannel.analysis import ledger_acts, phrases, series
from backchannel.analysis.ledger_contacts import contact
from backchannel.analysis.ledger_index import index
from backchannel.analysis.ledger_issues import issues
from backchannel.analysis.ledger_reasons import Reports, reasons
from backchannel.analysis.ledger_records import Act, By, Cite, Contact, Index, Ledger, Step
from backchannel.families import passage_at
from backchannel.records import Claim, Conversation, Document

_THIN: Final = 0.25
"""The share of days with public documents below which a step is too thinly covered to take few acts for few."""
_ONE_OUTLET: Final = 0.5
_YEAR: Final = timedelta(days=365)
_FITTING: Final = 60
_UNITS: Final[tuple[By, ...]] = ("month", "quarter", "year")


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a ledger is made of: conversations of the pair, what acts are read from, the claims of both by id.

    ``days`` are those from which there are public documents.
    """

    conversations: Sequence[Conversation]
    told: ledger_acts.Told
    claims: Mapping[str, Claim]
    days: frozenset[date]
    cite: Cite


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whose ledger it is: ids and names of the parties, the first and last day asked for, how long a step is."""

    parties: tuple[str, str]
    names: tuple[str, str]
    first: date | None = None
    last: date | None = None
    by: By | None = None


def ledger(material: Material, scope: Scope) -> Ledger:
    """Give the ledger of two parties; the order of conversations and claims does not matter."""
    documents = material.told.documents
    acts = ledger_acts.acts(material.told, scope.parties)
    contacts = [contact(one, material.claims, documents) for one in material.conversations]
    contacts.sort(key=lambda one: (one.first or "9999", one.id))
    by, steps = _steps(material, scope, acts, contacts)
    placed = sum(one.hostile + one.friendly + one.open + sum(one.private.values()) for one in steps)
    rows, of_private, of_public = issues(acts, contacts)
    words = Reports(material.conversations, material.claims, documents, material.cite)
    names = dict(zip(scope.parties, scope.names, strict=True))
    whole = index(acts, contacts)
    sources = _sources(acts, material)
    return Ledger(
        parties=scope.parties,
        names=scope.names,
        since=None if scope.first is None else scope.first.isoformat(),
        until=None if scope.last is None else scope.last.isoformat(),
        by=by,
        index=whole,
        at_the_time=index(acts, [one for one in contacts if one.is_known_then]),
        reasons=reasons(acts, contacts, names, words) if whole.value is not None else (),
        steps=steps,
        loose=sum(one.tone is not None for one in acts) + sum(_counts(one) for one in contacts) - placed,
        issues=rows,
        of_private=of_private,
        of_public=of_public,
        acts=acts,
        contacts=tuple(contacts),
        left_out=_left_out(acts, contacts) | ledger_acts.elsewhere(material.told, scope.parties),
        sources=sources,
        warnings=tuple(_warnings(contacts, steps, sources)),
    )


# --- steps


def _steps(
    material: Material, scope: Scope, acts: Sequence[Act], contacts: Sequence[Contact]
) -> tuple[By, tuple[Step, ...]]:
    both: list[Act | Contact] = [*acts, *contacts]
    counted = [one for one in both if _counts(one)]
    days = [day for one in counted for day in (one.first, one.last) if day is not None]
    first = scope.first or (date.fromisoformat(min(days)) if days else None)
    last = scope.last or (date.fromisoformat(max(days)) if days else None)
    if first is None or last is None or first > last:
        return scope.by or "month", ()
    fitting = [unit for unit in _UNITS if _number(first, last, unit) <= _FITTING]
    by = scope.by or (*fitting, _UNITS[-1])[0]
    stretches = series.stretches(first, last, by)
    return by, tuple(_step(begin, end, acts, contacts, material.days) for begin, end in stretches)


def _number(first: date, last: date, unit: By) -> int:
    return sum(1 for _ in series.stretches(first, last, unit))


def _step(first: date, last: date, acts: Sequence[Act], contacts: Sequence[Contact], days: frozenset[date]) -> Step:
    tones = [one.tone for one in acts if _lies(one, first, last)]
    here = [one for one in contacts if _counts(one) and _lies(one, first, last)]
    private = [one for one in here if one.is_private]
    begin = min(first, last - _YEAR + timedelta(days=1))
    covered = series.covered(first, last, days)
    return Step(
        first=first,
        last=last,
        hostile=tones.count("hostile"),
        friendly=tones.count("friendly"),
        open=len(here) - len(private),
        private=dict(sorted(Counter(one.privacy or "unknown" for one in private).items())),
        later=sum(not one.is_known_then for one in private),
        failed=sum(one.outcome == "failed" for one in private),
        index=_within(acts, contacts, begin, last),
        covered=covered,
        is_thin=covered < _THIN,
    )


def _within(acts: Sequence[Act], contacts: Sequence[Contact], first: date, last: date) -> Index:
    return index([one for one in acts if _lies(one, first, last)], [one for one in contacts if _lies(one, first, last)])


def _lies(one: Act | Contact, first: date, last: date) -> bool:
    """True when all days on which it may have been lie between two days."""
    return (
        one.first is not None
        and one.last is not None
        and first.isoformat() <= one.first
        and one.last <= last.isoformat()
    )


def _counts(one: Act | Contact) -> bool:
    """True for what stands in a column: acts with a tone, contacts that were held or came to nothing."""
    return one.tone is not None if isinstance(one, Act) else one.outcome != "open"


# --- what stands beside


def _left_out(acts: Iterable[Act], contacts: Iterable[Contact]) -> dict[str, int]:
    found = Counter(f"acts: {one.left_out}" for one in acts if one.left_out is not None)
    found["contacts: planned, proposed or only possible"] += sum(one.outcome == "open" for one in contacts)
    return {reason: number for reason, number in sorted(found.items()) if number}


def _sources(acts: Iterable[Act], material: Material) -> dict[str, int]:
    """Count the documents that tell counted acts, by outlet."""
    told: set[tuple[str, str]] = set()
    for one in acts:
        for id in one.claims if one.tone is not None else ():
            claim = material.claims[id]
            document: Document = material.told.documents[claim.document]
            outlet = passage_at(document, claim.sentence.start if claim.sentence is not None else None)[1]
            told.add((outlet or document.source or "no outlet named", document.id))
    counts = Counter(outlet for outlet, _ in told)
    return {outlet: counts[outlet] for outlet in sorted(counts, key=lambda one: (-counts[one], one))}


def _warnings(contacts: Sequence[Contact], steps: Sequence[Step], sources: Mapping[str, int]) -> Iterator[str]:
    number = sum(sources.values())
    if number:
        outlet, most = next(iter(sources.items()))
        told = f", {most} of them {outlet}" if most / number >= _ONE_OUTLET and len(sources) > 1 else ""
        yield (
            f"Public acts are those that {phrases.count(number, 'document')} of {phrases.count(len(sources), 'outlet')}"
            f" told{told}: other outlets would give another index."
        )
    yield "Acts are read only where one sentence names both sides and a word tells the act: much is missed."
    private = [one for one in contacts if one.is_private and one.outcome != "open"]
    closed = sum(one.privacy == "closed" for one in private)
    if private and closed:
        yield (
            f"{closed:,} of {len(private):,} private contacts are only closed: held behind closed doors, as is taken "
            "where no word says more. What failed in silence is told nowhere, so failures are too few."
        )
    thin = sum(one.is_thin for one in steps)
    if thin:
        yield (
            f"Thin coverage: {thin} of {phrases.count(len(steps), 'step')} have public documents from fewer than a "
            "quarter of their days; few acts there may only be few documents."
        )
