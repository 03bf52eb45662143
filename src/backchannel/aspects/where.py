"""Read where a contact took place: the place that grammar hangs on the contact's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backchannel.actors.find import find
from backchannel.aspects.base import Aspect, Context, aspect
from backchannel.aspects.occasion import is_of_title
from backchannel.attribution.classes import saying
from backchannel.contacts.lexicon import entry_for
from backchannel.language.grammar import Sentence, Word
from backchannel.records import Evidence, Mention, Where

_INSIDE = frozenset({"in", "at", "near", "outside", "aboard"})
_MOTION = frozenset(["arrive", "come", "fly", "go", "head", "journey", "make", "mission", "pay", "return", "sail", "tour", "travel", "trip", "visit"])  # fmt: skip
_REACHES = frozenset({"leave", "reach", "tour", "visit"})
_HELD = frozenset(["be", "begin", "conclude", "convene", "do", "end", "happen", "hold", "host", "occur", "open", "plan", "schedule", "sponsor", "start", "take"])  # fmt: skip
_HANDLES = frozenset({"attend", "conclude", "have", "hold", "make", "open", "pay", "sign"})
_EVENT = re.compile(
    r"(?:Action|Agreement|Conference|Council|Dialogue|Forum|Meeting|Ministerial|Process|Statement|Summit|Talks|Treaty|World)$"
)
_PAPER = re.compile(
    r"^(?:Annex|Appendix|Article|Attachment|Deptel|Document|Embtel|Enclosure|FY|Paragraph|Secto|Section|Tab)s?\b"
    r"|(?:Appraisal|Chronicle|Communiqué|Communique|Herald|Journal|Library|Memorandum|Review|Telegram|Times|Tribune)$|^[Aa]ide-[Mm][eé]moire"
)
"""Papers, their parts and numbers: what stands in them took place elsewhere."""
_ONLY_HELD = frozenset({"convene", "hold", "host", "schedule"})
"""What is done to talks and not to the parties beside whom the parser hangs the clause."""
_TIMES = frozenset(["beginning", "day", "hour", "minute", "month", "morning", "night", "part", "round", "series", "session", "set", "time", "week"])  # fmt: skip
_EDGES = frozenset({"edge", "edges", "fringe", "fringes", "margin", "margins", "sideline", "sidelines"})
_SPEAKS = frozenset({"call", "discuss", "exchange", "phone", "speak", "talk", "tell", "telephone"})
_RIGHT_BEHIND = re.compile(r" (?:(?P<to>to)|in|(?P<at>at)) (?:the )?")
_HALL = re.compile(r"\b(?:in|at) (?:the )?([A-Z]\w+(?: [A-Z]\w+)*)")
_IN_TITLE = re.compile(
    r"\b(?:(?P<goal>trip|travel|visit) to|(?:bilateral|conference|engagements?|events?|held|meetings?|place|summit|talks|trip|visit) in) (?:the )?",
    re.I,
)
_POINTERS = frozenset({"the", "this", "that", "these", "those", "their", "his", "her"})
_DISTANT = frozenset({"call", "message"})
_VENUE = re.compile(
    r"(?:House|Palace|Kremlin|Office|David|Hotel|Embassy|Residence|residence|Headquarters|headquarters|Room|Centre|Center|Castle|Villa|Airport|Base|Assembly|Nations"
    r"|Farm|Ranch|Lodge|Island|Strait|Monastery|Vatican|Mar-a-Lago|Pentagon|border|airport|palace|embassy)$"
)
_TIME = re.compile(
    r"^(?:\d|mid|early|late|January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.|[AP]\.?M\.?$|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
)
_TOWNS = ("dictionary:city", "dictionary:capital", "dictionary:seat")
_ON_LAND = re.compile(r"(?:Island|border|Heights|Peninsula)$")


@aspect("where")
def read(context: Context) -> Aspect:
    """Give the place as the text has it, with its state where the dictionary knows it; ``None`` where the sentence is silent."""
    found = sorted(_candidates(context), key=_rank)
    for _, word, kind in found:
        place = _place(context, word, kind)
        if place is not None:
            return place
    return _after_trigger(context) or _from_before(context) or _from_title(context) or Aspect(value=None)


_Found = tuple[float, Word, str]


def _rank(found: _Found) -> tuple[float, int]:
    return found[0], found[1].index


def _candidates(context: Context) -> Iterator[_Found]:
    sentence = context.sentence
    triggers = {w.index for w in context.contact.words}
    above = {w.index for t in triggers for w in sentence.path(t)}
    for word in sentence.words:
        if word.relation == "oblique" and _may_place(context, word, triggers):
            cost = _cost(context, word, triggers, above)
            if cost is not None:
                yield cost, word, "goal" if word.preposition in ("to", "into") else "oblique"
        elif word.relation == "patient" and word.head in triggers | above:
            head = sentence.words[word.head]
            if head.lemma in _REACHES:
                yield (0.2 if head.index in triggers else 1.2), word, "patient"
        elif word.relation in ("compound", "modifier") and word.head in triggers:
            yield 0.4, word, "compound"
        elif word.relation == "agent" and word.head in triggers | above and sentence.words[word.head].lemma == "host":
            yield 0.5, word, "host"


def _may_place(context: Context, word: Word, triggers: set[int]) -> bool:
    """Whether the preposition can hold the place of this contact; a talk "on Syria" is about it, a call is nowhere."""
    head = context.sentence.words[word.head]
    if context.read["form"].value in _DISTANT:
        return False
    if word.preposition in ("to", "into"):
        return head.lemma in _MOTION or (context.contact.form == "visit" and head.index in triggers)
    return word.preposition in _INSIDE or (word.preposition == "on" and _ON_LAND.search(word.text) is not None)


def _cost(context: Context, word: Word, triggers: set[int], above: set[int]) -> float | None:
    """How far grammar puts a place from the contact; ``None`` where it places something else."""
    sentence, cost = context.sentence, 0.0
    partners = set(_partners(context))
    for step in sentence.path(word.index):
        head = sentence.words[step.head]
        if step.index in triggers:
            return cost
        if step.index in above:
            return None if step.lemma in saying() else cost + _height(context, step)
        if step.kind in ("verb", "auxiliary"):
            is_held = step.relation == "relative" and step.lemma in (_HELD if head.index in triggers else _ONLY_HELD)
            moves = (
                step.relation in ("purpose", "complement", "adverbial", "conjunct") and step.lemma in _MOTION | _HELD
            )
            if not is_held and (not moves or any(w.relation == "agent" for w in sentence.below(step.index))):
                return None
            cost += 0.3 if is_held else 1.0
        elif step.index in partners:
            cost += 0.5
        elif step.relation == "patient" and head.index in triggers and head.lemma in _HANDLES:
            cost += 0.7
        elif step.kind == "noun" and step.lemma in _MOTION and context.contact.word.lemma in _SPEAKS:
            return None
        elif step.text.lower() in _EDGES or step.lemma in _TIMES or step.lemma in _MOTION:
            cost += 0.3
        elif step.kind == "name" and (
            _stands_apart(sentence, word) or step.preposition not in ("of", "to", "from", "on", "about")
        ):
            cost += 0.6
        elif step.kind == "name" or any(w.text.lower() in _EDGES for w in sentence.path(step.index)):
            cost += 1.5
        elif entry_for(step) is not None or step.kind == "noun":
            return None
    return None


def _stands_apart(sentence: Sentence, word: Word) -> bool:
    """ "Held a summit with the President of China, in Woodside": a comma parts the place from the name before it."""
    return re.search(r",\s+(?:in|at)\s+(?:the\s+)?$", sentence.plain[: word.start - sentence.start]) is not None


def _height(context: Context, step: Word) -> float:
    path = context.sentence.path(context.contact.word.index)
    lower = 0
    for word in path:
        if word.index == step.index:
            break
        lower += word.kind in ("verb", "auxiliary")
    return 1.0 + 0.5 * lower


def _partners(context: Context) -> Iterator[int]:
    """ "Met European Union officials in Brussels": the place may hang on the partner, whom the parser takes for local."""
    sentence = context.sentence
    for placed in context.contact.placed:
        side = placed.side
        if placed.kind in ("partner", "object", "between") and side.start is not None and side.end is not None:
            head = sentence.word_at(side.start, side.end)
            if head is not None:
                yield head.index
                yield from (w.index for w in sentence.below(head.index) if w.relation == "apposition")
                if head.relation in ("compound", "modifier", "possessor"):
                    yield head.head


def _mention(context: Context, word: Word) -> Mention | None:
    mentions = context.roster.mentions.get(context.sentence.index, ())
    return next((m for m in mentions if m.start < word.end and m.end > word.start), None)


def _place(context: Context, word: Word, kind: str) -> Aspect | None:
    sentence, mention = context.sentence, _mention(context, word)
    if _TIME.match(word.text) or _EVENT.search(word.text) or not word.text[0].isalpha():
        return None
    if mention is None and _PAPER.search(word.text):
        return None
    if word.text.lower() in _EDGES or (mention is not None and mention.person is not None):
        return None
    is_venue = _VENUE.search(word.text) is not None
    is_place = mention is not None and (
        mention.by in _TOWNS or (mention.by == "dictionary:name" and (mention.sector == "GOV" or mention.actor == "UN"))
    )
    if mention is not None and mention.actor == "EU" and mention.by not in _TOWNS:
        return None
    if kind == "compound":
        is_place = mention is not None and mention.by in ("dictionary:city", "dictionary:capital")
        is_venue = is_venue and word.text[:1].isupper()
    if kind == "host":
        is_place, is_venue = False, (is_venue and mention is None) or word.text == "Kremlin"
    is_named = kind == "oblique" and word.kind == "name" and (mention is None or is_place)
    if not (is_place or is_venue or is_named):
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
    if kind != "compound" or word.relation == "compound":
        for below in sentence.below(word.index):
            if below.relation == "compound" and below.end <= word.start and word.start - below.end <= 1:
                start = min(start, below.start)
    match = re.match(
        r", ((?:the )?(?:[A-Z]\w+|(?:[A-Z]\.)+)(?: (?:[A-Z]\w+|(?:[A-Z]\.)+))*)", sentence.text[end - sentence.start :]
    )
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


def _after_trigger(context: Context) -> Aspect | None:
    """ "His secret visit to Moscow January 22": the place right behind the words of the contact, whatever the parser made of it."""
    sentence = context.sentence
    if context.read["form"].value in _DISTANT:
        return None
    end = context.contact.trigger.end
    match = _RIGHT_BEHIND.match(sentence.plain, end - sentence.start)
    if match is None or (match["to"] and context.contact.word.lemma not in _MOTION):
        return None
    start = sentence.start + match.end()
    mentions = context.roster.mentions.get(sentence.index, ())
    found = next((m for m in mentions if m.start == start and (m.by in _TOWNS or m.sector == "GOV")), None)
    if found is None or found.person is not None or (match["at"] and found.by not in _TOWNS):
        return None
    word = sentence.word_at(found.start, found.end)
    if word is None or word.end > found.end:
        return None
    first, last = _extent(sentence, word, found.start, found.end, "oblique")
    text = sentence.text[first - sentence.start : last - sentence.start]
    evidence = Evidence(start=first, end=last, text=text, by="where.oblique")
    country = found.actor if found.sector == "GOV" else None
    return Aspect(value=Where(text=text, country=country, start=first, end=last), evidence=(evidence,))


def _from_before(context: Context) -> Aspect | None:
    """The one town or hall that the sentence before tells, for a contact that points back to it ("during the talks")."""
    before = context.previous
    if context.before is not None and context.before["where"].value is not None:
        return context.before["where"]
    if before is None or not _points_back(context) or context.value("status") not in ("occurred", "ongoing"):
        return None
    found = [
        (m.start, m.end, m.actor)
        for m in context.roster.mentions.get(before.index, ())
        if m.by in ("dictionary:city", "dictionary:capital")
        and re.search(r"\b(?:in|at) $", before.text[: m.start - before.start])
    ]
    halls = [m.span(1) for m in _HALL.finditer(before.plain) if _VENUE.search(m.group(1))]
    found += [(before.start + a, before.start + b, None) for a, b in halls]
    if len({start for start, _, _ in found}) != 1:
        return None
    start, end, country = found[-1]
    text = before.text[start - before.start : end - before.start]
    evidence = Evidence(start=start, end=end, text=text, by="where.previous")
    return Aspect(value=Where(text=text, country=country, start=start, end=end), evidence=(evidence,))


def _points_back(context: Context) -> bool:
    """ "The talks", "their meeting": whether the contact is one that was told of before."""
    word = context.contact.word
    if word.kind != "noun" or context.read["form"].value in _DISTANT:
        return False
    return any(w.text.lower() in _POINTERS for w in context.sentence.below(word.index))


def _from_title(context: Context) -> Aspect | None:
    """The place that the title gives the contact of which an official account tells ("Trip to Oman", "summit in Bari")."""
    title = context.roster.title_text
    if context.read["form"].value in _DISTANT or context.value("status") not in ("occurred", "ongoing"):
        return None
    match = _IN_TITLE.search(title)
    if match is None or context.roster.profile.kind == "background_call" or not is_of_title(context):
        return None
    found = next((m for m in find(title, context.table, on=context.on) if m.start == match.end()), None)
    if found is None or found.person is not None or (found.by not in _TOWNS and not match["goal"]):
        return None
    evidence = Evidence(start=found.start, end=found.end, text=found.text, by="title:where")
    place = Where(text=found.text, country=found.actor if found.sector == "GOV" else None, start=None, end=None)
    return Aspect(value=place, evidence=(evidence,))
