"""Who is in the room: the actors that a document's title, speakers and earlier sentences offer to "we", "he" and "both sides"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from backchannel.actors.find import find
from backchannel.actors.profile import Profile
from backchannel.actors.table import ActorTable
from backchannel.language.grammar import Sentence, Speaker
from backchannel.records import Document, Evidence, Mention
from backchannel.vocabulary import UserCues

_POST = re.compile(
    r"(?:Embassy|Legation|Consulate|Consulate General|Mission|Interests Section|Liaison Office) (?:in|at|to)(?: the)? $"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An actor that something outside the sentence makes certain, and the words that do."""

    actor: str
    person: str | None
    evidence: Evidence
    sector: str | None = None


_OCCASION = re.compile(
    r"(?:[’']s)? (?:\w+[’']s? ){0,2}(?:Summit|Ministerial|Conference|Week|General Assembly|Session)\b"
)
_STAY = re.compile(r"\b(?:Meetings?|Talks|Visit|Day|Stop|Engagements?) in(?: the)? $")
_ON = re.compile(r"\b(?:on|about|regarding)(?: the)? $")
REACH = 6
"""How many sentences an antecedent may stand from the sentence that rests on it (the evidence contract)."""


@dataclass(slots=True, kw_only=True)
class Roster:
    """What a document offers for the unnamed: its home side, the partners in its title, and who was named before."""

    profile: Profile
    table: ActorTable | None = None
    on: date | None = None
    source: str = ""
    starts: tuple[int, ...] = ()
    cues: UserCues = field(default_factory=UserCues)
    title_text: str = ""
    title: tuple[Known, ...] = ()
    topic: tuple[Known, ...] = ()
    subjects: tuple[Known, ...] = ()
    mentions: dict[int, tuple[Mention, ...]] = field(default_factory=dict)
    speakers: dict[str, Known | None] = field(default_factory=dict)
    items: dict[int, tuple[Known, ...]] = field(default_factory=dict)
    last_pair: tuple[Known, ...] = ()
    last_pair_at: int = -99
    last_paragraph: int = -1
    last_contact_at: int = -99

    @property
    def home(self) -> Known | None:
        """The document's own side, from its source."""
        if self.profile.home is None:
            return None
        return Known(
            actor=self.profile.home,
            person=None,
            evidence=Evidence(start=0, end=len(self.source), text=self.source, by=f"source:{self.profile.home}"),
        )

    def told_before(self, sentence: Sentence, *, back: int) -> tuple[Known, ...]:
        """The parties of the contact told at most ``back`` sentences before, none where their names stand too far off to be evidence."""
        if sentence.index - self.last_pair_at > back or not all(
            self._is_near(known.evidence, sentence) for known in self.last_pair
        ):
            return ()
        return self.last_pair

    def _is_near(self, evidence: Evidence, sentence: Sentence) -> bool:
        if evidence.by.startswith(("title:", "source:", "speaker:")):
            return True
        return sentence.index - (bisect_right(self.starts, evidence.start) - 1) <= REACH

    def partners(self) -> tuple[Known, ...]:
        """The actors of the title other than the home side, each once."""
        found: dict[str, Known] = {}
        for known in self.title:
            if known.actor != self.profile.home:
                found.setdefault(known.actor, known)
        return tuple(found.values())

    def abroad(self) -> tuple[Known, ...]:
        """The actors that the title names as partners, else as its subject ("Background Call on Russia")."""
        return self.partners() or tuple(k for k in self.subjects if k.actor != self.profile.home)

    def speaker(self, sentence: Sentence) -> Known | None:
        """The side of whoever holds the floor in ``sentence``: by the label's name, else the home side; none for a reporter."""
        label = sentence.speaker
        if label is None:
            return self.home
        if is_reporter(label):
            return None
        return self.speakers.get(label.text) or self.home

    def before(self, sentence: Sentence, *, back: int = 3) -> list[Mention]:
        """The actors mentioned in the sentences before, nearest first."""
        found: list[Mention] = []
        for index in range(sentence.index - 1, max(-1, sentence.index - 1 - back), -1):
            found.extend(reversed(self.mentions.get(index, ())))
        return [one for one in found if one.actor is not None]


def is_reporter(label: Speaker) -> bool:
    """Whether the label is a questioner's."""
    return label.text.strip() in ("Q", "QUESTION", "Question", "REPORTER", "Reporter", "PRESS")


