"""Read the channel: a line beside the official one, a go-between, an unofficial track, or a party that is no state."""

from __future__ import annotations

import re

from backchannel.aspects.base import Aspect, Context, aspect, evidence_at
from backchannel.contacts.sides import is_nonstate_phrase
from backchannel.records import UNKNOWN, Channel, Evidence

_CUES: tuple[tuple[Channel, str, re.Pattern[str]], ...] = (
    (
        "backchannel",
        "back channel",
        re.compile(
            r"\bback[- ]?channels?\b|\bback[- ]?door (?:channel|talks|diplomacy)|\b(?:personal|private|secret|confidential) (?:emissary|emissaries|envoy|channel)\b|\bintelligence (?:channels?|chiefs?|heads?|directors?)\b|\b(?:CIA|Mossad|SVR|FSB|GRU|MI6|ISI) (?:[Dd]irector|[Cc]hief|[Hh]ead|boss)\b|\b(?:head|director|chief) of (?:the )?(?:CIA|Mossad|SVR|FSB|GRU|MI6|[\w'’]+ foreign intelligence)\b|\bspy (?:chief|master)s?\b|\bbypass\w* (?:the|official|normal|usual|diplomatic)",
            re.I,
        ),
    ),
    (
        "intermediary",
        "go-between",
        re.compile(
            r"\bintermediar(?:y|ies)\b|\bgo-betweens?\b|\bindirect(?:ly)?\b|\bmediat\w+|\bbroker(?:ed|ing|s)?\b|\bthird part(?:y|ies)\b|\bproximity talks\b|\bshuttle diplomacy\b|\bSwiss channel\b|-(?:mediated|brokered|sponsored|facilitated)\b|\bgood offices\b",
            re.I,
        ),
    ),
    ("track_1_5", "track 1.5", re.compile(r"\btrack[- ](?:1\.5|one[- ]and[- ]a[- ]half|I\.5)\b", re.I)),
    (
        "track_2",
        "track two",
        re.compile(
            r"\btrack[- ](?:2|two|II)\b|\bsecond[- ]track\b|\bformer officials and (?:academics|scholars)\b", re.I
        ),
    ),
)
_NEAR = 90


@aspect("channel")
def read(context: Context) -> Aspect:
    """Give the channel; ``front`` is the documented default. Order: backchannel, intermediary, tracks, nonstate, front."""
    sentence, contact = context.sentence, context.contact
    if context.before is not None and context.before["channel"].evidence:
        return context.before["channel"]
    for value, name, pattern in _CUES:
        for match in pattern.finditer(sentence.text):
            start, end = contact.trigger.start - sentence.start, contact.trigger.end - sentence.start
            if match.start() - end <= _NEAR and start - match.end() <= _NEAR:
                return Aspect(
                    value=value, evidence=(evidence_at(sentence, match.start(), match.end(), f"channel.cues:{name}"),)
                )
    if contact.form == "mediation":
        trigger = contact.trigger
        return Aspect(
            value="intermediary",
            evidence=(Evidence(start=trigger.start, end=trigger.end, text=trigger.text, by="channel.form:mediation"),),
        )
    for placed in contact.placed:
        side = placed.side
        if placed.kind == "mediator" and side.kind == "named" and len(contact.known()) >= 2:
            return Aspect(value="intermediary", evidence=side.evidence)
    nonstate = _nonstate(context)
    if nonstate is not None:
        return Aspect(value="nonstate", evidence=(nonstate,))
    return Aspect(value="front")


def _nonstate(context: Context) -> Evidence | None:
    for placed in context.contact.placed:
        side = placed.side
        if not side.evidence:
            continue
        if context.table.is_nonstate(side.actor):
            return side.evidence[0]
        if side.actor == UNKNOWN and is_nonstate_phrase(side.text):
            return side.evidence[0]
    return None
