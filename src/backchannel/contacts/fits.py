"""Say whether the words around a contact word allow the meaning in which it tells a contact."""

from __future__ import annotations

import re

from backchannel.contacts.lexicon import NEEDS_BEFORE, Entry, entry_for
from backchannel.contacts.slots import PARTNER, is_brokered
from backchannel.language.grammar import Sentence, Word

_CALL_FOR = re.compile(r"\s*(?:for|on|upon|to [a-z]+)\b")
_PLACES = frozenset({"cross", "place", "room", "house", "hall", "point", "table", "agenda"})
_MOUNTAIN = re.compile(r"\s+of (?:the )?(?:Mount|Mt|mountain|hill|peak)\b|\s+(?:ridge|crater|plateau)\b")


def fits(sentence: Sentence, word: Word, entry: Entry) -> bool:
    """Whether the words around allow this meaning of ``word``."""
    left = [w.lemma for w in sentence.words[max(0, word.index - 3) : word.index]]
    own = {w.lemma for w in sentence.below(word.index) if w.relation in ("compound", "modifier")} | set(left[-1:])
    if entry.before:
        if entry.lemma in NEEDS_BEFORE:
            if not own & entry.before and not set(left[-2:]) & entry.before:
                return False
        elif own & entry.before:
            return False
    if entry.after and any(w.relation == "oblique" and w.lemma in entry.after for w in sentence.below(word.index)):
        return False
    text = sentence.text[word.end - sentence.start :]
    if entry.kind == "noun":
        return _noun_fits(sentence, word, entry, text, own)
    return _verb_fits(sentence, word, entry, text)


def _noun_fits(sentence: Sentence, word: Word, entry: Entry, text: str, own: set[str]) -> bool:
    lowered = sentence.text[: word.start - sentence.start].lower()
    if word.relation == "compound" and sentence.words[word.head].lemma in _PLACES:
        return False
    if entry.lemma == "summit" and _MOUNTAIN.match(text):
        return False
    if entry.lemma == "talk" and word.text.lower() == "talk":
        return bool(own & _TALK_WORDS) or sentence.words[word.head].lemma == "have"
    if entry.lemma == "contact" and re.search(r"\b(?:line|point|points) of $", lowered):
        return False
    if entry.lemma == "exchange" and (
        re.search(r"\bin $", lowered)
        or not (
            own & _EXCHANGE_WORDS
            or word.shape == "plural"
            or any(w.lemma in _EXCHANGED for w in sentence.below(word.index))
        )
    ):
        return False
    if entry.lemma == "exchange" and own & {
        "prisoner",
        "hostage",
        "stock",
        "fire",
        "captive",
        "missile",
        "student",
        "body",
        "people",
        "people-to-people",
        "cultural",
        "academic",
    }:
        return False
    if entry.lemma == "conference" and "joint" in own and re.search(r"\b(?:press|news) $", lowered):
        return True
    if entry.lemma == "call" and "courtesy" in own:
        return True
    if entry.lemma == "call" and word.relation == "predicate" and _is_owned(sentence, word):
        return False  # "that is really his call": a decision
    if entry.lemma == "message" and own & _SIGNALS:
        return False  # "sent a clear message to Moscow" by a deed
    if entry.lemma == "discussion" and _is_bare(sentence, word):
        return False  # "this would prolong discussion"
    if entry.lemma == "call" and (
        _CALL_FOR.match(text)
        or (word.shape == "plural" and not own & {"phone", "telephone", "video"} and " with" not in text[:6])
    ):
        return bool(own & {"phone", "telephone", "video", "conference"})
    if entry.lemma in ("conference", "call", "meeting", "session") and re.search(
        r"\b(?:press|news|earnings|sales|background press|training|jam)[\s-]+(?:\w+\s)?$", lowered
    ):
        return False
    if re.search(r"\b(?:pep|small|trash|ted|straight|double)[\s-]$", lowered):
        return False
    if entry.phrase and entry.lemma not in ("ceremony",):
        governor = sentence.words[word.head]
        near = (
            {w.lemma for w in sentence.path(word.index)}
            | {w.lemma for w in sentence.below(word.index) if w.relation == "relative"}
            | {governor.lemma}
        )
        return bool(near & entry.phrase)
    return True


def _is_bare(sentence: Sentence, word: Word) -> bool:
    """Whether a singular noun stands without article, owner or partner."""
    below = list(sentence.below(word.index))
    return word.shape != "plural" and not any(
        w.relation in ("determiner", "possessor", "modifier", "number") or w.preposition in PARTNER for w in below
    )


def _is_owned(sentence: Sentence, word: Word) -> bool:
    return any(w.relation == "possessor" for w in sentence.below(word.index))


