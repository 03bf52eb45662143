"""Actors: the dictionary, mentions, and who "we", "the two sides" and "the President" are in a document."""

from backchannel.actors.find import find
from backchannel.actors.profile import Profile, profile
from backchannel.actors.resolve import Resolved, resolve
from backchannel.actors.roster import Known, Roster
from backchannel.actors.speakers import SpeaksFor, speaks_for
from backchannel.actors.table import ActorTable, build, shipped

__all__ = [
    "ActorTable",
    "Known",
    "Profile",
    "Resolved",
    "Roster",
    "SpeaksFor",
    "build",
    "find",
    "profile",
    "resolve",
    "shipped",
    "speaks_for",
]
