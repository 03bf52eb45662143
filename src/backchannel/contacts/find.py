"""Find the contacts of a sentence: propose, group, fill in who is certain but unnamed, and accept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from backchannel.actors.roster import Known, Roster
from backchannel.contacts.group import JOURNEYS, group
from backchannel.contacts.lexicon import Entry
from backchannel.contacts.propose import Candidate, Placed, propose
from backchannel.contacts.resolve import Resolver
from backchannel.contacts.sides import Side, is_nonstate_phrase
from backchannel.language.grammar import Sentence, Word, subject
from backchannel.records import UNKNOWN, Evidence, Form, Span

_SEPARATE = frozenset(["separately", "individually", "respectively", "each"])
_SECRECY = re.compile(
    r"behind[- ]the[- ]scenes|back[- ]?channel|closed[- ]door|\b(?:secret|private|confidential|discreet|clandestine|undisclosed|quiet|covert|informal|preliminary|indirect|unannounced|high-level)\b",
    re.I,
)
_HOME_BODY = re.compile(
    r"\b(?:Congress|Senate|House Republicans|House Democrats|Capitol Hill|State Duma|Federation Council|bipartisan|unions?|Teamsters|CEOs? of U)\b"
)


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
    found = _without_journeys(found)
    found.sort(key=lambda c: c.word.index)
    for contact in found:
        known = contact.known()
        roster.last_contact_at = sentence.index
        if known:
            roster.last_pair = tuple(_as_known(contact))
            roster.last_pair_at = sentence.index
            roster.last_paragraph = sentence.paragraph
    return found


def _without_journeys(found: list[Contact]) -> list[Contact]:
    """A journey to a third city for the talks of the same sentence is their venue, no visit of its own ("travelled to Paris for talks with Hanoi")."""
    others = [c for c in found if c.entry.id not in JOURNEYS and any(p.kind in _PARTNERS for p in c.placed)]
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
    return _accept(contact, members, resolver, roster)


def _union(members: Iterable[Candidate]) -> list[Placed]:
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


def _accept(contact: Contact, members: list[Candidate], resolver: Resolver, roster: Roster) -> Contact | None:
    """Give the contact with its parties completed, or ``None`` where the sentence tells of none."""
    known = contact.known()
    unknown = [p for p in contact.placed if p.side.kind == "unknown"]
    if any(c.is_with_own_side or c.is_with_a_thing for c in members[:1]) and len(known) < 2:
        return None
    if _is_with_home_people(members[0], len(known)) or _lacks_a_partner(contact, members):
        return None
    if members[0].is_with_a_thing and members[0].entry.lemma in _GUESTS:
        return None
    if _is_home_business(contact, resolver, roster):
        return None
    if members[0].is_backdrop and len(members) == 1:
        return None
    if len(known) >= 2:
        return contact
    needs = min((c.entry.needs for c in members), key=("alone", "party", "pair", "readout").index)
    partner_unknown = [p for p in unknown if p.kind in _PARTNERS]
    filled = () if partner_unknown and known else fill(contact, resolver, roster)
    total = len(set(known) | {k.actor for k in filled})
    official = roster.profile.home is not None
    if needs == "readout" and roster.profile.kind not in _OWN_ACCOUNTS:
        return None
    if total >= 2:
        return _with(contact, filled, 0.75)
    if needs == "readout":
        return None
    if needs == "pair":
        unnamed_agent = any(p.kind == "agent" for p in unknown) and any(
            p.kind in _PARTNERS and p.side.kind == "named" for p in contact.placed
        )
        return _with(contact, filled, 0.6) if total == 1 and (partner_unknown or unnamed_agent) else None
    if points_back(contact, contact.sentence.index - roster.last_contact_at):
        return _with(contact, filled, 0.6)
    if total == 1:
        if _is_complete(contact, resolver):
            return _with(contact, (), 0.7)
        only_home = set(known) | {k.actor for k in filled} == {roster.profile.home}
        if (
            needs == "alone"
            or unknown
            or is_secretive(contact)
            or (any(_is_strong_word(c.entry) for c in members) and not only_home)
        ):
            return _with(contact, filled, 0.6)
        return None
    if is_secretive(contact) and roster.home is not None and contact.entry.kind == "noun":
        return _with(contact, (roster.home,), 0.5)
    if unknown and (is_secretive(contact) or needs == "alone") and not _CORPORATE.search(contact.sentence.plain):
        return _with(contact, filled, 0.5)
    if partner_unknown and official and roster.home is not None and roster.profile.kind != "record":
        return _with(contact, (roster.home,), 0.5)
    return None


def _is_with_home_people(first: Candidate, known: int) -> bool:
    """Voters, troops, one's own parliament: a matter of home affairs, whoever else is named."""
    domestic = [p for p in first.placed if p.side.kind == "domestic"]
    if not domestic:
        return False
    partners = [p for p in first.placed if p.kind in _PARTNERS and p.side.kind in ("named", "anaphor")]
    return known < 2 or (not partners and any(p.kind in _PARTNERS for p in domestic))