def build(
    document: Document,
    profile: Profile,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    table: ActorTable,
    *,
    on: date | None,
) -> Roster:
    """Give the roster of a document.

    Args:
        document: with its title.
        profile: its kind and home side.
        sentences: as cut; need not be parsed.
        mentions: all of the text's mentions, in order.
        table: the dictionary, for title and speaker labels.
        on: the day for offices.
    """
    title = document.title or ""
    known, subjects = [], []
    for mention in find(title, table, on=on, context={m.actor for m in mentions if m.actor}):
        if mention.actor is not None and (
            not _is_venue(title, mention) or (profile.kind == "record" and _POST.search(title[: mention.start]))
        ):
            evidence = Evidence(start=mention.start, end=mention.end, text=mention.text, by="title:mention")
            known.append(Known(actor=mention.actor, person=mention.person, evidence=evidence, sector=mention.sector))
        elif mention.actor is not None and _ON.search(title[: mention.start]):
            evidence = Evidence(start=mention.start, end=mention.end, text=mention.text, by="title:mention")
            subjects.append(Known(actor=mention.actor, person=mention.person, evidence=evidence, sector=mention.sector))
    grouped: dict[int, tuple[Mention, ...]] = {}
    position = 0
    for sentence in sentences:
        inside = []
        while position < len(mentions) and mentions[position].start < sentence.end:
            if mentions[position].start >= sentence.start:
                inside.append(mentions[position])
            position += 1
        grouped[sentence.index] = tuple(inside)
    roster = Roster(
        profile=profile,
        table=table,
        on=on,
        source=document.source or document.url or "",
        starts=_starts(sentences),
        title_text=title,
        title=tuple(known),
        subjects=tuple(subjects),
        mentions=grouped,
    )
    roster.topic = tuple(k for k in known if profile.kind == "digest")
    if profile.kind == "digest":
        roster.items = _topics(sentences, grouped)
    for label in {s.speaker.text: s.speaker for s in sentences if s.speaker is not None}.values():
        roster.speakers[label.text] = _speaker(label, table, on, profile)
    return roster


def _starts(sentences: Sequence[Sentence]) -> tuple[int, ...]:
    """The start of each sentence at the place of its number; numbers that are left out count as the sentence after them."""
    found: list[int] = []
    for sentence in sentences:
        found.extend([sentence.start] * (sentence.index + 1 - len(found)))
    return tuple(found)


def _topics(sentences: Sequence[Sentence], grouped: dict[int, tuple[Mention, ...]]) -> dict[int, tuple[Known, ...]]:
    """The actors of each digest item's heading, for its first sentence and those that follow until the next heading."""
    found: dict[int, tuple[Known, ...]] = {}
    topic: tuple[Known, ...] = ()
    for sentence in sentences:
        heading = len(sentence.plain) - len(sentence.plain.lstrip())
        if ":" in sentence.text[:heading]:
            outlets = sentence.text.rfind(")", 0, heading)
            topic = tuple(
                Known(
                    actor=m.actor,
                    person=m.person,
                    evidence=Evidence(start=m.start, end=m.end, text=m.text, by=m.by),
                    sector=m.sector,
                )
                for m in grouped.get(sentence.index, ())
                if m.actor is not None and outlets < m.start - sentence.start and m.end - sentence.start <= heading
            )
        found[sentence.index] = tuple({k.actor: k for k in reversed(topic)}.values())[::-1]
    return found


def _is_venue(title: str, mention: Mention) -> bool:
    before = title[: mention.start].rstrip().lower()
    if _STAY.search(title[: mention.start]) is not None and mention.by == "dictionary:name":
        return False
    return (
        mention.start > title.rfind(" | ") > 0
        or (mention.sector == "IGO" and _OCCASION.match(title[mention.end :]) is not None)
        or mention.by in ("dictionary:capital", "dictionary:city")
        or before.endswith((" en route", " aboard"))
        or bool(re.search(r"\b(?:in|at|route|en route to|on|about|against|over|regarding)(?: the)?$", before))
    )


def _speaker(label: Speaker, table: ActorTable, on: date | None, profile: Profile) -> Known | None:
    text = label.text
    shown = (
        " ".join(part.capitalize() if part.isupper() and len(part) > 3 else part for part in text.split())
        if text.isupper()
        else text
    )
    for candidate in (shown, text):
        found = [
            m
            for m in find(candidate, table, on=on, context=[profile.home] if profile.home else [])
            if m.actor is not None
        ]
        if found and "Secretary General" not in shown:
            best = next((m for m in found if m.person), found[0])
            evidence = Evidence(start=label.start, end=label.end, text=label.text, by="speaker:label")
            return Known(actor=best.actor or "", person=best.person, evidence=evidence, sector=best.sector)
    return None
