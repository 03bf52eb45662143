"""Find the word of privacy that stands on this contact, and not on another thing of the sentence or on the source."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from backchannel import vocabulary
from backchannel.aspects.base import Context, evidence_at
from backchannel.attribution.classes import saying
from backchannel.language.grammar import Sentence, Word
from backchannel.records import Evidence, Privacy

FILE = "privacy.yml"
_REACH = 48
_NOT_SECRET = re.compile(r"^(?:secret)\s+(?:ballot|service|police|document|documents|prison|weapon|report|memo)", re.I)
_SECTOR = re.compile(
    r"^private\s+(?:sector|companies|company|firms?|e-?mail|citizen|school|life|equity|capital|industry|investment|investors?|letter to the editor|property|jet|plane|residence)|^public\s+(?:health|opinion|sector|affairs|works|safety|statements?|remarks|record)|^quiet\s+(?:day|street)",
    re.I,
)
CONTAINERS = frozenset(
    {"round", "series", "set", "form", "kind", "state", "mass", "volume", "number", "course", "channel", "means", "act"}
)
"""Nouns that count or hold contacts: what is said of a "round" is said of its talks."""


@cache
def _cues(scope: str) -> tuple[tuple[re.Pattern[str], Privacy, str], ...]:
    rows = vocabulary.load(FILE)["values"]
    vocabulary.check(
        FILE, rows, required=("id", "means", "source", "contact", "sentence", "yes", "no"), optional=(), sort=False
    )
    found = []
    for row in rows:
        for cue in row[scope]:
            found.append((_pattern(cue), row["id"], cue))
    return tuple(found)


@cache
def _pattern(cue: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(cue)}(?![\w-])", re.I)


def find_cue(context: Context) -> tuple[Privacy | None, tuple[Evidence, ...]]:
    """Give the privacy that a cue on the contact tells, with the cue; ``None`` where there is none."""
    sentence = context.sentence
    for pattern, value, cue in _cues("sentence"):
        match = pattern.search(sentence.text)
        if match is not None:
            return value, (evidence_at(sentence, match.start(), match.end(), f"privacy.cues:{cue}"),)
    best: tuple[int, Privacy, Evidence] | None = None
    own = tuple((_pattern(cue), cast(Privacy, value), cue) for cue, value in context.roster.cues.privacy)
    for pattern, value, cue in (*_cues("contact"), *own):
        for match in pattern.finditer(sentence.text):
            rest = sentence.text[match.start() :]
            if re.search(r"\b(?:not?|n['’]t) (?:a )?$", sentence.text[: match.start()]):
                continue
            if (
                _NOT_SECRET.match(rest)
                or _SECTOR.match(rest)
                or (match.start() > 0 and sentence.text[match.start() : match.end() + 3].startswith("Secret"))
            ):
                continue
            distance = _distance(sentence, match.start(), match.end(), context.contact.words)
            if distance is None or _is_of_the_source(sentence, match.start(), match.end()):
                continue
            if value == "public" and distance:
                continue  # "public" stands on many things; only on the contact's own word does it open it
            rank = {"secret": 0, "undisclosed": 1, "public": 2}[value] * 1000 + distance
            if best is None or rank < best[0]:
                best = (rank, value, evidence_at(sentence, match.start(), match.end(), f"privacy.cues:{cue}"))
    if best is None:
        return None, ()
    if best[1] == "public" and re.search(r"\bprivate(?:ly)?\b", sentence.text, re.I):
        return None, ()
    return best[1], (best[2],)


def _distance(sentence: Sentence, start: int, end: int, triggers: tuple[Word, ...]) -> int | None:
    """Characters between a cue and the nearest contact word, or ``None`` when it stands on something else."""
    words = [w for w in sentence.words if w.start - sentence.start < end and w.end - sentence.start > start]
    for word in words:
        if _stands_elsewhere(sentence, word, triggers):
            return None
        if _describes_another_thing(sentence, word, triggers):
            continue
        governors = {word.index, word.head, *(w.index for w in list(sentence.path(word.index))[:2])}
        if any(t.index in governors or t.head in governors or _shares_clause(sentence, word, t) for t in triggers):
            return 0
    if not words or (words[0].text.lower() == "secret" and words[-1].kind == "noun" and len(words) == 1):
        return None
    head = sentence.words[words[-1].head]
    if (
        words[-1].relation in ("modifier", "compound")
        and head.kind in ("noun", "name")
        and all(t.index != head.index for t in triggers)
    ):
        return None
    nearest = min(min(abs(start - (t.end - sentence.start)), abs((t.start - sentence.start) - end)) for t in triggers)
    return nearest if nearest <= _REACH else None


def _describes_another_thing(sentence: Sentence, word: Word, triggers: tuple[Word, ...]) -> bool:
    """ "Secret details of the conversation": the details are secret, not the conversation."""
    noun = sentence.words[word.head]
    if word.relation != "modifier" or noun.kind != "noun" or noun.lemma in CONTAINERS:
        return False
    return all(t.index not in (noun.index, word.index) for t in triggers) and any(
        t.head == noun.index for t in triggers
    )


def _stands_elsewhere(sentence: Sentence, word: Word, triggers: tuple[Word, ...]) -> bool:
    """ "Recordings leaked by a clerk" beside a visit; but "a cable leaked in May describes the visit"."""
    noun = sentence.words[word.head]
    if word.relation != "relative" or noun.kind not in ("noun", "name"):
        return False
    return all(
        t.index not in (noun.index, word.index) and t.head not in (noun.head, noun.index, word.index) for t in triggers
    )


def _shares_clause(sentence: Sentence, word: Word, trigger: Word) -> bool:
    """ "Secretly travelled to Kyiv and met the president": the adverb spans the coordinated verbs of one subject."""
    verb = sentence.words[word.head]
    if word.relation != "adverb" or verb.kind != "verb" or verb.lemma in saying():
        return False
    return trigger.index in {w.index for w in sentence.conjuncts(verb.index)} or any(
        w.head == verb.index and w.relation in ("purpose", "complement") and w.index == trigger.index
        for w in sentence.words
    )


def _is_of_the_source(sentence: Sentence, start: int, end: int) -> bool:
    """ "Officials acknowledge privately that …" makes the source private, not the contact."""
    for word in sentence.words:
        if word.start - sentence.start >= start and word.end - sentence.start <= end:
            head = sentence.words[word.head]
            if (
                head.kind == "verb"
                and head.lemma in saying() - {"tell", "express", "discuss"}
                and any(w.relation == "complement" for w in sentence.below(head.index))
            ):
                return True
    return False
