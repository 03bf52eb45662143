"""Cut an account of a contact into points: what it says sentence by sentence, lists item by item."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from backchannel.actors import ActorTable, find
from backchannel.analysis import readouts_words as told
from backchannel.language import Sentence
from backchannel.records import UNKNOWN, Document, Mention

PointKind = Literal["contact", "item", "statement"]
_LEAST = 3
"""Words of the shortest statement that is a point."""
_SUBJECT = 8
"""Words that may stand before the verb of a list of subjects."""
_FRAME = 40
"""Words of the longest sentence that only tells that there was a contact."""
_ABOUT = re.compile(r"\b(?:about|regarding|concerning|to discuss|on the (?:situation|subject|topic|issue)|over)\b")
_ADJECTIVE = re.compile(r"\b(?:[a-z]+(?:al|ic|ive|ous|able|ible)|strong|frank|open|key|free|close|long|broad|candid)$")
_CLAUSE = re.compile(
    r"(?:,|;)?\s+(?:and|but|while|although)\s+(?:also\s+|further\s+|once again\s+|he\s+|she\s+|they\s+|that\s+)?(?=(?P<verb>[a-z]+(?:ed|ing|ose|oke|aid|ade|old)\b|made|told|said|called)"
    r"|(?:the\s+)?(?:President|Prime|Vladimir|Both|both|the\s+two|the\s+leaders|they)\b)"
    r"|;\s+|,\s+(?=(?P<ing>[a-z]+ing)\b)"
)
_BREAK = re.compile(
    r";|,?\s+(?:and|but)\s+(?:also\s+)?(?:agreed|expressed|noted|stressed|emphasi[sz]ed|reaffirmed|reiterated|underscored|urged|thanked|welcomed|made|called|said|decided|confirmed|condemned|committed)\b"
    r"|,\s+(?:which|who|where|noting|stressing|emphasi[sz]ing|underscoring|reaffirming|with\s+(?:an?\s+)?(?:emphasis|focus|special)|with\s+(?:[A-Z][\w.]*\s+){1,4}[a-z]+ing|with\s+both|in\s+particular)\b"
)
_COMMA = re.compile(
    r",\s+(?:and\s+|as\s+well\s+as\s+)?|\s+as\s+well\s+as\s+|,?\s+and\s+(?=(?:the|a|an|their|other|ways|how|our|joint|on|about)\s)"
)
_AND = re.compile(r"\s+and\s+(?=[^,]*$)")
_NUMBER = re.compile(
    r"(?<![\w.])\$?\d[\d,]*(?:\.\d+)?(?:st|nd|rd|th)?(?:\s*(?:percent|per cent|%|million|billion|thousand))?"
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = re.compile(
    rf"\b{_MONTH}\s+\d{{1,2}}(?:\s*[–-]\s*\d{{1,2}})?(?:,?\s+\d{{4}})?|\b\d{{1,2}}\s+{_MONTH}(?:\s+\d{{4}})?|\b{_MONTH}\s+\d{{4}}|\b(?:19|20)\d\d\b"
    r"|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)
_FIGURES = {
    name: str(number)
    for number, name in enumerate(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 2)
}
_FIGURE = re.compile(
    r"\b(" + "|".join(_FIGURES) + r")\b(?!\s+(?:leaders|presidents|sides|countries|nations|parties|ministers|heads))"
)
_TURN = re.compile(r"^\s*[A-Z][^:\n]{1,80}:\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing that an account says: ``text`` is the document's from ``start`` to ``end``.

    ``kind`` is ``contact`` for what only tells that there was one, ``item`` for one of a list. ``sayings`` are the
    classes of the verbs that carry it, ``speakers`` the actors that say it within the account (none for both together).
    """

    start: int
    end: int
    text: str
    kind: PointKind
    sayings: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    modals: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()
    items: int = 0
    is_negated: bool = False
    is_quoted: bool = False
    tokens: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    lead: tuple[int, int]
    kind: PointKind
    items: int = 0


def points(
    document: Document, sentences: Iterable[Sentence], actors: ActorTable, parties: Iterable[str]
) -> tuple[Point, ...]:
    """Give the points of an account, in order of appearance.

    Args:
        document: in which it stands.
        sentences: those that belong to it.
        actors: the dictionary, which gives names one form.
        parties: of the contact; a sentence that only names them tells nothing but the contact.
    """
    known, found = frozenset(parties), list[Point]()
    last: tuple[str, ...] = ()
    for sentence in sentences:
        if is_boilerplate(sentence.plain):
            continue
        mentions = find(sentence.plain, actors, on=document.published, context=known)
        for piece in _pieces(sentence.plain, mentions, known):
            made = _point(document, sentence, piece, mentions, last)
            if made is not None:
                found.append(made)
                last = made.speakers or last
    return tuple(found)


