"""The pages keep up with the program: nothing a user can name is left out, examples run, links lead somewhere.

``python tests/test_docs.py --write`` writes the command reference of ``docs/cli.md`` anew, ``--write-demo`` the output
shown in ``docs/demo.md``.
"""

import argparse
import dataclasses
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
import typer

import backchannel
from backchannel import records, vocabulary
from backchannel.aspects import ASPECTS
from backchannel.claims import MAY_DEFAULT, ORDER
from backchannel.cli.app import app
from backchannel.cli.settings import KNOWN as SETTINGS
from backchannel.sources import SOURCES

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.glob("*.md")))
DATA = ROOT / "src" / "backchannel" / "data"
LONGEST = 500
WIDTH = 120
BEGIN, END = "<!-- commands: begin (python tests/test_docs.py --write) -->", "<!-- commands: end -->"
DEMO_BEGIN, DEMO_END = "<!-- demo: begin (python tests/test_docs.py --write-demo) -->", "<!-- demo: end -->"
SHARED = ("--help", "--json", "--store")
"""Options told once, above the reference."""
CLOSED = (
    records.Form,
    records.Privacy,
    records.Channel,
    records.Status,
    records.SourceClass,
    records.Role,
    records.Precision,
    records.Kind,
)
RECORDS = (
    records.Claim,
    records.Party,
    records.Voice,
    records.When,
    records.Where,
    records.Evidence,
    records.Conversation,
    records.ConversationParty,
    records.Origin,
    records.StatusStep,
    records.PrivacyStep,
    records.Reason,
    records.Change,
    records.FieldChange,
    records.Cause,
)
_FENCE = re.compile(r"^(?P<marks>`{3,})(?P<kind>\w*)\n(?P<body>.*?)^(?P=marks)$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<!!)\[[^\]\n]+\]\((?P<target>[^)\s]+)\)")
_COLUMN = re.compile(r"^  (\S.*?)  +(\S.*)$")


def _walk(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from _walk(below, (*path, name))


COMMANDS: Mapping[tuple[str, ...], Any] = dict(_walk(typer.main.get_command(app)))
LEAVES = [
    path
    for path, command in COMMANDS.items()
    if path and (not getattr(command, "commands", None) or command.invoke_without_command)
]


def _text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def _pages() -> str:
    return "\n".join(_text(page) for page in PAGES)


def _prose(text: str) -> str:
    """Give a page without its fenced blocks."""
    return _FENCE.sub("", text)


def _fences(page: Path, *kinds: str) -> list[str]:
    return [found["body"] for found in _FENCE.finditer(_text(page)) if found["kind"] in kinds]


def _plain_help(path: tuple[str, ...]) -> list[str]:
    """Give the lines of a command's ``--help`` without frames and colours, nor the options that all commands share."""
    command = COMMANDS[path]
    framed, command.rich_markup_mode = command.rich_markup_mode, None
    try:
        name = " ".join(("backchannel", *path))
        context = command.context_class(command, info_name=name, terminal_width=WIDTH, max_content_width=WIDTH)
        epilog, command.epilog = command.epilog, None
        told = command.get_help(context)
        command.epilog = epilog
    finally:
        command.rich_markup_mode = framed
    lines = [re.sub(r"  +$", "", line) for line in told.replace("\b", "").splitlines()]
    kept, skipping = [], False
    for line in lines:
        if re.match(r"  -", line):
            skipping = line.split()[0] in SHARED
        elif not line.startswith("   "):
            skipping = False
        if not skipping and line:
            kept.append(line)
    if kept[-1] == "Options:":
        kept.pop()
    examples = [f"$ {line}" for line in _unmarked(epilog or "").split("\n\n")[1:]]
    return [*kept, *examples]


def _unmarked(epilog: str) -> str:
    return re.sub(r"(?<!\\)\[/?(?:bold|dim)\]", "", epilog).replace("\\[", "[")


def reference() -> str:
    """Give the part of ``docs/cli.md`` that the program itself tells: the help of every command that does something."""
    parts = [BEGIN]
    for path in LEAVES:
        parts += ["", f"### {' '.join(path)}", "```text", *_plain_help(path), "```"]
    return "\n".join([*parts, "", END])


def _replaced(page: Path, begin: str, end: str, part: str) -> str:
    text = _text(page)
    before, _, rest = text.partition(begin)
    _, found, after = rest.partition(end)
    assert found, f"{page.name}: the marks {begin} and {end} are not there"
    return before + part + after


def demonstration() -> str:
    """Give the part of ``docs/demo.md`` that ``backchannel demo --store demo.db`` prints."""
    command = [sys.executable, "-m", "backchannel", "demo", "--store", "demo.db"]
    with tempfile.TemporaryDirectory() as folder:
        told = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout
    made = f"Version {backchannel.__version__}, {datetime.now(UTC).date().isoformat()}."
    return "\n".join([DEMO_BEGIN, "", made, "", "````text", told.rstrip(), "````", "", DEMO_END])


# What no page may leave out


@pytest.mark.parametrize("path", [path for path in COMMANDS if path], ids=" ".join)
def test_every_command_is_on_a_page(path: tuple[str, ...]) -> None:
    name = " ".join(path)
    assert re.search(rf"`(?:backchannel )?{name}\b|backchannel {name}\b", _pages()), f"no page mentions {name}"


def test_every_command_for_itself_is_told_by_a_written_page() -> None:
    """The reference is made by machine; a person must have said what the command is for, too."""
    written = "\n".join(_text(page) for page in PAGES if page.name not in ("cli.md", "demo.md"))
    told = {path: re.search(rf"backchannel {path[0]}\b|`{path[0]}(?: |`)", written) for path in COMMANDS if path}
    assert sorted({path[0] for path, found in told.items() if not found}) == []


def test_every_option_is_in_the_reference() -> None:
    text = _text(DOCS / "cli.md")
    names = {name for command in COMMANDS.values() for part in command.params for name in part.opts}
    assert sorted(name for name in names if name.startswith("--") and name not in text) == []


def test_every_aspect_is_on_a_page() -> None:
    assert set(ORDER) == set(ASPECTS)
    assert [name for name in ASPECTS if f"`{name}`" not in _pages()] == []


def test_every_source_kind_is_on_a_page() -> None:
    assert [suffix for suffix in SOURCES if f"`{suffix}`" not in _pages()] == []


def test_every_vocabulary_file_is_on_a_page() -> None:
    files = sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("*") if path.is_file())
    assert [name for name in files if f"{name}`" not in _pages()] == []


