"""The tables of the store, the same on SQLite and PostgreSQL.

Days and times are ISO 8601 text, records are JSON text; what is searched or sorted stands beside them in columns.
Text compares by code point on both databases (``C`` collation), so both sort alike. No id is counted up by the
database save ``number``, which only ties a row to its full-text index or tells what came later, and appears in no answer and in no digest.
No index begins with ``superseded``: nearly all rows share its value.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
)

TEXT = Text().with_variant(Text(collation="C"), "postgresql")
SEPARATOR = "\x1f"
"""What stands between the items of a list kept in one text column."""

metadata = MetaData()

schema = Table("schema", metadata, Column("number", Integer, primary_key=True, autoincrement=False))

lock = Table(
    "lock",
    metadata,
    Column("name", TEXT, primary_key=True),
    Column("pid", Integer, nullable=False),
    Column("host", TEXT, nullable=False),
    Column("purpose", TEXT, nullable=False),
    Column("since", TEXT, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", TEXT, nullable=False, unique=True),
    Column("source", TEXT),
    Column("url", TEXT),
    Column("title", TEXT),
    Column("language", TEXT),
    Column("published", TEXT),
    Column("retrieved", TEXT),
    Column("licence", TEXT),
    Column("state", TEXT, nullable=False),
    Column("meta", TEXT, nullable=False),
    Column("text", TEXT, nullable=False),
    Index("documents_by_day", "published", "id"),
    Index("documents_by_source", "source", "published"),
)

readings = Table(
    "readings",
    metadata,
    Column("document", TEXT, primary_key=True),
    Column("state", TEXT, nullable=False),
    Column("reader", TEXT),
    Column("text_hash", TEXT),
    Column("source", TEXT),
    Column("day", TEXT),
)

signatures = Table(
    "signatures",
    metadata,
    Column("document", TEXT, ForeignKey("documents.id"), primary_key=True),
    Column("signature", LargeBinary, nullable=False),
)

families = Table(
    "families",
    metadata,
    Column("document", TEXT, primary_key=True),
    Column("family", TEXT, nullable=False, index=True),
)

claims = Table(
    "claims",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", TEXT, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("superseded", Boolean, nullable=False, server_default=false()),
    Column("document", TEXT, ForeignKey("documents.id"), nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("by", TEXT, nullable=False),
    Column("parties", TEXT, nullable=False),
    Column("persons", TEXT, nullable=False),
    Column("issues", TEXT, nullable=False),
    Column("first_day", TEXT),
    Column("last_day", TEXT),
    Column("precision", TEXT),
    Column("form", TEXT),
    Column("privacy", TEXT),
    Column("channel", TEXT),
    Column("status", TEXT),
    Column("source_class", TEXT, nullable=False),
    Column("speaker", TEXT),
    Column("chain", TEXT, nullable=False),
    Column("place", TEXT),
    Column("country", TEXT),
    Column("position", Integer),
    Column("score", Float, nullable=False),
    Column("sentence", TEXT),
    Column("record", TEXT, nullable=False),
    UniqueConstraint("id", "edition"),
    Index("claims_by_document", "document", "superseded", "id"),
    Index("claims_by_kind", "kind", "id"),
    Index("claims_by_day", "last_day", "first_day"),
    Index("claims_by_block", "parties", "first_day"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("first_day", TEXT, index=True),
    Column("last_day", TEXT, index=True),
    Column("reported", TEXT, index=True),
    Column("privacy", TEXT, index=True),
    Column("status", TEXT, index=True),
    Column("attestation", TEXT, index=True),
    Column("independent", Integer, nullable=False, index=True),
    Column("disputed", Boolean, nullable=False, index=True),
    Column("score", Float, nullable=False),
    Column("record", TEXT, nullable=False),
)


def _part(name: str, value: str) -> Table:
    """Give the table that ties a conversation to its values of one kind, found from either side."""
    owner = Column("conversation", TEXT, ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    return Table(name, metadata, owner, Column(value, TEXT, primary_key=True), Index(f"{name}_by_{value}", value))


conversation_claims = _part("conversation_claims", "claim")
conversation_parties = _part("conversation_parties", "actor")
conversation_persons = _part("conversation_persons", "person")
conversation_issues = _part("conversation_issues", "issue")
conversation_withheld = _part("conversation_withheld", "kept_from")
"""From whom a conversation was kept, as the text says: institutions and actors by id, persons by name and each word of it."""

homes = Table(
    "homes",
    metadata,
    Column("claim", TEXT, primary_key=True),
    Column("conversation", TEXT, nullable=False, index=True),
)

changes = Table(
    "changes",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", TEXT, index=True),
    Column("conversation", TEXT, nullable=False, index=True),
    Column("kind", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
)

unmerged = Table(
    "unmerged",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("document", TEXT, nullable=False),
)
"""Documents that were kept since the last merge, once for each time."""

leaves = Table(
    "leaves",
    metadata,
    Column("leaf", TEXT, primary_key=True),
    Column("document", TEXT, nullable=False, index=True),
    Column("record", TEXT, nullable=False),
    Column("family", TEXT, nullable=False),
)
"""What merging keeps of each document, or item of a digest, to find its copies, and their family, as JSON."""

reports = Table(
    "reports",
    metadata,
    Column("claim", TEXT, primary_key=True),
    Column("document", TEXT, nullable=False, index=True),
    Column("component", TEXT, index=True),
    Column("anchor", TEXT),
    Column("judged", TEXT, index=True),
    Column("raw", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
)
"""Claims as the last merge saw them; ``component`` names what hangs together, ``judged`` what people said of them.

