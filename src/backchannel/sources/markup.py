"""HTML as text: what a browser would show, and whether a page is small and flat enough to be parsed at all."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from backchannel.errors import DocumentError

_MOST_TAGS = 50_000
_DEEPEST = 250
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_CLOSED_BY_NEXT = frozenset(("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "colgroup"))
_HIDDEN = frozenset(("script", "style", "noscript", "template", "title"))
_BLOCK = re.compile(r"^(?:p|div|br|li|tr|h[1-6]|section|article|blockquote|ul|ol|table|header|footer|d[dt])$")
_HEADING = re.compile(r"<h1\b[^>]{0,500}>(.{1,500}?)</h1", re.S | re.I)


def heading(markup: str) -> str | None:
    """Give the text of a page's first main heading."""
    found = _HEADING.search(markup)
    return " ".join(visible(found.group(1)).split()) or None if found else None


def check_shape(markup: str) -> None:
    """Raise when a page has too many elements or nests them too deeply.

    Args:
        markup: the page; counted as a browser would nest it, with scripts, styles and comments left out.

    Raises:
        DocumentError: over 50,000 elements, or over 250 levels.
    """
    markup = markup.lower()
    open_tags: list[str] = []
    tags = at = 0
    while (at := markup.find("<", at)) >= 0:
        if markup.startswith("<!--", at):
            at = _behind(markup, "-->", at)
            continue
        end = markup.find(">", at)
        if end < 0:
            return
        name = _name(markup, at, end)
        at = end + 1
        if name.startswith("/"):
            _close(open_tags, name[1:])
        elif name and not name.startswith(("!", "?")):
            tags += 1
            if name in ("script", "style"):
                at = _behind(markup, f"</{name}", at)
            elif name not in _VOID and name not in _CLOSED_BY_NEXT and markup[end - 1] != "/":
                open_tags.append(name)
        if tags > _MOST_TAGS:
            raise DocumentError(f"more than {_MOST_TAGS:,} elements on the page; save its text and read that")
        if len(open_tags) > _DEEPEST:
            raise DocumentError(f"elements nested more than {_DEEPEST} deep; save the page's text and read that")


def _name(markup: str, start: int, end: int) -> str:
    """Give the name of the tag between two brackets, with its slash when it closes."""
    words = markup[start + 1 : min(end, start + 60)].split(None, 1)
    return words[0].rstrip("/") if words else ""


def _behind(markup: str, mark: str, start: int) -> int:
    """Give the place behind ``mark``, or the end of the page."""
    at = markup.find(mark, start)
    return len(markup) if at < 0 else at + len(mark)


def _close(open_tags: list[str], name: str) -> None:
    """Close the innermost open element called ``name`` with all inside it; a stray end tag closes nothing."""
    for depth in range(len(open_tags) - 1, -1, -1):
        if open_tags[depth] == name:
            del open_tags[depth:]
            return


class _Visible(HTMLParser):
    """Collects what a browser would show; the standard library offers its parser as a base class only."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self.hidden += 1
        elif _BLOCK.match(tag):
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        elif _BLOCK.match(tag):
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.pieces.append(data)


def visible(markup: str) -> str:
    """Give all text of a page or fragment as a browser would show it, a line for each block.

    >>> visible("<p>They <b>met</b>.</p><script>x()</script><p>He left.</p>")
    'They met.\\nHe left.'
    """
    parser = _Visible()
    parser.feed(_closed(markup))
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.pieces).splitlines())
    return "\n".join(line for line in lines if line)


def _closed(markup: str) -> str:
    """Give the page without what opens and never closes.

    The standard library's parser looks for the end of each such piece anew, which takes the square of their number,
    and gives up on malformed ``<![``, which browsers pass over.
    """
    markup = markup.replace("<![", "<")
    comments = markup.rfind("-->") + 1
    markup = markup[:comments] + markup[comments:].replace("<!--", " ")
    tags = markup.rfind(">") + 1
    return markup[:tags] + markup[tags:].replace("<", " ")
