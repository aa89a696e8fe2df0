"""A disk that is full, and a place where nothing may be written. Needs root, for a disk of its own."""

import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.reliability.row import Row, prepared, row, site
from tests.running import ProcessServer
from tests.servers import free_port
from tests.until import until_now

SIZE = "24m"
FULL_SECONDS = 15


@contextmanager
def disk(at: Path, *options: str) -> Iterator[Path]:
    at.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", ",".join((f"size={SIZE}", *options)), "none", str(at)], check=True)
    try:
        yield at
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)


def fill(at: Path) -> Path:
    """A file that takes all there is."""
    filler = at / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            return filler
    raise AssertionError


def up(server: ProcessServer) -> str:
    try:
        with urllib.request.urlopen(f"{server.url}/up", timeout=10) as answer:
            return f"{answer.status}"
    except urllib.error.HTTPError as error:
        return f"{error.code}"


def full(folder: Path) -> Row:
    with disk(folder / "disk") as at, site(folder, at) as broken:
        people = broken.people
        until_now(lambda: len(people.stored) >= 30)
        filler = fill(at)
        began = time.monotonic()
        until_now(lambda: people.answers["503"] > 0)
        time.sleep(FULL_SECONDS)
        meanwhile, ended = up(broken.server), time.monotonic()
        filler.unlink()
        wanted = len(people.stored) + 30
        until_now(lambda: len(people.stored) >= wanted)
        people.end()
        seen = (
            f"{people.told()}; {people.between(began + 1, ended)} stored meanwhile, `/up` {meanwhile}; "
            f"stored again {people.after(ended):.1f} s after there was room"
        )
        return row(f"the disk full for {FULL_SECONDS} s", people, broken.url, seen)


def read_only(folder: Path) -> Row:
    """The server cannot start there: it must say so, and touch nothing."""
    with disk(folder / "disk") as at:
        prepared(f"sqlite:///{at / 'backchannel.sqlite3'}")
        before = (at / "backchannel.sqlite3").read_bytes()
        subprocess.run(["mount", "-o", "remount,ro", str(at)], check=True)
        server = ProcessServer(folder, free_port(), DATA_DIR=str(at))
        try:
            server.start()
        except AssertionError:
            said = server.log().strip().splitlines()[-1]
        else:
            server.stop()
            said = "IT STARTED"
        same = (at / "backchannel.sqlite3").read_bytes() == before
    found = "the file, byte for byte" if same else "ANOTHER FILE"
    return Row(
        "a database and folder that are read-only", "–", found, f"no start: “{said.replace(str(at), 'DATA_DIR')}”"
    )
