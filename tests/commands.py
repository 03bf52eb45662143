"""Run a command of the command line in this process and give what it wrote."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from backchannel import cli

Ask = Callable[..., tuple[int, str, str]]


def runner(place: str | Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Give what runs a command on a store: its exit code, stdout and stderr.

    ``answers`` are lines typed at it, ``columns`` the width that it may take.
    """

    def asked(*arguments: str, answers: str = "", columns: int | None = None) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["backchannel", *arguments, "--store", str(place)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(answers))
        if columns is not None:
            monkeypatch.setenv("COLUMNS", str(columns))
        code = 0
        try:
            cli.main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        told = capsys.readouterr()
        return code, told.out, told.err

    return asked
