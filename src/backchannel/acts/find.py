"""Find the acts of a sentence: a word of the vocabulary, its frame, and two known actors who differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from backchannel.actors.roster import Roster
from backchannel.acts.lexicon import Entry, entries_for, typed
from backchannel.acts.parties import Parties, Reader
from backchannel.acts.slots import clauses, fits, is_carried, patients
from backchannel.contacts import lexicon as contact_words
from backchannel.contacts.contact import Contact, trigger_span
from backchannel.contacts.propose import Placed
from backchannel.contacts.resolve import Resolver
from backchannel.contacts.sides import Side
from backchannel.language.grammar import Sentence, Word

_SCORE = 0.8
_CARRIES = frozenset({"patient", "passive_subject", "complement"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What one side does to another, before its aspects are read.

    ``told`` is the act in the shape of a contact, for the readers of aspects: an act is told, dated, placed and denied
    as a contact is. Its form says nothing.
    """

    entry: Entry
    event: str
    mode: str | None
    sources: tuple[Side, ...]
    targets: tuple[Side, ...]
    told: Contact


def find(sentence: Sentence, roster: Roster, contacts: Iterable[Contact] = ()) -> list[Act]:
    """Give the acts that a parsed sentence reports, in order of appearance; often none.

    Args:
        sentence: parsed.
        roster: of its document.
        contacts: those found in the sentence; what tells one of them tells no act.
    """
    if not any(mention.actor is not None for mention in roster.mentions.get(sentence.index, ())):
        return []
    words = [(word, entries) for word in sentence.words if (entries := entries_for(word))]
    if not words:
        return []
    taken = set(_words_of(sentence, contacts))
    reader = Reader(sentence, Resolver(sentence, roster))
    found: dict[tuple[str, frozenset[str], frozenset[str]], Act] = {}
    for word, entries in words:
        if word.index in taken or is_carried(sentence, word):
            continue
        act = next(_acts(sentence, word, entries, reader), None)
        if act is not None:
            taken.update(w.index for w in act.told.words)
            key = act.event, frozenset(s.actor for s in act.sources), frozenset(t.actor for t in act.targets)
            found.setdefault(key, act)
    return list(found.values())


def _words_of(sentence: Sentence, contacts: Iterable[Contact]) -> Iterator[int]:
    """The words of contacts and the verbs that carry them: "agreed to hold talks with Iran" is a contact planned."""
    for contact in contacts:
        for word in contact.words:
            yield word.index
            step = word
            while step.relation in _CARRIES and step.head != step.index:
                step = sentence.words[step.head]
                yield step.index


def _acts(sentence: Sentence, word: Word, entries: Iterable[Entry], reader: Reader) -> Iterator[Act]:
    for entry in entries:
        if not fits(sentence, word, entry) or (entry.finite and _is_infinitive(sentence, word)):
            continue
        parties = reader.read(word, entry)
        if parties is not None:
            event, mode = _event(sentence, word, entry)
            yield _act(sentence, word, entry, parties, event, mode)


def _is_infinitive(sentence: Sentence, word: Word) -> bool:
    return any(w.relation == "auxiliary" and w.text.lower() == "to" for w in sentence.below(word.index))


def _event(sentence: Sentence, word: Word, entry: Entry) -> tuple[str, str | None]:
    """The entry's type and mode; of a promise and the like they hang on what is promised."""
    return typed(entry, _held(sentence, word) if "clause" in entry.target else None)


def _held(sentence: Sentence, word: Word) -> Entry | None:
    """The act that is promised, asked for, threatened or refused: of the clause, else of the object."""
    things = [w for w in sentence.below(word.index) if w.relation == "oblique" and w.preposition in ("to", "with")]
    for inner in (*clauses(sentence, word), *patients(sentence, word), *things):
        for entry in entries_for(inner):
            if fits(sentence, inner, entry):
                return entry
    return None


def _act(sentence: Sentence, word: Word, entry: Entry, parties: Parties, event: str, mode: str | None) -> Act:
    objects = [w for w in patients(sentence, word) if w.lemma in entry.objects]
    sides = (*parties.sources, *parties.targets)
    score = _SCORE - 0.1 * (entry.kind == "noun") - 0.1 * (not parties.is_direct)
    score -= 0.1 * any(side.kind == "anaphor" for side in sides)
    placed = (
        *(Placed(side, "agent") for side in parties.sources),
        *(Placed(side, "object") for side in parties.targets),
    )
    told = Contact(
        sentence=sentence,
        word=word,
        entry=contact_words.Entry(
            id=entry.id, lemma=word.lemma, kind="verb" if entry.kind == "verb" else "noun", form="contact", needs="pair"
        ),
        trigger=trigger_span(sentence, word),
        words=tuple(sorted((word, *objects), key=_place)),
        placed=placed,
        score=score,
    )
    return Act(entry=entry, event=event, mode=mode, sources=parties.sources, targets=parties.targets, told=told)


def _place(word: Word) -> int:
    return word.index
