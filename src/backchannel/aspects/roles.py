"""Read the roles of the parties: who calls, writes or visits, who receives, who stands between."""

from __future__ import annotations

from collections.abc import Iterator

from backchannel.aspects import where
from backchannel.aspects.base import Aspect, Context, aspect, words_as_evidence
from backchannel.contacts.propose import Placed
from backchannel.language.grammar import Sentence, Word
from backchannel.records import UNKNOWN, Role

_HOST_VERBS = frozenset({"host", "receive", "summon", "welcome"})
_ONE_WAY_NOUNS = frozenset(
    ["answer", "approach", "cable", "emissary", "letter", "message", "note", "outreach", "overture", "reply", "telegram", "trip", "visit", "warning"]
)  # fmt: skip
_ONE_WAY_VERBS = frozenset(
    ["brief", "cable", "call", "call-on", "contact", "inform", "invite", "phone", "reach", "reply", "telephone", "tell", "travel", "visit", "write"]
)  # fmt: skip
_PAYS = frozenset({"make", "pay"})
_OFFERS = frozenset({"ask", "call", "invite", "offer", "propose", "request", "seek", "suggest", "urge"})
_CARRIES = frozenset({"bring", "carry", "convey", "ferry", "pass", "relay", "shuttle", "transmit"})
_CONVENES = frozenset({"bring", "convene", "gather", "host", "moderate"})
_BEGUN = frozenset({"behest", "initiative", "invitation", "proposal", "request", "suggestion"})
_UNHELD = frozenset({"denied", "hypothetical", "proposed", "refused"})
_SEATS = frozenset({"New York", "Geneva", "Vienna", "Brussels"})
"""Towns where others meet because an organisation sits there."""
_Given = tuple[str, Role, str]


@aspect("roles")
def read(context: Context) -> Aspect:
    """Give ``{actor id: role}``; ``participant`` is the documented default and stands without evidence."""
    contact = context.contact
    found: dict[str, Role] = {}
    evidence = []
    starter = _starter(context)
    told = list(_from_starter(context, starter) if starter is not None else _from_slots(context))
    for actor, role, rule in told or _from_place(context):
        if actor != UNKNOWN and actor not in found:
            found[actor] = role
            words = [contact.word, starter] if starter is not None else [contact.word]
            evidence.append(words_as_evidence(context.sentence, words, f"roles.{rule}:{contact.entry.id}"))
    return Aspect(value=found, evidence=tuple(dict.fromkeys(evidence)))


def _from_starter(context: Context, starter: Word) -> Iterator[_Given]:
    """Whoever asked for the contact begins it, and the one other party receives."""
    by = _actor_of(context, starter)
    if by is None:
        return
    yield by, "initiator", "request"
    others = [actor for actor in context.contact.known() if actor != by]
    if len(others) == 1:
        yield others[0], "recipient", "request"


def _from_place(context: Context) -> Iterator[_Given]:
    """ "Zelensky met Starmer in London": who meets another in the other's country is a guest there."""
    known = context.contact.known()
    if len(known) != 2 or context.read["form"].value != "meeting" or context.value("status") in _UNHELD:
        return
    place = where.read(context).value
    hosts = {p.side.actor for p in context.contact.placed if p.kind in ("partner", "object")}
    guests = {p.side.actor for p in context.contact.placed if p.kind == "agent"}
    if place is None or place.country not in hosts - guests or place.text in _SEATS:
        return
    for actor in known:
        yield actor, "recipient" if actor == place.country else "initiator", "place"


def _starter(context: Context) -> Word | None:
    """The word for the side that wanted the contact: "requested by Tokyo", "at the initiative of the Israeli side"."""
    sentence = context.sentence
    near = {context.contact.word.index} | {w.index for w in sentence.path(context.contact.word.index)}
    for word in sentence.words:
        if not any(step.index in near for step in sentence.path(word.index)):
            continue
        if (
            word.head in near
            and word.lemma in ("request", "initiate", "propose")
            and word.relation in ("relative", "modifier")
        ):
            agent = _below(sentence, word, "passive_agent")
        elif word.lemma in _BEGUN and word.preposition in ("at", "on", "upon"):
            agent = _below(sentence, word, "possessor") or next(
                (w for w in sentence.below(word.index) if w.preposition == "of"), None
            )
        else:
            continue
        if agent is not None and _actor_of(context, agent) is not None:
            return agent
    return None


def _below(sentence: Sentence, word: Word, relation: str) -> Word | None:
    return next((w for w in sentence.below(word.index) if w.relation == relation), None)


def _actor_of(context: Context, word: Word) -> str | None:
    """The party that a phrase names ("the Israeli side")."""
    tree = context.sentence.tree(word.index, without=frozenset({"relative", "conjunct"}))
    start, end = min(w.start for w in tree), max(w.end for w in tree)
    for mention in context.roster.mentions.get(context.sentence.index, ()):
        if start <= mention.start and mention.end <= end and mention.actor in context.contact.known():
            return mention.actor
    return None


