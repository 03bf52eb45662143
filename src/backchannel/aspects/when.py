"""Read when a contact took place: the date phrase that grammar ties to it, else the day its document gives it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from backchannel.aspects import dates
from backchannel.aspects.base import Aspect, Context, aspect, evidence_at
from backchannel.aspects.dates import Phrase
from backchannel.aspects.occasion import from_document, from_previous, from_title
from backchannel.attribution.classes import saying
from backchannel.contacts.lexicon import entry_for
from backchannel.language.grammar import Sentence, Word
from backchannel.records import When

_AHEAD = frozenset({"planned", "proposed", "hypothetical", "postponed"})
_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_FIXES = frozenset({"schedule", "slate", "set", "plan", "expect", "due", "postpone", "delay", "move", "fix", "book"})
_DECIDES = frozenset(["accept", "agree", "approve", "ask", "call", "decide", "decline", "invite", "offer", "order", "promise", "propose", "refuse", "reject", "request", "seek", "suggest", "urge", "vow", "want"])  # fmt: skip
_TOWARD = frozenset({"for", "to", "until", "till"})
_COMING = frozenset({"next", "coming", "the coming", "this coming"})
_BOUNDS = frozenset({"since", "after", "before", "until", "following", "till"})
_STRETCH = frozenset({"afternoon", "beginning", "day", "end", "eve", "evening", "hour", "morning", "night", "part", "round", "series", "set", "start", "week"})  # fmt: skip
_TOPIC = frozenset({"about", "against", "concerning", "for", "into", "of", "on", "over", "regarding", "to", "toward"})
_ABOUT = frozenset({"discuss", "exchange", "review", "raise", "address", "touch"})
_HELD_ON = re.compile(
    r"^[^;:]{0,80}?\b(?:scheduled|slated|set|due|planned|held|(?:to )?(?:take|took|takes|taking) place|opening|opened|opens)\b"
    r"(?: [\w']+){0,5}? ?$"
)
_AFTER = re.compile(r"\b(?:after|ahead of|before|following|since)\b[^,;]*$")


@dataclass(frozen=True, slots=True)
class _Tie:
    """A phrase tied to the contact; the smaller ``cost``, the closer."""

    cost: float
    phrase: Phrase
    when: When


@aspect("when")
def read(context: Context) -> Aspect:
    """Give the day or span of the contact; ``None`` where neither sentence nor the kind of document tells."""
    sentence = context.sentence
    ties = list(_ties(context))
    if ties:
        best = min(ties, key=_closeness)
        if best.when.precision == "year" and best.when.start == best.when.end:
            closer = from_document(context)
            if closer.value is not None and closer.value.start.startswith(best.when.start):
                return closer
        evidence = evidence_at(sentence, best.phrase.start, best.phrase.end, f"when.{best.phrase.kind}")
        return Aspect(value=best.when, evidence=(evidence,))
    if context.before is not None and context.before["when"].value is not None:
        return context.before["when"]
    if _is_told_vaguely(context):
        return Aspect(value=None)
    return from_title(context) or from_previous(context) or from_document(context)


def _closeness(tie: _Tie) -> float:
    return tie.cost


def _ties(context: Context) -> list[_Tie]:
    sentence, found = context.sentence, []
    trigger = context.contact.trigger
    start, end = trigger.start - sentence.start, trigger.end - sentence.start
    for phrase, year in dates.years(dates.find(sentence.plain)):
        word = sentence.word_at(sentence.start + phrase.start, sentence.start + phrase.end)
        cost = _cost(context, phrase, word) if word is not None else None
        if cost is None or word is None:
            continue
        when = dates.resolve(phrase, context.on, ahead=_looks_ahead(context, word), year=year or context.year)
        if when is not None and phrase.lead == "since":
            when = _until_now(context, when)
        if when is not None:
            gap = max(phrase.start - end, start - phrase.end, 0)
            coarse = {"day": 0.0, "month": 0.4, "year": 0.8}[when.precision]
            found.append(_Tie(cost + coarse + min(gap, 200) / 400, phrase, when))
    return found


def _is_told_vaguely(context: Context) -> bool:
    """ "In the coming months", "over the past weeks": a time that is told, and is not the document's day."""
    sentence = context.sentence
    end = context.contact.trigger.end - sentence.start
    for phrase in dates.find(sentence.plain):
        if phrase.kind != "lasting" or dates.resolve(phrase, context.on) is not None:
            continue
        word = sentence.word_at(sentence.start + phrase.start, sentence.start + phrase.end)
        is_right_after = end <= phrase.start <= end + 40 and not _contact_nouns(context, end, phrase.start)
        if is_right_after or (word is not None and _cost(context, phrase, word) is not None):
            return True
    return False


