"""The records that ``ledger`` gives: acts and contacts of two parties step by step, the gap index and what moves it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from backchannel.analysis.gap_records import Quotation
from backchannel.records import Claim, Document, Privacy, Status

Tone = Literal["hostile", "friendly"]
Outcome = Literal["held", "failed", "open"]
By = Literal["month", "quarter", "year"]
Cite = Callable[[Document, Claim | None], str]
PRIVATE: Final[tuple[Privacy, ...]] = ("closed", "undisclosed", "secret")
"""How privately a contact is led whose words are not open to all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A public word or deed of one party upon the other; copies, and tellings of one day, are one act.

    ``id`` is the claim that tells it first, ``claims`` all that do, ``origins`` the number of independent tellers.
    ``event`` is the PLOVER type under which it counts, ``None`` under none. ``tone`` is ``None`` where it counts for
    neither side, and then ``left_out`` says why. ``first`` and ``last`` are ISO days, both included; ``is_dated`` is
    false where they are those of the document.
    """

    id: str
    claims: tuple[str, ...]
    source: str
    target: str
    event: str
    mode: str | None
    status: Status | None
    tone: Tone | None
    left_out: str | None
    first: str | None
    last: str | None
    is_dated: bool
    origins: int
    issues: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A conversation of the two parties as the ledger takes it.

    ``privacy`` is as known today, ``then`` as told by seven days after it, ``None`` where nothing public told of it by
    then (``is_known_then`` false) or not how privately. ``is_private`` contacts are closed, undisclosed or secret, or
    came out later; all others are open.
    """

    id: str
    first: str | None
    last: str | None
    privacy: Privacy | None
    then: Privacy | None
    is_known_then: bool
    is_private: bool
    outcome: Outcome
    status: Status | None
    is_disputed: bool
    issues: tuple[str, ...]
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The gap index, in share points from -1 to 1: the share of hostile acts less that of failed contacts.

    Positive where words are harsher than contacts, negative where they are friendlier. ``low`` and ``high`` hold the
    true difference with 90 % probability. All are ``None`` where it abstains, and ``why`` says so. Shares have half an
    event added on both sides; the counts are plain: ``hostile`` of ``acts``, ``failed`` of ``contacts``.
    """

    value: float | None
    low: float | None
    high: float | None
    hostile_share: float | None
    failed_share: float | None
    hostile: int
    acts: int
    failed: int
    contacts: int
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of time, both days included, with what lies wholly in it.

    ``private`` counts contacts by privacy as known today, ``later`` those of them of which nothing public told at the
    time, ``failed`` those that came to nothing, ``open`` the contacts that were open to all. ``index`` is that of the
    twelve months up to its end. ``covered`` is the share of its days from which the store has public documents;
    ``is_thin`` says that it is too small to take few acts for few.
    """

    first: date
    last: date
    hostile: int
    friendly: int
    open: int
    private: dict[str, int]
    later: int
    failed: int
    index: Index
    covered: float
    is_thin: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One act or contact behind a reason: its day in words, its sentence and where that stands; ``id`` opens it."""

    id: str
    told: str
    what: str
    quotation: Quotation | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Acts or contacts of one sort, and how much they add to the index or take from it, in share points."""

    lane: Literal["public", "private"]
    what: str
    number: int
    effect: float
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRow:
    """An issue with the number of private contacts and of public acts and open contacts that are on it.

    ``chance`` is the probability of so uneven a share if private and public were alike (Fisher's exact test, two-sided),
    times the number of issues looked at (Bonferroni), at most 1. ``standing`` is where it is heard, ``words`` how much
    that says.
    """

    issue: str
    private: int
    public: int
    standing: Literal["private", "public", "both"]
    chance: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Public words and deeds of two parties beside their private contacts.

    ``index`` rests on all that is known today, ``at_the_time`` on what public documents told by seven days after it.
    ``left_out`` counts by reason what stands in no column; ``loose`` what is dated too loosely for its step and counts
    in the index alone. ``sources`` counts the documents that tell the acts by outlet, the busiest first.
    """

    parties: tuple[str, str]
    names: tuple[str, str]
    since: str | None
    until: str | None
    by: By
    index: Index
    at_the_time: Index
    reasons: tuple[Reason, ...]
    steps: tuple[Step, ...]
    loose: int
    issues: tuple[IssueRow, ...]
    of_private: int
    of_public: int
    acts: tuple[Act, ...]
    contacts: tuple[Contact, ...]
    left_out: dict[str, int]
    sources: dict[str, int]
    warnings: tuple[str, ...]
