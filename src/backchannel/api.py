"""Use a store from Python: ``with backchannel.open(path) as db``: read, merge, ask, show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Self, TypedDict, TypeVar, Unpack

import msgspec

from backchannel import alerts
from backchannel.analysis import cards, gap_ask, ledger_ask, naming, questions, readouts, rooms
from backchannel.analysis.counts import By, Count, counts
from backchannel.analysis.gap_records import Gap
from backchannel.analysis.ledger_records import By as LedgerBy
from backchannel.analysis.ledger_records import Ledger
from backchannel.analysis.network import Network, network
from backchannel.errors import ModelError, QueryError
from backchannel.export import Summary as ExportSummary
from backchannel.export import export
from backchannel.export.registry import Expand
from backchannel.pipeline.ingest import Summary, ingest
from backchannel.pipeline.linking import link_store
from backchannel.pipeline.merging import MergeSummary, merge_store
from backchannel.records import Claim, Conversation
from backchannel.sources import Options
from backchannel.store import Store, open_store
from backchannel.store.queries import Order
from backchannel.watches.book import Book

if TYPE_CHECKING:
    from backchannel.forecast.answers import Answer as Forecast
    from backchannel.forecast.standing import Standing

Record = TypeVar("Record", Claim, Conversation, Count, rooms.Present)


class Question(TypedDict, total=False):
    """What conversations to give, actors and issues by id or name; ``store.Question`` says what each part means.

    ``person`` is a name, a surname or our id of somebody, ``embassy`` an actor of whose embassy somebody must be named.
    """

    pair: tuple[str, str]
    actor: str
    issue: str
    person: str
    embassy: str
    since: date | str
    until: date | str
    privacy: str | Sequence[str]
    status: str | Sequence[str]
    text: str
    minimum_independent: int
    disputed: bool
    attested_only: bool
    unknown_to: str
    limit: int
    order: Order


@dataclass(frozen=True, slots=True)
class Answer(Generic[Record]):
    """Records that were asked for: iterate over them, take a list, or a table. Each iteration asks anew."""

    _ask: Callable[[], Iterable[Record]]

    def __iter__(self) -> Iterator[Record]:
        return iter(self._ask())

    def to_list(self) -> list[Record]:
        """Give all of them."""
        return list(self._ask())

    def to_dicts(self) -> list[dict[str, Any]]:
        """Give all of them as the JSON of Contract 1 or 2, decoded."""
        return [msgspec.to_builtins(record) for record in self._ask()]

    def to_pandas(self) -> Any:
        """Give a ``pandas.DataFrame``: a row a record, a column a field, lists as they are.

        Raises:
            ModelError: pandas is not installed.
        """
        try:
            pandas = import_module("pandas")
        except ImportError:
            raise ModelError("pandas is not installed; run pip install pandas, or take to_list()") from None
        return pandas.DataFrame(self.to_dicts())


class Database:
    """A store with the rooms that fill and question it; use it in a ``with`` block."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def read(
        self,
        *targets: str | Path,
        date: date | None = None,
        source: str | None = None,
        allow_private: bool = False,
        workers: int | None = 1,
        strict: bool = False,
    ) -> Summary:
        """Read files, folders and addresses into the store and give what was done; what was read before is skipped.

        Args:
            targets: as ``backchannel read`` takes them.
            date: day of publication of documents that name none.
            source: who published documents that do not say.
            allow_private: whether addresses inside your own network may be fetched.
            workers: processes that read; ``None`` for one a core.
            strict: whether the first fault stops the run.

        Raises:
            SourceError: a target is not there.
            StoreError: the store cannot be written.
        """
        clock = datetime.now(UTC)
        options = Options(date=date, source=source, allow_private=allow_private, today=clock.date(), now=clock)
        return ingest([str(target) for target in targets], self.store, options, workers=workers, strict=strict)

    def merge(self, *, everything: bool = False) -> MergeSummary:
        """Put claims of one contact together into conversations, and link what was public with records.

        Args:
            everything: whether to look at all claims anew, not only at what has changed since the last merge.
        """
        now = datetime.now(UTC)
        summary = merge_store(self.store, now=now, everything=everything)
        link_store(self.store, now=now, everything=everything)
        return summary

    def conversations(self, **question: Unpack[Question]) -> Answer[Conversation]:
        """Give the conversations asked for.

        Raises:
            QueryError: an unknown part, actor, issue or order, or a date that is none.
        """
        asked = questions.named(_asked(question), self.store)
        return Answer(lambda: questions.find(asked, self.store))

    def network(self, **question: Unpack[Question]) -> Network:
        """Give the network of the conversations asked for, those that took place.

        Raises:
            QueryError: as for ``conversations``.
            ModelError: networkx is not installed.
        """
        return network(self.conversations(**question))

    def counts(self, by: By, **question: Unpack[Question]) -> Answer[Count]:
        """Give how many of the conversations asked for there are by channel, form, privacy, status, year or party.

        Raises:
            QueryError: an unknown part, actor, issue or order, or a date that is none.
        """
        asked = questions.named(_asked(question), self.store)
        return Answer(lambda: counts(questions.find(asked, self.store), by))

    def ledger(
        self,
        one: str,
        other: str,
        *,
        since: date | str | None = None,
        until: date | str | None = None,
        by: LedgerBy | None = None,
    ) -> Ledger | None:
        """Give public words and deeds of two parties beside their private contacts, ``None`` where neither is known.

        Args:
            one: a party, by id or name.
            other: the other.
            since: first day, month or year.
            until: last day, month or year.
            by: month, quarter or year; by default the shortest that needs at most sixty steps.

        Raises:
            QueryError: a party is unknown, both are one, or a date is none.
        """
        return ledger_ask.between(ledger_ask.Between(parties=(one, other), since=since, until=until, by=by), self.store)

    def forecast(
        self,
        *parties: str,
        relation: str | None = None,
        planned: bool = False,
        plan: str | None = None,
        at: date | None = None,
        now: datetime | None = None,
    ) -> list[Forecast]:
        """Tell what comes next as known at the beginning of a day, and register what is foretold before its outcome.

        Args:
            parties: two for talks and conflict between them, one with ``relation`` for who comes next.
            relation: such as "consult".
            planned: ask whether planned meetings will be held by their date.
            plan: only this one, by its conversation's id.
            at: the day; by default the one after the last document.
            now: the time with which it is registered (UTC); by default the present.

        Raises:
            QueryError: the question is none, or an actor, relation or plan is unknown.
            ModelError: what learning needs is not installed.
        """
        from backchannel.forecast import register

        if planned == bool(parties) or len(parties) not in (0, 1 if relation else 2):
            raise QueryError("name two parties, one with relation=…, or say planned=True")
        wanted = register.Wanted(
            pair=(parties[0], parties[1]) if len(parties) == 2 else None,
            actor=parties[0] if len(parties) == 1 else None,
            relation=relation or "consult",
            planned=planned,
            plan=plan,
            at=at,
        )
        return register.ask(self.store, wanted, now=now or datetime.now(UTC))

    def forecast_score(self, *, now: datetime | None = None) -> Standing:
        """Resolve what documents reach, and give the standing record of the register."""
        from backchannel.forecast import register, standing
        from backchannel.forecast.resolving import resolve_store

        moment = now or datetime.now(UTC)
        resolve_store(self.store, now=moment)
        return standing.standing(register.entries(self.store, today=moment.date()))

    def export(
        self,
        formats: str | Sequence[str],
        to: str | Path,
        *,
        wording: str = "quote:300",
        expand: Expand = "none",
        force: bool = False,
        **question: Unpack[Question],
    ) -> ExportSummary:
        """Write the conversations asked for as files, whole or not at all, and give how many lines each has.

        Args:
            formats: ``csv``, ``jsonl``, ``plover``, one or several.
            to: the folder, made when it is not there.
            wording: how much of the documents' words: ``none``, ``quote:N`` (characters) or ``full``.
            expand: ``dyads`` for one PLOVER event a pair of parties.
            force: whether files of an earlier export may be written over.
            question: which conversations; all when left out.

        Raises:
            QueryError: an unknown format, part, actor, issue or text right.
            InputError: files are there already, or the folder cannot be written.
        """
        asked = _asked(question)
        return export(
            self.store,
            asked,
            [formats] if isinstance(formats, str) else formats,
            Path(to),
            text=wording,
            expand=expand,
            force=force,
        )

    def claims(
        self,
        *,
        document: str | None = None,
        actor: str | None = None,
        kind: str | None = "contact",
        since: date | str | None = None,
        until: date | str | None = None,
    ) -> Answer[Claim]:
        """Give current claims by id; one without a date counts under that of its document.

        Args:
            document: the id of the document they were read in.
            actor: a party, by id or name.
            kind: ``contact``, ``act`` or ``None`` for both.
            since: first day, month or year.
            until: last day, month or year.

        Raises:
            QueryError: the actor is unknown or a date is none.
        """
        wanted = None if actor is None else naming.actor(actor, questions.table(self.store))

        def ask() -> Iterator[Claim]:
            found = self.store.claims(document=document, kind=kind, since=since, until=until)
            return (one for one in found if wanted is None or any(party.actor == wanted for party in one.parties))

        return Answer(ask)

    def alerts(
        self,
        *,
        since: date | str | None = None,
        until: date | str | None = None,
        kinds: Sequence[alerts.Kind] = (),
        pair: tuple[str, str] | None = None,
        actor: str | None = None,
        issue: str | None = None,
        minimum_independent: int | None = None,
        budget: int | None = None,
    ) -> alerts.Found:
        """Give what turned, broke off or began, by what was known on its day, and what could not be judged.

        Args:
            since: first day, month or year; by default 28 days up to the last.
            until: last day, month or year; by default the last day of any document.
            kinds: such as ``new_channel`` or ``silence``; all by default.
            pair: two parties of every alert, by id or name.
            actor: a party, by id or name.
            issue: of the conversations.
            minimum_independent: on at least so many independent words.
            budget: how many a week at most, the weightiest.

        Raises:
            QueryError: an unknown kind, actor or issue, or a date that is none.
        """
        actors = (*(pair or ()), *([actor] if actor is not None else []))
        return alerts.of_store(
            self.store,
            since=since,
            until=until,
            kinds=tuple(kinds),
            actors=actors,
            issue=issue,
            minimum_independent=minimum_independent,
            budget=budget,
        )

    @property
    def watches(self) -> Book:
        """The saved questions of this store: add, list, run and remove them."""
        return Book(self.store)

    def show(self, id: str) -> cards.Card:
        """Give the card of the conversation with this id, or whose id alone begins so.

        Raises:
            QueryError: there is none, or several.
        """
        found = self._one(id)
        return cards.card(found, *questions.reports([found], self.store))

    def room(self, id: str) -> Answer[rooms.Present]:
        """Give who was in the room of a conversation, each with the words that say so and their citations.

        Raises:
            QueryError: there is none with this id, or several.
        """
        found = self._one(id)
        return Answer(lambda: rooms.room(found, *questions.reports([found], self.store)).people)

    def _one(self, id: str) -> Conversation:
        found = self.store.conversation(id)
        if found is None:
            raise QueryError(f"no conversation {id!r}; list them with conversations()")
        return found

    def readouts(self, id: str) -> readouts.Readouts:
        """Give the accounts that tellers give of one conversation, aligned point by point; one account gives no pairs.

        Raises:
            QueryError: there is no conversation with this id, or several.
        """
        found = self.store.conversation(id)
        if found is None:
            raise QueryError(f"no conversation {id!r}; list them with conversations()")
        return readouts.readouts(found, self.store)

    def gap(
        self,
        one: str,
        other: str,
        *,
        since: date | str | None = None,
        until: date | str | None = None,
        person: str | None = None,
    ) -> Gap | None:
        """Give public word and record of two parties side by side, ``None`` where nothing is known of them.

        Args:
            one: a party by id or name: a state, an organisation, a company.
            other: the other one.
            since: first day, month or year; where neither bound is given, the years that records here tell of them.
            until: last day, month or year.
            person: only contacts of this person, a full name or one word of it.

        Raises:
            QueryError: a party is unknown, both are one, or a date is none.
        """
        return gap_ask.between(
            gap_ask.Between(parties=(one, other), since=since, until=until, person=person), self.store
        )


