"""Find the source that a sentence names for a contact, and its class."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from backchannel import vocabulary
from backchannel.aspects.base import Context, evidence_at, words_as_evidence
from backchannel.language.grammar import Sentence, Word
from backchannel.records import Evidence, Mention, SourceClass, Span

FILE = "voice.yml"
_PAPER = re.compile(
    r"(?:Times|Post|Journal|News|Tribune|Herald|Guardian|Telegraph|TV|Radio|Daily|Gazette|Mail|Standard|Broadcasting|Agency|Reuters|Press)$"
)
_BARE_SOURCE = frozenset({"source", "sources"})
_BESIDE = frozenset({"relative", "punctuation", "coordinator", "conjunct", "adverbial", "apposition"})


@dataclass(frozen=True, slots=True)
class Source:
    """A source in the sentence: its class, its phrase and the words that make it one."""

    source_class: SourceClass
    speaker: Span | None
    evidence: Evidence


@cache
def words() -> Any:
    """Give ``data/voice.yml``."""
    return vocabulary.load(FILE)


@cache
def _nouns() -> dict[str, SourceClass]:
    return {noun: row["id"] for row in words()["classes"] for noun in row["nouns"]}


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], SourceClass], ...]:
    found = []
    for row in words()["classes"]:
        for phrase in row["phrases"]:
            body = phrase if row["id"] == "media_report" else re.escape(phrase)
            found.append((re.compile(rf"\b{body}(?!\w)", re.I), row["id"]))
    return tuple(found)


@cache
def saying() -> frozenset[str]:
    """Give the verbs that hand a clause to their subject, as lemmas."""
    return frozenset(words()["saying"]["verbs"])


def find_source(context: Context) -> Source | None:
    """Give the source that the sentence names for the contact, or ``None``."""
    word = context.contact.word
    phrase = by_phrase(context)
    if phrase is not None and phrase.source_class == "unnamed_insider":
        return phrase
    governed = _by_verb(context, word) or _by_document(context, word)
    according = _according(context)
    source = according or governed
    if source is not None:
        if (
            phrase is not None
            and phrase.source_class == "unnamed_official"
            and source.source_class in ("institution", "collective")
        ):
            return phrase
        return source
    return phrase


def _by_document(context: Context, trigger: Word) -> Source | None:
    """ "A leaked memo detailing a conversation" hands the contact to the memo."""
    sentence = context.sentence
    steps = [trigger, *sentence.path(trigger.index)]
    for below, step in itertools.pairwise(steps):
        if (
            step.kind == "noun"
            and below.relation == "relative"
            and below.kind == "verb"
            and _nouns().get(step.lemma) == "document"
        ):
            return Source(
                "document", _phrase(sentence, step), words_as_evidence(sentence, [step], "voice.noun:document")
            )
    return None


def by_phrase(context: Context) -> Source | None:
    """A formula of hearsay or anonymity that stands before the contact, or close to it."""
    sentence, trigger = context.sentence, context.contact.trigger
    for pattern, value in _phrases():
        for match in pattern.finditer(sentence.text):
            behind = sentence.start + match.start() - trigger.end
            if value == "media_report" and behind > 0 and (behind > 50 or match.group().lower() != "reportedly"):
                continue
            if (
                value == "media_report"
                and re.match(r"reports?\b", match.group(), re.I)
                and _is_verb(sentence, match.start())
            ):
                continue
            evidence = evidence_at(sentence, match.start(), match.end(), f"voice.phrase:{value}")
            return Source(value, _around(sentence, match.start(), match.end(), value), evidence)
    return None


def _is_verb(sentence: Sentence, start: int) -> bool:
    return any(w.start - sentence.start == start and w.kind == "verb" for w in sentence.words)


def _around(sentence: Sentence, start: int, end: int, value: SourceClass) -> Span | None:
    """The source's phrase around a formula: "three people familiar with the matter"."""
    if value == "unnamed_insider":
        head = next(
            (
                w
                for w in sentence.words
                if w.lemma in ("person", "people", "source", "official", "diplomat")
                and abs(w.start - sentence.start - start) < 40
            ),
            None,
        )
        if head is not None:
            tree = [w for w in sentence.tree(head.index) if w.relation not in ("relative",)]
            left, right = min(w.start for w in tree), max(w.end for w in tree)
            right = max(right, sentence.start + end)
            return Span(start=left, end=right, text=sentence.text[left - sentence.start : right - sentence.start])
        return Span(start=sentence.start + start, end=sentence.start + end, text=sentence.text[start:end])
    return None


