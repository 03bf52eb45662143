"""Read one document: its text goes through the rooms in order and comes out as claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from backchannel import claims as claim_room
from backchannel import triage
from backchannel.actors import ActorTable, build, find, profile, roster, shipped
from backchannel.aspects import Aspect, Context
from backchannel.contacts import find as find_contacts
from backchannel.contacts import points_back
from backchannel.language import Parser, Sentence, segment
from backchannel.records import Claim, Document
from backchannel.vocabulary import UserCues, user_cues


@dataclass(slots=True, kw_only=True)
class Kit:
    """What is loaded once a process: the parser, the dictionary and the user's own words."""

    parser: Parser
    actors: ActorTable
    triage: triage.Gate
    cues: UserCues = field(default_factory=UserCues)


def load(*, actors: Sequence[Mapping[str, Any]] = (), cues: Sequence[Mapping[str, Any]] = ()) -> Kit:
    """Give the kit, with the user's own actor rows and cue rows added.

    Raises:
        ModelError: the parser is missing or not the pinned one.
        VocabularyError: a row is faulty.
    """
    table = build(user=actors) if actors else shipped()
    own = user_cues(cues)
    return Kit(parser=Parser(), actors=table, triage=triage.gate(tuple(cue for cue, _ in own.contact)), cues=own)


def read(document: Document, kit: Kit) -> tuple[Claim, ...]:
    """Give the claims of one document: pure, without a store, safe to repeat.

    A document in another language than English gives none; ``sources`` has marked it and coverage counts it as not coded.
    """
    if document.language not in (None, "en"):
        return ()
    kind = profile(document)
    cut = segment(document.text, is_digest=kind.kind == "digest", is_transcript=kind.is_transcript)
    passing = [s for s in cut.sentences if kit.triage.passes(s.plain)]
    if not passing:
        return ()
    on = document.published
    title_actors = [m.actor for m in find(document.title or "", kit.actors, on=on) if m.actor]
    mentions = find(document.text, kit.actors, on=on, context=[*title_actors, *([kind.home] if kind.home else [])])
    room = roster.build(document, kind, cut.sentences, mentions, kit.actors, on=on)
    room.cues = kit.cues
    by_index: dict[int, Sentence] = {s.index: s for s in cut.sentences}
    return tuple(_claims(document, kit, kit.parser.parse(passing), room, by_index))


def _claims(
    document: Document, kit: Kit, parsed: Iterator[Sentence], room: roster.Roster, by_index: Mapping[int, Sentence]
) -> Iterator[Claim]:
    last: tuple[int, dict[str, Aspect]] | None = None
    for sentence in parsed:
        ordinals: Counter[int] = Counter()
        for contact in find_contacts(sentence, room):
            context = Context(
                contact=contact,
                document=document,
                roster=room,
                previous=by_index.get(sentence.index - 1),
                following=by_index.get(sentence.index + 1),
                on=document.published,
                table=kit.actors,
                before=last[1]
                if last is not None and sentence.index - last[0] == 1 and points_back(contact, sentence.index - last[0])
                else None,
            )
            yield claim_room.assemble(context, kit.actors, ordinal=ordinals[contact.word.start])
            ordinals[contact.word.start] += 1
            last = (sentence.index, context.read)
