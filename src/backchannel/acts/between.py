"""Tell what one given phrase does to another: the act or contact word that ties them, where both sides are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from backchannel.acts.lexicon import Entry, entries_for, events, given_entries_for
from backchannel.acts.slots import clauses
from backchannel.contacts import lexicon as contact_words
from backchannel.contacts.slots import is_passive
from backchannel.language.grammar import Sentence, Word, governor_verb, subject

_INNER = frozenset({"relative", "adverbial"})
_OWNERS = frozenset({"possessor", "compound", "modifier", "passive_agent", "apposition"})
_BY = frozenset({"by", "of", "from"})
CONSULT = "CONSULT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """The word that says what the source does to the target.

    ``entry`` is ``None`` where a contact word ties them (``event`` is then CONSULT); ``score`` has no unit: the higher,
    the closer the word stands to both phrases in the grammar of the sentence.
    """

    word: Word
    entry: Entry | None
    event: str
    mode: str | None
    score: float


def between(sentence: Sentence, source: frozenset[int], target: frozenset[int]) -> Tie | None:
    """Give what the phrase of the words ``source`` does to that of ``target``; ``None`` where no word tells.

    Both phrases are given, so that a looser tie is enough than in ``find``, where they must be found too.

    Args:
        sentence: parsed.
        source: indices of the words of the phrase that acts.
        target: those of the phrase acted upon; may be empty.
    """
    found = list(ties(sentence, source, target))
    outside = [tie for tie in found if tie.word.index not in source | target]
    return max(outside or found, key=_rank, default=None)


def _rank(tie: Tie) -> tuple[float, int]:
    return tie.score, -tie.word.index


def ties(sentence: Sentence, source: frozenset[int], target: frozenset[int]) -> Iterator[Tie]:
    """Yield every word that tells an act or a contact, with how close it stands to both phrases."""
    way = path(sentence, source, target)
    for word in sentence.words:
        if word.kind not in ("verb", "noun", "adjective", "auxiliary"):
            continue
        near = _nearness(sentence, word, source, target, way)
        entry = entry_of(sentence, word)
        if entry is not None:
            event, mode = composed(sentence, word, entry)
            yield Tie(word=word, entry=entry, event=event, mode=mode, score=near)
        elif contact_words.entry_for(word) is not None:
            yield Tie(word=word, entry=None, event=CONSULT, mode=None, score=near - 0.8)


def entry_of(sentence: Sentence, word: Word) -> Entry | None:
    """Give the entry that a word belongs to by itself and what hangs on it, the strictest first; parties are not asked."""
    for entry in (*entries_for(word), *given_entries_for(word)):
        if _allows(sentence, word, entry):
            return entry
    return None


def _allows(sentence: Sentence, word: Word, entry: Entry) -> bool:
    if word.kind != "verb":
        return not entry.objects or bool(_lemmas(sentence, word.index, 2) & entry.objects)
    below = list(sentence.below(word.index))
    particles = {
        w.text.lower()
        for w in below
        if w.relation == "particle" or (w.kind == "adverb" and w.text.lower() in entry.particles)
    }
    particles |= {w.preposition for w in below if w.relation == "oblique" and w.preposition in entry.particles}
    if entry.particles and not entry.objects and not particles & entry.particles:
        return False
    if not entry.particles and {w.text.lower() for w in below if w.relation == "particle"}:
        return False
    things = _things(sentence, word)
    if things & entry.but or (entry.objects and not things & entry.objects):
        return False
    return not entry.needs or any(_has(sentence, word, need) for need in entry.needs)


def _has(sentence: Sentence, word: Word, need: str) -> bool:
    if need in ("clause", "infinitive"):
        return any(need == "clause" or verb.shape == "base" for verb in clauses(sentence, word))
    if need in ("recipient", "patient"):
        return any(w.relation in (need, "passive_subject") for w in sentence.below(word.index))
    near = {w.preposition for w in sentence.tree(word.index, without=_INNER)}
    return need in near


def _things(sentence: Sentence, verb: Word) -> frozenset[str]:
    """The lemmas of what a verb acts upon and of what hangs on it: "lift its ban", "part of the sanctions"."""
    found: set[str] = set()
    for below in sentence.below(verb.index):
        if below.relation in (
            "patient",
            "passive_subject",
            "predicate",
            "complement",
            "recipient",
            "oblique",
            "measure",
        ):
            found |= _lemmas(sentence, below.index, 2 if below.relation != "complement" else 1)
    if is_passive(sentence, verb):
        acted = subject(sentence, verb.index)
        if acted is not None:
            found |= _lemmas(sentence, acted.index, 1)
    return frozenset(found)


def _lemmas(sentence: Sentence, index: int, depth: int) -> frozenset[str]:
    found = {sentence.words[index].lemma, sentence.words[index].text.lower()}
    if depth:
        for below in sentence.below(index):
            if below.relation not in _INNER:
                found |= _lemmas(sentence, below.index, depth - 1)
    return frozenset(found)


def composed(sentence: Sentence, word: Word, entry: Entry) -> tuple[str, str | None]:
    """Give the type and mode of an entry; of a promise and the like they hang on what is promised."""
    if "clause" not in entry.target:
        return entry.event, entry.mode
    held = next((one for one in _held(sentence, word) if one.id != entry.id), None)
    if held is None:
        return entry.event, entry.mode
    is_hostile = entry.hostile is not None and events()[held.event].is_conflict
    event = entry.hostile if is_hostile and entry.hostile is not None else entry.event
    within = events()[event].within
    return event, within.get(f"{held.event}/{held.mode}") or within.get(held.event) or entry.mode


def _held(sentence: Sentence, word: Word) -> Iterator[Entry]:
    inner = list(clauses(sentence, word))
    inner += [w for w in sentence.below(word.index) if w.relation in ("patient", "oblique", "passive_subject")]
    for one in inner:
        entry = entry_of(sentence, one)
        if entry is not None:
            yield entry


def path(sentence: Sentence, source: frozenset[int], target: frozenset[int]) -> frozenset[int]:
    """Give the words on the way from one phrase to the other, the top one included."""
    if not source or not target:
        return frozenset()
    one, other = (
        [top(sentence, some), *(w.index for w in sentence.path(top(sentence, some)))] for some in (source, target)
    )
    shared = next((index for index in one if index in other), None)
    if shared is None:
        return frozenset()
    return frozenset([*one[: one.index(shared) + 1], *other[: other.index(shared) + 1]])


def top(sentence: Sentence, some: frozenset[int]) -> int:
    """Give the index of the head word of a phrase."""
    for index in sorted(some):
        word = sentence.words[index]
        is_highest = word.head not in some or word.head == index
        if is_highest and word.kind not in ("punctuation", "determiner", "preposition"):
            return index
    return min(some)


def _nearness(
    sentence: Sentence, word: Word, source: frozenset[int], target: frozenset[int], way: frozenset[int]
) -> float:
    """How close a word stands to both phrases; it counts most that the source acts in it."""
    score = 0.0
    tree = {w.index for w in sentence.tree(word.index)}
    acting = _acting(sentence, word)
    if acting & source:
        score += 4.0
    elif acting & target:
        score -= 1.5
    elif tree & source:
        score += 1.0
    if target and tree & target:
        score += 3.0
    if word.index in way:
        score += 1.0
    score -= 0.4 * sum(1 for w in sentence.path(word.index) if w.kind == "verb" and entry_of(sentence, w) is not None)
    score -= 0.6 * (word.kind != "verb")
    distance = min((abs(word.index - index) for index in source | target), default=0)
    return score - 0.03 * distance


def _acting(sentence: Sentence, word: Word) -> frozenset[int]:
    """The words of the phrase that acts in a verb, or owns a noun or acts in the verb that carries it."""
    heads: list[Word] = []
    if word.kind in ("verb", "auxiliary"):
        if is_passive(sentence, word):
            heads += [w for w in sentence.below(word.index) if w.relation == "passive_agent" or w.preposition == "by"]
        else:
            found = subject(sentence, word.index)
            heads += [found] if found is not None else []
    else:
        heads += [w for w in sentence.below(word.index) if w.relation in _OWNERS or w.preposition in _BY]
        above = governor_verb(sentence, word.index)
        if above is not None and word.relation in ("patient", "oblique", "predicate", "compound", "conjunct"):
            return frozenset(w.index for head in heads for w in sentence.tree(head.index, without=_INNER)) | _acting(
                sentence, above
            )
    return frozenset(w.index for head in heads for w in sentence.tree(head.index, without=_INNER))
