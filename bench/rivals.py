"""Who is measured: Backchannel, and the anchors that are found on this machine."""

import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.request import urlopen

from app.actions.arrivals import receive
from app.actions.events import create_event
from app.actions.links import Link, give_link
from app.bus.memory import MemoryBus
from app.domain.access import Role
from app.domain.event import Event
from app.domain.incoming import Byline, Incoming
from app.queries.events import cursor_of
from app.store.doors import Backchannel
from app.store.schema import migrate
from bench.processes import SERVER_CORE, build, end, pinned

ANCHORS = Path(__file__).parent / "anchors"
SIZE = 1_000
"""Bytes of a message of the anchors; ours is a post's card, made to be of about that size."""

TEXT = (
    "What would help people at home most this winter? We asked forty families, and nearly all of them said the same: "
    "one number to ring, and somebody who knows them when they do."
)


MERGING = "C limit, merging"
"""The same program, which sends what piled up in one write, as we do."""


class Rival(Protocol):
    name: str
    port: int
    path: str

    @property
    def pid(self) -> int: ...
    def prepare(self, due: list[int]) -> None:
        """Get ready what will be published at these moments, in nanoseconds since the epoch."""

    def publish(self, number: int) -> None:
        """Publish the next one; never waits for what comes of it."""

    def stop(self) -> None: ...


