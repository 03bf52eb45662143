"""Fill in the parties that a sentence does not name but its document makes certain."""

from __future__ import annotations

from backchannel.actors.roster import Known, Roster
from backchannel.contacts.contact import Contact, is_anaphoric, is_secretive
from backchannel.contacts.lexicon import Entry
from backchannel.contacts.nearby import clause_agents, just_before, named_near, others_here
from backchannel.contacts.processes import at_the_table
from backchannel.contacts.resolve import Resolver
from backchannel.contacts.sides import PARTNERS
from backchannel.records import UNKNOWN, Evidence

_NEEDS_A_NAME = frozenset({"speak", "exchange", "dialogue", "diplomacy", "coordination", "chat"})
_STRONG = frozenset(
    {"negotiation", "talk", "summit", "mediation", "dialogue", "backchannel", "meeting", "consultation", "channel"}
)
_ROOMS = frozenset({"readout", "announcement", "joint", "transcript", "background_call", "official"})


_ATTENDS = frozenset(
    [
        "address",
        "arrive",
        "attend",
        "boycott",
        "call",
        "chair",
        "convene",
        "go",
        "head",
        "host",
        "invite",
        "join",
        "lead",
        "leave",
        "open",
        "participate",
        "represent",
        "send",
        "skip",
        "speak",
        "take",
        "travel",
    ]
)
_FLOORS = frozenset({"background_call", "transcript"})
_DEFINITE = frozenset({"the", "these", "those", "both", "two", "three"})


def fill(contact: Contact, resolver: Resolver, roster: Roster) -> tuple[Known, ...]:
    """Give the parties that the sentence does not name but its document makes certain.

    Order: the room that an official account's title names; the contact told just before, for "the talks"; a digest's
    topic; the other names of the sentence; the home side of an official text.
    """
    known = set(contact.known())
    if is_complete(contact, resolver):
        return _attending(contact, resolver, known)
    if not contact.placed and contact.entry.lemma in _NEEDS_A_NAME and not is_anaphoric(contact):
        return ()
    profile = roster.profile
    home, partners = roster.home, roster.partners()
    if has_open_partner(contact):
        return _near_side(contact, resolver, roster, known)
    table = at_the_table(contact, roster, named_near(resolver, roster), known)
    if table:
        return table
    agents = clause_agents(contact, resolver, known)
    if not known and len(agents) > 1:
        return agents
    if home is not None and profile.kind in _ROOMS and partners:
        room = {home.actor, *(p.actor for p in partners)}
        abroad = _named_instead(contact, resolver, room) if profile.kind in _FLOORS and known <= {home.actor} else ()
        if abroad:
            return tuple(k for k in (home, *abroad) if k.actor not in known)
        if known <= room and len(room) <= 4:
            return tuple(k for k in (home, *partners) if k.actor not in known)
    told = roster.told_before(contact.sentence, back=3)
    is_same_thread = contact.sentence.paragraph == roster.last_paragraph and len(told) == 2 and len(known) == 1
    begins_anew = profile.kind == "digest" and contact.sentence.plain[:1].isspace() and bool(resolver.topic)
    if told and not begins_anew and (is_anaphoric(contact) or is_same_thread) and known <= {k.actor for k in told}:
        return tuple(k for k in told if k.actor not in known)
    own_heading = contact.sentence.plain[:1].isspace()
    if own_heading or not resolver.topic:
        topic = _of_topic(contact, resolver.topic or roster.topic, known)
        if topic:
            return topic
    if len(known) == 1 and len(agents) == 1:
        return agents
    others = others_here(contact, resolver, known)
    distinct = {k.actor for k in others}
    if (len(known) == 1 and len(distinct) == 1) or (not known and len(distinct) == 2 and is_strong(contact.entry)):
        return others
    topic = _of_topic(contact, resolver.topic, known)
    if topic:
        return topic
    if profile.kind == "record" and home is not None:
        if known and home.actor not in known:
            return (home,)
        if known == {home.actor} and len(partners) == 1:
            return partners
        return ()
    if home is not None and len(known) == 1 and home.actor not in known:
        return (home,)
    owned = is_anaphoric(contact) or any(p.kind == "owner" for p in contact.placed)
    if home is not None and known == {home.actor} and owned and not contact.placed_unknown():
        near = {k.actor: k for k in just_before(resolver, roster) if k.actor != home.actor}
        return tuple(near.values()) if len(near) == 1 else ()
    if not known and home is not None and (is_strong(contact.entry) or is_secretive(contact)):
        before = next((k for k in resolver.named_before() if k.actor != home.actor), None)
        return (home, before) if before is not None else ()
    return ()


def _of_topic(contact: Contact, topic: tuple[Known, ...], known: set[str]) -> tuple[Known, ...]:
    """The other side of a digest's pair ("Japan-Peru relations"), where the sentence names nobody outside it."""
    return (
        tuple(k for k in topic if k.actor not in known) if len(topic) == 2 and known <= {k.actor for k in topic} else ()
    )


