"""Say who a noun phrase or pronoun is: named actors, both sides, the speaker's side, or a party that stays unknown."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from backchannel import vocabulary
from backchannel.actors.roster import Known, Roster, is_reporter
from backchannel.language.grammar import Sentence, Word, subject
from backchannel.records import UNKNOWN, Evidence, Mention

SideKind = Literal["named", "anaphor", "unknown", "domestic", "thing"]
_FIRST = frozenset(["we", "us", "our", "ours", "ourselves", "i", "me", "my", "mine"])
_SECOND = frozenset(["you", "your", "yours"])
_THIRD = frozenset(["he", "him", "his", "she", "her", "hers", "himself", "herself", "it", "its", "itself"])
_PLURAL = frozenset(["they", "them", "their", "theirs", "themselves"])
_DEMONSTRATIVE = frozenset(
    ["who", "whom", "whose", "which", "that", "this", "these", "those", "another", "others", "some", "all"]
)
_NOT_THE_SENDER = frozenset(
    ["to", "for", "on", "in", "at", "about", "over", "against", "into", "as", "before", "within", "near", "during"]
)
_ENUMERATION = re.compile(
    r"(?:,|,? and|,? as well as|,? together with) (?:the |its |then-)?"
    r"(?:(?:[A-Z][\w.\-]+|president|prime|foreign|minister|chancellor|leader|of|the|and|secretary|king|premier) ){0,7}"
)
_BETWEEN = frozenset({"relation", "relationship", "tie", "rivalry", "détente", "dispute", "conflict", "war"})
_OWN_PEOPLE = frozenset(
    {
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
_NAME_RELATIONS = frozenset(
    {
        "relative",
        "purpose",
        "adverbial",
        "complement",
        "conjunct",
        "punctuation",
        "coordinator",
        "determiner",
        "adverb",
        "measure",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One resolved party of a phrase: its actor and the words it was read from (``None`` where they are elsewhere)."""

    actor: str
    kind: SideKind
    person: str | None = None
    sector: str | None = None
    start: int | None = None
    end: int | None = None
    text: str | None = None
    evidence: tuple[Evidence, ...] = ()


@cache
def roles(kind: str) -> frozenset[str]:
    """Give the nouns of one kind of ``data/roles.yml``."""
    return frozenset(str(one) for one in vocabulary.load("roles.yml")[kind])


