"""Who somebody in the head of a record is: by whole name, by surname with what they were on the day, or by office alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from backchannel import vocabulary
from backchannel.actors.register import Person, Register, Term, agree, words
from backchannel.actors.table import years
from backchannel.importers.who import office_alone
from backchannel.sources.heads.lexicon import lexicon, plain
from backchannel.sources.record import Participant, Record

_MOST = 15.0
"""Years between a day and the nearest office of somebody who can still be meant."""
_CLOSE = 1.25
"""Years around an office in which it may stand with a name."""
_LONG_AFTER = 8.0
"""Years for which somebody is called an ambassador who was one."""
_A_YEAR = 0.3
"""What a year without an office takes from how well somebody fits; half of it where first names agree."""
_LEAST, _MARGIN = 1.0, 0.75
_LEAST_ALONE, _ALONE = 0.3, 1.0
"""What the best must have, and how far ahead of the next: in general, and for somebody who has no rival near."""
_EXCELLENCY = re.compile(r"^(?:H\. ?E\.|(?:His|Her) Excellency)\s+")
_GIVEN = r"(?:[A-Z][a-z'’]+|(?:[A-Z]\. ?){1,3})"


@cache
def _told() -> dict[str, frozenset[str]]:
    """Give the words by which somebody is told from namesakes."""
    return {name: frozenset(some) for name, some in vocabulary.load("record.yml")["persons"].items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Somebody named in a record: the words of the name, what stands with it, for which state, when."""

    surname: str
    given: tuple[str, ...]
    whole: str
    offices: frozenset[str]
    state: str | None
    on: float

    @property
    def is_military(self) -> bool:
        """Whether a rank of the forces stands with the name; an attorney general has none."""
        ranks = self.offices & (lexicon().ranks - lexicon().services - _told()["civil"])
        return bool(ranks) and not (ranks <= _told()["general"] and self.offices & _told()["beside_general"])

    @property
    def service(self) -> str | None:
        """The service that a rank is of, where only one has it: nobody is an admiral and a general."""
        return next((name for name in ("sea", "land") if self.offices & _told()[name]), None)


def named(one: Participant, record: Record, text: str, state: str | None) -> Named | None:
    """Give what is known of a participant, who acts for ``state``, from the record; ``None`` without a name or a day.

    A surname alone takes the first names that the record's own text or notes give it, where they give only one.
    """
    on = day_of(record)
    if one.name is None or on is None:
        return None
    titles, own = _parted(words(_EXCELLENCY.sub("", one.name.text)))
    if not own:
        return None
    surname, given = own[-1], own[:-1]
    if not given:
        notes = (record.source_note or "", *(note.text for note in record.footnotes))
        given = fuller(one.name.text, " ".join((text, *notes)), but=_namesakes(surname, record))
    before = one.line.text[: max(one.name.start - one.line.start, 0)]
    said = plain(f"{before} {' '.join(titles)} {one.office.text if one.office is not None else ''}")
    return Named(
        surname=surname,
        given=given,
        whole=" ".join((*given, surname)),
        offices=frozenset(re.findall(r"[a-z]+", said)),
        state=state,
        on=on,
    )


