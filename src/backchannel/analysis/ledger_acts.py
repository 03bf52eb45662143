"""Turn claims of acts into the public words and deeds of two parties: what counts, as what, and copies only once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from backchannel.actors import SpeaksFor
from backchannel.acts.lexicon import counts_as, entries, events
from backchannel.analysis.gap_sides import is_record
from backchannel.analysis.ledger_records import Act, Tone
from backchannel.conversations.origins import teller
from backchannel.conversations.reports import span
from backchannel.families import Family, passage_at
from backchannel.importers.tables import KEY as TABLE
from backchannel.records import Claim, Document, Status

COUNTED: Final[tuple[Status, ...]] = ("occurred", "ongoing", "planned", "refused")
"""The statuses in which an act is a public word or deed; in the others it is denied, called off or only imagined."""
_NEITHER: Final = ("REQUEST/assist", "REQUEST/meet")
"""Types of conflict by the manual that are not hostile: to ask for help or for a meeting. PLOVER gives the last scale 0."""
_BY: Final = "acts."
_ALLUDED: Final = "only named as known (“the attack of A on B”), not told"
_HELP: Final = "asking for help or for a meeting"
_ASKED: Final = "only asked about in a question"
_UNDONE: Final = "denied, called off, only proposed or imagined"
IN_RECORDS: Final = "acts told in records alone, which nobody could read then"
WITHDRAWN: Final = "acts told by withdrawn documents alone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What acts are read from: claims of kind ``act``, their documents by id, the family of each document or passage."""

    claims: Sequence[Claim]
    documents: Mapping[str, Document]
    families: Mapping[str, str]
    speaks_for: SpeaksFor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Telling:
    """One claim as a telling of an act; ``first`` and ``last`` are ISO days, ``wording`` what its copies share."""

    claim: Claim
    source: str
    target: str
    event: str
    tone: Tone | None
    left_out: str | None
    first: str | None
    last: str | None
    published: str
    wording: tuple[str, str]
    origin: str


def acts(told: Told, parties: tuple[str, str]) -> tuple[Act, ...]:
    """Give the public acts of two parties upon each other, by day; the order of the claims does not matter.

    Copies of one text tell an act once, on the day of the earliest; what is left counts once a day for each direction,
    type and mode, however many outlets tell it. Records and withdrawn documents tell none.
    """
    groups: defaultdict[tuple[object, ...], list[_Telling]] = defaultdict(list)
    for one in _once_a_family(_tellings(told, parties)):
        groups[one.source, one.target, one.event, one.claim.mode, one.tone, one.left_out, one.first, one.last].append(
            one
        )
    found = [_act(sorted(group, key=_age)) for group in groups.values()]
    return tuple(sorted(found, key=lambda one: (one.first or "9999", one.last or "9999", one.id)))


def elsewhere(told: Told, parties: tuple[str, str]) -> dict[str, int]:
    """Count the claims of acts of two parties that no public document tells, by reason."""
    found = {IN_RECORDS: 0, WITHDRAWN: 0}
    for claim in told.claims:
        document = told.documents.get(claim.document)
        if document is not None and not is_public(document):
            number = sum(1 for _ in directions(claim, parties))
            found[WITHDRAWN if document.state == "retracted" else IN_RECORDS] += number
    return {reason: number for reason, number in found.items() if number}


