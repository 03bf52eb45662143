"""The names of one sentence: which words they cover, how far their phrases reach, what is enumerated or glued with them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from backchannel import vocabulary
from backchannel.contacts.sides import Side, SideKind
from backchannel.language.grammar import Sentence, Word
from backchannel.records import UNKNOWN, Evidence, Mention

_ENUMERATION = re.compile(
    r"(?:, (?:left|right|center|centre))?(?:,|,? and|,? as well as|,? together with|,? along with|,? alongside) (?:the |its |then-)?"
    r"(?:(?:[A-Z][\w.\-]+|president|prime|foreign|minister|chancellor|leader|of|the|and|secretary|king|premier) ){0,7}"
)
_TITLE = re.compile(r" (?:[A-Za-z][\w-]+ ){1,5}")
_HALF = re.compile(r"\b([A-Z][a-z]+)[-‑–]$")
NAME_RELATIONS = frozenset(
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


def halves() -> dict[str, str]:
    """Give the first halves of compound adjectives with the states that they name."""
    found: dict[str, str] = vocabulary.load("roles.yml")["halves"]
    return found


class Phrases:
    """The mentions of a sentence by the words that they cover."""

    def __init__(self, sentence: Sentence, mentions: Sequence[Mention]) -> None:
        self.sentence = sentence
        self.mentions = mentions
        self.by_word: dict[int, Mention] = {}
        for mention in mentions:
            for word in sentence.words:
                if word.start < mention.end and word.end > mention.start:
                    self.by_word.setdefault(word.index, mention)

    def mention(self, word: Word) -> Mention | None:
        """Give the mention that covers ``word``, or ``None``."""
        return self.by_word.get(word.index)

    def inner(self, word: Word) -> Mention | None:
        for inner in self.sentence.below(word.index):
            if inner.relation in ("modifier", "compound") and self.mention(inner) is not None:
                return self.mention(inner)
        return None

    def joined(self, word: Word, mention: Mention) -> list[Side]:
        """Names glued into one token or name chain: "U.S.-China", "Israeli-Palestinian"."""
        glued = [
            m
            for m in self.mentions
            if m is not mention
            and m.actor != mention.actor
            and self.touches(*sorted((mention, m), key=lambda one: one.start))
        ]
        half = self.half(mention)
        return [self.side(m, word) for m in glued] + ([half] if half is not None else [])

    def half(self, mention: Mention) -> Side | None:
        """The state of the first half of a compound: the British side of "Anglo-German"."""
        at = mention.start - self.sentence.start
        found = _HALF.search(self.sentence.text[:at])
        actor = halves().get(found.group(1)) if found is not None else None
        if found is None or actor is None or actor == mention.actor:
            return None
        start, end = self.sentence.start + found.start(1), self.sentence.start + found.end(1)
        evidence = Evidence(start=start, end=end, text=found.group(1), by="roles:half")
        return Side(
            actor=actor,
            kind="named",
            sector="GOV",
            start=start,
            end=end,
            text=found.group(1),
            evidence=(evidence,),
        )

    def touches(self, left: Mention, right: Mention) -> bool:
        between = self.sentence.text[left.end - self.sentence.start : right.start - self.sentence.start]
        if between in ("-", "–", "/", "‑"):
            return True
        if left.end < right.start and set(between) <= set("-–/‑ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz."):
            return "-" in between and " " not in between
        return False

    def listed(self, own: Mention) -> list[Side]:
        """Names that stand in one enumeration with ``own`` ("President A, President B and Prime Minister C"), however parsed."""
        ordered = sorted((m for m in self.mentions if m.by != "dictionary:city"), key=lambda m: m.start)
        if own.person is not None:
            ordered = [m for m in ordered if not self._leads(m, ordered)]
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
                found.append(self.side(other, head))
                here += step
        return found

    def _leads(self, mention: Mention, ordered: Sequence[Mention]) -> bool:
        """Whether a name is the country in front of a person's title ("Peruvian President …") and no item of its own."""
        behind = next((m for m in ordered if m.start >= mention.end), None)
        if mention.person is not None or behind is None or behind.person is None or behind.actor != mention.actor:
            return False
        shift = self.sentence.start
        return _TITLE.fullmatch(self.sentence.plain[mention.end - shift : behind.start - shift]) is not None

    def side(self, mention: Mention, word: Word) -> Side:
        start, end = self.extent(mention, word)
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

    def extent(self, mention: Mention, word: Word) -> tuple[int, int]:
        """The name with its title: the words of the phrase from its first modifier to the name's end, without gaps."""
        words = [
            w
            for w in self.sentence.tree(word.index, without=NAME_RELATIONS)
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
                start = min(start, self.run_start(left))
            end = max(end, word.end) if word.end - mention.end < 60 and not self.crosses_mention(mention, word) else end
        return start, end

    def crosses_mention(self, mention: Mention, word: Word) -> bool:
        return any(m.start >= mention.end and m.start < word.end and m.actor != mention.actor for m in self.mentions)

    def run_start(self, words: list[Word]) -> int:
        start = words[-1].start
        for left, right in zip(reversed(words[:-1]), reversed(words[1:]), strict=True):
            if right.start - left.end > 1 or left.kind == "punctuation":
                break
            start = left.start
        return start

    def widen(self, side: Side, word: Word) -> Side:
        if side.start is None or side.end is None or word.start > side.start or side.end - word.start > 120:
            return side
        if any(word.start <= m.start and m.end <= side.start for m in self.mentions):
            return side
        words = [
            w
            for w in self.sentence.below(word.index)
            if w.relation in ("compound", "modifier", "number") and w.end <= word.start
        ]
        start = self.run_start([*words, word]) if words else word.start
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


def unidentified(sentence: Sentence, word: Word, kind: SideKind = "unknown") -> Side:
    """Give a party that cannot be identified, with as much of its phrase as stands before its head."""
    words = [w for w in sentence.tree(word.index, without=NAME_RELATIONS) if w.relation not in ("apposition",)]
    same = [w for w in words if w.start >= word.start - 40 and w.end <= word.end]
    start = min((w.start for w in same), default=word.start)
    text = sentence.text[start - sentence.start : word.end - sentence.start]
    evidence = Evidence(start=word.start, end=word.end, text=word.text, by=f"roles:{kind}")
    return Side(actor=UNKNOWN, kind=kind, start=start, end=word.end, text=text, evidence=(evidence,))
