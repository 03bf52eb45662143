"""Reading, merging and checking local files open no connection: an audit hook in every process refuses them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from verify_samples import DAY, TEXTS

HOOK = """
import os, sys

def refuse(event, values):
    if event == "socket.getaddrinfo" or (
        event in ("socket.connect", "socket.bind", "socket.sendto") and values[0].family != 1  # AF_UNIX
    ):
        with open(os.environ["SOCKETS_TOLD"], "a") as file:
            file.write(f"{event} {values[1:]}\\n")
        raise PermissionError("no connections here")
    if event == "os.putenv" and values[0] == b"PROBE":
        with open(os.environ["SOCKETS_TOLD"] + ".hooked", "a") as file:
            file.write(f"{os.getpid()}\\n")

sys.addaudithook(refuse)
os.environ["PROBE"] = "1"
"""


def _files(folder: Path) -> Path:
    folder.mkdir()
    for number, text in enumerate(TEXTS):
        (folder / f"{number:02}.txt").write_text(text + "\nThe story is told at https://news.example/story.\n")
    (folder / "page.html").write_text(
        "<html><head><title>Talks</title><link rel=stylesheet href=https://news.example/a.css></head><body><article>"
        "<p>Envoys of France met envoys of Germany in Geneva on Monday to talk about fisheries and trade.</p>"
        "<img src=https://news.example/a.png></article></body></html>"
    )
    (folder / "feed.xml").write_text(
        "<rss version='2.0'><channel><title>News</title><item><title>Talks</title>"
        "<link>https://news.example/1</link><description>France met Germany in Geneva for an hour.</description>"
        "</item></channel></rss>"
    )
    return folder


PROBE = "socket.bind (('::1', 0),)\n"
"""What urllib3 does when it is imported, by spaCy and trafilatura: it binds a local port to see if there is IPv6."""


class Guarded:
    """A folder of its own in which commands run under the hook."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "hook").mkdir()
        (folder / "hook" / "sitecustomize.py").write_text(HOOK)
        self.environment = os.environ | {
            "PYTHONPATH": str(folder / "hook"),
            "SOCKETS_TOLD": str(folder / "told"),
            "BACKCHANNEL_STORE": str(folder / "store.db"),
        }

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        command = (sys.executable, *command)
        return subprocess.run(
            command, env=self.environment, cwd=self.folder, capture_output=True, text=True, timeout=120
        )

    def told(self, name: str = "told") -> list[str]:
        path = self.folder / name
        return path.read_text().splitlines(keepends=True) if path.exists() else []


def test_the_hook_refuses_a_connection(tmp_path: Path) -> None:
    guarded = Guarded(tmp_path)
    code = "import socket; socket.create_connection(('127.0.0.1', 9), timeout=1)"
    assert "no connections here" in guarded.run("-c", code).stderr
    assert guarded.told()


@pytest.fixture(scope="module")
def after_work(tmp_path_factory: pytest.TempPathFactory) -> Guarded:
    """Give the folder after local files were read, merged, checked and coded under the hook."""
    guarded = Guarded(tmp_path_factory.mktemp("sockets"))
    target = _files(guarded.folder / "in")
    orders = (
        ("read", str(target), "--date", DAY.isoformat(), "--workers", "2"),
        ("merge",),
        ("verify", "--quick"),
        ("code", str(target / "00.txt")),
    )
    for order in orders:
        done = guarded.run("-m", "backchannel", *order)
        assert done.returncode == 0, (order, done.stdout[-500:], done.stderr[-2000:])
    assert len(set(guarded.told("told.hooked"))) > len(orders), "the reading processes were not under the hook"
    return guarded


@pytest.mark.slow
def test_local_work_opens_no_connection(after_work: Guarded) -> None:
    assert [line for line in after_work.told() if line != PROBE] == []


@pytest.mark.slow
def test_local_work_does_not_even_bind_a_local_port(after_work: Guarded) -> None:
    assert after_work.told() == []
