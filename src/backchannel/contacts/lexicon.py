"""The words that tell a contact, as a table that the reader can look a word up in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast

from backchannel import vocabulary
from backchannel.language.grammar import Word
from backchannel.records import Form
from backchannel.vocabulary import UserCues

FILE = "contacts.yml"
Needs = Literal["alone", "party", "pair", "both", "readout", "room"]
_KEYS = ("id", "lemma", "kind", "form", "needs", "means", "source", "yes", "no")
_MORE = ("slots", "objects", "before", "after", "phrase")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One lemma of the vocabulary; see the head of ``data/contacts.yml`` for the fields."""

    id: str
    lemma: str
    kind: Literal["noun", "verb"]
    form: Form
    needs: Needs
    slots: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    phrase: frozenset[str] = frozenset()


NEEDS_BEFORE = frozenset({"channel", "conference", "diplomacy", "session", "ceremony"})
"""Nouns that tell a contact only with one of their ``before`` words; for all others ``before`` lists what excludes."""


@cache
def entries() -> dict[tuple[str, str], Entry]:
    """Give the vocabulary by lemma and word kind.

    Raises:
        VocabularyError: the file has faults; all are listed.
    """
    rows: list[dict[str, Any]] = vocabulary.load(FILE)["entries"]
    vocabulary.check(FILE, rows, required=_KEYS, optional=_MORE)
    found = {}
    for row in rows:
        sets = {key: frozenset(str(one) for one in row.get(key) or ()) for key in _MORE}
        found[row["lemma"], row["kind"]] = Entry(
            id=row["id"], lemma=row["lemma"], kind=row["kind"], form=row["form"], needs=row["needs"], **sets
        )
    return found


def user_entry(word: Word, cues: UserCues) -> Entry | None:
    """Give an entry for a contact word of the user's own."""
    kind: Literal["noun", "verb"] = "verb" if word.kind == "verb" else "noun"
    for cue, form in cues.contact:
        if cue in (word.lemma, word.text.lower()):
            return Entry(
                id=f"user:{cue}",
                lemma=cue,
                kind=kind,
                form=cast(Form, form),
                needs="pair",
                slots=frozenset({"agent", "patient", "with", "to"}),
            )
    return None


def entry_for(word: Word) -> Entry | None:
    """Give the entry of ``word``, by lemma; a name counts as a noun ("the Geneva Summit")."""
    table = entries()
    lemma = _LEMMAS.get(word.text.lower(), word.lemma)
    if word.kind in ("noun", "name"):
        if word.kind == "name":
            lemma = _LEMMAS.get(word.text.lower(), word.text.lower())
            lemma = lemma[:-1] if lemma.endswith("s") and (lemma[:-1], "noun") in table else lemma
        return table.get((lemma, "noun"))
    if word.kind in ("verb", "auxiliary"):
        return table.get((lemma, "verb"))
    if word.kind == "adjective" and lemma in ("back-channel", "backchannel"):
        return table.get(("backchannel", "noun"))
    return None


_LEMMAS = {
    "talks": "talk",
    "backchannels": "backchannel",
    "back-channel": "backchannel",
    "back-channels": "backchannel",
    "dialog": "dialogue",
    "round-table": "roundtable",
    "pull-asides": "pull-aside",
    "pullaside": "pull-aside",
    "hotlines": "hotline",
    "dined": "dine",
    "telephoned": "telephone",
    "phoned": "phone",
    "summons": "summon",
    "renegotiate": "negotiate",
    "renegotiating": "negotiate",
    "renegotiation": "negotiation",
}
