"""Read the channel: a line beside the official one, a go-between, an unofficial track, or a party that is no state."""

from __future__ import annotations

import re

from backchannel.aspects.base import Aspect, Context, aspect, evidence_at
from backchannel.contacts.propose import Placed
from backchannel.contacts.sides import is_nonstate_phrase
from backchannel.language.grammar import governor_verb, subject
from backchannel.records import UNKNOWN, Channel, Evidence

_CUES: tuple[tuple[Channel, str, re.Pattern[str]], ...] = (
    (
        "backchannel",
        "back channel",
        re.compile(
            r"\bback[- ]?channels?\b|\bback[- ]?door (?:channel|talks|diplomacy)|\b(?:personal|private|secret|confidential) (?:emissary|emissaries|envoy|channel)\b|\bspecial channel\b|\bunofficial (?:contacts?|channels?|emissar\w+|envoys?|missions?|line)\b|\bintelligence (?:service |agency |directorate )?(?:channels?|chiefs?|heads?|directors?)\b|\b(?:CIA|Mossad|SVR|FSB|GRU|MI6|ISI) (?:[Dd]irector|[Cc]hief|[Hh]ead|boss)\b|\b(?:head|director|chief|members?) of (?:the )?(?:[A-Z]+ and (?:the )?)?(?:CIA|Mossad|SVR|FSB|GRU|MI6|[\w'’]+ foreign intelligence)\b|\bspy (?:chief|master)s?\b|\bbypass\w* (?:the|official|normal|usual|diplomatic)",
            re.I,
        ),
    ),
    (
        "intermediary",
        "go-between",
        re.compile(
            r"\bintermediar(?:y|ies)\b|\bgo-betweens?\b|\bindirect(?:ly)?\b|\bmediat\w+|\bbroker(?:ed|ing|s)?\b|\bthird part(?:y|ies)\b|\bproximity talks\b|\bshuttle diplomacy\b|\bSwiss channel\b|-(?:mediated|brokered|sponsored|facilitated)\b|\bfacilitated by\b|\bU\.?N\.?-(?:backed|led)\b|\bget(?:s|ting)? (?:the )?(?:\w+ ){0,2}(?:talks|negotiations) (?:started|going|under ?way)\b|\bget(?:s|ting)? (?:the )?(?:parties|sides) to (?:negotiate|talk|meet)\b|\bgood offices\b|\bauspices\b",
            re.I,
        ),
    ),
    ("track_1_5", "track 1.5", re.compile(r"\btrack[- ](?:1\.5|one[- ]and[- ]a[- ]half|I\.5)\b", re.I)),
    (
        "track_2",
        "track two",
        re.compile(
            r"\btrack[- ](?:2|two|II)\b|\bsecond[- ]track\b|\bformer officials and (?:academics|scholars)\b|\bformer (?:\S+ )?officials have (?:met|held|talked)\b",
            re.I,
        ),
    ),
)
_HOLDS = frozenset({"hold", "host", "arrange", "convene", "organise", "organize", "sponsor"})
_BUSINESS = re.compile(r"\b(?:CEO|business|investors?) $")
_TAKING_PART = re.compile(r"\b(?:involving|with|between|including)\s(?:[\w’'.-]+[ ,]){0,4}$", re.I)
_GATHERS = frozenset({"meet", "convene", "gather", "host", "engage"})
_LISTED = re.compile(
    r"\b(?:with|between|among|involving|including|convene|from)\b[^.;]{0,120}?\b(private sector|companies|CEOs|NGOs|non-governmental organi[sz]ations|business(?:es| leaders| community)|philanthrop\w+|industry(?: leaders)?)\b",
    re.I,
)
_GREETS = frozenset({"welcome", "receive", "invite"})
_NEAR = 90
_PHRASE = 70
_BOTH_WAYS = re.compile(r"\bdirect(?:ly)? (?:and|or|as well as) $", re.I)
_OF_THE_TALKS = re.compile(r"indirect|proximity|mediat|broker|sponsor|facilitat|auspices|backed|led", re.I)
_ENDS_A_PHRASE = re.compile(r"\s(?:to|in|at|on|with|for|who|that|which|about|here|before|after|during)\b")
_STAKEHOLDERS = re.compile(
    r"\b(?:stakeholders|partners|participants),? (?:including|such as) .{0,20}(?:private sector|industry|compan)", re.I
)


@aspect("channel")
def read(context: Context) -> Aspect:
    """Give the channel; ``front`` is the documented default. Order: backchannel, intermediary, tracks, nonstate, front."""
    if context.before is not None and context.before["channel"].evidence:
        return context.before["channel"]
    told = _told(context)
    if told is not None:
        return told
    if context.value("form") == "mediation":
        trigger = context.contact.trigger
        return Aspect(
            value="intermediary",
            evidence=(Evidence(start=trigger.start, end=trigger.end, text=trigger.text, by="channel.form:mediation"),),
        )
    between = _host_or_mediator(context)
    if between is not None:
        return Aspect(value="intermediary", evidence=between.side.evidence)
    nonstate = _nonstate(context)
    if nonstate is not None:
        return Aspect(value="nonstate", evidence=(nonstate,))
    return Aspect(value="front")