def _parted(run: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give what of the words of a name are titles before it, and the rest; the last word is never one."""
    titles = lexicon().courtesy | lexicon().ranks | lexicon().holders
    ends = [place + 1 for place, word in enumerate(run[:-1]) if word in titles and len(word) > 1]
    return run[: max(ends, default=0)], run[max(ends, default=0) :]


def day_of(record: Record) -> float | None:
    """Give the day of a record as a number of years."""
    return years(record.day)


def _namesakes(surname: str, record: Record) -> list[tuple[str, ...]]:
    """Give the first names of others of the record with the same surname."""
    own = [words(one.name.text) for one in record.participants if one.name is not None and one.by != "heading"]
    return [name[:-1] for name in own if len(name) > 1 and name[-1] == surname]


def fuller(surname: str, text: str, *, but: Sequence[tuple[str, ...]] = ()) -> tuple[str, ...]:
    """Give the first names that a text has before a surname, where it has only one such; none otherwise.

    Args:
        surname: as the record has it.
        text: the record with its notes.
        but: first names that are others'.

    >>> fuller("Bond", "Mr. Bond left. Signed: Niles W. Bond"), fuller("Bond", "Mary Bond met John Bond.")
    (('niles', 'w'), ())
    """
    kept: list[tuple[str, ...]] = []
    for run in re.findall(rf"(?<![\w.])((?:{_GIVEN} ){{1,3}}){re.escape(surname)}\b", text):
        own = _first_names(words(run))
        same = next((place for place, other in enumerate(kept) if agree(own, other)), None)
        if not own or any(agree(own, other) for other in but):
            continue
        if same is None:
            kept.append(own)
        elif len(own) > len(kept[same]):
            kept[same] = own
    return kept[0] if len(kept) == 1 else ()


def _first_names(run: tuple[str, ...]) -> tuple[str, ...]:
    """Give what of the words before a surname are first names: initials, known ones, one that an initial follows."""
    titles = lexicon().courtesy | lexicon().ranks | lexicon().holders
    while run and len(run[0]) > 1 and run[0] not in lexicon().given and not (len(run) > 1 and len(run[1]) == 1):
        run = run[1:]
    is_title = any(len(word) > 1 and word in titles for word in run)
    is_state = all(len(word) == 1 for word in run) and ".".join(run) in lexicon().office  # "the U.S. Berg" is no name
    return () if is_title or is_state else run


def holder(one: Participant, on: float, register: Register, state: str | None) -> Person | None:
    """Give who held the office that a line gives instead of a name ("The Secretary") in a state on the day."""
    office = office_alone(one)
    return None if office is None or state is None else register.holder(state, office, on)


def known(who: Named, register: Register) -> Person | None:
    """Give the one person of the tables who fits a name clearly best, ``None`` where nobody or more than one does.

    A surname alone that only one person near in time bears is enough, where nothing speaks against them.
    """
    wholes = register.named(who.whole) if who.given else ()
    candidates = {person.id: person for person in (*wholes, *register.surnamed(who.surname))}
    fits = [(fit(who, person, is_whole=person in wholes), person.id) for person in candidates.values()]
    scored = sorted((one for one in fits if one[0] > float("-inf")), reverse=True)
    if not scored:
        return None
    best = scored[0][0]
    lead = best - scored[1][0] if len(scored) > 1 else _ALONE
    is_clear = (best >= _LEAST and lead >= _MARGIN) or (best >= _LEAST_ALONE and lead >= _ALONE)
    return candidates[scored[0][1]] if is_clear else None


def fit(who: Named, person: Person, *, is_whole: bool) -> float:
    """Give how well a person fits a name on its day; minus infinity where they cannot be meant."""
    distance = person.distance(who.on)
    if distance > _MOST or (who.given and not is_whole and not any(agree(who.given, own) for own in person.givens)):
        return float("-inf")
    score = 3.0 if is_whole else _given_fit(who, person)
    score -= (_A_YEAR / 2 if who.given else _A_YEAR) * distance
    near = [term for term in person.terms if term.distance(who.on) <= max(distance, _CLOSE)]
    score += _state_fit(who, near) + _office_fit(who, near, person)
    return score + (0.5 if distance <= _CLOSE else 0.0)


def _given_fit(who: Named, person: Person) -> float:
    if not who.given:
        return 0.0
    spelled = any(len(word) > 1 and word in own for word in who.given for own in person.givens)
    return 2.5 if spelled else 1.0


def _state_fit(who: Named, near: Sequence[Term]) -> float:
    states = {term.actor for term in near if len(term.actor) == 3}
    if who.state is None or not states:
        return 0.0
    return 1.0 if who.state in states else -4.0


def _office_fit(who: Named, near: Sequence[Term], person: Person) -> float:
    """Give how well what stands with the name goes with the offices near the day."""
    names = {term.office.partition(":")[0] for term in near if term.distance(who.on) <= _CLOSE}
    held = {term.office.partition(":")[0] for term in near if term.distance(who.on) == 0.0}
    said, told = who.offices, _told()
    score = max((_overlap(said, name) for name in names), default=0.0)
    if "ambassador" in said and any(_is_ambassador(term, who.on) for term in person.terms):
        score = max(score, 1.0)
    if who.is_military:
        is_soldier = any(term.office.partition(":")[0] in told["military"] for term in person.terms)
        score += 1.0 if is_soldier else -2.0 if held & (told["top"] | told["cabinet"]) else -0.5
    elif said & told["plain"] and not said & lexicon().holders:
        score -= 4.0 if held & told["top"] else 1.5 if held & told["cabinet"] else 0.0
    elif said & lexicon().holders and score == 0.0 and "ambassador" not in said:
        score -= 0.75
    return score + (0.8 if held & told["prominent"] else 0.0)


def _is_ambassador(term: Term, on: float) -> bool:
    return term.office.startswith("ambassador") and term.distance(on) < _LONG_AFTER


def _overlap(said: frozenset[str], office: str) -> float:
    """Give up to 2 for an office whose words all stand with the name, less for some of them."""
    own = {word for word in re.findall(r"[a-z]+", office) if word not in ("of", "the", "to")}
    shared = own & said
    is_told = bool(shared & lexicon().holders) or (bool(own) and len(shared) == len(own))
    return 2.0 * len(shared) / len(own) if is_told else 0.0