def is_boilerplate(plain: str) -> bool:
    """Tell whether a sentence is a greeting, a question of a reporter or furniture of the page.

    >>> is_boilerplate("Good evening, everyone!"), is_boilerplate("They spoke of grain.")
    (True, False)
    """
    text = plain.strip()
    return not text or told.boilerplate().match(text) is not None or text.endswith("?")


def _pieces(plain: str, mentions: Sequence[Mention], parties: frozenset[str]) -> Iterator[_Piece]:
    for start, end in _clauses(plain):
        at = start
        while at < end:
            listed, rest = _items(plain, at, end)
            if not listed:
                yield _Piece(at, end, (at, at), _kind(plain[at:end], mentions, at, parties))
                break
            head = plain[at : listed[0][0]]
            if told.words("contacts").search(head) is not None:
                yield _Piece(at, listed[0][0], (at, at), "contact")
            yield from (_Piece(a, b, (at, listed[0][0]), "item", len(listed)) for a, b in listed)
            at = rest


def _clauses(plain: str) -> Iterator[tuple[int, int]]:
    """Cut a sentence before each further verb of saying; quoted words stay whole."""
    quoted = [match.span() for match in re.finditer(r"[“\"][^”\"]*[”\"]", plain)]
    start = len(plain) - len(plain.lstrip())
    turn = _TURN.match(plain)
    start = turn.end() if turn is not None and not _is_saying(turn.group()) else start
    for match in _CLAUSE.finditer(plain, start):
        cut = match.end()
        if any(a < cut < b for a, b in quoted) or len(plain[start : match.start()].split()) < _LEAST:
            continue
        if _is_saying(plain[cut : cut + 60]) and len(plain[cut:].split()) >= _LEAST:
            yield start, match.start()
            start = cut
    end = len(plain.rstrip())
    if start < end:
        yield start, end


def _is_saying(rest: str) -> bool:
    """True when a verb of saying stands among the next words, so that a new point begins."""
    few = " ".join(rest.split()[:5])
    return any(one.pattern.search(few) is not None for one in told.sayings())


def _items(plain: str, start: int, end: int) -> tuple[list[tuple[int, int]], int]:
    """Give the items of a list of subjects ("discussed X, Y and Z") and where it ends; one subject is a list of one.

    A sentence that has said something before the verb of its subjects is no list.
    """
    (_, topics), *_ = told.named("topics")
    lead = topics.search(plain, start, end)
    if lead is None:
        return [], start
    head = plain[start : lead.start()]
    stands = told.words("contacts").search(head) is None and len(head.split()) > _SUBJECT
    says = any(one.pattern.search(head) is not None for one in told.sayings() if one.id != "discusses")
    if stands or says or told.words("negations").search(head) is not None:
        return [], start
    first = lead.end()
    stop = _BREAK.search(plain, first, end)
    last = stop.start() if stop is not None else end
    found, at = list[tuple[int, int]](), first
    for comma in _COMMA.finditer(plain, first, last):
        if _parts(plain, at, comma.start(), comma.end()):
            found.append((at, comma.start()))
            at = comma.end()
    joint = _AND.search(plain, at, last) if found else None
    found += [(at, joint.start()), (joint.end(), last)] if joint is not None else [(at, last)]
    trimmed = [_trimmed(plain, a, b) for a, b in found]
    kept = [(a, b) for a, b in trimmed if told.tokens(plain[a:b])]
    return kept, (_trimmed(plain, last, end)[0] if stop is not None and kept else end)


def _parts(plain: str, start: int, stop: int, following: int) -> bool:
    """True where a comma or "and" parts two subjects, not two adjectives, a date or the two sides of a relation."""
    before, after = plain[start:stop].strip(), plain[following : following + 30]
    if not before or after[:1].isdigit() or (_ADJECTIVE.search(before) is not None and after[:1].islower()):
        return False
    return "," in plain[stop:following] or re.search(r"\bbetween\b", before) is None