def owner_and_partner(contact: Contact, resolver: Resolver, roster: Roster) -> tuple[Known, ...]:
    """Give the owner of a text about its own dealings and, where only one other side is near, that side.

    Near is: named in this sentence, the partner of the title or the state that it is about, named in the two sentences
    before. Where two could be meant the partner stays unknown.
    """
    home, known = roster.home, set(contact.known())
    if home is None or len(known) > 1:
        return ()
    if has_open_partner(contact):
        return _near_side(contact, resolver, roster, known)
    for near in (
        others_here(contact, resolver, known | {home.actor}),
        roster.abroad(),
        just_before(resolver, roster),
    ):
        others = {k.actor: k for k in near if k.actor not in known | {home.actor}}
        if len(others) == 1 and not known - {home.actor}:
            return tuple(k for k in (home, *others.values()) if k.actor not in known)
        if others:
            break
    return () if home.actor in known else (home,)


def other_end(contact: Contact, resolver: Resolver, roster: Roster) -> tuple[Known, ...]:
    """Give who meets those that the sentence names only as partners ("announced talks with Chad and Mali"): who acts, else the speaker."""
    known = set(contact.known())
    if any(p.kind not in ("partner", "goal", "object") for p in contact.placed) or len(known) < 2 or contact.filled:
        return ()
    heads = [
        contact.sentence.word_at(p.side.start, p.side.end)
        for p in contact.placed
        if p.side.start is not None and p.side.end is not None
    ]
    if any(head is not None and head.preposition in ("between", "among") for head in heads):
        return ()
    agents = clause_agents(contact, resolver, known)
    if agents:
        return agents if len(agents) == 1 else ()
    speaker = roster.speaker(contact.sentence) if roster.home is not None else None
    if speaker is None or speaker.actor in known or roster.profile.kind == "record":
        return ()
    return (speaker,)


def near_end(resolver: Resolver, roster: Roster) -> tuple[Known, ...]:
    """Give who may be the unnamed end of a mediated contact: the speaker's side, else the owner of the text."""
    speaker = roster.speaker(resolver.sentence)
    return tuple(k for k in (speaker, roster.home) if k is not None)


def _named_instead(contact: Contact, resolver: Resolver, room: set[str]) -> tuple[Known, ...]:
    """The one foreign side that a speaker turns to from those of the title ("engagement on health in North Korea")."""
    if contact.entry.kind != "noun":
        return ()
    below = {w.index for w in contact.sentence.tree(contact.word.index) if w.relation == "oblique"}
    words = {m: contact.sentence.word_at(m.start, m.end) for m in resolver.mentions if m.sector in (None, "GOV")}
    named = {
        m.actor: m
        for m, w in words.items()
        if w is not None and w.index in below and w.preposition == "in" and m.by != "dictionary:city"
    }
    if set(named) & room or len(named) != 1:
        return ()
    mention = next(iter(named.values()))
    evidence = Evidence(start=mention.start, end=mention.end, text=mention.text, by=mention.by)
    return (Known(actor=mention.actor or UNKNOWN, person=mention.person, evidence=evidence, sector=mention.sector),)


def has_open_partner(contact: Contact) -> bool:
    """Whether the sentence gives a partner that nothing identifies ("our European partners", "several heads of state")."""
    for placed in contact.placed:
        side = placed.side
        if side.kind != "unknown" or placed.kind not in PARTNERS or side.start is None or side.end is None:
            continue
        head = contact.sentence.word_at(side.start, side.end)
        if head is None or head.kind != "noun" or head.shape != "plural":
            continue
        below = {w.text.lower() for w in contact.sentence.below(head.index)}
        if not below & _DEFINITE:
            return True
    return False


def _near_side(contact: Contact, resolver: Resolver, roster: Roster, known: set[str]) -> tuple[Known, ...]:
    """The side that meets an unnamed partner: who acts in the clause, else the speaker, else the owner of the text."""
    if known:
        return ()
    agents = clause_agents(contact, resolver, known)
    if agents:
        return agents[:1]
    speaker = roster.speaker(contact.sentence) or roster.home
    return (speaker,) if speaker is not None else ()


def is_complete(contact: Contact, resolver: Resolver) -> bool:
    """Whether one body is all the parties there are: "conversations among NATO allies", "a session of the Security Council"."""
    bodies = [
        p
        for p in contact.placed
        if p.side.actor != UNKNOWN
        and p.side.sector == "IGO"
        and p.kind in ("between", "participants", "agent", "owner", "modifier")
    ]
    alone = len({p.side.actor for p in contact.placed}) == 1
    sits = contact.entry.lemma in ("meeting", "session", "summit", "convene", "conference", "ministerial") and any(
        p.kind in ("agent", "owner", "modifier", "participants") for p in bodies
    )
    return alone and (
        sits
        or any(
            (p.side.text or "")
            .rstrip(".")
            .endswith(("allies", "members", "partners", "states", "countries", "leaders", "ministers", "officials"))
            for p in bodies
        )
    )


def _attending(contact: Contact, resolver: Resolver, known: set[str]) -> tuple[Known, ...]:
    """Who acts in the clause of a body's sitting ("agreed to join the Pacific Forum's summit")."""
    verb = next((w for w in contact.sentence.path(contact.word.index) if w.kind == "verb"), None)
    return clause_agents(contact, resolver, known) if verb is not None and verb.lemma in _ATTENDS else ()


def is_strong(entry: Entry) -> bool:
    return entry.kind == "noun" and entry.lemma in _STRONG