def open(location: str | Path | None = None, *, create: bool = True, read_only: bool = False) -> Database:
    """Give the database at a path or ``postgresql://`` URL; by default the user's own store.

    Args:
        location: where; by default ``BACKCHANNEL_STORE``, else ``store.db`` in the user's data folder.
        create: whether to make a store that is not there.
        read_only: whether to refuse all writing.

    Raises:
        StoreError: it is not there, cannot be opened, or is no store.
    """
    return Database(open_store(location, create=create and not read_only, read_only=read_only))


def _asked(question: Question) -> questions.Asked:
    """Give the question in the shape of ``questions.Asked``; an unknown part is refused."""
    unknown = sorted(set(question) - set(Question.__annotations__))
    if unknown:
        known = ", ".join(Question.__annotations__)
        raise QueryError(f"conversations cannot be asked for by {', '.join(unknown)}; known: {known}")
    given: dict[str, Any] = dict(question)
    pair, actor = given.pop("pair", ()), given.pop("actor", None)
    for name in ("privacy", "status"):
        value = given.get(name)
        if value is not None:
            given[name] = (value,) if isinstance(value, str) else tuple(value)
    actors = (*pair, *([actor] if actor is not None else []))
    return replace(questions.Asked(**{key: value for key, value in given.items() if value is not None}), actors=actors)
