"""Find the contacts of a sentence: propose, group, fill in who is certain but unnamed, and accept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from backchannel.actors.roster import Known, Roster
from backchannel.contacts.group import group
from backchannel.contacts.lexicon import Entry
from backchannel.contacts.propose import Candidate, Placed, propose
from backchannel.contacts.resolve import Resolver, Side
from backchannel.language.grammar import Sentence, Word
from backchannel.records import UNKNOWN, Form, Span

_SEPARATE = frozenset("separately individually respectively each".split())
_SECRECY = re.compile(
    r"behind[- ]the[- ]scenes|back[- ]?channel|closed[- ]door|\b(?:secret|private|confidential|discreet|clandestine|undisclosed|quiet|covert|informal|preliminary|indirect|unannounced|high-level)\b",
    re.I,
)
_HOME_BODY = re.compile(r"\b(?:Congress|Senate|House Republicans|House Democrats|Capitol Hill|State Duma|Federation Council|bipartisan|unions?|Teamsters|CEOs? of U)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A contact that a sentence reports, before its aspects are read."""

    sentence: Sentence
    word: Word
    entry: Entry
    trigger: Span
    words: tuple[Word, ...]
    placed: tuple[Placed, ...]
    filled: tuple[Known, ...] = ()
    ordinal: int = 0
    score: float = 0.9

    @property
    def form(self) -> Form:
        """The form that the trigger's own entry gives."""
        return self.entry.form

    def known(self) -> list[str]:
        """The actor ids that are identified, named ones first."""
        ids = [p.side.actor for p in self.placed if p.side.actor != UNKNOWN] + [k.actor for k in self.filled]
        return list(dict.fromkeys(ids))


def find(sentence: Sentence, roster: Roster) -> list[Contact]:
    """Give the contacts that a parsed sentence reports, in order of appearance; often none, seldom over three."""
    resolver = Resolver(sentence, roster)
    found: list[Contact] = []
    for members in group(sentence, propose(sentence, resolver)):
        contact = _assemble(sentence, members, resolver, roster)
        if contact is not None:
            found.extend(_split(contact))
    found.sort(key=lambda c: c.word.index)
    for contact in found:
        known = contact.known()
        if len(known) >= 2:
            roster.last_pair = tuple(_as_known(contact))
            roster.last_pair_at = sentence.index
    return found


def _as_known(contact: Contact) -> Iterator[Known]:
    seen = set()
    for placed in contact.placed:
        side = placed.side
        if side.actor != UNKNOWN and side.actor not in seen and side.evidence:
            seen.add(side.actor)
            yield Known(actor=side.actor, person=side.person, evidence=side.evidence[-1], sector=side.sector)
    yield from (k for k in contact.filled if k.actor not in seen)


def _assemble(sentence: Sentence, members: list[Candidate], resolver: Resolver, roster: Roster) -> Contact | None:
    best = members[0]
    placed = _union(members)
    contact = Contact(
        sentence=sentence,
        word=best.word,
        entry=best.entry,
        trigger=trigger_span(sentence, best.word),
        words=tuple(sorted((c.word for c in members), key=lambda w: w.index)),
        placed=tuple(placed),
    )
    return _accept(contact, members, resolver, roster)


def _union(members: Iterable[Candidate]) -> list[Placed]:
    found: dict[str, Placed] = {}
    order = {"between": 0, "partner": 1, "object": 2, "goal": 3, "agent": 4, "owner": 5, "modifier": 6, "participants": 7, "host": 8, "mediator": 9}
    for candidate in members:
        for placed in candidate.placed:
            key = placed.side.actor if placed.side.actor != UNKNOWN else f"?{placed.side.start}"
            kept = found.get(key)
            better = kept is None or (kept.side.kind != "named" and placed.side.kind == "named")
            if better or (kept is not None and kept.side.kind == placed.side.kind and order[placed.kind] < order[kept.kind] and kept.kind in ("mediator", "host")):
                found[key] = placed
    return list(found.values())


def _accept(contact: Contact, members: list[Candidate], resolver: Resolver, roster: Roster) -> Contact | None:
    known = contact.known()
    unknown = [p for p in contact.placed if p.side.kind == "unknown"]
    domestic = [p for p in contact.placed if p.side.kind == "domestic"]
    if domestic and len(known) < 2:
        return None
    if len(known) >= 2:
        return contact
    needs = min((c.entry.needs for c in members), key=lambda n: ("alone", "party", "pair", "readout").index(n))
    partner_unknown = [p for p in unknown if p.kind in ("partner", "between", "object", "participants", "goal")]
    filled = () if partner_unknown and known else fill(contact, resolver, roster)
    total = len(set(known) | {k.actor for k in filled})
    if total >= 2:
        if needs == "readout" and roster.profile.kind not in ("readout", "announcement", "official", "joint", "record"):
            return None
        return _with(contact, filled, 0.75)
    if needs in ("pair", "readout"):
        if total == 1 and partner_unknown and needs == "pair":
            return _with(contact, filled, 0.6)
        return None
    if total == 1:
        if needs == "alone" or unknown or _is_strong(contact):
            return _with(contact, filled, 0.6)
        return None
    if unknown and (_SECRECY.search(contact.trigger.text) or needs == "alone"):
        return _with(contact, filled, 0.5)
    return None


