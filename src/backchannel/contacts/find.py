"""Find the contacts of a sentence: propose, group, fill in who is certain but unnamed, and accept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from backchannel.actors.roster import Known, Roster
from backchannel.contacts.accept import PARTNERS, accept
from backchannel.contacts.contact import Contact, trigger_span
from backchannel.contacts.group import JOURNEYS, group, part
from backchannel.contacts.propose import Candidate, Placed, propose
from backchannel.contacts.resolve import Resolver
from backchannel.contacts.shadows import without_shadows
from backchannel.language.grammar import Sentence
from backchannel.records import UNKNOWN

_SEPARATE = frozenset(["separately", "individually", "respectively", "each"])
_EACH = frozenset({"call", "conversation", "meeting", "visit"})
_CALLS = frozenset({"call", "conversation"})
_HUNG = frozenset({"partner", "object", "between", "participants", "goal"})
_JOINT = frozenset({"jointly", "together", "joint", "trilateral", "trilaterally"})


def find(sentence: Sentence, roster: Roster) -> list[Contact]:
    """Give the contacts that a parsed sentence reports, in order of appearance; often none, seldom over three."""
    resolver = Resolver(sentence, roster)
    found: list[Contact] = []
    for members in group(sentence, propose(sentence, resolver)):
        for contact in _contacts(sentence, members, resolver, roster):
            found.extend(_split(contact, roster))
    found = _without_journeys(found)
    found = list({(c.word.index, frozenset(c.known())): c for c in reversed(found)}.values())
    found.sort(key=lambda c: (c.word.index, c.ordinal))
    for contact in found:
        known = contact.known()
        roster.last_contact_at = sentence.index
        if known:
            roster.last_pair = tuple(_as_known(contact))
            roster.last_pair_at = sentence.index
            roster.last_paragraph = sentence.paragraph
    return found


def _contacts(sentence: Sentence, members: list[Candidate], resolver: Resolver, roster: Roster) -> list[Contact]:
    """The contacts that words which hang together tell: several only where at least two of them stand by themselves."""
    parts = part(sentence, members)
    if len(parts) == 1:
        whole = _assemble(sentence, members, resolver, roster)
        return [] if whole is None else [whole]
    parts = [[_without_guests(sentence, one, some, members) for one in some] for some in parts]
    fullest = max((some[0] for some in parts), key=lambda one: len(one.known()))
    found = [
        _assemble(sentence, some, resolver, roster)
        or _assemble(sentence, [_lend(some[0], fullest), *some[1:]], resolver, roster)
        for some in parts
    ]
    kept = [contact for contact in found if contact is not None]
    if len(kept) < 2:
        whole = _assemble(sentence, members, resolver, roster)
        return [] if whole is None else [whole]
    return kept


def _without_guests(sentence: Sentence, one: Candidate, own: list[Candidate], members: list[Candidate]) -> Candidate:
    """Leave out partners whom grammar hangs on the other contact ("met Xi after a meeting with Putin")."""
    mine = {c.word.index for c in own}
    others = {c.word.index for c in members} - mine
    kept = [p for p in one.placed if p.kind not in _HUNG or not _hangs_on(sentence, p, others, mine)]
    return one if len({p.side.actor for p in kept}) < 2 else replace(one, placed=kept)


def _hangs_on(sentence: Sentence, placed: Placed, others: set[int], mine: set[int]) -> bool:
    side = placed.side
    word = None if side.start is None or side.end is None else sentence.word_at(side.start, side.end)
    first = (
        None if word is None else next((w.index for w in sentence.path(word.index) if w.index in others | mine), None)
    )
    return first in others


def _lend(one: Candidate, fullest: Candidate) -> Candidate:
    """Give a noun the parties of the contact that it stands beside ("the talks ... were followed by a call")."""
    if one.is_backdrop or one.entry.kind != "noun" or not one.known() <= fullest.known():
        return one
    own = [p for p in one.placed if p.side.kind != "unknown"]
    return replace(one, placed=own + [p for p in fullest.placed if p.side.actor not in one.known()])


def _without_journeys(found: list[Contact]) -> list[Contact]:
    """A journey to a third city for the talks of the same sentence is their venue, no visit of its own ("travelled to Paris for talks with Hanoi")."""
    others = [c for c in found if c.entry.id not in JOURNEYS and any(p.kind in PARTNERS for p in c.placed)]
    goals = [c for c in found if c.entry.id in JOURNEYS]
    if not others or not goals:
        return found
    return [
        c
        for c in found
        if c not in goals or any(set(c.known()) & set(o.known()) - {""} == set(c.known()) for o in others)
    ]


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
    accepted = accept(contact, members, resolver, roster)
    return None if accepted is None else without_shadows(accepted)


def _union(members: list[Candidate]) -> list[Placed]:
    """The parties of the best word; of the others only where it has fewer than two ("spoke with Modi to discuss the trip to Poland")."""
    if len(members[0].known()) >= 2:
        members = members[:1]
    found: dict[str, Placed] = {}
    order = {
        "between": 0,
        "partner": 1,
        "object": 2,
        "goal": 3,
        "agent": 4,
        "owner": 5,
        "modifier": 6,
        "participants": 7,
        "host": 8,
        "mediator": 9,
    }
    for candidate in members:
        for placed in candidate.placed:
            key = placed.side.actor if placed.side.actor != UNKNOWN else f"?{placed.side.start}"
            kept = found.get(key)
            better = kept is None or (kept.side.kind != "named" and placed.side.kind == "named")
            if better or (
                kept is not None
                and kept.side.kind == placed.side.kind
                and order[placed.kind] < order[kept.kind]
                and kept.kind in ("mediator", "host")
            ):
                found[key] = placed
    return list(found.values())


def _split(contact: Contact, roster: Roster) -> list[Contact]:
    """One contact each where partners were met apart: "met separately with A and B", calls with A and B, a trip to A, B and C."""
    words = {w.index for w in contact.words}
    near = {
        w.text.lower() for w in contact.sentence.words if w.head in words or w.index in {x.head for x in contact.words}
    }
    if not (near & _SEPARATE or _is_of_each(contact) or _is_journey_on(contact)) or near & _JOINT:
        return [contact]
    apart = [p for p in contact.placed if p.kind in ("partner", "object", "goal") and p.side.kind != "domestic"]
    if len(apart) < 2 and _is_of_each(contact):  # "A, B and C called the king"
        apart = [p for p in contact.placed if p.kind == "agent" and p.side.kind in ("named", "anaphor")]
    others = [p for p in contact.placed if p not in apart]
    if not others and not contact.filled and _is_journey_on(contact) and roster.home is not None:
        contact = replace(contact, filled=(roster.home,))
    if len(apart) < 2 or len(apart) > 4 or not (others or contact.filled):
        return [contact]
    return [replace(contact, placed=(*others, one), ordinal=number) for number, one in enumerate(apart)]


def _is_of_each(contact: Contact) -> bool:
    """Whether the noun is of many calls or meetings, one a partner; a talk told by a verb may name its calls ("discussed in his calls")."""
    if contact.word.kind == "noun":
        return contact.word.shape == "plural" and contact.entry.lemma in _EACH
    return any(w.kind == "noun" and w.shape == "plural" and w.lemma in _CALLS for w in contact.words)


def _is_journey_on(contact: Contact) -> bool:
    goals = [p for p in contact.placed if p.kind == "goal" or (p.kind == "object" and contact.entry.id == "visit.verb")]
    return contact.entry.form == "visit" and len(goals) > 1
