"""Find the source that a sentence names for a contact, and its class."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from backchannel import attribution
from backchannel.aspects.base import Context, evidence_at, words_as_evidence
from backchannel.attribution import classes
from backchannel.attribution.classes import naming, saying
from backchannel.attribution.contents import has_that
from backchannel.language.grammar import Sentence, Word
from backchannel.records import Evidence, Mention, SourceClass, Span

_SAID = re.compile(
    r"\s*(?:[A-Z][^,;:.]{0,60}, )?(?P<who>(?:(?:[A-Z][\w.'’-]+ ){0,4}[A-Z][\w'’-]+|He|She))(?: then| also)? "
    r"(?P<verb>said|stated|added|replied|answered|explained|argued|stressed|noted|remarked|continued|emphasized)\b"
)
_TO_OUTLET = re.compile(
    r"\b(?:told|informed|tells|telling|(?:interview|interviewed|conversation|remarks|comments|statement|spoke|speaking)(?: on \w+)? (?:with|by|to|for))\s+(?:the )?(?:[a-z]+ ){0,3}$"
)
_RUMOURS = frozenset({"rumor", "rumour"})
_OWN = re.compile(r"\b(?:I|we|my|our|me|us)\b")


@dataclass(frozen=True, slots=True)
class Source:
    """A source in the sentence: its class, its phrase and the words that make it one."""

    source_class: SourceClass
    speaker: Span | None
    evidence: Evidence
    was_said: bool = False
    """Whether a verb in the past tense tells that it was said, so that even "I said" and "you said" name a speaker."""
    chain: tuple[Span, ...] = ()
    """Through whom it came: those on whose word the source tells it, the nearest to the contact first, then the outlet
    that passed on what the source said."""


def find_source(context: Context) -> Source | None:
    """Give the source that the sentence names for the contact, or ``None``."""
    word = context.contact.word
    phrase = by_phrase(context)
    governed = _by_verb(context, word) or _by_document(context, word)
    if phrase is not None and phrase.source_class == "unnamed_insider":
        return _through(context, phrase, governed)
    according = _according(context)
    source = _through(context, according, governed) if according is not None else governed
    if source is not None:
        source = _told_to(context, source)
    if source is not None:
        if (
            phrase is not None
            and phrase.source_class == "unnamed_official"
            and source.source_class in ("institution", "collective")
        ):
            return phrase
        return source
    return phrase or _by_content(context, word)


def _through(context: Context, source: Source, other: Source | None) -> Source:
    """Give the source with the teller that a verb names besides it: behind it, or in front of it where it is an outlet."""
    if other is None or other.speaker is None or source.speaker is None:
        return source
    if other.speaker.start < source.speaker.end and source.speaker.start < other.speaker.end:
        return source
    return replace(source, chain=_links(source, (*other.chain, other.speaker, *source.chain)))


def _told_to(context: Context, source: Source) -> Source:
    """Give the source with the outlet that it spoke to ("told Reuters", "in an interview with the BBC")."""
    taken = {(link.start, link.end) for link in source.chain}
    for mention in _mentions(context):
        before = context.sentence.text[: mention.start - context.sentence.start]
        if mention.by.startswith("outlet:") and _TO_OUTLET.search(before) and (mention.start, mention.end) not in taken:
            outlet = Span(start=mention.start, end=mention.end, text=mention.text)
            return replace(source, chain=(*source.chain, outlet))
    return source


def carried_on(context: Context) -> Source | None:
    """Who speaks on in a record's sentence: "Haas said he had a proposal. If talks were held, ..."; told by the tense
    of reported speech ("were", "would"), without "I" or "we"."""
    before, sentence = context.previous, context.sentence
    if before is None or before.paragraph != sentence.paragraph:
        return None
    said = _SAID.match(before.plain)
    root = next((w for w in sentence.words if w.head == w.index), None)
    if said is None or root is None or not _is_shifted(sentence, root) or _OWN.search(sentence.plain):
        return None
    evidence = evidence_at(before, said.start("verb"), said.end("verb"), "voice.before:named_person")
    start, end = said.span("who")
    speaker = Span(start=before.start + start, end=before.start + end, text=before.text[start:end])
    return Source("named_person", None if said["who"] in ("He", "She") else speaker, evidence)


def _is_shifted(sentence: Sentence, root: Word) -> bool:
    helpers = [w for w in sentence.below(root.index) if w.relation == "auxiliary"]
    return any(w.shape == "past" or w.text.lower() in ("would", "could", "might") for w in helpers)


def _by_document(context: Context, trigger: Word) -> Source | None:
    """ "A leaked memo detailing a conversation", "rumours in Lisbon of contacts": the noun hands the contact over."""
    sentence = context.sentence
    for below, step in itertools.pairwise([trigger, *sentence.path(trigger.index)]):
        value = classes.nouns().get(step.lemma) if step.kind == "noun" else None
        details = value == "document" and below.relation == "relative" and below.kind == "verb"
        between = {w.text.lower() for w in sentence.words[step.index : trigger.index]}
        spreads = step.lemma in _RUMOURS and below.relation == "oblique" and bool(between & {"of", "about"})
        if value is not None and (details or spreads):
            words = words_as_evidence(sentence, [step], f"voice.noun:{value}")
            return Source(value, naming(sentence, step), words)
    return None


def by_phrase(context: Context) -> Source | None:
    """A formula of hearsay or anonymity that stands before the contact, or close to it."""
    sentence, trigger = context.sentence, context.contact.trigger
    for pattern, value in classes.phrases():
        for match in pattern.finditer(sentence.text):
            behind = sentence.start + match.start() - trigger.end
            if value == "media_report" and behind > 0 and (behind > 50 or match.group().lower() != "reportedly"):
                continue
            if (
                value == "media_report"
                and re.match(r"reports?\b", match.group(), re.I)
                and _is_verb(sentence, match.start())
            ):
                continue
            evidence = evidence_at(sentence, match.start(), match.end(), f"voice.phrase:{value}")
            return Source(value, _around(sentence, match.start(), match.end(), value), evidence)
    return None


def _is_verb(sentence: Sentence, start: int) -> bool:
    return any(w.start - sentence.start == start and w.kind == "verb" for w in sentence.words)


def _around(sentence: Sentence, start: int, end: int, value: SourceClass) -> Span | None:
    """The source's phrase around a formula: "three people familiar with the matter"."""
    if value == "unnamed_insider":
        head = next(
            (
                w
                for w in sentence.words
                if w.lemma in ("person", "people", "source", "official", "diplomat")
                and abs(w.start - sentence.start - start) < 40
            ),
            None,
        )
        if head is not None:
            tree = [w for w in sentence.tree(head.index) if w.relation not in ("relative",)]
            left, right = min(w.start for w in tree), max(w.end for w in tree)
            right = max(right, sentence.start + end)
            return Span(start=left, end=right, text=sentence.text[left - sentence.start : right - sentence.start])
        return Span(start=sentence.start + start, end=sentence.start + end, text=sentence.text[start:end])
    if value == "collective":
        end = start + len(sentence.text[start:end].split()[0])
        return Span(start=sentence.start + start, end=sentence.start + end, text=sentence.text[start:end])
    return None