_CORPORATE = re.compile(r"\b(?:merger|acquisition|takeover|buyout|transfer fee|wage|bondholders|shareholders)\b", re.I)
_GUESTS = frozenset({"welcome", "receive", "see", "host", "visit"})
_INTERNATIONAL = re.compile(
    r"\b(?:artificial intelligence|AI|climate|COP\d\d|sanction\w*|tariff\w*|trade|chips?|semiconductor\w*|cyber\w*|ransomware|energy|oil|gas|foreign|international|global|"
    r"export\w*|overseas|abroad|Ukraine|Russian?|China|Chinese|Iran|vaccin\w*|supply chains?|nuclear|migration)\b"
)


def _is_home_business(contact: Contact, resolver: Resolver, roster: Roster) -> bool:
    """Companies among themselves, or a state with its own companies on a matter of home policy."""
    table = roster.table
    sides = [p.side for p in contact.placed if p.side.kind != "domestic"]
    known = {side.actor for side in sides if side.actor != UNKNOWN}
    firms = {actor for actor in known if table is not None and table.is_nonstate(actor)}
    unnamed = any(side.actor == UNKNOWN and is_nonstate_phrase(side.text) for side in sides)
    states = known - firms
    if not firms and not unnamed:
        return False
    if firms and not states and not any(side.kind == "unknown" and not is_nonstate_phrase(side.text) for side in sides):
        return True
    countries = {table.actors[firm].country for firm in firms} if table is not None else set()
    home = (not states or len(states) == 1) and (not countries or countries <= states | {roster.profile.home})
    return home and not is_secretive(contact) and not _INTERNATIONAL.search(contact.sentence.plain)


def _lacks_a_partner(contact: Contact, members: list[Candidate]) -> bool:
    """A verb of two sides that names one ("he spoke in detail of grain", "welcomed the step") tells no contact."""
    first = members[0]
    if first.entry.kind == "noun" and first.entry.lemma == "call":
        return not any(p.side.kind in ("named", "anaphor", "unknown") for p in contact.placed)
    if (
        any(c.entry.kind == "noun" for c in members)
        or first.entry.kind != "verb"
        or first.entry.needs not in ("pair", "readout")
    ):
        return (
            first.entry.lemma == "engage"
            and first.entry.kind == "verb"
            and not any(p.kind in _PARTNERS for p in contact.placed)
            and len(members) == 1
        )
    agents = [p for p in contact.placed if p.kind == "agent"]
    return len(agents) < 2 and not any(p.kind in _PARTNERS for p in contact.placed)


