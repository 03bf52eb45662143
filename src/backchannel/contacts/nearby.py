"""Who is near a contact whose parties are not named: who acts in its clause, who else is named, who was named just before."""

from __future__ import annotations

import re

from backchannel.actors.roster import Known, Roster
from backchannel.contacts.contact import Contact
from backchannel.contacts.resolve import Resolver
from backchannel.contacts.sides import is_person_like
from backchannel.language.grammar import Word, subject
from backchannel.records import UNKNOWN, Evidence, Mention

_CITY_BEFORE = re.compile(r"\b(?:in|at|near|from|to) (?:[A-Z][\w’'.-]+ ?){1,3}, $")
_ADJUNCT = frozenset({"in", "at", "on", "about", "against", "near", "over"})
_BACKDROP = frozenset(
    {"after", "amid", "despite", "during", "following", "since", "over", "about", "on", "against", "for", "of"}
)
_TIES = frozenset({"relation", "relationship", "tie", "side", "talk", "negotiation", "dialogue", "proposal", "offer"})


def named_near(resolver: Resolver, roster: Roster) -> set[str]:
    """Give the actors named in the sentence, the title and the sentences just before."""
    here = [m.actor for m in roster.mentions.get(resolver.sentence.index, ())]
    return {a for a in (*here, *(k.actor for k in roster.title), *(k.actor for k in resolver.named_before())) if a}


def just_before(resolver: Resolver, roster: Roster) -> tuple[Known, ...]:
    """Give the actors named in the two sentences before, nearest first."""
    near = roster.before(resolver.sentence, back=2)
    return tuple(k for k in resolver.named_before() if any(m.actor == k.actor for m in near))


def clause_agents(contact: Contact, resolver: Resolver, known: set[str]) -> tuple[Known, ...]:
    """Give who acts in the clause that the contact stands in: "Russia frees him after talks with an American envoy"."""
    for step in contact.sentence.path(contact.word.index):
        if step.kind in ("verb", "auxiliary"):
            agent = subject(contact.sentence, step.index)
            sides = resolver.sides(agent.index) if agent is not None else []
            found = [s for s in sides if s.actor not in known and s.actor != UNKNOWN and s.evidence]
            if found:
                return tuple(
                    Known(actor=s.actor, person=s.person, evidence=s.evidence[-1], sector=s.sector) for s in found
                )
            if sides:
                return ()
    return ()


def others_here(contact: Contact, resolver: Resolver, known: set[str]) -> tuple[Known, ...]:
    """Give the other actors named in the sentence, without those of adjuncts, venues and things."""
    found: dict[str, Known] = {}
    for mention in resolver.mentions:
        word = contact.sentence.word_at(mention.start, mention.end)
        if (
            word is None
            or mention.actor in known
            or mention.actor is None
            or mention.by in ("dictionary:capital", "dictionary:city")
        ):
            continue
        adjunct = word.relation == "oblique" and word.preposition in _ADJUNCT
        if adjunct and not (word.preposition == "in" and is_person_like(contact.sentence.words[word.head])):
            continue
        if _is_of_a_place_or_thing(contact, mention, word):
            continue
        evidence = Evidence(start=mention.start, end=mention.end, text=mention.text, by=mention.by)
        found.setdefault(
            mention.actor, Known(actor=mention.actor, person=mention.person, evidence=evidence, sector=mention.sector)
        )
    return tuple(found.values())


def _is_of_a_place_or_thing(contact: Contact, mention: Mention, word: Word) -> bool:
    """The country behind its city ("in Oslo, Norway") and the owner of a deed ("after Peru's protest") are no parties."""
    lead = contact.sentence.text[: mention.start - contact.sentence.start]
    if _CITY_BEFORE.search(lead) is not None and word.relation in ("apposition", "oblique", "conjunct", "other"):
        return True
    head = contact.sentence.words[word.head]
    owned = word.relation in ("possessor", "modifier", "compound")
    backdrop = head.relation == "oblique" and head.preposition in _BACKDROP
    return owned and backdrop and head.kind == "noun" and not is_person_like(head) and head.lemma not in _TIES
