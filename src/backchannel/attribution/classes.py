"""Give the class of a source by the phrase that names it: a person, an office, a paper, somebody unnamed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from backchannel import vocabulary
from backchannel.language.grammar import Sentence, Word
from backchannel.records import Mention, SourceClass, Span

FILE = "voice.yml"
_PAPER = re.compile(
    r"(?:Times|Post|Journal|News|Tribune|Herald|Guardian|Telegraph|TV|Radio|Daily|Gazette|Mail|Standard|Broadcasting|Agency|Reuters|Press)$"
)
_BARE_SOURCE = frozenset({"source", "sources"})
_BESIDE = frozenset({"relative", "punctuation", "coordinator", "conjunct", "adverbial", "apposition"})
_OFFICIAL = re.compile(
    r"\b(?:government|official|diplomatic|security|military|administration|state|defen[cs]e|intelligence)\b", re.I
)
_SPOKESMEN = ("spokesman", "spokeswoman", "spokesperson")
_BODY = re.compile(
    r"\b(?:Agency|Army|Assembly|Association|Authority|Bank|Bureau|Centre|Center|Command|Commission|Committee|Congress|Corps|"
    r"Council|Court|Department|Directorate|Embassy|Federation|Forces?|Foundation|Front|Government|Group|Institute|Ministry|Mission|"
    r"Movement|Office|Organi[sz]ation|Parliament|Party|Secretariat|Senate|Service|Union|University)\b"
)
_TITLE = re.compile(
    r"\b(?:Secretary|Minister|President|Chair\w*|Chief|Director|Head|Leader|Spokes\w+|Speaker|(?<!-)General|Judge|Justice)\b"
)
_OFFICES = frozenset({"ambassador", "chancellor", "emir", "king", "minister", "premier", "president"})
_NOT_IN_OFFICE = frozenset(
    {"former", "ex", "deputy", "vice", "senior", "junior", "unnamed", "assistant", "cabinet", "government"}
)
_LONGEST = 120
"""Characters of a source's phrase; a longer one is cut behind its head."""


@cache
def words() -> Any:
    """Give ``data/voice.yml``."""
    return vocabulary.load(FILE)


@cache
def nouns() -> dict[str, SourceClass]:
    """Give the class of each noun that names a kind of source, by lemma."""
    return {noun: row["id"] for row in words()["classes"] for noun in row["nouns"]}


@cache
def phrases() -> tuple[tuple[re.Pattern[str], SourceClass], ...]:
    """Give the formulas of hearsay and anonymity with their class."""
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


@cache
def doing() -> frozenset[str]:
    """Give the verbs of saying by which something is done ("denies a request") as well as told."""
    return frozenset(words()["doing"]["verbs"])


@cache
def holding() -> frozenset[str]:
    """Give the verbs of feeling and holding that count as telling in minutes and telegrams."""
    return frozenset(words()["holding"]["verbs"])


def naming(sentence: Sentence, head: Word) -> Span:
    """Give the words that name the source: an office with the name set after it, but no office set after a name."""
    tree = sentence.tree(head.index, without=_BESIDE)
    if head.kind != "name":
        names = [w for w in sentence.below(head.index) if w.relation == "apposition" and w.kind == "name"]
        tree += [w for name in names for w in sentence.tree(name.index, without=_BESIDE)]
    start, end = min(w.start for w in tree), max(w.end for w in tree)
    if end - start > _LONGEST:
        start, end = min(w.start for w in tree if w.end <= head.end), head.end
    return Span(start=start, end=end, text=sentence.text[start - sentence.start : end - sentence.start])


def is_outlet(head: Word, mention: Mention | None) -> bool:
    """Whether the word names a paper, an agency or a station."""
    return (mention is not None and mention.by.startswith("outlet:")) or (
        head.kind == "name" and _PAPER.search(head.text) is not None
    )


def mention_at(mentions: Sequence[Mention], word: Word) -> Mention | None:
    """Give the mention that the word is part of, or ``None``."""
    return next((m for m in mentions if m.start < word.end and m.end > word.start), None)


