"""Read the form of a contact: the trigger's own, corrected by the words beside it and by the setting it stands in."""

from __future__ import annotations

import re

from backchannel.aspects.base import Aspect, Context, aspect, evidence_at
from backchannel.aspects.setting import is_on_screen, setting
from backchannel.contacts.propose import Placed
from backchannel.language.grammar import Sentence, governor_verb
from backchannel.records import Evidence, Form

_PHONE = re.compile(
    r"\b(?:(?:by|on the|over the) (?:tele)?phone|telephone|phone call|phone|video ?conference|by video|video (?:call|link)|virtual(?:ly)?|conference call|teleconference|secure call)\b",
    re.I,
)
_SCREEN = re.compile(r"virtual|video", re.I)
_PERSON = re.compile(
    r"\b(?:in person|face[- ]to[- ]face|at the White House|(?:at|in) the Kremlin|in the Oval Office|sat down|on the (?:margins|sidelines)|one-on-one|round ?table|(?:his|her|my) (?:private )?office|withdrew for|lunch|dinner)\b",
    re.I,
)
_AIM = re.compile(
    r"\b(?:peace|trade|ceasefire|cease-fire|truce|nuclear|disarmament|arms(?: control| limitation)?|accession|hostage|denuclearization|treaty|deal|armistice|border|climate|SALT|proximity|settlement|unification|reunification|stalled|inter-?communal|tariff|Brexit|rounds? of|six-party|negotiat\w+|agreements?|memorandum of understanding|to end the|aimed at)\b",
    re.I,
)
_BARGAIN = re.compile(
    r"\b(?:peace|ceasefire|cease-fire|truce|treaty|deals?|settlement|agreements?|memorandum of understanding|accession|terms)\b",
    re.I,
)
_MEDIATED = re.compile(
    r"-(?:mediated|brokered|facilitated|sponsored)\b|\b(?:mediat(?:ed|ion)|sponsored|(?:mediated|brokered|facilitated) by|proximity|auspices)\b",
    re.I,
)
_MANY = re.compile(
    r"\b(?:regional|trilateral|quadrilateral|leaders['’]?|annual|emergency|extraordinary|G-?\d+|African|Arab|Asian?|European|Pacific|Nordic|Caspian|Cities|climate|nuclear security)\b|\b[Ss]ummit (?:of (?:the )?(?:\w+ )?(?:Americas|[Ll]eaders|[Nn]ations|[Cc]ountries|[Ss]tates|Organi[sz]ation)|on |for )|\bSummits\b",
)
_LEADER = re.compile(
    r"\b(?:President|Prime Minister|Chancellor|King|Emir|Premier|Crown Prince|Taoiseach|Sultan)\b|\b(?:president|prime minister|chancellor|king|emir)\b"
)
_LEADERS = re.compile(
    r"\b(?<!business )(?<!civic )(?<!labor )(?<!labour )(?<!industry )(?<!faith )(?<!religious )(?<!opposition )(?<!military )(?<!society )(?<!sector )(?<!congressional )(?<!two )(?<!both )(?<!community )(?<!company )(?:leaders|heads of (?:state|government)|presidents|prime ministers)\b(?! (?:of|from) (?:[\w’']+ ){0,4}(?:industry|ports?|compan|business|communit|opposition|church))",
    re.I,
)
_MINISTER = re.compile(
    r"\b(?:foreign|defen[cs]e|finance|interior|economy|trade) minister|secretary|advis[eo]r|envoy|ambassador", re.I
)
_OFFICE = re.compile(
    r"^(?:the )?(?:Vice )?(?:President|Prime Minister|Chancellor|King|Secretary|Minister|Ambassador|Crown Prince|Emir)\b|minister\b",
    re.I,
)
_CARRIED = re.compile(
    r"\b(?:messages?|letters?|word|notes?|proposals?|offers?|repl(?:y|ies)|responses?|answers?|terms|through|via)\b",
    re.I,
)
_BETWEEN_RIVALS = re.compile(r"\b(?:in)?direct\b", re.I)
_FIRST_STEPS = re.compile(r"\b(?:exploratory|preliminary)\b", re.I)
_NUMBERED = re.compile(r"\b(?:\d+(?:st|nd|rd|th)|[Ff]irst|[Ss]econd|[Tt]hird|[Ii]naugural|annual) (?:[\w.–-]+ ){0,4}Dialogue\b")
_BY_A_THIRD = re.compile(r"\b(?:facilitated|mediated|brokered) by\b", re.I)
_MEDIATOR = re.compile(r"\bmediators?\b", re.I)
_CONVENING = frozenset({"mediate", "broker", "facilitate", "reconvene", "convene", "sponsor"})
_BUSINESS = re.compile(r"\b(?:CEO|[Bb]usiness|[Ii]nvestors?|[Ii]nvestment) ")
_BEHIND = 45
_TALKS = frozenset({"talk", "negotiation"})
_TOLD_IN_A_TALK = frozenset(
    {
        "speak",
        "talk",
        "discuss",
        "conversation",
        "discussion",
        "exchange",
        "communication",
        "dialogue",
        "tell",
        "inform",
        "raise",
    }
)
_SPOKEN = frozenset({"convey", "inform", "tell", "share", "approach"})
_MOTION = frozenset({"visit", "trip", "arrive", "travel", "fly", "come", "head", "land", "return", "meet"})
_ASSEMBLY = frozenset(
    {
        "meet",
        "meeting",
        "host",
        "convene",
        "gather",
        "breakfast",
        "lunch",
        "dinner",
        "session",
        "welcome",
        "discussion",
        "conversation",
    }
)
_OPEN = frozenset({"contact", "meeting", "negotiation", "call"})


