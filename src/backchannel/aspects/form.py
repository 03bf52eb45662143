"""Read the form of a contact: the trigger's own, corrected by the words beside it and by the setting it stands in."""

from __future__ import annotations

import re

from backchannel.aspects.base import Aspect, Context, aspect, evidence_at
from backchannel.aspects.setting import is_on_screen, setting
from backchannel.aspects.summits import of_leaders, summit
from backchannel.aspects.wording import around, form_as, pattern, words
from backchannel.language.grammar import Sentence, governor_verb

_OFFICE = re.compile(
    r"^(?:the )?(?:Vice )?(?:President|Prime Minister|Chancellor|King|Secretary|Minister|Ambassador|Crown Prince|Emir)\b|minister\b",
    re.I,
)
_NUMBERED = re.compile(
    r"\b(?:\d+(?:st|nd|rd|th)|[Ff]irst|[Ss]econd|[Tt]hird|[Ii]naugural|annual) (?:[\w.–-]+ ){0,4}Dialogue\b"
)
_BY_A_THIRD = re.compile(r"\b(?:facilitated|mediated|brokered) by\b", re.I)
_PLACE = re.compile(r"\b(?:in|at) [A-Z]")
_BEHIND = 70
"""Characters behind the trigger in which "facilitated by" still speaks of it."""
_WITHOUT_AIM = ("private", "quiet", "clandestine", "informal")
"""Said of talks of which no aim is told; in a record, whose sides bargain, they leave the form as it is."""
_OPEN = frozenset({"contact", "meeting", "negotiation", "call"})
_TALKS = frozenset({"talk", "negotiation"})


@aspect("form")
def read(context: Context) -> Aspect:
    """Give the form; the weakest, ``contact``, is a documented default when the trigger says no more."""
    rules = (_of_its_kind, _by_instrument, summit, _mediation, _talks, of_leaders, _in_its_setting, _bargain, _spoken)
    for rule in rules:
        found = rule(context)
        if found is not None:
            return found
    return form_as(context, context.contact.form)


def _of_its_kind(context: Context) -> Aspect | None:
    """Triggers that a word beside them makes one thing, whatever else the sentence says."""
    contact, sentence = context.contact, context.sentence
    lemma, text = contact.entry.lemma, contact.trigger.text.lower()
    if lemma == "conference" and re.search(r"\b(?:press|news)\b", text):
        return form_as(context, "contact")
    if lemma == "call" and "courtesy" in text:
        return form_as(context, "meeting")
    if lemma == "emissary":
        return form_as(context, "visit")
    if lemma == "dialogue" and _NUMBERED.search(around(context)):
        return form_as(context, "meeting")
    if lemma == "communication" and sentence.text[contact.word.end - sentence.start :].startswith(" to "):
        return form_as(context, "message")
    if lemma == "sign" and "ceremony" not in sentence.text and len(_people(context)) < 2:
        return form_as(context, "negotiation" if pattern("peace").search(sentence.text) else "contact")
    return None


def _by_instrument(context: Context) -> Aspect | None:
    """A call: by telephone, or a meeting on a screen."""
    sentence, contact = context.sentence, context.contact
    lemma = contact.entry.lemma
    if contact.form not in _OPEN or lemma == "meet":
        return None
    kind = "screen" if lemma == "meeting" else "phone"
    found = next((m for m in pattern(kind).finditer(sentence.text) if _is_of_the_contact(context, m)), None)
    if found is not None:
        return Aspect(value="call", evidence=(evidence_at(sentence, found.start(), found.end(), "form.phone"),))
    screen = is_on_screen(context) if lemma == "meeting" else None
    return form_as(context, "call", screen) if screen is not None else None


def _is_of_the_contact(context: Context, match: re.Match[str]) -> bool:
    """Whether the words stand in the contact's own clause and not on another contact of the sentence."""
    sentence, word = context.sentence, context.contact.word
    at = sentence.word_at(sentence.start + match.start(), sentence.start + match.end())
    if at is None or context.contact.form == "negotiation":
        return match.group() in around(context)
    if at.index == word.index or word.index in {w.index for w in sentence.path(at.index)}:
        return True
    return _clause(sentence, at.index) == _clause(sentence, word.index)


def _clause(sentence: Sentence, index: int) -> int | None:
    word = sentence.words[index]
    verb = word if word.kind == "verb" else governor_verb(sentence, index)
    return verb.index if verb is not None else None


def _mediation(context: Context) -> Aspect | None:
    """Talks that a third side mediates, sponsors or convenes."""
    sentence, word, lemma = context.sentence, context.contact.word, context.contact.entry.lemma
    if lemma not in _TALKS and lemma != "meeting":
        return None
    verb = governor_verb(sentence, word.index)
    convened = lemma == "talk" and verb is not None and verb.lemma in words("convenes")
    mediators = lemma in _TALKS and re.search(r"\bmediators?\b", sentence.text, re.I) is not None
    behind = _BY_A_THIRD.search(sentence.text[word.end - sentence.start :][:_BEHIND])
    if convened or mediators or behind or pattern("mediated").search(around(context)):
        return form_as(context, "mediation")
    return None