def _until_now(context: Context, when: When) -> When | None:
    """ "In talks since May" last until the document's day."""
    if context.value("status") != "ongoing" or context.on is None or when.precision == "year":
        return None
    return When(start=when.start, end=context.on.isoformat()[: len(when.start)], precision=when.precision)


def _cost(context: Context, phrase: Phrase, word: Word) -> float | None:
    """How far grammar puts the phrase from the contact; ``None`` where it dates something else."""
    sentence = context.sentence
    while word.relation == "conjunct":
        word = sentence.words[word.head]
    triggers = {w.index for w in context.contact.words}
    if word.index in triggers:
        return 0.0
    if word.preposition in ("before", "after") or (
        (phrase.parts.get("which") or "").lower() in _COMING
        and (context.value("status") in ("occurred", "cancelled", "refused"))
    ):
        return None
    if _is_of_another_contact(context, phrase):
        return None
    if _is_fixed_for(context, phrase):
        return 0.5
    if phrase.kind == "number":  # "the 1972 talks", and no other bare number
        return 0.5 if word.head in triggers and word.relation in ("number", "modifier", "compound") else None
    above = {w.index for t in triggers for w in sentence.path(t)}
    crossed: list[Word] = []
    at = word
    for step in sentence.path(word.index):
        if step.index in triggers or step.index in above:
            between = _crossing(context, phrase, word, crossed, step)
            if between is None or step.index in triggers:
                return between
            top = _above(context, phrase, at, step)
            return None if top is None else top + between
        crossed.append(step)
        at = step
    return 3.0 if phrase.is_fine and not any(w.kind in ("verb", "auxiliary") for w in crossed) else None


def _is_fixed_for(context: Context, phrase: Phrase) -> bool:
    """ "The visit to Baku, scheduled for 9 January": a clause of holding right after the contact, with the date at its end."""
    sentence = context.sentence
    end = context.contact.trigger.end - sentence.start
    between = sentence.plain[end : phrase.start]
    return _HELD_ON.search(between) is not None and not _contact_nouns(context, end, phrase.start)


def _is_of_another_contact(context: Context, phrase: Phrase) -> bool:
    """ "Met Xi after talks with Putin on Friday", "asked me at our meeting last week to call": another contact's date."""
    sentence = context.sentence
    end = context.contact.trigger.end - sentence.start
    others = _contact_nouns(context, 0, phrase.start)
    if others and phrase.start - (others[-1].end - sentence.start) == 1:
        return True
    return (
        bool(_contact_nouns(context, end, phrase.start))
        and _AFTER.search(sentence.plain[end : phrase.start]) is not None
    )


def _contact_nouns(context: Context, start: int, end: int) -> list[Word]:
    """The nouns of other contacts in a stretch of the sentence."""
    sentence, own = context.sentence, {w.index for w in context.contact.words}
    inside = [w for w in sentence.words if start <= w.start - sentence.start and w.end - sentence.start <= end]
    return [w for w in inside if w.kind in ("noun", "name") and w.index not in own and entry_for(w) is not None]


