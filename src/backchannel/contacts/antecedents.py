"""Who "he", "they", "both sides" and "the Prime Minister" are: the subject above, the title, the sentences before."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from backchannel import vocabulary
from backchannel.actors.roster import Known, Roster
from backchannel.contacts.phrases import Phrases
from backchannel.contacts.sides import Side, is_person_like
from backchannel.language.grammar import Sentence, Word, subject
from backchannel.records import UNKNOWN, Evidence, Mention

ROOM = 4
"""More partners than these in a title are a list, and no room."""


_ACROSS = frozenset({"agent", "patient", "recipient", "possessor", "oblique"})
_OURS = frozenset({"i", "we", "me", "us", "my", "our"})


class Antecedents:
    """What a sentence and its document offer to the unnamed; ``sides`` resolves a phrase of the sentence."""

    def __init__(
        self, sentence: Sentence, roster: Roster, phrases: Phrases, sides: Callable[[int], list[Side]]
    ) -> None:
        self.sentence = sentence
        self.roster = roster
        self.phrases = phrases
        self.sides = sides
        self._binding: set[int] = set()

    def named_before(self) -> list[Known]:
        """The actors named in the sentences before, nearest first."""
        return self.distinct(self.roster.before(self.sentence))

    def pair_before(self, word: Word | None) -> list[Known]:
        """The two sides that the text has told of: in this sentence before ``word``, in the title, or in the sentences before."""
        before = [m for m in self.phrases.mentions if word is None or m.end <= word.start]
        here = self.distinct(before)
        roster = self.roster
        is_room = roster.profile.is_official or roster.profile.is_transcript
        acting = not is_room or any(self._acts(m) for m in before)
        if len(here) == 2 and acting:
            return here
        official = roster.profile.kind in ("readout", "announcement", "joint", "official", "transcript", "digest")
        partners = list(roster.partners())
        if official and roster.home is not None and len(partners) == 1:
            return [roster.home, partners[0]]
        if is_room and roster.home is not None and 1 < len(partners) <= ROOM:
            return [roster.home, *partners]
        topic = roster.items.get(self.sentence.index, ())
        if len(topic) == 2:
            return list(topic)
        told = roster.told_before(self.sentence, back=4)
        if told:
            return list(told)
        for back in range(1, 6):
            found = self.distinct(roster.mentions.get(self.sentence.index - back, ()))
            if len(found) >= 2:
                return found[:2]
        if len(partners) == 2 and roster.home is None:
            return partners
        distinct = {k.actor: k for k in roster.title}
        return list(distinct.values()) if len(distinct) == 2 else []

    def _acts(self, mention: Mention) -> bool:
        """Whether a name is more than the place or the owner of a thing ("Russia's war in Ukraine")."""
        if mention.person is not None:
            return True
        word = self.sentence.word_at(mention.start, mention.end)
        return word is not None and (
            word.relation not in ("possessor", "modifier", "compound", "oblique")
            or word.preposition in ("between", "with", "by")
            or is_person_like(self.sentence.words[word.head])
        )

    def distinct(self, mentions: Iterable[Mention]) -> list[Known]:
        found: dict[str, Known] = {}
        for mention in mentions:
            if mention.actor is not None and mention.by not in ("dictionary:capital", "dictionary:city"):
                evidence = Evidence(start=mention.start, end=mention.end, text=mention.text, by=mention.by)
                found.setdefault(
                    mention.actor,
                    Known(actor=mention.actor, person=mention.person, evidence=evidence, sector=mention.sector),
                )
        return list(found.values())

    def bound(self, word: Word) -> list[Known]:
        """The actors of a subject above the pronoun ("Iran said that it …", "their first talks"); an object is never its own subject."""
        if word.index in self._binding:
            return []
        self._binding.add(word.index)
        try:
            return self.subject_above(word)
        finally:
            self._binding.discard(word.index)

    def subject_above(self, word: Word) -> list[Known]:
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
                    named = [s for s in self.sides(below.index) if s.kind in ("named", "anaphor") and s.evidence]
                    return [
                        Known(actor=s.actor, person=s.person, evidence=s.evidence[-1], sector=s.sector) for s in named
                    ]
        return []

    def is_bound_to_many(self, word: Word) -> bool:
        """Whether the subject above "they" is one body of many ("the rebels announce that they …")."""
        for step in self.sentence.path(word.index):
            for below in self.sentence.below(step.index):
                if below.relation in ("agent", "passive_subject") and below.index < word.index:
                    return below.shape == "plural"
        return False

    def facing_home(self, word: Word, lemma: str) -> Known | None:
        """The foreign holder of an office whom the owner of the text meets: "my meeting with the President", "the Prince told us"."""
        home = self.roster.home
        if home is None or not self._faces(word, home.actor):
            return None
        partner = self.office_in_title(lemma)
        if partner is not None:
            return partner
        for mention in [
            *[m for m in reversed(self.phrases.mentions) if m.end <= word.start],
            *self.roster.before(self.sentence),
        ]:
            if mention.person is not None and mention.actor is not None and mention.actor != home.actor:
                evidence = Evidence(start=mention.start, end=mention.end, text=mention.text, by=mention.by)
                return Known(actor=mention.actor, person=mention.person, evidence=evidence, sector=mention.sector)
        partners = self.roster.abroad()
        return partners[0] if len(partners) == 1 else None

    def _faces(self, word: Word, home: str) -> bool:
        """Whether the phrase stands over against the speaker or the owner of the text in its clause."""
        speaker = self.roster.speaker(self.sentence)
        if speaker is not None and speaker.actor != home:
            return False
        if word.relation not in ("agent", "patient", "recipient") and word.preposition not in ("with", "to"):
            return False
        for step in self.sentence.path(word.index):
            if step.index == word.index:
                continue
            for below in self.sentence.below(step.index):
                if below.index != word.index and below.relation in _ACROSS and below.text.lower() in _OURS:
                    return below.relation != "agent" or word.relation != "agent"
            if step.kind in ("verb", "auxiliary"):
                return False
        return False

    def nearest(self, word: Word, lower: str) -> Known | None:
        person = lower not in ("it", "its", "itself")
        before = [m for m in reversed(self.phrases.mentions) if m.end <= word.start]
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

    def title_of_one_state(self, word: Word) -> Side | None:
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

    def office_in_title(self, lemma: str) -> Known | None:
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

    def home_holds(self, names: set[str]) -> bool:
        """Whether the home side has such an office."""
        offices = vocabulary.load("roles.yml")["offices"].get(self.roster.profile.home)
        return offices is None or bool(names & set(offices))

    def office_before(self, word: Word, lemma: str) -> Known | None:
        for mention in [
            *[m for m in reversed(self.phrases.mentions) if m.end <= word.start],
            *self.roster.before(self.sentence),
        ]:
            foreign = mention.actor != self.roster.profile.home or self.home_holds({lemma})
            if mention.person is not None and foreign:
                evidence = Evidence(start=mention.start, end=mention.end, text=mention.text, by=mention.by)
                return Known(
                    actor=mention.actor or UNKNOWN, person=mention.person, evidence=evidence, sector=mention.sector
                )
        return None


def pointing(known: Known, word: Word) -> Side:
    """Give the party that a word points back to, with the word and what it points to as evidence."""
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
