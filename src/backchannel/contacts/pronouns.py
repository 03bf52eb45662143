"""Say whom a pronoun stands for: "we", "you", "he", "they", "both sides"."""

from __future__ import annotations

from dataclasses import replace

from backchannel.actors.roster import Known, Roster, is_reporter
from backchannel.contacts.antecedents import ROOM, Antecedents, pointing
from backchannel.contacts.phrases import NAME_RELATIONS, Phrases, unidentified
from backchannel.contacts.sides import Side, roles
from backchannel.language.grammar import Sentence, Word

FIRST = frozenset(["we", "us", "our", "ours", "ourselves", "i", "me", "my", "mine"])
_SECOND = frozenset(["you", "your", "yours"])
_THIRD = frozenset(["he", "him", "his", "she", "her", "hers", "himself", "herself", "it", "its", "itself"])
_PLURAL = frozenset(["they", "them", "their", "theirs", "themselves"])
_DEMONSTRATIVE = frozenset(
    ["who", "whom", "whose", "which", "that", "this", "these", "those", "another", "others", "some", "all"]
)
PERSONAL = FIRST | _SECOND | _THIRD | _PLURAL
_WELCOMES = frozenset({"pleasure", "honor", "honour", "privilege", "good", "great", "nice", "joy"})


class Pronouns:
    """The pronouns of one sentence."""

    def __init__(self, sentence: Sentence, roster: Roster, phrases: Phrases, antecedents: Antecedents) -> None:
        self.sentence = sentence
        self.roster = roster
        self.phrases = phrases
        self.antecedents = antecedents

    def sides(self, word: Word, lower: str) -> list[Side]:
        """Give whom the pronoun stands for; none for one that names nobody ("it rains", "who")."""
        reporter = self.sentence.speaker is not None and is_reporter(self.sentence.speaker)
        if lower in FIRST:
            room = self._all_of_us(lower)
            if room:
                return [pointing(known, word) for known in room]
            known = self.roster.speaker(self.sentence)
            return [pointing(known, word)] if known is not None else [unidentified(self.sentence, word)]
        if lower in _SECOND:
            if reporter and self.roster.home is not None:
                return [pointing(self.roster.home, word)]
            partners = self.roster.partners()
            speaker = self.roster.speaker(self.sentence)
            others = [
                p
                for p in ([*partners, self.roster.home] if self.roster.home else partners)
                if p is not None and (speaker is None or p.actor != speaker.actor)
            ]
            return [pointing(others[0], word)] if len({o.actor for o in others}) == 1 else []
        if lower in _THIRD:
            welcome = self._of_a_welcome(word)
            if welcome is not None:
                return [pointing(welcome, word)]
            if self._is_expletive(word):
                return []
            bound = self.antecedents.bound(word)
            if len(bound) == 1:
                return [pointing(bound[0], word)]
            known = self.antecedents.nearest(word, lower)
            return [pointing(known, word)] if known is not None else [unidentified(self.sentence, word)]
        if lower in _PLURAL:
            pair = self.antecedents.bound(word)
            if len(pair) < 2 and not (pair and self.antecedents.is_bound_to_many(word)):
                pair = self.antecedents.pair_before(word)
            return [pointing(known, word) for known in pair] if pair else [unidentified(self.sentence, word)]
        if lower in ("both", "each other", "one another", "other"):
            return [pointing(known, word) for known in self.antecedents.pair_before(word)]
        if lower in _DEMONSTRATIVE:
            return []
        return []

    def _all_of_us(self, lower: str) -> list[Known]:
        """ "We" of a joint statement: everybody who signs it."""
        roster = self.roster
        if roster.profile.kind != "joint" or lower not in ("we", "us", "our", "ours") or roster.home is None:
            return []
        partners = roster.partners()
        return [roster.home, *partners] if 0 < len(partners) <= ROOM else []

    def _of_a_welcome(self, word: Word) -> Known | None:
        """ "It is a pleasure to meet you": the one who says so is who meets."""
        verb = self.sentence.words[word.head]
        if word.text.lower() != "it" or word.relation != "agent" or verb.lemma != "be":
            return None
        said = {w.lemma for w in self.sentence.below(verb.index) if w.relation == "predicate"}
        return self.roster.speaker(self.sentence) if said & _WELCOMES else None

    def _is_expletive(self, word: Word) -> bool:
        """ "It would be desirable to hold talks" names nobody."""
        verb = self.sentence.words[word.head]
        below = list(self.sentence.below(verb.index))
        return (
            word.text.lower() == "it"
            and word.relation == "agent"
            and verb.lemma == "be"
            and any(w.relation == "predicate" and w.kind == "adjective" for w in below)
            and any(w.relation in ("complement", "purpose") and w.kind == "verb" for w in below)
        )

    def pair(self, word: Word) -> list[Side]:
        """ "The two sides", "both nations", "officials from both countries"."""
        left = [
            w.text.lower()
            for w in self.sentence.below(word.index)
            if w.relation in ("determiner", "number", "modifier", "coordinator") and w.end <= word.start
        ]
        named = [
            self.phrases.mention(w)
            for w in self.sentence.tree(word.index, without=NAME_RELATIONS)
            if w.preposition != "in"
        ]
        if any(m is not None and m.by not in ("dictionary:city", "dictionary:capital") for m in named):
            return []
        lower = word.text.lower()
        phrases = {" ".join([*left, lower]), " ".join([*left[-2:], lower]), " ".join([*left[-1:], lower])}
        if not phrases & roles("pair") or any(w.preposition == "of" for w in self.sentence.below(word.index)):
            return []
        pair = self.antecedents.pair_before(word)
        if self._has_portfolio(word):
            pair = [replace(known, person=None) for known in pair]
        return [pointing(known, word) for known in pair] if len(pair) > 1 else []

    def _has_portfolio(self, word: Word) -> bool:
        """Whether an office is told with its business, so that it need not be held by the persons named before.

        "The two defence ministers" after a talk of the presidents are other people.
        """
        return any(w.relation == "compound" and w.end <= word.start for w in self.sentence.below(word.index))
