"""Read whether a text says of itself that it was corrected or taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from backchannel.families.wording import find, headlines

NoticeKind = Literal["corrected", "retracted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a text says became of it; ``title`` is the headline of another text that it takes back, if it names one."""

    kind: NoticeKind
    title: str | None = None


def notice(text: str, title: str | None = None) -> Notice | None:
    """Give the notice that stands at the beginning or end of a text, or in its title; a retraction before a correction.

    >>> notice("This article has been withdrawn. Its source could not be checked.")
    Notice(kind='retracted', title=None)
    """
    body = text.strip()
    kinds = {found.phrase.gives for part in (title, body) if part for found in find("notices", part)}
    if "retracted" not in kinds:
        return Notice(kind="corrected") if kinds else None
    return Notice(kind="retracted", title=_named(title, body))


def _named(title: str | None, body: str) -> str | None:
    for part in (title, body[:600]):
        for pattern in headlines():
            found = pattern.search(part) if part else None
            if found is not None:
                return " ".join(found["title"].split())
    return None