def _told(context: Context) -> Aspect | None:
    """The channel that words beside the contact name."""
    sentence, contact = context.sentence, context.contact
    start, end = contact.trigger.start - sentence.start, contact.trigger.end - sentence.start
    for value, name, pattern in _CUES:
        for match in pattern.finditer(sentence.text):
            if match.start() - end > _NEAR or start - match.end() > _NEAR:
                continue
            if value == "intermediary" and not _goes_between(context, match):
                continue
            found = evidence_at(sentence, match.start(), match.end(), f"channel.cues:{name}")
            return Aspect(value=value, evidence=(found,))
    return None


def _goes_between(context: Context, match: re.Match[str]) -> bool:
    """Whether the word of mediation is this contact's: "direct and indirect" is both, a mediated deal is no mediated visit."""
    sentence, contact = context.sentence, context.contact
    if contact.form == "visit" or _BOTH_WAYS.search(sentence.text[: match.start()]):
        return False
    if not _OF_THE_TALKS.search(match.group()):
        return True
    if contact.form == "call":
        return False
    return all(w.text.lower() != "direct" for w in sentence.below(contact.word.index))


def _host_or_mediator(context: Context) -> Placed | None:
    """The side that stands between two others, by its verb ("Qatar mediated") or as host of talks between them."""
    contact = context.contact
    verb = governor_verb(context.sentence, contact.word.index)
    holder = subject(context.sentence, verb.index) if verb is not None and verb.lemma in _HOLDS else None
    between = {p.side.actor for p in contact.placed if p.kind in ("between", "partner") and p.side.actor != UNKNOWN}
    for placed in contact.placed:
        if placed.side.kind != "named":
            continue
        if placed.kind == "mediator" and len(contact.known()) >= 2:
            return placed
        holds = (
            holder is not None
            and placed.side.start is not None
            and placed.side.start <= holder.start < (placed.side.end or 0)
        )
        is_host = placed.kind == "host" and (verb is None or verb.lemma not in _GREETS)
        gives_the_room = is_host or (placed.kind == "agent" and holds)
        if gives_the_room and len(between - {placed.side.actor}) >= 2 and placed.side.actor not in between:
            return placed
    return None


def _nonstate(context: Context) -> Evidence | None:
    """The party that is no state: by the kind of a named actor, by the noun of an unnamed one."""
    for placed in context.contact.placed:
        side = placed.side
        if not side.evidence:
            continue
        if side.kind == "named" and context.table.is_nonstate(side.actor):
            return side.evidence[0]
        if side.actor == UNKNOWN and (is_nonstate_phrase(side.text) or _stands_for_nonstate(context, placed)):
            return side.evidence[0]
    return _takes_part(context) or _business_summit(context)


def _business_summit(context: Context) -> Evidence | None:
    """ "A CEO summit", "a meeting with business leaders" in the trigger's own words."""
    trigger, sentence = context.contact.trigger, context.sentence
    start = max(0, trigger.start - sentence.start - 10)
    found = _BUSINESS.search(sentence.text, start, trigger.start - sentence.start)
    return evidence_at(sentence, found.start(), found.end(), "channel.business") if found is not None else None


def _takes_part(context: Context) -> Evidence | None:
    """ "Talks involving Gazprom's managers": a company within the contact's own phrase."""
    sentence, word = context.sentence, context.contact.word
    tree = sentence.tree(word.index, without=frozenset({"relative", "purpose", "adverbial"}))
    if word.kind != "verb" or word.lemma in _GATHERS:
        last = max(w.end for w in tree) - sentence.start
        listed = _LISTED.search(sentence.text, word.start - sentence.start, last)
        if listed is not None:
            return evidence_at(sentence, listed.start(1), listed.end(1), "channel.business")
    own = {w.start for w in sentence.tree(word.index)}
    for mention in context.roster.mentions.get(sentence.index, ()):
        if mention.actor is None or mention.start not in own or not context.table.is_nonstate(mention.actor):
            continue
        if _TAKING_PART.search(sentence.text[: mention.start - sentence.start]):
            at = mention.start - sentence.start
            return evidence_at(sentence, at, at + len(mention.text), f"actors.{mention.actor}")
    return None


def _stands_for_nonstate(context: Context, placed: Placed) -> bool:
    """ "The heads of German companies", "representatives of business and labour"."""
    sentence, side = context.sentence, placed.side
    if side.start is None:
        return False
    phrase = sentence.text[side.start - sentence.start :][:_PHRASE]
    if _STAKEHOLDERS.search(phrase):
        return True
    stop = _ENDS_A_PHRASE.search(phrase)
    phrase = phrase[: stop.start()] if stop is not None else phrase
    return any(is_nonstate_phrase(part) for part in re.split(r" of | from |,| and ", phrase))
