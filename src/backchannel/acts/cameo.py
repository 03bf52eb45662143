"""CAMEO codes: of a type of act or form of contact, and of the actors that a phrase names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from backchannel import vocabulary
from backchannel.acts.between import contact_entry
from backchannel.acts.lexicon import Entry
from backchannel.language.grammar import Sentence, Word
from backchannel.records import Mention

FILE = "cameo.yml"
ANY = "---"
"""Stands for the country where none is told."""
_FIRM = ("OPP", "REB", "LEG", "MIL", "JUD")
"""Roles that a title gives a known person: "General", "opposition leader"."""
_NEAR = ("possessor", "modifier", "compound", "apposition")
_FAR = ("of", "from", "in", "by", "at", "near", "across", "around", "to")


@cache
def codes() -> dict[str, str]:
    """Give the CAMEO code of each type, type with mode, form of contact and entry that has one of its own.

    Raises:
        VocabularyError: the file has faults; all are listed.
    """
    rows: list[dict[str, Any]] = vocabulary.load(FILE)["codes"]
    vocabulary.check(FILE, rows, required=("id", "code", "means", "source"), optional=())
    return {row["id"]: str(row["code"]) for row in rows}


def code_of(event: str, mode: str | None, entry: Entry | None) -> str:
    """Give the CAMEO code of an act; of a contact (CONSULT) ``mode`` is its form.

    >>> code_of("COERCE", "arrest", None), code_of("CONSULT", "visit", None), code_of("AID", None, None)
    ('173', '042', '070')
    """
    known = codes()
    own = known.get(entry.id) if entry is not None and entry.event == event else None
    return own or known.get(f"{event}/{mode}") or known[event]


@cache
def _finer() -> tuple[tuple[str, frozenset[str], str], ...]:
    rows: list[dict[str, Any]] = vocabulary.load(FILE)["finer"]
    vocabulary.check(FILE, rows, required=("id", "event", "objects", "code", "means", "source"), optional=())
    return tuple((row["event"], frozenset(row["objects"]), str(row["code"])) for row in rows)


@cache
def _turned() -> dict[str, str]:
    rows: list[dict[str, Any]] = vocabulary.load(FILE)["turned"]
    vocabulary.check(FILE, rows, required=("id", "code", "means", "source"), optional=())
    return {row["id"]: str(row["code"]) for row in rows}


def finer(code: str, event: str, lemmas: frozenset[str]) -> str:
    """Give the narrower code that a word beside the act gives, else ``code``; a code that is narrow already stays.

    >>> finer("070", "AID", frozenset(["weapon"])), finer("070", "AID", frozenset(["bridge"]))
    ('072', '070')
    """
    if not code.endswith("0"):
        return code
    return next((told for kind, objects, told in _finer() if kind == event and objects & lemmas), code)


def turned(event: str, held: str) -> str:
    """Give the code of a deed that is promised, refused, asked for or threatened.

    >>> turned("AGREE", "AID"), turned("AGREE", "CONSULT")
    ('033', '030')
    """
    return _turned().get(f"{event}/{held}") or codes()[event]


def form_of(word: Word) -> str | None:
    """Give the form of contact that a word tells, ``None`` where it is no contact word."""
    entry = contact_entry(word)
    return entry.form if entry is not None else None


@cache
def verbs(kind: str) -> frozenset[str]:
    """Give one of the lists of verbs of ``data/cameo.yml``."""
    return frozenset(vocabulary.load(FILE)["verbs"][kind])


@cache
def _roles() -> dict[str, str]:
    return {noun: role for role, nouns in vocabulary.load(FILE)["agents"].items() for noun in nouns}


@cache
def _homes() -> dict[str, str]:
    """The home state of organisations, companies and groups that have one."""
    lists = [vocabulary.load(f"actors/{file}.yml")[file] for file in ("organisations", "companies", "civil_society")]
    return {row["id"]: row["country"] for rows in lists for row in rows if row.get("country")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A verb with an object of which CAMEO has a code that our types do not part: "claim responsibility"."""

    verbs: frozenset[str]
    objects: frozenset[str]
    code: str
    event: str


@cache
def phrases() -> tuple[Phrase, ...]:
    """Give the verbs with objects that have a code of their own.

    Raises:
        VocabularyError: the file has faults; all are listed.
    """
    rows: list[dict[str, Any]] = vocabulary.load(FILE)["phrases"]
    vocabulary.check(FILE, rows, required=("id", "verbs", "objects", "code", "event", "means", "source"), optional=())
    return tuple(
        Phrase(
            verbs=frozenset(row["verbs"]), objects=frozenset(row["objects"]), code=str(row["code"]), event=row["event"]
        )
        for row in rows
    )


