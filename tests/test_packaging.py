"""What is installed is whole: locks agree with ``pyproject.toml``, the wheel carries every file, its command runs."""

import ast
import importlib.metadata
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import backchannel

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "backchannel"
LOCKS = ("pip.txt", "main.txt", "extras.txt", "train.txt")


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def _lock(name: str) -> dict[str, str]:
    """Give package -> version of a lock."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    return {canonicalize_name(pin[1]): pin[2] for pin in re.finditer(r"^([\w.-]+)==(\S+)", text, re.MULTILINE)}


def _files() -> set[str]:
    """Give every file of the package, relative to ``src``, but for what Python leaves behind."""
    files = (path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(PACKAGE.parent).as_posix() for path in files}


@pytest.mark.parametrize(
    ("name", "extras"), [("main.txt", ["test"]), ("extras.txt", ["test", "postgres"]), ("train.txt", ["test", "train"])]
)
def test_locks_hold_a_version_of_every_requirement(name: str, extras: list[str]) -> None:
    project, pins = _project(), _lock(name)
    wanted = project["dependencies"] + [line for extra in extras for line in project["optional-dependencies"][extra]]
    faults = [
        f"{line}: the lock has {pins.get(canonicalize_name(requirement.name))}; run make lock"
        for line, requirement in ((line, Requirement(line)) for line in wanted)
        if not requirement.specifier.contains(pins.get(canonicalize_name(requirement.name), "0"))
    ]
    assert faults == []


def test_locks_agree_with_each_other() -> None:
    assert _lock("main.txt").items() <= _lock("extras.txt").items()
    assert _lock("main.txt").items() <= _lock("train.txt").items()


@pytest.mark.parametrize("name", LOCKS)
def test_locks_pin_by_hash_and_name_no_place(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r".*(?:://|@ |--index|--find-links|--trusted-host).*", text) == []


def test_every_import_is_declared() -> None:
    """A package that comes along with another today may not tomorrow."""
    provided = importlib.metadata.packages_distributions()
    project = _project()
    lines = project["dependencies"] + [line for group in project["optional-dependencies"].values() for line in group]
    declared = {canonicalize_name(Requirement(line).name) for line in lines}
    missing = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [name.name for name in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
            for top in {name.split(".")[0] for name in names} - {"backchannel"} - sys.stdlib_module_names:
                owners = {canonicalize_name(owner) for owner in provided.get(top, [top])}
                if not owners & declared:
                    missing.add(f"{path.relative_to(PACKAGE)}: {top}")
    assert sorted(missing) == []


def test_version_is_the_same_everywhere() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {_project()["version"], backchannel.__version__, citation["version"]} == {"0.1.0"}
    assert citation["license"] == _project()["license"]


def test_types_are_handed_on() -> None:
    assert (PACKAGE / "py.typed").is_file(), "pyproject.toml says 'Typing :: Typed': add an empty py.typed"


@pytest.mark.parametrize(("allowed", "status"), [("", 0), ("1", 1)])
def test_skips_fail_a_run_that_allows_none(tmp_path: Path, allowed: str, status: int) -> None:
    for name in ("conftest.py", "commands.py"):
        (tmp_path / name).write_bytes((ROOT / "tests" / name).read_bytes())
    (tmp_path / "test_skipped.py").write_text(
        "import pytest\ndef test_a(): pass\ndef test_b(): pytest.skip('no server here')\n"
    )
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    environment = os.environ | {"BACKCHANNEL_NO_SKIPS": allowed, "BACKCHANNEL_TALLY": str(tmp_path / "tally")}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]
    run = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == status, run.stdout + run.stderr
    assert ("test_skipped.py::test_b: Skipped: no server here" in run.stdout) == bool(status)
    assert (tmp_path / "tally").read_text() == "1 0 1\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    run = subprocess.run(build, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return next(folder.glob("*.whl"))


@pytest.mark.extras
def test_wheel_carries_every_file(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    assert sorted(_files() - packed) == []
    assert [name for name in packed if name.endswith("/licenses/LICENSE")]
    about = f"backchannel-{backchannel.__version__}.dist-info"
    assert {name.split("/")[0] for name in packed} == {"backchannel", about}


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a fresh environment that holds the wheel and borrows only the dependencies of this one."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False, symlinks=True)
    install = [sys.executable, "-m", "pip", "--python", str(folder), "install", "--quiet", "--no-index", "--no-deps"]
    run = subprocess.run([*install, str(wheel)], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    packages = next(folder.glob("lib/python3.*/site-packages"))
    # a line of a .pth file adds the folder alone: our own editable install, itself such a file there, stays out
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder


@pytest.mark.extras
@pytest.mark.parametrize("arguments", [["--help"], ["doctor"]])
def test_installed_command_runs(installed: Path, tmp_path: Path, arguments: list[str]) -> None:
    run = subprocess.run([installed / "bin" / "backchannel", *arguments], cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.extras
def test_installed_package_is_the_one_that_runs(installed: Path, tmp_path: Path) -> None:
    program = "import backchannel; print(backchannel.__file__)"
    run = subprocess.run([installed / "bin" / "python", "-c", program], cwd=tmp_path, capture_output=True, text=True)
    assert Path(run.stdout.strip()).is_relative_to(installed), run.stdout + run.stderr