def _crossing(context: Context, phrase: Phrase, word: Word, crossed: list[Word], end: Word) -> float | None:
    """The cost of the words between a date and the contact: clauses and nouns that the date may belong to instead."""
    sentence, cost = context.sentence, 0.0
    triggers = {w.index for w in context.contact.words}
    if (
        word.relation in ("possessor", "compound", "modifier", "number")
        and crossed
        and crossed[0].lemma not in _STRETCH
    ):
        return None
    for step in crossed:
        head = sentence.words[step.head]
        if step.kind in ("verb", "auxiliary"):
            if step.relation == "relative" and head.index in triggers:
                cost += 0.5
            elif step.relation in ("purpose", "complement", "adverbial") and not _is_own_clause(sentence, step):
                cost += 1.0 if phrase.is_fine else 2.0
            else:
                return None
        elif entry_for(step) is not None and step.kind == "noun" and step.index not in triggers:
            return None
        elif step.kind == "name":
            cost += 0.5 if phrase.is_fine else 1.0
        elif step.lemma in _STRETCH:
            cost += 0.3
        elif (
            (step is crossed[0] and word.preposition == "of")
            or step.preposition in _BOUNDS
            or (not phrase.is_fine and (step.preposition in _TOPIC or end.lemma in _ABOUT))
        ):
            return None
        else:
            cost += 2.0
    if end.lemma in _ABOUT and crossed and end.kind == "verb" and not phrase.is_fine:
        return None
    return cost


def _is_own_clause(sentence: Sentence, verb: Word) -> bool:
    """Whether the clause has a subject of its own or is bound by "since", "after", "before"."""
    below = list(sentence.below(verb.index))
    return verb.preposition in _BOUNDS or any(
        w.relation in ("agent", "passive_subject")
        or (w.relation in ("marker", "preposition") and w.lemma in _BOUNDS | {"as", "while", "when", "because"})
        for w in below
    )


def _above(context: Context, phrase: Phrase, at: Word, step: Word) -> float | None:
    """The cost of a date on a word that governs the contact: the carrying verb, but not the verb of telling."""
    sentence, word = context.sentence, context.contact.word
    lower = [w for w in sentence.path(word.index) if w.kind in ("verb", "auxiliary")]
    lower = lower[: next((n for n, w in enumerate(lower) if w.index == step.index), len(lower))]
    if step.kind not in ("verb", "auxiliary"):
        if at.relation in ("possessor", "compound", "modifier") and step.lemma not in _STRETCH:
            return None
        return 1.0 if step.lemma in _STRETCH else 1.5
    if step.lemma in saying():
        return None
    if step.lemma in _DECIDES and context.value("status") in _AHEAD and at.preposition != "for":
        when = dates.resolve(phrase, context.on, ahead=True)
        is_later = when is not None and context.on is not None and when.start > context.on.isoformat()
        return 1.5 if is_later and phrase.kind != "weekday" else None
    told = any(w.lemma in saying() for w in lower)
    return None if told else 1.0 + 0.5 * len(lower)


def _looks_ahead(context: Context, word: Word) -> bool:
    """Whether the verb that the date hangs on points forward ("will continue in October") or back ("visited in December")."""
    sentence, status = context.sentence, context.value("status")
    triggers = {w.index for w in context.contact.words if w.kind == "noun"}
    if status in ("cancelled", "refused") and word.head in triggers:
        return True
    for step in [word, *sentence.path(word.index)]:
        if step.kind not in ("verb", "auxiliary") and step.lemma not in ("due", "upcoming"):
            continue
        below = list(sentence.below(step.index))
        helpers = {w.text.lower() for w in below if w.relation == "auxiliary"} | {step.text.lower()}
        if step.lemma in _FIXES or step.lemma == "upcoming":
            return word.preposition in _TOWARD if status == "postponed" else word.preposition != "from"
        if helpers & _FUTURE or ("would" in helpers and status in _AHEAD):
            return True
        if "to" in helpers and step.relation in ("complement", "relative"):
            return sentence.words[step.head].shape != "past" or status in _AHEAD
        if step.lemma in _DECIDES or step.shape in ("base", "gerund", "none"):
            continue
        if step.shape == "past" or helpers & {"had", "has", "have", "was", "were"}:
            return False
        return status in _AHEAD
    return status in _AHEAD