_NEEDS_A_NAME = frozenset({"speak", "exchange", "dialogue", "diplomacy", "coordination", "chat"})
_STRONG = frozenset(
    {"negotiation", "talk", "summit", "mediation", "dialogue", "backchannel", "meeting", "consultation", "channel"}
)
_PARTNERS = frozenset({"partner", "between", "object", "participants", "goal"})
_OWN_ACCOUNTS = frozenset({"readout", "announcement", "official", "joint", "record"})
_ROOMS = frozenset({"readout", "announcement", "joint", "transcript", "background_call", "official"})


def _is_strong(contact: Contact) -> bool:
    return _is_strong_word(contact.entry)


def _is_strong_word(entry: Entry) -> bool:
    return entry.kind == "noun" and entry.lemma in _STRONG


def _with(contact: Contact, filled: Sequence[Known], score: float) -> Contact:
    return replace(contact, filled=tuple(k for k in filled if k.actor not in contact.known()), score=score)


def fill(contact: Contact, resolver: Resolver, roster: Roster) -> tuple[Known, ...]:
    """Give the parties that the sentence does not name but its document makes certain.

    Order: the room that an official account's title names; the contact told just before, for "the talks"; a digest's
    topic; the other names of the sentence; the home side of an official text.
    """
    known = set(contact.known())
    if _is_complete(contact, resolver):
        return ()
    if not contact.placed and contact.entry.lemma in _NEEDS_A_NAME and not is_anaphoric(contact):
        return ()
    profile = roster.profile
    home, partners = roster.home, roster.partners()
    if home is not None and profile.kind in _ROOMS and partners:
        room = {home.actor, *(p.actor for p in partners)}
        if known <= room and len(room) <= 4:
            return tuple(k for k in (home, *partners) if k.actor not in known)
    told = roster.told_before(contact.sentence, back=3)
    is_same_thread = contact.sentence.paragraph == roster.last_paragraph and len(told) == 2 and len(known) == 1
    if told and (is_anaphoric(contact) or is_same_thread) and known <= {k.actor for k in told}:
        return tuple(k for k in told if k.actor not in known)
    topic = resolver.topic or roster.topic
    if len(topic) == 2 and known <= {k.actor for k in topic}:
        return tuple(k for k in topic if k.actor not in known)
    agents = _clause_agents(contact, resolver, known)
    if len(known) == 1 and len(agents) == 1:
        return agents
    others = _others_here(contact, resolver, known)
    distinct = {k.actor for k in others}
    if (len(known) == 1 and len(distinct) == 1) or (not known and len(distinct) == 2 and _is_strong(contact)):
        return others
    if profile.kind == "record" and home is not None:
        if known and home.actor not in known:
            return (home,)
        if known == {home.actor} and len(partners) == 1:
            return partners
        return ()
    if home is not None and len(known) == 1 and home.actor not in known:
        return (home,)
    if not known and home is not None and (_is_strong(contact) or is_secretive(contact)):
        before = next((k for k in resolver.named_before() if k.actor != home.actor), None)
        return (home, before) if before is not None else ()
    return ()


def is_secretive(contact: Contact) -> bool:
    """Whether a word of secrecy stands in the trigger or right before it."""
    start = contact.trigger.start - contact.sentence.start
    return _SECRECY.search(contact.sentence.text[max(0, start - 22) : start + len(contact.trigger.text)]) is not None


