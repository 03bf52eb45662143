"""Read from whom a contact was kept, where the text names them: an institution, an actor or a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from backchannel import vocabulary
from backchannel.aspects.base import Aspect, Context, aspect, evidence_at
from backchannel.language.grammar import Sentence
from backchannel.records import Evidence, Mention

FILE = "withheld.yml"
_REACH = 160
"""Characters between a contact and the words that say it was kept from somebody, at most."""
_SHORT = 90
"""Characters of a sentence after the contact that need not say again what was kept."""
_TITLES = re.compile(
    r"(?:(?:Secretary|Ambassador|President|Prime Minister|Foreign Minister|Minister|General|Mr\.|Mrs\.) )+"
)
_WHO, _THAT = r"(?P<who>\S.*?)", r"(?P<that>(?:[\w'’-]+ ){0,5}?[\w'’-]+)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whom:
    """One from whom it was kept: ``id`` of an institution, an actor or a person's name, and where the words stand."""

    id: str
    start: int
    end: int


@aspect("withheld")
def read(context: Context) -> Aspect:
    """Give those from whom the text says the contact was kept, as plain values; empty where it names nobody.

    The words stand in the contact's sentence or in the next one, which points back to it. A party of the contact is
    none from whom it was kept.
    """
    found: dict[str, tuple[dict[str, object], Evidence]] = {}
    for sentence, is_own in ((context.sentence, True), (context.following, False)):
        if sentence is None:
            continue
        for cue, match, whom in _told(context, sentence):
            if is_own and not _is_near(context, match):
                continue
            if not is_own and not _points(sentence):
                continue
            text = sentence.text[whom.start : whom.end]
            value: dict[str, object] = {"from": text, "id": whom.id}
            begin, end = min(match.start(), whom.start), max(match.end(), whom.end)
            found.setdefault(whom.id, (value, evidence_at(sentence, begin, end, f"withheld.{cue}")))
    values = [value for value, _ in found.values()]
    return Aspect(value=values, evidence=tuple(dict.fromkeys(evidence for _, evidence in found.values())))


def institution(name: str) -> str | None:
    """Give the id of an institution by its id, label or one of its names, in any case.

    >>> institution("state department"), institution("Elm Department")
    ('department_of_state', None)
    """
    asked = _bare(name)
    for row in _data()["institutions"]:
        if asked in {
            row["id"],
            _bare(row["id"].replace("_", " ")),
            *(_bare(one) for one in (row["label"], *row["cues"])),
        }:
            return str(row["id"])
    return None


def label(id: str) -> str | None:
    """Give how an institution is called in a sentence, ``None`` for what is none."""
    return next((str(row["label"]) for row in _data()["institutions"] if row["id"] == id), None)


def _bare(name: str) -> str:
    return re.sub(r"^the ", "", " ".join(name.casefold().split()))


def _told(context: Context, sentence: Sentence) -> Iterator[tuple[str, re.Match[str], Whom]]:
    """Yield each cue of a sentence with whom it names; nobody that it does not name."""
    for cue, pattern, leads in _patterns():
        for match in pattern.finditer(sentence.plain):
            names = _before(context, sentence, match.start()) if leads else _from(context, sentence, match.start("who"))
            if not leads and cue != "nobody_else" and not _ends_well(sentence, match, names):
                continue
            for whom in names:
                if not _takes_part(context, whom):
                    outside = Whom(id=f"outside {whom.id}", start=whom.start, end=whom.end)
                    yield cue, match, outside if cue == "nobody_else" else whom


def _ends_well(sentence: Sentence, match: re.Match[str], names: list[Whom]) -> bool:
    """Whether a pattern that goes on behind the name ("'s knowledge") does so right behind the names found."""
    tail = match.end() - match.end("who")
    return not tail or (bool(names) and -2 <= match.end("who") - names[-1].end <= 12)


def _from(context: Context, sentence: Sentence, start: int) -> list[Whom]:
    """Give the names of a list that begins at an offset of the sentence, with nothing but small words between."""
    found: list[Whom] = []
    at = start
    while True:
        glue = _glue().match(sentence.plain, at)
        whom = _at(context, sentence, at) or (_at(context, sentence, glue.end()) if glue is not None else None)
        if whom is None or (found and glue is not None and not _joins(sentence.plain[at : glue.end()])):
            return found
        found.append(whom)
        behind = _behind().match(sentence.plain, whom.end)
        at = behind.end() if behind is not None else whom.end


