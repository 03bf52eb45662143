"""Paths and addresses become documents.

A kind of source is one file here that registers its reader by suffix with ``@source``; it turns what arrived into
drafts, and ``draft.finish`` makes documents of them. What cannot be read becomes a problem and the rest goes on.
No connection is opened unless the target is an address, or a feed file is read with ``Options.fetch``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from backchannel.errors import SourceError
from backchannel.sources import articles, docx, html, jsonl, mail, paths, pdf, text, web  # noqa: F401 for their decorators
from backchannel.sources.kinds import SOURCES, FeedMemory, Fetched, Options, source

__all__ = ["SOURCES", "FeedMemory", "Fetched", "Options", "read", "source"]


def read(target: str, options: Options, *, memory: FeedMemory | None = None) -> Iterator[Fetched]:
    """Yield each document behind a target, or the problem that kept it away, in a fixed order.

    Args:
        target: a file, a folder (read with all below it), ``-`` for stdin (plain text or JSONL), or the http(s)
            address of an article or feed.
        options: what is known beforehand, what is allowed and how much.
        memory: what servers said on earlier visits; addresses with nothing new yield nothing.

    Yields:
        For each document a ``Fetched`` that holds it or its problem.

    Raises:
        SourceError: nothing is there, or the address is of no kind that is read; raised at once, before any is yielded.
    """
    if target == "-":
        return paths.read_stdin(options)
    if "://" in target:
        return articles.read_address(web.checked(target.strip()), options, memory)
    path = Path(target)
    try:
        is_there, is_folder = path.exists(), path.is_dir()
    except (OSError, ValueError) as fault:
        raise SourceError(
            target[:200], f"no path ({fault}); give a file, a folder, - for stdin or an address"
        ) from None
    if not is_there:
        raise SourceError(target, "no such file or folder; check the path, or give - for stdin or an http(s) address")
    if is_folder:
        return paths.read_folder(path, options, memory)
    return paths.read_file(path, options, memory)