def free_port() -> int:
    """One of two neighbours that are free."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port


def wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"it did not start: {log.read_text()[-2000:]}")


def now() -> datetime:
    return datetime.now(UTC)


class Ours:
    """`backchannel serve`, all features on; publishing is a moderator's approval over HTTP."""

    name = "backchannel"
    slug = "hall"

    def __init__(self, folder: Path, view: str = "floor", **environment: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.view = view
        self._log = folder / "backchannel.log"
        data = folder / "data"
        data.mkdir(exist_ok=True)
        self.database = f"sqlite:///{data / 'backchannel.sqlite3'}"
        migrate(self.database)
        self._work(self._furnish)
        self._process = pinned(
            [sys.executable, "-m", "app.cli", "serve", "--port", str(self.port)],
            SERVER_CORE,
            log=self._log,
            env={
                "DATA_DIR": str(data),
                "PUBLIC_URL": self.url,
                "LOG_LEVEL": "warning",
                "METRICS_PUBLIC": "true",
                "CONNECTIONS_PER_ADDRESS": "50000",
                "SECRET_KEY": "bench-7fQ2xW9cLr4Tz0bVk3Hn8sYd6Jm",
            }
            | environment,
        )
        wait_for(self.port, self._process, self._log)
        self._posts: list[int] = []
        # One connection: what is asked on it is done in its order.
        self._wires = [socket.create_connection(("127.0.0.1", self.port))]
        self._stored = 0

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def path(self) -> str:
        return f"/live/{self.slug}/{self.view}?after={self.cursor()}"

    def cursor(self) -> int:
        async def look(doors: Backchannel) -> int:
            return await doors.ask(cursor_of, self.event.id)

        return int(self._work(look))

    def prepare(self, due: list[int]) -> None:
        async def store(doors: Backchannel) -> list[int]:
            first, self._stored = self._stored, self._stored + len(due)
            posts = [
                Incoming(
                    "x", f"bench-{first + n}", Byline(f"author_{first + n}", "Asha Osei"), f"{TEXT} at:{at}", now()
                )
                for n, at in enumerate(due)
            ]
            received = await asyncio.gather(*(doors.do(receive, self.event.id, post, at=now()) for post in posts))
            return [one.post_id for one in received]

        self._posts = self._work(store)
        # The desk's news of what was stored are told before the measurement begins.
        time.sleep(1.5)

    def publish(self, number: int) -> None:
        body = json.dumps({"verdict": "approved"}).encode()
        wire = self._wires[number % len(self._wires)]
        wire.setblocking(False)
        try:
            while wire.recv(65536):
                pass
        except BlockingIOError:
            pass
        wire.setblocking(True)
        head = (
            f"POST /api/v1/posts/{self._posts[number]}/verdict HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
            f"Authorization: Bearer {self.link.token}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        wire.sendall(head.encode() + body)

    def metrics(self) -> str:
        with urlopen(f"{self.url}/metrics", timeout=10) as answer:
            told: bytes = answer.read()
        return told.decode()

    def stop(self) -> None:
        for wire in self._wires:
            wire.close()
        end(self._process)

    async def _furnish(self, doors: Backchannel) -> None:
        self.event: Event = await doors.do(create_event, self.slug, name="The hall", hashtags=["hall"], at=now())
        self.link: Link = await doors.do(give_link, self.event.id, Role.MODERATOR, at=now(), label="Bench")

    def _work(self, work: Any) -> Any:
        async def run() -> Any:
            doors = Backchannel(self.database, MemoryBus())
            try:
                return await work(doors)
            finally:
                await doors.close()

        return asyncio.run(run())


class Lines:
    """An anchor that broadcasts each line which comes in on the next port."""

    path = "/"

    def __init__(
        self, name: str, command: list[str], folder: Path, env: dict[str, str] | None = None, more: tuple[str, ...] = ()
    ) -> None:
        self.name = name
        self.port = free_port()
        log = folder / f"{name}.log"
        self._process = pinned([*command, str(self.port), *more], SERVER_CORE, log=log, env=env)
        wait_for(self.port, self._process, log)
        self._wire = socket.create_connection(("127.0.0.1", self.port + 1))
        self._lines: list[bytes] = []

    @property
    def pid(self) -> int:
        return self._process.pid

    def prepare(self, due: list[int]) -> None:
        self._lines = [words(moment) for moment in due]

    def publish(self, number: int) -> None:
        self._wire.sendall(self._lines[number] + b"\n")

    def stop(self) -> None:
        self._wire.close()
        end(self._process)


class Nchan:
    name = "nchan"
    path = "/ws"

    def __init__(self, modules: Path, folder: Path) -> None:
        self.port = free_port()
        settings = (ANCHORS / "nchan.conf").read_text()
        for name, value in {"modules": modules, "folder": folder, "port": self.port}.items():
            settings = settings.replace(f"{{{name}}}", str(value))
        (folder / "nchan.conf").write_text(settings)
        log = folder / "nchan.log"
        self._process = pinned(["nginx", "-p", str(folder), "-c", str(folder / "nchan.conf")], SERVER_CORE, log=log)
        wait_for(self.port, self._process, log)
        self._wire = socket.create_connection(("127.0.0.1", self.port))
        self._lines: list[bytes] = []

    @property
    def pid(self) -> int:
        return self._process.pid

    def prepare(self, due: list[int]) -> None:
        self._lines = [words(moment) for moment in due]

    def publish(self, number: int) -> None:
        line = self._lines[number]
        head = f"POST /pub HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(line)}\r\n\r\n"
        self._wire.sendall(head.encode() + line)

    def stop(self) -> None:
        self._wire.close()
        end(self._process)


def words(moment: int) -> bytes:
    """A message of the anchors: as long as ours, with the same mark in it."""
    message = f'{{"at":"at:{moment}","content":"'
    return f'{message}{"x" * (SIZE - len(message) - 2)}"}}'.encode()


def found(folder: Path) -> dict[str, Any]:
    """How to start each rival that this machine has what it needs for."""
    makers: dict[str, Any] = {}
    if (limit := build(ANCHORS / "limit.c", folder)) is not None:
        makers["C limit"] = lambda where: Lines("C limit", [str(limit)], where)
        makers[MERGING] = lambda where: Lines(MERGING, [str(limit)], where, more=("merge",))
    modules = [Path("/usr/lib/nginx/modules"), Path("/usr/lib64/nginx/modules")]
    nchan = next((where for where in modules if (where / "ngx_nchan_module.so").exists()), None)
    if shutil.which("nginx") and nchan:
        makers["nchan"] = lambda where: Nchan(nchan, where)
    if (places := _node_ws()) is not None:
        command = ["node", str(ANCHORS / "ws.js")]
        makers["node ws"] = lambda where: Lines("node ws", command, where, {"NODE_PATH": places})
    makers["backchannel"] = Ours
    return makers


def _node_ws() -> str | None:
    """Where node finds `ws`: in NODE_PATH, or in a folder `node_modules` of ours or of the machine."""
    if shutil.which("node") is None:
        return None
    places = [os.environ.get("NODE_PATH", ""), "node_modules", "/usr/share/nodejs", "/usr/lib/node_modules"]
    return next((str(Path(place).resolve()) for place in places if place and (Path(place) / "ws").exists()), None)
