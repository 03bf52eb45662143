"""Find whose accounts of a conversation there are, and cut each document to the part about this one contact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from backchannel.actors import ActorTable, Profile, find, profile
from backchannel.analysis import readouts_words as words
from backchannel.analysis.readouts_points import Point, is_boilerplate, points
from backchannel.families import passage_at
from backchannel.language import Sentence, segment
from backchannel.records import UNKNOWN, Claim, Conversation, Document

_HAPPENED = frozenset({"occurred", "ongoing", "denied", "refused", "cancelled"})
_AHEAD = frozenset({"planned", "proposed", "hypothetical", "postponed"})
_KINDS = ("readout", "announcement", "joint", "official", "record", "background_call", "transcript")
"""Kinds of text in the order in which a teller's fullest account is looked for."""
_WHOLE = frozenset({"readout", "announcement", "joint", "official", "record"})
_LONG = 12_000
"""Characters above which an official page tells more than one contact, and only what is near the claim counts."""
_OPENING = 16
"""Words within which a sentence that begins the account of another contact names it."""
_CARRIED = 12
"""Sentences that a contact told in passing is followed for, at most."""
_LABELLED = 0.3
"""Share of sentences with a speaker's label from which on a text is a transcript, whatever it is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one teller says of the contact in one document; ``also`` are its other documents about it.

    ``teller`` is the key of its origin (``official:USA``), ``kind`` that of the text; ``is_about`` is false where the
    document is about something else and tells the contact in passing.
    """

    teller: str
    kind: str
    document: Document
    claims: tuple[Claim, ...]
    points: tuple[Point, ...]
    also: tuple[str, ...] = ()
    is_about: bool = True


def accounts(
    conversation: Conversation,
    claims: Iterable[Claim],
    documents: Mapping[str, Document],
    actors: ActorTable,
) -> tuple[Account, ...]:
    """Give one account for each teller: the parties' own first, then other officials, records and the press.

    Args:
        conversation: the contact.
        claims: all contacts told in its documents, those of other conversations too.
        documents: those that its claims were read in, by id.
        actors: the dictionary.
    """
    told = list(claims)
    mine = frozenset(conversation.claims)
    parties = tuple(one.actor for one in conversation.parties if one.actor != UNKNOWN)
    groups: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    origins = {claim: one.origin for one in conversation.origins for claim in one.claims}
    for claim in told:
        document = documents.get(claim.document)
        if (
            claim.id in mine
            and claim.sentence is not None
            and document is not None
            and _counts(claim, conversation, document)
        ):
            leaf = passage_at(document, claim.sentence.start)[0]
            groups[teller(document, origins.get(claim.id, claim.document)), leaf].append(claim)
    by_teller: dict[str, list[Account]] = defaultdict(list)
    for (who, _), found in groups.items():
        own = sorted(found, key=_position)
        document = documents[own[0].document]
        rivals = [one for one in told if one.document == document.id and one.id not in mine]
        made = _account(who, document, own, rivals, actors, parties)
        if made.points:
            by_teller[who].append(made)
    chosen = [_fullest(each) for each in by_teller.values()]
    return tuple(sorted(chosen, key=lambda one: _rank(one, parties)))


def teller(document: Document, origin: str) -> str:
    """Give whose account a claim stands in: the state or body whose own page it is, else who tells the claim."""
    told = profile(document)
    return (
        f"official:{told.home}"
        if told.home is not None and told.kind in ("readout", "announcement", "official")
        else origin
    )


def _counts(claim: Claim, conversation: Conversation, document: Document) -> bool:
    """True for a claim that tells what took place; what was announced before it is no account of it."""
    if conversation.status in _AHEAD or conversation.status is None:
        return True
    if claim.status in _AHEAD:
        return False
    begun = conversation.when
    if document.published is None or begun is None or begun.precision != "day":
        return True
    return document.published >= date.fromisoformat(begun.start) - timedelta(days=1) or claim.status in _HAPPENED


def _account(
    who: str,
    document: Document,
    own: Sequence[Claim],
    rivals: Sequence[Claim],
    actors: ActorTable,
    parties: tuple[str, ...],
) -> Account:
    is_about, told = sentences(document, own, rivals, actors, parties)
    found = points(document, told, actors, parties)
    kind = profile(document).kind
    return Account(teller=who, kind=kind, document=document, claims=tuple(own), points=found, is_about=is_about)


def sentences(
    document: Document, own: Sequence[Claim], rivals: Sequence[Claim], actors: ActorTable, parties: Sequence[str]
) -> tuple[bool, tuple[Sentence, ...]]:
    """Give whether a document is about one contact, and the sentences that belong to its account of it.

    A page about the contact does so whole, save from where it turns to another; of any other text only the sentence
    that tells it and those that carry on from there.

    Args:
        document: in which it is told.
        own: claims of the contact.
        rivals: claims of other contacts in the document.
        actors: the dictionary.
        parties: of the contact.
    """
    kind = profile(document)
    cut = segment(document.text, is_digest=kind.kind == "digest", is_transcript=kind.is_transcript).sentences
    leaf = passage_at(document, own[0].sentence.start if own[0].sentence is not None else None)[0]
    cut = tuple(one for one in cut if passage_at(document, one.start)[0] == leaf)
    mine = frozenset(one.start for one in cut if any(_stands_in(claim, one) for claim in own))
    others = frozenset(
        one.start for one in cut if one.start not in mine and _opens(one, rivals, own, document.published)
    )
    labels = {_label(one) for one in cut if one.start in mine}
    if _is_about(document, kind, cut, actors, parties):
        told = _sections(cut, mine, others)
        return True, tuple(one for one in told if not _is_transcript(kind, cut) or _label(one) in labels)
    rivalled = frozenset(one.start for one in cut if any(_stands_in(rival, one) for rival in rivals))
    return False, tuple(_passing(cut, mine, rivalled))


