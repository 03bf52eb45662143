"""The records that ``gap`` gives: accounts of contacts in two lanes, what lies beside what, and the figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from backchannel.analysis.publications import PublicText
from backchannel.analysis.timeline import Kind

Lane = Literal["public", "closed"]
Standing = Literal["announced", "leaked", "denied", "recorded", "mentioned", "no_record", "later"]
"""In the public lane: ``announced`` a party or table owns to it, ``leaked`` reported as kept secret or not acknowledged,
``denied`` only denied. In the closed lane: ``recorded`` a record of it is here, ``mentioned`` records mention it,
``no_record`` they say that none was found, ``later`` it came out long after by other ways."""
PUBLIC: Final[tuple[Standing, ...]] = ("announced", "leaked", "denied")
ATTESTED: Final[tuple[Standing, ...]] = ("mentioned", "no_record")


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """When the public could first know: ISO days, apart where only the year of a volume's release is known.

    ``shortest`` and ``longest`` are days from the contact, negative when it was announced before; ``None`` for a contact
    that is not dated. ``by`` is what let it be known: something public at the time, the record's release, or later words.
    """

    by: Literal["public", "record", "later"]
    earliest: str
    latest: str
    shortest: int | None
    longest: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A sentence, or the remarks of a row, with the claim it is from and a citation of its document.

    ``is_heading`` marks a record's heading, which says no more than the citation.
    """

    text: str
    claim: str
    citation: str
    is_heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one lane has of a conversation; one known on both sides has an account in each, with the same id.

    ``first`` and ``last`` are ISO days between which it lies, ``None`` when undated; ``exact`` tells whether they are its
    days. ``privacy`` is as told on this side. ``subjects`` are the record's own words, ``issues`` the codebook's.
    ``beside`` are conversations of the other lane that are the same talk or part of it.
    """

    id: str
    lane: Lane
    standing: Standing
    kind: Kind
    first: str | None
    last: str | None
    exact: bool
    told: str
    what: str
    parties: str
    privacy: str | None
    disputed: bool
    issues: tuple[str, ...]
    subjects: tuple[str, ...]
    classification: str | None
    handling: tuple[str, ...]
    disclosure: Disclosure | None
    quotation: Quotation | None
    beside: tuple[str, ...] = ()
    public_texts: tuple[PublicText, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """Accounts that stand one above the other: the same talk in public and in the record, or a visit and its talks.

    ``reasons`` are those of links, in words; none where they are one conversation.
    """

    public: tuple[str, ...]
    closed: tuple[str, ...]
    both: tuple[str, ...]
    only_closed: tuple[str, ...]
    only_public: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """Days from contact to disclosure of the contacts of one year, ``None`` for all; each figure a span ``(low, high)``.

    The two ends differ where only the year of release is known. ``at_the_time`` of ``contacts`` were known then;
    ``unknown`` have no day of disclosure. The days are of contacts held, known to the day, that were not known then.
    """

    year: int | None
    contacts: int
    at_the_time: int
    unknown: int
    median: tuple[float, float] | None
    shortest: tuple[int, int] | None
    longest: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCount:
    """In how many contacts held an issue stands in public, in the record, and in the record alone."""

    issue: str
    public: int
    closed: int
    closed_only: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the store holds of a period: public documents, those that tell of the pair, rows of tables of it, records."""

    public_documents: int
    of_the_pair: int
    rows: int
    records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Contacts held: known at the time, of these with a record; known from the record alone; attested without one; later.

    ``not_held`` were planned, put off, refused, denied or only possible, ``undated`` have no date.
    """

    held: int
    public: int
    public_recorded: int
    record_only: int
    mentioned: int
    no_record: int
    later: int
    not_held: int
    undated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Public word and record of two parties over a period, side by side; accounts by day, the undated last.

    ``sources`` are who published the documents behind it, those of most documents first.
    """

    parties: tuple[str, ...]
    names: tuple[str, ...]
    person: str | None
    since: str | None
    until: str | None
    counts: Counts
    public: tuple[Account, ...]
    closed: tuple[Account, ...]
    pairings: tuple[Pairing, ...]
    lags: tuple[Lag, ...]
    issues: tuple[IssueCount, ...]
    held: Held
    sources: tuple[str, ...]
    warnings: tuple[str, ...]
