"""The order of the rooms holds: data flows one way, and nothing in the project names a place on somebody's machine."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "backchannel"
# A room imports from rooms above its line, from those on its own line and from itself (docs/how-it-works.md).
ORDER = (
    "errors records registry vocabulary",
    "documents",
    "sources",
    "language",
    "actors",
    "attribution",
    "triage contacts acts",
    "aspects",
    "claims",
    "corrections",
    "importers",
    "store",
    "families conversations review verify",
    "pipeline",
    "analysis forecast alerts charts",
    "export watches evaluate",
    "cli web mcp api",
)
PLACE = {room: place for place, slot in enumerate(ORDER) for room in slot.split()}
FRONT_DOORS = {"__init__", "__main__"}  # they gather what the rooms give and may look into all of them
HOME_PATH = re.compile(r"(?<![\w.~/:)}>\]*-])/(?:work|farm|root|home)/[a-z]")


def _room(path: Path, package: Path) -> str:
    return path.relative_to(package).parts[0].removesuffix(".py")


def _modules(package: Path) -> list[Path]:
    return sorted(path for path in package.rglob("*.py") if _room(path, package) not in FRONT_DOORS | {"data"})


def _imported(node: ast.AST, here: tuple[str, ...]) -> Iterator[str]:
    """Yield the dotted names that a node imports; ``here`` is the package that the file lies in."""
    match node:
        case ast.Import(names=names):
            yield from (name.name for name in names)
        case ast.ImportFrom(module=module, names=names, level=level):
            base = [*here[: len(here) - level + 1]] if level else []
            base += module.split(".") if module else []
            yield from (".".join([*base, name.name]) for name in names)
        case ast.Call(func=ast.Name(id="import_module") | ast.Attribute(attr="import_module"), args=[first, *_]):
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def _rooms_used(path: Path, package: Path) -> Iterator[tuple[int, str]]:
    """Yield line and room of every import of our own; the front door itself is the room ``__init__``."""
    here = ("backchannel", *path.relative_to(package).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for name in _imported(node, here):
            top, _, rest = name.partition(".")
            if top == "backchannel" and rest != "__version__":
                yield node.lineno, rest.split(".")[0] or "__init__"


def _faults(package: Path) -> list[str]:
    faults = []
    for path in _modules(package):
        room = _room(path, package)
        if room not in PLACE:
            faults.append(f"{path.relative_to(package)}: no room named '{room}'; known: {', '.join(sorted(PLACE))}")
            continue
        for line, used in _rooms_used(path, package):
            where = f"{path.relative_to(package)}:{line}"
            if used == "__init__":
                faults.append(f"{where}: {room} imports the front door; import the room it needs")
            elif used not in PLACE:
                faults.append(f"{where}: {room} imports '{used}', which is no room; known: {', '.join(sorted(PLACE))}")
            elif PLACE[used] > PLACE[room]:
                faults.append(f"{where}: {room} imports {used}, which comes after it")
    return faults


def test_rooms_import_only_from_rooms_before_them() -> None:
    assert _modules(PACKAGE)
    assert "\n".join(_faults(PACKAGE)) == ""


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        ("language/parser.py", "from backchannel.store import open", "language imports store, which comes after it"),
        ("records.py", "def f():\n    from backchannel import actors", "records imports actors, which comes after it"),
        ("actors/find.py", "from ..claims import assemble", "actors imports claims, which comes after it"),
        ("triage.py", "import importlib\nimportlib.import_module('backchannel.web')", "triage imports web"),
        ("store/rows.py", "import backchannel", "store imports the front door"),
        ("helpers.py", "", "no room named 'helpers'"),
        ("claims.py", "from backchannel.helpers import x", "imports 'helpers', which is no room"),
    ],
)
def test_a_step_back_is_named(tmp_path: Path, file: str, text: str, fault: str) -> None:
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text)
    assert fault in "\n".join(_faults(tmp_path))


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("contacts/find.py", "from backchannel.acts import find\nfrom .slots import fill\nfrom . import group"),
        ("store/rows.py", "from backchannel import __version__, records\nimport json"),
        ("__init__.py", "from backchannel import pipeline"),
    ],
)
def test_a_step_forward_passes(tmp_path: Path, file: str, text: str) -> None:
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text)
    assert _faults(tmp_path) == []


def test_nothing_imports_the_command_line() -> None:
    """Screens, services and the Python interface stand on the rooms, never on the commands."""
    users = [
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if _room(path, PACKAGE) not in {"cli", "__main__"}
        for line, used in _rooms_used(path, PACKAGE)
        if used == "cli"
    ]
    assert users == []


def _texts() -> Iterator[tuple[Path, str]]:
    names = ("src", "docs", "tests", "benchmarks", "gold", "requirements", ".ci")
    files = [path for name in names for path in sorted((ROOT / name).rglob("*"))]
    files += [path for path in sorted(ROOT.iterdir()) if path.suffix in {".md", ".toml", ".cff"}]
    files += [ROOT / "Makefile"]
    for path in files:
        if path.is_file() and "__pycache__" not in path.parts and ROOT / "tests" / "data" not in path.parents:
            try:
                yield path.relative_to(ROOT), path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue  # a picture or a PDF


def test_no_text_names_a_path_of_a_home_machine() -> None:
    found = [
        f"{path}:{number}: {line.strip()[:100]}"
        for path, text in _texts()
        if HOME_PATH.search(text)
        for number, line in enumerate(text.splitlines(), 1)
        if HOME_PATH.search(line)
    ]
    assert "\n".join(found) == ""
