"""Tell what one given phrase does to another: the act or contact word that ties them, where both sides are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backchannel.acts.lexicon import Entry, entries_for, given_entries_for, nouns, typed
from backchannel.acts.slots import clauses
from backchannel.contacts import lexicon as contact_words
from backchannel.contacts.slots import is_passive
from backchannel.language.grammar import Sentence, Word, governor_verb, subject

_INNER = frozenset({"relative", "adverbial"})
_OWNERS = frozenset({"possessor", "compound", "modifier", "passive_agent", "apposition"})
_ACTED = frozenset({"patient", "passive_subject", "predicate", "complement", "recipient", "oblique", "measure"})
_DAYS = frozenset(
    [
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "oct",
        "nov",
        "dec",
    ]
)
_BY = frozenset({"by", "of", "from"})
CONSULT = "CONSULT"
_WORTH = 0.8
"""What a contact word is worth less than a word that tells an act."""


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
        if word.relation == "auxiliary" and (entry is None or not source & _acting(sentence, word)):
            continue
        if entry is not None:
            event, mode = composed(sentence, word, entry)
            if event == "ASSAULT" and any(sentence.words[index].lemma in nouns("protesting") for index in source):
                event, mode = "PROTEST", "riot"
            yield Tie(word=word, entry=entry, event=event, mode=mode, score=near)
        elif contact_entry(word) is not None:
            yield Tie(word=word, entry=None, event=CONSULT, mode=None, score=near - _WORTH - _lighter(sentence, word))


def contact_entry(word: Word) -> contact_words.Entry | None:
    """Give the contact entry of a word; "said" and the like tell a contact only in an official account, so not here."""
    entry = contact_words.entry_for(word)
    return None if entry is None or entry.needs == "readout" else entry


def _lighter(sentence: Sentence, word: Word) -> float:
    """What a contact word loses: it may only carry an act ("received support", "called to condole")."""
    if word.kind != "verb":
        return 0.0
    for below in sentence.below(word.index):
        entry = entry_of(sentence, below) if below.relation in ("patient", "purpose", "adverbial") else None
        if entry is not None and (below.relation == "patient" or entry.event in ("SUPPORT", "ACCUSE")):
            return 4.0 if below.relation == "patient" or below.shape in ("base", "gerund") else 0.0
    return 0.0


def entry_of(sentence: Sentence, word: Word) -> Entry | None:
    """Give the entry that a word belongs to by itself and what hangs on it; parties are not asked.

    What is acted upon itself tells more than what hangs on it, and the words of free reading more than the looser ones.
    """
    strict, loose = entries_for(word), given_entries_for(word)
    if not strict and not loose:
        return None
    plain = [entry for entry in strict if not entry.objects], [entry for entry in loose if not entry.objects]
    order: tuple[tuple[Sequence[Entry], int], ...] = (
        ((*strict, *loose), 0),
        (strict, 2),
        (plain[0], 0),
        (loose, 2),
        (plain[1], 0),
    )
    for entries, depth in order:
        bare = entries is plain[0] or entries is plain[1]
        for entry in entries:
            if bool(entry.objects) != bare and _allows(sentence, word, entry, depth):
                return entry
    return None


def _allows(sentence: Sentence, word: Word, entry: Entry, depth: int) -> bool:
    if word.kind not in ("verb", "auxiliary"):
        return not entry.objects or bool(_lemmas(sentence, word.index, 2) & entry.objects)
    particles = _particles(sentence, word, entry)
    needs_particle = entry.particles and (not entry.objects or entry.both)
    if needs_particle and not particles & entry.particles:
        return False
    if not entry.particles and any(w.relation == "particle" for w in sentence.below(word.index)):
        return False
    if _things(sentence, word, 2) & entry.but or (entry.objects and not _things(sentence, word, depth) & entry.objects):
        return False
    return not entry.needs or any(_has(sentence, word, need) for need in entry.needs)


def _particles(sentence: Sentence, word: Word, entry: Entry) -> frozenset[str]:
    """The particles of a verb, and the adverbs, prepositions and markers beside it that the entry takes for one."""
    below = list(sentence.below(word.index))
    found = {w.text.lower() for w in below if w.relation == "particle" or w.kind == "adverb"}
    found |= {w.preposition for w in below if w.relation == "oblique" and w.preposition and not _is_time(w)}
    found |= {
        w.text.lower()
        for clause in clauses(sentence, word)
        for w in sentence.below(clause.index)
        if w.relation == "marker"
    }
    return frozenset(found) & (entry.particles | {w.text.lower() for w in below if w.relation == "particle"})


def _is_time(word: Word) -> bool:
    return word.kind == "number" or (word.kind == "name" and word.lemma[:3].lower() in _DAYS)


def _has(sentence: Sentence, word: Word, need: str) -> bool:
    if need in ("clause", "infinitive"):
        return any(need == "clause" or verb.shape == "base" for verb in clauses(sentence, word))
    if need in ("recipient", "patient"):
        return any(w.relation in (need, "passive_subject") for w in sentence.below(word.index))
    if need == "own":
        return not any(w.relation == "agent" for verb in clauses(sentence, word) for w in sentence.below(verb.index))
    return any(w.preposition == need and not _is_time(w) for w in sentence.tree(word.index, without=_INNER))


def _things(sentence: Sentence, verb: Word, depth: int) -> frozenset[str]:
    """The lemmas of what a verb acts upon and of what hangs on it: "lift its ban", "part of the sanctions"."""
    found: set[str] = set()
    for below in sentence.below(verb.index):
        if below.relation in _ACTED:
            found |= _lemmas(sentence, below.index, min(depth, 1) if below.relation == "complement" else depth)
    if is_passive(sentence, verb):
        acted = subject(sentence, verb.index)
        if acted is not None:
            found |= _lemmas(sentence, acted.index, min(depth, 1))
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
    return typed(entry, next((one for one in _held(sentence, word) if one.id != entry.id), None))


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
    asks = word.relation == "auxiliary"  # "said that Chad must go"
    tree = {w.index for w in sentence.tree(word.head if asks else word.index)}
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
    score -= sum(_weight_above(sentence, word, above) for above in sentence.path(word.index))
    score -= 0.6 * (word.kind != "verb")
    distance = min((abs(word.index - index) for index in source | target), default=0)
    return score - 0.03 * distance


def _weight_above(sentence: Sentence, word: Word, above: Word) -> float:
    """What a word loses for an act above it: much where that act is to promise, ask for or refuse this one."""
    entry = entry_of(sentence, above) if above.kind in ("verb", "noun", "adjective") else None
    if entry is None:
        return 0.0
    holds = "clause" in entry.target and word.kind == "verb" and word.shape == "base"
    return 2.5 if holds else 0.4 * (above.kind == "verb")


def _acting(sentence: Sentence, word: Word) -> frozenset[int]:
    """The words of the phrase that acts in a verb, or owns a noun or acts in the verb that carries it."""
    heads: list[Word] = []
    if word.relation == "auxiliary":
        said = governor_verb(sentence, word.head)
        return _acting(sentence, said) if said is not None else frozenset()
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
