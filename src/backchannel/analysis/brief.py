"""Make the brief: what a reader should know of a period, each line with its quotation, and what was not covered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from backchannel.analysis import pairs, phrases
from backchannel.analysis.cards import outlet_of
from backchannel.conversations.reports import span
from backchannel.records import AHEAD, HELD, PRIVATE, UNKNOWN, Claim, Conversation, Document

_OFF: Final = ("cancelled", "refused")
_GO_BETWEEN: Final = ("intermediary", "backchannel", "track_1_5", "track_2")
_FRESH_DAYS: Final = 30
_QUOTED: Final = 320


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A sentence with who published it and when (ISO); ``claim`` leads to its place."""

    text: str
    outlet: str | None
    published: str | None
    claim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One conversation of a section; ``quotation`` is ``None`` where an earlier section quotes it."""

    id: str
    when: str
    text: str
    standing: str
    witnesses: str
    quotation: Quotation | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading, the question it answers, and its first lines of ``total``."""

    heading: str
    means: str
    lines: tuple[Line, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The whole: ``gaps`` says what was not covered, ``threads`` who was in touch most often."""

    title: str
    summary: str
    sections: tuple[Section, ...]
    threads: tuple[pairs.Thread, ...]
    threads_total: int
    gaps: tuple[str, ...]


Load = Callable[[Sequence[Conversation]], tuple[Mapping[str, Claim], Mapping[str, Document]]]


def brief(
    conversations: Iterable[Conversation],
    load: Load,
    *,
    asked: str,
    reference: date | None,
    gaps: Sequence[str],
    per_section: int = 6,
) -> Brief:
    """Give the brief of some conversations, the same for the same store whatever the day on which it is made.

    Args:
        conversations: those of the period, in any order.
        load: gives the claims and documents of the conversations that are quoted.
        asked: the period and parties asked for, in words.
        reference: the day up to which documents were read; what is planned beyond it lies ahead.
        gaps: what was not covered, a sentence each.
        per_section: the most lines of a section.
    """
    told = sorted(conversations, key=_id)
    chosen = [(heading, means, found) for heading, means, found in _chosen(told, reference) if found]
    quoted = {one.id: one for _, _, found in chosen for one in found[:per_section]}
    claims, documents = load(list(quoted.values()))
    seen: set[str] = set()
    sections = []
    for heading, means, found in chosen:
        lines = tuple(_line(one, heading, claims, documents, seen) for one in found[:per_section])
        sections.append(Section(heading=heading, means=means, lines=lines, total=len(found)))
    threads = pairs.threads(told)
    return Brief(
        title=f"Brief: {asked}",
        summary=_summary(told),
        sections=tuple(sections),
        threads=threads[:per_section],
        threads_total=len(threads),
        gaps=tuple(gaps),
    )


def _chosen(told: Sequence[Conversation], reference: date | None) -> Iterator[tuple[str, str, list[Conversation]]]:
    """Yield heading, meaning and conversations of every section, the most telling first."""
    held = [one for one in told if one.status in HELD and one.independent > 1]
    yield "Best attested", "took place, by most independent origins", sorted(held, key=_attested)
    private = [one for one in told if one.privacy in PRIVATE and one.status in HELD and _identified(one)]
    yield "Most private", "took place, not acknowledged at the time or kept secret", sorted(private, key=_secrecy)
    disputed = [one for one in told if one.disputed or one.denials]
    yield "Disputed and denied", "tellers exclude each other, or somebody denies it", sorted(disputed, key=_attested)
    ahead = [one for one in told if one.status in AHEAD]
    coming = [one for one in ahead if _is_coming(one, reference)]
    known = f"after {phrases.day(reference.isoformat())}" if reference is not None else "to come"
    yield "Planned ahead", f"announced or proposed for days {known}", sorted(coming, key=_soonest)
    forgotten = [one for one in ahead if not _is_coming(one, reference) and _identified(one)]
    yield (
        "Announced, then silence",
        "planned or proposed; no document tells that it took place",
        sorted(forgotten, key=_newest),
    )
    off = [one for one in told if one.status in _OFF]
    yield "Called off and refused", "broken off, cancelled or declined", sorted(off, key=_newest)
    channels = [one for one in told if one.channel in _GO_BETWEEN and one.status in HELD and _identified(one)]
    yield (
        "Go-betweens and back channels",
        "by a third party, an envoy or a second track",
        sorted(channels, key=_attested),
    )


def _line(
    one: Conversation,
    heading: str,
    claims: Mapping[str, Claim],
    documents: Mapping[str, Document],
    seen: set[str],
) -> Line:
    quotation = None if one.id in seen else _quotation(one, heading, claims, documents)
    seen.add(one.id)
    return Line(
        id=one.id,
        when=phrases.interval(one.when) if one.when is not None else f"reported {phrases.day(one.first_reported)}",
        text=f"{phrases.parties(one)}: {_what(one)}",
        standing=phrases.standing(one),
        witnesses=phrases.count(one.independent, "independent origin"),
        quotation=quotation,
    )


def _what(one: Conversation) -> str:
    about = f" on {phrases.listed(one.issues[:3])}" if one.issues else ""
    return phrases.what(one) + about


def _quotation(
    one: Conversation, heading: str, claims: Mapping[str, Claim], documents: Mapping[str, Document]
) -> Quotation | None:
    """Give the sentence that shows best what the section says of the conversation."""
    told = [claims[claim] for claim in one.claims if claim in claims and claims[claim].sentence is not None]
    if not told:
        return None
    best = min(told, key=lambda claim: _fitness(claim, one, heading))
    text = best.sentence.text if best.sentence is not None else ""
    document = documents.get(best.document)
    published = document.published if document is not None else None
    return Quotation(
        text=_shortened(" ".join(text.split()), best),
        outlet=outlet_of(best, document),
        published=None if published is None else published.isoformat(),
        claim=best.id,
    )


def _fitness(claim: Claim, one: Conversation, heading: str) -> tuple[bool, bool, int, bool, float, str]:
    """Order claims: first one that tells what the section is about, names its parties and agrees with the whole."""
    denies = heading == "Disputed and denied" and len(one.denials) > 0
    tells = claim.status == ("denied" if denies else one.status)
    private = heading != "Most private" or claim.privacy == one.privacy
    dated = claim.when is not None and claim.when == one.when
    return not tells, not private, -_named(claim, one), not dated, -claim.score, claim.id


def _named(claim: Claim, one: Conversation) -> int:
    """Give how many parties of the conversation the sentence itself names, not as "he" or "both sides"."""
    names = [e for e in claim.evidence.get("parties", ()) if e.by.startswith("dictionary")]
    wanted = {party.actor for party in one.parties} - {UNKNOWN}
    return sum(
        party.actor in wanted
        and party.start is not None
        and party.end is not None
        and any(party.start <= name.start and name.end <= party.end for name in names)
        for party in claim.parties
    )


def _shortened(text: str, claim: Claim) -> str:
    """Give at most ``_QUOTED`` characters around the trigger, cut at words and marked."""
    if len(text) <= _QUOTED or claim.sentence is None or claim.trigger is None:
        return text
    middle = claim.trigger.start - claim.sentence.start
    start = min(max(0, middle - _QUOTED // 2), len(text) - _QUOTED)
    cut = text[start : start + _QUOTED]
    cut = cut if start == 0 else "… " + cut.partition(" ")[2]
    return cut if start + _QUOTED >= len(text) else cut.rpartition(" ")[0] + " …"


def _summary(told: Sequence[Conversation]) -> str:
    counted = pairs.tally(told)
    share = "" if counted.private_share is None else f", {counted.private_share:.0%} of them private"
    witnessed = sum(one.independent > 1 for one in told)
    return (
        f"{phrases.count(counted.conversations, 'conversation')}{share}; {witnessed:,} told by more than one "
        f"independent origin, {len(counted.disputes):,} disputed."
    )


def _identified(one: Conversation) -> bool:
    return sum(party.actor != UNKNOWN for party in one.parties) > 1


def _is_coming(one: Conversation, reference: date | None) -> bool:
    if reference is None:
        return one.when is not None
    if one.when is not None:
        return span(one.when)[1] > reference
    reported = one.first_reported
    return reported is not None and date.fromisoformat(reported) > reference - timedelta(days=_FRESH_DAYS)


def _day(one: Conversation) -> date:
    if one.when is not None:
        return span(one.when)[1]
    return date.fromisoformat(one.first_reported) if one.first_reported is not None else date.min


def _attested(one: Conversation) -> tuple[int, int, int, str]:
    return -one.independent, -one.documents, -_day(one).toordinal(), one.id


def _secrecy(one: Conversation) -> tuple[bool, int, int, int, str]:
    return one.privacy != "secret", *_attested(one)


def _soonest(one: Conversation) -> tuple[int, str]:
    return _day(one).toordinal(), one.id


def _newest(one: Conversation) -> tuple[int, str]:
    return -_day(one).toordinal(), one.id


def _id(one: Conversation) -> str:
    return one.id
