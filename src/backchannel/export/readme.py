"""Write the page that stands beside the files: what they hold, what was asked, whose words they are."""

from __future__ import annotations

from collections.abc import Mapping

from backchannel.export.folder import Folder
from backchannel.export.registry import About

FILE = "README.txt"


def write(
    folder: Folder,
    about: About,
    lines: Mapping[str, int],
    licences: Mapping[str, int],
    *,
    conversations: int,
    reports: int,
) -> None:
    """Write ``README.txt``: version, question, counts, text rights and licences of the documents."""
    asked = [f"  {name}: {value}" for name, value in about.question.items()]
    owned = sorted(licences.items(), key=lambda one: (-one[1], one[0]))
    parts = [
        f"Conversations exported by backchannel {about.version}",
        "",
        f"{conversations} conversations, told by {reports} reports.",
        *(f"  {name}: {count} lines" for name, count in lines.items()),
        "",
        "Asked for:",
        *(asked or ["  all there is"]),
        "",
        f"Wording of the documents: {about.rights} (none: only hash and offsets; quote:N: at most N characters a quotation;"
        " full: whole sentences).",
        "Quotations belong to their publishers. Licences of the documents, by number of reports:",
        *(f"  {name}: {count}" for name, count in owned),
        "",
        "The columns are told in docs/how-it-works.md of backchannel, the values in docs/codebook.md.",
        "A conversation is what sentences agree on; each can be traced to them by document and offsets.",
    ]
    folder.open(FILE).write("\n".join(parts) + "\n")