_MEETS_HALFWAY = re.compile(r"\s+(?:it|this|that|(?:\w+ )?(?:at|in) the middle|\w+ half\s?way)\b(?! with)")
_TELEPHONED = frozenset(
    [
        "adviser",
        "advisor",
        "ambassador",
        "chancellor",
        "counterpart",
        "emir",
        "envoy",
        "king",
        "minister",
        "premier",
        "president",
        "prince",
    ]
)
_SIGNALS = frozenset({"clear", "strong", "powerful", "unmistakable", "unambiguous", "forceful", "mixed", "wrong"})
_TALK_WORDS = frozenset(
    {"private", "secret", "quiet", "long", "frank", "confidential", "telephone", "phone", "good", "direct"}
)
_EXCHANGE_WORDS = frozenset(
    {
        "private",
        "secret",
        "frank",
        "confidential",
        "diplomatic",
        "written",
        "candid",
        "occasional",
        "high-level",
        "bilateral",
    }
)
_EXCHANGED = frozenset(
    {"view", "opinion", "message", "letter", "information", "idea", "note", "greeting", "word", "proposal"}
)


def _verb_fits(sentence: Sentence, word: Word, entry: Entry, text: str) -> bool:
    below = list(sentence.below(word.index))
    if entry.lemma == "brief" and word.relation == "relative" and word.shape == "participle":
        return False
    if word.relation in ("modifier", "compound") and entry.form == "mediation":
        noun = sentence.words[word.head]
        told = entry_for(noun)  # "Algerian-mediated talks": the noun tells it
        return is_brokered(sentence, word) and (told is None or not fits(sentence, noun, told))
    if word.relation in ("modifier", "compound"):
        return word.shape == "gerund" and sentence.words[word.head].lemma in (
            "process",
            "session",
            "round",
            "table",
            "track",
        )
    if entry.lemma in ("speak", "talk") and re.search(
        r"\b(?:generally|broadly|strictly|roughly|frankly|so to) $", sentence.text[: word.start - sentence.start], re.I
    ):
        return False
    for child in below:
        if child.relation in ("patient", "passive_subject"):
            whole = {w.lemma for w in sentence.conjuncts(child.index)}
            if whole & entry.objects:
                return False
    if word.relation == "relative" and sentence.words[word.head].lemma in entry.objects:
        return False  # "a threat that it could not meet"
    if entry.lemma == "meet" and _MEETS_HALFWAY.match(text) and not _is_told_when(sentence, word):
        return False
    if entry.lemma == "send" and any(
        w.lemma == "message" and {x.lemma for x in sentence.below(w.index)} & _SIGNALS for w in below
    ):
        return False
    if entry.lemma == "engage" and not any(w.preposition in ("with", "to") for w in below):
        inside = [w for w in below if w.relation == "oblique" and w.preposition == "in"]
        if inside and not any(entry_for(w) for w in inside):
            return False  # "engaged in a bloody war"
    if entry.lemma == "see":
        objects = [w for w in below if w.relation == "patient"]
        return (
            bool(objects)
            and objects[0].kind == "name"
            and not any(w.relation in ("predicate", "complement") or w.text.lower() == "as" for w in below)
        )
    if entry.lemma == "call":
        if _CALL_FOR.match(text) or any(
            w.relation in ("predicate", "complement", "particle", "adverb")
            and w.index > word.index
            and w.lemma in ("off", "out", "in", "up", "upon", "forth")
            for w in below
        ):
            return False
        objects = [w for w in below if w.relation == "patient"]
        return any(w.kind == "name" or w.lemma in _TELEPHONED for w in objects) and not any(
            w.relation in ("predicate", "complement") or w.lemma in ("home", "back") for w in below
        )
    if (
        entry.lemma == "meet"
        and word.shape == "participle"
        and any(w.relation == "oblique" and w.preposition in ("with", "by") for w in below)
    ):
        partner = next(w for w in below if w.relation == "oblique" and w.preposition in ("with", "by"))
        if (
            any(
                w.text.lower() in ("is", "are", "was", "were", "be", "been") for w in below if w.relation == "auxiliary"
            )
            and partner.kind == "noun"
        ):
            return False
    if (
        entry.lemma == "talk"
        and re.match(r"\s+about\b", text)
        and not any(w.preposition in ("with", "to") for w in below)
        and word.shape != "past"
    ):
        return False
    if entry.phrase:
        near = {w.lemma for w in below} | {w.preposition for w in below if w.preposition}
        tree = [
            w
            for child in below
            if child.relation in ("patient", "oblique", "adverb", "particle", "preposition")
            for w in sentence.tree(child.index, without=frozenset({"relative"}))
        ]
        if word.relation == "relative" and (
            "to" in entry.slots or near & PARTNER
        ):  # "the message that Oman carried to Washington"
            near.add(sentence.words[word.head].lemma)
        deeper = {w.lemma for w in tree} | {w.preposition for w in tree if w.preposition}
        return bool((near | deeper) & entry.phrase)
    return True


def _is_told_when(sentence: Sentence, word: Word) -> bool:
    """Whether the next words tell the time: "met this morning with", not "met this demand"."""
    following = sentence.words[word.index + 1]
    return following.relation == "measure" or sentence.words[following.head].relation == "measure"