def _according(context: Context) -> Source | None:
    sentence = context.sentence
    for word in sentence.words:
        if word.text.lower() == "according":
            for below in sentence.words[word.index + 1 : word.index + 12]:
                if below.relation == "oblique" and below.preposition == "to":
                    return _source(context, below, "voice.according")
    for word in sentence.words:
        if word.lemma in ("cite", "quote") and word.shape == "gerund":
            for below in sentence.below(word.index):
                if below.relation == "patient":
                    return _source(context, below, "voice.citing")
    return None


def _by_verb(context: Context, trigger: Word) -> Source | None:
    """The outermost verb of saying above the contact hands it to its subject; tellers further in stand behind him."""
    found = list(_tellers(context, trigger))
    if not found:
        return None
    return replace(found[-1], chain=_links(found[-1], (one.speaker for one in found[:-1])))


def _links(source: Source, links: Iterable[Span | None]) -> tuple[Span, ...]:
    """Those of ``links`` that are somebody else than the source; "I", "you" and the like are nobody else."""
    own = source.speaker.text.lower() if source.speaker is not None else ""
    return tuple(
        one for one in links if one is not None and one.text.lower() not in (own, "i", "we", "you", "they", "it")
    )


def _tellers(context: Context, trigger: Word) -> Iterator[Source]:
    """Yield who tells it by a verb of saying, from the contact outwards."""
    sentence = context.sentence
    steps = [trigger, *sentence.path(trigger.index)]
    for below, step in itertools.pairwise(steps):
        if step.kind != "verb" or step.lemma not in saying() or not _hands_over(sentence, step, below):
            continue
        subject = _teller(sentence, step)
        source = _source(context, subject, f"voice.verb:{step.lemma}") if subject is not None else None
        if source is not None:
            yield replace(source, was_said=_is_past(sentence, step))