def _according(context: Context) -> Source | None:
    sentence = context.sentence
    for word in sentence.words:
        if word.text.lower() == "according":
            for below in sentence.words[word.index + 1 : word.index + 12]:
                if below.relation == "oblique" and below.preposition == "to":
                    return _source(context, below, "voice.according")
    for word in sentence.words:
        if word.lemma in ("cite", "quote") and word.shape == "gerund":
            for below in sentence.below(word.index):
                if below.relation == "patient":
                    return _source(context, below, "voice.citing")
    return None


def _by_verb(context: Context, trigger: Word) -> Source | None:
    """A verb of saying above the contact, or beside it after a comma, hands it to its subject."""
    sentence = context.sentence
    steps = [trigger, *sentence.path(trigger.index)]
    for at, step in enumerate(steps):
        if step.kind != "verb" or step.lemma not in saying() or at == 0:
            continue
        below = steps[at - 1]
        if not _hands_over(sentence, step, below):
            continue
        subject = next((w for w in sentence.below(step.index) if w.relation == "agent"), None)
        if subject is None:
            subject = next((w for w in sentence.below(step.index) if w.relation == "passive_agent"), None)
        if subject is None and step.relation in ("conjunct", "complement"):
            head = sentence.words[step.head]
            subject = (
                next((w for w in sentence.below(head.index) if w.relation == "agent"), None)
                if head.kind in ("verb", "auxiliary")
                else None
            )
        if subject is None:
            continue
        source = _source(context, subject, f"voice.verb:{step.lemma}")
        if source is not None:
            return source
    return None


_OBJECTS_TOLD = frozenset(
    {
        "announce",
        "confirm",
        "deny",
        "report",
        "reveal",
        "disclose",
        "acknowledge",
        "claim",
        "describe",
        "allege",
        "admit",
    }
)


def _hands_over(sentence: Sentence, verb: Word, below: Word) -> bool:
    """Whether the verb of saying governs the contact: by a clause, by its object for some verbs, or "of" and "about" it."""
    if below.relation in ("complement", "other"):
        return True
    if below.relation == "patient" and verb.lemma in _OBJECTS_TOLD:
        return below.lemma not in ("entry", "access", "visa", "request", "permission")
    if below.relation == "oblique":
        return below.preposition in ("of", "about") or (
            verb.lemma in ("remind", "inform", "tell", "speak") and below.preposition in ("on", "of", "about")
        )
    return below.relation == "relative" and below.shape in ("base", "gerund") and verb.lemma in _OBJECTS_TOLD


def _source(context: Context, head: Word, by: str) -> Source | None:
    sentence = context.sentence
    value = classify(context, head)
    if value is None or any(w.text.lower() in ("neither", "no") for w in sentence.below(head.index)):
        return None
    speaker = _named_before(context, head) if head.text.lower() in ("he", "she") else _phrase(sentence, head)
    return Source(value, speaker, words_as_evidence(sentence, [head], by + f":{value}"))


def _named_before(context: Context, head: Word) -> Span | None:
    """The person whom "he" stands for: the last one named before it; ``None`` where nobody is."""
    here = [m for m in _mentions(context) if m.end <= head.start and m.person is not None]
    mention = (
        here[-1] if here else next((m for m in context.roster.before(context.sentence) if m.person is not None), None)
    )
    return Span(start=mention.start, end=mention.end, text=mention.text) if mention is not None else None


