"""Contacts: which sentences tell that two parties dealt with each other, and who they are."""

from backchannel.contacts.contact import Contact, points_back
from backchannel.contacts.find import find
from backchannel.contacts.resolve import Resolver
from backchannel.contacts.sides import Side

__all__ = ["Contact", "Resolver", "Side", "find", "points_back"]
