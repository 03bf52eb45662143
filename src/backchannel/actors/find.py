"""Find every mention of a known actor in a text, offices and surnames resolved against a day."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from backchannel.actors.table import ActorTable, Match, Sense, fold, has_title_before, words
from backchannel.records import Mention

_NEAR = 2.0
_SAME_OFFICE = 1.2
_FORMER = re.compile(
    r"(?:\b[Ff]ormer|\b[Ee]x-|\b[Tt]hen-candidate|\bcandidate|\bnominee|\blate)\s*(?:[A-Z][\w.\-]*\s+|U\.S\.\s+|president\s+|prime\s+|minister\s+|secretary\s+|of\s+state\s+|vice\s+|foreign\s+|chancellor\s+){0,6}$"
)
_WORD_BEFORE = re.compile(r"([A-Z][\w.'’\-]*)[ \n]$")
_WORD_AFTER = re.compile(r"^ ([A-Z][\w'’\-]+)")
_CALENDAR = frozenset([*calendar.month_name, *calendar.day_name]) - {""}
_NAME_LEADS = frozenset(
    [
        "The",
        "A",
        "An",
        "And",
        "But",
        "With",
        "Between",
        "From",
        "To",
        "For",
        "By",
        "Of",
        "On",
        "In",
        "At",
        "As",
        "When",
        "While",
        "After",
        "Before",
        "If",
        "That",
        "This",
        "Both",
        "Then",
        "Secretary",
        "President",
        "Premier",
        "Chancellor",
        "Minister",
        "Foreign",
        "Prime",
        "Vice",
        "General",
        "Senator",
        "Ambassador",
        "Envoy",
        "Adviser",
        "Advisor",
        "Mr",
        "Mr.",
        "Mrs",
        "Mrs.",
        "Ms",
        "Ms.",
        "Dr",
        "Dr.",
        "King",
        "Queen",
        "Prince",
        "Emir",
        "Sheikh",
        "Pope",
        "Crown",
        "Director",
        "Chairman",
        "Leader",
        "Comrade",
        "Marshal",
        "Admiral",
        "Colonel",
        "Sir",
        "Lord",
        "Lady",
        "Speaker",
        "Commissioner",
        "Representative",
        "Q",
        "Says",
        "Meets",
        "Visits",
        "Calls",
        "Hosts",
        "Joe",
        "Former",
    ]
)


def find(text: str, table: ActorTable, *, on: date | None, context: Iterable[str] = ()) -> list[Mention]:
    """Give every mention of a known actor in ``text``, in order of appearance.

    A title counts only while held, and a bare surname only where one holder of a high office on that day, or a fuller
    mention in the same text, makes it certain.

    Args:
        text: a document's text or title.
        table: the dictionary.
        on: the day against which offices and states are resolved; without one the latest meaning is taken.
        context: actor ids known from elsewhere in the document, which decide between namesakes.

    Returns:
        Mentions with half-open spans; ``actor`` is ``None`` for a news outlet (``by`` is then ``outlet:ID``).
    """
    day = on.year + (on.month - 1) / 12 + (on.day - 1) / 366 if on is not None else None
    found = list(table.matches(text))
    known = Counter(context)
    full: set[str] = set()
    for match in found:
        for sense in match.senses:
            if sense.kind == "person" and sense.person is not None:
                full.add(sense.person)
            elif sense.kind in ("name", "demonym"):
                known[sense.actor] += 1
    folded = fold(text)
    mentions = []
    for match in found:
        mention = _resolve(match, text, folded, table, day, known, full)
        if mention is not None:
            mentions.append(mention)
    return mentions


def _resolve(
    match: Match, text: str, folded: str, table: ActorTable, day: float | None, known: Counter[str], full: set[str]
) -> Mention | None:
    if all(sense.kind == "nothing" for sense in match.senses):
        return None
    senses = [sense for sense in match.senses if sense.kind not in ("person", "surname", "outlet", "nothing")]
    people = [sense for sense in match.senses if sense.kind in ("person", "surname")]
    if people:
        sense = _person(match, people, text, _told_year(match, text, day), known, full)
        rival = bool(senses) and not any(s.kind == "person" for s in people)  # Meta the company and Ilir Meta
        if sense is not None and not (rival and sense.person not in full and not has_title_before(text, match.start)):
            return _mention(match, sense, text, table)
    if senses:
        sense = _place_or_body(match, senses, folded, day, known)
        if sense is not None:
            return _mention(match, sense, text, table)
        return None
    for sense in match.senses:
        if sense.kind == "outlet" and not (sense.is_ambiguous and not _is_quoted_as_outlet(folded, match)):
            return Mention(
                start=match.start,
                end=match.end,
                text=match.text,
                actor=None,
                sector="JRN",
                person=sense.office,
                by=f"outlet:{sense.actor}",
            )
    return None


_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_STOP = re.compile(r"[.!?]\s+[A-Z]|\n\n")


def _told_year(match: Match, text: str, day: float | None) -> float | None:
    """The day, or the middle of the year that the sentence itself names when it tells of the past ("In 1955 Nehru received …")."""
    left = text[max(0, match.start - 160) : match.start]
    stops = [m.end() for m in _STOP.finditer(left)]
    left = left[stops[-1] - 1 :] if stops else left
    right = text[match.end : match.end + 160]
    stop = _STOP.search(right)
    right = right[: stop.start()] if stop is not None else right
    years = [int(m.group()) for m in _YEAR.finditer(left + " " + right)]
    if not years:
        return day
    nearest = years[0]
    return nearest + 0.5 if day is None or day - nearest > 2.5 else day


def _mention(match: Match, sense: Sense, text: str, table: ActorTable) -> Mention:
    actor = sense.actor
    if sense.person is not None and _FORMER.search(text[max(0, match.start - 60) : match.start]):
        actor = "PERSON_" + re.sub(r"[^A-Z0-9]+", "_", fold(sense.person.split()[-1]).upper())
    return Mention(
        start=match.start,
        end=match.end,
        text=match.text,
        actor=actor,
        sector=table.sector(sense.actor) or sense.sector,
        person=sense.person,
        score=1.0 if sense.kind != "surname" else 0.9,
        by=f"dictionary:{sense.kind}",
    )


def _is_quoted_as_outlet(folded: str, match: Match) -> bool:
    return bool(
        re.search(r"(?:\(|according to |reported by |told )(?:the )?$", folded[max(0, match.start - 20) : match.start])
    )


def _place_or_body(
    match: Match, senses: Sequence[Sense], folded: str, day: float | None, known: Counter[str]
) -> Sense | None:
    valid = [s for s in senses if _holds(s, day)] or list(senses)
    if any(s.is_ambiguous for s in valid) and _inside_longer_name(match, folded):
        return None
    if _is_name_of_a_thing(match, folded):
        return None
    valid.sort(key=lambda s: (s.kind in ("capital", "city"), -known[s.actor], -(s.start or 0.0)))
    return valid[0]


def _holds(sense: Sense, day: float | None) -> bool:
    if day is None:
        return sense.end is None
    return (sense.start is None or sense.start - 0.1 <= day) and (sense.end is None or day < sense.end + 1.0)


def _inside_longer_name(match: Match, folded: str) -> bool:
    before = _WORD_BEFORE.search(folded[max(0, match.start - 25) : match.start])
    if before is not None and before.group(1) not in _NAME_LEADS | _CALENDAR and not before.group(1).endswith("."):
        return True
    after = _WORD_AFTER.match(folded[match.end : match.end + 25])
    return after is not None and after.group(1) not in _ROLE_AFTER


_ROLE_AFTER = frozenset(
    [
        "President",
        "Prime",
        "Foreign",
        "Minister",
        "Ambassador",
        "Embassy",
        "Government",
        "King",
        "Queen",
        "Prince",
        "Crown",
        "Defense",
        "Defence",
        "Finance",
        "Deputy",
        "Vice",
        "Envoy",
        "Chancellor",
        "Parliament",
        "Army",
        "Navy",
        "Secretary",
    ]
)
_THING = re.compile(
    r"^ (?:Steel|Airlines?|Airways|Open|Street|Avenue|Road|Square|Dollars?|dollars?|Times|Post|Daily|Journal|Herald|Bank|University|College|School|Accords?|Agreement|Treaty|Convention|Conference|Process|Protocol|Room|Hotel|Declaration|Summit|Plan|Marine)\b"
)


def _is_name_of_a_thing(match: Match, folded: str) -> bool:
    """The Paris Agreement, U.S. Steel and the Vienna Convention are no states; a summit or conference names a place only."""
    found = _THING.match(folded[match.end : match.end + 14])
    if found is None:
        return False
    word = found.group().strip()
    state_like = any(s.kind in ("name", "demonym") for s in match.senses)
    return word not in ("Conference", "Summit", "Room", "Declaration", "Process") or not state_like


def _person(
    match: Match, senses: Sequence[Sense], text: str, day: float | None, known: Counter[str], full: set[str]
) -> Sense | None:
    is_full = any(s.kind == "person" for s in senses)
    if not is_full and not _stands_for_a_person(match, senses, text, full):
        return None
    ranked = sorted(senses, key=lambda s: _weight(s, day, known, full), reverse=True)
    best = ranked[0]
    if is_full or best.person in full:
        return best
    rivals = [s for s in ranked[1:] if s.actor != best.actor and s.person != best.person]
    gap = _weight(best, day, known, full) - max((_weight(s, day, known, full) for s in rivals), default=-99.0)
    titled = has_title_before(text, match.start)
    in_office = day is not None and _distance(best, day) <= _SAME_OFFICE
    if titled and gap >= 1.0 and (day is None or _distance(best, day) < 6):
        return best
    if in_office and best.rank >= 1 and gap >= 2.0:
        return best
    if day is None and best.rank >= 2 and gap >= 2.0:
        return best
    if in_office and len({s.actor for s in senses}) == 1 and len(match.text) >= 5:
        return best
    leaders = {s.actor for s in senses if s.rank >= 2}
    if (
        len(leaders) == 1
        and best.actor in leaders
        and not any(
            day is not None and _distance(s, day) <= _SAME_OFFICE and s.actor != best.actor and s.rank for s in senses
        )
    ):
        return best
    return None


def _stands_for_a_person(match: Match, senses: Sequence[Sense], text: str, full: set[str]) -> bool:
    before = _WORD_BEFORE.search(text[max(0, match.start - 25) : match.start])
    firsts = {part.rstrip(".") for s in senses if s.person for part in s.person.split()[:-1]}
    if (
        before is not None
        and before.group(1).rstrip(".'’s") not in _NAME_LEADS | _CALENDAR
        and before.group(1) not in firsts
        and before.group(1).isalpha()
    ):
        titled = has_title_before(text, match.start)
        if not titled:
            return False
    elif before is not None and before.group(1).rstrip(".") in firsts and not has_title_before(text, match.start):
        return True
    if match.text in words("surname_words"):
        acts = any(s.rank == 3 for s in senses) and _ACTS.match(text[match.end : match.end + 12]) is not None
        return (
            acts
            or has_title_before(text, match.start)
            or (
                any(s.person in full for s in senses)
                and not re.match(r" (?:\d|[a-z]+ (?:be|have)\b)", text[match.end : match.end + 12])
            )
        )
    after = _WORD_AFTER.match(text[match.end : match.end + 25])
    return not (after is not None and after.group(1) not in _ROLE_AFTER)


_ACTS = re.compile(r" (?:[a-z]{3,}ed|met|said|told|spoke|held|flew|went|had|was|has|wrote|saw)\b")


def _distance(sense: Sense, day: float) -> float:
    if sense.start is not None and day < sense.start:
        return sense.start - day
    if sense.end is not None and day > sense.end:
        return day - sense.end
    if sense.end is None and sense.rank < 3 and sense.start is not None and day - sense.start > 12:
        return (day - sense.start - 12) / 4
    return 0.0


def _weight(sense: Sense, day: float | None, known: Counter[str], full: set[str]) -> float:
    weight = 1.5 * sense.rank + (4.0 if known[sense.actor] else 0.0) + (6.0 if sense.person in full else 0.0)
    if day is None:
        return weight + (sense.start or 0.0) / 1000
    distance = _distance(sense, day)
    if sense.start is not None and day < sense.start - _NEAR:
        distance *= 2
    return weight - min(distance, 40.0) + (1.5 if distance == 0 else 0.0)
