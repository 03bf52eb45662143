"""What an exporter is: begun once, fed each conversation with its reports, finished once; found by the format's name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

from backchannel.actors import ActorTable
from backchannel.export.rights import Rights
from backchannel.records import Claim, Conversation, Document, Origin
from backchannel.registry import Registry

if TYPE_CHECKING:
    from backchannel.export.folder import Folder

Expand = Literal["none", "dyads"]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What an export is of: the version that made it, the question asked, and how much wording it may hold.

    ``expand`` asks formats of events for one event a pair of parties instead of one a conversation.
    """

    version: str
    question: Mapping[str, Any]
    rights: Rights
    expand: Expand = "none"
    actors: ActorTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One claim within its document; ``rests_on`` is the claim that it repeats, ``origin`` who originally tells it."""

    conversation: str
    claim: Claim
    document: Document | None
    origin: Origin | None
    rests_on: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A conversation with the claims that are in the store and their documents, by id."""

    conversation: Conversation
    claims: Mapping[str, Claim]
    documents: Mapping[str, Document] = field(default_factory=dict)

    def reports(self) -> Iterator[Told]:
        """Yield each claim within its document, in the conversation's order."""
        of = {claim: origin for origin in self.conversation.origins for claim in origin.claims}
        for one in self.conversation.claims:
            if one in self.claims:
                claim = self.claims[one]
                yield Told(
                    conversation=self.conversation.id,
                    claim=claim,
                    document=self.documents.get(claim.document),
                    origin=of.get(one),
                    rests_on=self.conversation.rests_on.get(one),
                )


class Exporter(Protocol):
    """Writes one format; ``files`` are all that it may write, known before it begins."""

    files: tuple[str, ...]

    def begin(self, about: About, folder: Folder) -> None:
        """Open the files in ``folder``."""

    def feed(self, one: Exported) -> None:
        """Write a conversation; each comes once, in the order of the question."""

    def finish(self) -> Mapping[str, int]:
        """Give the lines written by file, heads left out; the folder closes the files."""


EXPORTERS: Registry[Callable[[], Exporter]] = Registry("format")
exporter = EXPORTERS.add
