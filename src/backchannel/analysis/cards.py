"""Lay a conversation out as a card: every value in words, then every report with the words that each value rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from backchannel.analysis import phrases
from backchannel.analysis.citations import cite
from backchannel.analysis.marks import Basis, Mark, marked
from backchannel.families import outlet_key, passage_at
from backchannel.importers.markup import BY as MARKUP
from backchannel.records import UNKNOWN, Claim, Conversation, ConversationParty, Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of a card: what it is about, the value, and what qualifies it."""

    label: str
    value: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCard:
    """One claim as a reader sees it; ``sentence`` is ``None`` for an import, whose ``row`` is told instead.

    ``rests_on`` is the claim that it only repeats; ``state`` is that of its document, ``citation`` a ready one of it.
    """

    claim: str
    outlet: str | None
    published: str | None
    title: str | None
    url: str | None
    document: str
    sentence: str | None
    row: str | None
    told: str
    score: float
    defaulted: tuple[str, ...]
    marks: tuple[Mark, ...]
    bases: tuple[Basis, ...]
    rests_on: str | None = None
    state: str = "current"
    citation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A conversation with all its reports, the earliest first; ``reasons`` are those of joining them."""

    id: str
    headline: str
    facts: tuple[Fact, ...]
    reasons: tuple[str, ...]
    reports: tuple[ReportCard, ...]


def card(conversation: Conversation, claims: Mapping[str, Claim], documents: Mapping[str, Document]) -> Card:
    """Give the card of a conversation.

    Args:
        conversation: what to show.
        claims: at least its claims, by id.
        documents: at least those that its claims were read in, by id.
    """
    known = [claims[one] for one in conversation.claims if one in claims]
    reports = [report_card(one, documents.get(one.document), conversation.rests_on.get(one.id)) for one in known]
    return Card(
        id=conversation.id,
        headline=f"{phrases.parties(conversation, persons=False)}: {phrases.what(conversation)}, "
        f"{phrases.interval(conversation.when)}",
        facts=tuple(_facts(conversation, known, documents)),
        reasons=tuple(f"{reason.weight:+.1f}  {reason.detail}" for reason in conversation.reasons),
        reports=tuple(sorted(reports, key=_by_date)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """Words that tell a conversation, with a citation of where they stand."""

    claim: str
    quotation: str | None
    citation: str | None


def cited(conversation: Conversation, claims: Mapping[str, Claim], documents: Mapping[str, Document]) -> list[Cited]:
    """Give each claim of a conversation with its quotation and citation, the earliest first, of a record its head first.

    The head of a record is quoted with those whom it lists.
    """
    found = []
    for claim in (claims[one] for one in conversation.claims if one in claims):
        document = documents.get(claim.document)
        citation = cite(document, claim) if document is not None else None
        day = document.published.isoformat() if document is not None and document.published is not None else "9999"
        found.append(
            (
                (day, claim.document, claim.by != MARKUP),
                Cited(claim=claim.id, quotation=_quotation(claim), citation=citation),
            )
        )
    return [one for _, one in sorted(found, key=lambda pair: (*pair[0], pair[1].claim))]


def _quotation(claim: Claim) -> str | None:
    if claim.sentence is None:
        return _row(claim)
    listed = [str(row["text"]) for row in claim.extensions.get("participants", ()) if row.get("text") is not None]
    return " ".join("; ".join([claim.sentence.text, *listed]).split())


def outlet_of(claim: Claim, document: Document | None) -> str | None:
    """Give who published a claim's words: the passage's source in a digest, else the document's."""
    if document is None:
        return None
    return passage_at(document, claim.sentence.start if claim.sentence is not None else None)[1] or document.source


def outlets(claims: Iterable[Claim], documents: Mapping[str, Document]) -> dict[str, str]:
    """Give outlets as they write themselves, by their key."""
    found = (outlet_of(claim, documents.get(claim.document)) for claim in claims)
    return {outlet_key(name): name for name in sorted({name for name in found if name is not None})}


