"""Say who a noun phrase or pronoun is: named actors, both sides, the speaker's side, or a party that stays unknown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from backchannel import vocabulary
from backchannel.actors.roster import Known, Roster, is_reporter
from backchannel.contacts.antecedents import ROOM, Antecedents
from backchannel.contacts.phrases import NAME_RELATIONS, Phrases, halves
from backchannel.contacts.sides import Side, SideKind, is_nonstate_phrase, is_person_like, roles, unique
from backchannel.language.grammar import Sentence, Word
from backchannel.records import UNKNOWN, Evidence, Mention

_FIRST = frozenset(["we", "us", "our", "ours", "ourselves", "i", "me", "my", "mine"])
_SECOND = frozenset(["you", "your", "yours"])
_THIRD = frozenset(["he", "him", "his", "she", "her", "hers", "himself", "herself", "it", "its", "itself"])
_PLURAL = frozenset(["they", "them", "their", "theirs", "themselves"])
_DEMONSTRATIVE = frozenset(
    ["who", "whom", "whose", "which", "that", "this", "these", "those", "another", "others", "some", "all"]
)
_DESCRIBES = re.compile(
    r"[-‑–](?:backed|aligned|allied|affiliated|linked|supported|funded|armed|trained|equipped|made|built|owned|based|born|"
    r"controlled|occupied|held|administered|friendly|bound|registered|flagged|speaking|imposed|supplied|annexed)\b"
)
_SEATED = frozenset({"authority", "government", "leader", "leadership", "minister", "official", "regime"})
_SEAT = re.compile(r" (?:over |back )?in (?:the )?")
_BETWEEN = frozenset({"relation", "relationship", "tie", "rivalry", "détente", "dispute", "conflict", "war"})
_WELCOMES = frozenset({"pleasure", "honor", "honour", "privilege", "good", "great", "nice", "joy"})
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
        if (word.kind == "pronoun" and lower) or lower in _FIRST | _SECOND | _THIRD | _PLURAL:
            return self._pronoun(word, lower)
        pair = self._pair(word)
        if pair:
            return pair
        named = self._named(word, depth)
        if named:
            return named
        return self._unnamed(word, lower)

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
        if lemma in (
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
        ):
            return False
        return lemma in roles("domestic") or is_nonstate_phrase(word.text.lower())

    def _is_partitive(self, word: Word) -> bool:
        return word.lemma in (
            "number",
            "series",
            "round",
            "part",
            "role",
            "purpose",
            "lack",
            "result",
            "end",
            "leaders-to-be",
        )

    def _pronoun(self, word: Word, lower: str) -> list[Side]:
        reporter = self.sentence.speaker is not None and is_reporter(self.sentence.speaker)
        if lower in _FIRST:
            room = self._all_of_us(lower)
            if room:
                return [self._known(known, word) for known in room]
            known = self.roster.speaker(self.sentence)
            return [self._known(known, word)] if known is not None else [self._unknown(word)]
        if lower in _SECOND:
            if reporter and self.roster.home is not None:
                return [self._known(self.roster.home, word)]
            partners = self.roster.partners()
            speaker = self.roster.speaker(self.sentence)
            others = [
                p
                for p in ([*partners, self.roster.home] if self.roster.home else partners)
                if p is not None and (speaker is None or p.actor != speaker.actor)
            ]
            return [self._known(others[0], word)] if len({o.actor for o in others}) == 1 else []
        if lower in _THIRD:
            welcome = self._of_a_welcome(word)
            if welcome is not None:
                return [self._known(welcome, word)]
            if self._is_expletive(word):
                return []
            bound = self.antecedents.bound(word)
            if len(bound) == 1:
                return [self._known(bound[0], word)]
            known = self.antecedents.nearest(word, lower)
            return [self._known(known, word)] if known is not None else [self._unknown(word)]
        if lower in _PLURAL:
            pair = self.antecedents.bound(word)
            if len(pair) < 2 and not (pair and self.antecedents.is_bound_to_many(word)):
                pair = self.antecedents.pair_before(word)
            return [self._known(known, word) for known in pair] if pair else [self._unknown(word)]
        if lower in ("both", "each other", "one another", "other"):
            return [self._known(known, word) for known in self.antecedents.pair_before(word)]
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

    def _pair(self, word: Word) -> list[Side]:
        """ "The two sides", "both nations", "officials from both countries"."""
        left = [
            w.text.lower()
            for w in self.sentence.below(word.index)
            if w.relation in ("determiner", "number", "modifier", "coordinator") and w.end <= word.start
        ]
        named = [
            self.mention(w) for w in self.sentence.tree(word.index, without=NAME_RELATIONS) if w.preposition != "in"
        ]
        if any(m is not None and m.by not in ("dictionary:city", "dictionary:capital") for m in named):
            return []
        lower = word.text.lower()
        phrases = {" ".join([*left, lower]), " ".join([*left[-2:], lower]), " ".join([*left[-1:], lower])}
        if not phrases & roles("pair") or any(w.preposition == "of" for w in self.sentence.below(word.index)):
            return []
        pair = self.antecedents.pair_before(word)
        return [self._known(known, word) for known in pair] if len(pair) > 1 else []

    def _known(self, known: Known, word: Word) -> Side:
        here = Evidence(start=word.start, end=word.end, text=word.text, by="roster:anaphor")
        return Side(
            actor=known.actor,
            kind="anaphor",
            person=known.person,
            sector=known.sector,
            start=word.start,
            end=word.end,
            text=word.text,
            evidence=(here, known.evidence),
        )

    def _unknown(self, word: Word, kind: SideKind = "unknown") -> Side:
        words = [w for w in self.sentence.tree(word.index, without=NAME_RELATIONS) if w.relation not in ("apposition",)]
        same = [w for w in words if w.start >= word.start - 40 and w.end <= word.end]
        start = min((w.start for w in same), default=word.start)
        text = self.sentence.text[start - self.sentence.start : word.end - self.sentence.start]
        evidence = Evidence(start=word.start, end=word.end, text=word.text, by=f"roles:{kind}")
        return Side(actor=UNKNOWN, kind=kind, start=start, end=word.end, text=text, evidence=(evidence,))

    def _unnamed(self, word: Word, lower: str) -> list[Side]:
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
        if owner is not None and owner.text.lower() in _FIRST and lemma in roles("political") | roles("home"):
            known = self.roster.speaker(self.sentence)
            foreign = lemma in _FOREIGN
            return [self._known(known, word)] if known is not None and not foreign else [self._unknown(word)]
        if owner is not None and owner.text.lower() in ("his", "her", "its", "their") and lemma in _OWN_PEOPLE:
            bound = self.antecedents.bound(owner)
            if len(bound) == 1:
                return [self._known(bound[0], word)]
        left = {w.lemma for w in modifiers}
        of_home = lemma in _OWN_PEOPLE | {"official"} and "administration" in left and not left & _PAST
        if of_home and self.roster.home is not None and owner is None:
            return [self._known(self.roster.home, word)]
        definite = any(
            w.text.lower() in ("the", "this") for w in self.sentence.below(word.index) if w.relation == "determiner"
        )
        titled = word.text[:1].isupper() and word.index > 0
        home_words = roles("home")
        if lemma in ("country", "nation", "kingdom", "republic") and definite and word.shape == "singular":
            state = self.antecedents.nearest(word, "it")
            if state is not None:
                return [self._known(state, word)]
        if {phrase, short, lemma} & home_words and word.shape != "plural" and (definite or titled or owner is None):
            title = self.antecedents.title_of_one_state(word)
            if title is not None:
                return [title]
            guest = self.antecedents.facing_home(word, lemma)
            if guest is not None:
                return [self._known(guest, word)]
            partner = self.antecedents.office_in_title(lemma if short not in home_words else short)
            if partner is not None and not (
                self.antecedents.home_holds({phrase, short, lemma}) and lemma == "president"
            ):
                return [self._known(partner, word)]
            if (
                self.roster.home is not None
                and (definite or titled)
                and self.antecedents.home_holds({phrase, short, lemma})
            ):
                return [self._known(self.roster.home, word)]
            antecedent = self.antecedents.office_before(word, lemma)
            if antecedent is not None:
                return [self._known(antecedent, word)]
            if definite or titled:
                return [self._unknown(word)]
        if {phrase, short, lemma} & roles("nonstate"):
            return [self._unknown(word)]
        if {phrase, short, lemma} & roles("domestic"):
            return [self._unknown(word, "domestic")]
        if {phrase, short, lemma} & roles("political"):
            return [self._unknown(word)]
        if word.kind == "name" and word.text[:1].isupper() and not self.phrases.by_word.get(word.index):
            title = self.antecedents.title_of_one_state(word)
            if title is not None:
                return [title]
            return [self._unknown(word)] if self._looks_like_a_person(word) else []
        return []

    def _opposition(self, word: Word, lemma: str, modifiers: Sequence[str]) -> Side | None:
        """ "The opposition" in a sentence on Syria is the Syrian one, where the table knows it as a party of its own."""
        table = self.roster.table
        if table is None or "opposition" not in (lemma, *modifiers):
            return None
        states = [
            m.actor for m in (*self.mentions, *self.roster.before(self.sentence, back=2)) if m.actor in table.actors
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
        mention = next((m for m in self.mentions if m.start == start and m.sector in (None, "GOV", "IGO")), None)
        return None if mention is None else self.phrases.side(mention, word)

    def _looks_like_a_person(self, word: Word) -> bool:
        titles = {
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
        return any(
            w.text.lower() in titles for w in self.sentence.below(word.index) if w.relation in ("compound", "modifier")
        )
