"""Where the partners of a contact word stand: the phrases that grammar hangs on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from backchannel import vocabulary
from backchannel.contacts.lexicon import Entry
from backchannel.language.grammar import Sentence, Word, governor_verb, subject

SlotKind = Literal[
    "agent", "partner", "between", "owner", "modifier", "host", "mediator", "object", "goal", "participants"
]

_LINES = frozenset({"backchannel", "channel", "hotline"})
_AMONG = frozenset({"between", "among", "amongst"})
PARTNER = frozenset({"with", "between", "among", "amongst", "alongside"})


@cache
def words(kind: str) -> frozenset[str]:
    """Give one group of verbs of ``data/verbs.yml``."""
    return frozenset(vocabulary.load("verbs.yml")[kind]["words"])


@dataclass(frozen=True, slots=True)
class Slot:
    """A phrase, by its head word, and what it is to the contact."""

    word: Word
    kind: SlotKind


def slots(sentence: Sentence, word: Word, entry: Entry) -> list[Slot]:
    """Give the phrases that may be parties of the contact told by ``word``, the surest first."""
    found = list(_of_verb(sentence, word, entry) if entry.kind == "verb" else _of_noun(sentence, word, entry))
    seen: set[int] = set()
    kept = []
    for slot in found:
        if slot.word.index not in seen and slot.word.index != word.index:
            seen.add(slot.word.index)
            kept.append(slot)
    return kept


def is_brokered(sentence: Sentence, verb: Word) -> bool:
    """Whether a participle tells who stood between the sides of the noun behind it ("a Qatari-brokered truce")."""
    return verb.lemma in words("brokered") and any(w.kind in ("name", "adjective") for w in sentence.below(verb.index))


def _of_brokered(sentence: Sentence, verb: Word) -> Iterator[Slot]:
    yield from (Slot(w, "mediator") for w in sentence.below(verb.index) if w.kind in ("name", "adjective", "noun"))
    noun = sentence.words[verb.head]
    yield from (
        Slot(w, "between") for w in sentence.below(noun.index) if w.relation == "oblique" and w.preposition in PARTNER
    )
    carrier = governor_verb(sentence, noun.index)
    agent = subject(sentence, carrier.index) if carrier is not None else None
    if carrier is not None and agent is not None and agent.index != noun.index:
        yield Slot(agent, "agent")
        yield from (
            Slot(w, "partner")
            for w in sentence.below(carrier.index)
            if w.relation == "oblique" and w.preposition in PARTNER
        )


def _of_verb(sentence: Sentence, verb: Word, entry: Entry) -> Iterator[Slot]:
    if verb.relation in ("modifier", "compound") and is_brokered(sentence, verb):
        yield from _of_brokered(sentence, verb)
        return
    agent = subject(sentence, verb.index)
    passive = is_passive(sentence, verb)
    if agent is not None:
        yield Slot(agent, "object" if passive else "agent")
    for below in sentence.below(verb.index):
        misread = below.relation in ("complement", "other") and below.kind == "name"  # "welcomed Prime Minister Modi"
        is_object = (below.relation == "patient" or misread) and "patient" in entry.slots and not passive
        if is_object or below.relation == "recipient":
            yield Slot(below, "object")
        elif below.relation == "passive_agent" and below.kind != "number":
            yield Slot(below, "agent")
        elif below.relation == "oblique" and below.preposition is not None:
            yield from _oblique(sentence, below, entry)
        elif (
            below.relation == "adverbial" and below.preposition in PARTNER
        ):  # "spoke with Bennett to express": read as a clause
            yield from (Slot(w, "partner") for w in sentence.below(below.index) if w.relation == "agent")
        elif below.relation == "patient":  # "discuss the border with Japan": the parser may hang "with" on the object
            yield from (
                Slot(w, "partner")
                for w in sentence.tree(below.index, without=frozenset({"relative", "apposition"}))
                if w.relation == "oblique" and w.preposition in PARTNER
            )
            if "to" in entry.slots and entry.phrase:  # "presented an offer to Iran": likewise
                yield from (
                    Slot(w, "object")
                    for w in sentence.below(below.index)
                    if w.relation == "oblique" and w.preposition == "to"
                )
        elif (
            below.relation in ("measure", "other")
            and below.kind == "name"
            and agent is not None
            and below.index < agent.index
        ):
            yield Slot(
                below, "agent"
            )  # "President Biden, Prime Minister Kishida and President Yoon met": the first of a list
    for name in sentence.below(verb.index):
        if name.relation in ("adverb",):
            yield from (
                Slot(w, "partner")
                for w in sentence.below(name.index)
                if w.relation == "oblique" and w.preposition in PARTNER
            )
    if passive and verb.relation == "relative":
        return


def _oblique(sentence: Sentence, word: Word, entry: Entry) -> Iterator[Slot]:
    preposition = word.preposition or ""
    if preposition in PARTNER:
        yield Slot(word, "between" if preposition in _AMONG else "partner")
    elif preposition in ("on", "upon") and "on" in entry.slots:
        yield Slot(word, "object")
    elif preposition in ("to", "into") and "to" in entry.slots:
        yield Slot(word, "goal" if entry.form == "visit" else "object")
    elif preposition == "through" or preposition == "via":
        yield Slot(word, "mediator")
    for inner in sentence.below(word.index):
        if inner.relation == "oblique" and inner.preposition in PARTNER and preposition not in PARTNER:
            yield Slot(inner, "partner")


def is_passive(sentence: Sentence, verb: Word) -> bool:
    """Whether the verb stands in the passive ("was received", "hosted by")."""
    if any(w.relation == "passive_subject" or w.relation == "passive_agent" for w in sentence.below(verb.index)):
        return True
    return verb.shape == "participle" and verb.relation == "relative"


def _of_noun(sentence: Sentence, noun: Word, entry: Entry) -> Iterator[Slot]:
    for below in sentence.below(noun.index):
        yield from _noun_child(sentence, noun, below, entry)
    head = sentence.words[noun.head]
    if noun.relation in ("compound", "modifier") and head.kind in (
        "noun",
        "name",
    ):  # "the talks process", "meeting room"
        for below in sentence.below(head.index):
            if below.index != noun.index:
                yield from _noun_child(sentence, noun, below, entry)
    elif noun.relation in ("conjunct", "apposition") and head.kind in ("noun", "name") and head.index != noun.index:
        for below in sentence.below(head.index):
            if below.relation in ("possessor", "modifier", "compound") or below.preposition in PARTNER:
                yield from _noun_child(sentence, noun, below, entry)
    yield from _above(sentence, noun, entry)


def _noun_child(sentence: Sentence, noun: Word, below: Word, entry: Entry) -> Iterator[Slot]:
    if below.relation == "possessor":
        yield Slot(below, "owner")
    elif below.relation in ("modifier", "compound") and below.lemma in words("brokered") | words(
        "led"
    ):  # "Qatar-mediated talks"
        kind: SlotKind = "mediator" if below.lemma in words("brokered") else "agent"
        yield from (Slot(w, kind) for w in sentence.below(below.index) if w.kind in ("name", "adjective", "noun"))
    elif below.relation in ("modifier", "compound") and below.kind in ("name", "adjective", "noun", "other"):
        yield Slot(below, "modifier")
    elif below.relation == "passive_agent" or below.preposition == "by":
        yield Slot(below, "agent")
    elif below.relation == "oblique":
        preposition = below.preposition or ""
        if preposition in PARTNER:
            yield Slot(below, "between" if preposition in ("between", "among") else "partner")
        elif preposition == "on" and entry.lemma == "call":
            yield Slot(below, "object")
        elif preposition in ("of", "from", "involving", "including"):
            yield Slot(below, "participants")
            yield from (
                Slot(w, "between")
                for w in sentence.below(below.index)
                if w.relation == "oblique" and w.preposition in ("between", "among")
            )
        elif preposition in ("to", "into") and (entry.form in ("visit", "message") or entry.lemma in _LINES):
            yield Slot(below, "goal")
        elif preposition in ("through", "via"):
            yield Slot(below, "mediator")
        elif preposition in ("for", "in", "at", "as", "on"):
            for inner in sentence.below(below.index):
                if inner.relation == "oblique" and inner.preposition == "to" and entry.form == "visit":
                    yield Slot(inner, "goal")
                if inner.relation == "oblique" and inner.preposition in PARTNER:
                    yield Slot(inner, "between" if inner.preposition in _AMONG else "partner")
    elif below.relation == "relative":
        yield from _relative(sentence, below)
    elif below.relation == "adverbial" and below.preposition in PARTNER:
        yield from (Slot(w, "partner") for w in sentence.below(below.index) if w.relation == "agent")
    elif below.relation == "adverbial" and below.lemma in ("involve", "include"):
        yield from (Slot(w, "participants") for w in sentence.below(below.index) if w.relation == "patient")


def _relative(sentence: Sentence, verb: Word) -> Iterator[Slot]:
    """ "talks held by X", "talks mediated by Qatar", "talks that X had with Y", "meetings involving diplomats"."""
    lemma = verb.lemma
    for word in sentence.below(verb.index):
        if word.relation == "passive_agent":
            kind: SlotKind = (
                "mediator" if lemma in words("mediators") else "host" if lemma in words("hosts") else "agent"
            )
            yield Slot(word, kind)
        elif word.relation == "oblique" and word.preposition in PARTNER:
            yield Slot(word, "partner")
        elif word.relation == "agent" and word.text.lower() not in ("that", "which", "who"):
            yield Slot(word, "agent")
        elif word.relation == "patient" and lemma in ("involve", "include", "bring", "gather"):
            yield Slot(word, "participants")
        elif word.relation in ("complement", "predicate") and word.kind in (
            "verb",
            "adjective",
        ):  # "talks that were due to occur with Congo"
            yield from (
                Slot(w, "partner")
                for w in sentence.tree(word.index)
                if w.relation == "oblique" and w.preposition in PARTNER
            )


def _above(sentence: Sentence, noun: Word, entry: Entry, *, depth: int = 0) -> Iterator[Slot]:
    """The verb that carries the noun ("held talks with", "arrived for talks with") gives its agent and its partners."""
    carrier = noun
    while carrier.relation in ("conjunct", "apposition", "compound") and carrier.head != carrier.index and depth < 4:
        carrier = sentence.words[carrier.head]
        depth += 1
    verb = governor_verb(sentence, carrier.index)
    if verb is None:
        return
    for step in sentence.path(carrier.index):
        if step.index == verb.index:
            break
        for word in sentence.below(step.index):
            if word.relation == "possessor" or (word.relation == "oblique" and word.preposition in PARTNER):
                yield Slot(word, "owner" if word.relation == "possessor" else "partner")
    lemma = verb.lemma
    is_subject = carrier.relation in ("agent", "passive_subject") and carrier.head == verb.index
    agent = subject(sentence, verb.index)
    if agent is not None and not is_subject and lemma in words("light") and agent.index != noun.index:
        kind: SlotKind = "mediator" if lemma in words("mediators") else "host" if lemma in words("hosts") else "agent"
        if lemma not in words("saying") or (carrier.relation == "patient" and entry.needs in ("party", "alone")):
            yield Slot(agent, kind)
            for word in sentence.below(verb.index):
                if word.relation in ("measure", "other") and word.kind == "name" and word.index < agent.index:
                    yield Slot(word, kind)
    for word in sentence.below(verb.index):
        if word.index == carrier.index:
            continue
        if word.relation == "oblique" and word.preposition in PARTNER:
            yield Slot(word, "between" if word.preposition in _AMONG else "partner")
        elif (
            word.relation == "oblique"
            and word.preposition in ("to", "from")
            and (
                entry.form == "message"
                or lemma in ("send", "dispatch")
                or (entry.lemma in _LINES and word.preposition == "to")
            )
        ):
            yield Slot(word, "goal" if word.preposition == "to" else "agent")
        elif (
            word.relation == "oblique"
            and word.preposition in ("through", "via")
            and entry.form in ("message", "contact", "negotiation")
        ):
            yield Slot(word, "mediator")
        elif word.relation == "passive_agent":
            kind = "mediator" if lemma in words("mediators") else "host" if lemma in words("hosts") else "agent"
            yield Slot(word, kind)
        elif word.relation == "patient" and is_subject and lemma in ("involve", "include", "bring", "gather", "unite"):
            yield Slot(word, "participants")
        elif (
            word.relation == "patient"
            and carrier.preposition not in ("after", "before", "since", "following", "during")
            and lemma
            in (words("hosts") | {"bring", "join", "meet", "see", "visit", "call", "push", "press", "urge", "invite"})
        ) or (word.relation == "recipient" and lemma not in words("saying")):
            yield Slot(word, "object")
