"""``config``: the settings that a store keeps."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from backchannel.cli.options import Json, StorePath, examples, is_there, opened
from backchannel.cli.output import emit, lines, say
from backchannel.errors import QueryError

if TYPE_CHECKING:
    from backchannel.store import Store

KNOWN: Final[Mapping[str, tuple[int, str]]] = {
    "brief.lines": (6, "the most lines in a section of the brief"),
    "conversations.limit": (20, "conversations in a list for people"),
    "read.workers": (0, "processes that read; 0 is one a core"),
}
"""Each setting with its default and what it does; all are whole numbers."""

GET = examples(
    "backchannel config get brief.lines", "one setting", "backchannel config get read.workers --json", "as JSON"
)
SET = examples(
    "backchannel config set brief.lines 10",
    "longer briefs",
    "backchannel config set read.workers 2",
    "at most two processes",
)
LIST = examples(
    "backchannel config list", "all settings and what they do", "backchannel config list --json", "as JSON lines"
)

config = typer.Typer(help="Settings of a store: see and change them.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(config, name="config", epilog=LIST)


def value_of(kept: Store, key: str) -> int:
    """Give a setting of a store, else its default."""
    told = kept.get_setting(key)
    return KNOWN[key][0] if told is None else int(told)


@config.command("get", epilog=GET)
def get(key: Annotated[str, typer.Argument(help="Its name.")], as_json: Json = False, store: StorePath = None) -> None:
    """Show one setting."""
    _check(key)
    value = _values(store)[key]
    if as_json:
        emit([{"key": key, "value": value}])
    else:
        say(str(value))


@config.command("set", epilog=SET)
def put(
    key: Annotated[str, typer.Argument(help="Its name.")],
    value: Annotated[str, typer.Argument(help="A whole number; 'default' takes it back.")],
    store: StorePath = None,
) -> None:
    """Change a setting."""
    _check(key)
    with opened(store, writes=True) as kept:
        kept.set_setting(key, None if value == "default" else _number(key, value))


@config.command("list", epilog=LIST)
def show(as_json: Json = False, store: StorePath = None) -> None:
    """List all settings, their values and what they do."""
    values = _values(store)
    if as_json:
        emit({"key": key, "value": values[key], "default": KNOWN[key][0], "means": KNOWN[key][1]} for key in KNOWN)
    else:
        lines(("setting", "value", "means"), [(key, str(values[key]), KNOWN[key][1]) for key in KNOWN], right=(1,))


def _values(store: str | None) -> dict[str, Any]:
    if not is_there(store):
        return {key: default for key, (default, _) in KNOWN.items()}
    with opened(store) as kept:
        return {key: value_of(kept, key) for key in KNOWN}


def _check(key: str) -> None:
    from difflib import get_close_matches

    if key not in KNOWN:
        raise QueryError(
            f"no setting named {key!r}; known: {', '.join(KNOWN)}", known=get_close_matches(key, KNOWN, n=2)
        )


def _number(key: str, value: str) -> int:
    try:
        number = json.loads(value)
    except ValueError:
        number = None
    if not isinstance(number, int) or isinstance(number, bool) or number < 0:
        raise QueryError(f"{key} takes a whole number from 0 on, not {value!r}")
    return number