def _trimmed(plain: str, start: int, end: int) -> tuple[int, int]:
    while start < end and plain[start] in " ,.;:\n":
        start += 1
    while end > start and plain[end - 1] in " ,.;:\n":
        end -= 1
    return start, end


def _kind(text: str, mentions: Sequence[Mention], offset: int, parties: frozenset[str]) -> PointKind:
    """A clause with a word of contact that speaks of nothing but the parties, the place and the time is one of contact."""
    if told.words("contacts").search(text) is None:
        return "statement"
    if (
        len(text.split()) <= _FRAME
        and not _ABOUT.search(text)
        and not any(one.pattern.search(text) is not None for one in told.sayings())
    ):
        return "contact"
    inside = [m for m in mentions if offset <= m.start < offset + len(text)]
    bare = told.tokens(text, [_shifted(m, offset) for m in inside])
    rest = {one for one in bare if one.startswith("issue:") or (one.startswith("actor:") and one[6:] not in parties)}
    rest |= {one for one in bare if one.startswith("concept:") and one != "concept:negotiate"}
    return "contact" if not rest and len(text.split()) <= _FRAME else "statement"


def _point(
    document: Document, sentence: Sentence, piece: _Piece, mentions: Sequence[Mention], last: tuple[str, ...]
) -> Point | None:
    """Give the point of a piece; ``last`` are those who spoke before it, whom "he" goes on with."""
    start, end = _trimmed(sentence.plain, piece.start, piece.end)
    start += sentence.start
    end += sentence.start
    text = document.text[start:end]
    if not text or (piece.kind == "statement" and len(text.split()) < _LEAST):
        return None
    offset = start - sentence.start
    inside = [_shifted(m, offset) for m in mentions if offset <= m.start < end - sentence.start]
    lead = sentence.plain[piece.lead[0] : piece.lead[1]]
    whole = f"{lead} {text}" if lead else text
    dates = tuple(dict.fromkeys(match.group() for match in _DATE.finditer(text)))
    bare = _DATE.sub(" ", text)
    numbers = [_figure(match.group()) for match in _NUMBER.finditer(bare)]
    numbers += [_FIGURES[match.group(1)] for match in _FIGURE.finditer(bare)]
    return Point(
        start=start,
        end=end,
        text=text,
        kind=piece.kind,
        sayings=tuple(one.id for one in told.sayings() if one.pattern.search(whole) is not None),
        speakers=_speakers(sentence, piece, mentions, last),
        actors=tuple(sorted({m.actor for m in inside if m.actor is not None and m.actor != UNKNOWN})),
        issues=told.issues(text),
        numbers=tuple(dict.fromkeys(numbers)),
        dates=dates,
        modals=tuple(name for name, finds in told.named("modals") if finds.search(whole) is not None),
        hedges=tuple(dict.fromkeys(match.group().lower() for match in told.words("hedges").finditer(text))),
        items=piece.items,
        is_negated=told.words("negations").search(whole) is not None,
        is_quoted=any(mark in text for mark in '“"'),
        tokens=told.tokens(text, inside),
    )


def _figure(text: str) -> str:
    return re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|,(?=\d)", "", text).replace("per cent", "percent").strip(" ,.")


def _speakers(sentence: Sentence, piece: _Piece, mentions: Sequence[Mention], last: tuple[str, ...]) -> tuple[str, ...]:
    """Give who says the point within its account: the first actor before its verb; none where both do."""
    at = piece.lead[0] if piece.kind == "item" else piece.start
    text = sentence.plain[at : at + 90]
    opening = " ".join(text.split()[:5])
    if re.match(r"(?:He|She|he|she|His|Her)\b", opening.strip()):
        return last
    if told.words("joint").search(opening) is not None:
        return ()
    early = [m for m in mentions if at <= m.start < at + 60 and m.actor is not None]
    verb = next((match.start() for one in told.sayings() if (match := one.pattern.search(text)) is not None), len(text))
    before = [m.actor for m in early if m.start - at < verb and m.actor is not None]
    if len(set(before)) == 1:
        return (before[0],)
    return last if at > 0 and not before and piece.start > 0 and sentence.plain[:at].strip() else ()


def _shifted(mention: Mention, offset: int) -> Mention:
    return Mention(
        start=mention.start - offset,
        end=mention.end - offset,
        text=mention.text,
        actor=mention.actor,
        sector=mention.sector,
        person=mention.person,
        score=mention.score,
        by=mention.by,
    )
