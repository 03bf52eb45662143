"""Read what was said in a room that an official account's title names: "thanked", "agreed", "outlined" tell its contact."""

from __future__ import annotations

from dataclasses import replace

from backchannel.actors.roster import Roster
from backchannel.contacts.contact import Contact
from backchannel.contacts.fill import fill
from backchannel.contacts.resolve import Resolver
from backchannel.contacts.slots import is_passive

_ACCOUNTS = frozenset({"readout", "announcement"})
_PARTNERS = frozenset({"partner", "object"})


def in_the_room(contact: Contact, resolver: Resolver, roster: Roster) -> Contact | None:
    """Give the contact with everyone whom the title puts in the room, ``None`` where it is told of others or of one side alone."""
    home, partners = roster.home, roster.partners()
    if roster.profile.kind not in _ACCOUNTS or home is None or not partners or not _is_told(contact):
        return None
    room = {home.actor, *(p.actor for p in partners)}
    if contact.placed_unknown() or not set(contact.known()) <= room:
        return None
    filled = fill(contact, resolver, roster)
    everyone = {*contact.known(), *(k.actor for k in filled)}
    return replace(contact, filled=filled, score=0.7) if len(everyone) > 1 else None


def _is_told(contact: Contact) -> bool:
    """Whether the verb is one of deeds done and has whom it needs: an addressee, both sides, or nobody ("it was agreed")."""
    if contact.word.shape not in ("past", "participle"):
        return False
    agents = [p for p in contact.placed if p.kind == "agent"]
    if any(p.kind in _PARTNERS for p in contact.placed):
        return bool(agents) and "domestic" not in {p.side.kind for p in contact.placed}
    if "patient" in contact.entry.slots:
        return False
    if "to" in contact.entry.slots:
        return bool(agents)
    return len(agents) > 1 or (not contact.placed and is_passive(contact.sentence, contact.word))
