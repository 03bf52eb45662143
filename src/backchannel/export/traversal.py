"""Walk once through the conversations asked for and feed every chosen exporter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from backchannel import __version__
from backchannel.analysis import questions
from backchannel.analysis.questions import Asked
from backchannel.errors import QueryError
from backchannel.export import readme
from backchannel.export.folder import Folder
from backchannel.export.registry import EXPORTERS, About, Expand, Exported
from backchannel.export.rights import rights
from backchannel.store import Store

_TOGETHER = 200
"""Conversations whose reports are fetched at once: what is held in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What was exported, and the lines of each file."""

    folder: str
    conversations: int
    reports: int
    files: Mapping[str, int]


def export(
    store: Store,
    asked: Asked,
    formats: Sequence[str],
    to: Path,
    *,
    text: str = "quote:300",
    expand: Expand = "none",
    force: bool = False,
) -> Summary:
    """Write the conversations asked for in every format, each file whole or not at all; nothing where there are none.

    Args:
        store: what is exported.
        asked: which conversations; ``Asked()`` for all.
        formats: names of exporters.
        to: the folder, made when it is not there.
        text: how much wording: ``none``, ``quote:N`` or ``full``.
        expand: ``dyads`` for one event a pair of parties, in formats of events.
        force: whether files of an earlier export may be written over.

    Raises:
        QueryError: an unknown format, actor, issue or text right; nothing was written.
        InputError: files are there already, or the folder cannot be written.
    """
    if not formats:
        raise QueryError(f"no format given; known: {', '.join(EXPORTERS)}")
    about = About(
        version=__version__,
        question=_question(questions.named(asked, store)),
        rights=rights(text),
        expand=expand,
        actors=questions.table(store),
    )
    chosen = [EXPORTERS.get(name)() for name in dict.fromkeys(formats)]
    files = [*(name for one in chosen for name in one.files), readme.FILE]
    licences: Counter[str] = Counter()
    conversations = reports = 0
    every = walk(store, asked)
    first = next(every, None)
    if first is None:
        return Summary(folder=str(to), conversations=0, reports=0, files={})
    with Folder(to, files, force=force) as folder:
        for one in chosen:
            one.begin(about, folder)
        for told in chain([first], every):
            conversations += 1
            for report in told.reports():
                reports += 1
                licences[(report.document.licence if report.document is not None else None) or "not known"] += 1
            for one in chosen:
                one.feed(told)
        lines = {name: count for one in chosen for name, count in one.finish().items()}
        summary = Summary(folder=str(to), conversations=conversations, reports=reports, files=lines)
        readme.write(folder, about, lines, licences, conversations=conversations, reports=reports)
    return summary


def walk(store: Store, asked: Asked) -> Iterator[Exported]:
    """Yield each conversation asked for with its claims and documents, fetching those of some hundred at a time."""
    found = questions.find(asked, store)
    while some := list(islice(found, _TOGETHER)):
        claims, documents = questions.reports(some, store)
        for one in some:
            own = {name: claims[name] for name in one.claims if name in claims}
            its = {claim.document: documents[claim.document] for claim in own.values() if claim.document in documents}
            yield Exported(conversation=one, claims=own, documents=its)


def _question(asked: Asked) -> dict[str, Any]:
    """The parts of a question that ask something, as text."""
    return {
        name: ", ".join(value) if isinstance(value, tuple) else str(value)
        for name, value in asdict(asked).items()
        if value is not None and value != () and name != "order"
    }
