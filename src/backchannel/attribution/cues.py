"""Find the cues of one sentence with their source and what they tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from backchannel.attribution import contents, lexicon
from backchannel.attribution.quotes import Quote
from backchannel.attribution.sources import phrase, source_head
from backchannel.attribution.told import Draft
from backchannel.language.grammar import Sentence, Word

_HELPERS = ("auxiliary", "negation", "particle", "adverb")
_TELLING = frozenset({"clause", "direct"})
_MATTER = frozenset({"about", "of", "for", "over", "on", "against", "to", "regarding", "concerning", "with"})
_BEGINNING = frozenset({"go", "continue", "begin", "start", "proceed", "come", "appear", "seem"})
_MIND = frozenset({"believe", "expect", "think", "say", "know", "rumor", "estimate", "suppose", "report", "assume"})


def drafts(sentence: Sentence, quoted: Sequence[Quote]) -> Iterator[Draft]:
    """Yield what each cue of the sentence tells, cues inside quotations left out."""
    for word in sentence.words:
        if any(start < word.start < end for start, end in quoted):
            continue
        draft = None
        if word.kind == "verb":
            draft = _light(sentence, word) if word.lemma in lexicon.light_verbs() else None
            if draft is None and lexicon.lemma(word) in (lexicon.frames().keys() | lexicon.prepositions().keys()):
                draft = _verb(sentence, word, quoted)
        if word.text.lower() == "according":
            draft = _according(sentence, word)
        elif word.kind == "noun" and lexicon.lemma(word) in lexicon.nouns():
            draft = _noun(sentence, word)
        elif word.kind in ("adjective", "verb") and word.text.lower() in lexicon.adjectives():
            draft = _adjective(sentence, word)
        elif word.kind == "adverb" and word.text.lower() in lexicon.hearsay():
            draft = _adverb(sentence, word)
        elif word.text == ":":
            draft = _label(sentence, word)
        elif word.text in contents.DASHES:
            draft = _signed(sentence, word)
        if draft is not None:
            yield draft


def _trimmed(sentence: Sentence, found: set[int]) -> set[int]:
    """Give what is told without loose punctuation at its edges."""
    return set(contents.trimmed(sentence.words, found))


def _is_asserted(sentence: Sentence, verb: Word) -> bool:
    """Whether it is told that somebody did say it: "to say" and "could say" tell of no words spoken."""
    helpers = [word for word in sentence.below(verb.index) if word.relation == "auxiliary"]
    if any(word.shape == "modal" for word in helpers):
        return False
    return not any(word.text.lower() == "to" for word in helpers) or (
        verb.relation == "complement" and sentence.words[verb.head].lemma in _BEGINNING
    )


def _verb(sentence: Sentence, verb: Word, quoted: Sequence[Quote]) -> Draft | None:
    kinds = lexicon.frames().get(lexicon.lemma(verb), frozenset())
    head = source_head(sentence, _speaking(sentence, verb)) if _is_asserted(sentence, verb) else None
    if head is None:
        return None
    cue = cue_words(sentence, verb)
    if any(start < head.start < end for start, end in quoted):
        source = _beside(sentence, cue, quoted)
        if not source:
            return None
    else:
        source = phrase(sentence, head)
    taken = {word.index for word in (*source, *cue)}
    told = contents.of_verb(sentence, verb, kinds, taken)
    is_telling = bool(kinds & _TELLING)
    if not is_telling and verb.relation == "relative":  # "those who back the plan": a trait, nothing told
        return None
    is_inverted = False
    if is_telling:
        is_own = head.head == verb.index
        near = {w.index for w in (*cue, *(source if is_own else ()))}
        told, is_inverted = _with_surroundings(sentence, verb, told, near, is_own=is_own)
    told = _trimmed(sentence, told - taken)
    if not told and "direct" not in kinds:
        return None
    return Draft(
        sentence=sentence,
        head=verb,
        cue=cue,
        source=source,
        content=told,
        can_quote=is_telling,
        is_inverted=is_inverted,
    )


def _beside(sentence: Sentence, cue: Sequence[Word], quoted: Sequence[Quote]) -> list[Word]:
    """The phrase between a quotation and its cue, or behind the cue, where the parser takes a word quoted for the speaker."""
    before, after = list(sentence.words[: cue[0].index]), list(sentence.words[cue[-1].index + 1 :])
    for words in (list(reversed(before)), after):
        run: list[Word] = []
        for word in words:
            if any(start <= word.start < end for start, end in quoted) or word.text in (".", ";", ":"):
                break
            run.append(word)
        found = sorted((w for w in run if w.kind != "punctuation"), key=_place)
        if found and any(w.kind in ("name", "noun", "pronoun") for w in found):
            return found
    return []


def _place(word: Word) -> int:
    return word.index


def _speaking(sentence: Sentence, verb: Word) -> Word:
    """The verb whose subject speaks in ``verb``: of "Haas said it was over, citing ..." that of "said"."""
    told = sentence.words[verb.head]
    saying = sentence.words[told.head]
    if contents.is_trailing_cue(sentence, verb) and told.relation == "complement" and saying.kind == "verb":
        return saying if lexicon.frames().get(lexicon.lemma(saying), frozenset()) & _TELLING else verb
    return verb


def _with_surroundings(
    sentence: Sentence, verb: Word, told: set[int], near: set[int], *, is_own: bool
) -> tuple[set[int], bool]:
    """What is told with what the parse hangs elsewhere: the clause around "as Haas said", what stands behind the cue or,
    where the cue is set behind or between, before it; and whether it is set so."""
    if any(w.relation == "marker" and w.text.lower() == "as" for w in sentence.below(verb.index)):
        return contents.host(sentence, verb), True
    if told and max(told) < min(near) and not contents.is_parted(sentence, min(near)):
        told = set()
    if not told:
        told = contents.rest(sentence, verb, near)
    if (told and max(told) > min(near)) or not is_own or contents.leads_on(sentence, verb):
        return told, False
    wide = contents.around(sentence, verb, near)
    return told | wide, bool(wide)


def _light(sentence: Sentence, verb: Word) -> Draft | None:
    """ "Raised doubts about", "made the case that": the noun says what is done, the verb by whom."""
    noun = next((w for w in sentence.below(verb.index) if w.relation == "patient" and _is_speech(w)), None)
    head = source_head(sentence, verb) if noun is not None and _is_asserted(sentence, verb) else None
    if noun is None or head is None or verb.relation == "relative":
        return None
    source = phrase(sentence, head)
    below = [w for w in sentence.below(noun.index) if w.index > noun.index]
    told: set[int] = set()
    for word in below:
        is_clause = word.relation == "complement" or (word.relation == "relative" and _is_content(sentence, word))
        is_matter = word.relation in ("oblique", "adverbial") and word.preposition in _MATTER
        if not told and (is_clause or is_matter):
            told = {w.index for w in sentence.tree(word.index)}
    cue = list(sentence.words[min(verb.index, noun.index) : max(verb.index, noun.index) + 1])
    told = _trimmed(sentence, told - {w.index for w in (*cue, *source)})
    if not told:
        return None
    return Draft(sentence=sentence, head=verb, cue=cue, source=source, content=told)


def _is_speech(noun: Word) -> bool:
    return lexicon.lemma(noun) in lexicon.nouns() or noun.lemma in lexicon.light_nouns()


def cue_words(sentence: Sentence, verb: Word) -> list[Word]:
    """Give the verb with its helpers in one run ("has not yet said", "pointed out")."""
    helpers = {word.index for word in sentence.below(verb.index) if word.relation in _HELPERS}
    first = last = verb.index
    while first - 1 in helpers:
        first -= 1
    while last + 1 in helpers and sentence.words[last + 1].relation == "particle":
        last += 1
    return list(sentence.words[first : last + 1])


def _according(sentence: Sentence, word: Word) -> Draft | None:
    for below in sentence.words[word.index + 1 :]:
        if below.relation == "oblique" and below.preposition == "to":
            source = phrase(sentence, below)
            own = {w.index for w in source} | {word.index, word.index + 1}
            governor = sentence.words[word.head]
            while governor.kind not in ("verb", "auxiliary") and governor.head != governor.index:
                governor = sentence.words[governor.head]
            tree = {w.index for w in sentence.tree(governor.index)}
            told = _trimmed(sentence, tree - own - {w.index for w in sentence.tree(below.index)})
            cue = [word, sentence.words[word.index + 1]]
            return Draft(
                sentence=sentence, head=word, cue=cue, source=source, content=told, can_quote=True, is_inverted=True
            )
    return None


def _noun(sentence: Sentence, noun: Word) -> Draft | None:
    """ "The claim that", "his promise to": the noun hands its clause to its owner."""
    clause = next(
        (
            w
            for w in sentence.below(noun.index)
            if w.relation in ("relative", "complement") and _is_content(sentence, w)
        ),
        None,
    )
    if clause is None:
        return None
    owner = next((w for w in sentence.below(noun.index) if w.relation == "possessor"), None)
    if owner is None:
        owner = next(
            (
                w
                for w in sentence.below(noun.index)
                if w.relation == "oblique" and w.preposition in ("by", "from", "of") and w.index < clause.index
            ),
            None,
        )
    if owner is None and noun.relation == "patient":
        owner = source_head(sentence, sentence.words[noun.head])
    if owner is None:
        return None
    source = phrase(sentence, owner)
    own = {w.index for w in source} | {noun.index}
    told = _trimmed(sentence, {w.index for w in sentence.tree(clause.index)} - own)
    return Draft(sentence=sentence, head=noun, cue=[noun], source=source, content=told)


def _is_content(sentence: Sentence, clause: Word) -> bool:
    below = list(sentence.below(clause.index))
    return any(w.relation == "marker" and w.text.lower() in ("that", "whether") for w in below) or any(
        w.relation == "auxiliary" and w.text.lower() == "to" for w in below
    )


def _adjective(sentence: Sentence, word: Word) -> Draft | None:
    """ "Is sure that", "was worried about": a state of mind that its subject has."""
    governor = sentence.words[word.head] if word.relation == "predicate" else word
    source = next((w for w in sentence.below(governor.index) if w.relation in ("agent", "passive_subject")), None)
    if source is None or not _is_asserted(sentence, governor) or source.text.lower() in ("it", "there"):
        return None
    named = phrase(sentence, source)
    own = {w.index for w in named} | {word.index, governor.index}
    told: set[int] = set()
    for below in sentence.below(word.index):
        if below.index < word.index:
            continue
        if below.relation == "complement" or (
            below.relation in ("oblique", "adverbial") and below.preposition in ("about", "of", "over", "with", "to")
        ):
            told |= {w.index for w in sentence.tree(below.index)}
    told = _trimmed(sentence, told - own)
    if not told:
        return None
    return Draft(sentence=sentence, head=word, cue=[word], source=named, content=told)


def _signed(sentence: Sentence, dash: Word) -> Draft | None:
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
        content=_trimmed(sentence, set(range(dash.index))),
        can_quote=True,
        is_inverted=True,
    )


def _label(sentence: Sentence, colon: Word) -> Draft | None:
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
    told = _trimmed(sentence, set(range(colon.index + 1, len(sentence.words))))
    return (
        Draft(sentence=sentence, head=colon, cue=[colon], source=label, content=told, can_quote=quotes)
        if told
        else None
    )


def _adverb(sentence: Sentence, word: Word) -> Draft:
    """ "Reportedly": nobody is named, the clause rests on what is told."""
    told = {w.index for w in sentence.tree(word.head)} - {word.index}
    return Draft(sentence=sentence, head=word, cue=[word], source=[], content=_trimmed(sentence, told))