def _sections(cut: Sequence[Sentence], mine: frozenset[int], others: frozenset[int]) -> Iterator[Sentence]:
    """Yield all sentences but those after the opening of another contact's account, up to the next of this one."""
    first = min(mine, default=0)
    is_mine = not any(start < first for start in others)
    for one in cut:
        is_mine = True if one.start in mine else False if one.start in others else is_mine
        if is_mine and not _asks(one):
            yield one


def _passing(cut: Sequence[Sentence], mine: frozenset[int], others: frozenset[int]) -> Iterator[Sentence]:
    """Yield the sentences that tell the contact in passing, with those that carry on from them in the same turn."""
    left, before = 0, None
    for one in cut:
        if one.start in mine:
            left = _CARRIED
        elif before is None or one.start in others or not _carries_on(one, before):
            left = 0
        if left and not _asks(one):
            yield one
            left -= 1
        before = one


def _carries_on(one: Sentence, before: Sentence) -> bool:
    same_turn = (one.speaker.text if one.speaker is not None else None) == (
        before.speaker.text if before.speaker is not None else None
    )
    return same_turn and words.words("carries_on").match(one.plain.lstrip()) is not None


def _asks(one: Sentence) -> bool:
    """True in the turn of a reporter or of who leads a call."""
    return (
        one.speaker is not None and one.speaker.text.upper() in {"Q", "QUESTION", "MODERATOR", "OPERATOR"}
    ) or is_boilerplate(one.plain)


def _opens(sentence: Sentence, rivals: Sequence[Claim], own: Sequence[Claim], published: date | None) -> bool:
    """True where a sentence begins the account of another contact: of other parties, of these days, named early, no speech."""
    parties = {actor for claim in own for actor in _known(claim)}
    for claim in rivals:
        if claim.status not in _HAPPENED or claim.trigger is None or not _stands_in(claim, sentence):
            continue
        if len(_known(claim)) < 2 or _known(claim) <= parties or not _is_of_these_days(claim, own, published):
            continue
        before = sentence.text[: max(0, claim.trigger.start - sentence.start)]
        is_said = any(one.pattern.search(before) is not None for one in words.sayings())
        if len(before.split()) <= _OPENING and not is_said:
            return True
    return False


def _is_of_these_days(claim: Claim, own: Sequence[Claim], published: date | None) -> bool:
    """True where a contact is told for about the day of this one, or of the text; without a day it is one of its points."""
    if claim.when is None or claim.when.precision != "day":
        return False
    days = [one.when.start for one in own if one.when is not None and one.when.precision == "day"]
    days += [published.isoformat()] if published is not None else []
    told = date.fromisoformat(claim.when.start)
    return any(abs((told - date.fromisoformat(day)).days) <= 1 for day in days)


def _position(claim: Claim) -> tuple[int, str]:
    return (-1 if claim.sentence is None else claim.sentence.start), claim.id


def _known(claim: Claim) -> set[str]:
    return {party.actor for party in claim.parties if party.actor != UNKNOWN}


def _stands_in(claim: Claim, sentence: Sentence) -> bool:
    return claim.sentence is not None and sentence.start < claim.sentence.end and claim.sentence.start < sentence.end


def _is_about(
    document: Document, kind: Profile, cut: Sequence[Sentence], actors: ActorTable, parties: Sequence[str]
) -> bool:
    """True for a record, and for an official page or talk with the press whose title names the contact's other parties.

    An official page whose title names nobody else is about the contact that it tells, unless it is long.
    """
    if kind.kind == "record":
        return True
    title = document.title or ""
    mentions = find(title, actors, on=document.published, context=parties)
    named = {one.actor for one in mentions if one.actor not in (None, kind.home)}
    others = {one for one in parties if one != kind.home}
    is_named = bool(others) and others <= named
    if _is_transcript(kind, cut):
        return is_named and words.words("contacts_in_titles").search(title) is not None
    return kind.kind in _WHOLE and (is_named or (not named and len(document.text) <= _LONG))


def _is_transcript(kind: Profile, cut: Sequence[Sentence]) -> bool:
    return kind.is_transcript or sum(one.speaker is not None for one in cut) > _LABELLED * len(cut)


def _label(one: Sentence) -> str | None:
    return None if one.speaker is None else one.speaker.text.upper()


def _fullest(found: Sequence[Account]) -> Account:
    """Give the account of a teller that is nearest to a readout of this contact and says most, with the others' documents."""
    best = min(found, key=lambda one: (not one.is_about, _place(one.kind), -len(one.points), one.document.id))
    also = sorted({one.document.id for one in found} - {best.document.id})
    return replace(best, also=tuple(also))


def _place(kind: str) -> int:
    return _KINDS.index(kind) if kind in _KINDS else len(_KINDS)


def _rank(account: Account, parties: Sequence[str]) -> tuple[int, int, str]:
    kind, _, who = account.teller.partition(":")
    order = ("official", "person", "document", "outlet", "unnamed")
    if kind == "official" and who in parties:
        return 0, parties.index(who), who
    return 1, order.index(kind) if kind in order else len(order), who