@aspect("form")
def read(context: Context) -> Aspect:
    """Give the form; the weakest, ``contact``, is a documented default when the trigger says no more."""
    for rule in (
        _of_its_kind,
        _by_instrument,
        _summit,
        _mediation,
        _talks,
        _of_leaders,
        _in_its_setting,
        _bargain,
        _spoken,
    ):
        found = rule(context)
        if found is not None:
            return found
    return _as(context, context.contact.form)


def _as(context: Context, form: Form, *more: Evidence) -> Aspect:
    trigger = context.contact.trigger
    own = Evidence(start=trigger.start, end=trigger.end, text=trigger.text, by=f"contacts.{context.contact.entry.id}")
    return Aspect(value=form, evidence=(own, *more))


def _of_its_kind(context: Context) -> Aspect | None:
    """Words that are one thing whatever stands beside them."""
    lemma, text = context.contact.entry.lemma, context.contact.trigger.text.lower()
    if lemma == "conference" and re.search(r"\b(?:press|news)\b", text):
        return _as(context, "contact")
    if lemma == "call" and "courtesy" in text:
        return _as(context, "meeting")
    if lemma == "emissary":
        return _as(context, "visit")
    if lemma == "dialogue" and _NUMBERED.search(_around(context.sentence, context)):
        return _as(context, "meeting")
    after = context.sentence.text[context.contact.word.end - context.sentence.start :]
    if lemma == "communication" and re.match(r" to\b", after):
        return _as(context, "message")
    if lemma == "sign" and not re.search(r"\bceremony\b", context.sentence.text) and len(_people(context)) < 2:
        return _as(context, "negotiation" if _BARGAIN_OF_PEACE.search(context.sentence.text) else "contact")
    return None


_BARGAIN_OF_PEACE = re.compile(r"\b(?:peace|cease-?fire|truce|armistice|de-escalate|end (?:the|their))\b", re.I)


def _by_instrument(context: Context) -> Aspect | None:
    sentence, contact = context.sentence, context.contact
    if contact.form not in _OPEN or contact.entry.lemma == "meet":
        return None
    phone = next((m for m in _PHONE.finditer(sentence.text) if _is_of_the_contact(context, m)), None)
    if phone is None or (contact.entry.lemma == "meeting" and not _SCREEN.search(phone.group())):
        screen = is_on_screen(context) if contact.entry.lemma == "meeting" else None
        return _as(context, "call", screen) if screen is not None else None
    return Aspect(value="call", evidence=(evidence_at(sentence, phone.start(), phone.end(), "form.phone"),))