def _from_slots(context: Context) -> Iterator[_Given]:
    contact = context.contact
    offers = _is_offered(context)
    mediators = {p.side.actor for p in contact.placed if _stands_between(context, p)}
    for placed in contact.placed:
        actor = placed.side.actor
        role: Role | None = None
        if actor in mediators:
            role = "mediator"
        elif mediators and contact.form != "message":
            role = None
        elif contact.entry.kind == "verb" and contact.entry.lemma in _HOST_VERBS:
            role = _HOSTING.get(placed.kind)
            if contact.entry.lemma == "summon":
                role = _ONE_WAY_ROLES.get(placed.kind)
        elif _is_one_way(context):
            role = _message_role(context, placed) if contact.form == "message" else _ONE_WAY_ROLES.get(placed.kind)
        elif offers:
            role = _OFFERED.get("object" if _is_offered_to(context, placed) else placed.kind)
        if role is not None:
            yield actor, role, placed.kind


_HOSTING: dict[str, Role] = {"agent": "recipient", "object": "initiator"}
_ONE_WAY_ROLES: dict[str, Role] = {
    "agent": "initiator",
    "owner": "initiator",
    "object": "recipient",
    "goal": "recipient",
}
_OFFERED: dict[str, Role] = {"agent": "initiator", "object": "recipient", "goal": "recipient", "partner": "recipient"}


def _is_one_way(context: Context) -> bool:
    """ "Telephoned the chancellor" and "paid a courtesy call" have a caller; "held a call with" has two parties."""
    word, entry = context.contact.word, context.contact.entry
    if entry.kind == "verb":
        return entry.lemma in _ONE_WAY_VERBS
    pays = entry.lemma == "call" and context.sentence.words[word.head].lemma in _PAYS
    return entry.lemma in _ONE_WAY_NOUNS or pays


def _is_offered(context: Context) -> bool:
    """Whether somebody offers, asks for or proposes the contact."""
    if context.read.get("status") is None or context.value("status") not in ("proposed", "refused"):
        return False
    sentence = context.sentence
    above = [context.contact.word, *sentence.path(context.contact.word.index)]
    return context.value("status") == "proposed" or any(w.lemma in _OFFERS for w in above[:2])


def _is_offered_to(context: Context, placed: Placed) -> bool:
    """ "Offered Saudi Arabia direct talks": the parser takes the one who is offered for part of the talks' name."""
    verb = next((w for w in context.sentence.path(context.contact.word.index) if w.kind == "verb"), None)
    side = placed.side
    if placed.kind != "modifier" or verb is None or verb.lemma != "offer" or side.start is None or side.end is None:
        return False
    word = context.sentence.word_at(side.start, side.end)
    return word is not None and word.kind == "name"


def _message_role(context: Context, placed: Placed) -> Role | None:
    """A message runs from its sender to its reader; the subject of "received" is the reader."""
    sentence, word = context.sentence, context.contact.word
    verb = next((w for w in [word, *sentence.path(word.index)] if w.kind == "verb"), None)
    side = placed.side
    here = sentence.word_at(side.start, side.end) if side.start is not None and side.end is not None else None
    if verb is not None and verb.lemma in ("receive", "get", "obtain") and verb.index != word.index:
        own = here is not None and any(
            w.relation in ("agent", "passive_subject") for w in [here, *_until(sentence, here, verb)]
        )
        return "recipient" if own else "initiator"
    if placed.kind == "participants":
        return "initiator" if here is not None and here.preposition == "from" else None
    return _ONE_WAY_ROLES.get(placed.kind)


def _until(sentence: Sentence, word: Word, end: Word) -> Iterator[Word]:
    for step in sentence.path(word.index):
        if step.index == end.index:
            return
        yield step


def _stands_between(context: Context, placed: Placed) -> bool:
    """Whether a party carries, convenes or hosts for others: it mediates; a mere venue is no party."""
    contact = context.contact
    known = len(contact.known())
    between = any(p.kind in ("between", "partner", "participants") for p in contact.placed)
    sides = between or any(p.kind in ("goal", "object") for p in contact.placed)
    if placed.kind == "mediator" or (placed.kind == "host" and known > 2):
        return True
    if placed.kind not in ("agent", "owner", "host"):
        return False
    verb = next((w for w in context.sentence.path(contact.word.index) if w.kind == "verb"), contact.word)
    carries = contact.form == "message" and verb.lemma in _CARRIES and known > 2 and sides
    convenes = contact.entry.lemma in _CONVENES and known > 2
    return carries or convenes or (contact.form == "mediation" and between)
