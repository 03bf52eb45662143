"""Say who a phrase of a sentence is: by its names here, by what its pronoun or its role points to elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

from backchannel import vocabulary
from backchannel.actors.roster import Known, Roster
from backchannel.contacts.antecedents import Antecedents
from backchannel.contacts.phrases import Phrases, halves
from backchannel.contacts.pronouns import PERSONAL, Pronouns
from backchannel.contacts.sides import Side, is_nonstate_phrase, is_person_like, roles, unique
from backchannel.contacts.unnamed import Unnamed
from backchannel.language.grammar import Sentence, Word
from backchannel.records import Mention

_DESCRIBES = re.compile(
    r"[-‑–](?:backed|aligned|allied|affiliated|linked|supported|funded|armed|trained|equipped|made|built|owned|based|born|"
    r"controlled|occupied|held|administered|friendly|bound|registered|flagged|speaking|imposed|supplied|annexed)\b"
)
_BETWEEN = frozenset({"relation", "relationship", "tie", "rivalry", "détente", "dispute", "conflict", "war"})

_PUBLIC_BODIES = frozenset(
    [
        "lawmaker",
        "parliament",
        "parliamentarian",
        "legislator",
        "senator",
        "speaker",
        "troop",
        "police",
        "congress",
        "senate",
        "assembly",
        "coalition",
        "people",
        "public",
    ]
)

_PARTITIVE = frozenset(
    ["number", "series", "round", "part", "role", "purpose", "lack", "result", "end", "leaders-to-be"]
)


class Resolver:
    """Resolves the phrases of one sentence against its mentions and the document's roster."""

    def __init__(self, sentence: Sentence, roster: Roster) -> None:
        self.sentence = sentence
        self.roster = roster
        tables = vocabulary.load("processes.yml")["tables"]
        known = [m for m in roster.mentions.get(sentence.index, ()) if m.actor is not None and m.actor not in tables]
        self.mentions: Sequence[Mention] = [
            m for m in known if not self._is_furniture(m) and not self._is_mere_backer(m)
        ]
        self.phrases = Phrases(sentence, self.mentions)
        self.topic: tuple[Known, ...] = roster.items.get(sentence.index, ())
        self.antecedents = Antecedents(sentence, roster, self.phrases, lambda index: self.sides(index, depth=3))
        self.pronouns = Pronouns(sentence, roster, self.phrases, self.antecedents)
        self.unnamed = Unnamed(sentence, roster, self.phrases, self.antecedents)

    def _is_furniture(self, mention: Mention) -> bool:
        """Whether the mention stands in what was blanked: a digest's topic, a speaker's label."""
        shift = self.sentence.start
        return not self.sentence.plain[mention.start - shift : mention.end - shift].strip()

    def _is_mere_backer(self, mention: Mention) -> bool:
        """Whether the name only describes another ("Rwanda-backed rebels", "a Berlin-based firm") and is no party itself."""
        shift = self.sentence.start
        if mention.text in halves() and self.sentence.text[mention.end - shift : mention.end - shift + 1] in "-‑–":
            return True
        return _DESCRIBES.match(self.sentence.text, mention.end - shift) is not None

    def named_before(self) -> list[Known]:
        """The actors named in the sentences before, nearest first."""
        return self.antecedents.named_before()

    def mention(self, word: Word) -> Mention | None:
        """Give the mention that covers ``word``, or ``None``."""
        return self.phrases.mention(word)

    def sides(self, index: int, *, depth: int = 0) -> list[Side]:
        """Give the parties that the phrase headed by the word at ``index`` stands for, coordinated ones included."""
        if depth > 5:
            return []
        found: list[Side] = []
        for word in self.sentence.conjuncts(index):
            found.extend(self._one(word, depth))
        return unique(found)

    def _one(self, word: Word, depth: int) -> list[Side]:
        lower = "" if word.text == "US" else word.text.lower()  # the state, not "us"
        if (word.kind == "pronoun" and lower) or lower in PERSONAL:
            return self.pronouns.sides(word, lower)
        pair = self.pronouns.pair(word)
        if pair:
            return pair
        named = self._named(word, depth)
        if named:
            return named
        return self.unnamed.sides(word, lower)

    def _named(self, word: Word, depth: int) -> list[Side]:
        """Mentions that make the phrase: on its head, before it, after "of" or "from", or in apposition."""
        own = self.mention(word)
        found: list[Side] = []
        if own is not None and own.by != "dictionary:city":
            found.append(self.phrases.side(own, word))
            found += self.phrases.joined(word, own)
            found += self.phrases.listed(own)
            found += self._apposed(word, own.actor)
            return found + self._joint_office(word, own)
        if own is None and word.kind == "number":  # "a trip to Lima May 3-5": the days are read as the head
            place = next((m for m in map(self.mention, self.sentence.below(word.index)) if m is not None), None)
            return [self.phrases.side(place, word)] if place is not None and place.person is None else []
        speaks = word.kind == "name" or any(
            is_person_like(w) and not self._is_of_private_people(w) for w in self.sentence.conjuncts(word.index)
        )
        for child in self.sentence.below(word.index):
            if child.relation in ("modifier", "compound", "possessor") and not (
                child.relation == "possessor" and child.kind == "pronoun"
            ):
                for part in self.sentence.conjuncts(child.index):
                    mention = self.mention(part) or self.phrases.inner(part)
                    if (
                        mention is not None
                        and mention.actor != ""
                        and (
                            speaks
                            or (is_person_like(word) and mention.sector not in (None, "GOV", "IGO"))
                            or (word.lemma in _BETWEEN and self.phrases.joined(part, mention))
                        )
                    ):
                        found.append(self.phrases.side(mention, word))
                        found += self.phrases.joined(part, mention)
        if found:
            return unique([*found, *self._apposed(word, found[0].actor)])
        for child in self.sentence.below(word.index):
            such = (
                child.preposition == "as"
                and child.index > 1
                and any(w.text.lower() == "such" for w in self.sentence.words[word.index : child.index])
            )
            if (
                child.relation == "oblique"
                and not (child.preposition == "from" and self._is_of_private_people(word))
                and (such or child.preposition in ("of", "from", "including", "like", "representing"))
                and not self._is_partitive(word)
            ):
                found.extend(
                    side for side in self.sides(child.index, depth=depth + 1) if side.kind in ("named", "anaphor")
                )
            elif child.relation == "apposition" or (child.relation == "other" and child.kind == "name"):
                found.extend(side for side in self.sides(child.index, depth=depth + 1) if side.kind == "named")
        found = [self.phrases.widen(side, word) for side in found]
        if found and word.kind in ("noun", "name") and not is_person_like(word):
            return []
        return unique(found)

    def _joint_office(self, word: Word, own: Mention) -> list[Side]:
        """The second body of a shared envoy: "the UN and African Union envoy" acts for both."""
        if own.person is None or own.sector != "IGO":
            return []
        found = []
        for office in self.sentence.below(word.index):
            if office.relation not in ("compound", "modifier") or office.kind != "noun":
                continue
            for child in self.sentence.below(office.index):
                for part in self.sentence.conjuncts(child.index):
                    other = self.mention(part)
                    if other is not None and other.sector == "IGO" and other.actor != own.actor:
                        found.append(self.phrases.side(other, part))
        return found

    def _apposed(self, word: Word, actor: str | None) -> list[Side]:
        """What is enumerated in apposition: "the United States, Japan, and Peru", "US President A and Russian President B"."""
        found = []
        for child in self.sentence.below(word.index):
            if child.relation != "apposition" or not any(
                w.relation == "conjunct" for w in self.sentence.below(child.index)
            ):
                continue
            first = self.mention(child)
            for part in self.sentence.conjuncts(child.index):
                other = self.mention(part)
                of_same = first is not None and first.actor == actor
                if other is not None and other.actor != actor and (other.person is None or of_same):
                    found.append(self.phrases.side(other, part))
        return found

    def _is_of_private_people(self, word: Word) -> bool:
        """ "A Spanish coach", "Russian companies": the adjective does not make them their state."""
        lemma = word.lemma
        if lemma in _PUBLIC_BODIES:
            return False
        return lemma in roles("domestic") or is_nonstate_phrase(word.text.lower())

    def _is_partitive(self, word: Word) -> bool:
        return word.lemma in _PARTITIVE