def _is_past(sentence: Sentence, verb: Word) -> bool:
    """Whether it was said: "said", "had said", "went on to say"."""
    head = sentence.words[verb.head]
    if verb.shape == "base" and verb.relation == "complement" and head.lemma in ("go", "continue", "begin", "come"):
        return head.shape == "past"
    helpers = [w for w in sentence.below(verb.index) if w.relation == "auxiliary"]
    return (verb.shape == "past" and not helpers) or any(w.text.lower() == "had" for w in helpers)


def _teller(sentence: Sentence, verb: Word) -> Word | None:
    for relation in ("agent", "passive_agent"):
        for word in sentence.below(verb.index):
            if word.relation == relation:
                return word
    head = sentence.words[verb.head]
    if verb.relation in ("conjunct", "complement") and head.kind in ("verb", "auxiliary"):
        return next((w for w in sentence.below(head.index) if w.relation == "agent"), None)
    return None


def _by_content(context: Context, trigger: Word) -> Source | None:
    """What the room of attribution reads where no verb of saying governs the contact in the parse: a verb set behind it,
    a quotation, in a record also what somebody feels or knows."""
    sentence = context.sentence
    found = []
    if not any(w.kind == "verb" and w.lemma in _cues(context) for w in sentence.words):
        return None
    for draft in attribution.told(context.document.text, (sentence,)):
        is_told = trigger.index in draft.content or any(a <= trigger.start < b for a, b in draft.quoted)
        if (
            is_told
            and draft.source
            and draft.head.lemma in _cues(context)
            and not _is_circumstance(sentence, trigger, draft.head)
        ):
            found.append(draft)
    for draft in sorted(found, key=_reach, reverse=True):
        head = sentence.word_at(draft.source[0].start, draft.source[-1].end)
        source = _source(context, head, f"voice.told:{draft.head.lemma}") if head is not None else None
        if source is not None:
            return source
    return None


def _reach(draft: attribution.Draft) -> int:
    return len(draft.content)


def _cues(context: Context) -> frozenset[str]:
    """The cues that tell of a fact: verbs of saying, not deeds done in words ("proposes"); in a record, whose every
    sentence is somebody's words, also what is felt and known."""
    if context.roster.profile.kind == "record":
        return saying() | classes.holding()
    return saying() - classes.doing()


def _is_circumstance(sentence: Sentence, trigger: Word, cue: Word) -> bool:
    """ "After talks, they announced that": the contact is when they spoke, not what they said."""
    below = trigger
    for step in sentence.path(trigger.index):
        if step.index == cue.index:
            return below.relation in ("oblique", "adverbial", "measure")
        below = step
    return trigger.index == cue.index


_OBJECTS_TOLD = frozenset(
    {
        "announce",
        "confirm",
        "deny",
        "report",
        "reveal",
        "disclose",
        "acknowledge",
        "claim",
        "describe",
        "allege",
        "admit",
    }
)


def _hands_over(sentence: Sentence, verb: Word, below: Word) -> bool:
    """Whether the verb of saying governs the contact: by a clause, by its object for some verbs, or "of" and "about" it."""
    if below.relation in ("complement", "other") or (below.relation == "conjunct" and has_that(sentence, below)):
        return True
    if below.relation == "patient" and verb.lemma in _OBJECTS_TOLD:
        return below.lemma not in ("entry", "access", "visa", "request", "permission")
    if below.relation == "oblique":
        return below.preposition in ("of", "about") or (
            verb.lemma in ("remind", "inform", "tell", "speak") and below.preposition in ("on", "of", "about")
        )
    return below.relation == "relative" and below.shape in ("base", "gerund") and verb.lemma in _OBJECTS_TOLD


def _source(context: Context, head: Word, by: str) -> Source | None:
    sentence = context.sentence
    value = classes.classify(sentence, head, _mentions(context), knows_speaker=_knows_speaker(context))
    if value is None or any(w.text.lower() in ("neither", "no") for w in sentence.below(head.index)):
        return None
    speaker = _named_before(context, head) if head.text.lower() in ("he", "she") else naming(sentence, head)
    return Source(value, speaker, words_as_evidence(sentence, [head], by + f":{value}"))


def _named_before(context: Context, head: Word) -> Span | None:
    """The person whom "he" stands for: the last one named before it; ``None`` where nobody is."""
    here = [m for m in _mentions(context) if m.end <= head.start and m.person is not None]
    mention = (
        here[-1] if here else next((m for m in context.roster.before(context.sentence) if m.person is not None), None)
    )
    return Span(start=mention.start, end=mention.end, text=mention.text) if mention is not None else None


def _mentions(context: Context) -> tuple[Mention, ...]:
    return context.roster.mentions.get(context.sentence.index, ())


def _knows_speaker(context: Context) -> bool:
    return context.sentence.speaker is not None or context.roster.profile.home is not None