def _is_of_the_contact(context: Context, match: re.Match[str]) -> bool:
    """Whether the words stand in the contact's own clause and not on another contact of the sentence."""
    sentence, word = context.sentence, context.contact.word
    at = sentence.word_at(sentence.start + match.start(), sentence.start + match.end())
    if at is None or context.contact.entry.form == "negotiation":
        return match.group() in _around(sentence, context)
    if at.index == word.index or word.index in {w.index for w in sentence.path(at.index)}:
        return True
    return _clause(sentence, at.index) == _clause(sentence, word.index)


def _clause(sentence: Sentence, index: int) -> int | None:
    word = sentence.words[index]
    verb = word if word.kind == "verb" else governor_verb(sentence, index)
    return verb.index if verb is not None else None


def _summit(context: Context) -> Aspect | None:
    if context.contact.entry.lemma != "summit" and not (
        context.contact.entry.lemma in ("host", "convene", "hold")
        and any(w.text.lower() == "summit" for w in context.sentence.below(context.contact.word.index))
    ):
        return None
    if _BUSINESS.search(_around(context.sentence, context)):
        return _as(context, "meeting")
    known = context.contact.known()
    bodies = [
        k
        for k in known
        if (actor := context.table.actors.get(k)) is not None and actor.kind in ("organisation", "forum")
    ]
    unknown = any(p.side.kind == "unknown" for p in context.contact.placed)
    if (
        len(known) == 2
        and not unknown
        and bodies in ([], ["EU"])
        and not _MANY.search(_around(context.sentence, context))
    ):
        return _as(context, "meeting")
    return _as(context, "summit")


def _mediation(context: Context) -> Aspect | None:
    if context.contact.entry.lemma not in _TALKS | {"meeting"}:
        return None
    sentence, word = context.sentence, context.contact.word
    after = sentence.text[word.end - sentence.start :][:70]
    verb = governor_verb(sentence, word.index)
    if (
        _MEDIATED.search(_around(sentence, context))
        or _BY_A_THIRD.search(after)
        or (context.contact.entry.lemma in _TALKS and _MEDIATOR.search(sentence.text))
        or (context.contact.entry.lemma == "talk" and verb is not None and verb.lemma in _CONVENING)
    ):
        return _as(context, "mediation")
    return None


def _talks(context: Context) -> Aspect | None:
    contact, sentence = context.contact, context.sentence
    if contact.entry.lemma != "talk" or contact.entry.kind != "noun":
        return None
    aim = _AIM.search(_around(sentence, context))
    if aim is not None:
        at = sentence.text.find(aim.group())
        return _as(context, "negotiation", evidence_at(sentence, at, at + len(aim.group()), "form.aim"))
    if contact.word.shape == "singular":
        return _as(context, "contact")
    found = setting(context)
    if found is not None and found.form != "call":
        return _as(context, found.form, found.evidence)
    people = _people(context)
    came = any(step.lemma in _MOTION for step in sentence.path(contact.word.index))
    placed = re.search(r"\b(?:in|at) [A-Z]", _around(sentence, context))
    return _as(context, "meeting" if len(people) >= 2 or (people and (came or placed)) else "negotiation")


def _people(context: Context) -> set[str]:
    """The sides that a named person stands for."""
    found = set()
    mentions = [m for m in context.roster.mentions.get(context.sentence.index, ()) if m.by == "dictionary:person"]
    for placed in context.contact.placed:
        side = placed.side
        if side.person is not None or (
            side.start is not None
            and side.end is not None
            and any(m.actor == side.actor and side.start <= m.start <= side.end + 2 for m in mentions)
        ):
            found.add(side.actor)
    return found


