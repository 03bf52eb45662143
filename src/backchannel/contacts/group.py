"""Decide which candidate words of one sentence tell the same contact."""

from __future__ import annotations

from collections.abc import Callable

from backchannel.contacts.propose import Candidate
from backchannel.contacts.several import are_two
from backchannel.contacts.timing import is_echo
from backchannel.language.grammar import Sentence, Word

_RANK = {
    "meeting": 6,
    "call": 6,
    "summit": 6,
    "mediation": 6,
    "negotiation": 5,
    "message": 4,
    "visit": 2.5,
    "contact": 3,
}
_APART = frozenset({"after", "before", "since", "following", "until", "amid", "despite"})
"""Prepositions that set another event beside this one ("met X, a day after talks with Y")."""
_BEARERS = frozenset(
    f"{verb}.verb"
    for verb in ("carry", "come", "deliver", "get", "hand", "pass", "put", "send", "shake", "slip", "spend", "take")
)
"""Verbs that tell a contact only by what hangs on them; the noun of it, where there is one, tells it better."""
_CARRY = frozenset(
    {
        "patient",
        "oblique",
        "purpose",
        "complement",
        "relative",
        "compound",
        "modifier",
        "apposition",
        "passive_subject",
        "adverbial",
        "predicate",
        "agent",
    }
)


def group(sentence: Sentence, candidates: list[Candidate]) -> list[list[Candidate]]:
    """Give the candidates in groups, one a contact, each with its best word first."""
    return _gather(sentence, candidates, _joins)


def part(sentence: Sentence, members: list[Candidate]) -> list[list[Candidate]]:
    """Give the members of one group in groups again, two where their words tell two contacts of the same parties."""
    ordered = sorted(members, key=lambda c: c.word.index)
    return _gather(sentence, ordered, _joins_still)


def _gather(
    sentence: Sentence, candidates: list[Candidate], joins: Callable[[Sentence, list[Candidate], Candidate], bool]
) -> list[list[Candidate]]:
    groups: list[list[Candidate]] = []
    for candidate in candidates:
        home = next((g for g in groups if joins(sentence, g, candidate)), None)
        if home is None:
            groups.append([candidate])
        else:
            home.append(candidate)
    return [sorted(g, key=lambda c: _merit(sentence, c), reverse=True) for g in groups]


def _joins_still(sentence: Sentence, members: list[Candidate], candidate: Candidate) -> bool:
    return not any(are_two(sentence, member, candidate) for member in members)


def _joins(sentence: Sentence, members: list[Candidate], candidate: Candidate) -> bool:
    """Whether the candidate tells what the group tells: linked with one of it, at odds with the parties of none."""
    own = candidate.known()
    for member in members:
        other = member.known()
        if len(own) >= 2 and len(other) >= 2 and not (own <= other or other <= own):
            return False
    return any(_same(sentence, one, candidate) for one in members)


def _merit(sentence: Sentence, candidate: Candidate) -> tuple[float, int]:
    rank = float(_RANK[candidate.entry.form]) + min(len(candidate.known()), 2) * 1.5
    if candidate.entry.needs == "readout":
        rank -= 6
    if candidate.entry.id in _BEARERS:
        rank -= 4
    if candidate.entry.id in JOURNEYS or candidate.word.preposition in _APART or _is_topic(sentence, candidate.word):
        rank -= 5
    if candidate.word.preposition in ("during", "at") and candidate.entry.kind == "noun":
        rank -= 3.5
    if candidate.entry.lemma in ("discuss", "discussion", "engage", "exchange"):
        rank -= 1
    return rank, -candidate.word.index


JOURNEYS = frozenset({"travel.verb", "fly.verb"})


def _is_topic(sentence: Sentence, word: Word) -> bool:
    """ "Discussed the schedule of bilateral contacts": the noun is what was talked about."""
    below = word
    for step in sentence.path(word.index):
        if step.kind == "verb":
            return (
                step.lemma in ("discuss", "raise", "consider")
                and below.relation == "patient"
                and below.index != word.index
            )
        below = step
    return False


def _same(sentence: Sentence, left: Candidate, right: Candidate) -> bool:
    a, b = left.known(), right.known()
    if len(a) >= 2 and len(b) >= 2 and not (a <= b or b <= a):
        return False
    if _explicit_rivals(sentence, left, right):
        return False
    if linked(sentence, left.word, right.word):
        return True
    if is_echo(sentence, left, right):
        return True
    if not a or not b:
        if _clause_of(sentence, left.word) == _clause_of(sentence, right.word):
            return True
        return not (a or b) and not (left.has_unknown() and right.has_unknown())
    return a <= b or b <= a


def _explicit_rivals(sentence: Sentence, left: Candidate, right: Candidate) -> bool:
    """Coordinated nouns of different form ("a call and a visit"), or verbs with partners of their own."""
    high, low = sentence.words[right.word.head], left.word
    coordinated = right.word.relation == "conjunct" and high.index == low.index
    partners = {"partner", "between", "object", "goal"}
    own = [
        {p.side.actor for p in c.placed if p.kind in partners and p.side.kind in ("named", "unknown")}
        for c in (left, right)
    ]
    if own[0] and own[1] and own[0] != own[1] and own[0] <= right.known() and own[1] <= left.known():
        return False  # guest and host change places: "visited Oslo and was received by the king"
    if coordinated and own[0] and own[1] and own[0] != own[1]:
        return True
    if coordinated and {left.entry.form, right.entry.form} in ({"call", "visit"}, {"call", "meeting"}):
        return True
    return bool(own[0] and own[1] and not own[0] & own[1] and "UNKNOWN" not in own[0] | own[1])


def linked(sentence: Sentence, left: Word, right: Word) -> bool:
    """Whether one word hangs on the other through phrases and clauses without an own subject."""
    for low, high in ((left, right), (right, left)):
        step, hops = low, 0
        while step.head != step.index and hops < 4:
            if step.relation not in _CARRY and not (step.relation == "conjunct" and hops == 0):
                break
            if step.preposition in _APART:
                break
            if (
                step.kind in ("verb", "auxiliary")
                and hops
                and any(w.relation == "agent" for w in sentence.below(step.index))
            ):
                break
            step = sentence.words[step.head]
            hops += 1
            if step.index == high.index:
                return True
    return False


def _clause_of(sentence: Sentence, word: Word) -> int:
    """The index of the verb with a subject of its own that governs the word."""
    if word.kind in ("verb", "auxiliary") and any(
        w.relation in ("agent", "passive_subject") for w in sentence.below(word.index)
    ):
        return word.index
    last = word.index
    for step in sentence.path(word.index):
        last = step.index
        if step.kind in ("verb", "auxiliary") and any(
            w.relation in ("agent", "passive_subject") for w in sentence.below(step.index)
        ):
            return step.index
    return last
