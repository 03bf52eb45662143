"""Put what was told of each conversation in the order in which it became known, so that no day knows what came later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, groupby

from backchannel.alerts.record import Backing, history
from backchannel.analysis.cards import outlet_of
from backchannel.analysis.citations import cite
from backchannel.conversations.reports import span
from backchannel.records import UNKNOWN, Claim, Conversation, Document
from backchannel.sources import record

_PLENARY = 4
"""Parties above which a conversation is no channel of any two of them."""
_SHOWN = 3
_SURE = 0.5
_CLOSING = " ”\"’'\n"
_POINTS = "roster:"
RECENT = 45
"""Days after a contact within which a report is news of it."""
REVEALED = 730
"""The same for what was kept from the public and comes out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One claim, the day it could be known, and its teller; ``is_new`` is false where it repeats another claim."""

    claim: Claim
    document: Document
    on: date
    origin: str
    is_new: bool

    @property
    def source(self) -> str | None:
        """Who published it."""
        return outlet_of(self.claim, self.document)

    @property
    def is_plain(self) -> bool:
        """Whether it says it in so many words: no question, no guess of the reader."""
        sentence = self.claim.sentence
        return self.claim.score >= _SURE and (sentence is None or not sentence.text.rstrip(_CLOSING).endswith("?"))

    @property
    def is_definite(self) -> bool:
        """Whether it tells of one contact: of a form or a day."""
        return self.claim.form not in (None, "contact") or self.claim.when is not None

    def named(self) -> frozenset[str]:
        """The parties that its own words name, not such as "they" or "the two" that point back."""
        back = {(one.start, one.end) for one in self.claim.evidence.get("parties", ()) if one.by.startswith(_POINTS)}
        kept = (one for one in self.claim.parties if one.text is not None and (one.start, one.end) not in back)
        return frozenset(one.actor for one in kept) - {UNKNOWN}

    def actors(self) -> frozenset[str]:
        """The parties that it identifies."""
        return frozenset(party.actor for party in self.claim.parties) - {UNKNOWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """A conversation with all that was told of it, in the order of the days on which it became known."""

    conversation: Conversation
    told: tuple[Told, ...]

    def days(self) -> Iterator[tuple[date, tuple[Told, ...], tuple[Told, ...]]]:
        """Yield each day with what had been told before it and what came on it."""
        before: tuple[Told, ...] = ()
        for on, group in groupby(self.told, key=_day):
            fresh = tuple(group)
            yield on, before, fresh
            before += fresh

    def pairs(self, known: Sequence[Told]) -> list[tuple[str, str]]:
        """Give each two parties that what is known names, the lower id first; none of a plenary."""
        actors = sorted(set().union(*(one.actors() for one in known)))
        return list(combinations(actors, 2)) if len(actors) <= _PLENARY else []

    def names(self, actors: Iterable[str]) -> tuple[str, ...]:
        """Give the names of actors."""
        named = {party.actor: party.name or party.actor for party in self.conversation.parties}
        return tuple(named.get(actor, actor) for actor in actors)


def lives(
    conversations: Iterable[Conversation],
    claims: Mapping[str, Claim],
    documents: Mapping[str, Document],
    *,
    until: date | None = None,
) -> list[Life]:
    """Give the life of each conversation, by the day on which it became known; those of which no day is known are left out.

    Imported tables tell no news, and withdrawn documents nothing at all.

    Args:
        conversations: merged ones.
        claims: at least theirs, by id.
        documents: at least those that the claims were read in, by id.
        until: leave out what became known after this day.
    """
    found = []
    for one in conversations:
        tellers = {claim: origin.origin for origin in one.origins if origin.kind != "import" for claim in origin.claims}
        told = [
            Told(claim=claims[id], document=document, on=on, origin=tellers[id], is_new=id not in one.rests_on)
            for id in one.claims
            if id in tellers and id in claims and (document := documents.get(claims[id].document)) is not None
            if (on := known_on(document)) is not None and (until is None or on <= until)
        ]
        if told:
            found.append(Life(conversation=one, told=tuple(sorted(told, key=_order))))
    return sorted(found, key=_first)


def met(claims: Iterable[Claim]) -> dict[tuple[str, str], date]:
    """Give the earliest day by which rows of tables have two parties together, by the ids of the two in order."""
    found: dict[tuple[str, str], date] = {}
    for one in claims:
        if one.row is not None and one.when is not None:
            day = span(one.when)[1]
            for pair in combinations(sorted({party.actor for party in one.parties} - {UNKNOWN}), 2):
                found[pair] = min(day, found.get(pair, day))
    return found


def known_on(document: Document) -> date | None:
    """Give the day on which the public could read a document that still stands; ``None`` where that is unknown."""
    return None if document.state == "retracted" else record.public_on(document)


def independent(known: Iterable[Told]) -> int:
    """Give the number of independent tellers among what is known."""
    return len({one.origin for one in known})


def age(told: Told) -> int | None:
    """Give the days from the last day of a contact to the day it became known; ``None`` where it bears no date."""
    return None if told.claim.when is None else (told.on - span(told.claim.when)[1]).days


def is_news(told: Told, *, within: int = RECENT) -> bool:
    """Tell whether a report came within so many days of the contact, or has no date and no words of long ago."""
    days = age(told)
    return days <= within if days is not None else not _is_history(told)


def _is_history(told: Told) -> bool:
    sentence = told.claim.sentence
    text = sentence.text if sentence is not None else None
    return text is not None and any(one.search(text) for one in history())


def backing(told: Iterable[Told]) -> tuple[Backing, ...]:
    """Give the sentences of claims as evidence, at most three in their order, those that repeat no other first."""
    ranked = sorted(told, key=_repeats)[:_SHOWN]
    return tuple(
        Backing(
            claim=one.claim.id,
            document=one.document.id,
            quotation=None if one.claim.sentence is None else one.claim.sentence.text,
            citation=cite(one.document, one.claim),
            on=one.on.isoformat(),
        )
        for one in ranked
    )


def _day(told: Told) -> date:
    return told.on


def _order(told: Told) -> tuple[date, bool, str]:
    return told.on, not told.is_new, told.claim.id


def _first(life: Life) -> tuple[date, str]:
    return life.told[0].on, life.conversation.id


def _repeats(told: Told) -> bool:
    return not told.is_new
