"""Contacts: which sentences tell that two parties dealt with each other, and who they are."""

from backchannel.contacts.find import Contact, find, points_back
from backchannel.contacts.resolve import Resolver
from backchannel.contacts.sides import Side

__all__ = ["Contact", "Resolver", "Side", "find", "points_back"]
