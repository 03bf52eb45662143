"""Every command explains itself with examples, and refuses what it cannot do with a message and the right code."""

import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from backchannel import cli
from backchannel.cli.app import app


def _commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from _commands(below, (*path, name))


COMMANDS = dict(_commands(typer.main.get_command(app)))
LEAVES = sorted(path for path, command in COMMANDS.items() if not getattr(command, "commands", None))


def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["backchannel", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    told = capsys.readouterr()
    return int(ended.value.code or 0), told.out, told.err


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_help_has_two_examples_of_the_command(path: tuple[str, ...], capsys, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    code, out, _ = run(capsys, monkeypatch, *path, "--help")
    shown = [line for line in out.splitlines() if f"backchannel {' '.join(path)}" in line and " # " in line]
    assert code == 0
    assert "Examples" in out
    assert len(shown) == 2


@pytest.mark.parametrize("path", sorted(COMMANDS), ids=" ".join)
def test_help_says_what_every_part_does(path: tuple[str, ...]) -> None:
    assert COMMANDS[path].help
    assert [part.name for part in COMMANDS[path].params if not getattr(part, "help", "")] == []


def test_answers_come_as_json_from_every_command_that_answers() -> None:
    silent = {("config", "set")}
    names = {path: {name for part in COMMANDS[path].params for name in part.opts} for path in LEAVES}
    assert {path for path, known in names.items() if "--json" not in known} == silent


def test_help_starts_without_the_parser_and_the_database() -> None:
    program = (
        "import sys; from backchannel import cli; sys.argv = ['backchannel', '--help']\n"
        "try: cli.main()\n"
        "except SystemExit: print([name for name in ('spacy', 'sqlalchemy', 'numpy', 'lxml') if name in sys.modules])"
    )
    began = time.monotonic()
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == "[]"
    assert time.monotonic() - began < 5


def test_version_is_told(capsys, monkeypatch) -> None:
    assert run(capsys, monkeypatch, "--version") == (0, "backchannel 0.1.0\n", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ["talks"],
        ["conversations", "--colour"],
        ["conversations", "--privacy", "hush"],
        ["conversations", "--order", "size"],
        ["read"],
        ["show"],
        ["evaluate"],
    ],
)
def test_wrong_usage_ends_with_two(arguments: list[str], capsys, monkeypatch) -> None:
    code, out, err = run(capsys, monkeypatch, *arguments)
    assert (code, out) == (2, "")
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["conversations"], "no store there"),
        (["code", "nowhere.txt"], "cannot be read"),
        (["code", "--date", "soon"], "is not a date"),
        (["read", "nowhere.txt"], "no such file"),
        (["conversations", "--since", "yesterday"], "is not a date"),
        (["brief", "--since", "2024", "--until", "2023"], "comes after"),
        (["issue", "taiwann"], "no store there"),
        (["evaluate", "contacts", "--data", "nowhere.jsonl"], "no such file"),
        (["config", "get", "brief.line"], "did you mean brief.lines"),
        (["config", "set", "brief.lines", "many"], "takes a whole number"),
        (["actors", "show", "Omann"], "did you mean OMN (Oman)"),
        (["actors", "add", "nowhere.yml"], "cannot be read"),
    ],
)
def test_a_users_mistake_ends_with_one_and_says_what_to_do(arguments, told, capsys, monkeypatch, tmp_path) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, monkeypatch, *arguments)
    assert (code, out) == (1, "")
    assert err.startswith("backchannel: ")
    assert told in err
    assert "Traceback" not in err