def directions(claim: Claim, parties: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """Yield who of two parties acts upon whom in a claim; often neither does.

    >>> from backchannel.records import Party
    >>> sides = (Party(actor="USA", role="source"), Party(actor="CHN", role="target"))
    >>> list(directions(Claim(id="c_1", document="d_1", kind="act", parties=sides), ("CHN", "USA")))
    [('USA', 'CHN')]
    """
    sources = {party.actor for party in claim.parties if party.role == "source"}
    targets = {party.actor for party in claim.parties if party.role == "target"}
    one, other = parties
    for source, target in ((one, other), (other, one)):
        if source in sources and target in targets:
            yield source, target


def is_public(document: Document) -> bool:
    """True for what anybody could read when it is dated: no record, no table, not taken back."""
    return not is_record(document) and TABLE not in document.meta and document.state != "retracted"


def tone_of(claim: Claim) -> tuple[str, Tone | None, str | None]:
    """Give the PLOVER type under which an act counts, whether that is hostile or friendly, and why it is neither.

    What is planned or refused counts under the type that PLOVER gives it then. A noun only names a deed that is taken as
    known ("Russia's war against Ukraine"); it is told again and again long after, so it is no act of its own. Nor is what
    a question asks about.
    """
    event = claim.event or ""
    if claim.status not in COUNTED:
        return event, None, _UNDONE
    counted = counts_as(event, claim.status)
    if claim.status == "refused" and counted == event:
        return event, None, _UNDONE
    if any(_kinds().get(one.by.removeprefix(_BY)) == "noun" for one in claim.evidence.get("event", ())):
        return counted, None, _ALLUDED
    if claim.sentence is not None and claim.sentence.text.rstrip("\"'”’ ").endswith("?"):
        return counted, None, _ASKED
    if f"{counted}/{claim.mode}" in _NEITHER:
        return counted, None, _HELP
    return counted, "hostile" if events()[counted].is_conflict else "friendly", None


@cache
def _kinds() -> dict[str, str]:
    """Give the kind of word of each entry of the vocabulary of acts."""
    return {entry.id: entry.kind for some in entries().values() for entry in some}


def _tellings(told: Told, parties: tuple[str, str]) -> Iterator[_Telling]:
    for claim in told.claims:
        document = told.documents.get(claim.document)
        if document is None or not is_public(document) or claim.event not in events():
            continue
        event, tone, left_out = tone_of(claim)
        start = claim.sentence.start if claim.sentence is not None else None
        leaf, _ = passage_at(document, start)
        family = told.families.get(leaf) or told.families.get(document.id) or document.id
        published = document.published.isoformat() if document.published is not None else None
        first, last = _days(claim) or (published, published)
        origin = teller(claim, document, family=Family(id=family), speaks_for=told.speaks_for).origin
        for source, target in directions(claim, parties):
            yield _Telling(
                claim=claim,
                source=source,
                target=target,
                event=event,
                tone=tone,
                left_out=left_out,
                first=first,
                last=last,
                published=published or "9999",
                wording=(family, _folded(claim)),
                origin=origin,
            )


def _days(claim: Claim) -> tuple[str, str] | None:
    if claim.when is None:
        return None
    first, last = span(claim.when)
    return first.isoformat(), last.isoformat()


def _folded(claim: Claim) -> str:
    words = claim.sentence.text if claim.sentence is not None else claim.id
    return " ".join(words.casefold().split())


def _once_a_family(tellings: Iterable[_Telling]) -> Iterator[_Telling]:
    """Yield the earliest of the tellings that copies of one text give with the same words."""
    earliest: dict[tuple[object, ...], _Telling] = {}
    for one in sorted(tellings, key=_age):
        earliest.setdefault((*one.wording, one.source, one.event, one.claim.mode), one)
    yield from earliest.values()


def _act(group: Sequence[_Telling]) -> Act:
    first = group[0]
    return Act(
        id=first.claim.id,
        claims=tuple(one.claim.id for one in group),
        source=first.source,
        target=first.target,
        event=first.event,
        mode=first.claim.mode,
        status=first.claim.status,
        tone=first.tone,
        left_out=first.left_out,
        first=first.first,
        last=first.last,
        is_dated=any(one.claim.when is not None for one in group),
        origins=len({one.origin for one in group}),
        issues=tuple(sorted({issue for one in group for issue in one.claim.issues})),
    )


def _age(one: _Telling) -> tuple[str, str, str]:
    return one.published, one.claim.id, one.source