def test_every_room_is_told_by_how_it_works() -> None:
    text = _text(DOCS / "how-it-works.md")
    package = ROOT / "src" / "backchannel"
    rooms = [path.name + "/" for path in package.iterdir() if (path / "__init__.py").exists()]
    rooms += [path.name for path in package.glob("*.py") if not path.name.startswith("__")]
    assert sorted(room for room in rooms if f"`{room}" not in text) == []


def test_files_that_how_it_works_names_exist() -> None:
    package = ROOT / "src" / "backchannel"
    known = [path.relative_to(ROOT).as_posix() for folder in (package, ROOT / "tests") for path in folder.rglob("*.py")]
    told = set(re.findall(r"`([\w/]+\.py)`", _text(DOCS / "how-it-works.md")))
    assert told
    assert sorted(name for name in told if not any(f"/{path}".endswith(f"/{name}") for path in known)) == []


def test_every_issue_is_in_the_codebook() -> None:
    text = _text(DOCS / "codebook.md")
    ids = [str(row["id"]) for row in vocabulary.load("issues.yml")["issues"]]
    assert [one for one in ids if not re.search(rf"\b{one}\b", text)] == []


def test_every_value_of_a_closed_set_is_in_the_codebook() -> None:
    text = _text(DOCS / "codebook.md")
    values = {value for kind in CLOSED for value in get_args(kind)}
    assert sorted(value for value in values if not re.search(rf"[`*]{value}[`*]", text)) == []


def test_every_field_is_on_a_page() -> None:
    text = _pages()
    names = {field.name for record in RECORDS for field in dataclasses.fields(record)}
    assert sorted(name for name in names if f"`{name}`" not in text and f'"{name}"' not in text) == []


def test_every_default_is_in_the_codebook() -> None:
    text = _text(DOCS / "codebook.md")
    assert [name for name, value in MAY_DEFAULT.items() if f"{name}={value}" not in text] == []


def test_every_setting_is_on_a_page() -> None:
    assert [name for name in SETTINGS if f"`{name}`" not in _pages()] == []


def test_every_make_target_is_in_contributing() -> None:
    targets = re.findall(r"^(\w+):.*## ", _text(ROOT / "Makefile"), re.MULTILINE)
    text = _text(DOCS / "contributing.md")
    assert targets
    assert [name for name in targets if f"make {name}" not in text] == []


