"""The source beside a cue: the words of its phrase, and the person a pronoun stands for."""

from __future__ import annotations

from backchannel.language.grammar import Sentence, Word, subject

_NAMING = frozenset({"noun", "name", "pronoun", "determiner", "adjective", "number"})
_BESIDE = frozenset({"relative", "adverbial", "complement", "purpose"})
_RELATIVE = frozenset({"who", "that", "which", "whom"})


def source_head(sentence: Sentence, verb: Word) -> Word | None:
    """Give the head of the phrase that names who says what ``verb`` tells, or ``None``."""
    below = list(sentence.below(verb.index))
    if any(word.relation == "passive_subject" for word in below) or _is_passive(sentence, verb):
        return next((word for word in below if word.relation == "passive_agent"), None)
    own = [word for word in below if word.relation == "agent" and word.kind in _NAMING]
    if own:
        return own[0]
    found = subject(sentence, verb.index)
    if found is None or found.index == verb.index or found.kind not in _NAMING:
        return None
    return found


def _is_passive(sentence: Sentence, verb: Word) -> bool:
    helps = [word for word in sentence.below(verb.index) if word.relation == "auxiliary"]
    if verb.shape == "participle" and any(word.lemma in ("be", "get") for word in helps):
        return not any(word.relation == "agent" for word in sentence.below(verb.index))
    return verb.shape == "participle" and not helps and verb.relation == "relative"


def phrase(sentence: Sentence, head: Word) -> list[Word]:
    """Give the words of a source's phrase, its appositions included and its clauses left out."""
    if head.text.lower() in _RELATIVE:
        return [head]
    tree = sentence.tree(head.index, without=_BESIDE)
    first = head.index
    while first - 1 in {word.index for word in tree}:
        first -= 1
    kept = [word for word in tree if word.index >= first]
    last = head.index
    indices = {word.index for word in kept}
    while last + 1 in indices:
        last += 1
    kept = [word for word in kept if word.index <= last]
    while kept and kept[-1].kind == "punctuation" and kept[-1].text not in (")", "]"):
        kept.pop()
    while kept and kept[0].kind == "punctuation":
        kept.pop(0)
    return kept
