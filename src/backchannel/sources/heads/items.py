"""One line of a list of those present becomes the people it names, or the office or number it gives instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from backchannel.sources.heads.lexicon import lexicon, plain
from backchannel.sources.heads.names import Found, Run, Token, runs, segments, tokens

_PREFIX = re.compile(r"^[^,;:—–]{1,45}?(?:\s*(?P<mark>[—–:])\s*|\s+-{1,2}\s+)(?=\S)")
_COMPOUND = re.compile(r"\b(?:inter|politico|co|non|sub|anglo|sino|vice|under)$", re.I)
_JUNIOR = re.compile(r"\s*(?:jr|sr|[1-3](?:st|nd|rd)|ii|iii|iv)\.?,?\s*", re.I)


def people(item: str) -> list[Found]:
    """Give those an item names, in order; one without a name where it gives an office ("The President") or a number.

    >>> item = "NEA—Mr. Aasgaard, Director, and Colonel Berg"
    >>> [item[slice(*one.name)] for one in people(item)]
    ['Aasgaard', 'Berg']
    """
    found: list[Found] = []
    for start, end in _clauses(item):
        further = list(_clause(item, start, end))
        is_rest = bool(found) and not any(one.name for one in further) and "[" not in item[start:end]
        found.extend(() if is_rest else further)
    return found


def _clauses(item: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in (*re.finditer(";", item), None):
        end = len(item) if mark is None else mark.start()
        if item[start:end].strip():
            yield start + len(item[start:end]) - len(item[start:end].lstrip()), end
        start = end + 1


def _clause(item: str, start: int, end: int) -> Iterator[Found]:
    """Yield those of a clause: what stands before a dash or colon is a body, or a name with its office behind."""
    prefix = _PREFIX.match(item[start:end])
    if prefix is None or _COMPOUND.search(prefix.group().rstrip("—–: -")):
        yield from _listed(item, start, end)
        return
    middle = start + prefix.end()
    left = _own(tokens(item, start, middle))
    right = _own(tokens(item, middle, next(segments(item[middle:end]), (0, end - middle))[1] + middle))
    named_left = any(run.is_sure for run in left) or (left and not any(run.is_sure for run in right))
    both = named_left and any(run.is_sure for run in right)
    if named_left:
        run = left[0]
        name_end = _with_junior(item, run.end, middle)
        until = right[0].lead if both else end
        office = _trimmed(item, middle, until)
        yield Found(start=start, end=until, name=(run.start, name_end), office=office, is_sure=run.is_sure)
        if both:
            yield from _listed(item, right[0].lead, end)
        return
    for one in _listed(item, middle, end):
        body = _trimmed(item, start, middle)
        yield Found(start=start, end=one.end, name=one.name, office=one.office or body, is_sure=one.is_sure)


def _listed(item: str, start: int, end: int) -> Iterator[Found]:
    """Yield those of a clause without a body before it."""
    parts = [(start + a, start + b) for a, b in segments(item[start:end])]
    named = list(_named(item, parts))
    if not named:
        yield Found(start=start, end=end, office=_trimmed(item, start, end))
        return
    first = parts[0]
    if named[0].lead >= first[1] and _is_list(item, parts) and is_office(item[slice(*first)]):
        yield Found(start=first[0], end=first[1], office=_trimmed(item, *first))
        start = named[0].lead
    for place, run in enumerate(named):
        begin = start if place == 0 else run.lead
        until = named[place + 1].lead if place + 1 < len(named) else end
        name_end = _with_junior(item, run.end, until)
        after = _trimmed(item, name_end, until)
        before = _trimmed(item, begin, run.start)
        is_title = before is not None and _has_office(item[slice(*before)])
        sure = run.is_sure or (after is not None and _has_office(item[slice(*after)]))
        yield Found(
            start=begin,
            end=until,
            name=(run.start, name_end),
            office=after or (before if is_title else None),
            is_sure=sure,
        )


def _named(item: str, parts: Sequence[tuple[int, int]]) -> Iterator[Run]:
    """Yield the name of each of the people, segment by segment."""
    is_plural, is_seen = False, False
    is_list = _is_bare(item, parts) or _is_list(item, parts)
    for place, (start, end) in enumerate(parts):
        words = tokens(item, start, end)
        own = _own(words)
        is_aside = item[:start].rstrip().endswith("(")
        is_plural = is_plural or any(one.word in lexicon().plural for one in words[:2])
        if place == 0 or is_plural or (is_list and not is_aside):
            chosen = _several(item, own)
        elif is_seen and is_aside:
            chosen = []
        elif not is_seen:
            chosen = [run for run in own[:1] if run.is_sure]
        else:
            chosen = [run for run in own if _begins(item, run, words)]
        is_seen = is_seen or bool(chosen)
        yield from chosen


def _is_list(item: str, parts: Sequence[tuple[int, int]]) -> bool:
    """Whether several segments are a titled name and no more ("Governor Lund, Mr. Berg, ..."): then each is somebody."""
    whole = 0
    for start, end in parts:
        words = tokens(item, start, end)
        own = _own(words)
        is_titled = (
            bool(own) and own[0].titled and own[0].lead == words[0].start and words[0].word not in lexicon().light
        )
        whole += is_titled and own[-1].tokens[-1] is words[-1]
    return len(parts) > 1 and whole > 1


def _own(words: Sequence[Token]) -> list[Run]:
    return [run for run in runs(words) if not run.governed]


def _several(item: str, own: Sequence[Run]) -> list[Run]:
    """Of the names in the first segment: the first, and each further one with a title, a sure form or "and" before it."""
    kept = list(own[:1])
    for run in own[1:]:
        before = item[kept[-1].end : run.start].strip()
        if run.is_sure or before in ("and", "&"):
            kept.append(run)
    return kept


def _begins(item: str, run: Run, words: Sequence[Token]) -> bool:
    """Whether a later segment names another one: "and Mr. Berg", "Governor Lund", or a full name behind an office."""
    before = item[words[0].start : run.start].strip()
    is_joined = words[0].word in ("and", "&")
    first = words[1] if is_joined and len(words) > 1 else words[0]
    if is_joined and run.start == first.start and len(run.tokens) > 1:
        return True
    if run.titled and run.lead == first.start and first.word not in lexicon().light:
        return run.tokens[-1] is words[-1] or first.word in lexicon().courtesy | lexicon().ranks or is_joined
    return run.is_sure and not run.titled and len(run.tokens) > 1 and run.tokens[-1] is words[-1] and bool(before)


def _is_bare(item: str, parts: Sequence[tuple[int, int]]) -> bool:
    """Whether an item is surnames with commas between them and nothing else."""
    several = [tokens(item, start, end) for start, end in parts]
    return len(several) > 2 and all(len(own) == 1 and own[0].is_capital for own in several[:-1])


def _with_junior(item: str, end: int, limit: int) -> int:
    """Give where a name ends with the "Jr." behind its comma."""
    found = re.match(r",?\s*(?:Jr|Sr|II|III|IV|[1-3](?:st|nd|rd))\b\.?", item[end:limit])
    return end + len(found.group()) if found else end


def _has_office(text: str) -> bool:
    own = {one.word for one in tokens(text)}
    words = lexicon()
    return bool(own & (words.holders | words.ranks)) or any(len(word) > 2 and word in words.office for word in own)


def _trimmed(item: str, start: int, end: int) -> tuple[int, int] | None:
    """Give the offsets without marks and joining words at the edges, ``None`` where nothing is left."""
    text = item[start:end]
    lead = re.match(r"[\s,;:()—–*>-]*(?:and\s+)?", text)
    start += lead.end() if lead else 0
    text = item[start:end].rstrip(" ,;:(—–-*>")
    text = re.sub(r"[\s,]+and$", "", text)
    if text.endswith(")") and "(" not in text:
        text = text[:-1]
    return (start, start + len(text)) if text.strip(" .") else None


def is_item(line: str, body: str) -> bool:
    """Whether a line can be an item: no words but names, offices and what goes with them.

    Args:
        line: the line, without what encloses it.
        body: the text of the record, in which those present speak or are spoken of.
    """
    bare = re.sub(r"\[[^\]]*\]|\([^)]*\)", " ", line)
    words = [one for one in tokens(bare) if one.word]
    if not words:
        return "declassified" in line or "deleted" in line or line.startswith("(")
    allowed = lexicon().of_items
    small = [one for one in words if one.text[:1].islower() and not re.search(r"\d", one.text)]
    if any(one.word not in allowed and not _is_compound(one.word, allowed) for one in small):
        return False
    return not re.match(r"\(?\d+[.)]\s", line) and (not line.endswith(".") or _ends_short(line) or not body)


def _is_compound(word: str, allowed: frozenset[str]) -> bool:
    return all(part in allowed for part in re.split(r"[-/]", word)) if re.search(r"[-/]", word) else False


def _ends_short(line: str) -> bool:
    """Whether the last word is an abbreviation, or the line too short for a sentence."""
    return (
        len(line) < 60
        or " present " in line
        or bool(re.search(r"\b(?:[A-Z]|Jr|Sr|Assoc|Inc|Co|Corp|Dept|U\.S|a\.i)\.$", line))
    )


def is_office(line: str) -> bool:
    """Whether a line without a name gives who held an office, or how many of a kind there were."""
    own = [one.word for one in tokens(line)]
    return any(word in lexicon().holders for word in own) or "declassified" in plain(line) or "deleted" in plain(line)


def is_side(line: str) -> bool:
    """Whether a line names a side: a state or body with nobody in it.

    >>> is_side("Soviet Side"), is_side("The President"), is_side("Mr. Aasgaard")
    (True, False, False)
    """
    own = tokens(line.strip().rstrip(":>—–- "))
    words = lexicon()
    if not own or len(own) > 7 or (is_office(line) and not line.rstrip().endswith(":")):
        return False
    known = words.sides | words.states
    acronym = len(own) == 1 and own[0].text.isupper() and len(own[0].text) < 6
    return acronym or all(
        one.word in known or one.word.replace(".", "") in {"us", "uk", "ussr", "un", "prc", "uae"} for one in own
    )