class Names:
    """The CAMEO actor codes of the phrases of one sentence."""

    def __init__(self, sentence: Sentence, mentions: Sequence[Mention]) -> None:
        self.sentence = sentence
        self._mentions = {
            word.index: mention
            for mention in mentions
            for word in sentence.words
            if mention.actor and word.start < mention.end and word.end > mention.start
        }

    def of(self, index: int) -> list[str]:
        """Give the codes of a phrase by its head word, coordinated ones included; none where it names no actor."""
        own = self._mentions.get(index)
        words = [w for w in self.sentence.words if own is not None and self._mentions.get(w.index) is own]
        inside = {w.index for w in words} - {index}
        heads = {index, *inside}
        parts = {w.index: w for head in sorted(heads) for w in self.sentence.conjuncts(head) if w.index not in inside}
        found = [code for word in parts.values() for code in self._one(word)]
        found += [
            code
            for word in self.sentence.below(index)
            if word.relation == "apposition"
            and word.index in self._mentions
            and own is not None
            and self._is_apart(index, word)
            for code in self.of(word.index)
            if all(code[:3] != other[:3] for other in found)
        ]
        return list(dict.fromkeys(found))

    def inside(self, index: int, *, without: frozenset[str] = frozenset()) -> list[str]:
        """Give the codes of the first phrase below a word that names an actor with its country."""
        for word in self.sentence.tree(index, without=without):
            found = [code for code in self._one(word) if not code.startswith(ANY)]
            if found:
                return found
        return []

    def role(self, word: Word) -> str | None:
        """Give the role code of a noun, ``None`` where it names no agent."""
        return _roles().get(word.lemma.lower()) or _roles().get(word.text.lower())

    def _one(self, word: Word) -> list[str]:
        if word.lemma in verbs("counting"):
            for below in self.sentence.below(word.index):
                if below.relation == "oblique" and below.preposition == "of":
                    return self.of(below.index)
        mention = self._mentions.get(word.index)
        if mention is None and word.kind not in ("noun", "name", "number", "pronoun", "other"):
            return []
        role = self._role_of_phrase(word)
        if mention is not None and (word.kind == "punctuation" or self._is_for_or_against(word)):
            return []
        near = list(self._owners(word)) if mention is None or mention.by == "dictionary:surname" else []
        if mention is not None and not near:
            base = _base(mention)
            return [base[:3] + role if mention.person is not None and role in _FIRM else _with(base, role)]
        if near:
            return [_with(code, role) for code in dict.fromkeys(near)]
        return [ANY + role] if role is not None else []

    def _role_of_phrase(self, word: Word) -> str | None:
        """The role that the head gives, else what stands before it; "opposition leader" is of the opposition."""
        before = [self.role(w) for w in self.sentence.tree(word.index) if w.relation in ("compound", "modifier")]
        firm = next((role for role in before if role in _FIRM), None)
        own = self.role(word)
        if own is None or (own == "GOV" and firm is not None):
            return firm or next((role for role in before if role is not None), None)
        return own

    def _owners(self, word: Word, depth: int = 0) -> Iterator[str]:
        """Whose people or thing a phrase names: "Tunisian court", "a court in Guyana", "part of Syria's city"."""
        below = list(self.sentence.below(word.index))
        for child in below:
            near = [_base(self._mentions[p.index]) for p in self._parts(child) if p.index in self._mentions]
            if near and child.relation in _NEAR and not self._is_for_or_against(child):
                yield from near
                return
        if depth > 2:
            return
        for child in below:
            is_far = child.relation == "oblique" and child.preposition in _FAR
            if is_far or child.relation in ("possessor", "compound", "relative"):
                own = self._mentions.get(child.index)
                found = [_base(own)] if own is not None else list(self._owners(child, depth + 1))
                if found:
                    yield from found
                    return

    def _is_apart(self, index: int, word: Word) -> bool:
        """Whether a comma parts a phrase from another beside it: "the US, Russia", not "Malaysia Airlines Boeing"."""
        return any(w.kind == "punctuation" for w in self.sentence.words[index : word.index])

    def _parts(self, word: Word) -> list[Word]:
        return self.sentence.conjuncts(word.index)

    def _is_for_or_against(self, word: Word) -> bool:
        """ "Pro-Russia rebels" are not Russia's."""
        before = self.sentence.words[max(0, word.index - 2) : word.index]
        return any(w.text.lower().rstrip("-") in ("pro", "anti") for w in before)


def _base(mention: Mention) -> str:
    actor = mention.actor or ANY
    known: dict[str, str] = vocabulary.load(FILE)["actors"]
    if actor in known:
        return known[actor]
    if actor in _homes():
        return _homes()[actor] + (mention.sector or "")
    if mention.sector == "IGO":
        return "IGO" + actor[:3]
    if len(actor) == 3 and actor.isupper():
        return actor + ("GOV" if mention.person is not None else "")
    return ANY + (mention.sector or "")


def _with(code: str, role: str | None) -> str:
    """A code with a role, which a code that has one already keeps."""
    return (
        code + role
        if role is not None and len(code) == 3
        else code + ("MIL" if role == "MIL" and code == "IGOUNO" else "")
    )
