"""Read where a contact took place: the place that hangs on the contact's own words."""

from __future__ import annotations

import re

from backchannel.aspects.base import Aspect, Context, aspect
from backchannel.language.grammar import Sentence, Word
from backchannel.records import Evidence, Where

_PLACES = frozenset({"in", "at", "on", "near", "outside", "aboard"})
_VENUE = re.compile(
    r"(?:House|Palace|Kremlin|Office|David|Hotel|Embassy|Residence|Headquarters|headquarters|Room|Centre|Center|Castle|Villa|Airport|Base|Assembly|Nations|Farm|Ranch|Lodge|Island|Strait|Summit|summit|sidelines|margins|Monastery|Vatican|Mar-a-Lago|Pentagon|border|airport|palace|embassy)$"
)
_TIME = re.compile(
    r"^(?:\d|January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
)


@aspect("where")
def read(context: Context) -> Aspect:
    """Give the place as the text has it, with its state where the dictionary knows it; ``None`` where the sentence is silent."""
    sentence = context.sentence
    found: list[tuple[int, Word, str]] = []
    triggers = context.contact.words
    carriers = {w.index for w in triggers}
    for word in triggers:
        for hops, step in enumerate([word, *sentence.path(word.index)]):
            if (
                step.kind in ("verb", "auxiliary")
                and step.index not in carriers
                and step.lemma in ("say", "announce", "report", "tell", "state", "add")
            ):
                break
            for below in sentence.below(step.index):
                if (
                    below.relation == "oblique"
                    and below.preposition in _PLACES
                    and below.index not in {t.index for t in triggers}
                ):
                    found.append((hops * 10, below, "oblique"))
                elif (
                    below.relation == "oblique"
                    and below.preposition in ("to", "for")
                    and (
                        step.lemma in ("travel", "visit", "trip", "go", "fly", "come", "arrive", "return", "head")
                        or context.contact.form == "visit"
                    )
                ):
                    found.append((hops * 10 + 2, below, "goal"))
                elif (
                    step.index in carriers
                    and below.relation in ("compound", "modifier")
                    and step.kind in ("noun", "name")
                ):
                    found.append((5, below, "compound"))
                elif below.relation in ("adverb", "measure") or (
                    below.relation == "oblique" and below.lemma in ("hour", "day", "minute", "time", "week")
                ):
                    found += [
                        (hops * 10 + 1, w, "oblique")
                        for w in sentence.below(below.index)
                        if w.relation == "oblique" and w.preposition in _PLACES
                    ]
                elif step.lemma in ("visit", "leave", "reach") and below.relation == "patient":
                    found.append((hops * 10 + 3, below, "patient"))
            if step.kind in ("verb", "auxiliary") and hops > 2:
                break
    for (
        placed
    ) in context.contact.placed:  # "met European Union officials in Brussels": the place may hang on the partner
        head = (
            sentence.word_at(placed.side.start, placed.side.end)
            if placed.kind in ("partner", "object") and placed.side.start is not None and placed.side.end is not None
            else None
        )
        if head is not None:
            found += [
                (4, w, "partner")
                for w in sentence.below(head.index)
                if w.relation == "oblique" and w.preposition in ("in", "at", "aboard")
            ]
    for below in sentence.words:  # a place in front of the clause: "In Vienna, envoys met"
        if (
            below.relation == "oblique"
            and below.preposition in ("in", "at")
            and below.index < 4
            and below.head in {w.index for t in triggers for w in sentence.path(t.index)}
        ):
            found.append((25, below, "front"))
    for _, word, kind in sorted(found, key=lambda one: (one[0], one[1].index)):
        place = _place(context, sentence, word, kind)
        if place is not None:
            return place
    return Aspect(value=None)


def _place(context: Context, sentence: Sentence, word: Word, kind: str) -> Aspect | None:
    mention = next(
        (m for m in context.roster.mentions.get(sentence.index, ()) if m.start < word.end and m.end > word.start), None
    )
    if _TIME.match(word.text) or (mention is None and word.kind != "name" and not _VENUE.search(word.text)):
        return None
    is_place = (
        mention is not None
        and mention.by in ("dictionary:city", "dictionary:capital", "dictionary:name", "dictionary:seat")
        and (mention.sector == "GOV" or mention.actor in ("UN", "EU"))
    )
    if kind == "compound":
        if mention is None or mention.by not in ("dictionary:city", "dictionary:capital"):
            return None
    elif kind in ("goal", "patient"):
        if not is_place and not _VENUE.search(word.text):
            return None
    elif (
        not is_place
        and not (
            word.kind == "name" and (_VENUE.search(word.text) or word.preposition in ("in", "at", "near", "aboard"))
        )
        and not _VENUE.search(word.text)
    ):
        return None
    if mention is not None and mention.person is not None:
        return None
    start, end = _extent(
        sentence, word, mention.start if mention else word.start, mention.end if mention else word.end, kind
    )
    text = sentence.text[start - sentence.start : end - sentence.start]
    country = mention.actor if mention is not None and mention.sector == "GOV" else None
    evidence = Evidence(start=start, end=end, text=text, by=f"where.{kind}")
    return Aspect(value=Where(text=text, country=country, start=start, end=end), evidence=(evidence,))


def _extent(sentence: Sentence, word: Word, start: int, end: int, kind: str) -> tuple[int, int]:
    """ "Cairo, Egypt"; "the Oval Office"; "Sochi"."""
    start, end = min(start, word.start), max(end, word.end)
    if kind != "compound":
        for below in sentence.below(word.index):
            if below.relation == "compound" and below.end <= word.start and word.start - below.end <= 1:
                start = min(start, below.start)
    match = re.match(r", ((?:the )?[A-Z][\w.]+(?: [A-Z][\w.]+)*)", sentence.text[end - sentence.start :])
    if match is not None and kind != "compound" and _is_state(sentence, end + 2, match.group(1)):
        end += match.end()
    return start, end


def _is_state(sentence: Sentence, start: int, name: str) -> bool:
    word = sentence.word_at(start, start + len(name))
    return (
        word is not None
        and word.relation in ("apposition", "conjunct", "oblique", "other")
        and word.kind == "name"
        and len(name.split()) <= 3
    )
