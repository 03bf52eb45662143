"""Who acts and who is acted upon: the known actors that a phrase names, owns or stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from backchannel.acts.lexicon import Entry, nouns, people
from backchannel.acts.slots import agents, targets
from backchannel.contacts.resolve import Resolver
from backchannel.contacts.sides import Side, unique
from backchannel.language.grammar import Sentence, Word
from backchannel.records import UNKNOWN, Evidence

_TOWNS = frozenset({"dictionary:city", "dictionary:capital"})
_VAGUE = frozenset(["it", "they", "this", "that", "these", "those", "both", "each", "you", "its", "their"])
_VAGUE_TARGETS = _VAGUE | {"me", "us", "them"}
"""Words that point to somebody whom a sentence alone seldom makes certain."""


@dataclass(frozen=True, slots=True)
class Parties:
    """Known sources and targets; ``is_direct`` where the phrases themselves name both."""

    sources: tuple[Side, ...]
    targets: tuple[Side, ...]
    is_direct: bool


class Reader:
    """Reads the parties of the acts of one sentence."""

    def __init__(self, sentence: Sentence, resolver: Resolver) -> None:
        self.sentence = sentence
        self.resolver = resolver

    def read(self, word: Word, entry: Entry) -> Parties | None:
        """Give who does the act to whom; ``None`` where one of them is unknown or both are the same."""
        sources, is_named = self._sources(word)
        if not sources:
            return None
        actors = {side.actor for side in sources}
        together = Parties(tuple(sources[:1]), tuple(sources[1:]), is_named) if entry.mutual else None
        for number, slot in enumerate(entry.target):
            if number and together is not None and together.targets:
                return together
            for direct in (True, False):
                if not direct and not entry.owner:
                    continue
                found = self._targets(word, slot, entry, direct=direct)
                others = [side for side in found if side.actor not in actors]
                if others:
                    return Parties(tuple(sources), tuple(others), is_named and direct)
        return together if together is not None and together.targets else None

    def _sources(self, word: Word) -> tuple[list[Side], bool]:
        if word.kind == "noun":
            return self._owners(word, by=True), True
        for agent in agents(self.sentence, word):
            named = self._known(agent, is_target=False)
            if named:
                return named, True
            parts = [p for p in self.sentence.conjuncts(agent.index) if p.lemma in people()]
            owned = unique(side for part in parts for side in self._owners(part, by=False))
            if owned:
                return owned, False
        return [], False

    def _targets(self, word: Word, slot: str, entry: Entry, *, direct: bool) -> list[Side]:
        found: list[Side] = []
        for head in targets(self.sentence, word, slot):
            if direct:
                found += self._place(head) if entry.places else []
                found += self._known(head, is_target=True)
            else:
                found += self._owners(head, by=True)
            if found and slot == "clause":
                break
        return unique(found)

    def _known(self, word: Word, *, is_target: bool) -> list[Side]:
        """The actors that a phrase names, or one that it points back to; "they" and "the two sides" are left out."""
        if word.text != "US" and word.text.lower() in (_VAGUE_TARGETS if is_target else _VAGUE):
            return []
        sides = [s for s in self.resolver.sides(word.index) if s.actor not in (UNKNOWN, "")]
        named = [side for side in sides if side.kind == "named"]
        pointed = [side for side in sides if side.kind == "anaphor"]
        return named + pointed if len(pointed) < 2 else named

    def _place(self, word: Word) -> list[Side]:
        """A town that is attacked stands for its state."""
        mention = self.resolver.mention(word)
        if mention is None or mention.actor is None or mention.by not in _TOWNS:
            return []
        return [self.resolver.phrases.side(mention, word)]

    def _owners(self, word: Word, *, by: bool, depth: int = 0) -> list[Side]:
        """Whose thing, deed or people a phrase names: "Iran's offer", "a Chinese tanker", "the raid by Hamas"."""
        kinds = ("by", "possessor", "modifier", "of") if by else ("possessor", "modifier", "of")
        for kind in kinds:
            found = unique(side for child in self._holders(word, kind) for side in self._named(child, kind))
            if found:
                sector = people().get(word.lemma)
                return [replace(side, sector=sector) if sector is not None else side for side in found]
        inner = [w for w in self.sentence.below(word.index) if w.relation == "oblique" and w.preposition == "of"]
        if depth < 1 and word.lemma not in nouns("suffered"):
            return unique(side for one in inner for side in self._owners(one, by=by, depth=depth + 1))
        return []

    def _holders(self, word: Word, kind: str) -> Iterator[Word]:
        for child in self.sentence.below(word.index):
            if kind == "by":
                holds = child.preposition == "by" and child.relation in ("oblique", "passive_agent")
            elif kind == "of":
                holds = (
                    child.relation == "oblique"
                    and child.preposition in ("of", "from")
                    and word.lemma not in nouns("suffered")
                )
            elif kind == "possessor":
                holds = child.relation == "possessor" and child.kind != "pronoun"
            else:
                holds = child.relation in ("modifier", "compound")
            if holds:
                yield child

    def _named(self, child: Word, kind: str) -> Iterable[Side]:
        if kind != "modifier":
            return [s for s in self._known(child, is_target=True) if s.kind == "named"]
        mention = self.resolver.mention(child) or self.resolver.phrases.inner(child)
        if mention is None or mention.actor in (None, "") or mention.by == "dictionary:city":
            return []
        evidence = Evidence(start=mention.start, end=mention.end, text=mention.text, by=mention.by)
        return [
            Side(
                actor=mention.actor or UNKNOWN,
                kind="named",
                person=mention.person,
                sector=mention.sector,
                start=mention.start,
                end=mention.end,
                text=mention.text,
                evidence=(evidence,),
            )
        ]
