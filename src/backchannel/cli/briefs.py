"""Write a brief as Markdown for the terminal and files, and as a page that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from backchannel.analysis import phrases
from backchannel.analysis.brief import Brief, Line, Section
from backchannel.errors import InputError

_STYLE = (
    "body{font:17px/1.5 Georgia,serif;max-width:44em;margin:2em auto;padding:0 1em;color:#222}"
    "h1{font-size:1.5em}h2{font-size:1.15em;margin-top:2em;border-bottom:1px solid #ccc}"
    "figure{margin:1.5em 0}figure svg{max-width:100%;height:auto}"
    "blockquote{margin:.3em 0 1.2em 1em;color:#444;font-style:italic}"
    "cite,.about{font:13px/1.4 system-ui,sans-serif;color:#666;font-style:normal}li{margin-bottom:.4em}"
)
DEEPER = "Look deeper: `backchannel show ID` gives every sentence behind a line, with the words each value rests on."


def markdown(made: Brief) -> str:
    """Give the brief in Markdown.

    >>> print(markdown(Brief(title="Brief: May", summary="None.", sections=(), threads=(), threads_total=0, gaps=())))
    # Brief: May
    <BLANKLINE>
    None.
    <BLANKLINE>
    Look deeper: `backchannel show ID` gives every sentence behind a line, with the words each value rests on.
    """
    blocks = [f"# {made.title}", made.summary, DEEPER]
    for section in made.sections:
        blocks.append(f"## {section.heading}\n\n*{section.means[:1].upper()}{section.means[1:]}{_more(section)}.*")
        blocks.append("\n".join(row for line in section.lines for row in _rows(line)).rstrip())
    if made.threads:
        rows = "\n".join(f"- {told}" for told in _threads(made))
        blocks.append(
            f"## Threads by pair\n\n*Who was in touch most often, of {made.threads_total:,} pairs.*\n\n{rows}"
        )
    if made.gaps:
        blocks.append("## Not covered\n\n" + "\n".join(f"- {gap}" for gap in made.gaps))
    return "\n\n".join(blocks)


def page(made: Brief, drawings: Sequence[str] = ()) -> str:
    """Give the brief as an HTML page without scripts, ``drawings`` (SVG) below its summary."""
    parts = [
        f"<h1>{escape(made.title)}</h1>",
        f"<p>{escape(made.summary)}</p>",
        f"<p class=about>{escape(DEEPER.replace('`', ''))}</p>",
        *(f"<figure>{drawing}</figure>" for drawing in drawings),
    ]
    for section in made.sections:
        parts.append(f"<h2>{escape(section.heading)}</h2><p class=about>{escape(section.means + _more(section))}.</p>")
        parts += [_article(line) for line in section.lines]
    if made.threads:
        rows = "".join(f"<li>{escape(told)}</li>" for told in _threads(made))
        parts.append(f"<h2>Threads by pair</h2><ul>{rows}</ul>")
    if made.gaps:
        rows = "".join(f"<li>{escape(gap)}</li>" for gap in made.gaps)
        parts.append(f"<h2>Not covered</h2><ul>{rows}</ul>")
    head = f'<meta charset="utf-8"><title>{escape(made.title)}</title><style>{_STYLE}</style>'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>\n' + "\n".join(parts) + "\n</body></html>\n"


def write(path: Path, page: str) -> None:
    """Write a page to a file; one that is there is written over.

    Raises:
        InputError: the file cannot be written.
    """
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as fault:
        raise InputError(
            f"{path}: cannot be written ({fault.strerror}); name a file in a folder that is there"
        ) from None


def _rows(line: Line) -> Iterator[str]:
    yield f"- **{line.when}**, {line.text}"
    yield f"  {line.standing}; {line.witnesses}; `{line.id}`{'' if line.quotation is not None else ', quoted above'}"
    if line.quotation is not None:
        yield f"  > “{line.quotation.text}”"
        yield f"  > {_source(line)}"
        yield ""


def _article(line: Line) -> str:
    about = escape(f"{line.standing}; {line.witnesses}; {line.id}")
    told = f"<p><b>{escape(line.when)}</b>, {escape(line.text)}<br><span class=about>{about}</span></p>"
    if line.quotation is None:
        return told
    return told + f"<blockquote>“{escape(line.quotation.text)}”<br><cite>{escape(_source(line))}</cite></blockquote>"


def _source(line: Line) -> str:
    if line.quotation is None:
        return ""
    return f"{line.quotation.outlet or 'source not named'}, {phrases.day(line.quotation.published)}"


def _more(section: Section) -> str:
    return f"; {len(section.lines)} of {section.total:,} shown" if section.total > len(section.lines) else ""


def _threads(made: Brief) -> Iterator[str]:
    for thread in made.threads:
        parts = [phrases.count(thread.conversations, "conversation")]
        parts += [f"{thread.private} private"] if thread.private else []
        parts += [f"{thread.disputed} disputed"] if thread.disputed else []
        days = f"{phrases.day(thread.first)} to {phrases.day(thread.last)}"
        yield f"{' – '.join(thread.names)}: {', '.join(parts)}; {days}"
