"""What a cue tells: the words of the clause, phrase or prefix that hangs on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from backchannel.attribution import lexicon
from backchannel.language.grammar import Sentence, Word

DASHES = frozenset({"—", "–", "--", "―"})
_FINITE = frozenset({"past", "present", "modal"})
QUOTES = frozenset({"“", "”", '"', "''", "``", "‘", "’", "'"})
_BREAKS = frozenset({",", "—", "–", "--", "―", "-"}) | QUOTES
_GOES_ON = frozenset({"because", "since", "although", "though", "unless", "if", "so"})
_CARRY_ON = frozenset(
    {"and", "but", "or", "nor", "until", "till", "that", "for", "than", "as", "even", "with", "without", "not"}
)
_CLAUSES = frozenset({"relative", "complement"})
_CALLING = frozenset({"call", "brand", "label", "dub", "term", "describe"})
_WITH_OBJECT = frozenset({"as", "for", "of", "over", "with"})


def of_verb(sentence: Sentence, verb: Word, kinds: frozenset[str], taken: set[int]) -> set[int]:
    """Give the indices of the words that ``verb`` tells by what hangs on it; ``taken`` are its cue and source."""
    found: set[int] = set()
    below = [word for word in sentence.below(verb.index) if word.index not in taken]
    clauses = [word for word in below if word.relation == "complement"]
    for clause in clauses:
        if _fits(sentence, clause, kinds) and not (clause.index < verb.index and _says(clause)):
            found |= _indices(sentence, clause) - _own_cues(sentence, clause)
    if "clause" in kinds:
        for word in below:
            if word.relation == "conjunct" and has_that(sentence, word):
                found |= _indices(sentence, word)
    if found and "clause" in kinds:
        found |= _reasons(sentence, below, max(found))
    if found and "urging" in kinds:
        for word in below:
            if word.relation == "patient" and word.index > verb.index:
                found |= _indices(sentence, word)
    if not found and "naming" in kinds:
        found |= _named(sentence, verb, below)
    if not found:
        found |= _behind_preposition(sentence, verb, below)
    if not found and "object" in kinds:
        found |= _object(sentence, verb, below)
    return found - taken


def has_that(sentence: Sentence, clause: Word) -> bool:
    """Whether the clause opens with "that" ("said he was ill, but that he would come")."""
    return any(w.relation == "marker" and w.text.lower() == "that" for w in sentence.below(clause.index))


def _says(word: Word) -> bool:
    """Whether the word is a verb of saying with content of its own: "though she admitted", "Haas said" set between."""
    return "direct" in lexicon.frames().get(lexicon.lemma(word), frozenset())


def _own_cues(sentence: Sentence, clause: Word) -> set[int]:
    """Participles of saying behind what is told (", citing ..."): the parser hangs them on it, they are the source's."""
    found: set[int] = set()
    for word in sentence.below(clause.index):
        if is_trailing_cue(sentence, word):
            found |= _indices(sentence, word)
    return found


def is_trailing_cue(sentence: Sentence, word: Word) -> bool:
    """Whether the word is a participle of saying or telling set behind a comma."""
    return (
        word.relation == "adverbial"
        and word.shape == "gerund"
        and word.preposition is None
        and word.index > 0
        and sentence.words[word.index - 1].text == ","
        and bool(lexicon.frames().get(lexicon.lemma(word), frozenset()) & {"direct", "object"})
    )


def _reasons(sentence: Sentence, below: Iterable[Word], last: int) -> set[int]:
    """Clauses of reason and concession behind what is told; the parser hangs them on the verb of saying."""
    found: set[int] = set()
    for word in below:
        marks = (w.text.lower() for w in sentence.below(word.index) if w.relation == "marker")
        if word.relation == "adverbial" and word.index > last and not _says(word) and any(m in _GOES_ON for m in marks):
            found |= set(range(last + 1, word.index)) | _indices(sentence, word)
    return found


