"""Say who is meant by a role without a name: "the Prime Minister", "our counterparts in Beijing", "the opposition"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from backchannel.actors.roster import Roster
from backchannel.contacts.antecedents import Antecedents, pointing
from backchannel.contacts.phrases import Phrases, unidentified
from backchannel.contacts.pronouns import FIRST
from backchannel.contacts.sides import Side, roles
from backchannel.language.grammar import Sentence, Word
from backchannel.records import Evidence

_SEATED = frozenset({"authority", "government", "leader", "leadership", "minister", "official", "regime"})
_SEAT = re.compile(r" (?:over |back )?in (?:the )?")
_PAST = frozenset({"former", "previous", "last", "past", "prior"})
_FOREIGN = frozenset(
    [
        "ally",
        "partner",
        "counterpart",
        "colleague",
        "friend",
        "interlocutor",
        "neighbor",
        "neighbour",
        "adversary",
        "rival",
    ]
)
_OWN_PEOPLE = frozenset(
    {
        "country",
        "nation",
        "side",
        "minister",
        "cabinet",
        "adviser",
        "advisor",
        "aide",
        "general",
        "government",
        "team",
        "envoy",
        "ambassador",
        "emissary",
        "delegation",
        "secretary",
        "administration",
        "representative",
        "spokesman",
    }
)
_TITLES = frozenset(
    {
        "president",
        "minister",
        "prime",
        "secretary",
        "ambassador",
        "mr.",
        "mr",
        "general",
        "chancellor",
        "senator",
        "envoy",
        "dr.",
        "king",
        "prince",
        "leader",
        "ms.",
        "mrs.",
    }
)


class Unnamed:
    """The roles without a name in one sentence."""

    def __init__(self, sentence: Sentence, roster: Roster, phrases: Phrases, antecedents: Antecedents) -> None:
        self.sentence = sentence
        self.roster = roster
        self.phrases = phrases
        self.antecedents = antecedents

    def sides(self, word: Word, lower: str) -> list[Side]:
        """A role without a name: the document's own side when definite, one unknown party when political, a stop when domestic."""
        lemma = word.lemma
        modifiers = [
            w for w in self.sentence.below(word.index) if w.relation in ("compound", "modifier") and w.end <= word.start
        ]
        phrase = " ".join([*(w.lemma for w in modifiers[-2:]), lemma])
        short = " ".join([*(w.lemma for w in modifiers[-1:]), lemma])
        owner = next((w for w in self.sentence.below(word.index) if w.relation == "possessor"), None)
        opposition = self._opposition(word, lemma, [w.lemma for w in modifiers])
        if opposition is not None:
            return [opposition]
        seated = self._seated(word) if lemma in _FOREIGN or (lemma in _SEATED and owner is None) else None
        if seated is not None:
            return [seated]
        if owner is not None and owner.text.lower() in FIRST and lemma in roles("political") | roles("home"):
            known = self.roster.speaker(self.sentence)
            foreign = lemma in _FOREIGN
            return [pointing(known, word)] if known is not None and not foreign else [unidentified(self.sentence, word)]
        if owner is not None and owner.text.lower() in ("his", "her", "its", "their") and lemma in _OWN_PEOPLE:
            bound = self.antecedents.bound(owner)
            if len(bound) == 1:
                return [pointing(bound[0], word)]
        left = {w.lemma for w in modifiers}
        of_home = lemma in _OWN_PEOPLE | {"official"} and "administration" in left and not left & _PAST
        if of_home and self.roster.home is not None and owner is None:
            return [pointing(self.roster.home, word)]
        definite = any(
            w.text.lower() in ("the", "this") for w in self.sentence.below(word.index) if w.relation == "determiner"
        )
        titled = word.text[:1].isupper() and word.index > 0
        home_words = roles("home")
        if lemma in ("country", "nation", "kingdom", "republic") and definite and word.shape == "singular":
            state = self.antecedents.nearest(word, "it")
            if state is not None:
                return [pointing(state, word)]
        if {phrase, short, lemma} & home_words and word.shape != "plural" and (definite or titled or owner is None):
            title = self.antecedents.title_of_one_state(word)
            if title is not None:
                return [title]
            guest = self.antecedents.facing_home(word, lemma)
            if guest is not None:
                return [pointing(guest, word)]
            partner = self.antecedents.office_in_title(lemma if short not in home_words else short)
            if partner is not None and not (
                self.antecedents.home_holds({phrase, short, lemma}) and lemma == "president"
            ):
                return [pointing(partner, word)]
            if (
                self.roster.home is not None
                and (definite or titled)
                and self.antecedents.home_holds({phrase, short, lemma})
            ):
                return [pointing(self.roster.home, word)]
            antecedent = self.antecedents.office_before(word, lemma)
            if antecedent is not None:
                return [pointing(antecedent, word)]
            if definite or titled:
                return [unidentified(self.sentence, word)]
        if {phrase, short, lemma} & roles("nonstate"):
            return [unidentified(self.sentence, word)]
        if {phrase, short, lemma} & roles("domestic"):
            return [unidentified(self.sentence, word, "domestic")]
        if {phrase, short, lemma} & roles("political"):
            return [unidentified(self.sentence, word)]
        if word.kind == "name" and word.text[:1].isupper() and not self.phrases.by_word.get(word.index):
            title = self.antecedents.title_of_one_state(word)
            if title is not None:
                return [title]
            return [unidentified(self.sentence, word)] if self._looks_like_a_person(word) else []
        return []

    def _opposition(self, word: Word, lemma: str, modifiers: Sequence[str]) -> Side | None:
        """ "The opposition" in a sentence on Syria is the Syrian one, where the table knows it as a party of its own."""
        table = self.roster.table
        if table is None or "opposition" not in (lemma, *modifiers):
            return None
        states = [
            m.actor
            for m in (*self.phrases.mentions, *self.roster.before(self.sentence, back=2))
            if m.actor in table.actors
        ]
        for state in dict.fromkeys(states):
            actor = table.opposition_of(state or "")
            if actor is not None:
                here = Evidence(start=word.start, end=word.end, text=word.text, by="roles:opposition")
                return Side(actor=actor, kind="named", start=word.start, end=word.end, text=word.text, evidence=(here,))
        return None

    def _seated(self, word: Word) -> Side | None:
        """ "Our counterparts in Beijing", "allies and friends in Germany": the place right behind says whose they are."""
        last = max(self.sentence.conjuncts(word.index), key=lambda w: w.end)
        behind = last.end - self.sentence.start
        lead = _SEAT.match(self.sentence.text, behind)
        if lead is None:
            return None
        start = self.sentence.start + lead.end()
        mention = next(
            (m for m in self.phrases.mentions if m.start == start and m.sector in (None, "GOV", "IGO")), None
        )
        return None if mention is None else self.phrases.side(mention, word)

    def _looks_like_a_person(self, word: Word) -> bool:
        return any(
            w.text.lower() in _TITLES for w in self.sentence.below(word.index) if w.relation in ("compound", "modifier")
        )