def classify(
    sentence: Sentence, head: Word, mentions: Sequence[Mention], *, knows_speaker: bool = False
) -> SourceClass | None:
    """Give the class of the source whose phrase is headed by ``head``, or ``None`` where it is no source.

    Args:
        mentions: the actors and outlets that the sentence names.
        knows_speaker: whether it is known who "I" and "we" are.
    """
    lower = head.text.lower()
    span = naming(sentence, head)
    for pattern, value in phrases():
        if value in ("unnamed_insider", "unnamed_official") and pattern.search(span.text):
            return value
    mention = mention_at(mentions, head)
    if is_outlet(head, mention):
        return "unnamed_official" if _told_by_officials(sentence, head) else "media_report"
    if mention is not None and mention.person is not None:
        return "named_person"
    if lower in ("he", "she", "i", "we", "you", "they", "who", "it"):
        return _pronoun(lower, knows_speaker=knows_speaker)
    if lower in ("some", "many", "others") and head.kind == "pronoun":
        return "collective"
    if head.lemma in _BARE_SOURCE:
        qualified = any(m.actor is not None and m.start >= span.start and m.end <= span.end for m in mentions)
        return "unnamed_official" if qualified or _OFFICIAL.search(span.text) else "unnamed_insider"
    if head.lemma in ("people", "person"):
        return None
    return _by_noun(sentence, head, mentions, mention)


def _by_noun(
    sentence: Sentence, head: Word, mentions: Sequence[Mention], mention: Mention | None
) -> SourceClass | None:
    span = naming(sentence, head)
    if head.kind == "noun" or head.lemma in ("ministry", "government", "department", "embassy"):
        found = nouns().get(head.lemma)
        is_office = found == "unnamed_official" or (found == "institution" and head.lemma in _SPOKESMEN)
        if is_office and (_has_name(sentence, head, mentions) or _is_the_holder(sentence, head, mentions)):
            return "named_person"
        return found
    if mention is not None:
        return "institution"
    if head.kind == "name":
        found = nouns().get(head.text.lower())
        if found in ("institution", "media_report", "document"):
            return found
        if _BODY.search(span.text) and not _TITLE.search(span.text):
            return "institution"
        return "named_person" if head.text[:1].isupper() else None
    return None


def _is_the_holder(sentence: Sentence, head: Word, mentions: Sequence[Mention]) -> bool:
    """ "The Irish foreign minister", "Colombia's president": one state has one holder of the office, who needs no name."""
    if head.lemma not in _OFFICES or head.shape != "singular":
        return False
    below = list(sentence.below(head.index))
    is_definite = any(w.relation == "possessor" or (w.kind == "determiner" and w.text.lower() == "the") for w in below)
    is_former = any(w.text.lower() in _NOT_IN_OFFICE for w in below)
    return is_definite and not is_former and any(mention_at(mentions, w) is not None for w in below)


def _told_by_officials(sentence: Sentence, outlet: Word) -> bool:
    """ "Reuters reports from officials": the paper passes on what somebody unnamed told it."""
    return any(
        w.relation == "oblique"
        and w.preposition == "from"
        and 0 < w.index - outlet.index < 8
        and nouns().get(w.lemma) == "unnamed_official"
        for w in sentence.words
    )


def _pronoun(lower: str, *, knows_speaker: bool) -> SourceClass | None:
    if lower in ("they", "who", "it"):
        return None
    return "named_person" if lower in ("he", "she") or knows_speaker else None


def _has_name(sentence: Sentence, head: Word, mentions: Sequence[Mention]) -> bool:
    """ "Foreign Minister Hugh Todd", "spokesman Dmitry Peskov": the phrase names a person."""
    for below in sentence.below(head.index):
        if below.relation in ("apposition", "compound") and below.kind == "name" and below.index > head.index - 1:
            mention = mention_at(mentions, below)
            if mention is None or mention.person is not None:
                return (below.text[:1].isupper() and mention is not None) or below.relation == "apposition"
    return False