def _of_leaders(context: Context) -> Aspect | None:
    """Three or more parties' leaders at one table."""
    contact, sentence = context.contact, context.sentence
    if contact.entry.lemma not in _ASSEMBLY:
        return None
    texts = [p.side.text or "" for p in contact.placed]
    whole = " | ".join(texts)
    if _MINISTER.search(whole) or contact.word.shape == "plural":
        return None
    leaders = [p for p in contact.placed if _names_leaders(context, p)]
    if leaders and (len(contact.known()) > 2 or any(_is_many(context, p) for p in leaders)):
        return _as(context, "summit")
    if len(contact.known()) > 2 and len(_LEADER.findall(whole)) >= 2:
        return _as(context, "summit")
    if contact.entry.lemma in ("meeting", "meet") and len(contact.known()) > 2:
        found = setting(context)
        if found is not None and found.form == "summit":
            return _as(context, "summit", found.evidence)
    return None


def _is_many(context: Context, placed: Placed) -> bool:
    """Whether one side is itself several leaders ("nine other heads of state", "the leaders of ASEAN")."""
    if not _names_leaders(context, placed):
        return False
    actor = context.table.actors.get(placed.side.actor)
    return placed.side.kind == "unknown" or (actor is not None and actor.kind in ("organisation", "forum"))


def _names_leaders(context: Context, placed: Placed) -> bool:
    side, sentence = placed.side, context.sentence
    if side.start is None or side.end is None:
        return False
    found = _LEADERS.search(sentence.text[side.start - sentence.start : side.end - sentence.start + _BEHIND])
    return found is not None and sentence.start + side.start + found.start() < sentence.start + side.end


def _bargain(context: Context) -> Aspect | None:
    """Discussions whose aim is an agreement."""
    contact, sentence = context.contact, context.sentence
    if contact.entry.lemma not in ("discussion", "dialogue", "consultation"):
        return None
    around = _around(sentence, context)
    governor = sentence.words[contact.word.head]
    if (
        _BARGAIN.search(around)
        or _BETWEEN_RIVALS.search(around)
        or (contact.word.shape == "plural" and _FIRST_STEPS.search(sentence.text))
        or (contact.word.preposition == "into" and governor.lemma == "enter")
        or _armed(context)
    ):
        return _as(context, "negotiation")
    return None


def _armed(context: Context) -> bool:
    """Whether a state deals with an armed group."""
    kinds = {actor.kind for k in context.contact.known() if (actor := context.table.actors.get(k)) is not None}
    return "armed_group" in kinds and "state" in kinds


def _in_its_setting(context: Context) -> Aspect | None:
    contact, sentence = context.contact, context.sentence
    lemma = contact.entry.lemma
    if lemma not in _TOLD_IN_A_TALK:
        return None
    person = _PERSON.search(sentence.text)
    if person is not None and lemma not in _SPOKEN:
        return _as(context, "meeting", evidence_at(sentence, person.start(), person.end(), "form.in person"))
    if not (contact.word.shape == "plural" and lemma == "conversation"):
        found = setting(context)
        if found is not None:
            return _as(context, found.form, found.evidence)
    if context.roster.profile.kind == "record":
        return None
    if lemma == "speak" and contact.word.shape == "past" and context.value("status") == "occurred":
        return _as(context, "call")
    if lemma == "speak" and context.roster.profile.kind in ("readout", "announcement", "official"):
        return _as(context, "call")
    if lemma in ("speak", "conversation") and contact.word.shape != "plural" and len(_officers(context)) >= 2:
        return _as(context, "call")
    return None


def _officers(context: Context) -> set[str]:
    """The sides that a named person or an office stands for."""
    return _people(context) | {p.side.actor for p in context.contact.placed if _OFFICE.search(p.side.text or "")}


def _spoken(context: Context) -> Aspect | None:
    """A word told to the other side's face is a contact; one carried to it is a message."""
    if context.contact.entry.lemma not in _SPOKEN or _CARRIED.search(_around(context.sentence, context)):
        return None
    return _as(context, "contact")


def _around(sentence: Sentence, context: Context) -> str:
    """The trigger's own phrase with what hangs on it: "talks on a ceasefire"."""
    words = sentence.tree(context.contact.word.index, without=frozenset({"relative", "conjunct"}))
    start, end = min(w.start for w in words), max(w.end for w in words)
    return sentence.text[max(0, start - sentence.start - 12) : end - sentence.start]