def _facts(c: Conversation, claims: Sequence[Claim], documents: Mapping[str, Document]) -> Iterator[Fact]:
    for number, party in enumerate(sorted(c.parties, key=_go_between)):
        yield Fact(label="" if number else "who", value=phrases.party(party), note=_about(party, claims, c.independent))
    yield Fact(label="what", value=phrases.FORMS[c.form] if c.form is not None else "unknown", note=_issues(c, claims))
    yield Fact(label="when", value=phrases.interval(c.when), note=_rivals(c, "when"))
    yield Fact(label="where", value=phrases.place(c) or "not told", note=_country(c))
    privacy = "unknown" if c.privacy is None else f"{c.privacy}: {phrases.PRIVACIES[c.privacy]}"
    yield Fact(label="how privately", value=privacy, note=_rivals(c, "privacy"))
    if len(c.privacy_history) > 1:
        yield Fact(label="", value=" → ".join(f"{step.privacy} ({phrases.day(step.on)})" for step in c.privacy_history))
    yield Fact(label="how it came out", value=phrases.REVEALED.get(c.revealed_by or "", "unknown"), note=_first(c))
    if c.attestation is not None:
        yield Fact(label="attested", value=phrases.ATTESTATIONS[c.attestation])
    if c.unknown_to:
        yield Fact(label="kept from", value=", ".join(phrases.kept_from(one) for one in c.unknown_to))
    yield Fact(label="channel", value="unknown" if c.channel is None else phrases.CHANNELS[c.channel])
    yield Fact(
        label="status", value="unknown" if c.status is None else phrases.STATUSES[c.status], note=_rivals(c, "status")
    )
    if len(c.status_history) > 1:
        steps = (f"{phrases.STATUSES[step.status]} (told {phrases.day(step.on)})" for step in c.status_history)
        yield Fact(label="", value=" → ".join(steps))
    names = {party.actor: party.name for party in c.parties if party.name is not None}
    for number, origin in enumerate(c.origins):
        label = "" if number else "on whose word"
        told = phrases.origin(origin, names, outlets(claims, documents))
        yield Fact(label=label, value=told, note=phrases.count(len(origin.claims), "sentence"))
    yield Fact(label="", value=phrases.witnesses(c))
    if c.disputed:
        rivals = "; ".join(f"{field}: {', '.join(values)}" for field, values in sorted(c.alternatives.items()))
        yield Fact(label="disputed", value=rivals or "yes", note=_denials(c))
    elif c.denials:
        yield Fact(label="denied by", value=phrases.count(len(c.denials), "sentence"), note=", ".join(c.denials))
    yield Fact(label="confidence", value=f"{c.score:.2f}", note=_letters(c))
    for reason in c.confidence:
        yield Fact(label="", value=f"{reason.weight:+.1f}  {reason.detail}")
    for number, one in enumerate(c.flags):
        yield Fact(label="" if number else "beware", value=phrases.flag(one))


def _letters(c: Conversation) -> str | None:
    return None if c.admiralty is None else phrases.admiralty(c.admiralty)


def _about(party: ConversationParty, claims: Sequence[Claim], independent: int) -> str:
    """Give role, sector and how many origins name the party."""
    told = [p for claim in claims for p in claim.parties if p.actor == party.actor]
    sectors = sorted({p.sector for p in told if p.sector is not None})
    parts = [party.actor] if party.actor != UNKNOWN else []
    parts += [] if party.role == "participant" else [party.role]
    parts += ["/".join(sectors)] if sectors else []
    if party.origins < independent:
        parts.append(f"named by {party.origins} of {phrases.count(independent, 'origin')}")
    return ", ".join(parts)


def _issues(c: Conversation, claims: Sequence[Claim]) -> str:
    finer = sorted({str(one) for claim in claims for one in claim.extensions.get("issues", ())})
    below = f" ({phrases.listed(finer)})" if finer else ""
    return f"on {phrases.listed(c.issues)}{below}" if c.issues else "no issue told"


def _country(c: Conversation) -> str | None:
    parts = [c.where.country] if c.where is not None and c.where.country is not None else []
    rivals = _rivals(c, "where")
    return "; ".join([*parts, *([rivals] if rivals is not None else [])]) or None


def _rivals(c: Conversation, field: str) -> str | None:
    rivals = c.alternatives.get(field, ())
    return f"others say: {', '.join(rivals)}" if rivals else None


def _first(c: Conversation) -> str:
    lag = "" if c.lag_days is None else f", {phrases.days_between(c.lag_days)}"
    return f"first report {phrases.day(c.first_reported)}{lag}"


def _denials(c: Conversation) -> str | None:
    return f"denied in {', '.join(c.denials)}" if c.denials else None


def report_card(claim: Claim, document: Document | None, rests_on: str | None = None) -> ReportCard:
    """Give one claim as a reader sees it: its sentence with the words marked on which its values rest."""
    sentence = None if claim.sentence is None else claim.sentence.text
    marks, bases = marked(claim)
    published = document.published if document is not None else None
    speaker = claim.voice.speaker
    told = phrases.SOURCES[claim.voice.source_class] + (f": {speaker.text}" if speaker is not None else "")
    return ReportCard(
        claim=claim.id,
        outlet=outlet_of(claim, document),
        published=None if published is None else published.isoformat(),
        title=None if document is None else document.title,
        url=None if document is None else document.url,
        document=claim.document,
        sentence=sentence,
        row=_row(claim),
        told="; ".join([told, *([f"terms: {claim.voice.terms}"] if claim.voice.terms is not None else [])]),
        score=claim.score,
        defaulted=claim.defaulted,
        marks=marks,
        bases=bases,
        rests_on=rests_on,
        state=document.state if document is not None else "current",
        citation=cite(document, claim) if document is not None else None,
    )


def _go_between(party: ConversationParty) -> tuple[bool, bool]:
    return party.role == "mediator", party.actor == UNKNOWN


def _by_date(report: ReportCard) -> tuple[str, str]:
    return report.published or "9999", report.claim


def _row(claim: Claim) -> str | None:
    """Give the row of a table that a claim rests on: its reference and, where the table is kept, what it says."""
    if claim.row is None:
        return None
    told = next((one.text for items in claim.evidence.values() for one in items if one.by == claim.by), None)
    return claim.row if told is None else f"{claim.row}: {' '.join(told.split())}"