def _is_complete(contact: Contact, resolver: Resolver) -> bool:
    """Whether one body is all the parties there are: "conversations among NATO allies", "a session of the Security Council"."""
    bodies = [
        p
        for p in contact.placed
        if p.side.actor != UNKNOWN
        and p.side.sector == "IGO"
        and p.kind in ("between", "partner", "participants", "agent", "owner", "modifier")
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


def points_back(contact: Contact, distance: int) -> bool:
    """Whether "these discussions" stand right after another contact (``distance`` sentences before), which they then continue."""
    if contact.word.kind != "noun" or distance > 1:
        return False
    return any(
        w.text.lower() in ("these", "those", "such")
        for w in contact.sentence.below(contact.word.index)
        if w.relation in ("determiner", "modifier")
    )


def is_anaphoric(contact: Contact) -> bool:
    """Whether the trigger points back ("the talks", "this meeting", "these discussions")."""
    if contact.word.kind not in ("noun", "name"):
        return False
    determiners = {w.text.lower() for w in contact.sentence.below(contact.word.index) if w.relation == "determiner"}
    return bool(determiners & {"the", "this", "these", "those", "that", "such"})


def _clause_agents(contact: Contact, resolver: Resolver, known: set[str]) -> tuple[Known, ...]:
    """Who acts in the clause that the contact stands in: "Russia frees him after talks with an American envoy"."""
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


def _others_here(contact: Contact, resolver: Resolver, known: set[str]) -> tuple[Known, ...]:
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
        if word.relation == "oblique" and word.preposition in ("in", "at", "on", "about", "against", "near", "over"):
            continue
        evidence = Evidence(start=mention.start, end=mention.end, text=mention.text, by=mention.by)
        found.setdefault(
            mention.actor, Known(actor=mention.actor, person=mention.person, evidence=evidence, sector=mention.sector)
        )
    return tuple(found.values())


def _split(contact: Contact) -> list[Contact]:
    """One contact each where partners were met apart: "met separately with A and B", calls with A and B, a trip to A, B and C."""
    words = {w.index for w in contact.words}
    near = {
        w.text.lower() for w in contact.sentence.words if w.head in words or w.index in {x.head for x in contact.words}
    }
    plural = contact.word.kind == "noun" and contact.word.shape == "plural" and contact.entry.lemma in _EACH
    journey = (
        contact.entry.form == "visit"
        and sum(p.kind == "goal" or (p.kind == "object" and contact.entry.id == "visit.verb") for p in contact.placed)
        > 1
    )
    if not (near & _SEPARATE or plural or journey) or near & _JOINT:
        return [contact]
    partners = [p for p in contact.placed if p.kind in ("partner", "object", "goal") and p.side.kind != "domestic"]
    others = [p for p in contact.placed if p not in partners]
    if len(partners) < 2 or len(partners) > 4 or not (others or contact.filled):
        return [contact]
    return [replace(contact, placed=(*others, partner), ordinal=number) for number, partner in enumerate(partners)]


_EACH = frozenset({"call", "conversation", "meeting", "visit"})
_JOINT = frozenset({"jointly", "together", "joint", "trilateral", "trilaterally"})


def trigger_span(sentence: Sentence, word: Word) -> Span:
    """Give the trigger as a short phrase: a noun with its describing words, a verb with its particle."""
    start, end = word.start, word.end
    if word.kind in ("noun", "name"):
        left = [
            w
            for w in sentence.below(word.index)
            if w.end <= word.start
            and w.relation in ("modifier", "compound")
            and w.kind in ("adjective", "noun", "verb")
        ]
        for one in reversed(left):
            gap = sentence.text[one.end - sentence.start : start - sentence.start]
            if gap.strip() in ("", "-") and len(gap) <= 2 and one.text[:1].islower():
                start = one.start
            else:
                break
        whole = re.search(r"(?:[\w]+-)+(?:[\w]+ )?$", sentence.text[: start - sentence.start])
        if whole is not None and len(whole.group()) < 24:
            start = sentence.start + whole.start()
        elif sentence.text[:1].isupper() and left and left[0].index == 0 and start == word.start and len(left) == 1:
            start = left[0].start
    else:
        for one in sentence.below(word.index):
            if one.relation == "particle" and one.start - end <= 1:
                end = one.end
    return Span(start=start, end=end, text=sentence.text[start - sentence.start : end - sentence.start])


def sides(contact: Contact) -> list[Side]:
    """Give the contact's resolved parties, the surest first."""
    return [p.side for p in contact.placed]
