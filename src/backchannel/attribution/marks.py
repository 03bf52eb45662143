"""Cues that are no verb and no noun: "according to", "reportedly", a label with a colon, a name behind a dash."""

from __future__ import annotations

from backchannel.attribution import contents
from backchannel.attribution.sources import phrase
from backchannel.attribution.told import Draft
from backchannel.language.grammar import Sentence, Word


def of_according(sentence: Sentence, word: Word) -> Draft | None:
    """Give what "according to" hands to the noun behind it: the clause it hangs on."""
    for below in sentence.words[word.index + 1 :]:
        if below.relation == "oblique" and below.preposition == "to":
            source = phrase(sentence, below)
            own = {w.index for w in source} | {word.index, word.index + 1}
            governor = sentence.words[word.head]
            while governor.kind not in ("verb", "auxiliary") and governor.head != governor.index:
                governor = sentence.words[governor.head]
            tree = {w.index for w in sentence.tree(governor.index)}
            told = contents.trim(sentence, tree - own - {w.index for w in sentence.tree(below.index)})
            cue = [word, sentence.words[word.index + 1]]
            return Draft(
                sentence=sentence, head=word, cue=cue, source=source, content=told, can_quote=True, is_inverted=True
            )
    return None


def of_adverb(sentence: Sentence, word: Word) -> Draft:
    """ "Reportedly": nobody is named, the clause rests on what is told."""
    told = {w.index for w in sentence.tree(word.head)} - {word.index}
    return Draft(sentence=sentence, head=word, cue=[word], source=[], content=contents.trim(sentence, told))


def of_label(sentence: Sentence, colon: Word) -> Draft | None:
    """ "HAAS: We met", "Haas: We did not meet": the floor or a headline given to whom the label names."""
    label = [w for w in sentence.words[: colon.index] if w.kind != "punctuation"]
    if not label or len(label) > 5 or any(w.kind not in ("name", "noun", "preposition", "determiner") for w in label):
        return None
    if sum(1 for w in sentence.words[: colon.index] if w.kind == "punctuation") > 1:
        return None
    shouts = all(w.text.isupper() for w in label)
    after = sentence.words[colon.index + 1 : colon.index + 2]
    quotes = bool(after) and after[0].text in contents.QUOTES
    heads = sentence.index == 0 and label[-1].kind in ("name", "noun")
    if not (shouts or quotes or heads) or not any(w.text[:1].isupper() for w in label):
        return None
    told = contents.trim(sentence, set(range(colon.index + 1, len(sentence.words))))
    return (
        Draft(sentence=sentence, head=colon, cue=[colon], source=label, content=told, can_quote=quotes)
        if told
        else None
    )


def of_signature(sentence: Sentence, dash: Word) -> Draft | None:
    """ "...", set before a dash and the name of who said it."""
    rest = [w for w in sentence.words[dash.index + 1 :] if w.kind != "punctuation"]
    before = sentence.words[dash.index - 1] if dash.index else None
    if (
        not rest
        or (before is not None and before.text[-1:] not in "\"”'’.")
        or len(rest) > 12
        or any(w.kind in ("verb", "auxiliary") for w in rest)
        or rest[0].kind != "name"
    ):
        return None
    return Draft(
        sentence=sentence,
        head=dash,
        cue=[dash],
        source=rest,
        content=contents.trim(sentence, set(range(dash.index))),
        can_quote=True,
        is_inverted=True,
    )