``raw`` is the report by itself, ``record`` the report as a copy of another, where it is one.
"""

blocks = Table(
    "blocks",
    metadata,
    Column("key", TEXT, primary_key=True),
    Column("day", Integer, primary_key=True),
    Column("claim", TEXT, primary_key=True, index=True),
    Column("last", Integer, nullable=False),
    Column("rich", Boolean, nullable=False),
)
"""Where each report lies: by parties and by days, as ordinals; a ``rich`` one tells enough to be met from afar."""

MERGING = (unmerged, leaves, reports, blocks)
"""The tables that only merging needs; they hold nothing that cannot be made again."""

judgements = Table(
    "judgements",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("target", TEXT, nullable=False, index=True),
    Column("other", TEXT, index=True),
    Column("at", TEXT),
    Column("supersedes", TEXT, index=True),
    Column("record", TEXT, nullable=False),
)

problems = Table(
    "problems",
    metadata,
    Column("document", TEXT, primary_key=True),
    Column("room", TEXT, primary_key=True),
    Column("error", TEXT, nullable=False),
    Column("message", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("mended", Boolean, nullable=False),
)

coverage = Table(
    "coverage",
    metadata,
    Column("source", TEXT, primary_key=True),
    Column("day", TEXT, primary_key=True),
    Column("fetched", Integer, nullable=False),
    Column("read", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("key", TEXT, primary_key=True),
    Column("value", TEXT, nullable=False),
)

feeds = Table(
    "feeds",
    metadata,
    Column("url", TEXT, primary_key=True),
    Column("etag", TEXT),
    Column("last_modified", TEXT),
)

watches = Table(
    "watches",
    metadata,
    Column("name", TEXT, primary_key=True),
    Column("seen", Integer, nullable=False),
    Column("ran", TEXT),
    Column("record", TEXT, nullable=False),
)
"""Saved questions; ``seen`` is the number of the last change that each has looked at, ``ran`` when it was last asked."""

outbox = Table(
    "outbox",
    metadata,
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
"""What is told to each destination, kept before it is sent and marked after."""

WATCHING = (watches, outbox)
"""The tables that belong to watches; what they hold is no knowledge."""

user_rows = Table(
    "user_rows",
    metadata,
    Column("kind", TEXT, primary_key=True),
    Column("hash", TEXT, primary_key=True),
    Column("row", TEXT, nullable=False),
)

forecasts = Table(
    "forecasts",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", TEXT, nullable=False, unique=True),
    Column("kind", TEXT, nullable=False),
    Column("made", TEXT, nullable=False),
    Column("origin", TEXT, nullable=False),
    Column("due", TEXT, nullable=False, index=True),
    Column("record", TEXT, nullable=False),
)
"""What was foretold, before its outcome; rows are added and never changed."""

resolutions = Table(
    "resolutions",
    metadata,
    Column("forecast", TEXT, ForeignKey("forecasts.id"), primary_key=True),
    Column("at", TEXT, nullable=False),
    Column("outcome", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
)
"""What became of each forecast, by rule and once."""
