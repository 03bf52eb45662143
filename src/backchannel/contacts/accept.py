"""Accept or refuse what was proposed: a contact needs two sides, and neither voters nor a home company make one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from backchannel.actors.roster import Known, Roster
from backchannel.contacts.contact import Contact, is_secretive, points_back
from backchannel.contacts.elsewhere import field_of, names_home_people
from backchannel.contacts.fill import fill, is_complete, is_strong, near_end, other_end, owner_and_partner
from backchannel.contacts.propose import Candidate
from backchannel.contacts.resolve import Resolver
from backchannel.contacts.room import in_the_room
from backchannel.contacts.sides import is_nonstate_phrase
from backchannel.records import UNKNOWN

_CORPORATE = re.compile(r"\b(?:merger|acquisition|takeover|buyout|transfer fee|wage|bondholders|shareholders)\b", re.I)
_GUESTS = frozenset({"welcome", "receive", "see", "host", "visit"})
_INTERNATIONAL = re.compile(
    r"\b(?:artificial intelligence|AI|climate|COP\d\d|sanction\w*|tariff\w*|trade|chips?|semiconductor\w*|cyber\w*|ransomware|energy|oil|gas|foreign|international|global|"
    r"export\w*|overseas|abroad|Ukraine|Russian?|China|Chinese|Iran|vaccin\w*|supply chains?|nuclear|migration)\b"
)
_BETWEEN_STATES = frozenset(
    [
        "peace",
        "nuclear",
        "ceasefire",
        "cease-fire",
        "truce",
        "armistice",
        "disarmament",
        "intercommunal",
        "inter-communal",
        "six-party",
        "repatriation",
        "proximity",
        "border",
        "accession",
        "arms",
        "salt",
        "denuclearization",
        "bilateral",
        "trilateral",
        "multilateral",
        "four-power",
        "quadrilateral",
    ]
)
_OWN_ACCOUNTS = frozenset({"readout", "announcement", "official", "joint", "record"})
_DEALERS = frozenset({"record", "background_call"})
_DEALINGS = frozenset({"negotiation", "discussion", "conversation", "talk", "consultation", "contact", "negotiate"})
PARTNERS = frozenset({"partner", "between", "object", "participants", "goal"})


def accept(contact: Contact, members: list[Candidate], resolver: Resolver, roster: Roster) -> Contact | None:
    """Give the contact with its parties completed, or ``None`` where the sentence tells of none."""
    known = contact.known()
    if field_of(contact.sentence.plain) is not None:
        return None
    unknown = [p for p in contact.placed if p.side.kind == "unknown"]
    if any(c.is_with_own_side or c.is_with_a_thing for c in members[:1]) and len(known) < 2:
        return None
    if len(known) < 2 and names_home_people(contact.sentence.plain):
        return None
    if _is_with_home_people(members[0], len(known)) or _lacks_a_partner(contact, members):
        return None
    if members[0].is_with_a_thing and members[0].entry.lemma in _GUESTS:
        return None
    if _is_home_business(contact, resolver, roster):
        return None
    if members[0].is_backdrop and len(members) == 1:
        return None
    if all(c.entry.needs == "readout" for c in members) and roster.profile.kind not in _OWN_ACCOUNTS:
        return None
    if contact.entry.needs == "room":
        return in_the_room(contact, resolver, roster)
    if len(known) >= 2:
        return _with_both_ends(contact, resolver, roster)
    needs = min((c.entry.needs for c in members), key=("alone", "party", "pair", "both", "readout").index)
    partner_unknown = [p for p in unknown if p.kind in PARTNERS]
    known_process = any(_is_known_process(contact, c) for c in members)
    filled = () if partner_unknown and known else fill(contact, resolver, roster)
    if not filled and _is_own_dealing(contact, members, resolver, roster):
        return _with(contact, owner_and_partner(contact, resolver, roster), 0.5)
    everyone = set(known) | {k.actor for k in filled}
    total = len(everyone)
    official = roster.profile.home is not None
    if needs == "readout" and roster.profile.kind not in _OWN_ACCOUNTS:
        return None
    if total >= 2:
        return _with(contact, filled, 0.75)
    if needs in ("readout", "both"):
        return None
    if needs == "pair":
        unnamed_agent = any(p.kind == "agent" for p in unknown) and any(
            p.kind in PARTNERS and p.side.kind == "named" for p in contact.placed
        )
        return _with(contact, filled, 0.6) if total == 1 and (partner_unknown or unnamed_agent) else None
    if points_back(contact, contact.sentence.index - roster.last_contact_at):
        return _with(contact, filled, 0.6)
    if total == 1:
        if is_complete(contact, resolver):
            return _with(contact, (), 0.7)
        only_home = set(known) | {k.actor for k in filled} == {roster.profile.home}
        if (
            needs == "alone"
            or unknown
            or is_secretive(contact)
            or (any(is_strong(c.entry) for c in members) and not only_home)
        ):
            return _with(contact, filled, 0.6)
        return None
    if is_secretive(contact) and roster.home is not None and contact.entry.kind == "noun":
        return _with(contact, (roster.home,), 0.5)
    if unknown and (is_secretive(contact) or needs == "alone") and not _CORPORATE.search(contact.sentence.plain):
        return _with(contact, filled, 0.5)
    if known_process and not _CORPORATE.search(contact.sentence.plain):
        return _with(contact, filled, 0.5)
    if partner_unknown and official and roster.home is not None and roster.profile.kind != "record":
        return _with(contact, (roster.home,), 0.5)
    return None


def _with_both_ends(contact: Contact, resolver: Resolver, roster: Roster) -> Contact:
    """A go-between stands between two: "talks with the Taliban through Qatar" have the owner of the text at the other end."""
    between = {p.side.actor for p in contact.placed if p.kind == "mediator"}
    ends = set(contact.known()) - between
    if not between and not contact.placed_unknown():
        end = other_end(contact, resolver, roster)
        return _with(contact, end, contact.score) if end else contact
    if not between or len(ends) > 1 or contact.placed_unknown():
        return contact
    other = next((k for k in near_end(resolver, roster) if k.actor not in ends | between), None)
    return contact if other is None else _with(contact, (other,), contact.score)


def _is_own_dealing(contact: Contact, members: list[Candidate], resolver: Resolver, roster: Roster) -> bool:
    """Whether the text is one about its owner's dealings abroad, in which "the discussions" are such a dealing."""
    if roster.profile.kind not in _DEALERS or roster.home is None:
        return False
    if any(p.side.kind == "domestic" for p in contact.placed) or _CORPORATE.search(contact.sentence.plain):
        return False
    return any(c.entry.lemma in _DEALINGS and (c.entry.kind == "noun" or c.placed) for c in members)


