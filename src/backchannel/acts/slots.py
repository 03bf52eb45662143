"""Where the parties of an act stand: who acts, what is acted upon, and the phrases that carry the target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from backchannel.acts.lexicon import Entry, entries_for, nouns
from backchannel.contacts.slots import is_passive
from backchannel.language.grammar import Sentence, Word, subject

_CLAUSE = frozenset({"complement", "purpose"})
_CARRIED = frozenset({"complement", "purpose", "adverbial", "relative"})
_TOLD = frozenset({"agent", "passive_subject", "patient", "root"})
_STEPS = frozenset({"along", "in", "near", "of", "on", "to"})
_NO_CLAUSE = frozenset({"relative", "adverbial", "conjunct"})


def agents(sentence: Sentence, word: Word) -> list[Word]:
    """Give the words for who acts: a verb's subject or "by" phrase; nothing for a noun, whose owner acts."""
    if word.kind != "verb":
        return []
    if is_passive(sentence, word):
        return [w for w in sentence.below(word.index) if w.relation == "passive_agent"]
    found = subject(sentence, word.index)
    return [found] if found is not None and found.index != word.index else []


def patients(sentence: Sentence, word: Word) -> list[Word]:
    """Give the words for what a verb acts upon, coordinated ones included; in the passive its subject."""
    if word.kind != "verb":
        return []
    if is_passive(sentence, word):
        found = subject(sentence, word.index)
        return sentence.conjuncts(found.index) if found is not None else []
    below = [w for w in sentence.below(word.index) if w.relation == "patient"]
    if (
        not below and word.relation == "conjunct"
    ):  # "condemned and sanctioned Iran" may share no object; nothing is guessed
        return []
    return [part for w in below for part in sentence.conjuncts(w.index)]


def fits(sentence: Sentence, word: Word, entry: Entry) -> bool:
    """Whether the words around allow the meaning of ``entry``: its object, particle and the phrases that it needs."""
    if (
        entry.kind == "noun"
    ):  # the subject or object tells of the deed; anywhere else it is what the sentence takes as known
        return word.relation in _TOLD
    below = list(sentence.below(word.index))
    particles = {w.text.lower() for w in below if w.relation == "particle"}
    if particles - entry.particles or (entry.particles and not entry.objects and not particles):
        return False
    asked = [w for verb in clauses(sentence, word) for w in sentence.below(verb.index) if w.relation == "agent"]
    given = [w for w in below if w.relation == "patient"]  # "was given a loan": not the subject alone is acted upon
    acted = (*patients(sentence, word), *asked, *given)
    things = {w.lemma for w in (*acted, *_counted(sentence, acted))}
    tools = {w.lemma for w in below if w.relation == "oblique" and w.preposition == "with"}
    if (things | tools) & entry.but or (entry.objects and not (things | tools) & entry.objects):
        return False
    return not entry.needs or any(_has(sentence, word, below, need) for need in entry.needs)


def _counted(sentence: Sentence, words: Iterable[Word]) -> Iterator[Word]:
    """What is counted: "some of its **troops**"."""
    for word in words:
        if word.lemma in nouns("counting"):
            yield from (w for w in sentence.below(word.index) if w.relation == "oblique" and w.preposition == "of")


def _has(sentence: Sentence, word: Word, below: Iterable[Word], need: str) -> bool:
    if need in ("clause", "infinitive"):
        return any(need == "clause" or verb.shape == "base" for verb in clauses(sentence, word))
    return any(w.preposition == need for w in below) or any(
        w.preposition == need for thing in patients(sentence, word) for w in sentence.below(thing.index)
    )


def clauses(sentence: Sentence, word: Word) -> Iterator[Word]:
    """Yield the verbs of what is promised, asked for, threatened or refused ("urged Iran to **release** them")."""
    for below in sentence.below(word.index):
        if below.relation in _CLAUSE and below.kind in ("verb", "auxiliary"):
            yield below
            yield from (w for w in sentence.below(below.index) if w.relation == "conjunct" and w.kind == "verb")
        elif below.relation in ("patient", "oblique"):  # the parser may hang the clause on the one who is asked
            for inner in sentence.below(below.index):
                if inner.relation in ("relative", "complement", "purpose") and inner.shape == "base":
                    yield inner


def targets(sentence: Sentence, word: Word, slot: str) -> Iterator[Word]:
    """Yield the head words of the phrases that ``slot`` names: patient, recipient, clause or a preposition."""
    if slot == "patient":
        yield from patients(sentence, word)
    elif slot == "recipient":
        yield from (w for w in sentence.below(word.index) if w.relation == "recipient" and w.kind != "preposition")
    elif slot == "clause":
        for verb in clauses(sentence, word):
            yield from _of_clause(sentence, verb)
    else:
        yield from _obliques(sentence, word, slot)


def _of_clause(sentence: Sentence, verb: Word) -> Iterator[Word]:
    """The clause's own subject ("that Russia withdraw"), else whom it is done to ("to attack Israel", "to give it to Peru")."""
    own = [w for w in sentence.below(verb.index) if w.relation in ("agent", "passive_subject")]
    yield from own
    yield from patients(sentence, verb)
    for below in sentence.tree(verb.index, without=_NO_CLAUSE):
        if below.relation == "recipient" or (
            below.relation == "oblique" and below.preposition in ("to", "from", "on", "against", "with", "for")
        ):
            yield below


def _obliques(sentence: Sentence, word: Word, preposition: str) -> Iterator[Word]:
    """The phrase on the act's word, on its object ("sanctions **on Iran**") or one step below ("near the border with Chad")."""
    holders = [word, *patients(sentence, word)]
    if word.relation == "relative" and word.kind == "verb":
        holders.append(sentence.words[word.head])
    for holder in holders:
        for below in sentence.below(holder.index):
            if below.relation == "oblique" and below.preposition == preposition:
                yield below
            elif below.relation == "oblique" and below.kind == "noun" and below.preposition in _STEPS:
                yield from (
                    w for w in sentence.below(below.index) if w.relation == "oblique" and w.preposition == preposition
                )


def is_carried(sentence: Sentence, word: Word) -> bool:
    """Whether another act holds this word as what is promised, asked for, blamed or prevented: then that is the act."""
    step = word
    while step.relation == "conjunct" and step.head != step.index:
        step = sentence.words[step.head]
    if step.head == step.index:
        return False
    above = sentence.words[step.head]
    if word.kind == "verb":
        is_clause = step.relation in _CARRIED and not (step.relation == "adverbial" and step.preposition is None)
        is_clause &= step.relation != "relative" or step.shape == "base"
        return is_clause and (above.lemma in nouns("averting") or bool(entries_for(above)))
    near = [] if step.relation == "agent" else [above]
    near += [sentence.words[above.head]] if step.relation in ("oblique", "compound") else []
    described = {w.lemma for w in sentence.below(word.index) if w.relation in ("modifier", "determiner", "compound")}
    return bool(({w.lemma for w in near} | described) & nouns("averting"))