def _phrase(sentence: Sentence, head: Word) -> Span:
    """The words that name the source: an office with the name set after it, but no office set after a name."""
    tree = sentence.tree(head.index, without=_BESIDE)
    if head.kind != "name":
        names = [w for w in sentence.below(head.index) if w.relation == "apposition" and w.kind == "name"]
        tree += [w for name in names for w in sentence.tree(name.index, without=_BESIDE)]
    start, end = min(w.start for w in tree), max(w.end for w in tree)
    if end - start > 120:
        start, end = min(w.start for w in tree if w.end <= head.end), head.end
    return Span(start=start, end=end, text=sentence.text[start - sentence.start : end - sentence.start])


def classify(context: Context, head: Word) -> SourceClass | None:
    """Give the class of the source whose phrase is headed by ``head``."""
    sentence = context.sentence
    lower, lemma = head.text.lower(), head.lemma
    phrase = _phrase(sentence, head).text
    for pattern, value in _phrases():
        if value in ("unnamed_insider", "unnamed_official") and pattern.search(phrase):
            return value
    mention = _mention_at(context, head)
    if (mention is not None and mention.by.startswith("outlet:")) or (head.kind == "name" and _PAPER.search(head.text)):
        told_by = next(
            (
                w
                for w in sentence.words
                if w.relation == "oblique"
                and w.preposition == "from"
                and 0 < w.index - head.index < 8
                and _nouns().get(w.lemma) == "unnamed_official"
            ),
            None,
        )
        return "unnamed_official" if told_by is not None else "media_report"
    if mention is not None and mention.person is not None:
        return "named_person"
    if lower in ("he", "she", "i", "we", "they", "who", "it"):
        return _pronoun(context, lower)
    if lower in ("some", "many", "others") and head.kind == "pronoun":
        return "collective"
    if lemma in _BARE_SOURCE:
        span = _phrase(sentence, head)
        qualified = any(m.actor is not None and m.start >= span.start and m.end <= span.end for m in _mentions(context))
        official = re.search(
            r"\b(?:government|official|diplomatic|security|military|administration|state|defen[cs]e|intelligence)\b",
            phrase,
            re.I,
        )
        return "unnamed_official" if qualified or official else "unnamed_insider"
    if lemma in ("people", "person"):
        return None
    if head.kind == "noun" or lemma in ("ministry", "government", "department", "embassy"):
        found = _nouns().get(lemma)
        if found == "unnamed_official" and _has_name(context, head):
            return "named_person"
        if (
            found == "institution"
            and _has_name(context, head)
            and lemma in ("spokesman", "spokeswoman", "spokesperson")
        ):
            return "named_person"
        return found
    if mention is not None:
        return "institution"
    if head.kind == "name":
        found = _nouns().get(lower)
        if found in ("institution", "media_report", "document"):
            return found
        return "named_person" if head.text[:1].isupper() else None
    return None


def _pronoun(context: Context, lower: str) -> SourceClass | None:
    if lower in ("they", "who", "it"):
        return None
    if lower in ("i", "we"):
        return "named_person" if context.sentence.speaker is not None or context.roster.profile.home else None
    return "named_person"


def _mentions(context: Context) -> tuple[Mention, ...]:
    return context.roster.mentions.get(context.sentence.index, ())


def _mention_at(context: Context, word: Word) -> Mention | None:
    return next((m for m in _mentions(context) if m.start < word.end and m.end > word.start), None)


def _has_name(context: Context, head: Word) -> bool:
    """ "Foreign Minister Hugh Todd", "spokesman Dmitry Peskov": the phrase names a person."""
    for below in context.sentence.below(head.index):
        if below.relation in ("apposition", "compound") and below.kind == "name" and below.index > head.index - 1:
            mention = _mention_at(context, below)
            if mention is None or mention.person is not None:
                return (below.text[:1].isupper() and mention is not None) or below.relation == "apposition"
    return False