def _fits(sentence: Sentence, clause: Word, kinds: frozenset[str]) -> bool:
    below = list(sentence.below(clause.index))
    if any(word.relation == "auxiliary" and word.text.lower() == "to" for word in below):
        return bool(kinds & {"infinitive", "urging"})
    if clause.shape in _FINITE or any(word.relation == "auxiliary" and word.shape in _FINITE for word in below):
        return "clause" in kinds
    if any(word.relation in ("agent", "passive_subject", "marker") for word in below):
        return bool(kinds & {"clause", "naming"})
    return clause.shape == "gerund" and bool(kinds & {"clause", "object", "infinitive"})


def _indices(sentence: Sentence, head: Word) -> set[int]:
    return {word.index for word in sentence.tree(head.index)}


def _object(sentence: Sentence, verb: Word, below: Iterable[Word]) -> set[int]:
    patients = [word for word in below if word.relation in ("patient", "passive_subject")]
    if not patients:
        return set()
    found: set[int] = set()
    for word in below:
        if word in patients or (
            word.relation in ("oblique", "adverbial")
            and word.preposition in _WITH_OBJECT
            and word.index > patients[-1].index
        ):
            found |= _indices(sentence, word) | _mark_of(sentence, word)
    return found


def _named(sentence: Sentence, verb: Word, below: Iterable[Word]) -> set[int]:
    """ "Called the offer a trap", "described it as a trap": what is named with its name."""
    objects = [w for w in below if w.relation in ("patient", "passive_subject")]
    names = [w for w in below if w.relation in ("predicate", "complement") and w.index > verb.index]
    names += [w for w in below if w.relation in ("oblique", "adverbial") and w.preposition == "as"]
    if not names and verb.lemma in _CALLING:
        names = _after_object(sentence, objects)
    if not names:
        return set()
    return set().union(*(_indices(sentence, w) | _mark_of(sentence, w) for w in (*objects, *names)))


def _after_object(sentence: Sentence, objects: Sequence[Word]) -> list[Word]:
    """A quotation or "a ..." right behind the object of "call", which the parse hangs elsewhere."""
    if not objects:
        return []
    last = max(_indices(sentence, objects[-1]))
    behind = sentence.words[last + 1 :]
    if len(behind) < 2 or not (behind[0].text in QUOTES or behind[0].text.lower() in ("a", "an")):
        return []
    return [word for word in behind if word.kind != "punctuation"][:8]


def _behind_preposition(sentence: Sentence, verb: Word, below: Iterable[Word]) -> set[int]:
    if any(word.relation == "particle" for word in below):  # "pointed out to": the hearer
        return set()
    marks = lexicon.prepositions().get(verb.lemma, frozenset())
    for word in below:
        if word.relation in ("oblique", "adverbial") and word.preposition in marks and word.index > verb.index:
            return _indices(sentence, word)
    return set()


def _mark_of(sentence: Sentence, word: Word) -> set[int]:
    """The preposition before a noun that hangs on the verb by it."""
    if word.preposition is None:
        return set()
    first = min(_indices(sentence, word))
    return {first - 1} if first and sentence.words[first - 1].text.lower() == word.preposition else set()


def around(sentence: Sentence, verb: Word, taken: set[int]) -> set[int]:
    """Give what stands before (and after) a cue set behind or between its content: "the envoys, Smith said, had left"."""
    left, right = min(taken), _last(sentence, verb, taken)
    if left == 0 or sentence.words[left - 1].text not in _BREAKS:
        return set()
    begin = _begin(sentence, left)
    found = set(range(begin, left))
    rest = sentence.words[right + 1 :]
    quoted = any(word.text in QUOTES for word in sentence.words[left - 2 : left])
    if quoted and not any(word.text in QUOTES for word in rest):
        return found
    if (
        len(rest) > 2
        and rest[0].text in _BREAKS
        and (_is_cut(sentence, verb, right) or not _has_verb(sentence, left) or _goes_on(rest))
    ):
        found |= set(range(right + 1, len(sentence.words)))
    return found


