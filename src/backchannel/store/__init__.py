"""The store: documents, claims, conversations, judgements and problems are kept, once, and found again.

SQLite (WAL mode, FTS5) or PostgreSQL, by the same tables through SQLAlchemy Core.
"""

from backchannel.store.database import Store, open_store
from backchannel.store.engine import Holder
from backchannel.store.forecasts import Foretold, Resolution
from backchannel.store.history import Newcomer, Place
from backchannel.store.judged import Decisions
from backchannel.store.location import locate
from backchannel.store.memory import FeedMemory
from backchannel.store.queries import Question
from backchannel.store.rows import SlimClaim, text_hash

__all__ = [
    "Decisions",
    "FeedMemory",
    "Foretold",
    "Holder",
    "Newcomer",
    "Place",
    "Question",
    "Resolution",
    "SlimClaim",
    "Store",
    "locate",
    "open_store",
    "text_hash",
]