class Resolver:
    """Resolves the phrases of one sentence against its mentions and the document's roster."""

    def __init__(self, sentence: Sentence, roster: Roster) -> None:
        self.sentence = sentence
        self.roster = roster
        known = [m for m in roster.mentions.get(sentence.index, ()) if m.actor is not None]
        self.mentions: Sequence[Mention] = [m for m in known if not self._is_furniture(m)]
        self.topic: tuple[Known, ...] = tuple(self._distinct(m for m in known if self._is_furniture(m)))
        self._by_word: dict[int, Mention] = {}
        self._binding: set[int] = set()
        for mention in self.mentions:
            for word in sentence.words:
                if word.start < mention.end and word.end > mention.start:
                    self._by_word.setdefault(word.index, mention)

    def _is_furniture(self, mention: Mention) -> bool:
        """Whether the mention stands in what was blanked: a digest's topic, a speaker's label."""
        shift = self.sentence.start
        return not self.sentence.plain[mention.start - shift : mention.end - shift].strip()

    def named_before(self) -> list[Known]:
        """The actors named in the sentences before, nearest first."""
        return self._distinct(self.roster.before(self.sentence))

    def mention(self, word: Word) -> Mention | None:
        """Give the mention that covers ``word``, or ``None``."""
        return self._by_word.get(word.index)

    def sides(self, index: int, *, depth: int = 0) -> list[Side]:
        """Give the parties that the phrase headed by the word at ``index`` stands for, coordinated ones included."""
        if depth > 5:
            return []
        found: list[Side] = []
        for word in self.sentence.conjuncts(index):
            found.extend(self._one(word, depth))
        return unique(found)

    def _one(self, word: Word, depth: int) -> list[Side]:
        lower = word.text.lower()
        if word.kind == "pronoun" or lower in _FIRST | _SECOND | _THIRD | _PLURAL:
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
            found.append(self._side(own, word))
            found += self._joined(word, own)
            found += self._listed(own)
            for child in self.sentence.below(word.index):  # "the United States, Japan, and the Philippines"
                if child.relation == "apposition" and any(
                    w.relation == "conjunct" for w in self.sentence.below(child.index)
                ):
                    for part in self.sentence.conjuncts(child.index):
                        other = self.mention(part)
                        if other is not None and other.actor != own.actor and other.person is None:
                            found.append(self._side(other, part))
            return found
        speaks = word.kind == "name" or any(
            is_person_like(w) and not self._is_of_private_people(w) for w in self.sentence.conjuncts(word.index)
        )
        for child in self.sentence.below(word.index):
            if child.relation in ("modifier", "compound", "possessor") and not (
                child.relation == "possessor" and child.kind == "pronoun"
            ):
                for part in self.sentence.conjuncts(child.index):
                    mention = self.mention(part) or self._inner(part)
                    if (
                        mention is not None
                        and mention.actor != ""
                        and (
                            speaks
                            or (is_person_like(word) and mention.sector not in (None, "GOV", "IGO"))
                            or (word.lemma in _BETWEEN and self._joined(part, mention))
                        )
                    ):
                        found.append(self._side(mention, word))
                        found += self._joined(part, mention)
        if found:
            return unique(found)
        for child in self.sentence.below(word.index):
            such = (
                child.preposition == "as"
                and child.index > 1
                and any(w.text.lower() == "such" for w in self.sentence.words[word.index : child.index])
            )
            if (
                child.relation == "oblique"
                and (such or child.preposition in ("of", "from", "including", "like", "representing"))
                and not self._is_partitive(word)
            ):
                found.extend(
                    side for side in self.sides(child.index, depth=depth + 1) if side.kind in ("named", "anaphor")
                )
            elif child.relation == "apposition" or (child.relation == "other" and child.kind == "name"):
                found.extend(side for side in self.sides(child.index, depth=depth + 1) if side.kind == "named")
        found = [self._widen(side, word) for side in found]
        if found and word.kind in ("noun", "name") and not is_person_like(word):
            return []
        return unique(found)

    def _listed(self, own: Mention) -> list[Side]:
        """Names that stand in one enumeration with ``own`` ("President A, President B and Prime Minister C"), however parsed."""
        ordered = sorted((m for m in self.mentions if m.by != "dictionary:city"), key=lambda m: m.start)
        at = ordered.index(own) if own in ordered else -1
        found: list[Side] = []
        shift = self.sentence.start
        for step in (1, -1):
            here = at
            while at >= 0 and 0 <= here + step < len(ordered):
                left, right = sorted((ordered[here], ordered[here + step]), key=lambda m: m.start)
                between = self.sentence.plain[left.end - shift : right.start - shift]
                if not _ENUMERATION.fullmatch(between):
                    break
                other = ordered[here + step]
                head = self.sentence.word_at(other.start, other.end)
                acts = head is not None and head.relation in ("agent", "passive_subject")
                if (other.person is None) != (own.person is None) or head is None or (acts and step == 1):
                    break
                found.append(self._side(other, head))
                here += step
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

    def _inner(self, word: Word) -> Mention | None:
        for inner in self.sentence.below(word.index):
            if inner.relation in ("modifier", "compound") and self.mention(inner) is not None:
                return self.mention(inner)
        return None

    def _joined(self, word: Word, mention: Mention) -> list[Side]:
        """Names glued into one token or name chain: "U.S.-China", "Israeli-Palestinian"."""
        glued = [
            m
            for m in self.mentions
            if m is not mention
            and m.actor != mention.actor
            and self._touches(*sorted((mention, m), key=lambda one: one.start))
        ]
        return [self._side(m, word) for m in glued]

    def _touches(self, left: Mention, right: Mention) -> bool:
        between = self.sentence.text[left.end - self.sentence.start : right.start - self.sentence.start]
        if between in ("-", "–", "/", "‑"):
            return True
        if left.end < right.start and set(between) <= set("-–/‑ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz."):
            return "-" in between and " " not in between
        return False

    def _side(self, mention: Mention, word: Word) -> Side:
        start, end = self._extent(mention, word)
        text = self.sentence.text[start - self.sentence.start : end - self.sentence.start]
        evidence = Evidence(start=mention.start, end=mention.end, text=mention.text, by=mention.by)
        return Side(
            actor=mention.actor or UNKNOWN,
            kind="named",
            person=mention.person,
            sector=mention.sector,
            start=start,
            end=end,
            text=text,
            evidence=(evidence,),
        )

    def _extent(self, mention: Mention, word: Word) -> tuple[int, int]:
        """The name with its title: the words of the phrase from its first modifier to the name's end, without gaps."""
        words = [
            w
            for w in self.sentence.tree(word.index, without=_NAME_RELATIONS)
            if w.relation not in ("oblique", "preposition", "apposition")
        ]
        start, end = mention.start, mention.end
        linked = [w for w in words if w.end <= word.end or w.start <= mention.end]
        if word.start >= mention.start:
            inside = [w for w in linked if w.start >= mention.start or w.end <= mention.start]
            left = [w for w in inside if w.end <= mention.start]
            if (
                left
                and self.sentence.text[left[-1].end - self.sentence.start : mention.start - self.sentence.start].strip()
                == ""
            ):
                start = min(start, self._run_start(left))
            end = (
                max(end, word.end) if word.end - mention.end < 60 and not self._crosses_mention(mention, word) else end
            )
        return start, end

    def _crosses_mention(self, mention: Mention, word: Word) -> bool:
        return any(m.start >= mention.end and m.start < word.end and m.actor != mention.actor for m in self.mentions)

    def _run_start(self, words: list[Word]) -> int:
        start = words[-1].start
        for left, right in zip(reversed(words[:-1]), reversed(words[1:]), strict=True):
            if right.start - left.end > 1 or left.kind == "punctuation":
                break
            start = left.start
        return start

    def _widen(self, side: Side, word: Word) -> Side:
        if side.start is None or side.end is None or word.start > side.start or side.end - word.start > 120:
            return side
        if any(word.start <= m.start and m.end <= side.start for m in self.mentions):
            return side
        words = [
            w
            for w in self.sentence.below(word.index)
            if w.relation in ("compound", "modifier", "number") and w.end <= word.start
        ]
        start = self._run_start([*words, word]) if words else word.start
        text = self.sentence.text[start - self.sentence.start : side.end - self.sentence.start]
        return Side(
            actor=side.actor,
            kind=side.kind,
            person=side.person,
            sector=side.sector,
            start=start,
            end=side.end,
            text=text,
            evidence=side.evidence,
        )

    def _pronoun(self, word: Word, lower: str) -> list[Side]:
        reporter = self.sentence.speaker is not None and is_reporter(self.sentence.speaker)
        if lower in _FIRST:
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
            bound = self._bound(word)
            if len(bound) == 1:
                return [self._known(bound[0], word)]
            known = self._antecedent(word, lower)
            return [self._known(known, word)] if known is not None else [self._unknown(word)]
        if lower in _PLURAL:
            pair = self._bound(word)
            if len(pair) < 2:
                pair = self.pair_before(word)
            return [self._known(known, word) for known in pair] if pair else [self._unknown(word)]
        if lower in ("both", "each other", "one another", "other"):
            return [self._known(known, word) for known in self.pair_before(word)]
        if lower in _DEMONSTRATIVE:
            return []
        return []

    def _pair(self, word: Word) -> list[Side]:
        """ "The two sides", "both nations", "officials from both countries"."""
        left = [
            w.text.lower()
            for w in self.sentence.below(word.index)
            if w.relation in ("determiner", "number", "modifier", "coordinator") and w.end <= word.start
        ]
        if any(self.mention(w) for w in self.sentence.tree(word.index, without=_NAME_RELATIONS)):
            return []
        lower = word.text.lower()
        phrases = {" ".join([*left, lower]), " ".join([*left[-2:], lower]), " ".join([*left[-1:], lower])}
        if not phrases & roles("pair"):
            return []
        pair = self.pair_before(word)
        return [self._known(known, word) for known in pair] if len(pair) > 1 else []

    def pair_before(self, word: Word | None) -> list[Known]:
        """The two sides that the text has told of: in this sentence before ``word``, in the title, or in the sentences before."""
        here = self._distinct(m for m in self.mentions if word is None or m.end <= word.start)
        if len(here) == 2:
            return here
        roster = self.roster
        official = roster.profile.kind in ("readout", "announcement", "joint", "official", "transcript", "digest")
        partners = list(roster.partners())
        if official and roster.home is not None and len(partners) == 1:
            return [roster.home, partners[0]]
        told = roster.told_before(self.sentence, back=4)
        if told:
            return list(told)
        for back in range(1, 6):
            found = self._distinct(roster.mentions.get(self.sentence.index - back, ()))
            if len(found) >= 2:
                return found[:2]
        if len(partners) == 2 and roster.home is None:
            return partners
        distinct = {k.actor: k for k in roster.title}
        return list(distinct.values()) if len(distinct) == 2 else []

    def _distinct(self, mentions: Iterable[Mention]) -> list[Known]:
        found: dict[str, Known] = {}
        for mention in mentions:
            if mention.actor is not None and mention.by not in ("dictionary:capital", "dictionary:city"):
                evidence = Evidence(start=mention.start, end=mention.end, text=mention.text, by=mention.by)
                found.setdefault(
                    mention.actor,
                    Known(actor=mention.actor, person=mention.person, evidence=evidence, sector=mention.sector),
                )
        return list(found.values())

    def _bound(self, word: Word) -> list[Known]:
        """The actors of a subject above the pronoun ("Iran said that it …", "their first talks"); an object is never its own subject."""
        if word.index in self._binding:
            return []
        self._binding.add(word.index)
        try:
            return self._subject_above(word)
        finally:
            self._binding.discard(word.index)

    def _subject_above(self, word: Word) -> list[Known]:
        is_object = word.relation in ("patient", "oblique", "recipient")
        own: Word | None = None
        for step in self.sentence.path(word.index):
            if step.kind not in ("verb", "auxiliary"):
                continue
            if is_object:
                is_object, own = False, subject(self.sentence, step.index)
                continue
            for below in self.sentence.below(step.index):
                if (
                    below.relation in ("agent", "passive_subject")
                    and below.index < word.index
                    and below.kind in ("noun", "name")
                    and (own is None or below.index != own.index)
                ):
                    named = [
                        side for side in self.sides(below.index, depth=3) if side.kind == "named" and side.evidence
                    ]
                    return [
                        Known(actor=s.actor, person=s.person, evidence=s.evidence[0], sector=s.sector) for s in named
                    ]
        return []

    def _antecedent(self, word: Word, lower: str) -> Known | None:
        person = lower not in ("it", "its", "itself")
        before = [m for m in reversed(self.mentions) if m.end <= word.start]
        for mention in [*before, *self.roster.before(self.sentence)]:
            if (mention.person is not None) == person or (person and mention.by == "dictionary:person"):
                evidence = Evidence(start=mention.start, end=mention.end, text=mention.text, by=mention.by)
                return Known(
                    actor=mention.actor or UNKNOWN,
                    person=mention.person if person else None,
                    evidence=evidence,
                    sector=mention.sector,
                )
        for known in self.roster.title:
            if (known.person is not None) == person:
                return known
        return None

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
        words = [
            w for w in self.sentence.tree(word.index, without=_NAME_RELATIONS) if w.relation not in ("apposition",)
        ]
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
        if owner is not None and owner.text.lower() in _FIRST and lemma in roles("political") | roles("home"):
            known = self.roster.speaker(self.sentence)
            foreign = lemma in (
                "ally",
                "partner",
                "counterpart",
                "neighbor",
                "neighbour",
                "friend",
                "colleague",
                "adversary",
                "interlocutor",
                "rival",
            )
            return [self._known(known, word)] if known is not None and not foreign else [self._unknown(word)]
        if owner is not None and owner.text.lower() in ("his", "her", "its", "their") and lemma in _OWN_PEOPLE:
            bound = self._bound(owner)
            if len(bound) == 1:
                return [self._known(bound[0], word)]
        definite = any(
            w.text.lower() in ("the", "this") for w in self.sentence.below(word.index) if w.relation == "determiner"
        )
        titled = word.text[:1].isupper() and word.index > 0
        home_words = roles("home")
        if lemma in ("country", "nation", "kingdom", "republic") and definite and word.shape == "singular":
            state = self._antecedent(word, "it")
            if state is not None:
                return [self._known(state, word)]
        if {phrase, short, lemma} & home_words and word.shape != "plural" and (definite or titled or owner is None):
            title = self._title_of_one_state(word)
            if title is not None:
                return [title]
            partner = self._office_in_title(lemma if short not in home_words else short)
            if partner is not None and not (self._home_holds({phrase, short, lemma}) and lemma == "president"):
                return [self._known(partner, word)]
            if self.roster.home is not None and (definite or titled) and self._home_holds({phrase, short, lemma}):
                return [self._known(self.roster.home, word)]
            antecedent = self._office_before(word, lemma)
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
        if word.kind == "name" and word.text[:1].isupper() and not self._by_word.get(word.index):
            title = self._title_of_one_state(word)
            if title is not None:
                return [title]
            return [self._unknown(word)] if self._looks_like_a_person(word) else []
        return []

    def _title_of_one_state(self, word: Word) -> Side | None:
        """ "The Secretary of State" is American wherever it stands, "the Foreign Secretary" British."""
        shift = self.sentence.start
        lead = self.sentence.text[max(0, word.start - shift - 24) : word.end - shift + 16]
        for actor, titles in vocabulary.load("roles.yml")["titles"].items():
            for title in titles:
                at = lead.find(title)
                if at >= 0 and word.text in title:
                    start = max(0, word.start - shift - 24) + at + shift
                    evidence = Evidence(start=start, end=start + len(title), text=title, by="roles:title")
                    return Side(
                        actor=actor,
                        kind="named",
                        start=start,
                        end=start + len(title),
                        text=title,
                        sector="GOV",
                        evidence=(evidence,),
                    )
        return None

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

    def _office_in_title(self, lemma: str) -> Known | None:
        """The partner in the title who holds the office that ``lemma`` names ("the Prime Minister")."""
        last = 0
        found = None
        office = lemma.split()[-1]
        for known in self.roster.title:
            lead = self.roster.title_text[last : known.evidence.start].lower()
            last = known.evidence.end
            if known.actor != self.roster.profile.home and (office in lead or office in known.evidence.text.lower()):
                found = found or known
        return found

    def _home_holds(self, names: set[str]) -> bool:
        """Whether the home side has such an office."""
        offices = vocabulary.load("roles.yml")["offices"].get(self.roster.profile.home)
        return offices is None or bool(names & set(offices))

    def _office_before(self, word: Word, lemma: str) -> Known | None:
        for mention in [
            *[m for m in reversed(self.mentions) if m.end <= word.start],
            *self.roster.before(self.sentence),
        ]:
            foreign = mention.actor != self.roster.profile.home or self._home_holds({lemma})
            if mention.person is not None and foreign:
                evidence = Evidence(start=mention.start, end=mention.end, text=mention.text, by=mention.by)
                return Known(
                    actor=mention.actor or UNKNOWN, person=mention.person, evidence=evidence, sector=mention.sector
                )
        return None


def is_nonstate_phrase(text: str | None) -> bool:
    """Whether an unnamed party is a company, foundation or NGO ("three oil majors", "philanthropic foundations")."""
    words = re.findall(r"[a-z][a-z\-]+", (text or "").lower())
    singular = [
        word[:-3] + "y"
        if word.endswith("ies")
        else word[:-1]
        if word.endswith("s") and not word.endswith("ss")
        else word
        for word in words
    ]
    nouns = roles("nonstate")
    return any(word in nouns for word in singular[-2:]) or any(
        " ".join(pair) in nouns for pair in itertools.pairwise(singular)
    )


def is_person_like(word: Word) -> bool:
    """Whether the noun can talk: a person, a body, or a name."""
    if word.kind == "name":
        return True
    return word.lemma in roles("political") | roles("nonstate") | roles("home") | roles("domestic")


def unique(sides: Iterable[Side]) -> list[Side]:
    """Give each known actor once, the fuller text first; unknown parties once in all."""
    found: dict[tuple[str, str | None], Side] = {}
    for side in sides:
        key = (side.actor, side.text if side.actor == UNKNOWN else None)
        kept = found.get(key)
        if kept is None or (kept.kind != "named" and side.kind == "named"):
            found[key] = side
    return list(found.values())
