"""Tell two contacts of one sentence apart from two words for one contact.

Words that hang together or have the same parties are first taken for one contact. They are two where one is spoken of in
the other, planned in it, set before or behind it, gathers more sides, goes elsewhere, or has a clause of its own.
"""

from __future__ import annotations

from backchannel.contacts.propose import Candidate
from backchannel.contacts.timing import is_anew, is_bare, is_planned, is_set_off, route, words
from backchannel.language.grammar import Sentence, Word, governor_verb, subject

_JOURNEYS = frozenset({"visit", "trip", "tour"})
_PARTNERS = frozenset({"partner", "object", "between"})
_OWN = frozenset({"a", "an", "my", "his", "her"})
_FULL = frozenset({"modifier", "compound"})


def are_two(sentence: Sentence, left: Candidate, right: Candidate) -> bool:
    """Whether the two words, the left one first, tell two contacts."""
    if left.entry.lemma == right.entry.lemma and is_bare(sentence, right):
        return False  # "proposed a meeting ... the meeting"
    if _is_added(sentence, left, right) or _have_own_clauses(sentence, left, right):
        return True
    return any(_stands_apart(sentence, *pair) for pair in ((left, right), (right, left)))


def _stands_apart(sentence: Sentence, one: Candidate, other: Candidate) -> bool:
    return (
        _is_matter(sentence, one, other)
        or is_planned(sentence, one, other)
        or is_set_off(sentence, one, other)
        or is_anew(sentence, one, other)
        or _is_beside(sentence, one)
        or _is_sequel(sentence, one, other)
        or _is_wider(one, other)
        or _goes_elsewhere(one, other)
        or _is_call_about_journey(sentence, one, other)
    )


def _is_matter(sentence: Sentence, talk: Candidate, other: Candidate) -> bool:
    """The other contact is what is spoken of in this one ("discussed the coming visit", "told him of the talks in May")."""
    if talk.entry.lemma not in words("telling") or other.entry.lemma not in words("matters"):
        return False
    if other.entry.kind != "noun" or is_bare(sentence, other) or _is_speech(talk):
        return False
    way = route(sentence, other.word, talk.word)
    if way is None:
        return False
    if any(w.lemma in words("outcome") for w in way):
        return True
    if any(_leaves_the_matter(sentence, w) for w in way) or (len(way) == 1 and talk.entry.lemma == "exchange"):
        return False
    return any(w.relation == "patient" or w.preposition in words("about") for w in way)


def _is_speech(talk: Candidate) -> bool:
    """ "I wanted to talk about the visit": to an audience."""
    alone = not any(p.kind == "partner" for p in talk.placed) and len(talk.known()) < 2
    return alone and talk.entry.lemma in ("speak", "talk")


def _leaves_the_matter(sentence: Sentence, word: Word) -> bool:
    if word.preposition in words("setting") | words("beside"):
        return True
    is_verb = word.kind in ("verb", "auxiliary")
    return is_verb and (word.relation == "conjunct" or any(w.relation == "agent" for w in sentence.below(word.index)))


def _is_beside(sentence: Sentence, one: Candidate) -> bool:
    """ "Met the king after a visit to Oslo": another event, told for the first time."""
    if one.word.preposition not in words("beside") or one.entry.kind != "noun":
        return False
    return any(w.text.lower() in _OWN for w in sentence.below(one.word.index))


def _is_sequel(sentence: Sentence, one: Candidate, other: Candidate) -> bool:
    """ "The talks were followed by a call", "this meeting builds on their earlier ones"."""
    if one.entry.kind != "noun" or other.entry.kind != "noun":
        return False
    verb = next((w for w in sentence.path(other.word.index) if w.lemma in words("sequel")), None)
    if verb is None:
        return False
    agent, way = subject(sentence, verb.index), route(sentence, other.word, verb)
    if agent is None or agent.index != one.word.index or way is None:
        return False
    return way[-1].relation in ("patient", "passive_agent") or way[-1].preposition in ("on", "upon", "by", "to")


def _is_wider(one: Candidate, other: Candidate) -> bool:
    """A summit that names who met there, beside a meeting of others at its margins."""
    if one.entry.form != "summit" or other.entry.form == "summit" or other.entry.lemma == "discuss":
        return False
    there = {p.side.actor for p in one.placed if p.kind in ("participants", "between", "modifier")}
    return len(there) > 1 and not there <= other.known()


def _goes_elsewhere(one: Candidate, other: Candidate) -> bool:
    """A visit to a state that takes no part in the other contact ("during his visit to Oslo he met the Swedish king")."""
    goals = {p.side.actor for p in one.placed if p.kind == "goal" and p.side.kind == "named"}
    partners = {p.side.actor for p in other.placed if p.kind in _PARTNERS and p.side.kind == "named"}
    return one.entry.lemma in _JOURNEYS and bool(goals and partners) and not goals & partners


def _is_call_about_journey(sentence: Sentence, one: Candidate, other: Candidate) -> bool:
    """Nobody travels by telephone: a call and a visit or a summit are two."""
    return is_remote(sentence, one) and other.entry.form in ("visit", "summit") and not is_remote(sentence, other)


def is_remote(sentence: Sentence, one: Candidate) -> bool:
    """Whether the parties are not in one room: a call, a telephone conversation, a virtual summit."""
    below = sentence.below(one.word.index)
    return one.entry.form == "call" or any(w.relation in _FULL and w.lemma in words("remote") for w in below)


def _is_added(sentence: Sentence, left: Candidate, right: Candidate) -> bool:
    """ "Their meeting in May as well as the calls since"."""
    between = sentence.text[left.word.end - sentence.start : right.word.start - sentence.start]
    is_pair = right.word.relation == "conjunct" and left.entry.kind == right.entry.kind == "noun"
    return is_pair and any(f" {adding} " in between for adding in words("adding"))


def _have_own_clauses(sentence: Sentence, left: Candidate, right: Candidate) -> bool:
    """Two nouns, each described for itself and carried by a verb of its own ("held quiet talks ... and had a long lunch")."""
    if left.entry.kind != "noun" or right.entry.kind != "noun" or route(sentence, right.word, left.word) is not None:
        return False
    if "visit" in (left.entry.form, right.entry.form):
        return False  # a visit and its meeting are one
    first, second = governor_verb(sentence, left.word.index), governor_verb(sentence, right.word.index)
    if first is None or second is None or first.index == second.index:
        return False
    return all(_is_full_argument(sentence, *pair) for pair in ((left.word, first), (right.word, second)))


def _is_full_argument(sentence: Sentence, noun: Word, verb: Word) -> bool:
    is_argument = noun.relation in ("patient", "agent", "passive_subject") and noun.head == verb.index
    return is_argument and any(w.relation in _FULL for w in sentence.below(noun.index))
