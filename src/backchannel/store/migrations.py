"""Bring a store to the schema of this program, one small numbered step after the other.

A new store is created whole. An older one takes the steps above its number; a step is a function of the connection,
stays as it was written, and names columns in SQL of its own, since ``schema.py`` goes on changing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
    func,
    insert,
    inspect,
    select,
    text,
)

from backchannel.errors import StoreError, StoreNewer
from backchannel.store.dialects import create_search
from backchannel.store.schema import TEXT, metadata, schema

FIRST = 1
Step = Callable[[Connection], None]


def _identities(connection: Connection) -> None:
    """Step 3: the conversation into which each claim was first put, and what each merge changed."""
    tables = MetaData()
    claim, conversation = Column("claim", TEXT, primary_key=True), Column("conversation", TEXT, nullable=False)
    homes = Table("homes", tables, claim, conversation, Index("ix_homes_conversation", "conversation"))
    Table(
        "changes",
        tables,
        Column("number", Integer, primary_key=True),
        Column("at", TEXT),
        Column("conversation", TEXT, nullable=False),
        Column("kind", TEXT, nullable=False),
        Column("record", TEXT, nullable=False),
        Index("ix_changes_at", "at"),
        Index("ix_changes_conversation", "conversation"),
    )
    tables.create_all(connection)
    links = Table("conversation_claims", MetaData(), Column("conversation", TEXT), Column("claim", TEXT))
    first = select(links.c.claim, func.min(links.c.conversation)).group_by(links.c.claim)
    connection.execute(insert(homes).from_select(["claim", "conversation"], first))


def _merging(connection: Connection) -> None:
    """Step 2: what the last merge kept, so that the next one reads only what changed; at first all is unmerged."""
    tables = MetaData()
    Table(
        "unmerged",
        tables,
        Column("number", Integer, primary_key=True),
        Column("document", TEXT, nullable=False),
    )
    Table(
        "leaves",
        tables,
        Column("leaf", TEXT, primary_key=True),
        Column("document", TEXT, nullable=False, index=True),
        Column("record", TEXT, nullable=False),
        Column("family", TEXT, nullable=False),
    )
    Table(
        "reports",
        tables,
        Column("claim", TEXT, primary_key=True),
        Column("document", TEXT, nullable=False, index=True),
        Column("component", TEXT, index=True),
        Column("anchor", TEXT),
        Column("judged", TEXT, index=True),
        Column("raw", TEXT, nullable=False),
        Column("record", TEXT, nullable=False),
    )
    Table(
        "blocks",
        tables,
        Column("key", TEXT, primary_key=True),
        Column("day", Integer, primary_key=True),
        Column("claim", TEXT, primary_key=True, index=True),
        Column("last", Integer, nullable=False),
        Column("rich", Boolean, nullable=False),
    )
    tables.create_all(connection)


def _attestation(connection: Connection) -> None:
    """Step 4: how records attest each conversation and from whom it was kept; the next merge fills both in."""
    connection.execute(text("ALTER TABLE conversations ADD COLUMN attestation TEXT"))
    connection.execute(text("CREATE INDEX ix_conversations_attestation ON conversations (attestation)"))
    tables = MetaData()
    Table("conversations", tables, Column("id", TEXT, primary_key=True))
    owner = Column("conversation", TEXT, ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    kept_from = Column("kept_from", TEXT, primary_key=True)
    link = Table("conversation_withheld", tables, owner, kept_from)
    Index("conversation_withheld_by_kept_from", kept_from)
    link.create(connection)


def _watching(connection: Connection) -> None:
    """Step 5: watches, and what is told to each of their destinations."""
    tables = MetaData()
    Table(
        "watches",
        tables,
        Column("name", TEXT, primary_key=True),
        Column("seen", Integer, nullable=False),
        Column("ran", TEXT),
        Column("record", TEXT, nullable=False),
    )
    Table(
        "outbox",
        tables,
        Column("number", Integer, primary_key=True),
        Column("destination", TEXT, nullable=False),
        Column("item", TEXT, nullable=False),
        Column("about", TEXT),
        Column("batch", TEXT, nullable=False),
        Column("record", TEXT, nullable=False),
        Column("queued", TEXT, nullable=False),
        Column("sent", TEXT),
        Column("due", TEXT),
        Column("error", TEXT),
        UniqueConstraint("destination", "item"),
        Index("outbox_by_about", "about"),
        Index("outbox_by_sent", "sent"),
    )
    tables.create_all(connection)


def _register(connection: Connection) -> None:
    """Step 6: the register of forecasts and what became of them."""
    tables = MetaData()
    Table(
        "forecasts",
        tables,
        Column("number", Integer, primary_key=True),
        Column("id", TEXT, nullable=False, unique=True),
        Column("kind", TEXT, nullable=False),
        Column("made", TEXT, nullable=False),
        Column("origin", TEXT, nullable=False),
        Column("due", TEXT, nullable=False, index=True),
        Column("record", TEXT, nullable=False),
    )
    Table(
        "resolutions",
        tables,
        Column("forecast", TEXT, ForeignKey("forecasts.id"), primary_key=True),
        Column("at", TEXT, nullable=False),
        Column("outcome", TEXT, nullable=False),
        Column("record", TEXT, nullable=False),
    )
    tables.create_all(connection)


STEPS: Mapping[int, Step] = {2: _merging, 3: _identities, 4: _attestation, 5: _watching, 6: _register}
"""The step that leads to each number above the first."""

_log = logging.getLogger(__name__)


def latest(steps: Mapping[int, Step] = STEPS) -> int:
    """Give the schema's number that this program writes."""
    return max(steps, default=FIRST)


def found(connection: Connection, location: str) -> int | None:
    """Give the schema's number of the store, or ``None`` when the database is empty.

    Raises:
        StoreError: the database holds tables of another program.
    """
    names = set(inspect(connection).get_table_names())
    if schema.name in names:
        return connection.execute(select(func.max(schema.c.number))).scalar()
    others = names if connection.dialect.name == "sqlite" else names & set(metadata.tables)
    if others:
        listed = ", ".join(sorted(others)[:5])
        raise StoreError(f"{location}: holds tables of another program ({listed}); give another --store")
    return None


def is_current(connection: Connection, location: str, *, steps: Mapping[int, Step] = STEPS) -> bool:
    """Tell whether nothing has to be done.

    Raises:
        StoreNewer: the store was made by a later version.
        StoreError: the database holds tables of another program.
    """
    number = found(connection, location)
    if number is not None and number > latest(steps):
        raise StoreNewer(location, number, latest(steps))
    return number == latest(steps)


def migrate(connection: Connection, location: str, *, steps: Mapping[int, Step] = STEPS) -> None:
    """Create the tables, or take every step that is missing; the caller commits all or nothing.

    Raises:
        StoreNewer: the store was made by a later version.
        StoreError: the database holds tables of another program.
    """
    if is_current(connection, location, steps=steps):
        return
    number = found(connection, location)
    if number is None:
        metadata.create_all(connection)
        create_search(connection)
        connection.execute(insert(schema), {"number": latest(steps)})
        return
    for step in range(number + 1, latest(steps) + 1):
        steps[step](connection)
        connection.execute(insert(schema), {"number": step})
        _log.info("store brought to schema %d", step)