def _joins(text: str) -> bool:
    return re.search(r",|\b(?:and|or|nor)\b", text) is not None


def _before(context: Context, sentence: Sentence, end: int) -> list[Whom]:
    """Give the one named right before an offset of the sentence."""
    for at in range(max(0, end - 60), end):
        if at and sentence.plain[at - 1].isalnum():
            continue
        whom = _at(context, sentence, at)
        if whom is None:
            continue
        rest = sentence.plain[whom.end : end]
        behind = _behind().match(sentence.plain, whom.end)
        if not rest.strip(" ,") or (behind is not None and not sentence.plain[behind.end() : end].strip(" ,")):
            return [whom]
    return []


def _at(context: Context, sentence: Sentence, at: int) -> Whom | None:
    """Give whom the words at an offset name: an institution before a person or state."""
    own = _institutions().match(sentence.plain, at)
    if own is not None and own.lastgroup is not None:
        return Whom(id=own.lastgroup, start=own.start(), end=own.end())
    titled = _TITLES.match(sentence.plain, at)
    starts = {at, titled.end() if titled is not None else at}
    for mention in context.roster.mentions.get(sentence.index, ()):
        if mention.start - sentence.start in starts and mention.actor is not None:
            return _person_or_actor(mention, sentence)
    return None


def _person_or_actor(mention: Mention, sentence: Sentence) -> Whom | None:
    if mention.by in ("dictionary:capital", "dictionary:city") or mention.actor is None:
        return None
    return Whom(
        id=mention.person or mention.actor, start=mention.start - sentence.start, end=mention.end - sentence.start
    )


def _takes_part(context: Context, whom: Whom) -> bool:
    """Whether one who is named is a party of the contact, or the person who acts for one."""
    sides = [placed.side for placed in context.contact.placed]
    ids = {side.actor for side in sides} | {side.person for side in sides if side.person is not None}
    ids |= {known.actor for known in context.contact.filled} | {
        known.person for known in context.contact.filled if known.person
    }
    return whom.id in ids


def _is_near(context: Context, match: re.Match[str]) -> bool:
    """Whether a cue stands in the contact's own clause, with no semicolon between."""
    sentence, trigger = context.sentence, context.contact.trigger
    start, end = trigger.start - sentence.start, trigger.end - sentence.start
    if match.start() < end and start < match.end():  # who was told, or was not, is the contact itself
        return False
    between = sentence.plain[min(end, match.end()) : max(start, match.start())]
    return len(between) <= _REACH and ";" not in between


def _points(sentence: Sentence) -> bool:
    """Whether the sentence speaks of the contact before it, or says nothing else."""
    return _pointing().search(sentence.plain) is not None or len(sentence.plain.strip()) <= _SHORT


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], bool], ...]:
    """Give each cue by its id; the third says that whom it was kept from stands before it."""
    found: list[tuple[str, re.Pattern[str], bool]] = []
    for row in _data()["cues"]:
        for cue in row["cues"]:
            leads = cue.startswith("WHO ")
            text = cue.removeprefix("WHO ").replace("THAT", _THAT)
            text = text.replace("WHO", _WHO if not text.endswith("WHO") else r"(?P<who>\S)")
            found.append((str(row["id"]), re.compile(rf"\b{text}", re.I), leads))
    return tuple(found)


@cache
def _institutions() -> re.Pattern[str]:
    named = [(str(name), str(row["id"])) for row in _data()["institutions"] for name in row["cues"]]
    groups = [f"(?P<{one}>{_any(n for n, id in named if id == one)})" for one in dict.fromkeys(id for _, id in named)]
    groups = [re.sub(r"\bthe\\ ", r"[Tt]he\ ", group) for group in groups]
    return re.compile(rf"(?:{'|'.join(groups)})(?![\w-])(?! of [A-Z])")


@cache
def _glue() -> re.Pattern[str]:
    return re.compile(rf"(?:[,\s]+|(?:{'|'.join(sorted(_data()['glue'], key=len, reverse=True))})(?=\s))+", re.I)


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(rf"(?: (?:{'|'.join(_data()['behind'])}))+")


@cache
def _pointing() -> re.Pattern[str]:
    return re.compile(rf"\b{_any(_data()['pointing'])}\b", re.I)


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(str(word)) for word in sorted(words, key=len, reverse=True)) + ")"


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = vocabulary.load(FILE)
    return data