# What stands on a page holds


def test_command_reference_is_what_the_program_says() -> None:
    assert reference() in _text(DOCS / "cli.md"), "docs/cli.md is out of date: python tests/test_docs.py --write"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page_opens_with_what_the_reader_can_do_and_is_short(page: Path) -> None:
    text = _text(page)
    title, _, rest = text.partition("\n")
    assert title.startswith("# ")
    written = text.partition(BEGIN)[0] + text.partition(END)[2]  # the reference is as long as the program is wide
    assert len(written.splitlines()) < LONGEST
    if page.name != "CHANGELOG.md":
        opening = next(part for part in rest.split("\n\n") if part.strip())
        assert "you can" in opening, f"{page.name} does not open with what the reader will be able to do"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for found in _LINK.finditer(_prose(_text(page))):
        target, _, anchor = found["target"].partition("#")
        if "://" in target:
            continue
        place = (page.parent / target).resolve() if target else page
        if not place.exists() or (anchor and anchor not in _anchors(place)):
            broken.append(found["target"])
    assert broken == []


def _anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", _prose(_text(page)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


def test_every_page_can_be_reached_from_the_readme() -> None:
    text = _text(ROOT / "README.md")
    assert [page.name for page in sorted(DOCS.glob("*.md")) if f"docs/{page.name})" not in text] == []


def _typed() -> Iterator[tuple[str, list[str]]]:
    """Yield every ``backchannel …`` line of a block of commands, as page and words."""
    for page in PAGES:
        for body in _fences(page, "sh", "console"):
            for line in body.splitlines():
                for part in re.split(r"\s\|\s|\s&&\s", line.removeprefix("$ ")):
                    words = shlex.split(part, comments=True)
                    if words and words[0] in ("backchannel", ".venv/bin/backchannel"):
                        yield page.name, words[1:]


def test_commands_on_the_pages_exist() -> None:
    faults = []
    for page, words in _typed():
        path: tuple[str, ...] = ()
        for word in words:
            if (*path, word) not in COMMANDS:
                break
            path = (*path, word)
        known = {name for part in COMMANDS[path].params for name in (*part.opts, *part.secondary_opts)} | {"--help"}
        unknown = [word for word in words if word.startswith("--") and word.partition("=")[0] not in known]
        if unknown or (not path and words[0] not in known):
            faults.append(f"{page}: backchannel {' '.join(words)}")
    assert list(_typed())
    assert faults == []


def test_make_targets_on_the_pages_exist() -> None:
    targets = set(re.findall(r"^([\w-]+):", _text(ROOT / "Makefile"), re.MULTILINE))
    told = {name for page in PAGES for name in re.findall(r"(?:`|\n(?:\$ )?)make ([a-z-]+)", _text(page))}
    assert told
    assert sorted(told - targets) == []


EXAMPLES = [
    pytest.param(body, id=f"{page.name}-{number}")
    for page in PAGES
    if page.name != "contributing.md"  # whose example is a docstring alone; those of the code are run by pytest
    for number, body in enumerate(_fences(page, "python"), 1)
]


@pytest.mark.parametrize("body", EXAMPLES)
def test_python_examples_run(body: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines ``# says`` after a ``print`` are what it must print."""
    monkeypatch.chdir(tmp_path)
    told: list[str] = []
    names: dict[str, Any] = {"print": lambda *given: told.append(" ".join(str(one) for one in given))}
    exec(compile(body, "example", "exec"), names)
    assert told == re.findall(r"^\s*# says (.*)$", body, re.MULTILINE)


def test_changelog_tells_this_version() -> None:
    assert f"## {backchannel.__version__}" in _text(ROOT / "CHANGELOG.md")


def main() -> None:
    """Write the parts of the pages that the program itself tells."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--write", action="store_true", help="the command reference of docs/cli.md")
    parser.add_argument("--write-demo", action="store_true", help="the output of docs/demo.md; reads the demo")
    wanted = parser.parse_args()
    if not (wanted.write or wanted.write_demo):
        parser.error("say what to write: --write, --write-demo or both")
    if wanted.write:
        page = DOCS / "cli.md"
        page.write_text(_replaced(page, BEGIN, END, reference()), encoding="utf-8")
    if wanted.write_demo:
        page = DOCS / "demo.md"
        page.write_text(_replaced(page, DEMO_BEGIN, DEMO_END, demonstration()), encoding="utf-8")


if __name__ == "__main__":
    main()
