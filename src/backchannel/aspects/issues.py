"""Read what a contact was about, from an expert word list organised in a small tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from backchannel import vocabulary
from backchannel.aspects.base import Aspect, Context, aspect, words_as_evidence
from backchannel.language.grammar import Sentence
from backchannel.records import UNKNOWN, Evidence

FILE = "issues.yml"
_MOST = 3
_WAR = date(2014, 2, 20)
_ABOUT = re.compile(
    r"\b(?:about|on(?! the (?:sidelines|margins|occasion|eve))|over|regarding|concerning|around|discuss\w*|address\w*|to (?:end|stop|resolve|negotiate|press|push|seek)"
    r"|including|aimed at|focus\w*|developments|situation|settlement|review\w*)\b",
    re.I,
)
_TOPIC = re.compile(
    r"\b(?:about|regarding|concerning|discuss(?:ed|ing|es)? (?!with)|focus(?:ed|ing)? on|to (?:end|stop|resolve|negotiate|press|push|seek|brief|review|address|plan|settle)|aimed at"
    r"|(?:talks?|negotiations?|discussions?|conversations?|consultations?|views?) (?:on|over|for)(?! (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day))\b",
    re.I,
)
_GENERAL = frozenset({"bilateral_relations", "regional_conflict", "economy", "alliance"})
_TIES = "bilateral_relations"
_GENERAL_FORMS = frozenset({"meeting", "visit", "call"})
_SETTLING = frozenset({"negotiation", "mediation"})


@dataclass(frozen=True, slots=True)
class Issue:
    """One node of the issue tree; ``under`` is its root when it is a finer id.

    ``topic`` holds words that tell the issue only where the subject of the talk is named ("about Syria"), ``besides``
    the phrases in which a cue means something else ("peace and security").
    """

    id: str
    under: str | None
    pattern: re.Pattern[str]
    topic: re.Pattern[str] | None = None
    besides: re.Pattern[str] | None = None

    @property
    def root(self) -> str:
        """The issue of the codebook."""
        return self.under or self.id


@cache
def tree() -> tuple[Issue, ...]:
    """Give the issues in the order of their ids.

    Raises:
        VocabularyError: the file has faults.
    """
    rows = vocabulary.load(FILE)["issues"]
    vocabulary.check(
        FILE,
        rows,
        required=("id", "label", "means", "source", "cues", "yes", "no"),
        optional=("under", "about", "but"),
        sort=False,
    )
    return tuple(
        Issue(
            row["id"],
            row.get("under"),
            _pattern(row["cues"]),
            _pattern(row["about"]) if row.get("about") else None,
            _pattern(row["but"]) if row.get("but") else None,
        )
        for row in rows
    )


def _pattern(cues: list[str]) -> re.Pattern[str]:
    parts = []
    for cue in sorted((str(cue) for cue in cues), key=len, reverse=True):
        body = re.escape(cue.rstrip("*")).replace(r"\ ", r"\s+") + (r"\w*" if cue.endswith("*") else "")
        parts.append(body if any(char.isupper() for char in cue) else f"(?i:{body})")
    return re.compile(r"(?<![\w-])(?:" + "|".join(parts) + r")(?!\w)")


@dataclass(frozen=True, slots=True)
class _Found:
    weight: float
    issue: str
    evidence: Evidence


@aspect("issues")
def read(context: Context) -> Aspect:
    """Give up to three root issues, those after "about" or "on" first; finer ids stand in their evidence."""
    found = _in(context.sentence, context)
    found += _of_parties(context, {one.issue for one in found})
    if not found and context.previous is not None and context.contact.filled:
        found = [one for one in _in(context.previous, context) if one.issue not in _GENERAL]
    if not found:
        found = list(_general(context))
    chosen: dict[str, Evidence] = {}
    for one in sorted(found, key=_rank):
        chosen.setdefault(one.issue, one.evidence)
        if len(chosen) == _MOST:
            break
    return Aspect(value=tuple(sorted(chosen)), evidence=tuple(chosen.values()))


def _rank(found: _Found) -> float:
    return found.weight


def _in(sentence: Sentence, context: Context) -> list[_Found]:
    parties = [
        (p.side.start, p.side.end)
        for p in context.contact.placed
        if p.side.start is not None and p.side.end is not None
    ]
    about = _ABOUT.search(sentence.plain, max(0, context.contact.trigger.start - sentence.start))
    from_here = about.start() if about else len(sentence.text)
    own = tuple(Issue(value, None, _pattern([cue])) for cue, value in context.roster.cues.issues)
    found: list[_Found] = []
    for issue in (*tree(), *own):
        for match in _matches(issue, sentence.plain, from_here):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            if any(a <= start and end <= b for a, b in parties):
                continue
            weight = (match.start() < from_here) + 0.5 * (issue.id in _GENERAL) + match.start() / 10_000
            text = sentence.text[match.start() : match.end()]
            evidence = Evidence(start=start, end=end, text=text, by=f"issues.cues:{issue.id}")
            found.append(_Found(weight, issue.root, evidence))
            break
    return _specific(found)


def _matches(issue: Issue, text: str, from_here: int) -> Iterator[re.Match[str]]:
    """The cues of an issue in a text, but for those inside a phrase that means something else."""
    besides = [match.span() for match in issue.besides.finditer(text)] if issue.besides is not None else []
    patterns = [(issue.pattern, 0)] + ([(issue.topic, from_here)] if issue.topic is not None else [])
    for pattern, start in patterns:
        for match in pattern.finditer(text, start):
            if not any(a < match.end() and match.start() < b for a, b in besides):
                yield match


def _specific(found: list[_Found]) -> list[_Found]:
    """Ties and the economy count beside a plainer subject only where they are the subject themselves."""
    roots = {one.issue for one in found}
    if roots - _GENERAL:
        found = [one for one in found if one.issue not in (_TIES, "economy") or one.weight < 1.0]
    if roots - {_TIES}:
        found = [one for one in found if one.issue != _TIES or " " in one.evidence.text]
    if roots & {"ukraine", "peace_process", "ceasefire"}:
        found = [one for one in found if one.issue != "regional_conflict"]
    return found


def _of_parties(context: Context, told: set[str]) -> Iterator[_Found]:
    """What follows from who deals with whom: the war between Russia and Ukraine, a settlement with an armed group."""
    contact, on = context.contact, context.on
    known = set(contact.known())
    sides = {p.side.actor: p.side.evidence[0] for p in contact.placed if p.side.evidence and p.side.start is not None}
    at_war = on is not None and on >= _WAR and "UKR" in known
    settles = context.read["form"].value in _SETTLING
    if at_war and "UKR" in sides and ("RUS" in known or not told - {"peace_process", "ceasefire", "aid"}):
        yield _Found(0.2, "ukraine", _as(sides["UKR"], "ukraine"))
    armed = [actor for actor in sides if context.table.sector(actor) in ("REB", "UAF", "SEP", "INS")]
    enemies = armed or (["UKR"] if at_war and "RUS" in known and "UKR" in sides else [])
    if settles and enemies and not told & {"peace_process", "ceasefire", "hostages", "aid", "energy", "maritime"}:
        yield _Found(0.3, "peace_process", _as(sides[enemies[0]], "peace_process"))


def _as(evidence: Evidence, issue: str) -> Evidence:
    return Evidence(start=evidence.start, end=evidence.end, text=evidence.text, by=f"issues.party:{issue}")


def _general(context: Context) -> Iterator[_Found]:
    """Two states that meet and name no subject attend to their relations."""
    contact, sentence = context.contact, context.sentence
    known = contact.known()
    states = [actor for actor in known if context.table.sector(actor) == "GOV"]
    if len(states) != 2 or len(known) != 2 or context.read["form"].value not in _GENERAL_FORMS:
        return
    if any(p.side.actor == UNKNOWN for p in contact.placed) or _TOPIC.search(sentence.plain):
        return
    evidence = words_as_evidence(sentence, [contact.word], f"issues.general:{_TIES}")
    yield _Found(0.0, _TIES, evidence)


def finer(evidence: tuple[Evidence, ...]) -> tuple[str, ...]:
    """Give the finer issue ids among the evidence of an issues aspect."""
    under = {issue.id for issue in tree() if issue.under is not None}
    return tuple(sorted({e.by.partition(":")[2] for e in evidence} & under))
