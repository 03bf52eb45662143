"""Read one document: its text goes through the rooms in order and comes out as claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from backchannel import acts, importers
from backchannel import claims as claim_room
from backchannel.actors import ActorTable, build, find, profile, roster, shipped
from backchannel.aspects import Aspect, Context
from backchannel.contacts import Contact, points_back
from backchannel.contacts import find as find_contacts
from backchannel.language import Parser, Sentence, segment
from backchannel.pipeline import annotating
from backchannel.records import Claim, Document
from backchannel.sources import heads
from backchannel.triage import Gate, gate, gate_of_acts
from backchannel.vocabulary import UserCues, user_cues

_LONGEST = 300
"""Characters of a sentence that is parsed for an act alone: longer ones cost much and list more than they tell."""


@dataclass(slots=True, kw_only=True)
class Kit:
    """What is loaded once a process: the parser, the dictionary and the user's own words."""

    parser: Parser
    actors: ActorTable
    triage: Gate
    triage_acts: Gate
    cues: UserCues = field(default_factory=UserCues)


def load(*, actors: Sequence[Mapping[str, Any]] = (), cues: Sequence[Mapping[str, Any]] = ()) -> Kit:
    """Give the kit, with the user's own actor rows and cue rows added.

    Raises:
        ModelError: the parser is missing or not the pinned one.
        VocabularyError: a row is faulty.
    """
    table = build(user=actors) if actors else shipped()
    own = user_cues(cues)
    words = gate(tuple(cue for cue, _ in own.contact))
    return Kit(parser=Parser(), actors=table, triage=words, triage_acts=gate_of_acts(), cues=own)


def read(document: Document, kit: Kit) -> tuple[Claim, ...]:
    """Give the claims of one document: pure, without a store, safe to repeat.

    The head of a record gives its claim by markup, and is not read as sentences. A document in another language than
    English gives none; ``sources`` has marked it and coverage counts it as not coded.
    """
    if document.language not in (None, "en"):
        return ()
    document = heads.filled(document)
    given = importers.claims(document, kit.actors)
    return given if importers.is_table(document) else (*given, *_read(document, kit))


def _read(document: Document, kit: Kit) -> tuple[Claim, ...]:
    """Give the claims of the sentences of a document."""
    kind = profile(document)
    cut = segment(document.text, is_digest=kind.kind == "digest", is_transcript=kind.is_transcript)
    laid = annotating.laid(cut.sentences, document)
    head = importers.head_of(document)
    body = [s for s in laid.body if not any(s.start < end and start < s.end for start, end in head)]
    passing = [s for s in body if kit.triage.passes(s.plain)]
    noted = [s for s in laid.noted if kit.triage.passes(s.plain) or s.index in laid.denials]
    if not passing and not noted and not any(kit.triage_acts.passes(s.plain) for s in body):
        return ()
    on = document.published
    title_actors = [m.actor for m in find(document.title or "", kit.actors, on=on) if m.actor]
    mentions = find(document.text, kit.actors, on=on, context=[*title_actors, *([kind.home] if kind.home else [])])
    room = roster.build(document, kind, laid.sentences, mentions, kit.actors, on=on)
    room.cues = kit.cues
    by_index: dict[int, Sentence] = {s.index: s for s in laid.sentences}
    told = frozenset(s.index for s in passing)
    wanted = [s for s in body if s.index in told or _may_tell_an_act(s, room, kit)]
    found = tuple(_claims(document, kit, kit.parser.parse(wanted), room, by_index, told))
    if not noted:
        return found
    return annotating.claims(laid, kit.parser.parse(noted), found, document, room, kit.actors)


def _may_tell_an_act(sentence: Sentence, room: roster.Roster, kit: Kit) -> bool:
    """Whether a sentence without a contact word is worth parsing: not long, two actors are named, a word of acts is there."""
    if len(sentence.text) > _LONGEST:
        return False
    named = {mention.actor for mention in room.mentions[sentence.index] if mention.actor}
    return len(named) > 1 and kit.triage_acts.passes(sentence.plain)


def _claims(
    document: Document,
    kit: Kit,
    parsed: Iterator[Sentence],
    room: roster.Roster,
    by_index: Mapping[int, Sentence],
    told: frozenset[int],
) -> Iterator[Claim]:
    """Yield the claims of each sentence, contacts before acts; ``told`` are the sentences that may tell a contact."""
    last: tuple[int, dict[str, Aspect]] | None = None

    def context(contact: Contact, before: dict[str, Aspect] | None = None) -> Context:
        index = contact.sentence.index
        return Context(
            contact=contact,
            document=document,
            roster=room,
            previous=by_index.get(index - 1),
            following=by_index.get(index + 1),
            on=document.published,
            table=kit.actors,
            before=before,
        )

    for sentence in parsed:
        ordinals: Counter[int] = Counter()
        contacts = find_contacts(sentence, room) if sentence.index in told else []
        for contact in contacts:
            apart = sentence.index - last[0] if last is not None else None
            goes_on = apart == 1 and points_back(contact, apart)
            one = context(contact, last[1] if last is not None and goes_on else None)
            yield claim_room.assemble(one, kit.actors, ordinal=ordinals[contact.word.start])
            ordinals[contact.word.start] += 1
            last = (sentence.index, one.read)
        for act in acts.find(sentence, room, contacts):
            yield claim_room.assemble_act(context(act.told), act, kit.actors)