def leads_on(sentence: Sentence, verb: Word) -> bool:
    """Whether a clause hangs on the verb to its right, so that nothing before it is told by it."""
    return any(
        w.index > verb.index
        and w.relation == "complement"
        and any(
            m.relation == "marker" or (m.relation == "agent" and m.index > verb.index) for m in sentence.below(w.index)
        )
        for w in sentence.below(verb.index)
    )


def _last(sentence: Sentence, verb: Word, taken: set[int]) -> int:
    """The end of the cue with its hearers and circumstances ("told reporters in Cairo on Monday")."""
    last = max(max(taken), verb.index)
    inside = {
        word.index
        for child in sentence.below(verb.index)
        if child.relation in ("patient", "recipient", "oblique", "measure", "adverb", "preposition")
        for word in sentence.tree(child.index, without=_CLAUSES)
    }
    while last + 1 in inside | taken or (
        last + 1 < len(sentence.words) and last + 2 in inside and sentence.words[last + 1].kind in ("preposition",)
    ):
        last += 1
    return last


def _begin(sentence: Sentence, left: int) -> int:
    """Where what stands before a cue begins: behind a colon, or behind the dash of a dateline."""
    begin = 0
    for word in sentence.words[: left - 1]:
        if word.text == ":" or (word.text in DASHES and word.index < 8 and not _has_verb(sentence, word.index)):
            begin = word.index + 1
    return begin


def is_parted(sentence: Sentence, left: int) -> bool:
    """Whether a comma, dash or quotation mark stands before the word at ``left``, so that it may follow what it tells."""
    return left > 0 and sentence.words[left - 1].text in _BREAKS


def rest(sentence: Sentence, verb: Word, taken: set[int]) -> set[int]:
    """Give what stands behind a cue and its hearer where the parse hangs nothing on it, if it is a clause."""
    right = _last(sentence, verb, taken)
    behind = sentence.words[right + 1 :]
    if not behind or (
        behind[0].kind in ("punctuation", "preposition", "conjunction") and behind[0].text.lower() != "that"
    ):
        return set()
    finite = any(w.kind in ("verb", "auxiliary") and w.shape in _FINITE for w in behind)
    return {w.index for w in behind} if finite else set()


def _goes_on(rest: Sequence[Word]) -> bool:
    """Whether what was told goes on behind the cue: no participle ("adding"), no relative clause, no date follows the comma."""
    first = next((word for word in rest if word.kind != "punctuation"), None)
    if first is None:
        return False
    return first.text.lower() in _GOES_ON | _CARRY_ON


def _is_cut(sentence: Sentence, verb: Word, right: int) -> bool:
    return verb.head != verb.index and verb.head > right


def _has_verb(sentence: Sentence, left: int) -> bool:
    return any(word.kind in ("verb", "auxiliary") and word.shape in _FINITE for word in sentence.words[:left])


def host(sentence: Sentence, verb: Word) -> set[int]:
    """Give the clause into which "as Smith said" is put, without what hangs on the verb itself."""
    if verb.head == verb.index or sentence.words[verb.head].kind not in ("verb", "auxiliary", "noun", "adjective"):
        return set()
    return _indices(sentence, sentence.words[verb.head]) - _indices(sentence, verb)


def trim(sentence: Sentence, found: set[int]) -> set[int]:
    """Give what is told without loose punctuation at its edges."""
    return set(trimmed(sentence.words, found))


def trimmed(words: Sequence[Word], found: Iterable[int]) -> list[int]:
    """Leave out punctuation at the edges of what is told; quotation marks and brackets stay."""
    kept = sorted(found)
    while kept and _is_loose(words[kept[0]]):
        kept.pop(0)
    while kept and _is_loose(words[kept[-1]]):
        kept.pop()
    return kept


def _is_loose(word: Word) -> bool:
    return word.kind == "punctuation" and word.text not in QUOTES