def _is_known_process(contact: Contact, candidate: Candidate) -> bool:
    """ "The intercommunal talks", "peace talks", "nuclear negotiations": talks between states, whoever is not named."""
    if candidate.entry.kind != "noun" or candidate.entry.lemma not in ("talk", "negotiation", "dialogue"):
        return False
    below = contact.sentence.below(candidate.word.index)
    return any(w.relation in ("modifier", "compound") and w.text.lower() in _BETWEEN_STATES for w in below)


def _with(contact: Contact, filled: Sequence[Known], score: float) -> Contact:
    return replace(contact, filled=tuple(k for k in filled if k.actor not in contact.known()), score=score)


def _is_with_home_people(first: Candidate, known: int) -> bool:
    """Voters, troops, one's own parliament: a matter of home affairs, whoever else is named."""
    domestic = [p for p in first.placed if p.side.kind == "domestic"]
    if not domestic:
        return False
    if first.entry.form == "visit" and any(p.kind == "goal" for p in domestic):
        return True  # "a visit to troops in Iraq"
    partners = [p for p in first.placed if p.kind in PARTNERS and p.side.kind in ("named", "anaphor")]
    return known < 2 or (not partners and any(p.kind in PARTNERS for p in domestic))


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
            and not any(p.kind in PARTNERS for p in contact.placed)
            and len(members) == 1
        )
    agents = [p for p in contact.placed if p.kind == "agent"]
    return len(agents) < 2 and not any(p.kind in PARTNERS for p in contact.placed)