def _is_strong(contact: Contact) -> bool:
    return contact.entry.kind == "noun" and contact.entry.lemma in ("negotiation", "talk", "summit", "mediation", "dialogue", "backchannel", "meeting", "consultation")


def _with(contact: Contact, filled: Sequence[Known], score: float) -> Contact:
    return Contact(
        sentence=contact.sentence,
        word=contact.word,
        entry=contact.entry,
        trigger=contact.trigger,
        words=contact.words,
        placed=contact.placed,
        filled=tuple(k for k in filled if k.actor not in contact.known()),
        score=score,
    )


def fill(contact: Contact, resolver: Resolver, roster: Roster) -> tuple[Known, ...]:
    """Give the parties that the sentence does not name but its document makes certain.

    Order: both sides of an official account's title; the contact told just before, for "the talks"; the other name of
    the sentence; the home side of an official text.
    """
    known = set(contact.known())
    profile = roster.profile
    home, partners = roster.home, roster.partners()
    if home is not None and profile.kind in ("readout", "announcement", "joint") and partners:
        room = {home.actor, *(p.actor for p in partners)}
        if known <= room and len(room) <= 4:
            return tuple(k for k in (home, *partners) if k.actor not in known)
    if is_anaphoric(contact) and roster.last_pair and contact.sentence.index - roster.last_pair_at <= 3:
        pair = {k.actor for k in roster.last_pair}
        if known <= pair:
            return tuple(k for k in roster.last_pair if k.actor not in known)
    if profile.kind == "digest" and len(roster.topic) == 2 and known <= {k.actor for k in roster.topic}:
        return tuple(k for k in roster.topic if k.actor not in known)
    others = _others_here(contact, resolver, known)
    if len(known) == 1 and len({k.actor for k in others}) == 1:
        return others[:1]
    if home is not None and len(known) == 1 and home.actor not in known and profile.kind not in ("record",):
        return (home,)
    return ()


def is_anaphoric(contact: Contact) -> bool:
    """Whether the trigger points back ("the talks", "this meeting", "these discussions")."""
    if contact.word.kind not in ("noun", "name"):
        return False
    determiners = {w.text.lower() for w in contact.sentence.below(contact.word.index) if w.relation == "determiner"}
    return bool(determiners & {"the", "this", "these", "those", "that", "such"})


def _others_here(contact: Contact, resolver: Resolver, known: set[str]) -> tuple[Known, ...]:
    found: dict[str, Known] = {}
    for mention in resolver.mentions:
        word = contact.sentence.word_at(mention.start, mention.end)
        if word is None or mention.actor in known or mention.actor is None or mention.by in ("dictionary:capital", "dictionary:city"):
            continue
        if word.relation == "oblique" and word.preposition in ("in", "at", "on", "about", "against", "near", "over"):
            continue
        from backchannel.records import Evidence

        evidence = Evidence(start=mention.start, end=mention.end, text=mention.text, by=mention.by)
        found.setdefault(mention.actor, Known(actor=mention.actor, person=mention.person, evidence=evidence, sector=mention.sector))
    return tuple(found.values())


def _split(contact: Contact) -> list[Contact]:
    """"Met separately with A and B": one contact each, with the same trigger."""
    near = {w.text.lower() for w in contact.sentence.words if w.head in {x.index for x in contact.words} or w.index in {x.head for x in contact.words}}
    if not near & _SEPARATE:
        return [contact]
    partners = [p for p in contact.placed if p.kind in ("partner", "object", "between")]
    others = [p for p in contact.placed if p not in partners]
    if len(partners) < 2 or not others:
        return [contact]
    return [
        Contact(
            sentence=contact.sentence,
            word=contact.word,
            entry=contact.entry,
            trigger=contact.trigger,
            words=contact.words,
            placed=(*others, partner),
            ordinal=number,
            score=contact.score,
        )
        for number, partner in enumerate(partners[:4])
    ]


def trigger_span(sentence: Sentence, word: Word) -> Span:
    """Give the trigger as a short phrase: a noun with its describing words, a verb with its particle."""
    start, end = word.start, word.end
    if word.kind in ("noun", "name"):
        left = [w for w in sentence.below(word.index) if w.end <= word.start and w.relation in ("modifier", "compound") and w.kind in ("adjective", "noun", "verb")]
        for one in reversed(left):
            gap = sentence.text[one.end - sentence.start : start - sentence.start]
            if gap.strip() in ("", "-") and len(gap) <= 2 and one.text[:1].islower():
                start = one.start
            else:
                break
    else:
        for one in sentence.below(word.index):
            if one.relation == "particle" and one.start - end <= 1:
                end = one.end
    return Span(start=start, end=end, text=sentence.text[start - sentence.start : end - sentence.start])


def sides(contact: Contact) -> list[Side]:
    """Give the contact's resolved parties, the surest first."""
    return [p.side for p in contact.placed]