def _talks(context: Context) -> Aspect | None:
    """ "Talks" with an aim are a negotiation; without one, a meeting where persons came to each other."""
    contact, sentence = context.contact, context.sentence
    if contact.entry.lemma != "talk" or contact.entry.kind != "noun":
        return None
    aim = pattern("aim").search(around(context))
    if aim is not None:
        at = sentence.text.find(aim.group())
        return form_as(context, "negotiation", evidence_at(sentence, at, at + len(aim.group()), "form.aim"))
    if contact.word.shape == "singular":
        return form_as(context, "contact")
    found = setting(context)
    if found is not None and found.form != "call":
        return form_as(context, found.form, found.evidence)
    if context.roster.profile.kind != "record" and contact.trigger.text.lower().startswith(_WITHOUT_AIM):
        return form_as(context, "contact")
    people = _people(context)
    came = any(step.lemma in words("comes") for step in sentence.path(contact.word.index))
    in_person = len(people) >= 2 or (_officers(context) and (came or _PLACE.search(around(context))))
    return form_as(context, "meeting" if in_person else "negotiation")


def _people(context: Context) -> set[str]:
    """The sides that a named person stands for."""
    mentions = context.roster.mentions.get(context.sentence.index, ())
    persons = [(m.actor, m.start) for m in mentions if m.by == "dictionary:person"]
    found = set()
    for side in (placed.side for placed in context.contact.placed):
        start, end = side.start, side.end
        if side.person is not None or (
            start is not None
            and end is not None
            and any(actor == side.actor and start <= at <= end + 2 for actor, at in persons)
        ):
            found.add(side.actor)
    return found


def _in_its_setting(context: Context) -> Aspect | None:
    """What was said takes the form of the talk in which it was said."""
    contact, sentence = context.contact, context.sentence
    lemma = contact.entry.lemma
    if lemma not in words("told_in_a_talk"):
        return None
    person = pattern("in_person").search(sentence.text)
    if person is not None and lemma not in words("spoken"):
        return form_as(context, "meeting", evidence_at(sentence, person.start(), person.end(), "form.in person"))
    if lemma != "conversation" or contact.word.shape != "plural":
        found = setting(context)
        if found is not None:
            return form_as(context, found.form, found.evidence)
    if not _is_a_call(context):
        return None
    return form_as(context, "meeting" if _spoke_in_a_city(context) else "call")


def _spoke_in_a_city(context: Context) -> bool:
    """ "Spoke with him in Geneva": the place of a talk is that of both."""
    sentence = context.sentence
    own = {w.start for w in sentence.tree(context.contact.word.index, without=frozenset({"relative", "adverbial"}))}
    return any(
        mention.by in ("dictionary:capital", "dictionary:city")
        and mention.start in own
        and sentence.text[: mention.start - sentence.start].endswith((" in ", " at "))
        for mention in context.roster.mentions.get(sentence.index, ())
    )


def _is_a_call(context: Context) -> bool:
    """Whether officials who "spoke" did so from afar, as they do where no room is told of."""
    contact, kind = context.contact, context.roster.profile.kind
    lemma = contact.entry.lemma
    if kind == "record" or lemma not in ("speak", "conversation") or contact.word.shape == "plural":
        return False
    spoke = lemma == "speak" and contact.word.shape == "past" and context.value("status") == "occurred"
    told = lemma == "speak" and kind in ("readout", "announcement", "official")
    return spoke or told or len(_officers(context)) >= 2


def _officers(context: Context) -> set[str]:
    """The sides that a named person or an office stands for."""
    offices = {p.side.actor for p in context.contact.placed if _OFFICE.search(p.side.text or "")}
    return _people(context) | offices


def _bargain(context: Context) -> Aspect | None:
    """Discussions whose aim is an agreement, or between a state and those who fight it."""
    contact, sentence = context.contact, context.sentence
    word = contact.word
    if contact.entry.lemma not in ("discussion", "dialogue", "consultation"):
        return None
    own = around(context)
    if (
        pattern("bargain").search(own)
        or pattern("rivals").search(own)
        or (word.shape == "plural" and pattern("first_steps").search(sentence.text))
        or (word.preposition == "into" and sentence.words[word.head].lemma == "enter")
        or _is_with_rebels(context)
    ):
        return form_as(context, "negotiation")
    return None


def _is_with_rebels(context: Context) -> bool:
    kinds = {actor.kind for k in context.contact.known() if (actor := context.table.actors.get(k)) is not None}
    return "armed_group" in kinds and "state" in kinds


def _spoken(context: Context) -> Aspect | None:
    """A word told to the other side's face is a contact; one carried to it is a message."""
    if context.contact.entry.lemma not in words("spoken"):
        return None
    for below in context.sentence.below(context.contact.word.index):
        if below.text.lower() in words("carried") or below.preposition in ("through", "via"):
            return None
    return form_as(context, "contact")
