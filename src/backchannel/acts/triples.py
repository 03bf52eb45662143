"""Who did what to whom in any sentence, as CAMEO triples: broader than acts, for comparison with coders of events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from backchannel.acts.cameo import ANY, Names, code_of, turned, verbs
from backchannel.acts.deeds import Deeds, Triple
from backchannel.acts.lexicon import events
from backchannel.contacts.slots import is_passive
from backchannel.language.grammar import Sentence, Word
from backchannel.records import Mention

_FUTURE = frozenset({"will", "would", "shall"})


def triples(sentence: Sentence, mentions: Sequence[Mention]) -> list[Triple]:
    """Give who did what to whom in a parsed sentence, in order of appearance; often nothing.

    Args:
        sentence: parsed.
        mentions: the known actors that its text names.
    """
    root = next((w for w in sentence.words if w.head == w.index), None)
    if root is None:
        return []
    reader = _Clauses(sentence, Names(sentence, mentions))
    found = reader.read(root)
    if not found and root.kind in ("noun", "name"):  # the parser may hang the verb of a headline on its subject
        verbs_below = [
            w for w in sentence.below(root.index) if w.relation == "relative" and w.shape in ("past", "present")
        ]
        found = [one for verb in verbs_below for one in reader.read(verb)]
    kept: dict[tuple[str, str, str], Triple] = {}
    for one in found:
        if one.source != one.target and not (one.source.startswith(ANY) and one.target.startswith(ANY)):
            kept.setdefault((one.source, one.target, one.cameo), one)
    return list(kept.values())


class _Clauses:
    """Reads the clauses of one sentence from its root downwards."""

    def __init__(self, sentence: Sentence, names: Names) -> None:
        self.sentence = sentence
        self.names = names
        self.deeds = Deeds(sentence, names)

    def read(self, verb: Word, depth: int = 0) -> list[Triple]:
        """Give the triples of a clause and of those coordinated with it."""
        if depth > 5:
            return []
        found = self._clause(verb, depth)
        for below in self.sentence.below(verb.index):
            if below.relation == "conjunct" and below.kind in ("verb", "auxiliary"):
                found += self.read(below, depth + 1)
        if not found and depth == 0:
            found = [
                one
                for below in self.sentence.below(verb.index)
                if below.relation == "adverbial" and self._opens_with(below, "as")
                for one in self.read(below, depth + 1)
            ]
        return found

    def _opens_with(self, verb: Word, marker: str) -> bool:
        return any(w.relation == "marker" and w.text.lower() == marker for w in self.sentence.below(verb.index))

    def _clause(self, verb: Word, depth: int) -> list[Triple]:
        inner = [
            w for w in self.sentence.below(verb.index) if w.relation == "complement" and w.kind in ("verb", "auxiliary")
        ]
        if verb.lemma in verbs("saying"):
            before = [w for w in inner if w.index < verb.index]
            if before:
                return [one for below in before for one in self.read(below, depth + 1)]
            if inner:
                return [one for below in inner for one in self._said(verb, below, depth)]
        if verb.lemma in verbs("intending") and inner:
            if self._is_unsure(verb):
                return []
            return [one for below in inner for one in self._intended(verb, below, depth)]
        if verb.lemma == "be" and any(w.text.lower() == "there" for w in self.sentence.below(verb.index)):
            return self._of_existing(verb)
        own = self.deeds.own(verb)
        if own:
            return own
        found = [
            one
            for below in self.sentence.below(verb.index)
            if below.relation in ("complement", "purpose") and below.kind in ("verb", "auxiliary")
            for one in self.read(below, depth + 1)
        ]
        if verb.lemma == "fail":
            return [replace(one, cameo=turned("REJECT", one.event), event="REJECT") for one in found]
        return found

    def _of_existing(self, verb: Word) -> list[Triple]:
        """ "There were soldiers **killed** in Ukraine"."""
        return [
            one
            for thing in self.sentence.below(verb.index)
            if thing.relation == "predicate"
            for below in self.sentence.below(thing.index)
            if below.relation == "relative" and below.shape == "participle"
            for one in self.deeds.own(below)
        ]

    def _is_unsure(self, verb: Word) -> bool:
        return any(w.text.lower() in ("might", "may", "could") for w in self.sentence.below(verb.index))

    def _said(self, verb: Word, inner: Word, depth: int) -> Iterator[Triple]:
        """What one says of itself is its word; what it says of another's hostile deed is an accusation."""
        speakers = self.deeds.sources(verb)
        told = self.read(inner, depth + 1)
        agent = next((w for w in self.sentence.below(inner.index) if w.relation in ("agent", "passive_subject")), None)
        is_own = agent is not None and agent.kind == "pronoun"
        if not told and not is_own:
            yield from self._blamed(speakers, inner)
        for one in told:
            if one.source in speakers or is_own:
                yield self._own_word(one, inner, is_own=is_own)
            elif is_conflict(one.event) and one.root >= "13" and speakers:
                for speaker in speakers:
                    yield replace(one, source=speaker, target=one.source, cameo=code_of("ACCUSE", "allege", None))

    def _blamed(self, speakers: Sequence[str], inner: Word) -> Iterator[Triple]:
        """ "Said that Iraq had attacked": the deed needs no known victim to be an accusation."""
        told = self.deeds.told(inner)
        if told is None or not is_conflict(told[1]) or is_passive(self.sentence, inner):
            return
        for source in speakers:
            for target in self.deeds.sources(inner):
                yield Triple(
                    source=source, target=target, cameo=code_of("ACCUSE", "allege", None), event="ACCUSE", word=inner
                )

    def _own_word(self, one: Triple, inner: Word, *, is_own: bool) -> Triple:
        modal = any(w.text.lower() in _FUTURE for w in self.sentence.below(inner.index))
        if one.root >= "14" and is_own:
            return replace(one, cameo="015")
        if modal and one.event in ("AID", "COOPERATE", "CONCEDE", "RETREAT", "SUPPORT"):
            return replace(one, cameo=turned("AGREE", one.event), event="AGREE")
        return one

    def _intended(self, verb: Word, inner: Word, depth: int) -> Iterator[Triple]:
        """What one wants to do; what one wants another to do is an appeal to that one."""
        agent = next((w for w in self.sentence.below(inner.index) if w.relation == "agent"), None)
        wanting = self.deeds.sources(verb)
        if agent is not None and agent.kind != "pronoun":
            if verb.lemma == "want":
                told_of = self.deeds.told(inner)
                held = told_of[1] if told_of is not None else "REQUEST"
                for source in wanting:
                    for target in self.names.of(agent.index):
                        yield Triple(
                            source=source, target=target, cameo=turned("REQUEST", held), event="REQUEST", word=verb
                        )
            return
        for one in self.read(inner, depth + 1):
            if one.root >= "14":
                yield replace(one, cameo=turned("THREATEN", one.event), event="THREATEN")
            elif one.event in ("AID", "COOPERATE", "CONCEDE", "RETREAT", "SUPPORT"):
                yield replace(one, cameo=turned("AGREE", one.event), event="AGREE")
            else:
                yield one


def is_conflict(event: str) -> bool:
    """Whether a type is one of conflict."""
    return event in events() and events()[event].is_conflict
